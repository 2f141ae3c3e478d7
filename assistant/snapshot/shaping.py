"""What we may keep of a page: a look at it, with everything we don't know reduced to its shape.

The result is a look like any other, so the same code recognises the screen and its controls. We deliberately lose every
word that isn't part of something we know as a whole, query strings, scripts, which boxes are ticked, and everything of
the gateway but its login form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from assistant.snapshot.vocabulary import Vocabulary, is_told, shape, spells
from flows import Control, FrameView, Look, TabView, is_loopback_host, portal_look
from flows.controls import find_all
from flows.observation import FIELD_ROLES, TOGGLE_ROLES, DialogView, Mark, Run
from flows.sites import SITES

_LABELLED = frozenset({"link", "button", "menuitem", "tab", "option", "checkbox", "radio", "switch"})
_ADDRESS = re.compile(r"(?:https?:)?/[^\s'\"()]*", re.ASCII)
_IDENTIFIER = re.compile(r"[\w:.-]{1,80}", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_TITLE_PARTS = re.compile(r"(\s+[|·–—-]\s+)")
_GRID = 10
"""We round a box's position to this many CSS pixels, so its width doesn't give away the name in it."""


class NotKeptError(Exception):
    """We may keep nothing of this page: the gateway's (except its login form) and every other host's."""


def shaped(tab: TabView, vocabulary: Vocabulary, screen: str, look: Look | None = None) -> TabView:
    """Return what we may keep of *tab*, which shows *screen* (empty if unknown). Raises `NotKeptError`."""
    look = look or portal_look()
    if not tab.sites or tab.is_elsewhere or not tab.frames:
        raise NotKeptError
    is_gateway = "gateway" in (look.screens[screen].sites & tab.sites if screen in look.screens else tab.sites)
    if is_gateway and screen != "login":
        raise NotKeptError
    hosts = frozenset(site.host for site in SITES.values())
    shaper = _Shaper(vocabulary, hosts)
    frames = tuple(shaper.frame(view) for view in tab.frames)
    if is_gateway:
        frames = (_login_form(replace(tab, frames=frames), look),)
    return replace(tab, url=shaper.address(tab.url), frames=frames)


@dataclass(frozen=True, slots=True)
class _Shaper:
    words: Vocabulary
    hosts: frozenset[str]
    """The portal's; any other is reduced to its shape."""

    def frame(self, view: FrameView) -> FrameView:
        """Return what we may keep of a frame. The number of lines stays, because everything refers to its place."""
        lines = self._lines(view)
        filled = frozenset(c.name for c in view.controls if c.role in FIELD_ROLES | TOGGLE_ROLES)
        return replace(
            view,
            url=self.address(view.url),
            document=0.0,
            ready="complete",  # how far it had loaded at that moment doesn't matter
            title="".join(self.words.told(part, is_label=True) for part in _TITLE_PARTS.split(view.title)),
            text="\n".join(" ".join(words for _, words in line) for line in lines),
            runs=lines,
            headings=tuple(self._label(heading) for heading in view.headings),
            alerts=tuple(self.words.told(alert, is_label=False) for alert in view.alerts),
            controls=tuple(self.control(control, filled) for control in view.controls),
            dialogs=tuple(map(self._dialog, view.dialogs)),
            marks=tuple(Mark(mark.kind, mark.span, _on_grid(mark.box)) for mark in view.marks),
        )

    def control(self, control: Control, filled: frozenset[str]) -> Control:
        """Return what we may keep of a control: never its value, and not whether it is ticked.

        *filled* are the names of what a person fills in or ticks: what those send belongs to the person.
        """
        return replace(
            control,
            role=self.words.identifier(control.role),
            type=self.words.identifier(control.type),
            id=self.words.identifier(control.id),
            name=self.words.identifier(control.name),
            text=self._label(control.text),
            names=tuple(map(self._label, control.names)),
            beside=self._label(control.beside),
            title=self._label(control.title),
            href=self.address(control.href),
            effects=tuple(filter(None, map(self._effect, control.effects))),
            carries=tuple(self._carried(sent) for sent in control.carries if sent.partition("=")[0] not in filled),
            classes=tuple(dict.fromkeys(map(self._class, control.classes))),
            checked=False,
            box=_on_grid(control.box),
        )

    def address(self, address: str) -> str:
        """Return scheme, host and path of *address*, as far as we know them, without the query."""
        if not address or address == "#":
            return address
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return shape(address)
        if parts.scheme not in {"", "http", "https"}:
            return f"{parts.scheme if parts.scheme in {'about', 'javascript', 'jnlp', 'mailto', 'tel'} else 'aaaa'}:"
        path = "/".join(map(self.words.identifier, parts.path.split("/")))
        if spells(path):
            path = shape(path)
        place = f"#{self.words.identifier(parts.fragment)}" if parts.fragment else ""
        if not host:
            return f"{path}{place}"
        is_known = host in self.hosts or (is_loopback_host(host) and self._is_of_mock(host))
        return f"{parts.scheme or 'http'}://{host if is_known else shape(host)}{path}{place}"

    def _is_of_mock(self, host: str) -> bool:
        is_known = all(self.words.identifier(part) == part for part in host.split("."))
        return host == "127.0.0.1" or (is_known and not spells(host))

    def _class(self, name: str) -> str:
        """Return a class. Nobody styles a single digit or letter, and several would spell something."""
        return self.words.identifier(name) if _LETTERS.search(name) else shape(name)

    def _label(self, text: str) -> str:
        """Return the words of a control or heading, line by line: a tile's title has its own line."""
        if self.words.knows(text):
            return self.words.told(text, is_label=True)
        return "\n".join(self.words.told(line, is_label=True) for line in text.split("\n"))

    def _effect(self, effect: str) -> str:
        if _ADDRESS.fullmatch(effect) or effect.startswith("#"):
            return self.address(effect)
        if self.words.knows(effect):
            return self.words.told(effect, is_label=True)
        return self.words.identifier(effect) if _IDENTIFIER.fullmatch(effect) else ""

    def _carried(self, carried: str) -> str:
        """Return a hidden field's name, and its value only if we know that word. Not even the shape of a token."""
        name, _, value = carried.partition("=")
        kept = value if _LETTERS.search(value) and self.words.identifier(value) == value else ""
        return f"{self.words.identifier(name)}={kept}"

    def _dialog(self, dialog: DialogView) -> DialogView:
        return replace(dialog, title=self._label(dialog.title))

    def _lines(self, view: FrameView) -> tuple[tuple[Run, ...], ...]:
        """Return the lines in parts. Something we know as a whole may span several parts and lines."""
        spans = [control.span for control in view.controls if control.role in _LABELLED]
        spans += [span for control in view.controls for span in control.labels]
        kept: list[tuple[Run, ...]] = []
        while len(kept) < len(view.runs):
            rows = view.runs[len(kept) :]
            known = next((n for n in _BREAKS if n <= len(rows) and self._knows_rows(rows[:n])), 0)
            kept += rows[:known] if known else [tuple(self._part(run, rows[0], spans) for run in rows[0])]
        return tuple(kept)

    def _knows_rows(self, rows: Iterable[tuple[Run, ...]]) -> bool:
        text = " ".join(words for row in rows for _, words in row)
        return " " in text and self.words.told(text, is_label=False) == text

    def _part(self, run: Run, row: tuple[Run, ...], spans: list[tuple[int, int]]) -> Run:
        at, words = run
        is_label = any(first <= at < last for first, last in spans)
        return at, self.words.told(words, is_label=is_label)


_BREAKS = (4, 3, 2, 1)
"""How many lines one known sentence may span, longest first."""


def _on_grid(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x, y, width, height = (float(round(side / _GRID) * _GRID) for side in box)
    return x, y, width, height


def _login_form(tab: TabView, look: Look) -> FrameView:
    """Return the frame with the login form and nothing else: the form's controls, and words we know."""
    found = find_all(tab, look.controls["password_field"])
    if len(found) != 1:
        raise NotKeptError
    password = found[0]
    view = tab.frames[password.frame]
    stays = [control for control in view.controls if control.form == password.form]
    numbers = {control.index: number for number, control in enumerate(stays)}
    controls = tuple(
        replace(control, frame=0, index=numbers[control.index], ancestor=numbers.get(control.ancestor, -1))
        for control in stays
    )
    return replace(
        view,
        headings=tuple(filter(is_told, view.headings)),
        alerts=(),
        controls=controls,
        runs=tuple(line for line in map(_told_only, view.runs) if line),
        text="\n".join(" ".join(words for _, words in line) for line in map(_told_only, view.runs) if line),
        dialogs=(),
        marks=(),
        within=None,
    )


def _told_only(line: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple((at, words) for at, words in line if is_told(words))


def shaped_labels(tab: TabView, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield *tab*'s labels of which we would only keep the shape, so the person can mark the portal's own."""
    seen: set[str] = set()
    for label in (*tab.headings, *(line for control in tab.controls for line in control.text.splitlines())):
        if label not in seen and not vocabulary.knows(label) and any(letter.isalpha() for letter in label):
            seen.add(label)
            yield label
