"""The breaks of the JavaScript guard fit today's code, and we make one of them."""

from __future__ import annotations

from pathlib import Path

from tests.flows.breaks import breaks, copied, is_noticed
from tests.tree import ROOT


def test_each_break_fits_the_code() -> None:
    """The text a break replaces is in its file exactly once, so all twenty and more still break what they say."""
    assert len(breaks()) >= 20
    for one in breaks():
        assert (ROOT / one.file).read_text(encoding="utf-8").count(one.old) == 1, one.what


def test_a_break_is_noticed(tmp_path: Path) -> None:
    """The first break turns its test red."""
    with copied(tmp_path / "copy") as place:
        assert is_noticed(breaks()[0], place)
