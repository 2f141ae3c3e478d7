"""The commands that keep up with the portal: what its pages are like now, and what the assistant makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Group


@click.group("snapshot", cls=Group, short_help="Portal sayfalarının yapısını kaydeder, tanır, karşılaştırır.")
def snapshot() -> None:
    """Yapı kayıtları: bir sayfanın düğmeleri, başlıkları ve bilinen yazıları; ad, numara, kod ve şifre içermez."""


@snapshot.command("recognise", cls=Command, short_help="Kayıttaki sayfaların nasıl tanındığını gösterir.")
@options.argument("file", type=options.FILE, metavar="DOSYA", help="Yapı kaydı.")
@options.option("--portal-file", type=options.FILE, metavar="DOSYA", help="Bu portal dosyasının sözcükleriyle tanı.")
@options.json_output
@options.language
def recognise(**asked: Any) -> int:
    """Her sayfa hangi ekran sayılıyor, hangi belirtisi tutuyor, neye basılırdı. Biri tanınmazsa çıkış kodu 1'dir."""
    from assistant.cli.snapshot import recognise_file

    return recognise_file(**asked)


@snapshot.command("compare", cls=Command, short_help="İki kaydın farkını sözle anlatır.")
@options.argument("before", type=options.FILE, metavar="ÖNCEKİ", help="Eski yapı kaydı ya da sürüm: 2020, 2026.")
@options.argument("after", type=options.FILE, metavar="SONRAKİ", help="Yeni yapı kaydı ya da sürüm.")
@options.flag("--layout", help="Kimlik, sınıf ve yer değişikliklerini de göster.")
@options.json_output
@options.language
def compare(**asked: Any) -> int:
    """Sayfa sayfa neyin değiştiğini söyler. Asistanı ilgilendiren bir fark varsa çıkış kodu 1'dir."""
    from assistant.cli.snapshot import compare_files

    return compare_files(**asked)


@click.command("check-portal", cls=Command, short_help="Portalın giriş sayfasına bir kez bakar: hâlâ bilinen sayfa mı?")
@options.option("--junit", type=options.FILE, metavar="DOSYA", help="Sonucu JUnit XML olarak da yaz.")
@options.out("Görülen sayfanın yapı kaydını buraya yaz.", "DOSYA")
@options.portal("Gerçek portal yerine bu bilgisayarda çalışan bir portal (yalnız localhost).")
@options.browser
@options.json_output
@options.language
@options.assume_yes
def check_portal(**asked: Any) -> int:
    """Herkese açık giriş sayfasına bir kez, kim olduğunu söyleyerek bakar. Hiçbir şeye basmaz, giriş formu açmaz.

    Sayfa bilindiği gibiyse çıkış kodu 0, değilse 1, sayfaya ulaşılamadıysa 6'dır.
    """
    from assistant.cli.check_portal import check_portal as look_once

    return look_once(**asked)


@snapshot.command("take", cls=Command, short_help="Eşlikli çalışmada her sayfanın yapısını, size göstererek kaydeder.")
@options.out("Kaydın yazılacağı dosya; verilmezse eonay'ın kendi klasörü.", "DOSYA")
@options.portal("Bu bilgisayarda çalışan bir portal (localhost); verilmezse gerçek portal.")
@options.ui
@options.language
@options.assume_yes
def take(*, out: Path | None, **asked: Any) -> int:
    """Bir eşlikli çalışma (eonay run) sırasında yapı kaydı tutar. Önce izniniz sorulur.

    Sonunda her sayfa size gösterilir; yalnız “Kayda ekle” dedikleriniz yazılır, hiçbir yere gönderilmez.
    """
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.snapshot import run_with_snapshot

    return run_with_snapshot(GuidedOptions(**asked), out, may_go_without=False)


@snapshot.command("bundle", cls=Command, short_help="Duran bir çalışma için yardım paketi hazırlar, önce gösterir.")
@options.option("--snapshot", type=options.FILE, metavar="DOSYA", help="Yapı kaydı; verilmezse en yenisi.")
@options.option("--receipt", metavar="NO|KİMLİK", help="Makbuz; verilmezse en yenisi.")
@options.out("Paketin yazılacağı dosya; verilmezse bulunduğunuz klasör.", "DOSYA")
@options.language
def make_bundle(**asked: Any) -> int:
    """Ne arandığını, ne görüldüğünü ve bilinen görünümden farkını anlatan bir zip dosyası hazırlar.

    Yazılmadan önce size gösterilir; hiçbir yere gönderilmez.
    """
    from assistant.cli.snapshot import make_bundle as write_bundle

    return write_bundle(**asked)
