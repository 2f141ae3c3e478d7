"""The commands and their help."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assistant.version import version

HELP = """
E-Onay asistanı: KamuSM portalında E-Onay (elektronik onay) verme adımlarında size eşlik eder.

Prova için bu bilgisayarda bir benzetim portalı bulunur; gerçek portala gözetimsiz asla bağlanılmaz.

Çıkış kodları: 0 E-Onay var, 2 yanlış kullanım, 3 doğrulanamadı, 4 durduruldu, 5 güvenlik için duruldu,
6 bilinen bir nedenle tamamlanamadı.
"""

app = typer.Typer(
    name="eonay",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class EditionOption(StrEnum):
    """The portal's look."""

    E2020 = "2020"
    E2026 = "2026"


class LanguageOption(StrEnum):
    """Language of what is shown."""

    TR = "tr"
    EN = "en"


Lang = Annotated[LanguageOption, typer.Option("--lang", help="Dil: tr veya en.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Eksik sistem bileşenlerini sormadan kur.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"eonay {version()}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Sürümü göster ve çık."),
    ] = False,
) -> None:
    """Hold the options of the program as a whole."""


@app.command("dry-run", short_help="E-Onay vermeyi benzetim portalında baştan sona prova eder.")
def dry_run(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SENARYO]...", help="Senaryo adları; verilmezse first-time.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Senaryoları göster ve çık.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Bütün senaryoları çalıştır.")] = False,
    edition: Annotated[EditionOption | None, typer.Option(help="Portalın görünümü: 2020 veya 2026.")] = None,
    portal: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Bu bilgisayarda çalışan bir portalda prova (yalnız localhost). Kimlik bilgileri EONAY_NATIONAL_ID, "
            "EONAY_PASSWORD, EONAY_SMS_CODE, EONAY_PIN; kart EONAY_PKCS11_MODULE, EONAY_TOKEN_LABEL.",
        ),
    ] = None,
    headed: Annotated[bool, typer.Option("--headed", help="Tarayıcı penceresini göster.")] = False,
    slow_mo: Annotated[
        float, typer.Option(metavar="MS", min=0, help="Her tarayıcı adımını MS milisaniye yavaşlat.")
    ] = 0,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
    yes: Yes = False,
) -> None:
    """Prova: benzetim portalında E-Onay verme işini baştan sona gözetimsiz çalıştırır.

    Gerçek bir tarayıcı, sanal bir kart ve gerçek bir imza kullanılır; sonuç portala yeniden bakılarak doğrulanır.
    Bir senaryo beklendiği gibi bittiyse çıkış kodu 0'dır.
    """
    from assistant.cli.dry_run import DryRunOptions, run_command

    options = DryRunOptions(
        names=tuple(names or ()),
        every=every,
        edition=edition.value if edition else None,
        portal=portal,
        headed=headed,
        slow_mo_ms=slow_mo,
        json_output=json_output,
        language=lang.value,
        assume_yes=yes,
    )
    raise typer.Exit(run_command(options, only_list=list_them))


@app.command("portal", short_help="Benzetim portalını elle gezmek için açar.")
def portal_command(
    edition: Annotated[EditionOption, typer.Option(help="Portalın görünümü: 2020 veya 2026.")] = EditionOption.E2026,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Kapı numarası; 0 ise boş bir kapı seçilir.")] = 0,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Benzetim portalını tek başına açar ve test kişilerini yazar; Ctrl+C ile kapanır."""
    from assistant.cli.portal import serve_portal

    raise typer.Exit(serve_portal(edition.value, port, lang.value))


@app.command(
    "test",
    short_help="Bütün testleri çalıştırır (yalnız kaynak kodda).",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def test_command(context: typer.Context) -> None:
    """Bütün testleri çalıştırır (yalnız kaynak kod klasöründe); ek seçenekler pytest'e geçer."""
    from assistant.setup.testing import run_tests

    raise typer.Exit(run_tests(context.args))
