"""The second step after the password (2026): a code by SMS, or a yes on the phone. It keeps the login's address."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fixtures import Person
from mock_portal.gateway.challenge import State
from mock_portal.gateway.headers import Handler
from mock_portal.gateway.memory import gateway_of
from mock_portal.gateway.pages import PASSWORD, message, page, typed
from mock_portal.gateway.visit import HOME, complete_login, visit_of
from mock_portal.web import has_session, portal_of, see_other

STATUS_PATH = "/Giris/Iki-Asamali/durum"

ACTIONS = frozenset({"smsDogrula", "smsTekrarGonder", "mobilOnay"})
"""Values of `actionName` that belong to the second step."""

FAILED = "Giriş işleminiz tamamlanamadı"
REASONS: dict[State, str] = {
    "expired": "Doğrulama için tanınan süre doldu.",
    "refused": "Giriş isteği telefonunuzdan reddedildi.",
    "cancelled": "Giriş işleminden vazgeçildi.",
    "failed": "Doğrulama kodu üst üste hatalı girildi.",
}
WRONG_CODE = "Doğrulama kodu hatalı. Lütfen kontrol ederek yeniden giriniz."


def pages() -> list[tuple[str, str, Handler]]:
    """Return the addresses of the second step itself."""
    return [("GET", STATUS_PATH, status)]


def begin(request: Request, person: Person) -> Response | None:
    """Start this person's second step; None when there is none."""
    gateway = gateway_of(portal_of(request))
    kind = gateway.second_step_of(person)
    if kind is None:
        return None
    visit_of(request).challenge = gateway.challenge(person, kind)
    return see_other(PASSWORD)


def show(request: Request, error: str | None = None) -> Response | None:
    """Return the page of the current second step, or None when there is none."""
    challenge = visit_of(request).challenge
    if challenge is None or challenge.kind == "mobile-signature":
        return None
    gateway = gateway_of(portal_of(request))
    state = gateway.state_of(challenge)
    if state not in ("waiting", "approved"):
        return failure(request, state, PASSWORD)
    return page(
        request,
        f"second_step_{challenge.kind}.html",
        active=PASSWORD,
        error=error,
        challenge=challenge,
        seconds=challenge.seconds_left(gateway.now()),
        finish=PASSWORD,
    )


def take(request: Request, form: FormData, action: str) -> Response:
    """Take one of the second step's forms."""
    challenge = visit_of(request).challenge
    if challenge is None:
        return see_other(PASSWORD)
    gateway = gateway_of(portal_of(request))
    if action == "smsTekrarGonder":
        gateway.send_again(challenge)
        return see_other(PASSWORD)
    if action == "smsDogrula" and challenge.kind == "sms":
        state = gateway.check_sms(challenge, typed(form, "smsDogrulamaKodu"))
        if state == "waiting":
            return show(request, WRONG_CODE) or see_other(PASSWORD)
    if gateway.state_of(challenge) == "approved" and challenge.kind != "mobile-signature":
        return complete_login(request, challenge.person, "password")
    return see_other(PASSWORD)


def failure(request: Request, state: State, method: str) -> Response:
    """Return the page of a login that failed at the phone; its link starts over."""
    again = HOME if method == PASSWORD else f"{HOME}?yontem={method.rpartition('/')[2]}"
    return message(request, FAILED, error=REASONS[state], way_on=(again, "Yeniden dene"))


async def status(request: Request) -> Response:
    """Tell the waiting page the state of its own challenge; `gone` for any other."""
    challenge = visit_of(request).challenge if has_session(request) else None
    if challenge is None or request.query_params.get("adim") != challenge.id:
        answer: dict[str, object] = {"state": "gone", "seconds": 0}
    else:
        gateway = gateway_of(portal_of(request))
        state = gateway.state_of(challenge, shown=True)
        answer = {"state": state, "seconds": challenge.seconds_left(gateway.now())}
    return JSONResponse(answer, headers={"cache-control": "no-store"})
