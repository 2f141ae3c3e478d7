"""The promises of SECURITY.md, bound to tests: a promise that no passing test shows is a failure of the whole run.

``tests/claims.toml`` has an entry for each promise: its sentence as it stands there, and the tests that show it. The
plugin below runs on the side that collects the reports, so it sees what each worker's tests came to. It judges whole runs
alone: the caller for some tests is told about those.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tree import ROOT

PROMISES = ROOT / "SECURITY.md"
CLAIMS = ROOT / "tests" / "claims.toml"
HEADING = "## What the program promises"
"""Under it every point is a promise, and none is outside."""
_ID = r"[a-z]+-\d+"
_ENDED = re.compile(rf"(?P<sentence>.+?)\s*\[(?P<id>{_ID})\]")
WHOLE = "not nightly"
"""The choice of tests that a whole run makes, see pyproject.toml."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A promise with the tests that show it."""

    id: str
    sentence: str
    tests: tuple[str, ...]
    """As ``tests/….py::test_name``; of a test with parameters, all must pass."""


def bound(file: Path = CLAIMS) -> tuple[Claim, ...]:
    """Return the entries of the claims file."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(Claim(name, entry["sentence"], tuple(entry["tests"])) for name, entry in data.items())


def promised(text: str) -> dict[str, str]:
    """Return the promises that *text*, in Markdown, makes, by their ids.

    Raises `ValueError` for a point that doesn't end with an id of its own.
    """
    promises: dict[str, str] = {}
    for point in _points(text):
        found = _ENDED.fullmatch(point)
        if found is None or found["id"] in promises:
            raise ValueError(f"not a promise with an id of its own: {point}")
        promises[found["id"]] = found["sentence"]
    return promises


def named(text: str) -> set[str]:
    """Return every id that *text* names, in brackets or not."""
    return set(re.findall(r"\b(?:acts|secrets|loss|words)-\d+\b", text))


def _points(text: str) -> Iterator[str]:
    """Yield each point under the heading as one line."""
    section = text.partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    for block in re.split(r"^- ", section, flags=re.MULTILINE)[1:]:
        yield " ".join(block.partition("\n\n")[0].split())


def unshown(claims: Sequence[Claim], outcomes: Mapping[str, set[str]]) -> Iterator[tuple[Claim, str, str]]:
    """Yield each claim with a test of it that didn't pass, and what the test came to."""
    for claim in claims:
        for test in claim.tests:
            seen = outcomes.get(test, set())
            if seen != {"passed"}:
                yield claim, test, ", ".join(sorted(seen - {"passed"})) or "not run"


class BoundTests:
    """Watches, in a whole run, over the tests that promises are bound to."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._outcomes: defaultdict[str, set[str]] = defaultdict(set)
        self._unshown: list[tuple[Claim, str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test came to, wherever it ran."""
        if report.when == "call" or not report.passed:
            outcome = "expected to fail" if hasattr(report, "wasxfail") else report.outcome
            self._outcomes[report.nodeid.partition("[")[0]].add(outcome)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail the run for a promise that nothing has shown."""
        is_whole = not (session.shouldstop or session.shouldfail)
        if not is_whole or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            return  # stopped or broken, which is told anyway
        self._unshown = list(unshown(self._claims, self._outcomes))
        if self._unshown:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which promises they are. What didn't even run is an error: to run the failures once more shows nothing."""
        for claim, test, outcome in self._unshown:
            word = "Promise without its proof" if outcome == "failed" else "ERROR promise without its proof"
            terminalreporter.write_line(f"{word}: [{claim.id}] {test}: {outcome}", red=True)


def watch(config: pytest.Config, claims: Sequence[Claim] | None = None) -> None:
    """Watch over the promises where *config* is of a whole run, on the side that hears of all tests.

    *claims* are those of the claims file unless they are given.
    """
    option = config.option
    if (
        hasattr(config, "workerinput")
        or option.collectonly
        or option.keyword
        or option.deselect
        or getattr(option, "lf", False)
    ):
        return
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and option.markexpr == WHOLE:
        config.pluginmanager.register(BoundTests(bound() if claims is None else claims), "bound-tests")
