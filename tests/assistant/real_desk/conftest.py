"""A screen and a home for the person at a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.official_app.display import missing
from tests.assistant.real_desk.screen import Screen, screen


@pytest.fixture(scope="module")
def small_screen() -> Iterator[Screen]:
    """The screen of a small laptop."""
    if reason := missing("Xvfb", "xclip"):
        pytest.skip(reason)
    with screen(1024, 600) as shown:
        yield shown


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person's home with nothing in it."""
    return tmp_path
