"""What a run leaves: a receipt built from a closed list of fields. No name, number, code or address is among them.

Every field has a rule for its value. What does not keep the rule is not written (`Receipt.as_json`) and not believed
(`read_receipt`): a receipt can hold nothing else, whatever it is made from.
"""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.outcome import Language, Outcome, reasons
from assistant.run.done import Deed
from assistant.run.record import RunResult
from assistant.trouble import why
from assistant.version import version

FORMAT = 3
LARGEST = 256 * 1024
"""Octets beyond which a file is no receipt."""

Witness = Literal["portal", "person"]
"""Who says how it ended: the portal when asked again, or the person's word."""

_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_EDITION = re.compile(r"20[0-9]{2}|unknown", re.ASCII)
_COMPONENT = re.compile(
    r"-|other|(software|scripted|practice) card|KamuSM e-imza uygulaması|KamuSM's e-signature app"
    r"|PKCS#11 \((?!.*[0-9]{5})[A-Za-z0-9._+-]{1,40}\)"
)
"""What may sign; of a vendor's module its file name."""
_VERSION = re.compile(r"(?!.*[0-9]{9})[A-Za-z0-9 .+-]{1,40}", re.ASCII)
_LONGEST_MS = 10**9
_MOST_STEPS = 500


def _matching(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or len(value) > 40:
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_ms(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LONGEST_MS


STEP_FIELDS: Mapping[str, Callable[[object], bool]] = {
    "id": _matching(_WORD),
    "screen": _matching(_WORD),
    "at_ms": _is_ms,
    "took_ms": _is_ms,
}
"""What a receipt says of one step. Times in milliseconds since the run began."""


def _are_steps(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_STEPS and all(_keeps(step, STEP_FIELDS) for step in value)


def _are_deeds(value: object) -> bool:
    """Tell whether *value* is a list of closed words, each once and in their order."""
    return isinstance(value, list) and value == [deed.value for deed in Deed if deed.value in value]


def _keeps(value: object, fields: Mapping[str, Callable[[object], bool]]) -> bool:
    return isinstance(value, dict) and value.keys() == fields.keys() and all(fields[k](v) for k, v in value.items())


FIELDS: Mapping[str, Callable[[object], bool]] = {
    "format": lambda value: type(value) is int and 1 <= value <= FORMAT,
    "program": _matching(_VERSION),
    "python": _matching(_VERSION),
    "system": _matching(_VERSION),
    "began": _is_moment,
    "scenario": _matching(_WORD),
    "edition": _matching(_EDITION),
    "card": _matching(_COMPONENT),
    "witness": lambda value: value in ("portal", "person"),
    "outcome": lambda value: isinstance(value, str) and value in tuple(Outcome),
    "reason": lambda value: value is None or (isinstance(value, str) and value in reasons()),
    "done": lambda value: value is None or _are_deeds(value),
    "duration_ms": _is_ms,
    "steps": _are_steps,
}
"""All that a receipt says, and for each field whether a value may stand there."""

_SINCE: Mapping[int, Mapping[str, object]] = {
    2: {"python": "unknown", "system": "unknown", "witness": "portal"},
    3: {"done": None},
}
"""What stands for a field that an older receipt has not, by the format that brought it."""
_INSTEAD: Mapping[str, object] = {"scenario": "other", "edition": "unknown", "card": "other"}
"""What is written where the value given breaks the rule."""


class ReceiptError(ValueError):
    """A file that is no receipt; the message says why, without quoting it."""

    def __init__(self, turkish: str, english: str) -> None:
        super().__init__(turkish)
        self.english = english


@dataclass(frozen=True, slots=True)
class Receipt:
    """One run, as it may be kept and shown."""

    began: datetime
    scenario: str
    """``portal`` for a run against a portal that was already there."""
    edition: str
    card: str
    """What signed, in the signing component's own words: no path, nothing personal."""
    result: RunResult
    witness: Witness = "portal"

    def as_json(self) -> dict[str, object]:
        """Return the receipt's fields; there are no others."""
        given: dict[str, object] = {
            "format": FORMAT,
            "program": f"eonay {version()}",
            "python": platform.python_version(),
            "system": platform.system() or "unknown",
            "began": self.began.astimezone(UTC).isoformat(timespec="seconds"),
            "scenario": self.scenario,
            "edition": self.edition,
            "card": self.card,
            "witness": self.witness,
            "outcome": self.result.outcome.value,
            "reason": self.result.reason,
            "done": [deed.value for deed in self.result.done],
            "duration_ms": self.result.duration_ms,
            "steps": [step for step in self._steps() if _keeps(step, STEP_FIELDS)][:_MOST_STEPS],
        }
        return {name: value if FIELDS[name](value) else _INSTEAD.get(name) for name, value in given.items()}

    def _steps(self) -> list[dict[str, object]]:
        return [{"id": s.id, "screen": s.screen, "at_ms": s.at_ms, "took_ms": s.took_ms} for s in self.result.steps]

    def save(self, folder: Path) -> Path:
        """Write the receipt into *folder*, readable by its owner only, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        fields = self.as_json()
        stem = f"{self.began.astimezone(UTC):%Y%m%dT%H%M%S}-{fields['scenario']}"
        text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
        number = 0
        while True:
            path = folder / (f"{stem}-{number}.json" if number else f"{stem}.json")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(text)
            except OSError:  # a full disk: half a receipt is none
                with suppress(OSError):
                    path.unlink()
                raise
            return path


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a receipt is, or why it is nowhere."""

    path: Path | None
    told: str
    """For the person: the path, or that it could not be kept, where and why."""


def keep(receipt: Receipt, language: Language, folder: Path | None = None) -> Kept:
    """Save *receipt* into *folder*, else where receipts are kept. Raises nothing: the outcome is told all the same."""
    where = folder
    try:
        where = folder or receipts_folder()
        path = receipt.save(where)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home folder
        not_kept = {"tr": "saklanamadı", "en": "could not be kept"}[language]
        return Kept(None, f"{not_kept} ({f'{where}: ' if where else ''}{why(error, language)})")
    return Kept(path, str(path))


def read_receipt(path: Path) -> dict[str, Any]:
    """Return the fields of the receipt at *path*. Raises `ReceiptError` for anything else, however nearly one."""
    try:
        if path.stat().st_size > LARGEST:
            raise ReceiptError("dosya bir makbuz için çok büyük", "the file is too large for a receipt")
        fields = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise ReceiptError("dosya okunamadı", "the file cannot be read") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, ReceiptError):
            raise
        raise ReceiptError("dosya bozuk (JSON değil)", "the file is damaged (no JSON)") from None
    if not isinstance(fields, dict):
        raise ReceiptError("makbuz değil", "this is no receipt")
    for since, instead in _SINCE.items():
        if type(fields.get("format")) is int and fields["format"] < since:
            fields = {**instead, **fields}
    if fields.keys() - FIELDS.keys():
        raise ReceiptError("makbuzda bulunmaması gereken bir alan var", "it has a field that no receipt may have")
    if missing := sorted(FIELDS.keys() - fields.keys()):
        raise ReceiptError(f"eksik alan: {', '.join(missing)}", f"missing field: {', '.join(missing)}")
    if wrong := [name for name, value in fields.items() if not FIELDS[name](value)]:
        raise ReceiptError(f"geçersiz alan: {', '.join(wrong)}", f"wrong field: {', '.join(wrong)}")
    return fields


def receipts_folder() -> Path:
    """Return where receipts are kept: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("eonay", appauthor=False) / "receipts"
