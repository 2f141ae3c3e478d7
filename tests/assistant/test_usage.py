"""The words of the command line: its help, and what it says of a wrong one."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from ast import Call, Constant, Name, literal_eval, parse, walk
from collections.abc import Iterator
from gettext import GNUTranslations, gettext
from pathlib import Path
from string import Formatter
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete

from assistant.assembly.guided import GuidedOptions
from assistant.assembly.unattended import DryRunOptions
from assistant.base.words import LANGUAGES, Language, table
from assistant.cli import speech
from assistant.cli.app import app
from assistant.cli.drift import DriftOptions
from assistant.cli.guide import GuideOptions
from assistant.cli.receipts import ReceiptsOptions
from assistant.cli.summary import SummaryOptions
from tests.assistant.commands import say
from tests.test_words import leaves

ENGLISH = re.compile(
    r"\b(usage|options|arguments?|commands?|default|required|show this|args|path|range|missing|invalid|such|value|try"
    r"|error|unexpected|extra|list\[)\b",
    re.IGNORECASE,
)


def commands() -> Iterator[tuple[str, ...]]:
    """Yield every command that explains itself, and the program."""
    yield ()
    for name, command in app.commands.items():
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


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_help_is_english_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """`--lang en` before the command, or EONAY_LANG, has all of the help in English, and no Turkish is left in it."""
    code, told, _ = say(monkeypatch, capsys, "--lang", "en", *command, "--help")
    assert code == 0
    assert told.startswith(f"Usage: {' '.join(('eonay', *command))} [OPTIONS]")
    assert "Show this message and exit." in told
    assert re.findall("[çğıöşüÇĞİÖŞÜ]", told) == []
    assert re.findall(r"\b(KOMUT|ADRES|DOSYA|AD|verilmezse|varsay|klas)\b", told) == []
    monkeypatch.setenv("EONAY_LANG", "en")
    assert say(monkeypatch, capsys, *command, "--help")[1] == told
    assert say(monkeypatch, capsys, "--lang", "tr", *command, "--help")[1].startswith("Kullanım: ")


def every_command(group: click.Group = app) -> Iterator[speech.Command]:
    """Yield the program and every command below it."""
    for command in (group, *group.commands.values()):
        if command is not group and isinstance(command, click.Group):
            yield from every_command(command)
        elif isinstance(command, speech.Command):
            yield command


def test_every_command_and_option_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a command takes is explained in both languages, and nothing is explained that it doesn't take."""
    used: set[str] = set()
    found = list(every_command())
    assert len(found) > 25
    for command in found:
        if command.add_help_option:  # all that follows `test` is pytest's
            used.add(f"{command.path or 'eonay'}.about")
        used |= {f"{command.path}.short"} if "." in command.path else set()
        for param in command.params:
            name = param.name if isinstance(param, click.Argument) else param.opts[0].removeprefix("--")
            used |= {f"{command.path or 'eonay'}.{name}", f"every.{name}"}
            assert isinstance(param, (speech.Option, speech.Argument)), (command.path, name)
        told = {}
        for language in LANGUAGES:
            monkeypatch.setenv("EONAY_LANG", language)
            monkeypatch.setattr(sys, "argv", ["eonay"])
            command.explain()
            short = command.get_short_help_str() if command.path else ""
            told[language] = [command.help, short, *(getattr(param, "help", None) for param in command.params)]
        for turkish, english in zip(
            told["tr"][command.name == "test" :], told["en"][command.name == "test" :], strict=True
        ):
            assert (turkish, english) == ("", "") or (turkish and english and turkish != english), command.path
    kept = {
        place.removeprefix(".")
        for room in ("help", "options")
        for place, _ in leaves({k: v for k, v in table(room).items() if k not in {"short", "section", "value"}}, "")
    }
    assert sorted(kept - used - {"eonay.exit_codes"}) == []


@pytest.mark.parametrize(("language", "told"), [("tr", "Sözcükleri unutur."), ("en", "Forgets words.")])
def test_a_shell_completes_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, language: Language, told: str
) -> None:
    """What stands next to a command or an option that the Tab key offers is in that language."""
    monkeypatch.setenv("EONAY_LANG", language)
    monkeypatch.setattr(sys, "argv", ["eonay"])
    offered = ShellComplete(app, {}, "eonay", "_EONAY_COMPLETE").get_completions(["words"], "")
    assert {item.value: item.help for item in offered}["forget"] == told
    offered = ShellComplete(app, {}, "eonay", "_EONAY_COMPLETE").get_completions(["words", "forget"], "--")
    helps = {item.value: item.help for item in offered}
    assert helps["--all"] == {"tr": "Hepsini unut.", "en": "Forget them all."}[language]
    assert helps["--help"] == {"tr": "Bu yardımı gösterir.", "en": "Show this message and exit."}[language]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("command", ["completion", "guide"])
def test_what_is_to_be_typed_stands_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, language: str
) -> None:
    """At 80 columns no option's name, folder or command in a help text is broken, and no line is longer."""
    monkeypatch.setenv("COLUMNS", "80")
    told = say(monkeypatch, capsys, "--lang", language, command, "--help")[1]
    assert not [line for line in told.splitlines() if line.endswith("-")]
    assert max(map(len, told.splitlines())) <= 80
    if command == "completion":
        assert 'eval "$(eonay completion bash)"' in map(str.strip, told.splitlines())


def test_the_help_lists_commands_by_who_uses_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever only wants to give E-Onay sees five commands first; those of the program's makers stand last."""
    monkeypatch.setenv("COLUMNS", "80")
    _, told, _ = say(monkeypatch, capsys, "--help")
    sections = {
        title: [line.split()[0] for line in lines.splitlines() if re.match(r" {2}[a-z]", line)]
        for title, lines in re.findall(r"^(\S.*):\n((?: .*\n)+)", told, re.MULTILINE)
    }
    listed = list(sections.values())[1:]
    assert listed[0] == ["run", "practice", "doctor", "card", "receipts"]
    assert listed[-1] == ["bench", "test", "report"]
    assert sorted(name for names in listed for name in names) == sorted(app.commands), "each once"
    assert max(map(len, told.splitlines())) <= 80
    starts = re.findall(r"^  [a-z][a-z-]* {2,}(?=\S)", told, re.MULTILINE)
    assert len({len(start) for start in starts}) == 1, "the explanations stand below one another"


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
    assert "EONAY_SETTLE_S (sayı olmalı;" in say(monkeypatch, capsys, "settings")[2]
    assert "EONAY_SETTLE_S (must be a number;" in say(monkeypatch, capsys, "settings", "--lang", "en")[2]


def test_the_option_wins_over_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--lang` decides the language of a complaint, wherever it stands and however it is written."""
    assert "No such option" in say(monkeypatch, capsys, "run", "--lang", "en", "--sing")[2]
    assert "No such option" in say(monkeypatch, capsys, "run", "--sing", "--lang=en")[2]
    monkeypatch.setenv("EONAY_LANG", "en")
    assert "No such option" in say(monkeypatch, capsys, "run", "--sing")[2]
    assert "seçenek yok" in say(monkeypatch, capsys, "run", "--sing", "--lang", "tr")[2]


def test_the_language_asked_for_before_the_command_is_the_command_s(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`eonay --lang en practice --list` lists in English, as EONAY_LANG does; `--lang` behind the command still wins."""
    turkish = say(monkeypatch, capsys, "practice", "--list")[1]
    english = say(monkeypatch, capsys, "--lang", "en", "practice", "--list")[1]
    assert "To start one" in english
    assert "Başlatmak için" in turkish
    assert say(monkeypatch, capsys, "--lang", "en", "practice", "--list", "--lang", "tr")[1] == turkish
    monkeypatch.setenv("EONAY_LANG", "en")
    assert say(monkeypatch, capsys, "practice", "--list")[1] == english


CATALOGUE = Path(speech.__file__).parent / "locale" / "tr" / "LC_MESSAGES" / "messages.po"
SAID_BY = ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "types.py")
TO_ITS_MAKERS = (
    "Arguments take exactly one",
    "Boolean option",
    "Could not determine name",
    "Invalid start character",
    "Name '{name}' defined twice",
    "No options defined",
)
"""What click says of a command that is declared wrongly, which no person ever reads."""


def entries() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each entry of the catalogue as it is written: what is said, in both numbers where it has two; Turkish."""
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = [line.split(" ", 1) for line in block.splitlines()]
        said, turkish = (
            tuple(literal_eval(text) for kind, text in lines if kind.startswith(wanted))
            for wanted in ("msgid", "msgstr")
        )
        yield said, turkish


def marked() -> set[str]:
    """Return what click marks for translation, out of its source."""
    found: set[str] = set()
    for name in SAID_BY:
        for node in walk(parse((Path(click.__file__).parent / name).read_text(encoding="utf-8"))):
            if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id in {"_", "ngettext"}:
                texts = [argument.value for argument in node.args if isinstance(argument, Constant)]
                found |= {text for text in texts if isinstance(text, str)}
    return {text for text in found if not text.startswith(TO_ITS_MAKERS)}


def test_all_that_click_may_say_is_in_the_catalogue() -> None:
    """Whatever a version of click may say to a person, there is Turkish for it, with the same values in it."""
    assert len(marked()) > 40
    assert marked() - {text for said, _ in entries() for text in said} == set()
    for said, turkish in entries():
        values = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (*said, *turkish)]
        assert set().union(*values[len(said) :]) <= set().union(*values[: len(said)]), said


def test_the_catalogue_that_is_read_is_the_one_that_is_written() -> None:
    """The compiled file says word for word what the text file says."""
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for said, turkish in entries():
        read = [compiled.ngettext(said[0], said[-1], number) for number in (1, 2)] if said[1:] else []
        assert tuple(read or [compiled.gettext(said[0])]) == turkish


@pytest.mark.parametrize("language", ["tr", "en"])
def test_no_other_program_follows_the_words_of_the_help(monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    """The variable by which click's words are chosen is afterwards as the person had it, set or not."""
    monkeypatch.setenv("LANGUAGE", "de:fr")
    with speech.speaking(language):
        assert gettext("Options") == {"tr": "Seçenekler", "en": "Options"}[language]
    assert os.environ["LANGUAGE"] == "de:fr"
    monkeypatch.delenv("LANGUAGE")
    with pytest.raises(click.UsageError, match="diye bir seçenek yok"):
        app.make_context("eonay", ["--nothing"])
    assert "LANGUAGE" not in os.environ


@pytest.mark.parametrize(
    ("line", "told", "besides"),
    [
        (["run"], GuidedOptions(), {"companion", "watch", "snapshot"}),
        (["practice"], GuidedOptions(), {"story", "only_list", "look"}),
        (["dry-run"], DryRunOptions(), {"only_list"}),
        (["drift"], DriftOptions(), {"only_list"}),
        (["guide"], GuideOptions(), set()),
        (["receipts"], ReceiptsOptions(), set()),
        (["summary", "receipts"], SummaryOptions(Path("receipts")), set()),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_each_option_is_read_into_a_field(line: list[str], told: Any, besides: set[str]) -> None:
    """What a command is told without options is what its options are by default, and each option has its field."""
    read = app.commands[line[0]].make_context(line[0], line[1:]).params
    asked = {name: value for name, value in read.items() if name not in besides}
    assert type(told)(**asked) == told
    if not isinstance(told, GuidedOptions):
        assert set(asked) == {field.name for field in dataclasses.fields(told)}


def test_an_option_that_commands_share_is_the_same_in_each() -> None:
    """`--lang`, `--json`, `--yes`, `--jobs` and `--ui` are called, explained and checked alike wherever they stand."""
    seen: dict[str, set[tuple[object, ...]]] = {}
    for command in every_command():
        command.explain()
        for param in command.params:
            if isinstance(param, click.Option):
                if command.name == "purge" and param.name == "assume_yes":
                    continue  # there it is a yes to something else
                told = (param.name, tuple(param.opts), param.help, param.type.name, param.metavar, str(param.default))
                seen.setdefault(param.opts[0], set()).add(told)
    for name in ("--lang", "--json", "--yes", "--jobs", "--ui"):
        assert len(seen[name]) == 1, name
