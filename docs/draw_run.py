"""Draws docs/run.md from the tables of a run: ``python -m docs.draw_run``. A test fails when the file is stale.

What it can't show is time: the waits of `assistant.run.step` and `assistant.run.rules` are rules, not rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import fields
from pathlib import Path

from assistant.run.limits import COUNTS, Limits
from assistant.run.state import RunState
from assistant.run.tables import APPROVALS, BESIDE, PHASES, SIGNATURES
from flows import Phase, Signature
from flows.consent import Approval

PLACE = Path(__file__).parent / "run.md"


def drawn() -> str:
    """Return the page."""
    state = ", ".join(f"`{field.name}`" for field in fields(RunState))
    return f"""# A run as tables

Drawn by `python -m docs.draw_run` from `assistant/run/tables.py` and `assistant/run/limits.py`; change those, not this.

A run is a state and one function: `step(state, event, now, limits) -> (state, action)`. It knows no browser, no clock
and no card; `assistant/run/loop.py` looks, asks `step`, and does what it says. The fields of the state:
{state}.

## The run

{_diagram((phase, to, str(turn)) for phase, moves in PHASES.items() for turn, to in moves.items())}

{_allowed("in the phase", APPROVALS)}

## The signature

It goes its own way in the hands of whoever signs. Only handing over a code starts one.

{_diagram(_signature_moves())}

{_allowed("beside a signature that is", BESIDE)}

## How often

| what | at most | one more ends the run with |
|---|---|---|
{_rows((row.what, str(row.at_most(Limits())), f"`{row.reason}`") for row in COUNTS.values())}

The same act of weight is done once on one page, and a code is handed over once, whatever the page shows afterwards.
"""


def _signature_moves() -> Iterable[tuple[str, str, str]]:
    yield Signature.NO, Signature.RUNNING, "the code is handed over"
    yield Signature.CODE_DEAD, Signature.RUNNING, "another code is handed over"
    for at, heard in SIGNATURES.items():
        for to in Signature:
            if to in heard and to is not at:
                yield at, to, ""


def _diagram(moves: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"    {at} --> {to}{f' : {why}' if why else ''}" for at, to, why in moves]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _allowed(where: str, table: Mapping[Phase, Set[Approval]] | Mapping[Signature, Set[Approval]]) -> str:
    head = f"| {where} | acts of weight that may happen, each after a yes of its own |\n|---|---|\n"
    return head + _rows((f"`{name}`", ", ".join(sorted(acts))) for name, acts in table.items())


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    PLACE.write_text(drawn(), encoding="utf-8")
