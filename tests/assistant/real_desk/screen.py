"""A screen that nobody sits at, and pictures of all that is on it: what a person would see, windows included."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image


@dataclass(frozen=True)
class Screen:
    """An X server's only screen."""

    name: str
    """Its display, such as ``:7``."""
    buffer: Path
    """Where the server keeps what is shown, as an XWD file (X.org, XWDFile.h)."""

    def picture(self) -> Image.Image:
        """Return what is on the screen now."""
        octets = self.buffer.read_bytes()
        header = struct.unpack(">25I", octets[:100])
        size, width, height, per_line, colors = header[0], header[4], header[5], header[12], header[19]
        start = size + colors * 12
        return Image.frombytes("RGB", (width, height), octets[start:], "raw", "BGRX", per_line)


@contextmanager
def screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """Run Xvfb on a free display."""
    with TemporaryDirectory(prefix="screen-") as folder:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-fbdir", folder]
        with subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            os.close(writer)
            with os.fdopen(reader) as told:
                number = told.readline().strip()
            assert number, "Xvfb did not start"
            try:
                yield Screen(f":{number}", Path(folder) / "Xvfb_screen0")
            finally:
                server.terminate()
