"""Snapshots during a guided run: we ask first, and show each page before we keep it.

Until then the pages are only in memory, where the run has them anyway. Of the gateway we only take the login form, and
we never read a field.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from assistant.base.foreign import shown
from assistant.base.words import told
from assistant.desk.ask import ask
from assistant.desk.ending import warning
from assistant.desk.guided_run import Desk
from assistant.desk.view import QuestionView, View
from assistant.desk.way import is_on_way
from assistant.desk.way import lines as way_lines
from assistant.run.leave import Leaving
from assistant.snapshot.folder import fresh_file
from assistant.snapshot.kept import Screen, Snapshot
from assistant.snapshot.shaping import NotKeptError, shaped, shaped_labels
from assistant.snapshot.telling import title_of
from assistant.snapshot.vocabulary import Vocabulary, known_words
from flows import Decision, FlowError, Hand, HostRule, Observer, Seen, TabView, recognise

_UNTAKEN = frozenset({"hop", "elsewhere"})
_LONGEST_LABEL = 60
"""Maximum length of a label we ask about."""
_MOST_ASKED = 8
"""Maximum number of labels we ask about per page."""
_MOST_TOLD = 10
_FIRST_ID = -1000
"""Our questions' ids count down from here, so they don't clash with any other's."""


@dataclass(slots=True)
class Watcher:
    """Keeps the look at each screen that the run takes anyway. A `Camera` and a `Notes` (`assistant.desk.beside`)."""

    context: BrowserContext
    rule: HostRule
    tabs: list[tuple[str, TabView]] = field(default_factory=list, init=False, repr=False)
    """Each with its screen; an unrecognised page has an empty name."""

    def wants(self, seen: Seen) -> bool:
        """Whether this screen is new and may be taken."""
        if seen.screen in _UNTAKEN or any(_is_same(seen, name, tab) for name, tab in self.tabs):
            return False
        return _may_be_kept(seen.tab, seen.screen)

    def take(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Keep what we saw; asks the page nothing."""
        self.note(seen)

    def note(self, seen: Seen) -> None:
        """Keep what we saw."""
        self.tabs.append((seen.screen, seen.tab))

    def take_last(self, observer: Observer) -> None:
        """Take the page where the run ended, if we didn't recognise it."""
        with suppress(PlaywrightError, FlowError):
            observation = observer.observe()
            if not observation.tabs:
                return
            try:
                recognise(observation, self.rule.look)
            except FlowError:
                last = Seen("", observation.tabs[-1])
                if self.wants(last):
                    self.tabs.append((last.screen, last.tab))


@dataclass(slots=True)
class SnapshotTaking:
    """Comes along on a guided run, as an `assistant.cli.run.Company`. Keeps only what the person keeps."""

    out: Path | None = None
    """Where to save the file; None for the snapshot folder."""
    may_go_without: bool = False
    """Whether the run goes on if the person wants no snapshot."""
    only_watches: bool = False
    """Whether the person made the visit themselves. Then the portal's window is theirs, and we leave no page."""
    saved: Path | None = field(default=None, init=False)
    """The file, once there is one."""
    kept: Snapshot | None = field(default=None, init=False)
    _watcher: Watcher | None = field(default=None, init=False)
    _asked: int = field(default=0, init=False)

    def before(self, desk: Desk) -> Desk | None:
        """Ask before the run whether we may take the pages. None if the answer ends it."""
        texts = [told(f"snapshot.taking.{part}", desk.words.language) for part in ("title", "meaning", "yes", "no")]
        question = QuestionView(self._id(), texts[0], texts[1], "", texts[2], texts[3])
        answer = ask(desk.surface, View(way_lines("landing", desk.words.language), now=texts[0], question=question))
        if answer:
            return replace(desk, camera=self._open, notes=self._open)
        return desk if answer is False and self.may_go_without else None

    def after(self, desk: Desk) -> None:
        """After the run, show each page and save those the person keeps. Raises `UsageError`.

        Meanwhile nobody watches the portal's window, so if the person has gone back to a trap we leave it once more.
        """
        if self._watcher is None:
            return
        screens = self._reviewed(desk, "" if self.only_watches else self._left(self._watcher, desk))
        if not screens:
            return
        now = datetime.now(UTC)
        origin = "loopback" if desk.rule.loopback else "real"
        self.kept = Snapshot(screens, made=f"{now:%Y-%m-%d}", origin=origin, edition=desk.edition)  # type: ignore[arg-type]
        self.saved = self.out or fresh_file(now)
        self.kept.save(self.saved)

    def _left(self, watcher: Watcher, desk: Desk) -> str:
        """Take the last page, and leave it if it is a trap. Return a warning, if any."""
        observer = Observer(watcher.context, watcher.rule)
        watcher.take_last(observer)
        leaving = Leaving(observer, Hand(observer))
        stands_on = leaving.leave(good=True)
        if leaving.interrupted:
            raise KeyboardInterrupt
        return warning(stands_on, desk.words)

    def _open(self, context: BrowserContext, rule: HostRule) -> Watcher:
        self._watcher = Watcher(context, rule)
        return self._watcher

    def _reviewed(self, desk: Desk, warn: str) -> tuple[Screen, ...]:
        """Ask about each page whether we may keep it. No answer means no; a closed window means no for the rest."""
        tabs = self._watcher.tabs if self._watcher else []
        kept: list[Screen] = []
        for at, (name, tab) in enumerate(tabs, 1):
            words = known_words()
            if not name:
                words = words.with_marked(self._marked(desk, tab, warn))
            page = shaped(tab, words, name)
            answer = self._ask(desk, name, _look_at(tab, desk, words), at=at, count=len(tabs), warn=warn)
            if answer is None:
                break
            if answer:
                kept.append(Screen.of(page, name))
        return tuple(kept)

    def _marked(self, desk: Desk, tab: TabView, warn: str) -> list[str]:
        """Ask which of a page's unknown labels are the portal's own. Never one with a digit in it."""
        language = desk.words.language
        marked = []
        labels = [label for label in shaped_labels(tab, known_words()) if _may_be_asked(label)]
        for label in labels[:_MOST_ASKED]:
            question = QuestionView(
                self._id(),
                told("snapshot.taking.mark_ask", language, label=shown(label)),
                told("snapshot.taking.mark_meaning", language),
                "",
                told("snapshot.taking.mark_yes", language),
                told("snapshot.taking.mark_no", language),
            )
            now = told("snapshot.taking.mark", language)
            if ask(desk.surface, View(way_lines("landing", language), warn=warn, now=now, question=question)):
                marked.append(label)
        return marked

    def _ask(self, desk: Desk, name: str, meaning: str, *, at: int, count: int, warn: str) -> bool | None:
        language = desk.words.language
        screen = title_of(name, language) if name else told("snapshot.taking.unknown", language)
        question = QuestionView(
            self._id(),
            told("snapshot.taking.look", language, at=at, count=count, screen=screen),
            meaning,
            "",
            told("snapshot.taking.keep", language),
            told("snapshot.taking.drop", language),
        )
        place = name if is_on_way(name) else "landing"
        view = View(way_lines(place, language), warn=warn, now=told("snapshot.taking.now", language), question=question)
        return ask(desk.surface, view)

    def _id(self) -> int:
        self._asked += 1
        return _FIRST_ID - self._asked


def _is_same(seen: Seen, name: str, tab: TabView) -> bool:
    """Whether *seen* is a page we already have. Unknown pages count separately by address."""
    return seen.screen == name and (bool(name) or urlsplit(seen.tab.url).path == urlsplit(tab.url).path)


def _may_be_kept(tab: TabView, screen: str) -> bool:
    try:
        shaped(tab, known_words(), screen)
    except NotKeptError:
        return False
    return True


def _may_be_asked(label: str) -> bool:
    return len(label) <= _LONGEST_LABEL and not any(letter.isnumeric() for letter in label)


def _look_at(tab: TabView, desk: Desk, words: Vocabulary) -> str:
    """Return what we would keep of a page: known labels as they are, the rest as shapes."""
    language = desk.words.language
    labels = {label: words.told(label, is_label=True) for label in _all_labels(tab)}
    kept = [f"«{label}»" for label, kind in labels.items() if label == kind]
    shapes = list(dict.fromkeys(f"«{kind}»" for label, kind in labels.items() if label != kind))
    more = told("snapshot.taking.kept_more", language, count=len(kept) - _MOST_TOLD) if len(kept) > _MOST_TOLD else ""
    said = ", ".join(kept[:_MOST_TOLD]) + more or told("snapshot.taking.nothing", language)
    lines = [told("snapshot.taking.kept", language, labels=said)]
    if shapes:
        lines.append(told("snapshot.taking.shapes", language, count=len(shapes), examples=", ".join(shapes[:3])))
    else:
        lines.append(told("snapshot.taking.no_shapes", language))
    return "\n".join(lines)


def _all_labels(tab: TabView) -> list[str]:
    """Return the names a person would use for the page's parts: headings, and each control's first line."""
    headings = [heading for view in tab.frames for heading in view.headings]
    labels = [*headings, *(control.text.splitlines()[0] for control in tab.controls if control.text.strip())]
    return [label for label in labels if any(letter.isalnum() for letter in label)]
