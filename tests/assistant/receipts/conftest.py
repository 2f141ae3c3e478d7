"""A folder of receipts for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.run.record import RunResult
from tests.assistant.receipts.saved import GOOD, Save, saved


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Save a receipt into the folder of the test."""

    def put(result: RunResult = GOOD, days: int = 0, folder: Path = tmp_path, **fields: Any) -> Path:
        return saved(result, days, folder, **fields)

    return put
