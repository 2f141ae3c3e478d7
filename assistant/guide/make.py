"""Makes a guide: first the pictures, then all formats in parallel on the machine's cores, then the folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from assistant.base.version import version
from assistant.base.words import Language
from assistant.guide.book import Needed, Shots, Taken, needed, read_guide
from assistant.guide.formats import jobs
from assistant.guide.manifest import write_manifest
from assistant.guide.model import Brand, Edition, Guide
from assistant.guide.pictures import Wanted, take_with_all_cores
from assistant.guide.writing import write_formats

PICTURES = "pictures"
"""The folder for pictures, inside the guide's."""
Kind = Literal["picture", "format"]
OnDone = Callable[[Kind, str], None]
"""Called in the caller's thread when a picture is taken or a format is written, with its name."""


class TakePictures(Protocol):
    """Takes the pictures of a guide."""

    def __call__(self, order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
        """Take the pictures *wanted* into *folder*."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which guide to make."""

    brand: Brand
    edition: Edition = "2026"
    language: Language = "tr"
    story: str = "first-time"
    formats: tuple[str, ...] = ()
    """Names of the formats."""
    taken: Taken = "mock"
    templates: Mapping[str, Path] = field(default_factory=dict)
    """The institution's template files, as in `Guide.templates`."""
    browser: str | None = None
    """Which browser takes the pictures, like `Settings.browser`."""
    cluster: str | None = None
    """Address of a Dask scheduler whose workers take the pictures; None for this computer's cores."""

    @property
    def pictures(self) -> Needed:
        """The pictures it shows."""
        return needed(self.edition, self.story)

    @property
    def size(self) -> int:
        """How often `OnDone` is called."""
        wanted = self.pictures
        return len(wanted.screens) + len(wanted.drawings) + sum(map(len, jobs(self.formats)))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished guide."""

    guide: Guide = field(repr=False)
    files: tuple[Path, ...]
    """What a person opens, without the pictures; sorted by name."""


def taken(order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
    """Take the pictures in runs on the mock portal, and draw the drawings."""
    some = Wanted(order.edition, order.language, wanted.screens, wanted.drawings, order.story)
    return take_with_all_cores(some, folder, lambda name: on_done("picture", name), order.browser, order.cluster)


def make(order: Order, folder: Path, on_done: OnDone, take: TakePictures = taken) -> Made:
    """Make the guide in *folder*, which exists and is empty.

    Ctrl+C stops everything in progress and arrives as `KeyboardInterrupt`. A format's errors arrive too.
    """
    pictures = folder / PICTURES
    pictures.mkdir()
    shots = take(order, order.pictures, pictures, on_done)
    guide = read_guide(order.language, order.edition, order.story, shots, order.brand, version(), taken=order.taken)
    guide = replace(guide, templates=order.templates)
    files = write_formats(guide, folder, order.formats, lambda name: on_done("format", name))
    write_manifest(folder, guide, files)
    return Made(guide, files)
