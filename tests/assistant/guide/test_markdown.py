"""The guide as Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.guide.formats.markdown import write
from assistant.guide.model import Guide, Paragraph, Section, parse_text
from tests.assistant.guide.samples import sample_guide


def test_pictures_contents_and_words_are_there(tmp_path: Path) -> None:
    """Each picture is where the text says, with its description; each line of the contents leads to a heading."""
    out = tmp_path / "out"
    out.mkdir()
    guide = sample_guide(tmp_path / "pictures")
    path, *pictures = write(guide, out)
    text = path.read_text(encoding="utf-8")
    shown = dict(re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text))
    assert [out / name for name in shown.values()] == pictures
    assert list(shown) == [figure.alt for figure in guide.figures]
    assert all(
        picture.read_bytes() == f.shot().marked.read_bytes() for picture, f in zip(pictures, guide.figures, strict=True)
    )
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert re.findall(r"\]\(#([^)]+)\)", text) == anchors == [section.id for section in guide.walk()]
    assert "> **Asla: Sertifikamı İptal Et**  \n> Bu kutuya **asla** basmayınız." in text
    assert "| E-Onay İşlemleri | E-Onay verilir. |" in text
    assert "(Şematik çizim)" in text


def test_the_same_guide_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two writings don't differ."""
    guide = sample_guide(tmp_path / "pictures")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(guide, tmp_path / name)
    first, second = ({p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in "ab")
    assert first == second


def test_signs_of_the_language_are_shown_as_they_are(tmp_path: Path) -> None:
    """Stars, brackets, pipes and numbers at the beginning of a line mean nothing in a text."""
    guide = sample_guide(tmp_path / "pictures")
    section = Section("x", "1. a_b*c", (Paragraph(parse_text("- <b>|[x]`")),))
    path, *_ = write(_with(guide, section), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert r"## 1\. a\_b\*c" in text
    assert r"\- \<b\>\|\[x\]\`" in text


def _with(guide: Guide, section: Section) -> Guide:
    from dataclasses import replace

    return replace(guide, sections=(section,))
