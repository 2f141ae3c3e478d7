"""The covering letter as a PDF file, laid out like an official letter. It is Turkish whatever the guide's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.guide.formats.logo import logo_files
from assistant.guide.formats.markup import labels
from assistant.guide.letter import addressee, for_action
from assistant.guide.model import Guide
from assistant.guide.typeset import about, paragraphs
from assistant.paper.sheet import Sheet

_AS_THEY_ARE = (
    *("institution", "unit", "number", "subject", "signatory"),
    *("attachments", "for_information", "contact", "is_example"),
)


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the letter into *folder*; nothing for an institution that says nothing in it.

    Raises `GuideError` if it can't be set.
    """
    brand = guide.brand
    if not brand.body:
        return ()
    facts = about(guide, f"{brand.unit}: {brand.subject}", brand.subject, "tr")
    path = folder / f"{guide.words['file.letter']}.pdf"
    path.write_bytes(Sheet("letter-alone.typ", {**letter_data(guide), "about": facts}, logo_files(brand)).pdf())
    return (path,)


def letter_data(guide: Guide) -> dict[str, Any]:
    """Return what the template of the letter needs."""
    brand = guide.brand
    said = {
        "addressee": addressee(brand),
        "for_action": for_action(brand),
        "body": paragraphs(brand.body),
        "date": f"{brand.date:%d.%m.%Y}",
        "signatory_title": brand.signatory_title.splitlines(),
    }
    own = {name: getattr(brand, name) for name in _AS_THEY_ARE}
    logo = next(iter(logo_files(brand)), None)
    return {"brand": {**own, **said}, "logo": logo, "logo_alt": labels("tr")["logo_alt"]}
