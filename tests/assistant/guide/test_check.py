"""Comparing the pictures of a kept guide with fresh ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from assistant.guide.book import Shots
from assistant.guide.check import PictureChange, changes, other_browser, write_page
from assistant.guide.folder import MANIFEST
from assistant.guide.manifest import read_manifest, write_manifest
from assistant.guide.model import Guide
from tests.assistant.guide.samples import BROWSER, sample_guide

LOOKS = ("light-desktop", "light-narrow", "dark-desktop", "dark-narrow")


@pytest.fixture
def kept(tmp_path: Path) -> Guide:
    """A guide whose folder is kept: ``kept`` in the test's own."""
    guide = sample_guide(tmp_path / "kept")
    write_manifest(tmp_path / "kept", guide, ())
    return guide


def fresh(guide: Guide, folder: Path) -> Shots:
    """Return the same pictures once more, in another folder."""
    shutil.copytree(folder / "kept", folder / "fresh")
    return {
        figure.id: {key: replace(shot, clean=folder / "fresh" / shot.clean.name) for key, shot in figure.shots.items()}
        for figure in guide.figures
    }


def test_the_same_pictures_are_no_change(kept: Guide, tmp_path: Path) -> None:
    """What was made again without a change is found to be the same."""
    assert changes(tmp_path / "kept", fresh(kept, tmp_path)) == ()


def test_every_kind_of_change_is_told_apart(kept: Guide, tmp_path: Path) -> None:
    """Structure goes before pixels; a new picture and one that is gone are named."""
    shots = dict(fresh(kept, tmp_path))
    shots["step-1"] = {key: replace(shot, structure="other") for key, shot in shots["step-1"].items()}
    _paint(shots["step-2"]["dark", "narrow"].clean)
    shots["step-4"] = shots.pop("step-3")
    found = changes(tmp_path / "kept", shots)
    assert [(change.picture, change.kind) for change in found] == [
        ("step-1", "structure"),
        ("step-2", "pixels"),
        ("step-3", "gone"),
        ("step-4", "new"),
    ]
    assert [change.takings for change in found[:2]] == [(), ("dark-narrow",)]
    assert set(found[2].takings) == set(found[3].takings) == set(LOOKS)


def drawn_by(browser: str, shots: Shots) -> Shots:
    """Return the same pictures, taken with another browser."""
    return {
        name: {key: replace(shot, browser=browser) for key, shot in takings.items()} for name, takings in shots.items()
    }


def test_pictures_of_another_browser_are_known(kept: Guide, tmp_path: Path) -> None:
    """The manifest names the browser; the same one, and one that isn't known, are no other browser."""
    shots = fresh(kept, tmp_path)
    assert read_manifest(tmp_path / "kept").browser == BROWSER
    assert other_browser(tmp_path / "kept", shots) is None
    assert other_browser(tmp_path / "kept", drawn_by("", shots)) is None
    assert other_browser(tmp_path / "kept", drawn_by("Chromium 151.0", shots)) == (BROWSER, "Chromium 151.0")


def test_a_manifest_names_no_browser_in_words_of_its_own(kept: Guide, tmp_path: Path) -> None:
    """What stands there in another form than that of a browser is taken as unknown."""
    file = tmp_path / "kept" / MANIFEST
    data = json.loads(file.read_text(encoding="utf-8"))
    for odd in ("Ayşe 1.0", 7, None):
        file.write_text(json.dumps({**data, "browser": odd}), encoding="utf-8")
        assert read_manifest(tmp_path / "kept").browser == ""


def test_the_page_shows_old_new_and_difference(kept: Guide, tmp_path: Path, page: Page) -> None:
    """It needs no other file, and marks in red exactly what differs."""
    shots = fresh(kept, tmp_path)
    _paint(shots["step-2"]["light", "desktop"].clean)
    found = changes(tmp_path / "kept", shots)
    written = write_page(tmp_path / "changes.html", tmp_path / "kept", shots, found, "tr")
    shutil.rmtree(tmp_path / "kept")
    shutil.rmtree(tmp_path / "fresh")
    page.goto(written.as_uri())
    assert page.locator("section h2").all_inner_texts() == ["step-2"]
    assert page.locator("figcaption").all_inner_texts() == ["Eski", "Yeni", "Fark"]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    red = page.evaluate(
        """() => {
          const image = document.images[2], canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const paint = canvas.getContext('2d');
          paint.drawImage(image, 0, 0);
          const { data } = paint.getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4) count += data[at] > 150 && data[at + 1] < 60;
          return count;
        }"""
    )
    assert red == 50 * 20


def test_no_change_is_said_so(kept: Guide, tmp_path: Path) -> None:
    """A page without a change says that nothing changed."""
    written = write_page(tmp_path / "page.html", tmp_path / "kept", fresh(kept, tmp_path), (), "en")
    assert "No picture changed." in written.read_text(encoding="utf-8")


def test_a_kept_picture_that_is_lost_is_shown_as_missing(kept: Guide, tmp_path: Path) -> None:
    """Somebody may have deleted the picture; the comparison goes on."""
    shots = fresh(kept, tmp_path)
    (tmp_path / "kept" / "step-1-light-desktop.png").unlink()
    change = PictureChange("step-1", "pixels", ("light-desktop",))
    written = write_page(tmp_path / "page.html", tmp_path / "kept", shots, [change], "tr")
    assert "resim yok" in written.read_text(encoding="utf-8")


def test_a_folder_without_a_guide_is_an_error(tmp_path: Path) -> None:
    """The caller says what to do about it."""
    with pytest.raises(OSError, match=r"guide\.json"):
        changes(tmp_path, {})


def _paint(path: Path) -> None:
    """Change a hundred by forty pixels."""
    with Image.open(path) as picture:
        changed = picture.convert("RGB")
    changed.paste("#7a1fa2", (400, 400, 500, 440))
    changed.save(path)
