"""The reference snapshots: every screen of the mock portal on the way to E-Onay, in both editions."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from assistant.snapshot.kept import Snapshot, read_snapshot

Edition = Literal["2020", "2026"]
EDITIONS: tuple[Edition, ...] = ("2020", "2026")


@cache
def reference(edition: str) -> Snapshot:
    """Return *edition*'s reference. Raises `UsageError` if there is none."""
    return read_snapshot(reference_folder() / f"{edition}.json")


def reference_folder() -> Path:
    """Return the folder with the reference snapshots."""
    return Path(str(resources.files("fixtures") / "snapshots"))
