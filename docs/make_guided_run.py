"""Records guided runs at a real desk: ``python -m docs.make_guided_run FOLDER [WIDTHxHEIGHT] [--story NAME ...]``.

The real command runs on a screen that nobody sits at (Xvfb), a simulated person presses the panel's buttons and types
into the portal's pages, and we keep a picture of the whole screen at each of their acts. ``--publish`` at the end also
shrinks the few that the documentation shows and puts them into ``docs/pictures``.
"""

from __future__ import annotations

import assistant  # noqa: F401  (first, so that Playwright finds an environment that has it print nothing)

# isort: split
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.assistant.card.virtual_reader.stack import StackMissingError
from tests.assistant.real_desk.screen import screen
from tests.assistant.real_desk.stories import STORIES

USUAL = "1366x768"
PICTURES = Path(__file__).parent / "pictures"
SHOWN = {"run-consent": "card/04", "run-app": "official-app/05"}
"""What the documentation shows, by its name there. All people are invented, and their codes long dead."""


def record(folder: Path, size: tuple[int, int], stories: Sequence[str]) -> None:
    """Write a folder of numbered pictures per story into *folder*."""
    with screen(*size) as shown, sync_playwright() as playwright:
        for name in stories:
            pictures = folder / name
            pictures.mkdir(parents=True, exist_ok=True)

            def keep(act: str, pages: Sequence[Page], pictures: Path = pictures) -> None:
                for page in pages:
                    page.emulate_media(reduced_motion="reduce")  # a pulsing ring may look pale in a picture
                    shown.await_paint(page)
                number = len(list(pictures.glob("*.png"))) + 1
                shown.picture().save(pictures / f"{number:02}.png")
                sys.stdout.write(f"{pictures / f'{number:02}.png'}  {act}\n")

            for old in pictures.glob("*.png"):
                old.unlink()
            try:
                with TemporaryDirectory(prefix="home-") as home:
                    told = STORIES[name](playwright, shown, Path(home), keep)
            except StackMissingError as why:
                sys.stdout.write(f"{name}: {why}\n")
                continue
            sys.stdout.write(f"{name}: {told.title} ({told.code})\n")


def size_of(text: str) -> tuple[int, int]:
    """Return width and height of a screen, such as ``1024x600``. Raises ValueError for anything else."""
    width, height = text.split("x")
    return int(width), int(height)


def publish(folder: Path) -> None:
    """Put the pictures that the documentation shows into its folder, with few colours."""
    for name, source in SHOWN.items():
        with Image.open(folder / f"{source}.png") as picture:
            # The usual method would give the small ring the colour of something larger.
            picture.quantize(256, Image.Quantize.MAXCOVERAGE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    parser = ArgumentParser("python -m docs.make_guided_run", description="Record guided runs at a real desk.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", nargs="?", default=USUAL, type=size_of, metavar="WIDTHxHEIGHT")
    parser.add_argument("--story", nargs="+", choices=STORIES, default=list(STORIES), metavar="NAME")
    parser.add_argument("--publish", action="store_true")
    wanted = parser.parse_args()
    record(wanted.folder, wanted.size, wanted.story)
    if wanted.publish:
        publish(wanted.folder)
