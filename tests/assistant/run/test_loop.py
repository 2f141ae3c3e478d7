"""The loop reaches the right word on pages and in trouble it wasn't written for, and never does harm."""

from __future__ import annotations

from itertools import product
from typing import Literal

import pytest

from assistant.base.outcome import Outcome
from tests.assistant.conftest import RunAgainst
from tests.assistant.little_portal import CODE_SHAPES, TILE_SHAPES, Plan
from tests.sampling import sampled

LAYER = """<div id='layer' style='position:fixed;inset:0;background:#fffd;z-index:5'>Duyuru
<button onclick="document.getElementById('layer').remove()">Kapat</button></div>"""


@pytest.mark.parametrize("tiles", sampled(TILE_SHAPES, every_run=["pointer"]))
def test_tiles_of_any_shape_lead_to_consent(run_against: RunAgainst, tiles: str) -> None:
    """Links, buttons, clickable blocks, capitals: the E-Onay tile is found and no other is touched."""
    result, portal = run_against(Plan(tiles=TILE_SHAPES[tiles]))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["trap"] == 0
    assert portal.acts["handed_in"] == portal.acts["devam"] == 1


@pytest.mark.parametrize("shape", sampled(CODE_SHAPES, every_run=["fields"]))
def test_the_code_of_any_shape_is_handed_over(run_against: RunAgainst, shape: str) -> None:
    """A code in a field, in groups or in single digits reaches the signing service."""
    result, portal = run_against(Plan(code=CODE_SHAPES[shape]))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["accepted"] == 1


HARMLESS = [
    Plan(frame=True),
    Plan(new_tab=True),
    Plan(sms=True, skip_sharing=True),
    Plan(before=LAYER),
    Plan(answer="expired-once"),
    Plan(trouble={"/nes": "logout-once"}),
]
"""A plan of each kind that should not matter."""
AS_HARMLESS = [
    Plan(individual=True, menu="<nav><a href='/ana'>Bireysel İşlemler</a></nav>"),
    Plan(banner="late"),
    Plan(trouble={"/nes": "403-once"}),
    Plan(trouble={"/nes/e-onay": "500-once"}),
    Plan(form="radio"),
    Plan(form="text"),
    Plan(individual=True),
    Plan(sms=True),
    Plan(skip_sharing=True),
    Plan(jnlp_cookie=True),
    Plan(style="* { text-transform: uppercase; }"),
    Plan(style="body { zoom: 200%; }"),
    Plan(extra_consent="<input type='checkbox' name='bulten' style='display:none'>"),
    Plan(trouble={"/nes": "500-once"}),
]


@pytest.mark.parametrize(
    "plan",
    sampled([*HARMLESS, *AS_HARMLESS], every_run=HARMLESS),
    ids=lambda plan: next((f"{k}={v}"[:30] for k, v in vars(plan).items() if v != getattr(Plan(), k)), "plain"),
)
def test_what_should_not_matter_does_not(run_against: RunAgainst, plan: Plan) -> None:
    """Frames, tabs, levels, layers, skipped and repeated pages end in a consent that was seen again."""
    result, portal = run_against(plan)
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["accepted"] == 1
    assert portal.acts["trap"] == portal.acts["withdrawal_started"] == 0
    assert result.steps[-1].screen == "eonay_given"


def test_a_page_whose_script_is_on_its_way_is_not_pressed_yet(run_against: RunAgainst) -> None:
    """Tiles that come alive with a slow script are pressed once they are, not in vain before."""
    tile = "<div class=t style='cursor:pointer' data-to='{href}'><h3>{title}</h3><p>{text}</p></div>"
    result, portal = run_against(Plan(tiles=tile, late_script=True))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["too_early"] == portal.acts["trap"] == 0


ANNOUNCED = {
    "other-words": "location = '/sonuc'",
    "error-page": "location = '/yok'",
    "alert": "if (!window.told) { window.told = true; alert('İşlem başarılı'); }",
    "dialog": "document.querySelector('dialog') || document.body.insertAdjacentHTML('beforeend', '<dialog open>İŞLEM BAŞARILI</dialog>')",
}


@pytest.mark.parametrize("how", sampled(ANNOUNCED, every_run=["error-page", "alert"]))
def test_however_success_is_announced_the_portal_is_asked(run_against: RunAgainst, how: str) -> None:
    """Another page, an error page, an alert or a dialog after the signature: the fresh visit decides."""
    result, portal = run_against(Plan(done=ANNOUNCED[how]))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["handed_in"] == 1


def test_an_existing_consent_is_left_alone(run_against: RunAgainst) -> None:
    """Next to the withdraw sentence nothing is pressed."""
    result, portal = run_against(Plan(consent=True))
    assert result.outcome is Outcome.ALREADY_CONSENTED
    assert portal.acts["devam"] == portal.acts["withdrawal_started"] == portal.acts["code"] == 0


def test_a_lying_banner_is_unverified(run_against: RunAgainst) -> None:
    """A banner that the fresh visit doesn't confirm is no consent, and nothing is submitted twice."""
    result, portal = run_against(Plan(banner="lying"))
    assert (result.outcome, result.reason) == (Outcome.UNVERIFIED, "not_confirmed")
    assert portal.acts["handed_in"] == portal.acts["devam"] == 1


@pytest.mark.parametrize(
    ("answer", "banner"),
    sampled(
        product(("lost", "server-error"), ("true", "never")), every_run=[("lost", "true"), ("server-error", "never")]
    ),
)
def test_a_lost_answer_is_never_submitted_again(
    run_against: RunAgainst, answer: Literal["lost", "server-error"], banner: Literal["true", "never"]
) -> None:
    """When the service's answer is lost the portal is asked, not the service."""
    result, portal = run_against(Plan(answer=answer, banner=banner))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert portal.acts["handed_in"] == 1


KNOWN = [
    (Plan(answer="refused"), "certificate_rejected"),
    (Plan(answer="expired"), "code_expired"),
    (Plan(wrong_password=True), "login_rejected"),
    (Plan(trouble={"/nes": "500"}), "portal_error"),
]


@pytest.mark.parametrize(("plan", "reason"), sampled(KNOWN, every_run=[KNOWN[0], KNOWN[2]]))
def test_known_causes_fail_with_their_reason(run_against: RunAgainst, plan: Plan, reason: str) -> None:
    """What is known to go wrong has its own reason, and nothing was consented to."""
    result, portal = run_against(plan)
    assert (result.outcome, result.reason) == (Outcome.FAILED, reason)
    assert not portal.consent
    assert portal.acts["login_sent"] <= 1 + portal.troubled["/nes"]


def test_each_dead_code_is_renewed_where_the_page_hides_it(run_against: RunAgainst) -> None:
    """A page that stays, showing no code once it is dead, gets as many requests for a new one as any other."""
    result, portal = run_against(Plan(answer="expired", hides_dead_code=True))
    assert (result.outcome, result.reason) == (Outcome.FAILED, "code_expired")
    assert portal.acts["renewed"] == 2


HARMFUL = [
    (Plan(devam="<button formaction='/tuzak?islem=iptal'>Devam</button>"), "forbidden_control"),
    (Plan(extra_consent="<p>Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</p>"), "consent_state_unclear"),
    (Plan(tiles="<a href='/tuzak'><h3>{title}</h3><p>Sertifikanızı iptal etmek için</p></a>"), "forbidden_control"),
    (Plan(title="E-Onay İptali"), "document_mismatch"),
]
"""Whoever pressed on here would do harm."""
DOUBTS = [
    *HARMFUL,
    (Plan(devam="<button>Devam</button><button>Devam</button>"), "control_ambiguous"),
    (Plan(devam="<button>İlerle</button>"), "control_missing"),
    (Plan(tiles="<a href='{href}'>{text}</a>"), "screen_unknown"),
]


@pytest.mark.parametrize(("plan", "reason"), sampled(DOUBTS, every_run=HARMFUL))
def test_what_is_not_sure_halts(run_against: RunAgainst, plan: Plan, reason: str) -> None:
    """Two candidates, none, a forbidden effect or an unclear state: the run halts and nothing was signed."""
    result, portal = run_against(plan)
    assert (result.outcome, result.reason) == (Outcome.HALTED, reason), result
    assert portal.acts["trap"] == portal.acts["handed_in"] == 0


def test_a_result_holds_nothing_personal(run_against: RunAgainst) -> None:
    """No field of a result or receipt has a number or a name in it."""
    result, portal = run_against(Plan())
    text = repr(result)
    assert portal.code not in text
    assert "10000000146" not in text
    assert "YILMAZ" not in text
