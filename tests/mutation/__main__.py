"""``python -m tests.mutation [--jobs N] [--part I/N] [WORD …]``: try every mutant, or a part of them, or those of the
modules whose path has a word.

Exit code 0 where each mutant is noticed by a test or listed in ``equivalent.toml``, and that list has no entry too many.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from assistant.rehearsal.shard import Shard
from tests.flows.breaks import copied
from tests.mutation import Change, Mutant, Target, equivalent, targets
from tests.mutation.mutants import mutants
from tests.mutation.trial import NoTrialError, Verdict, prepare, try_all, warm_up
from tests.sampling import dealt

_FORK = multiprocessing.get_context("fork")


def main(arguments: Sequence[str]) -> int:
    """Try the mutants and say what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--part", type=Shard.parse, default=Shard(1, 1), metavar="I/N", help="one part of N")
    parser.add_argument("words", nargs="*", metavar="WORD")
    chosen = parser.parse_args(arguments)
    warm_up()
    chosen_targets = [target for target in targets() if _is_wanted(target.file, chosen.words)]
    if not chosen_targets:
        parser.error(f"no module has {' or '.join(chosen.words)} in its path")
    listed, new = equivalent(), 0
    stale = {change for change in listed if _is_wanted(change.file, chosen.words)}
    with _copies(chosen.jobs) as places:
        for target in chosen_targets:
            begun, counts = time.monotonic(), Counter[str]()
            made = mutants(target)
            ours = dealt(made, chosen.part)
            stale -= {mutant.change for mutant in made} - {mutant.change for mutant in ours}
            for change, verdict in _tried(target, ours, places):
                counts[verdict] += 1
                if verdict == "survived":
                    stale.discard(change)
                    counts["listed"] += change in listed
                    if change not in listed:
                        _say(f"\nNot noticed by any test: kill it, or list it with the reason.\n{_entry(change)}")
            left = counts["survived"] - counts["listed"]
            new += left
            _say(
                f"{target.file}: {counts.total() - counts['listed']} mutants, {counts['killed']} killed,"
                f" {counts['timed out']} hung, {counts['listed']} listed, {left} NOT noticed,"
                f" {time.monotonic() - begun:.0f} s"
            )
    for change in sorted(stale, key=_entry):
        _say(f"\nListed as unnoticeable, but noticed or gone: take it off the list.\n{_entry(change)}")
    return 1 if new or stale else 0


@contextmanager
def _copies(jobs: int) -> Iterator[list[Path]]:
    """Make a copy of the checkout for each of *jobs* processes."""
    with tempfile.TemporaryDirectory(prefix="eonay-mutation-") as folder, ExitStack() as copies:
        places = [copies.enter_context(copied(Path(folder) / f"copy{n}")) for n in range(jobs)]
        for place in places:
            prepare(place)
        yield places


def _tried(target: Target, wanted: Sequence[Mutant], places: Sequence[Path]) -> Iterator[tuple[Change, Verdict]]:
    """Yield how each mutant fared; each copy takes its share of them."""
    said: Any = _FORK.SimpleQueue()
    shares = [(list(enumerate(wanted))[n :: len(places)], place) for n, place in enumerate(places)]
    lanes = [_FORK.Process(target=_lane, args=(target, share, place, said)) for share, place in shares if share]
    for lane in lanes:
        lane.start()
    at_work = len(lanes)
    while at_work:
        number, word = said.get()
        if number is not None:
            yield wanted[number].change, word
            continue
        at_work -= 1
        if word:
            sys.exit(word)
    for lane in lanes:
        lane.join()


def _lane(target: Target, share: Sequence[tuple[int, Mutant]], place: Path, said: Any) -> None:
    """Say the number and verdict of each mutant of *share*, then None and what went wrong, if anything did."""
    trouble = "A process that tries mutants has ended unexpectedly."
    try:
        try_all(target, share, place, lambda number, verdict: said.put((number, verdict)))
        trouble = ""
    except NoTrialError as error:
        trouble = str(error)
    finally:
        said.put((None, trouble))


def _is_wanted(file: str, words: Sequence[str]) -> bool:
    return not words or any(word in file for word in words)


def _entry(change: Change) -> str:
    fields = [("file", change.file), ("where", change.where), ("was", change.was), ("becomes", change.becomes)]
    return "\n".join(("[[change]]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields)))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
