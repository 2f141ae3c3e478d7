"""The command ``eonay drift``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.assembly.parts import needed_browser
from assistant.assembly.unattended import drifting
from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError, nearest
from assistant.base.outcome import Language, Outcome
from assistant.base.settings import Settings, take_settings
from assistant.base.trouble import why
from assistant.fleet import Engine, Fleet, TakenOver, cores, engine_of
from assistant.rehearsal.drift.cases import Case, case_names, cases
from assistant.rehearsal.drift.compare import Way, has_healer
from assistant.rehearsal.drift.craft import Drifting
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.rehearsal.drift.report import SUCCESS_AIM, Count, DriftReport, about, as_json, must_stop, save
from assistant.setup import ensure
from fixtures import LOOKS

AIMS_MISSED = 1
"""Exit code where a run did wrong, did not stop, or too many failed."""
_TEXTS: dict[str, dict[Language, str]] = {
    "title": {"tr": "Görünüm değişiklikleri", "en": "Changes of look"},
    "nothing": {
        "tr": "hiçbir çalışma tamamlanmadı; bu sonuç bir şey söylemez.",
        "en": "no run came to its end; this says nothing.",
    },
    "kind": {"tr": "değişiklik", "en": "change"},
    "runs": {"tr": "çalışma", "en": "runs"},
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
    "taken over": {"tr": "{lost} kayboldu; {by} yeniden çalıştırıyor", "en": "{lost} was lost; {by} makes it again"},
    "stopped": {"tr": "Yarıda kesildi; o ana kadarki çalışmalar sayıldı.", "en": "Interrupted; what ran is counted."},
    "written": {"tr": "Rapor", "en": "Report"},
    "not written": {"tr": "Rapor saklanamadı", "en": "The report could not be kept"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DriftOptions:
    """What was asked for on the command line."""

    seeds: int = 300
    first_seed: int = 0
    kinds: Sequence[str] = ()
    jobs: int | None = None
    """Runs at once; None for one per core."""
    browser: str | None = None
    cluster: str | None = None
    """Address of a Dask scheduler, whose workers make the runs."""
    compare: bool = False
    json_output: bool = False
    folder: Path | None = None
    language: Language = "tr"
    assume_yes: bool = False


def run_command(options: DriftOptions, *, only_list: bool = False) -> int:
    """Run what *options* ask for and return the exit code: 0 where the aims are met."""
    console = Console(stderr=options.json_output, highlight=False)
    if only_list:
        _list_kinds(options)
        return 0
    for name in options.kinds:
        if name not in case_names():
            raise UsageError(
                f"{name!r} adlı bir değişiklik yok.{nearest(name, case_names())} Liste: eonay drift --list",
                f"There is no change {name!r}.{nearest(name, case_names(), 'en')} List: eonay drift --list",
            )
    chosen = cases(options.seeds, options.first_seed, options.kinds)
    if options.compare:  # the recorded script was recorded on the usual look
        chosen = [replace(case, look=LOOKS[0]) for case in chosen]
    if options.cluster and options.jobs:
        raise UsageError(
            "--cluster ile --jobs birlikte verilemez.",
            "--cluster does not go together with --jobs.",
        )
    settings = take_settings(browser=options.browser)
    if not options.cluster:
        ensure([needed_browser(settings)], assume_yes=options.assume_yes)
    reports, is_complete = _run(chosen, options, settings, console)
    for report in reports:
        _show(report, options.language, console)
    if options.folder is not None:
        try:
            for path in save(reports, options.folder):
                console.print(f"{_TEXTS['written'][options.language]}: {path}", soft_wrap=True, markup=False)
        except OSError as error:
            told = f"{_TEXTS['not written'][options.language]} ({options.folder}: {why(error, options.language)})"
            console.print(told, style="yellow", soft_wrap=True, markup=False)
    if options.json_output:
        print_json(as_json(reports))
    if not is_complete:
        return Outcome.CANCELLED.exit_code
    return 0 if reports[0].runs and reports[0].meets_aims else AIMS_MISSED


def _run(
    chosen: Sequence[Case], options: DriftOptions, settings: Settings, console: Console
) -> tuple[list[DriftReport], bool]:
    """Return the report of every way that was tried, and whether nothing was left out."""
    ways: list[Literal["eonay"] | Way] = ["eonay"]
    if options.compare:
        ways.append("recorded")
        if has_healer():
            ways.append("healing")
        else:
            console.print(_TEXTS["without"][options.language], style="yellow")
    reports: list[DriftReport] = []
    crafts = drifting(ways, settings, elsewhere=options.cluster is not None)
    with engine_of(options.cluster, options.jobs or cores()) as (engine, jobs):
        for craft in crafts:
            runs, is_complete = _all(chosen, craft, jobs, console, engine, options.language)
            reports.append(DriftReport(craft.way, runs))
            if not is_complete:
                console.print(_TEXTS["stopped"][options.language], style="yellow")
                return reports, False
    return reports, True


def _all(
    chosen: Sequence[Case], craft: Drifting, jobs: int, console: Console, engine: Engine, language: Language
) -> tuple[list[DriftRun], bool]:
    """Return the runs in the order of their seeds, and whether none was left out."""
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
            told = _TEXTS["taken over"][language].format(lost=said.lost, by=said.by)
            progress.console.print(f"↻ {_repeat(said.task)}: {told}", style="yellow", soft_wrap=True)

        is_complete = Fleet(chosen, jobs, craft, note, hear, engine).run()
    return [runs[seed] for seed in sorted(runs)], is_complete


def _show(report: DriftReport, language: Language, console: Console) -> None:
    words = {key: texts[language] for key, texts in _TEXTS.items()}
    if not report.runs:
        console.print(f"{words['title']}: {report.way}: {words['nothing']}", style="yellow")
        return
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
            change = f"{'+'.join(case.changes)}, {case.edition}, {case.look}, {case.person}"
            console.print(f"{_repeat(case)}: {change}: {_ended(run)}", style="yellow", soft_wrap=True)
    verdict = words["met" if report.meets_aims else "not met"]
    style = "bold green" if report.meets_aims else "bold yellow"
    console.print(f"[{style}]{verdict}[/{style}] ({words['aims']}{SUCCESS_AIM:.0%})\n")


def _mark(run: DriftRun) -> str:
    return "✓" if run.is_right else "✗"


def _repeat(case: Case) -> str:
    """Return the options that make the run of *case* again."""
    return f"--first-seed {case.seed} --seeds 1 --kind {case.kind}"


def _ended(run: DriftRun) -> str:
    return ", ".join(filter(None, (run.result.outcome, run.result.reason, *run.wrong_acts)))


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


def _list_kinds(options: DriftOptions) -> None:
    language = options.language
    if options.json_output:
        kinds = [{"name": name, "must_stop": must_stop(name), "about": about(name, language)} for name in case_names()]
        print_json({"kinds": kinds})
        return
    words = {key: texts[language] for key, texts in _TEXTS.items()}
    table = Table(words["kind"], "", "", box=None, padding=(0, 2, 0, 0))
    for name in case_names():
        table.add_row(name, words["stops" if must_stop(name) else "harmless"], about(name, language))
    Console(highlight=False).print(table)
