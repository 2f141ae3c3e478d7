"""The commands that keep up with the portal: what its pages look like now, and what we make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Group


@click.group("snapshot", cls=Group)
def snapshot() -> None:
    """Commands for snapshots."""


@snapshot.command("recognise", cls=Command)
@options.argument("file", type=options.FILE, value="file")
@options.option("--portal-file", type=options.FILE, value="file")
@options.json_output
@options.language
def recognise(**asked: Any) -> int:
    """Say what we make of a snapshot's pages."""
    from assistant.cli.snapshot import recognise_file

    return recognise_file(**asked)


@snapshot.command("compare", cls=Command)
@options.argument("before", type=options.FILE, value="before")
@options.argument("after", type=options.FILE, value="after")
@options.flag("--layout")
@options.json_output
@options.language
def compare(**asked: Any) -> int:
    """Show how two snapshots differ."""
    from assistant.cli.snapshot import compare_files

    return compare_files(**asked)


@click.command("check-portal", cls=Command)
@options.option("--junit", type=options.FILE, value="file")
@options.out("file")
@options.portal
@options.browser
@options.json_output
@options.language
@options.assume_yes
def check_portal(**asked: Any) -> int:
    """Look at the landing page once."""
    from assistant.cli.check_portal import check_portal as look_once

    return look_once(**asked)


@snapshot.command("take", cls=Command)
@options.out("file")
@options.portal
@options.ui
@options.language
@options.assume_yes
def take(*, out: Path | None, **asked: Any) -> int:
    """Take a snapshot during a guided run."""
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.snapshot import run_with_snapshot

    return run_with_snapshot(GuidedOptions(**asked), out, may_go_without=False)


@snapshot.command("bundle", cls=Command)
@options.option("--snapshot", type=options.FILE, value="file")
@options.option("--receipt", value="receipt")
@options.out("file")
@options.language
def make_bundle(**asked: Any) -> int:
    """Make a help bundle."""
    from assistant.cli.snapshot import make_bundle as write_bundle

    return write_bundle(**asked)
