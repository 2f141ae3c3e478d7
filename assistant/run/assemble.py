"""Puts a run together from its parts. Nothing else makes a `Run`.

::

    guided     go           a person at their desk, and whatever signs
    unattended unattended   a test person, the card signer, a fresh context on a portal of this machine
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from assistant.base.interrupt import hold_interrupts
from assistant.base.trouble import outcome_stays
from assistant.browser.launch import fresh_context
from assistant.card.card import Card
from assistant.run.limits import Limits
from assistant.run.loop import Run
from assistant.run.person import Participant
from assistant.run.record import RunResult
from assistant.signing.by_card import CardComponent
from assistant.signing.component import SigningComponent
from assistant.signing.signer import AskPin
from flows import HostRule, Look, Shield, portal_look

OnStep = Callable[[str, str], None]
"""Called with the step and the screen each time a step begins."""
AtEnd = Callable[[BrowserContext, HostRule, RunResult], None]
"""Called when the run is over and its pages are still open."""


def untold(step: str, screen: str) -> None:
    """Report a step to nobody."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in an unattended run, and where."""

    entry: str
    """The portal's address, on this machine."""
    card: Card = field(repr=False)
    ask_pin: AskPin = field(repr=False)
    national_id: str | None = field(repr=False)
    """Whose card it must be; None for whoever logs in."""
    seat: Callable[[BrowserContext, HostRule], Participant] = field(repr=False)
    """Puts the test person at the fresh context, and does what was done in it before the run."""
    shape: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """More of Playwright's options for the context."""
    look: Look = field(default_factory=portal_look, repr=False)
    """How to recognise the portal's ways."""


def go(
    context: BrowserContext,
    rule: HostRule,
    person: Participant,
    signing: SigningComponent,
    limits: Limits,
    on_step: OnStep = untold,
    shield: Shield | None = None,
) -> RunResult:
    """Make one run. Once it ends, a request to end raises nothing: how it went must be told."""
    result = Run(context, rule, person, signing, limits=limits, shield=shield, on_step=on_step).go()
    hold_interrupts()
    return result


def unattended(
    cast: Cast, browser: Browser, limits: Limits, *, on_step: OnStep = untold, at_end: AtEnd | None = None
) -> RunResult:
    """Make one unattended run. Raises `flows.PortalAddressError` for a portal that isn't on this machine."""
    rule = HostRule.for_loopback(cast.entry, cast.look)
    component = CardComponent(cast.card, rule, cast.ask_pin, cast.national_id)
    try:
        with fresh_context(browser, **cast.shape) as context:
            result = go(context, rule, cast.seat(context, rule), component, limits, on_step)
            if at_end is not None:
                with outcome_stays("at the end"):
                    at_end(context, rule, result)
        return result
    finally:
        with outcome_stays("closing the component"):
            component.close()
