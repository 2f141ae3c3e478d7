"""A dry run against a portal that already runs on this machine, with a card that is already there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from assistant.base.errors import EonayError
from assistant.base.settings import Settings
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.card.card import Card
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.fleet import Craft, say
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.verdict import Verdict
from assistant.run.assemble import Cast, unattended
from assistant.run.deadline import run_deadline_s
from assistant.run.limits import Limits
from assistant.run.person import TestPerson, Unattended
from assistant.run.record import Deeds, Ending, RunResult
from assistant.setup.browser import Browser as FoundBrowser
from flows import Look, portal_look

SCENARIO = "portal"
"""The scenario's name in the receipt."""


@dataclass(frozen=True, slots=True)
class Tool:
    """What we make a run with."""

    browser: Browser
    card: Card


@dataclass(frozen=True)
class AtPortal(Craft[str, Tool, Verdict]):
    """How a worker makes runs. A task is the portal's address."""

    settings: Settings = field(repr=False)
    """Including the test person's credentials."""
    limits: Limits
    module: Path
    how: BrowserOptions
    browser: FoundBrowser
    look: Look = field(default_factory=portal_look, repr=False)
    """The portal's words."""

    @contextmanager
    def tools(self, place: int) -> Iterator[Tool]:
        """Open the browser and the card."""
        card = Pkcs11Card(self.module, self.settings.token_label)
        with ExitStack() as stack:
            stack.callback(card.close)
            card.start()
            yield Tool(stack.enter_context(open_browser(self.browser, self.how)), card)

    def is_usable(self, tool: Tool) -> bool:
        """Whether the browser is still running."""
        return tool.browser.is_connected()

    def do(self, task: str, tool: Tool) -> Verdict:
        """Make one run and report its steps."""
        try:
            return _rehearsed(task, self, tool)
        except EonayError as error:
            return _unmade(error.code, error.detail)

    def deadline_s(self, task: str) -> float:
        """Return the timeout for a run, seconds."""
        return run_deadline_s(self.limits, self.settings.run_deadline_s)

    def broken(self, task: str, reason: str) -> Verdict:
        """Return a run that its worker couldn't report: nobody knows what it did."""
        return _unmade(reason, done=None)


def _rehearsed(address: str, craft: AtPortal, tool: Tool) -> Verdict:
    settings = craft.settings
    national_id = settings.national_id.get_secret_value() if settings.national_id else ""
    password = settings.password.get_secret_value() if settings.password else None
    sms_code = settings.sms_code.get_secret_value() if settings.sms_code else None
    credentials = TestPerson(
        national_id=national_id,
        passwords=(password,) if password is not None else (),
        sms_code=lambda: sms_code,
    )
    pin = settings.pin
    cast = Cast(
        address,
        tool.card,
        lambda _token: Pin(pin.get_secret_value()) if pin else None,
        national_id or None,
        lambda _context, _rule: Unattended(credentials if national_id else None),
        look=craft.look,
    )
    began = datetime.now(UTC)
    result = unattended(cast, tool.browser, craft.limits, on_step=_say)
    return Verdict(Receipt(began, SCENARIO, "unknown", tool.card.name, result))


def _say(step: str, screen: str) -> None:
    say((step, screen))


def _unmade(reason: str, detail: str | None = None, done: Deeds = ()) -> Verdict:
    result = RunResult(Ending.because(reason, detail), done=done)
    return Verdict(Receipt(datetime.now(UTC), SCENARIO, "unknown", "-", result))
