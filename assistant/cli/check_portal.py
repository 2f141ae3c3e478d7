"""The command ``eonay check-portal``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic

from assistant.assembly.parts import browser_options, limits_of, needed_browser, unattended_rule
from assistant.base.answer import print_json
from assistant.base.errors import EonayError, UsageError
from assistant.base.files import write
from assistant.base.settings import take_settings
from assistant.base.trouble import why
from assistant.base.words import Language, told
from assistant.browser.launch import open_browser
from assistant.cli.snapshot import say
from assistant.setup import ensure, find_browser
from assistant.snapshot.junit import Case, junit_document
from assistant.snapshot.kept import Snapshot
from assistant.snapshot.telling import control_words, signal_lines
from assistant.snapshot.visiting import LANDING, PortalVisit, unreachable_logins, visit
from flows import HostRule, Press


def check_portal(
    *,
    portal: str | None,
    junit: Path | None,
    out: Path | None,
    browser: str | None,
    json_output: bool,
    language: Language,
    assume_yes: bool,
) -> int:
    """Look at the landing page once: 0 if it is as we know it, 1 if not.

    Raises `UsageError` for a portal that isn't on this machine, `RunError` if we can't reach the page.
    """
    rule = HostRule.real() if portal is None else unattended_rule(portal)
    settings = take_settings(browser=browser)
    ensure([needed_browser(settings)], assume_yes, language=language)
    if not json_output:
        sys.stderr.write(told("snapshot.check.visiting", language, address=rule.entry) + "\n")
    began, start = datetime.now(UTC), monotonic()
    how = browser_options(settings, loopback_only=False)
    args = (*how.extra_args, *unreachable_logins(rule))
    found = find_browser(settings.browser, unattended=True)
    try:
        with open_browser(found, type(how)(loopback_only=False, extra_args=args)) as opened:
            seen = visit(opened, rule, limits_of(settings))
    except EonayError as error:
        if junit is not None:
            _write(junit, junit_document([("reached", error.code)], began, monotonic() - start))
        raise
    if junit is not None:
        _write(junit, junit_document(_cases(seen, language), began, monotonic() - start))
    if out is not None and seen.kept is not None:
        origin = "loopback" if rule.loopback else "real"
        Snapshot((seen.kept,), made=f"{began:%Y-%m-%d}", origin=origin).save(out)  # type: ignore[arg-type]
    if json_output:
        print_json(_entry(seen, language))
    else:
        say(_lines(seen, language))
    return 0 if seen.matches else 1


def _lines(seen: PortalVisit, language: Language) -> list[str]:
    """Return what we found, and if it isn't as we know it, what to do."""
    lines = [_verdict(seen, language)]
    if not seen.matches:
        if seen.is_error and seen.screen != LANDING:
            lines.append(told("snapshot.check.status", language, status=seen.status))
        if seen.seen and seen.seen.told and not seen.screen:
            lines += [f"  {line}" for line in signal_lines(seen.seen.told, language)]
    changes = [change for change in seen.changes if not change.is_layout]
    if changes:
        lines += ["", told("snapshot.check.changes", language)]
        lines += [f"  • {change.told(language)}" for change in changes]
    return lines if seen.matches else [*lines, "", told("snapshot.check.remedy", language)]


def _verdict(seen: PortalVisit, language: Language) -> str:
    if seen.went_to:
        return told("snapshot.check.away", language, host=seen.went_to)
    if seen.matches and seen.seen and isinstance(act := seen.seen.decision, Press):
        return told("snapshot.check.good", language, what=control_words(act.control, language))
    if seen.is_error and seen.screen == LANDING:
        return told("snapshot.check.status", language, status=seen.status)
    if seen.screen == LANDING:
        return told("snapshot.check.bad_control", language)
    return (
        told("snapshot.check.bad_other", language, screen=seen.screen)
        if seen.screen
        else told("snapshot.check.bad_unknown", language)
    )


def _cases(seen: PortalVisit, language: Language) -> list[Case]:
    wrong = _verdict(seen, language)
    return [
        ("reached", wrong if seen.went_to or (seen.is_error and seen.screen == LANDING) else ""),
        ("recognised", "" if seen.screen == LANDING else wrong),
        ("way-in", "" if seen.matches else wrong),
    ]


def _entry(seen: PortalVisit, language: Language) -> dict[str, object]:
    return {
        "address": seen.address,
        "status": seen.status,
        "matches": seen.matches,
        "screen": seen.screen or None,
        "went_to": seen.went_to or None,
        "told": _verdict(seen, language),
        "changes": [{"kind": c.kind, "told": c.told(language), "layout": c.is_layout} for c in seen.changes],
    }


def _write(path: Path, document: bytes) -> None:
    try:
        write(path, document)
    except OSError as error:
        raise UsageError.of("cli.all.unwritten", path=path, why=partial(why, error)) from None
