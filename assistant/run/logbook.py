"""What a run writes down as it goes: its screens, and what was done. It decides nothing."""

from __future__ import annotations

from assistant.base.outcome import Outcome
from assistant.run.done import Record
from assistant.run.events import Stop
from assistant.run.record import Ending, RunResult, StepRecord


class Logbook:
    """Filled by the loop, read once at the end."""

    def __init__(self, began: float) -> None:
        """*began*: the start in seconds, on the same clock as all other moments here."""
        self.done = Record()
        self._began = began
        self._steps: list[tuple[str, str, float]] = []

    def came_to(self, step: str, screen: str, at: float) -> None:
        """Note a screen, and the step it belongs to."""
        self._steps.append((step, screen, at))
        self.done.saw(screen)

    def helped(self, step: str, screen: str, at: float) -> None:
        """Note that the person helped on a page we didn't understand; *screen* is where that was."""
        self._steps.append((step, screen, at))

    def result(self, outcome: Outcome, reason: str | None, stop: Stop, ended: float, *, interrupted: bool) -> RunResult:
        """Return the record of the run, which *stop* ended."""
        times = [*(at for _, _, at in self._steps), ended]
        return RunResult(
            Ending(outcome, reason, stop.detail, stop.expected, stop.seen),
            duration_ms=_ms(ended - self._began),
            steps=tuple(
                StepRecord(step, screen, _ms(at - self._began), _ms(after - at))
                for (step, screen, at), after in zip(self._steps, times[1:], strict=True)
            ),
            interrupted=interrupted,
            done=self.done.deeds,
        )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
