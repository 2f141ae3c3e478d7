"""Snapshots during a guided run: only with the person's word, and nothing that they didn't look at and keep."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.guided_run import Desk, guide_with_card, portal_context
from assistant.desk.panel import open_panel
from assistant.desk.watching import watch
from assistant.practice.stories import PracticeStage, staged, stories
from assistant.receipts.receipt import Receipt
from assistant.snapshot.bundling import bundle, report
from assistant.snapshot.kept import read_snapshot
from assistant.snapshot.reference import reference
from assistant.snapshot.taking import SnapshotTaking
from flows import HostRule
from mock_portal import Act
from tests.assistant.canaries import laid_open, left_in, secrets_of
from tests.assistant.commands import say
from tests.assistant.desk.helped import UNKNOWN, Shower, unknown_portal
from tests.assistant.desk.sitter import PATIENCE, Sitter, WatchedPanel
from tests.assistant.desk.test_watching import HATICE, ByHand
from tests.assistant.snapshot.pages import relabelled, with_screen

CONSENT = "Sayfaların yapı kaydı"


def run(browser: Browser, stage: PracticeStage, sitter: Sitter, taking: SnapshotTaking) -> Receipt | None:
    """Make a guided run with snapshots, the person sitting at the panel."""
    with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
        sitter.portal = portal
        rule = HostRule.for_loopback(stage.entry)
        desk = taking.before(Desk(rule, WatchedPanel(panel, sitter), words("desk"), PATIENCE, goodbye_s=0))
        if desk is None:
            return None
        receipt = guide_with_card(desk, portal, stage.card)
        taking.after(desk)
        return receipt


def test_what_was_kept_is_written_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    """Each page is shown before it is kept; one that is thrown away, and all of the gateway but its form, is missing."""

    def answers(title: str, sitter: Sitter) -> bool:
        sitter.refuses = title if "Ana sayfa" in title else ""
        return False

    with staged(stories()["already-consented"]) as stage:
        sitter = Sitter(stage, before=answers)
        taking = SnapshotTaking(tmp_path / "shot.json")
        receipt = run(browser, stage, sitter, taking)
        person = stage.person
    assert receipt is not None
    assert receipt.result.outcome is Outcome.ALREADY_CONSENTED
    assert taking.saved is not None
    names = [screen.name for screen in read_snapshot(taking.saved).screens]
    assert {"landing", "gateway_link", "nes", "eonay_given"} <= set(names)
    assert not {"home", "sharing", "second_step_sms"} & set(names)
    assert stat.S_IMODE(taking.saved.stat().st_mode) == 0o600
    asked = [view.question for view in sitter.views if view.question and view.question.title.startswith("Sayfa ")]
    assert len({question.title for question in asked}) == len(names) + 1
    assert all(question.yes == "Kayda ekle" and question.no == "Kullanma" for question in asked)
    for part in (taking.saved.read_bytes(), *laid_open(bundle(read_snapshot(taking.saved), receipt))):
        for secret in (*secrets_of(person), *person.name.split()):
            assert left_in(part, secret) == set()


@pytest.mark.parametrize("may_go_without", [True, False])
def test_without_a_yes_nothing_is_taken(browser: Browser, tmp_path: Path, may_go_without: bool) -> None:
    """A no means no snapshot; the run goes on where it was only an option of it."""
    with staged(stories()["already-consented"]) as stage:
        taking = SnapshotTaking(tmp_path / "shot.json", may_go_without=may_go_without)
        receipt = run(browser, stage, Sitter(stage, refuses=CONSENT), taking)
    assert (receipt is not None) is may_go_without
    assert taking.saved is None
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_was_asked_about_is_taken_with_the_label_that_the_person_marks(
    browser: Browser, tmp_path: Path
) -> None:
    """Where the run asks for help, that page is shown too; its unknown label is kept after a yes to that very label."""
    with unknown_portal({"giris": UNKNOWN["giris"]}) as stage:
        sitter = Shower(stage, picks="İşlemi durdur")
        taking = SnapshotTaking(tmp_path / "shot.json")
        receipt = run(browser, stage, sitter, taking)
    assert receipt is not None
    assert receipt.result.reason == "person_stopped"
    assert taking.saved is not None
    [page] = read_snapshot(taking.saved).screens
    assert (page.name, page.frames[0].controls[0].text) == ("", UNKNOWN["giris"])
    assert f"yes: Portalın kendi yazısı mı, kayda girsin mi? «{UNKNOWN['giris']}»" in sitter.acts
    told = "\n".join(report(read_snapshot(taking.saved), receipt, "en"))
    assert f"link «e-Devlet ile Giriş» is now «{UNKNOWN['giris']}»" in told


class Documented(ByHand):
    """Goes by hand where the panel leads, and says yes to everything that is asked about the snapshot."""

    def act(self) -> None:
        """Answer, or go on as one who is alone."""
        view = self.views[-1] if self.views else None
        if view is not None and view.question is not None and view.question.title.startswith((CONSENT, "Sayfa ")):
            assert self.panel is not None
            self.acts.append(f"yes: {view.question.title}")
            self.panel.locator("#question button").first.click()
        else:
            super().act()


@pytest.mark.nightly(sample="tests/assistant/snapshot/test_taking.py::test_what_was_kept_is_written_and_nothing_else")
def test_a_watched_visit_is_taken_too_and_nothing_is_pressed_for_it(browser: Browser, tmp_path: Path) -> None:
    """The pages that the person came to by their own hand are shown at the end, while the last one stays as it is."""
    with staged(HATICE) as stage:
        sitter = Documented(stage)
        taking = SnapshotTaking(tmp_path / "shot.json", only_watches=True)
        with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
            sitter.portal = portal
            rule = HostRule.for_loopback(stage.entry)
            desk = taking.before(Desk(rule, WatchedPanel(panel, sitter), words("desk"), PATIENCE, goodbye_s=0))
            assert desk is not None
            receipt = watch(desk, portal, then=taking.after)
            stands_on = portal.pages[-1].url
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0
    assert receipt.result.reason == "person_stopped"
    assert "onay" in stands_on.casefold()
    assert taking.saved is not None
    names = [screen.name for screen in read_snapshot(taking.saved).screens]
    assert {"landing", "gateway_link", "nes", "eonay_missing"} <= set(names)
    assert not {"sharing", "second_step_sms", ""} & set(names)


def test_the_page_of_a_halt_is_in_the_bundle_with_how_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A renamed way on is told by what it was and is; the person sees it first, and without a yes nothing is written."""
    kept = with_screen(reference("2020"), "landing", lambda s: relabelled(s, "e-Devlet ile Giriş", "Kimliğimle Gir"))
    kept = type(kept)(screens=(kept.screens[0],), made="2026-11-29")
    shot, out = tmp_path / "shot.json", tmp_path / "help.zip"
    kept.save(shot)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    line = ("snapshot", "bundle", "--snapshot", str(shot), "--out", str(out))
    assert say(monkeypatch, capsys, *line)[0] == 2, "nobody is there to be asked"

    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    for typed, code, exists in (("hayır\n", 4, False), ("evet\n", 0, True)):
        monkeypatch.setattr(sys, "stdin", Keyboard(typed))
        ended, told, _ = say(monkeypatch, capsys, *line)
        assert (ended, out.exists()) == (code, exists)
        said = " ".join(told.split())
        assert "bağlantı «e-Devlet ile Giriş» şimdi «Kimliğimle Gir»" in said
        assert "En yakın bilinen ekran: Portalın giriş sayfası" in said
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with ZipFile(out) as archive:
        assert archive.namelist() == ["OKU.txt", "README.txt", "snapshot.json", "versions.json"]
        assert archive.read("snapshot.json").decode() == kept.text()
        assert "is now «Kimliğimle Gir»" in archive.read("README.txt").decode()
    assert bundle(kept, None) == out.read_bytes(), "the same parts make the same bytes"


def test_the_report_names_the_screen_of_a_recognised_page() -> None:
    """A page that is as known is told to be so."""
    lines = list(report(reference("2026"), None, "en"))
    assert any("no differences" in line for line in lines)
