"""The quick card: the steps in few words on one A5 page, with a QR code to where the person begins; also a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import segno

from assistant.errors import UsageError
from assistant.guide.formats import accessible, markup
from assistant.guide.formats.paper import Press, open_press
from assistant.guide.model import Guide
from assistant.guide.wording import long_date

WIDTH, HEIGHT = 559, 794
"""An A5 page, CSS pixels."""
_SIZES = (13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9)
"""Sizes of the type, points; the largest at which all fits on the page is taken."""
_SCALE = 2


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the card as PDF and as PNG into *folder*.

    Raises `SetupError` when there is no browser to lay it out, `UsageError` when the steps don't fit on one page.
    """
    stem = guide.words["file.card"]
    pdf, png = folder / f"{stem}.pdf", folder / f"{stem}.png"
    with open_press() as press:
        html = _fitting(guide, press)
        made = press.pdf(html)
        png.write_bytes(press.png(html, WIDTH, HEIGHT, _SCALE))
    title = f"{guide.title}: {guide.words['quick_card']}"
    about = accessible.About.of(guide, title, guide.subtitle)
    pdf.write_bytes(accessible.finish(made, about))
    return pdf, png


def _fitting(guide: Guide, press: Press) -> str:
    """Return the card at the largest size of type at which nothing is cut off."""
    for size in _SIZES:
        html = _page(guide, size)
        if press.fits(html, WIDTH, HEIGHT):
            return html
    raise UsageError(f"{guide.words['quick_card']}: adımlar bir A5 sayfasına sığmıyor, kısaltınız.")


def _page(guide: Guide, size: float) -> str:
    sheet = markup.style("card.css", size=size)
    return markup.render(
        "card.html.j2",
        guide=guide,
        labels=markup.LABELS[guide.language],
        date=long_date(guide.brand.date, guide.language),
        code=_code(guide.address),
        sheet=sheet,
        policy=markup.policy(sheet),
    )


def _code(address: str) -> str:
    """Return the QR code as an address of its own; a quarter of it may be dirty or torn."""
    into = BytesIO()
    segno.make(address, error="q", micro=False).save(into, kind="svg", border=2, xmldecl=False, omitsize=True)
    return markup.data_uri(into.getvalue(), ".svg")
