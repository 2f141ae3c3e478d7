"""Makes new reference snapshots: ``python -m docs.make_reference`` writes ``fixtures/snapshots``.

A test makes them too, and fails when they differ from the committed ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from playwright.sync_api import Browser, BrowserContext

import fixtures
from assistant.base.errors import UsageError
from assistant.base.settings import Settings
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.rehearsal.dry_run import actor_for
from assistant.rehearsal.stage import staged
from assistant.run.assemble import Cast, unattended
from assistant.run.limits import Limits
from assistant.run.person import Alongside, Participant
from assistant.setup import find_browser
from assistant.snapshot.kept import Screen, Snapshot
from assistant.snapshot.reference import EDITIONS, Edition, reference_folder
from assistant.snapshot.shaping import NotKeptError, shaped
from assistant.snapshot.vocabulary import known_words
from fixtures import Look
from flows import Decision, Hand, HostRule, Seen, TabView

_RUNS = ("first-time", "already-consented")
"""Scenarios that together see every screen on the way; the second adds the E-Onay page of an existing consent."""


def made(browser: Browser, edition: Edition, look: Look = "plain") -> Snapshot:
    """Run the scenarios of *edition* and return a snapshot of each screen, in the order they appeared."""
    screens: dict[str, Screen] = {}
    for name in _RUNS:
        scenario = replace(fixtures.scenarios()[name].in_edition(edition), look=look)
        _take(scenario, browser, screens)
    return Snapshot(tuple(screens.values()), origin="mock", edition=edition)


def _take(scenario: fixtures.Scenario, browser: Browser, screens: dict[str, Screen]) -> None:
    """Run *scenario* and put each new screen into *screens*."""
    with staged(scenario, None) as stage:

        def seat(context: BrowserContext, rule: HostRule) -> Participant:
            return _Taker(actor_for(scenario, stage, context, rule), screens)

        cast = Cast(stage.entry, stage.card, stage.ask_pin, stage.national_id, seat)
        unattended(cast, browser, Limits().but(scenario.patience))


class _Taker(Alongside):
    """Takes each screen when it first appears."""

    def __init__(self, person: Participant, screens: dict[str, Screen]) -> None:
        super().__init__(person)
        self._screens = screens

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        super().tell(seen, decision, hand)
        if seen.screen not in self._screens and seen.screen != "hop":
            try:
                kept = shaped(_styled(seen, hand), known_words(), seen.screen)
            except NotKeptError:
                return
            self._screens[seen.screen] = Screen.of(kept, seen.screen)


def _styled(seen: Seen, hand: Hand) -> TabView:
    """Look at the page again once its style sheets are there: without them, what they hide is in sight."""
    seen.tab.page.wait_for_load_state("load")
    return next(tab for tab in hand.observer.observe().tabs if tab.page == seen.tab.page)


@contextmanager
def own_browser() -> Iterator[Browser]:
    """Open the browser we use for unattended work."""
    settings = Settings.load()
    found = find_browser(settings.browser, unattended=True)
    with open_browser(found, BrowserOptions(extra_args=settings.browser_args)) as browser:
        yield browser


def main(arguments: Sequence[str]) -> None:
    """Make new references for both editions. Raises `UsageError` for any argument."""
    if arguments:
        raise UsageError("python -m docs.make_reference", "python -m docs.make_reference")
    with own_browser() as browser:
        for edition in EDITIONS:
            path = reference_folder() / f"{edition}.json"
            made(browser, edition).save(path, private=False)
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
