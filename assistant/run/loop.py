"""The loop of a run: look, decide, act once, look again.

It follows the portal, not a script. What it may do is decided by `flows.decide`; how a page is touched, by
`flows.Hand`; who says yes, by a `Person`; who signs, by a `SigningComponent`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from loguru import logger
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.clock import real_seconds
from assistant.errors import EonayError, RunError
from assistant.outcome import Outcome, reasons
from assistant.run.done import Deed, Record
from assistant.run.in_the_way import InTheWay
from assistant.run.leave import Leaving
from assistant.run.limits import Limits
from assistant.run.person import CHECK_STEP, Person, Question
from assistant.run.record import RunResult, StepRecord
from assistant.signing.component import HandOff, PageWatcher, Signature, SigningComponent
from flows import (
    AskAgain,
    Covered,
    Decision,
    End,
    FlowError,
    Hand,
    HandOver,
    HostRule,
    LetPersonAct,
    Memory,
    Observation,
    Observer,
    PageChanged,
    PageHeld,
    Phase,
    Press,
    Seen,
    StartOver,
    Tick,
    Wait,
    decide,
    recognise,
)
from flows.code import read_code
from flows.controls import find_all

_HEARTBEAT_MS = 250.0
"""Longest sleep between two looks: for what changes without a sign, such as style sheets."""
_SIGNING_HEARTBEAT_MS = 20.0
_SLEPT_S = 10.0
"""When this long has passed since the last look and nothing was done, the computer slept or the program was held."""
_PRESS_PATIENCE_S = 10.0
_MAX_PRESSES = 4
_MAX_WEIGHTY_PRESSES = 2
_MAX_START_OVERS = 1
_WEIGHTY_SCREENS = frozenset({"eonay_given", "eonay_missing"})


class _Over(Exception):  # noqa: N818 (it ends the loop, it is no failure)
    def __init__(self, outcome: Outcome, reason: str | None, detail: str | None = None, cause: FlowError | None = None):
        self.outcome, self.reason, self.detail = outcome, reason, detail
        self.expected, self.seen = (cause.expected, cause.seen) if cause else ("", "")


class Run:
    """One attempt to give E-Onay in one browser context."""

    def __init__(
        self,
        context: BrowserContext,
        rule: HostRule,
        person: Person,
        signing: SigningComponent,
        *,
        patience: Limits | None = None,
        on_step: Callable[[str, str], None] = lambda step, screen: None,
    ) -> None:
        self._context = context
        self._rule = rule
        self._person = person
        self._signing = signing
        self._patience = patience or Limits()
        self._on_step = on_step
        self._observer = Observer(context, rule)
        self._hand = Hand(self._observer)
        self._in_the_way = InTheWay(self._hand, self._patience.page_s)
        self._memory = Memory()
        self._done = Record()
        self._began = real_seconds()
        self._steps: list[tuple[str, str, float]] = []
        self._screen = ("", "", self._began)
        self._pressed: tuple[str, tuple[float, ...], float, tuple[str, ...]] | None = None
        self._presses: dict[str, int] = {}
        self._weighty: dict[tuple[str, float, str], float] = {}
        self._hand_overs = 0
        self._handed_at = self._began
        self._may_be_handed_in = False
        self._start_overs = 0
        self._fingerprint = 0
        self._quiet_since = self._began
        self._unclear_since: float | None = None
        self._asked: tuple[str, str, float] | None = None
        self._signed_document: tuple[float, ...] = ()
        self._look_again_at: float | None = None
        self._looked_twice = False
        self._turned_at = self._began
        self._acted = True
        self._interrupted = self._slept = self._crashed = False
        context.on("page", self._watch_for_a_crash)
        for page in context.pages:
            self._watch_for_a_crash(page)

    def go(self) -> RunResult:
        """Run to the end, and leave a page with a trap. Raises nothing for what a portal, a card or a person can do."""
        result = self._go()
        if self._crashed or result.interrupted:
            return result
        leaving = Leaving(self._observer, self._hand, self._person.attend)
        stands_on = leaving.leave(good=result.outcome.exit_code == 0)
        if stands_on is None and result.reason == "wrong_screen":
            stands_on = "service"
        return replace(result, stands_on=stands_on, interrupted=leaving.interrupted)

    def _go(self) -> RunResult:
        try:
            page = self._context.pages[0] if self._context.pages else self._context.new_page()
            with suppress(PageHeld), self._observer.held.giving_way():
                self._open_entry(page)
            while True:
                with suppress(PageHeld), self._observer.held.giving_way():
                    self._turn()
        except _Over as over:
            return self._result(over)
        except EonayError as error:
            reason = error.reason()
            return self._result(_Over(reason.outcome, error.code, error.detail))
        except KeyboardInterrupt:
            return self._result(self._interruption())
        except PlaywrightError as error:
            return self._result(_Over(*_browser_trouble(error)))

    def _interruption(self) -> _Over:
        """Let go of the pages, for one of them may answer nobody; and hear whether it was the person at the desk.

        All at once: a page that is closed by itself while a navigation comes in may never say that it is closed.
        """
        with suppress(PlaywrightError):
            self._context.close()
        try:
            self._person.attend()
        except RunError as error:
            return _Over(Outcome.CANCELLED, error.code)
        self._interrupted = True
        return _Over(Outcome.CANCELLED, "person_stopped")

    def _watch_for_a_crash(self, page: Page) -> None:
        page.on("crash", self._on_crash)

    def _on_crash(self, _page: Page) -> None:
        self._crashed = True
        self._observer.ring()

    def _turn(self) -> None:
        if self._has_slept():
            self._wake()
        self._turned_at, self._acted = real_seconds(), False
        self._person.attend()
        if self._crashed:
            raise RunError("browser_crashed")
        self._poll_signing()
        if self._observer.held and self._is_held():
            self._wait()
            return
        observation = self._observer.observe()
        self._note_quiet(observation)
        try:
            self._check_open(observation)
            seen = recognise(observation, self._rule.look)
            self._note_screen(seen)
            decision = decide(seen, self._memory, self._rule.look)
            if seen.screen in _WEIGHTY_SCREENS and not self._is_steady(seen):
                self._wait()
                return
            if self._memory.handed_code and isinstance(self._signing, PageWatcher):
                self._signing.watch(seen)
            if self._is_in_the_way(decision, seen):
                self._wait()
                return
            self._person.tell(seen, decision, self._hand)
            acted = self._acted = self._act(decision, seen)
        except Covered as covered:
            self._in_the_way.note(covered.layer)
            return
        except PageChanged:
            # A page that never stands still would be looked at for ever.
            self._unclear_since = self._unclear_since or real_seconds()
            if real_seconds() - self._unclear_since > self._patience.page_s:
                raise RunError("navigation_stuck") from None
            return
        except FlowError as error:
            self._stop_if_settled(error, observation)
            return
        self._unclear_since = None
        if not acted:
            self._wait()

    # --- acting ------------------------------------------------------------------------------------------

    def _act(self, decision: Decision, seen: Seen) -> bool:
        """Carry out *decision*. Returns whether anything was done; otherwise there is something to wait for."""
        match decision:
            case Press() | Tick():
                return self._press(decision, seen)
            case LetPersonAct():
                return self._let_person_act(decision, seen)
            case HandOver():
                return self._hand_over(decision, seen)
            case Wait():
                return self._wait_with_patience(decision, seen)
            case AskAgain():
                return self._ask_again(seen)
            case StartOver():
                return self._start_over(seen)
            case End():
                return self._end(decision, seen)

    def _press(self, decision: Press | Tick, seen: Seen) -> bool:
        act = self._weighty_act(decision, seen) if isinstance(decision, Press) and decision.approval else None
        if self._is_waiting_for_change(seen, is_weighty=act is not None) or (act and self._is_done(act)):
            return False
        if self._is_coming_alive(seen):
            return False
        question = None
        if decision.approval:
            question = Question(decision.approval, decision.step, decision.quote, decision.doubts)
        if question and not self._is_approved(question):
            return False
        if isinstance(decision, Tick):
            self._count(f"tick {seen.screen}")
            return self._done.tick(lambda: self._hand.tick(seen.tab, decision.control))
        limit = _MAX_WEIGHTY_PRESSES if decision.approval else _MAX_PRESSES
        if decision.approval == "renew_code":
            limit = self._patience.codes - 1
        if self._presses.get(what := f"{self._memory.phase} {seen.screen} {decision.approval}", 0) >= limit:
            raise RunError("code_expired" if decision.approval == "renew_code" else "navigation_stuck")
        if not self._done.press(decision.approval, lambda: self._hand.press(seen.tab, decision.control)):
            self._done.note(Deed.MOVED_ON)
            self._count(f"layer over {seen.screen}")
            return True
        if act:
            self._weighty[act] = real_seconds()
        self._count(what)
        self._memory.pressed[decision.target] += 1
        self._pressed = (seen.screen, seen.tab.document(), real_seconds(), seen.tab.alerts)
        self._asked = None
        if question:
            self._person.taken(question)
        return True

    def _weighty_act(self, press: Press, seen: Seen) -> tuple[str, float, str]:
        """Name the act, so that it is done once: nothing that the same page shows afterwards makes it another.

        Another page needs another yes; so does another code that is dead.
        """
        code = read_code(seen.tab, self._rule.look.code) if press.approval == "renew_code" else None
        return press.approval or "", seen.tab.document()[0], code.value if code else ""

    def _is_done(self, act: tuple[str, float, str]) -> bool:
        """Tell whether *act* was done already. Raises `RunError` once its page has had long enough to move on."""
        if act not in self._weighty:
            return False
        waited = real_seconds() - self._weighty[act]
        if waited < _PRESS_PATIENCE_S or (self._observer.is_busy and waited < self._patience.page_s):
            return True
        raise RunError("navigation_stuck")

    def _let_person_act(self, decision: LetPersonAct, seen: Seen) -> bool:
        if self._is_waiting_for_change(seen):
            return False
        if self._since_screen() > self._patience.person_s:
            raise self._absence()
        if not self._person.act(seen, decision.act, self._hand):
            return False
        self._pressed = (seen.screen, seen.tab.document(), real_seconds(), seen.tab.alerts)
        return True

    def _hand_over(self, decision: HandOver, seen: Seen) -> bool:
        question = Question("hand_off", decision.step)
        if not self._is_approved(question):
            return False
        self._hand_overs += 1
        if self._hand_overs > self._patience.codes:
            raise RunError("code_expired")
        self._memory.phase = Phase.HANDED_OVER
        self._memory.signed = Signature.RUNNING
        self._memory.handed_code = decision.code.value
        self._signed_document = seen.tab.document()
        self._pressed = self._asked = None
        self._handed_at = real_seconds()
        self._may_be_handed_in = True
        self._person.taken(question)
        try:
            hand_off = HandOff(decision.code.value, seen.tab.page, seen)
            self._done.hand_over(lambda: self._signing.start(hand_off))
        except EonayError:
            self._memory.signed = Signature.NO
            raise
        return True

    def _poll_signing(self) -> None:
        if self._memory.signed not in {"running", "elsewhere"}:
            return
        try:
            state = self._signing.poll()
            self._may_be_handed_in = state is not Signature.WAITING
            self._memory.signed = Signature.RUNNING if state is Signature.WAITING else state
            if state in {Signature.ACCEPTED, Signature.UNSURE}:
                self._done.note(Deed.SIGNATURE_HANDED_IN)
        except EonayError:
            self._memory.signed = Signature.NO
            raise

    def _wait_with_patience(self, decision: Wait, seen: Seen) -> bool:
        signed = self._memory.signed in {"accepted", "unsure"}
        patience = self._patience.banner_s if signed else min(decision.patience_s, self._longest(decision))
        if real_seconds() - max(self._screen[2], self._handed_at) <= patience:
            return False
        if signed or (self._memory.signed == "elsewhere" and seen.screen == "signing"):
            return self._ask_again(seen)
        raise RunError("navigation_stuck")

    def _longest(self, decision: Wait) -> float:
        return self._patience.page_s if decision.step == "hop" else decision.patience_s

    def _ask_again(self, seen: Seen) -> bool:
        """Leave the page for a fresh visit: by its own way home, or by the entry address."""
        if self._memory.phase is Phase.CHECKING:
            return self._start_over(seen)
        self._memory.phase = Phase.CHECKING
        self._memory.pressed.clear()
        self._start_overs = 0
        self._signed_document = self._signed_document or seen.tab.document()
        home = find_all(seen.tab, self._rule.look.controls["portal_home"])
        if len(home) == 1:
            try:
                if self._done.press(None, lambda: self._hand.press(seen.tab, home[0])):
                    self._pressed = (seen.screen, seen.tab.document(), real_seconds(), seen.tab.alerts)
                    return True
            except FlowError as error:
                logger.debug("no way home on the page: {}", error.reason)
        self._open_entry(seen.tab.page)
        return True

    def _start_over(self, seen: Seen) -> bool:
        if self._is_waiting_for_change(seen):
            return False
        self._start_overs += 1
        if self._start_overs > _MAX_START_OVERS:
            raise RunError("session_ended" if seen.screen == "session_ended" else "portal_error")
        self._open_entry(seen.tab.page)
        return True

    def _end(self, decision: End, seen: Seen) -> bool:
        outcome = Outcome(decision.outcome)
        if outcome is Outcome.FAILED and not self._is_settled():
            return False
        if outcome is Outcome.CONSENT_GIVEN and seen.tab.document() == self._signed_document:
            self._signed_document = ()
            self._open_entry(seen.tab.page)
            return True
        if decision.reason == "not_confirmed" and not self._looked_twice:
            return self._look_once_more(seen)
        raise _Over(outcome, decision.reason)

    def _look_once_more(self, seen: Seen) -> bool:
        """Give the portal as long as its banner may take, and visit it afresh a second time: it may be slow to show."""
        self._look_again_at = self._look_again_at or real_seconds() + self._patience.banner_s
        if real_seconds() < self._look_again_at:
            return False
        self._looked_twice = True
        self._memory.pressed.clear()
        self._open_entry(seen.tab.page)
        return True

    def _open_entry(self, page: Page) -> None:
        self._pressed, self._acted = None, True
        try:
            page.goto(self._rule.entry, wait_until="commit", timeout=self._patience.page_s * 1000)
        except PlaywrightError as error:
            if page.is_closed():
                raise RunError("window_closed") from error
            logger.debug("the entry did not open: {}", type(error).__name__)
            raise RunError("portal_unreachable") from error

    # --- waiting -----------------------------------------------------------------------------------------

    def _wait(self) -> None:
        signing = self._memory.signed == "running"
        self._observer.wait(_SIGNING_HEARTBEAT_MS if signing else _HEARTBEAT_MS)

    def _has_slept(self) -> bool:
        return not self._acted and real_seconds() - self._turned_at > _SLEPT_S

    def _wake(self) -> None:
        """Give pages their time anew, for they slept too; the person's time went on."""
        logger.debug("awake again")
        self._slept = True
        self._quiet_since = self._handed_at = real_seconds()
        self._unclear_since = self._look_again_at = None
        if self._pressed is not None:
            screen, document, _, alerts = self._pressed
            self._pressed = (screen, document, real_seconds(), alerts)

    def _absence(self) -> RunError:
        return RunError(
            "person_absent", "Bilgisayar bu sırada uykudaydı." if self._slept or self._has_slept() else None
        )

    def _is_waiting_for_change(self, seen: Seen, *, is_weighty: bool = False) -> bool:
        """Tell whether the last press on this very page may still have its effect.

        A notice says that a press was heard; after one of weight it is no leave to press again: see `_is_done`.
        """
        if self._pressed is None:
            return False
        screen, document, at, alerts = self._pressed
        if (screen, document) != (seen.screen, seen.tab.document()):
            self._pressed = None
            return False
        if is_weighty or (seen.tab.alerts and seen.tab.alerts != alerts):
            return False
        waited = real_seconds() - at
        return waited < _PRESS_PATIENCE_S or (self._observer.is_busy and waited < self._patience.page_s)

    def _is_held(self) -> bool:
        """Tell whether a dialog of the browser holds the page; the person is asked to answer it there."""
        says = self._observer.held.text()
        if says is None:
            return False
        if self._memory.signed == "running":
            return True
        if self._may_have_been_signed and self._observer.held.only_tell:
            # Whatever it says, only a fresh visit decides; leaving it answers nothing.
            held = self._context.pages[-1]
            self._visit_afresh(self._context.new_page())
            held.close()
            return True
        question = Question("dialog", self._screen[1] or "landing", says)
        if self._is_approved(question):
            self._person.taken(question)
        return True

    def _is_in_the_way(self, decision: Decision, seen: Seen) -> bool:
        """Tell whether something lies over the page that has to go first; it is closed, waited for, or shown."""
        has_pressed = self._pressed is not None and self._pressed[1] == seen.tab.document()
        is_idle = has_pressed and real_seconds() - (self._pressed or ("", (), 0.0, ()))[2] > self._patience.settle_s
        found = self._in_the_way.look(decision, seen, is_expected=is_idle)
        if found == "closed":
            self._done.note(Deed.MOVED_ON)
            self._count(f"layer over {seen.screen}")
        if isinstance(found, Question) and self._is_approved(found):
            self._person.taken(found)
        return found is not None

    def _is_coming_alive(self, seen: Seen) -> bool:
        """Tell whether the page may not hear a press yet; after a while it is pressed all the same."""
        is_deaf = seen.tab.is_loading or self._observer.awaits_scripts
        return is_deaf and self._since_screen() < self._patience.settle_s

    def _is_approved(self, question: Question) -> bool:
        key = (question.approval, question.step)
        if self._asked is None or self._asked[:2] != key:
            self._asked = (*key, real_seconds())
        answer = self._person.approve(question)
        if answer == "no":
            raise RunError(
                {"sharing": "sharing_refused", "dialog": "person_stopped"}.get(question.approval, "person_refused")
            )
        if answer == "pending" and real_seconds() - self._asked[2] > self._patience.person_s:
            raise self._absence()
        return answer == "yes"

    def _count(self, what: str) -> None:
        self._presses[what] = self._presses.get(what, 0) + 1
        if self._presses[what] > _MAX_PRESSES:
            raise RunError("navigation_stuck")

    # --- watching ----------------------------------------------------------------------------------------

    def _check_open(self, observation: Observation) -> None:
        if not observation.tabs:
            if self._memory.signed == "running" and self._may_be_handed_in:
                # What the portal says before the signature has ended would be no answer.
                self._wait()
                raise PageChanged
            if self._memory.signed in {"running", "elsewhere", "accepted", "unsure"}:
                self._memory.phase = Phase.CHECKING
                self._open_entry(self._context.new_page())
                raise PageChanged
            raise RunError("window_closed")
        newest = observation.tabs[-1]
        if not newest.sites and not newest.url.startswith(("about:blank", "chrome-error:")) and newest.url:
            raise FlowError("host_not_allowed", expected="a host of the portal", seen="another host")
        if observation.failed and self._is_settled():
            raise RunError("portal_unreachable")

    def _stop_if_settled(self, error: FlowError, observation: Observation) -> None:
        """Halt on *error* once the page has come to rest; until then it may still be on its way."""
        now = real_seconds()
        self._unclear_since = self._unclear_since or now
        is_busy = error.reason == "control_missing" and self._has_just_pressed(observation)
        if (is_busy or not self._is_settled()) and now - self._unclear_since < self._patience.page_s:
            self._wait()
            return
        newest = observation.tabs[-1] if observation.tabs else None
        if newest is not None and self._may_have_been_signed and error.reason in {"screen_unknown", "screen_ambiguous"}:
            # Whatever the page is that follows the signature, only a fresh visit decides.
            self._unclear_since = None
            self._visit_afresh(newest.page)
            return
        if newest is not None and newest.status >= 400 and error.reason == "screen_unknown":
            self._unclear_since = None
            if self._start_overs < _MAX_START_OVERS:
                self._start_overs += 1
                self._open_entry(newest.page)
                return
            raise _Over(Outcome.FAILED, "portal_error", None, error)
        raise _Over(reasons()[error.reason].outcome, error.reason, None, error)

    def _has_just_pressed(self, observation: Observation) -> bool:
        """Tell whether the page may have put its controls away because of the last press."""
        if self._pressed is None or not observation.tabs:
            return False
        _, document, at, _ = self._pressed
        return document == observation.tabs[-1].document() and real_seconds() - at < _PRESS_PATIENCE_S

    @property
    def _may_have_been_signed(self) -> bool:
        """Whether the signature has been handed in, as far as anybody can tell, and the portal was not asked yet."""
        return self._memory.phase is Phase.HANDED_OVER and self._memory.signed in {"elsewhere", "accepted", "unsure"}

    def _visit_afresh(self, page: Page) -> None:
        """Begin the check of the result at the portal's entry."""
        self._memory.phase = Phase.CHECKING
        self._memory.pressed.clear()
        self._start_overs = 0
        self._open_entry(page)

    def _note_quiet(self, observation: Observation) -> None:
        fingerprint = hash(tuple(tab.fingerprint() for tab in observation.tabs))
        if fingerprint != self._fingerprint:
            self._fingerprint = fingerprint
            self._quiet_since = real_seconds()

    def _is_settled(self) -> bool:
        return real_seconds() - self._quiet_since >= self._patience.settle_s and not self._observer.is_busy

    def _is_steady(self, seen: Seen) -> bool:
        """The two E-Onay states look alike: believe them only when the page is complete."""
        if seen.tab.frames[0].ready == "complete" and not self._observer.is_busy:
            return True
        return real_seconds() - self._quiet_since >= self._patience.settle_s

    def _note_screen(self, seen: Seen) -> None:
        step = CHECK_STEP if self._memory.phase is Phase.CHECKING else seen.screen
        if self._screen[:2] == (step, seen.screen):
            return
        self._screen = (step, seen.screen, real_seconds())
        if seen.tab.is_blank:
            return
        self._steps.append(self._screen)
        self._done.saw(seen.screen)
        self._person.notice(seen, step)
        self._on_step(step, seen.screen)

    def _since_screen(self) -> float:
        return real_seconds() - self._screen[2]

    def _result(self, over: _Over) -> RunResult:
        ended = real_seconds()
        outcome, reason = over.outcome, over.reason
        handed_in = self._memory.signed in {"accepted", "unsure", "running", "elsewhere"} and self._may_be_handed_in
        if handed_in and outcome not in {Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED}:
            outcome, reason = Outcome.UNVERIFIED, "not_checkable"
        if reason == "window_closed" and self._is_browser_gone():
            outcome, reason = Outcome.FAILED, "browser_crashed"
        times = [*(at for _, _, at in self._steps), ended]
        return RunResult(
            outcome=outcome,
            reason=reason,
            detail=over.detail,
            expected=over.expected,
            seen=over.seen,
            duration_ms=_ms(ended - self._began),
            steps=tuple(
                StepRecord(step, screen, _ms(at - self._began), _ms(after - at))
                for (step, screen, at), after in zip(self._steps, times[1:], strict=True)
            ),
            interrupted=self._interrupted,
            done=self._done.deeds,
        )

    def _is_browser_gone(self) -> bool:
        """Tell whether the browser itself is gone, and not only a window: a person does not do that by closing one."""
        try:
            if self._context.browser is not None:
                self._context.browser.new_browser_cdp_session().detach()
        except PlaywrightError:
            return True
        return False


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _browser_trouble(error: PlaywrightError) -> tuple[Outcome, str]:
    """Say what a browser that is gone means: a closed window is the person's word."""
    if "crash" in error.message.lower():
        return Outcome.FAILED, "browser_crashed"
    if "closed" in error.message:
        return Outcome.CANCELLED, "window_closed"
    logger.debug("the browser failed: {}", type(error).__name__)
    return Outcome.FAILED, "browser_failed"
