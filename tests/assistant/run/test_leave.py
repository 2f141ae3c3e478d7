"""A good run leaves the page whose Devam takes the consent back, in the real browser and whatever that page does."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

import assistant.run.leave
from assistant.base.clock import real_seconds
from assistant.base.errors import RunError
from assistant.browser.launch import fresh_context
from assistant.rehearsal.dry_run import rehearse
from assistant.rehearsal.stage import staged
from assistant.run.leave import Leaving
from fixtures import scenarios
from flows import Hand, HostRule, Observer
from mock_portal import Act
from tests.assistant.conftest import QUICK, RunAgainst
from tests.assistant.little_portal import Plan
from tests.flows import pages
from tests.sampling import sampled

HOST = "http://onlineislemler.localhost:8123"
TRAP = (
    pages.eonay(pages.WITHDRAW, extra="{home}")
    .replace("<a href='/'>Ana Sayfa</a>", "")
    .replace("<button>", "<button formaction='/devam'>")
)
HOME = pages.HOME


class Site:
    """A portal of a few pages, answered in the browser; counts the requests."""

    def __init__(self, context: BrowserContext, home: str, answers: dict[str, str | None]) -> None:
        """*answers* has the content per path; None never answers. *home* is the trap's way home."""
        self.asked: Counter[str] = Counter()
        trap = TRAP.replace("{home}", home)
        self._answers = {"/ana": HOME, "/landing": pages.LANDING, "/e-onay": trap, **answers}
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("?")[0]
        self.asked[path] += 1
        body = self._answers.get(path, "<h1>?</h1>")
        if body is not None:
            route.fulfill(body=f"<meta charset=utf-8><title>Kamu SM</title>{body}", content_type="text/html")


@contextmanager
def standing_on_the_trap(
    browser: Browser, home: str = "<a href='/ana'>Ana Sayfa</a>", answers: dict[str, str | None] | None = None
) -> Iterator[tuple[Site, Page, Leaving]]:
    """Be on the page with the withdraw sentence, ready to leave it."""
    with fresh_context(browser) as context:
        site = Site(context, home, answers or {})
        observer = Observer(context, HostRule.for_loopback(f"{HOST}/landing"))
        page = context.new_page()
        page.goto(f"{HOST}/e-onay")
        yield site, page, Leaving(observer, Hand(observer))
        assert site.asked["/devam"] == 0, "nobody presses Devam there"


LINK = "<a href='/ana'>Ana Sayfa</a>"
BY_ENTRY = {
    "no way home": "",
    "two of them": f"{LINK}<a href='/baska'>Ana Sayfa</a>",
    "dead": "<a href='#'>Ana Sayfa</a>",
    "disabled": "<button type=button disabled>Ana Sayfa</button>",
    "back to itself": "<a href='/e-onay?x=1'>Ana Sayfa</a>",
    "through the destructive tile's words": "<a href='/nes/iptal' title='Sertifikamı İptal Et'>Ana Sayfa</a>",
    "to another host": "<a href='http://example.com/'>Ana Sayfa</a>",
    "never answers": "<a href='/asili'>Ana Sayfa</a>",
}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the time for each way."""
    monkeypatch.setattr(assistant.run.leave, "_EACH_WAY_S", 2.5)


@pytest.mark.parametrize(
    "home",
    [
        LINK,
        "<button type=button onclick=\"location='/ana'\">Ana Sayfa</button>",
        f"{LINK} {LINK}",
        "<a href='#' onclick=\"document.body.innerHTML = '<h1>Kamu SM</h1>'\">Ana Sayfa</a>",
    ],
    ids=["link", "button", "twice the same", "drawn in place"],
)
def test_its_own_way_home_is_taken_first(browser: Browser, home: str) -> None:
    """With one way home on the page that is pressed, and the entry isn't opened."""
    with standing_on_the_trap(browser, home) as (site, page, leaving):
        assert leaving.leave(good=True) is None
        assert "kaldırmak" not in page.inner_text("body")
        assert site.asked["/landing"] == 0


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "way", sampled(BY_ENTRY, every_run=["two of them", "dead", "through the destructive tile's words", "never answers"])
)
def test_where_the_way_home_fails_the_entry_is_opened(browser: Browser, way: str) -> None:
    """No way home, two, a dead, forbidden or endless one: the landing page is opened instead."""
    with standing_on_the_trap(browser, BY_ENTRY[way], {"/asili": None}) as (site, page, leaving):
        assert leaving.leave(good=True) is None
        assert page.url == f"{HOST}/landing"
        assert site.asked["/nes/iptal"] == 0


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "landing", sampled([None, TRAP], every_run=[None]), ids=["never answers", "the same page again"]
)
def test_a_page_that_cannot_be_left_is_told(browser: Browser, landing: str | None) -> None:
    """Where both ways fail the danger is named, after one try of each and no longer than both may take."""
    with standing_on_the_trap(browser, "<a href='#'>Ana Sayfa</a>", {"/landing": landing}) as (site, _, leaving):
        began = real_seconds()
        assert leaving.leave(good=True) == "withdrawal"
        assert real_seconds() - began < 9
        assert site.asked["/landing"] == 1


@pytest.mark.nightly(sample="tests/assistant/run/test_leave.py::test_a_page_that_cannot_be_left_is_told")
@pytest.mark.usefixtures("hasty")
def test_a_page_caught_in_its_own_script_keeps_nobody(browser: Browser) -> None:
    """A way home that never comes back from its script costs its time and no more, and is called no interruption."""
    home = "<button type=button onclick='for (;;) {}'>Ana Sayfa</button>"
    with standing_on_the_trap(browser, home) as (_, _page, leaving):
        began = real_seconds()
        leaving.leave(good=True)
        assert real_seconds() - began < 12
        assert not leaving.interrupted


def test_every_tab_that_stands_there_is_left(browser: Browser) -> None:
    """A second tab with the same page is left too; a page that is no trap stays as it is."""
    with standing_on_the_trap(browser) as (_, page, leaving):
        second, other = page.context.new_page(), page.context.new_page()
        second.goto(f"{HOST}/e-onay")
        other.goto(f"{HOST}/ana?burada")
        assert leaving.leave(good=True) is None
        assert [tab.url for tab in (page, second, other)] == [f"{HOST}/ana", f"{HOST}/ana", f"{HOST}/ana?burada"]


def test_a_run_that_did_not_end_well_leaves_nothing(browser: Browser) -> None:
    """After any other end the page stays for the person to read, and what could be lost on it is named."""
    with standing_on_the_trap(browser) as (_, page, leaving):
        assert leaving.leave(good=False) == "withdrawal"
        assert page.url == f"{HOST}/e-onay"


@contextmanager
def interrupting(trap: str) -> Iterator[str]:
    """Serve *trap*, whose way home interrupts the main thread and is never answered; gives the address."""
    is_over = threading.Event()
    main = threading.main_thread().ident or 0

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/asili":
                signal.pthread_kill(main, signal.SIGINT)
                is_over.wait()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(trap.encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://onlineislemler.localhost:{server.server_port}"
    finally:
        is_over.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("whose", ["Ctrl+C", "the panel's exit"])
def test_stopping_meanwhile_loses_no_outcome(browser: Browser, whose: str) -> None:
    """A Ctrl+C while the way home is awaited ends the leaving alone; the panel's exit is told from it."""

    def attend() -> None:
        if whose != "Ctrl+C":
            raise RunError("person_stopped")

    trap = TRAP.replace("{home}", "<button type=button onclick=\"location='/asili'\">Ana Sayfa</button>")
    with interrupting(trap) as address, fresh_context(browser) as context:
        observer = Observer(context, HostRule.for_loopback(f"{address}/landing"))
        page = context.new_page()
        page.goto(f"{address}/e-onay")
        leaving = Leaving(observer, Hand(observer), attend)
        assert leaving.leave(good=True) is None
        assert leaving.interrupted == (whose == "Ctrl+C")
        assert page.is_closed()


@pytest.mark.parametrize("plan", [Plan(consent=True), Plan(consent=True, frame=True), Plan(new_tab=True)])
def test_a_left_page_is_no_step_of_the_run(run_against: RunAgainst, plan: Plan) -> None:
    """In a frame or in another tab it is left all the same; the steps end with what was seen, nothing is withdrawn."""
    result, portal = run_against(plan)
    assert result.outcome.exit_code == 0, result
    assert result.stands_on is None
    assert result.steps[-1].screen == "eonay_given"
    assert portal.acts["withdrawal_started"] == 0


@pytest.mark.parametrize("name", sampled(["first-time", "already-consented"], every_run=["first-time"]))
def test_a_dry_run_leaves_too(browser: Browser, name: str) -> None:
    """After an unattended run no page is left on the withdraw sentence, and the ledger is as the scenario expects it."""
    seen: list[str] = []

    def look(context: BrowserContext, _rule: HostRule, _result: object) -> None:
        seen.extend(page.inner_text("body") for page in context.pages)

    with staged(scenarios()[name], None) as stage:
        report = rehearse(scenarios()[name], stage, browser, QUICK, lambda _step, _screen: None, at_end=look)
        assert report.passed, report
        assert report.result.stands_on is None
        assert seen
        assert not [text for text in seen if "kaldırmak istiyorum" in text]
        assert stage.portal.ledger.count(Act.CONSENT_WITHDRAWN) == 0
