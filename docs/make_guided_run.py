"""Records guided runs at a real desk: ``python -m docs.make_guided_run FOLDER [WIDTHxHEIGHT]``.

The real command runs on a screen that nobody sits at (Xvfb), a simulated person presses the panel's buttons and types
into the portal's pages, and a picture of the whole screen is kept at each of their acts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.assistant.real_desk.screen import screen
from tests.assistant.real_desk.stories import STORIES

USUAL = "1366x768"


def record(folder: Path, width: int, height: int) -> None:
    """Write a folder of numbered pictures per story into *folder*."""
    with screen(width, height) as shown, sync_playwright() as playwright:
        for name, story in STORIES.items():
            pictures = folder / name
            pictures.mkdir(parents=True, exist_ok=True)

            def keep(act: str, pictures: Path = pictures) -> None:
                number = len(list(pictures.glob("*.png"))) + 1
                shown.picture().save(pictures / f"{number:02}.png")
                sys.stdout.write(f"{pictures / f'{number:02}.png'}  {act}\n")

            for old in pictures.glob("*.png"):
                old.unlink()
            with TemporaryDirectory(prefix="home-") as home:
                told = story(playwright, shown, Path(home), keep)
            sys.stdout.write(f"{name}: {told.title} ({told.code})\n")


if __name__ == "__main__":
    wanted = sys.argv[2] if len(sys.argv) > 2 else USUAL
    record(Path(sys.argv[1]), *(int(side) for side in wanted.split("x")))
