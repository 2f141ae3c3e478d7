"""A snapshot of every page of the pretend portal, in every look, holds nothing of the person who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

import fixtures
import mock_portal
from assistant.browser.launch import fresh_context
from assistant.receipts.receipt import Receipt
from assistant.run.record import Ending, RunResult
from assistant.snapshot.bundling import bundle
from assistant.snapshot.kept import Screen, Snapshot
from assistant.snapshot.reference import reference
from assistant.snapshot.shaping import NotKeptError, shaped
from assistant.snapshot.vocabulary import known_words
from fixtures import LOOKS
from flows import FlowError, HostRule, Observer, TabView, portal_look
from flows.screens import see
from flows.text import fold
from tests.assistant.canaries import laid_open, left_in, secrets_of
from tests.sampling import sampled

PUBLIC = ("/landing", "/e-devlet")
OWN = (
    *("/anasayfa", "/nes", "/nes/bireysel", "/nes/e-onay", "/nes/basvuru-durum", "/nes/sertifikalar"),
    *("/nes/askidan-indirme", "/nes/pin", "/nes/web-parola", "/nes/iptal", "/nes/basvurularim", "/nes/pin-puk"),
    *("/mali-muhur", "/borc", "/kurumsal"),
)
GATEWAY = ("/Giris/e-Devlet-Sifresi", "/Giris/Mobil-Imza", "/Giris/Elektronik-Imza", "/Giris/T-C-Kimlik-Karti")
SETTLE_MS = 250.0
RECEIPT = Receipt(datetime(2026, 11, 23, tzinfo=UTC), "guided", "2026", "-", RunResult(Ending.because("wrong_screen")))
_SHOWN_NUMBER = re.compile(r"[0-9A-F]{12,}|\d{4}-\d{4}")
"""A certificate's serial, a verification code, an application's number, as the pages show them."""


def settled(observer: Observer) -> TabView:
    """Return the page once nothing has happened on it for a moment."""
    for _ in range(60):
        tab = observer.observe().tabs[-1]
        is_drawn = not tab.is_blank and not tab.is_loading and not any(view.marks for view in tab.frames)
        if not observer.wait(SETTLE_MS) and is_drawn:
            return tab
    return tab


def name_of(tab: TabView) -> str:
    """Return the screen that a page shows; empty for an unknown one."""
    try:
        return see(tab, portal_look()).screen
    except FlowError:
        return ""


def walk(page: Page, observer: Observer, portal: mock_portal.Portal, person: fixtures.Person) -> Iterator[TabView]:
    """Yield every page, the public ones first, then the gateway's with a login half typed, then the person's own."""
    own = portal.origin("onlineislemler")
    for path in PUBLIC:
        page.goto(own + path)
        yield settled(observer)
    for path in GATEWAY:
        page.goto(portal.origin("giris") + path)
        for field, value in (("#tridField", person.national_id), ("#egpField", person.password)):
            if page.locator(field).is_visible():
                page.fill(field, value)
        yield settled(observer)
    ticket = portal.tickets.put({"kind": "ticket", "person": person.key})
    page.goto(f"{own}/oturum?ticket={ticket}")
    for path in OWN:
        page.goto(own + path)
        yield settled(observer)
    page.goto(own + "/nes/e-onay")
    settled(observer)
    press = page.get_by_role("button", name="Devam", exact=True).or_(page.get_by_role("link", name="Devam", exact=True))
    press.first.evaluate("element => element.click()")  # whatever lies over it
    tab = settled(observer)
    for _ in range(20):
        if name_of(tab) == "signing":
            break
        observer.wait(SETTLE_MS)
        tab = settled(observer)
    yield tab


def of(edition: str) -> list[tuple[str, str]]:
    """Return every look of *edition*."""
    return [(edition, look) for look in LOOKS]


@pytest.mark.parametrize(
    ("edition", "look"),
    sampled([*of("2026"), ("2020", "plain"), ("2020", "jsf")], every_run=[("2026", "components")]),
)
def test_nothing_personal_is_in_a_snapshot(browser: Browser, edition: str, look: str) -> None:
    """No name, number, password, code or serial that the pages held is in the help bundle, in any form; most were there."""
    person = fixtures.people()["hatice"]  # her consent is plain words, so that Devam alone leads on
    portal = mock_portal.Portal(edition=edition, look=look, people=[person.key])  # type: ignore[arg-type]
    screens, raw = [], []
    with mock_portal.serve(portal) as served, fresh_context(browser) as context:
        observer = Observer(context, HostRule.for_loopback(served.entry_url))
        page = observer.new_page()
        for tab in walk(page, observer, portal, person):
            name = name_of(tab)
            raw.append(repr([tab.url, *((v.text, v.runs, v.headings, v.alerts, v.controls) for v in tab.frames)]))
            raw += [str(c.carries) for c in tab.controls]
            try:
                screens.append(Screen.of(shaped(tab, known_words(), name), name))
            except NotKeptError:
                assert "giris." in tab.url
    text = Snapshot(tuple(screens)).text()
    seen = "\n".join(raw)
    shown = set(_SHOWN_NUMBER.findall(seen))
    secrets = {person.name, *person.name.split(), person.name.title(), person.national_id, person.password, person.pin}
    secrets |= shown | ({person.sms_code} if person.sms_code else set())
    secrets |= secrets_of(person)
    for part in laid_open(bundle(Snapshot(tuple(screens)), RECEIPT)):
        for secret in secrets:
            assert left_in(part, secret) == set(), "a secret of the fixtures"
    words = set(re.findall(r"\w+", fold(text)))
    assert words & {fold(part) for part in person.name.split()} == set(), "in no case"
    assert person.name in seen, "the pages did greet somebody"
    assert len(shown) >= 2, "the pages did show numbers"
    assert {s.name for s in screens} >= {"landing", "gateway_link", "login", "home", "nes", "eonay_missing", "signing"}
    assert [s.name for s in screens if "giris." in s.url] == ["login"]


def test_a_tick_and_a_chosen_value_leave_no_trace(browser: Browser) -> None:
    """What is ticked, typed and chosen makes no difference to what is kept."""
    portal = mock_portal.Portal(edition="2026", people=["ayse"])
    with mock_portal.serve(portal) as served, fresh_context(browser) as context:
        observer = Observer(context, HostRule.for_loopback(served.entry_url))
        page = observer.new_page()
        ticket = portal.tickets.put({"kind": "ticket", "person": "ayse"})
        page.goto(f"{portal.origin('onlineislemler')}/oturum?ticket={ticket}")
        kept = []
        for chosen in (False, True):
            page.goto(portal.origin("onlineislemler") + "/nes/e-onay")
            if chosen:
                page.locator("input[type=checkbox]").check()
            tab = settled(observer)
            assert any(control.checked for control in tab.controls) is chosen
            kept.append(Snapshot((Screen.of(shaped(tab, known_words(), "eonay_missing"), "eonay_missing"),)).text())
    assert kept[0] == kept[1]


def test_what_is_cut_into_small_pieces_is_not_kept() -> None:
    """A telephone number, a day of birth or a name that an address, a class or a hidden field spells out is a shape."""
    tab = reference("2020")["landing"].tab()
    spelt = replace(
        tab.frames[0].controls[0],
        href="http://onlineislemler.localhost/nes/12/05/78/e/l/i/f",
        classes=("btn", "e", "l", "i", "f", "12", "05", "78"),
        carries=("ay=05", "yil=78", "islem=devam"),
    )
    page = replace(tab, url="http://e.l.i.f.localhost/5/32/12", frames=(replace(tab.frames[0], controls=(spelt,)),))
    kept = Screen.of(shaped(page, known_words(), "landing"), "landing")
    control = kept.frames[0].controls[0]
    assert control.href == "http://onlineislemler.localhost/aaa/00/00/00/a/a/a/a"
    assert control.classes == ("btn", "a", "00")
    assert [sent.partition("=")[2] for sent in control.carries] == ["", "", "devam"]
    assert kept.url == "http://a.a.a.a.aaaaaaaaa/0/00/00"
