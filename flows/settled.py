"""Whether a page is *settled*, so that we can believe what it shows: the one definition, on plain data.

A page is settled when its document is complete, nothing in its block is a placeholder or busy, it waits for no data
from its own site, and two drawn frames agree on the block. The block is the decisive one, else the page's content: see
`flows.blocks`. If one of these failed since the page came, the block must also stay unchanged for a while; a page on
which none failed costs no time. Every press compares two drawn frames: see `flows.observer.Observer.arm`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Unsettled(StrEnum):
    """Why we don't believe a page yet."""

    LOADING = "loading"
    """Its document, or a frame in sight, is still loading."""
    DRAWING = "drawing"
    """There is a placeholder in its block, or something there is busy."""
    AWAITING = "awaiting"
    """A request for data from its own site is open."""
    CHANGING = "changing"
    """One of these failed, or the block changed, too short a time ago."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one look shows."""

    block: int = 0
    """Stays the same as long as the block does, ignoring the known countdown."""
    is_complete: bool = True
    is_drawing: bool = False
    awaits_data: bool = False
    is_doubtful: bool = False
    """Something there may be a placeholder, or just an ornament."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What the looks at one page have shown so far. Moments in seconds on the caller's clock."""

    page: tuple[float, ...] = ()
    """When its documents were loaded."""
    came: float = 0.0
    since: float = 0.0
    """Since when the block is unchanged with nothing being drawn or awaited in it."""
    block: int | None = None
    """None until the first look."""
    was_complete: bool = False
    has_failed: bool = False
    """Something spoke against believing the page since it came."""
    leaves: bool = False
    """Somebody has just acted on it: its next change is the answer to that."""

    def looked(self, page: tuple[float, ...], drawn: Drawn, now: float) -> Settling:
        """Return what is known after another look."""
        before = self if page[:1] == self.page[:1] else Settling(page, now, now)
        has_changed = before.block is not None and drawn.block != before.block
        is_surprise = has_changed and before.was_complete and not before.leaves
        is_failing = drawn.is_drawing or drawn.awaits_data
        return replace(
            before,
            page=page,
            block=drawn.block,
            since=now if has_changed or is_failing else before.since,
            was_complete=drawn.is_complete,
            has_failed=before.has_failed or is_failing or drawn.is_doubtful or is_surprise,
            leaves=before.leaves and not has_changed,
        )

    def acted(self, now: float) -> Settling:
        """Return what is known after a press or a tick: the page's answer arrives as a new page does."""
        return replace(self, came=now, since=now, has_failed=False, leaves=True)

    def woken(self, now: float) -> Settling:
        """Return the same after the machine slept: the page slept too."""
        return replace(self, came=now, since=now)


def unsettled(settling: Settling, drawn: Drawn, now: float, settle_s: float) -> Unsettled | None:
    """Return why we don't believe the page at *now*, after a look was taken in; None when we do."""
    if drawn.is_drawing:
        return Unsettled.DRAWING
    if drawn.awaits_data:
        return Unsettled.AWAITING
    if now - settling.since >= settle_s:
        return None  # a picture that never arrives is no part of what the page says
    if not drawn.is_complete:
        return Unsettled.LOADING
    return Unsettled.CHANGING if settling.has_failed else None
