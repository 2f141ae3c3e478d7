"""A scenario can be rehearsed in each look; its runs are told apart, and must end in the same way."""

from __future__ import annotations

import fixtures
from assistant.cli.dry_run import in_looks
from assistant.rehearsal.shard import jobs_of
from fixtures import LOOKS

SOME = [fixtures.scenarios()[name] for name in ("first-time", "already-consented")]


def test_all_is_every_scenario_in_every_look() -> None:
    """`--look all` makes each scenario once in each look, one look after another; without it the usual one is drawn."""
    made = in_looks(SOME, "all")
    assert [(scenario.look, scenario.name) for scenario in made] == [(look, s.name) for look in LOOKS for s in SOME]
    assert in_looks(SOME, None) == SOME
    assert {scenario.look for scenario in in_looks(SOME, "jsf")} == {"jsf"}


def test_runs_in_two_looks_are_no_repetitions() -> None:
    """What tells runs apart names the look; the usual one is called by its edition alone, as it ever was."""
    keys = [job.key for job in jobs_of(in_looks(SOME[:1], "all"), 2)]
    assert keys[:2] == [("first-time", "2026")] * 2
    assert len(set(keys)) == len(LOOKS)
    assert ("first-time", "2026-jsf") in keys


def test_a_look_changes_nothing_that_is_expected() -> None:
    """Outcome, reason and ledger are the scenario's in every look."""
    for scenario in SOME:
        assert {scenario.in_look(look).expect.outcome for look in LOOKS} == {scenario.expected_outcome}
        assert {scenario.in_look(look).signature() for look in LOOKS} == {scenario.signature()}
