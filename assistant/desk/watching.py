"""Watching only, at a desk: says what we recognise and what we would press, and presses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from playwright.sync_api import BrowserContext

from assistant.base.answer import outcome_is
from assistant.base.errors import RunError
from assistant.base.interrupt import hold_interrupts, is_end_asked, release_interrupts
from assistant.base.trouble import outcome_stays
from assistant.desk import way
from assistant.desk.beside import Notes
from assistant.desk.ending import end_view, last_line, warning
from assistant.desk.guard import Guard
from assistant.desk.guided_run import Desk
from assistant.desk.help_view import told_on
from assistant.desk.view import View
from assistant.receipts.receipt import Receipt, keep
from assistant.run.compared import Compared
from assistant.run.record import RunResult
from assistant.run.watch import CODE, NOTHING, PERSON, UNKNOWN, Watch
from flows import Danger, Seen, Shield, TabView, danger_of, steps

SCENARIO = "watch"
Goal = Literal["eonay", "pin"]
"""``pin``: the card is locked or new and the person came to make a PIN, so the shield allows that."""
_WANTED: Mapping[Goal, tuple[Danger, ...]] = {"eonay": (), "pin": ("pin",)}
_WITHOUT_CONTROL = {CODE: "code", NOTHING: "nothing", PERSON: "person", UNKNOWN: "unknown"}


def watch(
    desk: Desk, context: BrowserContext, goal: Goal = "eonay", then: Callable[[Desk], None] | None = None
) -> Receipt:
    """Watch one visit and return its receipt, including the comparison.

    *then* is called after the visit, while the shield is still up. It may raise `UsageError`.
    """
    began = datetime.now(UTC)
    guard = Guard(Shield(desk.rule, _WANTED[goal], reports=True), desk.words)
    notes = desk.notes(context, desk.rule) if desk.notes is not None else None
    person = _WatchedPerson(desk, guard, goal, notes)
    result, compared = Watch(context, desk.rule, person, guard.shield, desk.limits).go()
    hold_interrupts()
    receipt = Receipt(began, SCENARIO, desk.edition, "-", result, watched=compared)
    words = desk.words
    said = last_line(end_view(result, words, ""), warning(result.stands_on, words))
    outcome_is(said, result.outcome.exit_code)
    kept = keep(receipt, words.language, desk.receipts) if desk.receipts is not None else None
    with outcome_stays("showing the end"), suppress(KeyboardInterrupt):
        person.end(result, compared, kept.told if kept else "")
        release_interrupts()
        if guard.taken is not None:
            guard.let_through()
    if then is not None:
        then(desk)
    with outcome_stays("keeping guard"), suppress(KeyboardInterrupt):
        if not (result.interrupted or is_end_asked()):
            guard.stay(desk.surface, person.show, desk.goodbye_s, is_free=True)
    release_interrupts()
    return receipt


class _WatchedPerson:
    """Shows what we see, and hears if the person wants to stop. A `Watched`."""

    def __init__(self, desk: Desk, guard: Guard, goal: Goal, notes: Notes | None) -> None:
        self._desk = desk
        self._notes = notes
        self._goal = goal
        self._words = desk.words
        self._steps = steps(desk.words.language)
        self._guard = guard
        self._view = View(
            steps=way.lines("landing", desk.words.language),
            now=desk.words("watch.start"),
            doing=desk.words("watch.doing"),
            **told_on("landing", desk.words.language),
            practice=desk.practice,
            practice_hint=desk.practice_hint,
        )
        self.show()

    def attend(self) -> None:
        """Take in what the person did. Raises `RunError` if they stop, close the panel or give their second word."""
        for event in self._desk.surface.events():
            if event.kind in {"stop", "gone"}:
                raise RunError("person_stopped" if event.kind == "stop" else "window_closed")
            self._guard.take(event)
        self._guard.attend()
        if self._guard.taken is not None:
            raise RunError("person_took_over")
        self.show()

    def tell(self, seen: Seen | None, tab: TabView, target: str, label: str) -> None:
        """Say what we see, and what we would press there."""
        words, language = self._words, self._words.language
        self._guard.look(tab)
        looked = seen or Seen("elsewhere" if tab.is_elsewhere else "", tab)
        if self._notes is not None and self._notes.wants(looked):
            self._notes.note(looked)
        step = self._steps.get(seen.screen) if seen is not None else None
        title = (step.plain_title or step.title) if step is not None else ""
        would = words(f"watch.{_WITHOUT_CONTROL.get(target, 'press')}", label=label)
        danger = danger_of(tab, self._desk.rule.look)
        screen = seen.screen if seen is not None else ""
        if self._goal == "pin":
            would = words(
                "watch.pin_tile" if screen == "nes" else "watch.pin_page" if danger == "pin" else "watch.pin_way"
            )
            danger = None if danger == "pin" else danger
        self._view = replace(
            self._view,
            steps=way.lines(screen, language) if way.is_on_way(screen) else self._view.steps,
            now=words("watch.at", screen=title) if title else words("watch.no_screen"),
            doing=would,
            warn=warning(danger, words),
            **told_on(screen or "landing", language),
        )
        self.show()

    def end(self, result: RunResult, compared: tuple[Compared, ...], receipt: str) -> None:
        """Show how it ended, and how often the person pressed what we would have pressed."""
        heard = [line for line in compared if line.pressed != "unheard"]
        alike = sum(line.pressed == line.would_press for line in heard)
        end = end_view(result, self._words, receipt)
        said = self._words("watch.compared", alike=alike, heard=len(heard))
        self._view = replace(
            self._view,
            steps=way.walked(result.outcome, self._words.language) or self._view.steps,
            now="",
            doing=self._words("doing.ended"),
            end=replace(end, done=f"{end.done} {said}".strip()),
        )
        self.show()

    def show(self) -> None:
        """Show the current view, with the shield's question."""
        self._desk.surface.show(replace(self._view, question=self._guard.question()))
