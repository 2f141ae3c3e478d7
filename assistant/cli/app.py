"""The whole command line: its help, and its commands grouped by who uses them."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from assistant.base.version import version
from assistant.cli import options
from assistant.cli.commands import paper, person, rehearsal, upkeep
from assistant.cli.commands.words import words
from assistant.cli.speech import Group


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"eonay {version()}")
        context.exit()


@click.group(
    "eonay",
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
)
@options.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
)
@partial(options.language, expose_value=False)
@click.pass_context
def app(context: click.Context) -> Any:
    """Without a command, start the guided run."""
    return context.invoke(person.run) if context.invoked_subcommand is None else None


SECTIONS: tuple[tuple[str, tuple[click.Command, ...]], ...] = (
    ("desk", (person.run, person.practice, person.doctor, person.card, paper.receipts)),
    ("rehearsals", (rehearsal.dry_run, rehearsal.portal)),
    ("guide", (paper.guide,)),
    ("portal", (upkeep.check_portal, upkeep.snapshot, words, rehearsal.drift)),
    ("records", (paper.summary, person.settings, person.completion, paper.purge)),
    ("makers", (rehearsal.bench, rehearsal.test, rehearsal.report)),
)
"""The commands by who uses them. To just give E-Onay you only need the first section."""

for title, commands in SECTIONS:
    app.add_section(title, *commands)
