"""The quick card: the steps in few words on one A5 page, with a QR code to where people start; also as a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import segno

from assistant.base.errors import GuideError, UsageError
from assistant.guide.formats.markup import labels
from assistant.guide.model import Guide
from assistant.guide.typeset import about
from assistant.guide.wording import long_date
from assistant.paper.sheet import Sheet

TILE = "Sertifikamı İptal Et"
_NEVER = "kaldırmak istiyorum"
"""The line with these words is the one to stop at."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the card as PDF and as PNG into *folder*. Raises `UsageError` if the steps don't fit on one page."""
    stem = guide.words["file.card"]
    more = labels(guide.language)
    code = BytesIO()
    # Readable even if a quarter of the code is dirty or torn.
    segno.make(guide.address, error="q", micro=False).save(code, kind="svg", border=2, xmldecl=False, omitsize=True)
    data = {
        "about": about(guide, f"{guide.title}: {guide.words['quick_card']}", guide.subtitle),
        "title": guide.title,
        "subtitle": guide.subtitle,
        "steps": [{"text": step, "danger": _NEVER in step} for step in guide.quick_card],
        "tile": TILE,
        "never": more["never"],
        "code_alt": more["code_alt"],
        "support": guide.words["support"],
        "date": long_date(guide.brand.date, guide.language),
    }
    sheet = Sheet("card.typ", data, {"code.svg": code.getvalue()})
    try:
        made = sheet.pdf()
    except GuideError as error:
        if error.detail is None or "too long" not in error.detail:
            raise
        raise UsageError.of("guide.book.card") from None
    pdf, png = folder / f"{stem}.pdf", folder / f"{stem}.png"
    pdf.write_bytes(made)
    png.write_bytes(sheet.png())
    return pdf, png
