"""A page that never stands still doesn't keep a run forever."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.browser.launch import fresh_context
from assistant.card.software import SoftwareCard
from assistant.run.limits import Limits
from assistant.run.loop import Run
from assistant.run.person import Unattended
from assistant.signing.by_card import CardComponent
from flows import HostRule
from tests.assistant.little_portal import Plan, little_portal

RESTLESS = "a { display: inline-block; animation: z 3s linear infinite } @keyframes z { to { margin-left: 700px } }"


@pytest.mark.nightly(sample="tests/assistant/hostile/test_hostile.py::test_a_page_that_never_ends_keeps_no_run")
def test_a_page_that_never_stands_still_halts(browser: Browser, card: SoftwareCard) -> None:
    """A control that keeps moving isn't pressed, and the run ends within the time of a page."""
    limits = Limits(settle_s=0.3, page_s=1, person_s=1, banner_s=1)
    with little_portal(Plan(style=RESTLESS)) as portal, fresh_context(browser) as context:
        rule = HostRule.for_loopback(portal.entry)
        component = CardComponent(card, rule, lambda _token: None, None)
        result = Run(context, rule, Unattended(None), component, limits=limits).go()
        component.close()
    assert (result.outcome, result.reason) == (Outcome.HALTED, "navigation_stuck")
