"""PIN Oluşturma/Kilit Çözme, which works with a code and the application, like E-Onay."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.ledger import Act
from mock_portal.online.pending import Purpose, begin
from mock_portal.online.site import for_person, say, show
from mock_portal.online.turkish import day_in_words
from mock_portal.pages.model import HOME, Actions, Choice, ChoiceOption, Form, Page, SubmitButton, TextBlock
from mock_portal.signing import Acceptance
from mock_portal.web import check_csrf, portal_of, read_form, see_other

PATH = "/nes/pin"

CHOICES = {"pin": "PIN oluşturmak istiyorum.", "kilit": "Kartımın kilidini çözmek istiyorum."}

_TITLE = "PIN Oluşturma/Kilit Çözme"
RESETTING = Purpose(
    title=_TITLE,
    heading=_TITLE,
    task=_TITLE,
    back=PATH,
    done="Kartınızın kilidi çözülmüş ve yeni PIN talebiniz alınmıştır.",
)

_ABOUT = (
    "Yeni kartınız için PIN oluşturabilir ya da kilitlenen kartınızın kilidini çözebilirsiniz. İşlem, e-imza "
    "uygulamasına gireceğiniz doğrulama kodu ile tamamlanır."
)

_DOCUMENT = """PIN OLUŞTURMA / KİLİT ÇÖZME TALEBİ

Ad Soyad: {name}
Tarih: {day}

Kartımın kilidinin çözülmesini ve yeni bir PIN üretilmesini talep ediyorum.

Bu belge bir benzetim için üretilmiştir, hukuki sonucu yoktur.
"""


@for_person
async def page(request: Request, person: Person) -> Response:
    """Ask what the person wants."""
    choice = Choice("secim", "Yapmak istediğiniz işlem", tuple(ChoiceOption(*entry) for entry in CHOICES.items()))
    form = Form("pin-devam", PATH, (choice, Actions((HOME, SubmitButton("pin-devam", "Devam", "main")))))
    return show(request, Page("pin", _TITLE, _TITLE, (TextBlock(_ABOUT), form)))


@for_person
async def proceed(request: Request, person: Person) -> Response:
    """Devam: issue a code for the signing application."""
    portal, form = portal_of(request), await read_form(request)
    check_csrf(request, form)
    if form.get("secim") not in CHOICES:
        say(request, "pin-secilmedi")
        return see_other(PATH)

    def signed(acceptance: Acceptance) -> None:
        portal.ledger.record(Act.PIN_RESET, person.key)

    portal.ledger.record(Act.PIN_RESET_STARTED, person.key)
    document = _DOCUMENT.format(name=person.name, day=day_in_words(portal.clock.now()))
    begin(request, person, RESETTING, document, signed)
    return see_other("/imzalama")


ROUTES = (Route(PATH, page), Route(PATH, proceed, methods=["POST"]))
