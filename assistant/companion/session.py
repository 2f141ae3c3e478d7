"""A companion run on an open surface, from the first question to the receipt, and the offer after a halted run."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.base.answer import outcome_is
from assistant.base.interrupt import hold_interrupts, is_end_asked, release_interrupts
from assistant.base.outcome import Outcome
from assistant.base.trouble import outcome_stays
from assistant.base.words import Words
from assistant.base.words import words as companion_words
from assistant.companion.companion_run import Companion
from assistant.companion.machine import CompanionState, begin, way
from assistant.desk.afterwards import Afterwards
from assistant.desk.ask import GOODBYE_S, ask, wait_for_goodbye
from assistant.desk.ending import end_view, last_line, warning
from assistant.desk.surface import Surface
from assistant.desk.view import EndView, QuestionView, View
from assistant.desk.way import lines as step_lines
from assistant.desk.way import walked
from assistant.official_app.clipboard import Clipboard, SystemClipboard
from assistant.official_app.words import app_words
from assistant.receipts.receipt import Receipt, SaveResult, keep
from assistant.run.record import RunResult
from assistant.wording.learnt import Word

SCENARIO = "companion"


def accompany(
    surface: Surface,
    words: Words,
    *,
    state: CompanionState | None = None,
    receipts: Path | None = None,
    clipboard: Clipboard | None = None,
    goodbye_s: float = GOODBYE_S,
    known: tuple[Word, ...] = (),
    after: Afterwards | None = None,
) -> Receipt:
    """Guide the person through their own browser and leave a receipt that calls the outcome their word.

    *receipts* is where it goes; None for no receipt. *known* are other words for the portal's ways; *after* is what we
    offer at the end.
    """
    release_interrupts()
    began = datetime.now(UTC)
    companion = Companion(surface, clipboard or SystemClipboard(), words.language, state=state or begin(), known=known)
    result = companion.go()
    hold_interrupts()
    signer = app_words(words.language)("name") if companion.state.may_be_signed else "-"
    receipt = Receipt(began, SCENARIO, "unknown", signer, result, witness="person")
    outcome_is(last_line(companion_end(result, words, ""), warning(result.stands_on, words)), result.outcome.exit_code)
    kept = keep(receipt, words.language, receipts) if receipts is not None else None
    if not (result.interrupted or is_end_asked()):
        with outcome_stays("showing the end"), suppress(KeyboardInterrupt):
            release_interrupts()
            _say_goodbye(surface, words, receipt, kept, after, goodbye_s)
    release_interrupts()
    return receipt


def resumes_from(result: RunResult) -> CompanionState | None:
    """Return where a halted run can go on in this mode; None if it doesn't need to.

    If something may have been handed in, we only look at the result.
    """
    if result.interrupted:
        return None
    if result.outcome is Outcome.UNVERIFIED:
        return begin(may_be_signed=True, danger=result.stands_on, done=result.done)
    if result.outcome is not Outcome.HALTED and not wants_hand(result):
        return None
    return begin(result.steps[-1].screen if result.steps else None, danger=result.stands_on, done=result.done)


def wants_hand(result: RunResult) -> bool:
    """Whether the person has already said that they will go on by hand."""
    return result.reason == "person_by_hand"


def offer(
    surface: Surface, words: Words, state: CompanionState, result: RunResult, *, seconds: float = GOODBYE_S
) -> bool:
    """Say how a run ended, and ask whether to go on in the person's own browser.

    A closed window or a timeout means no. As long as a press on the open page could do harm, we say that first, and no
    main button leads on.
    """
    end = end_view(result, words, "")
    stage, texts = way(words.language)[state.stage], companion_words("companion", words.language)
    told = (f"{end.title}. {end.text}", end.done, end.remedy, texts("said.offer_meaning"))
    question = QuestionView(
        id=-1,
        title=texts("said.offer"),
        meaning="\n".join(filter(None, told)),
        quote="",
        yes=texts("said.offer_yes"),
        no=texts("said.offer_no"),
        leads_on=result.stands_on is None,
    )
    warn = warning(result.stands_on, words)
    view = View(steps=step_lines(stage.step, words.language), warn=warn, now=end.title, question=question)
    return ask(surface, view, seconds) is True


def companion_end(result: RunResult, words: Words, receipt: str) -> EndView:
    """Return how a companion run ended, without claiming more than the person said."""
    texts = companion_words("companion", words.language)
    end = end_view(result, words, receipt)
    text = texts("said.given_text") if result.outcome is Outcome.CONSENT_GIVEN else end.text
    return replace(end, text=" ".join(filter(None, (text, texts("said.your_word")))))


def _say_goodbye(
    surface: Surface, words: Words, receipt: Receipt, kept: SaveResult | None, after: Afterwards | None, seconds: float
) -> None:
    result = receipt.result
    actions = after.offer(receipt, kept) if after is not None else ()
    said = kept.told if kept and "receipt" not in dict(actions) else ""
    end = replace(companion_end(result, words, said), actions=actions)
    step = result.steps[-1].id if result.steps else "verify"
    way_lines = walked(result.outcome, words.language) or step_lines(step, words.language)
    warn = warning(result.stands_on, words)
    view = View(steps=way_lines, warn=warn, doing=words("doing.ended"), end=end)
    surface.show(view)

    def chosen(name: str) -> bool:
        if after is None:
            return False
        is_over = after.take(name)
        surface.show(replace(view, end=replace(end, came=after.told)))
        return is_over

    wait_for_goodbye(surface, seconds, chosen)
