"""A stand-in browser that answers as the test tells it, to try the hand's rules: see ``test_acting.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from flows import Control, Hand, HostRule, Observer, TabView
from flows.observation import Layer, Observation
from flows.observer import Picked
from tests.flows.conftest import ENTRY
from tests.flows.drawn_by_hand import URL
from tests.flows.drawn_by_hand import tab as drawn

RULE = HostRule.for_loopback(ENTRY)
GONE = PlaywrightError("Execution context was destroyed")

Said = list[tuple[object, ...]]


@dataclass
class Teller:
    """A browser that answers as told. It plays observer, page, mouse, keyboard, frame and element all at once."""

    rule: HostRule = RULE
    url: str = URL
    points: list[tuple[float, float] | None] = field(default_factory=list)
    """What `arm` returns, call by call."""
    picks: list[Picked] = field(default_factory=list)
    """What `pick` returns, call by call."""
    tabs: list[TabView] = field(default_factory=list)
    """The tabs that the next look finds."""
    events: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What a certain call sets off."""
    said: Said = field(default_factory=list)
    """Everything that was asked and done, in order."""
    misses: int = 3
    is_ready: bool = True

    @property
    def held(self) -> Teller:
        """The part that holds pages."""
        return self

    @property
    def mouse(self) -> Teller:
        """The mouse."""
        return self

    @property
    def keyboard(self) -> Teller:
        """The keyboard."""
        return self

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """Note what happens inside."""
        self._note("giving way")
        yield
        self._note("done")

    def pick(self, _tab: TabView, wanted: Control) -> Picked:
        """Find *wanted* again."""
        self._note("pick", wanted.text)
        return self.picks.pop(0)

    def arm(
        self, _tab: TabView, wanted: Control, *, text: str | None = None, stands: str = ""
    ) -> tuple[float, float] | None:
        """Say where to press."""
        self._note("arm", wanted.text, wanted.box[0], text, stands)
        return self.points.pop(0)

    def disarm(self, _tab: TabView) -> None:
        """Let presses through again."""
        self._note("disarm")

    def observe(self) -> Observation:
        """Look again."""
        self._note("look")
        return Observation(tuple(self.tabs))

    def missed(self, _page: Page) -> int:
        """Count what the guard held back."""
        return self.misses

    def click(self, x: float, y: float) -> None:
        """Press."""
        self._note("click", x, y)

    def move(self, x: float, y: float) -> None:
        """Move the mouse."""
        self._note("move", x, y)

    def press(self, key: str) -> None:
        """Press a key."""
        self._note("key", key)

    def insert_text(self, text: str) -> None:
        """Type."""
        self._note("type", text)

    def call(self, function: str) -> None:
        """Ask a frame."""
        self._note("heard", function)

    def handle(self, _function: str) -> Teller:
        """Return the element."""
        return self

    def evaluate(self, _function: str) -> bool:
        """Say whether the field is ready."""
        self._note("ready")
        return self.is_ready

    def miss(self) -> None:
        """Have the guard hold a press back."""
        self.misses += 1

    def hand(self) -> Hand:
        """Return a hand for this browser."""
        return Hand(cast(Observer, self))

    def tab(self, *controls: Control, text: str = "", urls: tuple[str, ...] = (URL,)) -> TabView:
        """Return a tab of this browser with *text* and a frame at each of *urls*."""
        view = drawn(*controls, frames=len(urls))
        frames = (
            replace(f, frame=cast(Any, Teller(url=u)), place=cast(Any, self), url=u, text=text)
            for f, u in zip(view.frames, urls, strict=True)
        )
        return replace(view, page=cast(Page, self), frames=tuple(frames))

    def again(self, one: Control, *, text: str = "", layer: Layer | None = None, tangled: bool = False) -> None:
        """Let the next `pick` return *one*."""
        self.picks.append(Picked(cast(Any, self), one, text, layer, tangled))

    def did(self, *words: str) -> Said:
        """Return everything that was asked and done, or only what starts with one of *words*."""
        return [one for one in self.said if not words or one[0] in words]

    def _note(self, *what: object) -> None:
        self.said.append(what)
        self.events.get(str(what[0]), lambda: None)()


def failing(error: BaseException) -> Callable[[], None]:
    """Return an event that raises *error*."""

    def fail() -> None:
        raise error

    return fail
