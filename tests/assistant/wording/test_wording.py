"""Words from an institution's file and words that were learnt: kept, checked, carried to another desk, forgotten."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from assistant.base.errors import UsageError
from assistant.base.words import Language
from assistant.cli.purge import PurgeOptions, kinds, run_purge, words_in
from assistant.cli.words import WordsOptions, export_words, forget_words, import_words, list_words
from assistant.wording.learnt import FILE, Learnt, Word
from assistant.wording.look import look_with, wording
from assistant.wording.places import named, placed
from assistant.wording.portal_file import latest_good
from assistant.wording.refusal import told
from flows import portal_look
from flows.additions import ALLOWED, Addition, Problem, read_additions
from tests.assistant.commands import ROOT

GOOD = '[controls.nes_menu]\nlabels = ["İmza Köşesi"]\n'
ADDED = (Addition("nes_menu", "İmza Köşesi"),)
WORD = Word("nes_menu", "İmza Köşesi", "sharing", "portal", "tile")


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a data folder of its own."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *args, **kwargs: tmp_path / "data")


@pytest.mark.parametrize("said", ["a = " + "[" * 20_000, "a = " + "1" * 5000, "\0", "[[word]]\ncontrol = 3"])
def test_a_learnt_file_that_nobody_has_written_holds_nothing(tmp_path: Path, said: str) -> None:
    """What can't be read as TOML, for whatever reason, is no word, and the next word can be kept."""
    learnt = Learnt(tmp_path / "words")
    learnt.path.parent.mkdir()
    learnt.path.write_text(said, encoding="utf-8")
    assert learnt.words() == ()
    learnt.keep(WORD)
    assert learnt.words() == (WORD,)


def test_a_path_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    """A path with a zero in it, which TOML can say, is a file that is missing."""
    found, said = latest_good(tmp_path / "a\0b")
    assert found == ()
    assert len(said) == 1


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_refusal_and_every_control_has_its_words(language: Language) -> None:
    """Each reason for a refusal says what to do, and each control is named in everyday words, in both languages."""
    for problem in get_args(Problem):
        assert told(problem, language)
        assert "{" not in told(problem, language)
    assert all(named(control, language) for control in ALLOWED)
    assert placed(WORD, language)
    assert placed(Word("nes_menu", "İmza Köşesi"), language) == ""


def test_a_file_that_cannot_be_read_leaves_its_last_good_copy(tmp_path: Path) -> None:
    """A share that is away, or a file that somebody broke, doesn't stop a desk: the copy is used and that is said."""
    path = tmp_path / "kurum.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert latest_good(path) == (ADDED, ())
    copy = words_in(tmp_path / "data" / "words")
    assert len(copy) == 1
    if os.name != "nt":
        assert stat.S_IMODE(copy[0].stat().st_mode) == 0o600
    path.unlink()
    found, said = latest_good(path)
    assert found == ADDED
    assert "Son iyi kopyası" in said[0]
    path.write_text('[controls.nes_menu]\nlabels = ["Devam"]\n', encoding="utf-8")
    found, said = latest_good(path, "en")
    assert found == ADDED
    assert f"{path}: line 2, controls.nes_menu.labels[0] “Devam”" in said[0]
    assert latest_good(tmp_path / "other.toml")[0] == (), "a copy serves the file it is of"


def test_a_file_that_is_named_must_be_good(tmp_path: Path) -> None:
    """What is given on the command line is an error where it is refused or not there, with file, line and key."""
    path = tmp_path / "kurum.toml"
    with pytest.raises(UsageError, match="okunamadı"):
        look_with(path)
    path.write_text('\n[controls.proceed]\nlabels = ["Hizmetler"]', encoding="utf-8")
    with pytest.raises(UsageError, match=r"kurum\.toml: 2\. satır, controls\.proceed: bu öğeye sözcük eklenemez"):
        look_with(path)
    path.write_text(GOOD, encoding="utf-8")
    assert "İmza Köşesi" in look_with(path).controls["nes_menu"].also
    assert look_with(None) == portal_look()


def test_a_word_is_a_suggestion_until_a_good_run_has_used_it() -> None:
    """Kept words don't change the look; proven ones do. Capitals make no other word of it."""
    learnt = Learnt()
    learnt.keep(WORD)
    found = wording(None, learnt)
    assert (found.look, found.suggestions, found.told) == (portal_look(), (WORD,), ())
    learnt.prove([Addition("nes_menu", "İMZA KÖŞESİ"), Addition("eonay_tile", "Başka")])
    found = wording(None, learnt)
    assert found.suggestions == ()
    assert "İmza Köşesi" in found.look.controls["nes_menu"].also
    assert [word.label for word in found.words] == ["İmza Köşesi"]
    learnt.keep(WORD)
    assert [word.proven for word in learnt.words()] == [True], "what has proven right is not doubted again"


def test_words_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    """The file is whole, private, and holds the word and where it stood."""
    learnt = Learnt()
    learnt.keep(WORD)
    folder = tmp_path / "data" / "words"
    assert [path.name for path in folder.iterdir()] == [FILE]
    if os.name != "nt":
        assert stat.S_IMODE(learnt.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Learnt().words() == (WORD,)


@pytest.mark.parametrize(
    "text",
    [
        "word = 3",
        "[[word]",
        '[[word]]\ncontrol = "proceed"\nlabel = "Hizmetler"',
        '[[word]]\ncontrol = "nes_menu"\nlabel = "Sertifikamı İptal Et"\nproven = true',
        '[[word]]\ncontrol = "nes_menu"\nlabel = "Ayşe YILMAZ"',
        '[[word]]\ncontrol = "nes_menu"\nlabel = "Hizmetler"\nurl = "https://example.org"',
        '[[word]]\ncontrol = "nes_menu"\nlabel = "Hizmetler"\nscreen = "nowhere"',
        '[[word]]\ncontrol = "nes_menu"\nlabel = "Hizmetler"\nproven = "yes"',
        "\x00",
    ],
)
def test_a_file_that_was_tampered_with_is_not_believed(text: str) -> None:
    """Whatever stands in the file of learnt words, what no rule would have kept changes nothing."""
    learnt = Learnt()
    learnt.keep(WORD)
    learnt.path.write_text(text, encoding="utf-8")
    assert learnt.words() == ()
    assert wording(None, learnt).look == portal_look()


_LEARNS = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.assistant.wording.test_wording import WORD
from assistant.wording.learnt import Learnt
print("here", flush=True)
sys.stdin.readline()
for number in range(10):
    Learnt(Path(sys.argv[2])).keep(replace(WORD, label=f"{WORD.label} {sys.argv[1]}{'ABCDEFGHIJ'[number]}"))
"""


def test_words_learnt_by_two_runs_at_once_are_all_kept(tmp_path: Path) -> None:
    """Nobody's word is lost because somebody else wrote the file at the same moment, and nothing else is left."""
    given, folder = {**os.environ, "PYTHONPATH": str(ROOT)}, tmp_path / "words"
    runs = [
        subprocess.Popen(
            (sys.executable, "-c", _LEARNS, name, folder),
            env=given,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "KLM"
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "here\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    for run in runs:
        run.communicate()
    assert len(Learnt(folder).words()) == 30
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_refused_word_is_not_kept() -> None:
    """A label with digits, or of weight, never reaches the disk."""
    learnt = Learnt()
    for label in ("Kat 3", "Sertifikamı İptal Et", "Devam", "Ayşe YILMAZ"):
        with pytest.raises(ValueError, match=r"digits|forbidden|risky|a_name"):
            learnt.keep(Word("nes_menu", label))
    assert not learnt.path.exists()


def test_words_go_to_another_desk_and_are_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Export writes what is proven as a portal file; import takes it as checked; list shows it; forget removes it."""
    here, there, path = Learnt(tmp_path / "a"), Learnt(tmp_path / "b"), tmp_path / "masa.toml"
    options = WordsOptions(json_output=True)
    here.keep(WORD)
    here.keep(Word("eonay_tile", "Elektronik Onayım"))
    with pytest.raises(UsageError, match="iyi biten"):
        export_words(options, path, here)
    here.prove([WORD.addition])
    assert export_words(options, path, here) == import_words(options, path, there) == 0
    assert [(w.control, w.label, w.proven) for w in there.words()] == [("nes_menu", "İmza Köşesi", True)]
    assert latest_good(path) == (ADDED, ()), "what is exported is a portal file"
    capsys.readouterr()
    assert list_words(options, here) == 0
    assert [word["proven"] for word in json.loads(capsys.readouterr().out)["words"]] == [True, False]
    assert list_words(WordsOptions(), here) == list_words(WordsOptions(language="en"), here) == 0
    shown = capsys.readouterr().out
    assert "«İmza Köşesi»" in " ".join(shown.split())
    assert forget_words(options, ["Elektronik Onayım"], every=False, learnt=here) == 0
    assert [word.label for word in here.words()] == ["İmza Köşesi"]
    with pytest.raises(UsageError, match="yok"):
        forget_words(options, ["7"], every=False, learnt=here)
    with pytest.raises(UsageError, match="numarasını"):
        forget_words(options, [], every=False, learnt=here)
    assert forget_words(options, [], every=True, learnt=here) == 0
    assert not here.path.exists()


def test_an_import_that_is_refused_takes_nothing(tmp_path: Path) -> None:
    """One wrong line keeps the whole file out."""
    path = tmp_path / "masa.toml"
    path.write_text('[controls.nes_menu]\nlabels = ["Hizmetler", "Devam"]', encoding="utf-8")
    learnt = Learnt()
    with pytest.raises(UsageError, match=r"2\. satır"):
        import_words(WordsOptions(), path, learnt)
    assert learnt.words() == ()


def test_purge_asks_for_words_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Learnt words and copies of portal files are a kind of their own, and what else lies there stays."""
    learnt = Learnt()
    learnt.keep(WORD)
    (tmp_path / "k.toml").write_text(GOOD, encoding="utf-8")
    latest_good(tmp_path / "k.toml")
    other = learnt.path.with_name("notes.toml")
    other.write_text("mine", encoding="utf-8")
    assert [kind.name for kind in kinds()] == ["receipts", "practice", "snapshots", "words"]
    assert run_purge(PurgeOptions(assume_yes=True, json_output=True)) == 0
    assert len(json.loads(capsys.readouterr().out)["removed"]) == 2
    assert [path.name for path in learnt.path.parent.iterdir()] == [other.name]


def test_the_file_of_the_documentation_is_a_good_one() -> None:
    """What docs/portal-file.md shows to an institution is read as it stands there."""
    page = (Path(__file__).parents[3] / "docs" / "portal-file.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    found = read_additions(example, "portal.toml", portal_look())
    assert [one.control for one in found] == ["nes_menu", "eonay_tile"]
