"""A receipt as a page to print: one file, A4, no network; in Turkish, as it is for the person's institution."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.base.duration import lasted
from assistant.base.foreign import shown_if_text
from assistant.base.outcome import Outcome
from assistant.receipts.kept import OUTCOMES, Broken, Kept
from assistant.receipts.summary import (
    COLUMNS,
    PRACTICE_COLUMNS,
    counted,
    practice_row,
    practices,
    real_ones,
    row,
)
from assistant.run.done import told
from assistant.run.question import CHECK_STEP, HELPED_STEP
from assistant.run.record import RunResult, StepRecord
from flows import steps

_GOOD = {"consent_given", "already_consented"}
_SENTENCES = {
    "consent_given": "E-Onay bu çalışmada verildi ve portala yeniden bakılarak görüldü.",
    "already_consented": "Portal, E-Onayın var olduğunu gösterdi.",
    "unverified": "Sonuç portalda doğrulanamadı. Bu belge E-Onay verildiğini göstermez.",
    "cancelled": "İşlem tamamlanmadan durduruldu. Bu belge E-Onay verildiğini göstermez.",
    "halted": "Asistan güvenlik için durdu. Bu belge E-Onay verildiğini göstermez.",
    "failed": "İşlem tamamlanamadı. Bu belge E-Onay verildiğini göstermez.",
}
_BY_WORD = {
    "consent_given": "Kişinin beyanına göre E-Onay verildi; asistan portalı görmedi.",
    "already_consented": "Kişinin beyanına göre E-Onay daha önce verilmişti; asistan portalı görmedi.",
}
REHEARSAL_NOTE = "Bu bir provadır: portal, kişi ve kart gerçek değildir."
_REAL = {
    "guided": "Eşlikli çalışma",
    "companion": "Kişinin kendi tarayıcısında eşlik",
    "watch": "Yalnız izleme; kişi her şeyi kendi yapar",
}
"""Scenarios of runs on the real portal; every other is a rehearsal or practice."""


@dataclass(frozen=True, slots=True)
class _Step:
    title: str
    at: str
    took: str


def receipt_page(receipt: Kept) -> str:
    """Return *receipt* as an HTML page."""
    return _environment().get_template("receipt.html").render(**receipt_facts(receipt))


def receipt_facts(receipt: Kept) -> dict[str, Any]:
    """Return what a page of *receipt* says, in words."""
    facts, result = receipt.receipt, receipt.receipt.result
    by_word = facts.witness == "person"
    sentence = (_BY_WORD if by_word else {}).get(result.outcome) or _SENTENCES[result.outcome]
    return {
        "receipt": receipt,
        "facts": facts,
        "good": result.outcome in _GOOD,
        "reason": receipt.reason(),
        "outcome": OUTCOMES["tr"][receipt.outcome],
        "sentence": sentence,
        "done": _done(result),
        "by_word": by_word,
        "rehearsal": REHEARSAL_NOTE if facts.scenario not in _REAL else None,
        "steps": [_Step(_title(step), _clock(step.at_ms), lasted(step.took_ms, "tr")) for step in result.steps],
        "kind": _REAL.get(facts.scenario) or f"Prova ({facts.scenario})",
        "took": lasted(result.duration_ms, "tr"),
    }


def summary_page(
    receipts: tuple[Kept, ...], broken: tuple[Broken, ...], root: Path | None = None, *, practice: bool = False
) -> str:
    """Return many receipts as one HTML page: those of real runs below *root*, or those of practice."""
    chosen = practices(receipts) if practice else real_ones(receipts)
    cells = practice_row if practice else row
    return (
        _environment()
        .get_template("summary.html")
        .render(
            columns=(PRACTICE_COLUMNS if practice else COLUMNS)["tr"],
            rows=[(receipt, cells(receipt, "tr", root)) for receipt in chosen],
            counts=counted(chosen),
            practice=practice,
            left_out=len(receipts) - len(chosen),
            broken=broken,
            good=_GOOD,
        )
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.receipts"),
        autoescape=True,
        finalize=shown_if_text,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _done(result: RunResult) -> str:
    """Return what was done, where that needs saying; a receipt of an older format does not know it."""
    return "" if result.outcome is Outcome.CONSENT_GIVEN else told(result.done)


def _title(step: StepRecord) -> str:
    """Return the step's words; of the fresh visit those of the screen it is at."""
    known = steps()
    before = {CHECK_STEP: "Doğrulama: ", HELPED_STEP: "Kişinin yardımıyla: "}.get(step.id, "")
    name = step.screen if before else step.id
    title = known[name].title if name in known else name
    return f"{before}{title}"


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"
