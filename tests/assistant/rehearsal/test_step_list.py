"""The list of steps that a dry run shows while it goes."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from assistant.rehearsal.show import StepList, live_steps


def marks(listing: StepList) -> list[str]:
    """Return the mark of each step, as it is drawn."""
    drawn = Console(file=io.StringIO(), width=120)
    with drawn.capture() as capture:
        drawn.print(listing)
    return [line.split()[2] for line in capture.get().splitlines() if " s " in line]


@pytest.mark.parametrize(("good", "last"), [(True, "✓"), (False, "✗")])
def test_the_step_at_which_a_run_failed_is_not_ticked(good: bool, last: str) -> None:
    """Steps that were left behind are ticked; the last one only if the run ended well."""
    listing = StepList("", "tr")
    listing.note("landing", "landing")
    listing.note("login", "login")
    assert marks(listing) == ["✓", "●"]
    listing.end(good=good)
    assert marks(listing) == ["✓", last]


def test_a_run_that_was_broken_off_leaves_its_last_step_open() -> None:
    """If nobody knows how the run ended, its last step is neither done nor failed."""
    with live_steps(Console(file=io.StringIO()), "", "tr") as listing:
        listing.note("landing", "landing")
    assert marks(listing) == ["●"]
