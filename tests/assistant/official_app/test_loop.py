"""The loop with a signing component that can't tell how far the signature is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.browser.launch import fresh_context
from assistant.run.loop import Run
from assistant.run.person import TestPerson, Unattended
from assistant.run.question import Answer, Question
from assistant.run.record import RunResult
from assistant.signing.component import HandOff
from flows import Decision, Hand, HostRule, Seen, Signature
from tests.assistant.conftest import QUICK
from tests.assistant.little_portal import NATIONAL_ID, PASSWORD, SMS, LittlePortal, Plan, little_portal
from tests.sampling import sampled


class Elsewhere:
    """Plays a program that prints nothing."""

    def __init__(self) -> None:
        self.name = "elsewhere"
        self.codes: list[str] = []
        self.dead = False

    def start(self, hand_off: HandOff) -> None:
        """Keep the code."""
        self.codes.append(hand_off.code)
        self.dead = False

    def poll(self) -> Signature:
        """Tell nothing, but that a code is over."""
        return Signature.CODE_DEAD if self.dead else Signature.ELSEWHERE


class Wanderer(Unattended):
    """Does something in the page once the code has been handed over; says no to what is named."""

    def __init__(self, wander: Callable[[Seen], None], no: str = "") -> None:
        super().__init__(TestPerson(NATIONAL_ID, (PASSWORD,), lambda: SMS))
        self._wander: Callable[[Seen], None] | None = wander
        self._no = no
        self._handed = False

    def taken(self, question: Question) -> None:
        """Take note of the hand-off."""
        self._handed |= question.approval == "hand_off"

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Wander once, at the look after the hand-off."""
        if self._handed and self._wander is not None:
            wander, self._wander = self._wander, None
            wander(seen)

    def approve(self, question: Question) -> Answer:
        """Say yes to all but one."""
        return "no" if question.approval == self._no else "yes"


def run(
    browser: Browser, portal: LittlePortal, wander: Callable[[Seen, Elsewhere], None], no: str = ""
) -> tuple[RunResult, Elsewhere]:
    """Run with a program that tells nothing."""
    component = Elsewhere()
    person = Wanderer(lambda seen: wander(seen, component), no)
    with fresh_context(browser) as context:
        rule = HostRule.for_loopback(portal.entry)
        return Run(context, rule, person, component, limits=QUICK).go(), component


LEAVING = [("leave", True), ("leave", False), ("close", True)]


@pytest.mark.parametrize(("way", "is_signed"), sampled(LEAVING, every_run=LEAVING[1:]))
def test_leaving_the_page_is_followed_by_a_fresh_visit(browser: Browser, is_signed: bool, way: str) -> None:
    """A person who leaves or closes the signing page hears what the portal says; we request nothing twice."""
    with little_portal(Plan(banner="never")) as portal:

        def wander(seen: Seen, component: Elsewhere) -> None:
            portal.consent = is_signed
            if way == "close":
                seen.tab.page.close()
            else:
                seen.tab.page.goto(portal.entry.replace("/landing", "/ana"))

        result, component = run(browser, portal, wander)
        expected = Outcome.CONSENT_GIVEN if is_signed else Outcome.UNVERIFIED
        assert result.outcome is expected, result
        assert result.reason == (None if is_signed else "not_confirmed")
        assert portal.acts["devam"] == portal.acts["code"] == len(component.codes) == 1


def test_refusing_a_new_code_for_a_dead_one_is_a_plain_cancel(browser: Browser) -> None:
    """A code that died unused wasn't handed in: stopping there is cancelled, and we request no new code."""
    with little_portal(Plan(banner="never")) as portal:

        def wander(seen: Seen, component: Elsewhere) -> None:
            component.dead = True

        result, _ = run(browser, portal, wander, no="renew_code")
        assert (result.outcome, result.reason) == (Outcome.CANCELLED, "person_refused")
        assert portal.acts["renewed"] == 0


def test_a_new_code_on_the_page_is_handed_over(browser: Browser) -> None:
    """When the person asks for a new code themselves, the one that is on the page now is handed over."""
    with little_portal(Plan(banner="never")) as portal:

        def wander(seen: Seen, component: Elsewhere) -> None:
            seen.tab.page.get_by_role("button", name="Tekrar Kod Al").click()
            portal.announced = True

        def wander_and_leave(seen: Seen, component: Elsewhere) -> None:
            wander(seen, component)
            start = component.start

            def leave(hand_off: HandOff) -> None:
                start(hand_off)
                portal.consent = True
                hand_off.page.goto(portal.entry.replace("/landing", "/ana"))

            component.start = leave  # type: ignore[method-assign]

        result, component = run(browser, portal, wander_and_leave)
        assert result.outcome is Outcome.CONSENT_GIVEN, result
        assert component.codes[-1] == portal.code
        assert len(set(component.codes)) == 2
        assert portal.acts["devam"] == portal.acts["renewed"] == 1


class Muddled(Elsewhere):
    """Says first that it has begun, and then that nobody gave it a code."""

    def poll(self) -> Signature:
        """Say what can't be."""
        return Signature.NO


def test_a_component_that_makes_no_sense_does_not_cost_the_outcome(browser: Browser) -> None:
    """A word that no row of the tables knows ends the run, and a signature that may be on its way isn't called undone."""
    with little_portal(Plan(banner="never")) as portal, fresh_context(browser) as context:
        rule = HostRule.for_loopback(portal.entry)
        person = Unattended(TestPerson(NATIONAL_ID, (PASSWORD,), lambda: SMS))
        result = Run(context, rule, person, Muddled(), limits=QUICK).go()
    assert (result.outcome, result.reason) == (Outcome.UNVERIFIED, "not_checkable")
