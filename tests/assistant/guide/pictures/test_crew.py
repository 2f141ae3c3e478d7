"""The pictures of a guide, taken by several workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.base.errors import GuideError
from assistant.guide.book import needed
from assistant.guide.pictures import Wanted, take_with_all_cores
from assistant.guide.pictures.capture import chosen
from assistant.guide.pictures.crew import shares


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("story", ["first-time", "already-consented"])
def test_each_picture_is_in_one_share(story: str, workers: int) -> None:
    """However many workers there are, nothing is taken twice or left out, and no share needs two runs."""
    names = needed("2026", story)
    every = shares(Wanted("2026", "tr", names.screens, names.drawings, story), workers)
    assert sorted(name for share in every for name in share.screens) == sorted(names.screens)
    assert sorted(name for share in every for name in share.drawings) == sorted(names.drawings)
    for share in every:
        assert len({spec.run for spec in chosen("2026", share.screens, story)}) == 1 - bool(share.drawings)


def test_a_guide_shows_the_run_of_its_own_story() -> None:
    """Pictures without a run of their own come from the run the guide is about."""
    runs = {spec.id: spec.run for spec in chosen("2026", None, "already-consented")}
    assert (runs["nes"], runs["login-captcha"]) == ("already-consented", "captcha")


@pytest.mark.nightly(sample="tests/assistant/guide/test_command.py::test_one_picture_is_taken_alone")
def test_workers_take_what_is_wanted(tmp_path: Path) -> None:
    """Screens and drawings come together, in the order of the guide, and each is told."""
    told: list[str] = []
    wanted = Wanted("2020", "tr", ("eonay_given", "landing"), ("app-pin",), "already-consented")
    shots = take_with_all_cores(wanted, tmp_path, told.append)
    assert list(shots) == ["eonay_given", "landing", "app-pin"]
    assert sorted(told) == sorted(shots)
    assert {len(takings) for takings in shots.values()} == {4}


def test_nothing_wanted_is_nothing_done(tmp_path: Path) -> None:
    """A guide whose pictures are all there already needs no worker."""
    assert take_with_all_cores(Wanted("2020", "tr", (), ()), tmp_path, lambda _name: None) == {}


@pytest.mark.nightly(sample="tests/assistant/guide/test_command.py::test_one_picture_is_taken_alone")
def test_what_a_worker_cannot_take_is_told(tmp_path: Path) -> None:
    """A picture that the story's run never shows is an error that names it, not a guide without it."""
    wanted = Wanted("2020", "tr", ("signed",), (), "already-consented")
    with pytest.raises(GuideError, match="picture_not_met: signed"):
        take_with_all_cores(wanted, tmp_path, lambda _name: None)
