"""The guide as a PDF file for paper and screen: A4, tagged, with bookmarks and page numbers in the contents."""

from __future__ import annotations

from pathlib import Path

from assistant.guide.formats import accessible, html, markup
from assistant.guide.formats.paper import ADDRESS, open_press
from assistant.guide.model import Figure, Guide
from assistant.guide.wording import heading


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as one PDF file into *folder*. Raises `SetupError` when there is no browser to lay it out."""
    files = {f"{figure.number}{figure.shot().marked.suffix}": figure.shot().marked for figure in guide.figures}
    pictures = {figure.id: _picture(figure, name) for figure, name in zip(guide.figures, files, strict=True)}
    blanks = {figure.id: _picture(figure, markup.blank(figure.shot())) for figure in guide.figures}
    sections = {section.id: heading(section, guide) for section in guide.walk()}
    allowed = f"{ADDRESS} data:"
    with open_press() as press:
        # Where a section begins is known only once the pages are laid out; neither numbers nor blanks move anything.
        first = press.pdf(html.page(guide, blanks, dict.fromkeys(sections, 0), allowed))
        numbers = accessible.places(first)
        made = press.pdf(html.page(guide, pictures, {one: numbers[one] for one in sections}, allowed), files)
    about = accessible.About.of(guide, f"{guide.title}: {guide.subtitle}", guide.summary)
    path = folder / f"{guide.words['file.guide']}.pdf"
    path.write_bytes(
        accessible.finish(made, about, sections, (guide.title, guide.words["contents"], *sections.values()))
    )
    return (path,)


def _picture(figure: Figure, address: str) -> html.Picture:
    shot = figure.shot()
    return html.Picture(address, round(shot.width / shot.scale), round(shot.height / shot.scale))
