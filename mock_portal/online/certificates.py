"""What the portal knows about a person's qualified certificates, and the pages that show it or lift a suspension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.ledger import Act
from mock_portal.online.site import for_person, say, show
from mock_portal.online.turkish import day, minute
from mock_portal.pages.model import HOME, Actions, Cell, Form, Page, SubmitButton, TableBlock, TextBlock
from mock_portal.web import check_csrf, portal_of, read_form, see_other

SUSPENSION_PATH = "/nes/askidan-indirme"

_NOT_NES = ("seal", "not-qualified")
"""Kinds of certificate that aren't a Nitelikli Elektronik Sertifika, so this site doesn't list them."""


@dataclass(frozen=True)
class Row:
    """One qualified certificate as the tables show it."""

    serial: str
    application: str
    """Number of the application it came from."""
    holder: str
    begins: str
    ends: str
    standing: str
    usable: bool
    """Valid now and neither revoked nor suspended."""
    revocable: bool
    """Neither over nor revoked."""


async def rows_of(request: Request, person: Person) -> list[Row]:
    """Return the person's qualified certificates in the order the card lists them."""
    portal = portal_of(request)
    # The first question about certificates builds the whole PKI, so not in the server's own thread.
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


def table_of(rows: Sequence[Row]) -> TableBlock:
    """Return the table of certificates."""
    return TableBlock(
        ("Seri No", "Ad Soyad", "Başlangıç", "Bitiş", "Durum"),
        tuple(
            (
                Cell(row.serial, "serial"),
                Cell(row.holder),
                Cell(row.begins),
                Cell(row.ends),
                Cell(row.standing, "good" if row.usable else "bad"),
            )
            for row in rows
        ),
    )


@for_person
async def applications(request: Request, person: Person) -> Response:
    """Başvuru Durum Sorgulama: every certificate began as an application that has been completed."""
    rows = await rows_of(request, person)
    today = day(portal_of(request).clock.now())
    done = Cell("Tamamlandı, kart teslim edildi")
    table = TableBlock(
        ("Başvuru No", "Ad Soyad", "Sertifika Başlangıcı", "Durum"),
        tuple((Cell(row.application), Cell(row.holder), Cell(row.begins), done) for row in rows),
    )
    some = (TextBlock(f"{today} tarihi itibarıyla adınıza kayıtlı NES başvuruları:"), table)
    none = (TextBlock("Adınıza kayıtlı bir NES başvurusu bulunmamaktadır."),)
    title = "Başvuru Durum Sorgulama"
    return show(request, Page("applications", title, title, (*(some if rows else none), Actions((HOME,)))))


@for_person
async def certificates(request: Request, person: Person) -> Response:
    """Sertifika Listeleme."""
    rows = await rows_of(request, person)
    some = (TextBlock("Adınıza düzenlenmiş Nitelikli Elektronik Sertifikalar:"), table_of(rows))
    none = (TextBlock("Adınıza düzenlenmiş bir Nitelikli Elektronik Sertifika bulunmamaktadır."),)
    title = "Sertifika Listeleme"
    return show(request, Page("certificates", title, title, (*(some if rows else none), Actions((HOME,)))))


@for_person
async def suspension(request: Request, person: Person) -> Response:
    """Askıdan İndirme: show what is suspended."""
    rows = await rows_of(request, person)
    rows = [row for row in rows if row.standing == "Askıda"]
    lift = Actions((HOME, SubmitButton("askidan-indir", "Askıdan İndir", "main")))
    some = (
        TextBlock("Aşağıdaki sertifikanız askıya alınmıştır. Askıdan indirdiğinizde tekrar kullanıma açılır."),
        table_of(rows),
        Form("askidan-indir", SUSPENSION_PATH, (lift,)),
    )
    none = (TextBlock("Askıya alınmış bir sertifikanız bulunmamaktadır."), Actions((HOME,)))
    return show(request, Page("suspension", "Askıdan İndirme", "Askıdan İndirme", some if rows else none))


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
