"""Starting over, logging out, and the few information pages that the others link to."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_portal.gateway.client import START_PATH
from mock_portal.gateway.headers import Handler
from mock_portal.gateway.pages import METHODS, PASSWORD, message, sent_form
from mock_portal.gateway.visit import HOME, forget_attempt, go_on, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.web import portal_of, see_other, session_of

INFORMATION: Mapping[str, tuple[str, str]] = {
    "sifre": (
        "e-Devlet Şifresi",
        "e-Devlet şifresi PTT şubelerinden şahsen alınır; e-imza, mobil imza ya da T.C. Kimlik Kartı ile "
        "giriş yapılarak da oluşturulabilir. Bu benzetimde şifre değiştirilemez.",
    ),
    "gizlilik": (
        "Gizlilik ve Güvenlik",
        "Bu sayfa bir prova ortamıdır ve yalnızca bu bilgisayarda çalışır. Gerçek şifrenizi buraya yazmayınız.",
    ),
    "cozum": (
        "Hızlı Çözüm Merkezi",
        "Prova sırasında takıldığınız yerde işlemden vazgeçip baştan başlayabilirsiniz.",
    ),
}
"""Heading and text by the last part of the address."""


def pages() -> list[tuple[str, str, Handler]]:
    """Return these pages."""
    return [
        ("GET", "/", start),
        ("GET", HOME, start),
        ("POST", "/Giris/Cikis", log_out),
        ("GET", "/Giris/Bilgi/{topic}", information),
    ]


async def start(request: Request) -> Response:
    """Start the login over; somebody logged in goes on, or is told so. `yontem` names another method."""
    if logged_in(request) is None:
        forget_attempt(request)
        wanted = "/Giris/" + request.query_params.get("yontem", "")
        known = {method.path for method in METHODS[portal_of(request).edition]}
        return see_other(wanted if wanted in known else PASSWORD)
    visit = visit_of(request)
    if visit.waiting is not None:
        return go_on(visit)
    return message(
        request,
        "Oturumunuz açık",
        text="e-Devlet Kapısı'na giriş yapmış durumdasınız.",
        way_on=(portal_of(request).origin("gecit") + START_PATH, "Uygulamaya dön"),
        logout=True,
    )


async def log_out(request: Request) -> Response:
    """End this browser's session at the gateway."""
    await sent_form(request)
    person = logged_in(request)
    if person is not None:
        portal_of(request).ledger.record(Act.LOGOUT, person.key, origin="giris")
    session_of(request).end()
    return see_other(PASSWORD)


async def information(request: Request) -> Response:
    """Show one of the information pages."""
    topic = INFORMATION.get(request.path_params["topic"])
    if topic is None:
        raise HTTPException(404)
    return message(request, topic[0], text=topic[1])
