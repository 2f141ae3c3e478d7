"""Guided run, practice, companion run: opens everything they need, from settings and options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Browser, BrowserContext

from assistant.assembly.parts import browser_options, card_module, limits_of, said
from assistant.base.errors import UsageError
from assistant.base.freed_memory import overwrite_what_is_freed
from assistant.base.settings import Settings
from assistant.base.words import Language, Words, words
from assistant.base.workplace import Killed, Workplace, sweep, workplace
from assistant.browser.driver import check_discretion
from assistant.browser.launch import open_browser
from assistant.card.process import Pkcs11Card
from assistant.companion.session import accompany, offer, resumes_from, wants_hand
from assistant.desk.afterwards import Afterwards
from assistant.desk.guided_run import Desk, first_page, guide_with_app, guide_with_card, portal_context
from assistant.desk.panel import Panel, open_panel, opening
from assistant.desk.surface import Surface
from assistant.desk.terminal import open_terminal
from assistant.desk.watching import Goal
from assistant.desk.windows import hold_place, lay_alone, lay_out
from assistant.official_app.clipboard import SystemClipboard
from assistant.preflight.desk import Workstation
from assistant.receipts.receipt import PRACTICE, Receipt, practice_folder, receipts_folder
from assistant.run.record import RunResult
from assistant.setup import Part, ensure, find_browser
from assistant.wording.learnt import Learnt, Word
from assistant.wording.look import Wording, wording
from fixtures import Look
from flows import HostRule

if TYPE_CHECKING:
    from assistant.practice.stories import Story

_ANY_LOOPBACK = "http://localhost/"
"""Stands in for the mock portal until a story is picked."""
Sign = Literal["card", "app"]
Ui = Literal["panel", "terminal"]


@dataclass(frozen=True, slots=True)
class GuidedOptions:
    """The options of a run with a person at their desk."""

    portal: str | None = None
    """Address of a portal on this machine; None means the real one."""
    sign: Sign | None = None
    ui: Ui = "panel"
    language: Language = "tr"
    assume_yes: bool = False
    goal: Goal = "eonay"
    """What the person came for. Only E-Onay is guided; the rest they do by hand while the program watches."""


@dataclass(frozen=True, slots=True)
class Guided:
    """A guided run, ready to start: browser, portal window, surface and signer are open."""

    desk: Desk
    portal: BrowserContext
    guide: Callable[[Desk, BrowserContext], Receipt]
    known: Callable[[], tuple[Word, ...]] = tuple
    """Returns all the words we know for the portal's ways so far, including those learnt in this run."""
    here: Workstation | None = None
    """Practice: the made-up desk to look at before the run."""

    def go(self, desk: Desk) -> Receipt:
        """Make the run, and if it halts, maybe go on in the person's own browser. Returns the last receipt."""
        receipt = self.guide(desk, self.portal)
        state = resumes_from(receipt.result) if desk.goes_on(receipt.result) else None
        if state is None or not (wants_hand(receipt.result) or offer(desk.surface, desk.words, state, receipt.result)):
            return receipt
        known = self.known()
        return accompany(desk.surface, desk.words, state=state, receipts=desk.receipts, known=known, after=desk.after)


def sign_for(wanted: Sign | None, rule: HostRule) -> Sign:
    """Return what signs. Raises `UsageError` for our card signer on the real portal: no PIN enters this program."""
    if rule.loopback:
        return wanted or "card"
    if wanted == "card":
        raise UsageError.of("assembly.sign.app_only")
    return "app"


@contextmanager
def guided(rule: HostRule, sign: Sign, settings: Settings, options: GuidedOptions) -> Iterator[Guided]:
    """Open everything a guided run needs, and close it afterwards."""
    rule, found = _worded(rule, settings, options)
    with ExitStack() as stack:
        guide: Callable[[Desk, BrowserContext], Receipt]
        killed = sweep(SystemClipboard())
        place = stack.enter_context(workplace())
        place.begins()
        if sign == "card":
            card = Pkcs11Card(card_module(settings), settings.token_label)
            stack.callback(card.close)
            guide = partial(guide_with_card, card=card)
        else:
            from assistant.desk.app_signing import AppAtDesk

            guide = partial(guide_with_app, signer=AppAtDesk(rule, options.language, settings.app_command, place))
        desk, portal = stack.enter_context(_at_desk(rule, settings, options, place))
        note = _told(killed, desk.words)
        desk = replace(desk, goes_on=_goes_on, note=note, workplace=place)
        yield Guided(
            replace(desk, learnt=Learnt(), suggestions=found.suggestions), portal, guide, lambda: _known(settings)
        )


@contextmanager
def at_desk_to_watch(
    rule: HostRule, settings: Settings, options: GuidedOptions
) -> Iterator[tuple[Desk, BrowserContext]]:
    """Open everything we need to watch a person who does it all by hand: see `assistant.desk.watching`."""
    rule, _ = _worded(rule, settings, options)
    sweep(SystemClipboard(), tells=False)
    with workplace() as place, _at_desk(rule, settings, options, place) as found:
        yield found


@contextmanager
def practising(
    pick: Callable[[Surface, Words], Story | None], settings: Settings, options: GuidedOptions, look: Look = "plain"
) -> Iterator[Guided | None]:
    """Open everything a practice story needs, mock portal and card included. Yields None if no story is picked.

    *pick* lets the person choose on the surface. Practice receipts go into their own folder.
    """
    from assistant.practice.desk import practice_desk
    from assistant.practice.stories import staged

    sweep(SystemClipboard(), tells=False)
    anywhere, _ = _worded(HostRule.for_loopback(_ANY_LOOPBACK), settings, options)
    with workplace() as place, _at_desk(anywhere, settings, options, place) as (desk, portal):
        story = pick(desk.surface, desk.words)
        if story is None:
            yield None
            return
        with staged(story, look) as stage:
            desk = replace(
                desk,
                rule=replace(HostRule.for_loopback(stage.entry), look=anywhere.look),
                scenario=f"{PRACTICE}{story.name}",
                edition=stage.portal.edition,
                practice=stage.credentials(options.language),
                practice_hint=story.hint[options.language],
                receipts=practice_folder(),
            )
            here = practice_desk(stage.card, options.language)
            yield Guided(desk, portal, partial(guide_with_card, card=stage.card), here=here)


def companion_run(settings: Settings, options: GuidedOptions, after: Afterwards | None = None) -> Receipt:
    """Make a companion run. In a terminal it needs no browser of ours."""
    texts = words("desk", options.language)
    with ExitStack() as stack:
        browser = None
        if options.ui == "panel":
            ensure([Part.BROWSER], assume_yes=options.assume_yes)
            how = replace(browser_options(settings, headed=True), app=opening(texts))
            browser = stack.enter_context(open_browser(find_browser(settings.browser), how))
        surface = _surface(browser, texts, stack)
        if isinstance(surface, Panel):
            lay_alone(surface.page)
        return accompany(surface, texts, receipts=receipts_folder(), known=_known(settings), after=after)


def _known(settings: Settings) -> tuple[Word, ...]:
    """Return the words we know: from the institution's file and from this computer."""
    return wording(settings.portal_file, Learnt()).words


def _worded(rule: HostRule, settings: Settings, options: GuidedOptions) -> tuple[HostRule, Wording]:
    """Return *rule* with the institution's words and this computer's added, and the `Wording` itself."""
    found = said(wording(settings.portal_file, Learnt(), options.language))
    return replace(rule, look=found.look), found


@contextmanager
def _at_desk(
    rule: HostRule, settings: Settings, options: GuidedOptions, place: Workplace
) -> Iterator[tuple[Desk, BrowserContext]]:
    """Open the browser, the portal's window and the surface."""
    overwrite_what_is_freed()
    texts = words("desk", options.language)
    how = browser_options(settings, headed=True, loopback_only=rule.loopback)
    how = replace(how, scratch=place.scratch, app=opening(texts) if options.ui == "panel" else "")
    with ExitStack() as stack:
        browser = stack.enter_context(open_browser(find_browser(settings.browser), how))
        surface = _surface(browser if options.ui == "panel" else None, texts, stack)
        portal = stack.enter_context(portal_context(browser, headed=True))
        page = first_page(portal)
        check_discretion(page)
        hold_place(page, texts)
        if isinstance(surface, Panel):
            lay_out(page, surface.page)
        yield Desk(rule, surface, texts, limits_of(settings), receipts=receipts_folder()), portal


def _surface(browser: Browser | None, texts: Words, stack: ExitStack) -> Surface:
    """Open the panel in *browser*, or the terminal if that is None."""
    if browser is None:
        return stack.enter_context(open_terminal(texts))
    return stack.enter_context(open_panel(browser, texts, headed=True))


def _told(killed: Killed | None, texts: Words) -> str:
    """Return what to say about a run that was killed; empty if there was none."""
    if killed is None:
        return ""
    when = killed.at.astimezone().strftime("%d.%m.%Y %H:%M")
    return texts("killed.with_code" if killed.had_code else "killed.before_code", when=when)


def _goes_on(result: RunResult) -> bool:
    return resumes_from(result) is not None
