"""A guided run in which the portal asks something that only the person may answer, and one in which it asks nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from playwright.sync_api import Browser, Dialog

from assistant.desk.words import words
from assistant.outcome import Outcome
from assistant.practice.card import PracticeCard
from assistant.practice.stories import PracticeStage, staged, stories
from fixtures import people
from mock_portal import Act, Edition, Portal, serve
from tests.assistant.desk.sitter import Sitter, sit_down

CONSENT, ASKED = "E-Onay metni ve Devam", "Portal size bir şey soruyor"
NAMED = f"{ASKED}: “Sertifika Yenileme”"
APPROVALS = {words()(f"approve.{name}.title") for name in ("sharing", "consent", "hand_off", "renew_code")}
TEXT = "Sertifikanız yenilenecektir. Onaylıyor musunuz?"
MODAL = f"""document.body.insertAdjacentHTML('beforeend', `<div role="dialog" aria-modal="true" id="soru"
style="position:fixed;inset:0;background:#fffd"><h2>Sertifika Yenileme</h2><p>{TEXT}</p><button>Vazgeç</button><button>Tamam</button></div>`);
window.answers = [];
document.querySelectorAll('#soru button').forEach((one) => one.onclick = () => {{
  answers.push(one.textContent);
  document.querySelector('#soru').remove();
}});"""


@pytest.mark.parametrize("answer", ["Vazgeç", "Tamam"])
def test_a_dialog_of_the_page_is_answered_by_the_person_alone(browser: Browser, answer: str) -> None:
    """The panel names the dialog and shows what it asks, presses nothing, and goes on once it was answered in the page."""
    answers: list[list[str]] = []
    asked: list[str] = []

    def before(title: str, sitter: Sitter) -> bool:
        assert sitter.portal is not None
        page = sitter.portal.pages[-1]
        if title == CONSENT and not asked:
            page.evaluate(MODAL)
            asked.append("shown")
            return True
        if title == NAMED:
            if answers:
                return True  # the panel has not yet seen that it is gone
            assert page.evaluate("answers") == []
            page.locator("#soru").get_by_role("button", name=answer, exact=True).click()
            answers.append(page.evaluate("answers"))
            return True
        return False

    with staged(replace(stories()["first-time"], person="hatice")) as stage:
        sitter = Sitter(stage, before=before)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert stage.portal.ledger.count(Act.CONSENT_GIVEN) == 1
    assert answers == [[answer]]
    shown = [view.question for view in sitter.views if view.question is not None and view.question.title == NAMED]
    assert TEXT in shown[0].quote
    assert "siz yanıtlayınız" in shown[0].meaning
    assert not shown[0].leads_on


@pytest.mark.parametrize("kind", ["alert", "confirm", "prompt"])
def test_a_dialog_of_the_browser_is_answered_by_the_person_alone(browser: Browser, kind: str) -> None:
    """It stays open, the panel says what it asks, and the run goes on once it was answered in the portal's window."""
    open_ones: list[Dialog] = []
    begun: list[str] = []

    def before(title: str, sitter: Sitter) -> bool:
        assert sitter.portal is not None
        page = sitter.portal.pages[-1]
        if title == CONSENT and not begun:
            page.on("dialog", lambda dialog: open_ones.append(dialog))
            page.evaluate(f"() => {{ setTimeout(() => {kind}('{TEXT}')) }}")
            begun.append(kind)
            return True
        if title == ASKED and open_ones:
            open_ones.pop().accept()
            return True
        return False

    with staged(replace(stories()["first-time"], person="hatice")) as stage:
        sitter = Sitter(stage, before=before)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
    shown = [view.question for view in sitter.views if view.question is not None and view.question.title == ASKED]
    assert shown
    assert shown[0].quote == TEXT


def test_the_person_may_stop_at_a_dialog(browser: Browser) -> None:
    """Whoever does not know the answer stops: nothing was answered, and the run ends as theirs."""
    begun: list[str] = []

    def before(title: str, sitter: Sitter) -> bool:
        assert sitter.portal is not None
        if title == CONSENT and not begun:
            sitter.portal.pages[-1].evaluate(MODAL)
            begun.append(title)
            return True
        return False

    with staged(replace(stories()["first-time"], person="hatice")) as stage:
        receipt = sit_down(browser, Sitter(stage, refuses=NAMED, before=before))
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_stopped")
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0


LOOKS = ["ayse", "hatice", "zeynep", "fatma"]


@pytest.mark.parametrize(("person", "edition"), list(product(LOOKS, ["2020", "2026"])))
def test_a_plain_portal_asks_nothing_but_the_approvals(browser: Browser, person: str, edition: Edition) -> None:
    """Over the shipped looks a guided run asks for the four approvals, each at most once, and doubts nothing."""
    who = people()[person]
    portal = Portal(people=[person], edition=edition)
    card = PracticeCard(portal.pki.credentials(who), who.pin, wrong_before=0)
    with serve(portal) as served:
        sitter = Sitter(PracticeStage(portal, served.entry_url, card, who, who.pin))
        receipt = sit_down(browser, sitter)
    assert receipt.result.outcome.exit_code == 0, (receipt.result, sitter.acts)
    asked = {view.question.id: view.question for view in sitter.views if view.question is not None}
    titles = [question.title for question in asked.values()]
    assert set(titles) <= APPROVALS
    assert len(titles) == len(set(titles))
    assert not any(question.doubts for question in asked.values())
