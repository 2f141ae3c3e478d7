"""We read words where a person sees them, and nowhere else."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from flows import portal_look
from flows.code import read_code
from tests.assistant.cases.hidden import SEEN, STYLE, WAYS
from tests.flows import pages
from tests.flows.conftest import Stage
from tests.sampling import sampled

pytestmark = pytest.mark.looks_only

HEAD = f"<style>{STYLE}</style>"
SIGNS = b64encode(Path(__file__).with_name("signs.ttf").read_bytes()).decode()
SIGN_HEAD = (
    f"<style>@font-face{{font-family:Signs;src:url(data:font/ttf;base64,{SIGNS})}}"
    ".sign{font-family:Signs;font-size:24px;line-height:1}</style>"
)


CODE_WAYS = sorted(set(WAYS) - {"under a cell"})


@pytest.mark.parametrize("way", WAYS)
def test_what_is_out_of_sight_is_not_read(stage: Stage, way: str) -> None:
    """Words moved away, cut off, see-through, turned away or covered are not the page's words."""
    body = WAYS[way].replace("PART", "<p>Gizli bir söz</p>")
    tab = stage.show(f"<h1>Başlık</h1>{body}<p>Son</p>", head=HEAD)
    assert "Gizli" not in tab.text
    assert tab.text.startswith("Başlık")
    assert tab.text.endswith("Son")


@pytest.mark.parametrize("way", SEEN)
def test_what_is_in_sight_is_read(stage: Stage, way: str) -> None:
    """We read words in slots, in parts without a box, over a picture, further down or written by a style sheet."""
    tab = stage.show(f"<h1>Başlık</h1>{SEEN[way].replace('TEXT', 'Açık bir söz')}", head=HEAD)
    assert "Açık bir söz" in tab.text


@pytest.mark.parametrize("way", sampled(CODE_WAYS, every_run=CODE_WAYS[::5]))
def test_a_code_out_of_sight_is_no_code(stage: Stage, way: str) -> None:
    """We read the code with the same eyes as every other word."""
    hidden = WAYS[way].replace("PART", "<p>Doğrulama Kodu</p><p>111112222233333</p>")
    tab = stage.show(f"{hidden}{pages.SIGNING}", head=HEAD)
    code = read_code(tab, portal_look().code)
    assert code is not None
    assert (code.value, code.remaining_s) == ("968121968799342", 286)


def test_a_code_that_the_style_sheet_says_is_read(stage: Stage) -> None:
    """A person copies the digits they see, whatever draws them."""
    head = "<style>#c::after{content:attr(data-c)}</style>"
    tab = stage.show("<p>Doğrulama Kodu</p><p id='c' data-c='968121968799342'></p>", head=head)
    code = read_code(tab, portal_look().code)
    assert code is not None
    assert code.value == "968121968799342"


@pytest.mark.parametrize(
    ("style", "is_read"),
    [
        ("content:'Onayımı kaldırmak istiyorum.'", True),
        ("content:'Onayımı ' attr(data-x) ' istiyorum.'", True),
        ("content:'→'", False),
        ("content:'\\e5cd'", False),
        ("content:'Onayımı kaldırmak istiyorum.';display:none", False),
        ("content:'Onayımı kaldırmak istiyorum.';font-size:0", False),
        ("content:'Onayımı kaldırmak istiyorum.';position:absolute;left:-9999px", False),
        ("content:'' / 'Onayımı kaldırmak istiyorum.'", False),
        ("content:'check';font-family:Icons", False),
    ],
)
def test_the_style_sheet_says_words_and_draws_signs(stage: Stage, style: str, *, is_read: bool) -> None:
    """Generated words count if you can read them. Arrows, icons and texts for screen readers don't."""
    tab = stage.show("<p data-x='kaldırmak'>Bilgi</p>", head=f"<style>p::after{{{style}}}</style>")
    assert (tab.text != "Bilgi") is is_read


def test_signs_of_a_font_are_no_words(stage: Stage) -> None:
    """If a font draws a word as one sign, we don't read it. In a normal font we do."""
    body = "<p><i class='sign'>chevron_right</i> Devam <i class='sign'>fill</i></p><p>close fill</p><p><code>close</code></p>"
    stage.show(f"<button><i class='sign'>close</i></button>{body}", head=SIGN_HEAD)
    stage.page.evaluate("() => document.fonts.load('24px Signs')")
    tab = stage.look()
    assert tab.text.splitlines() == ["Devam", "close fill", "close"]
    assert tab.controls[0].text == ""
    assert tab.controls[0].names == ("close",)


def test_words_in_a_drawing_are_read(stage: Stage) -> None:
    """Text in an SVG is text of the page. Its title for screen readers isn't."""
    tab = stage.show("<svg width='300' height='40'><title>Simge</title><text y='20'>Hoş geldiniz</text></svg>")
    assert tab.text == "Hoş geldiniz"


@pytest.mark.parametrize("overflow", ["hidden", "clip"])
def test_a_page_that_does_not_scroll_ends_at_its_edge(stage: Stage, overflow: str) -> None:
    """What lies to the right is out of sight if the page can't scroll there. If it can, we see it."""
    body = "<p>Burada</p><p style='position:absolute;left:1500px'>Ötede</p>"
    assert "Ötede" in stage.show(body).text
    assert "Ötede" not in stage.show(body, head=f"<style>body{{overflow-x:{overflow}}}</style>").text


def test_a_locked_page_under_a_dialog_is_still_read(stage: Stage) -> None:
    """While a dialog blocks scrolling, we still read what is further down, because it comes back afterwards."""
    far = "<div style='height:1500px'></div><p>Aşağıda</p>"
    head = "<style>body{overflow:hidden}</style>"
    layer = "<div style='position:fixed;inset:0;background:#0008'><p>Duyuru</p></div>"
    assert "Aşağıda" in stage.show(far + layer, head=head).text
    assert "Aşağıda" not in stage.show(far, head=head).text


def test_a_bar_over_a_scrolled_text_hides_nothing(stage: Stage) -> None:
    """Words under a fixed bar are in sight if you can scroll them out."""
    bar = "<div style='position:fixed;top:0;left:0;right:0;height:80px;background:#fff'>Kamu SM</div>"
    assert "Altta" in stage.show(f"<p>Altta</p><div style='height:2000px'></div>{bar}").text


def test_a_box_with_a_bar_of_its_own_is_scrolled(stage: Stage) -> None:
    """Some pages draw their own scroll bar. You can reach what is further down in such a box."""
    body = """<div style='height:100px;overflow:hidden;position:relative'><div style='height:400px'></div><p>Aşağıda</p>BAR</div>"""
    bar = "<div style='position:absolute;top:0;right:0;width:12px;height:100px;background:#888'></div>"
    assert "Aşağıda" in stage.show(body.replace("BAR", bar)).text
    assert "Aşağıda" not in stage.show(body.replace("BAR", "")).text
