"""What pages send, by whatever road, doesn't come through to the program."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from assistant.base.errors import EonayError
from assistant.browser.driver import check_discretion
from tests.assistant.memory import held_by

ROOT = Path(__file__).parents[3]
SECRET = "10000000146Çiçek+Bahçe/71"
ROADS = {
    "form": "form('application/x-www-form-urlencoded')",
    "form in parts": "form('multipart/form-data')",
    "form as text": "form('text/plain')",
    "fetch": "fetch('/done', put(JSON.stringify({egpField: secret}))).then(done)",
    "fetch of a form": "fetch('/done', put(filled())).then(done)",
    "fetch of parameters": "fetch('/done', put(new URLSearchParams(filled()))).then(done)",
    "fetch of bytes": "fetch('/done', put(new TextEncoder().encode(secret))).then(done)",
    "XMLHttpRequest": "Object.assign(asked, {onload: done}).send(secret)",
    "beacon": "navigator.sendBeacon('/done', secret) && done()",
    "web socket": "Object.assign(socket(), {onopen: (event) => { event.target.send(secret); done(); }})",
}
PAGE = """<!doctype html><meta charset="utf-8"><title>Deneme</title><body><script>
const secret = ['10000000', '146Çiçek', '+Bahçe/71'].join('');
const done = () => { document.title = 'done'; };
const put = (body) => ({method: 'POST', body});
const filled = () => { const data = new FormData(); data.set('egpField', secret); return data; };
const socket = () => new WebSocket(`ws://${location.host}/socket`);
const asked = new XMLHttpRequest();
asked.open('POST', '/done');
const form = (enctype) => {
  const made = document.createElement('form');
  Object.assign(made, {method: 'post', action: '/done', enctype});
  made.innerHTML = '<input name="egpField">';
  made.firstChild.value = secret;
  document.body.append(made);
  made.submit();
};
addEventListener('load', () => { ROAD; });
</script>"""
PROGRAM = """
import os, sys
from assistant.browser.launch import BrowserOptions, fresh_context, open_browser
from assistant.browser.driver import check_discretion
from assistant.setup import find_browser
heard = []
found = find_browser(os.environ.get("EONAY_BROWSER"))
with open_browser(found, BrowserOptions()) as browser, fresh_context(browser) as context:
    page = context.new_page()
    check_discretion(page)
    for event in ("request", "response", "requestfinished", "requestfailed"):
        context.on(event, lambda told: heard.append(told))
    page.on("websocket", lambda socket: (heard.append(socket), socket.on("framesent", lambda told: heard.append(told))))
    for address in sys.argv[1:]:
        page.goto(address)
        page.wait_for_function("document.title === 'done'")
    print(len(heard), flush=True)
    sys.stdin.readline()
"""


class _Site(BaseHTTPRequestHandler):
    """Serves one page for each road, and takes in what it sends."""

    came: Queue[bytes]

    def do_GET(self) -> None:
        """Serve a page, or take in one message of a web socket (RFC 6455)."""
        if self.path != "/socket":
            self._page(PAGE.replace("ROAD", list(ROADS.values())[int(self.path[1:] or 0)]))
            return
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", b64encode(sha1(key.encode()).digest()).decode())  # noqa: S324
        self.end_headers()
        length = self.rfile.read(2)[1] & 0x7F
        mask = self.rfile.read(4)
        self.came.put(bytes(byte ^ mask[place % 4] for place, byte in enumerate(self.rfile.read(length))))

    def do_POST(self) -> None:
        """Take in what a page sends."""
        self.came.put(self.rfile.read(int(self.headers["Content-Length"])))
        self._page("<!doctype html><title>done</title>")

    def _page(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[tuple[str, Queue[bytes]]]:
    """Serve the pages; give their address and what came from them."""
    came: Queue[bytes] = Queue()
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Site", (_Site,), {"came": came, "protocol_version": "HTTP/1.1"})
    ) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", came
        finally:
            server.shutdown()


def test_nothing_that_a_page_sends_enters_the_program() -> None:
    """Forms, scripts, beacons and web sockets bring their secret to the site; the program's memory has none of it."""
    with (
        site() as (address, came),
        subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, *(f"{address}/{number}" for number in range(len(ROADS)))],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as program,
    ):
        assert program.stdout is not None
        heard = program.stdout.readline()
        assert int(heard) > 4 * len(ROADS), "the program heard of every request"
        bodies = [came.get(timeout=10) for _ in ROADS]
        assert all(SECRET.encode() in body or quote(SECRET, safe="").encode() in body for body in bodies), bodies
        assert held_by(program.pid, SECRET) == set()
        program.communicate("\n")
    assert program.returncode == 0


def test_a_driver_that_tells_is_found_out(page: Page) -> None:
    """With a driver that passes on what pages send, as one is by itself, no guided run begins."""
    with pytest.raises(EonayError, match="request bodies"):
        check_discretion(page)
