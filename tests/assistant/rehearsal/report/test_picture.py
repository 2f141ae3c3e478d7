"""Pictures of failures: masked before they are made, and never of the gateway."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Page

import fixtures
import mock_portal
from assistant.browser.launch import fresh_context
from assistant.rehearsal.report.picture import masked_picture
from flows import HostRule

AYSE = fixtures.people()["ayse"]
HIDE = tuple(AYSE.name.split())


@contextmanager
def visiting(browser: Browser, path: str, origin: str) -> Iterator[tuple[BrowserContext, Page, HostRule]]:
    """Serve the mock portal and visit one of its pages, logged in at Online İşlemler."""
    portal = mock_portal.Portal(people=["ayse"])
    with mock_portal.serve(portal) as served, fresh_context(browser) as context:
        page = context.new_page()
        ticket = portal.tickets.put({"kind": "ticket", "person": "ayse"})
        page.goto(f"{portal.origin('onlineislemler')}/oturum?ticket={ticket}")
        name = "giris" if origin == "giris" else "onlineislemler"
        page.goto(f"{portal.origin(name)}{path}")  # type: ignore[arg-type]
        yield context, page, HostRule.for_loopback(served.entry_url)


def test_nothing_personal_is_left_to_be_pictured(browser: Browser) -> None:
    """When the picture is taken the page holds no digit, no name and no typed text, and stays so when it changes."""
    with visiting(browser, "/anasayfa", "onlineislemler") as (context, page, rule):
        assert AYSE.name in page.inner_text("body")
        page.evaluate(
            """() => {
              const host = document.body.appendChild(document.createElement('div'));
              host.attachShadow({ mode: 'open' }).innerHTML = '<p id=in>968121968799342</p>';
              document.body.insertAdjacentHTML('beforeend', '<input id=typed value="gizli"><p id=later></p>');
            }"""
        )
        picture = masked_picture(context, rule, HIDE)
        assert picture is not None
        assert picture.startswith(b"\xff\xd8")
        page.evaluate("document.getElementById('later').textContent = 'Kod 968121968799342 ayşe'")
        shown = page.inner_text("body") + page.input_value("#typed") + page.inner_text("#in")
        for word in (*HIDE, "ayşe", "gizli", "9681"):
            assert word not in shown
        assert not any(character.isdigit() for character in shown)
        assert "█" in shown


@pytest.mark.parametrize("in_frame", [False, True])
def test_the_gateway_is_never_pictured(browser: Browser, in_frame: bool) -> None:
    """A page of the gateway gives no picture, and neither does a page that has it in a frame."""
    with visiting(browser, "/Giris/e-Devlet-Sifresi", "giris") as (context, page, rule):
        if in_frame:
            frame = f'<h1>NES</h1><iframe src="{page.url}"></iframe>'
            page.route("**/landing", lambda route: route.fulfill(body=frame, content_type="text/html"))
            page.route("**/Giris/**", lambda route: route.fulfill(body="<p>Giriş</p>", content_type="text/html"))
            page.goto(rule.entry)
        assert masked_picture(context, rule, HIDE) is None


def _is_red(picture: bytes) -> bool:
    """Whether any of the gateway's red is in the picture."""
    with Image.open(BytesIO(picture)) as image:
        red, green, _ = image.convert("RGB").split()
        return max(ImageChops.subtract(red, green).tobytes()) > 80


PORTAL = "<body style='background: #0f0'><h1>NES</h1><p id=at>1</p><script>{script}</script>"
GATEWAY = "<body style='background: #f00'><script>{script}</script>"
MOMENTS = {
    "when the mask comes": "new MutationObserver(go).observe(at, { characterData: true, subtree: true });",
    "when the mask is painted": "new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(go)))"
    ".observe(at, { characterData: true, subtree: true });",
    **{f"{ms} ms after the look": f"onbegin = () => setTimeout(go, {ms});" for ms in (0, 5, 20)},
}


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_page_that_goes_to_the_gateway_meanwhile_is_not_pictured(
    browser: Browser, comes_back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the page goes on to e-Devlet, even if it is back before the picture is there, e-Devlet isn't on it."""
    monkeypatch.setattr("assistant.rehearsal.report.picture._PATIENCE_MS", 500.0)
    with visiting(browser, "/Giris/e-Devlet-Sifresi", "giris") as (context, page, rule):
        gateway = page.url
        for moment, script in MOMENTS.items():
            go = f"onbegin = () => {{}}; const go = () => location.assign({gateway!r}); {script}"
            page = context.new_page()  # the one before stays: closed as it navigates, it might never say so
            _serve(page, "**/Giris/**", GATEWAY, "setTimeout(() => history.back(), 10)" if comes_back else "")
            _serve(page, "**/landing", PORTAL, go)
            page.goto(rule.entry)
            page.evaluate("void setTimeout(onbegin)")
            picture = masked_picture(context, rule, HIDE)
            assert picture is None or not _is_red(picture), moment


class _Site(BaseHTTPRequestHandler):
    """The portal in green, the gateway in red; tells when the gateway's page is there."""

    arrived: threading.Event

    def do_GET(self) -> None:
        if self.path == "/arrived.js":
            self.arrived.set()
        is_gateway = self.headers["host"].startswith("giris.")
        body = GATEWAY.replace("<script>{script}", "<script src=/arrived.js>") if is_gateway else PORTAL
        self.send_response(200)
        self.send_header("content-type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.end_headers()
        self.wfile.write(b"" if self.path.endswith(".js") else body.replace("{script}", "").encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_page_that_is_at_the_gateway_already_is_not_pictured(browser: Browser) -> None:
    """A page that has gone on to e-Devlet before this program has heard of it gives no picture, masked or not."""
    arrived = threading.Event()
    site = type("Site", (_Site,), {"arrived": arrived})
    with ThreadingHTTPServer(("127.0.0.1", 0), site) as server, fresh_context(browser) as context:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        entry = f"http://onlineislemler.localhost:{server.server_port}/landing"
        rule = HostRule.for_loopback(entry)
        page = context.new_page()
        page.goto(entry)
        assert masked_picture(context, rule, HIDE) is not None
        page.goto(entry)
        page.evaluate(
            "address => { setTimeout(() => location.assign(address)) }", entry.replace("onlineislemler", "giris")
        )
        assert arrived.wait(30)
        assert page.url == entry, "nobody has reported it yet"
        assert masked_picture(context, rule, HIDE) is None
        server.shutdown()


def _serve(page: Page, place: str, body: str, script: str) -> None:
    """Answer *place* with a page that runs *script*."""
    page.route(place, lambda route: route.fulfill(body=body.replace("{script}", script), content_type="text/html"))


def test_a_page_that_stays_is_pictured(browser: Browser) -> None:
    """The page of the races, when it goes nowhere, gives a picture in its own colour."""
    with visiting(browser, "/anasayfa", "onlineislemler") as (context, page, rule):
        _serve(page, "**/landing", PORTAL, "")
        page.goto(rule.entry)
        picture = masked_picture(context, rule, HIDE)
        assert picture is not None
        assert not _is_red(picture)


def test_another_host_is_never_pictured(browser: Browser) -> None:
    """A page that isn't the portal's gives no picture."""
    with visiting(browser, "/anasayfa", "onlineislemler") as (context, page, _):
        assert masked_picture(context, HostRule.for_loopback("http://localhost:1/landing"), HIDE) is None
        page.close()
        assert masked_picture(context, HostRule.for_loopback("http://localhost:1/landing"), HIDE) is None
