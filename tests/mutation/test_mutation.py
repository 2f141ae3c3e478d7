"""The mutation run's lists fit the code of today, and two mutants are tried."""

from __future__ import annotations

import multiprocessing
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from tests.flows.breaks import copied
from tests.mutation import Change, Mutant, Target, equivalent, operators, targets
from tests.tree import ROOT


def test_the_lists_name_what_is_there() -> None:
    """Every module, function and test file exists, every listed change is of a line that stands there, and has its reason."""
    assert operators()
    for target in targets():
        assert all((ROOT / file).is_file() for file in (target.file, *target.tests)), target
        module = import_module(target.file.removesuffix(".py").replace("/", "."))
        assert all(callable(attrgetter(name)(module)) for name in target.functions if name), target
    for change, why in equivalent().items():
        assert change.file in {target.file for target in targets()}, change
        lines = [line.strip() for line in (ROOT / change.file).read_text(encoding="utf-8").splitlines()]
        assert change.was in lines or change.was in " ".join(lines), change
        assert len(why.split()) > 3, change


def test_a_mutant_is_noticed(tmp_path: Path) -> None:
    """A PIN that is not forgotten turns its tests red, and a comment does not."""
    target = Target("assistant/card/pin.py", ("tests/assistant/card/test_pin.py",))
    mutants = [
        _mutant(target, "self._raw.clear()", "pass"),
        _mutant(target, "Overwrite and forget the PIN.", "Forget the PIN."),
    ]
    fork = multiprocessing.get_context("spawn")
    said = fork.SimpleQueue()
    with copied(tmp_path / "copy") as place:
        lane = fork.Process(target=_lane, args=(target, mutants, place, said))
        lane.start()
        lane.join()
        assert [said.get(), said.get()] == [(0, "killed"), (1, "survived")]


def _mutant(target: Target, was: str, becomes: str) -> Mutant:
    text = (ROOT / target.file).read_text(encoding="utf-8").replace(was, becomes)
    assert becomes in text
    return Mutant(Change(target.file, "Pin.wipe", was, becomes), text, "Pin.wipe")


def _lane(target: Target, mutants: list[Mutant], place: Path, said: Any) -> None:
    from tests.mutation.trial import try_all  # changes its whole process

    try:
        try_all(target, list(enumerate(mutants)), place, lambda number, verdict: said.put((number, verdict)))
    finally:
        said.put((None, ""))
