"""The command ``eonay guide``."""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from assistant.errors import nearest
from assistant.guide.book import BookError, Shots, stories
from assistant.guide.brand import example_brand, example_text, load_brand
from assistant.guide.folder import replacing
from assistant.guide.formats import FORMATS
from assistant.guide.make import Kind, Made, Order, make, taken
from assistant.guide.model import Edition, Guide, Shot, Size, Theme
from assistant.guide.told import told, wrong
from assistant.outcome import Language, Outcome
from assistant.setup import Part, ensure

BRAND_FILE = "kurum.toml"
"""Name under which the example brand is written."""
_FOLDERS: dict[Language, str] = {"tr": "e-onay-kilavuzu", "en": "e-onay-guide"}


@dataclass(frozen=True, slots=True)
class GuideOptions:
    """What was asked for on the command line."""

    out: Path | None = None
    edition: Edition = "2026"
    language: Language = "tr"
    formats: str | None = None
    """Names with commas between them; None for all."""
    story: str = "first-time"
    brand: Path | None = None
    assume_yes: bool = False

    @property
    def folder(self) -> Path:
        """Where the guide goes."""
        return self.out or Path(_FOLDERS[self.language])


def run_guide(options: GuideOptions) -> int:
    """Make the guide, say what was written, and return the exit code.

    Raises `UsageError` for what the options say wrongly, and `EonayError` where a picture or a format cannot be made.
    """
    language = options.language
    order = order_of(options)
    console = Console(highlight=False)
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    try:
        with replacing(options.folder, language) as fresh, showing(order, language) as on_done:
            made = make(order, fresh, on_done=on_done)
            names = [path.relative_to(fresh) for path in made.files]
    except BookError as error:
        raise wrong("command.book", language, "guide", why=error) from None
    except KeyboardInterrupt:
        console.print(told("progress.stopped", language, folder=options.folder), soft_wrap=True, markup=False)
        return Outcome.CANCELLED.exit_code
    console.print(told("progress.made", language, folder=options.folder), style="bold", soft_wrap=True, markup=False)
    console.print(_listing(options.folder, names, made))
    if order.brand.is_example:
        console.print(told("progress.example", language), soft_wrap=True, markup=False)
    return 0


def serve_live(options: GuideOptions, port: int) -> int:
    """Show the guide on this machine and follow its texts and the branding file until Ctrl+C."""
    from assistant.guide.live import LivePage, follow, served

    language = options.language
    console = Console(highlight=False)
    order_of(options)
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    with TemporaryDirectory(prefix="eonay-guide-") as folder:
        shots: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}

        def shots_for(order: Order) -> Shots:
            wanted = order.pictures
            if not shots.keys() >= {*wanted.screens, *wanted.drawings}:
                with showing(order, language) as on_done:
                    shots.update(taken(order, wanted, Path(folder), on_done))
            return shots

        try:
            live = LivePage(lambda: order_of(options), shots_for, [options.brand] if options.brand else [])
            with served(live, port) as address:
                console.print(told("live.serving", language, address=address), soft_wrap=True)
                console.print(told("live.files", language))
                for path in live.watched:
                    console.print(f"  {path}", soft_wrap=True, markup=False)
                follow(live, threading.Event())
        except BookError as error:
            raise wrong("command.book", language, "guide", why=error) from None
        except KeyboardInterrupt:
            console.print(told("live.closed", language))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise wrong("live.port", language, "--port", port=port) from None
    return 0


def order_of(options: GuideOptions) -> Order:
    """Return what the options ask for. Raises `UsageError` with the nearest name for a wrong one."""
    language = options.language
    if options.story not in stories():
        raise _unknown("story", options.story, stories(), language, "--story")
    names = tuple(FORMATS) if options.formats is None else _listed(options.formats, language)
    brand = load_brand(options.brand, language) if options.brand else example_brand(language)
    return Order(brand, options.edition, language, options.story, names)


def write_brand_example(out: Path | None, language: Language) -> int:
    """Print the commented branding file, or write it into the folder *out*; never over one that is there."""
    if out is None:
        sys.stdout.write(example_text())
        return 0
    path = out / BRAND_FILE
    if path.exists():
        raise wrong("command.exists", language, "--brand-example", path=path)
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(example_text(), encoding="utf-8")
    except OSError as error:
        raise wrong("out.unwritable", language, "--out", folder=out, why=error.strerror) from None
    sys.stdout.write(told("progress.brand", language, path=path) + "\n")
    return 0


@contextmanager
def showing(order: Order, language: Language) -> Iterator[Callable[[Kind, str], None]]:
    """Show on standard error how far *order* is; nothing where that is no terminal."""
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(told("progress.begin", language), total=order.size)

        def on_done(kind: Kind, name: str) -> None:
            progress.update(task, advance=1, description=told(f"progress.{kind}", language, name=name))

        yield on_done


def _listed(formats: str, language: Language) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    for name in names or ("",):
        if name not in FORMATS:
            raise _unknown("format", name, FORMATS, language, "--formats")
    return names


def _unknown(what: str, name: str, known: Iterable[str], language: Language, option: str) -> Exception:
    near = nearest(name, known, language)
    return wrong(f"command.{what}", language, option, name=repr(name), near=near, known=", ".join(known))


def _listing(folder: Path, names: Iterable[Path], made: Made) -> Table:
    """Return a table of the files that a person opens: where, how large, and what for."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in names:
        if len(name.parts) == 1:
            size = f"{(folder / name).stat().st_size / 1e6:.1f} MB"
            table.add_row(
                f"  {name}", size.replace(".", ",") if made.guide.language == "tr" else size, _use(name, made.guide)
            )
    table.columns[1].justify = "right"
    return table


def _use(name: Path, guide: Guide) -> str:
    use = told(f"opens.{name.suffix.lstrip('.')}", guide.language)
    for kind in ("card", "letter"):
        if name.stem.startswith(guide.words[f"file.{kind}"]):
            return f"{told(f'is.{kind}', guide.language)}: {use}"
    return use
