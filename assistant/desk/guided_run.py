"""One guided run, from an open browser to the receipt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Page

from assistant.base.answer import outcome_is
from assistant.base.errors import UsageError
from assistant.base.interrupt import is_end_asked, release_interrupts
from assistant.base.trouble import outcome_stays
from assistant.base.words import Words
from assistant.base.workplace import Workplace
from assistant.browser.launch import fresh_context
from assistant.card.card import Card
from assistant.desk.afterwards import Afterwards
from assistant.desk.ask import GOODBYE_S
from assistant.desk.beside import Notes, SnapshotCamera
from assistant.desk.card_watch import CardWatch
from assistant.desk.ending import end_view, last_line, warning
from assistant.desk.guard import Guard
from assistant.desk.helping import SideBySide
from assistant.desk.person import DeskPerson
from assistant.desk.prompts import PromptBox
from assistant.desk.signing import DeskCard
from assistant.desk.surface import Surface
from assistant.receipts.receipt import Receipt, keep
from assistant.run.assemble import OnStep, go
from assistant.run.limits import Limits
from assistant.run.record import RunResult
from assistant.signing.component import SigningComponent
from assistant.wording.learnt import Learnt, Word
from flows import Hand, HostRule, Shield

_NEEDS_PIN = frozenset({"locked", "not_set"})
"""With a card in one of these states you can't sign until it has a PIN."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What we make a guided run with."""

    rule: HostRule
    surface: Surface
    words: Words
    limits: Limits
    scenario: str = "guided"
    edition: str = "unknown"
    practice: tuple[tuple[str, str], ...] = ()
    practice_hint: str = ""
    note: str = ""
    """What the person should know before the run starts."""
    workplace: Workplace | None = None
    """Where we note how far the run is, in case it gets killed."""
    receipts: Path | None = None
    """Where the receipt goes; None for no receipt."""
    goodbye_s: float = GOODBYE_S
    goes_on: Callable[[RunResult], bool] = lambda _result: False
    """Whether something follows the run, so that we don't wait at its end."""
    learnt: Learnt | None = None
    """Where we keep words that the person showed us; None for nowhere."""
    suggestions: tuple[Word, ...] = ()
    """Words from earlier runs, none of which ended well with them: we offer them but don't use them."""
    after: Afterwards | None = None
    """What we offer after the run; None for nothing."""
    camera: Callable[[BrowserContext, HostRule], SnapshotCamera] | None = None
    """Makes the camera for the run, if the person agreed to pictures."""
    notes: Callable[[BrowserContext, HostRule], Notes] | None = None
    """Makes whatever keeps the looks of a watched visit, if the person agreed to that."""


class OtherSigner(Protocol):
    """Makes a signing component other than ours for a person at a desk. It lives as long as the run."""

    def __call__(self, person: DeskPerson, portal: BrowserContext, stack: ExitStack) -> SigningComponent:
        """Return the component; *stack* takes it down."""


def guide_with_card(desk: Desk, context: BrowserContext, card: Card) -> Receipt:
    """Run with *card*; the PIN is typed on the surface. Raises `UsageError` for the real portal: no PIN there."""
    if not desk.rule.loopback:
        raise UsageError.of("desk.usage.no_pin_here")
    box = PromptBox()
    watch = CardWatch(card)
    with ExitStack() as stack:
        stack.callback(watch.close)
        watch.start()
        component = DeskCard(card, desk.rule, watch, box, desk.words)
        stack.callback(component.close)
        guard = _guard(desk, lambda: watch.state.status in _NEEDS_PIN)
        person = _person(desk, guard, box, watch)
        person.signer = component
        return _go(desk, context, person, component, guard)


def guide_with_app(desk: Desk, context: BrowserContext, signer: OtherSigner) -> Receipt:
    """Run with the official app, or another component that *signer* makes."""
    with ExitStack() as stack:
        guard = _guard(desk)
        person = _person(desk, guard, None, None)
        person.shows_code = True
        component = signer(person, context, stack)
        return _go(desk, context, person, component, guard)


def portal_context(browser: Browser, *, headed: bool) -> AbstractContextManager[BrowserContext]:
    """Return a fresh context for the portal's window, as large as the window."""
    return fresh_context(browser, accept_downloads=True, no_viewport=True if headed else None)


def first_page(context: BrowserContext) -> Page:
    """Return the page where the run starts."""
    return context.pages[0] if context.pages else context.new_page()


def _guard(desk: Desk, needs_pin: Callable[[], bool] = lambda: False) -> Guard:
    return Guard(Shield(desk.rule), desk.words, needs_pin)


def _person(desk: Desk, guard: Guard, box: PromptBox | None, watch: CardWatch | None) -> DeskPerson:
    return DeskPerson(
        desk.surface,
        desk.words,
        box=box,
        watch=watch,
        practice=desk.practice,
        practice_hint=desk.practice_hint,
        look=desk.rule.look,
        side_by_side=SideBySide(desk.words, desk.learnt, desk.suggestions),
        note=desk.note,
        guard=guard,
    )


def _chosen(person: DeskPerson, after: Afterwards | None, name: str) -> bool:
    """Do what the person chose at the end; return whether that ends the last view."""
    if after is None:
        return False
    is_over = after.take(name)
    person.came_of_it(after.told)
    return is_over


def _follows(desk: Desk, result: RunResult) -> bool:
    """Whether something follows in the panel. Nothing can once it is gone; then the portal's window stays."""
    return desk.goes_on(result) and not any(event.kind == "gone" for event in desk.surface.events())


def _noted(place: Workplace | None) -> OnStep:
    """Return a callback that notes that there is a code."""

    def note(_step: str, screen: str) -> None:
        if place is not None and screen == "signing":
            place.has_code()

    return note


def _go(desk: Desk, context: BrowserContext, person: DeskPerson, component: SigningComponent, guard: Guard) -> Receipt:
    began = datetime.now(UTC)
    if desk.camera is not None:
        person.camera = desk.camera(context, desk.rule)
    result = go(context, desk.rule, person, component, desk.limits, _noted(desk.workplace), guard.shield)
    receipt = Receipt(began, desk.scenario, desk.edition, component.name, result)
    outcome_is(
        last_line(end_view(result, desk.words, ""), warning(result.stands_on, desk.words)), result.outcome.exit_code
    )
    kept = keep(receipt, desk.words.language, desk.receipts) if desk.receipts is not None else None
    with outcome_stays("showing the end"), suppress(KeyboardInterrupt):
        after = desk.after
        actions = after.offer(receipt, kept) if after is not None else ()
        is_offered = "receipt" in dict(actions)
        person.end(result, kept.told if kept and not is_offered else "", actions)
        release_interrupts()
        is_free = guard.taken is not None
        if is_free:
            guard.let_through()
        if not (result.interrupted or is_end_asked() or _follows(desk, result)):
            if guard.shield.observer is not None and desk.goodbye_s > 0:
                person.point_at_way_out(result, guard.tabs(), Hand(guard.shield.observer))
            guard.stay(
                desk.surface, person.last_view, desk.goodbye_s, is_free=is_free, chosen=partial(_chosen, person, after)
            )
    release_interrupts()
    return receipt
