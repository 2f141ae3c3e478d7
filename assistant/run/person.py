"""The person a run is made with: one small interface for a desk, a terminal and an unattended run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from assistant.base.errors import RunError
from assistant.run.question import Answer, HelpAnswer, Plea, Question
from flows import Control, ControlError, Decision, Hand, PageChanged, PersonalAct, Seen, TabView
from flows.controls import find, find_all

_MAX_REJECTED = 2
"""After this many rejected passwords an unattended run stops: well before e-Devlet locks the account."""


class Participant(Protocol):
    """Who sits there. No method blocks: the loop asks again after every look."""

    def attend(self) -> None:
        """Take in what the person did since the last look. Raises `RunError` when they want to stop."""

    def notice(self, seen: Seen, step: str) -> None:
        """Note a new screen, and the step it belongs to: its own, or the check at the end."""

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Say what we are doing about *seen*. A question that *decision* no longer asks is withdrawn."""

    def approve(self, question: Question) -> Answer:
        """Answer *question*, or say that the answer is pending."""

    def taken(self, question: Question) -> None:
        """Note that we acted on the yes to *question*: it is used up."""

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Do what only a person does on *seen*. Returns False while the person is still at it."""


class Alongside:
    """Passes everything on to *person*; whoever only looks on at each screen extends it and overrides `tell`."""

    def __init__(self, person: Participant) -> None:
        self._person = person

    def attend(self) -> None:
        """Let the person attend."""
        self._person.attend()

    def notice(self, seen: Seen, step: str) -> None:
        """Let the person notice."""
        self._person.notice(seen, step)

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Let the person be told."""
        self._person.tell(seen, decision, hand)

    def approve(self, question: Question) -> Answer:
        """Let the person answer."""
        return self._person.approve(question)

    def taken(self, question: Question) -> None:
        """Let the person know."""
        self._person.taken(question)

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Let the person act."""
        return self._person.act(seen, act, hand)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the person pointed at, after their yes to it."""

    control: Control
    target: str
    """Which control of the portal's description they say it is."""
    label: str = ""
    """The word we know it by from now on; empty if we knew it already."""


@runtime_checkable
class Awaited(Protocol):
    """A person who can ask for more time."""

    def awaited(self, left_s: float | None) -> bool:
        """Note that we wait *left_s* more seconds for them, None for not at all; return True to ask for more time."""


@runtime_checkable
class Helper(Protocol):
    """A person who can help with a page we don't understand."""

    def help(self, plea: Plea, tab: TabView, hand: Hand) -> HelpAnswer | Pointed:
        """Say how to go on from *tab*, or that the answer is pending."""


@dataclass(slots=True)
class TestPerson:
    """What an unattended run knows about the test person. No repr shows any of it."""

    __test__ = False

    national_id: str = field(repr=False)
    passwords: tuple[str, ...] = field(repr=False)
    """Tried in this order; none is ever sent twice as long as e-Devlet rejects it."""
    sms_code: Callable[[], str | None] = field(repr=False)
    captcha: Callable[[], str | None] = field(default=lambda: None, repr=False)
    approve_phone: Callable[[], object] = field(default=lambda: None, repr=False)


class Unattended:
    """Stands in for a test person on a loopback portal."""

    def __init__(self, credentials: TestPerson | None) -> None:
        self._who = credentials
        self._untried = list(credentials.passwords) if credentials else []
        self._proven: str | None = None
        self._sent: str | None = None
        self._sms_sent = False
        self._phone_asked = False

    def attend(self) -> None:
        """Do nothing: nobody is there to stop."""

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Do nothing: nobody listens."""

    def taken(self, question: Question) -> None:
        """Do nothing: every question has its own yes."""

    def notice(self, seen: Seen, step: str) -> None:
        """Past the login, what was sent has proved right and may be used again after a lost session."""
        if seen.screen in {"sharing", "home", "individual", "nes", "eonay_given", "eonay_missing"}:
            self._proven = self._sent
            self._sms_sent = self._phone_asked = False

    def approve(self, question: Question) -> Answer:
        """Approve: on a loopback portal nothing has legal weight. Raises `RunError` for what only a person decides."""
        if question.approval == "dialog":
            raise RunError("dialog_unanswered")
        if question.doubts or question.reason:
            raise RunError(question.reason or "consent_state_unclear")
        return "yes"

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Do the test person's part. Raises `RunError` when it can't be done unattended."""
        if act == "login":
            self._log_in(seen.tab, hand)
        elif act == "login_method":
            self._press_or_give_up(seen.tab, hand, "password_method")
        elif act == "second_step_sms":
            self._type_sms_code(seen.tab, hand)
        elif act == "elsewhere":
            return False
        elif act == "password_renewal":
            self._press_or_give_up(seen.tab, hand, "renew_later")
        elif not self._phone_asked:
            self._phone_asked = True
            self._person.approve_phone()
            return False
        return act != "second_step_phone"

    @property
    def _person(self) -> TestPerson:
        if self._who is None:
            raise RunError("credentials_missing")
        return self._who

    def _log_in(self, tab: TabView, hand: Hand) -> None:
        controls = hand.observer.rule.look.controls
        password_field = find(tab, controls["password_field"])
        captcha_fields = find_all(tab, controls["captcha_field"])
        password = self._next_password()
        hand.fill(tab, find(tab, controls["national_id_field"], form=password_field.form), self._person.national_id)
        hand.fill(tab, password_field, password)
        if captcha_fields:
            hand.fill(tab, captcha_fields[0], self._captcha())
        _press(hand, tab, find(tab, controls["login_submit"], form=password_field.form))
        self._proven = None
        self._sent = password
        self._untried = [other for other in self._untried if other != password]

    def _next_password(self) -> str:
        """Return the password that has proved right, or else one that wasn't sent yet."""
        if self._proven is not None:
            return self._proven
        rejected = len(self._person.passwords) - len(self._untried)
        if not self._untried or rejected >= _MAX_REJECTED:
            raise RunError("login_rejected" if self._person.passwords else "credentials_missing")
        return self._untried[0]

    def _captcha(self) -> str:
        answer = self._person.captcha()
        if answer is None:
            raise RunError("captcha_needed")
        return answer

    def _press_or_give_up(self, tab: TabView, hand: Hand, control: str) -> None:
        try:
            _press(hand, tab, find(tab, hand.observer.rule.look.controls[control]))
        except ControlError:
            raise RunError("login_method_unattended") from None

    def _type_sms_code(self, tab: TabView, hand: Hand) -> None:
        if self._sms_sent:
            raise RunError("second_step_failed")
        code = self._person.sms_code()
        if code is None:
            raise RunError("credentials_missing")
        controls = hand.observer.rule.look.controls
        code_field: Control = find(tab, controls["sms_field"])
        hand.fill(tab, code_field, code)
        _press(hand, tab, find(tab, controls["second_step_submit"], form=code_field.form))
        self._sms_sent = True


def _press(hand: Hand, tab: TabView, control: Control) -> None:
    """Press *control*; if a layer had to be closed first, the page is looked at again."""
    if not hand.press(tab, control):
        raise PageChanged
