"""The branding file: the example holds, and every mistake is named with what would be right."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assistant.base.errors import UsageError
from assistant.guide.brand import example_brand, example_text, load_brand
from assistant.guide.drawing_files import standing_alone
from assistant.guide.formats.logo import logo_content, read_logo
from assistant.guide.model import plain
from tests.sampling import sampled

LINES = {
    "institution": '["A VALİLİĞİ", "A Müdürlüğü"]',
    "unit": '"Bilgi İşlem"',
    "number": '"E-1"',
    "subject": '"E-Onay"',
    "date": "2026-03-02",
    "addressees": '["B Müdürlüğüne"]',
    "signatory": '"Ad SOYAD"',
    "signatory_title": '["Müdür a.", "Şube Müdürü"]',
}


def written(folder: Path, *, without: str = "", encoding: str = "utf-8", **other: str) -> Path:
    """Write a branding file into *folder* and return its path."""
    path = folder / "kurum.toml"
    values = {name: value for name, value in {**LINES, **other}.items() if name != without}
    path.write_text("\n".join(f"{name} = {value}" for name, value in values.items()), encoding=encoding)
    return path


def test_the_example_is_a_brand_of_nobody() -> None:
    """The example that comes along is complete, says that it is one, and its commented lines hold as well."""
    brand = example_brand("tr")
    assert brand.is_example
    assert brand.logo is None
    assert all("ÖRNEK" in line.upper().replace("I", "İ") for line in brand.institution)
    assert [plain(text) for text in brand.body][-1].endswith("rica ederim.")
    assert brand.attachments == ("E-Onay kılavuzu", "Hızlı kart")
    fields = [line.removeprefix("# ") for line in example_text().splitlines() if " = " in line]
    assert set(tomllib.loads("\n".join(fields))) >= {"body", "attachments", "logo", *LINES}


def test_every_value_is_the_institutions_own(tmp_path: Path) -> None:
    """What the file says is in the brand; one text will do for a list, and people may write a date their way."""
    logo = tmp_path / "logo.png"
    Image.new("RGB", (4, 4)).save(logo)
    path = written(
        tmp_path,
        date='"02.03.2026"',
        body='["Bir **iki**.", "Üç."]',
        contact='"Tel: 0"',
        attachments="[]",
        logo='"logo.png"',
    )
    brand = load_brand(path, "tr")
    assert not brand.is_example
    assert (brand.date, brand.logo, brand.contact) == (date(2026, 3, 2), logo, ("Tel: 0",))
    assert brand.signatory_title == "Müdür a.\nŞube Müdürü"
    assert [plain(text) for text in brand.body] == ["Bir iki.", "Üç."]
    assert brand.attachments == ()


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    """A byte order mark in front does no harm."""
    assert load_brand(written(tmp_path, encoding="utf-8-sig"), "tr").unit == "Bilgi İşlem"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unitt": '"x"'}, "unitt diye bir alan yok. unit mi demek istediniz?"),
        ({"without": "number"}, "eksik alanlar: number. Örnek: eonay guide --brand-example"),
        ({"date": '"31.02.2026"'}, "date bir tarih olmalıdır"),
        ({"date": "2026-03-02T10:00:00"}, "date bir tarih olmalıdır"),
        ({"unit": "7"}, "unit tırnak içinde bir metin olmalıdır"),
        ({"unit": '" "'}, "unit tırnak içinde bir metin olmalıdır"),
        ({"addressees": "[]"}, "addressees bir metin listesi olmalıdır"),
        ({"contact": '["x", ""]'}, "contact bir metin listesi olmalıdır"),
        ({"logo": '"yok.png"'}, "logo bulunamadı"),
        ({"logo": '"kurum.toml"'}, "logo PNG veya SVG olmalıdır"),
        ({"unit": '"x'}, "geçerli bir TOML dosyası değil"),
        pytest.param({"unit": "7" * 5000}, "geçerli bir TOML dosyası değil", id="long number"),
        pytest.param({"unit": "[" * 3000}, "geçerli bir TOML dosyası değil", id="deep list"),
        ({"encoding": "utf-16"}, "UTF-8 olarak kaydedilmemiş"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    """A wrong file is reported with its name and the remedy, in one sentence."""
    path = written(tmp_path, **changes)
    with pytest.raises(UsageError) as raised:
        load_brand(path, "tr")
    assert str(raised.value).startswith("--brand: kurum.toml: ")
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\xff\xd8\xff\xe0 no PNG"),
        ("a.svg", b"<html/>"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_logo_of_the_wrong_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """The content counts, not the name."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match="PNG or SVG"):
        load_brand(written(tmp_path, logo=f'"{name}"'), "en")


def test_a_drawn_logo_is_taken(tmp_path: Path) -> None:
    """An SVG is a logo too."""
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert load_brand(written(tmp_path, logo='"a.svg"'), "tr").logo == tmp_path / "a.svg"


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    """A path that leads nowhere says so."""
    with pytest.raises(UsageError, match="okunamadı"):
        load_brand(tmp_path / "yok.toml", "tr")


@pytest.mark.skipif(os.name == "nt", reason="no such pipes there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no ordinary file says so, and nobody waits for what it may say."""
    os.mkfifo(tmp_path / "kurum.toml")
    with pytest.raises(UsageError, match="okunamadı"):
        load_brand(tmp_path / "kurum.toml", "tr")


ILLUSTRATOR = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" viewBox="0 0 30 10"><rect width="20" height="10" fill="#9b1c1c"/></svg>"""


def test_a_drawing_of_illustrator_is_taken(tmp_path: Path) -> None:
    """Its own entities are put in; every format gets a drawing without any."""
    (tmp_path / "a.svg").write_bytes(ILLUSTRATOR)
    brand = load_brand(written(tmp_path, logo='"a.svg"'), "tr")
    found = logo_content(brand)
    assert found is not None
    assert b"ENTITY" not in found[1]
    assert b"&ns" not in found[1]
    logo = read_logo(brand, 90, 90)
    assert logo is not None
    with Image.open(BytesIO(logo.png)) as image:
        assert image.width / image.height == pytest.approx(3, rel=0.02)
        assert image.convert("RGB").getpixel((10, 10)) == (0x9B, 0x1C, 0x1C)


def test_nothing_outside_a_drawing_is_followed(tmp_path: Path) -> None:
    """An entity that names a file brings nothing in, and entities without end are refused."""
    secret = tmp_path / "secret.txt"
    secret.write_text("gizli", encoding="utf-8")
    head = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    try:
        made = standing_alone((head + body).encode())
    except ValueError:
        made = b""
    assert b"gizli" not in made
    assert b"secret" not in made
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]><svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>'
    with pytest.raises(ValueError, match=r"."):
        standing_alone(bomb.encode())


def png(mode: str, size: tuple[int, int]) -> bytes:
    """Return a PNG of that kind."""
    into = BytesIO()
    Image.new(mode, size).save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_kind_of_png_is_taken(tmp_path: Path, mode: str) -> None:
    """Grey, sixteen bits, a palette: every format gets one of eight bits a channel."""
    (tmp_path / "a.png").write_bytes(png(mode, (40, 20)))
    found = logo_content(load_brand(written(tmp_path, logo='"a.png"'), "tr"))
    assert found is not None
    with Image.open(BytesIO(found[1])) as image:
        assert (image.mode, image.size) == ("RGBA", (40, 20))


PNGS = [
    ("1", (30_000, 30_000), None, "çok büyük"),
    ("1", (6000, 4000), None, "çok büyük"),
    ("RGB", (90, 90), 60, "bozuk"),
]


@pytest.mark.parametrize(("mode", "size", "length", "told"), sampled(PNGS, every_run=PNGS[1:]))
def test_a_huge_or_broken_png_is_told_of(
    tmp_path: Path, mode: str, size: tuple[int, int], length: int | None, told: str
) -> None:
    """The sentence names the file and the key."""
    (tmp_path / "a.png").write_bytes(png(mode, size)[:length])
    with pytest.raises(UsageError, match=f"kurum.toml: logo .*{told}.*a.png"):
        load_brand(written(tmp_path, logo='"a.png"'), "tr")


@pytest.mark.parametrize(
    ("name", "value"), [("unit", '"a\\u0001b"'), ("contact", '["x", "a\\u0000"]'), ("body", '"\\uFFFF"')]
)
def test_a_control_character_is_told_of(tmp_path: Path, name: str, value: str) -> None:
    """What no file can hold is named with its key and its number."""
    with pytest.raises(UsageError, match=rf"kurum.toml: {name} .*U\+(0001|0000|FFFF)"):
        load_brand(written(tmp_path, without="", encoding="utf-8", **{name: value}), "tr")
