"""Bind the promises of SECURITY.md to tests: a whole run fails if no passing test shows a promise.

``tests/claims.toml`` has an entry for each promise: its sentence word for word, and the tests that show it. The plugin
below runs in the process that collects the reports, so it sees every worker's results. It only judges whole runs: if
you ask for some tests, you hear about those.
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
"""Every point under it is a promise, and there are no promises anywhere else."""
_ID = r"[a-z]+-\d+"
_ENDED = re.compile(rf"(?P<sentence>.+?)\s*\[(?P<id>{_ID})\]")
WHOLE = "not nightly"
"""How a whole run selects its tests, see pyproject.toml."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A promise with the tests that show it."""

    id: str
    sentence: str
    tests: tuple[str, ...]
    """As ``tests/….py::test_name``. If a test has parameters, all of them must pass."""


def bound(file: Path = CLAIMS) -> tuple[Claim, ...]:
    """Return the entries of the claims file."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(Claim(name, entry["sentence"], tuple(entry["tests"])) for name, entry in data.items())


def promised(text: str) -> dict[str, str]:
    """Return the promises that *text* makes, by id. *text* is Markdown.

    Raises `ValueError` for a point that doesn't end with its own id.
    """
    promises: dict[str, str] = {}
    for point in _points(text):
        found = _ENDED.fullmatch(point)
        if found is None or found["id"] in promises:
            raise ValueError(f"not a promise with an id of its own: {point}")
        promises[found["id"]] = found["sentence"]
    return promises


def named(text: str) -> set[str]:
    """Return every id that *text* mentions, in brackets or not."""
    return set(re.findall(r"\b(?:acts|secrets|loss|words)-\d+\b", text))


def _points(text: str) -> Iterator[str]:
    """Yield each point under the heading as one line."""
    section = text.partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    for block in re.split(r"^- ", section, flags=re.MULTILINE)[1:]:
        yield " ".join(block.partition("\n\n")[0].split())


def unshown(claims: Sequence[Claim], outcomes: Mapping[str, set[str]]) -> Iterator[tuple[Claim, str, str]]:
    """Yield claim, test and result for every test of a claim that didn't pass."""
    for claim in claims:
        for test in claim.tests:
            seen = outcomes.get(test, set())
            if seen != {"passed"}:
                yield claim, test, ", ".join(sorted(seen - {"passed"})) or "not run"


class BoundTests:
    """Watches the tests behind the promises during a whole run."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._outcomes: defaultdict[str, set[str]] = defaultdict(set)
        self._unshown: list[tuple[Claim, str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test's result, wherever it ran."""
        if report.when == "call" or not report.passed:
            outcome = "expected to fail" if hasattr(report, "wasxfail") else report.outcome
            self._outcomes[report.nodeid.partition("[")[0]].add(outcome)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail the run if nothing has shown a promise."""
        is_whole = not (session.shouldstop or session.shouldfail)
        if not is_whole or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            return  # stopped or broken, and pytest says so anyway
        self._unshown = list(unshown(self._claims, self._outcomes))
        if self._unshown:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List those promises. A test that didn't even run is an error: rerunning the failures won't show anything."""
        for claim, test, outcome in self._unshown:
            word = "Promise without its proof" if outcome == "failed" else "ERROR promise without its proof"
            terminalreporter.write_line(f"{word}: [{claim.id}] {test}: {outcome}", red=True)


def watch(config: pytest.Config, claims: Sequence[Claim] | None = None) -> None:
    """Watch the promises if *config* belongs to a whole run and this process hears about all tests.

    *claims* come from the claims file unless they are given.
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
