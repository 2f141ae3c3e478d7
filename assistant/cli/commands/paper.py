"""The commands for what we keep and print: receipts and the guide."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command


@click.command("receipts", cls=Command)
@options.option("--html", "page_of", value="receipt")
@options.option("--open", "open_of", value="receipt")
@options.option("--pdf", "pdf_of", value="receipt")
@options.option("--output", "-o", type=options.FILE, value="file")
@options.json_output
@options.language
def receipts(**asked: Any) -> int:
    """List receipts, or write the page of one."""
    from assistant.cli.receipts import ReceiptsOptions, run_receipts

    return run_receipts(ReceiptsOptions(**asked))


@click.command("summary", cls=Command)
@options.argument("folder", type=options.FILE, value="folder")
@options.option("--csv", type=options.FILE, value="file")
@options.option("--html", type=options.FILE, value="file")
@options.flag("--practice")
@options.json_output
@options.language
def summary(**asked: Any) -> int:
    """Sum up the receipts of a folder."""
    from assistant.cli.summary import SummaryOptions, run_summary

    return run_summary(SummaryOptions(**asked))


@click.command("purge", cls=Command)
@options.assume_yes
@options.json_output
@options.language
def purge(**asked: Any) -> int:
    """Remove what we keep on this computer."""
    from assistant.cli.purge import PurgeOptions, run_purge

    return run_purge(PurgeOptions(**asked))


@click.command("guide", cls=Command)
@options.out("folder")
@options.edition("2026")
@options.language
@options.option(
    "--formats",
    value="names",
)
@options.option(
    "--story",
    default="first-time",
    value="story",
)
@options.option(
    "--brand",
    type=options.FILE,
    value="file",
)
@options.flag("--brand-example")
@options.option(
    "--template",
    "templates",
    multiple=True,
    type=options.FILE,
    value="file",
)
@options.flag("--template-example")
@options.flag("--live")
@options.port()
@options.option("--only", value="step")
@options.option(
    "--check",
    type=options.FILE,
    value="folder",
)
@options.flag(
    "--from-run",
)
@options.browser
@options.cluster
@options.portal
@options.assume_yes
def guide(**asked: Any) -> int:
    """Make the guide, or whatever else its options ask for."""
    from assistant.cli.guide import GuideOptions, guide_command

    return guide_command(GuideOptions(**asked))
