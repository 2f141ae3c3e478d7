"""What can be seen right now: tabs, frames, texts and controls, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Frame, Page

FIELD_ROLES = frozenset({"textbox", "combobox", "searchbox"})
TOGGLE_ROLES = frozenset({"checkbox", "radio", "switch"})


@dataclass(frozen=True, slots=True)
class Control:
    """One thing a person could use. Never holds the value of a field."""

    frame: int
    """Number of its frame within the tab."""
    index: int
    """Its number within the frame, in document order."""
    role: str
    type: str
    id: str
    name: str
    text: str
    """Its visible text; tiles have several lines."""
    names: tuple[str, ...]
    """Its other names: ARIA label, label elements, value of a button, placeholder, title, alternative texts."""
    beside: str
    """The words next to a field or box that has no label of its own."""
    href: str
    effects: tuple[str, ...]
    """What it would do, as far as its markup tells: addresses, form action, handler, ids, data attributes."""
    disabled: bool
    checked: bool
    form: int
    """Number of its form within the frame, -1 without one."""
    ancestor: int
    """Number of the nearest control around it, -1 without one."""
    box: tuple[float, float, float, float]
    """x, y, width, height in CSS pixels of its frame's viewport."""

    @classmethod
    def parse(cls, frame: int, data: Mapping[str, Any]) -> Control:
        """Build a control from what ``observe.js`` says of it."""
        return cls(
            frame=frame,
            index=data["index"],
            role=data["role"],
            type=data["type"],
            id=data["id"],
            name=data["name"],
            text=data["text"],
            names=tuple(data["names"]),
            beside=data["beside"],
            href=data["href"],
            effects=tuple(data["effects"]),
            disabled=data["disabled"],
            checked=data["checked"],
            form=data["form"],
            ancestor=data["ancestor"],
            box=tuple(data["box"]),
        )

    def facts(self) -> list[object]:
        """Return all that the safety rule looks at, in the order of ``observe.js``."""
        seen = (self.role, self.type, self.id, self.name, self.text, list(self.names), self.beside, self.href)
        return [*seen, list(self.effects), self.disabled, self.checked, self.form]

    def is_like(self, other: Control) -> bool:
        """Tell whether *other* is this control seen again: all the same but for its place."""
        return (
            self.role,
            self.type,
            self.id,
            self.name,
            self.text,
            self.names,
            self.effects,
            self.disabled,
        ) == (
            other.role,
            other.type,
            other.id,
            other.name,
            other.text,
            other.names,
            other.effects,
            other.disabled,
        )


@dataclass(frozen=True, slots=True)
class FrameView:
    """One frame as it is shown."""

    frame: Frame = field(repr=False, compare=False)
    url: str = field(repr=False)
    document: float
    """When its document began, milliseconds since the epoch: differs for every page load."""
    ready: str
    title: str
    text: str = field(repr=False)
    headings: tuple[str, ...]
    alerts: tuple[str, ...]
    controls: tuple[Control, ...] = field(repr=False)
    moving: bool = False
    """Whether it says that it will lead to another page by itself within half a minute."""


@dataclass(frozen=True, slots=True)
class TabView:
    """One tab: its page with all frames on allowed hosts, the main frame first."""

    page: Page = field(repr=False, compare=False)
    url: str = field(repr=False)
    sites: frozenset[str]
    """Whose page it may be; empty for an address that is not allowed."""
    status: int
    """HTTP status of its document, 0 when unknown."""
    frames: tuple[FrameView, ...]

    @property
    def text(self) -> str:
        """The visible text of all frames, a line per block."""
        return "\n".join(frame.text for frame in self.frames)

    @property
    def headings(self) -> tuple[str, ...]:
        """The visible headings of all frames and the titles."""
        return tuple(line for frame in self.frames for line in (*frame.headings, frame.title) if line)

    @property
    def alerts(self) -> tuple[str, ...]:
        """What the page reports as errors or notices."""
        return tuple(line for frame in self.frames for line in frame.alerts)

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls of all frames."""
        return tuple(control for frame in self.frames for control in frame.controls)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self.text.strip() and not self.controls

    @property
    def is_loading(self) -> bool:
        """Whether its document is still being read."""
        return not self.frames or self.frames[0].ready == "loading"

    def document(self) -> tuple[float, ...]:
        """Return what tells this page load from every other."""
        return tuple(frame.document for frame in self.frames)

    def fingerprint(self) -> int:
        """Return a number that stays the same while nothing a person could see or use changes."""
        return hash(
            (
                self.document(),
                self.text,
                tuple((c.role, c.text, c.names, c.disabled, c.checked, c.effects) for c in self.controls),
            )
        )


@dataclass(frozen=True, slots=True)
class Observation:
    """All that can be seen at one moment, the newest tab last."""

    tabs: tuple[TabView, ...]
    failed: str = ""
    """The browser's own error when it could not reach an address."""
