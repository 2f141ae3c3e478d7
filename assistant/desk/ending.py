"""What the panel and the command line say at the end of a run, and about a dangerous page the person is left on."""

from __future__ import annotations

from assistant.base.outcome import Outcome, reasons
from assistant.base.words import Words
from assistant.desk.view import EndView, Tone
from assistant.run.done import told
from assistant.run.record import RunResult
from flows import Danger


def end_view(result: RunResult, words: Words, receipt: str) -> EndView:
    """Return the final view of *result*."""
    tones: dict[Outcome, Tone] = {
        Outcome.CONSENT_GIVEN: "good",
        Outcome.ALREADY_CONSENTED: "good",
        Outcome.HALTED: "bad",
        Outcome.FAILED: "bad",
    }
    text, remedy = words.get(f"end.{result.outcome}_text"), ""
    done = "" if result.outcome is Outcome.CONSENT_GIVEN else told(result.done, words.language)
    if result.outcome.exit_code == 0 and result.stands_on is None:
        text = f"{text} {words('end.left')}"
    if result.reason:
        reason = reasons(words.language)[result.reason]
        detail = result.ending.detail if words.language == "tr" else None
        text, remedy = " ".join(filter(None, (reason.what, detail))), reason.remedy
    tone = tones.get(result.outcome, "warn")
    return EndView(tone, words(f"end.{result.outcome}"), text, remedy, done, receipt)


def warning(danger: Danger | None, words: Words) -> str:
    """Return the warning about *danger*: press nothing, what it would cost, the way back, whom to call."""
    return words(f"danger.{danger}") if danger is not None else ""


def last_line(end: EndView, warn: str = "") -> str:
    """Return *end*, plus any warning about the open page, as the last line on the command line."""
    return " ".join(filter(None, (f"{end.title}.", end.text, end.done, end.remedy, warn))) + "\n"
