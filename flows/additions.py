"""Words that are added to the look: from an institution's portal file, or learnt at a desk. They only ever add.

The one thing that such a file may say is how a control of `ALLOWED` is labelled besides, as TOML::

    [controls.nes_menu]
    labels = ["E-imza Hizmetleri"]

All else is refused with its line: other controls, ids, limits, signals and texts, and labels that carry weight, name
another service, belong to another control or could hold something personal. Added labels are tried only where none of
the shipped ones fits, and what they find is pressed under the same rules as everything (`flows.safety`).
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from flows.actions import forbidden_action
from flows.controls import WAYS_ON
from flows.look import Look
from flows.safety import is_forbidden
from flows.text import fold_label, says, skeleton
from flows.words import decides, ends_something, is_risky, names_money, withdraws

ALLOWED = (*WAYS_ON, "portal_home", "jnlp_link", "jar_link")
"""The controls that may get further labels: harmless ways through the portal, and the links to the signing app."""
LONGEST = 60
"""Characters of a label at most."""
MOST_WORDS = 8
MOST_LABELS = 200
"""In one file."""
LARGEST = 64 * 1024
"""Characters of a file at most."""

Problem = Literal[
    "not_toml",
    "too_large",
    "other_table",
    "other_control",
    "other_key",
    "not_a_list",
    "not_text",
    "empty",
    "control_character",
    "foreign_letter",
    "too_long",
    "digits",
    "a_name",
    "forbidden",
    "risky",
    "other_service",
    "decisive_text",
    "another_control",
]
"""Why something is refused. What is said of each, and what to do, is in the assistant's catalogue."""

_GREETS = re.compile(r"\b(?:sayin|merhaba|hos ?geldin\w*|bay|bayan|welcome|dear)\b")
_SURNAME = re.compile(r"(?:[A-ZÇĞİÖŞÜ][a-zçğıöşüâîû]+ ){1,3}[A-ZÇĞİÖŞÜ]{3,}$")
"""A person as Turkish papers write one: "Ayşe Nur YILMAZ"."""
_GIVEN_NAMES = frozenset(
    name
    for line in (
        "ahmet ali aylin ayse aysegul berat betul burak busra cemal derya dilek ebru elif emine emre enes erdem",
        "esra fadime fatih fatma feride furkan gamze gizem hakan halil hamza hanife hasan hatice havva huseyin",
        "ibrahim irem ismail kadir kemal kerem kubra leyla mahmut mehmet melek merve meryem metin mehtap muhammed",
        "muhammet murat mustafa nazli nurcan nuray omer osman ozge ozlem pinar ramazan recep salih seda selin",
        "sema serkan sevgi sibel suleyman sultan tugba ummu volkan yakup yasemin yasin yunus yusuf zehra zeliha",
        "zeynep",
    )
    for name in line.split()
)
"""Common ones that are no words of an interface; a label is no place for any of them."""


class AdditionError(ValueError):
    """Something in a file is refused. Nothing of that file is used."""

    def __init__(self, problem: Problem, source: str, line: int, key: str, value: str = "") -> None:
        self.problem = problem
        self.source = source
        """The file, as it was named."""
        self.line = line
        """Counted from 1."""
        self.key = key
        """What is refused, as in ``controls.nes_menu.labels[0]``."""
        self.value = value
        """The label, where it is one; empty otherwise."""
        super().__init__(f"{source}:{line}: {key}: {problem}")


@dataclass(frozen=True, slots=True)
class Addition:
    """One more label of a control."""

    control: str
    label: str


def read_additions(text: str, source: str, look: Look) -> tuple[Addition, ...]:
    """Return what the portal file *text* adds to *look*; *source* is what the file is called in messages.

    Raises `AdditionError` for the first thing that it may not say.
    """
    if len(text) > LARGEST:
        raise AdditionError("too_large", source, 1, "")
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise AdditionError("not_toml", source, int(place[1]) if place else text.count("\n") + 1, "") from None
    found: list[Addition] = []
    for key, value, control, problem in _entries(data):
        label = value if isinstance(value, str) else ""
        wrong = problem or why_refused(control, label, look) or _belongs_to_another(control, label, found)
        if wrong:
            raise AdditionError(wrong, source, _line_of(text, key, label), key, label)
        if Addition(control, label) not in found:
            found.append(Addition(control, label))
    if len(found) > MOST_LABELS:
        raise AdditionError("too_large", source, 1, "controls")
    return tuple(found)


def why_refused(control: str, label: str, look: Look) -> Problem | None:
    """Return why *label* may not be added to *control*; None where it may."""
    if control not in ALLOWED:
        return "other_control"
    if any(unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029" for sign in label):
        return "control_character"
    if len(re.sub(r"[^a-z]", "", skeleton(label))) < 2:
        return "empty"
    if len(label) > LONGEST or len(label.split()) > MOST_WORDS:
        return "too_long"
    if any(sign.isnumeric() for sign in label):
        return "digits"
    if any(sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN") for sign in label):
        return "foreign_letter"
    return _of_weight(label, look) or ("a_name" if _is_a_name(label) else None) or _of_another(control, label, look)


def with_additions(look: Look, additions: Iterable[Addition]) -> Look:
    """Return *look* with *additions*, each tried only where no label that it had before fits. Takes nothing away."""
    controls = dict(look.controls)
    for one in additions:
        spec = controls[one.control]
        known = {fold_label(label) for label in (*spec.labels, *spec.also)}
        if one.control in ALLOWED and fold_label(one.label) not in known:
            controls[one.control] = replace(spec, also=(*spec.also, one.label))
    return replace(look, controls=controls)


def as_portal_file(additions: Iterable[Addition]) -> str:
    """Return *additions* as the text of a portal file."""
    labels: dict[str, list[str]] = {}
    for one in additions:
        labels.setdefault(one.control, []).append(one.label)
    tables = (
        f"[controls.{control}]\nlabels = [{', '.join(_quoted(label) for label in labels[control])}]\n"
        for control in ALLOWED
        if control in labels
    )
    return "\n".join(tables)


def _quoted(label: str) -> str:
    return json.dumps(label, ensure_ascii=False)  # a TOML string too, for a label has no control characters


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Any, str, Problem | None]]:
    """Yield key, value, control and what is wrong already of each thing that the file says."""
    for table, controls in data.items():
        if table != "controls" or not isinstance(controls, dict):
            yield table, controls, "", "other_table"
            continue
        for control, entry in controls.items():
            key = f"controls.{control}"
            if control not in ALLOWED or not isinstance(entry, dict):
                yield key, entry, control, "other_control"
                continue
            for name, labels in entry.items():
                if name != "labels":
                    yield f"{key}.{name}", labels, control, "other_key"
                elif not isinstance(labels, list):
                    yield f"{key}.labels", labels, control, "not_a_list"
                else:
                    for at, label in enumerate(labels):
                        yield f"{key}.labels[{at}]", label, control, None if isinstance(label, str) else "not_text"


def _of_weight(label: str, look: Look) -> Problem | None:
    if is_forbidden(label) or forbidden_action(label) or withdraws(label) or ends_something(label):
        return "forbidden"
    services = (*look.services.values(), *(spec.never for spec in look.controls.values()))
    if any(_speaks_of(label, name) for names in services for name in names):
        return "other_service"
    weighty = (name for spec in look.controls.values() if spec.weighty for name in spec.labels)
    if is_risky(label) or decides(label) or names_money(label) or any(_speaks_of(label, name) for name in weighty):
        return "risky"
    decisive = (
        *(*look.banner, look.consent_text, look.withdraw_text, *look.intro, *look.known),
        *(*look.code.labels, *look.code.remaining, *look.code.other_numbers, *look.code.expired),
    )
    return "decisive_text" if any(_speaks_of(label, text) for text in decisive) else None


def _speaks_of(label: str, name: str) -> bool:
    return says(label, name) or says(skeleton(label), skeleton(name))


def _is_a_name(label: str) -> bool:
    told = skeleton(label)
    return bool(
        _GREETS.search(told) or _SURNAME.search(label.strip()) or _GIVEN_NAMES.intersection(re.findall("[a-z]+", told))
    )


def _of_another(control: str, label: str, look: Look) -> Problem | None:
    """Tell whether *label* is one of another control of the look: then one press could mean either."""
    told = skeleton(fold_label(label))
    others = (name for spec in look.controls.values() if spec.name != control for name in (*spec.labels, *spec.also))
    own = (*look.controls[control].labels, *look.controls[control].also)
    if told in {skeleton(fold_label(name)) for name in own}:
        return None
    return "another_control" if told in {skeleton(fold_label(name)) for name in others} else None


def _belongs_to_another(control: str, label: str, found: Iterable[Addition]) -> Problem | None:
    told = skeleton(fold_label(label))
    is_others = any(one.control != control and skeleton(fold_label(one.label)) == told for one in found)
    return "another_control" if is_others else None


def _line_of(text: str, key: str, value: str) -> int:
    """Return the line of *text*, from 1, on which *key* stands; within its list that of *value*, if it is found."""
    names = re.sub(r"\[\d+\]$", "", key).split(".")
    at, best, table = 1, 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]*)\]", line):
            table = header[1]
        here = f"{table} {line.partition('=')[0]}"
        named = sum(bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", here)) for name in names)
        if named > best:
            best, at = named, number
        if value and value in line and best == len(names) and number >= at:
            return number
    return at
