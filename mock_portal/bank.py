"""The stand-in bank of İnternet Bankacılığı: somebody else's site, on a host and port of its own.

It hands whoever has logged in to the gateway with a one-time ticket, as a bank's own site would.
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Host, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_portal.gateway.memory import PasswordCheck, gateway_of
from mock_portal.gateway.pages import BANK, BANK_RETURN, TOKEN_FIELD, typed
from mock_portal.gateway.stand_ins import BANKS
from mock_portal.portal import BANK_HOST, Portal
from mock_portal.sessions import SessionMiddleware
from mock_portal.web import HERE, check_csrf, portal_of, read_form, render, see_other

_COOKIE = "banka_oturum"


def beside(portal: Portal, app: ASGIApp) -> ASGIApp:
    """Return *app* with the bank at its side: anything that arrives at the bank's port is the bank's."""
    bank = _application(portal)

    async def by_port(scope: Scope, receive: Receive, send: Send) -> None:
        is_bank = scope["type"] == "http" and (scope.get("server") or ("", None))[1] == portal.bank_port
        await (bank if is_bank else app)(scope, receive, send)

    return by_port


def _application(portal: Portal) -> Starlette:
    pages = Router(
        [
            Route("/{bank}", _show, methods=["GET"]),
            Route("/{bank}", _submit, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
    )
    app = Starlette(routes=[Host(BANK_HOST, SessionMiddleware(pages, portal.clock, _COOKIE))])
    app.state.portal = portal
    return app


async def _show(request: Request) -> Response:
    return _page(request)


async def _submit(request: Request) -> Response:
    """Take the bank's form; its customers are the people of e-Devlet, password and all."""
    form = await read_form(request)
    check_csrf(request, form, TOKEN_FIELD)
    portal = portal_of(request)
    person = portal.person_by_national_id(typed(form, "musteriNo").strip())
    verdict = gateway_of(portal).check_password(person, typed(form, "parola"), "bank")
    if verdict is PasswordCheck.RIGHT and person is not None:
        ticket = portal.tickets.put({"kind": "bank", "person": person.key})
        return see_other(f"{portal.origin('giris')}{BANK_RETURN}?{urlencode({'bilet': ticket})}")
    locked = verdict is PasswordCheck.LOCKED
    return _page(request, "Hesabınız kilitli." if locked else "Müşteri No veya parola hatalı.")


def _page(request: Request, error: str | None = None) -> Response:
    slug = request.path_params["bank"]
    if slug not in BANKS:
        raise HTTPException(404)
    back = portal_of(request).origin("giris") + BANK
    return render(request, "gateway/stand_in_bank.html", bank=BANKS[slug], slug=slug, back=back, error=error)
