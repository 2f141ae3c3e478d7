"""Word and PowerPoint templates of an institution's own."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pptx
import pytest
from docx.shared import Pt, RGBColor

from assistant.base.errors import UsageError
from assistant.guide.formats import docx as word
from assistant.guide.formats import pptx as powerpoint
from assistant.guide.formats.template import SLIDES, WORD, check_templates, places, write_own
from assistant.guide.model import Guide
from tests.assistant.guide.samples import sample_guide


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    """The sample guide."""
    return sample_guide(tmp_path / "pictures")


def as_template(path: Path) -> Path:
    """Return *path* as what Word or PowerPoint saves as a template: another ending, another content type."""
    made = path.with_suffix({".docx": ".dotx", ".pptx": ".potx"}[path.suffix])
    with ZipFile(BytesIO(path.read_bytes())) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for kind in (b"document", b"presentation"):
                content = content.replace(b"." + kind + b".main+xml", b".template.main+xml")
            new.writestr(name, content)
    return made


def test_a_word_template_gives_the_guide_its_look(guide: Guide, tmp_path: Path) -> None:
    """Styles, page and foot are the template's, its own words are gone, and it may be a .dotx."""
    write_own(tmp_path / "own")
    mine = tmp_path / "own/guide.docx"
    document = docx.Document(str(mine))
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0)
    document.styles["Normal"].font.size = Pt(13)
    document.add_paragraph("Kurumun örnek sözü")
    document.sections[0].footer.paragraphs[0].text = "Kurumun altlığı"
    document.save(str(mine))
    templates = check_templates((as_template(mine),), "tr")
    (path,) = word.write(replace(guide, templates=templates), tmp_path)
    made = docx.Document(str(path))
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0, 0)
    assert made.styles["Normal"].font.size == Pt(13)
    assert made.sections[0].footer.paragraphs[0].text == "Kurumun altlığı"
    said = [paragraph.text for paragraph in made.paragraphs]
    assert "Kurumun örnek sözü" not in said
    assert guide.title in said


def test_a_powerpoint_template_gives_the_slides_their_look(guide: Guide, tmp_path: Path) -> None:
    """Layouts are found by name, wherever their placeholders are, and it may be a .potx with slides in it."""
    write_own(tmp_path / "own")
    mine = tmp_path / "own/guide.pptx"
    presentation = pptx.Presentation(str(mine))
    layout = next(it for it in presentation.slide_layouts if it.name == "Guide Picture")
    moved = places(layout)["Picture"]
    moved.left, moved.width = Pt(300), Pt(500)
    presentation.slides.add_slide(layout).shapes.title.text = "Kurumun slaytı"
    presentation.save(str(mine))
    templates = check_templates((as_template(mine),), "tr")
    (path,) = powerpoint.write(replace(guide, templates=templates), tmp_path)
    made = pptx.Presentation(str(path))
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert "Kurumun slaytı" not in titles
    pictures = [it for slide in made.slides for it in slide.placeholders if hasattr(it, "image")]
    assert {picture.left for picture in pictures} == {Pt(300)}
    assert all(picture.width <= Pt(500) for picture in pictures)


def test_what_a_template_lacks_is_named(tmp_path: Path) -> None:
    """The message names each missing style, layout and placeholder, and the command for an example."""
    bare, empty = tmp_path / "kurum.docx", tmp_path / "kurum.pptx"
    docx.Document().save(str(bare))
    with pytest.raises(UsageError, match=r"kurum.docx: .*“Note Danger”.*--template-example"):
        check_templates((bare,), "tr")
    pptx.Presentation().save(str(empty))
    with pytest.raises(UsageError, match=r"kurum.pptx: .*“Guide Picture”"):
        check_templates((empty,), "en")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kurum.docx", b"no archive", "açılamadı"),
        ("kurum.doc", b"", ".dotx"),
        ("kurum.docm", b"", ".dotx"),
        ("kurum.pptx", None, "okunamadı"),
    ],
)
def test_a_file_that_is_none_is_told_of(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    """A file that is missing, broken or of another kind is named, in one sentence."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=f"--template: {name}: .*{told}"):
        check_templates((tmp_path / name,), "tr")


def test_one_of_each_kind(tmp_path: Path) -> None:
    """Both kinds go together; two of one kind don't."""
    own = write_own(tmp_path)
    assert check_templates((own[0], own[2]), "tr") == {WORD: own[0], SLIDES: own[2]}
    with pytest.raises(UsageError, match="aynı tür"):
        check_templates((own[0], as_template(own[0])), "tr")
