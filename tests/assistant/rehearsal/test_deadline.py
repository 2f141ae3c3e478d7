"""A run that doesn't end is ended from outside, with everything that it has started."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import fixtures
from assistant.browser.launch import BrowserOptions
from assistant.card.modules import find_softhsm
from assistant.card.process import Pkcs11Card
from assistant.fleet import Fleet
from assistant.rehearsal.shard import Job, jobs_of
from assistant.rehearsal.worker import Ran, Rehearsing
from assistant.run.deadline import run_deadline_s
from assistant.run.limits import Limits
from assistant.setup import find_browser
from tests.assistant.commands import started
from tests.assistant.processes import left_over, offspring, wait_for_the_end
from tests.sampling import sampled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted by /proc")


@pytest.mark.parametrize("jobs", sampled(["", "1"], every_run=["1"]), ids=["single", "many"])
def test_a_run_past_its_deadline_is_ended(tmp_path: Path, jobs: str) -> None:
    """A run that takes too long fails with its own reason, and leaves no process."""
    args = ("dry-run", "already-consented", "--slow-mo", "60000", "--json", *(("--jobs", jobs) if jobs else ()))
    process = started(*args, home=tmp_path, EONAY_RUN_DEADLINE_S="3")
    told, said = process.communicate(timeout=120)
    assert process.returncode == 6, said
    (run,) = json.loads(told)["runs"]
    assert (run["outcome"], run["reason"]) == ("failed", "deadline_passed")
    assert "Traceback" not in said
    assert left_over(tmp_path) == {}


@dataclass(frozen=True)
class Freezes(Rehearsing):
    """Freezes at its second run: the worker, Playwright's driver, the browser and the card's process."""

    def deadline_s(self, task: Job) -> float:
        """Give the frozen run a moment, and the others what they need."""
        return 2 if task.repetition == 2 else super().deadline_s(task)

    def do(self, task: Job, tool: Browser) -> Ran:
        """Make the run, or write down who freezes, and freeze."""
        if task.repetition == 2:
            card = Pkcs11Card(self.softhsm or Path(), "none")
            card.start()
            frozen = offspring(os.getpid())
            (self.folder / "frozen").write_text(" ".join(map(str, frozen | {os.getpid()})))
            for pid in (*frozen, os.getpid()):
                os.kill(pid, signal.SIGSTOP)
        return super().do(task, tool)

    folder: Path = field(default_factory=Path)


@pytest.mark.nightly(sample="tests/assistant/fleet/test_local.py::test_one_worker_lost_is_one_task_lost")
def test_frozen_processes_are_ended_and_replaced(tmp_path: Path) -> None:
    """Worker, driver, browser and card that no longer answer at all are ended; another worker makes the next run."""
    found: list[Ran] = []
    craft = Freezes(Limits(), BrowserOptions(), find_browser(), softhsm=find_softhsm(), folder=tmp_path)
    assert Fleet(jobs_of([fixtures.scenarios()["already-consented"]], 3), 1, craft, found.append).run()
    ends = [(ran.run.result.outcome, ran.run.result.reason) for ran in found]
    assert ends == [("already_consented", None), ("failed", "deadline_passed"), ("already_consented", None)]
    frozen = [int(pid) for pid in (tmp_path / "frozen").read_text().split()]
    assert len(frozen) > 5
    assert wait_for_the_end(frozen) == set()


def test_a_killed_command_takes_its_workers_with_it(tmp_path: Path) -> None:
    """If the command itself is killed, none of its runs goes on."""
    process = started("dry-run", "already-consented", "--repeat", "50", "--jobs", "2", home=tmp_path)
    assert process.stderr is not None
    assert "already_consented" in process.stderr.readline()
    process.kill()
    process.communicate(timeout=60)
    assert left_over(tmp_path) == {}


def test_the_deadline_is_longer_than_any_run_that_ends_by_itself() -> None:
    """It is longer than everything that a run may wait for, and the setting has the last word."""
    limits = Limits(person_s=3000)
    assert run_deadline_s(limits) > limits.person_s + 2 * limits.page_s + limits.banner_s
    assert run_deadline_s(limits, 7) == 7
