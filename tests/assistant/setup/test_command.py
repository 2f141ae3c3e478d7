"""Asking other programs something short."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.setup.command import run_command
from tests.assistant.processes import wait_for_the_end

Put = Callable[..., Path]


def test_a_command_that_fails_says_nothing() -> None:
    """A tool that is missing or fails is the same as one that knows nothing."""
    assert run_command(["no-such-tool-of-any-kind"]) is None
    assert run_command(["false"]) is None


def test_both_channels_are_read_and_no_setting_is_handed_on(program: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed on either channel is the answer; the program gets none of this program's settings."""
    monkeypatch.setenv("EONAY_PIN", "135790")
    asked = program("asked", 'echo one; echo two >&2; echo "pin: $EONAY_PIN."')
    assert run_command([str(asked)]) == "one\ntwo\npin: ."


@pytest.mark.parametrize(
    "script",
    ["exec tail -f /dev/null", "tail -f /dev/null; echo never", "trap '' TERM; while :; do tail -f /dev/null; done"],
)
def test_a_command_that_hangs_is_given_up(program: Put, tmp_path: Path, script: str) -> None:
    """One that doesn't answer is over in time with its children, whoever holds its output open."""
    hanging = program("hanging", f"echo $$ > {tmp_path / 'pid'}\n{script}")
    began = time.monotonic()
    assert run_command([str(hanging)], 0.5) is None
    assert time.monotonic() - began < 4
    group = int((tmp_path / "pid").read_text())
    # The system ends a killed child in its own time, so its end is waited for.
    ending = [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _group_of(stat) == group]
    assert not wait_for_the_end(ending)


def test_a_child_left_behind_does_not_hold_up_the_answer(program: Put, tmp_path: Path) -> None:
    """A command that has answered is done, although a child of its own still holds its output open."""
    leaving = program("leaving", f"tail -f /dev/null & echo $! > {tmp_path / 'child'}; echo done")
    began = time.monotonic()
    try:
        assert run_command([str(leaving)]) == "done"
        assert time.monotonic() - began < 4
    finally:
        os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)


def _group_of(stat: Path) -> int | None:
    """Return the process group of a living process."""
    try:
        state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return None
    return None if state == "Z" else int(group)
