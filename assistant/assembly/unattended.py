"""Unattended runs: from settings and options to what the workers of a fleet need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.assembly.parts import browser_options, card_module, limits_of, needed_browser, said
from assistant.base.errors import UsageError
from assistant.base.settings import Settings
from assistant.base.words import Language
from assistant.base.workplace import sweep
from assistant.card.modules import find_softhsm
from assistant.official_app.clipboard import SystemClipboard
from assistant.rehearsal.at_portal import AtPortal
from assistant.rehearsal.worker import Rehearsing
from assistant.setup import Part, ensure, find_browser
from assistant.setup.browser import ELSEWHERE
from assistant.wording.look import look_with, wording
from fixtures import Look
from flows import Look as PortalLook

if TYPE_CHECKING:
    from assistant.rehearsal.drift.craft import Drifting


@dataclass(frozen=True, slots=True)
class DryRunOptions:
    """The options of dry runs."""

    names: Sequence[str] = ()
    every: bool = False
    tags: Sequence[str] = ()
    edition: Literal["2020", "2026"] | None = None
    look: Look | Literal["all"] | None = None
    """How the mock portal is drawn: ``all`` for every look in turn, None for the usual one."""
    portal: str | None = None
    headed: bool = False
    slow_mo_ms: float = 0
    json_output: bool = False
    language: Language = "tr"
    assume_yes: bool = False
    jobs: int | None = None
    """Runs at once; None means one per core if there are several."""
    repeat: int = 1
    shard: str | None = None
    report: Path | None = None
    durations: Path | None = None
    """An earlier report: we use its durations to split and order the runs."""
    cluster: str | None = None
    """Address of a Dask scheduler whose workers make the runs."""
    browser: str | None = None
    """Like `Settings.browser`, and overrides it."""
    portal_file: Path | None = None
    """Like `Settings.portal_file`, and overrides it; here an unusable file is an error."""

    def is_many(self, scenarios: int) -> bool:
        """Whether workers make the runs and we print a summary; otherwise we print each step."""
        asked = self.jobs or self.repeat > 1 or self.shard or self.report or self.durations or self.cluster
        return bool(asked) or (scenarios > 1 and not self.headed and not self.slow_mo_ms)


def rehearsing(options: DryRunOptions, settings: Settings, *, tells_steps: bool) -> Rehearsing:
    """Install what is missing, and return how to run the scenarios. Raises `UsageError` for wrong options."""
    sweep(SystemClipboard(), tells=False)
    if options.cluster and (options.headed or options.slow_mo_ms or options.jobs):
        raise UsageError.of("assembly.usage.cluster_alone")
    if not options.cluster:
        _ensure(options, settings, Part.SOFTHSM)
    return Rehearsing(
        limits=limits_of(settings),
        how=browser_options(settings, headed=options.headed, slow_mo_ms=options.slow_mo_ms),
        browser=ELSEWHERE if options.cluster else find_browser(settings.browser, unattended=not options.headed),
        choice=settings.browser,
        look=_look(options, settings),
        softhsm=None if options.cluster else find_softhsm(),
        pictures=options.report is not None,
        tells_steps=tells_steps,
        longest_s=settings.run_deadline_s,
    )


def at_portal(options: DryRunOptions, settings: Settings) -> AtPortal:
    """Install what is missing, and return how to run against a portal that is already running.

    Raises `CardError` (``module_missing``) if there is no module to ask for a card.
    """
    sweep(SystemClipboard(), tells=False)
    _ensure(options, settings)
    browser = find_browser(settings.browser, unattended=not options.headed)
    how = browser_options(settings, headed=options.headed, slow_mo_ms=options.slow_mo_ms)
    return AtPortal(settings, limits_of(settings), card_module(settings), how, browser, _look(options, settings))


def drifting(settings: Settings, *, elsewhere: bool = False) -> Drifting:
    """Return how to run on changed pages; *elsewhere* means on other machines."""
    from assistant.rehearsal.drift.craft import Drifting

    sweep(SystemClipboard(), tells=False)
    browser = ELSEWHERE if elsewhere else find_browser(settings.browser, unattended=True)
    look = said(wording(settings.portal_file)).look
    return Drifting(browser, settings.browser_args, look, settings.run_deadline_s, settings.browser)


def _look(options: DryRunOptions, settings: Settings) -> PortalLook:
    """Return the portal's words, without those learnt on this computer: a rehearsal tests the file."""
    if options.portal_file is not None:
        return look_with(options.portal_file)
    return said(wording(settings.portal_file, language=options.language)).look


def _ensure(options: DryRunOptions, settings: Settings, *optional: Part) -> None:
    ensure(
        [needed_browser(settings, headed=options.headed)],
        options.assume_yes,
        optional=optional,
        language=options.language,
    )
