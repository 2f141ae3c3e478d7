"""The commands that try things out on the mock portal, and those for developers."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Fraction, Group, Whole


@click.command("dry-run", cls=Command)
@options.argument("names", nargs=-1, value="scenario")
@options.listing
@options.flag("--all", "every")
@options.option("--tag", "tags", multiple=True, value="tag")
@options.edition()
@options.look(None, "all")
@options.portal
@options.option(
    "--portal-file",
    type=options.FILE,
    value="file",
)
@options.flag("--headed")
@options.option(
    "--slow-mo",
    "slow_mo_ms",
    type=Fraction(0),
    default=0,
    metavar="MS",
)
@options.browser
@options.jobs
@options.option("--repeat", type=Whole(1), default=1, metavar="N")
@options.option("--shard", metavar="i/n")
@options.option(
    "--durations",
    type=options.FILE,
    value="report",
)
@options.report()
@options.cluster
@options.json_output
@options.language
@options.assume_yes
def dry_run(*, only_list: bool, **asked: Any) -> int:
    """Rehearse giving E-Onay, unattended."""
    from assistant.assembly.unattended import DryRunOptions
    from assistant.cli.dry_run import run_command

    return run_command(DryRunOptions(**asked), only_list=only_list)


@click.group("report", cls=Group)
def report() -> None:
    """Commands for the reports of dry runs."""


@report.command("merge")
@options.argument(
    "folders",
    nargs=-1,
    required=True,
    type=options.FILE,
    value="folder",
)
@options.report("out", required=True)
@options.language
def merge(**asked: Any) -> int:
    """Join reports into one."""
    from assistant.cli.report import merge as merge_reports

    return merge_reports(**asked)


@click.command("bench", cls=Command)
@options.argument("names", nargs=-1, value="benchmark")
@options.listing
@options.flag("--full")
@options.out("file")
@options.language
def bench(**asked: Any) -> int:
    """Run the benchmarks."""
    from assistant.cli.bench import bench as run_benchmarks

    return run_benchmarks(**asked)


@click.command("drift", cls=Command)
@options.option("--seeds", type=Whole(1), default=300, metavar="N")
@options.option("--first-seed", type=Whole(0), default=0, metavar="N")
@options.option("--kind", "kinds", multiple=True, value="name")
@options.browser
@options.jobs
@options.cluster
@options.listing
@options.flag("--compare")
@options.report("folder", type=options.FOLDER)
@options.json_output
@options.language
@options.assume_yes
def drift(*, only_list: bool, **asked: Any) -> int:
    """Try changes of look."""
    from assistant.cli.drift import DriftOptions, run_command

    return run_command(DriftOptions(**asked), only_list=only_list)


@click.command("portal", cls=Command)
@options.edition("2026")
@options.look("plain")
@options.port(0)
@options.language
def portal(**asked: Any) -> int:
    """Serve the mock portal."""
    from assistant.cli.portal import serve_portal

    return serve_portal(**asked)


@click.command(
    "test",
    cls=Command,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.pass_context
def test(context: click.Context) -> int:
    """Run the tests."""
    from assistant.setup.testing import run_tests

    return run_tests(context.args)
