"""One companion run: the state machine, a surface to show it on, and the clipboard if the person allows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic

from assistant.base.outcome import Outcome
from assistant.base.words import Language, told
from assistant.base.workplace import whose
from assistant.companion.machine import FIRST, WHERE, CompanionState, Milestone, begin, choose, elsewhere, stop, way
from assistant.companion.picture import lines, svg
from assistant.desk.ask import WARN_S as WAIT_WARN_S
from assistant.desk.help_view import told_on
from assistant.desk.surface import Event, Surface
from assistant.desk.view import AdviceView, CodeView, View
from assistant.desk.way import lines as step_lines
from assistant.official_app.clipboard import Clipboard
from assistant.official_app.java import what_to_install
from assistant.official_app.words import app_words
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord
from assistant.signing.with_app import WARN_S
from assistant.wording.learnt import Word
from assistant.wording.places import named, placed
from flows import portal_look, steps

_STAGE_OF_WAY = {
    "edevlet_login": "landing",
    "gateway_link": "gateway_link",
    "nes_menu": "home",
    "individual_menu": "home",
    "eonay_tile": "nes",
    "jnlp_link": "signing",
    "jar_link": "signing",
}
"""The stage where the person presses each of the portal's ways."""
_PAUSE_S = 0.2
_LOOK_EVERY_S = 1.0
"""How often we look at the clipboard, if we may, seconds."""
_CODE = re.compile(r"\s*(\d{15})\s*", re.ASCII)


@dataclass
class Companion:
    """Guides a person through their own browser. It only knows what they say."""

    surface: Surface
    clipboard: Clipboard
    language: Language = "tr"
    state: CompanionState = field(default_factory=begin)
    now: Callable[[], float] = monotonic
    known: tuple[Word, ...] = ()
    """Other words we know for the portal's ways; we mention them where they help."""
    patience_s: float = 3600
    """How long we wait for an answer, seconds: the person may be anywhere in their browser."""

    _may_look: bool = field(default=False, init=False)
    _code: str = field(default="", init=False, repr=False)
    _code_ends: float | None = field(default=None, init=False)
    _looked_at: float = field(default=-1e9, init=False)
    _waits_since: float = field(default=0.0, init=False)
    _app_step: int = field(default=0, init=False)
    _interrupted: bool = field(default=False, init=False)
    _records: list[tuple[str, float]] = field(default_factory=list, init=False)

    def go(self) -> RunResult:
        """Guide the person to the end and return the outcome, which is their word."""
        began = self.now()
        shown: View | None = None
        try:
            while self.state.outcome is None:
                if not self._records or self._records[-1][0] != self.state.stage:
                    self._records.append((self.state.stage, self.now()))
                    self._waits_since = self.now()
                    self._app_step = 0
                self._look_at_clipboard()
                left_s = self.patience_s - (self.now() - self._waits_since)
                view = replace(self.view(), left_s=max(0, round(left_s)) if left_s <= WAIT_WARN_S else None)
                if view != shown:
                    self.surface.show(view)
                    shown = view
                events = self.surface.events()
                for event in events:
                    self._take(event)
                if self.state.outcome is None and self.now() - self._waits_since > self.patience_s:
                    self.state = stop(self.state, "person_absent")
                elif not events:
                    self.surface.pause(_PAUSE_S)
        except KeyboardInterrupt:
            self._interrupted = True
            self.state = stop(self.state)
        return self._result(began)

    def view(self) -> View:
        """Return what to show for the current state."""
        stage = self._stage
        said = [line.format(install=what_to_install(self.language)) for line in stage.do]
        said += self._known_here(stage)
        actions = []
        bar: tuple[tuple[str, str, bool], ...] = ()
        if stage.app:
            said.append(self._app_steps[self._app_step])
            app, last = app_words(self.language), len(self._app_steps) - 1
            bar = (("back", app("back"), self._app_step > 0), ("next", app("next"), self._app_step < last))
        if stage.clipboard:
            said.append(self._clipboard_words())
            if not self._may_look:
                actions.append(("allow", self._told("allow")))
        answers = [(answer.key, answer.label) for answer in stage.answers]
        if stage.id != WHERE:
            answers.append(("elsewhere", self._told("elsewhere")))
        catalogue = steps(self.language)[stage.step]
        title = stage.title or catalogue.title
        way_lines = step_lines(self._way[self._last_known].step, self.language)
        return View(
            steps=tuple(replace(line, title=title) if line.state == "now" else line for line in way_lines),
            now=said[0],
            doing=self._told("doing") if stage.id in {FIRST, WHERE} else "",
            **told_on(stage.step, self.language),
            card=told("desk.card.app", self.language),
            code=self._code_view(),
            advice=AdviceView(
                title,
                tuple(said[1:]),
                tuple(actions),
                picture=svg(stage.picture, title),
                sketch=lines(stage.picture),
                warn=stage.warn,
                ask=stage.ask,
                answers=tuple(answers),
                bar=bar,
            ),
        )

    def _known_here(self, stage: Milestone) -> list[str]:
        """Return the known words that may be on the page of *stage*, and where they were."""
        found = (word for word in self.known if _STAGE_OF_WAY.get(word.control) == stage.id)
        named_here = ((word, named(word.control, self.language), placed(word, self.language)) for word in found)
        return [
            self._told("known", what=what, label=word.label, where=f" ({where})" if where else "")
            for word, what, where in named_here
        ]

    def _told(self, name: str, **values: str) -> str:
        return told(f"companion.said.{name}", self.language, **values)

    @property
    def _way(self) -> Mapping[str, Milestone]:
        return way(self.language)

    @property
    def _stage(self) -> Milestone:
        return self._way[self.state.stage]

    @property
    def _last_known(self) -> str:
        """The stage where we last knew the person to be; the first one if we don't."""
        known = [name for name, _ in self._records if name != WHERE]
        return self.state.stage if self.state.stage != WHERE else known[-1] if known else FIRST

    @property
    def _app_steps(self) -> tuple[str, ...]:
        """What to do in the official app. Only the person sees how that ends."""
        return (*app_words(self.language).steps[:-1], self._told("app_last"))

    def _take(self, event: Event) -> None:
        if event.kind in {"stop", "gone"}:
            self.state = stop(self.state, "person_stopped" if event.kind == "stop" else "window_closed")
        elif event.kind == "more":
            self._waits_since = self.now()
        elif event.kind != "action":
            return
        elif event.action == "allow":
            self._may_look = self._stage.clipboard
        elif event.action in {"next", "back"} and self._stage.app:
            step = self._app_step + (1 if event.action == "next" else -1)
            self._app_step = min(max(step, 0), len(self._app_steps) - 1)
        elif event.action == "elsewhere":
            self.state = elsewhere(self.state)
        else:
            self.state = choose(self.state, event.action)

    # --- the code ----------------------------------------------------------------------------------------

    def _look_at_clipboard(self) -> None:
        """Notice a new code. Only when there is one to copy, and only if the person allowed it."""
        if not self._stage.clipboard:
            self._code_ends = None
            return
        if not self._may_look or self.now() - self._looked_at < _LOOK_EVERY_S:
            return
        self._looked_at = self.now()
        found = _CODE.fullmatch(self.clipboard.read() or "")
        if found and found[1] != self._code and whose(found[1]) == "anybody":
            self._code = found[1]
            self._code_ends = self.now() + portal_look().code.lifetime_s

    def _remaining(self) -> int | None:
        return None if self._code_ends is None else max(0, round(self._code_ends - self.now()))

    def _code_view(self) -> CodeView | None:
        remaining = self._remaining()
        return CodeView(remaining, portal_look().code.lifetime_s, self._code) if remaining else None

    def _clipboard_words(self) -> str:
        remaining = self._remaining()
        if not self._may_look:
            name = "may_look"
        elif remaining is None:
            name = "looking"
        else:
            name = "dead" if remaining == 0 else "dying" if remaining <= WARN_S else "noticed"
        return self._told(name)

    # --- the end -----------------------------------------------------------------------------------------

    def _result(self, began: float) -> RunResult:
        if self.state.outcome is None:
            raise AssertionError("the run has not ended")
        ended = self.now()
        ends = [*(at for _, at in self._records), ended][1:]
        records = tuple(
            StepRecord(self._step_of(name), name, _ms(at - began), _ms(end - at))
            for (name, at), end in zip(self._records, ends, strict=True)
        )
        return RunResult(
            Ending(self.state.outcome, self.state.reason),
            _ms(ended - began),
            records,
            interrupted=self._interrupted,
            done=tuple(deed for deed in Deed if deed in self.state.done),
            stands_on=self.state.danger,
        )

    def _step_of(self, name: str) -> str:
        """Return a stage's step. Which of the two E-Onay states it was, we only know at the end."""
        step = self._way[name].step
        was_given = self.state.outcome is Outcome.ALREADY_CONSENTED and step == "eonay_missing"
        return "eonay_given" if was_given else step


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
