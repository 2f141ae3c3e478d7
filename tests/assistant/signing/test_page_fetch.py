"""The app's files come through the browser: with what it sends, from its own origin, and no further."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.base.errors import SigningError
from assistant.browser.launch import fresh_context
from assistant.signing.page_fetch import PageCannotFetch, PageFetcher
from flows import HostRule
from mock_portal.server import serve_app

MOST = 3_000_000
BODY = bytes(range(256)) * 8_000


@dataclass
class Site:
    """A portal's page with files next to it, and another server that nobody may ask."""

    origin: str = ""
    foreign: str = ""
    asked: list[Request] = field(default_factory=list)
    strayed: int = 0

    async def page(self, _request: Request) -> Response:
        """Give the signing page, with a session."""
        response = HTMLResponse("<h1>İmza</h1>")
        response.set_cookie("oturum", "1", httponly=True)
        return response

    async def file(self, request: Request) -> Response:
        """Give a file, or what is given instead of one."""
        self.asked.append(request)
        answers: dict[str, Callable[[], Response]] = {
            "app.jar": lambda: Response(BODY),
            "moved.jar": lambda: Response(status_code=302, headers={"location": "/files/app.jar"}),
            "away.jar": lambda: Response(status_code=302, headers={"location": f"{self.foreign}/app.jar"}),
            "large.jar": lambda: StreamingResponse(_large()),
            "missing.jar": lambda: Response("yok", 404),
        }
        return answers[request.path_params["name"]]()

    async def stray(self, _request: Request) -> Response:
        """Count who comes to the other server."""
        self.strayed += 1
        return Response(BODY, headers={"access-control-allow-origin": "*"})


async def _large() -> AsyncIterator[bytes]:
    for _ in range(40):
        yield BODY


@contextmanager
def served() -> Iterator[Site]:
    """Serve the site and the other server."""
    site = Site()
    with ExitStack() as stack:
        app = Starlette(routes=[Route("/imza", site.page), Route("/files/{name}", site.file)])
        site.origin = f"http://onlineislemler.localhost:{stack.enter_context(serve_app(app))}"
        other = Starlette(routes=[Route("/{name}", site.stray)])
        site.foreign = f"http://onlineislemler.localhost:{stack.enter_context(serve_app(other))}"
        yield site


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[tuple[Site, Page, PageFetcher]]:
    """The site, its page in the browser, and what fetches through that page."""
    with served() as site, fresh_context(browser) as context:
        page = context.new_page()
        page.goto(f"{site.origin}/imza")
        fetcher = PageFetcher(HostRule.for_loopback(f"{site.origin}/landing").allows)
        fetcher.use(page)
        yield site, page, fetcher


def fetched(fetcher: PageFetcher, address: str) -> bytes:
    """Fetch *address* as a run does: asked for in one thread, done in the browser's."""
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(fetcher.get, address, MOST)
        while not job.done():
            fetcher.serve()
        return job.result()


@pytest.mark.parametrize("name", ["app.jar", "moved.jar"])
def test_the_browser_itself_fetches(opened: tuple[Site, Page, PageFetcher], name: str) -> None:
    """The file comes whole, asked for by the browser with its own session, also past a redirect within the origin."""
    site, page, fetcher = opened
    assert fetched(fetcher, f"{site.origin}/files/{name}") == BODY
    assert site.asked[-1].headers["user-agent"] == page.evaluate("navigator.userAgent")
    assert site.asked[-1].cookies == {"oturum": "1"}


@pytest.mark.parametrize("place", ["away.jar", "elsewhere"])
def test_no_other_host_is_asked_by_the_page(opened: tuple[Site, Page, PageFetcher], place: str) -> None:
    """A redirect to a foreign host, or an address there, is refused before anything is sent to it."""
    site, _, fetcher = opened
    address = f"{site.origin}/files/away.jar" if place == "away.jar" else f"{site.foreign}/app.jar"
    with pytest.raises(PageCannotFetch if place == "away.jar" else SigningError):
        fetched(fetcher, address)
    assert site.strayed == 0


@pytest.mark.parametrize("name", ["large.jar", "missing.jar"])
def test_what_is_no_file_of_bearable_size_is_refused(opened: tuple[Site, Page, PageFetcher], name: str) -> None:
    """A file larger than allowed is given up while it comes; an error's page is no file."""
    site, _, fetcher = opened
    with pytest.raises(SigningError, match="service_answer_invalid"):
        fetched(fetcher, f"{site.origin}/files/{name}")


def test_whoever_waits_is_told_when_the_run_ends(opened: tuple[Site, Page, PageFetcher]) -> None:
    """A file that is under way when the run ends is given up, and nobody waits for it."""
    site, page, _ = opened
    fetcher = PageFetcher(HostRule.for_loopback(f"{site.origin}/landing").allows)
    fetcher.use(page)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(fetcher.get, f"{site.origin}/files/app.jar", MOST) for _ in range(2)]
        while fetcher._job is None:
            fetcher.serve()
        fetcher.close()
        while not all(job.done() for job in jobs):
            fetcher.close()
        for job in jobs:
            with pytest.raises(SigningError, match="service_unreachable"):
                job.result()


def test_a_page_that_has_gone_fetches_nothing(browser: Browser) -> None:
    """When the signing page is closed meanwhile, there is another way or none, but no crash."""
    with served() as site, fresh_context(browser) as context:
        page = context.new_page()
        page.goto(f"{site.origin}/imza")
        fetcher = PageFetcher(HostRule.for_loopback(f"{site.origin}/landing").allows)
        fetcher.use(page)
        page.close()
        with pytest.raises(PageCannotFetch):
            fetched(fetcher, f"{site.origin}/files/app.jar")


def test_whoever_asks_once_the_run_has_ended_is_told_at_once() -> None:
    """Nobody serves any more: the thread that asks for the next file would keep the program from ending for a minute."""
    fetcher = PageFetcher(HostRule.real().allows)
    fetcher.close()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(fetcher.get, "https://onlineislemler.kamusm.gov.tr/app.jar", MOST)
        with pytest.raises(SigningError, match="service_unreachable"):
            asked.result(10)
