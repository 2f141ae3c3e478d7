"""The result of a dry run: its receipt, what we expected, and what the mock portal's ledger says."""

from __future__ import annotations

from dataclasses import field

from pydantic.dataclasses import dataclass

from assistant.base.outcome import Outcome
from assistant.receipts.receipt import Receipt
from assistant.run.closed import CLOSED, Count, Table, Text
from assistant.run.record import ReasonCode, RunResult, named

STOPPED = "person_stopped"


@dataclass(frozen=True, slots=True, config=CLOSED)
class Verdict:
    """One dry run, judged."""

    receipt: Receipt
    expected_outcome: Outcome | None = None
    """None if any success will do."""
    expected_reason: ReasonCode = None
    ledger: Table[Count] = field(default_factory=dict)
    """What the mock portal's ledger says: the acts and how often."""
    faults: tuple[Text, ...] = ()
    """The faults that really happened, by their names in the scenario."""
    wrong: tuple[Text, ...] = ()
    """Anything but the outcome that the scenario didn't expect: the ledger, faults that never came, PINs sent."""

    @property
    def result(self) -> RunResult:
        """How the run ended."""
        return self.receipt.result

    @property
    def passed(self) -> bool:
        """Whether it ended as it should."""
        if self.expected_outcome is None:
            return self.result.outcome.exit_code == 0
        ended = (self.result.outcome, self.result.reason) == (self.expected_outcome, self.expected_reason)
        return ended and not self.wrong

    @property
    def stopped(self) -> bool:
        """Whether the person stopped the command. In some scenarios the test person is the one who stops."""
        return (self.result.interrupted or self.result.reason == STOPPED) and not self.passed

    @property
    def exit_code(self) -> int:
        """0 if the scenario ended as it should; otherwise the outcome's code, at least 1."""
        if self.expected_outcome is None:
            return self.result.outcome.exit_code
        return 0 if self.passed else (self.result.outcome.exit_code or 1)

    @property
    def expected(self) -> str:
        """The expected ending, in a word or two."""
        return named(self.expected_outcome, self.expected_reason)
