"""The command ``eonay receipts``: past runs, and one of them as a page to print."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.errors import UsageError
from assistant.receipt import receipts_folder
from assistant.receipts import Kept, find_receipt, read_folder
from assistant.receipts.kept import OUTCOMES


@dataclass(frozen=True, slots=True)
class ReceiptsOptions:
    """What was asked for on the command line."""

    page_of: str | None = None
    """Write the page of this receipt."""
    open_of: str | None = None
    """Write it and show it in the person's browser."""
    output: Path | None = None
    """Where to write it; beside the receipt when not given."""
    json_output: bool = False


def run_receipts(options: ReceiptsOptions, folder: Path | None = None) -> int:
    """List the receipts, or write the page of one. Raises `UsageError` for a receipt that is not there."""
    kept, broken = read_folder(folder or receipts_folder())
    wanted = options.open_of or options.page_of
    if wanted is not None:
        page = _write_page(_found(kept, wanted), options.output)
        sys.stdout.write(f"{page}\n")
        if options.open_of:
            import webbrowser

            webbrowser.open(page.resolve().as_uri())
        return 0
    if options.output is not None:
        raise UsageError("--output yalnız --html veya --open ile kullanılır.")
    if options.json_output:
        answer = {
            "receipts": [{"id": receipt.id, **receipt.fields} for receipt in kept],
            "broken": [{"file": file.path.name, "why": file.why} for file in broken],
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return 0
    console = Console(highlight=False)
    if not kept:
        console.print("Henüz makbuz yok. Bir çalışma bitince burada görünür.")
    else:
        console.print(_listing(kept))
        console.print(f"\nKlasör: {kept[0].path.parent}", soft_wrap=True)
        console.print("Yazdırılacak sayfa: eonay receipts --open 1")
    for file in broken:
        console.print(f"! {file.path.name}: {file.why}", style="yellow")
    return 0


def _found(kept: tuple[Kept, ...], wanted: str) -> Kept:
    receipt = find_receipt(kept, wanted)
    if receipt is None:
        raise UsageError(f"{wanted!r} adlı veya numaralı bir makbuz yok. Liste: eonay receipts")
    return receipt


def _write_page(receipt: Kept, output: Path | None) -> Path:
    from assistant.receipts.page import receipt_page

    path = output or receipt.path.with_suffix(".html")
    write_text(path, receipt_page(receipt))
    return path


def write_text(path: Path, text: str) -> None:
    """Write a file that the person named. Raises `UsageError` where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{path} yazılamadı: {error.strerror}") from None


def _listing(kept: tuple[Kept, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("no", "tarih", "sonuç", "neden", "senaryo", "görünüm", "süre", "kimlik"):
        table.add_column(head, overflow="fold", no_wrap=head in {"no", "tarih", "süre"})
    for number, receipt in enumerate(kept, 1):
        style = "green" if receipt.outcome.exit_code == 0 else "yellow"
        table.add_row(
            str(number),
            f"{receipt.began:%d.%m.%Y %H:%M}",
            f"[{style}]{OUTCOMES[receipt.outcome]}[/]",
            receipt.fields["reason"] or "",
            receipt.fields["scenario"],
            receipt.fields["edition"],
            f"{receipt.seconds:.0f} sn",
            receipt.id,
        )
    return table
