"""Each fault does what its name says, as often as it is told, and the ledger records it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import get_args

import httpx
import pytest

from fixtures import LOOKS, FaultSpec, Look
from fixtures._scenarios import FaultKind
from mock_portal import Act, ManualClock, Portal, serve
from mock_portal.faults import FaultDesk
from mock_portal.faults.armed import matches
from mock_portal.faults.kinds import KINDS
from mock_portal.ledger import Entry, Fact
from mock_portal.web import HERE
from tests.mock_portal.conftest import START
from tests.mock_portal.online_visitor import OnlineVisitor

ONLINE = "onlineislemler"
Befall = Callable[..., tuple[OnlineVisitor, FaultDesk]]


@pytest.fixture
def befall(visitor: httpx.Client) -> Iterator[Befall]:
    """Serve a portal with some faults, and return Hatice as its visitor and the desk of the faults."""
    with ExitStack() as stack:

        def make(*specs: FaultSpec) -> tuple[OnlineVisitor, FaultDesk]:
            desk = FaultDesk(specs)
            portal = Portal(people=["hatice"], clock=ManualClock(START), middleware=desk.middleware)
            desk.watch(portal)
            stack.enter_context(serve(portal))
            return OnlineVisitor(visitor, portal), desk

        yield make


def happened(portal: Portal) -> list[str]:
    """Return the faults in the ledger."""
    return [str(entry.facts["kind"]) for entry in portal.ledger.entries() if entry.act is Act.FAULT]


def test_every_kind_is_made() -> None:
    """Every kind that the data may name exists."""
    assert set(KINDS) == set(get_args(FaultKind))


@pytest.mark.parametrize(
    ("at", "method", "host", "path", "expected"),
    [
        ("onlineislemler/nes", "GET", "onlineislemler.localhost:80", "/nes", True),
        ("onlineislemler/nes", "GET", "onlineislemler.localhost:80", "/nes/pin", False),
        ("onlineislemler/nes/*", "GET", "onlineislemler.localhost:80", "/nes/pin", True),
        ("POST onlineislemler/nes", "GET", "onlineislemler.localhost:80", "/nes", False),
        ("giris/nes", "GET", "onlineislemler.localhost:80", "/nes", False),
    ],
)
def test_a_place_is_an_origin_a_path_and_perhaps_a_method(
    at: str, method: str, host: str, path: str, expected: bool
) -> None:
    """A fault strikes only at its own place."""
    scope = {"method": method, "headers": [(b"host", host.encode())], "path": path}
    assert matches(at, scope) is expected


def test_once_means_once(befall: Befall) -> None:
    """A fault strikes as often as told, after the visits that must go well. The ledger records it once."""
    hatice, _ = befall(FaultSpec("status", f"{ONLINE}/landing", status=503, after=1, times=2))

    assert [hatice.get("/landing").status_code for _ in range(5)] == [200, 503, 503, 200, 200]
    assert happened(hatice.portal) == ["status-503"]


def test_a_fault_may_wait_for_another_visit(befall: Befall) -> None:
    """If a fault waits for another visit, everything goes well until then."""
    hatice, _ = befall(FaultSpec("status", f"{ONLINE}/landing", times=0, status=503, since=f"{ONLINE}/eonay-giris"))

    before = hatice.get("/landing").status_code
    hatice.get("/eonay-giris")
    assert [before, hatice.get("/landing").status_code] == [200, 503]


def test_a_fault_that_never_came_is_not_in_the_ledger(befall: Befall) -> None:
    """If a rewrite finds nothing to rewrite, it hasn't happened."""
    hatice, _ = befall(FaultSpec("rewrite", f"{ONLINE}/landing", times=0, find="no such words", put="x"))
    hatice.get("/landing")

    assert happened(hatice.portal) == []


def test_a_cut_connection_gives_no_answer(befall: Befall) -> None:
    """If the connection is cut, no answer comes and the portal did nothing."""
    hatice, _ = befall(FaultSpec("cut", f"{ONLINE}/oturum"))

    with pytest.raises(httpx.RemoteProtocolError):
        hatice.enter("hatice")
    assert hatice.portal.ledger.count(Act.SESSION_OPENED) == 0


def test_a_lost_answer_was_carried_out(befall: Befall) -> None:
    """If the answer is lost, the portal still did what it was asked."""
    hatice, _ = befall(FaultSpec("lost", f"{ONLINE}/oturum"))

    with pytest.raises(httpx.RemoteProtocolError):
        hatice.enter("hatice")
    assert hatice.portal.ledger.count(Act.SESSION_OPENED) == 1


def test_a_deferred_request_is_carried_out_after_its_visit(befall: Befall, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deferred request is answered at once. The portal carries it out only after the visit it waits for."""
    hatice, _ = befall(FaultSpec("defer", f"{ONLINE}/oturum", until=f"{ONLINE}/landing"))
    opened, record = threading.Event(), hatice.portal.ledger.record

    def noted(act: Act, person: str | None, **facts: Fact) -> Entry:
        entry = record(act, person, **facts)
        if act is Act.SESSION_OPENED:
            opened.set()
        return entry

    monkeypatch.setattr(hatice.portal.ledger, "record", noted)

    assert hatice.enter("hatice").json() == {"status": "accepted"}
    assert hatice.portal.ledger.count(Act.SESSION_OPENED) == 0
    hatice.get("/landing")
    assert opened.wait(10)
    assert hatice.portal.ledger.count(Act.SESSION_OPENED) == 1


def test_a_session_that_is_gone_stays_gone(befall: Befall) -> None:
    """Once the session is lost, the portal no longer knows the person by that cookie, and says so."""
    hatice, _ = befall(FaultSpec("session-gone", f"{ONLINE}/nes"))
    hatice.enter("hatice")

    assert "oturumunuz sona ermiştir" in hatice.get("/nes").text
    assert "e-Devlet ile Giriş" in hatice.get("/anasayfa").text
    assert happened(hatice.portal) == ["session-gone"]


def test_the_clock_is_moved(befall: Befall) -> None:
    """The visit moves the portal's clock, and the desk reports how far, once."""
    hatice, desk = befall(FaultSpec("clock", f"{ONLINE}/landing", seconds=301))
    hatice.get("/landing")

    assert (hatice.portal.clock.now() - START).total_seconds() == 301
    assert (desk.take_moved(), desk.take_moved()) == (301, 0)


@pytest.mark.parametrize(("does", "act"), [("give", Act.CONSENT_GIVEN), ("revoke", Act.CERTIFICATE_REVOKED)])
def test_meanwhile_in_another_window(befall: Befall, does: str, act: Act) -> None:
    """Whatever happens in another window really happens, and the ledger records it."""
    hatice, _ = befall(FaultSpec("meanwhile", f"{ONLINE}/landing", does=does))  # type: ignore[arg-type]
    hatice.get("/landing")

    assert hatice.portal.ledger.count(act, "hatice") == 1


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("announcement", 'id="duyuru"'),
        ("cookie-bar", 'id="cerez"'),
        ("survey", "/static/faults/survey.js"),
        ("back", "/static/faults/back.js"),
        ("double-load", "/static/faults/reload.js"),
        ("hop", "Yönlendiriliyor"),
        ("frame", "<iframe"),
        ("maintenance", "planlı bakım"),
    ],
)
def test_what_the_page_shows(befall: Befall, kind: str, sign: str) -> None:
    """You can see a page fault in the page, and its files exist."""
    hatice, _ = befall(FaultSpec(kind, f"{ONLINE}/anasayfa", times=0))  # type: ignore[arg-type]
    hatice.enter("hatice")
    text = hatice.get("/anasayfa").text

    assert sign in text
    assert happened(hatice.portal) == [kind]
    if sign.startswith("/static"):
        assert (HERE / sign.removeprefix("/")).is_file()
    if kind in {"hop", "frame"}:
        assert "NES İşlemleri" in hatice.get("/anasayfa?ariza=1").text


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (FaultSpec("renamed", f"{ONLINE}/nes/e-onay", control="devam", words="İlerle"), "İlerle"),
        (FaultSpec("beside", f"{ONLINE}/nes/e-onay", control="devam", words="Yeni Devam"), "Yeni Devam"),
        (FaultSpec("also-says", f"{ONLINE}/nes/e-onay", words="Bir cümle daha."), "Bir cümle daha."),
        (FaultSpec("leads", f"{ONLINE}/nes/e-onay", control="ana-sayfa", leads="/baska"), "baska"),
    ],
)
def test_a_fault_meets_its_control_in_every_look(
    visitor: httpx.Client, look: Look, spec: FaultSpec, words: str
) -> None:
    """Whatever draws the page, it shows what the fault did to a control or a sentence. The ledger records it."""
    desk = FaultDesk([spec])
    portal = Portal(people=["hatice"], look=look, middleware=desk.middleware)
    desk.watch(portal)
    with serve(portal):
        hatice = OnlineVisitor(visitor, portal)
        hatice.enter("hatice")
        assert words in hatice.get("/nes/e-onay").text
    assert happened(portal) == [spec.kind]


def test_a_portal_without_faults_has_no_middleware() -> None:
    """Without faults there is nothing around the portal."""
    assert FaultDesk([]).middleware == []
