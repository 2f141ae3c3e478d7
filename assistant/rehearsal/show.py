"""Shows dry runs: a live list for people, one JSON object for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from assistant.base.duration import lasted
from assistant.base.outcome import Outcome, reasons
from assistant.base.words import Language, words
from assistant.receipts.receipt import SaveResult
from assistant.rehearsal.verdict import Verdict
from assistant.run.done import told
from assistant.run.question import CHECK_STEP
from flows import steps


class StepList:
    """One run's steps and their times, redrawn at every step."""

    def __init__(self, title: str, language: Language) -> None:
        self._title = title
        self._language = language
        self._began = monotonic()
        self._steps: list[tuple[str, str, float]] = []
        self._ended: float | None = None
        self._last = ("●", "yellow")

    def note(self, step: str, screen: str) -> None:
        """Add a step that has just started. The first one starts the clock."""
        if not self._steps:
            self._began = monotonic()
        self._steps.append((step, screen, monotonic()))

    def end(self, *, good: bool | None = None) -> None:
        """Stop the last step's clock and mark it good or bad; None if nobody knows. Only once."""
        if self._ended is None:
            self._ended = monotonic()
            self._last = {True: ("✓", "green"), False: ("✗", "bold yellow"), None: self._last}[good]

    def __rich__(self) -> Table:
        catalogue = steps(self._language)
        table = Table(title=self._title, title_justify="left", box=None, padding=(0, 2, 0, 0), show_header=False)
        table.add_column(justify="right", style="cyan", no_wrap=True)
        table.add_column(width=2)
        table.add_column(overflow="fold")
        table.add_column(justify="right", style="dim", no_wrap=True)
        now = self._ended or monotonic()
        ends = [*(at for _, _, at in self._steps), now][1:]
        for number, ((step, screen, at), until) in enumerate(zip(self._steps, ends, strict=True)):
            mark, style = ("✓", "green") if number < len(self._steps) - 1 else self._last
            title = catalogue[step].title if step in catalogue else step
            if step == CHECK_STEP:
                title = f"{title} ({catalogue[screen].title if screen in catalogue else screen})"
            table.add_row(f"{at - self._began:6.2f} s", Text(mark, style=style), title, f"{(until - at) * 1000:.0f} ms")
        return table


@contextmanager
def live_steps(console: Console, title: str, language: Language) -> Iterator[StepList]:
    """Show a list of steps that grows while the run goes on."""
    listing = StepList(title, language)
    with Live(listing, console=console, refresh_per_second=8, transient=False):
        try:
            yield listing
        finally:
            listing.end()


def show_end(console: Console, verdict: Verdict, receipt: SaveResult, language: Language) -> None:
    """Say how the run ended, where its receipt is (or why there is none), and what the portal's ledger says."""
    result, ending, texts = verdict.result, verdict.result.ending, words("rehearsal", language)
    good = result.outcome.exit_code == 0
    lines = Text()
    lines.append(
        f"{'✓' if good else '✗'} {texts(f'outcome.{result.outcome}')}", "bold green" if good else "bold yellow"
    )
    if result.reason:
        reason = reasons(language)[result.reason]
        lines.append(f"\n{ending.detail or reason.what}\n{reason.remedy}")
    if result.outcome is not Outcome.CONSENT_GIVEN and result.done is not None:
        lines.append(f"\n{told(result.done, language)}")
    if ending.expected or ending.seen:
        looked = texts("end.looked", expected=ending.expected or "-", seen=ending.seen or "-")
        lines.append(f"\n{looked}", style="dim")
    took = lasted(result.duration_ms, language)
    lines.append(f"\n{texts('end.outcome', ending=ending, took=took)}")
    lines.append(f"\n{texts('end.card', card=verdict.receipt.card)}")
    lines.append(f"\n{texts('end.receipt', receipt=receipt.told)}", "" if receipt.path else "yellow")
    if verdict.faults:
        lines.append(f"\n{texts('end.faults', faults=', '.join(verdict.faults))}")
    if verdict.ledger:
        acts = ", ".join(f"{act} {count}" if count > 1 else act for act, count in verdict.ledger.items())
        lines.append(f"\n{texts('end.ledger', acts=acts)}")
    console.print()
    console.print(lines, soft_wrap=True)
    if not verdict.passed and verdict.expected_outcome:
        console.print(texts("end.expected", expected=verdict.expected), style="bold red")
        for difference in verdict.wrong:
            console.print(f"  {difference}", style="red")


def as_json(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Return the object that ``--json`` prints. Times are in milliseconds."""
    return {
        "runs": [
            {
                "scenario": verdict.receipt.scenario,
                "edition": verdict.receipt.edition,
                "look": verdict.receipt.look,
                "outcome": verdict.result.outcome.value,
                "reason": verdict.result.reason,
                "exit_code": verdict.result.outcome.exit_code,
                "duration_ms": verdict.result.duration_ms,
                "card": verdict.receipt.card,
                "steps": [
                    {"id": step.id, "screen": step.screen, "at_ms": step.at_ms, "took_ms": step.took_ms}
                    for step in verdict.result.steps
                ],
            }
            for verdict in verdicts
        ],
        "passed": sum(verdict.passed for verdict in verdicts),
        "failed": sum(not verdict.passed for verdict in verdicts),
    }
