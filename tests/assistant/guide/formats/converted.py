"""Office files as LibreOffice shows them: pages to read and to look at."""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pptx
from PIL import Image, ImageChops

from assistant.guide.model import Bullets, Guide, Note, Paragraph, Section, Table, parse_text
from assistant.setup.parts import Part
from tests.assistant.guide.formats.press import tool
from tests.assistant.guide.samples import sample_guide

NEEDS = (Part.OFFICE, Part.PDF_TOOLS)

DOTS = 50
"""Per inch, of the pictures of pages."""
LONG = (
    "E-imza sertifikanızın süresi dolmadan önce portalda bir kez E-Onay vermeniz gerekir; böylece yenileme için ıslak "
    "imzalı başvuru formu göndermezsiniz. İşlem **on dakika** sürer, çağrı merkezi güçlüklerde yardımcı olur."
)
"""A paragraph with all the letters that only Turkish has."""


@dataclass(frozen=True)
class Converted:
    """What LibreOffice made of a file."""

    pdf: Path
    texts: tuple[str, ...]
    """Words of each page, white space folded."""
    images: tuple[Image.Image, ...]

    def around(self, page: int, left: float, top: float, width: float, height: float) -> str:
        """Return the words within a rectangle, in points, on *page* counted from 1; white space is folded."""
        corner = ("-x", round(left), "-y", round(top), "-W", round(width), "-H", round(height))
        where = ("-r", 72, "-f", page, "-l", page, *corner)
        return fold(tool("pdftotext", *map(str, where), str(self.pdf), "-"))

    def ink(self, page: int) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of everything that isn't white on *page* counted from 1, in points."""
        image = self.images[page - 1].convert("L")
        box = ImageChops.invert(image).point(lambda grey: 255 if grey > 12 else 0).getbbox()
        assert box is not None, f"page {page} is empty"
        left, top, right, bottom = (length * 72 / DOTS for length in box)
        return left, top, right, bottom


@cache
def _profile() -> Path:
    """Return the profile of this process of the tests, so that they can run in parallel; LibreOffice fills it once."""
    folder = mkdtemp(prefix="office-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return Path(folder)


def convert(path: Path, folder: Path) -> Converted:
    """Turn *path* into pages."""
    said = tool(
        "soffice",
        f"-env:UserInstallation={_profile().as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    )
    pdf = folder / f"{path.stem}.pdf"
    assert pdf.is_file(), said
    texts = tool("pdftotext", "-layout", str(pdf), "-").split("\f")[:-1]
    tool("pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(folder / "page"))
    images = []
    for picture in sorted(folder.glob("page-*.png")):
        with Image.open(picture) as image:
            images.append(image.convert("RGB"))
    return Converted(pdf, tuple(map(fold, texts)), tuple(images))


def fold(text: str) -> str:
    """Return *text* with its white space folded and all hyphens alike."""
    return re.sub(r"\s+", " ", text.replace("\N{NON-BREAKING HYPHEN}", "-")).strip()


def long_guide(folder: Path) -> Guide:
    """Return the sample guide with sections that run over pages, and with short ones after them."""
    guide = sample_guide(folder)
    text = parse_text(LONG)
    rows = tuple((parse_text(f"Kutu {number}"), text) for number in range(1, 25))
    words = Section("words", "Çok uzun bir bölüm", tuple(Paragraph(text) for _ in range(25)), lead="Bunu okuyunuz.")
    table = Section("table", "Uzun çizelge", (Table(("Kutu", "Ne yapar"), rows, "Bütün kutular"),))
    lists = Section("lists", "Öneriler", (Bullets((text,) * 6), Bullets((text,) * 3, ordered=True)))
    notes = Section("notes", "Ölçü ve şüphe", tuple(Note("warning", "Dikkat ediniz", text) for _ in range(5)))
    short = tuple(Section(f"short-{at}", f"Kısa bölüm {at}", (Paragraph(text),)) for at in range(1, 5))
    return replace(guide, sections=(words, *guide.sections[:-1], table, lists, *short, notes, guide.sections[-1]))


def squeezed(file: Path, pages: Converted) -> list[str]:
    """Return the boxes of a presentation that don't hold their words, as measured on the page."""
    found = []
    for page, slide in enumerate(pptx.Presentation(str(file)).slides, start=1):
        for shape in slide.placeholders:
            place = [(length or 0) / 12700 for length in (shape.left, shape.top, shape.width, shape.height)]
            if shape.has_text_frame and place[1] + place[3] < 505:
                wanted = _letters(shape.text_frame.text)
                seen = _letters(pages.around(page, place[0] - 2, place[1] - 2, place[2] + 4, place[3] + 6))
                if wanted != seen:
                    found.append(f"{page}: {shape.name}: {wanted[-40:]} … {seen[-40:]}")
    return found


def _letters(text: str) -> str:
    """Return the letters of *text*: numbers of lists, and hyphens at the ends of lines, may be lost."""
    return re.sub(r"[\s\d.•-]", "", fold(text))
