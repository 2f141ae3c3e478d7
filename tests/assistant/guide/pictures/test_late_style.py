"""A picture of a page whose style sheet is slow to come."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from playwright.sync_api import BrowserContext

from assistant.guide.pictures.camera import TAKINGS, Camera, Privacy
from assistant.guide.pictures.catalogue import MarkSpec, PictureSpec, Target
from flows import HostRule, Observer, portal_look

PAGE = """<!doctype html><html lang="tr"><meta charset="utf-8"><title>Kamu SM</title>
<body><button>Giriş</button><link rel="stylesheet" href="/late.css"></body></html>"""
STYLE = "button { position: absolute; left: 300px; top: 200px; width: 100px; height: 40px }"


class _Late(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with the page at once, and with its style after a while."""
        is_style = self.path == "/late.css"
        if is_style:
            Event().wait(0.7)
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if is_style else "text/html")
        self.end_headers()
        self.wfile.write((STYLE if is_style else PAGE).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Late) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://onlineislemler.localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_marks_are_where_the_finished_page_has_the_control(context: BrowserContext, address: str) -> None:
    """Marks aren't placed by what the page looked like before its style was there."""
    page = context.new_page()
    observer = Observer(context, HostRule.for_loopback(address))
    page.goto(address, wait_until="commit")
    spec = PictureSpec("late", "", "", (MarkSpec(Target("tile", "Giriş"), "box", {}),))
    camera = Camera(portal_look(), "tr", Privacy(), takings=TAKINGS[:1])
    captured = camera.take(spec, page, lambda: observer.observe().tabs[-1])
    (taking,) = captured.takings.values()
    box = taking.marks[0].box
    assert (box.x, box.y, box.width, box.height) == (300, 200, 100, 40)
