"""What the gateway keeps in one browser's session, and the moment somebody is logged in."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from fixtures import Person
from mock_portal.gateway.challenge import Challenge
from mock_portal.gateway.client import AuthorizationRequest
from mock_portal.gateway.memory import gateway_of
from mock_portal.ledger import Act
from mock_portal.web import person_of, portal_of, see_other, session_of

HOME = "/Giris/gir"
"""Starts over; a browser that is logged in is told so there."""


@dataclass
class BrowserVisit:
    """One browser at the gateway."""

    waiting: AuthorizationRequest | None = None
    """The application's request that the login is for."""
    sharing: OrderedDict[str, AuthorizationRequest] = field(default_factory=OrderedDict)
    """Sharing pages shown and not yet answered, by the id in their form."""
    shared: set[str] = field(default_factory=set)
    """Applications with which the person shares in this session."""
    challenge: Challenge | None = None
    """What the person must answer on the phone."""
    signing: tuple[str, Person] | None = field(default=None, repr=False)
    """Verification code of the e-İmza login, and who must sign."""
    card_holder: Person | None = None
    """Whose T.C. Kimlik Kartı is in the stand-in reader."""
    captcha: str | None = None
    """Name of the captcha on the page; None without one."""
    logged_in_at: datetime | None = None


def visit_of(request: Request) -> BrowserVisit:
    """Return what the gateway keeps for this browser."""
    return cast("BrowserVisit", session_of(request).data.setdefault("visit", BrowserVisit()))


def logged_in(request: Request) -> Person | None:
    """Return who is logged in, unless the login is too old to reuse."""
    person = person_of(request)
    if person is None:
        return None
    at = visit_of(request).logged_in_at
    gateway = gateway_of(portal_of(request))
    if at is None or gateway.now() - at >= timedelta(seconds=gateway.policy.session_seconds):
        session_of(request).person = None
        visit_of(request).shared.clear()
        return None
    return person


def complete_login(request: Request, person: Person, method: str) -> Response:
    """Log the person in and go on to the application that asked, or to a page that says so."""
    portal, session, visit = portal_of(request), session_of(request), visit_of(request)
    if session.person != person.key:
        visit.shared.clear()
        visit.sharing.clear()
    session.log_in(person.key)
    visit.challenge = visit.signing = visit.card_holder = visit.captcha = None
    gateway = gateway_of(portal)
    visit.logged_in_at = gateway.now()
    gateway.note_login(person)
    portal.ledger.record(Act.LOGIN, person.key, method=method)
    return go_on(visit)


def go_on(visit: BrowserVisit) -> Response:
    """Go back to the application's request, which now finds somebody logged in."""
    waiting, visit.waiting = visit.waiting, None
    return see_other(HOME if waiting is None else waiting.address())


def forget_attempt(request: Request) -> None:
    """Drop everything unfinished; the application's request stays."""
    visit = visit_of(request)
    if visit.challenge is not None:
        gateway_of(portal_of(request)).give_up(visit.challenge)
    if visit.signing is not None:
        portal_of(request).desk.drop(visit.signing[0])
    visit.challenge = visit.signing = visit.card_holder = visit.captcha = None
