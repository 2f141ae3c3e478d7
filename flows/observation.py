"""What can be seen right now: tabs, frames, texts and controls, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from playwright.sync_api import Frame, Page

from flows.world import Place

FIELD_ROLES = frozenset({"textbox", "combobox", "searchbox"})
TOGGLE_ROLES = frozenset({"checkbox", "radio", "switch"})


Span = tuple[int, int]
"""A stretch of a frame's text: where it begins and where it ends."""

Part = Literal["", "main", "navigation", "header", "footer", "aside", "dialog"]
State = Literal["", "disabled", "busy", "locked"]

Run = tuple[int, str]
"""Where some words begin, and the words."""


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
    """Its other names: ARIA label, label elements, a button's value, placeholder, title, alternative texts."""
    beside: str
    """The words next to a field or box that has no label of its own."""
    href: str
    effects: tuple[str, ...]
    """What it would do, as far as its markup says: addresses, form action, handler, ids, data attributes."""
    disabled: bool
    checked: bool
    form: int
    """Number of its form within the frame, -1 without one."""
    ancestor: int
    """Number of the nearest control around it, -1 without one."""
    box: tuple[float, float, float, float]
    """x, y, width, height in CSS pixels of its frame's viewport."""
    span: Span = (0, 0)
    """Where its words begin and end in the frame's text, in the units of `FrameView.runs`."""
    labels: tuple[Span, ...] = ()
    """The same for the labels tied to it."""
    required: bool = False
    title: str = ""
    """The title of the tile whose only link it is, if the link itself just says "tıklayınız"."""
    part: Part = ""
    """The part of the page it is in, by landmark or by position; empty if nothing tells."""
    state: State = ""
    """Why it is `disabled`: switched off, busy, or locked until a text next to it has been read to its end."""
    is_current: bool = False
    """Whether it is the tab or link of what is shown already: pressing it leads nowhere."""
    classes: tuple[str, ...] = field(default=(), repr=False)
    """They decide nothing; they help whoever compares how a page was with how it is."""
    carries: tuple[str, ...] = field(default=(), repr=False)
    """What its form would send besides what is seen, as ``name=value``; the value only if it has words in it."""

    @classmethod
    def parse(cls, frame: int, data: Mapping[str, Any]) -> Control:
        """Build a control from what ``controls.js`` says about it."""
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
            span=tuple(data["span"]),
            labels=tuple(tuple(span) for span in data["labels"]),
            required=data["required"],
            title=data["title"],
            part=data["part"],
            state=data["state"],
            is_current=data["current"],
            classes=tuple(data["classes"]),
            carries=tuple(data["carries"]),
        )

    def facts(self) -> list[object]:
        """Return everything the safety rule looks at, in the order of ``press.js``."""
        seen = (
            self.role,
            self.type,
            self.id,
            self.name,
            self.text,
            list(self.names),
            self.beside,
            self.title,
            self.href,
        )
        return [*seen, list(self.effects), list(self.carries), self.disabled, self.checked, self.form]

    def is_like(self, other: Control) -> bool:
        """Return whether *other* is this control seen again: the same in everything but its place."""
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
class Layer:
    """What lies over a page: a dialog, a notice, a toast."""

    text: str = field(repr=False)
    """Everything it says, buttons included; empty if it says nothing."""
    controls: tuple[Control, ...] = field(repr=False)
    said: tuple[str, ...] = field(default=(), repr=False)
    """What it says itself, piece by piece: without the labels of its buttons, boxes and fields."""
    modal: bool = False
    """Whether nothing behind it can be used until it is gone."""
    title: str = field(default="", repr=False)
    """What it is called; empty without a title."""
    unread: bool = False
    """Whether part of it must be scrolled before one has read it to its end."""
    opaque: bool = False
    """Whether it shows something we can't read, such as another site's frame."""
    place: tuple[int, int] | None = None
    """Number of its frame within the tab, and its own among that frame's dialogs; None if it isn't one of them."""


@dataclass(frozen=True, slots=True)
class DialogView:
    """A dialog in sight, as its frame reports it."""

    span: Span
    """Its words in the frame's text."""
    modal: bool
    """Whether nothing behind it can be used: by its markup, or because it covers the page."""
    title: str = field(default="", repr=False)
    unread: bool = False
    """See `Layer.unread`."""
    frames: bool = False
    """Whether it holds another frame, with words of its own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in a frame's content that the frame is still being drawn: see ``settled.js``."""

    kind: str
    """``busy``, ``spinner``, ``skeleton``, or ``grey`` for something that may also be an ornament."""
    span: Span | None
    """The words of the smallest block with controls around it; None if there is none."""
    box: tuple[float, float, float, float]
    """What it lies in, CSS pixels of the frame's viewport: itself, or a layer over the page."""


@dataclass(frozen=True)
class FrameView:
    """One frame as it is shown."""

    frame: Frame = field(repr=False, compare=False)
    place: Place = field(repr=False, compare=False)
    """Our vantage point in it: every question to the frame goes through there."""
    url: str = field(repr=False)
    document: float
    """When its document began, milliseconds since the epoch: differs for every page load."""
    ready: str
    title: str
    text: str = field(repr=False)
    headings: tuple[str, ...]
    alerts: tuple[str, ...]
    controls: tuple[Control, ...] = field(repr=False)
    runs: tuple[tuple[Run, ...], ...] = ()
    """Each line of `text` in parts: what is between the edges of controls and labels, with where it begins."""
    boxes: tuple[Span, ...] = ()
    """The blocks that hold controls and are smaller than a part of the page such as its navigation or content."""
    dialogs: tuple[DialogView, ...] = ()
    """The dialogs in sight, the topmost last."""
    within: tuple[int, int] | None = None
    """The dialog that holds this frame, as in `Layer.place`; None outside dialogs."""
    moving: bool = False
    """Whether it says that it will move on to another page by itself within half a minute."""
    is_guarded: bool = True
    """Whether the guard was in it before any script of the page."""
    status: int = 0
    """HTTP status of its document, 0 when unknown."""
    marks: tuple[Mark, ...] = ()
    asides: tuple[Span, ...] = ()
    """The parts that aren't what it is about: header, navigation, footer, carousel, chat."""
    hints: tuple[str, ...] = field(default=(), repr=False)
    """What pictures, bars, tooltips and fields that nobody can write into say, which is no part of the text."""

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Each line of its text with where it begins, in the units of `Control.span`."""
        return tuple(zip((line[0][0] for line in self.runs), self.text.split("\n"), strict=True)) if self.runs else ()

    @cached_property
    def page_lines(self) -> tuple[tuple[int, str], ...]:
        """The same without what dialogs say."""
        return tuple(line for line in self.lines if not self._is_in_dialog(line[0]))

    @cached_property
    def page_runs(self) -> tuple[tuple[Run, ...], ...]:
        """The parts of the lines that no dialog says."""
        return tuple(line for line in self.runs if not self._is_in_dialog(line[0][0]))

    @cached_property
    def page_controls(self) -> tuple[Control, ...]:
        """The controls outside dialogs."""
        return tuple(control for control in self.controls if not self._is_in_dialog(control.span[0]))

    @cached_property
    def page_headings(self) -> tuple[str, ...]:
        """The page's own headings, and its title."""
        if self.within is not None:
            return ()
        own = "\n".join(line for _, line in self.page_lines)
        said = (h for h in self.headings if not self.dialogs or h.split("\n")[0] in own)
        return tuple(line for line in (*said, self.title) if line)

    def _is_in_dialog(self, at: int) -> bool:
        return self.within is not None or any(d.span[0] <= at < d.span[1] for d in self.dialogs)


@dataclass(frozen=True)
class TabView:
    """One tab: its page with all frames on allowed hosts, the main frame first."""

    page: Page = field(repr=False, compare=False)
    url: str = field(repr=False)
    sites: frozenset[str]
    """Whose page it may be; empty if the address isn't allowed."""
    status: int
    """HTTP status of its document, 0 when unknown."""
    frames: tuple[FrameView, ...]
    is_partial: bool = False
    """Whether we couldn't read a frame in sight yet, so that the page may say more than `frames` does."""
    is_elsewhere: bool = False
    """Whether the person took it elsewhere to log in: then we read nothing in it."""

    @cached_property
    def text(self) -> str:
        """The visible text of all frames, a line per block, without what dialogs say."""
        return "\n".join(line for frame in self.frames for _, line in frame.page_lines)

    @cached_property
    def whole_text(self) -> str:
        """The visible text of all frames, dialogs included."""
        return "\n".join(frame.text for frame in self.frames)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The visible headings of all frames and the titles, without those of dialogs."""
        return tuple(line for frame in self.frames for line in frame.page_headings)

    @property
    def alerts(self) -> tuple[str, ...]:
        """What the page reports as errors or notices."""
        return tuple(line for frame in self.frames for line in frame.alerts)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """The controls of all frames, without those of dialogs."""
        return tuple(control for frame in self.frames for control in frame.page_controls)

    def is_guarded(self, control: Control) -> bool:
        """Whether the guard was there before any script of the page, and of the frame of *control*."""
        return all(view.is_guarded for view in (self.frames[0], self.frames[control.frame]))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self.is_elsewhere and not any(frame.text.strip() or frame.controls for frame in self.frames)

    @property
    def is_loading(self) -> bool:
        """Whether its document is still being read."""
        return not self.frames or self.frames[0].ready == "loading"

    def document(self) -> tuple[float, ...]:
        """Return what sets this page load apart from every other."""
        return tuple(frame.document for frame in self.frames)

    def fingerprint(self) -> int:
        """Return a number that stays the same as long as nothing a person could see or use changes."""
        return hash(
            (
                self.document(),
                self.whole_text,
                tuple(
                    (c.role, c.text, c.names, c.disabled, c.checked, c.effects, c.carries)
                    for f in self.frames
                    for c in f.controls
                ),
            )
        )


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything that can be seen at one moment, the newest tab last."""

    tabs: tuple[TabView, ...]
    failed: str = ""
    """The browser's own error when it could not reach an address."""


def view_of(frame: Frame, place: Place, facts: Mapping[str, Any], number: int) -> FrameView:
    """Return what ``press.js`` said about *frame*, frame *number* of the page."""
    return FrameView(
        frame=frame,
        place=place,
        url=facts["url"],
        document=facts["document"],
        ready=facts["ready"],
        title=facts["title"],
        text=facts["text"],
        headings=tuple(facts["headings"]),
        alerts=tuple(facts["alerts"]),
        controls=tuple(Control.parse(number, entry) for entry in facts["controls"]),
        runs=tuple(tuple((at, words) for at, words in line) for line in facts["runs"]),
        boxes=tuple(tuple(box) for box in facts["boxes"]),
        dialogs=tuple(DialogView(**{**dialog, "span": tuple(dialog["span"])}) for dialog in facts["dialogs"]),
        moving=facts["moving"],
        is_guarded=facts["first"],
        status=facts["status"],
        marks=tuple(Mark(m["kind"], m["span"] and tuple(m["span"]), tuple(m["box"])) for m in facts["marks"]),
        asides=tuple(tuple(span) for span in facts["asides"]),
        hints=tuple(facts["hints"]),
    )
