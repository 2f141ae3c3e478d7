"""Guided runs in the real browser: a simulated person at the panel, the mock portal, a card in memory."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.desk.view import StepLine, View
from assistant.practice.stories import staged, stories
from flows import steps
from mock_portal import Act
from tests.assistant.desk.sitter import PATIENCE, Sitter, sit_down
from tests.sampling import sampled

SHARING, CONSENT = "Bilgi paylaşımına onay", "E-Onay metni ve Devam"
HAND_OFF, RENEW, SIGN = "Doğrulama kodunu imza uygulamasına verme", "Yeni kod isteme", "İmza"
ACTS = (SHARING, CONSENT, HAND_OFF, SIGN)
"""Each that a person may stop before: every run refuses two of them, and leaves by the exit at the other two."""
HATICE = replace(stories()["first-time"], person="hatice")


def test_first_time_by_sms_and_card(browser: Browser) -> None:
    """Approvals, a login by SMS and a PIN end in a consent seen again; no view holds a secret, no step comes twice."""
    with staged(stories()["first-time"]) as stage:
        sitter = Sitter(stage)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.acts == [
            "logged in",
            "typed the SMS code",
            f"yes: {SHARING}",
            f"yes: {CONSENT}",
            f"yes: {HAND_OFF}",
            "typed a PIN",
        ]
        assert stage.portal.ledger.count(Act.CONSENT_GIVEN) == 1
        shown = repr([view.as_json() for view in sitter.views])
        assert stage.person.password not in shown
        assert stage.pin not in shown
        assert sitter.views[-1].end is not None
        # A blank page between two sites, or the fresh visit, doesn't send the person back to the first step.
        places = [[step.state for step in view.steps].count("done") for view in sitter.views]
        assert places == sorted(places)


def test_already_consented_touches_nothing(browser: Browser) -> None:
    """Where consent exists the run says so warmly, asks nothing about it and presses nothing more."""
    with staged(stories()["already-consented"]) as stage:
        sitter = Sitter(stage, by_hand=True)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.ALREADY_CONSENTED
        assert sitter.acts[-1] == "pressed Onayla in the page", "the person may press in the page themselves"
        end = sitter.views[-1].end
        assert end is not None
        assert "Güzel haber" in end.text
        assert "sayfasından çıktı" in end.text
        warned = ["Bu sayfada Devam'a basmayınız" in view.warn for view in sitter.views]
        assert any(warned), "as long as the page stands there"
        assert not sitter.views[-1].warn, "it has been left"
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0
        assert sitter.views[-1].steps[-1] == StepLine(steps("tr")["eonay_given"].title, "done"), "nothing came after it"


def test_a_page_that_cannot_be_left_is_warned_of_to_the_end(browser: Browser) -> None:
    """Where neither way leads off the page, the outcome stays and the last view says not to press Devam there."""

    def cut_off(view: View) -> None:
        if view.warn and sitter.portal is not None and not cut:
            cut.append(True)
            sitter.portal.set_offline(True)
            sitter.portal.route("**/*", lambda _route: None)

    cut: list[bool] = []
    with staged(stories()["already-consented"]) as stage:
        sitter = Sitter(stage, on_view=cut_off)
        receipt = sit_down(browser, sitter, replace(PATIENCE, page_s=6))
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.ALREADY_CONSENTED, None)
        assert receipt.result.stands_on == "withdrawal"
        assert receipt.result.steps[-1].screen == "eonay_given"
        last = sitter.views[-1]
        assert last.end is not None
        assert "Bu sayfada Devam'a basmayınız" in last.warn
        assert "sayfasından çıktı" not in last.end.text


@pytest.mark.parametrize("refuses", sampled(ACTS, every_run=[CONSENT, SIGN]))
def test_a_no_stops_before_the_act(browser: Browser, refuses: str) -> None:
    """A refused approval ends the run as cancelled, and what was refused hasn't happened."""
    with staged(HATICE) as stage:
        sitter = Sitter(stage, refuses=refuses)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CANCELLED, receipt.result
        assert sitter.acts[-1] == f"no: {refuses}"
        ledger = stage.portal.ledger
        assert ledger.count(Act.CONSENT_GIVEN) == ledger.count(Act.SIGNATURE_REJECTED) == 0
        assert ledger.count(Act.SHARING_APPROVED) == (refuses != SHARING)
        assert ledger.count(Act.CODE_ISSUED) == (refuses in {HAND_OFF, SIGN})


@pytest.mark.parametrize("at", sampled(ACTS, every_run=[SHARING, HAND_OFF]))
def test_the_panels_exit_stops_before_the_act(browser: Browser, at: str) -> None:
    """The exit that is always there, pressed while an approval waits, ends the run before that act."""

    def cancel(title: str, sitter: Sitter) -> bool:
        if title == at and sitter.panel is not None:
            sitter.panel.locator("#stop button").click()
            sitter.panel.locator("#stop button").first.click()
        return title == at

    with staged(HATICE) as stage:
        receipt = sit_down(browser, Sitter(stage, before=cancel))
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_stopped")
        ledger = stage.portal.ledger
        assert ledger.count(Act.CONSENT_GIVEN) == ledger.count(Act.SIGNATURE_REJECTED) == 0
        assert ledger.count(Act.SHARING_APPROVED) == (at != SHARING)
        assert ledger.count(Act.CODE_ISSUED) == (at in {HAND_OFF, SIGN})


def test_no_new_code_is_asked_for_after_a_no(browser: Browser) -> None:
    """When a code has died before it was handed over, a no to a new one ends the run, and none is asked for."""
    with staged(replace(HATICE, code_lifetime=3)) as stage:
        sitter = Sitter(stage, refuses=RENEW, before=lambda title, _sitter: title == HAND_OFF)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CANCELLED, (receipt.result, sitter.acts)
        assert sitter.acts[-1] == f"no: {RENEW}"
        assert stage.portal.ledger.count(Act.CODE_RENEWED) == 0


@pytest.mark.nightly(
    sample="tests/assistant/official_app/test_run.py::test_a_dead_code_is_renewed_and_the_new_one_handed_over"
)
def test_a_dead_code_is_renewed_only_after_a_yes(browser: Browser) -> None:
    """A code that dies during the PIN question withdraws that question; a new one is asked for and then signed."""
    story = replace(stories()["code-runs-out"], person="hatice", code_lifetime=18)

    def lingers(title: str, sitter: Sitter) -> bool:
        return title == SIGN and f"yes: {RENEW}" not in sitter.acts

    with staged(story) as stage:
        sitter = Sitter(stage, before=lingers)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        first_renewal = sitter.acts.index(f"yes: {RENEW}")
        assert "typed a PIN" not in sitter.acts[:first_renewal]
        assert sitter.acts[first_renewal + 1] == f"yes: {HAND_OFF}"
        assert stage.portal.ledger.count(Act.CODE_RENEWED) == sitter.acts.count(f"yes: {RENEW}")


def test_a_wrong_pin_is_sent_once_and_then_asked_anew(browser: Browser) -> None:
    """A wrong PIN is said as such and sent once; the next one is the person's decision."""
    with staged(replace(stories()["wrong-pin"], person="hatice")) as stage:
        sitter = Sitter(stage, pins=["000000"])
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert sitter.acts[-3:] == ["typed a PIN", "yes: Hatalı PIN", "typed a PIN"]


def test_a_final_try_needs_words_of_its_own(browser: Browser) -> None:
    """With one try left the PIN question comes only after an extra confirmation; a no costs nothing."""
    with staged(replace(stories()["final-try"], person="hatice")) as stage:
        sitter = Sitter(stage, refuses="Son PIN hakkı")
        receipt = sit_down(browser, sitter)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "pin_final_try")
        assert "typed a PIN" not in sitter.acts
        assert not stage.card.look().tokens[0].info.pin.locked


def test_a_wrong_pin_at_the_final_try_ends_as_locked(browser: Browser) -> None:
    """The card is locked then: nobody is asked whether to type the PIN again."""
    with staged(replace(stories()["final-try"], person="hatice")) as stage:
        sitter = Sitter(stage, pins=["000000"])
        receipt = sit_down(browser, sitter)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "pin_locked")
        assert sitter.acts[-2:] == ["yes: Son PIN hakkı", "typed a PIN"]


CANNOT_SIGN = [("locked-card", "pin_locked"), ("wrong-card", "certificate_other_holder")]


@pytest.mark.parametrize(("name", "reason"), sampled(CANNOT_SIGN, every_run=CANNOT_SIGN[1:]))
def test_a_card_that_cannot_sign_is_told_with_the_way_out(browser: Browser, name: str, reason: str) -> None:
    """A locked card or somebody else's gets no PIN question, and the reason is the card's."""
    story = replace(stories()[name], person="hatice", card="ayse" if name == "wrong-card" else "")
    with staged(story) as stage:
        sitter = Sitter(stage, refuses="Bu kartla imzalanamaz")
        receipt = sit_down(browser, sitter)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, reason)
        assert "typed a PIN" not in sitter.acts


def test_a_pulled_card_is_noticed_and_the_run_goes_on_when_it_is_back(browser: Browser) -> None:
    """A card pulled during the PIN question is reported within two seconds, and signing resumes when it is back."""
    times: dict[str, float] = {}

    def pull_once(title: str, sitter: Sitter) -> bool:
        if title == SIGN and "pulled" not in times:
            times["pulled"] = monotonic()
            sitter.stage.card.pull()
        elif title == "Kart görülmüyor":
            times.setdefault("told", monotonic())
            sitter.stage.card.put_back()
        return "told" not in times

    with staged(HATICE) as stage:

        def only_at_the_card(title: str, sitter: Sitter) -> bool:
            return title in {SIGN, "Kart görülmüyor"} and pull_once(title, sitter)

        sitter = Sitter(stage, before=only_at_the_card)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert times["told"] - times["pulled"] < 2
        assert sitter.acts.count("typed a PIN") == 1


@pytest.mark.parametrize("what", sampled(["panel", "portal"], every_run=["portal"]))
def test_a_closed_window_is_the_persons_word(browser: Browser, what: str) -> None:
    """Closing either window ends the run as cancelled with that reason."""

    def close(title: str, sitter: Sitter) -> bool:
        assert sitter.portal is not None
        assert sitter.panel is not None
        (sitter.panel if what == "panel" else sitter.portal.pages[0]).close()
        return True

    with staged(HATICE) as stage:
        receipt = sit_down(browser, Sitter(stage, before=close))
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "window_closed")


def test_nothing_continues_after_a_timeout(browser: Browser) -> None:
    """Without an answer in time the run ends as cancelled, and nothing was approved."""
    with staged(HATICE) as stage:
        sitter = Sitter(stage, before=lambda _title, _sitter: True)
        receipt = sit_down(browser, sitter, replace(PATIENCE, person_s=2))
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_absent")
        assert stage.portal.ledger.count(Act.SHARING_APPROVED) == 0


def test_before_a_wait_ends_the_person_may_ask_for_more(browser: Browser) -> None:
    """With a countdown the panel asks whether anybody is there; and waits on as often as somebody says yes."""
    asked: list[int] = []

    def linger(title: str, sitter: Sitter) -> bool:
        assert sitter.panel is not None
        if title != SHARING or len(asked) == 2:
            return False
        left = sitter.views[-1].left_s
        if left is not None and left <= 1:
            asked.append(left)
            sitter.panel.get_by_role("button", name="Sürdür").click()
        return True

    with staged(HATICE) as stage:
        sitter = Sitter(stage, refuses=CONSENT, before=linger)
        receipt = sit_down(browser, sitter, replace(PATIENCE, person_s=3))
        assert sitter.acts[-2:] == [f"yes: {SHARING}", f"no: {CONSENT}"], receipt.result
        assert len(asked) == 2
