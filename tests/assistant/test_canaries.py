"""The search for what must not leak finds it, in every shape and in whatever it is packed."""

from __future__ import annotations

import gzip
import io
import zlib
from base64 import b64encode
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
import typst
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import fixtures
from tests.assistant.canaries import laid_open, left_in, secrets_of, shapes, spellings

NUMBER = "10000000146"


def found(content: bytes, secret: str = NUMBER) -> bool:
    """Whether *secret* is found in *content*, or in what is packed there."""
    return any(left_in(part, secret) for part in laid_open(content))


def picture(*, packed: bool = False, international: bool = False) -> bytes:
    """Return a picture that says the number next to its pixels."""
    info = PngInfo()
    if international:
        info.add_itxt("Title", f"Kimlik {NUMBER}", zip=packed)
    else:
        info.add_text("Comment", f"Kimlik {NUMBER}", zip=packed)
    made = io.BytesIO()
    Image.new("RGB", (2, 2)).save(made, "PNG", pnginfo=info)
    return made.getvalue()


def archive(name: str, content: bytes) -> bytes:
    """Return an archive with one file."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return made.getvalue()


def sheet() -> bytes:
    """Return a set page that says the number in glyphs alone."""
    words = f"#pdf.artifact[Kimlik {NUMBER}]".encode()
    made: bytes = typst.compile(words, format="pdf", ignore_system_fonts=True)
    return made


def by_ranges() -> bytes:
    """Return a page whose font says by ranges which code is which digit: 0x21 is 0, and so on; 0x41 is 1 again."""
    paper = pikepdf.new()
    page = paper.add_blank_page()
    told = b"1 beginbfrange <21> <2a> <0030> endbfrange 1 beginbfrange <41> <42> [<0031> <0032>] endbfrange"
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, ToUnicode=pikepdf.Stream(paper, told))
    codes = bytes(0x21 + int(digit) for digit in NUMBER).replace(b"\x22", b"\x41")
    inside = pikepdf.Stream(
        paper, b"BT /F 9 Tf [<%b> 20 <%b>] TJ ET" % (codes[:4].hex().encode(), codes[4:].hex().encode())
    )
    inside.Subtype = pikepdf.Name.Form
    inside.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pikepdf.Stream(paper, b"/X Do")
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inside))
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


PACKED = {
    "a picture's text": picture(),
    "a picture's packed text": picture(packed=True),
    "a picture's international text": picture(international=True),
    "a picture's packed international text": picture(packed=True, international=True),
    "behind a picture": picture().replace(NUMBER.encode(), b"0" * len(NUMBER)) + NUMBER.encode(),
    "a picture in a page": b'<img src="data:image/png;base64,' + b64encode(picture(packed=True)) + b'">',
    "after a picture in a page": b"url(data:image/png;base64,"
    + b64encode(picture(packed=True)[:90])
    + b")"
    + NUMBER.encode(),
    "an archive": archive("a.txt", NUMBER.encode()),
    "a name in an archive": archive(f"{NUMBER}.txt", b""),
    "an archive in an archive": archive("a.zip", archive("a.txt", b"x" * 100 + NUMBER.encode())),
    "packed": gzip.compress(b"x" * 100 + NUMBER.encode()),
    "a PDF's text in hex": b"%PDF-1.7\n<</ActualText<FEFF" + NUMBER.encode("utf-16-be").hex().encode() + b">>>\n",
    "a PDF's glyphs": sheet(),
    "a PDF's glyphs by ranges, in a form": by_ranges(),
    "a PDF": b"%PDF-1.7\n1 0 obj <<>>\nstream\n" + zlib.compress(NUMBER.encode()) + b"\nendstream\n",
}


@pytest.mark.parametrize("kind", PACKED)
def test_what_is_packed_is_searched(kind: str) -> None:
    """A number in an archive, in the texts of a picture or behind it, or in a PDF is found."""
    assert found(PACKED[kind])
    assert not found(PACKED[kind], "10000000147")


@pytest.mark.parametrize("key", fixtures.people())
def test_every_secret_is_found_in_every_shape(key: str) -> None:
    """Whatever people have, long or short, with signs or Turkish letters, is found coded, wide, and letter by letter."""
    for secret in secrets_of(fixtures.people()[key]):
        for shape in (*shapes(secret).values(), " ".join(secret).encode(), "-".join(secret).encode()):
            assert left_in(b"a " + shape + b" z", secret), (secret, shape)
        assert left_in(f"a {secret[:3]}\r\n {secret[3:]}".encode(), secret), "as calendars fold their lines"


def test_a_name_is_found_however_it_is_written() -> None:
    """Capitals by Turkish rules, plain letters and the surname first are the same person."""
    written = spellings("ZEYNEP ŞAHİN")
    assert written >= {"zeynep şahin", "Zeynep Şahin", "ZEYNEP SAHIN", "ŞAHİN, ZEYNEP"}
    assert spellings("IŞIK İNCE") >= {"ışık ince", "Işık İnce"}


def test_a_picture_in_a_page_is_no_code() -> None:
    """What a picture's base64 looks like by chance is not searched, but what the picture says is."""
    coded = b"iVBORw0K444444444444442KFqCO"
    page = b'<img src="data:image/png;base64,' + coded + b'">'
    assert [part for part in laid_open(page) if b"444444444444442" in part] == []
    assert [part for part in laid_open(page.replace(b";base64", b"")) if b"444444444444442" in part]
