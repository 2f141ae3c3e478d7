"""Carrying out what the rules of a run want: each action is done once, and its result is the next event."""

from __future__ import annotations

from loguru import logger
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.base.errors import EonayError, RunError
from assistant.run import events
from assistant.run.done import Deed, Record
from assistant.run.limits import Limits
from assistant.run.look import Looking
from assistant.run.person import Helper, Participant, Pointed
from assistant.run.trouble import why_unreachable
from assistant.signing.component import HandOff, SigningComponent
from flows import Covered, FlowError, Hand, HandOver, PageChanged, PressMissed, SafetyError
from flows.additions import Addition
from flows.consent import Press, Tick
from flows.controls import find_all


class Doing:
    """Acts on what the last look showed."""

    def __init__(
        self, hand: Hand, person: Participant, signing: SigningComponent, looking: Looking, done: Record, limits: Limits
    ) -> None:
        self._hand = hand
        self._observer = hand.observer
        self._person = person
        self._signing = signing
        self._looking = looking
        self._done = done
        self._limits = limits

    def carry_out(self, action: events.Action) -> events.Event | None:
        """Do *action* and return what came of it; None when there is nothing to report."""
        try:
            match action:
                case events.Rest():
                    self._observer.wait(action.ms)
                case events.Ask():
                    return self._ask(action)
                case events.Perform():
                    return self._act(action)
                case events.Close():
                    return self._close(action)
                case events.LetAct():
                    done = self._person.act(self._looking.seen, action.decision.act, self._hand)
                    return events.PersonActed(action.sight, done)
                case events.Plead():
                    return self._plead(action)
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

    def _plead(self, plead: events.Plead) -> events.Event:
        if not isinstance(self._person, Helper):
            return events.Helped(plead.plea, "stop")
        plea, tab = plead.plea, self._looking.seen.tab
        answer = self._person.help(plea, tab, self._hand)
        if not isinstance(answer, Pointed):
            return events.Helped(plea, answer)
        if answer.label:
            self._observer.add_words([Addition(answer.target, answer.label)])
        step = plea.screen or plea.after or "landing"
        return events.ScreenShown(plea, self._looking.sight, Press(step, answer.control, answer.target))

    def _act(self, act: events.Perform) -> events.Event:
        decision, tab = act.decision, self._looking.seen.tab
        if isinstance(decision, Press | Tick):
            self._looking.witnessed.check(decision, tab)
        is_consent = isinstance(decision, Tick | Press) and decision.approval == "consent"
        upon = self._looking.seen.statement if is_consent else None
        if isinstance(decision, Tick):
            return events.Done(act, self._done.tick(lambda: self._hand.tick(tab, decision.control, upon=upon)))
        if isinstance(decision, HandOver):
            self._taken(act)
            hand_off = HandOff(decision.code.value, tab.page, self._looking.seen)
            try:
                self._done.hand_over(lambda: self._signing.start(hand_off))
            except EonayError as error:
                return events.SignatureFailed(error.code, error.detail)
            return events.Done(act)
        try:
            was_pressed = self._done.press(
                decision.approval, lambda: self._hand.press(tab, decision.control, upon=upon)
            )
        except PressMissed:
            self._taken(act)  # whatever the page says about it, a yes is good for one press
            return events.Missed(act)
        if was_pressed:
            self._taken(act)
        else:
            self._done.note(Deed.MOVED_ON)
        return events.Done(act, was_pressed)

    def _taken(self, act: events.Perform) -> None:
        if act.question is not None:
            self._person.taken(act.question)

    def _close(self, close: events.Close) -> events.Event:
        if close.lying.unread:
            self._observer.read_on(self._looking.seen.tab, self._looking.layer)
            return events.Closed(close, done=True)
        if close.lying.is_menu:
            self._hand.leave_menu(self._looking.seen.tab)
            return events.Closed(close, done=True)
        try:
            self._hand.close(self._looking.seen.tab, self._looking.way_out)
        except SafetyError:  # a cross that leads elsewhere is no way out either
            return events.Closed(close, done=False)
        self._done.note(Deed.MOVED_ON)
        return events.Closed(close, done=True)

    def _visit(self, visit: events.Visit) -> events.Event:
        if visit.by_home is not None and self._goes_home():
            return events.Went(visit.by_home)
        if visit.new_window or not self._observer.context.pages:
            self._open_entry(self._observer.new_page())
            for held in self._observer.held.pages if visit.instead else ():
                held.close()
            return events.Visited()
        self._open_entry(self._looking.page or self._observer.context.pages[0])
        return events.Visited(self._looking.sight.document)

    def _goes_home(self) -> bool:
        """Press the page's way home if it has exactly one; return whether we did."""
        tab = self._looking.seen.tab
        home = find_all(tab, self._observer.rule.look.controls["portal_home"])
        try:
            return len(home) == 1 and self._done.press(None, lambda: self._hand.press(tab, home[0]))
        except FlowError as error:
            logger.debug("no way home on the page: {}", error.reason)
            return False

    def _open_entry(self, page: Page) -> None:
        try:
            page.goto(self._observer.rule.entry, wait_until="commit", timeout=self._limits.page_s * 1000)
        except PlaywrightError as error:
            if page.is_closed():
                raise RunError("window_closed") from error
            logger.debug("the entry did not open: {}", type(error).__name__)
            raise RunError(why_unreachable(error.message)) from error
