"""Which of the page's two links to the app is opened."""

from __future__ import annotations

import select
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.base.errors import SigningError
from assistant.browser.launch import fresh_context
from assistant.official_app.starter import AppFile, Starter, Way
from assistant.signing.component import HandOff
from assistant.signing.with_app import OfficialApp, _Links
from flows import HostRule, Observer, Seen, Signature
from mock_portal.server import serve_app
from tests.assistant.signing.test_app_files import runnable_jar

CODE = "968121968799342"
PAGE = (
    "<h1>İmza</h1><a href='/app/app.jnlp'>İndirmek için tıklayınız</a><a href='/app/app.jar'>bu linkten</a>"
    f"<p>Doğrulama Kodu <input readonly value='{CODE}'></p>"
)
TELL = "import pathlib, sys; pathlib.Path(sys.argv[1], 'opened').write_text(pathlib.Path(sys.argv[2]).name)"


class Clipboard:
    """A clipboard that takes everything."""

    def read(self) -> str | None:
        """Return nothing."""
        return None

    def write(self, text: str) -> bool:
        """Take *text*."""
        return bool(text)


@dataclass
class Site:
    """A signing page with both links."""

    page: Page
    rule: HostRule
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and cookies of each request for a file."""

    def hand_off(self) -> HandOff:
        """Return the code of the page."""
        tab = Observer(self.page.context, self.rule).observe().tabs[-1]
        return HandOff(CODE, self.page, Seen("signing", tab))

    def open(self, folder: Path) -> str:
        """Give the code to the app and return the name of the file that it was opened with."""
        starter = Starter()
        app = OfficialApp(
            self.rule, command=(sys.executable, "-c", TELL, str(folder)), clipboard=Clipboard(), starter=starter
        )
        try:
            app.start(self.hand_off())
            while app._jobs:
                assert app.poll() is Signature.ELSEWHERE
                self.page.wait_for_function("true")
            process = starter._process
            assert process is not None
            assert process.wait(30) == 0
        finally:
            app.close()
        return (folder / "opened").read_text()


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    """The page, with a session, and nothing behind its links yet."""
    files: dict[str, bytes] = {}
    asked: list[tuple[str, str | None]] = []

    async def page(_request: Request) -> Response:
        response = HTMLResponse(PAGE)
        response.set_cookie("oturum", "1", httponly=True)
        response.set_cookie("uygulama", "2", path="/app")
        return response

    async def file(request: Request) -> Response:
        asked.append((request.url.path, request.headers.get("cookie")))
        name = request.path_params["name"]
        return Response(files[name]) if name in files else Response(status_code=404)

    routes = [Route("/imza", page), Route("/app/{name}", file)]
    with serve_app(Starlette(routes=routes)) as port, fresh_context(browser) as context:
        opened = context.new_page()
        opened.goto(f"http://onlineislemler.localhost:{port}/imza")
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/imza")
        yield Site(opened, rule, files, asked)


@pytest.mark.parametrize(
    "jnlp",
    [
        b"<html>Oturum sona erdi</html>",
        b"<jnlp><resources><jar href='lib\\a.jar'/></resources></jnlp>",
        b"<!DOCTYPE jnlp [<!ENTITY a 'a'>]><jnlp><resources><jar href='a.jar'/></resources></jnlp>",
        b"<jnlp><resources/></jnlp>",
        b"",
    ],
)
def test_the_second_link_is_tried_where_the_first_cannot_be_read(site: Site, tmp_path: Path, jnlp: bytes) -> None:
    """A login page, a path that makes no sense, entities, nothing: the app without Java Web Start is opened instead."""
    site.files.update({"app.jnlp": jnlp, "app.jar": runnable_jar()})
    assert site.open(tmp_path) == "KamuSM-eImza.jar"


def test_the_first_link_is_the_one_that_is_opened(site: Site, tmp_path: Path) -> None:
    """A JNLP that can be read is opened, with what the page itself would send, and the jar isn't asked for."""
    site.files.update(
        {"app.jnlp": b"\r\n<jnlp><resources><jar href='a b.jar'/></resources></jnlp>", "app.jar": runnable_jar()}
    )
    assert site.open(tmp_path) == "KamuSM-eimza.jnlp"
    [(path, cookies)] = site.asked
    assert path == "/app/app.jnlp"
    assert sorted((cookies or "").split("; ")) == ["oturum=1", "uygulama=2"]


def test_a_jnlp_that_leads_elsewhere_ends_it(site: Site, tmp_path: Path) -> None:
    """Where anything would run from another place the second link isn't tried: somebody should hear of it."""
    site.files.update({"app.jnlp": b"<jnlp codebase='https://evil.example/'/>", "app.jar": runnable_jar()})
    with pytest.raises(SigningError, match="app_not_allowed"):
        site.open(tmp_path)
    assert not (tmp_path / "opened").exists()


def test_an_app_that_died_is_said_to_have_died_even_if_its_other_file_cannot_be_had(site: Site, tmp_path: Path) -> None:
    """That nothing could be downloaded isn't the trouble: what the program said last is. Opening tries both again."""
    site.files["app.jnlp"] = b"<jnlp><resources><jar href='a.jar'/></resources></jnlp>"
    dies = "import sys; sys.stderr.write('Unsupported class version'); sys.exit(3)"
    starter = Starter()
    app = OfficialApp(site.rule, command=(sys.executable, "-c", dies), clipboard=Clipboard(), starter=starter)

    def said_after_it_ended() -> str:
        while app._jobs:
            app.poll()
            site.page.wait_for_function("true")
        process = starter._process
        assert process is not None
        process.wait(30)
        app.poll()  # hears of its end and tries the other file
        while app._jobs:
            app.poll()
            site.page.wait_for_function("true")
        advice = app.advice()
        assert advice is not None
        return "\n".join(advice.lines)

    try:
        app.start(site.hand_off())
        said = said_after_it_ended()
        assert "açılamadan kapandı" in said
        assert "Unsupported class version" in said
        assert "indirilemedi" not in said
        app.press("open")
        said_after_it_ended()
    finally:
        app.close()
    assert [path for path, _ in site.asked] == ["/app/app.jnlp", "/app/app.jar"] * 2


def test_the_code_goes_with_the_cookies_that_the_browser_would_send(site: Site) -> None:
    """One header, for exactly the address that is asked: the path's own cookie only where the path is."""
    origin = site.page.url.removesuffix("/imza")
    handed = site.hand_off()
    assert sorted(handed.cookies(f"{origin}/app/app.jnlp").split("; ")) == ["oturum=1", "uygulama=2"]
    assert handed.cookies(f"{origin}/imza") == "oturum=1"
    assert handed.cookies("https://evil.example/app/") == ""


def test_a_double_click_opens_one_app(site: Site, tmp_path: Path) -> None:
    """Two apps would get into each other's way at the card."""
    site.files["app.jnlp"] = b"<jnlp><resources><jar href='a.jar'/></resources></jnlp>"
    opened: list[str] = []

    class Counting(Starter):
        """Counts what it opens."""

        def open(self, way: Way, file: AppFile) -> bool:
            """Count *file*."""
            opened.append(file.name)
            return super().open(way, file)

    ends = (sys.executable, "-c", "raise SystemExit")
    app = OfficialApp(site.rule, command=ends, clipboard=Clipboard(), starter=Counting())

    def wait() -> None:
        while app._jobs:
            app.poll()
            site.page.wait_for_function("true")

    try:
        app.start(site.hand_off())
        wait()
        for times in (2, 3):
            app.press("open")
            app.press("open")
            wait()
            assert len(opened) == times
    finally:
        app.close()


def test_a_run_that_ends_waits_for_no_file_of_the_app() -> None:
    """Whoever stops while a server keeps silent about the app's files has the program end, not a minute or two later."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        entry = f"http://localhost:{silent.getsockname()[1]}"
        app = OfficialApp(HostRule.for_loopback(entry), command=("true",), clipboard=Clipboard())
        app._links = _Links((f"{entry}/app.jnlp", ""), (f"{entry}/app.jar", ""))
        app._code = CODE
        app._submit(is_open=False)
        while not select.select([silent], [], [], 0.05)[0]:  # no page may fetch it, so it is asked for apart
            app.poll()
        began = monotonic()
        app.close()
        app._pool.shutdown(wait=True)
    assert monotonic() - began < 30
