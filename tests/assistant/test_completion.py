"""The Tab key in real shells, for a program that is in no folder of the shell's own commands."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.tree import ROOT

_PATIENCE_S = 30.0
_READY = "ready-for-tab"
_BEGINS = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(./eonay completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u; eval "$(./eonay completion zsh)"'),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a space in its name and an ``eonay`` to be started from there."""
    folder = tmp_path / "the checkout"
    folder.mkdir()
    program = folder / "eonay"
    command = shlex.join([sys.executable, "-P", "-m", "assistant"])
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("shell", _BEGINS)
def test_tab_completes_the_program_that_was_typed(shell: str, checkout: Path) -> None:
    """In bash and zsh Tab completes ``./eonay``'s commands and stories, though no ``eonay`` is on the PATH."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    command, begin = _BEGINS[shell]
    surroundings = _surroundings(checkout)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=checkout, env=surroundings, start_new_session=True
    ) as process:
        try:
            # The shell echoes what is typed, so what is waited for is never typed in one piece.
            _type(ours, f"{begin}; echo {_READY[:5]}''{_READY[5:]}\n")
            _await(ours, _READY)
            _type(ours, "./eonay prac\t")
            _await(ours, "tice")
            _type(ours, "first\t")
            _await(ours, "-time")
        finally:
            process.kill()
            os.close(theirs)
            os.close(ours)


def test_fish_completes_the_program_that_was_typed(checkout: Path) -> None:
    """fish, asked for what Tab would offer, names the command and the story."""
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    script = "./eonay completion fish | source; complete -C './eonay prac'; complete -C './eonay practice first'"
    command = ["fish", "--no-config", "-c", script]
    done = subprocess.run(
        command, cwd=checkout, env=_surroundings(checkout), capture_output=True, text=True, check=True
    )
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["practice", "first-time"], done.stderr


def _surroundings(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "dumb", "LANG": "C.UTF-8"}


def _type(terminal: int, text: str) -> None:
    os.write(terminal, text.encode())


def _await(terminal: int, text: str) -> None:
    """Read until the shell has written *text*."""
    said, until = b"", monotonic() + _PATIENCE_S
    while text.encode() not in said:
        left = until - monotonic()
        assert left > 0, f"no {text!r} in {said!r}"
        if select.select([terminal], [], [], left)[0]:
            said += os.read(terminal, 65536)
