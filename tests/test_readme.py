"""Everything the READMEs tell you to type works."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from assistant.cli.app import app

ROOT = Path(__file__).parents[1]
TYPED = re.compile(r"\./eonay((?: +[^\s`#)\"]+)*)")


@pytest.mark.parametrize("name", ["README.md", "README.tr.md"])
def test_every_command_and_option_exists(name: str) -> None:
    """Every command in a README exists, and so do its options."""
    lines = TYPED.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(lines) >= 8
    for line in lines:
        words = line.split()
        command: click.Command = app
        while words and isinstance(command, click.Group) and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        options = {name for one in command.params for name in one.opts} | {"--help"}
        for word in words:
            assert not word.startswith("--") or word in options, line
        assert command is not app or not words or words[0].startswith("--"), line


def test_who_reads_turkish_finds_it_in_the_first_line() -> None:
    """The first line of the README links to the Turkish one, which is for the person who wants to use the program."""
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "(README.tr.md)" in first
    assert "./eonay practice" in (ROOT / "README.tr.md").read_text(encoding="utf-8")
