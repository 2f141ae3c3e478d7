"""A small guide with every kind of block and picture, for tests of one format at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from assistant.guide.model import (
    Brand,
    Bullets,
    Figure,
    Guide,
    Note,
    Paragraph,
    PictureMark,
    Section,
    Shot,
    Size,
    Table,
    Terms,
    TextBox,
    Theme,
    parse_text,
)

WORDS = {
    "contents": "İçindekiler",
    "step": "Adım",
    "figure": "Şekil",
    "figures": "Şekiller",
    "note.info": "Bilgi",
    "note.tip": "İpucu",
    "note.warning": "Dikkat",
    "note.danger": "Asla",
    "drawing": "Şematik çizim",
    "sample": "ÖRNEK / BENZETİM",
    "page": "Sayfa",
    "quick_card": "Hızlı kart",
    "letter": "Üst yazı",
    "support": "KamuSM destek: 444 5 576, bilgi@kamusm.gov.tr",
    "silent": "Bu film sessizdir; anlatılanlar altyazılardadır.",
    "next": "Sonraki",
    "previous": "Önceki",
    "file.guide": "e-onay-kilavuzu",
    "file.card": "e-onay-hizli-kart",
    "file.letter": "e-onay-ust-yazi",
}
BRAND = Brand(
    institution=("ÖRNEK İL VALİLİĞİ", "Örnek İl Müdürlüğü"),
    unit="Bilgi İşlem Şube Müdürlüğü",
    number="E-00000000-000.00-0000001",
    date=date(2026, 1, 5),
    subject="E-Onay işlemleri",
    addressees=("Örnek İlçe Müdürlüğüne", "Örnek Okul Müdürlüğüne"),
    signatory="Ad SOYAD",
    signatory_title="Müdür a.\nŞube Müdürü",
    body=(parse_text("E-imza yenilemelerinde E-Onay verilmesi gerekmektedir."), parse_text("Gereğini rica ederim.")),
    attachments=("E-Onay kılavuzu (12 sayfa)",),
    for_action=("Örnek İlçe Müdürlüğüne", "Örnek Okul Müdürlüğüne"),
    for_information=("Örnek Birime",),
    contact=("Örnek Mah. 1. Sok. No: 1", "Tel: 0 (000) 000 00 00"),
    is_example=True,
)

BROWSER = "Chromium 150.0"
"""What the sample's pictures were taken with."""


def sample_figure(folder: Path, number: int, name: str, *, is_drawing: bool = False) -> Figure:
    """Return a figure whose pictures are drawn into *folder*, with a button and a mark on it."""
    folder.mkdir(parents=True, exist_ok=True)
    shots = {}
    sizes: Mapping[Size, tuple[int, int]] = {"desktop": (1280, 800), "narrow": (390, 780)}
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        for size, (width, height) in sizes.items():
            shots[theme, size] = _shot(folder, f"{name}-{theme}-{size}", (width * 2, height * 2), dark=theme == "dark")
    alt = f"{name} sayfası: sağda “Devam” düğmesi, İĞÜŞÖÇ ığüşöç."
    return Figure(name, number, f"{name} sayfasında Devam düğmesi", alt, shots, is_drawing)


@cache
def _pictures(size: tuple[int, int], box: TextBox, dark: bool) -> tuple[bytes, bytes]:
    """Return the clean and the marked picture as PNG; drawn once, because packing them takes long."""
    image = Image.new("RGB", size, "#1d2430" if dark else "#f4f6f9")
    draw = ImageDraw.Draw(image)
    corners = (box.x * 2, box.y * 2, (box.x + box.width) * 2, (box.y + box.height) * 2)
    clean, marked = BytesIO(), BytesIO()
    draw.rectangle(corners, fill="#2b6cb0")
    image.save(clean, "PNG")
    draw.rectangle(corners, outline="#c2410c", width=8)
    image.save(marked, "PNG")
    return clean.getvalue(), marked.getvalue()


def _shot(folder: Path, stem: str, size: tuple[int, int], *, dark: bool) -> Shot:
    box = TextBox(60, 120, 160, 44)
    clean, marked = folder / f"{stem}.png", folder / f"{stem}-marked.png"
    for path, content in zip((clean, marked), _pictures(size, box, dark), strict=True):
        path.write_bytes(content)
    marks = (PictureMark("box", box, text="Buraya basınız"),)
    return Shot(clean, marked, *size, marks=marks, browser=BROWSER)


def sample_guide(folder: Path) -> Guide:
    """Return the guide; its pictures are drawn into *folder*."""
    before = Section(
        "before-you-start",
        "Başlamadan önce",
        (
            Paragraph(parse_text("Kartınız, okuyucunuz ve **Java** hazır olmalıdır. [Portal](https://example.org/).")),
            Bullets((parse_text("E-imza kartı"), parse_text("Kart okuyucu"))),
            Table(("Kutu", "Ne yapar"), ((parse_text("E-Onay İşlemleri"), parse_text("E-Onay verilir.")),), "Kutular"),
            Note("info", "Süre", parse_text("İşlem on dakika sürer.")),
        ),
    )
    steps = tuple(
        Section(
            f"step-{number}",
            title,
            (
                Paragraph(parse_text(f"{title} açılır; **işaretli** yere basınız.")),
                Bullets((parse_text("Sayfayı okuyunuz."), parse_text("Basınız.")), ordered=True),
                sample_figure(folder, number, f"step-{number}", is_drawing=number == 3),
                Note("danger", "Sertifikamı İptal Et", parse_text("Bu kutuya **asla** basmayınız.")),
            ),
            step=number,
            lead=f"{title} sayfasında işaretli yere basınız.",
            spoken=f"Şimdi {title} sayfasındayız. İşaretli düğmeye basıyoruz.",
        )
        for number, title in enumerate(("Giriş", "NES İşlemleri", "E-imza uygulaması"), start=1)
    )
    way = Section("steps", "Adımlar", (Paragraph(parse_text("Üç adım vardır.")),), parts=steps)
    last = Section(
        "glossary",
        "Sözlük",
        (
            Note("tip", "Kısayol", parse_text("Ctrl+V yapıştırır.")),
            Note("warning", "Kod", parse_text("Kod beş dakika geçerlidir.")),
            Terms((("E-Onay", parse_text("Elektronik onay.")), ("NES", parse_text("Nitelikli sertifika.")))),
        ),
    )
    return Guide(
        title="E-Onay Kılavuzu",
        subtitle="Adım adım E-Onay verme",
        summary="Bu kılavuz kamu personeli içindir. E-Onayı adım adım gösterir.",
        language="tr",
        edition="2026",
        story="first-time",
        version="0.0.0",
        brand=BRAND,
        sections=(before, way, last),
        words=WORDS,
        quick_card=("Portala giriniz.", "NES İşlemleri > E-Onay İşlemleri.", "Kodu uygulamaya yapıştırınız."),
    )
