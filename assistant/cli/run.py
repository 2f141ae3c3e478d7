"""The command ``eonay run``: the guided run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from playwright.sync_api import Browser, BrowserContext

from assistant.answer import outcome_is
from assistant.browser import BrowserOptions, open_browser
from assistant.card.modules import find_card_modules
from assistant.card.process import Pkcs11Card
from assistant.desk.panel import Panel, open_panel
from assistant.desk.person import end_view, last_line, warning
from assistant.desk.run import Desk, first_page, guide_with_app, guide_with_card, portal_context
from assistant.desk.surface import Surface
from assistant.desk.terminal import open_terminal
from assistant.desk.windows import lay_out
from assistant.desk.words import Words, words
from assistant.driver import check_discretion
from assistant.errors import ADDRESS_PROBLEMS, CardError, UsageError
from assistant.outcome import Language, Outcome
from assistant.preflight.desk import Desk as PreflightDesk
from assistant.preflight.run import blocks, short
from assistant.receipt import Receipt, receipts_folder
from assistant.run.limits import Limits
from assistant.run.record import RunResult
from assistant.settings import Settings, forget_secrets
from assistant.setup import Part, ensure, find_browser
from flows import HostRule, PortalAddressError, portal_look

Sign = Literal["card", "app"]
Ui = Literal["panel", "terminal"]

_ADDRESS_PROBLEMS = {
    **ADDRESS_PROBLEMS,
    "not_loopback": (
        "--portal bu bilgisayardaki bir portalı (localhost, *.localhost, 127.0.0.0/8, ::1) ya da gerçek portalın "
        f"adresini kabul eder: {portal_look().entry_address}",
        "--portal accepts a portal on this computer (localhost, *.localhost, 127.0.0.0/8, ::1) or the real portal's "
        f"address: {portal_look().entry_address}",
    ),
}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What was asked for on the command line."""

    portal: str | None = None
    sign: Sign | None = None
    ui: Ui = "panel"
    language: Language = "tr"
    assume_yes: bool = False


class Company(Protocol):
    """Goes along with a guided run."""

    def before(self, desk: Desk) -> Desk | None:
        """Return what the run is made with; None where there is to be none."""

    def after(self, desk: Desk) -> None:
        """Called when the run is over and its surface is still open."""


def run_command(options: RunOptions, company: Company | None = None) -> int:
    """Make a guided run and return its exit code."""
    rule = rule_for(options.portal)
    sign = sign_for(options.sign, rule)
    settings = Settings.load()
    forget_secrets()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    if not is_desk_ready(PreflightDesk(settings=settings, language=options.language), official_app=sign == "app"):
        return Outcome.FAILED.exit_code
    with ExitStack() as stack:
        card = None
        if sign == "card":
            module = settings.pkcs11_module or next((found.path for found in find_card_modules()), None)
            if module is None:
                raise CardError("module_missing")
            card = Pkcs11Card(module, settings.token_label)
            stack.callback(card.close)
        desk, portal = stack.enter_context(opened(rule, settings, options))
        desk = replace(desk, goes_on=_goes_on)
        if company is not None:
            accompanied = company.before(desk)
            if accompanied is None:
                return Outcome.CANCELLED.exit_code
            desk = accompanied
        if card is not None:
            receipt = guide_with_card(desk, portal, card)
        else:
            from assistant.desk.app_signing import AppAtDesk

            receipt = guide_with_app(desk, portal, AppAtDesk(rule, options.language, settings.app_command))
        receipt = go_on_as_companion(receipt, desk)
        if company is not None:
            company.after(desk)
    return farewell(receipt, desk.words)


def go_on_as_companion(receipt: Receipt, desk: Desk) -> Receipt:
    """Offer a halted run to go on in the person's own browser, from the step it reached; return the last receipt."""
    from assistant.companion.session import accompany, offer, resumes_from

    state = resumes_from(receipt.result)
    if state is None or not offer(desk.surface, desk.words, state, receipt.result):
        return receipt
    return accompany(desk.surface, desk.words, state=state, receipts=desk.receipts)


def _goes_on(result: RunResult) -> bool:
    from assistant.companion.session import resumes_from

    return resumes_from(result) is not None


def is_desk_ready(desk: PreflightDesk, *, official_app: bool = False, card: bool = True) -> bool:
    """Run the short preflight and say what it warns of; False where something makes a start pointless."""
    looked = short(desk, official_app=official_app, card=card)
    findings = [finding for finding in looked if finding.level in {"warn", "block"}]
    for finding in findings:
        mark = "✗" if finding.level == "block" else "!"
        sys.stdout.write(f"{mark} {finding.text}{f' → {finding.remedy}' if finding.remedy else ''}\n")
    sys.stdout.flush()
    return not blocks(findings)


def rule_for(address: str | None) -> HostRule:
    """Return the host rule: the real portal's, or that of a portal on this machine. Raises `UsageError`."""
    real = HostRule.real()
    if address is None or real.is_entry(address):
        return real
    try:
        return HostRule.for_loopback(address)
    except PortalAddressError as error:
        raise UsageError(*_ADDRESS_PROBLEMS[error.problem]) from None


def sign_for(wanted: Sign | None, rule: HostRule) -> Sign:
    """Return what signs. Raises `UsageError` for the card signer on the real portal: no PIN enters this program."""
    if rule.loopback:
        return wanted or "card"
    if wanted == "card":
        raise UsageError(
            "Gerçek portalda imzayı KamuSM'nin resmî uygulaması atar; PIN'iniz bu programa girmez. "
            "--sign card yalnız --portal ile bu bilgisayardaki bir portalda kullanılabilir.",
            "On the real portal KamuSM's official app signs; your PIN never enters this program. "
            "--sign card works only with --portal, on a portal on this computer.",
        )
    return "app"


@contextmanager
def opened(rule: HostRule, settings: Settings, options: RunOptions) -> Iterator[tuple[Desk, BrowserContext]]:
    """Open the browser, the portal's window and the surface; close all of it afterwards."""
    texts = words(options.language)
    how = BrowserOptions(headed=True, loopback_only=rule.loopback, extra_args=settings.browser_args)
    with ExitStack() as stack:
        browser = stack.enter_context(open_browser(find_browser(settings.browser), how))
        portal = stack.enter_context(portal_context(browser, headed=True))
        page = first_page(portal)
        check_discretion(page)
        surface = _surface(options.ui, browser, texts, stack)
        if isinstance(surface, Panel):
            lay_out(page, surface.page)
        patience = Limits(
            settle_s=settings.settle_s,
            page_s=settings.page_patience_s,
            person_s=settings.person_patience_s,
            banner_s=settings.banner_patience_s,
        )
        yield Desk(rule, surface, texts, patience, receipts=receipts_folder()), portal


def _surface(ui: Ui, browser: Browser, texts: Words, stack: ExitStack) -> Surface:
    if ui == "terminal":
        return stack.enter_context(open_terminal(texts))
    return stack.enter_context(open_panel(browser, texts, headed=True))


def farewell(receipt: Receipt, texts: Words) -> int:
    """Say how the run ended on the command line too, where a closed window cannot take it away."""
    from assistant.companion.session import companion_end

    ended = companion_end if receipt.witness == "person" else end_view
    sys.stdout.write(last_line(ended(receipt.result, texts, ""), warning(receipt.result.stands_on, texts)))
    sys.stdout.flush()
    outcome_is("", receipt.result.outcome.exit_code)
    return receipt.result.outcome.exit_code
