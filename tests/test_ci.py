"""`.ci/run`: which failures are tried once more, and what it says and returns in the end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FAILED = "FAILED tests/test_a.py::test_b[two words] - AssertionError: at x.py::y"
BROKEN = "ERROR tests/test_a.py::test_c - subprocess.CalledProcessError: no display"
PASSED = "===== 3 passed in 1.00s ====="


def run_ci(folder: Path, *answers: tuple[str, int]) -> tuple[int, str, int]:
    """Run it where the test command prints and returns *answers*, one a call.

    Returns the exit code, what was said, and the number of calls.
    """
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "lint-imports"):
        _write(programs / name, "exit 0")
    for number, (said, code) in enumerate(answers, 1):
        _write(folder / f"answer-{number}", f"cat <<'END'\n{said}\nEND\nexit {code}")
    _write(folder / "eonay", 'echo x >> calls\nexec "./answer-$(wc -l < calls | tr -d " ")"')
    done = subprocess.run([folder / ".ci" / "run"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, len((folder / "calls").read_text(encoding="utf-8").splitlines())


def _write(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("failures", [[FAILED], [BROKEN], [FAILED, BROKEN, FAILED]])
def test_a_few_failures_are_tried_once_more(tmp_path: Path, failures: list[str]) -> None:
    """A test that failed, and one whose own preparations failed; the names are told, and the last word counts."""
    first = ("\n".join([*failures, "===== 1 failed ====="]), 1)
    assert run_ci(_made(tmp_path / "held"), first, (PASSED, 0))[::2] == (0, 2)
    code, said, calls = run_ci(_made(tmp_path / "fell"), first, ("===== 1 failed again =====", 1))
    assert (code, calls) == (1, 2)
    assert failures[0].partition(" ")[2] in said
    assert said.endswith("Failed: tests\n")


@pytest.mark.parametrize(
    "said",
    [
        "\n".join([FAILED] * 4),
        f"{FAILED}\nERROR tests/test_a.py - ImportError: no such::thing",
        f"{FAILED}\nworker 'gw1' crashed while running 'tests/test_a.py::test_b'",
        "the set-up has failed",
    ],
)
def test_what_no_busy_machine_explains_is_not_tried_again(tmp_path: Path, said: str) -> None:
    """Many failures, a module that can't be read, a worker that is gone, or nothing that names a test."""
    assert run_ci(tmp_path, (said, 1))[::2] == (1, 1)


def test_all_that_passes_is_run_once(tmp_path: Path) -> None:
    """And pytest's last line is the last word."""
    code, said, calls = run_ci(tmp_path, (PASSED, 0))
    assert (code, calls) == (0, 1)
    assert said.endswith(f"{PASSED}\n")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
