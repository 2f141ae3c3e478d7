"""The commands and their help.

No annotation here waits as text to be evaluated: typer would evaluate each three times, a tenth of what `--help` takes.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.speech import App, Group
from assistant.version import version

HELP = """
E-Onay asistanı: KamuSM portalında E-Onay (elektronik onay) verme adımlarında size eşlik eder.

Prova için bu bilgisayarda bir benzetim portalı bulunur; gerçek portala gözetimsiz asla bağlanılmaz.

Çıkış kodları: 0 E-Onay var, 1 bakılan yerde bir engel, fark veya tutmayan hedef var (doctor, card, guide --check,
drift, bench), 2 yanlış kullanım, 3 doğrulanamadı, 4 durduruldu, 5 güvenlik için duruldu, 6 bilinen bir nedenle
tamamlanamadı.
"""

app = App(
    cls=Group,
    name="eonay",
    help=HELP,
    invoke_without_command=True,
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
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, max=256, help="Aynı anda kaç çalışma; verilmezse çekirdek sayısı kadar."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Eksik sistem bileşenlerini sormadan kur.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"eonay {version()}")
        raise typer.Exit


class SignOption(StrEnum):
    """What signs."""

    CARD = "card"
    APP = "app"


class UiOption(StrEnum):
    """Where the guided run shows itself."""

    PANEL = "panel"
    TERMINAL = "terminal"


Ui = Annotated[UiOption, typer.Option("--ui", help="panel: tarayıcının yanında pencere; terminal: bu terminal.")]


@app.callback()
def main(
    context: typer.Context,
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Sürümü göster ve çık."),
    ] = False,
) -> None:
    """Hold the options of the program as a whole; without a command, begin the guided run."""
    if context.invoked_subcommand is None:
        run()


@app.command("run", short_help="E-Onay verirken adım adım size eşlik eder (komut verilmezse de bu çalışır).")
def run(
    portal: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Bu bilgisayarda çalışan bir portal (localhost); verilmezse gerçek portal."),
    ] = None,
    sign: Annotated[
        SignOption | None,
        typer.Option(help="İmzayı atan: app resmî uygulama, card paneldeki kart (yalnız --portal ile)."),
    ] = None,
    companion: Annotated[
        bool,
        typer.Option("--companion", help="Kendi tarayıcınızda eşlik eder: sayfayı görmez, ne gördüğünüzü sorar."),
    ] = False,
    ui: Ui = UiOption.PANEL,
    lang: Lang = LanguageOption.TR,
    yes: Yes = False,
) -> None:
    """Tarayıcıyı ve yanında paneli açar; siz onay verdikçe ilerler. Şifre ve kodları e-Devlet'e siz yazarsınız.

    Gerçek portalda imzayı KamuSM'nin resmî uygulaması atar; PIN'iniz bu programa girmez.
    """
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.run import run_command, run_companion

    options = GuidedOptions(portal, sign.value if sign else None, ui.value, lang.value, yes)
    raise typer.Exit(run_companion(options) if companion else run_command(options))


@app.command("practice", short_help="E-Onay vermeyi benzetim portalında kendiniz denersiniz.")
def practice(
    story: Annotated[str, typer.Argument(metavar="[ÖYKÜ]", help="Denenecek öykü.")] = "first-time",
    list_them: Annotated[bool, typer.Option("--list", help="Öyküleri göster ve çık.")] = False,
    ui: Ui = UiOption.PANEL,
    lang: Lang = LanguageOption.TR,
    yes: Yes = False,
) -> None:
    """Alıştırma: portal, kişi ve kart gerçek değildir; yazacağınız bilgiler panelde durur."""
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.practice import list_stories, practise

    if list_them:
        raise typer.Exit(list_stories(lang.value))
    raise typer.Exit(practise(story, GuidedOptions(ui=ui.value, language=lang.value, assume_yes=yes)))


@app.command("dry-run", short_help="E-Onay vermeyi benzetim portalında baştan sona prova eder.")
def dry_run(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SENARYO]...", help="Senaryo adları; verilmezse first-time.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Senaryoları göster ve çık.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Bütün senaryoları çalıştır.")] = False,
    tags: Annotated[
        list[str] | None, typer.Option("--tag", metavar="ETİKET", help="Bu etiketi taşıyan senaryolar; yinelenebilir.")
    ] = None,
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
    jobs: Jobs = None,
    repeat: Annotated[int, typer.Option(metavar="N", min=1, help="Her senaryoyu N kez çalıştır.")] = 1,
    shard: Annotated[
        str | None, typer.Option(metavar="i/n", help="İşin n parçasından yalnız i'nci parçayı çalıştır.")
    ] = None,
    durations: Annotated[
        Path | None, typer.Option(metavar="RAPOR", help="Parçalar ve sıra bu eski rapordaki sürelere göre belirlensin.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="KLASÖR", help="report.json, junit.xml ve report.html dosyalarını buraya yaz."),
    ] = None,
    connect: Annotated[
        list[str] | None,
        typer.Option(metavar="WS", help="Tarayıcılar bu Playwright sunucusunda açılsın (ws://…); yinelenebilir."),
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
    yes: Yes = False,
) -> None:
    """Prova: benzetim portalında E-Onay verme işini baştan sona gözetimsiz çalıştırır.

    Gerçek bir tarayıcı, sanal bir kart ve gerçek bir imza kullanılır; sonuç portala yeniden bakılarak doğrulanır.
    Bir senaryo beklendiği gibi bittiyse çıkış kodu 0'dır.
    """
    from assistant.assembly.unattended import DryRunOptions
    from assistant.cli.dry_run import run_command

    options = DryRunOptions(
        names=tuple(names or ()),
        every=every,
        tags=tuple(tags or ()),
        edition=edition.value if edition else None,
        portal=portal,
        headed=headed,
        slow_mo_ms=slow_mo,
        json_output=json_output,
        language=lang.value,
        assume_yes=yes,
        jobs=jobs,
        repeat=repeat,
        shard=shard,
        report=report,
        durations=durations,
        connect=tuple(connect or ()),
    )
    raise typer.Exit(run_command(options, only_list=list_them))


report_app = App(cls=Group, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})
app.add_typer(report_app, name="report", short_help="Prova raporlarını birleştirir.", help="Prova raporları.")


@report_app.command("merge", short_help="Birkaç provanın raporunu tek raporda birleştirir.")
def report_merge(
    folders: Annotated[list[Path], typer.Argument(metavar="KLASÖR", help="--report ile yazılmış klasörler.")],
    out: Annotated[Path, typer.Option("--report", metavar="KLASÖR", help="Birleşik rapor buraya yazılır.")],
    lang: Lang = LanguageOption.TR,
) -> None:
    """Parçaların (--shard) ya da tekrarların raporlarını birleştirir.

    Çıkış kodu provanınki gibidir; bir parça veya bir çalışma eksikse 4'tür.
    """
    from assistant.cli.report import merge

    raise typer.Exit(merge(folders, out, lang.value))


@app.command("bench", short_help="Hız ölçümlerini yapar (yalnız kaynak kodda).")
def bench_command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ÖLÇÜM]...", help="Ölçüm adları; verilmezse hepsi.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Ölçümleri göster ve çık.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Uzun ölçüm: 500 çalışma 50 ile karşılaştırılır.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DOSYA", help="Sonuç sayfası buraya yazılır (docs/results.md).")
    ] = None,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Programı çıplak bir betikle aynı makinede yan yana ölçer ve oranları gösterir."""
    from assistant.cli.bench import bench

    raise typer.Exit(bench(tuple(names or ()), only_list=list_them, full=full, out=out, language=lang.value))


@app.command("doctor", short_help="Bu bilgisayarın E-Onay için hazır olup olmadığını denetler.")
def doctor(
    online: Annotated[
        bool, typer.Option("--online", help="Gerçek portalın adreslerine ulaşılıyor mu, ona da bak.")
    ] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Sistem, tarayıcı, Java, kart okuyucu, kart, sürücü, sertifika, pano ve saati denetler; eksiğe çaresini söyler.

    PIN sormaz, deneme hakkı harcamaz. Çıkış kodu 0'dır; E-Onay vermeye engel bir durum varsa 1'dir.
    """
    from assistant.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(json_output=json_output, online=online, language=lang.value))


@app.command("card", short_help="Kartı ve sertifikayı gösterir, E-Onay zamanı geldiyse uyarır.")
def card(
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Okuyucu, kart, sürücü, PIN durumu ve sertifikaları gösterir; PIN sormaz. Engel varsa çıkış kodu 1'dir."""
    from assistant.cli.card import run_card

    raise typer.Exit(run_card(json_output=json_output, language=lang.value))


@app.command("receipts", short_help="Geçmiş çalışmaların makbuzlarını gösterir, yazdırılacak sayfayı hazırlar.")
def receipts(
    page_of: Annotated[
        str | None, typer.Option("--html", metavar="NO|KİMLİK", help="Bu makbuzun sayfasını yaz.")
    ] = None,
    open_of: Annotated[str | None, typer.Option("--open", metavar="NO|KİMLİK", help="Sayfayı yaz ve aç.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Sayfanın yazılacağı dosya.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Makbuzları en yenisi başta olmak üzere listeler; makbuzda ad, numara, kod veya adres bulunmaz."""
    from assistant.cli.receipts import ReceiptsOptions, run_receipts

    raise typer.Exit(run_receipts(ReceiptsOptions(page_of, open_of, output, json_output, lang.value)))


@app.command("summary", short_help="Bir klasördeki makbuzları tek tabloda toplar.")
def summary(
    folder: Annotated[Path, typer.Argument(metavar="KLASÖR", help="Makbuzların bulunduğu klasör.")],
    csv: Annotated[Path | None, typer.Option("--csv", help="Tabloyu bu CSV dosyasına yaz.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Tabloyu bu HTML dosyasına yaz.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Klasördeki ve alt klasörlerindeki makbuzları toplar; okunamayan dosyaları ayrıca söyler."""
    from assistant.cli.summary import SummaryOptions, run_summary

    raise typer.Exit(run_summary(SummaryOptions(folder, csv, html, json_output, lang.value)))


@app.command("settings", short_help="Geçerli ayarları ve nereden geldiklerini gösterir.")
def settings_command(
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
) -> None:
    """Varsayılanlar, eonay.toml ve EONAY_* ortam değişkenlerinden oluşan geçerli ayarları gösterir."""
    from assistant.cli.settings import show_settings

    raise typer.Exit(show_settings(json_output=json_output, language=lang.value))


@app.command("drift", short_help="Portalın görünümü değişirse ne olacağını benzetim portalında dener.")
def drift_command(
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", min=1, help="Kaç değişiklik denenecek.")] = 300,
    first_seed: Annotated[int, typer.Option(metavar="N", min=0, help="İlk tohum; aynı tohum, aynı sayfalar.")] = 0,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="AD", help="Yalnız bu tür değişiklik; yinelenebilir.")
    ] = None,
    jobs: Jobs = None,
    list_them: Annotated[bool, typer.Option("--list", help="Değişiklik türlerini göster ve çık.")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Aynı sayfaları kaydedilmiş bir betikle ve playwright-healer ile de dene.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="KLASÖR", file_okay=False, help="drift.json ve drift.md yaz.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Standart çıktıya tek bir JSON nesnesi yaz.")] = False,
    lang: Lang = LanguageOption.TR,
    yes: Yes = False,
) -> None:
    """Görünüm denemesi: benzetim portalının sayfalarını tohumlara göre değiştirip E-Onay akışını üzerinde çalıştırır.

    Önemsiz değişiklikler sonucu etkilememeli, tehlikeli olanlar akışı durdurmalıdır; yanlış işleri portalın defteri
    sayar. Hedeflere ulaşıldıysa çıkış kodu 0, ulaşılamadıysa 1, yarıda kesildiyse 4'tür.
    """
    from assistant.cli.drift import DriftOptions, run_command

    options = DriftOptions(
        seeds=seeds,
        first_seed=first_seed,
        kinds=tuple(kinds or ()),
        jobs=jobs,
        compare=compare,
        json_output=json_output,
        folder=report,
        language=lang.value,
        assume_yes=yes,
    )
    raise typer.Exit(run_command(options, only_list=list_them))


@app.command("guide", short_help="E-Onay kılavuzunu resimleriyle, bir kurumun kullandığı her biçimde hazırlar.")
def guide(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="KLASÖR", help="Kılavuzun yazılacağı klasör; verilmezse e-onay-kilavuzu."),
    ] = None,
    edition: Annotated[EditionOption, typer.Option(help="Portalın görünümü: 2020 veya 2026.")] = EditionOption.E2026,
    lang: Lang = LanguageOption.TR,
    formats: Annotated[
        str | None,
        typer.Option(
            metavar="AD,AD…",
            help="Yalnız bu biçimler: html, pdf, docx, pptx, md, card (hızlı kart), letter (üst yazı), mp4 "
            "(film; webm de olur), gif (mesaj için kısa hareketli resim; webp de olur), scorm12 ve scorm2004 "
            "(öğrenme sistemi için).",
        ),
    ] = None,
    story: Annotated[
        str, typer.Option(metavar="ÖYKÜ", help="first-time: ilk kez verme; already-consented: verilmiş mi, bakma.")
    ] = "first-time",
    brand: Annotated[
        Path | None,
        typer.Option(metavar="DOSYA", help="Kurum dosyası (TOML): kapakta ve üst yazıda ne yazacağı."),
    ] = None,
    brand_example: Annotated[
        bool, typer.Option("--brand-example", help="Açıklamalı örnek kurum dosyasını yaz (--out ile klasöre) ve çık.")
    ] = False,
    live: Annotated[
        bool,
        typer.Option("--live", help="Metinler düzenlenirken sayfayı bu bilgisayarda canlı göster; Ctrl+C kapatır."),
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="--live için kapı numarası; verilmezse boş bir kapı.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="ADIM", help="Yalnız bu adımın resmini çek (örneğin nes); --out ile klasöre."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            metavar="KLASÖR",
            help="Bu klasördeki kılavuzu yeniden çekilen resimlerle karşılaştır; değişen varsa çıkış kodu 1.",
        ),
    ] = None,
    from_run: Annotated[
        bool,
        typer.Option(
            "--from-run",
            help="Resimleri kendi E-Onay işleminizden al: önce izniniz sorulur, e-Devlet'te asla çekilmez, her resim "
            "saklanmadan önce size gösterilir.",
        ),
    ] = False,
    portal: Annotated[
        str | None,
        typer.Option(metavar="URL", help="--from-run için bu bilgisayarda çalışan bir portal; yoksa gerçek portal."),
    ] = None,
    yes: Yes = False,
) -> None:
    """Kılavuz: adımların resimlerini benzetim portalında çeker, metinlerle birleştirir ve bütün biçimleri yazar.

    Aynı girdiyle her zaman aynı dosyalar çıkar. Yarıda kesilirse klasördeki önceki kılavuz olduğu gibi kalır.
    """
    from assistant.cli.guide import GuideOptions, guide_command

    options = GuideOptions(
        out=out,
        edition=edition.value,
        language=lang.value,
        formats=formats,
        story=story,
        brand=brand,
        brand_example=brand_example,
        live=live,
        port=port,
        only=only,
        check=check,
        from_run=from_run,
        portal=portal,
        assume_yes=yes,
    )
    raise typer.Exit(guide_command(options))


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
