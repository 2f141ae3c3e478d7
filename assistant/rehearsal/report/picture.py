"""Masked pictures of the page where a run ended. Never of the gateway, and never before the mask is on."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources

from loguru import logger
from playwright.sync_api import BrowserContext, Frame, Page
from playwright.sync_api import Error as PlaywrightError

from flows import HostRule
from flows.giving_up import given_up_after

_MASK = (resources.files("assistant.rehearsal.report") / "mask.js").read_text(encoding="utf-8")
_PATIENCE_MS = 5_000.0
"""Timeout for all of it, milliseconds."""


def masked_picture(context: BrowserContext, rule: HostRule, hide: Sequence[str]) -> bytes | None:
    """Return a JPEG of the newest page with every digit, field and word in *hide* blacked out, or None.

    None if the newest tab may show the gateway, or isn't the portal's, at any moment until the picture is taken. None
    too if the browser can't take one. This changes the page, so only do it after the run.
    """
    pages = [page for page in context.pages if not page.is_closed()]
    if not pages:
        return None
    page = pages[-1]
    try:
        with given_up_after(_PATIENCE_MS / 1000), movements(page) as moved:
            frames = page.frames
            if page.url.startswith("about:") or not all(_is_allowed(frame.url, rule) for frame in frames):
                return None
            masked = [frame.evaluate(_MASK, {"hide": list(hide), "address": frame.url}) for frame in frames]
            if moved or None in masked or not all(_is_allowed(frame.url, rule) for frame in frames):
                return None
            picture = page.screenshot(type="jpeg", quality=60, scale="css", animations="disabled", timeout=_PATIENCE_MS)
            # If the page has moved on it is another document: without the mask, and maybe the gateway's.
            after = [frame.evaluate("[performance.timeOrigin, location.href]") for frame in page.frames]
        is_same = after == [[began, frame.url] for began, frame in zip(masked, frames, strict=True)]
        return picture if is_same and not moved and all(_is_allowed(address, rule) for _, address in after) else None
    except (PlaywrightError, CancelledError) as error:  # a page that is navigating may never answer
        logger.debug("no picture: {}", type(error).__name__)
        return None


@contextmanager
def movements(page: Page) -> Iterator[Sequence[Frame]]:
    """Collect the frames of *page* that navigate, appear or vanish while the body runs, even if they come back.

    The browser reports a navigation before it returns a picture taken after it.
    """
    moved: list[Frame] = []

    def note(frame: Frame) -> None:
        moved.append(frame)

    page.on("framenavigated", note)
    page.on("frameattached", note)
    page.on("framedetached", note)
    try:
        yield moved
    finally:
        page.remove_listener("framenavigated", note)
        page.remove_listener("frameattached", note)
        page.remove_listener("framedetached", note)


def _is_allowed(address: str, rule: HostRule) -> bool:
    return address.startswith(("about:blank", "about:srcdoc")) or may_be_shown(address, rule)


def may_be_shown(address: str, rule: HostRule) -> bool:
    """Whether *address* is the portal's and certainly not the gateway's."""
    sites = rule.sites(address)
    return bool(sites) and "gateway" not in sites
