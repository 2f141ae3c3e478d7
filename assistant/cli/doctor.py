"""The commands ``eonay doctor`` and ``eonay card``: the preflight in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import CardError
from assistant.base.settings import take_settings
from assistant.base.words import Language, told, words
from assistant.card.certificates import choose
from assistant.card.reminder import calendar, reminder_days
from assistant.cli.receipts import write_text
from assistant.desk.panel import ADDRESS
from assistant.preflight.checks import blocks, examine, examine_card
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Finding, Level
from assistant.preflight.online import online_checks, real_hosts

_MARKS: dict[Level, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "note": ("·", "cyan"),
    "warn": ("!", "yellow"),
    "block": ("✗", "bold red"),
}


def run_doctor(*, json_output: bool = False, online: bool = False, language: Language = "tr") -> int:
    """Check the whole desk; 1 if something blocks."""
    desk = _desk(language)
    findings = examine(desk, online_checks(real_hosts()) if online else ())
    return _finish(findings, json_output=json_output, language=language)


def run_card(*, reminder: Path | None = None, json_output: bool = False, language: Language = "tr") -> int:
    """Check only the card; 1 if something blocks. *reminder* is where to write a calendar file."""
    desk = _desk(language)
    code = _finish(examine_card(desk), json_output=json_output, language=language)
    if reminder is None:
        return code
    return code if _remind(desk, reminder, Console(stderr=json_output, highlight=False)) else 1


def _remind(desk: Workstation, path: Path, console: Console) -> bool:
    """Write the calendar file and return True, or say why there is nothing to remind anyone of."""
    view, now = desk.card().view, desk.now()
    ends = None
    if view is not None:
        with suppress(CardError):
            facts = choose(view.certificates, now, None).facts
            ends = facts.not_after if facts is not None else None
    if ends is None or not reminder_days(ends, now):
        console.print(told("cli.doctor.no_reminder", desk.language), style="yellow")
        return False
    write_text(path, calendar(ends, now, desk.language))
    console.print(told("cli.doctor.calendar", desk.language, path=path), soft_wrap=True, markup=False)
    return True


def show(findings: Sequence[Finding], console: Console, language: Language = "tr") -> None:
    """Print *findings*, one line each, with any remedy below."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for finding in findings:
        mark, style = _MARKS[finding.level]
        line = Text(finding.text)
        if finding.remedy:
            line.append(f"\n→ {finding.remedy}", style)
        table.add_row(Text(mark, style), line)
    console.print(table)
    blocking = sum(finding.level == "block" for finding in findings)
    warning = sum(finding.level == "warn" for finding in findings)
    console.print()
    texts = words("cli", language)
    if blocking:
        text = texts("doctor.blocks_one") if blocking == 1 else texts("doctor.blocks", count=blocking)
        console.print(text, style="bold red")
    elif warning:
        text = texts("doctor.warns_one") if warning == 1 else texts("doctor.warns", count=warning)
        console.print(text, style="yellow")
    else:
        console.print(texts("doctor.ready"), style="bold green")


def _desk(language: Language) -> Workstation:
    return Workstation(settings=take_settings(), window=ADDRESS, language=language)


def _finish(findings: Sequence[Finding], *, json_output: bool, language: Language) -> int:
    if json_output:
        answer = {"blocks": blocks(findings), "findings": [asdict(finding) for finding in findings]}
        print_json(answer)
    else:
        show(findings, Console(highlight=False), language)
    return 1 if blocks(findings) else 0
