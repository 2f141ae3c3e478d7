"""The command ``eonay dry-run``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

import fixtures
from assistant.answer import print_json
from assistant.browser import BrowserOptions
from assistant.card.modules import find_card_modules, find_softhsm
from assistant.errors import CardError, UsageError, nearest
from assistant.outcome import Language, Outcome
from assistant.rehearsal.run import Report, loopback_rule, patience_of
from assistant.rehearsal.show import as_json
from assistant.rehearsal.worker import Rehearsing, report_of
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
    from assistant.cli.dry_run_shown import run_shown
    from assistant.rehearsal.shard import jobs_of

    craft = replace(_rehearsing(options, settings, console), tells_steps=True)
    tasks = [
        (f"{job.scenario.name} · {job.scenario.edition} · {job.scenario.about[options.language]}", job)
        for job in jobs_of(scenarios, 1)
    ]
    return _finish(run_shown(tasks, craft, report_of, console, options.language), options, len(scenarios))


def _run_many(scenarios: Sequence[Scenario], options: DryRunOptions, settings: Settings, console: Console) -> int:
    from assistant.cli.dry_run_many import ManyOptions, run_many
    from assistant.fleet import cores
    from assistant.rehearsal.remote import check_address
    from assistant.rehearsal.shard import Shard

    connect = tuple(check_address(address) for address in options.connect)
    shard = Shard.parse(options.shard) if options.shard else None
    if connect and (options.headed or options.slow_mo_ms):
        raise UsageError(
            "--connect ile --headed veya --slow-mo birlikte verilemez.",
            "--connect does not go together with --headed or --slow-mo.",
        )
    craft = _rehearsing(options, settings, console, connect)
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


def _rehearsing(
    options: DryRunOptions, settings: Settings, console: Console, connect: tuple[str, ...] = ()
) -> Rehearsing:
    """Install what is missing, and return how runs of scenarios are made."""
    if connect:
        ensure([Part.DRIVER], options.assume_yes, optional=[Part.SOFTHSM], language=options.language)
    else:
        _ensure(options, settings, optional=[Part.SOFTHSM])
    softhsm = find_softhsm()
    if softhsm is None:
        _say_software_card(console, options.language)
    return Rehearsing(
        patience=patience_of(settings),
        how=_browser_options(options, settings),
        browser=None if connect else find_browser(settings.browser, unattended=not options.headed),
        connect=connect,
        remote_executable=settings.browser if connect else None,
        softhsm=softhsm,
        longest_s=settings.run_deadline_s,
    )


def _run_at_portal(options: DryRunOptions, settings: Settings, console: Console) -> int:
    from assistant.cli.dry_run_shown import run_shown
    from assistant.rehearsal.at_portal import AtPortal

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
    browser = find_browser(settings.browser, unattended=not options.headed)
    craft = AtPortal(settings, _card_module(settings), _browser_options(options, settings), browser)
    return _finish(run_shown([(rule.entry, rule.entry)], craft, _same, console, options.language), options, 1)


def _same(report: Report) -> Report:
    return report


def _finish(reports: Sequence[Report], options: DryRunOptions, planned: int) -> int:
    if options.json_output:
        print_json(as_json(reports))
    if len(reports) < planned or any(map(_is_stopped, reports)):
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


def _browser_options(options: DryRunOptions, settings: Settings) -> BrowserOptions:
    return BrowserOptions(headed=options.headed, slow_mo_ms=options.slow_mo_ms, extra_args=settings.browser_args)


def _say_software_card(console: Console, language: Language) -> None:
    text = {
        "tr": "SoftHSM2 bulunamadı: bu provada bellekteki yazılım kartı imzalıyor.",
        "en": "SoftHSM2 was not found: a software card in memory signs in this dry run.",
    }[language]
    console.print(text, style="yellow")


def _list_scenarios(scenarios: Sequence[Scenario], options: DryRunOptions) -> None:
    if options.json_output:
        print_json({"scenarios": [_as_entry(s) for s in scenarios]})
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
