"""What a session has to sign: one thing at a time. The page knows each code by a serial number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from fixtures import Person
from mock_portal.signing import Acceptance, CodeState, CodeStatus, CodeUnknownError
from mock_portal.web import portal_of, session_of

CODES_KEPT = 20
"""How many codes a session remembers, so that a page left open can be told what became of its own."""


@dataclass(frozen=True)
class Purpose:
    """What the signature is for, and how the pages speak of it."""

    title: str
    """What the signing application shows as the document's title."""
    heading: str
    """Heading of the signing page."""
    task: str
    """What is being done, in the signing page's words."""
    back: str
    """Path of the page where the signing began."""
    done: str
    """What the page says below its banner once the signature is accepted."""


@dataclass(frozen=True)
class PendingCode:
    """One code of this session; between page and server only its serial number travels."""

    purpose: Purpose
    serial: int
    """1 for the first code of a session, and so on."""
    code: str = field(repr=False)


def begin(
    request: Request,
    person: Person,
    purpose: Purpose,
    document: str,
    on_signed: Callable[[Acceptance], None],
) -> None:
    """Issue a code for `document`; a code of this session that was still waiting is dead from now on."""
    let_go(request)
    issued = portal_of(request).desk.open(person, purpose.title, document.encode(), on_signed)
    _remember(request, purpose, issued.code)


def current(request: Request) -> PendingCode | None:
    """Return the session's latest code, whatever became of it."""
    signings = _signings(request)
    return signings[-1] if signings else None


def status_of(request: Request, serial: int) -> CodeStatus | None:
    """Return the state of one of this session's codes; None for a serial number that it never had."""
    for signing in _signings(request):
        if signing.serial == serial:
            return _status(request, signing)
    return None


def renew(request: Request, serial: int) -> PendingCode | None:
    """Issue a new code in place of the one with `serial`, and return the code now in force.

    Pressed twice, the second press finds a newer code and leaves it alone. Raises CodeUsedError when the signature
    has been accepted meanwhile; returns None when there is nothing to renew.
    """
    signing = current(request)
    if signing is None or signing.serial != serial:
        return signing
    try:
        issued = portal_of(request).desk.renew(signing.code)
    except CodeUnknownError:
        return None
    return _remember(request, signing.purpose, issued.code)


def let_go(request: Request) -> None:
    """Take the session's waiting code out of use, if there is one."""
    signing = current(request)
    if signing is not None:
        portal_of(request).desk.drop(signing.code)


def _status(request: Request, signing: PendingCode) -> CodeStatus:
    try:
        return portal_of(request).desk.status(signing.code)
    except CodeUnknownError:  # it ended so long ago that the desk has forgotten it
        return CodeStatus(CodeState.EXPIRED, 0)


def _remember(request: Request, purpose: Purpose, code: str) -> PendingCode:
    signings = _signings(request)
    signing = PendingCode(purpose, signings[-1].serial + 1 if signings else 1, code)
    signings.append(signing)
    del signings[:-CODES_KEPT]
    return signing


def _signings(request: Request) -> list[PendingCode]:
    return cast("list[PendingCode]", session_of(request).data.setdefault("signings", []))
