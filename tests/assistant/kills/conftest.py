"""A port for the browsers of guided runs."""

from __future__ import annotations

import pytest

from tests.assistant.real_desk.desk import free_port as _free_port


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens on."""
    return _free_port()
