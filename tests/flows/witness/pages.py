"""Pages that each use one way: way × form × words, from a seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from flows.plain import is_plain
from tests.assistant.cases import sentences as s
from tests.assistant.cases.variants import page
from tests.flows.pages import GIVE, INTRO
from tests.flows.witness.added import ADDED, IN_LISTS, ODD_LETTERS, OF_THE_PAGE, UNREADABLE
from tests.flows.witness.forms import FORMS, PLACES, filled
from tests.flows.witness.harmless import HARMLESS
from tests.flows.witness.hidden import HIDDEN, PICTURES
from tests.flows.witness.misled import MISLED

_EITHER_WAY = tuple(words for words in s.DESCRIPTIONS if is_plain(words[::-1]))
"""Descriptions that are also plain backwards. We read reversed words in both directions."""
_LOOKALIKES = str.maketrans("aeopcyxi", "аеорсухі")
_NODE = r"(document.getElementById('\1') || document.querySelector('eonay-box').shadowRoot.getElementById('\1'))"
"""How a script finds a node, even in an open shadow tree."""
_IN_BOX = '<span style="display:inline-block">{}</span>'
_PLAIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SMALL = str.maketrans(_PLAIN_LETTERS, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘqʀꜱᴛᴜᴠᴡxʏᴢ")
_BOXES = str.maketrans({c: chr(0x1F130 + n) for n, c in enumerate(_PLAIN_LETTERS)})
_MATHS = str.maketrans({c: chr(0x1D5BA + n) for n, c in enumerate(_PLAIN_LETTERS)})
WAYS = (*(f"added {name}" for name in ADDED), *(f"hidden {name}" for name in HIDDEN), *(f"misled {n}" for n in MISLED))


@dataclass(frozen=True, slots=True)
class Case:
    """One page, and whether it is a trap."""

    name: str
    trap: bool
    html: str = field(repr=False)


def case(way: str, form: str, *, trap: bool, seed: int = 0) -> Case:
    """Return the trap or the twin of *way* in *form*. It is the same page every time."""
    words = Random(f"{way} {form} {seed} {trap}")  # noqa: S311 (a page, no secret)
    kind, _, name = way.partition(" ")
    if kind == "added":
        harmless = s.CAPTIONS if name in IN_LISTS else _EITHER_WAY if "BACKWARDS" in ADDED[name] else s.DESCRIPTIONS
        text = words.choice(s.WITHDRAWALS if trap else harmless)
        place = words.choice(PLACES)
        if name in OF_THE_PAGE or (not trap and name in UNREADABLE):
            place = "OUTSIDE"
        html = ADDED[name] if trap else re.sub("|".join(ODD_LETTERS), "TEXT", ADDED[name])
        parts: Mapping[str, str] = {place: _spelt(html, text)}
    elif kind == "hidden":
        way_to_hide = _with_nodes(HIDDEN[name])
        parts = {"SENTENCE": way_to_hide.replace("SENTENCE", GIVE)}
        if not trap:
            # We can't tell what a picture shows, so in the twin it is elsewhere.
            parts = {
                "OUTSIDE" if name in PICTURES else "BETWEEN": way_to_hide.replace("SENTENCE", words.choice(_EITHER_WAY))
            }
    elif kind == "misled":
        parts = MISLED[name][0 if trap else 1]
    else:
        parts = HARMLESS[name]
    return Case(f"{way} in {form}, {'trap' if trap else 'twin'} {seed}", trap, _page(form, parts))


def all_cases(seed: int = 0, *, every: int = 1) -> Iterator[Case]:
    """Yield trap and twin of every way in every form, and the plain pages; or every *every*-th, starting at *seed*."""
    pairs = [(way, form) for way in WAYS for form in FORMS]
    chosen = pairs[seed % every :: every] if every > 1 else pairs
    for way, form in chosen:
        for trap in (True, False):
            yield case(way, form, trap=trap, seed=seed)
    plain = [(f"harmless {name}", form) for name in HARMLESS for form in FORMS]
    for way, form in plain[seed % every :: every] if every > 1 else plain:
        yield case(way, form, trap=False, seed=seed)


def _page(form: str, parts: Mapping[str, str]) -> str:
    style = parts.get("SENTENCE_STYLE", "")
    inner = {**parts, "SENTENCE": f'<span class="s">{GIVE}</span>'} if style else dict(parts)
    block = filled(form, inner).replace(" AFTER", "")
    body = f"{parts.get('OUTSIDE_TOP', '')}<h1>E-Onay İşlemleri</h1><p>{INTRO}</p>{block}"
    if style:  # in a shadow tree the sentence only gets a style from inside
        body = body.replace('<span class="s">', f'<style>{style}</style><span class="s">')
    body += f'<div style="height:200px"></div>{parts.get("OUTSIDE", "")}'
    return page("E-Onay İşlemleri", body)


def _with_nodes(html: str) -> str:
    return re.sub(r"NODE\((\w+)\)", _NODE, html)


def _spelt(html: str, text: str) -> str:
    first, _, rest = text.partition(" ")
    letters = " ".join(_IN_BOX.format("".join(map(_IN_BOX.format, word))) for word in text.split())
    forms = {
        "SPELT": letters,
        "BACKWARDS": text[::-1],
        "LOOKALIKE": text.translate(_LOOKALIKES),
        "SMALLCAPS": text.lower().translate(_SMALL),
        "BOXED": text.lower().translate(_BOXES),
        "MATHS": text.translate(_MATHS),
        "MARKED": "".join(f"{c}\u0336" if c.isalpha() else c for c in text),
        "HYPHENED": "\u00ad".join(text),
        "FIRST": first,
        "REST": rest,
        "TEXT": text,
    }
    html = _with_nodes(html)
    for name, spelt in forms.items():
        html = html.replace(name, spelt)
    return html
