"""Many people use the mock portal at once, and somebody sends it nonsense."""

from __future__ import annotations

from tests.mock_portal.crowd import crowded


def test_nobody_is_taken_for_another_whatever_is_sent() -> None:
    """200 people each see their own name. In between, random requests change nothing and stop nothing."""
    found = crowded(400)
    assert found.nonsense > 20
    assert found.wrongs == ()
