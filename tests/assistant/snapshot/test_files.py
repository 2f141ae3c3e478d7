"""The file of a snapshot, what is made of one that isn't one, and the commands that read two."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.snapshot.comparing import compare
from assistant.snapshot.kept import Screen, Snapshot, read_snapshot
from assistant.snapshot.recognising import recognised
from assistant.snapshot.reference import EDITIONS, reference
from assistant.snapshot.telling import recognised_lines
from flows import portal_look
from tests.assistant.commands import say
from tests.assistant.snapshot.pages import relabelled, with_controls, with_screen

WAY = ("landing", "gateway_link", "login", "home", "nes", "eonay_missing", "signing", "signed", "eonay_given")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_kept_page_is_recognised_by_the_code_of_a_run(edition: str) -> None:
    """Each screen of the reference is taken for what it was, all its signals speaking for it."""
    snapshot = reference(edition)
    assert {screen.name for screen in snapshot.screens} >= set(WAY)
    for screen in snapshot.screens:
        page = recognised(screen, portal_look())
        assert page.name == screen.name
        assert page.told is not None
        assert all(verdict.speaks_for for verdict in page.told.verdicts)


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is written is what is read; the file is its owner's alone and says at its top what it holds."""
    path = tmp_path / "shot.json"
    reference("2026").save(path)
    assert read_snapshot(path) == reference("2026")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    top = path.read_text(encoding="utf-8").splitlines()[2]
    assert "Ad, numara, kod, şifre içermez" in top
    assert "No field was read" in top


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "{",
        '{"eonay_snapshot": 99, "screens": []}',
        '{"eonay_snapshot": 1}',
        '{"eonay_snapshot": 1, "screens": [3]}',
        '{"eonay_snapshot": 1, "screens": [{"name": "home", "sites": ["portal"], "url": "x", "status": "secret-473", "frames": []}]}',
        '{"eonay_snapshot": 1, "screens": [], "more": 1}',
    ],
)
def test_what_is_no_snapshot_is_refused_without_being_quoted(tmp_path: Path, text: str) -> None:
    """A wrong file is one short message that names the file and not what stands in it."""
    path = tmp_path / "shot.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as wrong:
        read_snapshot(path)
    assert str(path) in str(wrong.value)
    assert "secret-473" not in str(wrong.value) + wrong.value.told("en")


def test_a_line_without_words_is_none(tmp_path: Path) -> None:
    """A file that somebody has written by hand may have an empty line; what is recognised is the same without it."""
    path = tmp_path / "shot.json"
    entries = json.loads(reference("2020").text())
    entries["screens"][0]["frames"][0]["runs"].insert(2, [])
    path.write_text(json.dumps(entries), encoding="utf-8")
    assert recognised(read_snapshot(path).screens[0], portal_look()).name == "landing"


def test_a_renamed_way_on_is_told_by_what_it_was_and_is() -> None:
    """The page is unknown, the nearest screen is named with the signal that fails, and the comparison says the word."""
    before = reference("2020")
    after = with_screen(before, "landing", lambda s: relabelled(s, "e-Devlet ile Giriş", "Kimliğimle Gir"))
    page = recognised(after["landing"], portal_look())
    assert page.name == ""
    lines = "\n".join(recognised_lines(1, page, portal_look(), "tr"))
    assert "Tanınmadı" in lines
    [changes] = compare(before, after)
    told = [change.told("tr") for change in changes.changes]
    assert told == ["bağlantı «e-Devlet ile Giriş» şimdi «Kimliğimle Gir»"]
    assert [c.told("en") for c in changes.changes] == ["link «e-Devlet ile Giriş» is now «Kimliğimle Gir»"]


def test_the_example_of_the_docs_is_what_the_command_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page of the docs shows what is printed, and the label that it names is all that it takes to mend it."""
    docs = Path(__file__).parents[3] / "docs" / "keeping-up.md"
    path = tmp_path / "shot.json"
    landing = replace(relabelled(reference("2020")["landing"], "e-Devlet ile Giriş", "Kimliğimle Gir"), name="")
    Snapshot((landing,)).save(path)
    monkeypatch.setenv("COLUMNS", "80")
    code, told, _ = say(monkeypatch, capsys, "snapshot", "recognise", str(path))
    assert code == 1
    assert told.strip() in docs.read_text(encoding="utf-8")
    words = tmp_path / "kurum-portal.toml"
    words.write_text(re.findall(r"```toml\n(.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)[0], encoding="utf-8")
    code, told, _ = say(monkeypatch, capsys, "snapshot", "recognise", str(path), "--portal-file", str(words))
    assert code == 0
    assert "edevlet_login: bağlantı «Kimliğimle Gir» için basılırdı" in " ".join(told.split())


@pytest.mark.parametrize("edition", ["2020", "2026"])
def test_what_was_seen_is_held_beside_the_known_portal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    edition: str,
) -> None:
    """A run that stopped has few pages, and one without a name: we compare those, and call none gone."""
    path = tmp_path / "shot.json"
    kept = reference("2020")
    landing = replace(relabelled(kept["landing"], "e-Devlet ile Giriş", "Kimliğimle Gir"), name="")
    Snapshot((landing, kept["gateway_link"])).save(path)
    code, told, _ = say(monkeypatch, capsys, "snapshot", "compare", edition, str(path))
    assert code == 1
    assert "bağlantı «e-Devlet ile Giriş» şimdi «Kimliğimle Gir»" in " ".join(told.split())
    assert "sayfa artık yok" not in told
    assert "yeni sayfa" not in told


def test_differences_are_told_in_words() -> None:
    """The login's button, the newer name of the revocation tile and new tiles are each one sentence."""
    by_screen = {
        one.screen: [c.told("en") for c in one.changes] for one in compare(reference("2020"), reference("2026"))
    }
    assert "button «Sisteme Giriş Yap» is now «Giriş Yap»" in by_screen["login"]
    assert "link «Sertifikamı İptal Et» is now «Sertifikamı İptal Et / Askıya Alma»" in by_screen["nes"]
    assert "new link: «Başvurularım»" in by_screen["nes"]
    assert by_screen["individual"] == ["a new page"]


def test_ids_classes_and_places_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What nothing of the assistant hangs on is left out, doesn't count, and is told with --layout."""
    before = reference("2026")
    after = with_screen(
        before, "home", lambda s: with_controls(s, lambda c: replace(c, classes=("x",), box=(0, 0, 9, 9)))
    )
    path = tmp_path / "after.json"
    after.save(path)
    code, told, _ = say(monkeypatch, capsys, "snapshot", "compare", "2026", str(path))
    assert (code, told) == (0, "Fark yok.\n")
    code, told, _ = say(monkeypatch, capsys, "snapshot", "compare", "2026", str(path), "--layout")
    assert code == 0
    assert "sınıfları değişti" in told


def test_two_controls_with_the_wanted_label_are_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where none of two would be pressed, the command says so, fits 80 columns and ends with 0 for a known page."""
    before = reference("2026")

    def doubled(screen: Screen) -> Screen:
        [frame] = screen.frames
        tile = next(c for c in frame.controls if c.text.startswith("E-Onay"))
        twin = replace(tile, index=len(frame.controls), href="http://onlineislemler.localhost/nes/iptal")
        return replace(screen, frames=(replace(frame, controls=(*frame.controls, twin)),))

    path = tmp_path / "after.json"
    with_screen(before, "nes", doubled).save(path)
    monkeypatch.setenv("COLUMNS", "80")
    code, told, _ = say(monkeypatch, capsys, "snapshot", "recognise", str(path))
    assert code == 0
    assert "eonay_tile: 2 tane bulundu, hiçbirine basılmaz" in told
    assert max(map(len, told.splitlines())) <= 80
    code, told, _ = say(monkeypatch, capsys, "snapshot", "recognise", str(path), "--json", "--lang", "en")
    pages = {page["taken_as"]: page for page in json.loads(told)["pages"]}
    assert "control_ambiguous" in pages["nes"]["next"]
    assert pages["home"]["next"].startswith("nes_menu: ")


def test_every_kind_of_change_has_its_words() -> None:
    """A button that is off, moved, led elsewhere, of another kind or with another id is told, each in both languages."""
    before = reference("2026")
    changes = {
        "disabled": {"disabled": True},
        "part": {"part": "footer"},
        "leads": {"href": "http://onlineislemler.localhost/borc"},
        "role": {"role": "checkbox"},
        "id": {"id": "menu"},
        "place": {"box": (900.0, 900.0, 10.0, 10.0)},
    }
    for kind, values in changes.items():
        after = with_screen(
            before,
            "landing",
            lambda s, values=values: with_controls(  # type: ignore[misc]
                s, lambda c: replace(c, **values) if c.text == "e-Devlet ile Giriş" else c
            ),
        )
        found = [change for one in compare(before, after) for change in one.changes]
        assert [change.kind for change in found] == [kind]
        assert all("e-Devlet ile Giriş" in found[0].told(language) for language in ("tr", "en"))
