"""A screen that nobody sits at, and pictures of everything that is on it: what a person would see, windows included."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page

from tests.assistant.official_app.display import display

_SPOT = {"x": 0, "y": 0, "width": 8, "height": 8, "color": {"r": 1, "g": 254, "b": 77, "a": 1}}
_SPOTTED = bytes((1, 254, 77)) * 8
_FRAMES = 600
_FRAME = "() => new Promise(requestAnimationFrame)"


@dataclass(frozen=True)
class Screen:
    """An X server's only screen."""

    name: str
    """Its display, such as ``:7``."""
    buffer: Path
    """Where the server keeps what is shown, as an XWD file (X.org, XWDFile.h)."""

    def picture(self) -> Image.Image:
        """Return what is on the screen now."""
        raw = self.buffer.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        size, width, height, per_line, colors = header[0], header[4], header[5], header[12], header[19]
        start = size + colors * 12
        return Image.frombytes("RGB", (width, height), raw[start:], "raw", "BGRX", per_line)

    def await_paint(self, page: Page) -> None:
        """Wait until everything that *page* holds by now is on the screen.

        A page is painted some frames after it has changed. So the browser's own tools are asked for a spot over it,
        outside its document: once the spot is on the screen, what changed before it is there too; then it goes again.
        """
        tools = page.context.new_cdp_session(page)
        try:
            tools.send("DOM.enable")
            tools.send("Overlay.enable")
            tools.send("Overlay.highlightRect", _SPOT)
            self._await_spot(page, there=True)
            tools.send("Overlay.hideHighlight")
            self._await_spot(page, there=False)
        finally:
            tools.detach()

    def _await_spot(self, page: Page, *, there: bool) -> None:
        for _ in range(_FRAMES):
            if (_SPOTTED in self.picture().tobytes()) == there:
                return
            page.evaluate(_FRAME)
        raise AssertionError("the page is not painted")


@contextmanager
def screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """Run Xvfb on a free display."""
    with TemporaryDirectory(prefix="screen-") as folder, display(width, height, "-fbdir", folder) as name:
        yield Screen(name, Path(folder) / "Xvfb_screen0")
