"""What we recognised and what we would do, in words for whoever maintains the portal's description."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.base.outcome import reasons
from assistant.base.words import Language, told
from assistant.snapshot.comparing import label_of, path_of, role_word
from assistant.snapshot.nearness import nearest
from assistant.snapshot.recognising import Candidate, Recognised, SignalVerdict
from flows import (
    AskAgain,
    Control,
    End,
    FlowError,
    HandOver,
    LetPersonAct,
    Look,
    Press,
    ScreenError,
    StartOver,
    Tick,
    steps,
)

_MOST_CHANGES = 20
_MOST_TEXTS = 3
"""How many of a signal's texts we show; of the rest only the number."""


def recognised_lines(at: int, seen: Recognised, look: Look, language: Language) -> Iterator[str]:
    """Yield what we make of the page at position *at* in its file."""
    yield told("snapshot.recognise.screen", language, at=at, path=path_of(seen.screen))
    yield f"  {_taken_for(seen, language)}"
    if seen.screen.name and seen.screen.name not in seen.taken_for:
        yield f"  {told('snapshot.recognise.differs', language, screen=seen.screen.name)}"
    if seen.name and seen.told is not None:
        yield f"  {told('snapshot.recognise.signals', language, screen=seen.name)}"
        yield from (f"    {line}" for line in signal_lines(seen.told, language))
    else:
        yield from (f"  {line}" for line in nearest_lines(seen, language))
    controls = seen.controls(look)
    if controls:
        yield f"  {told('snapshot.recognise.controls', language)}"
        yield from (f"    {_found(name, found, language)}" for name, found in controls.items())
    yield f"  {told('snapshot.recognise.next', language, what=next_words(seen, language))}"


def nearest_lines(seen: Recognised, language: Language) -> Iterator[str]:
    """Yield the known screen most like the page, how it differs, and which signals match."""
    edition, known, changes = nearest(seen)
    yield told("snapshot.bundle.nearest", language, screen=title_of(known.name, language), edition=edition)
    yield from (f"  • {change.told(language)}" for change in changes[:_MOST_CHANGES])
    if not changes:
        yield f"  {told('snapshot.bundle.same', language)}"
    candidate = next((one for one in seen.candidates if one.spec.name == known.name), None)
    if candidate is not None and not seen.name:
        held, every = candidate.held, len(candidate.verdicts)
        yield told("snapshot.recognise.nearest", language, screen=known.name, held=held, all=every)
        yield from (f"  {line}" for line in signal_lines(candidate, language))


def signal_lines(candidate: Candidate, language: Language) -> Iterator[str]:
    """Yield a screen's signals with their verdicts: what each is, and whether it is as it should be."""
    for verdict in candidate.verdicts:
        mark = "✓" if verdict.speaks_for else "✗"
        wanted = told("snapshot.signal.mustnt" if verdict.kind == "none" else "snapshot.signal.must", language)
        there = told("snapshot.signal.is" if verdict.is_there else "snapshot.signal.isnt", language)
        yield f"{mark} {_signal(candidate, verdict, language)} ({wanted}, {there})"


def next_words(seen: Recognised, language: Language) -> str:
    """Return what a run would do on the page."""
    act = seen.decision
    match act:
        case Press():
            named = f"{act.target}: {control_words(act.control, language)}"
            return told("snapshot.next.approval" if act.approval else "snapshot.next.press", language, what=named)
        case Tick():
            return told("snapshot.next.tick", language, what=control_words(act.control, language))
        case LetPersonAct():
            return told("snapshot.next.person", language)
        case HandOver() | None:
            return told("snapshot.next.hand_over", language)
        case AskAgain():
            return told("snapshot.next.ask_again", language)
        case StartOver():
            return told("snapshot.next.start_over", language)
        case End():
            return told("snapshot.next.end", language, outcome=act.reason or act.outcome)
        case FlowError():
            return told("snapshot.next.stop", language, reason=_why(act, language))
    return told("snapshot.next.wait", language)


def control_words(control: Control, language: Language) -> str:
    """Return what a control is and its name, on one line."""
    return f"{role_word(control.role, language)} «{label_of(control)}»"


def title_of(screen: str, language: Language) -> str:
    """Return the step catalogue's title for *screen*, or its own name if there is none."""
    known = steps(language)
    return known[screen].title if screen in known else screen


def _taken_for(seen: Recognised, language: Language) -> str:
    if len(seen.taken_for) > 1:
        return told("snapshot.recognise.ambiguous", language, screens=", ".join(seen.taken_for))
    if not seen.name:
        return told("snapshot.recognise.unknown", language)
    return told("snapshot.recognise.taken_for", language, screen=seen.name, title=title_of(seen.name, language))


def _found(name: str, found: list[Control], language: Language) -> str:
    if not found:
        return told("snapshot.recognise.control_none", language, name=name)
    usable = [control for control in found if not control.disabled]
    if len(usable) > 1:
        return told("snapshot.recognise.control_many", language, name=name, count=len(usable))
    kind = "one" if usable else "off"
    return told(
        f"snapshot.recognise.control_{kind}", language, name=name, what=control_words((usable or found)[0], language)
    )


def _signal(candidate: Candidate, verdict: SignalVerdict, language: Language) -> str:
    signal = verdict.signal
    if verdict.kind == "site":
        sites = told("snapshot.signal.or", language).join(
            told(f"snapshot.signal_site.{s}", language) for s in sorted(candidate.spec.sites)
        )
        return told("snapshot.signal.site", language, sites=sites)
    if signal.control:
        return told("snapshot.signal.control", language, name=signal.control)
    if signal.states:
        return told("snapshot.signal.states", language, states=told("snapshot.signal.or", language).join(signal.states))
    said = [
        told(f"snapshot.signal.{kind}", language, texts=_quoted(texts, language))
        for kind, texts in (("says", signal.says), ("heading", signal.heading), ("names", signal.names))
        if texts
    ]
    return told("snapshot.signal.or", language).join(said)


def _quoted(texts: tuple[str, ...], language: Language) -> str:
    some = ", ".join(f"«{text}»" for text in texts[:_MOST_TEXTS])
    rest = len(texts) - _MOST_TEXTS
    return some + (told("snapshot.signal.more", language, count=rest) if rest > 0 else "")


def _why(error: FlowError, language: Language) -> str:
    known = reasons(language).get(error.reason)
    said = known.what if known else error.reason
    details = [] if isinstance(error, ScreenError) else [f"{error.expected} / {error.seen}"]
    return " ".join([f"{said} [{error.reason}]", *details])
