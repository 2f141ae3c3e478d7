"""Side by side: what we say and ask if a run doesn't know the page, and what the person answers.

The person presses in the page themselves, or shows the assistant what it is looking for. We catch that press before the
page hears of it and say which control it was. After a yes the run presses it under all its usual rules. We keep what
the person showed us as a word; if we already had one, we offer it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from assistant.base.words import Words
from assistant.desk.help_view import SHOW, Stage, named_back, plea_view
from assistant.desk.surface import Event
from assistant.desk.view import AdviceView, QuestionView, new_number
from assistant.run.person import Pointed
from assistant.run.question import HelpAnswer, Plea
from assistant.wording.learnt import Learnt, Word
from assistant.wording.refusal import told
from flows import Control, Hand, PageChanged, SafetyError, TabView
from flows.additions import Addition, why_refused
from flows.controls import find_all
from flows.observation import FIELD_ROLES, TOGGLE_ROLES
from flows.safety import check_act
from flows.text import fold_label

_MOST_SEEN = 3
"""How many of the page's headings we mention."""
_ICONS = re.compile(r"^[\W\ue000-\uf8ff]+(?=\w)|(?<=\w)[\s\ue000-\uf8ff\ufe0f]+$")
"""Icons around a label, as characters of an icon font: not part of its name."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A control we ask the person about."""

    control: Control
    target: str
    label: str
    is_learnt: bool
    """We found it by a word we had kept; nobody pointed at it."""


class SideBySide:
    """The pages, one after another, where the person helps."""

    def __init__(self, words: Words, learnt: Learnt | None = None, suggestions: tuple[Word, ...] = ()) -> None:
        self._words = words
        self._learnt = learnt
        self._suggestions = suggestions
        self._plea: Plea | None = None
        self._seen = ""
        self._is_guarded = False
        self._armed: tuple[Hand, TabView] | None = None
        self._stage: Stage = "choosing"
        self._target = ""
        self._found: _Found | None = None
        self._note = ""
        self._number = 0
        self._picked = ""
        self._answer: Literal["", "yes", "no"] = ""
        self._refused: set[tuple[str, str]] = set()
        self.used: list[Addition] = []
        """The words that led to a control the person said yes to in this run."""

    @property
    def named(self) -> Control | None:
        """The control we ask the person about."""
        return self._found.control if self._found is not None else None

    @property
    def is_open(self) -> bool:
        """Whether we are asking the person."""
        return self._plea is not None

    def close(self) -> None:
        """We know the page again, or the run is over."""
        self._disarm()
        self._plea, self._found, self._stage, self._note = None, None, "choosing", ""

    def end(self, *, good: bool) -> None:
        """The run is over. If it ended well, we need no longer ask about the words it used."""
        self.close()
        if good and self.used and self._learnt is not None:
            with suppress(OSError):
                self._learnt.prove(self.used)

    def take(self, event: Event) -> bool:
        """Take what the person did on the surface; False if it has nothing to do with this."""
        if self._plea is None:
            return False
        if event.kind == "action":
            self._picked = event.action
            return True
        if event.kind in {"yes", "no"} and event.id == self._number and self._found is not None:
            self._answer = "yes" if event.kind == "yes" else "no"
            return True
        return False

    def ask(self, plea: Plea, tab: TabView, hand: Hand) -> HelpAnswer | Pointed:
        """Continue with *plea* about *tab*: return the answer, or that it is pending."""
        if plea != self._plea:
            self.close()
            self._plea, self._picked, self._answer = plea, "", ""
            self._suggest(plea, tab, hand)
        self._seen = self._what_is_seen(tab)
        self._is_guarded = all(view.is_guarded for view in tab.frames)
        picked, self._picked = self._picked, ""
        if picked in {"by_hand", "stop"}:
            self._disarm()
            return "by_hand" if picked == "by_hand" else "stop"
        if picked == "self":
            self._disarm()
            self._stage, self._note, self._found = "watching", "", None
        elif picked.startswith(SHOW) and picked.removeprefix(SHOW) in self._pointable(plea):
            self._stage, self._target, self._note, self._found = "pointing", picked.removeprefix(SHOW), "", None
            self._disarm()
            hand.observer.point(tab)
            self._armed = hand, tab
        if self._stage == "pointing":
            self._look_what_was_pointed_at(tab, hand)
        if self._stage == "confirming":
            return self._confirmed(tab, hand)
        return "self" if self._stage == "watching" else "pending"

    # --- what is shown --------------------------------------------------------------------------------------

    @property
    def question(self) -> QuestionView | None:
        """The control we found: is it this one?"""
        if self._plea is None or self._found is None:
            return None
        found = self._found
        return named_back(self._number, found.target, found.label, self._words, is_learnt=found.is_learnt)

    @property
    def advice(self) -> AdviceView | None:
        """What we are looking for, what we see instead, and how to go on."""
        if self._plea is None or self._found is not None:
            return None
        return plea_view(
            self._plea,
            self._words,
            self._stage,
            seen=self._seen,
            target=self._target,
            note=self._note,
            can_point=self._is_guarded,
        )

    @property
    def now(self) -> str:
        """One sentence on what to do."""
        name = "confirm" if self._found is not None else self._stage
        return self._words(f"help.now_{name}")

    # --- inside ---------------------------------------------------------------------------------------------

    def _suggest(self, plea: Plea, tab: TabView, hand: Hand) -> None:
        """If exactly one control has a word we kept earlier, offer it."""
        for target in plea.sought:
            for word in self._suggestions:
                if word.control != target or (target, fold_label(word.label)) in self._refused:
                    continue
                spec = replace(hand.observer.rule.look.controls[target], labels=(word.label,), also=(), hint="")
                found = find_all(tab, spec)
                if len(found) == 1 and not self._why_not(found[0], target, word.label, tab, hand):
                    self._name_back(_Found(found[0], target, word.label, is_learnt=True))
                    return

    def _look_what_was_pointed_at(self, tab: TabView, hand: Hand) -> None:
        try:
            was_caught, control = hand.observer.pointed_at(tab)
        except PageChanged:
            return
        if not was_caught:
            return
        self._stage = "choosing"
        self._disarm()
        label = label_of(control) if control is not None else ""
        if control is None or not label or not is_pressable(control):
            self._note = self._words("help.nothing_there")
            return
        if why := self._why_not(control, self._target, label, tab, hand):
            self._note = why
            return
        self._name_back(_Found(control, self._target, label, is_learnt=False))

    def _disarm(self) -> None:
        """Let the page hear presses again."""
        if self._armed is not None:
            hand, tab = self._armed
            self._armed = None
            hand.observer.point(tab, on=False)

    def _name_back(self, found: _Found) -> None:
        self._found, self._stage, self._answer = found, "confirming", ""
        self._number = new_number()

    def _confirmed(self, tab: TabView, hand: Hand) -> HelpAnswer | Pointed:
        found = self._found
        if found is None or not self._answer:
            return "pending"
        answer, self._found, self._stage = self._answer, None, "choosing"
        if answer == "no":
            self._refused.add((found.target, fold_label(found.label)))
            return "pending"
        again = list(_same(found.control, tab))
        if len(again) != 1:
            self._note = self._words("help.changed")
            return "pending"
        spec = hand.observer.rule.look.controls[found.target]
        addition = Addition(found.target, found.label)
        is_known = fold_label(found.label) in {fold_label(label) for label in (*spec.labels, *spec.also)}
        if not is_known or found.is_learnt:
            self.used.append(addition)
            self._keep(addition, again[0], tab)
        return Pointed(again[0], found.target, "" if is_known else found.label)

    def _keep(self, addition: Addition, control: Control, tab: TabView) -> None:
        if self._learnt is None or self._plea is None:
            return
        site = min(tab.sites) if len(tab.sites) == 1 else ""
        kind = "tile" if control.title or "\n" in control.text else "link" if control.role == "link" else "button"
        with suppress(OSError, ValueError):  # if we can't keep a word we just ask again next time
            self._learnt.keep(Word(addition.control, addition.label, self._plea.after, site, kind))

    def _why_not(self, control: Control, target: str, label: str, tab: TabView, hand: Hand) -> str:
        """Return in a sentence why we don't press *control* as *target*; empty if we may."""
        problem = why_refused(target, label, hand.observer.rule.look)
        if problem and problem != "forbidden":
            return self._words("help.refused", why=told(problem, self._words.language))
        frame = tab.frames[control.frame]
        address = tab.page.url if frame.url.startswith("about:") else frame.url
        try:
            check_act(control, tab.whole_text, address, hand.observer.rule)
        except SafetyError as error:
            return self._words(f"help.refused_{error.reason}")
        return self._words("help.refused_forbidden_control") if problem else ""

    def _pointable(self, plea: Plea) -> tuple[str, ...]:
        """Return what the person may point at: nothing if the page's scripts got there before our catcher."""
        return plea.sought if self._is_guarded else ()

    def _what_is_seen(self, tab: TabView) -> str:
        headings = [line.split("\n")[0].strip() for line in tab.headings]
        seen = list(dict.fromkeys(line for line in headings if line))[:_MOST_SEEN]
        return ", ".join(f"“{line}”" for line in seen) or self._words("help.no_heading")


def is_pressable(control: Control) -> bool:
    """Whether you can press *control*: no field, list or box, and enabled."""
    return control.role not in {*FIELD_ROLES, *TOGGLE_ROLES} and not control.disabled


def label_of(control: Control) -> str:
    """Return *control*'s name: its tile's title, its first line, or its accessible name."""
    lines = [line.strip() for line in (control.title, *control.text.splitlines(), *control.names)]
    return next((said for line in lines if (said := _ICONS.sub("", " ".join(line.split())))), "")


def _same(control: Control, tab: TabView) -> Iterator[Control]:
    """Yield *tab*'s controls that are the same as *control*; if there are several, only the one in its place."""
    if control.frame >= len(tab.frames):
        return
    alike = [other for other in tab.frames[control.frame].controls if other.is_like(control)]
    at_place = [other for other in alike if other.index == control.index]
    yield from alike if len(alike) == 1 else at_place
