"""Which pages a seed stands for. The same seed is always the same case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any, Literal

from fixtures import LOOKS, DriftKind, Look, drift_kinds

Edition = Literal["2020", "2026"]
Form = Literal["checkbox", "radio", "text"]

COMBINED = "combined"
"""Several changes at once that shouldn't matter."""
COMBINED_STOP = "combined-stop"
"""A change that must stop the run, among others that shouldn't matter."""
_COMBINED_SHARE = 6
"""How many combined cases of each sort we add to one round of all kinds."""
_APART = frozenset({"frame", "shadow", "other-style", "late", "upper-typed", "lower-typed", "dialog"})
"""At most one of these goes into a combination: they undo or hide each other."""
_PEOPLE = ("ayse", "mehmet", "hatice", "zeynep")
_WITH_CONSENT = "zeynep"
_FORMS: tuple[Form, ...] = ("checkbox", "radio", "text")
_LIKE_PLAIN: tuple[Look, ...] = ("plain", "toasts", "announcements", "stepper")
"""Looks made of plain links and forms, rendered by the server."""
_EDITIONS: tuple[Edition, ...] = ("2026", "2020")


@dataclass(frozen=True, slots=True)
class Case:
    """One drifted portal and its person."""

    seed: int
    kind: str
    changes: tuple[str, ...]
    stops: bool
    """Whether the run must stop. If not, it must end as if nothing had changed."""
    start: Literal["login", "home"]
    person: str
    form: Form
    """How the portal words the consent."""
    edition: Edition
    look: Look = "plain"
    """How the portal is drawn before we change anything."""
    context: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Settings of the browser window."""

    @property
    def has_consent(self) -> bool:
        """Whether the person has already consented."""
        return self.person == _WITH_CONSENT


def case_names() -> tuple[str, ...]:
    """Return the names a case can have."""
    return (*drift_kinds(), COMBINED, COMBINED_STOP)


def cases(count: int, first_seed: int = 0, only: Sequence[str] = ()) -> list[Case]:
    """Return the cases for *count* seeds. Seeds cycle through all kinds, so each comes equally often.

    *only* limits them to these names, as in `case_names`.
    """
    if only:
        names = list(only)
    else:
        names = [*drift_kinds(), *[COMBINED] * _COMBINED_SHARE, *[COMBINED_STOP] * (_COMBINED_SHARE // 2)]
    return [case_of(seed, names[seed % len(names)]) for seed in range(first_seed, first_seed + count)]


def case_of(seed: int, name: str) -> Case:
    """Return the case of *seed* and kind *name*."""
    random = Random(f"{seed} {name}")  # noqa: S311 (only a look, not a secret)
    kinds = _kinds_of(name, random)
    stops = any(kind.stops for kind in kinds)
    people = [person for person in _PEOPLE if not (stops and person == _WITH_CONSENT)]
    person = next((kind.person for kind in kinds if kind.person), random.choice(people))
    context = {key: random.choice(list(values)) for kind in kinds for key, values in kind.context.items()}
    if "viewport" in context:
        width, height = context["viewport"]
        context["viewport"] = {"width": width, "height": height}
    return Case(
        seed=seed,
        kind=name,
        changes=tuple(dict.fromkeys(change for kind in kinds for change in kind.changes)),
        stops=stops,
        start="login" if any(kind.start == "login" for kind in kinds) and _may_log_in(kinds) else "home",
        person=person,
        form=random.choice(_FORMS),
        edition=random.choice(_EDITIONS),
        look=_look_of(seed, kinds),
        context=MappingProxyType(context),
    )


def _look_of(seed: int, kinds: Sequence[DriftKind]) -> Look:
    """Return *seed*'s look, out of those that allow all *kinds*."""
    looks = _LIKE_PLAIN if any(kind.needs_plain for kind in kinds) else LOOKS
    return Random(f"{seed} look").choice(looks)  # noqa: S311 (only a look, not a secret)


def _may_log_in(kinds: Sequence[DriftKind]) -> bool:
    # The gateway forbids being shown in another site's frame, as a real one would.
    return not any("frame" in kind.changes for kind in kinds)


def _kinds_of(name: str, random: Random) -> list[DriftKind]:
    known = drift_kinds()
    if name not in {COMBINED, COMBINED_STOP}:
        return [known[name]]
    harmless = [kind for kind in known.values() if not kind.stops]
    chosen: list[DriftKind] = []
    for kind in random.sample(harmless, k=len(harmless)):
        if len(chosen) == (3 if name == COMBINED else 2):
            break
        if kind.name.split("-login")[0] in {other.name.split("-login")[0] for other in chosen}:
            continue
        if any(set(kind.changes) & _APART and set(other.changes) & _APART for other in chosen):
            continue
        chosen.append(kind)
    if name == COMBINED_STOP:
        # The one that must stop goes first: it knows the portal's own pages, and the others build on it.
        chosen.insert(0, random.choice([kind for kind in known.values() if kind.stops]))
    late = {"names", "shadow", "late", "frame"}
    return sorted(chosen, key=lambda kind: bool(set(kind.changes) & late))
