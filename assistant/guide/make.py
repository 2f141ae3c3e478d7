"""Making a guide: the pictures first, then every format at once on the machine's cores, then the folder as a whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context, resource_tracker
from pathlib import Path
from typing import Literal, Protocol

from assistant.fleet import cores
from assistant.guide.book import Needed, Shots, Taken, needed, read_guide
from assistant.guide.formats import jobs, writer
from assistant.guide.manifest import write_manifest
from assistant.guide.model import Brand, Edition, Guide
from assistant.guide.pictures import Wanted, take_with_all_cores
from assistant.interrupt import born_deaf, hear
from assistant.outcome import Language
from assistant.version import version

PICTURES = "pictures"
"""Folder of the pictures, in the guide's own."""
Kind = Literal["picture", "format"]
OnDone = Callable[[Kind, str], None]
"""Called in the caller's thread when a picture is taken or a format is written; the name says which."""


class TakePictures(Protocol):
    """Takes the pictures of a guide."""

    def __call__(self, order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
        """Take the pictures *wanted* into *folder*."""


@dataclass(frozen=True, slots=True)
class Order:
    """What guide is wanted."""

    brand: Brand
    edition: Edition = "2026"
    language: Language = "tr"
    story: str = "first-time"
    formats: tuple[str, ...] = ()
    """Names of the formats."""
    taken: Taken = "mock"

    @property
    def pictures(self) -> Needed:
        """The pictures that it shows."""
        return needed(self.edition, self.story)

    @property
    def size(self) -> int:
        """How often `OnDone` is called."""
        wanted = self.pictures
        return len(wanted.screens) + len(wanted.drawings) + sum(map(len, jobs(self.formats)))


@dataclass(frozen=True, slots=True)
class Made:
    """A guide as it was written."""

    guide: Guide = field(repr=False)
    files: tuple[Path, ...]
    """What a person opens, without the pictures; sorted by name."""


def taken(order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
    """Take the pictures in runs of the mock portal, and draw the drawings."""
    some = Wanted(order.edition, order.language, wanted.screens, wanted.drawings, order.story)
    return take_with_all_cores(some, folder, lambda name: on_done("picture", name))


def make(order: Order, folder: Path, on_done: OnDone, take: TakePictures = taken) -> Made:
    """Make the guide into *folder*, which is there and empty.

    Ctrl+C ends what is under way and comes through as `KeyboardInterrupt`. Errors of a format come through too.
    """
    pictures = folder / PICTURES
    pictures.mkdir()
    shots = take(order, order.pictures, pictures, on_done)
    guide = read_guide(order.language, order.edition, order.story, shots, order.brand, version(), taken=order.taken)
    files = write_formats(guide, folder, order.formats, on_done)
    write_manifest(folder, guide, files)
    return Made(guide, files)


def write_formats(guide: Guide, folder: Path, formats: Sequence[str], on_done: OnDone) -> tuple[Path, ...]:
    """Write *guide* in all *formats*, as many at once as there are cores, the longest first."""
    files: list[Path] = []
    wanted = jobs(tuple(formats))
    with _workers(min(cores(), len(wanted))) as pool:
        with born_deaf():  # each task that comes may start a process
            running: dict[Future[tuple[Path, ...]], tuple[str, ...]] = {
                pool.submit(_write, job, guide, folder): job for job in wanted
            }
        for done in as_completed(running):
            files += done.result()
            for task in running[done]:
                on_done("format", task)
    return tuple(sorted(files))


def _write(job: tuple[str, ...], guide: Guide, folder: Path) -> tuple[Path, ...]:
    return tuple(path for task in job for path in writer(task)(guide, folder))


@contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give processes that end at once when the body does not come to its end."""
    others = set(active_children())
    # A forked process would hold this one's browser by the pipes.
    pool = ProcessPoolExecutor(max(1, count), get_context("spawn"), initializer=_leave_ctrl_c)
    if os.name == "posix":
        resource_tracker.ensure_running()  # see `assistant.fleet`
    try:
        yield pool
    except BaseException:  # Ctrl+C as well: nobody waits for what is being written
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_ctrl_c() -> None:
    """Let the parent alone decide what Ctrl+C means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear()
