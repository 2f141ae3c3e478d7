"""Records guided runs at a real desk: ``python -m docs.make_guided_run FOLDER [WIDTHxHEIGHT]``.

The real command runs on a screen that nobody sits at (Xvfb), a simulated person presses the panel's buttons and types
into the portal's pages, and a picture of the whole screen is kept at each of their acts. With ``--publish`` at the end,
the few that the documentation shows are made small and put into ``docs/pictures``.
"""

from __future__ import annotations

import sys
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


def record(folder: Path, width: int, height: int) -> None:
    """Write a folder of numbered pictures per story into *folder*."""
    with screen(width, height) as shown, sync_playwright() as playwright:
        for name, story in STORIES.items():
            pictures = folder / name
            pictures.mkdir(parents=True, exist_ok=True)

            def keep(act: str, pages: Sequence[Page], pictures: Path = pictures) -> None:
                for page in pages:
                    page.emulate_media(reduced_motion="reduce")  # a picture of a ring that pulses may show it pale
                    shown.await_paint(page)
                number = len(list(pictures.glob("*.png"))) + 1
                shown.picture().save(pictures / f"{number:02}.png")
                sys.stdout.write(f"{pictures / f'{number:02}.png'}  {act}\n")

            for old in pictures.glob("*.png"):
                old.unlink()
            try:
                with TemporaryDirectory(prefix="home-") as home:
                    told = story(playwright, shown, Path(home), keep)
            except StackMissingError as why:
                sys.stdout.write(f"{name}: {why}\n")
                continue
            sys.stdout.write(f"{name}: {told.title} ({told.code})\n")


def publish(folder: Path) -> None:
    """Put the pictures that the documentation shows into its folder, in few colours."""
    for name, source in SHOWN.items():
        with Image.open(folder / f"{source}.png") as picture:
            # The usual method gives the ring, which is small, the colour of something larger.
            picture.quantize(256, Image.Quantize.MAXCOVERAGE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--publish"]
    wanted = given[1] if len(given) > 1 else USUAL
    record(Path(given[0]), *(int(side) for side in wanted.split("x")))
    if "--publish" in sys.argv:
        publish(Path(given[0]))
