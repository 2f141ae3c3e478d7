"""The command line in Turkish: click's own words by gettext, from ``locale/tr/LC_MESSAGES/messages.po``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gettext import bindtextdomain, gettext
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from assistant.base.errors import EonayError
from assistant.base.outcome import Language

bindtextdomain("messages", str(Path(__file__).with_name("locale")))
_LANGUAGE = "LANGUAGE"


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, click speaks *language*.

    It asks gettext, which goes by this variable alone. Nobody else is to know: a browser would follow it too.
    """
    before = os.environ.get(_LANGUAGE)
    os.environ[_LANGUAGE] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ[_LANGUAGE]
        else:
            os.environ[_LANGUAGE] = before


class Option(click.Option):
    """An option that is called by its long name alone in a Turkish sentence."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what it is called."""
        return super().get_error_hint(ctx) if language_of(sys.argv[1:]) == "en" else self.opts[0]


class Argument(click.Argument):
    """An argument that is called by its bare name in a Turkish sentence."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what it is called."""
        bare = self.human_readable_name.removesuffix("...").strip("[]")
        return f"'{bare}'" if language_of(sys.argv[1:]) == "en" else bare


class Command(click.Command):
    """A command whose help is Turkish, and whose complaints are in the language that was asked for."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[SEÇENEKLER]", **more})

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the command line; an interrupt meanwhile ends the command as interrupted."""
        with speaking(language_of(sys.argv[1:])), _interrupted_as_such():
            return super().make_context(*args, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; a complaint knows its command, and so where the help is."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help(self, ctx: click.Context) -> str:
        """Return the help."""
        with speaking("tr"):
            return super().get_help(ctx)


class Group(Command, click.Group):
    """Several commands, listed in the order in which they were added."""

    command_class = Command

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, subcommand_metavar="KOMUT [...]", no_args_is_help=False, **more)
        self._sections: dict[str, list[str]] = {}

    def add_section(self, title: str, *commands: click.Command) -> None:
        """Add *commands*, which the help lists together under *title*."""
        for command in commands:
            self.add_command(command)
            self._sections.setdefault(title, []).append(str(command.name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, section by section; their names stand as far apart in each."""
        if not self._sections:
            super().format_commands(ctx, formatter)
            return
        longest = max(map(len, self.commands))
        for title, names in self._sections.items():
            with formatter.section(title):
                limit = formatter.width - 6 - longest
                formatter.write_dl(
                    [(name.ljust(longest), self.commands[name].get_short_help_str(limit)) for name in names]
                )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments up to the command. Raises `click.UsageError` where one is missing."""
        if not (self.invoke_without_command or args):
            ctx.fail(gettext("Missing command."))
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return list(self.commands)

    def resolve_command(self, *args: Any) -> Any:
        """Find the command that is meant."""
        with speaking(language_of(sys.argv[1:])):
            return super().resolve_command(*args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with _interrupted_as_such():
            return super().invoke(ctx)


class Whole(click.IntRange):
    """A whole number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises `click.BadParameter` that names the limit it is beyond."""
        number = click.INT.convert(value, param, ctx)
        if beyond := _beyond(number, self.min, self.max):
            self.fail(beyond, param, ctx)
        return number


class Fraction(click.FloatRange):
    """A number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raises `click.BadParameter` that names the limit it is beyond."""
        number = click.FLOAT.convert(value, param, ctx)
        if beyond := _beyond(number, self.min, self.max):
            self.fail(beyond, param, ctx)
        return number


def _beyond(number: float, low: float | None, high: float | None) -> str:
    if low is not None and not number >= low:  # nor is what is no number at all
        return gettext("Input should be greater than or equal to {limit}").format(limit=f"{low:g}")
    if high is not None and number > high:
        return gettext("Input should be less than or equal to {limit}").format(limit=f"{high:g}")
    return ""


def spoken(error: click.ClickException, language: Language) -> str:
    """Return what is wrong with the command line, and where its help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "eonay"
    with speaking(language):
        said = " ".join(error.format_message().split())
        if language == "tr":
            said = _turkish(error) or said
    return f"{said}\n{'Help' if language == 'en' else 'Yardım'}: {path} --help"


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language that *arguments* ask for, before anything has read them; else ``EONAY_LANG`` does."""
    asked = [os.environ.get("EONAY_LANG", "")]
    asked += [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return "en" if asked[-1:] == ["en"] else "tr"


def _turkish(error: click.ClickException) -> str:
    """Return a sentence in which the name comes first, where click would put it last; else nothing."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.get_error_hint(error.ctx)} eksik."
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"{error.message} Benzerleri: {', '.join(sorted(error.possibilities))}"
    return ""


@contextmanager
def _interrupted_as_such() -> Iterator[None]:
    """An interrupt inside is told as one: click would make it an error of its own."""
    try:
        yield
    except KeyboardInterrupt:
        raise EonayError("person_stopped") from None
