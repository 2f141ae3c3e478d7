"""Scenarios of every kind, each from the landing page to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

import fixtures
from assistant.card.modules import find_softhsm
from assistant.rehearsal.dry_run import prepare, rehearse
from assistant.rehearsal.verdict import Verdict
from assistant.run.limits import Limits
from fixtures import Scenario
from tests.sampling import sampled

PATIENCE = Limits(settle_s=1, page_s=30, person_s=30, banner_s=5)
QUICK = [scenario for scenario in fixtures.scenarios().values() if "quick" in scenario.tags]
DRAWN_BY_SCRIPTS = [
    fixtures.scenarios()["error-503-nes"].in_look("components"),
    fixtures.scenarios()["error-500-e-onay"].in_look("jsf"),
    fixtures.scenarios()["revoking-devam"].in_look("jsf"),
]
"""A press here requests no page, so trouble shows up differently."""
RunScenario = Callable[[Scenario], Verdict]


@pytest.fixture
def run_scenario(browser: Browser) -> RunScenario:
    """Run a scenario in the tests' browser."""

    def run(scenario: Scenario) -> Verdict:
        with ExitStack() as stack:
            stage = prepare(scenario, find_softhsm(), stack)
            return rehearse(scenario, stage.result(), browser, PATIENCE, lambda _step, _screen: None)

    return run


EVERY_RUN = {
    *("first-time", "already-consented", "sharing-refused", "unknown-wording", "two-devam", "code-expires-before"),
    *("wrong-pin", "final-try", "answer-lost", "lying-banner", "error-500-e-onay"),
}
"""One of each kind of ending, and those in which most could go wrong."""
CHOSEN = [*QUICK, *DRAWN_BY_SCRIPTS]


@pytest.mark.parametrize(
    "scenario",
    sampled(CHOSEN, every_run=[one for one in CHOSEN if one.name in EVERY_RUN]),
    ids=lambda one: f"{one.name}-{one.drawn}",
)
def test_the_scenario_ends_as_it_should(run_scenario: RunScenario, scenario: Scenario) -> None:
    """Outcome, reason, the whole ledger, the faults and the PINs are what the scenario says."""
    report = run_scenario(scenario)

    assert (report.result.outcome.value, report.result.reason) == (scenario.expected_outcome, scenario.expected_reason)
    assert report.wrong == ()
    assert report.passed
