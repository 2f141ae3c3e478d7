"""Side by side: if the assistant doesn't know the page, the person shows it or presses, and the run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.cli.words import WordsOptions, export_words, import_words
from assistant.desk.helping import SideBySide
from assistant.desk.surface import Event
from assistant.run.assemble import Cast, unattended
from assistant.run.person import TestPerson, Unattended
from assistant.run.question import Plea
from assistant.wording.learnt import Learnt, Word
from assistant.wording.look import look_with
from flows import Hand, Look
from flows.additions import Addition, as_portal_file
from mock_portal import Act
from mock_portal.pages.changes import beside
from tests.assistant.desk.helped import LIMITS, UNKNOWN, Shower, helped, unknown_portal
from tests.flows.shield.test_page import on_stage
from tests.sampling import sampled

ONE = {"nes": UNKNOWN["nes"]}
"""One word that isn't known."""
REVOKES = "Sertifikamı İptal Et / Askıya Alma"
SHOWS = "«Sertifika Köşesi» — bu mu?"


def test_a_person_points_and_the_next_desk_knows_it(browser: Browser, tmp_path: Path) -> None:
    """Three words shown end in a consent; another desk with the exported file needs no help at all."""
    here, there = Learnt(tmp_path / "here"), Learnt(tmp_path / "there")
    unknown = {key: UNKNOWN[key] for key in ("giris", "nes", "e-onay")}
    with unknown_portal(unknown) as stage:
        sitter = Shower(stage)
        receipt = helped(browser, sitter, here)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.pointed <= len(unknown), sitter.acts
        assert stage.portal.ledger.count(Act.CONSENT_GIVEN) == 1
        assert [step.id for step in receipt.result.steps].count("helped") == sitter.pointed
        assert any(line.note for line in sitter.views[-1].steps), "the list says where the person helped"
    assert {word.control for word in here.words() if word.proven} >= {"edevlet_login", "nes_menu", "eonay_tile"}
    options = WordsOptions(json_output=True)
    export_words(options, tmp_path / "masa.toml", here)
    import_words(options, tmp_path / "masa.toml", there)
    with unknown_portal(unknown) as stage:
        sitter = Shower(stage)
        receipt = helped(browser, sitter, there)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.pointed == 0
        assert not any(act.startswith("answered") for act in sitter.acts), sitter.acts


def test_a_person_presses_by_themselves(browser: Browser, tmp_path: Path) -> None:
    """ "Kendim yapacağım": the assistant presses nothing there, learns nothing, and goes on at the next page it knows."""
    learnt = Learnt(tmp_path)
    with unknown_portal(ONE) as stage:
        sitter = Shower(stage, picks="Kendim")
        receipt = helped(browser, sitter, learnt)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.by_themselves >= 1
        assert sitter.pointed == 0
        assert learnt.words() == ()
        assert next(step.screen for step in receipt.result.steps if step.id == "helped") == "home"


@pytest.mark.parametrize(
    ("picks", "reason"), [("İşlemi durdur", "person_stopped"), ("Buradan sonra elle", "person_by_hand")]
)
def test_stop_and_by_hand_cancel_the_run(browser: Browser, picks: str, reason: str) -> None:
    """Neither is a halt, and nothing more is pressed."""
    with unknown_portal({"giris": UNKNOWN["giris"]}) as stage:
        sitter = Shower(stage, picks=picks)
        receipt = helped(browser, sitter, None)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, reason)
        assert stage.portal.ledger.entries() == ()


def test_a_no_presses_nothing_and_learns_nothing(browser: Browser, tmp_path: Path) -> None:
    """After a no the run asks again, and the control that was pointed at hasn't heard of it."""
    learnt = Learnt(tmp_path)
    with unknown_portal({"giris": UNKNOWN["giris"]}) as stage:
        urls: list[str] = []

        def refuse(title: str, sitter: Shower) -> bool:
            assert sitter.portal is not None
            urls.append(sitter.portal.pages[-1].url)
            sitter.picks = "İşlemi durdur"
            return False

        sitter = Shower(stage, refuses="«Portala gir» — bu mu?", before=refuse)  # type: ignore[arg-type]
        receipt = helped(browser, sitter, learnt)
        assert receipt.result.reason == "person_stopped", (receipt.result, sitter.acts)
        assert [url.rpartition("/")[2] for url in urls] == ["landing"], "the caught press led nowhere"
        assert learnt.words() == ()


@pytest.mark.parametrize("label", sampled([REVOKES, "Borç Sorgulama ve Ödeme"], every_run=[REVOKES]))
def test_pointing_at_what_is_never_pressed_is_refused(browser: Browser, label: str, tmp_path: Path) -> None:
    """A tile that revokes, or another service, is named as refused; the page hears of no press, and nothing is learnt."""
    key = "e-onay" if "İptal" in label else "nes"
    with unknown_portal({key: UNKNOWN[key]}) as stage:
        said: list[str] = []

        def listen(view: object) -> None:
            advice = getattr(view, "advice", None)
            if advice is not None and advice.lines and advice.lines[0].startswith("Buna asistan basmaz"):
                said[:] = [advice.lines[0]]
                sitter.picks = "İşlemi durdur"

        sitter = Shower(stage, labels=[label], on_view=listen)
        receipt = helped(browser, sitter, Learnt(tmp_path))
        assert receipt.result.reason == "person_stopped", (receipt.result, sitter.acts)
        assert len(said) == 1
        assert sitter.portal is not None
        assert stage.portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0
        assert Learnt(tmp_path).words() == ()


def test_a_word_that_no_good_run_has_used_is_offered_first(browser: Browser, tmp_path: Path) -> None:
    """The person is asked «…» — bu mu? before it is pressed; after one good run it is used silently."""
    learnt = Learnt(tmp_path)
    learnt.keep(Word("nes_menu", UNKNOWN["nes"]))
    with unknown_portal(ONE) as stage:
        sitter = Shower(stage)
        receipt = helped(browser, sitter, learnt)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.pointed == 0
        assert sitter.acts.count(f"yes: {SHOWS}") == 1
    assert [word.proven for word in learnt.words()] == [True]


@pytest.mark.nightly(
    sample="tests/assistant/desk/test_side_by_side.py::test_a_person_points_and_the_next_desk_knows_it"
)
def test_of_two_the_person_shows_which(browser: Browser, tmp_path: Path) -> None:
    """Two tiles of one name are a question; the one that is shown is pressed, and no word is learnt of it."""
    learnt = Learnt(tmp_path)
    with unknown_portal({}, beside("nes", "NES İşlemleri", "/borc", first=False)) as stage:
        sitter = Shower(stage, labels=["NES İşlemleri"])
        receipt = helped(browser, sitter, learnt)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.pointed >= 1
        assert learnt.words() == ()


def test_without_a_person_it_halts_and_a_portal_file_lets_it_through(browser: Browser, tmp_path: Path) -> None:
    """An unattended run learns nothing by itself; the file exported from a desk is all it needs."""
    keys = ("edevlet_login", "gateway_link", "nes_menu", "individual_menu", "eonay_tile")
    labels = [UNKNOWN[key] for key in ("giris", "kapi", "nes", "bireysel", "e-onay")]
    file = tmp_path / "kurum.toml"
    file.write_text(as_portal_file(map(Addition, keys, labels)), encoding="utf-8")
    assert _unattended(browser, look_with(None)) == (Outcome.HALTED, 0)
    assert _unattended(browser, look_with(file)) == (Outcome.CONSENT_GIVEN, 1)


@pytest.mark.parametrize(
    "html",
    [
        "<label><input id=x type=checkbox> Sertifika Köşesi</label>",
        "<select id=x><option>Sertifika Köşesi</option></select>",
        "<input id=x placeholder='Sertifika Köşesi'>",
        "<button id=x disabled>Sertifika Köşesi</button>",
    ],
)
def test_what_is_no_way_on_is_not_offered(browser: Browser, html: str) -> None:
    """A box, a list, a field and what is switched off are no buttons: they aren't named back, ticked or learnt."""
    with on_stage(browser) as stage:
        stage.show(html)
        hand, asked = Hand(stage.observer), SideBySide(words("desk"))
        plea = Plea("screen_unknown", "", "", ("nes_menu",))
        tab = stage.observer.observe().tabs[0]
        asked.ask(plea, tab, hand)
        asked.take(Event("action", action="show:nes_menu"))
        asked.ask(plea, tab, hand)
        stage.press("#x")
        while asked.advice is not None and asked.advice.lines[0] != words("desk")("help.nothing_there"):
            stage.observer.wait(100)
            asked.ask(plea, stage.observer.observe().tabs[0], hand)
        assert asked.question is None


def _unattended(browser: Browser, look: Look) -> tuple[Outcome, int]:
    """Return how a run without a person ends, and how often the consent was given."""
    with unknown_portal() as stage:
        person = stage.person
        known = TestPerson(person.national_id, (person.password,), lambda: person.sms_code)
        cast = Cast(
            stage.entry,
            SoftwareCard(stage.portal.pki.credentials(person), Pin(person.pin)),
            lambda _token: Pin(person.pin),
            person.national_id,
            lambda _context, _rule: Unattended(known),
            look=look,
        )
        result = unattended(cast, browser, LIMITS)
        assert "helped" not in {step.id for step in result.steps}
        return result.outcome, stage.portal.ledger.count(Act.CONSENT_GIVEN)
