"""The commands ``eonay doctor`` and ``eonay card``: the preflight on the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.preflight.desk import Desk
from assistant.preflight.finding import Finding, Level
from assistant.preflight.online import online_checks, real_hosts
from assistant.preflight.run import blocks, examine, examine_card
from assistant.settings import Settings, forget_secrets

_MARKS: dict[Level, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "note": ("·", "cyan"),
    "warn": ("!", "yellow"),
    "block": ("✗", "bold red"),
}


def run_doctor(*, json_output: bool = False, online: bool = False) -> int:
    """Examine the whole desk; 1 when something blocks."""
    desk = _desk()
    findings = examine(desk, online_checks(real_hosts()) if online else ())
    return _finish(findings, json_output=json_output)


def run_card(*, json_output: bool = False) -> int:
    """Examine the card alone; 1 when something blocks."""
    return _finish(examine_card(_desk()), json_output=json_output)


def show(findings: Sequence[Finding], console: Console) -> None:
    """Print *findings*, a line each, the remedy below where there is one."""
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
    if blocking:
        console.print(f"{blocking} engel var; önce ✗ ile gösterilenleri gideriniz.", style="bold red")
    elif warning:
        console.print(f"Engel yok; {warning} uyarı var (!).", style="yellow")
    else:
        console.print("Her şey hazır.", style="bold green")


def _desk() -> Desk:
    settings = Settings.load()
    forget_secrets()
    return Desk(settings=settings)


def _finish(findings: Sequence[Finding], *, json_output: bool) -> int:
    if json_output:
        answer = {"blocks": blocks(findings), "findings": [asdict(finding) for finding in findings]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        show(findings, Console(highlight=False))
    return 1 if blocks(findings) else 0
