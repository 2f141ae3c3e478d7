"""Pages for the flows to look at. The browser's own request interception serves them: no server, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from assistant.browser.launch import fresh_context
from flows import Hand, HostRule, Observer, TabView

PORT = 8123
ENTRY = f"http://onlineislemler.localhost:{PORT}/landing"


@dataclass
class Stage:
    """A browser that shows whatever page a test gives it."""

    page: Page
    observer: Observer
    pages: dict[str, str]

    def show(self, body: str, *, site: str = "onlineislemler", path: str = "/page", head: str = "") -> TabView:
        """Open a page with *body* and return what the observer sees."""
        self.put(body, site=site, path=path, head=head)
        self.page.goto(f"http://{site}.localhost:{PORT}{path}")
        return self.look()

    def put(self, body: str, *, site: str = "onlineislemler", path: str = "/page", head: str = "") -> None:
        """Make a page available without opening it."""
        html = f"<!doctype html><html lang='tr'><head><meta charset='utf-8'><title>Kamu SM</title>{head}</head>"
        self.pages[f"http://{site}.localhost:{PORT}{path}"] = f"{html}<body>{body}</body></html>"

    def look(self) -> TabView:
        """Return what the observer sees in the newest tab right now."""
        return self.observer.observe().tabs[-1]

    @property
    def hand(self) -> Hand:
        """The hand that acts on this page."""
        return Hand(self.observer)


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    """An empty stage under a loopback host rule.

    Each test gets its own page. Those of a file that are marked ``looks_only`` share one, as the last test left it.
    """
    if request.node.get_closest_marker("looks_only") is None:
        return stage_in(request.getfixturevalue("context"))
    kept: Stage = request.getfixturevalue("kept_stage")
    for other in kept.page.context.pages[1:]:
        other.close()
    kept.pages.clear()
    return kept


@pytest.fixture(scope="module")
def kept_stage(browser: Browser) -> Iterator[Stage]:
    """One stage for a whole file of tests that only look."""
    with fresh_context(browser) as context:
        yield stage_in(context)


def stage_in(context: BrowserContext) -> Stage:
    """Return an empty stage in *context*."""
    pages: dict[str, str] = {}

    def answer(route: Route) -> None:
        html = pages.get(route.request.url)
        if html is None:
            route.fulfill(status=404, body="yok", content_type="text/plain; charset=utf-8")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    context.route("**/*", answer)
    observer = Observer(context, HostRule.for_loopback(ENTRY))
    return Stage(observer.new_page(), observer, pages)
