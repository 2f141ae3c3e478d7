"""Many runs at once, as they are started: processes, interrupts, reports."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import fixtures
from assistant.base.errors import EonayError
from assistant.base.outcome import Outcome
from assistant.browser.launch import BrowserOptions
from assistant.fleet import Fleet
from assistant.rehearsal.report.record import read_report, reported
from assistant.rehearsal.shard import Job, jobs_of
from assistant.rehearsal.worker import Ran, Rehearsing, unmade
from assistant.run.limits import Limits
from assistant.run.record import Ending
from assistant.setup.browser import BROWSER_NAME
from assistant.setup.browser import Browser as FoundBrowser
from tests.assistant.commands import Command, started

NOWHERE = FoundBrowser("chromium", Path("/nowhere/chromium"))


def test_two_workers_and_an_interrupt(tmp_path: Path) -> None:
    """Ctrl+C ends two workers cleanly: exit code 4, a report of what ran, valid JSON on stdout, nothing left over."""
    args = ("dry-run", "already-consented", "--repeat", "50", "--jobs", "2", "--report", str(tmp_path / "r"), "--json")
    process = started(*args, home=tmp_path)
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=120)
    assert "already_consented" in first
    assert process.returncode == 4
    report = read_report(tmp_path / "r")
    assert 1 <= report.passed < report.planned == 50
    assert report.missing == 50 - report.passed
    assert report.failed == 0
    assert [BROWSER_NAME.fullmatch(name) is not None for name in report.browsers] == [True]
    runs = json.loads(told)["runs"]
    assert set(runs[0]) == {
        "scenario",
        "edition",
        "look",
        "outcome",
        "reason",
        "exit_code",
        "duration_ms",
        "card",
        "steps",
    }
    # The run that was cut short may have left a masked picture; nothing else may be there.
    texts = {path.name: path for path in (tmp_path / "r").iterdir() if path.suffix != ".jpg"}
    assert set(texts) == {"report.json", "report.html", "junit.xml"}
    person = fixtures.people()["zeynep"]
    kept = told + "".join(path.read_text(encoding="utf-8") for path in texts.values())
    for secret in (person.name, person.national_id, person.password, person.pin):
        assert secret not in kept


@pytest.mark.parametrize(
    "args",
    [
        ("dry-run", "--cluster", "http://127.0.0.1/"),
        ("dry-run", "--cluster", "tcp://192.0.2.1:8786"),
        ("dry-run", "--cluster", "tcp://127.0.0.1:8786", "--jobs", "2"),
        ("dry-run", "--shard", "3/2"),
        ("dry-run", "--durations", "no-such-folder"),
        ("dry-run", "--portal", "http://localhost:1/landing", "--jobs", "2"),
        ("report", "merge", "no-such-folder", "--report", "out"),
        ("bench", "no-such-benchmark"),
    ],
)
def test_wrong_use_is_one_short_message(eonay_here: Command, args: tuple[str, ...]) -> None:
    """A wrong option exits with 2 and says what to do."""
    done = eonay_here(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def jobs(count: int) -> list[Job]:
    """Return the same run several times."""
    return jobs_of([fixtures.scenarios()["first-time"]], count)


def test_a_browser_that_does_not_start_ends_the_fleet() -> None:
    """If no worker can work, the command fails with the reason instead of failing every run."""
    found: list[Ran] = []
    with pytest.raises(EonayError) as caught:
        Fleet(jobs(3), 2, Rehearsing(Limits(), BrowserOptions(), NOWHERE), found.append).run()
    assert caught.value.code == "browser_failed"
    assert not found


class DiesAtTheSecond(Rehearsing):
    """Needs no browser, crashes without a word at every second repetition, and answers all other jobs."""

    @contextmanager
    def tools(self, place: int) -> Iterator[Any]:
        """Open nothing."""
        yield place

    def is_usable(self, tool: Any) -> bool:
        """Never ask for another."""
        return tool is not None

    def do(self, task: Job, tool: Any) -> Ran:
        """Crash or answer."""
        if task.repetition == 2:
            os._exit(9)
        verdict = unmade(task, Ending(Outcome.CONSENT_GIVEN))
        return Ran(task.number, reported(verdict, task.scenario, task.repetition), None)


def test_a_worker_that_crashes_takes_only_its_run_with_it() -> None:
    """The run under which a worker broke down is reported as failed and not made again; all others are made."""
    found: dict[int, Mapping[str, str | None]] = {}

    def note(ran: Ran) -> None:
        assert ran.number not in found
        found[ran.number] = {"outcome": ran.run.result.outcome, "reason": ran.run.result.reason}

    assert Fleet(jobs(5), 2, DiesAtTheSecond(Limits(), BrowserOptions(), NOWHERE), note).run()
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert found[1] == {"outcome": "failed", "reason": "worker_lost"}
    assert all(found[number]["outcome"] == "consent_given" for number in (0, 2, 3, 4))
