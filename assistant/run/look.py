"""One look at the browser, as the event that the rules of a run understand."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from weakref import WeakSet

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.run.events import Event, Held, Looked, NoWindow, Shifted, Sight, Unclear
from assistant.run.in_the_way import blocking, layer_over, lying
from assistant.run.limits import Limits
from assistant.run.state import RunState
from assistant.run.witnessed import Witnessed
from flows import (
    Control,
    FlowError,
    Hand,
    HandOver,
    Layer,
    LetPersonAct,
    Observation,
    PageChanged,
    Phase,
    Press,
    SafetyError,
    Seen,
    TabView,
    Wait,
    decide,
    recognise,
    says_banner,
)
from flows.blocks import drawn
from flows.code import read_code
from flows.consent import Tick
from flows.layers import way_out
from flows.requests import CUT_OFF
from flows.statement import Statement

_PERHAPS_UNSEEN = frozenset({"screen_unknown", "wrong_screen"})
"""What a page seems to be whose ways on are controls that do not look like any."""


class Looking:
    """Looks, and keeps the last look for whoever acts on it."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._observer = hand.observer
        self._seen: Seen | None = None
        self._layer: Layer | None = None
        self._loaded_anew: WeakSet[Page] = WeakSet()
        self._asked_of: object = None
        self._code = ""
        self.witnessed = Witnessed(self._observer.rule)
        self.sight = Sight()
        """The last look, as the rules know it."""
        self.page: Page | None = None
        """The page that it was of."""

    @property
    def seen(self) -> Seen:
        """The last screen that was recognised. Raises `LookupError` where none was yet."""
        if self._seen is None:
            raise LookupError("nothing was seen yet")
        return self._seen

    @property
    def layer(self) -> Layer:
        """What lies over the page. Raises `LookupError` where nothing does."""
        if self._layer is None:
            raise LookupError("nothing lies over the page")
        return self._layer

    @property
    def way_out(self) -> Control:
        """The way out of what lies over the page. Raises `LookupError` where there is none."""
        out = way_out(self.layer)
        if out is None:
            raise LookupError("there is no way out")
        return out

    def look(self, state: RunState, now: float, limits: Limits) -> Event:
        """Look once and return what there is to say of it; *state* is what the run knows by now."""
        held = self._observer.held
        if held and (text := held.text()) is not None:
            return Held(text, held.only_tell)
        observation = self._observer.observe()
        if not observation.tabs:
            return NoWindow()
        look = self._observer.rule.look
        self.sight, self.page = self._sight(observation, observation.tabs[-1]), observation.tabs[-1].page
        if observation.tabs[-1].is_elsewhere:
            self._seen, self._layer = Seen("elsewhere", observation.tabs[-1]), None
            self.sight = replace(self.sight, screen="elsewhere")
            return Looked(self.sight, LetPersonAct("elsewhere", "elsewhere"))
        self._seen, self._layer = Seen("", observation.tabs[-1]), None
        try:
            _check_host(observation.tabs[-1])
            self._seen = seen = recognise(observation, look)
            self.page = seen.tab.page
            self.sight = replace(
                self._sight(observation, seen.tab, seen.statement),
                screen=seen.screen,
                says_banner=says_banner(seen, look),
            )
            decision = decide(seen, state.known(), look)
            self._asked_of = None
            if isinstance(decision, Press | Tick) and not seen.tab.is_guarded(decision.control):
                self._guard(seen, decision, limits)
            closely = state.looks_closely(self.sight.documents, now, limits)
            waits = state.phase is not Phase.HANDED_OVER
            self._layer = layer_over(decision, seen, self._hand, closely=closely, waits=waits)
            if self._layer is None:
                heard = self.witnessed.heard(decision, seen.tab, self.sight, now, limits)
                if heard is not decision:  # what lies over the page is a reason of its own, and may be closed
                    self._layer = layer_over(decision, seen, self._hand, closely=True, waits=waits)
                decision = decision if self._layer is not None else heard
            if self._layer is not None:
                self.sight = replace(self.sight, layer=lying(self._layer))
            if isinstance(decision, HandOver):
                self._code = decision.code.value
            elif isinstance(decision, Press) and decision.approval == "renew_code":
                # A page may hide a code that is dead. Which one it was still tells one renewal from the next.
                code = read_code(seen.tab, look.code)
                self.sight = replace(self.sight, code=code.value if code else self._code)
        except PageChanged:
            return Shifted()
        except FlowError as error:
            if error.reason in _PERHAPS_UNSEEN and self._shows_more(observation.tabs[-1]):
                return Shifted()
            return self._not_understood(observation.tabs[-1], error, limits)
        return Looked(self.sight, decision)

    def _guard(self, seen: Seen, decision: Press | Tick, limits: Limits) -> None:
        """Reload a page whose scripts came before the guard, as they do in a window that a page has opened.

        The page of the signature must not be reloaded. Raises `PageChanged` where it was done, `SafetyError` where a
        press of weight can't be guarded.
        """
        page = seen.tab.page
        if seen.screen != "signing" and page not in self._loaded_anew:
            self._loaded_anew.add(page)
            with suppress(PlaywrightError):
                page.goto(page.url, wait_until="commit", timeout=limits.page_s * 1000)
            raise PageChanged
        if isinstance(decision, Press) and decision.approval is not None:
            raise SafetyError("page_unguarded", expected="a guard before the page's scripts", seen="scripts before it")

    def _shows_more(self, tab: TabView) -> bool:
        """Tell whether a page that is not understood has controls that only the browser knows of."""
        if not tab.sites or tab.is_loading or tab.fingerprint() == self._asked_of:
            return False
        self._asked_of = tab.fingerprint()
        return self._observer.mark_answering(tab)

    def _not_understood(self, tab: TabView, error: FlowError, limits: Limits) -> Event:
        """A dialog that hides the page goes first: what lies behind it is judged without it."""
        layer = blocking(tab) if tab.sites else None
        if layer is None:
            return Unclear(self.sight, error.reason, error.expected, error.seen)
        self._seen, self._layer, self.page = Seen(self.sight.screen, tab), layer, tab.page
        banner = says_banner(self._seen, self._observer.rule.look)
        self.sight = replace(self.sight, layer=lying(layer), says_banner=banner)
        return Looked(self.sight, Wait(self.sight.screen, limits.page_s))

    def _sight(self, observation: Observation, tab: TabView, statement: Statement | None = None) -> Sight:
        requests = self._observer.requests
        failure = requests.failure(tab.page)
        return Sight(
            documents=tab.document(),
            fingerprint=hash(tuple(tab.fingerprint() for tab in observation.tabs)),
            alerts=tab.alerts,
            status=tab.status if failure in {0, CUT_OFF} else failure,
            is_cut_off=failure == CUT_OFF,
            is_loading=tab.is_loading,
            is_leaving=requests.is_leaving,
            is_busy=requests.is_busy(tab.page),
            awaits_scripts=requests.awaits_scripts(tab.page),
            drawn=drawn(tab, statement, awaits_data=requests.awaits_data(tab.page)),
            is_unheard=not requests.is_heard,
            has_failed=bool(observation.failed),
            sites=tab.sites,
        )


def _check_host(newest: TabView) -> None:
    """Raise `FlowError` where the newest page is on a host that isn't the portal's."""
    if not newest.sites and not newest.url.startswith(("about:blank", "chrome-error:")) and newest.url:
        raise FlowError("host_not_allowed", expected="a host of the portal", seen="another host")
