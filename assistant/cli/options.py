"""The options that several commands share, each declared once. Their names here are the fields they are read into.

What an option's help says is in the catalogue under the names of its command and its own; *value* names the word that
stands for its value there (``assistant/base/words/help.toml``, ``options.toml``).
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
    """Declare an option whose values are *of* a few words."""
    return option(*names, type=click.Choice(of), metavar=f"<{'|'.join(of)}>", **how)


def listing(command: F) -> F:
    """``--list``: show what there is."""
    return flag("--list", "only_list")(command)


def portal(command: F) -> F:
    """``--portal``: the address of a portal on this machine."""
    return option("--portal", metavar="URL")(command)


def edition(default: str | None = None) -> Callable[[F], F]:
    """``--edition``: what the portal says."""
    return choice("--edition", of=EDITIONS, default=default)


def look(default: str | None = None, *besides: str) -> Callable[[F], F]:
    """``--look``: how the mock portal is drawn; *besides* are words that stand for several looks."""
    return choice("--look", of=(*LOOKS, *besides), default=default)


def report(name: str = "report", **how: Any) -> Callable[[F], F]:
    """``--report``: the folder into which a report is written."""
    return option("--report", name, **{"type": FILE, "value": "folder", **how})


def port(default: int | None = None) -> Callable[[F], F]:
    """``--port``: on which port something is served."""
    return option("--port", type=Whole(0, HIGHEST_PORT), value="number", default=default)


def out(value: str) -> Callable[[F], F]:
    """``--out``: where something is written."""
    return option("--out", type=FILE, value=value)


def ui(command: F) -> F:
    """``--ui``: where a guided run shows itself."""
    return choice("--ui", of=("panel", "terminal"), default="panel")(command)


def browser(command: F) -> F:
    """``--browser``: which browser does unattended work."""
    return option("--browser", value="browser")(command)


def jobs(command: F) -> F:
    """``--jobs``: how many runs at once."""
    return option("--jobs", "-j", type=Whole(1, 256), value="number")(command)


def cluster(command: F) -> F:
    """``--cluster``: whose machines do the work."""
    return option("--cluster", value="address")(command)


def language(command: F, **how: Any) -> F:
    """``--lang``: the language of what is shown."""
    return choice("--lang", "language", of=LANGUAGES, default="tr", cls=LanguageOption, **how)(command)


def json_output(command: F) -> F:
    """``--json``: one object for programs."""
    return flag("--json", "json_output")(command)


def assume_yes(command: F) -> F:
    """``--yes``: install without asking."""
    return flag("--yes", "-y", "assume_yes")(command)
