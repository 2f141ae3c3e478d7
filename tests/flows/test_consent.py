"""What to do next, given what we see and what the run knows: every rule of the E-Onay flow, without a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import flows.consent as consent_module
from flows import CodeError, ControlError, FlowError, Phase, Signature, portal_look
from flows.code import ShownCode
from flows.consent import (
    AskAgain,
    End,
    HandOver,
    Known,
    LetPersonAct,
    Press,
    StartOver,
    Tick,
    Wait,
    decide,
    says_banner,
)
from flows.screens import Seen
from flows.statement import read_statement
from tests.assistant.cases.proof.paper import seen as paper
from tests.flows import pages

LOOK = portal_look()
CODE, OTHER = "968121968799342", "111122223333444"
UNDER_WAY = {Signature.WAITING, Signature.RUNNING}
MAY_BE_MADE = {Signature.ELSEWHERE, Signature.ACCEPTED, Signature.UNSURE}


def on(screen: str, html: str = "<p>Bekleyiniz</p>") -> Seen:
    """Return what we see when *html* shows as *screen*."""
    tab = paper(html)
    return Seen(screen, tab, read_statement(tab, LOOK))


def next_on(screen: str, html: str = "<p>Bekleyiniz</p>", **known: Any) -> Any:
    """Return what a run that knows *known* does there."""
    return decide(on(screen, html), Known(**known), LOOK)


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the page show a code with so many seconds left, or no code, and say or not say that it is over."""

    def show(value: str = "", remaining: int | None = 200, *, over: bool = False) -> None:
        shown = ShownCode(value, remaining) if value else None
        monkeypatch.setattr(consent_module, "read_code", lambda tab, spec: shown)
        monkeypatch.setattr(consent_module, "is_over", lambda tab, spec: over)

    return show


def sign(**known: Any) -> Any:
    """Return what to do on the signing page, in a run that has seen that the consent is missing."""
    return next_on("signing", pages.SIGNING, **{"missing_seen": True, **known})


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        ("login", LetPersonAct("login", "login")),
        ("login_other", LetPersonAct("login_other", "login_method")),
        ("second_step_sms", LetPersonAct("second_step_sms", "second_step_sms")),
        ("second_step_phone", LetPersonAct("second_step_phone", "second_step_phone")),
        ("password_renewal", LetPersonAct("password_renewal", "password_renewal")),
        ("second_step_failed", End("failed", "second_step_failed")),
        ("eonay_given", End("already_consented")),
        ("signed", AskAgain("signed")),
        ("session_ended", StartOver("session_ended")),
        ("maintenance", End("failed", "portal_maintenance")),
        ("hop", Wait("hop", 60.0)),
    ],
)
def test_a_screen_has_one_answer(screen: str, expected: object) -> None:
    """If we need to find nothing on the page, the screen alone says what to do."""
    assert next_on(screen) == expected


@pytest.mark.parametrize(
    ("screen", "reason", "seen"),
    [
        ("eonay_both", "consent_state_unclear", "eonay_both"),
        ("eonay_neither", "consent_state_unclear", "eonay_neither"),
        ("other_service", "wrong_screen", "another service"),
        ("invented", "screen_unknown", "invented"),
    ],
)
def test_a_screen_without_a_way_on_says_why(screen: str, reason: str, seen: str) -> None:
    """A page with both sentences, of another service or without a rule stops the run, each with its own reason."""
    with pytest.raises(FlowError) as stopped:
        next_on(screen)
    assert (stopped.value.reason, stopped.value.seen) == (reason, seen)


def test_the_data_is_shared_with_a_yes() -> None:
    """To press Onayla on the sharing page we need the person's yes to sharing."""
    press = next_on("sharing", pages.SHARING)
    assert (press.target, press.approval, press.control.text) == ("share_approve", "sharing", "Onayla >")


def test_what_is_there_is_ours_only_after_we_asked_again() -> None:
    """On a fresh visit the withdraw sentence means "given". Before that it means there was nothing to do."""
    assert next_on("eonay_given", phase=Phase.CHECKING) == End("consent_given")
    assert next_on("eonay_given", phase=Phase.HANDED_OVER) == End("already_consented")


BOTH_MENUS = pages.INDIVIDUAL + pages.HOME


@pytest.mark.parametrize(
    ("screen", "html", "pressed", "target"),
    [
        ("landing", pages.LANDING, {}, "edevlet_login"),
        ("gateway_link", pages.GATEWAY_LINK, {}, "gateway_link"),
        ("home", pages.HOME, {}, "nes_menu"),
        ("nes", pages.nes(), {}, "eonay_tile"),
        ("individual", BOTH_MENUS, {}, "individual_menu"),
        ("individual", BOTH_MENUS, {"individual_menu": 1}, "nes_menu"),
        ("individual", BOTH_MENUS, {"individual_menu": 2, "nes_menu": 1}, "nes_menu"),
        ("individual", BOTH_MENUS, {"individual_menu": 1, "nes_menu": 1}, "individual_menu"),
        ("individual", pages.INDIVIDUAL, {"individual_menu": 3}, "individual_menu"),
        ("individual", pages.HOME, {}, "nes_menu"),
    ],
)
def test_the_way_on_is_the_usual_one_or_the_one_less_tried(
    screen: str, html: str, pressed: dict[str, int], target: str
) -> None:
    """Of the ways that the page offers we take the one pressed least, the usual one first. None of them needs a yes."""
    press = next_on(screen, html, pressed=pressed)
    assert (press.step, press.target, press.approval) == (screen, target, None)


def test_a_page_that_offers_no_way_on_names_the_usual_one() -> None:
    """If the page offers no way on, the error names the usual one, however often we pressed it before."""
    for pressed in ({}, {"individual_menu": 1}):
        with pytest.raises(ControlError, match="Bireysel"):
            next_on("individual", pressed=pressed)


# --- giving the consent ----------------------------------------------------------------------------------


def test_devam_needs_a_yes_to_the_pages_own_sentence() -> None:
    """Without a box, Devam itself is the act. The person sees its sentence and whatever else there isn't plain."""
    press = next_on("eonay_missing", pages.eonay())
    assert (press.target, press.approval, press.quote, press.doubts) == ("proceed", "consent", pages.GIVE, ())
    doubtful = next_on("eonay_missing", pages.eonay(extra="<p>Kartımın yenilenmesini de istiyorum.</p>"))
    assert doubtful.doubts == ("Kartımın yenilenmesini de istiyorum.",)


@pytest.mark.parametrize("shape", ["checkbox", "radio"])
def test_the_box_comes_before_devam(shape: str) -> None:
    """We first tick an empty box, with the same yes. If it is already ticked, we leave it and press Devam."""
    html = pages.eonay(shape=shape)
    tick = next_on("eonay_missing", html)
    assert isinstance(tick, Tick)
    assert (tick.control.role, tick.approval, tick.quote, tick.doubts) == (shape, "consent", pages.GIVE, ())
    ticked = next_on("eonay_missing", html.replace("name='onay'", "name='onay' checked"))
    assert isinstance(ticked, Press)
    assert ticked.target == "proceed"


def test_a_box_that_cannot_be_ticked_is_no_box() -> None:
    """A disabled box doesn't count. Between two boxes that could be ticked we never choose."""
    html = pages.eonay(shape="checkbox")
    disabled = html.replace("name='onay'", "name='onay' disabled")
    assert isinstance(next_on("eonay_missing", disabled), Press)
    twice = f"<label><input type='checkbox' name='o2'> {pages.GIVE}</label>"
    assert isinstance(
        next_on("eonay_missing", pages.eonay(shape="checkbox", extra=twice.replace("'o2'", "'o2' disabled"))), Tick
    )
    with pytest.raises(ControlError) as stopped:
        next_on("eonay_missing", pages.eonay(shape="checkbox", extra=twice))
    assert (stopped.value.reason, stopped.value.seen) == ("control_ambiguous", "2 of them")


def test_a_page_that_states_nothing_gives_nothing() -> None:
    """We don't act on a page that looks like the consent page but states nothing."""
    with pytest.raises(FlowError, match="consent_state_unclear"):
        next_on("eonay_missing", pages.HOME)


@pytest.mark.parametrize("known", [{"phase": Phase.CHECKING}, *({"signature": s} for s in sorted(MAY_BE_MADE))])
def test_a_consent_that_may_be_with_the_portal_is_not_given_twice(known: dict[str, Any]) -> None:
    """After a signature, or at the last check, a form that asks for the consent means it is not confirmed."""
    assert next_on("eonay_missing", pages.eonay(), **known) == End("unverified", "not_confirmed")


# --- the signature ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("signature", Signature)
def test_what_a_signature_may_have_done(signature: Signature) -> None:
    """Two kinds of signature are still under way. Three may have reached the portal, and nobody here can say more."""
    assert signature.is_under_way == (signature in UNDER_WAY)
    assert signature.may_be_made == (signature in MAY_BE_MADE)


def test_a_run_begins_knowing_nothing() -> None:
    """A new run has seen, pressed and handed over nothing, and its repr doesn't show the code."""
    assert Known() == Known(Phase.GIVING, False, Signature.NO, "", False, {})
    assert CODE not in repr(Known(handed_code=CODE))


def test_a_signing_page_counts_only_after_the_consents(code: Any) -> None:
    """A signing page belongs to something else if the run has not seen the consent missing."""
    code(CODE)
    with pytest.raises(FlowError, match="wrong_screen"):
        sign(missing_seen=False)
    assert sign(phase=Phase.CHECKING) == End("unverified", "not_checkable")


def test_a_code_for_another_deed_is_handed_to_nobody(code: Any) -> None:
    """A signing page that names another paper is not the one that follows the consent form."""
    code(CODE)
    other = f"<p>İşlem türü: Kart Yenileme</p>{pages.SIGNING}"
    with pytest.raises(FlowError, match="wrong_screen"):
        next_on("signing", other, missing_seen=True)


def test_a_good_code_is_handed_over(code: Any) -> None:
    """If nobody has the code yet and there is enough time, or no countdown, it goes to the signer."""
    for remaining in (10, 200, None):
        code(CODE, remaining)
        assert sign() == HandOver("signing", ShownCode(CODE, remaining))


@pytest.mark.parametrize("remaining", [1, 9])
def test_a_code_about_to_die_is_renewed(code: Any, remaining: int) -> None:
    """With less than ten seconds left we ask for a new code, and that needs a yes."""
    code(CODE, remaining)
    press = sign()
    assert (press.target, press.approval, press.doubts) == ("renew_code", "renew_code", ())


def test_what_a_new_code_would_send_besides_is_told() -> None:
    """If the button's form sends something we don't understand, the person reads it first."""
    form = "<form><input type='hidden' name='islem' value='kart yenileme'><button>Tekrar Kod Al</button></form>"
    html = pages.SIGNING.replace("<button>Tekrar Kod Al</button>", form)
    tab = paper(html)
    expired = replace(on("signing", html), tab=tab)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(consent_module, "read_code", lambda tab, spec: None)
        patch.setattr(consent_module, "is_over", lambda tab, spec: True)
        press = decide(expired, Known(missing_seen=True), LOOK)
    assert isinstance(press, Press)
    assert press.doubts


def test_a_missing_code_is_not_taken_for_a_dead_one(code: Any) -> None:
    """If there is no code, we ask for a new one only when the page itself says the time is over."""
    code()
    with pytest.raises(CodeError, match="code_unreadable"):
        sign()
    code(over=True)
    assert sign().target == "renew_code"


def test_a_refused_code_is_not_handed_over_again(code: Any) -> None:
    """If a signature failed because of its code, that code is spent, but a different code is not."""
    code(CODE)
    assert sign(signature=Signature.CODE_DEAD, handed_code=CODE).target == "renew_code"
    assert sign(signature=Signature.CODE_DEAD, handed_code=OTHER) == HandOver("signing", ShownCode(CODE, 200))
    assert isinstance(sign(signature=Signature.NO, handed_code=CODE), HandOver)


@pytest.mark.parametrize("signature", sorted(UNDER_WAY | {Signature.ELSEWHERE}))
def test_a_signature_under_way_is_waited_for(code: Any, signature: Signature) -> None:
    """We wait while we see the code we handed over, or no code and no word that it is over."""
    at_work = {"signature": signature, "handed_code": CODE}
    code(CODE)
    assert sign(**at_work) == Wait("signing", 330.0)
    code(CODE, over=True)
    assert sign(**at_work) == Wait("signing", 330.0)
    code()
    assert sign(**at_work) == Wait("signing", 330.0)
    code(over=True)
    assert sign(**at_work).target == "renew_code"
    code(OTHER)
    assert sign(**at_work) == HandOver("signing", ShownCode(OTHER, 200))


@pytest.mark.parametrize("signature", [Signature.ACCEPTED, Signature.UNSURE])
def test_after_the_signature_only_the_banner_is_waited_for(signature: Signature) -> None:
    """Once the signature is in, the page has twenty seconds to say so, whatever code it shows."""
    assert sign(signature=signature) == Wait("signing", 20.0)


# --- is the signing over? --------------------------------------------------------------------------------

BANNER = "<p>İşlem başarılı</p>"


def test_the_banner_is_heard_wherever_it_is() -> None:
    """The success message counts whether it is in the page or in a dialog over it."""
    assert says_banner(on("x", BANNER), LOOK)
    assert says_banner(on("x", f"<div role='dialog'>{BANNER}</div>"), LOOK)
    assert not says_banner(on("x", pages.HOME), LOOK)


def test_a_word_of_success_sends_the_run_to_ask_again() -> None:
    """After the hand-off the banner, now or earlier, sends us on a fresh visit. Before it, it means nothing."""
    assert next_on("home", pages.HOME + BANNER, phase=Phase.HANDED_OVER) == AskAgain("home")
    assert next_on("home", pages.HOME, phase=Phase.HANDED_OVER, banner_seen=True) == AskAgain("home")
    assert isinstance(next_on("home", pages.HOME + BANNER), Press)
    assert isinstance(next_on("home", pages.HOME, banner_seen=True), Press)


@pytest.mark.parametrize("signature", sorted(MAY_BE_MADE))
def test_a_page_that_was_left_sends_the_run_to_ask_again(signature: Signature) -> None:
    """If a signature may be made and we are on another page, only a fresh visit can tell."""
    handed = {"phase": Phase.HANDED_OVER, "signature": signature}
    assert next_on("home", pages.HOME, **handed) == AskAgain("home")
    assert next_on("hop", **handed) == Wait("hop", 60.0)
    assert next_on("session_ended", **handed) == StartOver("session_ended")
    assert next_on("maintenance", **handed) == End("failed", "portal_maintenance")


@pytest.mark.parametrize("signature", [Signature.NO, Signature.WAITING, Signature.RUNNING, Signature.CODE_DEAD])
def test_a_page_that_was_left_before_the_signature_goes_on(signature: Signature) -> None:
    """While nothing can have reached the portal, we go on as before."""
    assert isinstance(next_on("home", pages.HOME, phase=Phase.HANDED_OVER, signature=signature), Press)
