"""Fetches a file through the run's browser: with its proxy, its certificates and its cookies.

The signing page fetches it like anything of its own. Only the browser's thread may talk to the page, and nobody may
block there, so `PageFetcher.get` waits in another thread while `PageFetcher.serve` does the work bit by bit.
"""

from __future__ import annotations

import base64
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import resources
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from loguru import logger
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import JSHandle, Page

from assistant.base.errors import SigningError
from assistant.signing.http import IsAllowed, split_address

_SCRIPT = (resources.files("assistant.signing") / "fetch.js").read_text(encoding="utf-8")
_SECONDS = 60.0
"""Timeout for one file."""


class PageCannotFetch(Exception):  # noqa: N818 (not an error of the person's: there is another way)
    """The page can't fetch this: another origin, a redirect to one, a policy of the page, or no network."""


@dataclass(slots=True)
class _Fetching:
    address: str
    most: int
    result: Future[bytes] = field(default_factory=Future, repr=False)
    body: bytearray = field(default_factory=bytearray, repr=False)


class PageFetcher:
    """Fetches from one page's origin at a time."""

    def __init__(self, is_allowed: IsAllowed) -> None:
        self._is_allowed = is_allowed
        self._page: Page | None = None
        self._asked: SimpleQueue[_Fetching] = SimpleQueue()
        self._job: _Fetching | None = None
        self._state: JSHandle | None = None
        self._is_closed = False

    def use(self, page: Page) -> None:
        """Fetch through *page* from now on. Call it from the browser's thread."""
        self._page = page

    def get(self, address: str, most: int) -> bytes:
        """Return the file at *address*, up to *most* bytes. Call it from any thread but the browser's.

        Raises `SigningError` like `assistant.signing.http.ServiceClient`, and `PageCannotFetch`.
        """
        if split_address(address) is None or not self._is_allowed(address):
            raise SigningError("app_not_allowed")
        job = _Fetching(address, most)
        self._asked.put(job)
        if self._is_closed:  # nobody serves any more
            job.result.cancel()
        try:
            return job.result.result(_SECONDS + 5)
        except (FutureTimeoutError, CancelledError):
            job.result.cancel()
            raise SigningError("service_unreachable") from None

    def serve(self) -> None:
        """Continue the current fetch a bit; returns at once. Call it from the browser's thread."""
        if self._job is None:
            with suppress(Empty):
                asked = self._asked.get_nowait()
                self._job = asked if asked.result.set_running_or_notify_cancel() else None
        if (job := self._job) is None:
            return
        try:
            if self._state is None:
                self._state = self._begin(job)
                return
            body = self._take(job, self._state)
        except (PageCannotFetch, SigningError) as error:
            self._drop(error)
        except PlaywrightError as error:
            logger.debug("the page could not fetch: {}", type(error).__name__)
            self._drop(PageCannotFetch())
        else:
            if body is not None:
                job.result.set_result(body)
                self._drop(None)

    def close(self) -> None:
        """Stop the current fetch and tell whoever waits, now or later. Call it from the browser's thread."""
        self._is_closed = True
        with suppress(Empty):
            while True:
                self._asked.get_nowait().result.cancel()
        self._drop(SigningError("service_unreachable"))

    def _begin(self, job: _Fetching) -> JSHandle:
        if self._page is None or _origin(self._page.url) != _origin(job.address):
            raise PageCannotFetch
        return self._page.evaluate_handle(_SCRIPT, [job.address, job.most, _SECONDS * 1000])

    def _take(self, job: _Fetching, state: JSHandle) -> bytes | None:
        """Collect what has arrived since; returns the whole file once it is complete."""
        told = state.evaluate("state => state.take()")
        job.body += base64.b64decode(told["base64"])
        if told["end"] == "refused":
            raise PageCannotFetch
        if told["end"] == "cut":
            raise SigningError("service_unreachable")
        if told["end"] == "large" or len(job.body) > job.most or told["status"] not in {0, 200}:
            raise SigningError("service_answer_invalid")
        return bytes(job.body) if told["end"] else None

    def _drop(self, error: Exception | None) -> None:
        job, self._job = self._job, None
        state, self._state = self._state, None
        if job is not None and error is not None:
            job.result.set_exception(error)
        if state is not None:
            with suppress(PlaywrightError):
                state.evaluate("state => state.abort()")
                state.dispose()


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()
