"""What the second witness says of an act: that a person sees what the observer reported, or why not.

The decisive sentence and the control's label must be seen whole, in order, with nothing over them. Anything seen that
the observer doesn't have is judged by its words, just as the observer's own text would be. And no picture or page that
we can't read may lie where the decision is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from flows.existing import says_given
from flows.look import Look
from flows.observation import TOGGLE_ROLES, Control, TabView
from flows.other_deed import names_an_end
from flows.plain import orders
from flows.statement import is_state_of_a_switch, is_understood
from flows.witness.reading import (
    follows,
    is_caption,
    is_in_order,
    is_one_row,
    letters_of,
    read_as_one,
    runs_of,
    unbroken,
    words_as_seen,
)
from flows.witness.sight import Level, SeenWords, WitnessSight
from flows.witness.snapshot import Box, Node, PageSnapshot, is_label, label_around
from flows.witness.styles import NOWHERE, hull, part_of, shared
from flows.witness.tables import Tables
from flows.words import sentences

Reason = Literal["witnesses_disagree", "decisive_area_covered"]

_AROUND_PX = 60.0
"""Anything this far above or below the sentence and the control belongs to them."""
_SENTENCE_PX = (100.0, 10.0)
"""The least width and height of a picture of a sentence."""
_LINE_PX = 80.0
_BESIDE_PX = 30.0
"""How high a picture of a line or two is, and how close it stands to what it is about."""
_MARKING = frozenset({"zorunlu", "gerekli"})
"""Words that a style sheet may add to a sentence without changing what it says."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class WitnessQuestion:
    """What we ask the witness about."""

    control: Control
    quote: str = ""
    """The decisive sentence as the observer has it; empty when the act has none."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Why the two witnesses disagree."""

    reason: Reason
    sentences: tuple[str, ...] = field(default=(), repr=False)
    """What a person sees and the observer didn't report, in the page's own words."""


def testify(snapshot: PageSnapshot, tab: TabView, question: WitnessQuestion, look: Look) -> Disagreement | None:
    """Return None when *snapshot* shows what *tab* reports about *question*, else why not. A pure function."""
    return _Testimony(WitnessSight(snapshot), tab, look).of(question)


class _Testimony:
    def __init__(self, sight: WitnessSight, tab: TabView, look: Look) -> None:
        self._sight = sight
        self._tab = tab
        self._look = look
        self._told = words_as_seen(tab.whole_text)
        self._told_lines = "|".join(map(words_as_seen, tab.whole_text.splitlines()))
        self._quote = ""
        self._tables = Tables(sight.snapshot, tab, look, self._is_told_as_one)
        seen = [w for w in sight.words() if w.level is not Level.UNSEEN and not self._is_state(w)]
        self._seen = [w for w in seen if self._is_told(w.text) or not sight.is_buried(w)]

    def _is_state(self, words: SeenWords) -> bool:
        """Return whether *words* are a switch's own state, whose letters are often half under its knob."""
        if not is_state_of_a_switch(words.text):
            return False
        nodes, at = self._sight.snapshot.nodes, words.node
        while at >= 0 and nodes[at].attributes.get("role") != "switch":
            at = nodes[at].parent
        return at >= 0

    def of(self, question: WitnessQuestion) -> Disagreement | None:
        """Return what speaks against *question*, None when nothing does."""
        self._quote = letters_of(question.quote)
        node = self._control(question.control)
        if node is None:
            return Disagreement("witnesses_disagree", tuple(self._unasked(None)))
        is_toggle = question.control.role in TOGGLE_ROLES
        area = [] if is_toggle or node.box is None else [node.box]
        is_plain = is_toggle or self._shows_label(node, question.control)
        if question.quote:
            places = self._places(question.quote)
            near = min(places, key=lambda place: _distance(place, node.box or NOWHERE), default=None)
            is_plain = is_plain and near is not None
            area += [near] if near is not None else []
        where = hull(area)
        unasked = tuple(dict.fromkeys((*self._unasked(where), *self._attached(), *self._over(node))))
        if not is_plain or unasked or self._fields(where):
            return Disagreement("witnesses_disagree", unasked)
        if any(_holds_a_sentence(box, where) and n is not node for n, box in self._sight.picture_nodes()):
            return Disagreement("decisive_area_covered")
        return None

    # --- the control -------------------------------------------------------------------------------------

    def _control(self, control: Control) -> Node | None:
        """Return the node of *control*: the one at its place, or else the only one with its label."""
        snapshot, url = self._sight.snapshot, self._tab.frames[control.frame].url
        found: list[tuple[float, Node]] = []
        for number, document in enumerate(snapshot.documents):
            if document.url.partition("#")[0] != url.partition("#")[0]:
                continue
            x, y, width, height = control.box
            box = (x + document.origin[0], y + document.origin[1], width, height)
            for node in snapshot.nodes:
                if node.document == number and node.box is not None and not node.name.startswith(("#", "::")):
                    off = max(abs(a - b) for a, b in zip(node.box, box, strict=True))
                    if off <= 1.5:
                        found.append((off, node))
        if not found:
            return None
        # Of boxes on top of each other the innermost with words is the control: the others are drawn for it.
        worded = (node for _, node in reversed(found) if any(self._has(node, words) for words in self._seen))
        return next(worded, found[-1][1])

    def _has(self, node: Node, words: SeenWords) -> bool:
        return bool(letters_of(words.text)) and self._sight.is_within(words.node, node.number)

    def _shows_label(self, node: Node, control: Control) -> bool:
        """Return whether the words seen on the control are its label and nothing more."""
        own = [w for w in self._seen if w.level > Level.COMING and self._sight.is_within(w.node, node.number)]
        shown = [
            w for w in own if self._sight.covered(w.box, self._sight.snapshot.nodes[w.node], only_silent=True) < 0.3
        ]
        labels = {letters_of(part) for part in (control.text, *control.names)} - {""}
        if not any(letters_of(w.text) for w in shown) or not is_in_order(shown):
            return False
        return letters_of("".join(w.text for w in shown)) in labels and all(
            w.level is Level.SEEN for w in shown if letters_of(w.text)
        )

    def _over(self, node: Node) -> Iterator[str]:
        """Yield words that lie on the control and aren't its own."""
        for words in self._seen:
            if node.box is None or not letters_of(words.text) or self._sight.is_within(words.node, node.number):
                continue
            if part_of(node.box, words.box) > 0.5 and not self._isaround(words, node):
                yield words.text.strip()

    def _isaround(self, words: SeenWords, node: Node) -> bool:
        """Return whether the control lies in the element that these words belong to: then they go with it."""
        return (
            self._sight.is_within(node.number, self._sight.snapshot.nodes[words.node].parent) and not words.is_laid_out
        )

    # --- the decisive sentence ---------------------------------------------------------------------------

    def _places(self, quote: str) -> list[Box]:
        """Return where *quote* is seen: whole, in order, and with nothing over it."""
        wanted = letters_of(quote)
        places: list[Box] = []
        by_document: dict[int, list[SeenWords]] = {}
        for words in self._seen:
            if words.is_laid_out and words.level > Level.COMING:
                by_document.setdefault(self._sight.snapshot.nodes[words.node].document, []).append(words)
        for run in by_document.values():
            text, ends = "", []
            for words in run:
                text += letters_of(words.text)
                ends.append(len(text))
            at = text.find(wanted)
            while at >= 0:
                parts = [
                    w
                    for w, end in zip(run, ends, strict=True)
                    if end > at and end - len(letters_of(w.text)) < at + len(wanted)
                ]
                if self._is_plain(parts):
                    places.append(hull([w.box for w in parts]))
                at = text.find(wanted, at + 1)
        return places

    def _is_plain(self, parts: Sequence[SeenWords]) -> bool:
        if not all(self._sight.level(w) is Level.SEEN and not _TURNING.search(w.text) for w in parts):
            return False
        return is_in_order(parts)

    def _attached(self) -> Iterator[str]:
        """Yield what a person reads as one sentence with the decisive one, and the observer doesn't have."""
        wanted = self._quote
        if not wanted:
            return
        for text in self._blocks():
            for sentence in sentences(text):
                key = letters_of(sentence)
                if wanted in key and not self._is_told(sentence):
                    rest = key.replace(wanted, "", 1)
                    if re.search("[a-z]{2}", rest) and rest not in _MARKING:
                        yield sentence

    # --- what is seen besides ----------------------------------------------------------------------------

    def _unasked(self, where: Box | None) -> Iterator[str]:
        """Yield the sentences that a person sees, the observer doesn't have, and that aren't mere description."""
        for words in self._seen:
            if not words.is_laid_out:
                yield from self._judged(words.text, [words], where)
        for block in self._grouped():
            yield from self._judged(read_as_one(block), block, where)
        for entry in self._tables.entries(self._seen):
            if self._quote and (says_given(entry) or names_an_end(entry) or orders(entry)):
                yield entry
        for rows in self._read_as_drawn():
            passage = [w for row in rows for w in row]
            if self._tables.lists(passage):
                continue
            yield from self._judged("\n".join(read_as_one(run) for run in unbroken(rows)), passage, where)
            yield from self._judged(read_as_one(passage), passage, where)

    def _judged(self, text: str, words: Sequence[SeenWords], where: Box | None) -> Iterator[str]:
        turned = " ".join(w.text for w in words if w.is_turned or _TURNING.search(w.text))
        if words_as_seen(text) in self._told_lines and not turned:
            return
        is_near = where is None or any(_is_near(w.box, where) for w in words)
        labels = all(is_label(self._sight.snapshot, self._sight.snapshot.nodes[w.node]) for w in words)
        for sentence in sentences(text):
            is_told = self._is_told(sentence)
            if (labels and is_caption(sentence)) or self._is_told_as_one(sentence):
                continue
            # Several lines to the observer that a person reads as one sentence: they must not withdraw anything.
            if not is_understood(sentence, self._look, in_block=is_near and not is_told):
                yield sentence
        for sentence in sentences(turned[::-1]):
            if not is_understood(sentence, self._look, in_block=is_near):
                yield sentence[::-1]

    def _is_told(self, text: str) -> bool:
        """Return whether the observer has *text* too, word for word: letters pulled apart say something else."""
        return words_as_seen(text) in self._told or (bool(self._quote) and letters_of(text) == self._quote)

    def _is_told_as_one(self, sentence: str) -> bool:
        return words_as_seen(sentence) in self._told_lines or (
            bool(self._quote) and self._quote in letters_of(sentence)
        )

    def _blocks(self) -> Iterator[str]:
        return (read_as_one(block) for block in self._grouped())

    def _grouped(self) -> Iterable[list[SeenWords]]:
        """Return the words that flow in one block each, in page order."""
        blocks: dict[int, list[SeenWords]] = {}
        for words in self._seen:
            if words.is_laid_out:
                blocks.setdefault(self._sight.block(words.node), []).append(words)
        return blocks.values()

    def _read_as_drawn(self) -> Iterator[list[list[SeenWords]]]:
        """Yield what reads as one passage because it is drawn as one: rows of words, one under the other."""
        laid = sorted(
            (w for w in self._seen if w.is_laid_out and w.is_placed), key=lambda w: (w.box[1] + w.box[3] / 2, w.box[0])
        )
        rows: list[list[SeenWords]] = []
        for words in laid:
            row = next((r for r in reversed(rows[-6:]) if is_one_row(r[-1].box, words.box)), None)
            if row is None:
                rows.append([words])
            else:
                row.append(words)
        runs = [run for row in rows for run in runs_of(sorted(row, key=lambda w: w.box[0]))]
        runs.sort(key=lambda run: hull([w.box for w in run])[1])
        passages: list[list[list[SeenWords]]] = []
        for run in runs:
            box = hull([w.box for w in run])
            above = next((p for p in reversed(passages[-8:]) if follows(hull([w.box for w in p[-1]]), box)), None)
            if above is None or self._begins_anew(above[-1], run):
                passages.append([run])
            else:
                above.append(run)
        yield from passages

    def _begins_anew(self, above: Sequence[SeenWords], run: Sequence[SeenWords]) -> bool:
        """Return whether *run* reads as a new start: both are captions, and *above* is a link's without *run*.

        Anything that wants, wishes or decides something is no caption here: with it, we read it all as one.
        """
        snapshot = self._sight.snapshot
        one, other = self._captioned(above), self._captioned(run)
        if one is None or other is None:
            return False
        link = label_around(snapshot, one)
        return link is not None and label_around(snapshot, other) is not link

    def _captioned(self, row: Sequence[SeenWords]) -> Node | None:
        """Return the one node whose words *row* shows, bullet aside, if it is a caption and the observer's line."""
        worded = [w for w in row if letters_of(w.text)]
        said = read_as_one(worded)
        if len({w.node for w in worded}) != 1 or not is_caption(said) or not self._is_told_as_one(said):
            return None
        return self._sight.snapshot.nodes[worded[0].node]

    def _fields(self, where: Box) -> bool:
        """Return whether a field next to the decision holds words of weight."""
        return any(
            node.has_weighty_words and self._sight.is_seen(node) and _is_near(node.box or NOWHERE, where)
            for node in self._sight.snapshot.nodes
        )


def _is_near(box: Box, where: Box) -> bool:
    return box[1] < where[1] + where[3] + _AROUND_PX and box[1] + box[3] > where[1] - _AROUND_PX


def _holds_a_sentence(box: Box, where: Box) -> bool:
    """Return whether a picture at *box* may say something about the decision: on top of it, or as a line next to it."""
    is_line = box[3] <= _LINE_PX and box[2] >= 4 * box[3]
    near = _BESIDE_PX if is_line else 0
    common = shared(box, (where[0] - near, where[1] - near, where[2] + 2 * near, where[3] + 2 * near))
    if is_line and common != NOWHERE:
        common = box
    return common[2] >= _SENTENCE_PX[0] and common[3] >= _SENTENCE_PX[1]


def _distance(one: Box, other: Box) -> float:
    return abs(one[1] + one[3] / 2 - other[1] - other[3] / 2)
