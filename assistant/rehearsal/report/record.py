"""What a report keeps of each run and of the whole: a closed list of fields, saved as JSON and read back.

No name, number, code, PIN or address is among them: people appear by their key in the test data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ValidationError
from pydantic.dataclasses import dataclass

from assistant.base.errors import UsageError
from assistant.base.trouble import why
from assistant.base.version import version
from assistant.base.words import Language, told
from assistant.receipts.receipt import Receipt, Version
from assistant.rehearsal.verdict import Verdict
from assistant.run.closed import CLOSED, Count, Moment, Table, Text, Word, from_file, matching, to_file, wrong_fields
from assistant.run.record import RunResult
from assistant.setup.browser import BROWSER_NAME
from fixtures import LOOKS

if TYPE_CHECKING:
    from fixtures import Scenario

FORMAT = 1
FILE = "report.json"
LARGEST = 128 * 2**20
"""Maximum report size in bytes; a run takes about two thousand."""

RUN_FIELDS = (
    "scenario",
    "edition",
    "look",
    "repetition",
    "person",
    "about",
    "tags",
    "began",
    "duration_ms",
    "card",
    "outcome",
    "reason",
    "expected_outcome",
    "expected_reason",
    "passed",
    "exit_code",
    "expected",
    "seen",
    "wrong",
    "steps",
    "ledger",
    "faults",
    "picture",
    "shard",
    "interrupted",
    "browser",
)
"""Everything a report says about a run, in file order."""
_HEAD_FIELDS = ("began", "ended", "runs", "planned", "jobs", "shards", "program")
_FOLLOWS = frozenset({"passed", "exit_code"})
"""Written for people who read the file; we compute them again."""
_LATER = frozenset({"look", "picture", "shard", "interrupted", "browser"})
"""What a report may leave out."""

Picture = Annotated[str, matching(re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}"), "other.jpg")]
ShardName = Annotated[str, matching(re.compile(r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}", re.ASCII), "1/1")]
BrowserName = Annotated[str, matching(re.compile(f"(?:{BROWSER_NAME.pattern})?"), "")]


@dataclass(frozen=True, slots=True, config=CLOSED)
class ReportedRun:
    """One run of many."""

    verdict: Verdict
    repetition: Count
    """Which repetition of this scenario it is, from 1."""
    person: Word
    about: Table[Text]
    """One sentence per language."""
    tags: tuple[Text, ...]
    picture: Picture | None = None
    """File name of the masked picture of the last page, next to the report; only for failures."""
    shard: ShardName | None = None
    browser: BrowserName = ""
    """Product and version, like ``Chromium 150.0 (headless shell)``. Empty if we opened none."""

    @property
    def receipt(self) -> Receipt:
        """When it was made, and with what."""
        return self.verdict.receipt

    @property
    def result(self) -> RunResult:
        """How it ended."""
        return self.verdict.result

    @property
    def key(self) -> tuple[str, str]:
        """What the repetitions of one scenario share."""
        return self.receipt.scenario, self.receipt.drawn

    @property
    def end(self) -> tuple[str, str | None, tuple[str, ...]]:
        """How it ended, to compare repetitions."""
        return self.result.outcome, self.result.reason, self.verdict.wrong

    def as_json(self) -> dict[str, object]:
        """Return what the report says about the run."""
        written = {**to_file(self), "passed": self.verdict.passed, "exit_code": self.verdict.exit_code}
        return {name: written[name] for name in RUN_FIELDS}


@dataclass(frozen=True, slots=True, config=CLOSED)
class RunReport:
    """All runs of one command, or of several joined ones."""

    began: Moment
    ended: Moment
    runs: tuple[ReportedRun, ...]
    planned: Count
    """How many runs there should have been; after Ctrl+C more than `runs`."""
    jobs: Count = 1
    shards: tuple[ShardName, ...] = ()
    """The parts in it, as ``i/n``; empty if it is the whole."""
    program: Version = field(default_factory=lambda: f"eonay {version()}")

    @property
    def counted(self) -> tuple[ReportedRun, ...]:
        """The runs that finished on their own."""
        return tuple(run for run in self.runs if not run.verdict.stopped)

    @property
    def passed(self) -> int:
        """How many ended as they should."""
        return sum(run.verdict.passed for run in self.counted)

    @property
    def failed(self) -> int:
        """How many didn't."""
        return len(self.counted) - self.passed

    @property
    def missing(self) -> int:
        """How many planned runs never finished."""
        return max(0, self.planned - len(self.counted))

    @property
    def flaky(self) -> frozenset[tuple[str, str]]:
        """Scenarios (with edition and look) whose repetitions ended differently."""
        ends: dict[tuple[str, str], set[object]] = {}
        for run in self.counted:
            ends.setdefault(run.key, set()).add(run.end)
        return frozenset(key for key, seen in ends.items() if len(seen) > 1)

    @property
    def browsers(self) -> tuple[str, ...]:
        """The browsers we used; several if reports were joined."""
        return tuple(sorted({run.browser for run in self.runs if run.browser}))

    @property
    def missing_shards(self) -> tuple[str, ...]:
        """Parts of the same split that are missing here."""
        counts = {shard.split("/")[1] for shard in self.shards}
        every = {f"{number}/{count}" for count in counts for number in range(1, int(count) + 1)}
        return _in_order(every - set(self.shards))

    @property
    def exit_code(self) -> int:
        """4 if runs are missing, else that of the first failed run, else 0."""
        if self.missing or self.missing_shards:
            return 4
        return next((run.verdict.exit_code for run in self.runs if run.verdict.exit_code), 0)

    def as_json(self) -> dict[str, object]:
        """Return the content of `report.json`."""
        head = to_file(replace(self, runs=()))
        return {
            "format": FORMAT,
            **{name: head[name] for name in ("program", "began", "ended", "jobs", "shards")},
            "browsers": list(self.browsers),
            "planned": head["planned"],
            "passed": self.passed,
            "failed": self.failed,
            "flaky": [_flaky_entry(*key) for key in sorted(self.flaky)],
            "runs": [run.as_json() for run in self.runs],
        }


def _flaky_entry(scenario: str, drawn: str) -> dict[str, str]:
    edition, _, look = drawn.partition("-")
    return {"scenario": scenario, "edition": edition, "look": look or LOOKS[0]}


def reported(
    verdict: Verdict, scenario: Scenario, repetition: int = 1, shard: str | None = None, browser: str = ""
) -> ReportedRun:
    """Return what we keep of one run of *scenario* with *browser*."""
    about, tags = dict(scenario.about), tuple(sorted(scenario.tags))
    return ReportedRun(verdict, repetition, scenario.person, about, tags, shard=shard, browser=browser)


def read_report(path: Path) -> RunReport:
    """Read a report from its folder or its JSON file. Raises `UsageError` if it isn't one."""
    file = path / FILE if path.is_dir() else path
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST + 1)
    except OSError as error:
        raise UsageError.of("rehearsal.file.unreadable", file=file, why=partial(why, error)) from None
    if len(text) > LARGEST:
        raise UsageError.of("rehearsal.file.too_large", file=file)
    try:
        data = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _no_report(file, _Wrong("not_json")) from None
    if not isinstance(data, dict) or "format" not in data:
        raise _no_report(file, _missing(["format"]))
    if type(data["format"]) is not int or data["format"] != FORMAT:
        raise UsageError.of("rehearsal.file.format", file=file, format=data["format"])
    try:
        return _report_of(data)
    except _Wrong as error:
        raise _no_report(file, error) from None


def _in_order(shards: Iterable[str]) -> tuple[str, ...]:
    """Return *shards*, each ``i/n``, in numeric order."""
    return tuple(sorted(shards, key=lambda shard: [int(number) for number in reversed(shard.split("/"))]))


def joined(reports: Sequence[RunReport]) -> RunReport:
    """Join *reports* into one, renumbering each scenario's repetitions. Raises `ValueError` if there are none."""
    if not reports:
        raise ValueError("no reports to join")
    runs = sorted((run for report in reports for run in report.runs), key=lambda run: (run.key, run.receipt.began))
    return RunReport(
        began=min(report.began for report in reports),
        ended=max(report.ended for report in reports),
        runs=tuple(_numbered(runs)),
        planned=sum(report.planned for report in reports),
        jobs=sum(report.jobs for report in reports),
        shards=_in_order({shard for report in reports for shard in report.shards}),
        program=reports[0].program,
    )


def now() -> datetime:
    """Return the current time as reports write it: UTC."""
    return datetime.now(UTC)


def _numbered(runs: Iterable[ReportedRun]) -> Iterable[ReportedRun]:
    seen: dict[tuple[str, str], int] = {}
    for run in runs:
        seen[run.key] = seen.get(run.key, 0) + 1
        yield replace(run, repetition=seen[run.key])


class _Wrong(Exception):  # noqa: N818 (it becomes a usage error)
    def __init__(self, name: str, names: Iterable[str] = ()) -> None:
        self._name, self._names = name, ", ".join(names)

    def told(self, language: Language) -> str:
        """Return what is wrong."""
        return told(f"rehearsal.file.{self._name}", language, names=self._names)


def _report_of(data: Mapping[str, Any]) -> RunReport:
    if missing := sorted(set(_HEAD_FIELDS) - data.keys()):
        raise _missing(missing)
    if not isinstance(data["runs"], list):
        raise _wrong(["runs"])
    runs = tuple(_run_of(entry, number) for number, entry in enumerate(data["runs"], 1))
    try:
        return from_file(RunReport, {**{name: data[name] for name in _HEAD_FIELDS}, "runs": runs})
    except ValidationError as error:
        raise _wrong(wrong_fields(error, _HEAD_FIELDS)) from None


def _run_of(entry: object, number: int) -> ReportedRun:
    which = f"runs[{number}]"
    if not isinstance(entry, dict) or entry.keys() - set(RUN_FIELDS):
        raise _wrong([which])
    if missing := sorted(set(RUN_FIELDS) - _LATER - entry.keys()):
        raise _missing(f"{which}.{name}" for name in missing)
    given = {name: value for name, value in entry.items() if name not in _FOLLOWS}
    try:
        return from_file(ReportedRun, {"done": None, "look": LOOKS[0], **given})
    except ValidationError as error:
        raise _wrong(f"{which}.{name}" for name in wrong_fields(error, RUN_FIELDS)) from None


def _missing(names: Iterable[str]) -> _Wrong:
    return _Wrong("missing", names)


def _wrong(names: Iterable[str]) -> _Wrong:
    return _Wrong("wrong", sorted(names))


def _no_report(file: Path, wrong: _Wrong) -> UsageError:
    return UsageError.of("rehearsal.file.no_report", file=file, why=wrong.told)
