"""The one visit to the landing page: what it tells, and that it leaves everything as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree.ElementTree import parse

import pytest

import mock_portal
from assistant.assembly.parts import unattended_rule
from assistant.base.version import version
from assistant.snapshot.kept import read_snapshot
from assistant.snapshot.visiting import unreachable_logins, user_agent
from flows import HostRule
from tests.assistant.commands import started
from tests.sampling import sampled

Asked = tuple[str, str, str, str]
"""Method, host, path and user agent of one request."""


def check(home: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Run the command in its own process; return exit code, what it printed and what it complained of."""
    with started("check-portal", *arguments, home=home, **more) as process:
        told, complaint = process.communicate(timeout=300)
    return process.returncode, told, complaint


@contextmanager
def site(pages: dict[str, str]) -> Iterator[tuple[int, list[Asked]]]:
    """Serve *pages* by ``host/path`` on all names of this machine; yield the port and what was asked.

    A page that starts with ``→`` redirects to what follows it; one that starts with a number has that status.
    """
    asked: list[Asked] = []

    class Answer(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            host = (self.headers["Host"] or "").split(":")[0]
            asked.append((self.command, host, self.path, self.headers["User-Agent"] or ""))
            body = pages.get(f"{host}{self.path}")
            if body is not None and body.startswith("→"):
                self.send_response(302)
                self.send_header("Location", body[1:].replace("PORT", str(port)))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            status, _, rest = (body or "404 ").partition(" ")
            text = (rest if status.isdecimal() else body or "").replace("PORT", str(port)).encode()
            self.send_response(int(status) if status.isdecimal() else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = _answer  # noqa: N815 (the names of http.server)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield port, asked
        finally:
            server.shutdown()


LANDING = "onlineislemler.localhost/landing"
GOOD = "<title>Giriş</title><h1>Kamu SM Online İşlemler</h1><a href='/e-devlet'>e-Devlet ile Giriş</a>"


def test_the_known_page_matches(tmp_path: Path) -> None:
    """Of the mock's landing page it says so, ends with 0, writes JUnit and a snapshot, and leaves the ledger empty."""
    portal = mock_portal.Portal(edition="2026")
    report, kept = tmp_path / "junit.xml", tmp_path / "landing.json"
    with mock_portal.serve(portal) as served:
        files = ("--junit", str(report), "--out", str(kept))
        code, told, _ = check(tmp_path, "--portal", served.entry_url, *files)
    assert code == 0
    assert told == "Giriş sayfası bilindiği gibi. Giriş yolu: bağlantı «e-Devlet ile Giriş».\n"
    assert portal.ledger.entries() == ()
    suite = parse(report).getroot()[0]  # noqa: S314 (of our own making)
    assert (suite.get("tests"), suite.get("failures")) == ("3", "0")
    assert [screen.name for screen in read_snapshot(kept).screens] == ["landing"]


def test_one_visit_that_says_who_it_is(tmp_path: Path) -> None:
    """The page is asked for once, by a name that is no browser's, and nothing that it would send goes out."""
    sends = (
        "<form id=f method=post action='/sent'></form><script>f.submit(); fetch('/beacon', {method: 'POST'})</script>"
    )
    with site({LANDING: GOOD + sends}) as (port, asked):
        # Its form is on its way forever, so the page is looked at as long as a person's patience lasts.
        code, _, _ = check(tmp_path, "--portal", f"http://onlineislemler.localhost:{port}", EONAY_PAGE_PATIENCE_S="2")
    assert code in {0, 1}
    assert [a for a in asked if a[2] == "/landing"] == [("GET", "onlineislemler.localhost", "/landing", user_agent())]
    assert user_agent().startswith(f"eonay-check-portal/{version()}")
    assert {method for method, *_ in asked} == {"GET"}


@pytest.mark.nightly(sample="tests/assistant/snapshot/test_check_portal.py::test_one_visit_that_says_who_it_is")
def test_a_page_that_greets_with_a_dialog_is_looked_at(tmp_path: Path) -> None:
    """What the browser asks for the page is left, nothing is waited for, and the page is as it is known."""
    greets = GOOD + "<script>alert('Duyuru'); confirm('Devam?')</script>"
    with site({LANDING: greets}) as (port, asked):
        code, told, _ = check(tmp_path, "--portal", f"http://onlineislemler.localhost:{port}", "--json")
    assert (code, json.loads(told)["matches"]) == (0, True)
    assert len([path for _, _, path, _ in asked if path == "/landing"]) == 1


_TO_LOGIN = [
    "→http://giris.localhost:PORT/Giris/gir",
    GOOD + "<script>location = 'http://giris.localhost:PORT/Giris/gir'</script>",
    GOOD + "<iframe src='http://giris.localhost:PORT/Giris/gir'></iframe>",
]


@pytest.mark.parametrize("page", sampled(_TO_LOGIN, every_run=_TO_LOGIN[:1]), ids=["redirect", "script", "frame"])
def test_no_login_form_is_opened(tmp_path: Path, page: str) -> None:
    """Whatever the page does, no request reaches a host where one logs in."""
    with site({LANDING: page, "giris.localhost/Giris/gir": "<input type=password>"}) as (port, asked):
        code, told, _ = check(tmp_path, "--portal", f"http://onlineislemler.localhost:{port}", "--json")
    assert {host for _, host, *_ in asked} == {"onlineislemler.localhost"}
    answer = json.loads(told)
    assert (code == 0) is answer["matches"]
    if "iframe" not in page:
        assert (code, answer["went_to"]) == (1, "giris.localhost")


@pytest.mark.nightly(sample="tests/assistant/snapshot/test_check_portal.py::test_a_changed_page_is_told")
@pytest.mark.parametrize("status", [503])
def test_a_page_that_the_portal_calls_an_error_is_not_as_known(tmp_path: Path, status: int) -> None:
    """Even where it shows the way in: it ends with 1, and the status is what is told."""
    report = tmp_path / "junit.xml"
    with site({LANDING: f"{status} {GOOD}"}) as (port, _):
        address = f"http://onlineislemler.localhost:{port}"
        code, told, _ = check(tmp_path, "--portal", address, "--json", "--junit", str(report))
    answer = json.loads(told)
    assert (code, answer["matches"], answer["status"]) == (1, False, status)
    assert str(status) in answer["told"]
    assert parse(report).getroot()[0].get("failures") == "2"  # noqa: S314 (of our own making)


_CHANGED = [
    ("<h1>Kamu SM</h1><a href='/x'>Kimliğimle Gir</a>", "tanınmadı"),
    (GOOD + "<a href='/baska'>e-Devlet ile Giriş</a>", "tek değil"),
    ("<h1>Planlı bakım çalışması</h1><p>Hizmet verilememektedir.</p>", "başka bir ekran görünüyor: maintenance"),
]


@pytest.mark.parametrize(("page", "says"), sampled(_CHANGED, every_run=_CHANGED[:1]))
def test_a_changed_page_is_told(tmp_path: Path, page: str, says: str) -> None:
    """A page without the way in, with two, or of something else ends with 1 and fails a case of the JUnit file."""
    report = tmp_path / "junit.xml"
    with site({LANDING: page}) as (port, _):
        address = f"http://onlineislemler.localhost:{port}"
        code, told, _ = check(tmp_path, "--portal", address, "--junit", str(report))
    assert code == 1
    assert says in " ".join(told.split())
    assert "docs/keeping-up.md" in told
    assert int(parse(report).getroot()[0].get("failures") or 0) >= 1  # noqa: S314 (of our own making)


def test_a_page_that_cannot_be_reached_is_no_change(tmp_path: Path) -> None:
    """If nothing answers, the exit code is that of a known cause and not that of a change."""
    with site({}) as (port, _):
        pass
    code, told, complaint = check(tmp_path, "--portal", f"http://localhost:{port}/landing")
    assert (code, told) == (6, "")
    assert "portal_unreachable" in complaint


def test_only_portals_of_this_computer_may_be_named(tmp_path: Path) -> None:
    """No other site is visited, and the hosts where one logs in are out of the browser's reach on the real portal."""
    assert check(tmp_path, "--portal", "https://example.org/")[0] == 2
    [rules] = unreachable_logins(HostRule.real())
    assert "MAP giris.turkiye.gov.tr ~NOTFOUND" in rules
    assert "MAP *.turkiye.gov.tr ~NOTFOUND" in rules
    assert "MAP gecit.kamusm.gov.tr ~NOTFOUND" in rules
    assert "EXCLUDE" not in rules
    [rules] = unreachable_logins(unattended_rule("http://onlineislemler.localhost:1/"))
    assert rules.endswith("MAP * ~NOTFOUND, EXCLUDE onlineislemler.localhost")
