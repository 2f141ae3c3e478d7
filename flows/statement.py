"""What the E-Onay page says of the consent, and whether all that its Devam would carry is understood.

The *decisive block* runs from the decisive sentence to Devam, with the inputs between or right beside them. A page is
not one block because it is one form, and a help text that quotes the sentence says nothing of the consent.
Source of the sentences: the guide of 2020, step 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from flows.controls import WAYS_ON, find_all, matches
from flows.look import Look
from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, FrameView, Span, TabView
from flows.text import fold, fold_label, same_label, says, skeleton
from flows.utterance import utterances
from flows.words import asks, ends_something, names_money, sentences, wills, wishes, withdraws

State = Literal["given", "missing", "both"]
_LONGEST_BREAK = 4
"""Lines over which one sentence may be spread."""
_CAPTION_WORDS = 5
_END = 1 << 30


@dataclass(frozen=True, slots=True)
class Statement:
    """What the decisive block says."""

    state: State
    quote: str = ""
    """The decisive sentence as the page has it."""
    doubts: tuple[str, ...] = ()
    """What stands there besides and is not understood, as the page has it; the person reads it and decides."""
    toggles: tuple[Control, ...] = field(default=(), repr=False)
    """The boxes and radio buttons whose label is the consent sentence."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A decisive sentence in a frame."""

    frame: int
    span: Span
    text: str


def read_statement(tab: TabView, look: Look) -> Statement | None:
    """Return what *tab* states about the consent; None on a page that is not E-Onay's or states nothing."""
    if not _is_eonay_page(tab, look):
        return None
    given = list(_stated(tab, look.withdraw_sentences))
    missing = list(_stated(tab, (look.consent_text,)))
    proceeds = find_all(tab, look.controls["proceed"])
    toggles = tuple(
        c for c in tab.controls if c.role in TOGGLE_ROLES and _carries(c, (*look.withdraw_sentences, look.consent_text))
    )
    if not (given or missing) or not (proceeds or toggles or _is_only_eonay(tab, look)):
        return None
    if given and missing:
        return Statement("both")
    if given:
        return Statement("given", given[0].text)
    consenting = tuple(c for c in toggles if matches(c, look.controls["consent_toggle"]))
    doubts = tuple(dict.fromkeys(_doubts(tab, missing, proceeds, look)))
    return Statement("missing", missing[0].text, doubts, consenting or _beside(tab, look))


def _is_eonay_page(tab: TabView, look: Look) -> bool:
    """Tell whether *tab* is the E-Onay page: by the sentences over both its states, or by its title or first heading.

    The page of the tiles and the home page name E-Onay too, as one of several ways on.
    """
    if any(says(tab.text, words) for words in look.intro):
        return True
    titles = [line for view in tab.frames for line in (*re.split(r"\s[|–—-]\s", view.title), *view.headings[:1])]
    is_titled = any(same_label(line, title) for line in titles for title in look.titles)
    return is_titled and not find_all(tab, look.controls["eonay_tile"])


def _is_only_eonay(tab: TabView, look: Look) -> bool:
    """Tell whether *tab* is the E-Onay page and nothing else: by its heading, and with no way on to be seen.

    The page of somebody whose consent exists may have no Devam; a help text on another page has none either.
    """
    is_headed = any(same_label(line, title) for line in tab.headings for title in look.titles)
    return is_headed and not any(find_all(tab, look.controls[name]) for name in WAYS_ON)


def _stated(tab: TabView, wanted: tuple[str, ...]) -> Iterator[_Said]:
    """Yield where *tab* states one of the *wanted* sentences itself: as a sentence of its own, not as a quotation."""
    for number, view in enumerate(tab.frames):
        if not any(says(view.text, w) for w in wanted):
            continue
        said = utterances(view)
        for first in range(len(said)):
            for count in range(1, _LONGEST_BREAK + 1):
                parts = said[first : first + count]
                text, rest = (" ".join(part.text for part in some) for some in (parts, parts[1:]))
                if any(_states(text, w) and not says(rest, w) for w in wanted):
                    yield _Said(number, (parts[0].span[0], parts[-1].span[1]), text)
                    break


def _states(text: str, wanted: str) -> bool:
    """Tell whether a sentence of *text* ends with *wanted* and stands in no quotation marks."""
    if not says(text, wanted):
        return False
    key = skeleton(fold_label(wanted))
    folded = skeleton(text)
    at = folded.find(key)
    if at < 0 or folded[:at].count('"') % 2 or folded[:at].rstrip().endswith(("«", "'", '"', ":")):
        return False
    return any(skeleton(fold_label(s)).endswith(key) for s in sentences(folded))


def _carries(control: Control, wanted: Iterable[str]) -> bool:
    return any(says(part, w) for part in (control.text, *control.names, control.beside) for w in wanted)


def _beside(tab: TabView, look: Look) -> tuple[Control, ...]:
    """Return the boxes that have no label of their own and stand beside the consent sentence."""
    found = [c for c in tab.controls if c.role in TOGGLE_ROLES and not c.names and says(c.beside, look.consent_text)]
    return tuple(found)


# --- what else stands there ------------------------------------------------------------------------------


def _doubts(tab: TabView, said: list[_Said], proceeds: list[Control], look: Look) -> Iterator[str]:
    """Yield what the person has to read before Devam: what is not understood in the block, or withdraws elsewhere."""
    for statement in said:
        for sentence in sentences(statement.text):
            decisive = _states(sentence, look.consent_text) and not ends_something(sentence)
            if not decisive and not _is_understood(sentence, None, look, in_block=True):
                yield sentence
    for proceed in proceeds:
        yield from (part for part in (*proceed.names, *proceed.effects) if withdraws(part))
    for number, view in enumerate(tab.frames):
        here = [s.span for s in said if s.frame == number]
        block = _block(view, here, [p.span for p in proceeds if p.frame == number])
        for part in utterances(view):
            if any(first <= part.span[0] < last for first, last in here):
                continue
            in_block = block[0] <= part.span[0] < block[1]
            for sentence in sentences(part.text):
                if not _is_understood(sentence, part.owner, look, in_block=in_block):
                    yield sentence
        for control in view.page_controls:
            yield from _unwanted_value(control, block, proceeds, look)


def _block(view: FrameView, said: list[Span], proceeds: list[Span]) -> Span:
    """Return where the decisive block of *view* begins and ends; an empty stretch where it has none."""
    if not said or not proceeds:
        # Sentence and button in different frames: nothing tells what lies between them.
        return (0, _END) if said or proceeds else (0, 0)
    begin = min(first for first, _ in (*said, *proceeds))
    end = max(last for _, last in (*said, *proceeds))
    inputs = [c for c in view.page_controls if c.role in TOGGLE_ROLES or c.role in FIELD_ROLES]
    beside = [(min(s[0] for s in (c.span, *c.labels)), max(s[1] for s in (c.span, *c.labels))) for c in inputs]
    words = [at for line in view.page_runs for at, _ in line]
    while True:
        joined = [
            stretch
            for stretch in beside
            if (stretch[0] < begin and not any(stretch[1] <= at < begin for at in words))
            or (stretch[1] > end and not any(end <= at < stretch[0] for at in words))
        ]
        if not joined:
            break
        begin, end = min(begin, *(s[0] for s in joined)), max(end, *(s[1] for s in joined))
    around = [_box_around(view, (begin, end)), *(_box_around(view, part, wider=True) for part in (*said, *proceeds))]
    return min(first for first, _ in around), max(last for _, last in around) + 1


def _box_around(view: FrameView, span: Span, *, wider: bool = False) -> Span:
    """Return the smallest box that holds *span*, and more than that where it shall be *wider*; itself without one."""
    holding = [box for box in view.boxes if box[0] <= span[0] and span[1] <= box[1]]
    if wider:
        words = [at for line in view.page_runs for at, _ in line]
        holding = [box for box in holding if any(box[0] <= at < span[0] or span[1] <= at < box[1] for at in words)]
    return min(holding, key=lambda box: box[1] - box[0], default=span)


def _is_understood(sentence: str, owner: Control | None, look: Look, *, in_block: bool) -> bool:
    if _is_known(sentence, look):
        return True
    counts_little = owner is not None and owner.role in TOGGLE_ROLES and not owner.checked and not owner.required
    if in_block and not counts_little and ends_something(sentence):
        return False
    if not in_block or counts_little or _is_caption(sentence):
        return not withdraws(sentence)
    if owner is not None and (owner.role in TOGGLE_ROLES or owner.role == "combobox"):
        return False  # a box that is ticked, or must be, carries its label with it, and a list what is chosen there
    signs = (withdraws, wills, wishes, asks, names_money)
    return not any(sign(sentence) for sign in signs)


def _is_known(sentence: str, look: Look) -> bool:
    return any(same_label(sentence, known) for known in look.known)


def _is_caption(sentence: str) -> bool:
    words = fold(sentence).split()
    return (
        len(words) <= _CAPTION_WORDS
        and not sentence.rstrip().endswith((".", "!", "?"))
        and not (wills(sentence) or wishes(sentence))
    )


def _unwanted_value(control: Control, block: Span, proceeds: list[Control], look: Look) -> Iterator[str]:
    """Yield the label of a ticked box that Devam would carry along although nobody asked for it."""
    if control.role not in TOGGLE_ROLES or not control.checked or matches(control, look.controls["consent_toggle"]):
        return
    shares_form = any(p.frame == control.frame and p.form == control.form >= 0 for p in proceeds)
    if not shares_form and not block[0] <= control.span[0] < block[1]:
        return
    label = next((part for part in (*control.names, control.text, control.beside) if part), control.name)
    is_plain_caption = _is_caption(label) and not (withdraws(label) or ends_something(label))
    if not (is_plain_caption or _is_known(label, look) or says(label, look.consent_text)):
        yield label
