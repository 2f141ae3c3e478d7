"""Showing a file to the person: what is said is what happened."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.base.opening import show_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows itself says whether something opens a file")


@pytest.mark.parametrize(
    ("does", "opens"),
    [("exit 0", True), ("exit 3", False), ("read -r line < wait", True)],
    ids=["opens", "none", "stays"],
)
def test_a_file_counts_as_opening_only_if_something_opens_it(
    does: str, opens: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's opener that finds no program for a file has opened nothing; one that stays has."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("wait")
    for name in ("xdg-open", "open"):
        Path(name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        Path(name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
    assert show_file(tmp_path / "receipt.html", patience_s=0.3 if "wait" in does else 20) is opens
    if "wait" in does:
        Path("wait").write_text("go on\n", encoding="utf-8")
