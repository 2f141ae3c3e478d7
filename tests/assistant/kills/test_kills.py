"""Whatever is killed, and whatever disk fails, at whatever step: nothing is done twice, and nothing is left."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter

import pytest

from tests.assistant.card.virtual_reader.conftest import skip_loudly
from tests.assistant.kills.disks import FAILURES, DiskBlow, disk_matrix
from tests.assistant.kills.matrix import SIGNALS, VICTIMS, Blow, matrix, stories
from tests.assistant.kills.run import place, run
from tests.assistant.kills.steps import LATE, STEPS
from tests.assistant.kills.story import tell, tell_disk
from tests.assistant.official_app.display import missing
from tests.assistant.real_desk.screen import screen
from tests.sampling import sampled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
SIGNATURE, HANDED_OVER, SHARED = STEPS[17], STEPS[16], STEPS[6]


def test_the_matrix_is_whole() -> None:
    """Each process of each kind of run is hit by each signal at each step once; no story goes on after a late blow."""
    blows = matrix(7)
    squares = Counter((blow.mode, blow.victim, blow.signal, blow.step) for blow in blows)
    assert set(squares.values()) == {1}
    assert len(squares) == sum(len(victims) for victims in VICTIMS.values()) * len(SIGNALS) * len(STEPS)
    told = list(stories(blows))
    assert Counter(blow for story in told for blow in story) == Counter(blows)
    assert not [story for story in told if any(blow.step in LATE for blow in story[:-1])]
    assert len({(blow.mode, blow.failure, blow.step) for blow in disk_matrix(7)}) == 3 * len(FAILURES) * (
        len(STEPS) + 1
    )


BLOWS = (
    Blow("unattended", "worker", signal.SIGKILL, SIGNATURE, True, 0, 0),
    Blow("app", "driver", signal.SIGTERM, HANDED_OVER, True, 0, 0),
)
DISKS = (DiskBlow("unattended", "temporary full", ""), DiskBlow("unattended", "home read-only", SHARED))


@pytest.mark.parametrize(
    "blow",
    sampled(BLOWS, every_run=BLOWS[:1]),
    ids=lambda blow: f"{blow.mode}-{blow.victim}",
)
def test_a_kill_does_nothing_twice_and_leaves_nothing(blow: Blow, free_port: int) -> None:
    """A killed run ends with its own reason or is cleaned up by the next start, which finishes; the ledger has each act once."""
    if reason := missing("Xvfb", "xclip"):
        pytest.skip(reason)
    told = tell([blow], free_port)
    assert told[0].fell
    assert [one.wrong for one in told] == [()] * len(told), "\n".join(map(str, told))


@pytest.mark.parametrize(
    "blow",
    DISKS,
    ids=lambda blow: blow.failure,
)
def test_a_disk_that_fails_is_told(blow: DiskBlow, free_port: int) -> None:
    """Without room, or with a home that turns read-only, the outcome is told, and what could not be kept is named."""
    if reason := missing("Xvfb", "xclip", "unshare", "nsenter"):
        pytest.skip(reason)
    try:
        told = tell_disk(blow, free_port)
    except OSError as why:
        skip_loudly(f"NO MOUNT NAMESPACE, THIS PROMISE IS NOT TESTED HERE: {why}")
    assert told[0].fell
    assert [one.wrong for one in told] == [(), ()], "\n".join(map(str, told))


def test_a_command_in_the_background_tells_its_worker(free_port: int) -> None:
    """With SIGINT ignored, as in a shell's background job, the run still reports its own end on SIGTERM."""
    if reason := missing("Xvfb", "xclip"):
        pytest.skip(reason)
    with screen() as shown, place(shown, free_port) as at:

        def end(head: int) -> None:
            at.steps.reached()
            os.kill(head, signal.SIGTERM)
            at.steps.go_on()

        at.steps.await_next(SHARED, is_held=True)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            ended = run(at, "unattended", end)
        finally:
            signal.signal(signal.SIGINT, before)
    assert ended.result == ("cancelled", "person_stopped")
    assert json.loads(ended.out)["runs"][0]["steps"], "the worker has reported its run"
