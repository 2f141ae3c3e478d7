"""How two snapshots differ, the way a person would put it: what has a new name, what is new, what is gone.

We pair controls by their words first, then by what stays the same under another name: their id, where they lead, and
finally their place between the same neighbours of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.base.words import Language, told
from assistant.snapshot.kept import FramePart, Screen, Snapshot
from assistant.snapshot.vocabulary import is_told
from flows import Control
from flows.text import fold_label

_MOVED = 200.0
"""How far a control has to move before we mention it, in CSS pixels."""
_ROLES = frozenset({"link", "button", "textbox", "checkbox", "radio", "combobox"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference."""

    kind: str
    """The name of its text."""
    facts: tuple[tuple[str, str], ...]
    """The values in its text."""
    is_layout: bool = False
    """Whether it only concerns ids, classes and places; the assistant depends on none of those."""

    def told(self, language: Language) -> str:
        """Describe it in words."""
        roles = ("before", "after") if self.kind == "role" else ("role",)
        facts = {name: role_word(said, language) if name in roles else said for name, said in self.facts}
        return told(f"snapshot.compare.{self.kind}", language, **facts)


@dataclass(frozen=True, slots=True)
class ScreenChanges:
    """The differences on one screen."""

    screen: str
    changes: tuple[Change, ...]


def role_word(role: str, language: Language) -> str:
    """Return the everyday word for a *role*."""
    return told(f"snapshot.role.{role if role in _ROLES else 'other'}", language)


def label_of(control: Control) -> str:
    """Return a control's name on one line: its words, else any other name, else its id."""
    for text in (control.text, *control.names, control.beside, control.title, control.id):
        if text.strip():
            return text.splitlines()[0].strip()
    return "…"


def compare(before: Snapshot, after: Snapshot) -> tuple[ScreenChanges, ...]:
    """Return the differences screen by screen. A screen that is only in one of them counts as gone or new."""
    ones, others = _by_name(before), _by_name(after)
    found = []
    for name in dict.fromkeys([*ones, *others]):
        if name not in others:
            changes = [Change("screen_gone", ())]
        elif name not in ones:
            changes = [Change("screen_new", ())]
        else:
            changes = list(compare_screens(ones[name], others[name]))
        if changes:
            found.append(ScreenChanges(name, tuple(changes)))
    return tuple(found)


def compare_screens(before: Screen, after: Screen) -> Iterator[Change]:
    """Yield the differences between two pages, most important to the assistant first."""
    ones, others = _controls(before), _controls(after)
    pairs, gone, new = _paired(ones, others)
    changes = [change for one, other in pairs for change in _of_control(one, other)]
    changes += [Change("gone", (("role", it.role), ("label", label_of(it)))) for it in gone]
    changes += [Change("new", (("role", it.role), ("label", label_of(it)))) for it in new]
    changes += _of_texts(before, after)
    yield from sorted(changes, key=lambda change: change.is_layout)


def _by_name(snapshot: Snapshot) -> dict[str, Screen]:
    """Return the screens by name, the first of each; unknown pages by path."""
    found: dict[str, Screen] = {}
    for screen in snapshot.screens:
        found.setdefault(screen.name or path_of(screen), screen)
    return found


def path_of(screen: Screen) -> str:
    """Return a page's path, as saved."""
    return "/" + screen.url.split("://", 1)[-1].partition("/")[2]


def _controls(screen: Screen) -> list[Control]:
    return [control for frame in screen.frames for control in frame.controls]


def _paired(
    ones: Sequence[Control], others: Sequence[Control]
) -> tuple[list[tuple[Control, Control]], list[Control], list[Control]]:
    """Return which controls belong together, which are gone and which are new."""
    pairs: dict[int, int] = {}
    for key in (_as_is, _by_label, _by_id, _by_address):
        _pair(ones, others, pairs, key)
    _pair_by_place(ones, others, pairs)
    taken = set(pairs.values())
    together = [(ones[one], others[other]) for one, other in sorted(pairs.items())]
    gone = [it for number, it in enumerate(ones) if number not in pairs]
    new = [it for number, it in enumerate(others) if number not in taken]
    return together, gone, new


def _as_is(control: Control) -> object:
    return control.role, fold_label(label_of(control)), control.id, control.href, control.part


def _by_label(control: Control) -> object:
    return fold_label(label_of(control)) or None


def _by_id(control: Control) -> object:
    return control.id or None


def _by_address(control: Control) -> object:
    leads = control.href if control.href not in {"", "#"} else next(iter(control.effects), "")
    return (control.role, leads) if "/" in leads else None


def _pair(
    ones: Sequence[Control], others: Sequence[Control], pairs: dict[int, int], key: Callable[[Control], object]
) -> None:
    """Pair the remaining ones with the same *key*, if only one on each side has it."""
    left, right = _free(ones, pairs), _free(others, {other: one for one, other in pairs.items()})
    for one in left:
        wanted = key(ones[one])
        mine = [n for n in left if key(ones[n]) == wanted]
        theirs = [n for n in right if key(others[n]) == wanted]
        if wanted is not None and len(mine) == len(theirs):
            pairs[one] = theirs[mine.index(one)]


def _pair_by_place(ones: Sequence[Control], others: Sequence[Control], pairs: dict[int, int]) -> None:
    """Pair the remaining ones of the same kind that are between the same neighbours."""
    reverse = {other: one for one, other in pairs.items()}
    row = [("paired", number) if number in pairs else ("free", ones[number].role) for number in range(len(ones))]
    row_of_others = [
        ("paired", reverse[number]) if number in reverse else ("free", others[number].role)
        for number in range(len(others))
    ]
    for block in SequenceMatcher(None, row, row_of_others, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if block.a + step not in pairs:
                pairs[block.a + step] = block.b + step


def _free(controls: Sequence[Control], taken: dict[int, int]) -> list[int]:
    return [number for number in range(len(controls)) if number not in taken]


def _of_control(one: Control, other: Control) -> Iterator[Change]:
    """Yield the differences between two versions of a control."""
    role, label = other.role, label_of(other)
    named = (("role", role), ("label", label))
    if fold_label(label_of(one)) != fold_label(label):
        yield Change("label", (("role", role), ("before", label_of(one)), ("after", label)))
    if one.role != other.role:
        yield Change("role", (("label", label), ("before", one.role), ("after", other.role)))
    if one.disabled != other.disabled:
        yield Change("disabled" if other.disabled else "enabled", named)
    if one.href != other.href:
        yield Change("leads", (*named, ("before", _place(one.href)), ("after", _place(other.href))))
    if one.part != other.part:
        yield Change("part", (*named, ("before", one.part or "-"), ("after", other.part or "-")))
    if one.id != other.id:
        yield Change("id", (*named, ("before", one.id or "-"), ("after", other.id or "-")), is_layout=True)
    if one.classes != other.classes:
        yield Change("classes", named, is_layout=True)
    if max(abs(a - b) for a, b in zip(one.box[:2], other.box[:2], strict=True)) >= _MOVED:
        yield Change("place", named, is_layout=True)


def _of_texts(before: Screen, after: Screen) -> Iterator[Change]:
    """Yield differences in address, title, headings and lines. A control's own line is reported with the control."""
    if path_of(before) != path_of(after):
        yield Change("address", (("before", path_of(before)), ("after", path_of(after))))
    titles = [next((frame.title for frame in screen.frames), "") for screen in (before, after)]
    if fold_label(titles[0]) != fold_label(titles[1]):
        yield Change("title", (("before", titles[0]), ("after", titles[1])))
    headings = [_distinct(h for frame in screen.frames for h in frame.headings) for screen in (before, after)]
    lines = [_distinct(line for frame in screen.frames for line in _own_lines(frame)) for screen in (before, after)]
    labels = _distinct(label_of(control) for screen in (before, after) for control in _controls(screen))
    told_already: dict[str, dict[str, str]] = {"heading": {}, "text": {**headings[0], **headings[1], **labels}}
    for what, (olds, news) in (("heading", headings), ("text", lines)):
        for kind, mine, theirs in (("gone", olds, news), ("new", news, olds)):
            for key, text in mine.items():
                if key not in theirs and key not in told_already[what]:
                    yield Change(f"{what}_{kind}", (("text", text),), is_layout=not is_told(text))


def _place(address: str) -> str:
    """Return the path of *address*, the only part that matters on the same site."""
    return "/" + address.split("://", 1)[1].partition("/")[2] if "://" in address else address or "-"


def _distinct(texts: Iterable[str]) -> dict[str, str]:
    return {fold_label(text): text for text in texts if fold_label(text)}


def _own_lines(frame: FramePart) -> Iterator[str]:
    """Yield the lines that aren't a control's own."""
    spans = [control.span for control in frame.controls if control.text]
    for line in frame.runs:
        own = [words for at, words in line if not any(first <= at < last for first, last in spans)]
        if own:
            yield " ".join(own)
