"""A world of our own in every frame: the page's elements are there, and nothing its scripts have made or replaced.

Whatever looks at a page, rings when it changes or guards a press lives there. The page can't see it, can't replace a
function it uses, and can't call the channel it talks through: only this world has that name. Chromium's own interface
makes it (`Page.addScriptToEvaluateOnNewDocument` with a world's name, `Runtime.addBinding` with the same):
https://chromedevtools.github.io/devtools-protocol/tot/Page/.

A frame gets a new context with each navigation. Its number may already be in use in another process, so we keep only
the id that is unique in the whole browser. A frame with a process of its own has a session of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, CDPSession, Frame, Page
from playwright.sync_api import Error as PlaywrightError

from flows.giving_up import Call

NAME = "eonay"
"""The world's name."""
_CHANNEL = "eonayTells"
Point = tuple[float, float]
Hear = Callable[[Page, str], None]
"""Hears the words that ``bell.js`` says, and from which page."""
_IS_SHOWN = """el => {
  const box = el.getBoundingClientRect();
  return el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0;
}"""


@dataclass(frozen=True, slots=True)
class _Context:
    id: int
    unique: str


class Session:
    """One session with a page, or with a frame that has a process of its own, and the contexts known in it."""

    def __init__(self, context: BrowserContext, target: Page | Frame, bell: str, hear: Callable[[str], None]) -> None:
        """Raises Playwright's error when *target* is gone, or is a frame in its page's own process."""
        self._bell = bell
        self._hear = hear
        self._contexts: dict[str, _Context] = {}
        self._root = ""
        self.is_open = False
        self._has_crashed = False
        self._calls: list[Call] = []
        self._cdp: CDPSession = context.new_cdp_session(target)
        self._cdp.on("close", self._on_close)
        self._cdp.on("Runtime.executionContextCreated", self._on_created)
        self._cdp.on("Runtime.executionContextDestroyed", self._on_destroyed)
        self._cdp.on("Runtime.bindingCalled", self._on_told)
        self.is_open = True
        try:
            self._begin()
        except BaseException:  # Ctrl+C too: a half-started session must not stay attached
            self.is_open = False
            with suppress(PlaywrightError):
                self._cdp.detach()
            raise

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command. Raises Playwright's error, also when the page's process dies meanwhile."""
        if self._has_crashed:
            raise PlaywrightError("Target crashed")
        call = Call()
        self._calls.append(call)
        try:
            with call.made():
                answer: dict[str, Any] = self._cdp.send(method, parameters)
        except asyncio.CancelledError:
            if call.is_given_up:
                raise PlaywrightError("Target crashed") from None
            raise
        finally:
            self._calls.remove(call)
        return answer

    def crash(self) -> None:
        """Note that the process has died: anybody waiting for it would hang."""
        self._has_crashed = True
        for call in self._calls:
            call.give_up()

    def tree(self) -> dict[str, Any]:
        """Return the frames that live in this session's process, as Chromium's ``FrameTree``."""
        tree: dict[str, Any] = self.send("Page.getFrameTree")["frameTree"]
        self._root = tree["frame"]["id"]
        return tree

    def only_frame(self) -> str | None:
        """Return the id of the outermost frame if our world is known in that one only; else None."""
        return self._root if self._contexts.keys() == {self._root} else None

    def context(self, frame: str) -> _Context:
        """Return the context of our world in *frame*. Raises Playwright's error when the frame is gone."""
        known = self._contexts.get(frame)
        if known is None:
            # No script has ever touched this document, or we would have its context.
            made = self.send("Page.createIsolatedWorld", frameId=frame, worldName=NAME)["executionContextId"]
            known = self._contexts.setdefault(frame, _Context(made, ""))
            self._ring_in(known, first=True)
        return known

    def call(self, frame: str, function: str, arguments: list[dict[str, object]], *, by_value: bool) -> dict[str, Any]:
        """Call *function* in our world of *frame* and return Chromium's ``RemoteObject``."""
        context = self.context(frame)
        at = {"uniqueContextId": context.unique} if context.unique else {"executionContextId": context.id}
        try:
            return self._answer(
                "Runtime.callFunctionOn",
                functionDeclaration=function,
                arguments=arguments,
                returnByValue=by_value,
                awaitPromise=True,
                **at,
            )
        except PlaywrightError:
            if self._contexts.get(frame) == context:  # a new one may have come meanwhile
                del self._contexts[frame]
            raise

    def _begin(self) -> None:
        self.send("Page.enable")
        self.send("Runtime.addBinding", name=_CHANNEL, executionContextName=NAME)
        script = self._bell.replace("SAY", _CHANNEL)
        self.send("Page.addScriptToEvaluateOnNewDocument", source=script.replace("FIRST", "true"), worldName=NAME)
        self.send("Runtime.enable")  # without it no binding survives a change of process
        frames = [self.tree()]
        while frames:  # documents that were there before us
            node = frames.pop()
            frames += node.get("childFrames", [])
            with suppress(PlaywrightError):
                made = self.send("Page.createIsolatedWorld", frameId=node["frame"]["id"], worldName=NAME)
                self._ring_in(_Context(made["executionContextId"], ""), first=False)

    def _ring_in(self, context: _Context, *, first: bool) -> None:
        script = self._bell.replace("SAY", _CHANNEL).replace("FIRST", "true" if first else "false")
        self.send("Runtime.evaluate", expression=script, contextId=context.id)

    def _answer(self, method: str, **parameters: object) -> dict[str, Any]:
        answer = self.send(method, **parameters)
        if failed := answer.get("exceptionDetails"):
            kind = failed.get("exception", {}).get("className", "error")
            raise PlaywrightError(f"a script of ours failed: {kind} in line {failed.get('lineNumber')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _on_created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["name"] == NAME:
            self._contexts[context["auxData"]["frameId"]] = _Context(context["id"], context["uniqueId"])

    def _on_destroyed(self, event: dict[str, Any]) -> None:
        # News from an old process may come after the new one's.
        gone = event.get("executionContextUniqueId")
        for frame, context in list(self._contexts.items()):
            if context.unique == gone:
                del self._contexts[frame]

    def _on_told(self, event: dict[str, Any]) -> None:
        if self.is_open and event["name"] == _CHANNEL:
            self._hear(event["payload"])

    def _on_close(self) -> None:
        self.is_open = False


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in our world of a frame: an element, or what one of our functions returned."""

    place: Place
    id: str = field(repr=False)

    def evaluate(self, function: str) -> Any:
        """Call *function* with it and return the result as JSON. Raises Playwright's error."""
        return self.place.call(function, self)

    def evaluate_handle(self, function: str) -> Thing:
        """Call *function* with it and return the result as it is. Raises Playwright's error."""
        return self.place.handle(function, self)

    def bounding_box(self) -> tuple[float, float, float, float] | None:
        """Return x, y, width and height of an element in its page's window, CSS pixels; None if it has no box."""
        try:
            quad = self.place.session.send("DOM.getBoxModel", objectId=self.id)["model"]["border"]
        except PlaywrightError:
            return None
        corners = [self.place.from_root((quad[at], quad[at + 1])) for at in range(0, 8, 2)]
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        return (left, top, max(x for x, _ in corners) - left, max(y for _, y in corners) - top)

    def dispose(self) -> None:
        """Release it."""
        with suppress(PlaywrightError):
            self.place.session.send("Runtime.releaseObject", objectId=self.id)


@dataclass(frozen=True, slots=True)
class Place:
    """Our world of one frame."""

    session: Session = field(repr=False, compare=False)
    frame: str
    """Chromium's id of the frame."""
    around: Place | None = field(default=None, repr=False)
    """The place of the frame around it; None for the page itself."""

    def call(self, function: str, *arguments: object) -> Any:
        """Call *function* and return the result as JSON.

        Raises Playwright's error when the document is gone or the function failed.
        """
        return self.session.call(self.frame, function, _as_arguments(arguments), by_value=True).get("value")

    def handle(self, function: str, *arguments: object) -> Thing:
        """Call *function* and return the object it returns. Raises Playwright's error."""
        answer = self.session.call(self.frame, function, _as_arguments(arguments), by_value=False)
        if "objectId" not in answer:
            raise PlaywrightError("what was asked for is not attached any more")
        return Thing(self, answer["objectId"])

    def owner(self) -> Thing:
        """Return the element that holds this frame, in the world around it. Raises Playwright's error."""
        around = self._around()
        return around.element(around.session.send("DOM.getFrameOwner", frameId=self.frame)["backendNodeId"])

    def element(self, number: int) -> Thing:
        """Return the element of this frame with the browser's own *number*. Raises Playwright's error."""
        context = self.session.context(self.frame).id
        found = self.session.send("DOM.resolveNode", backendNodeId=number, executionContextId=context)
        return Thing(self, found["object"]["objectId"])

    def is_shown(self) -> bool:
        """Return whether the element that holds this frame is rendered."""
        try:
            owner = self.owner()
            shown = bool(owner.evaluate(_IS_SHOWN))
        except PlaywrightError:
            return False
        owner.dispose()
        return shown

    def on_page(self, point: Point, size: Point) -> Point:
        """Return where *point* of this frame is in the page's window. *size* is the frame's own window, CSS pixels.

        Raises Playwright's error.
        """
        return self.around.from_root(_through(self._quad(), point, size)) if self.around else point

    def from_root(self, point: Point) -> Point:
        """The same for a point measured from the outermost frame of this frame's process."""
        root = self
        while root.around and root.around.session is root.session:
            root = root.around
        if root.around is None:
            return point
        size = root.call("() => [innerWidth, innerHeight]")
        return root.around.from_root(_through(root._quad(), point, (size[0], size[1])))

    def _quad(self) -> list[float]:
        session = self._around().session
        node = session.send("DOM.getFrameOwner", frameId=self.frame)["backendNodeId"]
        quad: list[float] = session.send("DOM.getBoxModel", backendNodeId=node)["model"]["content"]
        return quad

    def _around(self) -> Place:
        if self.around is None:
            raise PlaywrightError("the page itself is not attached to anything")
        return self.around


class Worlds:
    """Our world in all pages of a browser context."""

    def __init__(self, context: BrowserContext, bell: str, hear: Hear) -> None:
        """*bell* is the script that each document gets before its own; *hear* is told what it says."""
        self._context = context
        self._bell = bell
        self._hear = hear
        self._sessions: WeakKeyDictionary[Page, Session] = WeakKeyDictionary()
        self._followed: WeakSet[Page] = WeakSet()
        self._crashed: WeakSet[Page] = WeakSet()
        self._own: WeakKeyDictionary[Frame, Session] = WeakKeyDictionary()
        self._places: WeakKeyDictionary[Page, dict[Frame, Place]] = WeakKeyDictionary()
        for page in context.pages:
            with suppress(PlaywrightError):
                self.attach(page)

    def attach(self, page: Page) -> None:
        """Join *page* from now on; does nothing if we are there already. Raises Playwright's error when it is gone.

        If we attach before a page goes anywhere, it has our script before its own, in every document to come.
        """
        session = self._sessions.get(page)
        if page in self._crashed:
            raise PlaywrightError("Target crashed")
        if session is not None and session.is_open:
            return
        self._sessions[page] = Session(self._context, page, self._bell, lambda word: self._hear(page, word))
        if page not in self._followed:
            self._followed.add(page)
            page.on("crash", self._on_crash)
            page.on("framenavigated", self._on_navigated)
            for event in ("frameattached", "framedetached"):
                page.on(event, lambda _frame: self._forget(page))
        self._forget(page)

    def place(self, frame: Frame) -> Place | None:
        """Return our world of *frame*; None while it is coming or going. Raises Playwright's error."""
        known = self._places.get(frame.page)
        if known is None or frame not in known:
            self.attach(frame.page)
            self._places[frame.page] = known = {}
            session, main = self._sessions[frame.page], frame.page.main_frame
            if not main.child_frames and (only := session.only_frame()) is not None:  # nothing to ask, nothing to match
                known[main] = Place(session, only)
            else:
                tree = session.tree()
                self._match(main, Place(session, tree["frame"]["id"]), tree, known)
        return known.get(frame)

    def answers(self, page: Page) -> None:
        """Return once *page* runs scripts. Raises Playwright's error when it is gone."""
        self.attach(page)
        self._sessions[page].send("Runtime.evaluate", expression="0")

    def _match(self, frame: Frame, place: Place, tree: dict[str, Any], known: dict[Frame, Place]) -> None:
        """Find out which of Chromium's frames is which of Playwright's: both list them in order of creation."""
        known[frame] = place
        frames, nodes = frame.child_frames, tree.get("childFrames", [])
        if len(frames) > len(nodes):
            for child in frames:
                if (own := self._own_session(child)) is not None:
                    inner = own.tree()
                    self._match(child, Place(own, inner["frame"]["id"], place), inner, known)
            frames = [child for child in frames if child not in known]
        if len(frames) != len(nodes):
            return
        for child, node in zip(frames, nodes, strict=True):
            # Something a page writes into a frame has, for Chromium, the page's address.
            if child.url.startswith("about:") or child.url.partition("#")[0] in {"", node["frame"]["url"]}:
                self._match(child, Place(place.session, node["frame"]["id"], place), node, known)

    def _own_session(self, frame: Frame) -> Session | None:
        session = self._own.get(frame)
        if session is None or not session.is_open:
            page = frame.page
            try:
                session = Session(self._context, frame, self._bell, lambda word: self._hear(page, word))
            except PlaywrightError:
                return None
            self._own[frame] = session
        return session

    def _on_crash(self, page: Page) -> None:
        self._crashed.add(page)
        if (session := self._sessions.pop(page, None)) is not None:
            session.crash()

    def _on_navigated(self, frame: Frame) -> None:
        page = frame.page
        if frame == page.main_frame:  # it has another process
            self._crashed.discard(page)
        self._forget(page)

    def _forget(self, page: Page) -> None:
        self._places.pop(page, None)


def _as_arguments(arguments: tuple[object, ...]) -> list[dict[str, object]]:
    return [{"objectId": one.id} if isinstance(one, Thing) else {"value": one} for one in arguments]


def _through(quad: list[float], point: Point, size: Point) -> Point:
    """Return *point* of a window of *size* that is drawn into *quad*, whose corners start at the upper left one."""
    across, down = point[0] / max(size[0], 1), point[1] / max(size[1], 1)
    return (
        quad[0] + (quad[2] - quad[0]) * across + (quad[6] - quad[0]) * down,
        quad[1] + (quad[3] - quad[1]) * across + (quad[7] - quad[1]) * down,
    )
