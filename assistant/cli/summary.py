"""The command ``eonay summary``: many receipts in one table, for the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.words import Language, words
from assistant.cli.receipts import write_text
from assistant.receipts import Broken, SavedReceipt, read_folder
from assistant.receipts.page import summary_page
from assistant.receipts.summary import (
    as_csv,
    columns,
    counted,
    folder_of,
    practice_row,
    practices,
    real_ones,
    row,
)

_SHOWN = 5
"""How many columns we show in the terminal."""


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """The command-line options."""

    folder: Path
    csv: Path | None = None
    html: Path | None = None
    practice: bool = False
    """Sum up practice, desk by desk, instead of real runs."""
    json_output: bool = False
    language: Language = "tr"


def run_summary(options: SummaryOptions) -> int:
    """Read the receipts below the folder and write the table. Reports broken files and skips them."""
    root, language, practice = options.folder, options.language, options.practice
    if not root.is_dir():
        raise UsageError.of("cli.summary.no_folder", folder=root)
    every, broken = read_folder(root, deep=True, language=language)
    kept = practices(every) if practice else real_ones(every)
    cells = practice_row if practice else row
    if options.csv is not None:
        write_text(
            options.csv, as_csv(columns("tr", practice=practice), (cells(receipt, "tr", root) for receipt in kept))
        )
    if options.html is not None:
        page = summary_page(*read_folder(root, deep=True), root, practice=practice)
        write_text(options.html, page)
    if options.json_output:
        _write_json(kept, broken, root, len(every) - len(kept))
        return 0
    console = Console(highlight=False)
    texts = words("cli", language)
    if options.csv is None and options.html is None:
        table = Table(box=None, padding=(0, 2, 0, 0))
        shown = None if practice else _SHOWN
        for name in columns(language, practice=practice)[:shown]:
            table.add_column(name, overflow="fold")
        for receipt in kept:
            table.add_row(*map(escape, cells(receipt, language, root)[:shown]))
        console.print(table)
        console.print()
    told = ", ".join(f"{text}: {number}" for text, number in counted(kept, language) if number)
    console.print(texts("summary.count", count=len(kept), told=told).strip())
    console.print(texts("summary.practice" if practice else "summary.real"))
    if left := len(every) - len(kept):
        console.print(texts("summary.left", left=left))
    for path in filter(None, (options.csv, options.html)):
        console.print(f"{texts('summary.written')}: {path}", soft_wrap=True, markup=False)
    for file in broken:
        console.print(f"! {file.name}: {file.why}", style="yellow", markup=False)
    return 0


def _write_json(kept: tuple[SavedReceipt, ...], broken: tuple[Broken, ...], root: Path, left_out: int) -> None:
    answer = {
        "count": len(kept),
        "not_counted": left_out,
        "outcomes": {outcome: sum(r.outcome == outcome for r in kept) for outcome in _outcomes(kept)},
        "receipts": [
            {"file": receipt.name, "folder": folder_of(receipt, root), **receipt.receipt.as_json()} for receipt in kept
        ],
        "broken": [{"file": file.name, "why": file.why} for file in broken],
    }
    print_json(answer)


def _outcomes(kept: tuple[SavedReceipt, ...]) -> list[str]:
    return sorted({receipt.outcome for receipt in kept})
