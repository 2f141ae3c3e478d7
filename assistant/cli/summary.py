"""The command ``eonay summary``: many receipts in one table, for the coordinator."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
"""How many columns of real runs we show in the terminal."""
_SPARED = (4, 1, 8)
"""The columns of practice that a narrow terminal does without, the first to go first: reason, date, time in all."""
_GAP = 2
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d]{1,3}\b)")
"""The space before a unit, as in 35 sn, where no line ends."""


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
        rows = [columns(language, practice=practice), *(cells(receipt, language, root) for receipt in kept)]
        if not practice:
            rows = [line[:_SHOWN] for line in rows]
        console.print(_table(rows, console.width, _SPARED if practice else ()))
        console.print()
    told = ", ".join(f"{text}: {number}" for text, number in counted(kept, language) if number)
    console.print(texts("summary.count", count=len(kept), told=told).strip())
    console.print(texts("summary.practice" if practice else "summary.real"))
    if left := len(every) - len(kept):
        console.print(texts("summary.left", left=left))
    for path in filter(None, (options.csv, options.html)):
        console.print(f"{texts('summary.written')}: {path}", soft_wrap=True, markup=False)
    for file in broken:
        console.print(f"! {file.below(root)}: {file.why}", style="yellow", markup=False, soft_wrap=True)
    return 0


def _table(rows: Sequence[Sequence[str]], width: int, spared: Sequence[int]) -> Table:
    """Return *rows*, the first of them the heads, in *width* columns of text; lines end between words."""
    rows = [[_UNIT.sub("\u00a0", cell) for cell in line] for line in rows]
    every = list(zip(*rows, strict=True))
    widths = [max(len(word) for cell in column for word in cell.split(" ")) for column in every]
    shown = list(range(len(every)))
    for column in spared:
        if sum(widths[at] + _GAP for at in shown) > width:
            shown.remove(column)
    left = width - sum(widths[at] + _GAP for at in shown)
    for at in shown:
        more = max(0, min(left, max(map(len, every[at])) - widths[at]))
        widths[at], left = widths[at] + more, left - more
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False)
    heads, *lines = rows
    for at in shown:
        table.add_column(heads[at], overflow="fold", width=widths[at] if left >= 0 else None)
    for line in lines:
        table.add_row(*(escape(line[at]) for at in shown))
    return table


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
