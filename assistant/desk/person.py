"""The person at the desk: what we show them on a surface, and what they answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from assistant.base.errors import RunError
from assistant.base.words import Words
from assistant.desk import way
from assistant.desk.beside import SnapshotCamera, TakesAnswers, TakesFocus
from assistant.desk.card_watch import CardWatch
from assistant.desk.ending import end_view, warning
from assistant.desk.guard import Guard
from assistant.desk.help_view import told_on
from assistant.desk.helping import SideBySide
from assistant.desk.highlight import Highlight
from assistant.desk.log_out import log_out_hint
from assistant.desk.prompts import PromptBox
from assistant.desk.surface import Event, Surface
from assistant.desk.told import acts_at_once, decision_step, doing, in_the_app, question_view, soon, still_asks
from assistant.desk.view import AdviceView, CodeView, PromptView, StepLine, Tone, View, new_number
from assistant.run.person import Pointed
from assistant.run.question import CHECK_STEP, Answer, HelpAnswer, Plea, Question
from assistant.run.record import RunResult
from flows import (
    CodeError,
    Control,
    Decision,
    Hand,
    HandOver,
    LetPersonAct,
    Look,
    PageChanged,
    PersonalAct,
    Press,
    Seen,
    TabView,
    Tick,
    Wait,
    danger_of,
    portal_look,
    steps,
)
from flows.code import read_code, remaining_on
from flows.controls import find_all

_POINTED: dict[PersonalAct, str] = {"login": "national_id_field", "second_step_sms": "sms_field"}
_LOUD_CARD = frozenset({"absent", "count_low", "final_try", "locked", "not_set", "trouble"})


class DeskPerson:
    """Shows a run on a surface and brings the person's answers to the loop. Its `Participant`."""

    def __init__(
        self,
        surface: Surface,
        words: Words,
        *,
        box: PromptBox | None = None,
        watch: CardWatch | None = None,
        practice: tuple[tuple[str, str], ...] = (),
        practice_hint: str = "",
        look: Look | None = None,
        side_by_side: SideBySide | None = None,
        note: str = "",
        guard: Guard | None = None,
    ) -> None:
        """*note* stays until the person has logged in."""
        self._surface = surface
        self._guard = guard
        self._words = words
        self._steps = steps(words.language)
        self._look = look or portal_look()
        self._side_by_side = side_by_side or SideBySide(words)
        self._helped: frozenset[str] = frozenset()
        self._box = box
        self._watch = watch
        self._highlight = Highlight()
        self._question: Question | None = None
        self._question_id = 0
        self._answer: Answer = "pending"
        self._at = "landing"
        self._asked = (0, 0)
        self._left_to_do = ""
        self._left_s: float | None = None
        self._wants_time = False
        self._stopped: RunError | None = None
        self._told = ""
        self.signer: TakesAnswers | None = None
        """Receives the answers to the card signer's questions."""
        self.on_action: Callable[[str], None] = lambda _action: None
        """Called in the loop's thread with the name of an `AdviceView` button the person pressed."""
        self.advice: Callable[[], AdviceView | None] = lambda: None
        """Called on every look for the steps in another program, if any."""
        self.troubles: Callable[[], tuple[tuple[str, str], ...]] = tuple
        """Called on every look for what can go wrong there, and what helps."""
        self.camera: SnapshotCamera | None = None
        """Takes pictures of what is shown, if the person agreed."""
        self.shows_code = False
        """Whether we show the code itself: only if the person has to carry it to another program."""
        self._is_checking = False
        self._base = View(
            steps=way.lines("landing", words.language),
            now=words("now.start"),
            doing=words("doing.start"),
            **told_on("landing", words.language),
            practice=practice,
            practice_hint=practice_hint,
            note=note,
        )
        self._show()

    # --- what the loop calls --------------------------------------------------------------------------------

    def attend(self) -> None:
        """Take in what the person did. Raises `RunError` if they stop or close the window."""
        if self._stopped is not None:
            raise self._stopped
        answered = False
        for event in self._surface.events():
            answered |= self._take(event)
        self._attend_guard()
        # Someone who stops right after an answer waits one more look, so we know what the answer set off.
        if self._stopped is not None and not answered:
            raise self._stopped
        self._show()

    def awaited(self, left_s: float | None) -> bool:
        """Say that the wait for the person is about to end; True if they say they are still there."""
        if self._wants_time:
            self._wants_time, self._left_s = False, None
            return True
        before, self._left_s = self._left_s, left_s
        if soon(before) != soon(left_s):
            self._show()
        return False

    def notice(self, seen: Seen, step: str) -> None:
        """Notice when we check the result: there is no step back from there. Warn at once if harm is near."""
        self._is_checking = step == CHECK_STEP
        danger = "withdrawal" if seen.screen == "eonay_given" else danger_of(seen.tab, self._look)
        note = self._base.note if way.is_before_login(step) else ""
        self._base = replace(self._base, warn=warning(danger, self._words), note=note)
        if danger is not None:
            self._show()

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Say what we are doing, withdraw a question that no longer applies, point at the control to use."""
        self._side_by_side.close()
        if self._question is not None and not still_asks(decision, self._question):
            self._question = None
        self._picture(seen, decision, hand)
        if self._guard is not None and not acts_at_once(decision):
            self._guard.look(seen.tab)
        at = decision_step(decision, seen)
        asks = (isinstance(decision, (Press, Tick)) and decision.approval is not None) or isinstance(decision, HandOver)
        if self._is_checking and not asks and not isinstance(decision, LetPersonAct):
            at = CHECK_STEP
        self._at = at
        step = self._steps.get(at)
        place = CHECK_STEP if self._is_checking else at
        self._base = replace(
            self._base,
            steps=self._lines(place) if way.is_on_way(place) else self._base.steps,
            now=self._now(seen, decision, step.now if step else "", asks=asks),
            doing=doing(decision, self._words, asks=asks),
            **told_on(at, self._words.language),
            code=self._code(seen),
        )
        pointed = self._pointed(seen, decision)
        if pointed is None:
            self._highlight.clear()
        else:
            self._highlight.point(seen.tab, pointed, hand)
        self._show()

    def approve(self, question: Question) -> Answer:
        """Ask *question* on the surface, once. A yes holds until it is `taken` or the question changes."""
        if question != self._question:
            self._question = question
            self._question_id = new_number()
            self._answer = "pending"
            if question.approval == "dialog":
                self._base = replace(self._base, now=self._words("now.dialog"), doing=self._words("doing.dialog"))
            if question.approval == "renew_code" and self._box is not None:
                self._box.withdraw()  # don't ask for a PIN when the code is dead
            self._show()
        if self._answer == "yes" and question.approval != "dialog":  # a page blocked by a dialog answers nobody
            self._highlight.clear()
        return self._answer

    def help(self, plea: Plea, tab: TabView, hand: Hand) -> HelpAnswer | Pointed:
        """Ask the person for help with *tab*; see `assistant.run.person.Helper`."""
        self._question = None
        self._picture(Seen(plea.screen, tab), Wait(plea.screen, 0), hand)
        answer = self._side_by_side.ask(plea, tab, hand)
        if (control := self._side_by_side.named) is None:
            self._highlight.clear()
        else:
            self._highlight.point(tab, control, hand)
        place = way.place_of(plea.sought[0] if plea.sought else "", plea.screen or plea.after)
        if answer == "self" or isinstance(answer, Pointed):
            self._helped |= {way.place_of(answer.target, place) if isinstance(answer, Pointed) else place}
        self._base = replace(
            self._base,
            steps=self._lines(place) if way.is_on_way(place) else self._base.steps,
            now=self._side_by_side.now,
            doing=self._words("help.doing"),
            warn=warning(danger_of(tab, self._look), self._words),
            **told_on(place, self._words.language),
            code=None,
        )
        if isinstance(answer, Pointed):
            self._side_by_side.close()
        self._show()
        return answer

    def taken(self, question: Question) -> None:
        """Forget the yes: it was for one act."""
        self._question = None
        self._answer = "pending"

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Wait while the person acts in the portal's page."""
        return False

    # --- the end --------------------------------------------------------------------------------------------

    def end(self, result: RunResult, receipt: str, actions: tuple[tuple[str, str], ...] = ()) -> None:
        """Show how the run ended, and the *actions* that can follow: name and label of each."""
        self._highlight.clear()
        self._side_by_side.end(good=result.outcome.exit_code == 0)
        self._question = None
        self._box = None
        end = end_view(result, self._words, receipt)
        if self._base.practice:
            end = replace(end, text=f"{end.text} {self._words('end.practice')}")
        self._base = replace(
            self._base,
            steps=self._marked(way.walked(result.outcome, self._words.language)) or self._base.steps,
            warn=warning(result.stands_on, self._words),
            now="",
            doing=self._words("doing.ended"),
            code=None,
            practice=(),
            practice_hint="",
            end=replace(end, actions=actions),
        )
        self._left_s = None
        self._show()
        if result.reason != "person_took_over":  # who acts at the portal is left there
            self._take_focus()

    def came_of_it(self, text: str) -> None:
        """Say at the end what came of the person's choice, apart from what is left to do."""
        if self._base.end is not None:
            self._base = replace(self._base, end=replace(self._base.end, hint=self._left_to_do, came=text))

    def point_at_way_out(self, result: RunResult, tabs: tuple[TabView, ...], hand: Hand) -> None:
        """Mention logging out, and point at the portal's logout if we see exactly one."""
        self._left_to_do = log_out_hint(result, tabs, hand, self._highlight, self._words)
        self.came_of_it("")

    def last_view(self) -> None:
        """Show the last view again, with the shield's question."""
        self._show()

    # --- inside ---------------------------------------------------------------------------------------------

    def _attend_guard(self) -> None:
        """Notice what the shield blocks. The person's second word ends the run: from then on they act themselves."""
        if self._guard is None:
            return
        self._guard.attend()
        if self._guard.taken is not None and self._stopped is None:
            self._stopped = RunError("person_took_over")

    def _unmarked(self, seen: Seen) -> AbstractContextManager[None]:
        return nullcontext() if self._guard is None else self._guard.hidden(seen.tab)

    def _picture(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        if self.camera is not None and self.camera.wants(seen):
            with self._highlight.hidden(), self._unmarked(seen):
                self.camera.take(seen, decision, hand)

    def _take(self, event: Event) -> bool:
        """Take one event. Returns whether it answered the card signer."""
        if self._guard is not None and self._guard.take(event):
            return False
        if event.kind in {"stop", "gone"}:
            self._stopped = RunError("person_stopped" if event.kind == "stop" else "window_closed")
        elif self._side_by_side.take(event):
            return False
        elif event.kind == "more":
            self._wants_time = soon(self._left_s) is not None
        elif event.kind == "action":
            self.on_action(event.action)
        elif event.kind in {"yes", "no"} and event.id > 0:
            if self._question is not None and event.id == self._question_id:
                self._answer = "yes" if event.kind == "yes" else "no"
        elif event.kind in {"yes", "no"} and self.signer is not None:
            return self.signer.answer(event)
        return False

    def _show(self) -> None:
        status = self._watch.state.status if self._watch else None
        tone: Tone = "warn" if status in _LOUD_CARD else "calm"
        pending = self._question is not None and self._answer == "pending"
        held = self._guard.question() if self._guard is not None else None
        question = question_view(self._question, self._question_id, self._words) if pending and self._question else None
        advice = self.advice() if self._base.end is None and question is None else None
        if self._side_by_side.is_open:
            question, advice = self._side_by_side.question, self._side_by_side.advice
        if held is not None:
            question, advice = held, None
        prompt = self._box.prompt if self._box and question is None else None
        view = replace(
            self._base,
            card=self._words(f"card.{status or 'app'}"),
            card_tone=tone,
            question=question,
            prompt=prompt,
            advice=advice,
        )
        if advice is not None and advice.bar:
            view = in_the_app(view, self._words)
        if self._base.practice and self._base.end is None:
            view = replace(view, practice_now=self._practice_now(prompt))
        if self._base.end is None and (troubles := self.troubles()):
            view = replace(view, help=self._words("ui.which_trouble"), troubles=troubles)
        if self._base.end is None:
            view = replace(view, left_s=soon(self._left_s))
        if held is not None and self._base.end is None:
            view = replace(view, now=self._words("now.held"), doing=self._words("doing.held"))
        if prompt is not None:
            now = self._words("now.sign" if prompt.kind == "sign" else "now.prompt")
            view = replace(view, now=now, doing=self._words("doing.signing_person"))
        asked = (question.id if question else 0, prompt.id if prompt else 0)
        is_new, self._asked = asked != self._asked and any(asked), asked
        self._surface.show(view)
        is_at_portal = self._question is not None and self._question.approval == "dialog"  # the page has to be answered
        if is_new and not is_at_portal:
            self._take_focus()

    def _take_focus(self) -> None:
        if isinstance(self._surface, TakesFocus):
            self._surface.take_focus()

    def _practice_now(self, prompt: PromptView | None) -> tuple[str, ...]:
        """Return the practice detail to type now: we show it where it is needed."""
        wanted = "ui.pin" if prompt is not None and prompt.pin == "here" else ""
        if not wanted and self._at == "second_step_sms":
            wanted = "ui.sms"
        return next((line for line in self._base.practice if wanted and line[0] == self._words(wanted)), ())

    def _lines(self, place: str) -> tuple[StepLine, ...]:
        return self._marked(way.lines(place, self._words.language))

    def _marked(self, lines: tuple[StepLine, ...]) -> tuple[StepLine, ...]:
        """Return *lines*, marking those where the person helped."""
        return way.marked(lines, self._helped, self._words("help.with_you"))

    def _now(self, seen: Seen, decision: Decision, catalogue: str, *, asks: bool) -> str:
        if isinstance(decision, LetPersonAct) and decision.act == "login":
            if seen.tab.alerts:
                return self._words("now.login_alert")
            if find_all(seen.tab, self._look.controls["captcha_field"]):
                return f"{catalogue} {self._words('now.captcha')}"
        return self._words("now.approve") if asks and seen.screen == "signing" else catalogue

    def _code(self, seen: Seen) -> CodeView | None:
        if seen.screen != "signing":
            return None
        try:
            remaining = remaining_on(seen.tab, self._look.code)
            if remaining is None:
                return None
            code = read_code(seen.tab, self._look.code) if self.shows_code else None
        except (CodeError, PageChanged):
            return None
        return CodeView(remaining, self._look.code.lifetime_s, code.value if code else "")

    def _pointed(self, seen: Seen, decision: Decision) -> Control | None:
        if isinstance(decision, (Press, Tick)) and decision.approval is not None:
            return None if self._answer == "yes" else decision.control
        if isinstance(decision, LetPersonAct) and decision.act in _POINTED:
            found = find_all(seen.tab, self._look.controls[_POINTED[decision.act]])
            return found[0] if len(found) == 1 else None
        return None
