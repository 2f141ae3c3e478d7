"""A recorded script on a drifted portal, with and without a healer.

``recorded``: the script in `recorded.py` with Playwright's own locators, as its recorder writes them.
``healing``: the same script through playwright-healer (PyPI, MIT), with its heuristics and no model. The program doesn't
depend on it; if it isn't installed we leave that column out.
Both read the code off the page and sign with the flow's card. They differ from the flow only in what they press.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from assistant.base.errors import EonayError
from assistant.browser.launch import LOOPBACK_ONLY
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.rehearsal.drift.cases import Case
from assistant.rehearsal.drift.rehearsal import DriftRun, DriftStage, drifted, judged
from assistant.setup.browser import Browser as FoundBrowser
from assistant.signing.signer import CardSigner
from flows import HostRule
from mock_portal import Act, gateway
from mock_portal.drift.change import CONSENT
from tests.other_tools.recorded import RecordedStep, recorded

Way = Literal["recorded", "healing"]

STEP_TIMEOUT_MS = 3_000.0
"""How long a step looks for its element. A recorder's default is 30 s, which would only take longer."""
_CODE = re.compile(r"(?<!\d)\d{15}(?!\d)")


class _GaveUp(Exception):  # noqa: N818 (giving up is no error)
    """The script couldn't find its element."""


@dataclass(frozen=True, slots=True)
class ScriptEnd:
    """How a script ended. It isn't one of our runs, so there is little to know."""

    reason: str | None
    """What made the script give up; None if it finished."""
    duration_ms: int

    @property
    def outcome(self) -> Literal["done", "gave_up"]:
        """How it ended."""
        return "done" if self.reason is None else "gave_up"


class Comparison:
    """A separate browser, driven from its own thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, browser: Browser) -> None:
        self._loop = loop
        self._browser = browser

    def is_connected(self) -> bool:
        """Whether the browser is still running."""
        return self._browser.is_connected()

    def run(self, case: Case, way: Way) -> DriftRun:
        """Let *way* try *case*."""
        with drifted(case) as stage:
            began = monotonic()
            tried = asyncio.run_coroutine_threadsafe(_try(self._browser, stage, way), self._loop)
            problem, got_there = tried.result()
            given = stage.acts().get(Act.CONSENT_GIVEN.value, 0)
            # Somebody who has already consented needs nothing more: giving up at the E-Onay screen is right.
            reached = got_there and given == 0 if case.has_consent else given == 1 and problem is None
            return judged(
                stage,
                ScriptEnd(problem, round((monotonic() - began) * 1000)),
                went_on=problem is None,
                reached=reached,
                stopped=problem is not None,
            )


@contextmanager
def comparing(found: FoundBrowser, extra_args: Sequence[str] = ()) -> Iterator[Comparison]:
    """Open the browser for the comparison, with any extra arguments."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="comparison", daemon=True)
    thread.start()

    def call(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()

    playwright = call(async_playwright().start())
    try:
        browser = call(playwright.chromium.launch(**found.launch_options(*LOOPBACK_ONLY, *extra_args)))
        try:
            yield Comparison(loop, browser)
        finally:
            call(browser.close())
    finally:
        call(playwright.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _try(browser: Browser, stage: DriftStage, way: Way) -> tuple[str | None, bool]:
    """Run the script. Returns what made it give up (None if it didn't), and whether it reached the E-Onay screen."""
    context = await browser.new_context(locale="tr-TR", **stage.case.context)
    context.set_default_timeout(STEP_TIMEOUT_MS)
    page = await context.new_page()
    finder = _Healing(page) if way == "healing" else _Recorded(page)
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(urlsplit(frame.url).path))
    try:
        await page.goto(stage.entry)
        code = ""
        for step in recorded(stage.case, stage.person):
            code = await _do(finder, step, stage) or code
        await asyncio.to_thread(_sign, stage, code)
        await page.get_by_text("İşlem başarılı").first.wait_for()
    except (PlaywrightError, _GaveUp, EonayError) as error:
        return type(error).__name__, CONSENT in seen
    finally:
        await context.close()
    return None, CONSENT in seen


async def _do(finder: _Recorded, step: RecordedStep, stage: DriftStage) -> str | None:
    if step.name == "Onayla" and stage.person.second_step == "phone":
        await _approve_on_phone(stage)
    element = await finder.find(step)
    if step.does == "fill":
        await element.fill(step.value)
    elif step.does == "check":
        await element.check()
    elif step.does == "click":
        await element.click()
    else:
        shown = await element.evaluate("element => element.value || element.parentElement.textContent")
        found = _CODE.search(str(shown))
        if found is None:
            raise _GaveUp
        return found[0]
    return None


async def _approve_on_phone(stage: DriftStage) -> None:
    ends = monotonic() + STEP_TIMEOUT_MS / 1000
    while not gateway.approve_phone(stage.portal, stage.person.key) and monotonic() < ends:
        await asyncio.sleep(0.05)


class _Recorded:
    """Playwright's own locators."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def locator(self, step: RecordedStep) -> Locator:
        """Return the locator the recorder would write."""
        if step.role == "text":
            return self.page.get_by_text(step.name, exact=True)
        role: Any = step.role
        return self.page.get_by_role(role, name=step.name)

    async def find(self, step: RecordedStep) -> Any:
        """Return the element for *step*."""
        return self.locator(step)


class _Healing(_Recorded):
    """The same locators; whatever times out goes to the library."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        from playwright_healer.config import HealerConfig, HealingStrategy
        from playwright_healer.pipeline import HealingPipeline

        config = HealerConfig(
            providers=[],
            strategy=HealingStrategy.SMART,
            console_logging=False,
            report_html=False,
            report_json=False,
            auto_patch_source=False,
            ai_patch_source=False,
        )
        self._pipeline = HealingPipeline(page, config)

    async def find(self, step: RecordedStep) -> Any:
        """Return the element for *step*, or what the library thinks it is."""
        from playwright_healer.pipeline import ElementNotFoundError

        original = self.locator(step)
        try:
            await original.first.wait_for(state="attached")
        except PlaywrightError:
            action = step.does if step.does in {"click", "fill", "check"} else ""
            try:
                found = await self._pipeline.find(f"{step.role}::{step.name}", step.name, action=action)
            except ElementNotFoundError as error:
                raise _GaveUp from error
            return found.first
        return original


def _sign(stage: DriftStage, code: str) -> None:
    """Sign whatever the code stands for, like the official app."""
    person = stage.person
    rule = HostRule.for_loopback(stage.entry)
    card = SoftwareCard(stage.portal.pki.credentials(person), Pin(person.pin))
    signer = CardSigner(card, rule.allows, national_id=person.national_id)
    signer.start()
    try:
        signer.prepare(f"{stage.portal.origin('onlineislemler')}/eimza/KamuSM-eimza.jnlp")
        signer.sign(code, lambda _token: Pin(person.pin), lambda _request: None)
    finally:
        signer.close()
