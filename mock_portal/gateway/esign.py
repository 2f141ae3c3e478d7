"""Elektronik İmza: a login document that the person's card signs through the signing service."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fixtures import Person
from mock_portal.gateway.headers import Handler
from mock_portal.gateway.memory import gateway_of
from mock_portal.gateway.pages import ESIGN, page, sent_form, typed
from mock_portal.gateway.phone import NOBODY
from mock_portal.gateway.visit import HOME, complete_login, forget_attempt, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.signing import Acceptance, CodeState, CodeStatus, CodeUnknownError
from mock_portal.web import has_session, portal_of, see_other

TITLE = "e-Devlet Giriş"
"""What the signing component shows as the title of the document."""

STATUS_PATH = ESIGN + "/durum"
EXPIRED = "Doğrulama kodunun süresi doldu. Yeni bir kod alınız."


def pages() -> list[tuple[str, str, Handler]]:
    """Return the pages of this method."""
    return [("GET", ESIGN, show), ("POST", ESIGN, submit), ("GET", STATUS_PATH, status)]


async def show(request: Request) -> Response:
    """Show the form, or the code that waits for the signature."""
    if logged_in(request) is not None:
        return see_other(HOME)
    standing = _standing(request)
    if standing is None:
        return page(request, "esign.html", active=ESIGN)
    code, _, state = standing
    service = portal_of(request).origin("onlineislemler") + "/eimza"
    over = state.state not in (CodeState.WAITING, CodeState.ACCEPTED)
    return page(
        request,
        "esign_code.html",
        active=ESIGN,
        error=EXPIRED if over else None,
        code=code,
        seconds=state.seconds_left,
        state="expired" if over else "waiting",
        jnlp=f"{service}/KamuSM-eimza.jnlp",
        jar=f"{service}/KamuSMeImzaUygulamasi.jar",
    )


async def submit(request: Request) -> Response:
    """Begin, renew the code, or finish when the signature has been accepted."""
    form = await sent_form(request)
    action, standing = typed(form, "actionName"), _standing(request)
    if action == "eImzaBasla":
        return _begin(request, form)
    if standing is None:
        return see_other(ESIGN)
    code, person, state = standing
    if state.state is CodeState.ACCEPTED:
        return complete_login(request, person, "e-signature")
    if action == "eImzaYenile":
        visit_of(request).signing = (portal_of(request).desk.renew(code).code, person)
    return see_other(ESIGN)


async def status(request: Request) -> Response:
    """Tell the waiting page the state of this browser's code."""
    standing = _standing(request) if has_session(request) else None
    if standing is None:
        answer: dict[str, object] = {"state": "gone", "seconds": 0}
    else:
        state = standing[2]
        word = "approved" if state.state is CodeState.ACCEPTED else state.state.value
        answer = {"state": word, "seconds": state.seconds_left}
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def _begin(request: Request, form: FormData) -> Response:
    portal = portal_of(request)
    person = portal.person_by_national_id(typed(form, "tridField").strip())
    if person is None:
        portal.ledger.record(Act.LOGIN_FAILED, None, method="e-signature", reason="unknown")
        return page(request, "esign.html", active=ESIGN, error=NOBODY)
    forget_attempt(request)
    asked = portal.desk.open(person, TITLE, _document(request, person), _nothing_more)
    visit_of(request).signing = (asked.code, person)
    return see_other(ESIGN)


def _document(request: Request, person: Person) -> bytes:
    moment = gateway_of(portal_of(request)).now().strftime("%d.%m.%Y %H:%M:%S")
    return (
        "e-Devlet Kapısı Kimlik Doğrulama Sistemi\n\n"
        f"{person.name} adına elektronik imza ile giriş isteği.\n"
        f"İstek zamanı (UTC): {moment}\n"
        f"Tek kullanımlık değer: {secrets.token_hex(16)}\n"
    ).encode()


def _nothing_more(accepted: Acceptance) -> None:
    """Do nothing: the waiting page asks the desk, and its browser is the one to log in."""


def _standing(request: Request) -> tuple[str, Person, CodeStatus] | None:
    signing = visit_of(request).signing
    if signing is None:
        return None
    try:
        return (*signing, portal_of(request).desk.status(signing[0]))
    except CodeUnknownError:
        visit_of(request).signing = None
        return None
