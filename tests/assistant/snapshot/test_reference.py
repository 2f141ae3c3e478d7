"""The reference snapshots are those of the pretend portal as it is now."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from assistant.snapshot.comparing import compare
from assistant.snapshot.reference import EDITIONS, Edition, reference
from docs.make_reference import made
from tests.sampling import sampled

STALE = "the mock has changed: python -m docs.make_reference, and say why in docs/mock-sources.md"


@pytest.mark.parametrize("edition", sampled(EDITIONS, every_run=["2026"]))
def test_mock_and_reference_are_the_same(browser: Browser, edition: Edition) -> None:
    """Made again, each screen has the same words, controls, ids, classes and order; only fonts may move them."""
    now = made(browser, edition)
    kept = reference(edition)
    changes = [f"{one.screen}: {c.told('en')}" for one in compare(kept, now) for c in one.changes if c.kind != "place"]
    assert changes == [], STALE
    assert now.without_layout() == kept.without_layout(), STALE
