"""What the portal knows of a person's qualified certificates, and the pages that show it or lift a suspension."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.ledger import Act
from mock_portal.online.site import for_person, say, show
from mock_portal.online.turkish import day, minute
from mock_portal.web import check_csrf, portal_of, read_form, see_other

SUSPENSION_PATH = "/nes/askidan-indirme"

_NOT_NES = ("seal", "not-qualified")
"""Kinds of certificate that are not a Nitelikli Elektronik Sertifika, so this site does not list them."""


@dataclass(frozen=True)
class Row:
    """One qualified certificate as the tables show it."""

    serial: str
    application: str
    """Number of the application from which it came."""
    holder: str
    begins: str
    ends: str
    standing: str
    usable: bool
    """Valid now and neither revoked nor suspended."""
    revocable: bool
    """Not over and not revoked."""


async def rows_of(request: Request, person: Person) -> list[Row]:
    """Return the person's qualified certificates in the order in which the card lists them."""
    portal = portal_of(request)
    # The first question for certificates makes the whole PKI, so not in the server's own thread.
    found = await run_in_threadpool(lambda: portal.pki.certificates(person))
    state, now = portal.state.of(person.key), portal.clock.now()
    rows: list[Row] = []
    for spec, certificate in zip(person.card.certificates, found, strict=True):
        if spec.kind in _NOT_NES:
            continue
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if state.revoked:
            standing = "İptal edilmiş"
        elif ends < now:
            standing = "Süresi dolmuş"
        elif begins > now:
            standing = "Henüz geçerli değil"
        elif state.suspended:
            standing = "Askıda"
        else:
            standing = "Geçerli"
        rows.append(
            Row(
                serial=f"{certificate.serial_number:X}",
                application=f"{begins.year}-{certificate.serial_number % 10_000:04d}",
                holder=person.name,
                begins=minute(begins),
                ends=minute(ends),
                standing=standing,
                usable=standing == "Geçerli",
                revocable=standing in ("Geçerli", "Askıda", "Henüz geçerli değil"),
            )
        )
    return rows


@for_person
async def applications(request: Request, person: Person) -> Response:
    """Başvuru Durum Sorgulama: every certificate began as an application that has come to its end."""
    rows = await rows_of(request, person)
    return show(request, "applications", rows=rows, today=day(portal_of(request).clock.now()))


@for_person
async def certificates(request: Request, person: Person) -> Response:
    """Sertifika Listeleme."""
    return show(request, "certificates", rows=await rows_of(request, person))


@for_person
async def suspension(request: Request, person: Person) -> Response:
    """Askıdan İndirme: show what is suspended."""
    rows = await rows_of(request, person)
    return show(request, "suspension", rows=[row for row in rows if row.standing == "Askıda"])


@for_person
async def lift_suspension(request: Request, person: Person) -> Response:
    """Make the suspended certificate usable again."""
    check_csrf(request, await read_form(request))
    portal = portal_of(request)
    if portal.state.lift_suspension(person.key):
        portal.ledger.record(Act.SUSPENSION_LIFTED, person.key)
        say(request, "aski-kaldirildi")
    else:
        say(request, "aski-yok")
    return see_other(SUSPENSION_PATH)


ROUTES = (
    Route("/nes/basvuru-durum", applications),
    Route("/nes/sertifikalar", certificates),
    Route(SUSPENSION_PATH, suspension),
    Route(SUSPENSION_PATH, lift_suspension, methods=["POST"]),
)
