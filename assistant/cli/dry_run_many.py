"""``eonay dry-run`` for many runs: a progress bar on standard error, a summary, and a report if you want one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean
from types import MappingProxyType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.assembly.unattended import DryRunOptions
from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.duration import lasted
from assistant.base.errors import UsageError
from assistant.base.words import Language, told, words
from assistant.fleet import Engine, Fleet, TakenOver, cores, engine_of
from assistant.receipts.receipt import keep
from assistant.rehearsal.report.record import RunReport, now, read_report
from assistant.rehearsal.report.write import write_report
from assistant.rehearsal.shard import Job, Key, Shard, jobs_of, longest_first, part_of
from assistant.rehearsal.show import as_json
from assistant.rehearsal.worker import Ran, Rehearsing, verdict_of
from fixtures import Scenario


@dataclass(slots=True)
class _Tally:
    """The results so far."""

    ran: dict[int, Ran] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    failed: int = 0
    taken_over: dict[int, Job] = field(default_factory=dict)
    """Runs made again because we lost their worker, by number."""

    def take(self, ran: Ran, shard: Shard | None) -> Ran:
        run = replace(ran.run, shard=str(shard) if shard else None)
        if ran.picture is not None:
            part = f"{shard.number}-" if shard else ""
            name = f"{part}{ran.number + 1:04d}-{run.receipt.scenario}.jpg"
            self.pictures[name] = ran.picture
            run = replace(run, picture=name)
        ran = replace(ran, run=run, picture=None)
        self.ran[ran.number] = ran
        self.failed += not run.verdict.passed and not run.verdict.stopped
        return ran


def run_many(
    scenarios: Sequence[Scenario], options: DryRunOptions, craft: Rehearsing, shard: Shard | None = None
) -> int:
    """Make the runs, show progress, write the files, and return the exit code."""
    console = Console(stderr=True, highlight=False)
    past = durations_of(options.durations)
    jobs = jobs_of(scenarios, options.repeat)
    if shard is not None:
        jobs = part_of(jobs, shard, past)
    began, tally = now(), _Tally()
    workers = max(1, min(options.jobs or (1 if options.headed else cores()), len(jobs)))
    try:
        with engine_of(options.cluster, workers) as (engine, workers):
            _run(longest_first(jobs, past), workers, craft, options, console, tally, shard, engine)
    finally:
        # Also if workers gave out: we keep what has run.
        report = RunReport(
            began=began,
            ended=now(),
            runs=tuple(tally.ran[number].run for number in sorted(tally.ran)),
            planned=len(jobs),
            jobs=workers,
            shards=(str(shard),) if shard else (),
        )
        page, trouble = _written(options, report, tally)
    show_summary(console, report, page, options.language)
    if tally.taken_over:
        names = ", ".join(_name(tally.taken_over[number]) for number in sorted(tally.taken_over))
        again = told("cli.dry_run.again", options.language)
        console.print(Text(f"↻ {len(tally.taken_over)} {again}: {names}", "yellow"), soft_wrap=True)
    if trouble:
        console.print(Text(trouble, "yellow"), soft_wrap=True)
    if options.json_output:
        print_json(as_json([verdict_of(tally.ran[number]) for number in sorted(tally.ran)]))
    return replace(report, shards=()).exit_code


def _written(options: DryRunOptions, report: RunReport, tally: _Tally) -> tuple[Path | None, str]:
    """Write the report, or else the receipts; return the report's page, and what we couldn't save and why."""
    trouble = ""
    if options.report is not None:
        try:
            return write_report(options.report, report, tally.pictures, options.language), ""
        except UsageError as error:  # the runs are done, so we still say how they ended
            trouble = error.told(options.language)
    for number in sorted(tally.ran):
        kept = keep(tally.ran[number].run.receipt, options.language)
        if kept.path is None:
            trouble = " ".join(
                filter(None, (trouble, f"{told('cli.dry_run.receipt', options.language)}: {kept.told}."))
            )
            break  # the others would fail too
    return None, trouble


def durations_of(path: Path | None) -> Mapping[Key, float]:
    """Return each scenario's mean duration in an earlier report, seconds. Raises `UsageError` if it isn't one."""
    if path is None:
        return MappingProxyType({})
    times: dict[Key, list[float]] = {}
    for run in read_report(path).counted:
        times.setdefault(run.key, []).append(run.result.duration_ms / 1000)
    return {key: fmean(seconds) for key, seconds in times.items()}


def show_summary(console: Console, report: RunReport, page: Path | None, language: Language) -> None:
    """Sum it up in a few lines."""
    texts = words("cli", language)
    for scenario, edition in sorted(report.flaky):
        ends = [run for run in report.counted if run.key == (scenario, edition)]
        counts = Counter(str(run.result.ending) for run in ends)
        counted = ", ".join(f"{count}× {end}" for end, count in sorted(counts.items()))
        console.print(Text(f"≈ {scenario} · {edition}: {counted}", "yellow"), soft_wrap=True)
    line = Text()
    line.append(f"✓ {report.passed} {texts('dry_run.passed')}", "bold green" if not report.failed else "bold")
    if report.failed:
        line.append(f"   ✗ {report.failed} {texts('dry_run.failed')}", "bold red")
    if report.flaky:
        line.append(f"   ≈ {len(report.flaky)} {texts('dry_run.flaky')}", "bold yellow")
    if report.missing:
        line.append(f"   … {report.missing} {texts('dry_run.missing')}", "bold yellow")
    console.print(line, soft_wrap=True)
    if page is not None:
        console.print(f"{texts('dry_run.report')}: {page}", soft_wrap=True)


def _run(
    jobs: Sequence[Job],
    workers: int,
    craft: Rehearsing,
    options: DryRunOptions,
    console: Console,
    tally: _Tally,
    shard: Shard | None,
    engine: Engine,
) -> None:
    texts = words("cli", options.language)
    columns: list[ProgressColumn] = [
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        _Failed(tally, texts("dry_run.failed")),
        _Rate(texts("dry_run.per_minute")),
        TimeRemainingColumn(compact=True),
    ]
    with Progress(*columns, console=console, expand=False, speed_estimate_period=60) as progress:
        task = progress.add_task(texts("dry_run.runs"), total=len(jobs))

        def note(ran: Ran) -> None:
            run = tally.take(ran, shard).run
            verdict = run.verdict
            progress.advance(task)
            if not verdict.passed or not console.is_terminal:
                mark, style = ("✓", "green") if verdict.passed else ("…", "yellow") if verdict.stopped else ("✗", "red")
                end = str(run.result.ending)
                if not verdict.passed and not verdict.stopped:
                    wanted = "".join((verdict.expected, *(f"; {wrong}" for wrong in verdict.wrong)))
                    end += f"; {texts('dry_run.expected')}: {wanted}"
                number = f" · {run.repetition}." if options.repeat > 1 else ""
                took = lasted(run.result.duration_ms, options.language)
                progress.console.print(
                    Text(f"{mark} {' · '.join(run.key)}{number}: {end} ({took})", style), soft_wrap=True
                )

        def hear(said: TakenOver) -> None:
            tally.taken_over[said.task.number] = said.task
            again = texts("all.taken_over", lost=said.lost, by=said.by)
            progress.console.print(Text(f"↻ {_name(said.task)}: {again}", "yellow"), soft_wrap=True)

        Fleet(jobs, workers, craft, note, hear, engine).run()


def _name(job: Job) -> str:
    return " · ".join((*job.key, *([f"{job.repetition}."] if job.repetition > 1 else [])))


class _Failed(ProgressColumn):
    """How many runs have ended unexpectedly so far."""

    def __init__(self, tally: _Tally, word: str) -> None:
        super().__init__()
        self._tally, self._word = tally, word

    def render(self, task: Task) -> Text:
        """Show nothing while there are none."""
        return Text(f"✗ {self._tally.failed} {self._word}" if self._tally.failed else "", "red")


class _Rate(ProgressColumn):
    """Runs per minute."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """Show the average rate since the start."""
        rate = 60 * task.completed / task.elapsed if task.elapsed and task.completed else None
        return Text("" if rate is None else f"{rate:.0f}{self._unit}", "cyan")
