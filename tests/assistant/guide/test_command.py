"""`eonay guide` as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from assistant.base.errors import UsageError
from assistant.base.outcome import Outcome
from assistant.base.words import Language
from assistant.cli.guide import GuideOptions, _use, guide_command, order_of
from assistant.guide.book import NoPictures, read_guide
from assistant.guide.folder import FILES, MANIFEST
from assistant.guide.manifest import words_of, write_manifest
from tests.assistant.commands import ROOT, Command
from tests.assistant.guide.samples import BRAND, sample_guide
from tests.assistant.test_command_line import PROCESSES, assert_clean, credentials, eonay, watched
from tests.sampling import sampled

SMALL = ("guide", "--story", "already-consented", "--edition", "2020", "--formats", "md,html")


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.nightly(sample="tests/assistant/guide/pictures/test_capture.py::test_two_runs_give_the_same_bytes")
def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """One command makes the guide; the same command makes it again, to the byte, and says what to open."""
    done = eonay(*SMALL, "--out", "a", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "e-onay-kilavuzu.html" in done.stdout
    assert done.stderr == "", "no bar where nobody looks"
    first = content(tmp_path / "a")
    manifest = json.loads(first[MANIFEST])
    assert set(manifest[FILES]) == set(first) - {MANIFEST}
    assert (manifest["edition"], manifest["story"]) == ("2020", "already-consented")
    assert eonay(*SMALL, "--out", "a", home=tmp_path).returncode == 0
    again = content(tmp_path / "a")
    assert {name for name in first | again if first.get(name) != again.get(name)} == set()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".a-")]
    _check_finds_what_changed(tmp_path, manifest)


def _check_finds_what_changed(home: Path, manifest: dict[str, Any]) -> None:
    """A screen that differs is named, shown side by side, exit code 1; the others are the same as they were."""
    manifest["pictures"]["eonay_given"]["structure"] = "before"
    (home / "a" / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    changed = eonay("guide", "--check", "a", home=home)
    assert changed.returncode == 1
    named, page = changed.stdout.splitlines()
    assert named.strip() == "eonay_given: ekrandaki sözler veya düğmeler değişti"
    assert "a-degisenler.html" in page
    assert "eonay_given" in (home / "a-degisenler.html").read_text(encoding="utf-8")


def test_a_guide_that_is_still_right_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same pictures again are no change: exit code 0, and no page of changes."""
    monkeypatch.chdir(tmp_path)
    kept = sample_guide(tmp_path / "kept" / "pictures")
    without_words(write_manifest(tmp_path / "kept", kept, ()))
    shots = {figure.id: figure.shots for figure in kept.figures}
    monkeypatch.setattr("assistant.cli.guide.taken", lambda *_: shots)
    assert guide_command(GuideOptions(check=Path("kept"))) == 0
    assert "Değişen resim yok" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def without_words(manifest: Path) -> None:
    """Make it one of an older program: the sample's words aren't the book's."""
    held = json.loads(manifest.read_text(encoding="utf-8"))
    del held["words"]
    manifest.write_text(json.dumps(held), encoding="utf-8")


def test_changed_words_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If only a text changed, its section is named with old and new words: exit code 1."""
    monkeypatch.chdir(tmp_path)
    kept = sample_guide(tmp_path / "kept" / "pictures")
    book = read_guide("tr", "2026", "first-time", NoPictures(), BRAND, "0")
    manifest = write_manifest(tmp_path / "kept", kept, ())
    held = json.loads(manifest.read_text(encoding="utf-8"))
    held["words"] = words_of(book)
    held["words"]["signing"][-1] = "Eski söz."
    manifest.write_text(json.dumps(held), encoding="utf-8")
    shots = {figure.id: figure.shots for figure in kept.figures}
    monkeypatch.setattr("assistant.cli.guide.taken", lambda *_: shots)
    assert guide_command(GuideOptions(check=Path("kept"))) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:2] == ["signing: metin değişti", "- Eski söz."]
    assert lines[2].startswith("+ ")
    assert words_of(book)["signing"][-1].startswith(lines[2][2:22])
    assert len(lines) == 3


def test_the_film_is_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its package a film that is asked for is refused with the command that brings it; nothing else needs it."""
    monkeypatch.setattr("assistant.guide.formats.find_spec", lambda _name: None)
    for name in ("mp4", "webm"):
        with pytest.raises(UsageError, match=name) as raised:
            guide_command(GuideOptions(out=tmp_path / "guide", formats=name))
        assert str(raised.value).endswith("-m pip install av")
    assert "mp4" not in order_of(GuideOptions()).formats
    loaded = "import sys; sys.modules['av'] = None; from assistant.guide.formats import FORMATS, writer, jobs"
    others = "[writer(t) for n, f in FORMATS.items() if not f.needs for j in jobs((n,)) for t in j]"
    done = subprocess.run([sys.executable, "-c", f"{loaded}; {others}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("is_reworded", sampled([False, True], every_run=[True]))
def test_another_browser_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_reworded: bool
) -> None:
    """Where every picture looks different because of the browser one line says so; a changed screen is still named."""
    monkeypatch.chdir(tmp_path)
    sample = sample_guide(tmp_path / "kept" / "pictures")
    without_words(write_manifest(tmp_path / "kept", sample, ()))
    other = sample_guide(tmp_path / "kept" / "fresh")
    shots = {
        figure.id: {key: replace(shot, browser="Chromium 151.0 (headless shell)") for key, shot in figure.shots.items()}
        for figure in other.figures
    }
    for takings in shots.values():
        for shot in takings.values():
            with Image.open(shot.clean) as picture:
                ImageOps.invert(picture.convert("RGB")).save(shot.clean)
    if is_reworded:
        shots["step-2"] = {key: replace(shot, structure="other") for key, shot in shots["step-2"].items()}
    monkeypatch.setattr("assistant.cli.guide.taken", lambda *_: shots)
    assert guide_command(GuideOptions(check=Path("kept"))) == 1
    told = capsys.readouterr().out
    assert told.count("Chromium 150.0 ile") == told.count("Chromium 151.0 (headless shell) ile") == 1
    assert "step-1" not in told
    assert ("step-2: ekrandaki sözler" in told) is is_reworded
    assert (tmp_path / "kept-degisenler.html").exists() is is_reworded


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (GuideOptions(formats="htm"), "html mi demek istediniz?"),
        (GuideOptions(formats=","), "Biçimler: html"),
        (GuideOptions(story="first-tim"), "first-time mi demek istediniz?"),
        (GuideOptions(story="first-tim", language="en"), "Did you mean first-time?"),
        (GuideOptions(brand=Path("yok.toml")), "okunamadı"),
        (GuideOptions(live=True, from_run=True), "birlikte kullanılamaz"),
        (GuideOptions(only="nse"), "nes mi demek istediniz?"),
        (GuideOptions(check=Path("yok")), "kılavuz yok"),
        (GuideOptions(portal="http://localhost:1/"), "yalnız --from-run ile"),
        (GuideOptions(from_run=True, portal="https://example.org/"), "bu bilgisayardaki bir portalı"),
    ],
)
def test_a_wrong_word_is_told_with_the_right_one(tmp_path: Path, options: GuideOptions, told: str) -> None:
    """A wrong option is told in one sentence that says what to type, before anything is opened."""
    with pytest.raises(UsageError) as raised:
        guide_command(replace(options, out=tmp_path / "guide"))
    assert told in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_option_ends_with_exit_code_2(eonay_here: Command) -> None:
    """At the command line that is one line on standard error."""
    done = eonay_here("guide", "--formats", "htm")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_who_was_not_asked_for_pictures_did_not_refuse_them(eonay_here: Command) -> None:
    """If a guided run can't start because there is no display, only that is reported."""
    done = eonay_here("guide", "--from-run", DISPLAY="", WAYLAND_DISPLAY="")
    said = done.stdout + done.stderr
    assert done.returncode == Outcome.FAILED.exit_code, said
    assert "✗" in said
    assert "izin verilmedi" not in said
    assert "saklanmadı" not in said


def test_the_example_brand_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example is printed, or written into a folder; one that is there already isn't overwritten."""
    assert guide_command(GuideOptions(brand_example=True)) == 0
    assert "institution = " in capsys.readouterr().out
    into = GuideOptions(brand_example=True, out=tmp_path)
    assert guide_command(into) == 0
    (tmp_path / "kurum.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="zaten var"):
        guide_command(into)
    assert (tmp_path / "kurum.toml").read_text(encoding="utf-8") == "mine"


def test_one_picture_is_taken_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--only`` takes one step's picture in every look and size, with and without marks, and nothing else.

    Secrets in the environment that the command has no use for reach none of its workers and browsers.
    """
    monkeypatch.chdir(tmp_path)
    surroundings = {**os.environ, **credentials("ayse"), "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path)}
    code, _, seen = watched(("guide", "--only", "landing", "--edition", "2020", "--out", "one"), surroundings)
    assert code == 0
    if PROCESSES.exists():
        assert any("chrom" in process for process in seen)
    for told_by in seen:
        assert_clean(told_by, "ayse")
    looks = [f"landing-{theme}-{size}" for theme in ("dark", "light") for size in ("desktop", "narrow")]
    assert sorted(content(tmp_path / "one")) == sorted(
        f"{look}{mark}.png" for look in looks for mark in ("", "-marked")
    )


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_file_is_told_with_one_size_of_paper(language: Language, tmp_path: Path) -> None:
    """The quick card is told to be A5, and nothing in the same line says A4."""
    guide = replace(sample_guide(tmp_path), language=language)
    said = _use(Path(f"{guide.words['file.card']}.pdf"), guide)
    assert "A5" in said
    assert "A4" not in said
