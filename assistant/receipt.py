"""What a run leaves: a receipt built from a closed list of fields. No name, number, code or address is among them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.loop import RunResult
from assistant.version import version

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """One run, as it may be kept and shown."""

    began: datetime
    scenario: str
    """``portal`` for a run against a portal that was already there."""
    edition: str
    card: str
    result: RunResult

    def as_json(self) -> dict[str, object]:
        """Return the receipt's fields; there are no others."""
        return {
            "format": _FORMAT,
            "program": f"eonay {version()}",
            "began": self.began.astimezone(UTC).isoformat(timespec="seconds"),
            "scenario": self.scenario,
            "edition": self.edition,
            "card": self.card,
            "outcome": self.result.outcome.value,
            "reason": self.result.reason,
            "duration_ms": self.result.duration_ms,
            "steps": [
                {"id": s.id, "screen": s.screen, "at_ms": s.at_ms, "took_ms": s.took_ms} for s in self.result.steps
            ],
        }

    def save(self, folder: Path) -> Path:
        """Write the receipt into *folder*, readable by its owner only, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{self.began.astimezone(UTC):%Y%m%dT%H%M%S}-{self.scenario}"
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n"
        number = 0
        while True:
            path = folder / (f"{stem}-{number}.json" if number else f"{stem}.json")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            return path


def receipts_folder() -> Path:
    """Return where receipts are kept: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("eonay", appauthor=False) / "receipts"
