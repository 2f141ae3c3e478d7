"""Opening a browser for a run: the machine's own, kept quiet, and on a loopback portal kept off every network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loguru import logger
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from assistant.base.errors import SetupError
from assistant.browser.driver import started_driver
from assistant.setup.policies import hindering
from assistant.setup.system import System

if TYPE_CHECKING:
    from assistant.setup import Browser as FoundBrowser

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)
LOOPBACK_ONLY = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
)
"""Arguments that keep a browser off every network except this machine's own."""
_CLOSING_TRIES = 25
_CLOSING_MS = 200.0
_START_MS = 90_000.0
"""Timeout for the browser's start. Some policies keep an app window from coming at all."""
_OPENS_ALL = "--disable-popup-blocking"
"""Playwright's, for tests. Before a person the browser holds back windows that nobody's press has asked for, as theirs
does: a page that opens them without end would bury the portal's window and the panel."""
_UNTRANSLATED = """if (self === top) addEventListener('DOMContentLoaded', () => {
  const mark = document.createElement('meta');
  mark.name = 'google';
  mark.content = 'notranslate';
  document.head?.append(mark);
});"""


@dataclass(frozen=True, slots=True)
class BrowserOptions:
    """How the browser is opened."""

    headed: bool = False
    slow_mo_ms: float = 0
    loopback_only: bool = True
    extra_args: Sequence[str] = field(default=())
    scratch: Path | None = None
    """Where the browser keeps its profile; None for the system's temporary folder."""
    app: str = ""
    """An address that gets an app window, without address bar: the only page of the browser's first context."""


@contextmanager
def open_browser(found: FoundBrowser, options: BrowserOptions) -> Iterator[Browser]:
    """Start *found* and close it afterwards.

    Raises `SetupError` when it doesn't start: ``browser_policy`` when the institution forbids it, else
    ``browser_failed``.
    """
    if policy := hindering(found, System.current(), headed=options.headed):
        raise SetupError("browser_policy", f"{policy}.")
    with started_driver(scratch=options.scratch) as playwright:
        browser = _launch(playwright, found, options)
        try:
            yield browser
        finally:
            with suppress(PlaywrightError):
                browser.close()


@contextmanager
def fresh_context(browser: Browser, **shape: Any) -> Iterator[BrowserContext]:
    """Open a context that shares nothing with any other, in Turkish, and close it afterwards.

    *shape* holds more of Playwright's options for it.
    """
    context = browser.new_context(**{"locale": "tr-TR", "accept_downloads": False, **shape})
    keep_untranslated(context)
    try:
        yield context
    finally:
        with suppress(PlaywrightError):
            context.close()


def browser_name(browser: Browser, found: FoundBrowser) -> str:
    """Return product and version of an open browser that was *found*, like ``Chromium 150.0 (headless shell)``.

    Empty when the browser gives no version in that form.
    """
    return found.named(browser.version)


def close_page(page: Page) -> bool:
    """Close *page* as a person closes a tab; return whether it is closed. Takes a few seconds at most.

    Chromium loses a close request that coincides with the commit of a navigation (42 of 50 that came with the answer to
    a press): the page lives on. Playwright asks once and then hangs, and so would a second `Page.close`, which waits
    for the first. With *run_before_unload* it doesn't wait, and asks each time we call it.
    """
    with suppress(PlaywrightError):  # also when the page went away by itself meanwhile
        for _ in range(_CLOSING_TRIES):
            if page.is_closed():
                break
            page.close(run_before_unload=True)
            with suppress(PlaywrightTimeoutError):
                page.wait_for_event("close", timeout=_CLOSING_MS)
    return page.is_closed()


def keep_untranslated(context: BrowserContext) -> None:
    """Keep Chromium from offering to translate the pages of *context*: that bubble would lie over the portal, and on a
    translated page neither the person nor the assistant would find the words they look for.

    The pages say so themselves (developers.google.com/search/docs/crawling-indexing/special-tags): there is no argument
    any more that turns the offer off, and a context takes no settings.
    """
    context.add_init_script(_UNTRANSLATED)


def _launch(playwright: Playwright, found: FoundBrowser, options: BrowserOptions) -> Browser:
    args = [*QUIET, *(LOOPBACK_ONLY if options.loopback_only else ()), *options.extra_args]
    how: dict[str, Any] = {
        "headless": not options.headed,
        "slow_mo": options.slow_mo_ms,
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        "timeout": _START_MS,
    }
    try:
        if not options.app:
            return playwright.chromium.launch(**found.launch_options(*args), **how)
        # Chromium opens an app window only at startup, and only in the context it starts with. That one's profile is
        # in a temporary folder of Playwright's all the same.
        how |= {"locale": "tr-TR", "accept_downloads": False, "service_workers": "block", "no_viewport": True}
        args.append(f"--app={options.app}")
        if not found.sandbox:  # otherwise a bar about it would cover the panel's top
            args.append("--test-type")
        how |= found.launch_options(*args)
        how["ignore_default_args"] = [*how.get("ignore_default_args", ()), _OPENS_ALL]
        browser = playwright.chromium.launch_persistent_context("", **how).browser
    except PlaywrightError as error:
        logger.debug("the browser did not start: {}", error.message.splitlines()[0] if error.message else "")
        raise SetupError("browser_failed") from error
    if browser is None:
        raise SetupError("browser_failed")
    return browser
