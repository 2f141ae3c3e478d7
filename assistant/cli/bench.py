"""The command ``eonay bench``: runs the checkout's benchmarks and writes the results page."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, cast

from rich.table import Table

from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.version import version
from assistant.base.words import Language, words
from assistant.cli.source import from_tests

_OFF_AIM = 1
"""Exit code for a missed aim."""


class _Figure(Protocol):
    what: str
    limit: str

    @property
    def is_met(self) -> bool | None: ...

    @property
    def shown(self) -> str: ...

    @property
    def shown_aim(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Measured:
    """One finished benchmark."""

    about: str
    how: str
    figures: Sequence[_Figure]
    trouble: str = ""


def bench(names: Sequence[str], *, only_list: bool, full: bool, out: Path | None, language: Language) -> int:
    """Run the benchmarks *names* (all if empty), show them, write *out*, and return the exit code.

    0 if every aim is met, 1 if one is missed. Raises `UsageError` outside a checkout.
    """
    suite = _suite()
    console = Console(highlight=False)
    if only_list:
        for one in suite:
            console.print(f"{one.name:12} {one.about}")
        return 0
    unknown = sorted(set(names) - {one.name for one in suite})
    if unknown:
        raise UsageError.of("cli.bench.unknown", name=repr(unknown[0]))
    load = _load()
    chosen = [one for one in suite if not names or one.name in names]
    measured: list[_Measured] = []
    for one in chosen:
        measured.append(_measure(one, full, console))
        if out is not None:  # after each one, so that we keep what we measured, however this ends
            out.parent.mkdir(parents=True, exist_ok=True)
            write(out, results_page(measured, full=full, load=load))
    console.print(_table(measured, language))
    if out is not None:
        console.print(str(out))
    missed = any(one.trouble or any(f.is_met is False for f in one.figures) for one in measured)
    return _OFF_AIM if missed else 0


def results_page(measured: Sequence[_Measured], *, full: bool, load: float | None) -> str:
    """Return the results as a Markdown page."""
    now = datetime.now(UTC)
    form = "long form (`--full`)" if full else "short form"
    lines = [
        "# Results",
        "",
        "Written by `eonay bench --out docs/results.md`; not edited by hand. Ratios are of things measured",
        "side by side on one machine; absolute times differ from machine to machine.",
        "",
        f"{now:%d.%m.%Y %H:%M} UTC · eonay {version()} · {form} · {_machine(load)}",
        "",
        "| Figure | Value | Aim | |",
        "|---|---:|---:|---|",
    ]
    for one in measured:
        lines.append(f"| **{one.about}** | | | |")
        lines += [
            f"| {figure.what} | {figure.shown} | {figure.shown_aim} | {_mark(figure.is_met)} |"
            for figure in one.figures
        ]
        if one.trouble:
            told = " ".join(one.trouble.replace("|", "/").split())
            lines.append(f"| not measured: {told} | | | ✗ |")
    missed = [figure for one in measured for figure in one.figures if figure.is_met is False]
    if missed:
        lines += ["", "## What was missed, and what limits it", ""]
        lines += [
            f"- **{figure.what}**: {figure.shown} instead of {figure.shown_aim}. {figure.limit}".rstrip()
            for figure in missed
        ]
    lines += ["", "## How it is measured", ""]
    for one in measured:
        lines += [f"- **{one.about}.** {one.how}"]
    return "\n".join(lines) + "\n"


def _suite() -> Sequence[Any]:
    return cast("Sequence[Any]", from_tests("benchmarks.suite", "cli.bench.no_source").SUITE)


def _measure(one: Any, full: bool, console: Console) -> _Measured:
    console.print(f"[bold]{one.about}[/bold]")
    try:
        figures = one.measure(full, lambda line: console.print(f"  {line}", markup=False))
    except SystemExit as error:
        trouble = str(error)
    except Exception as error:  # noqa: BLE001 - one broken benchmark doesn't stop the others
        trouble = type(error).__name__
    else:
        return _Measured(one.about, one.how, figures)
    console.print(f"  {trouble}", style="red", markup=False)
    return _Measured(one.about, one.how, (), trouble)


def _table(measured: Sequence[_Measured], language: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    heads = words("cli", language).group("bench.head")
    table.add_column(heads["figure"], overflow="fold")
    table.add_column(heads["value"], justify="right")
    table.add_column(heads["aim"], justify="right")
    table.add_column()
    for one in measured:
        for figure in one.figures:
            table.add_row(figure.what, figure.shown, figure.shown_aim, _mark(figure.is_met))
    return table


def _mark(is_met: bool | None) -> str:
    return {True: "✓", False: "✗", None: ""}[is_met]


def _machine(load: float | None) -> str:
    from assistant.fleet import cores

    parts = [f"{cores()} cores", platform.system(), f"Python {platform.python_version()}"]
    if load is not None:
        parts.append(f"load at the start {load:.1f}")
    return ", ".join(parts)


def _load() -> float | None:
    """Return the load average of the last minute, before the first measurement."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None
