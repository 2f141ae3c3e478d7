"""Many receipts as one table for the coordinator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from assistant.outcome import Language
from assistant.receipts.kept import OUTCOMES, Kept

COLUMNS: dict[Language, tuple[str, ...]] = {
    "tr": ("dosya", "tarih", "sonuç", "neden", "kimin sözü", "görünüm", "senaryo", "süre (sn)", "adım", "sürüm"),
    "en": ("file", "date", "outcome", "reason", "whose word", "edition", "scenario", "time (s)", "steps", "version"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def row(receipt: Kept, language: Language = "tr") -> tuple[str, ...]:
    """Return the cells of *receipt*, in the order of `COLUMNS`."""
    told = receipt.receipt
    turkish = language == "tr"
    reason = receipt.reason(language)
    return (
        receipt.name,
        f"{receipt.began:%d.%m.%Y %H:%M}",
        OUTCOMES[language][receipt.outcome],
        reason.what if reason else "",
        "portal" if told.witness == "portal" else "kişi" if turkish else "person",
        ("bilinmiyor" if turkish else "unknown") if told.edition == "unknown" else told.edition,
        told.scenario,
        f"{receipt.seconds:.1f}".replace(".", "," if turkish else "."),
        str(len(told.result.steps)),
        told.program,
    )


def counted(receipts: Sequence[Kept], language: Language = "tr") -> tuple[tuple[str, int], ...]:
    """Return how many receipts there are of each outcome, in the order of the outcomes; none is left out."""
    numbers = Counter(receipt.outcome for receipt in receipts)
    return tuple((text, numbers[outcome]) for outcome, text in OUTCOMES[language].items())


def as_csv(receipts: Sequence[Kept]) -> str:
    """Return the table as CSV the way a Turkish spreadsheet opens it: semicolons, decimal commas, byte-order mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS["tr"])
    writer.writerows([_harmless(cell) for cell in row(receipt)] for receipt in receipts)
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
