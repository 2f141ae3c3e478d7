"""The signing page: a code with its remaining time, the ways to the signing app, and the result in place."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.online.pending import PendingCode, current, let_go, renew, status_of
from mock_portal.online.site import for_person, say, show
from mock_portal.pages.model import Link, Page, SigningBlock
from mock_portal.signing import CodeState, CodeUsedError
from mock_portal.signing.app_files import JAR_NAMES, JNLP_NAME
from mock_portal.web import check_csrf, person_of, portal_of, read_form, see_other

JNLP = f"/eimza/{JNLP_NAME}"
JAR = {edition: f"/eimza/{name}" for edition, name in zip(("2020", "2026"), JAR_NAMES, strict=True)}
"""The application without Java Web Start: its name has changed over the years (portal-facts, section 2)."""

POLL_EVERY_MS = 400


@for_person
async def page(request: Request, person: Person) -> Response:
    """Show the session's current code, or what became of it. Reloading changes nothing."""
    signing = current(request)
    status = None if signing is None else status_of(request, signing.serial)
    if signing is None or status is None:
        say(request, "imza-yok")
        return see_other("/nes")
    if status.state is CodeState.REPLACED:  # dropped by Geri
        say(request, "imza-yok")
        return see_other(signing.purpose.back)
    block = SigningBlock(
        task=signing.purpose.task,
        state=status.state.value,
        serial=signing.serial,
        code=signing.code,
        seconds_left=status.seconds_left,
        poll_every_ms=POLL_EVERY_MS,
        done=signing.purpose.done,
        jnlp=Link("jnlp", "İndirmek için tıklayınız", JNLP),
        jar=Link("jar", "bu linkten", JAR[portal_of(request).edition]),
    )
    return show(request, Page("signing", signing.purpose.heading, signing.purpose.heading, (block,)))


async def status(request: Request) -> Response:
    """Tell the page what became of its code: `state` and, while it waits, `seconds_left`."""
    if person_of(request) is None:
        return _json({"state": "no-session"}, 401)
    found = status_of(request, _serial(request.query_params.get("sira")))
    if found is None:
        return _json({"state": "unknown"}, 404)
    return _json({"state": found.state.value, "seconds_left": found.seconds_left})


@for_person
async def renewal(request: Request, person: Person) -> Response:
    """Tekrar Kod Al: the old code dies, a new one takes its place, on this page or for a script in it."""
    form = await read_form(request)
    check_csrf(request, form)
    try:
        signing = renew(request, _serial(form.get("sira")))
    except CodeUsedError:
        signing = current(request)
    if not _wants_json(request):
        return see_other("/imzalama")
    if signing is None:
        return _json({"state": "unknown"}, 404)
    return _renewed(request, signing)


@for_person
async def back(request: Request, person: Person) -> Response:
    """Geri: the code dies and the person is back where they came from."""
    check_csrf(request, await read_form(request))
    signing = current(request)
    let_go(request)
    return see_other("/nes" if signing is None else signing.purpose.back)


def _renewed(request: Request, signing: PendingCode) -> Response:
    found = status_of(request, signing.serial)
    if found is None or found.state is not CodeState.WAITING:
        return _json({"state": "unknown" if found is None else found.state.value, "seconds_left": 0})
    return _json(
        {
            "state": found.state.value,
            "seconds_left": found.seconds_left,
            "serial": signing.serial,
            "code": signing.code,
        }
    )


def _json(content: dict[str, object], status_code: int = 200) -> Response:
    return JSONResponse(content, status_code=status_code, headers={"cache-control": "no-store"})


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _serial(value: object) -> int:
    """Return a serial number; 0, which no code has, for anything else."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else 0


ROUTES = (
    Route("/imzalama", page),
    Route("/imzalama/durum", status),
    Route("/imzalama/yeni-kod", renewal, methods=["POST"]),
    Route("/imzalama/geri", back, methods=["POST"]),
)
