"""Counts drift runs, by kind and in total, against the aims: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.base.files import write
from assistant.base.words import Language, told
from assistant.rehearsal.drift.cases import COMBINED_STOP, case_names
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.run.record import RunResult
from fixtures import drift_kinds

SUCCESS_AIM = 0.99
"""Share of runs that must succeed if the change shouldn't matter."""


@dataclass(frozen=True, slots=True)
class EndCount:
    """Runs of one kind, or of all kinds of one sort."""

    runs: int
    success: int
    stopped: int
    missed: int
    """Neither: it ended differently, without harm."""
    wrong: int
    """Runs with a wrong act in the portal's ledger."""

    @classmethod
    def of(cls, runs: Iterable[DriftRun]) -> EndCount:
        """Count *runs*."""
        verdicts = [run.verdict for run in runs]
        return cls(len(verdicts), *(verdicts.count(v) for v in ("success", "stopped", "missed", "wrong")))

    def as_json(self) -> dict[str, int]:
        """Return the numbers by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class DriftReport:
    """All runs with one way of finding things."""

    way: str
    runs: Sequence[DriftRun]
    is_complete: bool = True
    """Whether every run that was asked for is among them."""

    @property
    def harmless(self) -> EndCount:
        """Runs whose changes shouldn't matter."""
        return EndCount.of(run for run in self.runs if not run.case.stops)

    @property
    def stops(self) -> EndCount:
        """Runs that had to stop."""
        return EndCount.of(run for run in self.runs if run.case.stops)

    @property
    def meets_aims(self) -> bool:
        """Whether nothing wrong was done, every necessary stop was made, and nearly all the rest succeeded."""
        if not self.runs:
            return False
        harmless, stops = self.harmless, self.stops
        enough = harmless.success >= SUCCESS_AIM * harmless.runs
        return enough and not harmless.wrong and stops.stopped == stops.runs

    @property
    def verdict(self) -> bool | None:
        """Whether the aims are met; None if too little ran to say so. What was missed, was missed."""
        if not self.runs or (self.meets_aims and not self.is_complete):
            return None
        return self.meets_aims

    def by_kind(self) -> dict[str, EndCount]:
        """Return the counts of every kind that ran, in the order of the fixtures."""
        counts = {name: EndCount.of(run for run in self.runs if run.case.kind == name) for name in case_names()}
        return {name: count for name, count in counts.items() if count.runs}

    def as_json(self) -> dict[str, object]:
        """Return the counts, and what you need to repeat each run that ended badly."""
        return {
            "way": self.way,
            "meets_aims": self.verdict,
            "harmless": self.harmless.as_json(),
            "stops": self.stops.as_json(),
            "kinds": {name: count.as_json() for name, count in self.by_kind().items()},
            "not_as_expected": [_run(run) for run in self.runs if not run.is_right],
        }


def about(kind: str, language: Language) -> str:
    """Return the sentence that describes *kind*."""
    if kind in drift_kinds():
        return drift_kinds()[kind].about[language]
    return told("rehearsal.drift.combined_stop" if kind == COMBINED_STOP else "rehearsal.drift.combined", language)


def must_stop(kind: str) -> bool:
    """Whether *kind* must stop a run."""
    return drift_kinds()[kind].stops if kind in drift_kinds() else kind == COMBINED_STOP


def save(reports: Sequence[DriftReport], folder: Path) -> tuple[Path, Path]:
    """Write `drift.json` and `drift.md` to *folder* and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    data, text = folder / "drift.json", folder / "drift.md"
    write(data, as_json(reports) + "\n")
    write(text, as_markdown(reports))
    return data, text


def as_json(reports: Sequence[DriftReport]) -> str:
    """Return everything as one JSON object."""
    return json.dumps({"reports": [report.as_json() for report in reports]}, ensure_ascii=False, indent=2)


def as_markdown(reports: Sequence[DriftReport], language: Language = "en") -> str:
    """Return a page with two tables: the ways side by side, and the kinds."""
    lines = ["# Drift", ""]
    if not any(report.runs for report in reports):
        return "\n".join([*lines, "No run finished; this says nothing."]) + "\n"
    lines += ["Wrong acts are counted by the mock portal's ledger.", ""]
    lines += ["| way | harmless: success | halted | other | wrong | must stop: right stops | went on | wrong |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for report in reports:
        a, b = report.harmless, report.stops
        lines.append(
            f"| {report.way} | {_share(a.success, a.runs)} | {a.stopped} | {a.missed} | {a.wrong} "
            f"| {_share(b.stopped, b.runs)} | {b.missed} | {b.wrong} |"
        )
    names = " | ".join(report.way for report in reports)
    lines += ["", "Right ends of all runs, wrong acts in brackets where there were any:", ""]
    lines += [f"| kind | {names} | what changes |", "|---" * (len(reports) + 2) + "|"]
    for kind in reports[0].by_kind() if reports else ():
        cells = [_right(report.by_kind()[kind], stops=must_stop(kind)) for report in reports]
        lines.append(f"| {kind} | {' | '.join(cells)} | {about(kind, language)} |")
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "-"


def _right(count: EndCount, *, stops: bool) -> str:
    right = count.stopped if stops else count.success
    return f"{right}/{count.runs}" + (f" ({count.wrong})" if count.wrong else "")


def _run(run: DriftRun) -> dict[str, object]:
    case, result = run.case, run.result
    ending = result.ending if isinstance(result, RunResult) else None
    return {
        "seed": case.seed,
        "kind": case.kind,
        "changes": list(case.changes),
        "must_stop": case.stops,
        "person": case.person,
        "form": case.form,
        "edition": case.edition,
        "look": case.look,
        "start": case.start,
        "verdict": run.verdict,
        "outcome": result.outcome,
        "reason": result.reason,
        "expected": ending.expected if ending else "",
        "seen": ending.seen if ending else "",
        "wrong_acts": list(run.wrong_acts),
        "duration_ms": result.duration_ms,
    }
