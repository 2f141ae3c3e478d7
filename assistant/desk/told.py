"""What we tell a person about the flow's decisions: pure, without a surface."""

from __future__ import annotations

from dataclasses import replace

from assistant.base.words import Words
from assistant.desk.ask import WARN_S
from assistant.desk.view import QuestionView, View
from assistant.run.question import Question
from flows import Decision, HandOver, LetPersonAct, Press, Seen, Tick, Wait


def question_view(question: Question, number: int, words: Words) -> QuestionView:
    """Return *question* in words, with the *number* that identifies its answer."""
    name = "approve.doubts" if question.doubts else f"approve.{question.approval}"
    if question.reason:
        name = f"approve.{question.reason}"
    if question.approval == "dialog" and not question.quote.strip():
        name = "approve.unread_dialog"
    title, meaning, yes, no = (words(f"{name}.{part}") for part in ("title", "meaning", "yes", "no"))
    if question.title.strip() and name == "approve.dialog":
        title = words("approve.named_dialog.title", title=question.title.strip())
    plain = question.approval != "dialog" and not (question.doubts or question.reason)
    return QuestionView(number, title, meaning, question.quote, yes, no, doubts=question.doubts, leads_on=plain)


def doing(decision: Decision, words: Words, *, asks: bool) -> str:
    """Return what the assistant is doing meanwhile; *asks*: it is waiting for the person's yes."""
    if isinstance(decision, HandOver) and asks:
        return words("doing.hand_off")
    if asks:
        return words("doing.doubts" if is_doubtful(decision) else "doing.approval")
    if isinstance(decision, LetPersonAct):
        return words("doing.person")
    if isinstance(decision, Wait):
        return words("doing.signing" if decision.step == "signing" else "doing.wait")
    return words("doing.press")


def in_the_app(view: View, words: Words) -> View:
    """Return *view* with its advice's current step as what to do now."""
    advice = view.advice
    if advice is None or not advice.lines:
        return view
    first, *others = advice.lines
    return replace(view, now=first, doing=words("doing.app"), advice=replace(advice, lines=tuple(others)))


def decision_step(decision: Decision, seen: Seen) -> str:
    """Return the step whose words fit *decision*, or the screen's own if it names none."""
    return getattr(decision, "step", seen.screen)


def soon(left_s: float | None) -> int | None:
    """Return the seconds left, if that is worth saying."""
    return None if left_s is None or left_s > WARN_S else max(0, round(left_s))


def acts_at_once(decision: Decision) -> bool:
    """Whether the assistant acts in a moment, so there is no time to mark the page."""
    return isinstance(decision, Press | Tick) and decision.approval is None


def is_doubtful(decision: Decision) -> bool:
    """Whether the page leaves something open that the person must look at."""
    return isinstance(decision, Press | Tick) and bool(decision.doubts or decision.reason)


def still_asks(decision: Decision, question: Question) -> bool:
    """Whether *decision* still asks *question*."""
    match decision:
        case Press() | Tick():
            asked = (decision.approval, decision.step, decision.quote, decision.doubts, decision.reason)
            return asked == (question.approval, question.step, question.quote, question.doubts, question.reason)
        case HandOver():
            return (question.approval, question.step) == ("hand_off", decision.step)
        case _:
            return False
