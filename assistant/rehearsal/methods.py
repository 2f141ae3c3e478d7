"""The other ways into e-Devlet, as a test person walks them in the browser: phone, card, identity card, bank.

These pages belong to the person alone, so no flow knows them. Here the test person uses the mock portal's stand-ins for
the phone, the reader and the bank.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from assistant.base.errors import RunError
from assistant.run.person import TestPerson
from fixtures import Person

SignLogin = Callable[[str, str], None]
"""Signs the login document, given the JNLP's address and the verification code."""

_NAMES = {
    "mobile-signature": re.compile("^Mobil İmza$"),
    "e-signature": re.compile("^(e-İmza|Elektronik İmza)$"),
    "id-card": re.compile("^T.C. Kimlik Kartı$"),
    "bank": re.compile("^İnternet Bankacılığı$"),
}
_MORE = "Diğer Yöntemler"
_PATIENCE_MS = 10_000.0


def log_in_by(method: str, page: Page, person: Person, phone: TestPerson, sign: SignLogin) -> None:
    """Log *person* in by *method*: from any page of the gateway to the page behind the login, or to the bank's site.

    Raises `RunError` (``login_rejected``) if the gateway doesn't let the person in.
    """
    try:
        _choose(page, _NAMES[method])
        _WALKS[method](page, person, phone, sign)
        page.wait_for_url(lambda url: "/Giris/" not in url, timeout=_PATIENCE_MS, wait_until="commit")
    except PlaywrightTimeoutError:
        raise RunError("login_rejected") from None


def log_in_at_bank(page: Page, person: Person) -> None:
    """Log *person* in at the bank's own site. Raises `RunError` (``login_rejected``) if it doesn't lead back."""
    bank = page.url
    try:
        page.fill("#musteriNo", person.national_id, timeout=_PATIENCE_MS)
        page.fill("#parola", person.password)
        page.get_by_role("button", name="Devam").click()
        page.wait_for_url(lambda url: not url.startswith(bank), timeout=_PATIENCE_MS, wait_until="commit")
    except PlaywrightTimeoutError:
        raise RunError("login_rejected") from None


def _choose(page: Page, name: re.Pattern[str]) -> None:
    """Press the method's link like a person; in the 2026 edition some are behind “Diğer Yöntemler”."""
    link = page.get_by_role("link", name=name).or_(page.get_by_role("tab", name=name))
    if not link.count():
        page.get_by_role("button", name=_MORE).click(timeout=_PATIENCE_MS)
    link.first.click(timeout=_PATIENCE_MS)


def _by_phone(page: Page, person: Person, phone: TestPerson, _sign: SignLogin) -> None:
    page.fill("#tridField", person.national_id)
    page.fill("#gsmField", "5000000000")
    _submit(page, "#mobilImzaForm")
    page.wait_for_selector("[data-wait]", state="attached", timeout=_PATIENCE_MS)
    phone.approve_phone()


def _by_card(page: Page, person: Person, _phone: TestPerson, sign: SignLogin) -> None:
    page.fill("#tridField", person.national_id)
    _submit(page, "#eImzaForm")
    code = page.locator("#dogrulamaKodu").inner_text(timeout=_PATIENCE_MS).strip()
    address = page.locator("a[href$='.jnlp']").get_attribute("href") or ""
    sign(address, code)


def _by_id_card(page: Page, person: Person, _phone: TestPerson, _sign: SignLogin) -> None:
    page.fill("#tridField", person.national_id)
    _submit(page, "#kimlikKartiForm")
    page.fill("#kartPin", person.pin, timeout=_PATIENCE_MS)
    _submit(page, "#kartOkuyucuForm")


def _by_bank(page: Page, _person: Person, _phone: TestPerson, _sign: SignLogin) -> None:
    page.locator(".bankList a").first.click(timeout=_PATIENCE_MS)


def _by_password(page: Page, person: Person, _phone: TestPerson, _sign: SignLogin) -> None:
    page.fill("#tridField", person.national_id)
    page.fill("#egpField", person.password)
    _submit(page, "#loginForm")


_WALKS = {
    "mobile-signature": _by_phone,
    "e-signature": _by_card,
    "id-card": _by_id_card,
    "bank": _by_bank,
}


def visit_before(page: Page, kind: str, entry: str, gateway: str, person: Person, phone: TestPerson) -> None:
    """Do what this browser did before the run: log in at e-Devlet, or also visit the portal through it.

    Afterwards the portal's session is over, but e-Devlet's isn't.
    """
    if kind == "login":
        page.goto(f"{gateway}/Giris/gir")
        _by_password(page, person, phone, _nothing)
        page.wait_for_url(lambda url: "Sifresi" not in url, timeout=_PATIENCE_MS)
        return
    page.goto(entry)
    page.get_by_text("e-Devlet ile Giriş", exact=False).first.click()
    page.get_by_text("E-devlet kapısına git").first.click()
    page.wait_for_selector("#egpField", timeout=_PATIENCE_MS)
    _by_password(page, person, phone, _nothing)
    page.locator("#loginForm button[type=submit]", has_text="Onayla").click(timeout=_PATIENCE_MS)
    page.wait_for_url("**/anasayfa", timeout=_PATIENCE_MS)
    page.context.clear_cookies(name="kamusm_oturum")


def _submit(page: Page, form: str) -> None:
    page.locator(form).evaluate("form => form.requestSubmit()")


def _nothing(_address: str, _code: str) -> None:
    """Sign nothing."""
