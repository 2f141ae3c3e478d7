"""Takes a guide's pictures on all cores: each worker has a browser and takes some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from playwright.sync_api import Browser

from assistant.base.errors import EonayError, GuideError
from assistant.base.settings import take_settings
from assistant.base.words import Language
from assistant.browser.launch import BrowserOptions, browser_name, open_browser
from assistant.fleet import Craft, Fleet, cores, engine_of
from assistant.guide.model import Edition, Shot, Size, Theme
from assistant.guide.pictures.capture import USUAL_STORY, OnTaken, Shots, chosen, take_pictures
from assistant.guide.pictures.drawings import draw_pictures
from assistant.run.deadline import run_deadline_s
from assistant.run.limits import Limits
from assistant.setup import find_browser
from assistant.setup.browser import ELSEWHERE
from assistant.setup.browser import Browser as FoundBrowser


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some pictures of a guide."""

    edition: Edition
    language: Language
    screens: tuple[str, ...]
    drawings: tuple[str, ...]
    story: str = USUAL_STORY


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of taking some."""

    shots: Shots
    problem: tuple[str, str | None] | None = None
    """Code and detail of the error that got in the way."""
    sent: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The files by name, if another machine took them."""

    def kept(self, folder: Path) -> Shots:
        """Write the files we received to *folder*, and return the pictures there."""
        for name, content in self.sent.items():
            (folder / Path(name).name).write_bytes(content)
        return {
            picture: {
                key: replace(shot, clean=folder / shot.clean.name, marked=folder / shot.marked.name)
                for key, shot in takings.items()
            }
            for picture, takings in self.shots.items()
        }


@dataclass(frozen=True)
class Picturing(Craft[Wanted, Browser, Taken]):
    """How a worker takes pictures into a folder."""

    folder: Path | None
    """The target; None for a folder of its own, whose files are sent back."""
    browser: FoundBrowser
    extra_args: tuple[str, ...] = ()
    """Extra arguments for the browser."""
    longest_s: float | None = None
    """Timeout for a run, seconds; None derives it from its limits."""

    choice: Path | str | None = None
    """The browser we were told to use, like `Settings.browser`. Another machine looks for its own."""

    def here(self) -> Self:
        """Return a copy that uses this machine's own browser and folder."""
        return replace(self, folder=None, browser=find_browser(self.choice, unattended=True))

    @contextmanager
    def tools(self, place: int) -> Iterator[Browser]:
        """Open a worker's browser."""
        with open_browser(self.browser, BrowserOptions(extra_args=self.extra_args)) as browser:
            yield browser

    def is_usable(self, tool: Browser) -> bool:
        """Whether the browser is still running."""
        return tool.is_connected()

    def do(self, task: Wanted, tool: Browser) -> Taken:
        """Take the pictures of one share."""
        if self.folder is not None:
            return self._taken(task, tool, self.folder)
        with TemporaryDirectory(prefix="eonay-guide-") as own:
            taken = self._taken(task, tool, Path(own))
            return replace(taken, sent={path.name: path.read_bytes() for path in Path(own).iterdir()})

    def _taken(self, task: Wanted, tool: Browser, folder: Path) -> Taken:
        try:
            shots: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}
            if task.screens:
                shots |= take_pictures(tool, folder, task.edition, task.language, task.screens, story=task.story)
            if task.drawings:
                shots |= draw_pictures(tool, folder, task.language, task.drawings)
        except EonayError as error:
            return Taken({}, (error.code, error.detail))
        name = browser_name(tool, self.browser)
        return Taken(
            {
                picture: {key: replace(shot, browser=name) for key, shot in takings.items()}
                for picture, takings in shots.items()
            }
        )

    def deadline_s(self, task: Wanted) -> float:
        """Return the timeout for a share, seconds: each of its pictures may need its own run."""
        return run_deadline_s(Limits(), self.longest_s) * max(1, len(task.screens))

    def broken(self, task: Wanted, reason: str) -> Taken:
        """Return the result for a share whose worker couldn't report."""
        return Taken({}, (reason, None))


def take_with_all_cores(
    wanted: Wanted, folder: Path, on_taken: OnTaken, browser_choice: str | None = None, cluster: str | None = None
) -> Shots:
    """Take all pictures *wanted* into *folder*; *on_taken* is called in this thread.

    *browser_choice* is the browser that the command line names, as in `Settings.browser`; *cluster* the address of a
    Dask scheduler, whose workers take them instead of this computer's cores.

    Raises `GuideError` if one can't be taken as declared, and `KeyboardInterrupt` after Ctrl+C.
    """
    settings = take_settings(browser=browser_choice)
    browser = ELSEWHERE if cluster else find_browser(settings.browser, unattended=True)
    craft = Picturing(folder, browser, tuple(settings.browser_args), settings.run_deadline_s, settings.browser)
    shots: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}

    def keep(taken: Taken) -> None:
        if taken.problem and taken.problem[0] == "person_stopped":
            return  # the fleet says so too
        if taken.problem:
            raise GuideError(*taken.problem)
        shots.update(taken.kept(folder))
        for name in taken.shots:
            on_taken(name)

    with engine_of(cluster, cores()) as (engine, workers):
        shared = shares(wanted, workers)
        if shared:
            Fleet(shared, workers, craft, keep, engine=engine).run_on()
    return {name: shots[name] for name in (*wanted.screens, *wanted.drawings)}


def shares(wanted: Wanted, workers: int) -> tuple[Wanted, ...]:
    """Split *wanted* into shares for that many *workers*, longest first.

    Pictures from one run are split into as many shares as there are workers. A run ends with its last picture, so a
    worker that only takes the first ones doesn't have to go on to the end.
    """
    by_run: dict[str, list[str]] = {}
    for spec in chosen(wanted.edition, wanted.screens, wanted.story):
        by_run.setdefault(spec.run, []).append(spec.id)
    runs = sorted(by_run.values(), key=len, reverse=True)
    screens = [part for names in runs for part in reversed(_parts(names, workers))]
    drawings = _parts(wanted.drawings, workers)
    return (
        *(replace(wanted, screens=part, drawings=()) for part in screens if len(part) > 1),
        *(replace(wanted, screens=(), drawings=part) for part in drawings),
        *(replace(wanted, screens=part, drawings=()) for part in screens if len(part) == 1),
    )


def _parts(names: Sequence[str], count: int) -> list[tuple[str, ...]]:
    each = max(1, -(-len(names) // count))
    return [tuple(names[at : at + each]) for at in range(0, len(names), each)]
