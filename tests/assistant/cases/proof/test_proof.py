"""A sample of the proof in every run; ``.ci/nightly`` makes all of it, and docs/traps.md is its table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import Expectation, run_page
from tests.assistant.cases.kinds import variant
from tests.assistant.cases.proof.__main__ import kinds_told
from tests.assistant.cases.proof.browser_kinds import BROWSER
from tests.assistant.cases.proof.judge import Judged
from tests.assistant.cases.proof.pure_kinds import PURE
from tests.assistant.cases.proof.table import HEAD, TWINS, Tried, holds, markdown
from tests.assistant.cases.proof.tries import tasks, try_purely
from tests.sampling import sampled
from tests.tree import ROOT

PAGES = 40
"""Of each kind, half of them traps: 320 together."""
SEEDS = {"carried": 0, "actions": 1, "lies": 0, "hidden": 0, "added": 3, "late": 14}
TABLE = ROOT / "docs" / "traps.md"


@pytest.mark.parametrize("kind", PURE)
def test_by_the_rules_alone_no_trap_is_met_and_twins_are_passed(kind: str) -> None:
    """For each kind: nothing wrong would be done on any page, every trap is left alone, and 99 of 100 twins pass."""
    tried = [try_purely(task) for task in tasks([kind], PAGES)]
    assert [one for one in tried if one.wrong or (one.trap and one.differs)] == []
    assert holds(tried), [one for one in tried if one.differs]


@pytest.mark.parametrize(
    ("kind", "seed", "side"),
    sampled(
        [(*one, side) for one in SEEDS.items() for side in ("trap", "twin")],
        every_run=[
            *[("carried", 0, "trap"), ("actions", 1, "trap"), ("hidden", 0, "trap"), ("late", 14, "trap")],
            *[("actions", 1, "twin"), ("lies", 0, "twin"), ("added", 3, "twin")],
        ],
    ),
)
def test_a_run_leaves_traps_alone_and_passes_twins(browser: Browser, kind: str, seed: int, side: str) -> None:
    """A whole run against the proof's pages ends as the page says, and nothing is counted that it doesn't name."""
    made = variant(kind, seed, trap=side == "trap")
    ended = run_page(made.html, browser, made.limits)
    assert ended.differences(made.expected) == [], made.name
    if kind in PURE:
        assert try_purely(tasks([kind], 2, seed)[side != "trap"]).is_right, "the rules alone say the same"


@pytest.mark.parametrize("kind", [*PURE, *BROWSER])
def test_each_form_is_drawn_in_at_least_five_ways(kind: str) -> None:
    """No kind is one page with other words: twenty seeds make at least five documents with different tags."""
    shapes = {re.sub(r">[^<]*|=\"[^\"]*\"", "", variant(kind, seed, trap=True).html) for seed in range(20)}
    assert len(shapes) >= 5


def test_a_wrong_act_and_a_lost_twin_are_counted() -> None:
    """One wrong act fails the proof, and so do two failed twins out of a hundred; a trap isn't a twin."""
    twins = [Tried("k", seed, trap=False) for seed in range(100)]
    lost = Tried("k", 0, trap=False, differs=("halted",))
    assert holds(twins)
    assert holds([*twins[1:], lost])
    assert not holds([*twins[2:], lost, lost])
    assert not holds([*twins, Tried("k", 0, trap=True, wrong=("go",))])
    assert markdown([*twins, lost]).splitlines()[-1] == "| all | 0 | 0 | 0 | 101 | 100 | 1 |"


def test_what_is_pressed_beside_the_expected_is_wrong() -> None:
    """A press is wrong if the page names it fewer times, and a page is right only once everything it names was pressed."""
    expected = Expectation(("already_consented",), {"go": 1}, {"closed": 1})
    assert Judged("went on", ("closed", "go")).is_right(expected)
    assert not Judged("doubts", ("closed",)).is_right(expected)
    assert Judged("went on", ("go", "go")).wrong(expected) == ["go"]
    assert Judged("went on", ("go", "wrong")).wrong(expected) == ["wrong"]


def totals() -> list[list[int]]:
    """Return the last row of each table of docs/traps.md, as numbers."""
    text = TABLE.read_text(encoding="utf-8")
    return [[int(n) for n in re.findall(r"\d+", row)] for row in re.findall(r"^\| all \|.*$", text, re.MULTILINE)]


def test_the_table_is_the_commands_own() -> None:
    """docs/traps.md has as many pages as its command line says, and all kinds as they are now."""
    text = TABLE.read_text(encoding="utf-8")
    pages = [int(n) for n in re.findall(r"--(?:pure|browser) (\d+)", text)]
    assert [row[0] + row[3] for row in totals()] == pages
    assert text.count(f"| {' | '.join(HEAD)} |") == len(pages) == 2
    assert text.partition("## The kinds\n\n")[2].splitlines() == kinds_told()


def test_the_table_has_no_wrong_act_and_enough_twins() -> None:
    """In docs/traps.md every trap was left alone, nothing wrong was done, and 99 of 100 twins passed."""
    for traps, left, wrong, twins, passed, _ in totals():
        assert (left, wrong) == (traps, 0)
        assert passed >= TWINS * twins
