"""The guide as slides, read again and turned into pages by LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide as PowerPointSlide

from assistant.guide.formats.office import picture
from assistant.guide.formats.pptx import write
from assistant.guide.model import Guide, Note, NoteKind, Section, parse_text
from tests.assistant.guide.formats.converted import LONG, Converted, convert, long_guide, squeezed

WIDE, HIGH, MARGIN = 960.0, 540.0, 44.0


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide with more words than fit on a slide each."""
    return long_guide(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def file(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's PowerPoint file."""
    (path,) = write(guide, tmp_path_factory.mktemp("pptx"))
    return path


@pytest.fixture(scope="module")
def presentation(file: Path) -> Presentation:
    """The file, read again."""
    return pptx.Presentation(str(file))


@pytest.fixture(scope="module")
def pages(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """The file as LibreOffice lays it out."""
    return convert(file, tmp_path_factory.mktemp("pages"))


def test_the_same_guide_gives_the_same_bytes(guide: Guide, file: Path, tmp_path: Path) -> None:
    """Two writings of one guide can't be told apart."""
    (again,) = write(guide, tmp_path)
    assert again.name == "e-onay-kilavuzu.pptx"
    assert again.read_bytes() == file.read_bytes()


def test_every_slide_has_its_own_title_and_number(presentation: Presentation, pages: Converted) -> None:
    """Who moves by titles, or asks back on "slide 7", finds the place; the sheet is 16:9."""
    titles = [slide.shapes.title.text_frame.text if slide.shapes.title else "" for slide in presentation.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles) == len(pages.texts)
    assert {f"Adım {number}" for number in (1, 2, 3)} <= {title.partition(":")[0] for title in titles}
    for number, text in enumerate(pages.texts[1:], start=2):
        assert text.endswith(f"E-Onay Kılavuzu {number}")
    assert (presentation.slide_width or 0) * 9 == (presentation.slide_height or 0) * 16


def test_the_notes_hold_what_the_trainer_says(guide: Guide, presentation: Presentation) -> None:
    """A trainer has the spoken text of each step below its slide."""
    said = {
        slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text
        for slide in presentation.slides
        if slide.shapes.title and slide.notes_slide.notes_text_frame
    }
    assert len(said) == len(presentation.slides)
    assert all(said.values())
    for step in guide.steps:
        assert said[f"Adım {step.step}: {step.title}"] == step.spoken


def test_every_picture_is_described(guide: Guide, presentation: Presentation) -> None:
    """Every picture has its alternative text, is shown whole, and keeps its proportions."""
    pictures = [
        shape
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE or shape.element.tag == qn("p:pic")
    ]
    assert [it.element.find(f".//{qn('p:cNvPr')}").get("descr") for it in pictures] == [it.alt for it in guide.figures]
    for shape, figure in zip(pictures, guide.figures, strict=True):
        ready = picture(figure)
        assert shape.width / shape.height == pytest.approx(ready.width / ready.height, rel=0.005)
        assert shape.height / 12700 > 300
        crop = shape.element.find(f".//{qn('a:srcRect')}")
        assert crop is None or not crop.attrib or set(crop.attrib.values()) == {"0"}


def test_a_slide_is_read_in_order(presentation: Presentation) -> None:
    """A screen reader says the title, then what to do, then the warning, then the picture and its caption."""
    slide = next(it for it in presentation.slides if _title(it).startswith("Adım 1"))
    kinds = [shape.placeholder_format.type for shape in slide.placeholders]
    shapes = [shape.element.find(f".//{qn('p:ph')}").get("type") for shape in slide.shapes]
    assert shapes == ["title", "body", "body", "pic", "body"]
    assert PP_PLACEHOLDER.PICTURE in kinds
    assert "asla" in slide.shapes[2].text_frame.text
    assert slide.shapes[4].text_frame.text.startswith("Şekil 1. ")


def test_a_warning_looks_as_grave_as_it_is(guide: Guide, tmp_path: Path) -> None:
    """Below a picture what only asks for care stands in the box for that, what can't be undone in the red one."""
    (figure,) = guide.steps[0].figures
    kinds: tuple[NoteKind, ...] = ("warning", "danger")
    notes = {kind: Note(kind, "", parse_text(f"{kind}.")) for kind in kinds}
    sections = tuple(Section(kind, kind, (figure, note)) for kind, note in notes.items())
    both = Section("both", "both", (figure, *notes.values()))
    (path,) = write(replace(guide, sections=(*sections, both)), tmp_path)
    boxes = {"Warning": 11, "Caution": 14}
    found = [
        [name for name, number in boxes.items() if number in {it.placeholder_format.idx for it in slide.placeholders}]
        for slide in list(pptx.Presentation(str(path)).slides)[1:]
    ]
    assert found == [["Caution"], ["Warning"], ["Warning"]]


def test_no_text_hangs_over_its_box(file: Path, pages: Converted) -> None:
    """Measured on the page: each box holds all of its words, and nothing reaches over the edge."""
    assert squeezed(file, pages) == []


def test_no_ink_reaches_the_edge(pages: Converted) -> None:
    """A projector that cuts the rim, or a printer, takes nothing away."""
    for page in range(2, len(pages.texts) + 1):
        left, top, right, bottom = pages.ink(page)
        assert left > MARGIN - 3
        assert right < WIDE - MARGIN + 3
        assert top > 20
        assert bottom < HIGH - 10


def test_words_that_do_not_fit_go_to_another_slide(presentation: Presentation) -> None:
    """A long section is carried on, in order and without loss; its slides are told apart."""
    carried = [it for it in presentation.slides if _title(it).startswith("Çok uzun bir bölüm")]
    assert len(carried) > 2
    assert [_title(it) for it in carried] == [
        f"Çok uzun bir bölüm ({at}/{len(carried)})" for at in range(1, len(carried) + 1)
    ]
    said = [line.text for it in carried for line in it.placeholders[10].text_frame.paragraphs]
    assert said == ["Bunu okuyunuz.", *[LONG.replace("**", "")] * 25]


@pytest.mark.parametrize(("title", "told"), [("Kutu", "Kutu."), ("Hangi kod?", "Hangi kod?"), ("Durun!", "Durun!")])
def test_a_title_with_a_mark_of_its_own_gets_no_full_stop(guide: Guide, tmp_path: Path, title: str, told: str) -> None:
    """The title of a note ends with a full stop, or with its own question mark or exclamation mark alone."""
    asked = Section("asked", "Sorular", (Note("warning", title, parse_text("Okuyunuz.")),))
    (path,) = write(replace(guide, sections=(asked,)), tmp_path)
    said = [shape.text_frame.text for it in pptx.Presentation(str(path)).slides for shape in it.placeholders]
    assert f"Dikkat: {told} Okuyunuz." in said


def _title(slide: PowerPointSlide) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title else ""
