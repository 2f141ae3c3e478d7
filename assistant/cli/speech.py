"""The command line in Turkish and English: we look our own texts up in the catalogue when we show them.

click's texts go through gettext; the Turkish ones are in ``locale/tr/LC_MESSAGES/messages.po``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from gettext import bindtextdomain, gettext
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.base.errors import EonayError
from assistant.base.words import Language, told, words

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

bindtextdomain("messages", str(Path(__file__).with_name("locale")))
_LANGUAGE = "LANGUAGE"
_HYPHEN = "\N{NON-BREAKING HYPHEN}"


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Have click speak *language* inside.

    It uses gettext, which only reads this variable. Nobody else should see it: a browser would follow it too.
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


def asked_language() -> Language:
    """Return the language this process should speak."""
    return language_of(sys.argv[1:])


def said(name: str) -> str:
    """Return a help text by its name in the catalogue."""
    return told(name, asked_language())


class Option(click.Option):
    """An option; *value* is the catalogue name of its placeholder."""

    def __init__(self, *args: Any, value: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.value = value

    def make_metavar(self, ctx: click.Context) -> str:
        """Return its placeholder."""
        return said(f"help.value.{self.value}") if self.value else super().make_metavar(ctx)

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return its name; in a Turkish sentence only the long form."""
        return super().get_error_hint(ctx) if asked_language() == "en" else self.opts[0]


class LanguageOption(Option):
    """The option ``--lang``. Its default is the language given before the command or in ``EONAY_LANG``."""

    def get_default(self, ctx: click.Context, call: bool = True) -> Any:
        """Return the language."""
        return asked_language()


class Argument(click.Argument):
    """An argument; *value* is the catalogue name of its placeholder."""

    def __init__(self, *args: Any, value: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.value = value

    @property
    def human_readable_name(self) -> str:
        """Its name."""
        return said(f"help.value.{self.value}")

    def make_metavar(self, ctx: click.Context) -> str:
        """Return how it looks in the usage line."""
        name = self.human_readable_name if self.required else f"[{self.human_readable_name}]"
        return name if self.nargs == 1 else f"{name}..."

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return its name; in a Turkish sentence without quotes."""
        return f"'{self.human_readable_name}'" if asked_language() == "en" else self.human_readable_name


class _Formatter(click.HelpFormatter):
    """Breaks no line at a hyphen: ``--from-run`` and ``e-onay-guide`` are to be typed as they stand."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(text.replace("-", _HYPHEN))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean."""
        whole = [(name, told.replace("-", _HYPHEN)) for name, told in rows]
        super().write_dl(whole, col_max, col_spacing)

    def getvalue(self) -> str:
        """Return what was written."""
        return super().getvalue().replace(_HYPHEN, "-")


class _CommandContext(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command in the person's language; we look its texts up when we show them."""

    context_class = _CommandContext

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "help": None})
        self.path = ""
        """Its names separated by dots, without the program's own."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the command line; Ctrl+C here ends the command as interrupted."""
        with speaking(asked_language()), _interrupted_as_such():
            return super().make_context(*args, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an error remembers its command, and so where to find help."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help(self, ctx: click.Context) -> str:
        """Return the help."""
        self.explain()
        with speaking(asked_language()):
            return super().get_help(ctx)

    def explain(self) -> None:
        """Look up its texts and those of its options: its own, or else the ones all commands share.

        The program's main help is in the smaller file, so it appears at once.
        """
        texts = words("options" if self.path else "help", asked_language())
        own = self.path or "eonay"
        self.help = texts.get(f"{own}.about")
        for param in self.params:
            if isinstance(param, (Option, Argument)):
                name = param.name if isinstance(param, Argument) else param.opts[0].removeprefix("--")
                param.help = texts.get(f"{own}.{name}") or said(f"help.every.{name}")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help``; click would keep it in the first language it spoke."""
        option = super().get_help_option(ctx)
        if option is not None:
            with speaking(asked_language()):
                option.help = gettext("Show this message and exit.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return its line in a list of commands."""
        return said(f"options.{self.path}.short" if "." in self.path else f"help.short.{self.path}")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        self.options_metavar = said("help.value.options")
        return super().collect_usage_pieces(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the possible completions and what they mean."""
        self.explain()
        return super().shell_complete(ctx, incomplete)


class Group(Command, click.Group):
    """Several commands, listed in the order we add them."""

    command_class = Command

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, no_args_is_help=False, **more)
        self._sections: dict[str, list[str]] = {}

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and tell it its full name."""
        super().add_command(cmd, name)
        self._place(cmd)

    def _place(self, command: click.Command) -> None:
        if isinstance(command, Command):
            command.path = f"{self.path}.{command.name}".removeprefix(".")
        if isinstance(command, Group):
            for below in command.commands.values():
                command._place(below)

    def add_section(self, title: str, *commands: click.Command) -> None:
        """Add *commands*, which the help lists under that heading."""
        for command in commands:
            self.add_command(command)
            self._sections.setdefault(title, []).append(str(command.name))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        self.subcommand_metavar = said("help.value.command")
        return super().collect_usage_pieces(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, all in the same columns."""
        if not self._sections:
            super().format_commands(ctx, formatter)
            return
        longest = max(map(len, self.commands))
        for title, names in self._sections.items():
            with formatter.section(said(f"help.section.{title}")):
                formatter.write_dl([(name.ljust(longest), self.commands[name].get_short_help_str()) for name in names])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Explain the exit codes under the program's own help."""
        self.epilog = None if self.path else said("help.eonay.exit_codes")
        super().format_epilog(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments up to the command. Raises `click.UsageError` if there is none."""
        if not (self.invoke_without_command or args or ctx.resilient_parsing):  # Tab asks what may come next
            ctx.fail(gettext("Missing command."))
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return list(self.commands)

    def resolve_command(self, *args: Any) -> Any:
        """Find the command."""
        with speaking(asked_language()):
            return super().resolve_command(*args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _interrupted_as_such():
            return super().invoke(ctx)


class Whole(click.IntRange):
    """A whole number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises `click.BadParameter` naming the limit it exceeds."""
        number = click.INT.convert(value, param, ctx)
        if beyond := _beyond(number, self.min, self.max):
            self.fail(beyond, param, ctx)
        return number


class Fraction(click.FloatRange):
    """A number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raises `click.BadParameter` naming the limit it exceeds."""
        number = click.FLOAT.convert(value, param, ctx)
        if beyond := _beyond(number, self.min, self.max):
            self.fail(beyond, param, ctx)
        return number


def _beyond(number: float, low: float | None, high: float | None) -> str:
    if low is not None and not number >= low:  # `not >=` also catches NaN
        return gettext("Input should be greater than or equal to {limit}").format(limit=f"{low:g}")
    if high is not None and number > high:
        return gettext("Input should be less than or equal to {limit}").format(limit=f"{high:g}")
    return ""


def spoken(error: click.ClickException, language: Language) -> str:
    """Return what is wrong with the command line, and where to find help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "eonay"
    with speaking(language):
        wrong = _in_own_words(error, language) or " ".join(error.format_message().split())
    return f"{wrong}\n{told('cli.wrong.help', language)}: {path} --help"


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language in *arguments*, before anything else reads them; otherwise that of ``EONAY_LANG``."""
    asked = [os.environ.get("EONAY_LANG", "")]
    asked += [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return "en" if asked[-1:] == ["en"] else "tr"


def _in_own_words(error: click.ClickException, language: Language) -> str:
    """Return a Turkish sentence that starts with the name, where click would put it last; otherwise nothing."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return told("cli.wrong.missing", language, name=error.param.get_error_hint(error.ctx))
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        return told("cli.wrong.near", language, said=error.message, near=near)
    return ""


@contextmanager
def _interrupted_as_such() -> Iterator[None]:
    """Report Ctrl+C as an interrupt; click would turn it into an error of its own."""
    try:
        yield
    except KeyboardInterrupt:
        raise EonayError("person_stopped") from None
