"""What the paper templates need to know about a guide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.guide.model import Guide, Text
from flows.steps import Language


def about(guide: Guide, title: str, subject: str, language: Language | None = None) -> dict[str, Any]:
    """Return the metadata of every file made from *guide*; *language* if it isn't the guide's."""
    brand = guide.brand
    return {
        "title": title,
        "subject": subject,
        "author": brand.institution[-1] if brand.institution else brand.unit,
        "language": language or guide.language,
        "day": [brand.date.year, brand.date.month, brand.date.day],
    }


def spans(text: Text) -> list[dict[str, Any]]:
    """Return *text* as the templates want it."""
    return [{"text": span.text, "strong": span.strong, "link": span.link} for span in text]


def paragraphs(texts: Sequence[Text]) -> list[list[dict[str, Any]]]:
    """Return several texts as the templates want them."""
    return [spans(text) for text in texts]
