"""e-Devlet Şifresi: the password page, its captcha, and what its address shows while a second step runs."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fixtures import Person
from mock_portal.gateway import captcha, second_step
from mock_portal.gateway.headers import Handler
from mock_portal.gateway.memory import Gateway, PasswordCheck, gateway_of
from mock_portal.gateway.pages import PASSWORD, TOKEN_FIELD, page, sent_form, typed
from mock_portal.gateway.visit import HOME, complete_login, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.web import check_csrf, portal_of, see_other

CAPTCHA_PATH = "/Giris/GuvenlikKodu"

WRONG = "T.C. Kimlik No veya e-Devlet Şifresi hatalı. Lütfen kontrol ederek yeniden deneyiniz."
LOCKED = (
    "Üst üste hatalı şifre girildiği için hesabınız geçici olarak kilitlenmiştir. "
    "Lütfen yarım saat sonra yeniden deneyiniz."
)
CAPTCHA_MISSING = "Lütfen güvenlik kodunu da giriniz."
CAPTCHA_WRONG = "Güvenlik kodu hatalı. Lütfen yeni resimdeki karakterleri giriniz."
INCOMPLETE = "Lütfen T.C. Kimlik No ve e-Devlet Şifresi alanlarını doldurunuz."

WARN_BELOW = 3
"""With fewer tries left than this, the page says how many."""


def pages() -> list[tuple[str, str, Handler]]:
    """Return the pages of this method."""
    return [
        ("GET", PASSWORD, show),
        ("POST", PASSWORD, submit),
        ("GET", CAPTCHA_PATH + "/{name}.svg", captcha_picture),
        ("POST", CAPTCHA_PATH + "/yeni", captcha_anew),
    ]


async def show(request: Request) -> Response:
    """Show the password page, or the second step that has begun."""
    if logged_in(request) is not None:
        return see_other(HOME)
    return second_step.show(request) or _login_page(request)


async def submit(request: Request) -> Response:
    """Take the password form, or one of the forms of the second step."""
    form = await sent_form(request)
    action = typed(form, "actionName")
    if action in second_step.ACTIONS:
        return second_step.take(request, form, action)
    return _take_password(request, form)


async def captcha_picture(request: Request) -> Response:
    """Draw this browser's captcha; another browser's picture doesn't exist here."""
    name = request.path_params["name"]
    answer = gateway_of(portal_of(request)).captchas.get(name) if name == visit_of(request).captcha else None
    if answer is None:
        raise HTTPException(404)
    return Response(captcha.draw(answer), media_type="image/svg+xml", headers={"cache-control": "no-store"})


async def captcha_anew(request: Request) -> Response:
    """Change this browser's captcha and say where the new picture is."""
    check_csrf(request, FormData({TOKEN_FIELD: request.headers.get("x-page-token", "")}), TOKEN_FIELD)
    _new_captcha(request)
    return JSONResponse({"src": _captcha_source(request)}, headers={"cache-control": "no-store"})


def captcha_answer_of(gateway: Gateway, source: str) -> str | None:
    """Return the answer to the captcha whose picture has this address, or None."""
    name = source.rpartition("/")[2].removesuffix(".svg")
    return gateway.captchas.get(name)


def _login_page(request: Request, error: str | None = None) -> Response:
    portal, visit = portal_of(request), visit_of(request)
    everybody = portal.people.values()
    # We don't know yet who is opening the page; if every possible visitor must answer one, the first load asks.
    if (
        visit.captcha is not None
        or gateway_of(portal).wants_captcha(None)
        or (everybody and all(gateway_of(portal).wants_captcha(person) for person in everybody))
    ):
        _new_captcha(request)
    return page(request, "login.html", active=PASSWORD, error=error, captcha=_captcha_source(request))


def _take_password(request: Request, form: FormData) -> Response:
    # The 2020 page moves what was typed into the fields that begin with "enc" (portal-facts, section 3).
    number = (typed(form, "encTridField") or typed(form, "tridField")).strip()
    password = typed(form, "encEgpField") or typed(form, "egpField")
    portal = portal_of(request)
    gateway = gateway_of(portal)
    person = portal.person_by_national_id(number)
    refused = _judge_captcha(request, gateway, person, typed(form, "captchaField"))
    if refused is not None:
        return refused
    if not number or not password:
        return _login_page(request, INCOMPLETE)
    verdict = gateway.check_password(person, password, "password")
    if verdict is not PasswordCheck.RIGHT or person is None:
        return _login_page(request, _refusal(gateway, person, verdict))
    return second_step.begin(request, person) or complete_login(request, person, "password")


def _refusal(gateway: Gateway, person: Person | None, verdict: PasswordCheck) -> str:
    if verdict is PasswordCheck.LOCKED:
        return LOCKED
    left = gateway.tries_left(person)
    if left is not None and left < WARN_BELOW:
        return f"{WRONG} Kalan deneme hakkınız: {left}."
    return WRONG


def _judge_captcha(request: Request, gateway: Gateway, person: Person | None, answer: str) -> Response | None:
    """Return the page to stay on, or None when the captcha is right or none is wanted."""
    visit = visit_of(request)
    if visit.captcha is None:
        if not gateway.wants_captcha(person):
            return None
        _new_captcha(request)
        return _login_page(request, CAPTCHA_MISSING)
    right = gateway.captchas.take(visit.captcha)
    if right is not None and captcha.matches(right, answer):
        return None
    portal_of(request).ledger.record(Act.CAPTCHA_FAILED, None if person is None else person.key)
    return _login_page(request, CAPTCHA_WRONG)


def _new_captcha(request: Request) -> None:
    visit, captchas = visit_of(request), gateway_of(portal_of(request)).captchas
    if visit.captcha is not None:
        captchas.take(visit.captcha)
    visit.captcha = captchas.put(captcha.new_answer())


def _captcha_source(request: Request) -> str | None:
    name = visit_of(request).captcha
    return None if name is None else f"{CAPTCHA_PATH}/{name}.svg"
