"""The commands for what is kept and printed: receipts and the guide."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command


@click.command(
    "receipts", cls=Command, short_help="Geçmiş çalışmaların makbuzlarını gösterir, yazdırılacak sayfayı hazırlar."
)
@options.option("--html", "page_of", metavar="NO|KİMLİK", help="Bu makbuzun sayfasını yaz.")
@options.option("--open", "open_of", metavar="NO|KİMLİK", help="Sayfayı yaz ve aç.")
@options.option("--pdf", "pdf_of", metavar="NO|KİMLİK", help="Bu makbuzu PDF dosyası olarak yaz.")
@options.option("--output", "-o", type=options.FILE, metavar="DOSYA", help="Sayfanın yazılacağı dosya.")
@options.json_output
@options.language
def receipts(**asked: Any) -> int:
    """Makbuzları en yenisi başta olmak üzere listeler; makbuzda ad, numara, kod veya adres bulunmaz."""
    from assistant.cli.receipts import ReceiptsOptions, run_receipts

    return run_receipts(ReceiptsOptions(**asked))


@click.command("summary", cls=Command, short_help="Bir klasördeki makbuzları tek tabloda toplar.")
@options.argument("folder", type=options.FILE, metavar="KLASÖR", help="Makbuzların bulunduğu klasör.")
@options.option("--csv", type=options.FILE, metavar="DOSYA", help="Tabloyu bu CSV dosyasına yaz.")
@options.option("--html", type=options.FILE, metavar="DOSYA", help="Tabloyu bu HTML dosyasına yaz.")
@options.flag("--practice", help="Gerçek çalışmalar yerine alıştırmaları, masa masa ve kimin nerede kaldığıyla göster.")
@options.json_output
@options.language
def summary(**asked: Any) -> int:
    """Klasördeki ve alt klasörlerindeki (örneğin okul okul) makbuzları toplar; okunamayan dosyaları ayrıca söyler.

    Yalnız gerçek çalışmaları (guided) ve eşliği (companion) sayar; prova ve alıştırmaları saymadığını söyler.
    """
    from assistant.cli.summary import SummaryOptions, run_summary

    return run_summary(SummaryOptions(**asked))


@click.command(
    "purge", cls=Command, short_help="Bu bilgisayarda saklananları (makbuz, sözcük, yapı kaydı) sorarak siler."
)
@options.flag("--yes", "-y", "assume_yes", help="Sormadan sil.")
@options.json_output
@options.language
def purge(**asked: Any) -> int:
    """Yalnız eonay'ın yazdığı dosyaları siler; kılavuz klasörlerine ve sizin dosyalarınıza dokunmaz."""
    from assistant.cli.purge import PurgeOptions, run_purge

    return run_purge(PurgeOptions(**asked))


@click.command(
    "guide", cls=Command, short_help="E-Onay kılavuzunu resimleriyle, bir kurumun kullandığı her biçimde hazırlar."
)
@options.out("Kılavuzun yazılacağı klasör; verilmezse e-onay-kilavuzu.", "KLASÖR")
@options.edition("2026")
@options.language
@options.option(
    "--formats",
    metavar="AD,AD…",
    help="Yalnız bu biçimler: html, pdf, docx, pptx, md, card (hızlı kart), letter (üst yazı), mp4 "
    "(film; webm de olur), gif (mesaj için kısa hareketli resim; webp de olur), scorm12 ve scorm2004 "
    "(öğrenme sistemi için).",
)
@options.option(
    "--story",
    default="first-time",
    metavar="ÖYKÜ",
    help="first-time: ilk kez verme; already-consented: verilmiş mi, bakma.",
)
@options.option(
    "--brand",
    type=options.FILE,
    metavar="DOSYA",
    help="Kurum dosyası (TOML): kapakta ve üst yazıda ne yazacağı.",
)
@options.flag("--brand-example", help="Açıklamalı örnek kurum dosyasını yaz (--out ile klasöre) ve çık.")
@options.option(
    "--template",
    "templates",
    multiple=True,
    type=options.FILE,
    metavar="DOSYA",
    help="Kurumun Word veya PowerPoint şablonu (.docx, .dotx, .pptx, .potx); her türden bir kez verilebilir.",
)
@options.flag("--template-example", help="Düzenlenecek şablonları yaz (--out ile klasöre) ve çık.")
@options.flag("--live", help="Metinler düzenlenirken sayfayı bu bilgisayarda canlı göster; Ctrl+C kapatır.")
@options.port("--live için kapı numarası; verilmezse boş bir kapı.")
@options.option("--only", metavar="ADIM", help="Yalnız bu adımın resmini çek (örneğin nes); --out ile klasöre.")
@options.option(
    "--check",
    type=options.FILE,
    metavar="KLASÖR",
    help="Bu klasördeki kılavuzu yeniden çekilen resimlerle karşılaştır; değişen varsa çıkış kodu 1.",
)
@options.flag(
    "--from-run",
    help="Resimleri kendi E-Onay işleminizden al: önce izniniz sorulur, e-Devlet'te asla çekilmez, her resim "
    "saklanmadan önce size gösterilir.",
)
@options.browser
@options.cluster
@options.portal("--from-run için bu bilgisayarda çalışan bir portal; yoksa gerçek portal.")
@options.assume_yes
def guide(**asked: Any) -> int:
    """Kılavuz: adımların resimlerini benzetim portalında çeker, metinlerle birleştirir ve bütün biçimleri yazar.

    Aynı girdiyle her zaman aynı dosyalar çıkar. Yarıda kesilirse klasördeki önceki kılavuz olduğu gibi kalır.
    """
    from assistant.cli.guide import GuideOptions, guide_command

    return guide_command(GuideOptions(**asked))
