"""In and out: the landing page, the link to e-Devlet, the hand-over from the geçit, and logging out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.gecit import START_PATH, consume_ticket
from mock_portal.ledger import Act
from mock_portal.online.pending import let_go
from mock_portal.online.site import WORDS, for_person, show
from mock_portal.pages.model import Actions, Link, Page, TextBlock
from mock_portal.web import check_csrf, person_of, portal_of, read_form, see_other, session_of

LANDING = Page(
    "landing",
    "Giriş",
    "Kamu SM Online İşlemler",
    (
        TextBlock(
            "Nitelikli Elektronik Sertifika (e-imza) işlemlerinizi bu sitede yapabilirsiniz. Devam etmek için "
            "kimliğinizin e-Devlet Kapısı üzerinden doğrulanması gerekir."
        ),
        Actions((Link("giris", "e-Devlet ile Giriş", "/e-devlet", "main"),)),
    ),
    is_narrow=True,
)
_ABOUT_EDEVLET = (
    "Kimliğiniz e-Devlet Kapısı üzerinden doğrulanacaktır. Aşağıdaki bağlantı ile e-Devlet Kapısı'na gidecek, "
    "girişinizin ardından bu siteye döneceksiniz."
)


async def landing(request: Request) -> Response:
    """Show the way in; somebody who is logged in goes on to the home page."""
    if person_of(request) is not None:
        return see_other("/anasayfa")
    return show(request, LANDING, word=WORDS.get(request.query_params.get("durum", "")))


async def edevlet(request: Request) -> Response:
    """Show the link to the e-Devlet gateway."""
    if person_of(request) is not None:
        return see_other("/anasayfa")
    there = Link("kapi", "E-devlet kapısına git", portal_of(request).origin("gecit") + START_PATH, "main")
    blocks = (TextBlock(_ABOUT_EDEVLET), Actions((there,)))
    return show(request, Page("edevlet", "e-Devlet ile Giriş", "Kimlik Doğrulama", blocks, is_narrow=True))


async def arrival(request: Request) -> Response:
    """Take over a person from the geçit with a ticket, which works once."""
    portal, session = portal_of(request), session_of(request)
    person = consume_ticket(portal, request.query_params.get("ticket", ""))
    if person is None or person not in portal.people:
        return see_other("/landing?durum=giris-tamamlanamadi")
    let_go(request)
    session.data.clear()
    session.log_in(person)
    portal.ledger.record(Act.SESSION_OPENED, person)
    return see_other("/anasayfa")


@for_person
async def logout(request: Request, person: Person) -> Response:
    """End the session; a code waiting for a signature dies with it."""
    check_csrf(request, await read_form(request))
    let_go(request)
    session_of(request).end()
    portal_of(request).ledger.record(Act.LOGOUT, person.key)
    return see_other("/landing?durum=cikis")


async def root(request: Request) -> Response:
    """Lead from the bare address to the landing page."""
    return see_other("/landing")


ROUTES = (
    Route("/", root),
    Route("/landing", landing),
    Route("/e-devlet", edevlet),
    Route("/oturum", arrival),
    Route("/cikis", logout, methods=["POST"]),
)
