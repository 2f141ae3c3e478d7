"""A guide with the pictures a person kept from their own run; the mock portal supplies the missing ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from assistant.base.settings import Settings
from assistant.base.words import Language
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.guide.book import Needed, Shots
from assistant.guide.from_run.camera import Photo
from assistant.guide.make import OnDone, Order, taken
from assistant.guide.model import PictureMark, Shot
from assistant.guide.pictures.catalogue import picture_specs
from assistant.guide.pictures.layers import layers, write_shot
from assistant.setup import find_browser


@dataclass(frozen=True, slots=True)
class TakeKept:
    """Implements `assistant.guide.make.TakePictures` with a run's pictures."""

    kept: Mapping[str, Photo] = field(repr=False)

    def __call__(self, order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
        """Write the kept pictures with their marks into *folder*, and take the others of *wanted*."""
        screens = tuple(name for name in wanted.screens if name not in self.kept)
        shots = dict(taken(order, Needed(screens, wanted.drawings), folder, on_done))
        settings = Settings.load()
        with open_browser(
            find_browser(settings.browser, unattended=True), BrowserOptions(extra_args=settings.browser_args)
        ) as browser:
            for name in wanted.screens:
                if name in self.kept:
                    shots[name] = {("light", "desktop"): _developed(browser, self.kept[name], folder, order.language)}
                    on_done("picture", name)
        return shots


def _developed(browser: Browser, photo: Photo, folder: Path, language: Language) -> Shot:
    marks = _marks(photo, language)
    with layers(browser, photo.scale) as drawing:
        return write_shot(folder, f"{photo.screen}-light-desktop", photo.png, marks, drawing, dark=False)


def _marks(photo: Photo, language: Language) -> tuple[PictureMark, ...]:
    """Return the marks on what is pressed and on what never is; number and words are those of the declared picture."""
    spec = picture_specs().get(photo.screen)
    declared = [mark for mark in spec.marks if mark.target.kind == "control" and mark.style == "box"] if spec else []
    only = declared[0] if len(declared) == 1 else None
    marks = []
    if photo.control:
        marks.append(PictureMark("box", photo.control, only.item if only else 0, only.words(language) if only else ""))
    warned = [mark for mark in spec.marks if mark.style == "danger"] if spec else []
    for mark, box in zip(warned, photo.dangers, strict=False):
        marks.append(PictureMark("danger", box, text=mark.words(language), is_pressed=False))
    return tuple(marks)
