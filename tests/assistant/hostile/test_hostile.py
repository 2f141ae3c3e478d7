"""Pages that take as long as they like: no run waits for them, and none ends as a mistake of the program's."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Browser, BrowserContext

from assistant.rehearsal.dry_run import actor_for
from assistant.rehearsal.stage import staged
from assistant.run.assemble import Cast, unattended
from assistant.run.limits import Limits
from assistant.run.person import Participant
from fixtures import scenarios
from flows import HostRule
from tests.assistant.hostile.pages import HOSTILE, instead
from tests.assistant.kills.judge import acts, kept, wrongs
from tests.assistant.kills.matrix import Mode
from tests.assistant.kills.run import place, run
from tests.assistant.official_app.display import missing
from tests.assistant.real_desk.desk import free_port
from tests.assistant.real_desk.screen import screen
from tests.assistant.real_desk.told import HANG

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
IMPATIENT = {"EONAY_PAGE_PATIENCE_S": "5", "EONAY_PERSON_PATIENCE_S": "5"}


def meet(kind: str, mode: Mode) -> tuple[str, str | None]:
    """Make a run at a portal whose home page is of *kind*; return outcome and reason."""
    if reason := missing("Xvfb", "xclip"):
        pytest.skip(reason)
    with screen(1024, 600) as shown, place(shown, free_port(), [instead(kind, "/anasayfa")]) as at:
        at.steps.await_next("")
        before = acts(at)
        ended = run(at, mode, more=IMPATIENT)
        assert list(wrongs(at, ended, before, 0, set(), was_killed=False)) == []
        (receipt,) = kept(at)
        return str(receipt["outcome"]), None if receipt["reason"] is None else str(receipt["reason"])


def test_a_page_that_never_ends_keeps_no_run() -> None:
    """A home page that moves on forever ends the run in its time: as stuck, or well where a press was quick enough.

    If only the first press was, the signed consent can't be looked at again, and that is what is told.
    """
    ends = {("halted", "navigation_stuck"), ("consent_given", None), ("unverified", "not_checkable")}
    assert meet("leaving", "unattended") in ends


def test_windows_without_end_bury_nothing() -> None:
    """Before a person the browser holds back what a page opens unasked, and the run goes on as if nothing were."""
    assert meet("windows", "card") == ("consent_given", None)


def test_a_call_that_never_returns_is_ended(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that answers no call any more ends its run as frozen, from a thread next to the browser's."""
    monkeypatch.setattr("assistant.run.loop.FROZEN_S", 1.0)
    with staged(scenarios()["already-consented"], None) as stage:
        freezes = f"() => {{ if (location.pathname === '/anasayfa') {HANG} }}"

        def seat(context: BrowserContext, rule: HostRule) -> Participant:
            context.add_init_script(f"({freezes})()")
            return actor_for(scenarios()["already-consented"], stage, context, rule)

        cast = Cast(stage.entry, stage.card, stage.ask_pin, stage.national_id, seat)
        result = unattended(cast, browser, Limits(page_s=5, person_s=5))
    assert (result.outcome, result.reason) == ("failed", "page_frozen")


@pytest.mark.nightly(sample="tests/assistant/hostile/test_hostile.py::test_a_page_that_never_ends_keeps_no_run")
@pytest.mark.parametrize("mode", ["unattended", "card"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_page_keeps_a_run(kind: str, mode: Mode) -> None:
    """Frozen, flooding, endless, huge or a decompression bomb: each ends with its own reason, and nothing is left."""
    outcome, reason = meet(kind, mode)
    assert (outcome, reason) != ("failed", "internal_error")
    if kind.startswith("frozen"):
        assert (outcome, reason) == ("failed", "page_frozen")
