"""Masked pictures of the page at which a run ended. Never of the gateway, and never before the mask is on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from loguru import logger
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from flows import HostRule

_MASK = (resources.files("assistant.report") / "mask.js").read_text(encoding="utf-8")
_PATIENCE_MS = 5_000.0


def masked_picture(context: BrowserContext, rule: HostRule, hide: Sequence[str]) -> bytes | None:
    """Return a JPEG of the newest page with every digit, field and word of *hide* made opaque, or None.

    None where a page of the newest tab may be the gateway's or is not the portal's at all, and where the browser
    cannot make one. The page is changed: take it only when the run is over.
    """
    pages = [page for page in context.pages if not page.is_closed()]
    if not pages:
        return None
    page = pages[-1]
    try:
        for frame in page.frames:
            if not frame.url.startswith(("about:blank", "about:srcdoc")) and not may_be_shown(frame.url, rule):
                return None
        if page.url.startswith("about:"):
            return None
        documents = [frame.evaluate(_MASK, {"hide": list(hide)}) for frame in page.frames]
        picture = page.screenshot(type="jpeg", quality=60, scale="css", animations="disabled", timeout=_PATIENCE_MS)
        # A page that went on meanwhile is another document, without the mask.
        return picture if [frame.evaluate("performance.timeOrigin") for frame in page.frames] == documents else None
    except PlaywrightError as error:
        logger.debug("no picture: {}", type(error).__name__)
        return None


def may_be_shown(address: str, rule: HostRule) -> bool:
    """Tell whether *address* is the portal's and in no case the gateway's."""
    sites = rule.sites(address)
    return bool(sites) and "gateway" not in sites
