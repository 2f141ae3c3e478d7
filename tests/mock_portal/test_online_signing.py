"""The signing page without a browser: its texts, its codes and the answers to its own questions."""

from __future__ import annotations

import httpx
import pytest

from mock_portal import Act, ManualClock, Portal, Served
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.online_visitor import OnlineVisitor, code_in, sign, words

JAR = {"2020": "KamuSMeImzaUygulamasi.jar", "2026": "KamuSM-eImza.jar"}


@pytest.fixture(params=["2020", "2026"])
def portal(request: pytest.FixtureRequest, clock: ManualClock) -> Portal:
    """A portal of each edition."""
    return Portal(edition=request.param, clock=clock)


@pytest.fixture
def ayse(served: Served, visitor: httpx.Client) -> OnlineVisitor:
    """Ayşe, logged in."""
    someone = OnlineVisitor(visitor, served.portal)
    someone.enter("ayse")
    return someone


@pytest.fixture
def signing_page(ayse: OnlineVisitor) -> httpx.Response:
    """The signing page for her consent."""
    return ayse.send("/nes/e-onay", islem="ver", onay="evet")


def test_the_page_says_what_the_guide_shows(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """The page has the texts and controls of step 8 word for word, with both links to the application."""
    text = words(signing_page)
    for words_of_the_guide in (
        "İmzalama işlemi aşamasında bu sayfayı kapatmayınız.",
        "Doğrulama Kodu",
        "Kodu kopyalamak için tıklayınız.",
        "Kalan süre: 300 saniye",
        "Ana Sayfa",
        "İndirmek için tıklayınız",
        "sorun yaşıyorsanız bu linkten",
        "Java 1.8.0",
    ):
        assert words_of_the_guide in text
    assert '<a href="/eimza/KamuSM-eimza.jnlp">İndirmek için tıklayınız</a>' in signing_page.text
    assert f'<a href="/eimza/{JAR[ayse.portal.edition]}">bu linkten</a>' in signing_page.text
    for label in ("Tekrar Kod Al", "Geri"):
        assert f'value="{label}"' in signing_page.text or f">{label}</button>" in signing_page.text


def test_the_links_lead_to_the_application(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """You can download both links of the page. The first is a JNLP file."""
    jnlp, jar = ayse.get("/eimza/KamuSM-eimza.jnlp"), ayse.get(f"/eimza/{JAR[ayse.portal.edition]}")
    assert jnlp.headers["content-type"] == "application/x-java-jnlp-file"
    assert (jnlp.status_code, jar.status_code) == (200, 200)


def test_reloading_the_page_keeps_the_code(
    ayse: OnlineVisitor, signing_page: httpx.Response, clock: ManualClock
) -> None:
    """A reload shows the same code with the time left and issues no new one."""
    clock.advance(14)
    again = ayse.get("/imzalama")
    assert code_in(again) == code_in(signing_page)
    assert "Kalan süre: 286 saniye" in words(again)
    assert ayse.portal.ledger.count(Act.CODE_ISSUED) == 1


def test_the_status_follows_the_clock(ayse: OnlineVisitor, signing_page: httpx.Response, clock: ManualClock) -> None:
    """The page gets the seconds left by the portal's clock, and after 300 s it hears that the time is over."""
    assert ayse.status(1) == {"state": "waiting", "seconds_left": 300}
    clock.advance(299.5)
    assert ayse.status(1) == {"state": "waiting", "seconds_left": 1}
    clock.advance(0.5)
    assert ayse.status(1) == {"state": "expired", "seconds_left": 0}
    assert "süresi dolmuştur" in words(ayse.get("/imzalama"))


def test_the_status_tells_of_the_signature(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """After the signature the page hears about it, and a reload shows the success instead of the code."""
    sign(ayse.portal, "ayse", code_in(signing_page), ayse.client)
    assert ayse.status(1) == {"state": "accepted", "seconds_left": 0}
    done = ayse.get("/imzalama")
    assert "İşlem başarılı" in words(done)
    assert "Kalan süre" not in done.text


def test_the_success_is_not_claimed_before(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """While the code waits, no text on the page says success."""
    assert "İşlem başarılı" not in words(signing_page)
    assert '<div id="sonuc" role="status" data-result></div>' in signing_page.text


def test_a_new_code_kills_the_old_one(ayse: OnlineVisitor, signing_page: httpx.Response, clock: ManualClock) -> None:
    """Tekrar Kod Al gives a new code with the full time. The old one is over, and its page hears that."""
    clock.advance(200)
    renewed = ayse.send("/imzalama/yeni-kod", sira="1")
    old, new = code_in(signing_page), code_in(renewed)
    assert old != new
    assert "Kalan süre: 300 saniye" in words(renewed)
    assert ayse.get(f"/eimza/api/requests/{old}").status_code == 410
    assert ayse.status(1)["state"] == "replaced"
    assert ayse.status(2) == {"state": "waiting", "seconds_left": 300}
    assert sign(ayse.portal, "ayse", new, ayse.client).status_code == 201
    assert ayse.portal.ledger.count(Act.CONSENT_GIVEN, "ayse") == 1
    assert ayse.portal.ledger.count(Act.CODE_RENEWED, "ayse") == 1


def test_an_expired_code_can_be_renewed(ayse: OnlineVisitor, signing_page: httpx.Response, clock: ManualClock) -> None:
    """When the time is over, Tekrar Kod Al gives a code that works."""
    clock.advance(301)
    new = code_in(ayse.send("/imzalama/yeni-kod", sira="1"))
    assert sign(ayse.portal, "ayse", new, ayse.client).status_code == 201
    assert ayse.portal.state.of("ayse").consent


def test_pressing_twice_renews_once(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """If you press Tekrar Kod Al twice, there is exactly one new code, the one on the page."""
    first, second = (code_in(ayse.send("/imzalama/yeni-kod", sira="1")) for _ in range(2))
    assert first == second
    assert ayse.portal.ledger.count(Act.CODE_RENEWED) == 1


def test_a_script_gets_the_new_code_as_data(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """If a script asks for JSON, Tekrar Kod Al returns code, serial number and time instead of a page."""
    answer = ayse.client.post(
        ayse.portal.origin("onlineislemler") + "/imzalama/yeni-kod",
        data={"csrf": ayse.csrf(), "sira": "1"},
        headers={"accept": "application/json"},
    ).json()
    assert (answer["state"], answer["serial"], answer["seconds_left"]) == ("waiting", 2, 300)
    assert answer["code"] == code_in(ayse.get("/imzalama"))


def test_no_new_code_after_the_signature(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """After the signature Tekrar Kod Al shows the success and issues nothing."""
    sign(ayse.portal, "ayse", code_in(signing_page), ayse.client)
    assert "İşlem başarılı" in words(ayse.send("/imzalama/yeni-kod", sira="1"))
    assert ayse.portal.ledger.count(Act.CODE_RENEWED) == 0


def test_geri_lets_the_code_die(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """Geri takes you back to the E-Onay screen. The code is over and the signing page gone."""
    assert ayse.send("/imzalama/geri").url.path == "/nes/e-onay"
    assert ayse.get(f"/eimza/api/requests/{code_in(signing_page)}").status_code == 410
    assert ayse.get("/imzalama").url.path == "/nes/e-onay"


def test_logging_out_lets_the_code_die(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """After you log out, nobody can sign with the code that was waiting."""
    ayse.send("/cikis")
    assert ayse.get(f"/eimza/api/requests/{code_in(signing_page)}").status_code == 410


def test_without_a_signing_there_is_no_page(ayse: OnlineVisitor) -> None:
    """If you have nothing to sign, you go back to NES İşlemleri with a polite message."""
    answer = ayse.get("/imzalama")
    assert answer.url.path == "/nes"
    assert "Bekleyen bir imzalama işleminiz bulunmuyor" in words(answer)
    assert ayse.send("/imzalama/yeni-kod", sira="1").url.path == "/nes"
    assert ayse.send("/imzalama/geri").url.path == "/nes"


@pytest.mark.parametrize("serial", ["2", "0", "-1", "", "x", "1e3", "９", "9" * 30])
def test_a_serial_number_that_was_never_issued(ayse: OnlineVisitor, signing_page: httpx.Response, serial: str) -> None:
    """If you ask for a code this session never had, the answer is unknown."""
    answer = ayse.get(f"/imzalama/durum?sira={serial}")
    assert (answer.status_code, answer.json()) == (404, {"state": "unknown"})


def test_nobody_else_is_told(ayse: OnlineVisitor, signing_page: httpx.Response, new_visitor: NewVisitor) -> None:
    """A stranger hears that there is no session, and another person that there is no such code."""
    stranger, mehmet = (OnlineVisitor(new_visitor(), ayse.portal) for _ in range(2))
    mehmet.enter("mehmet")
    assert stranger.status(1) == {"state": "no-session"}
    assert mehmet.status(1) == {"state": "unknown"}


def test_the_code_is_in_no_address(ayse: OnlineVisitor, signing_page: httpx.Response) -> None:
    """The code is only on the page, not in its address, its links or its requests."""
    code = code_in(signing_page)
    assert code not in str(signing_page.url)
    assert signing_page.text.count(code) == 1
    assert code not in ayse.get("/imzalama/durum?sira=1").text
