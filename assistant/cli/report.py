"""The command ``eonay report merge``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from assistant.base.console import Console
from assistant.base.words import Language, told
from assistant.cli.dry_run_many import show_summary
from assistant.rehearsal.report.record import RunReport, joined, read_report
from assistant.rehearsal.report.write import pictures_of, write_report


def merge(folders: Sequence[Path], out: Path, language: Language) -> int:
    """Join the reports in *folders* into one in *out* and return its exit code."""
    reports: list[RunReport] = []
    pictures: dict[str, bytes] = {}
    for number, folder in enumerate(folders, 1):
        report = read_report(folder)
        found = pictures_of(folder if folder.is_dir() else folder.parent, report)
        # Two parts may use the same name for different pictures.
        names = {name: name if name not in pictures else f"{number}-{name}" for name in found}
        pictures.update({names[name]: picture for name, picture in found.items()})
        runs = tuple(replace(run, picture=names.get(run.picture or "")) for run in report.runs)
        reports.append(replace(report, runs=runs))
    report = joined(reports)
    page = write_report(out, report, pictures, language)
    console = Console(stderr=True, highlight=False)
    show_summary(console, report, page, language)
    if report.missing_shards:
        console.print(
            Text(told("cli.report.missing_parts", language, parts=", ".join(report.missing_shards)), "bold yellow")
        )
    return report.exit_code
