"""The covering letter as a PDF file, laid out like an official letter. It is Turkish whatever the guide's language."""

from __future__ import annotations

from pathlib import Path

from assistant.guide.formats import accessible, markup
from assistant.guide.formats.paper import open_press
from assistant.guide.model import Brand, Guide


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the letter into *folder*; nothing for an institution that says nothing in it.

    Raises `SetupError` when there is no browser to lay it out.
    """
    brand = guide.brand
    if not brand.body:
        return ()
    title = f"{brand.unit}: {brand.subject}"
    with open_press() as press:
        made = press.pdf(_page(title, brand, numbered=False))
        if accessible.pages(made) > 1:
            # The Regulation wants numbers on the pages of a letter that has several.
            made = press.pdf(_page(title, brand, numbered=True))
    about = accessible.About.of(guide, title=title, subject=brand.subject, language="tr")
    path = folder / f"{guide.words['file.letter']}.pdf"
    path.write_bytes(accessible.finish(made, about))
    return (path,)


def _page(title: str, brand: Brand, *, numbered: bool) -> str:
    sheet = markup.style("letter-page.css", "letter.css", numbered=numbered)
    words = markup.letter_words(brand)
    return markup.render("letter.html.j2", title=title, sheet=sheet, policy=markup.policy(sheet), **words)
