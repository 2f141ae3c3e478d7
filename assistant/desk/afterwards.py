"""What a person can do after a run: see the receipt, get a reminder, start again, make room for the next person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.base.files import write
from assistant.base.opening import show_file
from assistant.base.outcome import Outcome
from assistant.base.trouble import why
from assistant.base.words import Words
from assistant.card.reminder import calendar, reminder_days
from assistant.receipts.receipt import Receipt, SaveResult

Wish = Literal["", "again", "next", "other"]
"""What comes next: nothing, the same again, the next person, another story to practise."""
_GOOD = frozenset({Outcome.CONSENT_GIVEN, Outcome.ALREADY_CONSENTED})


@dataclass
class Afterwards:
    """Offers what fits the end of a run, and does it. One per run."""

    words: Words
    ends: datetime | None = None
    """When the certificate ends, for a reminder; None if we don't know."""
    is_practice: bool = False
    wish: Wish = field(default="", init=False)
    told: str = field(default="", init=False)
    """The result of the last action."""
    show: Callable[[Path], bool] = show_file
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _receipt: Receipt | None = field(default=None, init=False)
    _path: Path | None = field(default=None, init=False)

    def offer(self, receipt: Receipt, kept: SaveResult | None) -> tuple[tuple[str, str], ...]:
        """Return what the person can do after the run of *receipt*: name and label of each."""
        self._receipt, self._path = receipt, kept.path if kept is not None else None
        is_good = receipt.result.outcome in _GOOD
        names: list[str] = []
        if self._path is not None:
            names.append("receipt")
        if self._path is not None and is_good and self._is_worth_a_reminder:
            names.append("calendar")
        if self.is_practice:
            names += ["again", "other"]
        else:
            names += [] if is_good or receipt.result.outcome is Outcome.UNVERIFIED else ["again"]
            names.append("next")
        return tuple((name, self.words(f"after.{name}")) for name in names)

    @property
    def _is_worth_a_reminder(self) -> bool:
        # Nobody wants the day of a made-up certificate in their calendar.
        return not self.is_practice and self.ends is not None and bool(reminder_days(self.ends, self.now()))

    def take(self, name: str) -> bool:
        """Do what the person chose; return whether that ends this run's last view."""
        if name in {"again", "next", "other"}:
            self.wish = name  # type: ignore[assignment]  # one of the three
            return True
        if self._path is not None and name == "receipt":
            self._open(self._path.with_suffix(".html"), self._page)
        elif self._path is not None and name == "calendar" and self.ends is not None:
            ends = self.ends
            self._open(self._path.with_suffix(".ics"), lambda: calendar(ends, self.now(), self.words.language))
        return False

    def _page(self) -> str:
        from assistant.receipts.kept import SavedReceipt
        from assistant.receipts.page import receipt_page

        if self._path is None or self._receipt is None:
            raise ValueError("there is no receipt")
        return receipt_page(SavedReceipt(self._path, self._receipt))

    def _open(self, path: Path, content: Callable[[], str]) -> None:
        try:
            write(path, content(), private=True)
        except OSError as error:
            self.told = self.words("after.not_written", path=path, why=why(error, self.words.language))
            return
        self.told = self.words("after.opened" if self.show(path) else "after.written", path=path)
