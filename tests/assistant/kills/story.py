"""Stories: some runs at one portal, each hit once, and a last one that nobody hits."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from mock_portal import Act
from tests.assistant.kills.disks import DiskBlow
from tests.assistant.kills.judge import acts, folders, kept, wrongs
from tests.assistant.kills.matrix import Blow, Mode
from tests.assistant.kills.run import Place, place, run
from tests.assistant.kills.victims import found
from tests.assistant.real_desk.screen import screen


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one run."""

    blow: Blow | DiskBlow | None
    """None for the last run of a story."""
    fell: bool
    """Whether there was somebody to be hit when its step came."""
    ended: str
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        hit = "nobody" if self.blow is None else str(self.blow)
        missed = "" if self.fell or self.blow is None else " (nobody was there)"
        lines = [f"{'✗' if self.wrong else '✓'} {hit}{missed}: {self.ended}", *(f"    {wrong}" for wrong in self.wrong)]
        return "\n".join(lines)


def tell(blows: Sequence[Blow], port: int) -> list[Told]:
    """Make the runs of one story, say what came of each, and return it; *port* is for its browsers.

    Where a consent is given before its end, the story goes on at another portal.
    """
    told: list[Told] = []
    left = list(blows)
    with screen(1024, 600) as shown:
        while left:
            with place(shown, port) as at:
                while left and not at.portal.ledger.count(Act.CONSENT_GIVEN):
                    told.append(_said(_hit(at, left.pop(0))))
                told.append(_said(_unhurt(at, blows[0].mode)))
    return told


def _said(told: Told) -> Told:
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()
    return told


def _hit(at: Place, blow: Blow) -> Told:
    fallen: list[int] = []

    def strike(head: int) -> None:
        if at.steps.reached():
            if not blow.is_held:
                threading.Event().wait(blow.delay_s)
            victims = found(head, blow.victim)
            with suppress(ProcessLookupError, IndexError):
                pid = victims[int(blow.share * len(victims))]
                os.kill(pid, blow.signal)
                fallen.append(pid)
        at.steps.go_on()

    at.steps.await_next(blow.step, is_held=blow.is_held)
    ended, wrong = _judged(at, blow.mode, strike, lambda: bool(fallen) and blow.is_fatal)
    return Told(blow, bool(fallen), ended, tuple(wrong))


def tell_disk(blow: DiskBlow, port: int) -> list[Told]:
    """Make a run whose disk fails, and one after it when there is room again. Raises `OSError` as `disks` does."""
    with screen(1024, 600) as shown, place(shown, port, has_disks=True) as at:
        return [_said(_fail(at, blow)), _said(_unhurt(at, blow.mode))]


def _fail(at: Place, blow: DiskBlow) -> Told:
    assert at.disks is not None
    disk, fallen = at.disks, [not blow.step]
    if not blow.step:
        disk.fail(blow.failure)

    def strike(_head: int) -> None:
        if at.steps.reached():
            disk.fail(blow.failure)
            fallen.append(True)
        at.steps.go_on()

    at.steps.await_next(blow.step, is_held=True)
    ended, wrong = _judged(at, blow.mode, strike, lambda: False, is_untold=blow.failure != "temporary full")
    disk.mend()
    return Told(blow, any(fallen), ended, tuple(wrong))


def _unhurt(at: Place, mode: Mode) -> Told:
    at.steps.await_next("")
    ended, wrong = _judged(at, mode, lambda _head: None, lambda: False)
    if ended not in {"consent_given", "already_consented"}:
        wrong.append(f"the last run ended as {ended}")
    return Told(None, False, ended, tuple(wrong))


def _judged(
    at: Place,
    mode: Mode,
    strike: Callable[[int], None],
    was_killed: Callable[[], bool],
    *,
    is_untold: bool = False,
) -> tuple[str, list[str]]:
    """Make a run and judge it. With *is_untold* its receipt can't be kept, which it must say."""
    before, receipts, lay = acts(at), len(kept(at)), folders(at)
    ended = run(at, mode, strike)
    wrong = list(wrongs(at, ended, before, receipts, lay, was_killed=was_killed()))
    new = kept(at)[receipts:]
    if is_untold and not new and ended.code != 4 and "saklanamadı" not in ended.said + ended.shown:
        wrong.append(f"it does not say that the receipt could not be kept: {ended.said[-300:]!r} {ended.shown!r}")
    outcome, reason = ended.result or (
        (str(new[-1]["outcome"]), new[-1]["reason"]) if new else (ended.shown.partition("\n")[0], None)
    )
    return f"{outcome} ({reason})" if reason else outcome, wrong
