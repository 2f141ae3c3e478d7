"""The branding file: the example holds, and every mistake is named with what would be right."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from assistant.errors import UsageError
from assistant.guide.brand import example_brand, example_text, load_brand
from assistant.guide.model import plain

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
    """What stands in the file stands in the brand; one text does for a list, and a day may be written as people do."""
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
        ({"encoding": "utf-16"}, "UTF-8 kaydedilmemiş"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    """A wrong file is told of with its name and the remedy, in one sentence."""
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
        ("a.svg", b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_logo_of_the_wrong_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """The content counts, not the name; a drawing with entities is none."""
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
