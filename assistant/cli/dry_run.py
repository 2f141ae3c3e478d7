"""The command ``eonay dry-run``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from rich.padding import Padding
from rich.text import Text

import fixtures
from assistant.assembly.parts import unattended_rule
from assistant.assembly.unattended import DryRunOptions, at_portal, rehearsing
from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError, nearest
from assistant.base.outcome import Outcome
from assistant.base.settings import Settings, take_settings
from assistant.base.words import told
from assistant.rehearsal.shard import Shard, jobs_of
from assistant.rehearsal.show import as_json
from assistant.rehearsal.verdict import Verdict
from assistant.rehearsal.worker import verdict_of
from fixtures import LOOKS, Look, Scenario

DEFAULT_SCENARIO = "first-time"


def run_command(options: DryRunOptions, *, only_list: bool = False) -> int:
    """Do the runs and return the exit code."""
    if only_list:
        narrowed = options.names or options.tags or options.every
        shown = chosen_scenarios(options if narrowed else replace(options, every=True))
        _list_scenarios(shown, options)
        return 0
    settings = take_settings(browser=options.browser)
    console = Console(stderr=options.json_output, highlight=False)
    if options.portal is not None:
        return _run_at_portal(options.portal, options, settings, console)
    scenarios = in_looks(chosen_scenarios(options), options.look)
    is_many = options.is_many(len(scenarios))
    shard = Shard.parse(options.shard) if options.shard else None
    craft = rehearsing(options, settings, tells_steps=not is_many)
    if craft.softhsm is None and not options.cluster:
        console.print(told("cli.dry_run.software_card", options.language), style="yellow")
    if is_many:
        from assistant.cli.dry_run_many import run_many

        return run_many(scenarios, options, craft, shard)
    from assistant.cli.dry_run_shown import run_shown

    tasks = [
        (f"{job.scenario.name} · {job.scenario.drawn} · {job.scenario.about[options.language]}", job)
        for job in jobs_of(scenarios, 1)
    ]
    return _finish(run_shown(tasks, craft, verdict_of, console, options.language), options, len(scenarios))


def chosen_scenarios(options: DryRunOptions) -> list[Scenario]:
    """Return the scenarios that *options* name.

    An edition narrows ``--all`` and ``--tag`` to its own scenarios; scenarios given by name are run in that edition.
    Raises `UsageError` for an unknown one.
    """
    known = fixtures.scenarios()
    known_tags = {tag for scenario in known.values() for tag in scenario.tags}
    for name, all_names, wrong in (
        *((name, known, "no_scenario") for name in options.names),
        *((tag, known_tags, "no_tag") for tag in options.tags),
    ):
        if name not in all_names:
            raise UsageError.of(f"cli.dry_run.{wrong}", name=repr(name), near=partial(nearest, name, all_names))
    if options.every or options.tags:
        wide = [s for s in known.values() if options.every or s.tags & set(options.tags) or s.name in options.names]
        chosen = [s for s in wide if options.edition in {None, s.edition}]
        if not chosen:
            raise UsageError.of("cli.dry_run.no_fit")
        return chosen
    named = [known[name] for name in options.names or (DEFAULT_SCENARIO,)]
    return [s.in_edition(options.edition) for s in named] if options.edition else named


def in_looks(scenarios: Sequence[Scenario], look: Look | Literal["all"] | None) -> list[Scenario]:
    """Return *scenarios* drawn in *look*, or each one in every look."""
    looks = LOOKS if look == "all" else (look or LOOKS[0],)
    return [scenario.in_look(each) for each in looks for scenario in scenarios]


def _run_at_portal(address: str, options: DryRunOptions, settings: Settings, console: Console) -> int:
    from assistant.cli.dry_run_shown import run_shown

    entry = unattended_rule(address).entry
    if options.names or options.every or options.tags or options.edition or options.look:
        raise UsageError.of("cli.dry_run.portal_alone")
    if options.is_many(1):
        raise UsageError.of("cli.dry_run.portal_once")
    craft = at_portal(options, settings)
    return _finish(run_shown([(entry, entry)], craft, _same, console, options.language), options, 1)


def _same(verdict: Verdict) -> Verdict:
    return verdict


def _finish(verdicts: Sequence[Verdict], options: DryRunOptions, planned: int) -> int:
    if options.json_output:
        print_json(as_json(verdicts))
    if len(verdicts) < planned or any(verdict.stopped for verdict in verdicts):
        return Outcome.CANCELLED.exit_code
    return next((verdict.exit_code for verdict in verdicts if verdict.exit_code), 0)


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
    console.print(told("cli.dry_run.scenarios", options.language, count=len(scenarios)), style="bold")


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
