"""Finding the one control that is meant, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.errors import ControlError
from flows.look import ControlSpec
from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, TabView
from flows.text import CROSSES, fold, fold_label, same_label, says, skeleton

WAYS_ON = ("edevlet_login", "gateway_link", "nes_menu", "individual_menu", "eonay_tile")
"""The controls that lead on to the E-Onay page and do nothing else."""


_LONGEST_NAME = 6
"""Maximum length of a service's name in words; anything longer is a sentence about it."""


_AROUND = frozenset({"navigation", "header", "footer", "aside"})
"""Parts of a page that surround its content and repeat its ways on."""
_SAYS_LITTLE = re.compile(
    r"(?:.*\s)?tiklay\w*|buradan|buraya|(?:isleme|islemlere|sayfaya|hizmete) (?:git|gec)"
    r"|git|ilerle|basla|incele|ac|giris|detay(?:lar)?|ayrinti(?:lar)?",
    re.DOTALL,
)
"""Words of a link or button that say nothing without a name or title."""
_CLOSES = re.compile(r"(?:(?:pencereyi|iletişim kutusunu|bildirimi|mesajı) )?kapat|close(?: dialog)?")


def matches(control: Control, spec: ControlSpec) -> bool:
    """Return whether *control* has one of the labels of *spec*."""
    return _carries(control, spec, spec.labels)


def _carries(control: Control, spec: ControlSpec, labels: tuple[str, ...]) -> bool:
    return (
        _fits_kind(control, spec)
        and _is_called(control, spec, labels)
        and not any(says(part, name) for part in _words(control) for name in spec.never)
    )


def _is_called(control: Control, spec: ControlSpec, labels: tuple[str, ...]) -> bool:
    if spec.kind == "toggle":
        return any(says(part, label) for part in _words(control) for label in labels)
    if spec.kind == "field":
        return any(same_label(part.rstrip(" :*"), label) for part in control.names for label in labels)
    lines = control.text.splitlines()
    names = [name for name in control.names if _is_named_as_seen(control, name)]
    parts = [control.text, *names, *(lines if len(lines) <= 3 else lines[:1])]
    if any(same_label(part, label) for part in parts for label in labels):
        return True
    if any(not fold_label(label) and label in CROSSES for label in labels) and any(
        map(_CLOSES.fullmatch, map(fold, control.names))
    ):
        return True
    return bool(spec.hint) and any(_is_tile(part, spec) for part in parts)


def find_all(tab: TabView, spec: ControlSpec) -> list[Control]:
    """Return the controls of *tab* that fit *spec*: first by label, then by stable id or name.

    Of nested controls only the innermost counts. Unless pressing them has legal weight, links to one address count
    once, and if there are several, the one in the page's own content wins over those in its menus, header or footer.
    """
    found = [c for c in tab.controls if matches(c, spec)]
    if not found and spec.kind == "press" and not spec.weighty:
        found = [c for c in tab.controls if is_titled(c, spec)]
    rivals = [c for c in tab.controls if _goes_by(c, spec, spec.also)] if not found else []
    for label in spec.also:
        if found:
            break
        found = [c for c in rivals if _goes_by(c, spec, (label,)) and not _is_under_another(c, rivals, tab, spec)]
    if not found:
        found = [c for c in tab.controls if _fits_kind(c, spec) and _fits_mark(c, spec)]
    if not found and spec.kind != "press":
        found = [c for c in tab.controls if _fits_kind(c, spec) and _fits_beside(c, spec)]
    if not found and spec.types:
        found = [c for c in tab.controls if _fits_kind(c, spec) and c.type in spec.types]
    distinct = _distinct(found, tab, by_address=not spec.weighty)
    return distinct if spec.weighty else _in_the_main_part(distinct)


def find(tab: TabView, spec: ControlSpec, *, form: int | None = None) -> Control:
    """Return the one usable control of *tab* that fits *spec*.

    *form* prefers the controls of that form. Raises `ControlError` when there is none, none usable, or more than one.
    """
    found = find_all(tab, spec)
    usable = [c for c in found if not c.disabled]
    if form is not None and any(c.form == form for c in usable):
        usable = [c for c in usable if c.form == form]
    if not usable:
        seen = f"only a {found[0].state or 'disabled'} one" if found else "no such control"
        raise ControlError("control_missing", expected=_quoted(spec), seen=seen)
    if len(usable) > 1:
        raise ControlError("control_ambiguous", expected=_quoted(spec), seen=f"{len(usable)} of them")
    return usable[0]


def _is_named_as_seen(control: Control, name: str) -> bool:
    """Return whether *name*, which nobody sees, agrees with the painted words, so that both mean one control.

    If one can read "Vazgeç", a name that says "Devam" is no evidence. Source: WCAG 2.1, 2.5.3 (Label in Name).
    """
    painted, said = fold_label(control.text), fold_label(name)
    return not painted or painted in said or said in painted or bool(_SAYS_LITTLE.fullmatch(skeleton(painted)))


def _words(control: Control) -> tuple[str, ...]:
    return control.text, *control.names, control.title


def is_titled(control: Control, spec: ControlSpec) -> bool:
    """Return whether *control* just says "tıklayınız" and its tile has one of the labels of *spec*."""
    return _is_titled(control, spec, spec.labels)


def _is_titled(control: Control, spec: ControlSpec, labels: tuple[str, ...]) -> bool:
    return (
        spec.kind == "press"
        and bool(control.title)
        and _fits_kind(control, spec)
        and any(same_label(control.title, label) for label in labels)
        and not any(says(control.title, name) for name in spec.never)
    )


def _goes_by(control: Control, spec: ControlSpec, labels: tuple[str, ...]) -> bool:
    return _carries(control, spec, labels) or _is_titled(control, spec, labels)


def _in_the_main_part(found: list[Control]) -> list[Control]:
    """Return the one of *found* in the page's own content when the others are around it; else all."""
    inner = [c for c in found if c.part not in _AROUND]
    return inner if len(inner) == 1 else found


def _is_under_another(control: Control, rivals: Iterable[Control], tab: TabView, spec: ControlSpec) -> bool:
    """Return whether *control*'s own block, the one without *rivals*, is headed by another service's name."""
    view = tab.frames[control.frame]
    own = {control.index, *_ancestors(control, tab)}
    spans = [c.span for c in rivals if c.frame == control.frame and c.index not in own]
    alone = [
        box
        for box in view.boxes
        if box[0] <= control.span[0] < box[1] and not any(box[0] <= at < box[1] for at, _ in spans)
    ]
    if not alone:
        return False
    first, last = max(alone, key=lambda box: box[1] - box[0])
    others = [c.span for c in view.controls if c.index not in own]
    said = (
        " ".join(words for at, words in line if not any(start <= at < end for start, end in others))
        for line in view.runs
        if first <= line[0][0] < last
    )
    return any(says(line, name) for line in said if len(line.split()) <= _LONGEST_NAME for name in spec.never)


def _fits_kind(control: Control, spec: ControlSpec) -> bool:
    if spec.kind == "field":
        return control.role in FIELD_ROLES
    if spec.kind == "toggle":
        return control.role in TOGGLE_ROLES
    return control.role not in FIELD_ROLES and control.role not in TOGGLE_ROLES and not control.is_current


def _fits_mark(control: Control, spec: ControlSpec) -> bool:
    return control.id in spec.ids or control.name in spec.names


def _fits_beside(control: Control, spec: ControlSpec) -> bool:
    if spec.kind == "toggle":
        return any(says(control.beside, label) for label in spec.labels)
    return any(same_label(control.beside.rstrip(" :*"), label) for label in spec.labels)


def _is_tile(text: str, spec: ControlSpec) -> bool:
    folded = fold_label(text)
    for label in spec.labels:
        title = fold_label(label)
        if folded.startswith(title) and fold_label(folded[len(title) :]) == fold_label(spec.hint):
            return True
    return False


def _distinct(found: Iterable[Control], tab: TabView, *, by_address: bool) -> list[Control]:
    kept: list[Control] = []
    addresses: set[str] = set()
    chosen = list(found)
    around = {(c.frame, up) for c in chosen for up in _ancestors(c, tab)}
    for control in chosen:
        if (control.frame, control.index) in around:
            continue
        is_address = by_address and "#" not in control.href and control.href.startswith("http")
        address = control.href if is_address else ""
        if address and address in addresses:
            continue
        addresses.add(address)
        kept.append(control)
    return kept


def _ancestors(control: Control, tab: TabView) -> Iterable[int]:
    controls = tab.frames[control.frame].controls
    up = control.ancestor
    while up >= 0:
        yield up
        up = controls[up].ancestor


def _quoted(spec: ControlSpec) -> str:
    return f"“{spec.labels[0]}”"
