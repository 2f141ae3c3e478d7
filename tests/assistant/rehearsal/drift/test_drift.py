"""The flow works if only the look changes, and stops when it must."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.rehearsal.drift.cases import COMBINED_STOP, Case, case_names, case_of, cases
from assistant.rehearsal.drift.rehearsal import (
    DriftRun,
    DriftStage,
    Verdict,
    drifted,
    judged,
    rehearse_drift,
)
from assistant.rehearsal.drift.report import DriftReport, save
from fixtures import LOOKS, drift_kinds
from mock_portal import Act
from tests.other_tools.scripts import ScriptEnd
from tests.sampling import sampled

SAMPLE: tuple[tuple[str, ...], ...] = (
    ("names", "wrappers", "spaces"),
    ("tags", "dashes", "zoom"),
    ("order", "labels", "upper-typed"),
    ("overlay", "menu", "resembling-words"),
    ("late", "column", "hidden-decoys", "forbidden-neighbours"),
    ("shadow", "split-words", "dark"),
    ("frame", "overlay", "addresses"),
    ("other-style", "signs", "disabled-decoys", "plain-words"),
)
"""Harmless changes, several at once so that a few runs cover many."""
STOPS = (
    "text-gone",
    "two-candidates",
    "state-both",
    "state-neither",
    "state-lying",
    "forbidden-behind",
    "another-host",
)


def sample(changes: tuple[str, ...], number: int) -> Case:
    """Return a case with *changes* for one of the usual people."""
    plain = case_of(number, "narrow")
    return replace(
        plain,
        changes=changes,
        start="login" if "labels" in changes else "home",
        person=("ayse", "mehmet", "hatice")[number % 3],
        form=("checkbox", "radio", "text")[number // 2 % 3],
        edition=("2026", "2020")[number % 2],
        look="plain",
        context={},
    )


@pytest.mark.parametrize(
    "number", sampled(range(len(SAMPLE)), every_run=[3, 5, 6]), ids=["+".join(changes) for changes in SAMPLE]
)
def test_a_changed_look_does_not_matter(browser: Browser, number: int) -> None:
    """Under several changes at once the consent is given once and seen again, and nothing wrong is done."""
    run = rehearse_drift(sample(SAMPLE[number], number), browser)
    assert run.verdict == "success", run


@pytest.mark.parametrize(
    "kind", sampled(STOPS, every_run=["two-candidates", "state-lying", "forbidden-behind", "another-host"])
)
def test_what_must_stop_stops(browser: Browser, kind: str) -> None:
    """Wanted words that are gone, doubled, unclear or on something else halt the run, and nothing wrong is done."""
    run = rehearse_drift(replace(case_of(5, kind), look="plain"), browser)
    assert run.verdict == "stopped", run


def test_seeds_are_repeatable_and_go_round_all_kinds() -> None:
    """The same seeds are the same cases, every kind comes up, and a case's own seed makes it again."""
    chosen = cases(len(case_names()) * 2)
    assert chosen == cases(len(case_names()) * 2)
    assert {case.kind for case in chosen} == set(case_names())
    assert chosen[9] == case_of(9, chosen[9].kind) == cases(1, 9, [chosen[9].kind])[0]


def test_seeds_go_round_all_looks() -> None:
    """Every look comes up; changes to links, forms or whole pages only happen where the server renders them."""
    chosen = cases(300)
    assert {case.look for case in chosen} == set(LOOKS)
    plain = {change for kind in drift_kinds().values() if kind.needs_plain for change in kind.changes}
    looks = {case.look for case in chosen if plain & set(case.changes)}
    assert looks == {"plain", "toasts", "announcements", "stepper"}


def test_stops_are_met_only_by_people_they_can_stop() -> None:
    """A person who has consented needs no stop, unless the page lies about it."""
    for kind in (*(name for name, kind in drift_kinds().items() if kind.stops), COMBINED_STOP):
        for seed in range(40):
            case = case_of(seed, kind)
            assert case.stops
            assert case.has_consent == ("state-lying" in case.changes)


@pytest.mark.parametrize(
    ("kind", "acts", "reached", "verdict"),
    [
        ("names", [Act.CONSENT_GIVEN], True, "success"),
        ("names", [], False, "stopped"),
        ("names", [Act.WITHDRAWAL_STARTED], True, "wrong"),
        ("names", [Act.CONSENT_GIVEN, Act.CONSENT_GIVEN], True, "wrong"),
        ("state-both", [], False, "stopped"),
        ("state-both", [Act.CONSENT_GIVEN], True, "wrong"),
        ("state-both", [Act.CERTIFICATE_REVOKED], False, "wrong"),
        ("state-both", [Act.CODE_ISSUED], True, "missed"),
    ],
)
def test_the_ledger_judges(kind: str, acts: list[Act], reached: bool, verdict: Verdict) -> None:
    """A wrong act in the ledger outweighs whatever a run says of itself."""
    case = replace(case_of(1, kind), person="ayse")
    with drifted(case) as stage:
        for act in acts:
            stage.portal.ledger.record(act, "ayse")
        assert ended(stage, reached=reached).verdict == verdict


def ended(stage: DriftStage, *, reached: bool) -> DriftRun:
    """Return a run that says it reached its end, or halted."""
    return judged(stage, ScriptEnd(None, 1), went_on=reached, reached=reached, stopped=not reached)


def test_the_report_counts_and_tells_how_to_repeat(tmp_path: Path) -> None:
    """Runs are counted by kind, aims are checked, and each run that went astray can be repeated."""
    runs = [_run("names", "success"), _run("names", "stopped"), _run("state-both", "stopped")]
    report = DriftReport("eonay", runs)
    assert not report.meets_aims
    assert DriftReport("eonay", [runs[0], runs[2]]).meets_aims
    assert not DriftReport("eonay", [_run("state-both", "missed")]).meets_aims
    assert not DriftReport("eonay", [*[runs[0]] * 200, _run("names", "wrong")]).meets_aims
    data, text = save([report], tmp_path)
    found = json.loads(data.read_text(encoding="utf-8"))["reports"][0]
    assert found["kinds"]["names"] == {"runs": 2, "success": 1, "stopped": 1, "missed": 0, "wrong": 0}
    assert [(run["seed"], run["kind"]) for run in found["not_as_expected"]] == [(3, "names")]
    assert "| names | 1/2 |" in text.read_text(encoding="utf-8")


def _run(kind: str, verdict: Verdict) -> DriftRun:
    return DriftRun(case_of(3, kind), verdict, ScriptEnd(None, 10))
