"""The guide as a PDF file for paper and screen: A4, tagged, with bookmarks and page numbers in the contents."""

from __future__ import annotations

from pathlib import Path

from assistant.guide.formats import accessible, html
from assistant.guide.formats.paper import ADDRESS, open_press
from assistant.guide.model import Guide
from assistant.guide.wording import heading


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as one PDF file into *folder*. Raises `SetupError` when there is no browser to lay it out."""
    files = {f"{figure.number}{figure.shot().marked.suffix}": figure.shot().marked for figure in guide.figures}
    pictures = {
        figure.id: html.Picture(name, round(shot.width / shot.scale), round(shot.height / shot.scale))
        for figure, name in zip(guide.figures, files, strict=True)
        for shot in (figure.shot(),)
    }
    sections = {section.id: heading(section, guide) for section in guide.walk()}

    def laid_out(numbers: dict[str, int]) -> bytes:
        return press.pdf(html.page(guide, pictures, numbers, f"{ADDRESS} data:"), files)

    with open_press() as press:
        # Where a section begins is known only once the pages are laid out; the numbers don't move anything.
        numbers = accessible.places(laid_out(dict.fromkeys(sections, 0)))
        made = laid_out({section: numbers[section] for section in sections})
    about = accessible.About.of(guide, f"{guide.title}: {guide.subtitle}", guide.summary)
    path = folder / f"{guide.words['file.guide']}.pdf"
    path.write_bytes(accessible.finish(made, about, sections))
    return (path,)
