"""The command ``eonay drift``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.assembly.parts import needed_browser
from assistant.assembly.unattended import drifting
from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError, nearest
from assistant.base.outcome import Outcome
from assistant.base.settings import Settings, take_settings
from assistant.base.trouble import why
from assistant.base.words import Language, told, words
from assistant.cli.source import from_tests
from assistant.fleet import Engine, Fleet, TakenOver, cores, engine_of
from assistant.rehearsal.drift.cases import Case, case_names, cases
from assistant.rehearsal.drift.craft import Drifting
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.rehearsal.drift.report import SUCCESS_AIM, DriftReport, EndCount, about, as_json, must_stop, save
from assistant.setup import ensure
from fixtures import LOOKS

AIMS_MISSED = 1
"""Exit code if a run did something wrong, didn't stop, or too many failed."""


@dataclass(frozen=True, slots=True)
class DriftOptions:
    """The command-line options."""

    seeds: int = 300
    first_seed: int = 0
    kinds: Sequence[str] = ()
    jobs: int | None = None
    """Runs at once; None means one per core."""
    browser: str | None = None
    cluster: str | None = None
    """Address of a Dask scheduler whose workers make the runs."""
    compare: bool = False
    json_output: bool = False
    folder: Path | None = None
    language: Language = "tr"
    assume_yes: bool = False


def run_command(options: DriftOptions, *, only_list: bool = False) -> int:
    """Do the runs and return the exit code: 0 if the aims are met."""
    console = Console(stderr=options.json_output, highlight=False)
    if only_list:
        _list_kinds(options)
        return 0
    for name in options.kinds:
        if name not in case_names():
            raise UsageError.of("cli.drift.no_kind", name=repr(name), near=partial(nearest, name, case_names()))
    chosen = cases(options.seeds, options.first_seed, options.kinds)
    other_tools = None
    if options.compare:  # the recorded script was recorded on the usual look
        other_tools = from_tests("other_tools.craft", "cli.drift.no_source")
        chosen = [replace(case, look=LOOKS[0]) for case in chosen]
    if options.cluster and options.jobs:
        raise UsageError.of("cli.drift.jobs_or_cluster")
    settings = take_settings(browser=options.browser)
    if not options.cluster:
        ensure([needed_browser(settings)], assume_yes=options.assume_yes)
    reports, is_complete = _run(chosen, options, settings, console, other_tools)
    for report in reports:
        _show(report, options.language, console)
    if options.folder is not None:
        try:
            for path in save(reports, options.folder):
                console.print(f"{told('cli.drift.written', options.language)}: {path}", soft_wrap=True, markup=False)
        except OSError as error:
            cause = f"({options.folder}: {why(error, options.language)})"
            console.print(
                f"{told('cli.drift.not_written', options.language)} {cause}",
                style="yellow",
                soft_wrap=True,
                markup=False,
            )
    if options.json_output:
        print_json(as_json(reports))
    if not is_complete:
        return Outcome.CANCELLED.exit_code
    return 0 if reports[0].runs and reports[0].meets_aims else AIMS_MISSED


def _run(
    chosen: Sequence[Case], options: DriftOptions, settings: Settings, console: Console, other_tools: Any
) -> tuple[list[DriftReport], bool]:
    """Return a report for each way we tried, and whether all runs were made."""
    reports: list[DriftReport] = []
    crafts = [drifting(settings, elsewhere=options.cluster is not None)]
    if other_tools is not None:
        crafts += other_tools.others(crafts[0])
        if not other_tools.has_healer():
            console.print(told("cli.drift.no_healer", options.language), style="yellow")
    with engine_of(options.cluster, options.jobs or cores()) as (engine, jobs):
        for craft in crafts:
            runs, is_complete = _all(chosen, craft, jobs, console, engine, options.language)
            reports.append(DriftReport(craft.way, runs, is_complete))
            if not is_complete:
                console.print(told("cli.drift.stopped", options.language), style="yellow")
                return reports, False
    return reports, True


def _all(
    chosen: Sequence[Case], craft: Drifting, jobs: int, console: Console, engine: Engine, language: Language
) -> tuple[list[DriftRun], bool]:
    """Return the runs in seed order, and whether all of them were made."""
    runs: dict[int, DriftRun] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, speed_estimate_period=60) as progress:
        task = progress.add_task(craft.way, total=len(chosen))

        def note(run: DriftRun) -> None:
            if not run.interrupted:
                runs[run.case.seed] = run
                progress.advance(task)
                if not console.is_terminal:
                    progress.console.print(
                        f"{_mark(run)} {craft.way} {_repeat(run.case)}: {_ended(run)}", soft_wrap=True
                    )

        def hear(said: TakenOver) -> None:
            again = told("cli.all.taken_over", language, lost=said.lost, by=said.by)
            progress.console.print(f"↻ {_repeat(said.task)}: {again}", style="yellow", soft_wrap=True)

        is_complete = Fleet(chosen, jobs, craft, note, hear, engine).run()
    return [runs[seed] for seed in sorted(runs)], is_complete


def _show(report: DriftReport, language: Language, console: Console) -> None:
    texts = words("cli", language)
    if not report.runs:
        console.print(f"{texts('drift.title')}: {report.way}: {texts('drift.nothing')}", style="yellow")
        return
    table = Table(title=f"{texts('drift.title')}: {report.way}", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(texts("drift.kind"), overflow="fold")
    for head in ("runs", "success", "halted", "missed", "wrong"):
        table.add_column(texts(f"drift.{head}"), justify="right")
    counts = report.by_kind()
    for stops, total, heading in ((False, report.harmless, "harmless"), (True, report.stops, "stops")):
        if not total.runs:
            continue
        for kind, count in counts.items():
            if must_stop(kind) is stops:
                table.add_row(kind, *_cells(count, stops=stops))
        table.add_row(f"[bold]{texts(f'drift.{heading}')}[/bold]", *_cells(total, stops=stops), end_section=True)
    console.print(table)
    for run in report.runs:
        if not run.is_right and report.way == "eonay":
            case = run.case
            change = f"{'+'.join(case.changes)}, {case.edition}, {case.look}, {case.person}"
            console.print(f"{_repeat(case)}: {change}: {_ended(run)}", style="yellow", soft_wrap=True)
    verdict = texts({True: "drift.met", False: "drift.not_met", None: "drift.cut_short"}[report.verdict])
    style = "bold green" if report.verdict else "bold yellow"
    console.print(f"[{style}]{verdict}[/{style}] ({texts('drift.aims', aim=f'{SUCCESS_AIM:.0%}')})\n")


def _mark(run: DriftRun) -> str:
    return "✓" if run.is_right else "✗"


def _repeat(case: Case) -> str:
    """Return the options that repeat the run of *case*."""
    return f"--first-seed {case.seed} --seeds 1 --kind {case.kind}"


def _ended(run: DriftRun) -> str:
    return ", ".join(filter(None, (run.result.outcome, run.result.reason, *run.wrong_acts)))


def _cells(count: EndCount, *, stops: bool) -> list[str]:
    right = count.stopped == count.runs if stops else count.success == count.runs
    mark = "green" if right and not count.wrong else "yellow"
    wrong = f"[bold red]{count.wrong}[/bold red]" if count.wrong else "0"
    return [
        str(count.runs),
        *(f"[{mark}]{n}[/{mark}]" for n in (count.success, count.stopped)),
        str(count.missed),
        wrong,
    ]


def _list_kinds(options: DriftOptions) -> None:
    language = options.language
    if options.json_output:
        kinds = [{"name": name, "must_stop": must_stop(name), "about": about(name, language)} for name in case_names()]
        print_json({"kinds": kinds})
        return
    texts = words("cli", language)
    table = Table(texts("drift.kind"), "", "", box=None, padding=(0, 2, 0, 0))
    for name in case_names():
        table.add_row(name, texts("drift.stops" if must_stop(name) else "drift.harmless"), about(name, language))
    Console(highlight=False).print(table)
