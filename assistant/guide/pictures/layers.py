"""The layer of marks, drawn over a clean picture in a separate page without network.

The clean picture stays as it is and the marked one is made from it, so other words or another language don't need new
pictures.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from playwright.sync_api import Browser, Page

from assistant.base.errors import GuideError
from assistant.guide.model import Named, PictureMark, Shot, TextBox
from assistant.guide.pictures.lens import png_size

_FOLDER = resources.files("assistant.guide.pictures")


class Layers:
    """Draws marks over pictures."""

    def __init__(self, page: Page, scale: float) -> None:
        self._page = page
        self.scale = scale
        self._draw = (_FOLDER / "layers.js").read_text(encoding="utf-8")

    def marked(
        self,
        name: str,
        png: bytes,
        marks: tuple[PictureMark, ...],
        *,
        dark: bool,
        clear: TextBox | None = None,
        controls: Sequence[TextBox] = (),
    ) -> bytes:
        """Return *png* with its marks; no callout covers *clear*. At phone width it gets a key below.

        Callouts avoid the picture's *controls* the way they avoid words.

        Raises `GuideError` if there is no room for a callout, or a drawing touches words that a mark is about.
        """
        width, height = (side / self.scale for side in png_size(png))
        made = self._page.evaluate(
            self._draw,
            {
                "source": base64.b64encode(png).decode(),
                "width": width,
                "height": height,
                "scale": self.scale,
                "dark": dark,
                "clear": _sides(clear) if clear else None,
                "controls": [_sides(box) for box in controls],
                "marks": [
                    {
                        "kind": mark.kind,
                        "number": mark.number,
                        "text": mark.text,
                        "isWords": mark.is_words,
                        "box": _sides(mark.box),
                    }
                    for mark in marks
                    if mark.kind != "mask"
                ],
            },
        )
        if made is None:
            raise GuideError("picture_crowded", name)
        words = [mark.box for mark in marks if mark.is_words]
        if any(touch(TextBox(*box), word) for box in made["drawn"] for word in words):
            raise GuideError("picture_touched", name)
        return base64.b64decode(made["png"])


def _sides(box: TextBox) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height


def touch(one: TextBox, other: TextBox) -> bool:
    """Whether two boxes overlap."""
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@contextmanager
def layers(browser: Browser, scale: float) -> Iterator[Layers]:
    """Yield the page where marks are drawn, with *scale* device pixels per CSS pixel."""
    with browser.new_context(device_scale_factor=scale, offline=True, locale="tr-TR") as context:
        page = context.new_page()
        page.set_content((_FOLDER / "layers.html").read_text(encoding="utf-8"))
        yield Layers(page, scale)


def write_shot(
    folder: Path,
    name: str,
    png: bytes,
    marks: tuple[PictureMark, ...],
    drawing: Layers,
    *,
    dark: bool,
    ribbon: TextBox | None = None,
    controls: tuple[Named, ...] = (),
) -> Shot:
    """Write a clean picture and its marked one into *folder*, and return where they are.

    *ribbon* and *controls* lie on the first.
    """
    clean, marked = folder / f"{name}.png", folder / f"{name}-marked.png"
    clean.write_bytes(png)
    boxes = [control.box for control in controls]
    marked.write_bytes(drawing.marked(name, png, marks, dark=dark, clear=ribbon, controls=boxes))
    return Shot(clean, marked, *png_size(png), drawing.scale, marks, ribbon=ribbon, controls=controls)
