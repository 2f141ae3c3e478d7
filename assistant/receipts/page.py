"""A receipt as a printable page: one file, A4, no network. In Turkish, because the person's institution reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.base.duration import lasted
from assistant.base.foreign import shown_if_text
from assistant.base.outcome import Outcome
from assistant.base.words import Words, words
from assistant.receipts.kept import Broken, SavedReceipt, outcome_words, story_title
from assistant.receipts.summary import columns, counted, practice_row, practices, real_ones, row
from assistant.run.done import told
from assistant.run.question import CHECK_STEP, HELPED_STEP
from assistant.run.record import RunResult, StepRecord
from flows import steps

_GOOD = {"consent_given", "already_consented"}
_REAL = frozenset({"guided", "companion", "watch"})
"""Scenarios of runs on the real portal; everything else is rehearsal or practice."""


@dataclass(frozen=True, slots=True)
class _StepRow:
    title: str
    at: str
    took: str


def receipt_page(receipt: SavedReceipt) -> str:
    """Return *receipt* as an HTML page."""
    return _environment().get_template("receipt.html").render(**receipt_facts(receipt))


def receipt_facts(receipt: SavedReceipt) -> dict[str, Any]:
    """Return what a *receipt*'s page says, in words."""
    facts, result, texts = receipt.receipt, receipt.receipt.result, page_words()
    practised = "_practice" if story_title(facts.scenario, "tr") else ""
    sentence = texts.get(f"by_word.{result.outcome}") if facts.witness == "person" else ""
    return {
        "words": texts,
        "receipt": receipt,
        "facts": facts,
        "good": result.outcome in _GOOD,
        "reason": receipt.reason(),
        "outcome": outcome_words(receipt.outcome, "tr"),
        "sentence": sentence or texts(f"sentence.{result.outcome}"),
        "done": _done(result),
        "rehearsal": None if facts.scenario in _REAL else texts(f"page.not_real{practised}"),
        "rehearsal_head": texts("page.practice" if practised else "page.rehearsal"),
        "steps": [_StepRow(_title(step), _clock(step.at_ms), lasted(step.took_ms, "tr")) for step in result.steps],
        "rows": _rows(receipt, texts),
    }


def summary_page(
    receipts: tuple[SavedReceipt, ...], broken: tuple[Broken, ...], root: Path | None = None, *, practice: bool = False
) -> str:
    """Return many receipts as one HTML page: the real runs below *root*, or the practice runs."""
    chosen = practices(receipts) if practice else real_ones(receipts)
    cells = practice_row if practice else row
    return (
        _environment()
        .get_template("summary.html")
        .render(
            words=page_words(),
            columns=columns("tr", practice=practice),
            rows=[(receipt, cells(receipt, "tr", root)) for receipt in chosen],
            counts=counted(chosen),
            practice=practice,
            left_out=len(receipts) - len(chosen),
            broken=broken,
            root=root,
            good=_GOOD,
        )
    )


def page_words() -> Words:
    """Return the words for printed pages: Turkish."""
    return words("receipts", "tr")


def _rows(receipt: SavedReceipt, texts: Words) -> list[tuple[str, str]]:
    """Return the facts of a run, each with its label."""
    facts, result = receipt.receipt, receipt.receipt.result
    zone = receipt.began.strftime("%z")
    practised = story_title(facts.scenario, "tr")
    kind = facts.scenario if facts.scenario in _REAL else "practice" if practised else "rehearsal"
    seen = "portal" if result.outcome in _GOOD else "assistant"
    values = {
        "when": f"{receipt.began:%d.%m.%Y %H:%M:%S} (UTC{zone[:3]}:{zone[3:5]})",
        "took": lasted(result.duration_ms, "tr"),
        "code": f"{result.outcome} · {result.reason}" if result.reason else str(result.outcome),
        "witness": texts(f"witness.{'person' if facts.witness == 'person' else seen}"),
        "edition": texts("page.unknown") if facts.edition == "unknown" else facts.edition,
        "kind": texts(f"kind.{kind}", scenario=practised or facts.scenario),
        "signer": texts("card.practice") if practised else facts.card,
        "versions": f"{facts.program}, Python {facts.python}, {facts.system}",
    }
    return [(texts(f"fact.{name}"), value) for name, value in values.items()]


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.receipts"),
        autoescape=True,
        finalize=shown_if_text,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _done(result: RunResult) -> str:
    """Return what was done, if that needs saying. Receipts in older formats don't know."""
    return "" if result.outcome is Outcome.CONSENT_GIVEN else told(result.done)


def _title(step: StepRecord) -> str:
    """Return the step's title; for the fresh visit, the title of the screen it is at."""
    known = steps()
    marked = {CHECK_STEP: "check", HELPED_STEP: "helped"}.get(step.id)
    name = step.screen if marked else step.id
    title = known[name].title if name in known else name
    return page_words()(f"page.{marked}", title=title) if marked else title


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"
