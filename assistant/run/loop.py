"""The loop of a run: look, ask `step` what to do, do it, look again.

It keeps nothing of the run but its `RunState`, and decides nothing. What may be done is for `flows.decide` and
`assistant.run.step` to say; how a page is touched, for `flows.Hand`; who says yes, for a `Person`; who signs, for a
`SigningComponent`.
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
from assistant.outcome import reasons
from assistant.run import events
from assistant.run.done import Deed
from assistant.run.leave import Leaving
from assistant.run.limits import Limits
from assistant.run.logbook import Logbook
from assistant.run.look import Looking
from assistant.run.person import Person
from assistant.run.record import RunResult
from assistant.run.state import RunState, Shown, ending
from assistant.run.step import step
from assistant.run.trouble import CrashWatch, browser_trouble, is_browser_gone, let_go
from assistant.signing.component import HandOff, PageWatcher, SigningComponent
from flows import Covered, FlowError, Hand, HandOver, HostRule, Observer, PageChanged, PageHeld, SafetyError, Signature
from flows.consent import Tick
from flows.controls import find_all


class Run:
    """One attempt to give E-Onay in one browser context."""

    def __init__(
        self,
        context: BrowserContext,
        rule: HostRule,
        person: Person,
        signing: SigningComponent,
        *,
        limits: Limits | None = None,
        on_step: Callable[[str, str], None] = lambda step, screen: None,
    ) -> None:
        self._context = context
        self._rule = rule
        self._person = person
        self._signing = signing
        self._limits = limits or Limits()
        self._on_step = on_step
        self._observer = Observer(context, rule)
        self._hand = Hand(self._observer)
        self._looking = Looking(self._hand)
        self._crash = CrashWatch(context, self._observer.ring)
        self._logbook = Logbook(real_seconds())
        self._state = RunState.begun(real_seconds())

    def go(self) -> RunResult:
        """Run to the end, and leave a page with a trap. Raises nothing for what a portal, a card or a person can do."""
        result = self._go()
        if self._crash.has_come or result.interrupted:
            return result
        leaving = Leaving(self._observer, self._hand, self._person.attend)
        stands_on = leaving.leave(good=result.outcome.exit_code == 0)
        if stands_on is None and result.reason == "wrong_screen":
            stands_on = "service"
        return replace(result, stands_on=stands_on, interrupted=leaving.interrupted)

    def _go(self) -> RunResult:
        was_interrupted = False
        try:
            stop = self._until_it_stops()
        except EonayError as error:
            stop = events.Stop(error.code, detail=error.detail)
        except KeyboardInterrupt:
            stop, was_interrupted = let_go(self._context, self._person.attend)
        except PlaywrightError as error:
            stop = browser_trouble(error)
        outcome = stop.outcome or reasons()[stop.reason or ""].outcome
        outcome, reason = ending(self._state, outcome, stop.reason)
        if reason == "window_closed" and is_browser_gone(self._context):
            reason = "browser_crashed"
            outcome = reasons()[reason].outcome
        return self._logbook.result(outcome, reason, stop, real_seconds(), interrupted=was_interrupted)

    def _until_it_stops(self) -> events.Stop:
        action: events.Action = events.Visit()
        while not isinstance(action, events.Stop):
            doing, action = action, events.LookAgain()  # a dialog of the browser may cut short what is being done
            with suppress(PageHeld), self._observer.held.giving_way():
                event = self._carry_out(doing)
                action = self._step(event) if event is not None else self._turn()
        return action

    def _turn(self) -> events.Action:
        """Hear what everybody has to say, the page last."""
        heard = [self._step(events.Turned())]
        self._person.attend()
        if self._crash.has_come:
            raise RunError("browser_crashed")
        if self._state.signature.is_under_way or self._state.signature is Signature.ELSEWHERE:
            heard.append(self._step(self._poll()))
        stop = next((action for action in heard if isinstance(action, events.Stop)), None)
        return stop or self._step(self._looking.look(self._state, real_seconds(), self._limits))

    def _step(self, event: events.Event) -> events.Action:
        before = self._state.shown
        self._state, action = step(self._state, event, real_seconds(), self._limits)
        if isinstance(event, events.Looked | events.Unclear) and event.sight.screen:
            self._tell(event, before, action)
        return action

    def _tell(self, event: events.Looked | events.Unclear, before: Shown, action: events.Action) -> None:
        """Tell the person, the signing component and the logbook what was seen, and the person what is being done."""
        seen, shown = self._looking.seen, self._state.shown
        if (before.step, before.screen) != (shown.step, shown.screen) and not seen.tab.is_blank:
            self._logbook.came_to(shown.step, shown.screen, shown.since)
            self._person.notice(seen, shown.step)
            self._on_step(shown.step, shown.screen)
        if isinstance(event, events.Unclear):
            return
        if self._state.handed.codes and isinstance(self._signing, PageWatcher):
            self._signing.watch(seen)
        if action.says:
            self._person.tell(seen, event.decision, self._hand)

    def _poll(self) -> events.Event:
        try:
            signature = self._signing.poll()
        except EonayError as error:
            return events.SignatureFailed(error.code, error.detail)
        if signature in {Signature.ACCEPTED, Signature.UNSURE}:
            self._logbook.done.note(Deed.SIGNATURE_HANDED_IN)
        return events.SignatureSaid(signature)

    # --- carrying out --------------------------------------------------------------------------------------

    def _carry_out(self, action: events.Action) -> events.Event | None:
        """Do *action* and return what came of it; None where there is nothing to tell."""
        try:
            match action:
                case events.Rest():
                    self._observer.wait(action.ms)
                case events.Ask():
                    return self._ask(action)
                case events.Act():
                    return self._act(action)
                case events.Close():
                    return self._close(action)
                case events.LetAct():
                    done = self._person.act(self._looking.seen, action.decision.act, self._hand)
                    return events.PersonActed(action.sight, done)
                case events.Visit():
                    return self._visit(action)
        except Covered as covered:
            return events.CoveredBy(covered.layer.text)
        except PageChanged:
            return events.Shifted()
        except FlowError as error:
            return events.Unclear(self._looking.sight, error.reason, error.expected, error.seen)
        return None

    def _ask(self, ask: events.Ask) -> events.Event:
        answer = self._person.approve(ask.question)
        if answer == "yes" and ask.then is None:
            self._person.taken(ask.question)
        return events.Answered(ask, answer)

    def _act(self, act: events.Act) -> events.Event:
        decision, tab, done = act.decision, self._looking.seen.tab, self._logbook.done
        if isinstance(decision, Tick):
            return events.Done(act, done.tick(lambda: self._hand.tick(tab, decision.control)))
        if isinstance(decision, HandOver):
            self._taken(act)
            hand_off = HandOff(decision.code.value, tab.page, self._looking.seen)
            try:
                done.hand_over(lambda: self._signing.start(hand_off))
            except EonayError as error:
                return events.SignatureFailed(error.code, error.detail)
            return events.Done(act)
        was_pressed = done.press(decision.approval, lambda: self._hand.press(tab, decision.control))
        if was_pressed:
            self._taken(act)
        else:
            done.note(Deed.MOVED_ON)
        return events.Done(act, was_pressed)

    def _taken(self, act: events.Act) -> None:
        if act.question is not None:
            self._person.taken(act.question)

    def _close(self, close: events.Close) -> events.Event:
        try:
            self._hand.close(self._looking.seen.tab, self._looking.way_out)
        except SafetyError:  # a cross that leads elsewhere is no way out either
            return events.Closed(close, done=False)
        self._logbook.done.note(Deed.MOVED_ON)
        return events.Closed(close, done=True)

    def _visit(self, visit: events.Visit) -> events.Event:
        if visit.by_home is not None and self._goes_home():
            return events.Went(visit.by_home)
        if visit.new_window or not self._context.pages:
            others = self._context.pages
            self._open_entry(self._context.new_page())
            if visit.instead:
                others[-1].close()
            return events.Visited()
        self._open_entry(self._looking.page or self._context.pages[0])
        return events.Visited(self._looking.sight.document)

    def _goes_home(self) -> bool:
        """Press the way home of the page, where it has exactly one; return whether it was pressed."""
        tab = self._looking.seen.tab
        home = find_all(tab, self._rule.look.controls["portal_home"])
        try:
            return len(home) == 1 and self._logbook.done.press(None, lambda: self._hand.press(tab, home[0]))
        except FlowError as error:
            logger.debug("no way home on the page: {}", error.reason)
            return False

    def _open_entry(self, page: Page) -> None:
        try:
            page.goto(self._rule.entry, wait_until="commit", timeout=self._limits.page_s * 1000)
        except PlaywrightError as error:
            if page.is_closed():
                raise RunError("window_closed") from error
            logger.debug("the entry did not open: {}", type(error).__name__)
            raise RunError("portal_unreachable") from error
