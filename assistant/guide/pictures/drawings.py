"""Schematic drawings of the card, the download and the official app: our own, labelled so, like nobody's screens."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from playwright.sync_api import Browser, Page

from assistant.base.errors import GuideError
from assistant.guide.model import PictureMark, Shot, Size, TextBox, Theme
from assistant.guide.pictures.camera import TAKINGS, fit
from assistant.guide.pictures.capture import SCALE, OnTaken
from assistant.guide.pictures.layers import Layers, layers, write_shot
from assistant.guide.pictures.lens import Lens
from flows.steps import Language

_FOLDER = resources.files("assistant.guide.pictures")
_MARKED = """name => {
  for (const each of document.querySelectorAll('article')) each.style.display = each.id === name ? 'block' : 'none';
  const drawn = document.getElementById(name);
  const marks = [...drawn.querySelectorAll('[data-mark]')].sort((one, other) => one.dataset.mark - other.dataset.mark);
  return [drawn.querySelector('.said'), ...marks].map(el => el.getBoundingClientRect())
    .map(({ x, y, width, height }) => [x, y, width, height]);
}"""
"""Shows one drawing; returns where it says that it is one, and what is marked."""


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / "drawings.toml").read_text(encoding="utf-8"))


def forget_drawings() -> None:
    """Forget the drawings, so that we read them again when we need them."""
    _data.cache_clear()


def drawing_names() -> tuple[str, ...]:
    """Return the names of all drawings, in the order of the guide."""
    return tuple(_data()["drawings"])


def draw_pictures(
    browser: Browser,
    folder: Path,
    language: Language,
    names: Collection[str] | None = None,
    on_taken: OnTaken = lambda _name: None,
) -> Mapping[str, Mapping[tuple[Theme, Size], Shot]]:
    """Draw all drawings, or those in *names*, into *folder*. File names are like the pictures'.

    Raises `GuideError` for an unknown name.
    """
    for name in names or ():
        if name not in drawing_names():
            raise GuideError("picture_unknown", name)
    folder.mkdir(parents=True, exist_ok=True)
    drawn: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}
    with ExitStack() as stack:
        layer = stack.enter_context(layers(browser, SCALE))
        context = browser.new_context(device_scale_factor=SCALE, offline=True, locale="tr-TR")
        page = stack.enter_context(context).new_page()
        page.set_content(drawing_page(language))
        eye = Lens(page)
        for name in drawing_names():
            if names is None or name in names:
                drawn[name] = _drawn(page, eye, layer, folder, name, language)
                on_taken(name)
    return drawn


def drawing_page(language: Language) -> str:
    """Return the page that holds all drawings, in *language*."""
    words = {key: texts[language] for key, texts in _data()["words"].items()}
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string((_FOLDER / "drawings.html").read_text(encoding="utf-8")).render(words=words)


def _drawn(
    page: Page, eye: Lens, layer: Layers, folder: Path, name: str, language: Language
) -> Mapping[tuple[Theme, Size], Shot]:
    shots: dict[tuple[Theme, Size], Shot] = {}
    specs = _data()["drawings"][name]["marks"]
    for theme, size in TAKINGS:
        page.emulate_media(color_scheme=theme)
        page.evaluate(_MARKED, name)
        fit(page, size, least=320)
        said, *boxes = (TextBox(*box) for box in page.evaluate(_MARKED, name))
        marks = tuple(
            PictureMark(spec.get("kind", "box"), box, spec.get("item", 0), spec["callout"][language])
            for spec, box in zip(specs, boxes, strict=True)
        )
        png = eye.picture()
        stem, dark = f"{name}-{theme}-{size}", theme == "dark"
        shots[theme, size] = write_shot(folder, stem, png, marks, layer, dark=dark, ribbon=said)
    return shots
