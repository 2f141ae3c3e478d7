"""Online İşlemler in a real browser: what moves, what gets copied, what gets in the way, and who can use it."""

from __future__ import annotations

from itertools import product

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from mock_portal import Act, ManualClock, Portal, Served, serve
from mock_portal.online import set_options
from tests.mock_portal.online_visitor import sign, ticket_for
from tests.sampling import sampled

INNER = (
    "/anasayfa",
    "/nes",
    "/nes/bireysel",
    "/nes/sertifikalar",
    "/nes/pin",
    "/nes/web-parola",
    "/nes/iptal",
    "/nes/e-onay",
)


EDITIONS = ("2020", "2026")
BOTH_EDITIONS = pytest.mark.parametrize("portal", EDITIONS, indirect=True)
"""For tests in which the editions differ."""


@pytest.fixture(params=sampled(EDITIONS, every_run=["2026"]))
def portal(request: pytest.FixtureRequest, clock: ManualClock) -> Portal:
    """A portal with nothing in the way: the newer edition in every run, the older one as well at night."""
    portal = Portal(edition=request.param, clock=clock)
    set_options(portal, cookie_bar=False)
    return portal


def enter(page: Page, portal: Portal, person: str = "ayse") -> None:
    """Log the browser in with a ticket and wait for the home page."""
    page.goto(f"{portal.origin('onlineislemler')}/oturum?ticket={ticket_for(portal, person)}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kamu SM Online İşlemler")


def visit(page: Page, portal: Portal, path: str) -> None:
    """Go to a page by path."""
    page.goto(portal.origin("onlineislemler") + path)


def begin_signing(page: Page, portal: Portal, person: str = "ayse") -> str:
    """Log in, go as far as the signing page and return the code it shows."""
    enter(page, portal, person)
    visit(page, portal, "/nes/e-onay")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Devam", exact=True).click()
    page.wait_for_url("**/imzalama")
    return shown_code(page)


def shown_code(page: Page) -> str:
    """Return the code as this edition shows it: as text, or in a field."""
    code = page.locator("#dogrulamaKodu")
    return code.input_value() if code.evaluate("element => element.tagName") == "INPUT" else code.inner_text()


@BOTH_EDITIONS
def test_the_way_to_the_tiles(page: Page, served: Served) -> None:
    """In both editions you can click your way from the home page to E-Onay İşlemleri."""
    enter(page, served.portal)
    if served.portal.edition == "2020":
        page.get_by_role("link", name="NES İŞLEMLERİ", exact=True).click()
    else:
        menu = page.get_by_role("button", name="NES İşlemleri", exact=True)
        assert menu.inner_text().strip() == "NES İŞLEMLERİ"  # by CSS, with the Turkish İ
        menu.click()
        page.get_by_role("link", name="Bireysel İşlemler").click()
    page.get_by_role("link", name="E-Onay İşlemleri").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E-Onay İşlemleri")


@BOTH_EDITIONS
def test_the_countdown_follows_the_portals_clock(page: Page, served: Served, clock: ManualClock) -> None:
    """The page shows the server's seconds without a reload. While the clock stands still, so do they."""
    begin_signing(page, served.portal)
    expect(page.locator("#kalanSure")).to_have_text("Kalan süre: 300 saniye")
    page.evaluate("window.notReloaded = true")
    clock.advance(14)
    expect(page.locator("#kalanSure")).to_have_text("Kalan süre: 286 saniye")
    with page.expect_response("**/imzalama/durum?*"):
        pass
    expect(page.locator("#kalanSure")).to_have_text("Kalan süre: 286 saniye")
    assert page.evaluate("window.notReloaded")


def test_the_countdown_goes_on_between_two_answers(page: Page, served: Served) -> None:
    """While the server is out of reach, the page counts on by itself and says that it keeps trying."""
    page.clock.install()
    begin_signing(page, served.portal)
    page.route("**/imzalama/durum?*", lambda route: route.abort())
    page.clock.fast_forward(100_000)
    expect(page.locator("#kalan")).to_have_text("200")
    for _ in range(3):
        page.clock.run_for(500)
    expect(page.locator("#sonuc")).to_contain_text("yeniden deneniyor")
    page.unroute("**/imzalama/durum?*")
    page.clock.run_for(1000)
    expect(page.locator("#sonuc")).to_be_empty()
    expect(page.locator("#kalan")).to_have_text("300")


@pytest.mark.parametrize("clipboard", ["present", "missing"])
def test_the_code_is_copied(page: Page, served: Served, clipboard: str) -> None:
    """“Kodu kopyalamak için tıklayınız.” puts the code on the clipboard and says so. The old way works too."""
    portal = served.portal
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.origin("onlineislemler"))
    if clipboard == "missing":
        page.add_init_script("navigator.clipboard.writeText = undefined")
    code = begin_signing(page, portal)
    page.get_by_text("Kodu kopyalamak için tıklayınız.").click()
    expect(page.locator("#kopyalandi")).to_have_text("Kod kopyalandı.")
    assert page.evaluate("navigator.clipboard.readText()") == code


def test_a_new_code_takes_the_place_of_the_old(
    page: Page, served: Served, visitor: httpx.Client, clock: ManualClock
) -> None:
    """Tekrar Kod Al shows a new code with the full time, and it works. The old one is dead."""
    portal = served.portal
    old = begin_signing(page, portal)
    clock.advance(120)
    expect(page.locator("#kalan")).to_have_text("180")
    page.get_by_role("button", name="Tekrar Kod Al").click()
    expect(page.locator("#kalan")).to_have_text("300")
    new = shown_code(page)
    assert new != old
    assert visitor.get(f"{portal.origin('onlineislemler')}/eimza/api/requests/{old}").status_code == 410
    assert sign(portal, "ayse", new, visitor).status_code == 201
    expect(page.get_by_role("heading", name="İşlem başarılı")).to_be_visible()


def test_the_end_of_the_time_is_said_in_place(page: Page, served: Served, clock: ManualClock) -> None:
    """When the time is over, the page says so without a reload, and Tekrar Kod Al revives it."""
    begin_signing(page, served.portal)
    page.evaluate("window.notReloaded = true")
    clock.advance(300)
    expect(page.locator("#sonuc")).to_contain_text("Doğrulama kodunuzun süresi dolmuştur.")
    expect(page.locator("#kalanSure")).to_have_text("Kalan süre: 0 saniye")
    assert page.evaluate("window.notReloaded")
    page.get_by_role("button", name="Tekrar Kod Al").click()
    expect(page.locator("#sonuc")).to_be_empty()
    expect(page.locator("#kalan")).to_have_text("300")
    clock.advance(10)
    expect(page.locator("#kalan")).to_have_text("290")


@BOTH_EDITIONS
def test_the_success_appears_in_place(page: Page, served: Served, visitor: httpx.Client) -> None:
    """After a real signature, “İşlem başarılı” shows without a reload. A fresh visit shows the withdraw sentence."""
    portal = served.portal
    code = begin_signing(page, portal)
    page.evaluate("window.notReloaded = true")
    assert "İşlem başarılı" not in page.locator("body").inner_text()
    assert sign(portal, "ayse", code, visitor).status_code == 201
    expect(page.get_by_role("heading", name="İşlem başarılı")).to_be_visible()
    assert page.evaluate("window.notReloaded")
    assert code not in page.content()
    steps = page.get_by_text("İndirmek için tıklayınız")
    expect(steps).to_have_count(0 if portal.edition == "2020" else 1)
    expect(page.get_by_role("link", name="Ana Sayfa")).to_have_count(1)
    assert portal.ledger.count(Act.CONSENT_GIVEN, "ayse") == 1
    visit(page, portal, "/nes/e-onay")
    expect(page.get_by_text("Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.")).to_be_visible()


def test_a_withdrawal_in_the_browser(page: Page, served: Served, visitor: httpx.Client) -> None:
    """If you press Devam on the withdraw sentence and sign, you see the same success, and the consent is gone."""
    portal = served.portal
    enter(page, portal, "zeynep")
    visit(page, portal, "/nes/e-onay")
    page.get_by_role("button", name="Devam", exact=True).click()
    page.wait_for_url("**/imzalama")
    sign(portal, "zeynep", shown_code(page), visitor)
    expect(page.get_by_role("heading", name="İşlem başarılı")).to_be_visible()
    assert portal.ledger.count(Act.CONSENT_WITHDRAWN, "zeynep") == 1


def test_a_page_left_open_learns_of_the_newer_code(page: Page, served: Served) -> None:
    """A signing page in another tab says that its code was replaced, and links to the current one."""
    begin_signing(page, served.portal)
    other = page.context.new_page()
    visit(other, served.portal, "/imzalama")
    other.get_by_role("button", name="Tekrar Kod Al").click()
    expect(other.locator("#yeniKod [name=sira]")).to_have_value("2")
    expect(page.locator("#sonuc")).to_contain_text("yeni bir kod alınmıştır")
    page.get_by_role("link", name="Geçerli kodu gösteriniz.").click()
    expect(page.locator("#sonuc")).to_be_empty()
    assert shown_code(page) == shown_code(other)


def test_a_signing_page_learns_of_the_end_of_the_session(page: Page, served: Served) -> None:
    """If you log out in another tab, the signing page says that the session is over."""
    begin_signing(page, served.portal)
    other = page.context.new_page()
    visit(other, served.portal, "/anasayfa")
    other.get_by_role("button", name="Çıkış").click()
    expect(page.locator("#sonuc")).to_contain_text("Oturumunuz sona ermiştir.")


def test_two_people_side_by_side(browser: Browser, served: Served, visitor: httpx.Client) -> None:
    """Two people in two browsers have their own codes. Neither sees the other's success."""
    portal = served.portal
    with browser.new_context() as first, browser.new_context() as second:
        ayse, ibrahim = first.new_page(), second.new_page()
        codes = begin_signing(ayse, portal, "ayse"), begin_signing(ibrahim, portal, "ibrahim")
        assert codes[0] != codes[1]
        sign(portal, "ayse", codes[0], visitor)
        expect(ayse.get_by_role("heading", name="İşlem başarılı")).to_be_visible()
        with ibrahim.expect_response("**/imzalama/durum?*") as answer:
            pass
        assert answer.value.json()["state"] == "waiting"
        assert shown_code(ibrahim) == codes[1]
        assert not portal.state.of("ibrahim").consent


def test_the_cookie_bar_is_closed_by_its_own_control(page: Page, served: Served) -> None:
    """The cookie bar covers the foot of the page until you press “Tamam”, and then it stays away."""
    portal = served.portal
    set_options(portal, cookie_bar=True)
    page.goto(served.entry_url)
    bar = page.get_by_role("region", name="Çerez bildirimi")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Tamam").click()
    expect(bar).to_have_count(0)
    enter(page, portal)
    expect(bar).to_have_count(0)


def test_the_announcement_covers_the_page_until_closed(page: Page, served: Served) -> None:
    """The announcement is a modal dialog. You can't reach anything behind it until “Kapat”, and then it stays away."""
    portal = served.portal
    set_options(portal, announcement=True)
    enter(page, portal)
    dialog = page.get_by_role("dialog", name="Duyuru")
    expect(dialog).to_be_visible()
    link = page.locator("a, button").filter(has_text="NES").first
    assert not link.evaluate(
        """element => { const box = element.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("a, button") === element }"""
    )
    dialog.get_by_role("button", name="Kapat").click()
    expect(dialog).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(dialog).to_have_count(0)


@BOTH_EDITIONS
def test_what_comes_in_between_by_default(page: Page, portal: Portal) -> None:
    """By default the 2026 edition has a cookie bar and the 2020 edition has none. Neither has an announcement."""
    with serve(Portal(edition=portal.edition, clock=portal.clock)) as untouched:
        page.goto(untouched.entry_url)
        expect(page.locator("#cerez")).to_have_count(1 if portal.edition == "2026" else 0)
        enter(page, untouched.portal)
        expect(page.locator("#duyuru")).to_have_count(0)


def test_the_consent_can_be_given_by_keyboard(page: Page, served: Served) -> None:
    """With only Tab, space and Enter you get from the consent to the code, and you always see where the focus is."""
    portal = served.portal
    enter(page, portal)
    visit(page, portal, "/nes/e-onay")
    page.locator("main").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ana Sayfa")).to_be_focused()
    page.keyboard.press("Tab")
    proceed = page.get_by_role("button", name="Devam", exact=True)
    expect(proceed).to_be_focused()
    assert proceed.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/imzalama")


@pytest.mark.parametrize(
    ("portal", "width"),
    sampled(product(EDITIONS, [320, 1280]), every_run=[("2020", 320), ("2026", 1280)]),
    indirect=["portal"],
)
def test_pages_fit_and_fields_have_names(page: Page, served: Served, width: int) -> None:
    """No page scrolls sideways, wide or narrow, every field has a label, and the console stays quiet."""
    portal = served.portal
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served.entry_url)
    enter(page, portal)
    for path in INNER:
        visit(page, portal, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        nameless = page.locator("input:not([type=hidden]):not([type=submit]), select").evaluate_all(
            "fields => fields.filter(field => field.labels.length === 0).length"
        )
        assert nameless == 0, path
    begin_signing(page, portal)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_without_scripts_everything_still_works(browser: Browser, served: Served) -> None:
    """With JavaScript off, the consent, the code and Tekrar Kod Al work with plain links and forms."""
    portal = served.portal
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        old = begin_signing(page, portal)
        page.get_by_role("button", name="Tekrar Kod Al").click()
        expect(page.locator("#dogrulamaKodu")).to_be_visible()
        assert shown_code(page) != old
        page.get_by_role("button", name="Geri").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("E-Onay İşlemleri")
        expect(page.get_by_role("checkbox")).to_be_visible()
