"""The command ``eonay summary``: many receipts as one table for the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from assistant.answer import print_json
from assistant.cli.receipts import write_text
from assistant.console import Console
from assistant.errors import UsageError
from assistant.outcome import Language
from assistant.receipts import Broken, Kept, read_folder
from assistant.receipts.page import summary_page
from assistant.receipts.summary import COLUMNS, as_csv, counted, row

_SHOWN = 6
"""So many columns, the first ones, stand on the terminal."""


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """What was asked for on the command line."""

    folder: Path
    csv: Path | None = None
    html: Path | None = None
    json_output: bool = False
    language: Language = "tr"


def run_summary(options: SummaryOptions) -> int:
    """Read the receipts below the folder and write what was asked for. A broken file is told of and left out."""
    if not options.folder.is_dir():
        raise UsageError(f"{options.folder} adlı bir klasör yok.", f"There is no folder {options.folder}.")
    kept, broken = read_folder(options.folder, deep=True, language=options.language)
    if options.csv is not None:
        write_text(options.csv, as_csv(kept))
    if options.html is not None:
        write_text(options.html, summary_page(*read_folder(options.folder, deep=True)))
    if options.json_output:
        _write_json(kept, broken)
        return 0
    console = Console(highlight=False)
    turkish = options.language == "tr"
    if options.csv is None and options.html is None:
        console.print(_table(kept, options.language))
        console.print()
    told = ", ".join(f"{text}: {number}" for text, number in counted(kept, options.language) if number)
    noun = "makbuz" if turkish else "receipt" if len(kept) == 1 else "receipts"
    console.print(f"{len(kept)} {noun}. {told}")
    for path in filter(None, (options.csv, options.html)):
        console.print(f"{'Yazıldı' if turkish else 'Written'}: {path}", soft_wrap=True, markup=False)
    for file in broken:
        console.print(f"! {file.name}: {file.why}", style="yellow", markup=False)
    return 0


def _table(kept: tuple[Kept, ...], language: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in COLUMNS[language][:_SHOWN]:
        table.add_column(name, overflow="fold")
    for receipt in kept:
        table.add_row(*map(escape, row(receipt, language)[:_SHOWN]))
    return table


def _write_json(kept: tuple[Kept, ...], broken: tuple[Broken, ...]) -> None:
    answer = {
        "count": len(kept),
        "outcomes": {outcome: sum(r.outcome == outcome for r in kept) for outcome in _outcomes(kept)},
        "receipts": [{"file": receipt.name, **receipt.receipt.as_json()} for receipt in kept],
        "broken": [{"file": file.name, "why": file.why} for file in broken],
    }
    print_json(answer)


def _outcomes(kept: tuple[Kept, ...]) -> list[str]:
    return sorted({receipt.outcome for receipt in kept})
