"""What a page is still fetching: which requests are open, which may change what it shows, and what failed.

We look only at kinds, addresses, times and status codes, never at a body or a header. While any tab is at the gateway,
or at a host that isn't the portal's, we listen to no request of any tab: Playwright's events bring what a request sends
into the program (https://playwright.dev/python/docs/api/class-request). There only the page itself tells whether it is
busy. We miss what a page asks for in the few milliseconds before we hear that it is back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Frame, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from flows.hosts import HostRule

NEWS_S = 5.0
"""How long an open request for data counts as one its page waits for, seconds; anything longer is a long poll."""
_POLLED = 3
"""Once an address has been asked this often without a press in between, it is polling."""
_DATA = frozenset({"xhr", "fetch"})
_LOADING = _DATA | {"document", "script"}
CUT_OFF = -1
"""Stands for an HTTP status: no answer came."""
_GIVEN_UP = "net::ERR_ABORTED"
"""What Chromium says when the page itself gave a request up, as a page that goes away does."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A request that hasn't ended."""

    kind: str
    page: Page | None
    """None while the browser doesn't say, as for the first request of a new tab."""
    address: str
    """Without query and fragment."""
    began: float
    is_own: bool
    """Whether it goes to a host of the portal."""


class PageRequests:
    """Follows the requests of a browser context's pages, where we may."""

    def __init__(self, context: BrowserContext, rule: HostRule) -> None:
        self._context = context
        self._rule = rule
        self._open: dict[Request, _Open] = {}
        self._asked: WeakKeyDictionary[Page, Counter[str]] = WeakKeyDictionary()
        self._failed: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
        self._leaving: WeakSet[Page] = WeakSet()
        self._hears = False
        for page in context.pages:
            self._follow(page)
        context.on("page", self._on_page)
        self._hear_where_allowed()

    @property
    def is_heard(self) -> bool:
        """Whether we listen to requests now."""
        return self._hears

    @property
    def is_leaving(self) -> bool:
        """Whether a page is on its way to any tab or frame."""
        return any(asked.kind == "document" for asked in self._open.values())

    def is_busy(self, page: Page) -> bool:
        """Return whether *page* is fetching something that may change it, or any tab is fetching a page."""
        return self.is_leaving or any(
            asked.page is page and not self._is_polling(asked) for asked in self._open.values()
        )

    def awaits_scripts(self, page: Page) -> bool:
        """Return whether scripts are still on their way to *page*: before they come, a press may go unheard."""
        return any(asked.kind == "script" and asked.page is page for asked in self._open.values())

    def awaits_data(self, page: Page) -> bool:
        """Return whether *page* asked its own site for data within `NEWS_S` and has no answer yet.

        Polling of one address, long polls and streams don't count.
        """
        now = monotonic()
        return any(
            asked.page is page
            and asked.kind in _DATA
            and asked.is_own
            and now - asked.began < NEWS_S
            and not self._is_polling(asked)
            for asked in self._open.values()
        )

    def failure(self, page: Page) -> int:
        """Return how *page*'s latest request for data from its own site went, since somebody pressed in it.

        0 if all is well, the HTTP status if the server failed (500 and above), else `CUT_OFF`. A page drawn by scripts
        gives no other sign of it.
        """
        return self._failed.get(page, 0)

    def note_press(self, page: Page) -> None:
        """Note that somebody pressed in *page*: what it asks for now is an answer to that, and no polling."""
        self._asked.pop(page, None)
        self._failed.pop(page, None)

    def _is_polling(self, asked: _Open) -> bool:
        if asked.kind not in _DATA or asked.page is None:
            return False
        return self._asked.get(asked.page, Counter[str]())[asked.address] >= _POLLED

    # --- where we may listen -------------------------------------------------------------------------------

    def _on_page(self, page: Page) -> None:
        self._follow(page)
        self._hear_where_allowed()

    def _follow(self, page: Page) -> None:
        page.on("framenavigated", lambda frame: self._on_navigated(page, frame))
        page.on("close", self._on_closed)

    def _on_navigated(self, page: Page, frame: Frame) -> None:
        if frame == page.main_frame:
            self._leaving.discard(page)
            self._asked.pop(page, None)
            self._hear_where_allowed()

    def _on_closed(self, page: Page) -> None:
        self._leaving.discard(page)
        for request in [request for request, asked in self._open.items() if asked.page is page]:
            del self._open[request]
        self._hear_where_allowed()

    def _is_private(self, address: str) -> bool:
        """Return whether *address* is the gateway's, or on a host that isn't the portal's."""
        sites = self._rule.sites(address)
        return sites == {"gateway"} or (not sites and address.startswith(("http:", "https:")))

    def _hear_where_allowed(self) -> None:
        pages = [page for page in self._context.pages if not page.is_closed()]
        hears = not any(page in self._leaving or self._is_private(page.url) for page in pages)
        if hears == self._hears:
            return
        self._hears = hears
        change = self._context.on if hears else self._context.remove_listener
        change("request", self._on_request)
        change("response", self._on_response)
        change("requestfinished", self._on_over)
        change("requestfailed", self._on_failed)
        if not hears:
            self._open.clear()
            self._failed.clear()

    # --- what we hear --------------------------------------------------------------------------------------

    def _on_request(self, request: Request) -> None:
        page = _page_of(request)
        if request.is_navigation_request() and self._is_private(request.url) and _is_for_tab(request):
            # Whatever the page there sends comes after this: from now on we hear nothing.
            if page is not None:
                self._leaving.add(page)
            self._hear_where_allowed()
            return
        if request.resource_type not in _LOADING or not self._hears:
            return
        address = urlsplit(request.url)._replace(query="", fragment="").geturl()
        if page is not None and request.is_navigation_request() and _is_for_tab(request):
            self._failed.pop(page, None)  # the new page has a status of its own
        if page is not None and request.resource_type in _DATA:
            self._asked.setdefault(page, Counter())[address] += 1
        is_own = self._rule.allows(request.url)
        self._open[request] = _Open(request.resource_type, page, address, monotonic(), is_own)

    def _on_response(self, response: Response) -> None:
        self._note(self._open.get(response.request), response.status if response.status >= 500 else 0)

    def _on_failed(self, request: Request) -> None:
        if request.failure != _GIVEN_UP:
            self._note(self._open.get(request), CUT_OFF)
        self._on_over(request)

    def _on_over(self, request: Request) -> None:
        self._open.pop(request, None)

    def _note(self, asked: _Open | None, failure: int) -> None:
        if asked is not None and asked.page is not None and asked.kind in _DATA and asked.is_own:
            self._failed[asked.page] = failure


def _page_of(request: Request) -> Page | None:
    try:
        return request.frame.page
    except PlaywrightError:
        return None


def _is_for_tab(request: Request) -> bool:
    """Return whether *request* is for a tab's document, not for a frame inside one."""
    try:
        return request.frame.parent_frame is None
    except PlaywrightError:
        return True
