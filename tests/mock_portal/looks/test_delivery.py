"""How pages arrive if they don't arrive whole: in parts of one page, or as content that follows a skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from defusedxml.ElementTree import fromstring

from fixtures import FaultSpec
from mock_portal import Act, Portal, serve
from mock_portal.faults import FaultDesk
from tests.mock_portal.online_visitor import OnlineVisitor

AS_A_BROWSER = {"sec-fetch-dest": "document"}


@contextmanager
def at(visitor: httpx.Client, look: str, *faults: FaultSpec) -> Iterator[OnlineVisitor]:
    """Serve a portal in this look with Hatice logged in."""
    desk = FaultDesk(faults)
    portal = Portal(edition="2020", people=["hatice"], look=look, middleware=desk.middleware)
    desk.watch(portal)
    with serve(portal):
        someone = OnlineVisitor(visitor, portal)
        someone.enter("hatice")
        yield someone


def press(someone: OnlineVisitor, page: str, words: str, **fields: str) -> httpx.Response:
    """Press the control on *page* that says *words*, the way its script would."""
    found = re.search(rf'id="(j_idt5:j_idt\d+)"[^>]*>(?:<span[^>]*>)?{re.escape(words)}', page)
    state = re.search(r'name="jakarta.faces.ViewState"[^>]*value="([^"]+)"', page)
    assert found is not None, words
    assert state is not None
    sent = {"jakarta.faces.source": found[1], "jakarta.faces.ViewState": state[1], **fields}
    return someone.post("/index.xhtml", **sent)


def test_a_press_brings_the_parts_that_change(visitor: httpx.Client) -> None:
    """The answer is XML with one update: the next page and its own ViewState, and nothing else."""
    with at(visitor, "jsf") as hatice:
        answer = press(hatice, hatice.get("/anasayfa").text, "NES İŞLEMLERİ")
        assert answer.headers["content-type"].startswith("text/xml")
        (update,) = fromstring(answer.text).iter("update")
        assert "E-Onay İşlemleri" in str(update.text)
        assert "jakarta.faces.ViewState" in str(update.text)
        assert "<html" not in str(update.text)
        consent = press(hatice, str(update.text), "E-Onay İşlemleri")
        (shown,) = fromstring(consent.text).iter("update")
        press(hatice, str(shown.text), "Devam")
        assert hatice.portal.ledger.count(Act.CODE_ISSUED, "hatice") == 1


def test_a_press_of_an_unknown_view_does_nothing(visitor: httpx.Client) -> None:
    """If the session doesn't know the ViewState or the control, the answer is an expired view."""
    with at(visitor, "jsf") as hatice:
        before = hatice.portal.ledger.entries()
        for state in ("", "1:1"):
            answer = hatice.post("/index.xhtml", **{"jakarta.faces.source": "x", "jakarta.faces.ViewState": state})
            assert "ViewExpiredException" in answer.text
        assert hatice.portal.ledger.entries() == before


def test_what_befalls_an_address_befalls_the_press_that_leads_there(visitor: httpx.Client) -> None:
    """If the next page is under maintenance, the press gets just that, and the ledger records it once."""
    with at(visitor, "jsf", FaultSpec("maintenance", "onlineislemler/nes", times=0)) as hatice:
        answer = press(hatice, hatice.get("/anasayfa").text, "NES İŞLEMLERİ")
        assert answer.status_code == 503
        assert "planlı bakım" in answer.text
        assert hatice.portal.ledger.count(Act.FAULT) == 1


def test_the_content_comes_after_its_skeleton_and_once(visitor: httpx.Client) -> None:
    """A browser first gets a busy page with nothing of the content, and then the content, for one request only."""
    with at(visitor, "skeletons") as hatice:
        origin = hatice.portal.origin("onlineislemler")
        page = hatice.client.get(f"{origin}/nes/e-onay", headers=AS_A_BROWSER).text
        assert "onay veriyorum" not in page.partition("<main")[2]
        found = re.search(r'aria-busy="true" data-content="([^"]+)"', page)
        assert found is not None
        assert "onay veriyorum" in hatice.get(found[1]).json()["html"]
        assert hatice.get(found[1]).status_code == 404
