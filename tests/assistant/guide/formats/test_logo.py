"""An institution's logo in office files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
from PIL import Image

from assistant.guide.formats import docx as word
from assistant.guide.formats import letter_docx
from assistant.guide.formats import pptx as powerpoint
from assistant.guide.formats.logo import read_logo
from assistant.guide.model import Guide
from tests.assistant.guide.formats.press import Write, make
from tests.assistant.guide.samples import BRAND, sample_guide

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">
  <rect x="100" y="20" width="180" height="60" fill="#9b1c1c"/>
</svg>"""


def test_there_may_be_no_logo() -> None:
    """An institution without a logo gets none."""
    assert read_logo(BRAND, 100, 50) is None


def test_a_wide_logo_keeps_its_shape_and_its_place(tmp_path: Path) -> None:
    """However wide a logo is, it stays within the room it has, and isn't squeezed."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (1000, 100), "navy").save(path)
    logo = read_logo(replace(BRAND, logo=path), 200, 56)
    assert logo is not None
    assert (logo.width, logo.height, logo.alt) == (200, 20, "ÖRNEK İL VALİLİĞİ")


def test_a_drawn_logo_becomes_a_picture_without_a_rim(tmp_path: Path) -> None:
    """An SVG is drawn, and the white around it cut off."""
    path = tmp_path / "logo.svg"
    path.write_text(SVG, encoding="utf-8")
    with ThreadPoolExecutor(1) as pool:
        logo = pool.submit(read_logo, replace(BRAND, logo=path), 300, 60).result()
    assert logo is not None
    with Image.open(BytesIO(logo.png)) as image:
        assert image.width / image.height == pytest.approx(3, rel=0.03)
        assert image.convert("RGB").getpixel((image.width // 2, image.height // 2)) == (0x9B, 0x1C, 0x1C)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide of an institution with a logo, and without sections."""
    folder = tmp_path_factory.mktemp("logo")
    path = folder / "logo.png"
    Image.new("RGB", (300, 100), "navy").save(path)
    guide = sample_guide(folder / "pictures")
    return replace(guide, brand=replace(BRAND, logo=path), sections=guide.sections[-1:])


@pytest.mark.parametrize("write", [word.write, letter_docx.write])
def test_the_logo_stands_above_the_head(write: Write, guide: Guide, tmp_path: Path) -> None:
    """Guide and letter start with the logo, described by the institution's name."""
    (path,) = make(write, tmp_path, guide)
    document = docx.Document(str(path))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "ÖRNEK İL VALİLİĞİ"
    assert shape.width / shape.height == pytest.approx(3, rel=0.01)
    texts = [it.text for it in document.paragraphs]
    holder = next(at for at, it in enumerate(document.paragraphs) if it._p.find(".//{*}drawing") is not None)
    assert holder < texts.index("T.C.")


def test_the_logo_stands_on_the_first_slide(guide: Guide, tmp_path: Path) -> None:
    """The presentation shows the logo once, described by the institution's name."""
    (path,) = make(powerpoint.write, tmp_path, guide)
    slides = list(pptx.Presentation(str(path)).slides)
    logos = [[shape for shape in slide.shapes if shape.name == "logo"] for slide in slides]
    assert [len(found) for found in logos] == [1, *[0] * (len(slides) - 1)]
