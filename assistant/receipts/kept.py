"""Reads receipts back from a folder. A file that isn't one is reported and stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.base.foreign import shown
from assistant.base.outcome import Outcome, Reason, reasons
from assistant.base.words import Language, table, told
from assistant.receipts.receipt import PRACTICE, Receipt, ReceiptError, read_receipt


@dataclass(frozen=True, slots=True)
class SavedReceipt:
    """One receipt in a folder."""

    path: Path
    receipt: Receipt

    @property
    def id(self) -> str:
        """Its name on the command line: the file name without the suffix."""
        return self.path.stem

    @property
    def name(self) -> str:
        """The file name, safe to show."""
        return shown(self.path.name)

    def below(self, root: Path) -> str:
        """Return where it lies below *root*, safe to show: a coordinator has to find it among many schools."""
        return _below(self.path, root)

    @property
    def began(self) -> datetime:
        """When the run began, in this machine's time zone."""
        return self.receipt.began.astimezone()

    @property
    def outcome(self) -> Outcome:
        """How the run ended."""
        return self.receipt.result.outcome

    def reason(self, language: Language = "tr") -> Reason | None:
        """Return why it ended like that, if that needs saying."""
        code = self.receipt.result.reason
        return reasons(language)[code] if code else None

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return self.receipt.result.duration_ms / 1000


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that should have been a receipt."""

    path: Path
    why: str

    @property
    def name(self) -> str:
        """The file name, safe to show."""
        return shown(self.path.name)

    def below(self, root: Path) -> str:
        """Return where it lies below *root*, safe to show: a coordinator has to find it among many schools."""
        return _below(self.path, root)


def read_folder(
    folder: Path, *, deep: bool = False, language: Language = "tr"
) -> tuple[tuple[SavedReceipt, ...], tuple[Broken, ...]]:
    """Return the receipts in *folder*, newest first, and the files that aren't receipts.

    With *deep*, subfolders are searched too. Problems with a file are described in *language*. A folder that doesn't
    exist has no receipts.
    """
    kept: list[SavedReceipt] = []
    broken: list[Broken] = []
    for path in sorted(folder.rglob("*.json") if deep else folder.glob("*.json")):
        if _is_no_file(path):
            continue
        try:
            kept.append(SavedReceipt(path, read_receipt(path)))
        except ReceiptError as error:
            broken.append(Broken(path, error.told(language)))
    kept.sort(key=lambda receipt: receipt.began, reverse=True)
    return tuple(kept), tuple(broken)


def find_receipt(receipts: Sequence[SavedReceipt], wanted: str) -> SavedReceipt | None:
    """Return the receipt with the id *wanted*, or with that number in the list (1 is the newest)."""
    numbered = {str(number): receipt for number, receipt in enumerate(receipts, 1)}
    return numbered.get(wanted.lstrip("0")) or next((receipt for receipt in receipts if receipt.id == wanted), None)


def _is_no_file(path: Path) -> bool:
    """Whether *path* is a folder, say. One in a folder that lets nobody look may be a file: reading it says why not."""
    try:
        return not path.is_file()
    except OSError:
        return False


def _below(path: Path, root: Path) -> str:
    return shown(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)


def outcome_words(outcome: Outcome, language: Language) -> str:
    """Return the outcome in a word or two."""
    return told(f"receipts.outcome.{outcome}", language)


def story_title(scenario: str, language: Language) -> str:
    """Return the title of the practice story in *scenario*, its name if we don't know it; empty for no practice."""
    name = scenario.removeprefix(PRACTICE)
    if name == scenario:
        return ""
    stories: dict[str, dict[str, dict[Language, str]]] = table("practice")["story"]
    return stories[name]["title"][language] if name in stories else name
