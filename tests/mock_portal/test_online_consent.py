"""E-Onay İşlemleri: both states, every shape of the form, and what can go wrong with two windows."""

from __future__ import annotations

import base64
import re

import httpx
import pytest

from mock_portal import Act, ManualClock, Portal, Served
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.online_visitor import OnlineVisitor, code_in, sign, words

INTRODUCTION = (
    "E-Onay sayesinde, elektronik imzalı onayınızın alınması koşuluyla, bundan sonra yapacağınız NES "
    "başvurularında, imzalı başvuru formu göndermenize gerek kalmaksızın E-imzanızı daha hızlı temin edebilirsiniz.",
    "Kamu Sertifikasyon Merkezi başvuru formu ve taahhütnamede değişiklik yapma hakkını saklı tutar. Başvuru yapan "
    "kişi, başvuru formu ve taahhütnamenin, elektronik olarak onayladığı tarihteki halini kabul, beyan ve taahhüt "
    "eder.",
)
GIVE = "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum."
WITHDRAW = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."

PATH = "/nes/e-onay"
FORM = {"ayse": "checkbox", "mehmet": "radio", "hatice": "text"}


@pytest.fixture(params=["2020", "2026"])
def portal(request: pytest.FixtureRequest, clock: ManualClock) -> Portal:
    """A portal of each edition."""
    return Portal(edition=request.param, clock=clock)


@pytest.fixture
def someone(served: Served, new_visitor: NewVisitor) -> OnlineVisitor:
    """Somebody who hasn't logged in yet."""
    return OnlineVisitor(new_visitor(), served.portal)


def consent(visitor: OnlineVisitor, **fields: str) -> httpx.Response:
    """Press Devam on the screen that gives the consent, with the consent ticked unless `fields` say otherwise."""
    return visitor.send(PATH, **{"islem": "ver", "onay": "evet", **fields})


def test_the_two_states_look_alike(someone: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """Both states have the same heading, introduction, Ana Sayfa and Devam. Only the sentence is different."""
    someone.enter("hatice")
    zeynep = OnlineVisitor(new_visitor(), someone.portal)
    zeynep.enter("zeynep")
    missing, given = someone.get(PATH), zeynep.get(PATH)
    for page in (missing, given):
        assert all(sentence in words(page) for sentence in INTRODUCTION)
        assert "<h1>E-Onay İşlemleri</h1>" in page.text
        assert len(re.findall(r'href="/anasayfa">Ana Sayfa</a>', page.text)) == 1
        assert len(re.findall(r'value="Devam"|>Devam</button>', page.text)) == 1
    assert GIVE in words(missing)
    assert "kaldırmak istiyorum" not in missing.text
    assert WITHDRAW in words(given)
    assert "onay veriyorum" not in given.text
    strip = re.compile(r"[A-ZÇĞİÖŞÜ]{3,} [A-ZÇĞİÖŞÜ]{3,}")  # the names in the header
    assert strip.sub("", words(missing)).replace(GIVE, WITHDRAW) == strip.sub("", words(given))


@pytest.mark.parametrize(("person", "form"), FORM.items())
def test_the_form_has_the_persons_shape(someone: OnlineVisitor, person: str, form: str) -> None:
    """The consent is a checkbox, a choice of two, or a plain sentence. Nothing is ticked in advance."""
    someone.enter(person)
    page = someone.get(PATH)
    inputs = re.findall(r'<input type="(checkbox|radio)"', page.text)
    assert inputs == {"checkbox": ["checkbox"], "radio": ["radio", "radio"], "text": []}[form]
    assert "checked" not in page.text
    assert GIVE in words(page)


@pytest.mark.parametrize("person", ["ayse", "mehmet"])
def test_devam_without_the_mark_asks_politely(someone: OnlineVisitor, person: str) -> None:
    """Devam without a tick comes back with a polite error, shown once, and starts nothing."""
    someone.enter(person)
    page = someone.send(PATH, islem="ver")
    assert page.url.path == PATH
    assert "Lütfen önce metni okuyup tercihinizi işaretleyiniz." in words(page)
    assert 'role="alert"' in page.text
    assert 'role="alert"' not in someone.get(PATH).text
    assert someone.portal.ledger.count(Act.CODE_ISSUED) == 0


def test_choosing_not_to_consent_does_nothing(someone: OnlineVisitor) -> None:
    """If you choose “istemiyorum”, the page says that nothing was done, and nothing was."""
    someone.enter("mehmet")
    page = consent(someone, onay="hayir")
    assert "Herhangi bir işlem yapılmadı" in words(page)
    assert someone.portal.ledger.count(Act.CODE_ISSUED) == 0
    assert not someone.portal.state.of("mehmet").consent


@pytest.mark.parametrize("person", FORM)
def test_a_consent_is_given_by_a_signature(someone: OnlineVisitor, person: str) -> None:
    """Tick, Devam, sign: the consent is recorded once, and a fresh visit shows the withdraw sentence."""
    portal = someone.portal
    someone.enter(person)
    page = consent(someone)
    assert page.url.path == "/imzalama"
    assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert GIVE in words(someone.get(PATH))
    assert sign(portal, person, code_in(page), someone.client).status_code == 201
    assert portal.ledger.count(Act.CONSENT_GIVEN) == portal.ledger.count(Act.CONSENT_GIVEN, person) == 1
    assert portal.state.of(person).consent
    assert WITHDRAW in words(someone.get(PATH))


def test_the_document_names_person_and_day(someone: OnlineVisitor) -> None:
    """The signed document is a short Turkish text with the person's name, the date in Turkey and the sentence."""
    someone.enter("ayse")
    code = code_in(consent(someone))
    wanted = someone.get(f"/eimza/api/requests/{code}").json()
    text = base64.b64decode(wanted["document"]).decode()
    assert wanted["title"] == "E-Onay"
    assert "AYŞE YILMAZ" in text
    assert "23 Kasım 2026" in text
    assert GIVE in " ".join(text.split())
    assert "BENZETİM" in text.upper().replace("I", "İ")


def test_devam_on_the_given_screen_really_withdraws(someone: OnlineVisitor) -> None:
    """Devam on the withdraw sentence goes into the ledger at once. After the signature the consent is gone."""
    portal = someone.portal
    someone.enter("zeynep")
    page = someone.send(PATH, islem="kaldir")
    assert page.url.path == "/imzalama"
    assert portal.ledger.count(Act.WITHDRAWAL_STARTED, "zeynep") == 1
    assert portal.state.of("zeynep").consent
    code = code_in(page)
    wanted = someone.get(f"/eimza/api/requests/{code}").json()
    assert wanted["title"] == "E-Onay Kaldırma"
    assert WITHDRAW in base64.b64decode(wanted["document"]).decode()
    assert sign(portal, "zeynep", code, someone.client).status_code == 201
    assert portal.ledger.count(Act.CONSENT_WITHDRAWN, "zeynep") == 1
    assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert GIVE in words(someone.get(PATH))


@pytest.mark.parametrize(("person", "stale"), [("zeynep", "ver"), ("ayse", "kaldir"), ("ayse", "")])
def test_a_form_left_open_cannot_do_the_opposite(someone: OnlineVisitor, person: str, stale: str) -> None:
    """A form from a state that is no longer true starts nothing and says that the state has changed."""
    someone.enter(person)
    page = consent(someone, islem=stale)
    assert page.url.path == PATH
    assert "E-Onay durumunuz bu sayfa açıkken değişmiş" in words(page)
    assert someone.portal.ledger.count(Act.CODE_ISSUED) == 0
    assert someone.portal.ledger.count(Act.WITHDRAWAL_STARTED) == 0


def test_devam_twice_leaves_one_code_alive(someone: OnlineVisitor) -> None:
    """A second Devam replaces the first code. Only the new one can be signed, and it counts once."""
    portal = someone.portal
    someone.enter("ayse")
    first, second = code_in(consent(someone)), code_in(consent(someone))
    assert someone.get(f"/eimza/api/requests/{first}").status_code == 410
    assert sign(portal, "ayse", second, someone.client).status_code == 201
    assert portal.ledger.count(Act.CONSENT_GIVEN) == 1


def test_going_elsewhere_to_sign_lets_the_consent_code_die(someone: OnlineVisitor) -> None:
    """A session signs one thing at a time. If you start a PIN reset in between, it replaces the consent."""
    someone.enter("ayse")
    consent_code = code_in(consent(someone))
    someone.send("/nes/pin", secim="pin")
    assert someone.get(f"/eimza/api/requests/{consent_code}").status_code == 410


def test_consent_given_in_another_window_is_recorded_once(someone: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """Two browsers of one person may both sign. The consent is recorded once and stays given."""
    other = OnlineVisitor(new_visitor(), someone.portal)
    someone.enter("ayse")
    other.enter("ayse")
    codes = code_in(consent(someone)), code_in(consent(other))
    assert [sign(someone.portal, "ayse", code, someone.client).status_code for code in codes] == [201, 201]
    assert someone.portal.ledger.count(Act.CONSENT_GIVEN) == 1
    assert someone.portal.state.of("ayse").consent


def test_two_people_never_touch_each_other(someone: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """What one person signs, renews or leaves changes nothing for another who is logged in too."""
    portal = someone.portal
    mehmet = OnlineVisitor(new_visitor(), portal)
    someone.enter("ayse")
    mehmet.enter("mehmet")
    ayses, mehmets = code_in(consent(someone)), code_in(consent(mehmet))
    assert sign(portal, "mehmet", ayses, mehmet.client).status_code == 422
    assert sign(portal, "ayse", ayses, someone.client).status_code == 201
    assert mehmet.status(1)["state"] == "waiting"
    assert code_in(mehmet.get("/imzalama")) == mehmets
    assert GIVE in words(mehmet.get(PATH))
    someone.send("/cikis")
    assert sign(portal, "mehmet", mehmets, mehmet.client).status_code == 201
    assert [e.person for e in portal.ledger.entries() if e.act is Act.CONSENT_GIVEN] == ["ayse", "mehmet"]
