"""The ASGI application: which host answers with which pages."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Host, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from mock_portal import gateway, gecit, online
from mock_portal.looks.parts import Parts
from mock_portal.portal import COOKIES, Origin, Portal
from mock_portal.sessions import SessionMiddleware
from mock_portal.signing.routes import routes as signing_routes
from mock_portal.web import HERE, MOCK_NOTICE, portal_of, render

_EXPLANATIONS = {
    403: ("Bu işlem yapılamadı", "Oturumunuzun süresi dolmuş olabilir. Lütfen işleme baştan başlayınız."),
    404: ("Sayfa bulunamadı", "Aradığınız sayfa yok ya da taşınmış."),
    405: ("Bu işlem yapılamadı", "Sayfa bu şekilde açılamaz. Lütfen işleme baştan başlayınız."),
}
_TROUBLE = ("Bir sorun oluştu", "İşleminiz şu anda yapılamıyor. Lütfen daha sonra yeniden deneyiniz.")


def application(portal: Portal) -> Starlette:
    """Put the pages together: three origins, the loopback address for exploring, and 421 for everything else."""
    pages: dict[Origin, list[BaseRoute]] = {
        "onlineislemler": [*online.routes(portal), *signing_routes(portal)],
        "gecit": list(gecit.routes(portal)),
        "giris": list(gateway.routes(portal)),
    }
    origins: list[BaseRoute] = [
        Host(f"{name}.localhost", SessionMiddleware(Router([*routes, *_static(portal)]), portal.clock, COOKIES[name]))
        for name, routes in pages.items()
    ]
    # The signing service answers here too: Java can't resolve *.localhost names.
    bare = Host("127.0.0.1", Router([*_exploring(), *signing_routes(portal)]))
    app = Starlette(
        routes=[*origins, bare, Mount("/", _misdirected)],
        middleware=[*_delivery(portal), *portal.middleware],
        exception_handlers={HTTPException: _error_page, Exception: _error_page},
    )
    app.state.portal = portal
    return app


def _delivery(portal: Portal) -> list[Middleware]:
    """Return how this look delivers its pages, if not as whole pages."""
    return [Middleware(Parts)] if portal.look.delivery == "parts" else []


def _static(portal: Portal) -> list[BaseRoute]:
    own = portal.look.static
    look = [Mount("/static/look", StaticFiles(directory=own))] if own is not None else []
    return [*look, Mount("/static", StaticFiles(directory=HERE / "static"))]


def _exploring() -> list[BaseRoute]:
    return [Route("/_ledger", _ledger), Route("/_people", _people)]


async def _ledger(request: Request) -> Response:
    entries = portal_of(request).ledger.entries()
    return JSONResponse({"entries": [entry.as_json() for entry in entries]})


async def _people(request: Request) -> Response:
    portal = portal_of(request)
    return JSONResponse(
        {
            "notice": MOCK_NOTICE,
            "people": [
                {
                    "key": key,
                    "name": person.name,
                    "national_id": person.national_id,
                    "password": person.password,
                    "second_step": person.second_step,
                    "sms_code": person.sms_code,
                    "captcha": person.captcha,
                    "pin": person.pin,
                    "consent": "given" if portal.state.of(key).consent else "missing",
                    "certificates": [spec.kind for spec in person.card.certificates],
                }
                for key, person in portal.people.items()
            ],
        }
    )


async def _misdirected(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("Bu sunucuda böyle bir adres yok.\n", status_code=421)(scope, receive, send)


async def _error_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    heading, explanation = _EXPLANATIONS.get(status, _TROUBLE)
    if "mock_portal.session" not in request.scope:  # not a page of any origin: plain text will do
        return PlainTextResponse(heading + "\n", status_code=status, headers=headers)
    is_online = (request.url.hostname or "").startswith("onlineislemler.")
    if is_online:
        page = online.show(request, online.trouble(heading, explanation), status_code=status)
    else:
        page = render(request, "error.html", status_code=status, heading=heading, explanation=explanation)
    page.headers.update(headers or {})
    return page
