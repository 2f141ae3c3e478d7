"""The command ``eonay dry-run``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

import fixtures
from assistant.browser import BrowserOptions, open_browser
from assistant.card.modules import find_card_modules, find_softhsm
from assistant.card.process import Pkcs11Card
from assistant.errors import CardError, UsageError, nearest
from assistant.outcome import Language, Outcome
from assistant.receipt import receipts_folder
from assistant.rehearsal.run import OnStep, Report, loopback_rule, patience_of, prepare, rehearse, rehearse_at
from assistant.rehearsal.show import as_json, live_steps, show_end
from assistant.settings import Settings, forget_secrets
from assistant.setup import Part, ensure, find_browser
from fixtures import Scenario

DEFAULT_SCENARIO = "first-time"


@dataclass(frozen=True, slots=True)
class DryRunOptions:
    """What was asked for on the command line."""

    names: Sequence[str] = ()
    every: bool = False
    tags: Sequence[str] = ()
    edition: Literal["2020", "2026"] | None = None
    portal: str | None = None
    headed: bool = False
    slow_mo_ms: float = 0
    json_output: bool = False
    language: Language = "tr"
    assume_yes: bool = False
    jobs: int | None = None
    """Runs at once; None for one per core where there are several."""
    repeat: int = 1
    shard: str | None = None
    report: Path | None = None
    durations: Path | None = None
    connect: Sequence[str] = ()

    def is_many(self, scenarios: int) -> bool:
        """Tell whether the runs are made by workers, and shown in sum; otherwise they are shown step by step."""
        asked = self.jobs or self.repeat > 1 or self.shard or self.report or self.durations or self.connect
        return bool(asked) or (scenarios > 1 and not self.headed and not self.slow_mo_ms)


def run_command(options: DryRunOptions, *, only_list: bool = False) -> int:
    """Run what *options* ask for and return the exit code."""
    if only_list:
        narrowed = options.names or options.tags or options.every
        shown = chosen_scenarios(options if narrowed else replace(options, every=True))
        _list_scenarios(shown, options)
        return 0
    settings = Settings.load()
    forget_secrets()
    console = Console(stderr=options.json_output, highlight=False)
    if options.portal is not None:
        return _run_at_portal(options, settings, console)
    scenarios = chosen_scenarios(options)
    if options.is_many(len(scenarios)):
        return _run_many(scenarios, options, settings, console)
    return _run_scenarios(scenarios, options, settings, console)


def chosen_scenarios(options: DryRunOptions) -> list[Scenario]:
    """Return the scenarios that *options* name.

    An edition narrows ``--all`` and ``--tag`` down to its own scenarios; those that are named are run in its look.
    Raises `UsageError` for an unknown one.
    """
    known = fixtures.scenarios()
    known_tags = {tag for scenario in known.values() for tag in scenario.tags}
    for name, all_names, kind in (
        *((name, known, ("senaryo", "scenario")) for name in options.names),
        *((tag, known_tags, ("etiket", "tag")) for tag in options.tags),
    ):
        if name not in all_names:
            raise UsageError(
                f"{name!r} adlı bir {kind[0]} yok.{nearest(name, all_names)} Liste: eonay dry-run --list",
                f"There is no {kind[1]} {name!r}.{nearest(name, all_names, 'en')} List: eonay dry-run --list",
            )
    if options.every or options.tags:
        wide = [s for s in known.values() if options.every or s.tags & set(options.tags) or s.name in options.names]
        chosen = [s for s in wide if options.edition in {None, s.edition}]
        if not chosen:
            raise UsageError(
                "Bu seçime uyan senaryo yok. Liste: eonay dry-run --list",
                "No scenario fits that choice. List: eonay dry-run --list",
            )
        return chosen
    named = [known[name] for name in options.names or (DEFAULT_SCENARIO,)]
    return [s.in_edition(options.edition) for s in named] if options.edition else named


def _run_scenarios(scenarios: Sequence[Scenario], options: DryRunOptions, settings: Settings, console: Console) -> int:
    _ensure(options, settings, optional=[Part.SOFTHSM])
    softhsm = find_softhsm()
    if softhsm is None:
        _say_software_card(console, options.language)

    def rehearsed(scenario: Scenario) -> Callable[[Browser, OnStep], Report]:
        return lambda browser, on_step: rehearse(scenario, stage.result(), browser, patience_of(settings), on_step)

    reports: list[Report] = []
    with ExitStack() as session:
        first_stage = ExitStack()
        session.push(first_stage)
        stage = prepare(scenarios[0], softhsm, first_stage)
        browser = session.enter_context(_browser(options, settings))
        for number, scenario in enumerate(scenarios):
            with ExitStack() as stack:
                if number:
                    stage = prepare(scenario, softhsm, stack)
                title = f"{scenario.name} · {scenario.edition} · {scenario.about[options.language]}"
                reports.append(_shown(rehearsed(scenario), browser, title, options, console))
            first_stage.close()
            if _is_stopped(reports[-1]):
                break
    return _finish(reports, options)


def _run_many(scenarios: Sequence[Scenario], options: DryRunOptions, settings: Settings, console: Console) -> int:
    from assistant.cli.dry_run_many import ManyOptions, run_many
    from assistant.fleet import cores
    from assistant.rehearsal.remote import check_address
    from assistant.rehearsal.shard import Shard
    from assistant.rehearsal.worker import Rehearsing

    connect = tuple(check_address(address) for address in options.connect)
    shard = Shard.parse(options.shard) if options.shard else None
    if connect and (options.headed or options.slow_mo_ms):
        raise UsageError(
            "--connect ile --headed veya --slow-mo birlikte verilemez.",
            "--connect does not go together with --headed or --slow-mo.",
        )
    if connect:
        ensure([Part.DRIVER], options.assume_yes, optional=[Part.SOFTHSM], language=options.language)
    else:
        _ensure(options, settings, optional=[Part.SOFTHSM])
    softhsm = find_softhsm()
    if softhsm is None:
        _say_software_card(console, options.language)
    craft = Rehearsing(
        patience=patience_of(settings),
        how=BrowserOptions(headed=options.headed, slow_mo_ms=options.slow_mo_ms, extra_args=settings.browser_args),
        browser=None if connect else find_browser(settings.browser, unattended=not options.headed),
        connect=connect,
        remote_executable=settings.browser if connect else None,
        softhsm=softhsm,
    )
    many = ManyOptions(
        jobs=options.jobs or (1 if options.headed else max(cores(), len(connect))),
        repeat=options.repeat,
        shard=shard,
        report=options.report,
        durations=options.durations,
        json_output=options.json_output,
        language=options.language,
    )
    return run_many(scenarios, many, craft)


def _run_at_portal(options: DryRunOptions, settings: Settings, console: Console) -> int:
    address = options.portal or ""
    rule = loopback_rule(address)
    if options.names or options.every or options.tags or options.edition:
        raise UsageError(
            "--portal ile senaryo, --all, --tag veya --edition birlikte verilemez.",
            "--portal does not go together with a scenario, --all, --tag or --edition.",
        )
    if options.is_many(1):
        raise UsageError(
            "--portal ile --jobs, --repeat, --shard, --durations, --report veya --connect verilemez.",
            "--portal does not go together with --jobs, --repeat, --shard, --durations, --report or --connect.",
        )
    _ensure(options, settings)
    card = Pkcs11Card(_card_module(settings), settings.token_label)
    with ExitStack() as stack:
        stack.callback(card.close)
        card.start()
        browser = stack.enter_context(_browser(options, settings))
        patience = patience_of(settings)
        report = _shown(
            lambda browser, on_step: rehearse_at(rule.entry, settings, card, browser, patience, on_step),
            browser,
            rule.entry,
            options,
            console,
        )
    return _finish([report], options)


def _shown(
    run: Callable[[Browser, OnStep], Report], browser: Browser, title: str, options: DryRunOptions, console: Console
) -> Report:
    with live_steps(console, title, options.language) as listing:
        report = run(browser, listing.note)
    show_end(console, report, report.receipt.save(receipts_folder()), options.language)
    return report


def _finish(reports: Sequence[Report], options: DryRunOptions) -> int:
    if options.json_output:
        sys.stdout.write(json.dumps(as_json(reports), ensure_ascii=False) + "\n")
    if any(map(_is_stopped, reports)):
        return Outcome.CANCELLED.exit_code
    return next((report.exit_code for report in reports if report.exit_code), 0)


def _is_stopped(report: Report) -> bool:
    """Tell whether the person ended the command; in some scenarios it is the test person who stops."""
    result = report.result
    return (result.interrupted or result.reason == "person_stopped") and not report.passed


def _card_module(settings: Settings) -> Path:
    if settings.pkcs11_module is not None:
        return settings.pkcs11_module
    found = find_card_modules()
    if not found:
        raise CardError("module_missing")
    return found[0].path


def _ensure(options: DryRunOptions, settings: Settings, optional: Sequence[Part] = ()) -> None:
    needed = Part.BROWSER if options.headed else Part.ANY_BROWSER
    browser = Part.DRIVER if settings.browser else needed
    ensure([browser], options.assume_yes, optional=optional, language=options.language)


def _browser(options: DryRunOptions, settings: Settings) -> AbstractContextManager[Browser]:
    how = BrowserOptions(headed=options.headed, slow_mo_ms=options.slow_mo_ms, extra_args=settings.browser_args)
    return open_browser(find_browser(settings.browser, unattended=not options.headed), how)


def _say_software_card(console: Console, language: Language) -> None:
    text = {
        "tr": "SoftHSM2 bulunamadı: bu provada bellekteki yazılım kartı imzalıyor.",
        "en": "SoftHSM2 was not found: a software card in memory signs in this dry run.",
    }[language]
    console.print(text, style="yellow")


def _list_scenarios(scenarios: Sequence[Scenario], options: DryRunOptions) -> None:
    if options.json_output:
        sys.stdout.write(json.dumps({"scenarios": [_as_entry(s) for s in scenarios]}, ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False)
    for scenario in scenarios:
        head = Text.assemble((scenario.name, "bold"), "  → ", _expected(scenario))
        facts = f"{scenario.person} · {scenario.edition} · {', '.join(sorted(scenario.tags))}"
        console.print(head)
        console.print(Padding(Text(scenario.about[options.language]), (0, 0, 0, 4)))
        console.print(Padding(Text(facts, "dim"), (0, 0, 0, 4)))
    counted = {"tr": "{} senaryo", "en": "{} scenarios"}[options.language]
    console.print(counted.format(len(scenarios)), style="bold")


def _expected(scenario: Scenario) -> str:
    return scenario.expected_outcome + (f" ({scenario.expected_reason})" if scenario.expected_reason else "")


def _as_entry(scenario: Scenario) -> dict[str, object]:
    return {
        "name": scenario.name,
        "person": scenario.person,
        "edition": scenario.edition,
        "outcome": scenario.expected_outcome,
        "reason": scenario.expected_reason,
        "about": dict(scenario.about),
        "tags": sorted(scenario.tags),
    }
