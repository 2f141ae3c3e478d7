"""The program's command line as a whole: its help, and its commands in the order in which the help lists them."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli.commands import paper, person, rehearsal
from assistant.cli.commands.words import words
from assistant.cli.speech import Group
from assistant.version import version

HELP = """
E-Onay asistanı: KamuSM portalında E-Onay (elektronik onay) verme adımlarında size eşlik eder.

Prova için bu bilgisayarda bir benzetim portalı bulunur; gerçek portala gözetimsiz asla bağlanılmaz.

Çıkış kodları: 0 E-Onay var, 1 bakılan yerde bir engel, fark veya tutmayan hedef var (doctor, card, guide --check,
drift, bench), 2 yanlış kullanım, 3 doğrulanamadı, 4 durduruldu, 5 güvenlik için duruldu, 6 bilinen bir nedenle
tamamlanamadı.
"""


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"eonay {version()}")
        context.exit()


@click.group(
    "eonay",
    cls=Group,
    help=HELP,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Sürümü göster ve çık.",
)
@click.pass_context
def app(context: click.Context) -> Any:
    """Without a command, begin the guided run."""
    return context.invoke(person.run) if context.invoked_subcommand is None else None


for command in (
    person.run,
    person.practice,
    rehearsal.dry_run,
    rehearsal.bench,
    person.doctor,
    person.card,
    paper.receipts,
    paper.summary,
    paper.purge,
    person.settings,
    words,
    rehearsal.drift,
    paper.guide,
    rehearsal.portal,
    rehearsal.test,
    rehearsal.report,
):
    app.add_command(command)
