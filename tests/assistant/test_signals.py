"""Whenever a run is asked to end, it ends: soon, in words, and with nobody left over."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest

from tests.assistant.commands import launched, started
from tests.assistant.processes import left_over, living
from tests.sampling import sampled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted by /proc")

_CHANCE = random.Random(9)  # noqa: S311 (the same moments every time)
_KINDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_MOMENTS = [(number, _KINDS[number % 3], _CHANCE.uniform(0.5, 6)) for number in range(6)]


def wait_until_it_hears(pid: int, kind: signal.Signals) -> None:
    """Return once the process has a handler for SIGTERM and *kind*: before, Python itself is starting."""
    wait_for_mask(pid, "SigCgt", kind)


def wait_for_mask(pid: int, mask: str, kind: signal.Signals) -> None:
    """Return once SIGTERM and *kind* are in the *mask* that /proc shows of the process, or once it has ended."""
    wanted = 1 << (signal.SIGTERM - 1) | 1 << (kind - 1)
    status = Path(f"/proc/{pid}/status")
    while int(re.findall(rf"{mask}:\s*(\w+)", told := status.read_text())[0], 16) & wanted != wanted:
        if "State:\tZ" in told:
            return


@pytest.mark.parametrize(
    ("number", "kind", "at_s"), sampled(_MOMENTS, every_run=_MOMENTS[:3]), ids=lambda value: str(value)[:12]
)
def test_a_dry_run_that_is_asked_to_end_ends(tmp_path: Path, number: int, kind: signal.Signals, at_s: float) -> None:
    """At any moment: one object on standard output, exit code 4 or that of a run that was through, no process left."""
    process = started("dry-run", "first-time", "--json", home=tmp_path)
    wait_until_it_hears(process.pid, kind)
    with suppress(subprocess.TimeoutExpired):  # it may be through already
        process.wait(at_s)
    process.send_signal(kind)
    told, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert told, (process.returncode, said)
    answer = json.loads(told)
    assert left_over(tmp_path) == {}
    if process.returncode == 0:
        assert answer["runs"][0]["outcome"] == "consent_given"
        assert answer["passed"] == 1
    else:
        assert process.returncode == 4, said
        ends = [run["outcome"] for run in answer.get("runs", [])] or [answer["error"]["reason"]]
        assert ends in (["cancelled"], ["unverified"], ["person_stopped"]), (number, answer)
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("receipts/*.json")]
    assert [receipt["outcome"] for receipt in kept] == [run["outcome"] for run in answer.get("runs", [])]


@pytest.mark.parametrize(
    ("mask", "kind"),
    sampled(
        product(("SigCgt", "SigBlk"), (*_KINDS, signal.SIGQUIT)),
        every_run=[
            ("SigCgt", signal.SIGINT),
            ("SigCgt", signal.SIGHUP),
            ("SigCgt", signal.SIGQUIT),
            ("SigBlk", signal.SIGTERM),
        ],
    ),
)
def test_a_command_that_is_still_starting_answers_too(tmp_path: Path, mask: str, kind: signal.Signals) -> None:
    """While the shell looks around, and while Python itself starts: one object, one sentence, exit code 4."""
    process = launched("dry-run", "--json", home=tmp_path)
    shell = Path(f"/proc/{process.pid}/comm")
    while mask == "SigBlk" and shell.read_text() in ("sh\n", "eonay\n"):  # it blocks them too, while it forks
        pass
    wait_for_mask(process.pid, mask, kind)
    os.killpg(process.pid, kind)
    told, said = process.communicate(timeout=40)
    assert process.returncode == 4, said
    assert json.loads(told)["error"]["reason"] == "person_stopped"
    assert len(said.splitlines()) == 1, said
    assert left_over(tmp_path) == {}


@pytest.mark.parametrize("command", [("guide", "--only", "nes", "--out", "one"), ("test", "-q", "tests/flows", "-n2")])
def test_a_terminals_ctrl_c_is_answered_with_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Ctrl+C, which reaches every process of the command, from the first moment of each: one sentence, exit code 4."""
    process = started(*command, home=tmp_path)
    wait_until_it_hears(process.pid, signal.SIGINT)
    while not [pid for pid, told in living(tmp_path).items() if pid != process.pid and "tracker" not in told]:
        assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)
    told, said = process.communicate(timeout=40)
    assert process.returncode == 4, said
    assert "Traceback" not in told + said
    assert "KeyboardInterrupt" not in told + said
    assert len(said.splitlines()) == 1, said
    assert left_over(tmp_path) == {}


def test_a_run_that_does_not_hear_is_given_up(tmp_path: Path) -> None:
    """A command whose worker is frozen ends within its time after Ctrl+C all the same, as stopped."""
    process = started("dry-run", "already-consented", "--slow-mo", "30000", "--json", home=tmp_path)
    workers = subprocess.run(
        ["timeout", "60", "sh", "-c", f"until pgrep -P {process.pid} -f spawn_main; do :; done"],
        capture_output=True,
        text=True,
        check=True,
    )
    wait_until_it_hears(process.pid, signal.SIGINT)
    subprocess.run(["kill", "-STOP", *workers.stdout.split()], check=True)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=40)
    assert process.returncode == 4
    assert [run["reason"] for run in json.loads(told)["runs"]] == ["person_stopped"]
    assert left_over(tmp_path) == {}
