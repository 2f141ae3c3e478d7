"""Sends a visitor to the gateway, takes the answer, and hands the person over to Online İşlemler."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from mock_portal.gateway import (
    CALLBACK_PATH,
    CLIENT_ID,
    START_PATH,
    authorization_url,
    exchange_code,
    registered_redirect,
    secured,
)
from mock_portal.portal import Portal
from mock_portal.web import portal_of, render, see_other, session_of

STATES_KEPT = 8
"""Logins that one browser can have in progress at the same time (tabs)."""


def routes(portal: Portal) -> list[BaseRoute]:
    """Return the routes of this origin."""
    return secured(portal, [("GET", "/", start), ("GET", START_PATH, start), ("GET", CALLBACK_PATH, take_answer)])


def consume_ticket(portal: Portal, ticket: str) -> str | None:
    """Return who the geçit hands over with this ticket (fixture key), and use the ticket up.

    None for a ticket that is unknown, used or late (`portal.TICKET_LIFETIME`).
    """
    entry = portal.tickets.take(ticket)
    return entry["person"] if entry is not None and entry.get("kind") == "ticket" else None


async def start(request: Request) -> Response:
    """Start a login: remember a new state in this browser's session and go to the gateway."""
    state = secrets.token_urlsafe(18)
    states = _states(request)
    states[state] = None
    while len(states) > STATES_KEPT:
        states.popitem(last=False)
    return _go(request, authorization_url(portal_of(request), state))


async def take_answer(request: Request) -> Response:
    """Take the gateway's answer: only for a login that this browser began, and each only once."""
    portal, query = portal_of(request), request.query_params
    state = query.get("state", "")
    if state not in _states(request):
        return _message(
            request,
            "Giriş doğrulanamadı",
            "Bu giriş bu tarayıcıda başlatılmamış ya da daha önce tamamlanmış. Lütfen yeniden başlayınız.",
            status_code=400,
        )
    del _states(request)[state]
    error = query.get("error")
    if error == "access_denied":
        return _message(
            request,
            "Giriş yapılmadı",
            "e-Devlet Kapısı'nda giriş ya da bilgi paylaşımı onaylanmadı. Bilgileriniz alınmadı; "
            "isterseniz yeniden deneyebilirsiniz.",
        )
    person = exchange_code(portal, query.get("code", ""), CLIENT_ID, registered_redirect(portal))
    if error is not None or person is None:
        return _message(
            request,
            "Giriş tamamlanamadı",
            "e-Devlet Kapısı'nın yanıtı geçerli değil ya da süresi dolmuş. Lütfen yeniden deneyiniz.",
            status_code=400,
        )
    ticket = portal.tickets.put({"kind": "ticket", "person": person})
    return _go(request, f"{portal.origin('onlineislemler')}/oturum?{urlencode({'ticket': ticket})}")


def _states(request: Request) -> OrderedDict[str, None]:
    return cast("OrderedDict[str, None]", session_of(request).data.setdefault("states", OrderedDict()))


def _go(request: Request, target: str) -> Response:
    """Lead on: at once in 2020, through a blank page that moves on by itself in 2026."""
    if portal_of(request).edition == "2020":
        return see_other(target)
    return render(request, "gecit/hop.html", target=target)


def _message(request: Request, heading: str, text: str, *, status_code: int = 200) -> Response:
    return render(
        request,
        "gecit/message.html",
        status_code=status_code,
        heading=heading,
        text=text,
        href=START_PATH,
        link="Yeniden dene",
        home=portal_of(request).origin("onlineislemler") + "/landing",
    )
