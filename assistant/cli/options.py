"""The options that several commands share, each declared once. Their names here are the fields they are read into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.cli.speech import Argument, Option, Whole
from fixtures import LOOKS

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)
EDITIONS = ("2020", "2026")
HIGHEST_PORT = 65535


def option(*names: str, **how: Any) -> Callable[[F], F]:
    """Declare an option."""
    return click.option(*names, cls=Option, **how)


def flag(*names: str, **how: Any) -> Callable[[F], F]:
    """Declare an option without a value."""
    return option(*names, is_flag=True, **how)


def argument(name: str, **how: Any) -> Callable[[F], F]:
    """Declare an argument."""
    return click.argument(name, cls=Argument, **how)


def choice(*names: str, of: tuple[str, ...], **how: Any) -> Callable[[F], F]:
    """Declare an option whose values are *of* a few words."""
    return option(*names, type=click.Choice(of), metavar=f"<{'|'.join(of)}>", **how)


def listing(what: str) -> Callable[[F], F]:
    """``--list``: show what there is."""
    return flag("--list", "only_list", help=f"{what} göster ve çık.")


def portal(about: str) -> Callable[[F], F]:
    """``--portal``: the address of a portal on this machine."""
    return option("--portal", metavar="URL", help=about)


def edition(default: str | None = None) -> Callable[[F], F]:
    """``--edition``: what the portal says."""
    return choice("--edition", of=EDITIONS, default=default, help="Portalın sürümü: 2020 veya 2026.")


def look(default: str | None = None, *besides: str) -> Callable[[F], F]:
    """``--look``: how the mock portal is drawn; *besides* are words that stand for several looks."""
    how = "Benzetim portalının çizimi." + (" all: her çizimde bir kez." if besides else "")
    return choice("--look", of=(*LOOKS, *besides), default=default, help=how)


def report(about: str, name: str = "report", **how: Any) -> Callable[[F], F]:
    """``--report``: the folder into which a report is written."""
    return option("--report", name, **{"type": FILE, "metavar": "KLASÖR", "help": about, **how})


def port(about: str, **how: Any) -> Callable[[F], F]:
    """``--port``: on which port something is served."""
    return option("--port", type=Whole(0, HIGHEST_PORT), metavar="<sayı>", help=about, **how)


def out(about: str, metavar: str) -> Callable[[F], F]:
    """``--out``: where something is written."""
    return option("--out", type=FILE, metavar=metavar, help=about)


def ui(command: F) -> F:
    """``--ui``: where a guided run shows itself."""
    how = "panel: tarayıcının yanında pencere; terminal: bu terminal."
    return choice("--ui", of=("panel", "terminal"), default="panel", help=how)(command)


def browser(command: F) -> F:
    """``--browser``: which browser does unattended work."""
    how = (
        "Gözetimsiz işin tarayıcısı: shell (pencere açmayan Chromium, hızlısı), full (pencereli tarayıcı) ya da bir "
        "programın yolu; verilmezse EONAY_BROWSER, o da yoksa varsa shell."
    )
    return option("--browser", metavar="<shell|full|YOL>", help=how)(command)


def jobs(command: F) -> F:
    """``--jobs``: how many runs at once."""
    how = "Aynı anda kaç çalışma; verilmezse çekirdek sayısı kadar."
    return option("--jobs", "-j", type=Whole(1, 256), metavar="<sayı>", help=how)(command)


def cluster(command: F) -> F:
    """``--cluster``: whose machines do the work."""
    how = "İşi bu Dask zamanlayıcısının çalışanları yapsın (tcp://… bu bilgisayarda, tls://… başka yerde)."
    return option("--cluster", metavar="ADRES", help=how)(command)


def language(command: F) -> F:
    """``--lang``: the language of what is shown."""
    return choice("--lang", "language", of=("tr", "en"), default="tr", help="Dil: tr veya en.")(command)


def json_output(command: F) -> F:
    """``--json``: one object for programs."""
    return flag("--json", "json_output", help="Standart çıktıya tek bir JSON nesnesi yaz.")(command)


def assume_yes(command: F) -> F:
    """``--yes``: install without asking."""
    return flag("--yes", "-y", "assume_yes", help="Eksik sistem bileşenlerini sormadan kur.")(command)
