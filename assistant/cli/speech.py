"""The command line in Turkish: the fixed words of its help, and what its library says of a wrong command."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import typer
from typer._click.formatting import HelpFormatter  # typer hands it out nowhere else
from typer.core import TyperCommand, TyperGroup

from assistant.errors import EonayError
from assistant.outcome import Language

Function = TypeVar("Function", bound=Callable[..., Any])

_HEADINGS = {"Options": "Seçenekler", "Commands": "Komutlar", "Arguments": "Değerler"}
_FIXED = (
    ("Show this message and exit.", "Bu yardımı gösterir."),
    ("[default: ", "[varsayılan: "),
    ("[required]", "[zorunlu]"),
    ("; required]", "; zorunlu]"),
)
_METAVARS = (
    ("<int range>", "<sayı>"),
    ("<int>", "<sayı>"),
    ("<float range>", "<sayı>"),
    (" <str>", ""),
    ("<path>", "DOSYA"),
    ("KLASÖR DOSYA", "KLASÖR"),
    ("{", ""),
    ("}", ""),
    (" <list[str]>", ""),
    (" <list[Path]>", ""),
    ("[OPTIONS]", "[SEÇENEKLER]"),
    ("COMMAND [ARGS]...", "KOMUT [...]"),
)
_VALUE = r"Invalid value for '(.+?)'(?: / '\S+')?: "
# What the library says -> what the person reads. The first that fits wins, so the more particular come first.
_ERRORS: tuple[tuple[str, str], ...] = (
    (r"No such option: (\S+?)\.? Did you mean (.+)\?", r"\1 diye bir seçenek yok. Şunu mu demek istediniz: \2"),
    (r"No such option: (\S+?)\.? \(Possible options: (.+)\)", r"\1 diye bir seçenek yok. Benzerleri: \2"),
    (r"No such option: (\S+)", r"\1 diye bir seçenek yok."),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", r"\1 diye bir komut yok. Şunu mu demek istediniz: \2"),
    (r"No such command '(.+?)'\.", r"\1 diye bir komut yok."),
    (r"Missing (?:argument|option|parameter):? '(.+?)'\.?.*", r"\1 eksik."),
    (r"Missing command\.", "Bir komut yazınız."),
    (r"Option '(.+)' requires an argument\.", r"\1 seçeneğinin ardına bir değer yazınız."),
    (r"Option '(.+)' does not take a value\.", r"\1 seçeneği değer almaz."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"Fazladan yazılmış: \1"),
    (_VALUE + r".*'(.*)' is not one of (.+?)\.?", r"\1 için “\2” olmaz; seçenekler: \3."),
    (_VALUE + r".*greater than or equal to (\S+)", r"\1 en az \2 olmalıdır."),
    (_VALUE + r".*less than or equal to (\S+)", r"\1 en çok \2 olmalıdır."),
    (_VALUE + r".*valid (?:integer|number).*", r"\1 bir sayı olmalıdır."),
    (_VALUE + r".*'(.+)' does not exist\.?", r"\1: böyle bir dosya veya klasör yok: \2"),
    (_VALUE + r".*'(.+)' is a file\.?", r"\1 bir klasör olmalıdır, bu bir dosya: \2"),
    (_VALUE + r".*'(.+)' is a directory\.?", r"\1 bir dosya olmalıdır, bu bir klasör: \2"),
    (_VALUE + r".+", r"\1 için uygun olmayan bir değer yazılmış."),
)


class _Formatter(HelpFormatter):
    """Writes help with Turkish headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        super().write_usage(prog, _replaced(args, _METAVARS), prefix or "Kullanım: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of options, arguments or commands."""
        spoken = [(_replaced(name, _METAVARS).rstrip(), _replaced(text, _FIXED)) for name, text in rows]
        super().write_dl(spoken, col_max, col_spacing)


class Command(TyperCommand):
    """A command whose help is Turkish throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        ctx.formatter_class = _Formatter
        return super().get_help(ctx)


class Group(TyperGroup):
    """All commands together. An interrupted one ends as interrupted: the library would make it a bare exit code."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        ctx.formatter_class = _Formatter
        return super().get_help(ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise EonayError("person_stopped") from None


class App(typer.Typer):
    """A `typer.Typer` of such commands."""

    def command(self, name: str | None = None, **options: Any) -> Callable[[Function], Function]:
        """Add a command, as `typer.Typer.command` does."""
        return super().command(name, cls=Command, **options)


def spoken(error: typer.TyperException, language: Language) -> str:
    """Return what is wrong with the command line, and where its help is."""
    said = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "eonay"
    if language == "en":
        return f"{said}\nHelp: {path} --help"
    for pattern, told in _ERRORS:
        if found := re.fullmatch(pattern, said):
            return f"{found.expand(told).strip()}\nYardım: {path} --help"
    return f"{said}\nYardım: {path} --help"


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language that *arguments* ask for, before anything has read them; else ``EONAY_LANG`` does."""
    asked = [os.environ.get("EONAY_LANG", "")]
    asked += [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return "en" if asked[-1:] == ["en"] else "tr"


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for said, told in pairs:
        text = text.replace(said, told)
    return text
