"""Other ways of finding things, on the same pages and seeds, judged by the same ledger.

``recorded``: the script in `recorded.py` with Playwright's own locators, as its recorder writes them.
``healing``: the same script through playwright-healer (PyPI, MIT) with its heuristics and without any model. It is no
dependency of the program; where it is not installed that column is left out.
Both get the code off the page and sign with the card that the flow has; what they do is what they press.
"""

from __future__ import annotations

import asyncio
import importlib.util
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
from assistant.rehearsal.drift.recorded import RecordedStep, recorded
from assistant.rehearsal.drift.rehearsal import DriftRun, DriftStage, ScriptEnd, drifted, judged, since_ms
from assistant.setup.browser import Browser as FoundBrowser
from assistant.signing.signer import CardSigner
from flows import HostRule
from mock_portal import Act, gateway
from mock_portal.drift.change import CONSENT

Way = Literal["recorded", "healing"]

STEP_TIMEOUT_MS = 3_000.0
"""How long a step looks for its element; a recorder's default is 30 s, and changes nothing but the time."""
_CODE = re.compile(r"(?<!\d)\d{15}(?!\d)")


class _GaveUp(Exception):  # noqa: N818 (a script that gives up has done its best)
    """The script did not find what it was told to use."""


def has_healer() -> bool:
    """Tell whether playwright-healer is installed."""
    return importlib.util.find_spec("playwright_healer") is not None


class Comparison:
    """A browser of its own, driven from a thread of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop, browser: Browser) -> None:
        self._loop = loop
        self._browser = browser

    def is_connected(self) -> bool:
        """Tell whether the browser still runs."""
        return self._browser.is_connected()

    def run(self, case: Case, way: Way) -> DriftRun:
        """Let *way* try *case*."""
        with drifted(case) as stage:
            began = monotonic()
            tried = asyncio.run_coroutine_threadsafe(_try(self._browser, stage, way), self._loop)
            problem, got_there = tried.result()
            given = stage.acts().get(Act.CONSENT_GIVEN.value, 0)
            # Whoever has consented already needs nothing more: to give up at the E-Onay screen is right.
            reached = got_there and given == 0 if case.has_consent else given == 1 and problem is None
            return judged(
                stage,
                ScriptEnd(problem, since_ms(began)),
                went_on=problem is None,
                reached=reached,
                stopped=problem is not None,
            )


@contextmanager
def comparing(found: FoundBrowser, extra_args: Sequence[str] = ()) -> Iterator[Comparison]:
    """Open the browser of the comparison, with more arguments where there are any."""
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
    """Run the script. Returns what made it give up, None for nothing, and whether it got to the E-Onay screen."""
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
        """Return the locator as the recorder writes it."""
        if step.role == "text":
            return self.page.get_by_text(step.name, exact=True)
        role: Any = step.role
        return self.page.get_by_role(role, name=step.name)

    async def find(self, step: RecordedStep) -> Any:
        """Return what *step* acts on."""
        return self.locator(step)


class _Healing(_Recorded):
    """The same locators; what is not there within the time is left to the library."""

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
        """Return what *step* acts on, or what the library takes for it."""
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
    """Sign what the code stands for, whatever it is, as the official app would."""
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
