"""Runs one page as if it were the whole portal, and judges the run by what the page counted.

A page is served at every path of every loopback host. ``fetch('/log/WORD')`` counts WORD, ``fetch('/hold')`` is answered
after 25 seconds, ``fetch('/late/MS')`` after so many milliseconds. The first line says how it must end: ``expect: OUTCOME[/REASON][|OUTCOME…]; WORD=COUNT; …``. A signing
component that accepts at once stands in for the card; ``handed:CODE`` counts the codes it was given.

To look at pages by hand: ``python -m tests.assistant.cases.harness FILE…``.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.base.outcome import Outcome
from assistant.browser.launch import BrowserOptions, fresh_context, open_browser
from assistant.run.limits import Limits
from assistant.run.loop import Run
from assistant.run.person import Unattended
from assistant.setup import find_browser
from assistant.signing.component import HandOff
from flows import HostRule, Signature
from mock_portal.server import serve_app

PAGES = Path(__file__).with_name("pages")
QUICK = Limits(settle_s=0.6, page_s=8, person_s=5, banner_s=1.5)
"""Longer than any delay in the pages; the longest is a toast of six seconds."""
_HOLD_S = 25
_EXPECT = re.compile(r"^\s*<!--\s*expect:\s*(?P<said>.*?)\s*-->")


@dataclass(frozen=True, slots=True)
class Expectation:
    """How a run against a page must end."""

    endings: tuple[str, ...]
    """``OUTCOME`` or ``OUTCOME/REASON``; any of them is fine."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What the page must have counted; anything not named, never."""
    up_to: Mapping[str, int] = field(default_factory=dict)
    """What it may have counted, and the maximum."""

    @classmethod
    def parse(cls, said: str) -> Expectation:
        """Read *said*, the part after ``expect:``; ``WORD<=COUNT`` stands for at most. Raises `ValueError` for an invalid outcome or count."""
        endings, *counts = (part.strip() for part in said.split(";"))
        for ending in endings.split("|"):
            Outcome(ending.partition("/")[0])
        pairs = [count.rpartition("=") for count in counts if count]
        exact = {word: int(times) for word, _, times in pairs if not word.endswith("<")}
        up_to = {word[:-1]: int(times) for word, _, times in pairs if word.endswith("<")}
        return cls(tuple(endings.split("|")), exact, up_to)

    @classmethod
    def of(cls, html: str) -> Expectation:
        """Return what the first line of *html* says. Raises `ValueError` if it says nothing."""
        found = _EXPECT.match(html)
        if found is None:
            raise ValueError("the page does not say what is expected")
        return cls.parse(found["said"])

    def __str__(self) -> str:
        exact = (f"; {word}={times}" for word, times in self.counts.items())
        up_to = (f"; {word}<={times}" for word, times in self.up_to.items())
        return "|".join(self.endings) + "".join((*exact, *up_to))


@dataclass(frozen=True, slots=True)
class Ended:
    """The result for one page."""

    outcome: str
    reason: str | None
    counts: Mapping[str, int]
    took_s: float

    def differences(self, expected: Expectation) -> list[str]:
        """Return what isn't as *expected*, one line each; empty if everything is."""
        ended = {self.outcome, f"{self.outcome}/{self.reason}"}
        wrong = [] if ended & set(expected.endings) else [f"{self} ≠ {'|'.join(expected.endings)}"]
        for word in sorted({*self.counts, *expected.counts}):
            seen, wanted = self.counts.get(word, 0), expected.counts.get(word, 0)
            if not wanted <= seen <= max(wanted, expected.up_to.get(word, 0)):
                wrong.append(f"{word} {seen} ≠ {wanted}")
        return wrong

    def wrong_acts(self, expected: Expectation) -> list[str]:
        """Return what was counted more often than *expected*."""
        limits = Counter(expected.counts) | Counter(expected.up_to)
        return [word for word, times in self.counts.items() if times > limits[word]]

    def __str__(self) -> str:
        return f"{self.outcome}/{self.reason}" if self.reason else self.outcome


class PagePortal:
    """A portal that shows one page everywhere."""

    def __init__(self, html: str) -> None:
        self._html = html
        self.counts: Counter[str] = Counter()
        self.app = Starlette(
            routes=[
                Route("/log/{word:path}", self._log, methods=["GET", "POST"]),
                Route("/hold", self._hold),
                Route("/late/{ms:int}", self._late),
                Route("/fence", self._fence),
                Route("/{path:path}", self._page, methods=["GET", "POST"]),
            ]
        )

    async def _log(self, request: Request) -> Response:
        self.counts[request.path_params["word"]] += 1
        return Response(status_code=204, headers={"cache-control": "no-store"})

    async def _hold(self, request: Request) -> Response:
        await asyncio.sleep(_HOLD_S)
        return Response(status_code=204)

    async def _late(self, request: Request) -> Response:
        await asyncio.sleep(request.path_params["ms"] / 1000)
        return Response(status_code=204)

    async def _fence(self, request: Request) -> Response:
        return Response("", media_type="text/plain")

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(self._html)


class AtOnce:
    """A signing component that accepts whatever it is given, at once."""

    name = "at once"

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts

    def start(self, hand_off: HandOff) -> None:
        """Count the code."""
        self._counts[f"handed:{hand_off.code}"] += 1

    def poll(self) -> Signature:
        """Say that the signature was accepted."""
        return Signature.ACCEPTED


def run_page(html: str, browser: Browser, limits: Limits = QUICK) -> Ended:
    """Run the loop, unattended, against the page *html* and return what came of it."""
    portal = PagePortal(html)
    with serve_app(portal.app) as port, fresh_context(browser) as context:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/landing")
        began = monotonic()
        result = Run(context, rule, Unattended(None), AtOnce(portal.counts), limits=limits).go()
        took_s = monotonic() - began
        _hear_the_rest(context, port)
        # Whatever a page does when its dialog or window gets closed isn't the run's doing any more.
        counts = dict(portal.counts)
    return Ended(result.outcome.value, result.reason, counts, took_s)


def _hear_the_rest(context: BrowserContext, port: int) -> None:
    """Let what the pages have sent so far arrive: a request of another site's page goes after it.

    We can't ask the pages themselves: one of them may have a dialog open.
    """
    with suppress(PlaywrightError):
        context.new_page().goto(f"http://127.0.0.1:{port}/fence", timeout=2_000)


@contextmanager
def own_browser() -> Iterator[Browser]:
    """Start the machine's browser, kept off every network but loopback."""
    with open_browser(find_browser(), BrowserOptions()) as browser:
        yield browser


def main(files: list[str]) -> int:
    """Print seen against expected for each of *files*; return 1 if something differs."""
    failed = 0
    with own_browser() as browser:
        for file in files:
            html = Path(file).read_text(encoding="utf-8")
            seen = run_page(html, browser)
            differences = seen.differences(Expectation.of(html))
            failed += bool(differences)
            counts = " ".join(f"{word}={times}" for word, times in sorted(seen.counts.items()))
            line = f"{'✗' if differences else '✓'} {Path(file).stem}: {seen} {counts} ({seen.took_s:.1f} s)"
            sys.stdout.write("\n      ".join([line, *differences]) + "\n")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
