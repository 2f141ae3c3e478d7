"""The guide as a PDF file for paper and screen: A4, tagged, with bookmarks and page numbers in the contents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from assistant.guide.formats import accessible, html, markup
from assistant.guide.formats.paper import ADDRESS, Press, open_press
from assistant.guide.model import Figure, Guide
from assistant.guide.wording import heading

_SHEET_WIDTH, _SHEET_HEIGHT = 627, 948
"""What the margins leave of an A4 page (166 by 251 mm), CSS pixels."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as one PDF file into *folder*. Raises `SetupError` when there is no browser to lay it out."""
    files = {f"{figure.number}{figure.shot().marked.suffix}": figure.shot().marked for figure in guide.figures}
    pictures = {figure.id: _picture(figure, name) for figure, name in zip(guide.figures, files, strict=True)}
    blanks = {figure.id: _picture(figure, markup.blank(figure.shot())) for figure in guide.figures}
    sections = {section.id: heading(section, guide) for section in guide.walk()}

    def page(numbers: Mapping[str, int], pictures: Mapping[str, html.Picture], tight: Collection[str]) -> str:
        return html.page(guide, pictures, numbers, f"{ADDRESS} data:", tight)

    with open_press() as press:
        # Where a section begins is known only once the pages are laid out; neither numbers nor blanks move anything.
        numbers = dict.fromkeys(sections, 0)
        tight = _too_high(press, page(numbers, blanks, ())) - _too_high(press, page(numbers, blanks, sections))
        begins = accessible.places(press.pdf(page(numbers, blanks, tight)))
        made = press.pdf(page({one: begins[one] for one in sections}, pictures, tight), files)
    about = accessible.About.of(guide, f"{guide.title}: {guide.subtitle}", guide.summary)
    path = folder / f"{guide.words['file.guide']}.pdf"
    path.write_bytes(
        accessible.finish(made, about, sections, (guide.title, guide.words["contents"], *sections.values()))
    )
    return (path,)


def _too_high(press: Press, page: str) -> frozenset[str]:
    """Return the steps of *page* that don't fit on one sheet."""
    heights = press.heights(page, ".step", _SHEET_WIDTH)
    return frozenset(step for step, height in heights.items() if height > _SHEET_HEIGHT)


def _picture(figure: Figure, address: str) -> html.Picture:
    shot = figure.shot()
    return html.Picture(address, round(shot.width / shot.scale), round(shot.height / shot.scale))
