"""A scenario's test person: does what the scenario says, in the browser and on the phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.base.errors import RunError
from assistant.browser.launch import close_page
from assistant.rehearsal.methods import SignLogin, log_in_at_bank, log_in_by
from assistant.run.person import TestPerson, Unattended
from assistant.run.question import Answer, Question
from fixtures import Person, PersonPlay
from flows import Hand, PersonalAct, Seen, TabView

TakeMoved = Callable[[], float]
"""Returns how far the portal's clock has moved since the last call, in seconds."""


class Actor(Unattended):
    """Plays a test person on a loopback portal."""

    def __init__(
        self,
        credentials: TestPerson,
        person: Person,
        plays: PersonPlay,
        *,
        captcha_of: Callable[[str], str | None],
        sign_login: SignLogin,
        page_clock: tuple[BrowserContext, TakeMoved] | None = None,
    ) -> None:
        """*captcha_of* solves a captcha by its picture's address; *sign_login* signs what e-Devlet's e-İmza sends."""
        self._picture = ""
        credentials.captcha = self._read_captcha
        super().__init__(credentials)
        self._fixture = person
        self._plays = plays
        self._captcha_of = captcha_of
        self._sign_login = sign_login
        self._page_clock = page_clock
        self._page: Page | None = None
        self._closing = self._closes_next = False

    def attend(self) -> None:
        """Do what this person does unprompted: close the page, move the browser's clock."""
        if self._closing and self._page is not None:
            self._closing = False
            close_page(self._page)
        if self._page_clock is not None:
            context, moved = self._page_clock
            if seconds := moved():
                context.clock.fast_forward(round(seconds * 1000))

    def notice(self, seen: Seen, step: str) -> None:
        """Remember where the person is."""
        super().notice(seen, step)
        self._page = seen.tab.page
        if self._closes_next:
            self._closes_next, self._closing = False, True

    def approve(self, question: Question) -> Answer:
        """Approve, unless the scenario says no. A person about to close the page doesn't answer any more.

        If nobody here understands the page, no test person may approve it: raises `RunError` like `Unattended`.
        """
        if self._closing:
            return "pending"
        return "no" if question.approval in self._plays.refuses else super().approve(question)

    def taken(self, question: Question) -> None:
        """Close the page after this act, if the scenario says so.

        After a press, only once we see its effect: nobody is faster than that, and whether the portal had heard the
        press would be luck. A hand-off happens outside the page, so the person may close it at once.
        """
        if question.approval == self._plays.closes_page:
            self._closing = question.approval == "hand_off"
            self._closes_next = not self._closing

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Do the person's part, using the scenario's login method."""
        if act == "elsewhere":
            log_in_at_bank(seen.tab.page, self._fixture)
            return True
        if act in {"login", "login_method"} and self._plays.method != "password":
            if not hand.observer.rule.loopback:
                raise RunError("login_method_unattended")
            log_in_by(self._plays.method, seen.tab.page, self._fixture, self._person, self._sign_login)
            return True
        if act == "login":
            self._picture = _captcha_picture(seen.tab)
        return super().act(seen, act, hand)

    def _read_captcha(self) -> str | None:
        if self._plays.captcha == "unread":
            return None
        return "00000" if self._plays.captcha == "wrong" else self._captcha_of(self._picture)


def _captcha_picture(tab: TabView) -> str:
    """Return the address of the captcha's picture, which only a sighted person can read."""
    try:
        picture = tab.page.query_selector("img.captchaImage")
        return (picture.get_attribute("src") if picture else None) or ""
    except PlaywrightError:
        return ""
