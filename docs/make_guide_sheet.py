"""Puts pages of every format of a guide on one sheet: ``python -m docs.make_guide_sheet FOLDER [RECEIPT.pdf]``.

FOLDER holds a guide in Turkish, as ``eonay guide`` makes it. Poppler turns PDF files into pictures, LibreOffice turns
Word and PowerPoint files into PDF; the browser shows the web page, and PyAV the film.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image, ImageDraw

from assistant.base.settings import Settings
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.guide.film.fonts import typeface
from assistant.guide.model import Theme
from assistant.setup import find_browser

TARGET = Path(__file__).parent / "guide" / "pages.png"
STEM = "e-onay-kilavuzu"
HIGH, GAP, WIDE = 250, 10, 1900
"""Pixels: of a page, around it, of the sheet."""


def run(*command: str | Path) -> None:
    """Run a program of the system."""
    subprocess.run([str(word) for word in command], check=True, capture_output=True)  # noqa: S603 - what is typed here


def of_pdf(path: Path, into: Path) -> list[Path]:
    """Return pictures of all pages of a PDF file."""
    run("pdftoppm", "-r", "60", "-png", path, into / path.name)
    return sorted(into.glob(f"{path.name}-*.png"))


def of_office(path: Path, into: Path) -> list[Path]:
    """Return pictures of all pages as LibreOffice lays them out."""
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    made = into / path.suffix.lstrip(".")
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", made, path)
    (made / f"{path.stem}.pdf").rename(into / f"{path.name}.pdf")
    return of_pdf(into / f"{path.name}.pdf", into)


def of_page(path: Path, into: Path) -> list[Path]:
    """Return pictures of the web page: wide, dark, narrow."""
    looks: tuple[tuple[Theme, int], ...] = (("light", 1100), ("dark", 1100), ("light", 390))
    found = []
    with open_browser(find_browser(Settings.load().browser, unattended=True), BrowserOptions()) as browser:
        for theme, width in looks:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
            page.goto(path.as_uri())
            page.locator("#nes-title").evaluate("title => title.scrollIntoView({ behavior: 'instant' })")
            found.append(into / f"web-{theme}-{width}.png")
            page.screenshot(path=found[-1])
    return found


def of_film(path: Path, into: Path) -> list[Path]:
    """Return some frames of the film."""
    found = []
    with av.open(path) as film:
        length = (film.duration or 0) / 1_000_000
        for share in (0.02, 0.3, 0.45, 0.62, 0.8):
            film.seek(round(length * share * 1_000_000))
            found.append(into / f"{path.name}-{share}.png")
            frames = list(islice(film.decode(video=0), 40))  # by then nothing is fading any more
            frames[-1].to_image().save(found[-1])  # type: ignore[no-untyped-call] # left open there
    return found


def of_image(path: Path, into: Path) -> list[Path]:
    """Return some frames of the animated image."""
    found = []
    with Image.open(path) as image:
        for frame in range(0, getattr(image, "n_frames", 1), 5):
            image.seek(frame)
            found.append(into / f"{path.name}-{frame}.png")
            image.convert("RGB").save(found[-1])
    return found


def rows(folder: Path, receipt: Path | None, into: Path) -> Iterator[tuple[str, list[Path]]]:
    """Return the name of each format and the pictures of its pages."""
    yield "PDF", of_pdf(folder / f"{STEM}.pdf", into)
    yield "Word", of_office(folder / f"{STEM}.docx", into)
    yield "PowerPoint", of_office(folder / f"{STEM}.pptx", into)
    small = [*of_pdf(folder / "e-onay-hizli-kart.pdf", into), *of_pdf(folder / "e-onay-ust-yazi.pdf", into)]
    small += of_office(folder / "e-onay-ust-yazi.docx", into)
    yield "Card, letter (PDF, Word), receipt", [*small, *(of_pdf(receipt, into) if receipt else [])]
    yield "Web page", of_page(folder / f"{STEM}.html", into)
    yield "Film", of_film(folder / f"{STEM}.mp4", into)
    yield "GIF", of_image(folder / f"{STEM}.gif", into)


def put_together(parts: list[tuple[str, list[Path]]]) -> Image.Image:
    """Return the sheet."""
    placed: list[tuple[int, int, Image.Image | str]] = []
    x, y = GAP, GAP
    for name, pictures in parts:
        placed.append((GAP, y, name))
        x, y = GAP, y + 34
        for path in pictures:
            with Image.open(path) as opened:
                page = opened.convert("RGB")
            page = page.resize((round(page.width * HIGH / page.height), HIGH), Image.Resampling.LANCZOS)
            if x + page.width + GAP > WIDE:
                x, y = GAP, y + HIGH + GAP
            placed.append((x, y, page))
            x += page.width + GAP
        y += HIGH + 2 * GAP
    sheet = Image.new("RGB", (WIDE, y), "#c3cad3")
    draw = ImageDraw.Draw(sheet)
    for left, top, what in placed:
        if isinstance(what, str):
            draw.text((left, top), what, font=typeface(24, strong=True), fill="#14213d")
        else:
            sheet.paste(what, (left, top))
    return sheet


def main(folder: Path, receipt: Path | None = None) -> None:
    """Make the sheet of the guide in *folder*."""
    with TemporaryDirectory(prefix="eonay-sheet-") as into:
        sheet = put_together(list(rows(folder.resolve(), receipt, Path(into))))
    sheet.quantize(128, dither=Image.Dither.NONE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
