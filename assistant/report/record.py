"""What a report keeps of each run, and of the whole: a closed list of fields, written as JSON and read back.

No name, number, code, PIN or address is among them: people are known by the key of the test data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.setup.browser import BROWSER_NAME
from assistant.trouble import why
from assistant.version import version

if TYPE_CHECKING:
    from assistant.rehearsal.run import Report
    from fixtures import Scenario

FORMAT = 1
FILE = "report.json"
STOPPED = "person_stopped"


@dataclass(frozen=True, slots=True)
class StepTime:
    """One screen of a run. Times in milliseconds since the run began."""

    id: str
    screen: str
    at_ms: int
    took_ms: int


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run."""

    scenario: str
    edition: str
    repetition: int
    """Which time this scenario ran, from 1."""
    person: str
    about: Mapping[str, str]
    """One sentence by language."""
    tags: tuple[str, ...]
    began: str
    """ISO 8601, UTC."""
    duration_ms: int
    card: str
    outcome: str
    reason: str | None
    expected_outcome: str | None
    """None where any success will do."""
    expected_reason: str | None
    passed: bool
    exit_code: int
    """What the run adds to the exit code of the command."""
    expected: str
    """What the assistant looked for when it stopped; empty where it did not halt."""
    seen: str
    wrong: tuple[str, ...]
    """What beside the outcome was not as expected, as ``act: seen (expected)``."""
    steps: tuple[StepTime, ...]
    ledger: Mapping[str, int]
    """What the mock portal says really happened: acts and how often."""
    faults: tuple[str, ...]
    picture: str | None = None
    """File name of the masked picture of the last page, beside the report; failures only."""
    shard: str | None = None
    interrupted: bool = False
    """Whether Ctrl+C cut it short; what was handed in by then can leave it with another reason than that."""
    browser: str = ""
    """Product and version, like ``Chromium 150.0 (headless shell)``. Empty where none was opened."""

    @property
    def key(self) -> tuple[str, str]:
        """What repetitions of one scenario have in common."""
        return self.scenario, self.edition

    @property
    def stopped(self) -> bool:
        """Whether the person ended the command while this run was under way."""
        return (self.interrupted or self.reason == STOPPED) and not self.passed

    @property
    def end(self) -> tuple[str, str | None, tuple[str, ...]]:
        """How it ended, for comparing repetitions."""
        return self.outcome, self.reason, self.wrong


@dataclass(frozen=True, slots=True)
class RunReport:
    """All runs of one command, or of several joined."""

    began: str
    ended: str
    runs: tuple[RunRecord, ...]
    planned: int
    """How many runs there should have been; more than `runs` after Ctrl+C."""
    jobs: int = 1
    shards: tuple[str, ...] = ()
    """Which parts are in it, as ``i/n``; empty for the whole."""
    program: str = field(default_factory=lambda: f"eonay {version()}")

    @property
    def counted(self) -> tuple[RunRecord, ...]:
        """The runs that came to their own end."""
        return tuple(run for run in self.runs if not run.stopped)

    @property
    def passed(self) -> int:
        """How many ended as they should."""
        return sum(run.passed for run in self.counted)

    @property
    def failed(self) -> int:
        """How many did not."""
        return len(self.counted) - self.passed

    @property
    def missing(self) -> int:
        """How many runs were planned and did not come to their end."""
        return max(0, self.planned - len(self.counted))

    @property
    def flaky(self) -> frozenset[tuple[str, str]]:
        """Scenarios (with their edition) whose repetitions ended differently."""
        ends: dict[tuple[str, str], set[object]] = {}
        for run in self.counted:
            ends.setdefault(run.key, set()).add(run.end)
        return frozenset(key for key, seen in ends.items() if len(seen) > 1)

    @property
    def browsers(self) -> tuple[str, ...]:
        """What the runs were made with; several where reports were joined."""
        return tuple(sorted({run.browser for run in self.runs if run.browser}))

    @property
    def missing_shards(self) -> tuple[str, ...]:
        """Parts of the same split that are not in it."""
        counts = {shard.split("/")[1] for shard in self.shards}
        every = {f"{number}/{count}" for count in counts for number in range(1, int(count) + 1)}
        return tuple(sorted(every - set(self.shards)))

    @property
    def exit_code(self) -> int:
        """4 where runs are missing, else that of the first run that failed, else 0."""
        if self.missing or self.missing_shards:
            return 4
        return next((run.exit_code for run in self.runs if run.exit_code), 0)

    def as_json(self) -> dict[str, object]:
        """Return what `report.json` holds."""
        return {
            "format": FORMAT,
            "program": self.program,
            "began": self.began,
            "ended": self.ended,
            "jobs": self.jobs,
            "shards": list(self.shards),
            "browsers": list(self.browsers),
            "planned": self.planned,
            "passed": self.passed,
            "failed": self.failed,
            "flaky": [{"scenario": scenario, "edition": edition} for scenario, edition in sorted(self.flaky)],
            "runs": [asdict(run) for run in self.runs],
        }


def record_of(
    report: Report, scenario: Scenario, repetition: int = 1, shard: str | None = None, browser: str = ""
) -> RunRecord:
    """Return what is kept of one run of *scenario*, made with *browser*."""
    receipt, result = report.receipt, report.result
    return RunRecord(
        scenario=receipt.scenario,
        edition=receipt.edition,
        repetition=repetition,
        person=scenario.person,
        about=dict(scenario.about),
        tags=tuple(sorted(scenario.tags)),
        began=receipt.began.astimezone(UTC).isoformat(timespec="milliseconds"),
        duration_ms=result.duration_ms,
        card=receipt.card,
        outcome=result.outcome.value,
        reason=result.reason,
        expected_outcome=report.expected_outcome,
        expected_reason=report.expected_reason,
        passed=report.passed,
        exit_code=report.exit_code,
        expected=result.expected,
        seen=result.seen,
        wrong=tuple(report.wrong),
        steps=tuple(StepTime(step.id, step.screen, step.at_ms, step.took_ms) for step in result.steps),
        ledger=dict(report.ledger),
        faults=tuple(report.faults),
        shard=shard,
        interrupted=result.interrupted,
        browser=browser,
    )


def read_report(path: Path) -> RunReport:
    """Read a report from its folder or from its JSON file. Raises `UsageError` where it is none."""
    file = path / FILE if path.is_dir() else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise UsageError(
                f"{file}: bu rapor biçimi tanınmıyor ({data['format']!r}).",
                f"{file}: this format of report is not known ({data['format']!r}).",
            )
        return RunReport(
            began=str(data["began"]),
            ended=str(data["ended"]),
            runs=tuple(_run(entry) for entry in data["runs"]),
            planned=int(data["planned"]),
            jobs=int(data["jobs"]),
            shards=tuple(str(shard) for shard in data["shards"]),
            program=str(data["program"]),
        )
    except OSError as error:
        raise UsageError(
            f"{file}: rapor okunamadı ({why(error, 'tr')}).",
            f"{file}: the report cannot be read ({why(error, 'en')}).",
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{file}: bu dosya bir prova raporu değil ({type(error).__name__}).",
            f"{file}: this is no report of dry runs ({type(error).__name__}).",
        ) from None


def joined(reports: Sequence[RunReport]) -> RunReport:
    """Join *reports* into one; repetitions of one scenario are numbered through. Raises `ValueError` for none."""
    if not reports:
        raise ValueError("no reports to join")
    runs = sorted((run for report in reports for run in report.runs), key=lambda run: (run.key, run.began))
    return RunReport(
        began=min(report.began for report in reports),
        ended=max(report.ended for report in reports),
        runs=tuple(_numbered(runs)),
        planned=sum(report.planned for report in reports),
        jobs=sum(report.jobs for report in reports),
        shards=tuple(sorted({shard for report in reports for shard in report.shards})),
        program=reports[0].program,
    )


def now() -> str:
    """Return the moment as reports write it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _numbered(runs: Iterable[RunRecord]) -> Iterable[RunRecord]:
    seen: dict[tuple[str, str], int] = {}
    for run in runs:
        seen[run.key] = seen.get(run.key, 0) + 1
        yield replace(run, repetition=seen[run.key])


def _run(entry: Mapping[str, Any]) -> RunRecord:
    values = dict(entry)
    steps = tuple(StepTime(**step) for step in values.pop("steps"))
    values.update({name: tuple(values[name]) for name in ("tags", "wrong", "faults")})
    run = RunRecord(steps=steps, **values)
    if run.picture is not None and Path(run.picture).name != run.picture:
        raise ValueError("a picture lies beside its report")
    if run.browser and not BROWSER_NAME.fullmatch(run.browser):
        raise ValueError("no name of a browser")
    return run
