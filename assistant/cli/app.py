"""The program's command line as a whole: its help, and its commands as the help lists them: by who uses them."""

from __future__ import annotations

from typing import Any

import click

from assistant.base.version import version
from assistant.cli.commands import paper, person, rehearsal, upkeep
from assistant.cli.commands.words import words
from assistant.cli.speech import Group

_HELP = """
E-Onay asistanı: KamuSM portalında E-Onay (elektronik onay) verme adımlarında size eşlik eder.

Prova için bu bilgisayarda bir benzetim portalı bulunur; gerçek portalda gözetimsiz işlem yapılmaz.
"""
_EXIT_CODES = """
Çıkış kodları: 0 E-Onay var, 1 bakılan yerde bir engel, fark veya tutmayan hedef var (doctor, card, guide --check,
check-portal, snapshot, drift, bench), 2 yanlış kullanım, 3 doğrulanamadı, 4 durduruldu, 5 güvenlik için duruldu,
6 bilinen bir nedenle tamamlanamadı.
"""


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"eonay {version()}")
        context.exit()


@click.group(
    "eonay",
    cls=Group,
    help=_HELP,
    epilog=_EXIT_CODES,
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


SECTIONS: tuple[tuple[str, tuple[click.Command, ...]], ...] = (
    ("Masanızda", (person.run, person.practice, person.doctor, person.card, paper.receipts)),
    ("Provalar", (rehearsal.dry_run, rehearsal.portal)),
    ("Kılavuz", (paper.guide,)),
    ("Portal değişirse", (upkeep.check_portal, upkeep.snapshot, words, rehearsal.drift)),
    ("Kayıtlar ve ayarlar", (paper.summary, person.settings, person.completion, paper.purge)),
    ("Programı geliştirenler için", (rehearsal.bench, rehearsal.test, rehearsal.report)),
)
"""The commands by who uses them; whoever only wants to give E-Onay needs the first section."""

for title, commands in SECTIONS:
    app.add_section(title, *commands)
