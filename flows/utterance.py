"""What a page says, piece by piece: its own sentences and the labels of its boxes, not those of other controls.

The label of a link, a tile or a button says what that control does, and nothing about what the page states. It is part
of a sentence only when the link is in the middle of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, DialogView, FrameView, Layer, Run, Span, TabView
from flows.text import same_label

_LABELLED = frozenset({"link", "button", "menuitem", "tab", "option"})
"""Things named by their words. A box that can be clicked or scrolled isn't one: its words are the page's."""
_LONGEST_LABEL = 40
_LONGEST_TITLE = 60
"""Characters."""
_WHOLE: Span = (0, 1 << 30)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of one line that belong together."""

    span: Span
    text: str
    owner: Control | None = None
    """The box, radio button or field whose label it is."""


def utterances(view: FrameView) -> list[Utterance]:
    """Return everything *view* says outside dialogs, in order."""
    inputs = [c for c in view.page_controls if c.role in TOGGLE_ROLES or c.role in FIELD_ROLES]
    others = [c for c in view.page_controls if c.role in _LABELLED]
    return [u for line in view.page_runs for u in _of_line(line, inputs, others)]


def layer_of(tab: TabView, number: int, span: Span, *, modal: bool) -> Layer:
    """Return what lies over frame *number* of *tab* and says the words of *span*; an empty *span* says nothing.

    What the frames inside a dialog say is the dialog's.
    """
    view = tab.frames[number]
    at = next((n for n, known in enumerate(view.dialogs) if known.span == span), None)
    known = view.dialogs[at] if at is not None else DialogView(span, modal)
    inner = [frame for frame in tab.frames if at is not None and frame.within == (number, at)]
    pieces = [_piece(view, span), *(_piece(frame, _WHOLE) for frame in inner)]
    said = tuple(u.text for _, _, utterances in pieces for u in utterances if u.owner is None)
    return Layer(
        text="\n".join(line for lines, _, _ in pieces for line in lines),
        controls=tuple(control for _, controls, _ in pieces for control in controls),
        said=said,
        modal=modal,
        title=known.title or (said[0] if len(said) > 1 and _is_title(said[0]) else ""),
        unread=known.unread,
        opaque=known.frames and not inner,
        place=None if at is None else (number, at),
    )


def dialogs_of(tab: TabView) -> tuple[Layer, ...]:
    """Return the dialogs in sight, the topmost last: what lies over a frame lies over the dialogs in it."""
    return tuple(
        layer_of(tab, number, dialog.span, modal=dialog.modal)
        for number, view in reversed(tuple(enumerate(tab.frames)))
        for dialog in view.dialogs
        if view.within is None
    )


def modals_of(tab: TabView) -> tuple[Layer, ...]:
    """Return the dialogs that block what is behind them, the topmost last."""
    return tuple(layer for layer in dialogs_of(tab) if layer.modal)


def _piece(view: FrameView, span: Span) -> tuple[list[str], list[Control], list[Utterance]]:
    """Return the lines, the controls and the utterances of *span*."""
    controls = [c for c in view.controls if span[0] <= c.span[0] and c.span[1] <= span[1] and span != (0, 0)]
    inputs = [c for c in controls if c.role in TOGGLE_ROLES or c.role in FIELD_ROLES]
    others = [c for c in controls if c not in inputs and (c.role in _LABELLED or len(c.text) <= _LONGEST_LABEL)]
    within = [line for line in view.runs if span[0] <= line[0][0] < span[1]]
    said = [u for line in within for u in _of_line(line, inputs, others)]
    return [text for at, text in view.lines if span[0] <= at < span[1]], controls, said


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not line.rstrip().endswith((".", ",", ":", ";"))


def _of_line(line: tuple[Run, ...], inputs: list[Control], others: list[Control]) -> Iterator[Utterance]:
    said: list[Run] = []  # the plain words so far
    labels: list[Run] = []  # other controls' labels after them: part of the sentence only if plain words follow
    named: tuple[Control, list[Run]] | None = None  # a label of an input
    for run in line:
        is_label = any(c.span[0] <= run[0] < c.span[1] for c in others)
        owner = _owner(run, inputs, is_label=is_label)
        if owner is not None:
            yield from _joined(said, None)
            said, labels = [], []
            if named is not None and named[0] is not owner:
                yield from _joined(named[1], named[0])
                named = None
            named = named or (owner, [])
            named[1].append(run)
        elif is_label:
            labels.append(run)
        else:
            if named is not None:
                yield from _joined(named[1], named[0])
                named = None
            said = [*said, *labels, run] if said else [run]
            labels = []
    yield from _joined(said, None)
    if named is not None:
        yield from _joined(named[1], named[0])


def _joined(runs: list[Run], owner: Control | None) -> Iterator[Utterance]:
    if runs:
        yield Utterance((runs[0][0], runs[-1][0] + 1), " ".join(words for _, words in runs), owner)


def _owner(run: Run, inputs: list[Control], *, is_label: bool) -> Control | None:
    """Return the input that *run* names: with its own words, a tied label, or as the only label next to it.

    The words of a button before a field are the button's: *is_label* says that they belong to a control.
    """
    at, words = run
    for control in inputs:
        if control.span[0] <= at < control.span[1] or any(first <= at < last for first, last in control.labels):
            return control
    beside = (c for c in inputs if not c.labels and c.beside and not (is_label and c.role in FIELD_ROLES))
    return next((c for c in beside if same_label(c.beside, words)), None)
