"""The command ``eonay run``: the guided run."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from assistant.assembly.guided import Guided, GuidedOptions, at_desk_to_watch, companion_run, guided, sign_for
from assistant.assembly.parts import guided_rule
from assistant.base.answer import outcome_is
from assistant.base.outcome import Outcome
from assistant.base.settings import take_settings
from assistant.base.words import Language, Words, words
from assistant.companion.session import companion_end
from assistant.desk.afterwards import Afterwards
from assistant.desk.before import looks, settle, warnings
from assistant.desk.ending import end_view, last_line, warning
from assistant.desk.guided_run import Desk
from assistant.desk.panel import ADDRESS
from assistant.desk.watching import watch
from assistant.preflight.checks import blocks, short
from assistant.preflight.desk import Workstation as PreflightDesk
from assistant.receipts.receipt import Receipt
from assistant.setup import Part, ensure


class Company(Protocol):
    """Comes along on a guided run."""

    def before(self, desk: Desk) -> Desk | None:
        """Return what to make the run with; None to make no run."""

    def after(self, desk: Desk) -> None:
        """Called after the run, while its surface is still open."""


def run_command(options: GuidedOptions, company: Company | None = None) -> int:
    """Make a guided run and return its exit code."""
    rule = guided_rule(options.portal)
    sign = sign_for(options.sign, rule)
    settings = take_settings()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    window = ADDRESS if options.ui == "panel" else ""
    while True:
        here = PreflightDesk(settings=settings, window=window, language=options.language)
        if rule.loopback:
            here = replace(here, addresses=(rule.entry,))
        if not is_desk_ready(here, official_app=sign == "app"):
            return Outcome.FAILED.exit_code
        after = Afterwards(words("desk", options.language))
        code = _one_run(guided(rule, sign, settings, options), here, after, company, official_app=sign == "app")
        if not after.wish:
            return code


def _one_run(
    opened: AbstractContextManager[Guided],
    here: PreflightDesk,
    after: Afterwards,
    company: Company | None,
    *,
    official_app: bool,
) -> int:
    """Make one run, opening everything it needs just for it, and return its exit code."""
    with opened as run:
        desk = replace(run.desk, after=after)
        settled = settled_early(desk, here, after, official_app=official_app)
        if settled is None:
            return left_early(after.words)
        chosen = settled if company is None else company.before(settled)
        if chosen is None:
            return Outcome.CANCELLED.exit_code
        receipt = run.go(chosen)
        if company is not None:
            company.after(chosen)
    return farewell(receipt, after.words.language)


def left_early(words: Words) -> int:
    """Say that nothing was begun, and return the exit code."""
    sys.stdout.write(f"{words('before.left')}\n")
    sys.stdout.flush()
    return Outcome.CANCELLED.exit_code


def settled_early(desk: Desk, here: PreflightDesk, after: Afterwards, *, official_app: bool) -> Desk | None:
    """Say what is known early of *here*, and return what to make the run with; None if the person leaves it."""
    looked = looks(here, official_app=official_app)
    found = settle(
        desk.surface,
        desk.words,
        looked,
        lambda view: replace(view, practice=desk.practice, practice_hint=desk.practice_hint),
    )
    if found is None:
        return None
    after.ends = found.ends
    return replace(desk, note="\n".join(filter(None, (desk.note, warnings(found.warnings)))))


def run_watch(options: GuidedOptions, company: Company | None = None) -> int:
    """Watch a person who does everything by hand, and return the visit's exit code."""
    rule = guided_rule(options.portal)
    settings = take_settings()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    with at_desk_to_watch(rule, settings, options) as (desk, portal):
        agreed = desk if company is None else company.before(desk)
        if agreed is None:
            return Outcome.CANCELLED.exit_code
        receipt = watch(agreed, portal, options.goal, None if company is None else company.after)
    return farewell(receipt, options.language)


def run_companion(options: GuidedOptions) -> int:
    """Guide the person through their own browser and return the run's exit code."""
    settings = take_settings()
    while True:
        after = Afterwards(words("desk", options.language))
        code = farewell(companion_run(settings, options, after), options.language)
        if not after.wish:
            return code


def is_desk_ready(desk: PreflightDesk, *, official_app: bool = False, card: bool = True) -> bool:
    """Run the short preflight and print its warnings; False if starting is pointless."""
    looked = short(desk, official_app=official_app, card=card)
    findings = [finding for finding in looked if finding.level in {"warn", "block"}]
    for finding in findings:
        mark = "✗" if finding.level == "block" else "!"
        sys.stdout.write(f"{mark} {finding.text}{f' → {finding.remedy}' if finding.remedy else ''}\n")
    sys.stdout.flush()
    return not blocks(findings)


def farewell(receipt: Receipt, language: Language) -> int:
    """Say on the command line too how the run ended, in case the person closes the window."""
    texts = words("desk", language)
    ended = companion_end if receipt.witness == "person" else end_view
    sys.stdout.write(last_line(ended(receipt.result, texts, ""), warning(receipt.result.stands_on, texts)))
    sys.stdout.flush()
    outcome_is("", receipt.result.outcome.exit_code)
    return receipt.result.outcome.exit_code
