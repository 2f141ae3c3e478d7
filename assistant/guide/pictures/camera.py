"""Takes one picture of a page as it is: masked, frozen, in every look and size, and puts the page back afterwards.

The order matters: we find what must be masked, cover it, and only then capture anything. After the capture we look
again at what was under the masks. If the page moved meanwhile, we take the picture again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import resources
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, JSHandle, Page

from assistant.base.errors import GuideError
from assistant.browser.top_layer import over_page
from assistant.guide.model import Named, PictureMark, Size, TextBox, Theme
from assistant.guide.pictures.catalogue import MarkSpec, PictureSpec, Target
from assistant.guide.pictures.lens import Lens
from flows import Control, ControlError, Look, TabView
from flows.controls import find
from flows.steps import Language
from flows.text import fold, same_label

TAKINGS: Sequence[tuple[Theme, Size]] = (
    ("light", "desktop"),
    ("dark", "desktop"),
    ("dark", "narrow"),
    ("light", "narrow"),
)
"""In this order only look or width changes at a time: every change repaints the page."""
WIDTHS: Mapping[Size, int] = {"desktop": 1080, "narrow": 390}
"""CSS pixels. A desktop window of this width is still legible printed across a page."""
LEAST_HEIGHT = 560
_MOST_HEIGHT = 2400
MASK_PAD = 3
"""How much larger a mask is than what it hides, on every side, in CSS pixels."""
_TRIES = 5


def _script(name: str) -> str:
    return (resources.files("assistant.guide.pictures") / name).read_text(encoding="utf-8")


_SURVEY, _STILL = (_script(name) for name in ("survey.js", "still.js"))
_COVER = over_page("assistant.guide.pictures", "cover.js")


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a picture must not show."""

    hide: tuple[str, ...] = field(default=(), repr=False)
    """Words that name the person, in any case."""
    any_name: bool = False
    """Whether every run of capitalised words that isn't in the portal's description counts as a name."""
    known: tuple[str, ...] = field(default=(), repr=False)
    """Folded words that aren't names."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One taking: the masked picture without marks, and where the marks go."""

    png: bytes = field(repr=False)
    marks: tuple[PictureMark, ...]
    """First the ones the guide declares, then the masks."""
    ribbon: TextBox | None
    """Where the picture says that it is a simulation."""
    controls: tuple[Named, ...] = ()
    """What you can use on it, by label."""


@dataclass(frozen=True, slots=True)
class Captured:
    """All takings of one picture."""

    spec: PictureSpec
    takings: Mapping[tuple[Theme, Size], Capture]
    structure: str
    """Hash of what is on the screen, with nothing personal in it."""


@dataclass(slots=True)
class _Survey:
    masks: list[tuple[str, TextBox]]
    says: list[list[TextBox]]


class Camera:
    """Takes pictures of pages that an observer sees."""

    def __init__(
        self,
        look: Look,
        language: Language,
        privacy: Privacy,
        *,
        ribbon: str = "",
        takings: Sequence[tuple[Theme, Size]] = TAKINGS,
        holds_still: bool = True,
    ) -> None:
        """*ribbon* goes into a free corner. *holds_still*: whether we may stop and set the page's clock."""
        self._look = look
        self._language = language
        self._privacy = privacy
        self._ribbon = ribbon
        self._takings = takings
        self._holds_still = holds_still
        self._lenses: WeakKeyDictionary[Page, Lens] = WeakKeyDictionary()

    def take(self, spec: PictureSpec, page: Page, observe: Callable[[], TabView]) -> Captured:
        """Take every look of *spec* on *page*. *observe* looks at the page's tab afresh.

        Raises `GuideError` if the target of a mark is missing or ambiguous, or the page never stands still.
        """
        before = page.viewport_size
        taken: dict[tuple[Theme, Size], Capture] = {}
        structure = ""
        eye = self._lenses.get(page) or Lens(page)
        self._lenses[page] = eye
        with self._stopped(page):
            look: Theme | None = None
            width: Size | None = None
            for theme, size in self._takings:
                if theme != look:
                    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                    eye.darken(theme == "dark")
                    look = theme
                # Until its style sheets and fonts have loaded, a page's controls are elsewhere.
                page.wait_for_load_state("load")
                page.evaluate("document.fonts.ready.then(() => true)")
                if size != width:
                    fit(page, size)
                    width = size
                structure = structure or _structure(observe(), self._privacy.hide)
                taken[theme, size] = self._capture(spec, page, eye, observe)
            eye.darken(False)
            page.emulate_media(color_scheme="null", reduced_motion="null")
            if before is not None:
                page.set_viewport_size(before)
        return Captured(spec, taken, structure)

    @contextmanager
    def _stopped(self, page: Page) -> Iterator[None]:
        if not self._holds_still:
            yield
            return
        # A time that is still in the future when the browser gets it.
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
        try:
            yield
        finally:
            page.clock.resume()

    def _capture(self, spec: PictureSpec, page: Page, eye: Lens, observe: Callable[[], TabView]) -> Capture:
        page.evaluate("scrollTo(0, 0)")
        survey = self._survey(spec, page)
        for _ in range(_TRIES):
            tab = observe()
            boxes = [(box.x, box.y, box.width, box.height) for _kind, box in survey.masks]
            with ExitStack() as stack:
                for frame in page.frames if self._holds_still else ():
                    stack.enter_context(_cleared(frame.evaluate_handle(_STILL, spec.countdown)))
                cover = {"boxes": boxes, "ribbon": self._ribbon, "pad": MASK_PAD}
                covered = stack.enter_context(_cleared(page.evaluate_handle(_COVER, cover)))
                png = eye.picture()
                ribbon = covered.evaluate("shown => shown.ribbon")
            before, survey = survey, self._survey(spec, page)
            # What the marks are about mustn't have moved either, because we draw on the picture.
            if survey == before and _places(observe()) == _places(tab):
                marks = [found for mark in spec.marks if (found := self._mark(spec, mark, tab, survey))]
                masks = [PictureMark("mask", _padded(box)) for _kind, box in survey.masks]
                return Capture(png, (*marks, *masks), TextBox(*ribbon) if ribbon else None, named(tab))
        raise GuideError("picture_restless", spec.id)

    def _survey(self, spec: PictureSpec, page: Page) -> _Survey:
        wanted = [mark.target.name for mark in spec.marks if mark.target.kind == "says"]
        asked = {
            "hide": self._privacy.hide,
            "names": self._privacy.any_name,
            "known": self._privacy.known,
            "says": wanted,
            "pictures": spec.pictures,
        }
        whole = _Survey([], [[] for _ in wanted])
        for frame in page.frames:
            left, top = _corner(frame)
            found = json.loads(frame.evaluate(f"asked => JSON.stringify(({_SURVEY})(asked))", asked))
            whole.masks += [(kind, TextBox(x + left, y + top, w, h)) for kind, x, y, w, h in found["masks"]]
            for boxes, more in zip(whole.says, found["says"], strict=True):
                boxes += [TextBox(x + left, y + top, w, h) for x, y, w, h in more]
        return whole

    def _mark(self, spec: PictureSpec, mark: MarkSpec, tab: TabView, survey: _Survey) -> PictureMark | None:
        try:
            box = self._box(spec, mark.target, tab, survey)
        except GuideError as error:
            if mark.is_optional and error.code == "picture_target_missing":
                return None
            raise
        is_pressed = mark.style == "box" and mark.target.kind in {"control", "tile"}
        is_words = mark.target.kind == "says"
        return PictureMark(mark.style, box, mark.item, mark.words(self._language), is_pressed, is_words)

    def _box(self, spec: PictureSpec, target: Target, tab: TabView, survey: _Survey) -> TextBox:
        match target.kind:
            case "control":
                try:
                    control = find(tab, self._look.controls[target.name])
                except ControlError as error:
                    raise _no_target(spec, target, missing=error.reason == "control_missing") from error
                found = [_moved(TextBox(*control.box), tab.frames[control.frame].frame)]
            case "tile":
                found = [one.box for one in named(tab) if _is_titled(one.label, target.name)]
            case "says":
                asked = [mark.target.name for mark in spec.marks if mark.target.kind == "says"]
                found = survey.says[asked.index(target.name)]
            case "code":
                found = [box for kind, box in survey.masks if kind == "code"][:1]
        if len(found) != 1:
            raise _no_target(spec, target, missing=not found)
        return found[0]


def named(tab: TabView) -> tuple[Named, ...]:
    """Return what you can use on *tab*, by label; a tile by its title."""
    return tuple(
        Named(label, _moved(TextBox(*control.box), tab.frames[control.frame].frame))
        for control in tab.controls
        if (label := _label(control))
    )


def _is_titled(label: str, title: str) -> bool:
    """Whether a tile's *label* is *title*; some portals name two services in one ("…İptal Et / Askıya Alma")."""
    return same_label(label, title) or same_label(label.partition(" / ")[0], title)


def _label(control: Control) -> str:
    return next(
        (line.strip() for text in (control.text, *control.names, control.beside) for line in text.splitlines()), ""
    )


def _places(tab: TabView) -> list[tuple[float, ...]]:
    return [control.box for control in tab.controls]


def _no_target(spec: PictureSpec, target: Target, *, missing: bool) -> GuideError:
    return GuideError(
        "picture_target_missing" if missing else "picture_target_ambiguous", f"{spec.id}: {target.kind} {target.name}"
    )


@contextmanager
def _cleared(handle: JSHandle) -> Iterator[JSHandle]:
    try:
        yield handle
    finally:
        with suppress(PlaywrightError):
            handle.evaluate("shown => shown.clear()")


def fit(page: Page, size: Size, least: int = LEAST_HEIGHT) -> None:
    """Make the window as tall as the page so that nothing needs scrolling; at least *least* CSS pixels."""
    width = WIDTHS[size]
    page.set_viewport_size({"width": width, "height": least})
    height = min(max(page.evaluate("Math.ceil(document.documentElement.scrollHeight)"), least), _MOST_HEIGHT)
    if height != least:
        page.set_viewport_size({"width": width, "height": height})


def _corner(frame: Frame) -> tuple[float, float]:
    """Return where the frame's content begins in the page, CSS pixels."""
    if frame.parent_frame is None:
        return 0.0, 0.0
    element = frame.frame_element()
    box = element.bounding_box() or {"x": 0.0, "y": 0.0}
    border = element.evaluate("el => [el.clientLeft, el.clientTop]")
    return box["x"] + border[0], box["y"] + border[1]


def _moved(box: TextBox, frame: Frame) -> TextBox:
    left, top = _corner(frame)
    return TextBox(box.x + left, box.y + top, box.width, box.height)


def _padded(box: TextBox) -> TextBox:
    return TextBox(box.x - MASK_PAD, box.y - MASK_PAD, box.width + 2 * MASK_PAD, box.height + 2 * MASK_PAD)


def _structure(tab: TabView, hide: Sequence[str]) -> str:
    """Return a hash of the screen's words and controls, without digits and without the person's identity."""
    folded = [fold(word) for word in hide]

    def bare(text: str) -> str:
        text = fold(text)
        for word in folded:
            text = text.replace(word, "")
        return "".join(c for c in text if not c.isdigit())

    controls = [(c.role, bare(c.text), [bare(name) for name in c.names], c.disabled, c.checked) for c in tab.controls]
    held = json.dumps([bare(tab.text), controls], ensure_ascii=False)
    return hashlib.sha256(held.encode()).hexdigest()
