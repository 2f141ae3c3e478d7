"""Sertifikamı İptal Et: a reason and a confirmation, then the certificates are revoked for good, CRL and all."""

from __future__ import annotations

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.online.certificates import rows_of, table_of
from mock_portal.online.menu import REVOCATION
from mock_portal.online.site import for_person, say, show
from mock_portal.pages.model import (
    HOME,
    Actions,
    Checkbox,
    ChoiceOption,
    Form,
    Link,
    Page,
    Select,
    SubmitButton,
    TextBlock,
)
from mock_portal.web import check_csrf, portal_of, read_form, see_other, session_of

PATH = "/nes/iptal"
CONFIRMATION_PATH = "/nes/iptal/onay"

REASONS = {
    "kayip": "Kartımı kaybettim ya da kartım çalındı",
    "ariza": "Kartım arızalandı",
    "ayrilma": "Kurumumdan ayrıldım",
    "diger": "Diğer",
}

_WARNING = Markup(
    "<strong>İptal edilen sertifika bir daha kullanılamaz.</strong> Yeni sertifika ve kart için yeniden başvuru "
    "yapmanız ve ücret ödemeniz gerekir."
)


@for_person
async def page(request: Request, person: Person) -> Response:
    """Show what can be revoked, and ask why."""
    rows = [row for row in await rows_of(request, person) if row.revocable]
    title = REVOCATION[portal_of(request).edition]
    if not rows:
        none = TextBlock("İptal edilebilecek bir sertifikanız bulunmamaktadır.")
        return show(request, Page("revocation", title, title, (none, Actions((HOME,)))))
    inside = (
        Select(
            "neden", "İptal nedeni", (ChoiceOption("", "Seçiniz"), *(ChoiceOption(*entry) for entry in REASONS.items()))
        ),
        Checkbox("anladim", "evet", "Bu işlemin geri alınamayacağını biliyorum."),
        Actions((HOME, SubmitButton("iptal-devam", "Devam", "main"))),
    )
    blocks = (TextBlock(_WARNING, "warning"), table_of(rows), Form("iptal-devam", PATH, inside))
    return show(request, Page("revocation", title, title, blocks))


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
    """Show the last question; only somebody who has answered the first page gets here."""
    reason = session_of(request).data.get("revocation")
    rows = [row for row in await rows_of(request, person) if row.revocable]
    if reason is None or not rows:
        return see_other(PATH)
    title = REVOCATION[portal_of(request).edition]
    last = Markup(
        "<strong>Son adım:</strong> Aşağıdaki sertifika geri alınamayacak şekilde iptal edilecektir. İptal nedeni: {}."
    )
    no = Link("vazgec", "Vazgeç", PATH)
    inside = (Actions((no, SubmitButton("iptal", "Sertifikamı İptal Et", "danger"))),)
    blocks = (
        TextBlock(last.format(REASONS[reason]), "warning"),
        table_of(rows),
        Form("iptal", CONFIRMATION_PATH, inside),
    )
    return show(request, Page("revocation-confirmation", title, title, blocks))


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
