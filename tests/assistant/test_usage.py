"""The words of the command line: its help, and what it says of a wrong one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
import typer

from assistant.__main__ import main
from assistant.cli.app import app

ENGLISH = re.compile(
    r"\b(usage|options|arguments?|commands?|default|required|show this|args|path|range|missing|invalid|such|value|try"
    r"|error|unexpected|extra|list\[)\b",
    re.IGNORECASE,
)


def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command line; return its exit code, what it printed and what it complained of."""
    monkeypatch.setattr(sys, "argv", ["eonay", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def commands() -> Iterator[tuple[str, ...]]:
    """Yield every command that explains itself, and the program."""
    yield ()
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # it is a group
        if name != "test":  # all that follows is pytest's
            yield (name,)
        for below in getattr(command, "commands", {}):
            yield name, below


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_help_is_turkish(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Help has no English word but the names of commands, options and their values."""
    code, told, _ = say(monkeypatch, capsys, *command, "--help")
    assert code == 0
    assert told.startswith(f"Kullanım: {' '.join(('eonay', *command))} ")
    assert "Seçenekler:" in told
    assert ENGLISH.findall(re.sub(r"--[a-z-]+", "", told)) == []


@pytest.mark.parametrize(
    ("arguments", "turkish", "english"),
    [
        (["rnu"], "istediniz: 'run'", "Did you mean 'run'"),
        (["run", "--portal", "http://example.org/"], "--portal bu bilgisayardaki", "on this computer"),
        (["run", "--sign", "card"], "resmî uygulaması", "official app signs"),
        (["practice", "frist-time"], "first-time mi", "Did you mean first-time"),
        (["dry-run", "nobody"], "adlı bir senaryo yok", "There is no scenario"),
        (["dry-run", "--tag", "nothing"], "adlı bir etiket yok", "There is no tag"),
        (["receipts", "--html", "99999"], "makbuz yok", "There is no receipt"),
        (["summary", "/nowhere"], "adlı bir klasör yok", "There is no folder"),
    ],
)
def test_a_wrong_choice_is_told_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    turkish: str,
    english: str,
) -> None:
    """What is wrong is said in Turkish, or in English with `--lang en`; the exit code is 2."""
    code, printed, complaint = say(monkeypatch, capsys, *arguments)
    assert (code, printed) == (2, "")
    assert complaint.startswith("eonay: ")
    assert turkish in complaint
    code, _, complaint = say(monkeypatch, capsys, *arguments, "--lang", "en")
    assert code == 2
    assert english in complaint


def test_a_wrong_setting_is_told_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting of the wrong kind is named in both languages, without its value."""
    monkeypatch.setenv("EONAY_SETTLE_S", "473829x")
    assert "EONAY_SETTLE_S (sayı olmalı)" in say(monkeypatch, capsys, "settings")[2]
    assert "EONAY_SETTLE_S (must be a number)" in say(monkeypatch, capsys, "settings", "--lang", "en")[2]


def test_the_option_wins_over_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--lang` decides the language of a complaint, wherever it stands and however it is written."""
    assert "No such option" in say(monkeypatch, capsys, "run", "--lang", "en", "--sing")[2]
    assert "No such option" in say(monkeypatch, capsys, "run", "--sing", "--lang=en")[2]
    monkeypatch.setenv("EONAY_LANG", "en")
    assert "No such option" in say(monkeypatch, capsys, "run", "--sing")[2]
    assert "seçenek yok" in say(monkeypatch, capsys, "run", "--sing", "--lang", "tr")[2]
