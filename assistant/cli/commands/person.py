"""The commands for a person and their own desk."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command
from fixtures import Look


@click.command(
    "run", cls=Command, short_help="E-Onay verirken adım adım size eşlik eder (komut verilmezse de bu çalışır)."
)
@options.portal("Bu bilgisayarda çalışan bir portal (localhost); verilmezse gerçek portal.")
@options.choice(
    "--sign",
    of=("card", "app"),
    help="İmzayı atan: app resmî uygulama, card paneldeki kart (yalnız --portal ile).",
)
@options.choice(
    "--goal",
    of=("eonay", "pin"),
    default="eonay",
    help="pin: kartınız kilitli ya da yeni, PIN oluşturacaksınız; siz yaparsınız, asistan izler.",
)
@options.flag("--watch", help="Yalnız izler: her şeyi siz yaparsınız, asistan basmaz; ne yapacağını söyler.")
@options.flag(
    "--snapshot", help="İzninizle her sayfanın yapısını kaydeder; her sayfa saklanmadan önce size gösterilir."
)
@options.flag("--companion", help="Kendi tarayıcınızda eşlik eder: sayfayı görmez, ne gördüğünüzü sorar.")
@options.ui
@options.language
@options.assume_yes
def run(*, companion: bool, watch: bool, snapshot: bool, **asked: Any) -> int:
    """Tarayıcıyı ve yanında paneli açar; siz onay verdikçe ilerler. Şifre ve kodları e-Devlet'e siz yazarsınız.

    Gerçek portalda imzayı KamuSM'nin resmî uygulaması atar; PIN'iniz bu programa girmez.
    """
    from assistant.assembly.guided import GuidedOptions
    from assistant.base.errors import UsageError
    from assistant.cli.run import run_command, run_companion, run_watch

    watch = watch or asked["goal"] != "eonay"
    if watch and (companion or asked["sign"]):
        raise UsageError(
            "--watch ve --goal pin; --companion ve --sign ile birlikte verilmez.",
            "--watch and --goal pin do not go together with --companion or --sign.",
        )
    if snapshot and companion:
        raise UsageError(
            "--snapshot, --companion ile birlikte verilmez: o zaman sayfalar görülmez.",
            "--snapshot does not go together with --companion: the pages are not seen then.",
        )
    if snapshot:
        from assistant.cli.snapshot import run_with_snapshot

        return run_with_snapshot(GuidedOptions(**asked), None, may_go_without=True, only_watches=watch)
    how = run_watch if watch else run_companion if companion else run_command
    return how(GuidedOptions(**asked))


@click.command("practice", cls=Command, short_help="E-Onay vermeyi benzetim portalında kendiniz denersiniz.")
@options.argument("story", default="", metavar="[ÖYKÜ]", help="Denenecek öykü; verilmezse panelde seçilir.")
@options.listing("Öyküleri")
@options.look("plain")
@options.ui
@options.language
@options.assume_yes
def practice(*, story: str, only_list: bool, look: Look, **asked: Any) -> int:
    """Alıştırma: portal, kişi ve kart gerçek değildir; yazacağınız bilgiler panelde durur.

    Alıştırma makbuzları ayrı bir klasörde durur; eğitimci birçok masayı eonay summary KLASÖR --practice ile görür.
    """
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.practice import list_stories, practise

    wanted = GuidedOptions(**asked)
    return list_stories(wanted.language) if only_list else practise(story, wanted, look)


@click.command("doctor", cls=Command, short_help="Bu bilgisayarın E-Onay için hazır olup olmadığını denetler.")
@options.flag("--online", help="Gerçek portalın adreslerine ulaşılıyor mu, ona da bak.")
@options.json_output
@options.language
def doctor(**asked: Any) -> int:
    """Sistem, tarayıcı, Java, kart okuyucu, kart, sürücü, sertifika, pano ve saati denetler; eksiğe çaresini söyler.

    PIN sormaz, deneme hakkı harcamaz. Çıkış kodu 0'dır; E-Onay vermeye engel bir durum varsa 1'dir.
    """
    from assistant.cli.doctor import run_doctor

    return run_doctor(**asked)


@click.command("card", cls=Command, short_help="Kartı ve sertifikayı gösterir, E-Onay zamanı geldiyse uyarır.")
@options.option(
    "--reminder",
    type=options.FILE,
    metavar="DOSYA",
    help="Sertifika bitmeden üç ay ve bir ay önce hatırlatan takvim dosyasını (.ics) yaz.",
)
@options.json_output
@options.language
def card(**asked: Any) -> int:
    """Okuyucu, kart, sürücü, PIN durumu ve sertifikaları gösterir; PIN sormaz. Engel varsa çıkış kodu 1'dir."""
    from assistant.cli.doctor import run_card

    return run_card(**asked)


@click.command("completion", cls=Command, short_help="Kabukta Tab tuşuyla tamamlama için betiği yazar.")
@options.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="KABUK", help="bash, zsh veya fish.")
def completion(*, shell: str) -> int:
    """Betiği kabuğunuzun başlangıç dosyasına ekleyiniz; örneğin bash için: eval "$(eonay completion bash)"."""
    from assistant.cli.completion import print_completion

    return print_completion(shell, click.get_current_context().find_root().command)


@click.command("settings", cls=Command, short_help="Geçerli ayarları ve nereden geldiklerini gösterir.")
@options.json_output
@options.language
def settings(**asked: Any) -> int:
    """Varsayılanlar, eonay.toml ve EONAY_* ortam değişkenlerinden oluşan geçerli ayarları gösterir."""
    from assistant.cli.settings import show_settings

    return show_settings(**asked)
