"""Making a guide in several formats at once."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path

import pytest

from assistant.guide.book import Needed, Shots
from assistant.guide.brand import example_brand
from assistant.guide.formats import FORMATS, jobs
from assistant.guide.make import PICTURES, Kind, OnDone, Order, make
from assistant.guide.writing import write_formats
from tests.assistant.guide.samples import sample_figure, sample_guide

ORDER = Order(example_brand("tr"), formats=("md", "docx"))


def take_samples(order: Order, wanted: Needed, folder: Path, on_done: OnDone) -> Shots:
    """Draw one picture and show it everywhere."""
    shots = sample_figure(folder, 1, "any").shots
    names = (*wanted.screens, *wanted.drawings)
    for name in names:
        on_done("picture", name)
    return dict.fromkeys(names, shots)


def test_every_format_is_written_and_counted(tmp_path: Path) -> None:
    """Pictures come first, then each format; the bar's total is what is counted."""
    done: list[tuple[Kind, str]] = []
    made = make(ORDER, tmp_path, lambda kind, name: done.append((kind, name)), take_samples)
    assert len(done) == ORDER.size
    assert [kind for kind, _ in done] == ["picture"] * (ORDER.size - 2) + ["format"] * 2
    assert {path.suffix for path in made.files} == {".md", ".docx", ".png"}
    assert all(path.is_file() and path.is_relative_to(tmp_path) for path in made.files)
    assert (tmp_path / PICTURES).is_dir()


@pytest.mark.nightly(sample="tests/assistant/guide/formats/test_pptx.py::test_the_same_guide_gives_the_same_bytes")
def test_every_usual_format_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """The same guide, written twice in separate processes, gives the same file in every usual format."""
    usual = tuple(name for name, entry in FORMATS.items() if entry.is_usual)
    guide = sample_guide(tmp_path / "pictures")
    contents = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        files = write_formats(guide, tmp_path / name, usual, lambda _name: None)
        contents.append({path.name: path.read_bytes() for path in files})
    one, other = contents
    assert len(one) > len(usual)
    assert {name for name in one | other if one.get(name) != other.get(name)} == set()


def test_the_same_pictures_are_prepared_once() -> None:
    """Formats that need the same work on the pictures go to one process; every module is in one job."""
    every = jobs(tuple(FORMATS))
    assert {frozenset(job) for job in every} >= {
        frozenset({"html", "scorm:write_12", "scorm:write_2004"}),
        frozenset({"pdf", "docx", "pptx"}),
    }
    modules = [module for job in every for module in job]
    assert sorted(modules) == sorted({module for entry in FORMATS.values() for module in entry.modules})


def test_stopping_ends_the_workers(tmp_path: Path) -> None:
    """When the person stops, no process works on."""
    others = set(active_children())

    def stop(_name: str) -> None:
        raise KeyboardInterrupt

    guide = sample_guide(tmp_path / "pictures")
    with pytest.raises(KeyboardInterrupt):
        write_formats(guide, tmp_path, ("md", "docx", "pptx"), stop)
    assert set(active_children()) <= others


def test_who_writes_loads_nothing_of_who_takes_pictures() -> None:
    """A worker that writes formats is there at once: mock portal, card and camera are never loaded for it."""
    heavy = ("mock_portal", "assistant.card", "assistant.run", "assistant.guide.pictures")
    asked = f"import sys, assistant.guide.writing; print(sorted(set(sys.modules) & set({heavy!r})))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
