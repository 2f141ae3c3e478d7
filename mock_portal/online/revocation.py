"""Sertifikamı İptal Et: reason and confirmation, then the certificates are revoked for good, CRL and all."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.online.certificates import rows_of
from mock_portal.online.site import for_person, say, show
from mock_portal.web import check_csrf, portal_of, read_form, see_other, session_of

PATH = "/nes/iptal"
CONFIRMATION_PATH = "/nes/iptal/onay"

REASONS = {
    "kayip": "Kartımı kaybettim ya da kartım çalındı",
    "ariza": "Kartım arızalandı",
    "ayrilma": "Kurumumdan ayrıldım",
    "diger": "Diğer",
}


@for_person
async def page(request: Request, person: Person) -> Response:
    """Show what can be revoked, and ask why."""
    rows = [row for row in await rows_of(request, person) if row.revocable]
    return show(request, "revocation", rows=rows, reasons=REASONS)


@for_person
async def proceed(request: Request, person: Person) -> Response:
    """Devam: ask once more before anything happens."""
    form = await read_form(request)
    check_csrf(request, form)
    if form.get("neden") not in REASONS or form.get("anladim") != "evet":
        say(request, "iptal-isaretlenmedi")
        return see_other(PATH)
    session_of(request).data["revocation"] = form.get("neden")
    return see_other(CONFIRMATION_PATH)


@for_person
async def confirmation(request: Request, person: Person) -> Response:
    """Show the last question; only a person who has answered the first page gets here."""
    reason = session_of(request).data.get("revocation")
    rows = [row for row in await rows_of(request, person) if row.revocable]
    if reason is None or not rows:
        return see_other(PATH)
    return show(request, "revocation_confirm", rows=rows, reason=REASONS[reason])


@for_person
async def revoke(request: Request, person: Person) -> Response:
    """Revoke. There is no way back."""
    check_csrf(request, await read_form(request))
    if session_of(request).data.pop("revocation", None) is None:
        return see_other(PATH)
    portal = portal_of(request)
    revoked = await run_in_threadpool(portal.revoke, person.key)
    say(request, "iptal-edildi" if revoked else "iptal-yok")
    return see_other(PATH)


ROUTES = (
    Route(PATH, page),
    Route(PATH, proceed, methods=["POST"]),
    Route(CONFIRMATION_PATH, confirmation),
    Route(CONFIRMATION_PATH, revoke, methods=["POST"]),
)
