"""A receipt as PDF: an accessible A4 sheet that says what the page says. Same receipt, same bytes."""

from __future__ import annotations

from assistant.paper.sheet import Sheet
from assistant.receipts.kept import SavedReceipt
from assistant.receipts.page import page_words, receipt_facts


def receipt_pdf(receipt: SavedReceipt) -> bytes:
    """Return *receipt* as PDF/UA-1, in Turkish. Raises as `Sheet.pdf` does."""
    facts = receipt_facts(receipt)
    kept, began, reason, texts = receipt.receipt, receipt.began, facts["reason"], page_words()
    said = [facts["sentence"], f"{reason.what} {reason.remedy}" if reason else "", facts["done"]]
    data = {
        "about": {
            "title": f"{texts('page.title')} {receipt.id}",
            "subject": facts["outcome"],
            "author": "eonay",
            "language": "tr",
            "day": [began.year, began.month, began.day],
        },
        "id": receipt.id,
        "rehearsal": facts["rehearsal"],
        "rehearsal_head": facts["rehearsal_head"],
        "good": facts["good"],
        "outcome": f"{'✓' if facts['good'] else '✗'} {facts['outcome']}",
        "said": [sentence for sentence in said if sentence],
        "rows": facts["rows"],
        "steps": [[step.at, step.title, step.took] for step in facts["steps"]],
        "watched": [[line.screen, line.would_press, line.pressed] for line in kept.watched],
        "words": texts.group("page"),
    }
    return Sheet("receipt.typ", data).pdf()
