"""Makes runs of the matrix of kills: ``python -m tests.assistant.kills --runs 1000 --seed 1``.

Prints a line for each run and what is wrong with it; the exit code is 1 where anything is.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from assistant.fleet import cores
from assistant.rehearsal.shard import Shard
from tests.assistant.kills.disks import disk_matrix
from tests.assistant.kills.matrix import VICTIMS, matrix, stories
from tests.assistant.kills.story import Told, tell, tell_disk
from tests.sampling import dealt

_FIRST_PORT = 19000


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the runs; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.assistant.kills", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="runs that are hit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--part", type=Shard.parse, default=Shard(1, 1), metavar="I/N", help="one part of N of the runs"
    )
    parser.add_argument("--mode", choices=VICTIMS, help="runs of this kind alone")
    parser.add_argument("--victim", help="kills of this process alone")
    parser.add_argument("--disks", action="store_true", help="instead of kills, disks that fail at each step")
    parser.add_argument("--jobs", type=int, default=cores())
    options = parser.parse_args(arguments)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background, and every command would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    told: list[Told] = []
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        making: list[Future[list[Told]]] = []
        if options.disks:
            failures = [blow for blow in disk_matrix(options.seed) if options.mode in {None, blow.mode}]
            for number, failure in enumerate(dealt(failures[: options.runs], options.part)):
                making.append(pool.submit(tell_disk, failure, _FIRST_PORT + number))
        else:
            kills = [
                blow
                for blow in matrix(options.seed)
                if options.mode in {None, blow.mode} and options.victim in {None, blow.victim}
            ]
            for number, story in enumerate(stories(dealt(kills[: options.runs], options.part))):
                making.append(pool.submit(tell, story, _FIRST_PORT + number))
        for made in as_completed(making):
            told += made.result()
    hit = [one for one in told if one.blow is not None]
    wrong = sum(bool(one.wrong) for one in told)
    fell = sum(one.fell for one in hit)
    sys.stdout.write(f"{len(hit)} runs hit, {fell} of them while the process was there; {wrong} went wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
