"""The command ``eonay guide``."""

from __future__ import annotations

import errno
import sys
import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from assistant.assembly.parts import needed_browser
from assistant.base.console import Console
from assistant.base.errors import nearest, wrong
from assistant.base.files import write
from assistant.base.outcome import Outcome
from assistant.base.settings import take_settings
from assistant.base.trouble import why
from assistant.base.version import version
from assistant.base.words import Language, told
from assistant.guide.book import BookError, Needed, NoPictures, Shots, Taken, read_guide, sources, stories
from assistant.guide.brand import example_brand, example_text, load_brand
from assistant.guide.folder import check_free, replacing
from assistant.guide.formats import FORMATS
from assistant.guide.formats.template import check_templates, write_own
from assistant.guide.make import Kind, Made, Order, TakePictures, make, taken
from assistant.guide.model import Edition, Guide, Shot, Size, Theme
from assistant.guide.pictures import picture_sources
from assistant.setup import ensure

BRAND_FILE = "kurum.toml"
"""File name for the example brand."""
_CHANGED = 1
"""Exit code if a saved guide no longer matches what we would make now."""


@dataclass(frozen=True, slots=True)
class GuideOptions:
    """The command-line options."""

    out: Path | None = None
    edition: Edition = "2026"
    language: Language = "tr"
    formats: str | None = None
    """Names separated by commas; None for all."""
    story: str = "first-time"
    brand: Path | None = None
    brand_example: bool = False
    """Only write the example brand."""
    templates: tuple[Path, ...] = ()
    """Word and PowerPoint files with the institution's own look."""
    template_example: bool = False
    """Only write our own templates."""
    live: bool = False
    port: int | None = None
    only: str | None = None
    """The only picture we want, by its own name or its step's."""
    check: Path | None = None
    """A saved guide to compare with fresh pictures."""
    from_run: bool = False
    portal: str | None = None
    """Where to make the run for ``from_run``; None for the real portal."""
    browser: str | None = None
    """Which browser takes the pictures, like `Settings.browser`."""
    cluster: str | None = None
    """Address of a Dask scheduler whose workers take them."""
    assume_yes: bool = False

    @property
    def folder(self) -> Path:
        """Where the guide goes."""
        return self.out or Path(told("cli.guide.folder", self.language))


def guide_command(options: GuideOptions) -> int:
    """Do what the options say and return the exit code. Raises `UsageError` for options that don't go together."""
    ways = {
        "--brand-example": options.brand_example,
        "--template-example": options.template_example,
        "--live": options.live,
        "--only": options.only is not None,
        "--check": options.check is not None,
        "--from-run": options.from_run,
    }
    chosen = [name for name, wanted in ways.items() if wanted]
    if len(chosen) > 1:
        raise wrong("guide.command.together", options.language, "guide", one=chosen[0], other=chosen[1])
    for name, given in (("--browser", options.browser), ("--cluster", options.cluster)):
        if given is not None and options.from_run:
            raise wrong("guide.command.together", options.language, "guide", one=name, other="--from-run")
    for name, value, other in (("--port", options.port, "--live"), ("--portal", options.portal, "--from-run")):
        if value is not None and not ways[other]:
            raise wrong("guide.command.needs", options.language, name, other=other)
    if options.brand_example:
        return write_brand_example(options.out, options.language)
    if options.template_example:
        return write_templates(options.out or Path(), options.language)
    if options.live:
        return serve_live(options)
    if options.only is not None:
        return take_one(options, options.only)
    if options.check is not None:
        return check_guide(options, options.check)
    return run_from_run(options) if options.from_run else run_guide(options)


def run_guide(options: GuideOptions, take: TakePictures = taken, source: Taken = "mock") -> int:
    """Make the guide, say what we wrote, and return the exit code.

    Raises `UsageError` for wrong options, and `EonayError` if we can't make a picture or a format.
    """
    language = options.language
    order = replace(order_of(options), taken=source)
    console = Console(highlight=False)
    _need_browser(options)
    try:
        with replacing(options.folder, language, private=source == "run") as fresh, showing(order, language) as on_done:
            made = make(order, fresh, on_done, take)
            names = [path.relative_to(fresh) for path in made.files]
    except BookError as error:
        raise wrong("guide.command.book", language, "guide", why=error) from None
    except KeyboardInterrupt:
        console.print(told("guide.progress.stopped", language, folder=options.folder), soft_wrap=True, markup=False)
        return Outcome.CANCELLED.exit_code
    console.print(
        told("guide.progress.made", language, folder=options.folder), style="bold", soft_wrap=True, markup=False
    )
    console.print(_listing(options.folder, names, made))
    for name, entry in FORMATS.items():
        if options.formats is None and entry.is_usual and not entry.is_installed:
            said = told("guide.progress.left_out", language, name=name, install=entry.install)
            console.print(said, soft_wrap=True, markup=False)
    if order.brand.is_example:
        console.print(told("guide.progress.example", language), soft_wrap=True, markup=False)
    return 0


def take_one(options: GuideOptions, name: str) -> int:
    """Take one picture in every look and size, and return 0. Raises `UsageError` for an unknown name."""
    language = options.language
    order = order_of(options)
    wanted = order.pictures
    known = (*wanted.screens, *wanted.drawings)
    name = name.strip()
    if name not in known:
        raise _unknown("picture", name, known, language, "--only")
    one = Needed(tuple(n for n in wanted.screens if n == name), tuple(n for n in wanted.drawings if n == name))
    folder = options.out or Path(name)
    _need_browser(options)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise wrong("guide.out.unwritable", language, "--out", folder=folder, why=why(error, language)) from None
    taken(order, one, folder, lambda _kind, _name: None)
    Console(highlight=False).print(told("guide.progress.drawn", language, folder=folder), soft_wrap=True, markup=False)
    return 0


def check_guide(options: GuideOptions, kept: Path) -> int:
    """Remake the guide in *kept* and compare pictures and words; 0 if they match, 1 if not.

    If another browser draws different pixels we say so once, compare only words and controls, and still return 1.
    Edition, language and story come from the saved guide. Raises `UsageError` if there isn't one.
    """
    from assistant.guide.check import changes, other_browser, reworded, write_page
    from assistant.guide.manifest import read_manifest

    language = options.language
    console = Console(highlight=False)
    try:
        before = read_manifest(kept)
    except (OSError, ValueError):
        raise wrong("guide.command.no_guide", language, "--check", folder=kept) from None
    order = replace(order_of(options), edition=before.edition, language=before.language, story=before.story, formats=())
    page = (options.out or Path()) / f"{kept.absolute().name}-{told('cli.guide.changes', language)}.html"
    _need_browser(options)
    with TemporaryDirectory(prefix="eonay-guide-") as folder:
        with showing(order, language) as on_done:
            shots = taken(order, order.pictures, Path(folder), on_done)
        found = changes(kept, shots)
        told_now = read_guide(order.language, order.edition, order.story, NoPictures(), order.brand, version())
        rewritten = reworded(kept, told_now)
        for section in rewritten:
            console.print(
                f"  {told('guide.check.words', language, name=section.section)}", soft_wrap=True, markup=False
            )
            for sign, lines in (("-", section.gone), ("+", section.new)):
                for line in lines:
                    console.print(f"    {sign} {line}", soft_wrap=True, markup=False)
        if not found and rewritten:
            return _CHANGED
        if not found:
            console.print(told("guide.check.alike", language, folder=kept), soft_wrap=True, markup=False)
            return 0
        if browsers := other_browser(kept, shots):
            looks = [change for change in found if change.kind == "pixels"]
            found = tuple(change for change in found if change.kind != "pixels")
            if looks:
                said = told("guide.check.browser", language, before=browsers[0], now=browsers[1], count=len(looks))
                console.print(said, soft_wrap=True, markup=False)
        if not found:
            return _CHANGED
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            write_page(page, kept, shots, found, language)
        except OSError as error:
            raise wrong(
                "guide.out.unwritable", language, "--out", folder=page.parent, why=why(error, language)
            ) from None
    for change in found:
        console.print(
            f"  {told(f'guide.check.{change.kind}', language, name=change.picture)}", soft_wrap=True, markup=False
        )
    console.print(told("guide.check.page", language, path=page), style="bold", soft_wrap=True, markup=False)
    return _CHANGED


def run_from_run(options: GuideOptions) -> int:
    """Make a guided run, ask about each picture, and make the guide with the ones the person keeps.

    Returns the run's exit code if it didn't go well, and 4 if the person wants no guide.
    """
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.run import run_command
    from assistant.guide.from_run.develop import TakeKept
    from assistant.guide.from_run.review import PictureTaking

    language = options.language
    console = Console(highlight=False)
    order = order_of(options)
    check_free(options.folder, language)
    taking = PictureTaking(order.pictures.screens)
    run_options = GuidedOptions(portal=options.portal, language=language, assume_yes=options.assume_yes)
    code = run_command(run_options, taking)
    if not taking.kept:
        if taking.agreed is not None:
            said = "guide.from_run.nothing" if taking.agreed else "guide.from_run.refused"
            console.print(told(said, language), soft_wrap=True, markup=False)
        return code or Outcome.CANCELLED.exit_code
    console.print(told("guide.from_run.kept", language, count=len(taking.kept)), soft_wrap=True, markup=False)
    return run_guide(options, TakeKept(taking.kept), "run") or code


def serve_live(options: GuideOptions) -> int:
    """Serve the guide on this machine, following changes to its texts and branding file, until Ctrl+C."""
    from assistant.guide.live import LivePage, broken_file, follow, served

    language = options.language
    console = Console(highlight=False)
    order_of(options)
    _need_browser(options)
    with TemporaryDirectory(prefix="eonay-guide-") as folder:
        shots: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}

        def shots_for(order: Order, again: bool) -> Shots:
            wanted = order.pictures
            if again or not shots.keys() >= {*wanted.screens, *wanted.drawings}:
                with showing(order, language) as on_done:
                    shots.update(taken(order, wanted, Path(folder), on_done))
            return shots

        try:
            live = LivePage(lambda: order_of(options), shots_for, [options.brand] if options.brand else [])
            with served(live, options.port or 0) as address:
                console.print(told("guide.live.serving", language, address=address), soft_wrap=True)
                console.print(told("guide.live.files", language))
                for path in live.watched:
                    console.print(f"  {path}", soft_wrap=True, markup=False)
                follow(live, threading.Event())
        except (BookError, tomllib.TOMLDecodeError) as error:
            files = (*sources(), *picture_sources())
            raise wrong("guide.command.book", language, "guide", why=broken_file(files) or error) from None
        except KeyboardInterrupt:
            console.print(told("guide.live.closed", language))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise wrong("guide.live.port", language, "--port", port=options.port) from None
    return 0


def order_of(options: GuideOptions) -> Order:
    """Return the order the options describe. Raises `UsageError` suggesting the nearest name for a wrong one."""
    language = options.language
    if options.story not in stories():
        raise _unknown("story", options.story, stories(), language, "--story")
    usual = tuple(name for name, entry in FORMATS.items() if entry.is_usual and entry.is_installed)
    names = usual if options.formats is None else _listed(options.formats, language)
    brand = load_brand(options.brand, language) if options.brand else example_brand(language)
    templates = check_templates(options.templates, language)
    return Order(
        brand,
        options.edition,
        language,
        options.story,
        names,
        templates=templates,
        browser=options.browser,
        cluster=options.cluster,
    )


def write_templates(folder: Path, language: Language) -> int:
    """Write our own templates to *folder*; never overwrites a file."""
    try:
        names = ", ".join(path.name for path in write_own(folder))
    except FileExistsError as error:
        raise wrong("guide.command.exists", language, "--template-example", path=error.filename) from None
    except OSError as error:
        raise wrong("guide.out.unwritable", language, "--out", folder=folder, why=why(error, language)) from None
    sys.stdout.write(told("guide.template.written", language, folder=folder, names=names) + "\n")
    return 0


def write_brand_example(out: Path | None, language: Language) -> int:
    """Print the commented branding file, or write it to the folder *out*; never overwrites a file."""
    if out is None:
        sys.stdout.write(example_text())
        return 0
    path = out / BRAND_FILE
    if path.exists():
        raise wrong("guide.command.exists", language, "--brand-example", path=path)
    try:
        out.mkdir(parents=True, exist_ok=True)
        write(path, example_text())
    except OSError as error:
        raise wrong("guide.out.unwritable", language, "--out", folder=out, why=why(error, language)) from None
    sys.stdout.write(told("guide.progress.brand", language, path=path) + "\n")
    return 0


@contextmanager
def showing(order: Order, language: Language) -> Iterator[Callable[[Kind, str], None]]:
    """Show the progress of *order* on standard error, if that is a terminal."""
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(told("guide.progress.begin", language), total=order.size)

        def on_done(kind: Kind, name: str) -> None:
            progress.update(task, advance=1, description=told(f"guide.progress.{kind}", language, name=name))

        yield on_done


def _need_browser(options: GuideOptions) -> None:
    if options.cluster is None:
        ensure([needed_browser(take_settings(browser=options.browser))], assume_yes=options.assume_yes)


def _listed(formats: str, language: Language) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    for name in names or ("",):
        if name not in FORMATS:
            raise _unknown("format", name, FORMATS, language, "--formats")
        if not FORMATS[name].is_installed:
            raise wrong("guide.command.extra", language, "--formats", name=name, install=FORMATS[name].install)
    return names


def _unknown(what: str, name: str, known: Iterable[str], language: Language, option: str) -> Exception:
    near = nearest(name, known, language)
    return wrong(f"guide.command.{what}", language, option, name=repr(name), near=near, known=", ".join(known))


def _listing(folder: Path, names: Iterable[Path], made: Made) -> Table:
    """Return a table of the files a person opens: where, how large, and what for."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in names:
        if len(name.parts) == 1:
            table.add_row(f"  {name}", _size(folder / name, made.guide.language), _use(name, made.guide))
    table.columns[1].justify = "right"
    return table


def _size(path: Path, language: Language) -> str:
    written = path.stat().st_size
    size = f"{written / 1e6:.1f} MB" if written >= 100_000 else f"{written / 1e3:.0f} kB"
    return size.replace(".", ",") if language == "tr" else size


def _use(name: Path, guide: Guide) -> str:
    use = told(f"guide.opens.{name.suffix.lstrip('.')}", guide.language)
    for kind in ("card", "letter"):
        if name.stem.startswith(guide.words[f"file.{kind}"]):
            return f"{told(f'guide.is.{kind}', guide.language)}: {use}"
    return use
