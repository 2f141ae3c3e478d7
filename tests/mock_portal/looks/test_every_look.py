"""Every look says what the facts say, a person can use it, and its ledger counts what really happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import httpx
import pytest
from playwright.sync_api import Browser, expect

from fixtures import LOOKS, Look
from mock_portal import Act, Edition, Portal, serve
from mock_portal.looks import drawing_of
from tests.mock_portal.looks.walker import CODE, Walker
from tests.mock_portal.online_visitor import sign
from tests.mock_portal.test_online_consent import GIVE, INTRODUCTION, WITHDRAW
from tests.mock_portal.test_online_tiles import NEWER, OTHERS, RENAMED, TILES
from tests.sampling import sampled

EDITIONS: tuple[Edition, ...] = ("2020", "2026")
SIGNING = (
    "İmzalama işlemi aşamasında bu sayfayı kapatmayınız.",
    "İndirmek için tıklayınız",
    "bu linkten",
    "Doğrulama Kodu",
    "Kodu kopyalamak için tıklayınız.",
    "Tekrar Kod Al",
    "Geri",
    "Ana Sayfa",
)


@contextmanager
def walking(browser: Browser, look: str, edition: Edition) -> Iterator[Walker]:
    """Serve a portal in this look to a walker. If the page itself raises an error, the test fails."""
    portal = Portal(edition=edition, look=look)
    wrong: list[str] = []
    with serve(portal), browser.new_context(locale="tr-TR") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        yield Walker(page, portal)
    assert wrong == []


@pytest.mark.parametrize(
    ("look", "edition"),
    sampled(
        product(LOOKS, EDITIONS),
        every_run=[
            ("jsf", "2026"),
            ("components", "2020"),
            ("skeletons", "2020"),
        ],
    ),
)
def test_the_way_to_the_consent(browser: Browser, visitor: httpx.Client, look: Look, edition: Edition) -> None:
    """We get from the landing page to İşlem başarılı by what we see. Every text is there, and one consent is given."""
    with walking(browser, look, edition) as person:
        person.arrive()
        person.enter("ayse")
        for name in OTHERS if edition == "2026" else ():
            expect(person.words(name)).to_be_visible()
        person.to_tiles()
        for title, sentence in TILES.items():
            expect(person.words(RENAMED.get(title, title) if edition == "2026" else title)).to_be_visible()
            expect(person.words(sentence)).to_be_visible()
        for title in NEWER if edition == "2026" else ():
            expect(person.words(title)).to_be_visible()
        person.to_consent()
        for sentence in INTRODUCTION:
            expect(person.words(sentence)).to_be_visible()
        person.mark(GIVE)
        person.press("Devam")
        first = person.code()
        for words in SIGNING:
            expect(person.words(words)).to_be_visible()
        person.press("Tekrar Kod Al")
        expect(person.words("Kalan süre:", exact=False)).to_be_visible()
        person.page.wait_for_function(f"old => ({CODE})().trim() !== old", arg=first)
        assert sign(person.portal, "ayse", person.code(), visitor).status_code == 201
        expect(person.words("İşlem başarılı")).to_be_visible()
        ledger = person.portal.ledger
        acts = (Act.CODE_ISSUED, Act.CODE_RENEWED, Act.SIGNATURE_ACCEPTED, Act.CONSENT_GIVEN)
        assert [ledger.count(act, "ayse") for act in acts] == [1, 1, 1, 1]
        assert not ledger.count(Act.CERTIFICATE_REVOKED)
        person.enter("ayse")
        person.to_tiles()
        person.to_consent()
        expect(person.words(WITHDRAW)).to_be_visible()


@pytest.mark.parametrize(
    ("look", "who"),
    sampled(
        product(LOOKS, ["zeynep", "mehmet", "hatice"]),
        every_run=[
            ("stepper", "zeynep"),
            ("announcements", "mehmet"),
            ("toasts", "hatice"),
        ],
    ),
)
def test_both_states_and_every_form(browser: Browser, look: Look, who: str) -> None:
    """Plain words, a choice of two, already given: each looks different, and Devam leads on."""
    with walking(browser, look, "2026") as person:
        person.enter(who)
        person.to_tiles()
        person.to_consent()
        given = who == "zeynep"
        expect(person.words(WITHDRAW if given else GIVE)).to_be_visible()
        expect(person.page.get_by_text("kaldırmak istiyorum" if not given else "onay veriyorum")).to_have_count(0)
        if who == "mehmet":
            person.press("Devam")
            expect(person.words("Lütfen önce metni okuyup tercihinizi işaretleyiniz.")).to_be_visible()
            person.mark(GIVE)
        person.press("Devam")
        person.code()
        assert person.portal.ledger.count(Act.WITHDRAWAL_STARTED) == int(given)


@pytest.mark.parametrize("look", sampled(LOOKS, every_run=["plain", "jsf", "announcements"]))
def test_a_session_that_is_over_leads_back(browser: Browser, look: Look) -> None:
    """If you go on after the session is gone, the page says so, and you can start again."""
    with walking(browser, look, "2026") as person:
        person.enter("hatice")
        person.closed()
        person.page.context.clear_cookies(name="kamusm_oturum")
        person.page.context.add_cookies(
            [{"name": "kamusm_oturum", "value": "gone", "url": person.portal.origin("onlineislemler")}]
        )
        person.press("NES İşlemleri")
        expect(
            person.words("Güvenliğiniz için oturumunuz sona ermiştir. Lütfen yeniden giriş yapınız.")
        ).to_be_visible()
        person.closed()
        expect(person.words("e-Devlet ile Giriş")).to_be_visible()


def test_an_unknown_look_is_refused() -> None:
    """You can only ask for a look that exists."""
    with pytest.raises(ValueError, match="no look is called 'modern'"):
        drawing_of("modern")


def test_a_press_shows_no_address(browser: Browser) -> None:
    """With one form for everything, links go nowhere and the address stays. An old page's press finds its view gone."""
    with walking(browser, "jsf", "2026") as person:
        person.enter("hatice")
        address = person.page.url
        person.to_tiles()
        person.to_consent()
        assert person.page.url == address
        assert set(person.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")) == {"#"}
        person.page.locator("[name='jakarta.faces.ViewState']").evaluate("field => { field.value = '1:1'; }")
        person.press("Ana Sayfa")
        expect(person.page.get_by_role("alertdialog")).to_contain_text("oturumunuz sona ermiştir")
