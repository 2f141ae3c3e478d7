"""What the pages of all origins share: sessions, CSRF tokens, the one exit of HTML, one-time tickets."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from fixtures import Person
from mock_portal.portal import Portal
from mock_portal.sessions import Session, SessionSlot

HERE = Path(__file__).parent

MOCK_NOTICE = "BENZETİM – gerçek portal değildir"
"""Stands on every page, small and unmistakable."""

CSRF_FIELD = "csrf"


def portal_of(request: Request) -> Portal:
    """Return the portal that serves this request."""
    return cast("Portal", request.app.state.portal)


def session_of(request: Request) -> Session:
    """Return the browser's session at this origin; a new one begins where there is none."""
    return cast("SessionSlot", request.scope["mock_portal.session"]).session()


def has_session(request: Request) -> bool:
    """Tell whether the request came with a session that is known here.

    What a page polls asks this first: a poll sent just before a login answers after it, with the old cookie, and must
    not begin a session that takes the new one's place.
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
    """Return the fields of a form. Raises HTTPException 400 for one that is broken or brings files."""
    return await request.form(max_files=0, max_fields=100)


def check_csrf(request: Request, form: FormData, field: str = CSRF_FIELD) -> None:
    """Raise HTTPException 403 unless the form carries this session's token in `field`."""
    given = form.get(field)
    if not isinstance(given, str) or not secrets.compare_digest(given.encode(), session_of(request).csrf.encode()):
        raise HTTPException(403)


def render(request: Request, template: str, *, status_code: int = 200, **context: object) -> HTMLResponse:
    """Render a template below `mock_portal/templates`. All HTML of the portal leaves through here.

    Templates also see: `portal`, `edition`, `origin(name)`, `session`, `csrf`, `person` (Person or None),
    `request` and `notice`. An undefined name in a template is an error.
    """
    portal = portal_of(request)
    session = session_of(request)
    values: dict[str, Any] = {
        "portal": portal,
        "edition": portal.edition,
        "origin": portal.origin,
        "session": session,
        "csrf": session.csrf,
        "person": person_of(request),
        "request": request,
        "notice": MOCK_NOTICE,
        **context,
    }
    html = _templates().get_template(template).render(values)
    return HTMLResponse(html, status_code=status_code, headers={"cache-control": "no-store"})


def see_other(url: str) -> RedirectResponse:
    """Redirect with 303, as after every form; the answer is not kept by caches."""
    return RedirectResponse(url, status_code=303, headers={"cache-control": "no-store"})


@cache
def _templates() -> Environment:
    # Compiled once per process: every portal has the same templates.
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
