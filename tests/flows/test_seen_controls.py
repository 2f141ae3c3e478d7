"""We see controls as people do: what is drawn, what it's called, where it is and whether it can be used."""

from __future__ import annotations

import re

import pytest

from flows import ControlError, TabView, portal_look
from flows.controls import find, find_all
from flows.look import ControlSpec
from flows.observation import Control
from tests.assistant.cases.drawn import BOXES, NAVS, ROLES, STATES, STYLE
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

HEAD = f"<style>{STYLE}</style>"
TOGGLE = portal_look().controls["consent_toggle"]
MENU = portal_look().controls["nes_menu"]
TILE = portal_look().controls["eonay_tile"]


def labelled(*labels: str) -> ControlSpec:
    """Return the description of something to press that has *labels*."""
    return ControlSpec("x", "press", labels, "", (), (), (), (), (), weighty=False)


def told(tab: TabView) -> list[tuple[str, str]]:
    """Return the role and text of each control."""
    return [(c.role, c.text) for c in tab.controls]


@pytest.mark.parametrize("shape", BOXES)
def test_a_drawn_box_is_its_hidden_input(stage: Stage, shape: str) -> None:
    """The drawn box, its words and its hidden input are one control. Pressing it ticks the input."""
    script = "<script>document.querySelector('[data-box]').addEventListener('click', () => { i.checked = !i.checked; });</script>"
    tab = stage.show(BOXES[shape].replace("TEXT", pages.GIVE) + script, head=HEAD)
    box = find(tab, TOGGLE)
    assert not box.checked
    assert stage.hand.tick(tab, box)
    assert find(stage.look(), TOGGLE).checked


@pytest.mark.parametrize("shape", ROLES)
def test_a_box_that_is_no_input_is_a_box(stage: Stage, shape: str) -> None:
    """We find switches, boxes and cards with only the role by their words, and they are on if they say so."""
    tab = stage.show(ROLES[shape].replace("TEXT", pages.GIVE), head=HEAD)
    assert not find(tab, TOGGLE).checked
    tab = stage.show(ROLES[shape].replace("TEXT", pages.GIVE).replace("false", "true"), head=HEAD)
    assert find(tab, TOGGLE).checked


def test_two_drawn_boxes_keep_their_own_words(stage: Stage) -> None:
    """The words of one row never go to the box of another row."""
    row = '<div class="row"><div class="gone"><input type="checkbox"></div><div class="box"></div><span>{}</span></div>'
    tab = stage.show(f"<form>{row.format('Bülten')}{row.format(pages.GIVE)}</form>", head=HEAD)
    assert [c.names for c in tab.controls] == [("Bülten",), (pages.GIVE,)]


def test_a_hidden_input_without_anything_drawn_is_no_control(stage: Stage) -> None:
    """If there is nothing to press, there is no control."""
    body = f'<div><div class="gone"><input type="checkbox"></div><span>{pages.GIVE}</span></div>'
    assert not stage.show(body, head=HEAD).controls


@pytest.mark.parametrize("role", ["tabpanel", "region", "grid", "dialog", "list"])
def test_a_panel_that_takes_the_focus_is_no_control(stage: Stage, role: str) -> None:
    """We read a panel with the same name as its tab, but never press it."""
    tab = stage.show(f"<div role='{role}' tabindex='0' aria-label='NES İşlemleri'><p>NES İşlemleri</p></div>")
    assert not tab.controls
    assert tab.whole_text == "NES İşlemleri"


def test_a_card_that_takes_the_focus_is_a_control(stage: Stage) -> None:
    """A block that can be focused, with a heading and a sentence, is a tile, even without a pointer cursor."""
    title, sentence = "E-Onay İşlemleri", pages.TILES["E-Onay İşlemleri"]
    assert find(stage.show(f"<div tabindex='0'><h3>{title}</h3><p>{sentence}</p></div><p>Son</p>"), TILE)


@pytest.mark.parametrize(
    "link", ["<a href='#'>tıklayınız</a>", "<a href='#'>Buraya tıklayınız.</a>", "<button>›</button>"]
)
def test_a_title_names_the_one_link_of_its_tile(stage: Stage, link: str) -> None:
    """A link that only says "tıklayınız" takes its tile's heading as its name, if it is the only control there."""
    tile = f"<div class='card'><h4>{{}}</h4><p>İşlemleriniz için {link}</p></div>"
    tab = stage.show(tile.format("Sertifika Listeleme") + tile.format("E-Onay İşlemleri"), head=HEAD)
    assert find(tab, TILE).title == "E-Onay İşlemleri"
    two = stage.show(f"<div class='card'><h4>E-Onay İşlemleri</h4><p>{link}</p><p>{link}</p></div>", head=HEAD)
    assert not find_all(two, TILE)


def test_a_dangerous_title_is_part_of_what_its_link_says(stage: Stage) -> None:
    """If a link goes by a title, the safety rule reads that title."""
    tab = stage.show("<div><h4>Sertifikamı İptal Et</h4><p><a href='#'>tıklayınız</a></p></div><p>Son</p>")
    with pytest.raises(Exception, match="forbidden_control"):
        stage.hand.press(tab, tab.controls[0])


@pytest.mark.parametrize("bar", NAVS)
def test_the_one_in_the_content_is_meant(stage: Stage, bar: str) -> None:
    """If it is in a menu, the header or the footer and once in the content, we mean the one in the content."""
    link = "<a href='{}'>NES İşlemleri</a>"
    around = NAVS[bar].replace("WANTED", link.format("#menu")).replace("<a>", "<a href='#'>")
    content = f"<main style='margin-left:240px'><h1>Hoş geldiniz</h1><p>{link.format('#main')}</p></main>"
    tab = stage.show(around + content)
    assert find(tab, MENU).href.endswith("#main")
    assert find(tab, MENU).part == "main"
    assert find(stage.show(around), MENU).href.endswith("#menu")


def test_two_in_the_content_are_ambiguous(stage: Stage) -> None:
    """Of two in the content we choose neither. The same goes for two in bars."""
    link = "<p><a href='#{}'>NES İşlemleri</a></p>"
    for body in (
        f"<main>{link.format('a')}{link.format('b')}</main>",
        f"<header>{link.format('a')}</header><footer>{link.format('b')}</footer>",
        f"<nav>{link.format('a')}</nav><main>{link.format('b')}{link.format('c')}</main>",
    ):
        with pytest.raises(ControlError, match="control_ambiguous"):
            find(stage.show(body), MENU)


@pytest.mark.parametrize("shape", STATES)
def test_what_cannot_be_used_now_is_never_found(stage: Stage, shape: str) -> None:
    """If it is disabled, busy or must be read first, the error says which."""
    tab = stage.show(STATES[shape].replace("LABEL", "NES İşlemleri"), head=HEAD)
    state = {"busy": "busy", "spinner": "busy", "progress": "busy", "unread": "locked"}.get(shape, "disabled")
    assert [c.state for c in find_all(tab, MENU)] == [state]
    with pytest.raises(ControlError, match=f"only a {state} one"):
        find(tab, MENU)


def test_a_text_that_was_read_locks_nothing(stage: Stage) -> None:
    """Once the text is scrolled to its end, a button that is still disabled is just disabled."""
    stage.show(STATES["unread"].replace("LABEL", "Devam"), head=HEAD)
    stage.page.evaluate("() => document.querySelector('div').scrollTo(0, 1000)")
    assert [c.state for c in stage.look().controls if c.role == "button"] == ["disabled"]


def test_a_page_switched_off_behind_a_dialog_keeps_its_controls(stage: Stage) -> None:
    """While a dialog is open, the whole page behind it is inert. That tells us nothing about its controls."""
    page = "<div inert><a href='#'>NES İşlemleri</a></div>"
    dialog = "<div role='dialog' aria-modal='true' style='position:fixed;inset:0;background:#fff8'><p>Duyuru</p></div>"
    assert find(stage.show(page + dialog), MENU)


def test_what_blinks_is_not_busy(stage: Stage) -> None:
    """An ornament that moves forever isn't a spinner."""
    assert find(stage.show("<button>NES İşlemleri <i class='bounce'>›</i></button>", head=HEAD), MENU)


def test_the_tab_that_is_open_leads_nowhere(stage: Stage) -> None:
    """The tab or link of the current page isn't a way on."""
    tab = stage.show(
        "<button role='tab' aria-selected='true'>NES İşlemleri</button><nav><a href='#' aria-current='page'>NES İşlemleri</a></nav>"
    )
    assert told(tab) == [("tab", "NES İşlemleri"), ("link", "NES İşlemleri")]
    assert not find_all(tab, MENU)


@pytest.mark.parametrize("cross", ["×", "✕"])
def test_a_cross_is_a_cross_and_nothing_else(stage: Stage, cross: str) -> None:
    """Without letters, a label must be that very sign or a name for closing. An empty one or a tick isn't."""
    body = """<button id='a'>✕</button><button id='b' aria-label='Kapat'><i></i>&nbsp;</button><button id='c'>✓</button>
<button id='d'>&nbsp;</button><span id='e' style='cursor:pointer;display:inline-block;width:40px;height:20px'></span><button id='f'>x</button>"""
    found: list[Control] = find_all(stage.show(body), labelled(cross))
    assert [c.id for c in found] == ["a", "b"]


def test_a_name_is_known_by_picture_or_title(stage: Stage) -> None:
    """An SVG's title, an image's alternative text and a tooltip all name a control."""
    body = """<a href='#1'><svg width='9' height='9'><title>NES İşlemleri</title></svg></a><a href='#2'><img alt='NES İşlemleri' width='9'
height='9'></a><a href='#3' title='NES İşlemleri'>›</a>"""
    assert [re.sub(".*#", "", c.href) for c in find_all(stage.show(body), MENU)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("painted", "is_it"), [("›", True), ("Detay", True), ("NES", True), ("Vazgeç", False), ("Mali Mühür", False)]
)
def test_a_name_must_agree_with_what_is_painted(stage: Stage, painted: str, *, is_it: bool) -> None:
    """A screen reader's name counts if the painted words say little or are part of it, but never if they disagree."""
    assert bool(find_all(stage.show(f"<button aria-label='NES İşlemleri'>{painted}</button>"), MENU)) is is_it


@pytest.mark.parametrize(
    "box",
    [
        "<div role='checkbox' aria-checked='false' tabindex='0'><div class='gone'><input type='checkbox'></div><div class='box'></div> {}</div>",
        "<x-box><template shadowrootmode='open'><style>i{{display:inline-block;width:18px;height:18px}}</style>"
        "<div><input type='checkbox' hidden><i></i></div><slot></slot></template>{}</x-box>",
        "<x-box role='switch' aria-checked='false' tabindex='0'><template shadowrootmode='open'><div><input type='checkbox' hidden>"
        "<i style='display:inline-block;width:18px;height:18px'></i></div><slot></slot></template>{}</x-box>",
    ],
)
def test_a_box_and_its_input_are_one(stage: Stage, box: str) -> None:
    """A component with a hidden input, in a shadow tree or not, is one box with its words."""
    tab = stage.show(box.format(pages.GIVE), head=HEAD)
    assert find(tab, TOGGLE)
    assert len(tab.controls) == 1


def test_a_slotted_tile_is_one_control(stage: Stage) -> None:
    """A tile takes its name from the words slotted into it."""
    tile = """<x-tile role='link' tabindex='0'><template shadowrootmode='open'><div><slot name='t'></slot><slot></slot></div></template>
<h3 slot='t'>E-Onay İşlemleri</h3><p>Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.</p></x-tile>"""
    assert find(stage.show(tile), TILE).role == "link"
