"""The OAuth2 side: who may ask, the sharing page, and codes that work once and for a short time."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from fixtures import Person
from mock_portal.gateway.client import (
    AUTHORIZATION_PATH,
    CLIENT_ID,
    SCOPE,
    AuthorizationRequest,
    registered_redirect,
)
from mock_portal.gateway.headers import Handler
from mock_portal.gateway.memory import gateway_of
from mock_portal.gateway.pages import PASSWORD, message, page, sent_form, typed
from mock_portal.gateway.visit import forget_attempt, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.portal import Portal
from mock_portal.web import portal_of, see_other

SHARING_PAGES_KEPT = 8
"""Sharing pages in one browser that can be open at the same time (tabs)."""


def pages() -> list[tuple[str, str, Handler]]:
    """Return the pages of the authorization server."""
    return [
        ("GET", AUTHORIZATION_PATH, authorize),
        ("POST", AUTHORIZATION_PATH + "/SaveScope", approve),
        ("POST", AUTHORIZATION_PATH + "/Iptal", refuse),
        ("POST", "/Giris/Iptal", cancel),
    ]


def exchange_code(portal: Portal, code: str, client_id: str, redirect_uri: str) -> str | None:
    """Return whose login a code stands for (fixture key), and use the code up.

    None for a code that is unknown, used, late, or meant for another client or address.
    """
    ticket = portal.tickets.take(code)
    if ticket is None or ticket.get("kind") != "oauth":
        return None
    if ticket["client_id"] != client_id or ticket["redirect_uri"] != redirect_uri:
        return None
    return ticket["person"]


async def authorize(request: Request) -> Response:
    """Check an application's request, then ask for the login or for sharing, or answer at once."""
    portal, visit = portal_of(request), visit_of(request)
    query = request.query_params
    redirect = query.get("redirect_uri", "")
    if (
        len(query.multi_items()) != len(query)
        or query.get("client_id") != CLIENT_ID
        or redirect != registered_redirect(portal)
    ):
        # Never redirect to an address other than the registered one.
        return message(request, "Geçersiz istek", error="Uygulama isteği tanınmadı.", status_code=400)
    asked = AuthorizationRequest(CLIENT_ID, redirect, query.get("state", ""))
    problem = _problem(query.get("response_type"), query.get("scope"), asked.state)
    if problem is not None:
        return see_other(asked.answer(error=problem))
    person = logged_in(request)
    if person is None:
        forget_attempt(request)
        visit.waiting = asked
        return see_other(PASSWORD)
    visit.waiting = None
    remember = gateway_of(portal).policy.remember_sharing
    if (portal.edition == "2026" if remember is None else remember) and asked.client_id in visit.shared:
        return _answer_with_code(portal, asked, person)
    identifier = secrets.token_urlsafe(12)
    visit.sharing[identifier] = asked
    while len(visit.sharing) > SHARING_PAGES_KEPT:
        visit.sharing.popitem(last=False)
    return page(request, "sharing.html", application=asked, request_id=identifier)


async def approve(request: Request) -> Response:
    """Take "Onayla": record it and answer the application with a code."""
    form = await sent_form(request)
    asked, person = _asked(request, form), logged_in(request)
    if asked is None or person is None:
        return _too_late(request)
    portal = portal_of(request)
    visit_of(request).shared.add(asked.client_id)
    portal.ledger.record(Act.SHARING_APPROVED, person.key)
    return _answer_with_code(portal, asked, person)


async def refuse(request: Request) -> Response:
    """Take "İptal" of the sharing page: record it and tell the application."""
    form = await sent_form(request)
    asked, person = _asked(request, form), logged_in(request)
    if asked is None or person is None:
        return _too_late(request)
    portal_of(request).ledger.record(Act.SHARING_REFUSED, person.key)
    return see_other(asked.answer(error="access_denied"))


async def cancel(request: Request) -> Response:
    """Take "İptal" of a login page: drop what was begun and tell the application."""
    await sent_form(request)
    forget_attempt(request)
    visit = visit_of(request)
    asked, visit.waiting = visit.waiting, None
    return see_other(PASSWORD if asked is None else asked.answer(error="access_denied"))


def _problem(response_type: str | None, scope: str | None, state: str) -> str | None:
    """Return the OAuth2 error word of a request, or None."""
    if response_type != "code":
        return "unsupported_response_type"
    if scope is None or sorted(scope.split(";")) != sorted(SCOPE.split(";")):
        return "invalid_scope"
    return None if state else "invalid_request"


def _asked(request: Request, form: FormData) -> AuthorizationRequest | None:
    return visit_of(request).sharing.pop(typed(form, "requestId"), None)


def _answer_with_code(portal: Portal, asked: AuthorizationRequest, person: Person) -> Response:
    code = portal.tickets.put(
        {
            "kind": "oauth",
            "person": person.key,
            "client_id": asked.client_id,
            "redirect_uri": asked.redirect_uri,
        }
    )
    return see_other(asked.answer(code=code))


def _too_late(request: Request) -> Response:
    return message(
        request,
        "Bu sayfa artık geçerli değil",
        text="Oturumunuzun süresi dolmuş ya da bu sayfa daha önce yanıtlanmış olabilir.",
        way_on=(portal_of(request).origin("onlineislemler") + "/landing", "Uygulamaya dön"),
        status_code=409,
    )
