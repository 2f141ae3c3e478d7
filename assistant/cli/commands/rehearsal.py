"""The commands that try things out on the mock portal, and those for the program's own makers."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Fraction, Group, Whole


@click.command("dry-run", cls=Command, short_help="E-Onay vermeyi benzetim portalında baştan sona prova eder.")
@options.argument("names", nargs=-1, metavar="[SENARYO]...", help="Senaryo adları; verilmezse first-time.")
@options.listing("Senaryoları")
@options.flag("--all", "every", help="Bütün senaryoları çalıştır.")
@options.option("--tag", "tags", multiple=True, metavar="ETİKET", help="Bu etiketi taşıyan senaryolar; yinelenebilir.")
@options.edition()
@options.look(None, "all")
@options.portal(
    "Bu bilgisayarda çalışan bir portalda prova (yalnız localhost). Kimlik bilgileri EONAY_NATIONAL_ID, "
    "EONAY_PASSWORD, EONAY_SMS_CODE, EONAY_PIN; kart EONAY_PKCS11_MODULE, EONAY_TOKEN_LABEL."
)
@options.option(
    "--portal-file",
    type=options.FILE,
    metavar="DOSYA",
    help="Bu portal dosyasının sözcükleriyle prova et; verilmezse ayarlardaki portal_file.",
)
@options.flag("--headed", help="Tarayıcı penceresini göster.")
@options.option(
    "--slow-mo",
    "slow_mo_ms",
    type=Fraction(0),
    default=0,
    metavar="MS",
    help="Her tarayıcı adımını MS milisaniye yavaşlat.",
)
@options.browser
@options.jobs
@options.option("--repeat", type=Whole(1), default=1, metavar="N", help="Her senaryoyu N kez çalıştır.")
@options.option("--shard", metavar="i/n", help="İşin n parçasından yalnız i'nci parçayı çalıştır.")
@options.option(
    "--durations",
    type=options.FILE,
    metavar="RAPOR",
    help="Parçalar ve sıra bu eski rapordaki sürelere göre belirlensin.",
)
@options.report("report.json, junit.xml ve report.html dosyalarını buraya yaz.")
@options.cluster
@options.json_output
@options.language
@options.assume_yes
def dry_run(*, only_list: bool, **asked: Any) -> int:
    """Prova: benzetim portalında E-Onay verme işini baştan sona gözetimsiz çalıştırır.

    Gerçek bir tarayıcı, sanal bir kart ve gerçek bir imza kullanılır; sonuç portala yeniden bakılarak doğrulanır.
    Bir senaryo beklendiği gibi bittiyse çıkış kodu 0'dır.
    """
    from assistant.assembly.unattended import DryRunOptions
    from assistant.cli.dry_run import run_command

    return run_command(DryRunOptions(**asked), only_list=only_list)


@click.group("report", cls=Group, short_help="Prova raporlarını birleştirir.")
def report() -> None:
    """Prova raporları."""


@report.command("merge", short_help="Birkaç provanın raporunu tek raporda birleştirir.")
@options.argument(
    "folders",
    nargs=-1,
    required=True,
    type=options.FILE,
    metavar="KLASÖR...",
    help="--report ile yazılmış klasörler.",
)
@options.report("Birleşik rapor buraya yazılır.", "out", required=True)
@options.language
def merge(**asked: Any) -> int:
    """Parçaların (--shard) ya da tekrarların raporlarını birleştirir.

    Çıkış kodu provanınki gibidir; bir parça veya bir çalışma eksikse 4'tür.
    """
    from assistant.cli.report import merge as merge_reports

    return merge_reports(**asked)


@click.command("bench", cls=Command, short_help="Hız ölçümlerini yapar (yalnız kaynak kodda).")
@options.argument("names", nargs=-1, metavar="[ÖLÇÜM]...", help="Ölçüm adları; verilmezse hepsi.")
@options.listing("Ölçümleri")
@options.flag("--full", help="Uzun ölçüm: 500 çalışma 50 ile karşılaştırılır.")
@options.out("Sonuç sayfası buraya yazılır (docs/results.md).", "DOSYA")
@options.language
def bench(**asked: Any) -> int:
    """Programı çıplak bir betikle aynı makinede yan yana ölçer ve oranları gösterir."""
    from assistant.cli.bench import bench as run_benchmarks

    return run_benchmarks(**asked)


@click.command("drift", cls=Command, short_help="Portalın görünümü değişirse ne olacağını benzetim portalında dener.")
@options.option("--seeds", type=Whole(1), default=300, metavar="N", help="Kaç değişiklik denenecek.")
@options.option("--first-seed", type=Whole(0), default=0, metavar="N", help="İlk tohum; aynı tohum, aynı sayfalar.")
@options.option("--kind", "kinds", multiple=True, metavar="AD", help="Yalnız bu tür değişiklik; yinelenebilir.")
@options.browser
@options.jobs
@options.cluster
@options.listing("Değişiklik türlerini")
@options.flag("--compare", help="Aynı sayfaları kaydedilmiş bir betikle ve playwright-healer ile de dene.")
@options.report("drift.json ve drift.md yaz.", "folder", type=options.FOLDER)
@options.json_output
@options.language
@options.assume_yes
def drift(*, only_list: bool, **asked: Any) -> int:
    """Görünüm denemesi: benzetim portalının sayfalarını tohumlara göre değiştirip E-Onay akışını üzerinde çalıştırır.

    Önemsiz değişiklikler sonucu etkilememeli, tehlikeli olanlar akışı durdurmalıdır; yanlış işleri portalın defteri
    sayar. Hedeflere ulaşıldıysa çıkış kodu 0, ulaşılamadıysa 1, yarıda kesildiyse 4'tür.
    """
    from assistant.cli.drift import DriftOptions, run_command

    return run_command(DriftOptions(**asked), only_list=only_list)


@click.command("portal", cls=Command, short_help="Benzetim portalını elle gezmek için açar.")
@options.edition("2026")
@options.look("plain")
@options.port("Kapı numarası; 0 ise boş bir kapı seçilir.", default=0)
@options.language
def portal(**asked: Any) -> int:
    """Benzetim portalını tek başına açar ve test kişilerini yazar; Ctrl+C ile kapanır."""
    from assistant.cli.portal import serve_portal

    return serve_portal(**asked)


@click.command(
    "test",
    cls=Command,
    short_help="Bütün testleri çalıştırır (yalnız kaynak kodda).",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.pass_context
def test(context: click.Context) -> int:
    """Bütün testleri çalıştırır (yalnız kaynak kod klasöründe); ek seçenekler pytest'e geçer."""
    from assistant.setup.testing import run_tests

    return run_tests(context.args)
