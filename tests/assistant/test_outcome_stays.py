"""What goes wrong next to a run hides neither its outcome nor its exit code, and `--json` prints one object."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.desk.view import View
from assistant.practice.stories import staged, stories
from tests.assistant.commands import ROOT, Command, started
from tests.assistant.desk.sitter import Sitter, sit_down
from tests.sampling import sampled

RUN = ("dry-run", "already-consented", "--json", "--lang", "en")


def told_by(*args: str, home: Path, **more: str) -> tuple[int, dict[str, Any], str]:
    """Run a command; return its exit code, the one object that it printed and what it said."""
    process = started(*args, home=home, **more)
    told, said = process.communicate(timeout=180)
    assert "Traceback" not in said
    return process.returncode, json.loads(told), said


@pytest.mark.parametrize(
    "more", sampled(["", "--jobs 1", "--report blocked/report"], every_run=["--jobs 1"]), ids=["one", "many", "report"]
)
def test_a_receipt_that_cannot_be_kept_is_said(tmp_path: Path, more: str) -> None:
    """With a file where the folder should be the outcome is printed, the exit code is its own, and the place is named."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    code, answer, said = told_by(*RUN, *more.split(), home=tmp_path, XDG_DATA_HOME=str(blocked))
    assert (code, answer["runs"][0]["outcome"]) == (0, "already_consented")
    assert "a file is where a folder should be" in said
    assert str(blocked) in said or "blocked/report" in said


def test_a_full_disk_leaves_no_half_receipt(tmp_path: Path) -> None:
    """Where the disk takes no more than some bytes, the receipt is said to be nowhere, and half of it isn't left."""
    program = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from assistant.run.record import Ending, RunResult
from assistant.base.outcome import Outcome
from assistant.receipts.receipt import Receipt, keep
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
result = RunResult(Ending(Outcome.CONSENT_GIVEN))
kept = keep(Receipt(datetime.now(UTC), "guided", "2026", "-", result), "en", Path(sys.argv[1]))
assert kept.path is None
sys.stdout.write(kept.told)
"""
    command = [sys.executable, "-c", program, str(tmp_path / "receipts")]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"couldn't be saved ({tmp_path / 'receipts'}: the limit for file sizes is reached)"
    assert list((tmp_path / "receipts").iterdir()) == []


@pytest.mark.parametrize(
    ("args", "where"),
    sampled(
        product((("settings",), ("settings", "--json"), ("dry-run", "--list")), ("/dev/full", "closed", "nobody")),
        every_run=[(("settings",), "/dev/full"), (("settings", "--json"), "closed"), (("dry-run", "--list"), "nobody")],
    ),
)
def test_nobody_who_listens_changes_no_exit_code(tmp_path: Path, args: tuple[str, ...], where: str) -> None:
    """A full disk behind standard output, a closed one and a reader that is gone end in the command's own exit code."""
    command = {"/dev/full": '"$@" >/dev/full', "closed": '"$@" >&-', "nobody": '{ "$@"; echo $? >&2; } | true'}[where]
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-P", "-m", "assistant", *args],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "0\n" if where == "nobody" else "")


MISUSED: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("dry-run", "frist-time", "--json"), {}),
    (("dry-run", "--json", "--no-such-option"), {}),
    (("--json",), {}),
    (("dry-run", "--json", "--portal", "http://example.org/"), {}),
    (("dry-run", "--json"), {"EONAY_BROWSER": "/nowhere"}),
    (("drift", "--json", "--kind", "no-such-kind"), {}),
    (("receipts", "--json", "--html", "7"), {}),
    (("summary", "/nowhere", "--json"), {}),
    (("doctor", "--json"), {"EONAY_NO_SUCH": "1"}),
    (("card", "--json", "--lang", "xx"), {}),
    (("settings", "--json"), {"EONAY_SETTLE_S": "x"}),
]


@pytest.mark.parametrize(("args", "more"), MISUSED)
def test_every_misuse_is_one_object(eonay_here: Command, args: tuple[str, ...], more: dict[str, str]) -> None:
    """With `--json` a wrong command or setting is one object with its reason and its words, said on stderr too."""
    done = eonay_here(*args, **more)
    assert_one_object(done.returncode, json.loads(done.stdout), done.stderr, 2, "usage_error")


FAILED: list[tuple[tuple[str, ...], dict[str, str], int, str]] = [
    (("settings", "--json"), {"EONAY_SETTLE_S": "x"}, 2, "usage_error"),
    (("dry-run", "--json"), {"EONAY_BROWSER": "/bin/false"}, 6, "browser_failed"),
    (("dry-run", "--json", "--jobs", "2"), {"EONAY_BROWSER": "/bin/false"}, 6, "browser_failed"),
    (("dry-run", "--json", "--cluster", "tcp://127.0.0.1:9"), {}, 6, "cluster_unreachable"),
    (("drift", "--json", "--seeds", "1"), {"EONAY_BROWSER": "/bin/false"}, 6, "browser_failed"),
]


@pytest.mark.parametrize(("args", "more", "code", "reason"), sampled(FAILED, every_run=FAILED[2:4]))
def test_every_failure_is_one_object(
    tmp_path: Path, args: tuple[str, ...], more: dict[str, str], code: int, reason: str
) -> None:
    """The same of a whole process with all that it starts: one object and the outcome's exit code."""
    assert_one_object(*told_by(*args, home=tmp_path, **more), code, reason)


def assert_one_object(ended: int, answer: dict[str, Any], said: str, code: int, reason: str) -> None:
    """Fail where a command that ended so did not tell its reason in both ways."""
    error = answer["error"]
    assert (ended, error["reason"], error["exit_code"]) == (code, reason, code), said
    assert set(error) == {"reason", "what", "remedy", "exit_code"}
    assert error["what"].split("\n")[0] in said


def test_a_home_that_is_none_stops_no_command(tmp_path: Path) -> None:
    """With a file as home folder, or none at all, commands that only look work."""
    (tmp_path / "file").write_text("")
    for more in ({"HOME": str(tmp_path / "file")}, {"HOME": ""}):
        code, answer, _ = told_by(
            "receipts", "--json", home=tmp_path, **more, XDG_DATA_HOME="", XDG_CONFIG_HOME=str(tmp_path / "file" / "x")
        )
        assert code == 0
        assert answer["broken"] == []


def test_a_panel_that_breaks_at_the_end_keeps_the_outcome(browser: Browser) -> None:
    """A guided run whose panel can't show the end still returns what it came to."""

    def breaks(view: View) -> None:
        if view.end is not None:
            raise RuntimeError("the panel is gone")

    with staged(stories()["already-consented"]) as stage:
        receipt = sit_down(browser, Sitter(stage, on_view=breaks))
    assert receipt.result.outcome is Outcome.ALREADY_CONSENTED
