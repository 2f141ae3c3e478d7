"""Into Online İşlemler and out again: who gets in, for how long, and what every page must have."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.routing import Route

from mock_portal import Act, ManualClock, Portal, Served, online
from mock_portal.web import MOCK_NOTICE
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.online_visitor import OnlineVisitor, ticket_for, words

OPEN_PATHS = ("/", "/landing", "/e-devlet", "/oturum")
ROUTES = tuple(route for route in online.routes(Portal(people=())) if isinstance(route, Route))
INNER_PAGES = tuple(r.path for r in ROUTES if r.methods and "GET" in r.methods and r.path not in OPEN_PATHS)
FORMS = tuple(r.path for r in ROUTES if r.methods and "POST" in r.methods)


@pytest.fixture(params=["2020", "2026"])
def portal(request: pytest.FixtureRequest, clock: ManualClock) -> Portal:
    """A portal of each edition."""
    return Portal(edition=request.param, clock=clock)


@pytest.fixture
def online_visitor(served: Served, visitor: httpx.Client) -> OnlineVisitor:
    """Somebody who hasn't logged in yet."""
    return OnlineVisitor(visitor, served.portal)


def test_the_way_in_is_two_links(online_visitor: OnlineVisitor) -> None:
    """The landing page offers “e-Devlet ile Giriş”, the next “E-devlet kapısına git”, and that leads to the geçit."""
    first = online_visitor.get("/landing").text
    href = re.search(r'<a [^>]*href="([^"]+)"[^>]*>e-Devlet ile Giriş</a>', first)
    assert href is not None
    second = online_visitor.get(href[1]).text
    href = re.search(r'<a [^>]*href="([^"]+)"[^>]*>E-devlet kapısına git</a>', second)
    assert href is not None
    assert href[1] == online_visitor.portal.origin("gecit") + "/OAuth2/baslat"


def test_a_ticket_opens_a_session(online_visitor: OnlineVisitor) -> None:
    """A ticket from the geçit takes you to the home page, which greets you by name. The ledger records it."""
    home = online_visitor.enter("ayse")
    assert home.url.path == "/anasayfa"
    assert "AYŞE YILMAZ" in words(home)
    assert "Kamu SM Online İşlemler" in words(home)
    assert online_visitor.portal.ledger.count(Act.SESSION_OPENED, "ayse") == 1


def test_a_ticket_is_good_once_and_for_a_minute(
    online_visitor: OnlineVisitor, new_visitor: NewVisitor, clock: ManualClock
) -> None:
    """A used, late or made-up ticket takes you back to the landing page with a polite message."""
    portal = online_visitor.portal
    used = ticket_for(portal, "ayse")
    online_visitor.get(f"/oturum?ticket={used}")
    late = ticket_for(portal, "ayse")
    clock.advance(61)
    for ticket in (used, late, "uydurma", ""):
        answer = OnlineVisitor(new_visitor(), portal).get(f"/oturum?ticket={ticket}")
        assert answer.url.path == "/landing"
        assert "Girişiniz tamamlanamadı." in words(answer)
    assert portal.ledger.count(Act.SESSION_OPENED) == 1


@pytest.mark.parametrize("path", ["/landing", "/e-devlet", "/"])
def test_with_a_live_session_the_way_in_leads_home(online_visitor: OnlineVisitor, path: str) -> None:
    """If you are logged in, the landing page sends you straight to the home page."""
    online_visitor.enter("ayse")
    assert online_visitor.get(path).url.path == "/anasayfa"


@pytest.mark.parametrize("path", [p for p in INNER_PAGES if p != "/imzalama/durum"])
def test_no_inner_page_without_a_session(online_visitor: OnlineVisitor, path: str) -> None:
    """If you aren't logged in, every inner page sends you to the landing page with a polite message."""
    answer = online_visitor.get(path)
    assert answer.url.path == "/landing"
    assert "lütfen e-Devlet ile giriş yapınız" in words(answer)


@pytest.mark.parametrize("path", FORMS)
def test_no_form_without_a_session(online_visitor: OnlineVisitor, path: str) -> None:
    """If you send a form without being logged in, you land on the landing page and nothing happens."""
    answer = online_visitor.post(path, islem="ver", onay="evet", secim="pin", parola="a" * 9, parola_tekrar="a" * 9)
    assert answer.url.path == "/landing"
    assert online_visitor.portal.ledger.entries() == ()


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", ["", "falsch", "ş"])
def test_no_form_without_its_token(online_visitor: OnlineVisitor, path: str, token: str) -> None:
    """A form with a missing or wrong CSRF token gets a Turkish error page with a way on, and changes nothing."""
    online_visitor.enter("ayse")
    before = online_visitor.portal.ledger.entries()
    fields = {"islem": "ver", "onay": "evet", "secim": "pin", "parola": "a" * 9, "parola_tekrar": "a" * 9}
    answer = online_visitor.post(path, **fields, **({"csrf": token} if token else {}))
    assert answer.status_code == 403
    assert "Bu işlem yapılamadı" in words(answer)
    assert 'href="/anasayfa">Ana Sayfa</a>' in answer.text
    assert online_visitor.portal.ledger.entries() == before


def test_a_token_of_somebody_else_is_wrong(online_visitor: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """One session's CSRF token is worthless in another."""
    online_visitor.enter("ayse")
    other = OnlineVisitor(new_visitor(), online_visitor.portal)
    other.enter("mehmet")
    assert other.post("/nes/pin", csrf=online_visitor.csrf(), secim="pin").status_code == 403


def test_an_idle_session_ends_by_the_portals_clock(online_visitor: OnlineVisitor, clock: ManualClock) -> None:
    """After half an hour without a request the person must log in again and is told why."""
    online_visitor.enter("ayse")
    clock.advance(29 * 60)
    assert online_visitor.get("/nes").url.path == "/nes"
    clock.advance(31 * 60)
    answer = online_visitor.get("/nes")
    assert answer.url.path == "/landing"
    assert "oturumunuz sona ermiştir" in words(answer)


def test_a_form_of_an_ended_session_leads_to_the_landing_page(
    online_visitor: OnlineVisitor, clock: ManualClock
) -> None:
    """If you press Devam after the session has ended, nothing starts, and the page says that it has ended."""
    online_visitor.enter("ayse")
    token = online_visitor.csrf()
    clock.advance(31 * 60)
    answer = online_visitor.post("/nes/e-onay", csrf=token, islem="ver", onay="evet")
    assert answer.url.path == "/landing"
    assert "oturumunuz sona ermiştir" in words(answer)
    assert online_visitor.portal.ledger.count(Act.CODE_ISSUED) == 0


def test_logging_out_ends_the_session(online_visitor: OnlineVisitor) -> None:
    """After logging out you can't open the inner pages. The ledger records it."""
    online_visitor.enter("ayse")
    answer = online_visitor.send("/cikis")
    assert answer.url.path == "/landing"
    assert "Güvenli çıkış yaptınız" in words(answer)
    assert online_visitor.get("/anasayfa").url.path == "/landing"
    assert online_visitor.portal.ledger.count(Act.LOGOUT, "ayse") == 1


def test_a_second_person_in_the_same_browser_starts_afresh(online_visitor: OnlineVisitor) -> None:
    """A new login forgets whatever the previous person had under way."""
    online_visitor.enter("ayse")
    assert online_visitor.send("/nes/e-onay", islem="ver", onay="evet").url.path == "/imzalama"
    online_visitor.enter("mehmet")
    assert online_visitor.get("/imzalama").url.path != "/imzalama"
    assert online_visitor.status(1) == {"state": "unknown"}


@pytest.mark.parametrize("path", ["/landing", "/e-devlet", *INNER_PAGES])
def test_every_page_says_what_it_is(online_visitor: OnlineVisitor, path: str) -> None:
    """Every page is in Turkish, shows the notice, has one h1 and no inline script, and is never cached."""
    if path in INNER_PAGES:
        online_visitor.enter("ayse")
        online_visitor.send("/nes/pin", secim="pin")
    answer = online_visitor.get(path)
    assert answer.headers["cache-control"] == "no-store"
    if path == "/imzalama/durum":
        return
    assert answer.status_code == 200
    assert '<html lang="tr">' in answer.text
    assert answer.text.count(MOCK_NOTICE) == 1
    assert answer.text.count("<h1") == 1
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", answer.text)


def test_a_missing_page_and_a_wrong_method_are_said_in_turkish(online_visitor: OnlineVisitor) -> None:
    """404 and 405 get friendly Turkish pages with the notice."""
    missing, wrong = online_visitor.get("/nes/yok"), online_visitor.get("/cikis")
    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert "Sayfa bulunamadı" in words(missing)
    assert "Bu işlem yapılamadı" in words(wrong)
    assert MOCK_NOTICE in missing.text
    assert MOCK_NOTICE in wrong.text
