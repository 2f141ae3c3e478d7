"""The options that several commands share, each declared once. Their names are the fields they are read into.

The catalogue has an option's help under its command's name and its own (``assistant/base/words/options.toml``);
*value* is the name of its placeholder there (``help.toml``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.base.words import LANGUAGES
from assistant.cli.speech import Argument, LanguageOption, Option, Whole
from fixtures import LOOKS

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)
EDITIONS = ("2020", "2026")
HIGHEST_PORT = 65535


def option(*names: str, cls: type[Option] = Option, **how: Any) -> Callable[[F], F]:
    """Declare an option."""
    return click.option(*names, cls=cls, **how)


def flag(*names: str, **how: Any) -> Callable[[F], F]:
    """Declare an option without a value."""
    return option(*names, is_flag=True, **how)


def argument(name: str, value: str, **how: Any) -> Callable[[F], F]:
    """Declare an argument."""
    return click.argument(name, cls=Argument, value=value, **how)


def choice(*names: str, of: tuple[str, ...], **how: Any) -> Callable[[F], F]:
    """Declare an option with a few possible values."""
    return option(*names, type=click.Choice(of), metavar=f"<{'|'.join(of)}>", **how)


def listing(command: F) -> F:
    """``--list``: show what is available."""
    return flag("--list", "only_list")(command)


def portal(command: F) -> F:
    """``--portal``: the address of a portal on this machine."""
    return option("--portal", metavar="URL")(command)


def edition(default: str | None = None) -> Callable[[F], F]:
    """``--edition``: what the portal says."""
    return choice("--edition", of=EDITIONS, default=default)


def look(default: str | None = None, *besides: str) -> Callable[[F], F]:
    """``--look``: how the mock portal is drawn; *besides* are words for several looks at once."""
    return choice("--look", of=(*LOOKS, *besides), default=default)


def report(name: str = "report", **how: Any) -> Callable[[F], F]:
    """``--report``: the folder for the report."""
    return option("--report", name, **{"type": FILE, "value": "folder", **how})


def port(default: int | None = None) -> Callable[[F], F]:
    """``--port``: the port to serve on."""
    return option("--port", type=Whole(0, HIGHEST_PORT), value="number", default=default)


def out(value: str) -> Callable[[F], F]:
    """``--out``: where to write."""
    return option("--out", type=FILE, value=value)


def ui(command: F) -> F:
    """``--ui``: where a guided run shows up."""
    return choice("--ui", of=("panel", "terminal"), default="panel")(command)


def browser(command: F) -> F:
    """``--browser``: the browser for unattended work."""
    return option("--browser", value="browser")(command)


def jobs(command: F) -> F:
    """``--jobs``: how many runs at once."""
    return option("--jobs", "-j", type=Whole(1, 256), value="number")(command)


def cluster(command: F) -> F:
    """``--cluster``: whose machines do the work."""
    return option("--cluster", value="address")(command)


def language(command: F, **how: Any) -> F:
    """``--lang``: the language."""
    return choice("--lang", "language", of=LANGUAGES, default="tr", cls=LanguageOption, **how)(command)


def json_output(command: F) -> F:
    """``--json``: one object for programs."""
    return flag("--json", "json_output")(command)


def assume_yes(command: F) -> F:
    """``--yes``: install without asking."""
    return flag("--yes", "-y", "assume_yes")(command)
