"""A snapshot's file: one readable JSON file with a line per control, which says at the top what it contains.

A page comes back from it as a `flows.TabView`, so whatever recognises a live page recognises a saved one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field, fields, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from playwright.sync_api import Frame, Page
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from assistant.base.errors import UsageError
from assistant.base.files import beginning, write
from assistant.base.trouble import why
from assistant.base.version import version
from assistant.base.words import LANGUAGES, told
from assistant.run.closed import CLOSED
from flows import Control, FrameView, TabView
from flows.observation import DialogView, Mark, Run
from flows.world import Place

FORMAT = 1
_BEGINNING = 40
"""A file that is a snapshot says so within this many bytes."""
LARGEST = 8 * 1024 * 1024
"""Maximum snapshot size in bytes."""
_UNSAID: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("type", "id", "name", "text", "beside", "href"), ""),
        **dict.fromkeys(("names", "effects"), ()),
        **dict.fromkeys(("disabled", "checked"), False),
        **dict.fromkeys(("form", "ancestor"), -1),
    }
)
"""What a control is if it doesn't say otherwise."""
_BY_PLACE = frozenset({"frame", "index"})
"""Known from the position in the file."""
Origin = Literal["real", "loopback", "mock"]


@dataclass(frozen=True, slots=True, config=CLOSED)
class FramePart:
    """A frame as saved; same names as `flows.FrameView`."""

    url: str
    title: str = ""
    status: int = 0
    ready: str = "complete"
    moving: bool = False
    is_guarded: bool = True
    within: tuple[int, int] | None = None
    headings: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    boxes: tuple[tuple[int, int], ...] = ()
    asides: tuple[tuple[int, int], ...] = ()
    dialogs: tuple[DialogView, ...] = ()
    marks: tuple[Mark, ...] = ()
    runs: tuple[tuple[Run, ...], ...] = ()
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True, config=CLOSED)
class Screen:
    """One page in a snapshot."""

    name: str
    """The screen we recognised when we took it; empty if none."""
    sites: tuple[str, ...]
    url: str
    status: int
    frames: tuple[FramePart, ...]
    is_partial: bool = False

    @classmethod
    def of(cls, tab: TabView, name: str) -> Screen:
        """Return what we keep of *tab*, which is already `shaped`."""
        frames = tuple(FramePart(**{key: getattr(view, key) for key in _names(FramePart)}) for view in tab.frames)
        return cls(name, tuple(sorted(tab.sites)), tab.url, tab.status, frames, tab.is_partial)

    def tab(self) -> TabView:
        """Return the page as we saw it. There is no browser behind it, so you can't pick or press anything."""
        nowhere = cast("Any", None)
        frames = tuple(
            FrameView(
                frame=cast("Frame", nowhere),
                place=cast("Place", nowhere),
                document=0.0,
                text="\n".join(" ".join(words for _, words in line) for line in part.runs),
                **{key: getattr(part, key) for key in _names(FramePart)},
            )
            for part in self.frames
        )
        return TabView(cast("Page", nowhere), self.url, frozenset(self.sites), self.status, frames, self.is_partial)


@dataclass(frozen=True, slots=True, config=CLOSED)
class Snapshot:
    """Pages of one portal, in the order we saw them."""

    screens: tuple[Screen, ...]
    made: str = ""
    """The date in ISO 8601."""
    origin: Origin = "real"
    edition: str = "unknown"
    program: str = field(default_factory=lambda: f"eonay {version()}")

    def __getitem__(self, name: str) -> Screen:
        """Return the first page of the screen *name*. Raises `KeyError`."""
        for screen in self.screens:
            if screen.name == name:
                return screen
        raise KeyError(name)

    def text(self) -> str:
        """Return the file's text."""
        head = {
            "eonay_snapshot": FORMAT,
            "about": " / ".join(told("snapshot.file.about", language) for language in LANGUAGES),
            "program": self.program,
            "made": self.made,
            "origin": self.origin,
            "edition": self.edition,
        }
        lines = [f" {_json(key)}: {_json(value)}," for key, value in head.items()]
        screens = ",\n".join("\n".join(_screen_lines(screen)) for screen in self.screens)
        return "{\n" + "\n".join(lines) + '\n "screens": [\n' + screens + "\n ]\n}\n"

    def save(self, path: Path, *, private: bool = True) -> None:
        """Save it to *path*, private or not. Raises `UsageError`."""
        try:
            write(path, self.text(), private=private)
        except OSError as error:
            raise UsageError.of("snapshot.file.unwritable", path=path, why=partial(why, error)) from None

    def without_layout(self) -> Snapshot:
        """Return a copy without what depends on fonts and date: places, and what it was made with."""
        return replace(self, screens=tuple(map(_without_layout, self.screens)), made="", program="")


def read_snapshot(path: Path) -> Snapshot:
    """Read the snapshot at *path*. Raises `UsageError` saying what is wrong with it, without quoting it."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError.of("snapshot.file.unreadable", path=path, why=partial(why, error)) from None
    if len(text) > LARGEST:
        raise _wrong(path, "too_large")
    try:
        entries = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _wrong(path, "not_json") from None
    if not isinstance(entries, dict) or "eonay_snapshot" not in entries:
        raise _wrong(path, "other")
    if entries.pop("eonay_snapshot") != FORMAT:
        raise _wrong(path, "format", format=FORMAT)
    entries.pop("about", None)
    try:
        _fill_in(entries)
        return _adapter(Snapshot).validate_python(entries)
    except (KeyError, TypeError, AttributeError):
        raise _wrong(path, "missing") from None
    except ValidationError as error:
        where = "/".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"][:4])
        raise _wrong(path, "at", where=where) from None


def is_snapshot(path: Path) -> bool:
    """Whether *path* is a snapshot's file, by its first bytes."""
    try:
        return b'"eonay_snapshot":' in beginning(path, _BEGINNING)
    except OSError:
        return False


def _fill_in(entries: dict[str, Any]) -> None:
    """Give each control what the file leaves out: its number, and its empty fields."""
    for screen in entries["screens"]:
        for number, frame in enumerate(screen["frames"]):
            if "runs" in frame:
                frame["runs"] = [line for line in frame["runs"] if line]  # there are no empty lines
            controls = frame.get("controls", [])
            frame["controls"] = [
                {**_UNSAID, "frame": number, "index": index, **control} for index, control in enumerate(controls)
            ]


def _wrong(path: Path, name: str, **values: object) -> UsageError:
    return UsageError.of("snapshot.file.wrong", path=path, why=partial(told, f"snapshot.wrong.{name}", **values))


@cache
def _adapter(kind: type[Snapshot]) -> TypeAdapter[Snapshot]:
    return TypeAdapter(kind)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(entry.name for entry in fields(kind))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _screen_lines(screen: Screen) -> Iterator[str]:
    """Yield a page's lines: its own facts, then each frame, with one line per line and per control."""
    yield "  {"
    for key in ("name", "sites", "url", "status", "is_partial"):
        yield f'   "{key}": {_json(getattr(screen, key))},'
    yield '   "frames": ['
    yield ",\n".join("\n".join(_frame_lines(frame)) for frame in screen.frames)
    yield "   ]"
    yield "  }"


def _frame_lines(frame: FramePart) -> Iterator[str]:
    yield "    {"
    rows = ("headings", "alerts", "runs", "dialogs", "marks", "controls")
    said = [f'     "{key}": {_json(value)}' for key, value in _said(frame).items() if key not in rows]
    for key in rows:
        entries = [
            _json(_said(entry) if not isinstance(entry, str | tuple) else entry) for entry in getattr(frame, key)
        ]
        if entries:
            said.append(f'     "{key}": [\n      ' + ",\n      ".join(entries) + "\n     ]")
    yield ",\n".join(said)
    yield "    }"


def _said(part: Any) -> dict[str, Any]:
    """Return *part*'s fields that differ from their defaults, coordinates as whole numbers."""
    defaults = {entry.name: _UNSAID.get(entry.name, entry.default) for entry in fields(part)}
    said = {name: value for name, value in asdict(part).items() if name not in _BY_PLACE and value != defaults[name]}
    return {name: _whole(value) for name, value in said.items()}


def _whole(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_whole(entry) for entry in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _without_layout(screen: Screen) -> Screen:
    nowhere = (0.0, 0.0, 0.0, 0.0)
    return replace(
        screen,
        frames=tuple(
            replace(
                frame,
                controls=tuple(replace(control, box=nowhere) for control in frame.controls),
                marks=tuple(replace(mark, box=nowhere) for mark in frame.marks),
            )
            for frame in screen.frames
        ),
    )
