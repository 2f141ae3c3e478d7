"""Words added to the look, from an institution's portal file or learnt at a desk. They can only add.

Such a file may say one thing: another label for a control of `ALLOWED`, as TOML::

    [controls.nes_menu]
    labels = ["E-imza Hizmetleri"]

Anything else is refused with its line: other controls, ids, limits, signals and texts, and labels that carry weight,
name another service, belong to another control or could hold something personal. Added labels are tried only when no
shipped label fits, and whatever they find is pressed under the same rules as everything else (`flows.safety`).
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
from flows.text import fold, fold_label, says, skeleton
from flows.words import decides, ends_something, is_risky, names_money, withdraws, words

ALLOWED = (*WAYS_ON, "portal_home", "jnlp_link", "jar_link")
"""The controls that may get more labels: harmless ways through the portal, and the links to the signing app."""
LONGEST = 60
"""Maximum length of a label in characters."""
MOST_WORDS = 8
MOST_LABELS = 200
"""In one file."""
LARGEST = 64 * 1024
"""Maximum size of a file in characters."""

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
    "an_address",
    "a_name",
    "forbidden",
    "risky",
    "other_service",
    "decisive_text",
    "another_control",
]
"""Why something is refused. The assistant's catalogue has the words for each, and what to do."""

_LETTERS = frozenset("abcçdefgğhıijklmnoöpqrsştuüvwxyzâîû")
"""The letters of Turkish labels; any other letter could only be one that looks like these."""
_ADDRESS = re.compile(r"@|://|\bwww\b|\w\.(?:com|gov|org|net|edu|tr)\b", re.IGNORECASE)
_GREETS = re.compile(r"\b(?:sayin|sn|merhaba|hos ?geldin\w*|bay|bayan|welcome|dear)\b")
_SURNAME = re.compile(r"(?:[A-ZÇĞİÖŞÜ][a-zçğıöşüâîû]+ ){1,3}[A-ZÇĞİÖŞÜ]{3,}$")
"""A person the way Turkish papers write one: "Ayşe Nur YILMAZ"."""
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
"""Common ones that are not interface words; no label should have any of them."""
_NAMES_TOO = frozenset(
    name
    for line in (
        "akin arda arslan aslan ates aydin bahar baris bulut burcu can cagla cem cetin celik ceyda demir deniz dogan",
        "ece efe ercan eren erkan esin evren gokhan gul gulsen gunes gungor ilker ilknur irfan isik kaan kaplan kara",
        "kaya kilic kilinc koc korkmaz kurt levent nur oguz ozan ozcan ozdemir ozkan ozturk onur polat sahin simsek",
        "sinan tamer tekin tolga tuncay turan ufuk umut unal yalcin yavuz yildirim yildiz yilmaz yigit yuksel zafer",
    )
    for name in line.split()
)
"""First names and surnames that may also be ordinary words: a label made of nothing else is a person."""
_ACTS = re.compile(
    r"\b(?:devam|tamamla|onay\w* (?:ver|bildir|ilet)|calin|kayip|kayb(?:et|ol)|evet|kaydet|gonder"
    r"|oden?(?:e|iniz|in)?\b|satin al|sepet|imza at|basvur(?:u|un|unuz)?\b(?= yap|$)"
    r"|cik(?:is\w*|iniz|in)?\b|deaktif|log ?(?:out|off)|sign ?(?:out|off)|continue|proceed|approv|confirm|accept"
    r"|agree|submit|pay(?:ment)?\b|buy|sign(?! ?in\b))"
)
"""Other names for presses of weight: going on, sending, paying, signing, leaving."""
_ONLY_ON = frozenset(
    {
        *("ilerle", "ilerleyiniz", "ileri", "sonraki", "adim", "adima", "tamam", "git", "gec", "geciniz"),
        *("basla", "baslat", "ok", "next", "yes", "go"),
    }
)
"""A label that says nothing else doesn't say what is behind it."""
_OTHERS = ("Borç", "Başvuru Durum Sorgulama", "Sertifika Listeleme", "Başvurularım", "PIN / PUK Bilgisi")
"""The portal's harmless services. Source: portal-facts, sections 1 and 2a."""
_PARTED = re.compile(r"(?<=[a-z])[-._*·/](?=[a-z])")
_SHORTEST_INFLECTED = 5
_ENDING = 2
"""How many letters of a word a Turkish ending may change ("mühür", "mührüm")."""


class AdditionError(ValueError):
    """Something in a file is refused. We use nothing of that file."""

    def __init__(self, problem: Problem, source: str, line: int, key: str, value: str = "") -> None:
        self.problem = problem
        self.source = source
        """The file, by the name it was given as."""
        self.line = line
        """Counted from 1."""
        self.key = key
        """What is refused, for example ``controls.nes_menu.labels[0]``."""
        self.value = value
        """The label, if it is one; else empty."""
        super().__init__(f"{source}:{line}: {key}: {problem}")


@dataclass(frozen=True, slots=True)
class Addition:
    """One more label for a control."""

    control: str
    label: str


def read_additions(text: str, source: str, look: Look) -> tuple[Addition, ...]:
    """Return what the portal file *text* adds to *look*; messages call the file *source*.

    Raises `AdditionError` for the first thing that the file may not say.
    """
    if len(text) > LARGEST:
        raise AdditionError("too_large", source, 1, "")
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # a number with thousands of digits is a plain ValueError
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
    """Return why *label* may not be added to *control*; None when it may."""
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
    if not all(sign in _LETTERS for sign in fold(label) if sign.isalpha() or unicodedata.category(sign)[0] == "M"):
        return "foreign_letter"
    if _ADDRESS.search(label):
        return "an_address"
    return _of_weight(label, look) or ("a_name" if _is_a_name(label) else None) or _of_another(control, label, look)


def with_additions(look: Look, additions: Iterable[Addition]) -> Look:
    """Return *look* with *additions*, each tried only when no label from before fits. Takes nothing away."""
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
    return json.dumps(label, ensure_ascii=False)  # also a TOML string: a label has no control characters


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Any, str, Problem | None]]:
    """Yield key, value, control and any problem found so far for each thing in the file."""
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
    if any(_speaks_of(label, name) or _is_inflected(label, name) for names in (*services, _OTHERS) for name in names):
        return "other_service"
    weighty = (name for spec in look.controls.values() if spec.weighty for name in spec.labels)
    if is_risky(label) or decides(label) or names_money(label) or any(_speaks_of(label, name) for name in weighty):
        return "risky"
    if any(_acts(reading) for reading in (" ".join(words(label)), _PARTED.sub("", skeleton(label)))):
        return "risky"
    decisive = (
        *(*look.banner, look.consent_text, look.withdraw_text, *look.intro, *look.known),
        *(*look.code.labels, *look.code.remaining, *look.code.other_numbers, *look.code.expired),
    )
    return "decisive_text" if any(_speaks_of(label, text) for text in decisive) else None


def _speaks_of(label: str, name: str) -> bool:
    return says(label, name) or says(skeleton(label), skeleton(name))


def _is_inflected(label: str, name: str) -> bool:
    """Return whether *label* has the words of *name*, whatever their endings."""
    said, wanted = words(label), [word for word in words(name) if len(word) > 1]
    return bool(wanted) and all(any(_begins_as(word, one) for word in said) for one in wanted)


def _begins_as(word: str, one: str) -> bool:
    return word == one if len(one) < _SHORTEST_INFLECTED - 1 else word.startswith(one[: max(3, len(one) - _ENDING)])


def _acts(told: str) -> bool:
    return bool(_ACTS.search(told)) or set(told.split()) <= _ONLY_ON


def _is_a_name(label: str) -> bool:
    told = skeleton(label)
    said = set(re.findall("[a-z]+", told))
    return bool(
        _GREETS.search(told)
        or _SURNAME.search(label.strip())
        or said & _GIVEN_NAMES
        or said <= (_GIVEN_NAMES | _NAMES_TOO)
    )


def _of_another(control: str, label: str, look: Look) -> Problem | None:
    """Return whether *label* belongs to another control of the look: then one press could mean either."""
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
    """Return the line of *text*, from 1, with *key*; within its list the line of *value*, if we find it."""
    names = re.sub(r"\[\d+\]$", "", key).split(".")
    at, best, table = 1, 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        if header := re.match(r"\s*\[+([^\]]*)\]", line):
            table = header[1]
        here = f"{table} {line.partition('=')[0]}"
        named = sum(bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", here)) for name in names)
        if named > best:
            best, at = named, number
        if value and value in line and best == len(names) and number >= at:
            return number
    return at
