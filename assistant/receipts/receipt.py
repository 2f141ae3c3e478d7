"""What a run leaves behind: its record, plus when, where and what signed. No name, number, code or address.

A receipt has a closed list of fields. Each field's type declares the rule for its value. Whatever breaks a rule is not
written (`Receipt.as_json`) and not believed (`read_receipt`), so a receipt can't contain anything else, whatever we
make it from.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, Strict, ValidationError
from pydantic.dataclasses import dataclass

from assistant.base.files import again_if_removed, make_private, write_new
from assistant.base.trouble import why
from assistant.base.version import version
from assistant.base.words import Language, told
from assistant.run.closed import CLOSED, Moment, Word, from_file, matching, to_file, wrong_fields
from assistant.run.compared import Comparisons
from assistant.run.record import RunResult
from fixtures import LOOKS

FORMAT = 5
PRACTICE = "practice-"
"""Prefix of a practice's scenario, before the name of its story."""
LARGEST = 256 * 1024
"""Maximum receipt size in bytes."""

FIELDS = (
    "format",
    "program",
    "python",
    "system",
    "began",
    "scenario",
    "edition",
    "look",
    "card",
    "witness",
    "outcome",
    "reason",
    "done",
    "duration_ms",
    "steps",
    "watched",
)
"""Everything a receipt says, in file order."""

_SINCE: Mapping[int, Mapping[str, object]] = {
    2: {"python": "unknown", "system": "unknown", "witness": "portal"},
    3: {"done": None},
    4: {"look": "unknown"},
    5: {"watched": ()},
}
"""Defaults for fields that older receipts don't have, by the format that introduced them."""

Witness = Literal["portal", "person"]
"""Who says how it ended: the portal when asked again, or the person."""
Edition = Annotated[str, matching(re.compile(r"20[0-9]{2}|unknown", re.ASCII), "unknown")]
"""Which edition of the portal it was."""
Look = Annotated[str, matching(re.compile("|".join((*LOOKS, "unknown")), re.ASCII), "unknown")]
"""How the mock portal was drawn; unknown for the real one."""
_COMPONENT = re.compile(
    r"-|other|(software|scripted|practice) card|KamuSM e-imza uygulaması|KamuSM's e-signature app"
    r"|PKCS#11 \((?!.*[0-9]{5})[A-Za-z0-9._+-]{1,40}\)"
)
Component = Annotated[str, matching(_COMPONENT, "other")]
"""What may sign; for a vendor's module, its file name."""
Version = Annotated[str, matching(re.compile(r"(?!.*[0-9]{9})[A-Za-z0-9 .+-]{1,40}", re.ASCII), "unknown")]


class ReceiptError(ValueError):
    """A file that isn't a receipt. `told` says why, without quoting it."""

    def __init__(self, name: str, **values: str) -> None:
        super().__init__(told(f"receipts.broken.{name}", "tr", **values))
        self._name, self._values = name, values

    def told(self, language: Language) -> str:
        """Return why the file isn't a receipt."""
        return told(f"receipts.broken.{self._name}", language, **self._values)


@dataclass(frozen=True, slots=True, config=CLOSED)
class Receipt:
    """One run, in the form we may keep and show."""

    began: Moment
    scenario: Word
    """``portal`` for a run against a portal that was already running."""
    edition: Edition
    card: Component
    """What signed, in the signing component's own words: no path, nothing personal."""
    result: RunResult
    witness: Witness = "portal"
    look: Look = "unknown"
    watched: Comparisons = ()
    """For a visit we only watched: what we would have pressed, and what the person pressed."""
    program: Version = field(default_factory=lambda: f"eonay {version()}")
    python: Version = field(default_factory=platform.python_version)
    system: Version = field(default_factory=lambda: platform.system() or "unknown")
    format: Annotated[int, Strict(), Field(ge=1, le=FORMAT)] = FORMAT
    """The format it was written in."""

    @property
    def drawn(self) -> str:
        """Edition and look in one word, like `fixtures.Scenario.drawn`."""
        return self.edition if self.look in {LOOKS[0], "unknown"} else f"{self.edition}-{self.look}"

    def as_json(self) -> dict[str, object]:
        """Return the receipt's fields, and nothing else."""
        written = {**to_file(self), "began": self.began.astimezone(UTC).isoformat(timespec="seconds")}
        return {name: written[name] for name in FIELDS}

    def save(self, folder: Path) -> Path:
        """Write the receipt to *folder*, private, and return its path."""
        return again_if_removed(lambda: self._save(folder))

    def _save(self, folder: Path) -> Path:
        make_private(folder, ours=folder in {receipts_folder(), practice_folder()})
        fields = self.as_json()
        stem = f"{self.began.astimezone(UTC):%Y%m%dT%H%M%S}-{fields['scenario']}"
        text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
        number = 0
        while True:
            path = folder / (f"{stem}-{number}.json" if number else f"{stem}.json")
            try:
                write_new(path, text)
            except FileExistsError:
                number += 1
                continue
            return path


@dataclass(frozen=True, slots=True, config=CLOSED)
class SaveResult:
    """Where a receipt is, or why we couldn't save it."""

    path: Path | None
    told: str
    """For the person: the path, or where we couldn't save it and why."""


def keep(receipt: Receipt, language: Language, folder: Path | None = None) -> SaveResult:
    """Save *receipt* to *folder* or the usual place. Never raises: the person hears the outcome anyway."""
    where = folder
    try:
        where = folder or receipts_folder()
        path = receipt.save(where)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home folder
        wrong = f"{where}: {why(error, language)}" if where else why(error, language)
        return SaveResult(None, told("receipts.broken.not_kept", language, why=wrong))
    return SaveResult(path, str(path))


def read_receipt(path: Path) -> Receipt:
    """Read the receipt at *path*. Raises `ReceiptError` for anything else, however close."""
    fields = _fields_of(path)
    for since, instead in _SINCE.items():
        if type(fields.get("format")) is int and fields["format"] < since:
            fields = {**instead, **fields}
    if fields.keys() - set(FIELDS):
        raise ReceiptError("extra")
    if missing := sorted(set(FIELDS) - fields.keys()):
        raise ReceiptError("missing", names=", ".join(missing))
    try:
        return from_file(Receipt, fields)
    except ValidationError as error:
        wrong = wrong_fields(error, FIELDS)
        names = ", ".join(name for name in fields if name in wrong)
        raise ReceiptError("wrong", names=names) from None


def _fields_of(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError:
        raise ReceiptError("unreadable") from None
    if len(text) > LARGEST:
        raise ReceiptError("too_large")
    try:
        fields = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ReceiptError("not_json") from None
    if not isinstance(fields, dict):
        raise ReceiptError("no_receipt")
    return fields


def receipts_folder() -> Path:
    """Return the folder for receipts, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("eonay", appauthor=False) / "receipts"


def practice_folder() -> Path:
    """Return the folder for practice receipts, separate from real ones."""
    return receipts_folder().with_name("practice")
