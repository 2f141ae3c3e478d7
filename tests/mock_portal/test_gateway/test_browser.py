"""The gateway's pages in a real browser: what is on them and what their scripts do."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from fixtures import Person
from mock_portal import Act, Edition, ManualClock, Portal, Served
from mock_portal.gateway import approve_phone, captcha_answer, refuse_phone
from mock_portal.web import MOCK_NOTICE
from tests.mock_portal.test_gateway.conftest import BOTH_EDITIONS, Someone
from tests.sampling import sampled

NewContext = Callable[..., BrowserContext]

PASSWORD_ADDRESS = re.compile(r"^http://giris\.localhost:\d+/Giris/e-Devlet-Sifresi$")
SHARING_ADDRESS = re.compile(r"/OAuth2AuthorizationServer/AuthorizationController")
ARRIVED = re.compile(r"^http://onlineislemler\.localhost:\d+/")
NEWER_EDITION = pytest.mark.parametrize("edition", sampled(["2020", "2026"], every_run=["2026"]))
"""For what both editions do alike; the older one as well at night."""
FAILED = "Giriş işleminiz tamamlanamadı"

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture
def gate_page(page: Page, served: Served) -> Page:
    """A browser at the login page; the geçit sent it there."""
    begin(page, served.portal)
    return page


def begin(page: Page, portal: Portal) -> None:
    """Go through the geçit to the login page."""
    page.goto(portal.origin("gecit") + "/OAuth2/baslat")
    page.wait_for_url(PASSWORD_ADDRESS)


def log_in(page: Page, person: Person) -> None:
    """Type number and password and press Enter."""
    page.locator("#tridField").fill(person.national_id)
    page.locator("#egpField").fill(person.password)
    page.locator("#egpField").press("Enter")


@BOTH_EDITIONS
def test_the_login_page_is_made_as_the_real_one(gate_page: Page, edition: Edition) -> None:
    """The page has the ids, names, classes and attributes from section 3 of portal-facts."""
    page = gate_page
    expect(page.locator("h1")).to_have_text("e-Devlet Kapısı Kimlik Doğrulama Sistemi")
    form = page.locator("#loginForm[name=sifreGirisForm]")
    expect(form.locator("input[type=hidden][name=currentPageToken]")).to_have_count(1)
    expect(form.locator("input[type=hidden][name=actionName]")).to_have_count(1)
    expect(form.locator("#egpField[type=password]")).to_have_count(1)
    number = form.locator("#tridField")
    expect(number).to_have_attribute("title", "Kimlik numaranız 11 adet rakamdan oluşmalıdır")
    expect(number).to_have_attribute("maxlength", "11")
    if edition == "2020":
        expect(number).to_have_attribute("pattern", "[0-9]{11}")
        expect(page.get_by_label("e-Devlet Şifresi", exact=True)).to_have_id("egpField")
        submit = form.locator("input.submitButton[name=submitButton]")
        expect(submit).to_have_value("Sisteme Giriş Yap")
        expect(form.locator("input.backButton[name=cancelButton]")).to_have_value("İptal Et")
    else:
        expect(page.get_by_label("T. C. Kimlik Numaranızı Girin", exact=True)).to_have_id("tridField")
        expect(page.get_by_label("e-Devlet Şifrenizi Girin", exact=True)).to_have_id("egpField")
        expect(form.locator('button.btn.btn-send[name=submitButton][value="Giriş Yap"]')).to_be_visible()
        expect(form.locator("button.btn.btn-cancel[name=cancelButton]")).to_have_text("İptal")


@BOTH_EDITIONS
def test_all_five_methods_are_offered(gate_page: Page, edition: Edition) -> None:
    """The methods have this edition's names. In 2026 two of them are under Diğer Yöntemler."""
    page = gate_page
    if edition == "2020":
        tabs = page.locator(".tabChooser nav[role=tablist] div[role=tab]")
        expect(tabs).to_have_text(
            ["e-Devlet Şifresi", "Mobil İmza", "e-İmza", "T.C. Kimlik Kartı", "İnternet Bankacılığı"]
        )
        tabs.nth(1).click()
    else:
        menu = page.locator("nav .menu")
        for name in ("e-Devlet Şifresi", "Elektronik İmza", "İnternet Bankacılığı"):
            expect(menu.get_by_role("link", name=name, exact=True)).to_be_visible()
        mobile = menu.get_by_role("link", name="Mobil İmza", exact=True)
        expect(mobile).to_be_hidden()
        menu.get_by_role("button", name="Diğer Yöntemler").press("Enter")
        expect(menu.get_by_role("link", name="T.C. Kimlik Kartı", exact=True)).to_be_visible()
        mobile.click()
    page.wait_for_url("**/Giris/Mobil-Imza")
    expect(page.locator("#gsmField")).to_be_visible()


@pytest.mark.parametrize("edition", ["2020"])
def test_the_tabs_of_2020_work_by_keyboard(gate_page: Page, edition: Edition) -> None:
    """The arrow keys move from tab to tab, and Enter opens the focused one."""
    page = gate_page
    page.get_by_role("tab", name="e-Devlet Şifresi").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="e-İmza", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/Giris/Elektronik-Imza")


@BOTH_EDITIONS
def test_a_narrow_window_offers_the_methods_too(gate_page: Page, edition: Edition) -> None:
    """At a phone's width nothing sticks out, and one control unfolds the methods."""
    page = gate_page
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("summary" if edition == "2020" else "#login_type_btn").click()
    page.get_by_role("link", name="T.C. Kimlik Kartı", exact=True).click()
    page.wait_for_url("**/Giris/T-C-Kimlik-Karti")


@BOTH_EDITIONS
def test_the_whole_way_by_password(gate_page: Page, portal: Portal, someone: Someone, edition: Edition) -> None:
    """Password and sharing take the person to Online İşlemler, with no error on any page's console."""
    page, complaints = gate_page, []
    page.on("console", lambda entry: complaints.append(entry.text) if entry.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, someone("hatice"))
    page.wait_for_url(SHARING_ADDRESS)
    form = page.locator("#loginForm")
    expect(form).to_have_attribute("action", "AuthorizationController/SaveScope")
    expect(page.locator("#egpField")).to_have_count(0)
    expect(form.locator(".infoBox")).to_contain_text("1- Kimlik Doğrulaması")
    expect(form.locator(".infoBox")).to_contain_text("Kimlik Numarası, Ad, Soyad bilgileriniz.")
    send = form.locator(".btn-send[value=Onayla]")
    expect(send).to_have_text("Onayla >" if edition == "2020" else "Onayla")
    expect(form.get_by_role("button", name="İptal")).to_be_visible()
    send.click()
    page.wait_for_url(ARRIVED)
    assert portal.ledger.count(Act.SHARING_APPROVED, "hatice") == 1
    assert [complaint for complaint in complaints if "onlineislemler" not in complaint] == []


@NEWER_EDITION
def test_every_page_bears_the_notice(gate_page: Page, someone: Someone, edition: Edition) -> None:
    """You can see the notice on the login page and on the sharing page."""
    expect(gate_page.get_by_text(MOCK_NOTICE)).to_be_visible()
    log_in(gate_page, someone("hatice"))
    gate_page.wait_for_url(SHARING_ADDRESS)
    expect(gate_page.get_by_text(MOCK_NOTICE)).to_be_visible()


@NEWER_EDITION
def test_sanal_klavye_types(gate_page: Page, someone: Someone, edition: Edition) -> None:
    """You can log in with number and password typed only on the on-screen keys."""
    page, person = gate_page, someone("hatice")
    openers = page.get_by_role("button", name="Sanal Klavye", exact=True)
    openers.nth(0).click()
    keypad = page.locator(".onscreen.keypad")
    keypad.get_by_role("button", name="7", exact=True).click()
    keypad.get_by_role("button", name="Sil").click()
    for digit in person.national_id + "9":  # the page doesn't take one too many
        keypad.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator("#tridField")).to_have_value(person.national_id)
    keypad.get_by_role("button", name="Kapat").click()
    expect(keypad).to_be_hidden()
    openers.nth(1).click()
    keyboard = page.locator(".onscreen.keyboard")
    shift = keyboard.get_by_role("button", name="Büyük Harf")
    for character in person.password:
        if character.isupper():
            shift.click()
        key = keyboard.get_by_role("button", name=character, exact=True)
        key.click()
        if character.isupper():
            shift.click()
    expect(page.locator("#egpField")).to_have_value(person.password)
    page.locator("#loginForm [name=submitButton]").click()
    page.wait_for_url(SHARING_ADDRESS)


@NEWER_EDITION
def test_yazarken_gizle_hides_the_number(gate_page: Page, someone: Someone, edition: Edition) -> None:
    """Yazarken Gizle shows dots and keeps what you typed. Press it again, and you see it again."""
    page, number = gate_page, gate_page.locator("#tridField")
    before = number.get_attribute("type") or ""
    number.fill(someone("hatice").national_id)
    hide = page.get_by_role("button", name="Yazarken Gizle")
    hide.click()
    expect(number).to_have_attribute("type", "password")
    expect(number).to_have_value(someone("hatice").national_id)
    expect(hide).to_have_attribute("aria-pressed", "true")
    hide.click()
    expect(number).to_have_attribute("type", before)


@BOTH_EDITIONS
def test_the_old_page_empties_its_fields(gate_page: Page, someone: Someone, edition: Edition) -> None:
    """When you send the form, the 2020 page moves what you typed into hidden fields and clears the visible ones."""
    page, person = gate_page, someone("hatice")
    sent: list[str] = []

    def keep(route: Route, request: Request) -> None:
        if request.method != "POST":
            return route.fallback()
        sent.append(request.post_data or "")
        return route.fulfill(status=204)  # the page stays, so we can look at it

    page.route(PASSWORD_ADDRESS, keep)
    with page.expect_request(lambda request: request.method == "POST"):
        log_in(page, person)
    fields = parse_qs(sent[0], keep_blank_values=True)
    if edition == "2020":
        assert (fields["encTridField"], fields["encEgpField"]) == ([person.national_id], [person.password])
        assert (fields["tridField"], fields["egpField"]) == ([""], [""])
        expect(page.locator("#tridField")).to_have_value("")
        expect(page.locator("#egpField")).to_have_value("")
    else:
        assert (fields["tridField"], fields["egpField"]) == ([person.national_id], [person.password])
        assert fields["encEgpField"] == [""]
        expect(page.locator("#egpField")).to_have_value(person.password)


@NEWER_EDITION
def test_a_form_is_sent_once(gate_page: Page, portal: Portal, someone: Someone, edition: Edition) -> None:
    """If you press the button twice in a hurry, it counts as one attempt."""
    page = gate_page
    page.locator("#tridField").fill(someone("hatice").national_id)
    page.locator("#egpField").fill("yanlış")
    page.locator("#loginForm [name=submitButton]").dblclick()
    expect(page.get_by_role("alert")).to_contain_text("hatalı")
    assert portal.ledger.count(Act.LOGIN_FAILED) == 1


@NEWER_EDITION
def test_cancel_comes_back_through_the_gecit(gate_page: Page, edition: Edition) -> None:
    """İptal works with empty fields and ends on a page with a way back to the start."""
    gate_page.locator("[name=cancelButton]").click()
    gate_page.wait_for_url("**/OAuth2/edevletsonuc?error=access_denied*")
    gate_page.get_by_role("link", name="Yeniden dene").click()
    gate_page.wait_for_url(PASSWORD_ADDRESS)


def test_a_captcha_can_be_renewed_and_answered(gate_page: Page, portal: Portal, someone: Someone) -> None:
    """Yeni resim brings a new picture and keeps the page. The right answer leads on."""
    page = gate_page
    log_in(page, someone("ibrahim"))
    picture = page.locator("img.captchaImage")
    expect(picture).to_be_visible()
    expect(page.get_by_label("Güvenlik Kodu")).to_have_id("captchaField")
    first = picture.get_attribute("src") or ""
    page.get_by_role("button", name="Yeni resim").click()
    expect(picture).not_to_have_attribute("src", first)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 180
    page.locator("#captchaField").fill(captcha_answer(portal, picture.get_attribute("src") or "") or "")
    log_in(page, someone("ibrahim"))
    page.wait_for_url(SHARING_ADDRESS)


def test_the_sms_page_turns_by_itself(gate_page: Page, clock: ManualClock, portal: Portal, someone: Someone) -> None:
    """When the portal's time is up, the page says that the login failed and leads to a new one."""
    page = gate_page
    log_in(page, someone("ayse"))
    expect(page.get_by_role("heading", name="İki Aşamalı Giriş Onay")).to_be_visible()
    expect(page.get_by_label("SMS Doğrulama Kodu")).to_have_id("smsDogrulamaKodu")
    expect(page).to_have_url(PASSWORD_ADDRESS)
    clock.advance(181)
    expect(page.get_by_role("heading", name=FAILED)).to_be_visible()
    page.get_by_role("link", name="Yeniden dene").click()
    expect(page.locator("#egpField")).to_be_visible()
    assert portal.ledger.count(Act.SECOND_STEP_FAILED, "ayse") == 1


def test_the_countdown_follows_the_portal(gate_page: Page, clock: ManualClock, someone: Someone) -> None:
    """If we move the portal's clock, the seconds on the page follow without a reload."""
    log_in(gate_page, someone("ayse"))
    seconds = gate_page.get_by_role("timer")
    expect(seconds).to_have_text(re.compile(r"^1[78]\d$"))
    clock.advance(100)
    expect(seconds).to_have_text(re.compile(r"^(80|7\d)$"))


def test_the_phone_page_goes_on_by_itself(gate_page: Page, portal: Portal, someone: Someone) -> None:
    """The page waiting for the phone goes on to sharing as soon as the phone says yes."""
    log_in(gate_page, someone("mehmet"))
    expect(gate_page.get_by_role("heading", name="Mobil Onay")).to_be_visible()
    expect(gate_page).to_have_url(PASSWORD_ADDRESS)
    assert approve_phone(portal, "mehmet")
    gate_page.wait_for_url(SHARING_ADDRESS)


def test_the_phone_page_tells_of_a_refusal(gate_page: Page, portal: Portal, someone: Someone) -> None:
    """If the phone refuses, the page turns into the failure."""
    log_in(gate_page, someone("mehmet"))
    expect(gate_page.get_by_role("heading", name="Mobil Onay")).to_be_visible()
    assert refuse_phone(portal, "mehmet")
    expect(gate_page.get_by_role("heading", name=FAILED)).to_be_visible()


def test_by_hand_with_the_stand_in_phone(gate_page: Page, someone: Someone) -> None:
    """If you explore alone, you open the stand-in phone from the page and approve there."""
    log_in(gate_page, someone("mehmet"))
    with gate_page.expect_popup() as opened:
        gate_page.get_by_role("link", name="Benzetim telefonunu açın").click()
    opened.value.get_by_role("button", name="Onayla").click()
    expect(opened.value.get_by_text("Yanıtınız iletildi.")).to_be_visible()
    gate_page.wait_for_url(SHARING_ADDRESS)


def test_two_browsers_with_two_people(new_context: NewContext, portal: Portal, someone: Someone) -> None:
    """Two people log in side by side in two browsers. Each ends up as themselves and never meets the other's pages."""
    first, second = new_context().new_page(), new_context().new_page()
    for page, key in ((first, "mehmet"), (second, "ayse")):
        begin(page, portal)
        log_in(page, someone(key))
    second.locator("#smsDogrulamaKodu").fill(someone("ayse").sms_code)
    second.get_by_role("button", name="Doğrula").click()
    second.wait_for_url(SHARING_ADDRESS)
    expect(first.get_by_role("heading", name="Mobil Onay")).to_be_visible()
    approve_phone(portal, "mehmet")
    first.wait_for_url(SHARING_ADDRESS)
    first.get_by_role("button", name="Onayla").click()
    first.wait_for_url(ARRIVED)
    expect(second.get_by_role("button", name="Onayla")).to_be_visible()
    assert portal.ledger.count(Act.SHARING_APPROVED, "mehmet") == 1
    assert portal.ledger.count(Act.SHARING_APPROVED, "ayse") == 0


@NEWER_EDITION
def test_the_signing_page_goes_on_by_itself(
    gate_page: Page, portal: Portal, someone: Someone, edition: Edition
) -> None:
    """The e-İmza page shows a code with a countdown, and goes on once the desk has a signature for it."""
    page = gate_page
    page.goto(portal.origin("giris") + "/Giris/Elektronik-Imza")
    page.locator("#tridField").fill(someone("ayse").national_id)
    page.get_by_role("button", name="Devam Et").click()
    code = page.locator("#dogrulamaKodu")
    expect(code).to_have_text(re.compile(r"^\d{15}$"))
    expect(page.get_by_text("Kalan süre")).to_be_visible()
    expect(page.get_by_role("link", name="İndirmek için tıklayınız")).to_have_attribute(
        "href", portal.origin("onlineislemler") + "/eimza/KamuSM-eimza.jnlp"
    )
    old = code.inner_text()
    page.get_by_role("button", name="Tekrar Kod Al").click()
    expect(code).not_to_have_text(old)
    # The signing service's own tests check whether a signature is good. Here it simply has one.
    portal.desk.accept(code.inner_text(), b"")
    page.wait_for_url(SHARING_ADDRESS)


def test_the_back_button_does_not_bring_back_what_was_typed(gate_page: Page, portal: Portal, someone: Someone) -> None:
    """After a login, Back shows neither number nor password, and you can go on without logging in again."""
    log_in(gate_page, someone("hatice"))
    gate_page.wait_for_url(SHARING_ADDRESS)
    gate_page.go_back()
    gate_page.wait_for_load_state()
    for field in gate_page.locator("#tridField, #egpField").all():
        expect(field).to_have_value("")
    gate_page.get_by_role("link", name="Uygulamaya dön").click()
    gate_page.wait_for_url(SHARING_ADDRESS)
    assert portal.ledger.count(Act.LOGIN) == 1
