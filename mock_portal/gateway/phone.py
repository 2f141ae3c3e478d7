"""Mobil İmza, the stand-in phone for exploring by hand, and answering a phone from a test."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_portal.gateway.headers import Handler
from mock_portal.gateway.memory import gateway_of
from mock_portal.gateway.pages import MOBILE, page, sent_form, typed
from mock_portal.gateway.second_step import failure
from mock_portal.gateway.visit import HOME, complete_login, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.portal import Portal
from mock_portal.web import portal_of, render, see_other

HANDSET = "/Benzetim/Telefon/{challenge}"
NOBODY = "Bu T.C. Kimlik No ile giriş yapılamıyor. Lütfen kontrol ediniz."
NUMBER_DIGITS = 10


def pages() -> list[tuple[str, str, Handler]]:
    """Return the pages of Mobil İmza and of the stand-in phone."""
    return [
        ("GET", MOBILE, show),
        ("POST", MOBILE, submit),
        ("GET", HANDSET, handset),
        ("POST", HANDSET, answer_on_handset),
    ]


def approve_phone(portal: Portal, person_key: str) -> bool:
    """Say yes to the latest question on this person's phone (login or mobile signature).

    Returns False when nothing is waiting for an answer (any more).
    """
    return gateway_of(portal).answer_latest(person_key, approve=True)


def refuse_phone(portal: Portal, person_key: str) -> bool:
    """Say no to the latest question on this person's phone; False when nothing is waiting for an answer."""
    return gateway_of(portal).answer_latest(person_key, approve=False)


async def show(request: Request) -> Response:
    """Show the form of Mobil İmza, or the page that waits for the signature."""
    if logged_in(request) is not None:
        return see_other(HOME)
    challenge = visit_of(request).challenge
    if challenge is None or challenge.kind != "mobile-signature":
        return page(request, "mobile.html", active=MOBILE)
    gateway = gateway_of(portal_of(request))
    state = gateway.state_of(challenge)
    if state not in ("waiting", "approved"):
        return failure(request, state, MOBILE)
    seconds = challenge.seconds_left(gateway.now())
    return page(request, "mobile_wait.html", active=MOBILE, challenge=challenge, seconds=seconds, finish=MOBILE)


async def submit(request: Request) -> Response:
    """Take the form of Mobil İmza, or finish when the phone has signed."""
    form = await sent_form(request)
    gateway, visit = gateway_of(portal_of(request)), visit_of(request)
    if typed(form, "actionName") == "mobilOnay":
        challenge = visit.challenge
        if challenge is not None and challenge.kind == "mobile-signature" and gateway.state_of(challenge) == "approved":
            return complete_login(request, challenge.person, "mobile-signature")
        return see_other(MOBILE)
    person = portal_of(request).person_by_national_id(typed(form, "tridField").strip())
    number = typed(form, "gsmField").strip()
    if person is None:
        portal_of(request).ledger.record(Act.LOGIN_FAILED, None, method="mobile-signature", reason="unknown")
        return page(request, "mobile.html", active=MOBILE, error=NOBODY)
    if len(number) != NUMBER_DIGITS or not number.isdigit():
        return page(request, "mobile.html", active=MOBILE, error="Cep telefonu numarası on rakamdan oluşmalıdır.")
    visit.challenge = gateway.challenge(person, "mobile-signature")
    return see_other(MOBILE)


async def handset(request: Request) -> Response:
    """Show the stand-in phone: the SMS, or its question."""
    return _handset_page(request)


async def answer_on_handset(request: Request) -> Response:
    """Answer on the stand-in phone."""
    form = await sent_form(request)
    challenge = gateway_of(portal_of(request)).challenge_of(request.path_params["challenge"])
    choice = typed(form, "answer")
    if challenge is None or choice not in ("approve", "refuse"):
        raise HTTPException(404)
    in_time = gateway_of(portal_of(request)).answer(challenge, approve=choice == "approve")
    return _handset_page(request, "Yanıtınız iletildi." if in_time else "Bu isteğin süresi dolmuş.")


def _handset_page(request: Request, answer: str = "") -> Response:
    gateway = gateway_of(portal_of(request))
    challenge = gateway.challenge_of(request.path_params["challenge"])
    state = "gone" if challenge is None else gateway.state_of(challenge)
    return render(
        request,
        "gateway/stand_in_handset.html",
        challenge=challenge,
        state=state,
        sms_code="" if challenge is None else challenge.person.sms_code,
        answer=answer,
    )
