"""The command ``eonay drift``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.browser import BrowserOptions, open_browser
from assistant.drift.cases import Case, case_names, cases
from assistant.drift.compare import Way, comparing, has_healer
from assistant.drift.rehearsal import DriftRun, rehearse_drift
from assistant.drift.report import SUCCESS_AIM, Count, DriftReport, about, as_json, must_stop, save
from assistant.errors import UsageError, nearest
from assistant.outcome import Language
from assistant.settings import Settings
from assistant.setup import Part, ensure, find_browser

AIMS_MISSED = 1
"""Exit code where a run did wrong, did not stop, or too many failed."""
_TEXTS: dict[str, dict[Language, str]] = {
    "title": {"tr": "Görünüm değişiklikleri", "en": "Changes of look"},
    "kind": {"tr": "değişiklik", "en": "change"},
    "runs": {"tr": "koşu", "en": "runs"},
    "success": {"tr": "başarılı", "en": "success"},
    "halted": {"tr": "durdu", "en": "halted"},
    "missed": {"tr": "başka", "en": "other"},
    "wrong": {"tr": "yanlış iş", "en": "wrong acts"},
    "harmless": {"tr": "önemsiz olmalı", "en": "should not matter"},
    "stops": {"tr": "durdurmalı", "en": "must stop"},
    "met": {"tr": "Hedeflere ulaşıldı", "en": "The aims are met"},
    "not met": {"tr": "Hedeflere ulaşılamadı", "en": "The aims are missed"},
    "aims": {
        "tr": "hedef: 0 yanlış iş, durması gereken her yerde durma, başarı ≥ ",
        "en": "aims: 0 wrong acts, every right stop, success ≥ ",
    },
    "without": {
        "tr": "playwright-healer kurulu değil: o sütun boş bırakıldı. Kurmak için: "
        ".venv/bin/python -m pip install playwright-healer",
        "en": "playwright-healer is not installed: that column is left out. To install it: "
        ".venv/bin/python -m pip install playwright-healer",
    },
    "stopped": {"tr": "Yarıda kesildi; o ana kadarki koşular sayıldı.", "en": "Interrupted; what ran is counted."},
    "written": {"tr": "Rapor", "en": "Report"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DriftOptions:
    """What was asked for on the command line."""

    seeds: int = 300
    first_seed: int = 0
    kinds: Sequence[str] = ()
    compare: bool = False
    json_output: bool = False
    folder: Path | None = None
    language: Language = "tr"
    assume_yes: bool = False


def run_command(options: DriftOptions, *, only_list: bool = False) -> int:
    """Run what *options* ask for and return the exit code: 0 where the aims are met."""
    console = Console(stderr=options.json_output, highlight=False)
    if only_list:
        _list_kinds(options.language)
        return 0
    for name in options.kinds:
        if name not in case_names():
            raise UsageError(
                f"{name!r} adlı bir değişiklik yok.{nearest(name, case_names())} Liste: eonay drift --list"
            )
    chosen = cases(options.seeds, options.first_seed, options.kinds)
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    reports = _run(chosen, options, console)
    for report in reports:
        _show(report, options.language, console)
    if options.folder is not None:
        for path in save(reports, options.folder):
            console.print(f"{_TEXTS['written'][options.language]}: {path}", soft_wrap=True)
    if options.json_output:
        sys.stdout.write(as_json(reports) + "\n")
    return 0 if reports[0].runs and reports[0].meets_aims else AIMS_MISSED


def _run(chosen: Sequence[Case], options: DriftOptions, console: Console) -> list[DriftReport]:
    settings = Settings.load()
    ways: list[Way] = ["recorded"]
    if options.compare and has_healer():
        ways.append("healing")
    elif options.compare:
        console.print(_TEXTS["without"][options.language], style="yellow")
    with open_browser(find_browser(settings.browser), BrowserOptions(extra_args=settings.browser_args)) as browser:
        runs = _all(chosen, lambda case: rehearse_drift(case, browser), "eonay", options, console)
    reports = [DriftReport("eonay", runs)]
    if options.compare:
        with ExitStack() as stack:
            comparison = stack.enter_context(comparing())
            for way in ways:
                tried = _all(chosen[: len(runs)], partial(comparison.run, way=way), way, options, console)
                reports.append(DriftReport(way, tried))
    return reports


def _all(
    chosen: Sequence[Case], run: Callable[[Case], DriftRun], way: str, options: DriftOptions, console: Console
) -> list[DriftRun]:
    runs: list[DriftRun] = []
    with _progress(way, len(chosen), console) as advance:
        for case in chosen:
            try:
                done = run(case)
            except KeyboardInterrupt:
                done = None
            if done is None or done.reason == "person_stopped":  # a run takes Ctrl+C for the person's word
                console.print(_TEXTS["stopped"][options.language], style="yellow")
                break
            runs.append(done)
            advance()
    return runs


@contextmanager
def _progress(way: str, total: int, console: Console) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(way, total=total)
        yield lambda: progress.advance(task)


def _show(report: DriftReport, language: Language, console: Console) -> None:
    words = {key: texts[language] for key, texts in _TEXTS.items()}
    table = Table(title=f"{words['title']}: {report.way}", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(words["kind"], overflow="fold")
    for head in ("runs", "success", "halted", "missed", "wrong"):
        table.add_column(words[head], justify="right")
    counts = report.by_kind()
    for stops, total, heading in ((False, report.harmless, "harmless"), (True, report.stops, "stops")):
        if not total.runs:
            continue
        for kind, count in counts.items():
            if must_stop(kind) is stops:
                table.add_row(kind, *_cells(count, stops=stops))
        table.add_row(f"[bold]{words[heading]}[/bold]", *_cells(total, stops=stops), end_section=True)
    console.print(table)
    for run in report.runs:
        if not run.is_right and report.way == "eonay":
            case = run.case
            cause = ", ".join(filter(None, (run.outcome, run.reason, *run.wrong_acts)))
            where = f"--first-seed {case.seed} --seeds 1 --kind {case.kind}"
            console.print(f"{where}: {'+'.join(case.changes)}, {case.edition}, {case.person}: {cause}", style="yellow")
    verdict = words["met" if report.meets_aims else "not met"]
    style = "bold green" if report.meets_aims else "bold yellow"
    console.print(f"[{style}]{verdict}[/{style}] ({words['aims']}{SUCCESS_AIM:.0%})\n")


def _cells(count: Count, *, stops: bool) -> list[str]:
    right = count.stopped == count.runs if stops else count.success == count.runs
    mark = "green" if right and not count.wrong else "yellow"
    wrong = f"[bold red]{count.wrong}[/bold red]" if count.wrong else "0"
    return [
        str(count.runs),
        *(f"[{mark}]{n}[/{mark}]" for n in (count.success, count.stopped)),
        str(count.missed),
        wrong,
    ]


def _list_kinds(language: Language) -> None:
    words = {key: texts[language] for key, texts in _TEXTS.items()}
    table = Table(words["kind"], "", "", box=None, padding=(0, 2, 0, 0))
    for name in case_names():
        table.add_row(name, words["stops" if must_stop(name) else "harmless"], about(name, language))
    Console(highlight=False).print(table)
