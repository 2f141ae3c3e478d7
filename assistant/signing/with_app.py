"""The official app as a signing component: it gets the code through the clipboard, and the PIN never comes here.

The app tells nobody how far it is. All we know we read from the signing page, in `OfficialApp.watch`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from loguru import logger

from assistant.base.errors import SigningError
from assistant.base.problems import problem
from assistant.base.trouble import why
from assistant.base.words import Language
from assistant.official_app.clipboard import Clipboard, Keeper, Lent, Loan, SystemClipboard
from assistant.official_app.java import Java, find_java, what_to_install
from assistant.official_app.starter import AppFile, Starter, Way, ways
from assistant.official_app.words import app_troubles, app_words
from assistant.setup.system import System
from assistant.signing.app_files import fetch_apart, fetch_jar, fetch_jnlp
from assistant.signing.component import HandOff
from assistant.signing.page_fetch import PageCannotFetch, PageFetcher
from flows import FlowError, HostRule, Seen, Signature
from flows.code import ShownCode, read_code
from flows.jnlp import jar_address, jnlp_address

WARN_S = 60
"""We warn the person when a code has this many seconds left."""
_DEAD_AFTER_S = 3.0
"""How long the page must call a code dead before we believe it: a signature may be just arriving."""
_OPENING_S = 20.0
"""An app that fails within this time never opened."""
_IS_OPEN_S = 60.0
"""After this time we stop saying that a running app is still opening."""

_COPIED: Mapping[Loan, str] = {"there": "copied", "no_clipboard": "not_copied", "taken": "taken"}
"""The words for what came of copying the code."""

AppState = Literal[
    "preparing", "opened", "nothing_to_open", "not_fetched", "did_not_open", "not_written", "ended", "died"
]


@dataclass(frozen=True, slots=True, repr=False)
class Advice:
    """What to tell the person about the app."""

    title: str
    lines: tuple[str, ...]
    actions: tuple[tuple[str, str], ...] = ()
    """Name and label of each button. Pass the name to `OfficialApp.press`."""
    bar: tuple[tuple[str, str, bool], ...] = ()
    """The step buttons, always there in the same order; the third value says whether the button does anything."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Where the app's files are, and the browser's cookies for each."""

    jnlp: tuple[str, str] | None = field(repr=False)
    jar: tuple[str, str] | None = field(repr=False)


class OfficialApp:
    """Fetches, checks and opens KamuSM's app, and gives it the code now on the page."""

    def __init__(
        self,
        rule: HostRule,
        *,
        language: Language = "tr",
        command: Sequence[str] = (),
        clipboard: Clipboard | None = None,
        keeper: Keeper | None = None,
        starter: Starter | None = None,
        system: System | None = None,
    ) -> None:
        """*command* opens the app's file instead of the Java we find; we append the file's path."""
        self._rule = rule
        self._language: Language = language
        self._words = app_words(language)
        self._command = tuple(command)
        self._lent = Lent(clipboard or SystemClipboard(), keeper)
        self._starter = starter or Starter()
        self._system = system
        self._fetcher = PageFetcher(rule.allows)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="app")
        self._clip = ThreadPoolExecutor(1, thread_name_prefix="clipboard")
        self._jobs: list[Future[None]] = []
        self._links: _Links | None = None
        self._code = ""
        self._ends = self._dead_since = self._opened_at = 0.0
        self._state: AppState = "preparing"
        self._copied: Loan | None = None
        self._opened_jnlp = self._is_opening = self._is_over = False
        self._avoided = ""
        """The kind of file whose program gave up at once, until the person opens it again."""
        self._too_new = 0
        self._at = 0

    @property
    def name(self) -> str:
        """What signs, for the report."""
        return self._words("name")

    def start(self, hand_off: HandOff) -> None:
        """Put the code on the clipboard and open the app, unless it is open already; returns at once."""
        self._code = hand_off.code
        self._copied = None
        self._dead_since = 0.0
        self._ends = monotonic() + self._rule.look.code.lifetime_s
        with suppress(FlowError):  # the next look will tell
            self._note(read_code(hand_off.seen.tab, self._rule.look.code))
        self._links = _links(hand_off, self._rule)
        self._avoided = ""
        self._fetcher.use(hand_off.page)
        is_open = self._state == "opened" and self._starter.exit_code() is None
        self._submit(is_open=is_open)

    def poll(self) -> Signature:
        """Return what we know about the signature. Raises `SigningError` if the app's files lead elsewhere."""
        self._fetcher.serve()
        while self._jobs and self._jobs[0].done():
            self._jobs.pop(0).result()
        self._check_opened()
        if self._dead_since and monotonic() - self._dead_since >= _DEAD_AFTER_S:
            return Signature.CODE_DEAD
        return Signature.ELSEWHERE

    def watch(self, seen: Seen) -> None:
        """Look at the page; take a dead or replaced code off the clipboard at once."""
        if seen.screen == "signing":
            self._note(read_code(seen.tab, self._rule.look.code))
        elif seen.screen != "hop":
            self._forget()

    def advice(self) -> Advice | None:
        """Return what to tell the person now; None if there is no code to sign with any more."""
        words = self._words
        if not self._code:
            return None
        if self._dead_since:
            return Advice(words("title", at=self._at + 1, count=len(words.steps)), (words("dead"),))
        install = what_to_install(self._language, self._system)
        steps = words.steps_by_hand if self._copied in {"taken", "no_clipboard"} else words.steps
        said = [steps[self._at], self._told_of_the_app(install)]
        if self._state == "opened" and self._too_new:
            remedy = problem("java-too-new", self._language).remedy
            said.append(words("too_new", version=self._too_new, remedy=remedy, install=install))
        if self._copied is not None:
            said.append(words(_COPIED[self._copied]))
        if self._remaining() <= WARN_S:
            said.append(words("dying"))
        names = ["copy"] + ["open"] * (self._state not in {"preparing", "opened"})
        title = words("title", at=self._at + 1, count=len(words.steps))
        bar = (("back", words("back"), self._at > 0), ("next", words("next"), self._at < len(words.steps) - 1))
        return Advice(title, tuple(said), tuple((name, words(name)) for name in names), bar)

    def troubles(self) -> tuple[tuple[str, str], ...]:
        """Return what can go wrong with the app, and what helps; empty if there is no code to sign with."""
        return app_troubles(self._language) if self._code else ()

    def press(self, action: str) -> None:
        """Do what a button of `advice` says; nothing if there is no such button."""
        if action in {"next", "back"}:
            step = self._at + (1 if action == "next" else -1)
            self._at = min(max(step, 0), len(self._words.steps) - 1)
        elif action == "copy" and self._code and not self._dead_since:
            self._submit(is_open=True)
        elif action == "open" and self._code and not self._dead_since and not self._is_opening:  # no double click
            self._avoided = ""
            self._submit(is_open=False)

    def close(self) -> None:
        """Give the clipboard back and let go of the app. If it is open it stays open."""
        self._is_over = True
        self._forget()
        self._fetcher.close()
        self._clip.shutdown(wait=True)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._starter.close()

    def _told_of_the_app(self, install: str) -> str:
        """Say what we know about the app. It is only "opening" or "running" while its process exists."""
        words = self._words
        if self._state == "not_written" and (error := self._starter.disk) is not None:
            return words("not_written", why=why(error, self._language))
        is_open = self._state == "opened" and (self._at > 0 or monotonic() - self._opened_at > _IS_OPEN_S)
        said = words("running") if is_open else words(self._state, install=install)
        if self._state in {"did_not_open", "ended", "died"} and (last := self._starter.last_words()):
            said += " " + words("said", said=" / ".join(last))
        return said

    # --- what the page says ------------------------------------------------------------------------------

    def _note(self, shown: ShownCode | None) -> None:
        if shown is not None and shown.value == self._code:
            if self._dead_since:  # the page was only being drawn again, and the code is off the clipboard by now
                self._dead_since = 0.0
                self._submit(is_open=True)
            if shown.remaining_s is not None:
                self._ends = monotonic() + shown.remaining_s
        elif self._code and not self._dead_since:
            self._dead_since = monotonic()
            self._clip.submit(self._lent.give_back)

    def _remaining(self) -> int:
        return max(0, round(self._ends - monotonic()))

    def _forget(self) -> None:
        if self._code:
            self._code = ""
            self._clip.submit(self._lent.give_back)

    # --- in the thread -----------------------------------------------------------------------------------

    def _submit(self, *, is_open: bool) -> None:
        if is_open:
            self._jobs.append(self._pool.submit(self._hand_over, self._code, is_open))
        else:
            self._is_opening = True
            self._jobs.append(self._pool.submit(self._open, self._code))

    def _open(self, code: str) -> None:
        try:
            self._hand_over(code, is_open=False)
        finally:
            self._is_opening = False

    def _hand_over(self, code: str, is_open: bool) -> None:
        file_and_way = None if is_open else self._prepare()
        if code != self._code:
            return
        self._copied = self._clip.submit(self._lay, code).result()
        if code != self._code:  # the code was replaced meanwhile and is off the clipboard again
            return
        if file_and_way is not None:
            way, file = file_and_way
            opened = self._starter.open(way, file)
            self._opened_jnlp = file.is_jnlp
            self._opened_with(way)
            self._opened_at = monotonic()
            failed: AppState = "did_not_open" if self._starter.disk is None else "not_written"
            self._state = "opened" if opened else failed

    def _lay(self, code: str) -> Loan | None:
        """Put *code* on the clipboard, unless it is over by now.

        We look in the clipboard's own thread: then whoever takes the code back comes before us or after us.
        """
        return None if code != self._code or self._dead_since else self._lent.put(code)

    def _opened_with(self, way: Way) -> None:
        """Remember the version of a Java that most likely can't read the card."""
        self._too_new = (way.java.version or 0) if way.java is not None and way.java.fitness == "too_new" else 0

    def _prepare(self) -> tuple[Way, AppFile] | None:
        """Fetch and check what this machine can open. Raises `SigningError` only for ``app_not_allowed``."""
        found = ways(self._command, Java(None, None) if self._command else find_java(self._system))
        if not found:
            self._state = "nothing_to_open"
            return None
        self._state = "preparing"
        links = self._links or _Links(None, None)
        for way, kind in ((one, kind) for one in found for kind in one.kinds):
            link = links.jnlp if kind == "jnlp" else links.jar
            if link is None or kind == self._avoided:
                continue
            try:
                return way, self._fetch(kind, *link)
            except SigningError as error:
                if error.code in {"app_not_allowed", "service_not_allowed"}:
                    raise SigningError("app_not_allowed") from None
                logger.debug("the {} did not come: {}", kind, error.code)
        self._state = "did_not_open" if self._avoided else "not_fetched"
        return None

    def _fetch(self, kind: str, address: str, cookies: str) -> AppFile:
        def fetch(place: str, most: int) -> bytes:
            try:
                return self._fetcher.get(place, most)
            except PageCannotFetch:
                logger.debug("the page may not fetch the {}", kind)
            return fetch_apart(
                place, most, cookies if place == address else "", self._rule.allows, lambda: self._is_over
            )

        return fetch_jnlp(address, fetch, self._rule.allows) if kind == "jnlp" else fetch_jar(address, fetch)

    def _check_opened(self) -> None:
        """If Java Web Start gave up at once, try plain Java, and the other way round. Only once."""
        if self._state != "opened" or self._jobs or (code := self._starter.exit_code()) is None:
            return
        if code == 0 or monotonic() - self._opened_at > _OPENING_S:
            self._state = "ended" if code == 0 else "died"
            return
        self._state = "did_not_open"
        links = self._links
        if not self._avoided and links is not None and links.jnlp is not None and links.jar is not None:
            self._avoided = "jnlp" if self._opened_jnlp else "jar"
            self._submit(is_open=False)


def _links(hand_off: HandOff, rule: HostRule) -> _Links:
    """Read the page's links to the app. Only the browser's thread may ask for cookies."""
    tab = hand_off.seen.tab

    def with_cookies(address: str | None) -> tuple[str, str] | None:
        return None if address is None else (address, hand_off.cookies(address))

    try:
        return _Links(with_cookies(jnlp_address(tab, rule.look)), with_cookies(jar_address(tab, rule.look)))
    except FlowError as error:
        logger.debug("no link to the app: {}", error.reason)
        return _Links(None, None)
