"""The folder of a guide: whole or as before, and nothing of anybody else is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.guide.folder import FILES, MANIFEST, files_of, replacing


def make_guide(folder: Path, text: str) -> None:
    """Make a guide of one file in *folder*."""
    with replacing(folder, "tr") as fresh:
        (fresh / "a.html").write_text(text, encoding="utf-8")
        (fresh / MANIFEST).write_text(json.dumps({FILES: {"a.html": "…"}}), encoding="utf-8")


def test_a_new_guide_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """The folder holds the new guide and nothing of the old; no other folder is left behind."""
    folder = tmp_path / "deep" / "kılavuz"
    make_guide(folder, "old")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with replacing(folder, "tr") as fresh:
        (fresh / MANIFEST).write_text("{}", encoding="utf-8")
        (fresh / "b.html").write_text("new", encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == {MANIFEST, "b.html", "notes.txt"}
    assert [path.name for path in folder.parent.iterdir()] == ["kılavuz"]


def fail_half_way(folder: Path, error: type[BaseException]) -> None:
    """Begin a guide in *folder* and break off."""
    with replacing(folder, "tr") as fresh:
        (fresh / "a.html").write_text("half", encoding="utf-8")
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_guide(tmp_path: Path, error: type[BaseException]) -> None:
    """When making fails or is stopped, the guide of before is untouched and nothing half-written remains."""
    folder = tmp_path / "kılavuz"
    make_guide(folder, "old")
    with pytest.raises(error):
        fail_half_way(folder, error)
    assert (folder / "a.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kılavuz"]


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """A folder that holds no guide is never replaced."""
    (tmp_path / "thesis.txt").write_text("three years", encoding="utf-8")
    with pytest.raises(UsageError, match="boş değil"), replacing(tmp_path, "tr"):
        pass
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "three years"


@pytest.mark.parametrize("listed", ["[]", "{}", '{"files": 7}', "[" * 100_000], ids=["list", "empty", "number", "deep"])
def test_a_broken_list_of_files_names_none(tmp_path: Path, listed: str) -> None:
    """If a guide doesn't say what it is made of, everything next to it counts as the person's own."""
    (tmp_path / MANIFEST).write_text(listed, encoding="utf-8")
    assert files_of(tmp_path) == frozenset()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file in the way is reported."""
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"), replacing(tmp_path / "x", "en"):
        pass
    with pytest.raises(UsageError, match="Can't write to"), replacing(tmp_path / "x" / "y", "en"):
        pass
