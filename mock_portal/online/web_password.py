"""Web Parola Değiştirme. We check the password and forget it: nothing in the mock portal asks for it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.ledger import Act
from mock_portal.online.site import for_person, say, show
from mock_portal.pages.model import HOME, Actions, Form, Page, Secret, SubmitButton, TextBlock
from mock_portal.web import check_csrf, portal_of, read_form, see_other

PATH = "/nes/web-parola"

SHORTEST = 8
"""Characters a web password needs [guess]."""


@for_person
async def page(request: Request, person: Person) -> Response:
    """Ask for the new password, twice."""
    inside = (
        Secret("parola", "parola", "Yeni Web Parolası"),
        Secret("parola_tekrar", "parolaTekrar", "Yeni Web Parolası (Tekrar)"),
        Actions((HOME, SubmitButton("degistir", "Değiştir", "main"))),
    )
    title = "Web Parola Değiştirme"
    about = TextBlock(f"Yeni parolanız en az {SHORTEST} karakter olmalıdır.")
    return show(request, Page("web-password", title, title, (about, Form("degistir", PATH, inside))))


@for_person
async def change(request: Request, person: Person) -> Response:
    """Change it if both fields agree and it is long enough."""
    form = await read_form(request)
    check_csrf(request, form)
    first, second = form.get("parola"), form.get("parola_tekrar")
    if not isinstance(first, str) or len(first) < SHORTEST:
        say(request, "parola-kisa")
    elif first != second:
        say(request, "parola-farkli")
    else:
        portal_of(request).ledger.record(Act.WEB_PASSWORD_CHANGED, person.key)
        say(request, "parola-degisti")
    return see_other(PATH)


ROUTES = (Route(PATH, page), Route(PATH, change, methods=["POST"]))
