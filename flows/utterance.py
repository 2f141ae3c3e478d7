"""What a page says, piece by piece: its own sentences and the labels of its boxes, without those of other controls.

The label of a link, a tile or a button says what that control does, and nothing of what the page states. Only where a
link stands in the middle of a sentence is it a part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, FrameView, Layer, Run, Span, TabView
from flows.text import same_label

_LABELLED = frozenset({"link", "button", "menuitem", "tab", "option"})
"""What is named by its words. A box that can be clicked or scrolled is not: its words are the page's."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of one line that belong together."""

    span: Span
    text: str
    owner: Control | None = None
    """The box, radio button or field whose label it is."""


def utterances(view: FrameView) -> list[Utterance]:
    """Return all that *view* says behind no modal dialog, in its order."""
    inputs = [c for c in view.page_controls if c.role in TOGGLE_ROLES or c.role in FIELD_ROLES]
    others = [c for c in view.page_controls if c.role in _LABELLED]
    return [u for line in view.page_runs for u in _of_line(line, inputs, others)]


def layer_of(view: FrameView, span: Span, *, modal: bool) -> Layer:
    """Return what lies over the page of *view* and says the words of *span*; nothing is said by an empty one."""
    lines = [(at, text) for at, text in view.lines if span[0] <= at < span[1]]
    controls = tuple(c for c in view.controls if span[0] <= c.span[0] and c.span[1] <= span[1] and span != (0, 0))
    inputs = [c for c in controls if c.role in TOGGLE_ROLES or c.role in FIELD_ROLES]
    others = [c for c in controls if c not in inputs]
    within = [line for line in view.runs if span[0] <= line[0][0] < span[1]]
    said = tuple(u.text for line in within for u in _of_line(line, inputs, others) if u.owner is None)
    return Layer("\n".join(text for _, text in lines), controls, said, modal)


def modals_of(tab: TabView) -> tuple[Layer, ...]:
    """Return the modal dialogs in sight, the one on top last."""
    return tuple(layer_of(view, span, modal=True) for view in tab.frames for span, modal in view.dialogs if modal)


def _of_line(line: tuple[Run, ...], inputs: list[Control], others: list[Control]) -> Iterator[Utterance]:
    said: list[Run] = []  # the plain words so far
    labels: list[Run] = []  # labels of other controls behind them, which belong to them only if plain words follow
    named: tuple[Control, list[Run]] | None = None  # a label of an input
    for run in line:
        owner = _owner(run, inputs)
        if owner is not None:
            yield from _joined(said, None)
            said, labels = [], []
            if named is not None and named[0] is not owner:
                yield from _joined(named[1], named[0])
                named = None
            named = named or (owner, [])
            named[1].append(run)
        elif any(c.span[0] <= run[0] < c.span[1] for c in others):
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


def _owner(run: Run, inputs: list[Control]) -> Control | None:
    """Return the input whose own words or tied label *run* is, or beside which it stands as its only label."""
    at, words = run
    for control in inputs:
        if control.span[0] <= at < control.span[1] or any(first <= at < last for first, last in control.labels):
            return control
    return next((c for c in inputs if not c.labels and c.beside and same_label(c.beside, words)), None)
