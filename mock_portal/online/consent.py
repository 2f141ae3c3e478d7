"""E-Onay İşlemleri: giving the consent and withdrawing it, on two screens that look alike."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.ledger import Act
from mock_portal.online.pending import Purpose, begin
from mock_portal.online.site import for_person, say, show
from mock_portal.online.turkish import day_in_words
from mock_portal.pages.model import (
    HOME,
    Actions,
    Block,
    Checkbox,
    Choice,
    ChoiceOption,
    Form,
    Page,
    StatementBlock,
    SubmitButton,
    TermsBlock,
)
from mock_portal.signing import Acceptance
from mock_portal.web import check_csrf, portal_of, read_form, see_other

PATH = "/nes/e-onay"

GIVE = "ver"
WITHDRAW = "kaldir"
"""What the form says it was shown for, so that a form left open can't do the opposite."""

GIVING = Purpose(
    title="E-Onay",
    heading="E-Onay İşlemleri",
    task="E-Onay verme",
    back=PATH,
    done="E-Onayınız alınmıştır. Bundan sonraki e-imza başvurularınızda E-Onaylı başvuruyu kullanabilirsiniz.",
)
WITHDRAWING = Purpose(
    title="E-Onay Kaldırma",
    heading="E-Onay İşlemleri",
    task="E-Onay kaldırma",
    back=PATH,
    done="Vermiş olduğunuz E-Onay kaldırılmıştır.",
)

_TERMS = (
    "E-Onay sayesinde, elektronik imzalı onayınızın alınması koşuluyla, bundan sonra yapacağınız NES "
    "başvurularında, imzalı başvuru formu göndermenize gerek kalmaksızın E-imzanızı daha hızlı temin edebilirsiniz.",
    "Kamu Sertifikasyon Merkezi başvuru formu ve taahhütnamede değişiklik yapma hakkını saklı tutar. Başvuru yapan "
    "kişi, başvuru formu ve taahhütnamenin, elektronik olarak onayladığı tarihteki halini kabul, beyan ve taahhüt "
    "eder.",
)
_CONSENT = Markup(
    "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için <strong>onay veriyorum.</strong>"
)
_NOT_NOW = "Şimdilik E-Onaylı başvuruyu kullanmak istemiyorum."
_WITHDRAWAL = Markup("Daha önce vermiş olduğum E-Onayı <strong>kaldırmak istiyorum</strong>.")

_GIVING_DOCUMENT = """E-ONAY BEYANI

Ad Soyad: {name}
Tarih: {day}

Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum.
Başvuru formu ve taahhütnamenin, elektronik olarak onayladığım tarihteki halini kabul, beyan ve
taahhüt ederim.

Bu belge bir benzetim için üretilmiştir, hukuki sonucu yoktur.
"""
_WITHDRAWING_DOCUMENT = """E-ONAY KALDIRMA BEYANI

Ad Soyad: {name}
Tarih: {day}

Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.

Bu belge bir benzetim için üretilmiştir, hukuki sonucu yoktur.
"""


@for_person
async def page(request: Request, person: Person) -> Response:
    """Show the screen for the person's current state."""
    given = portal_of(request).state.of(person.key).consent
    form = Form(
        "devam",
        PATH,
        (_statement(person, given=given), Actions((HOME, SubmitButton("devam", "Devam", "main")))),
        (("islem", WITHDRAW if given else GIVE),),
        "eOnayForm",
    )
    return show(request, Page("consent", "E-Onay İşlemleri", "E-Onay İşlemleri", (TermsBlock(_TERMS), form)))


def _statement(person: Person, *, given: bool) -> Block:
    """Return what Devam would mean: what it would withdraw, or the consent in the form this person gets."""
    if given:
        return StatementBlock(_WITHDRAWAL)
    if person.consent_form == "checkbox":
        return Checkbox("onay", "evet", _CONSENT, is_statement=True)
    if person.consent_form == "radio":
        options = (ChoiceOption("evet", _CONSENT), ChoiceOption("hayir", _NOT_NOW))
        return Choice("onay", "Tercihiniz", options, is_statement=True)
    return StatementBlock(_CONSENT)


@for_person
async def proceed(request: Request, person: Person) -> Response:
    """Devam: begin what the screen was about, if the person's state still allows it."""
    form = await read_form(request)
    check_csrf(request, form)
    given = portal_of(request).state.of(person.key).consent
    if form.get("islem") != (WITHDRAW if given else GIVE):
        say(request, "onay-degisti")
        return see_other(PATH)
    if given:
        return _withdraw(request, person)
    missing = _missing(person, form.get("onay"))
    if missing is not None:
        say(request, missing)
        return see_other(PATH)
    return _give(request, person)


def _missing(person: Person, answer: object) -> str | None:
    """Return the word for a form where the consent wasn't marked, or None."""
    if person.consent_form == "text" or answer == "evet":
        return None
    return "onay-verilmedi" if answer == "hayir" else "onay-isaretlenmedi"


def _give(request: Request, person: Person) -> Response:
    portal = portal_of(request)

    def signed(acceptance: Acceptance) -> None:
        if portal.state.give_consent(person.key):
            portal.ledger.record(Act.CONSENT_GIVEN, person.key)

    document = _GIVING_DOCUMENT.format(name=person.name, day=day_in_words(portal.clock.now()))
    begin(request, person, GIVING, document, signed)
    return see_other("/imzalama")


def _withdraw(request: Request, person: Person) -> Response:
    portal = portal_of(request)

    def signed(acceptance: Acceptance) -> None:
        if portal.state.withdraw_consent(person.key):
            portal.ledger.record(Act.CONSENT_WITHDRAWN, person.key)

    portal.ledger.record(Act.WITHDRAWAL_STARTED, person.key)
    document = _WITHDRAWING_DOCUMENT.format(name=person.name, day=day_in_words(portal.clock.now()))
    begin(request, person, WITHDRAWING, document, signed)
    return see_other("/imzalama")


ROUTES = (Route(PATH, page), Route(PATH, proceed, methods=["POST"]))
