"""What the pages of all origins share: sessions, CSRF tokens, the one exit of HTML, one-time tickets."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, cast

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import Receive, Scope

from fixtures import Person
from mock_portal.portal import Portal
from mock_portal.sessions import OriginSession, SessionSlot
from mock_portal.templating import environment

HERE = Path(__file__).parent

MOCK_NOTICE = "BENZETİM – gerçek portal değildir"
"""On every page, small and unmistakable."""

CSRF_FIELD = "csrf"


def portal_of(request: Request) -> Portal:
    """Return the portal that serves this request."""
    return cast("Portal", request.app.state.portal)


def session_of(request: Request) -> OriginSession:
    """Return the browser's session at this origin, a new one if there is none."""
    return cast("SessionSlot", request.scope["mock_portal.session"]).session()


def has_session(request: Request) -> bool:
    """Return whether the request came with a session that we know here.

    Anything a page polls asks this first: a poll sent just before a login answers after it, with the old cookie, and
    must not begin a session that replaces the new one.
    """
    return cast("SessionSlot", request.scope["mock_portal.session"]).existing() is not None


def person_of(request: Request) -> Person | None:
    """Return who is logged in at this origin, or None."""
    slot = cast("SessionSlot | None", request.scope.get("mock_portal.session"))
    session = None if slot is None else slot.existing()
    if session is None or session.person is None:
        return None
    return portal_of(request).people.get(session.person)


async def read_form(request: Request) -> FormData:
    """Return the fields of a form. Raises HTTPException 400 if it is broken or contains files."""
    return await request.form(max_files=0, max_fields=100)


def check_csrf(request: Request, form: FormData, field: str = CSRF_FIELD) -> None:
    """Raise HTTPException 403 unless the form carries this session's token in `field`."""
    given = form.get(field)
    if not isinstance(given, str) or not secrets.compare_digest(given.encode(), session_of(request).csrf.encode()):
        raise HTTPException(403)


def render(request: Request, template: str, *, status_code: int = 200, **context: object) -> HTMLResponse:
    """Render a template below `mock_portal/templates`; pages of Online İşlemler are drawn by their look instead.

    Templates also see `page_values`. An undefined name in a template is an error.
    """
    html = environment((HERE / "templates",)).get_template(template).render({**page_values(request), **context})
    return html_answer(html, status_code)


def page_values(request: Request) -> dict[str, Any]:
    """Return what every template sees: portal, edition, origin(name), session, csrf, person, request and notice."""
    portal = portal_of(request)
    session = session_of(request)
    return {
        "portal": portal,
        "edition": portal.edition,
        "origin": portal.origin,
        "session": session,
        "csrf": session.csrf,
        "person": person_of(request),
        "request": request,
        "notice": MOCK_NOTICE,
    }


def html_answer(html: str, status_code: int = 200) -> HTMLResponse:
    """Return a page that no cache keeps."""
    return HTMLResponse(html, status_code=status_code, headers={"cache-control": "no-store"})


def see_other(url: str) -> RedirectResponse:
    """Redirect with 303, as after every form; no cache keeps the answer."""
    return RedirectResponse(url, status_code=303, headers={"cache-control": "no-store"})


async def cut_off(scope: Scope, receive: Receive) -> None:
    """Cut the connection and return once the server knows, so that it doesn't blame the page."""
    scope["mock_portal.cut"]()
    while (await receive())["type"] != "http.disconnect":
        pass
