"""Many receipts in one table, for the coordinator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.base.duration import lasted
from assistant.base.foreign import shown
from assistant.base.outcome import Outcome
from assistant.base.words import Language, words
from assistant.receipts.kept import SavedReceipt, outcome_words, story_title
from assistant.receipts.receipt import PRACTICE
from assistant.run.question import HELPED_STEP
from flows import steps

REAL = frozenset({"guided", "companion"})
"""Scenarios that count: runs on the real portal. The rest is practice, rehearsal, or visits we only watched."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts with one of these is a formula to a spreadsheet."""


def columns(language: Language, *, practice: bool = False) -> tuple[str, ...]:
    """Return the column headings, for real runs or for practice."""
    return tuple(words("receipts", language).group("practice_column" if practice else "column").values())


def row(receipt: SavedReceipt, language: Language = "tr", root: Path | None = None) -> tuple[str, ...]:
    """Return the cells of *receipt*, in the order of `columns`. Its folder is shown relative to *root*."""
    told, texts = receipt.receipt, words("receipts", language)
    reason = receipt.reason(language)
    return (
        folder_of(receipt, root),
        f"{receipt.began:%d.%m.%Y %H:%M}",
        outcome_words(receipt.outcome, language),
        reason.what if reason else "",
        texts(f"summary.by_{told.witness}"),
        texts("page.unknown") if told.edition == "unknown" else told.edition,
        told.scenario,
        f"{receipt.seconds:.1f}".replace(".", "," if language == "tr" else "."),
        str(len(told.result.steps)),
        told.program,
        receipt.name,
    )


def practice_row(receipt: SavedReceipt, language: Language = "tr", root: Path | None = None) -> tuple[str, ...]:
    """Return the cells of a practice, in the order of its `columns`, including where the person took longest."""
    told = receipt.receipt
    reason = receipt.reason(language)
    walked = [step for step in told.result.steps if step.id != HELPED_STEP]
    longest = max(walked, key=lambda step: step.took_ms, default=None)
    titles = steps(language)
    title = ""
    if longest is not None:
        title = titles[longest.id].title if longest.id in titles else longest.id
    return (
        folder_of(receipt, root),
        f"{receipt.began:%d.%m.%Y %H:%M}",
        story_title(told.scenario, language),
        outcome_words(receipt.outcome, language),
        reason.what if reason else "",
        title,
        lasted(longest.took_ms, language) if longest is not None else "",
        str(len(told.result.steps) - len(walked)),
        lasted(told.result.duration_ms, language),
    )


def folder_of(receipt: SavedReceipt, root: Path | None) -> str:
    """Return *receipt*'s folder below *root*, such as the school it comes from; empty for *root* itself."""
    folder = receipt.path.parent
    if root is None or not folder.is_relative_to(root):
        return ""
    below = folder.relative_to(root).as_posix()
    return "" if below == "." else shown(below)


def real_ones(receipts: Sequence[SavedReceipt]) -> tuple[SavedReceipt, ...]:
    """Return the receipts that count: see `REAL`."""
    return tuple(receipt for receipt in receipts if receipt.receipt.scenario in REAL)


def practices(receipts: Sequence[SavedReceipt]) -> tuple[SavedReceipt, ...]:
    """Return the practice receipts."""
    return tuple(receipt for receipt in receipts if receipt.receipt.scenario.startswith(PRACTICE))


def counted(receipts: Sequence[SavedReceipt], language: Language = "tr") -> tuple[tuple[str, int], ...]:
    """Return how many receipts each outcome has, in the order of the outcomes, zeros included."""
    numbers = Counter(receipt.outcome for receipt in receipts)
    return tuple((outcome_words(outcome, language), numbers[outcome]) for outcome in Outcome)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV that a Turkish spreadsheet opens: semicolons, decimal commas, byte-order mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
