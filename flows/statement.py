"""What the E-Onay page says about the consent, and whether we understand everything that its Devam would carry.

Nothing passes just because it isn't forbidden: the decisive sentence gives the consent with every word
(`flows.giving`), what is next to it is plain by a rule (`flows.plain`), what is ticked or chosen is wanted
(`flows.carried`). Anything else is a doubt, which the person reads.

The *decisive block* runs from the decisive sentence to Devam, with the inputs between or right next to them, and with
the adjacent lines if no box bounds it. A page is not one block just because it is one form, and a help text that quotes
the sentence says nothing about the consent.
Source of the sentences: the guide of 2020, step 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from flows.carried import is_wanted, unknown_values
from flows.controls import WAYS_ON, find_all
from flows.existing import REACH, says_given, says_gone, says_not_given, statuses
from flows.giving import agrees, gives, refuses
from flows.look import Look
from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, FrameView, Span, TabView
from flows.plain import is_order, is_plain, is_yes
from flows.text import fold_label, same_label, says, skeleton
from flows.utterance import Utterance, utterances
from flows.words import decides, sentences, withdraws, words

State = Literal["given", "missing", "both"]
_LONGEST_BREAK = 4
"""Lines that one sentence may be spread over."""
_CONSENTS = (
    "veriyorum",
    "veririm",
    "onayliyor",
    "onaylarim",
    "kabul ed",
    "muvafakat",
    "onayim vardir",
    "istiyorum",
    "riza",
)
"""A page without any of these gives no consent; that saves a closer look."""
_END = 1 << 30
_CALLS = re.compile(
    r"\b(?:icin|isteyen\w*|konusunda|hakkinda)(?: \w+){0,8} (?:cagri merkez|telefon|numara|hat|destek|birim)\w*"
    r"(?: \w+)? (?:arayabilirsiniz|arayiniz|ulasabilirsiniz|basvurabilirsiniz)$"
)
"""Says whom to call about something that this page doesn't do."""
_OF_THIS_PAGE = re.compile(
    r"\b(?:devam|bas\w*(?<!basvurabilirsiniz)|tikla\w*|onayla\w*|bu (?:sayfa|ekran|islem|adim)\w*)\b"
)
_STATES_OF_A_SWITCH = frozenset({"acik", "kapali", "on", "off", "aktif", "pasif"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What the decisive block says."""

    state: State
    quote: str = ""
    """The decisive sentence as the page has it."""
    doubts: tuple[str, ...] = ()
    """What else it says that we don't understand, in the page's own words; the person reads it and decides."""
    toggles: tuple[Control, ...] = field(default=(), repr=False)
    """The boxes and radio buttons whose label is the consent sentence."""
    blocks: tuple[tuple[int, Span], ...] = field(default=(), repr=False)
    """The decisive block in each frame that has a part of it: the frame's number, and where it begins and ends."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A decisive sentence in a frame."""

    frame: int
    span: Span
    text: str


def read_statement(tab: TabView, look: Look) -> Statement | None:
    """Return what *tab* states about the consent; None on a page that isn't E-Onay's or states nothing."""
    if not _is_eonay_page(tab, look):
        return None
    given = list(_withdrawing(tab, look))
    missing = list(_giving(tab, look))
    proceeds = find_all(tab, look.controls["proceed"])
    toggles = [c for c in tab.controls if c.role in TOGGLE_ROLES]
    decisive = any(_labels(c, gives) or _carries(c, look.withdraw_sentences) for c in toggles)
    if not (given or missing) or not (proceeds or decisive or _is_only_eonay(tab, look)):
        return None
    blocks = tuple(_blocks(tab, [*given, *missing], proceeds))
    if (given and missing) or (given and _says_gone(tab)):
        return Statement("both", blocks=blocks)
    if given:
        return Statement("given", given[0].text, blocks=blocks)
    consenting = [c for c in toggles if _labels(c, gives)] or [c for c in toggles if _agrees(c)]
    doubts = tuple(dict.fromkeys(_doubts(tab, missing, proceeds, consenting, look)))
    return Statement("missing", missing[0].text, doubts, tuple(consenting), blocks)


def _says_gone(tab: TabView) -> bool:
    """Return whether *tab* itself says that there is no consent, whatever the sentence on it would take back."""
    return any(says_gone(said) for view in tab.frames for part in utterances(view) for said in sentences(part.text))


def _is_eonay_page(tab: TabView, look: Look) -> bool:
    """Return whether *tab* is the E-Onay page: by the sentences over both its states, or by its title or first heading.

    The page of the tiles and the home page name E-Onay too, as one of several ways on.
    """
    if any(says(tab.text, words) for words in look.intro):
        return True
    titles = [line for view in tab.frames for line in (*re.split(r"\s[|–—-]\s", view.title), *view.headings[:1])]
    is_titled = any(same_label(line, title) for line in titles for title in look.titles)
    return is_titled and not find_all(tab, look.controls["eonay_tile"])


def _is_only_eonay(tab: TabView, look: Look) -> bool:
    """Return whether *tab* is the E-Onay page and nothing else: by its heading, and with no way on in sight.

    The page of somebody whose consent exists may have no Devam, but neither does a help text on another page.
    """
    is_headed = any(same_label(line, title) for line in tab.headings for title in look.titles)
    return is_headed and not any(find_all(tab, look.controls[name]) for name in WAYS_ON)


def _withdrawing(tab: TabView, look: Look) -> Iterator[_Said]:
    """Yield where *tab* itself says that the consent exists, with the sentence that would take it back."""
    wanted = look.withdraw_sentences

    def says_it(text: str, rest: str, _count: int) -> bool:
        return any(_states(text, w) and not says(rest, w) for w in wanted)

    yield from _stated(tab, lambda text: any(says(text, w) for w in wanted), says_it)


def _giving(tab: TabView, look: Look) -> Iterator[_Said]:
    """Yield where *tab* has the reader give the consent. Only the portal's own sentence may run over several lines."""

    def says_it(text: str, rest: str, count: int) -> bool:
        is_own = count == 1 or (_states(text, look.consent_text) and not says(rest, look.consent_text))
        return is_own and _gives(text)

    yield from _stated(tab, lambda text: any(word in skeleton(text) for word in _CONSENTS), says_it)


def _stated(tab: TabView, may: Callable[[str], bool], says_it: Callable[[str, str, int], bool]) -> Iterator[_Said]:
    """Yield where *tab* itself states something: as a sentence of its own, not as a quotation."""
    for number, view in enumerate(tab.frames):
        if not may(view.text):
            continue
        said = utterances(view)
        for first in range(len(said)):
            for count in range(1, _LONGEST_BREAK + 1):
                parts = said[first : first + count]
                text, rest = (" ".join(part.text for part in some) for some in (parts, parts[1:]))
                if says_it(text, rest, count):
                    yield _Said(number, (parts[0].span[0], parts[-1].span[1]), text)
                    break


def _gives(text: str) -> bool:
    """Return whether a sentence of *text* gives the consent and isn't in quotation marks."""
    folded = skeleton(text)
    for sentence in sentences(folded):
        before = folded[: folded.find(sentence)]
        if (
            gives(sentence)
            and '"' not in sentence
            and not sentence.startswith(("'", "«"))
            and before.count('"') % 2 == 0
        ):
            return True
    return False


def _states(text: str, wanted: str) -> bool:
    """Return whether a sentence of *text* ends with *wanted* and isn't in quotation marks."""
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


def _labels(control: Control, rule: Callable[[str], bool]) -> bool:
    """Return whether *rule* holds for a label of *control*, one tied to it or the only one next to it."""
    parts = (control.text, *control.names) if control.names or control.text else (control.beside,)
    return any(rule(part) for part in parts)


def _agrees(control: Control) -> bool:
    """Return whether *control* just says yes to what the page states, or has no words except a yes next to it."""
    return _labels(control, agrees) or (not control.names and gives(control.beside))


# --- what else is there ----------------------------------------------------------------------------------


def _doubts(
    tab: TabView, said: list[_Said], proceeds: list[Control], consenting: list[Control], look: Look
) -> Iterator[str]:
    """Yield what the person must read before Devam: anything not understood in the block, or withdrawing elsewhere."""
    for statement in said:
        for sentence in sentences(statement.text):
            if not (gives(sentence) or _is_understood(sentence, None, look, in_block=True)):
                yield sentence
    for proceed in proceeds:
        labels = (*proceed.names, *proceed.text.splitlines()[1:])
        yield from (part for part in labels if not (is_plain(part) or _is_named(part, look) or _quotes(part, look)))
        yield from (part for part in proceed.effects if withdraws(part))
        yield from unknown_values(proceed)
    for number, view in enumerate(tab.frames):
        here = [s.span for s in said if s.frame == number]
        block = _block(view, here, [p.span for p in proceeds if p.frame == number])
        said_here = utterances(view)
        told = dict(statuses([part.text for part in said_here], view.headings))
        for at, part in enumerate(said_here):
            if any(first <= part.span[0] < last for first, last in here):
                continue
            in_block = block[0] <= part.span[0] < block[1]
            if at in told:
                yield from [f"{said_here[at - 1].text}: {part.text}"] if told[at] else []
                continue
            if in_block and part.owner is None and is_yes(part.text):
                yield from _ordered(said_here, at)
            if _is_the_other_choice(part.owner, consenting) and refuses(part.text):
                continue
            for sentence in sentences(part.text):
                is_doubtful = any(says(sentence, words) for words in look.unreliable)
                if is_doubtful or not _is_understood(sentence, part.owner, look, in_block=in_block):
                    yield sentence
        yield from (hint for hint in view.hints if says_given(hint) or _takes_away(hint))
        for control in view.page_controls:
            if control.is_current and withdraws(control.text):
                yield control.text  # the tab that is open says what it is for
            if control not in consenting:
                yield from _unwanted_value(control, block, proceeds, look)


def _ordered(said: list[Utterance], at: int) -> Iterator[str]:
    """Yield what the yes at *at* orders: its caption is right before it, or over a column if a number is before it.

    Where a table has headings, the second witness knows which is over which.
    """
    is_in_row = at > 0 and any(letter.isdigit() for letter in said[at - 1].text)
    for caption in said[max(at - (REACH if is_in_row else 1), 0) : at]:
        if caption.owner is None and is_order(caption.text):
            yield f"{caption.text.rstrip(' :')}: {said[at].text}"


def _is_the_other_choice(owner: Control | None, consenting: list[Control]) -> bool:
    """Return whether *owner* is a radio button that isn't chosen, in one group with the one that consents."""
    return (
        owner is not None
        and owner.role == "radio"
        and not owner.checked
        and bool(owner.name)
        and any(
            (c.role, c.frame, c.form, c.name) == (owner.role, owner.frame, owner.form, owner.name) for c in consenting
        )
    )


def _takes_away(hint: str) -> bool:
    return withdraws(hint) and decides(hint)


def _blocks(tab: TabView, said: list[_Said], proceeds: list[Control]) -> Iterator[tuple[int, Span]]:
    for number, view in enumerate(tab.frames):
        here = [s.span for s in said if s.frame == number]
        ways = [p.span for p in proceeds if p.frame == number]
        if here or ways:
            yield number, _block(view, here, ways)


def _block(view: FrameView, said: list[Span], proceeds: list[Span]) -> Span:
    """Return where the decisive block of *view* begins and ends; an empty stretch if it has none."""
    if not said or not proceeds:
        # Sentence and button in different frames: we can't tell what lies between them.
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
    if not any(box[0] <= begin and end <= box[1] for box in view.boxes):
        # Nothing but the page encloses them: we read their own lines, and the adjacent ones, as theirs.
        lines = view.page_runs
        first = max((n for n, line in enumerate(lines) if line[0][0] <= begin), default=0)
        last = max((n for n, line in enumerate(lines) if line[0][0] < end), default=-1)
        if lines:
            begin = min(begin, lines[max(first - 1, 0)][0][0])
            end = max(end, lines[min(last + 1, len(lines) - 1)][-1][0])
    around = [_box_around(view, (begin, end)), *(_box_around(view, part, wider=True) for part in (*said, *proceeds))]
    return min(first for first, _ in around), max(last for _, last in around) + 1


def _box_around(view: FrameView, span: Span, *, wider: bool = False) -> Span:
    """Return the smallest box that holds *span*, and more than that if *wider*; *span* itself without one."""
    holding = [box for box in view.boxes if box[0] <= span[0] and span[1] <= box[1]]
    if wider:
        words = [at for line in view.page_runs for at, _ in line]
        holding = [box for box in holding if any(box[0] <= at < span[0] or span[1] <= at < box[1] for at in words)]
    return min(holding, key=lambda box: box[1] - box[0], default=span)


def _is_understood(sentence: str, owner: Control | None, look: Look, *, in_block: bool) -> bool:
    if _is_known(sentence, look):
        return True
    is_toggle = owner is not None and owner.role in TOGGLE_ROLES
    if not is_toggle and says_given(sentence):
        return False  # a page that gives and says it is given contradicts itself
    if says_not_given(sentence):
        return True
    if owner is not None and owner.role == "switch" and is_state_of_a_switch(sentence):
        return True
    counts_little = owner is not None and is_toggle and not owner.checked and not owner.required
    if not in_block or counts_little:
        return not withdraws(sentence) or is_plain(sentence) or (owner is None and _says_whom_to_call(sentence))
    if is_toggle:  # a box that is ticked, or must be, carries its label with it
        return gives(sentence) or agrees(sentence) or is_wanted(sentence)
    if owner is not None and owner.role == "combobox" and any(same_label(sentence, x) for x in owner.text.splitlines()):
        return is_wanted(sentence)
    return is_plain(sentence)


def _says_whom_to_call(sentence: str) -> bool:
    line = " ".join(words(sentence))
    return bool(_CALLS.search(line)) and not _OF_THIS_PAGE.search(line)


def _is_known(sentence: str, look: Look) -> bool:
    return any(same_label(sentence, known) for known in look.known)


def _quotes(part: str, look: Look) -> bool:
    """Return whether a description tied to Devam only repeats the consent and the sentences around it."""
    return all(gives(sentence) or _is_known(sentence, look) or is_plain(sentence) for sentence in sentences(part))


def _is_named(part: str, look: Look) -> bool:
    return any(same_label(part, label) for label in look.controls["proceed"].labels)


def _unwanted_value(control: Control, block: Span, proceeds: list[Control], look: Look) -> Iterator[str]:
    """Yield the label of a ticked box that Devam would carry along although nobody asked for it."""
    if control.role not in TOGGLE_ROLES or not control.checked:
        return
    shares_form = any(p.frame == control.frame and p.form == control.form >= 0 for p in proceeds)
    if not shares_form and not block[0] <= control.span[0] < block[1]:
        return
    label = next((part for part in (*control.names, control.text, control.beside) if part), control.name)
    if not (is_wanted(label) or _is_known(label, look)):
        yield label


def is_state_of_a_switch(words: str) -> bool:
    """Return whether *words* are what a switch may say about its own state, such as "KAPALI"."""
    return skeleton(words).strip(" .") in _STATES_OF_A_SWITCH


def is_understood(sentence: str, look: Look, *, in_block: bool) -> bool:
    """Return whether *sentence*, said by the page itself, decides nothing where it is, next to Devam or elsewhere."""
    return _is_understood(sentence, None, look, in_block=in_block)
