"""The covering letter as a PDF file, laid out like an official letter. It is Turkish whatever the guide's language."""

from __future__ import annotations

from pathlib import Path

from assistant.guide.formats import accessible, markup
from assistant.guide.formats.paper import open_press
from assistant.guide.model import Guide


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the letter into *folder*; nothing for an institution that says nothing in it.

    Raises `SetupError` when there is no browser to lay it out.
    """
    brand = guide.brand
    if not brand.body:
        return ()
    sheet = markup.style("letter-page.css", "letter.css")
    title = f"{brand.unit}: {brand.subject}"
    html = markup.render(
        "letter.html.j2", title=title, sheet=sheet, policy=markup.policy(sheet), **markup.letter_words(brand)
    )
    with open_press() as press:
        made = press.pdf(html)
    about = accessible.About.of(guide, title=title, subject=brand.subject, language="tr")
    path = folder / f"{guide.words['file.letter']}.pdf"
    path.write_bytes(accessible.finish(made, about))
    return (path,)
