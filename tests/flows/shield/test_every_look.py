"""In every look and both editions the shield holds whatever is destructive, however it is set off. The rest works."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser

from fixtures import LOOKS, Look
from flows.dangers import Danger
from mock_portal import Act
from mock_portal.portal import Edition
from tests.flows.shield.guarded import FORM_WAYS, PERSON, WAYS, Guarded, control, guarded, middle
from tests.sampling import sampled

HARM = (
    *(Act.WITHDRAWAL_STARTED, Act.CONSENT_WITHDRAWN, Act.CERTIFICATE_REVOKED, Act.SUSPENSION_LIFTED),
    *(Act.PIN_RESET_STARTED, Act.PIN_RESET, Act.WEB_PASSWORD_CHANGED),
)
EDITIONS: tuple[Edition, ...] = ("2020", "2026")
TILES_AT: dict[Edition, str] = {"2020": "/nes", "2026": "/nes/bireysel"}


@dataclass(frozen=True)
class Dangerous:
    """One control that the shield holds."""

    page: str
    label: str
    danger: Danger
    leads: str
    """The request that must not reach the portal."""
    ready: str = ""
    """A script that first fills in what the page asks for."""


_FILL = """() => {
  const all = (root, rule) => [...root.querySelectorAll(rule), ...[...root.querySelectorAll('*')].flatMap((el) => (el.shadowRoot ? all(el.shadowRoot, rule) : []))];
  for (const box of all(document, 'input[type=checkbox]')) { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })); }
  for (const list of all(document, 'select')) list.value = 'diger';
  for (const field of all(document, 'input[type=password]')) field.value = 'Deneme-12345';
}"""
TILES = (
    Dangerous("", "Askıdan İndirme", "suspension", "GET /nes/askidan-indirme"),
    Dangerous("", "PIN Oluşturma/Kilit Çözme", "pin", "GET /nes/pin"),
    Dangerous("", "Web Parola Değiştirme", "web_password", "GET /nes/web-parola"),
    Dangerous("", "Sertifikamı İptal Et", "revocation", "GET /nes/iptal"),
)
SENDERS = (
    Dangerous("/nes/e-onay", "Devam", "withdrawal", "POST /nes/e-onay"),
    Dangerous("/nes/iptal", "Devam", "revocation", "POST /nes/iptal", _FILL),
    Dangerous("/nes/pin", "Devam", "pin", "POST /nes/pin"),
    Dangerous("/nes/web-parola", "Değiştir", "web_password", "POST /nes/web-parola", _FILL),
    Dangerous("/nes/askidan-indirme", "Askıdan İndir", "suspension", "POST /nes/askidan-indirme"),
)


@pytest.mark.parametrize(
    ("look", "edition"),
    sampled(
        product(LOOKS, EDITIONS),
        every_run=[("jsf", "2026")],
    ),
)
def test_nothing_that_takes_away_reaches_the_portal(browser: Browser, look: Look, edition: Edition) -> None:
    """However we set off a dangerous control, the shield holds it and names it right. It never reaches the portal."""
    with guarded(browser, look, edition) as desk:
        for dangerous in (*TILES, *SENDERS):
            desk.visit(dangerous.page or TILES_AT[edition])
            if dangerous.ready:
                desk.page.evaluate(dangerous.ready)
            found = control(desk.page, dangerous.label)
            is_link = found.evaluate("el => el.localName === 'a'")
            point = middle(found)
            for way, act in WAYS.items():
                if way in {"context menu", "drag"} and not is_link:
                    continue
                act(desk.page, found, point)
                held = desk.take_held()
                assert held == dangerous.danger, f"{dangerous.label} at {desk.page.url} by {way}: {held}"
                assert len(desk.page.context.pages) == 1, f"{dangerous.label} by {way} opened a tab"
        _assert_nothing_done(desk, {each.leads for each in TILES} - {"GET /nes/e-onay"})


def _assert_nothing_done(desk: Guarded, leads: set[str]) -> None:
    """The portal got only the test's own visits to the pages of the senders."""
    own = {f"GET {each.page}" for each in SENDERS}
    for visit in {*leads, *(each.leads for each in SENDERS)}:
        made = desk.visits.made.count(visit)
        assert made == (1 if visit in own else 0), f"{visit} reached the portal {made} times"
    for act in HARM:
        assert desk.portal.ledger.count(act, PERSON) == 0, act


@pytest.mark.parametrize("look", sampled(LOOKS, every_run=["components"]))
def test_a_form_sent_by_a_script_is_held(browser: Browser, look: Look) -> None:
    """The shield holds a submit or ``form.submit()`` of each destructive form, and a script that goes there."""
    with guarded(browser, look, "2020") as desk:
        for dangerous in SENDERS:
            for way, script in FORM_WAYS.items():
                desk.visit(dangerous.page)
                if dangerous.ready:
                    desk.page.evaluate(dangerous.ready)
                if look == "jsf":
                    continue  # its only form isn't sent by submitting
                desk.page.locator(f"form[action='{dangerous.page}']").evaluate(script)
                assert desk.take_held() == dangerous.danger, f"{dangerous.page} by {way}"
        for dangerous in TILES:
            desk.visit(TILES_AT["2020"])
            before = desk.visits.made.count(dangerous.leads)
            for how in ("location.href = to", "location.replace(to)", "location.assign(to)"):
                desk.page.evaluate(f"to => {{ {how}; }}", dangerous.leads.removeprefix("GET "))
                assert desk.take_held() == dangerous.danger, f"{dangerous.label} by {how}"
            assert desk.visits.made.count(dangerous.leads) == before
        assert not [visit for visit in desk.visits.made if visit in {each.leads for each in SENDERS}]


@pytest.mark.parametrize(
    ("look", "edition"),
    sampled(
        product(LOOKS, EDITIONS),
        every_run=[("plain", "2020")],
    ),
)
def test_nothing_else_is_hindered(browser: Browser, look: Look, edition: Edition) -> None:
    """Every harmless control, along the way and on the dangerous pages, works at the first press and isn't held."""
    with guarded(browser, look, edition) as desk:
        for path, labels, leads in (
            (TILES_AT[edition], ("Başvuru Durum Sorgulama",), "GET /nes/basvuru-durum"),
            (TILES_AT[edition], ("Sertifika Listeleme",), "GET /nes/sertifikalar"),
            (TILES_AT[edition], ("E-Onay İşlemleri",), "GET /nes/e-onay"),
            *(((TILES_AT[edition], ("PIN / PUK Bilgisi",), "GET /nes/pin-puk"),) if edition == "2026" else ()),
            *((each.page, ("Ana Sayfa",), "GET /anasayfa") for each in SENDERS),
            ("/nes/iptal", ("Çıkış Yap", "Güvenli Çıkış"), "POST /cikis"),
        ):
            desk.visit(path)
            desk.reaches(leads, control(desk.page, *labels))
            assert desk.take_held() is None, f"{labels} at {path}"
