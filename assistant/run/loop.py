"""The loop of a run: look, ask `step` what to do, do it, look again.

It keeps nothing of the run but its `RunState`, and decides nothing. `flows.decide` and `assistant.run.step` say what
may be done; `flows.Hand`, how a page is touched; a `Participant` says yes; a `SigningComponent` signs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from loguru import logger
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from assistant.base.clock import real_seconds
from assistant.base.errors import EonayError, RunError
from assistant.base.interrupt import Watchdog
from assistant.base.outcome import reasons
from assistant.base.trouble import outcome_stays
from assistant.run import events
from assistant.run.doing import Doing
from assistant.run.done import Deed
from assistant.run.leave import Leaving
from assistant.run.limits import FROZEN_S, HEARTBEAT_MS, Limits
from assistant.run.logbook import Logbook
from assistant.run.look import Looking
from assistant.run.person import Awaited, Helper, Participant
from assistant.run.question import HELPED_STEP, Plea
from assistant.run.record import RunResult
from assistant.run.state import RunState, Shown, ending
from assistant.run.step import step
from assistant.run.tables import SCREEN_OF
from assistant.run.trouble import CrashWatch, browser_trouble, is_browser_gone, let_go
from assistant.signing.component import PageWatcher, SigningComponent
from flows import Danger, Hand, HostRule, Observer, PageHeld, Shield, Signature

_PERHAPS_BROWSERS = frozenset({"window_closed", "portal_unreachable", "internal_error"})
"""What it may look like when the browser or its driver is gone."""
_ASKS = (events.Ask, events.LetAct, events.Plead)
"""Right after these we know how long we still wait for the person."""


class Run:
    """One attempt to give E-Onay in one browser context; with a *shield* when a person sits at its pages."""

    def __init__(
        self,
        context: BrowserContext,
        rule: HostRule,
        person: Participant,
        signing: SigningComponent,
        *,
        limits: Limits | None = None,
        shield: Shield | None = None,
        on_step: Callable[[str, str], None] = lambda step, screen: None,
    ) -> None:
        self._context = context
        self._person = person
        self._signing = signing
        self._limits = limits or Limits()
        self._on_step = on_step
        self._shield = shield
        self._observer = Observer(context, rule, shield)
        self._hand = Hand(self._observer)
        self._looking = Looking(self._hand)
        self._logbook = Logbook(real_seconds())
        self._doing = Doing(self._hand, person, signing, self._looking, self._logbook.done, self._limits)
        self._crash = CrashWatch(context, self._observer.ring)
        self._state = RunState.begun(real_seconds(), has_helper=isinstance(person, Helper))
        self._helped: Plea | None = None
        self._watchdog = Watchdog(self._limits.page_s + FROZEN_S)

    def go(self) -> RunResult:
        """Run to the end, and leave a page with a trap. Raises nothing for what a portal, a card or a person can do."""
        try:
            return self._gone()
        finally:
            self._watchdog.close()

    def _gone(self) -> RunResult:
        result = self._go()
        if self._crash.has_come or self._watchdog.has_barked or result.interrupted:
            return result
        leaving = Leaving(self._observer, self._hand, self._person.attend)
        good = result.outcome.exit_code == 0
        stands_on: Danger | None = "withdrawal" if good else None
        with outcome_stays("leaving the page"):
            stands_on = leaving.leave(good=good)
        if stands_on is not None and is_browser_gone(self._context):
            stands_on = None
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
            stop, was_interrupted = let_go(self._context, self._person.attend, self._watchdog)
        except PlaywrightError as error:
            stop = browser_trouble(error)
        except Exception:  # noqa: BLE001 (a bug of ours: we still say how far the run got)
            logger.opt(exception=True).debug("the run lost its way")
            stop = events.Stop("internal_error")
        outcome = stop.outcome or reasons()[stop.reason or ""].outcome
        outcome, reason = ending(self._state, outcome, stop.reason)
        if reason in _PERHAPS_BROWSERS and is_browser_gone(self._context):
            reason = "browser_crashed"
            outcome = reasons()[reason].outcome
        return self._logbook.result(outcome, reason, stop, real_seconds(), interrupted=was_interrupted)

    def _until_it_stops(self) -> events.Stop:
        action: events.Action = events.Visit()
        while not isinstance(action, events.Stop):
            self._watchdog.alive()
            doing, action = action, events.LookAgain()  # a dialog of the browser may cut the current action short
            with suppress(PageHeld), self._observer.held.giving_way():
                event = self._doing.carry_out(doing)
                action = self._step(event) if event is not None else self._turn()
                if self._wants_time(action):
                    action = self._step(events.StillThere())
        return action

    def _wants_time(self, action: events.Action) -> bool:
        """Tell the person how long we still wait for them; return whether they ask for more."""
        if not isinstance(self._person, Awaited) or isinstance(action, _ASKS):
            return False
        return self._person.awaited(action.left_s if isinstance(action, events.Rest) else None)

    def _turn(self) -> events.Action:
        """Hear what everybody has to say, the page last."""
        heard = [self._step(events.Turned())]
        self._person.attend()
        if self._crash.has_come:
            raise RunError("browser_crashed")
        if self._state.signature.is_under_way or self._state.signature is Signature.ELSEWHERE:
            heard.append(self._step(self._poll()))
        stop = next((action for action in heard if isinstance(action, events.Stop)), None)
        if stop is None and self._shield is not None and self._shield.is_asked:
            return events.Rest(HEARTBEAT_MS)  # the person's own press waits for their second word
        return stop or self._step(self._looking.look(self._state, real_seconds(), self._limits))

    def _step(self, event: events.Event) -> events.Action:
        before = self._state.shown
        self._state, action = step(self._state, event, real_seconds(), self._limits)
        if isinstance(event, events.Looked | events.Unclear) and event.sight.screen:
            self._tell(event, before, action)
        elif isinstance(event, events.ScreenShown) or (isinstance(event, events.Helped) and event.answer == "self"):
            self._note_help(event.plea, event.press.target if isinstance(event, events.ScreenShown) else None)
        return action

    def _note_help(self, plea: Plea, way: str | None) -> None:
        """Write down on which screen the person helped, once for each time we asked."""
        if plea != self._helped:
            self._helped = plea
            way = way or next(iter(plea.sought), "")
            screen = plea.screen or SCREEN_OF.get(way) or plea.after or "landing"
            self._logbook.helped(HELPED_STEP, screen, real_seconds())

    def _tell(self, event: events.Looked | events.Unclear, before: Shown, action: events.Action) -> None:
        """Tell the person, the signing component and the logbook what we saw, and the person what we are doing."""
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
        if signature is Signature.ACCEPTED:  # if the answer got lost, nobody knows
            self._logbook.done.note(Deed.SIGNATURE_HANDED_IN)
        return events.SignatureSaid(signature)
