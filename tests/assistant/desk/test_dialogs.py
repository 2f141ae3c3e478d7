"""A guided run in which the portal asks something that only the person may answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Dialog

from assistant.base.outcome import Outcome
from assistant.practice.stories import staged, stories
from mock_portal import Act
from tests.assistant.desk.sitter import Sitter, sit_down
from tests.sampling import sampled

CONSENT, ASKED = "E-Onay metni ve Devam", "Portal size bir şey soruyor"
NAMED = f"{ASKED}: “Sertifika Yenileme”"
TEXT = "Sertifikanız yenilenecektir. Onaylıyor musunuz?"
MODAL = f"""document.body.insertAdjacentHTML('beforeend', `<div role="dialog" aria-modal="true" id="soru"
style="position:fixed;inset:0;background:#fffd"><h2>Sertifika Yenileme</h2><p>{TEXT}</p><button>Vazgeç</button><button>Tamam</button></div>`);
window.answers = [];
document.querySelectorAll('#soru button').forEach((one) => one.onclick = () => {{
  answers.push(one.textContent);
  document.querySelector('#soru').remove();
}});"""


@pytest.mark.parametrize("answer", sampled(["Vazgeç", "Tamam"], every_run=["Tamam"]))
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


@pytest.mark.parametrize("kind", sampled(["alert", "confirm", "prompt"], every_run=["confirm"]))
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
    """A person who doesn't know the answer stops: nothing was answered, and they ended the run."""
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
