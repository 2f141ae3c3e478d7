"""The command ``eonay receipts``: past runs, and one of them as a page to print."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.table import Table

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.duration import lasted
from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.foreign import shown
from assistant.base.trouble import why
from assistant.base.words import Language, words
from assistant.receipts import SavedReceipt, find_receipt, read_folder
from assistant.receipts.kept import outcome_words
from assistant.receipts.receipt import practice_folder, receipts_folder

_OUTCOME = 2
"""The column we may wrap."""


@dataclass(frozen=True, slots=True)
class ReceiptsOptions:
    """The command-line options."""

    page_of: str | None = None
    """Write the page of this receipt."""
    open_of: str | None = None
    """Write it and show it in the person's browser."""
    pdf_of: str | None = None
    """Write this receipt as a PDF file."""
    output: Path | None = None
    """Where to write it; next to the receipt if not given."""
    json_output: bool = False
    language: Language = "tr"


def run_receipts(options: ReceiptsOptions, folder: Path | None = None) -> int:
    """List the receipts, or write the page of one. Raises `UsageError` if there is no such receipt."""
    kept, broken = read_folder(folder or receipts_folder(), language=options.language)
    wanted = options.open_of or options.page_of or options.pdf_of
    if wanted is not None:
        write = _write_pdf if options.pdf_of else _write_page
        page = write(_found(kept, wanted), options.output)
        if options.json_output:
            print_json({"page": str(page)})
        else:
            sys.stdout.write(f"{page}\n")
        if options.open_of:
            import webbrowser

            webbrowser.open(page.resolve().as_uri())
        return 0
    if options.output is not None:
        raise UsageError.of("cli.receipts.output_alone")
    if options.json_output:
        answer = {
            "receipts": [{"id": shown(receipt.id), **receipt.receipt.as_json()} for receipt in kept],
            "broken": [{"file": file.name, "why": file.why} for file in broken],
        }
        print_json(answer)
        return 0
    console = Console(highlight=False)
    texts = words("cli", options.language)
    if not kept:
        console.print(texts("receipts.none"))
    else:
        console.print(_listing(kept, options.language))
        console.print(f"\n{texts('receipts.folder')}: {kept[0].path.parent}", soft_wrap=True, markup=False)
        console.print(f"{texts('receipts.page')}: eonay receipts --open 1")
    if folder is None and any(practice_folder().glob("*.json")):
        console.print(texts("receipts.practice", folder=practice_folder()), soft_wrap=True, markup=False)
    for file in broken:
        console.print(f"! {file.name}: {file.why}", style="yellow", markup=False)
    return 0


def _found(kept: tuple[SavedReceipt, ...], wanted: str) -> SavedReceipt:
    receipt = find_receipt(kept, wanted)
    if receipt is None:
        raise UsageError.of("cli.receipts.unknown", name=repr(wanted))
    return receipt


def _write_page(receipt: SavedReceipt, output: Path | None) -> Path:
    from assistant.receipts.page import receipt_page

    path = output or receipt.path.with_suffix(".html")
    write_text(path, receipt_page(receipt))
    return path


def _write_pdf(receipt: SavedReceipt, output: Path | None) -> Path:
    from assistant.receipts.paper import receipt_pdf

    path = output or receipt.path.with_suffix(".pdf")
    write_text(path, receipt_pdf(receipt))
    return path


def write_text(path: Path, text: str | bytes) -> None:
    """Write a file about a person's runs where they asked. Raises `UsageError` if that fails."""
    try:
        write(path, text, private=True)
    except OSError as error:
        raise UsageError.of("cli.all.unwritten", path=path, why=partial(why, error)) from None


def _listing(kept: tuple[SavedReceipt, ...], language: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, head in enumerate(words("cli", language).group("receipts.head").values()):
        table.add_column(head, overflow="fold", no_wrap=number != _OUTCOME)
    for number, receipt in enumerate(kept, 1):
        style = "green" if receipt.outcome.exit_code == 0 else "yellow"
        code = receipt.receipt.result.reason
        table.add_row(
            str(number),
            f"{receipt.began:%d.%m.%Y %H:%M}",
            f"[{style}]{outcome_words(receipt.outcome, language)}[/]{f' ({code})' if code else ''}",
            lasted(receipt.seconds * 1000, language),
            shown(receipt.id),
        )
    return table
