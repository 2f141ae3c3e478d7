"""A small sample of generated pages of each kind; `python -m tests.assistant.cases.explore` runs as many as you like."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import run_page
from tests.assistant.cases.kinds import KINDS, variant
from tests.sampling import sampled

SEEDS = (3, 8)
SIDES = ("trap", "twin")


@pytest.mark.parametrize(
    ("kind", "seed", "side"),
    sampled(
        product(KINDS, SEEDS, SIDES),
        every_run=[
            *product(("codes", "dialogs", "browser", "statements"), SEEDS[:1], SIDES),
            *product(("drawing", "overlays", "presses", "visibility"), SEEDS[:1], ("trap",)),
            *product(("controls", "shapes", "toasts"), SEEDS[:1], ("twin",)),
        ],
    ),
)
def test_a_trap_is_left_alone_and_its_twin_is_passed(browser: Browser, kind: str, seed: int, side: str) -> None:
    """Of two pages with the same shape, the weighty one ends as it must and the harmless one goes through."""
    made = variant(kind, seed, trap=side == "trap")
    ended = run_page(made.html, browser, made.limits)
    assert ended.differences(made.expected) == [], made.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_makes_the_same_page_every_time(kind: str) -> None:
    """A page that failed can be made again from its kind and seed."""
    assert variant(kind, 5, trap=True) == variant(kind, 5, trap=True)
    assert variant(kind, 5, trap=True).html != variant(kind, 5, trap=False).html
