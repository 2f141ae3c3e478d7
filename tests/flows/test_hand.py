"""A press that didn't hit doesn't count as a press."""

from __future__ import annotations

from itertools import product

import pytest

from flows import ControlError, PageChanged, portal_look
from flows.controls import find
from tests.flows.conftest import Stage
from tests.sampling import sampled

RESTLESS = """<main></main><script>
window.pressed = 0;
const draw = () => {
  document.querySelector('main').innerHTML = '<a href="#" onclick="pressed += 1">Ana Sayfa</a>';
  if (!window.calm) requestAnimationFrame(draw);
};
addEventListener('mousemove', () => window.calm || draw());
draw();
</script>"""


def test_a_control_drawn_anew_under_the_mouse_was_not_pressed(stage: Stage) -> None:
    """If the page keeps redrawing itself, a press that missed says so. Once the page is calm, the press hits."""
    home = portal_look().controls["portal_home"]
    tab = stage.show(RESTLESS)
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, home))
    assert stage.page.evaluate("pressed") == 0
    stage.page.evaluate("() => { calm = true; return new Promise(drawn => requestAnimationFrame(() => drawn())); }")
    tab = stage.look()
    assert stage.hand.press(tab, find(tab, home))
    assert stage.page.evaluate("pressed") == 1


def _home_that(on_move: str) -> str:
    """Return a page whose way home does *on_move* when the mouse moves over it, just before it is pressed."""
    return f"""<main><a href="#" onclick="pressed += 1" onmousemove="{on_move}">Ana Sayfa</a></main>
<script>window.pressed = 0</script>"""


CHANGES = {
    "words": "this.textContent = 'Sertifikamı İptal Et'",
    "address": "this.href = '/iptal'",
    "effect": "this.id = 'iptal'",
    "another-within": "this.insertAdjacentHTML('afterbegin', '<b role=button>Web Parola Değiştirme</b>')",
    "layer": "this.insertAdjacentHTML('beforebegin', '<div style=position:fixed;inset:0 onclick=pressed++></div>')",
    "another": "this.replaceWith(this.cloneNode(true))",
}


@pytest.mark.parametrize(
    ("change", "framed"),
    sampled(
        product(CHANGES, [False, True]),
        every_run=[("words", False), ("another", False), ("layer", True), ("address", True)],
    ),
)
def test_what_changes_under_the_mouse_is_not_pressed(stage: Stage, change: str, framed: bool) -> None:
    """A press hits exactly the control we checked, or nothing at all."""
    on_move = CHANGES[change]
    home = portal_look().controls["portal_home"]
    if framed:
        stage.put(_home_that(on_move), path="/ic")
    tab = stage.show("<iframe src=/ic></iframe>" if framed else _home_that(on_move))
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, home))
    assert stage.page.frames[-1].evaluate("pressed") == 0


def test_a_person_can_press_after_a_press_that_met_nothing(stage: Stage) -> None:
    """The guard that held a press back lets the next one through."""
    tab = stage.show(_home_that("this.textContent = 'Geri'; this.removeAttribute('onmousemove')"))
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, portal_look().controls["portal_home"]))
    stage.page.get_by_text("Geri").click()
    assert stage.page.evaluate("pressed") == 1


@pytest.mark.parametrize(
    "where",
    [
        "<div style='height:4000px'></div><a href=# onclick='pressed += 1'>Ana Sayfa</a>",
        "<p style='width:3em'>Buradan <a href=# onclick='pressed += 1'>Ana Sayfa</a></p>",
        "<div onclick='pressed += 1' tabindex=0>Ana Sayfa<a href=# style='display:block'>&nbsp;</a></div>",
        "<div id=host></div><script>host.attachShadow({mode: 'open'}).innerHTML ="
        "'<a href=# onclick=pressed++>Ana Sayfa</a>'</script>",
        "<ks-link id=host>Ana Sayfa</ks-link><script>host.attachShadow({mode: 'open'}).innerHTML ="
        "'<a href=# onclick=pressed++><slot></slot></a>'</script>",
        "<a href=# onclick='pressed += 1' style='display:inline-block;transform:rotate(30deg)'>Ana Sayfa</a>",
        "<a href=# onclick='pressed += 1' style='display:inline-block;animation: in .3s'>Ana Sayfa</a>"
        "<style>@keyframes in { from { margin-left: 400px } }</style>",
        "<a href=# onclick='pressed += 1' onmousemove='this.title = 1'>Ana Sayfa</a>",
    ],
    ids=["below", "wrapped", "around-another", "shadow", "slotted", "turned", "moving-in", "title-on-hover"],
)
def test_a_control_is_pressed_once_wherever_it_is(stage: Stage, where: str) -> None:
    """Out of sight, on two lines, around another control, in a shadow tree, turned, sliding in: we press once."""
    tab = stage.show(f"<script>window.pressed = 0</script>{where}")
    for _ in range(2):  # if hovering changes the page, we look again
        try:
            assert stage.hand.press(tab, find(tab, portal_look().controls["portal_home"]))
            break
        except PageChanged:
            tab = stage.look()
    assert stage.page.evaluate("pressed") == 1


TANGLED = {
    "link-over-it": "<a href=# style='position:absolute;inset:0' onclick='touched()'></a>",
    "button-over-it": "<button style='position:absolute;inset:0;opacity:0' onclick='touched()'></button>",
    "label-over-it": "<label style='position:absolute;inset:0'><input type=checkbox hidden onchange='touched()'></label>",
    "role-over-it": "<i role=button style='position:absolute;inset:0' onclick='touched()'></i>",
}
CONTROL = "<div onclick='pressed += 1' tabindex=0 style='position:relative;width:200px'>Ana Sayfa{}</div>"
AROUND = [
    "<a href=# onclick='touched()'>{}</a>",
    "<label><input type=checkbox onchange='touched()'>{}</label>",
    "<form onsubmit='touched();return false'><button>{}</button></form>",
    "<details><summary onclick='touched()'>{}</summary></details>",
]


@pytest.mark.parametrize(
    "body",
    [*(CONTROL.format(inner) for inner in TANGLED.values()), *(outer.format(CONTROL.format("")) for outer in AROUND)],
)
@pytest.mark.looks_only
def test_a_control_that_is_tangled_up_with_another_is_not_pressed(stage: Stage, body: str) -> None:
    """If another link, label or button lies over all of it or around it, a press would hit that one too."""
    count = "<script>window.pressed = 0; window.wrong = 0; const touched = () => { wrong += 1 }</script>"
    tab = stage.show(f"{count}{body}")
    home = next(c for c in tab.controls if "Ana Sayfa" in c.text and c.role == "generic")
    with pytest.raises(ControlError, match="control_tangled"):
        stage.hand.press(tab, home)
    assert stage.page.evaluate("[pressed, wrong]") == [0, 0]


@pytest.mark.parametrize("framed", [False, True])
def test_the_free_part_of_a_control_is_pressed(stage: Stage, framed: bool) -> None:
    """A small control in the middle of a tile leaves room to press the tile itself."""
    body = (
        "<script>window.pressed = 0; window.wrong = 0</script><div onclick='pressed += 1' tabindex=0 "
        "style='position:relative;width:300px;height:60px'>Ana Sayfa<a href=# onclick='event.stopPropagation();wrong += 1' "
        "style='position:absolute;left:120px;top:0;width:60px;height:60px'></a></div>"
    )
    if framed:
        stage.put(body, path="/ic")
    tab = stage.show("<iframe src=/ic></iframe>" if framed else body)
    assert stage.hand.press(tab, next(c for c in tab.controls if c.text == "Ana Sayfa"))
    assert stage.page.frames[-1].evaluate("[pressed, wrong]") == [1, 0]


def test_a_hint_that_the_mouse_keeps_open_makes_way(stage: Stage) -> None:
    """If something shows only because the mouse rests nearby, we don't wait for it as for a layer."""
    stage.show(
        "<style>#hint{display:none;position:absolute;top:30px;left:0;width:300px;height:80px;background:#ffd} "
        "#top:hover #hint{display:block}</style><div id=top style='position:absolute;top:0;left:0;height:30px;width:300px'>"
        "Yardım<div id=hint>Ana sayfaya buradan dönülür.</div></div><div style='height:60px'></div>"
        "<a href=# onclick='pressed += 1'>Ana Sayfa</a><script>window.pressed = 0</script>"
    )
    stage.page.mouse.move(20, 10)
    tab = stage.look()
    assert "buradan" in tab.text
    assert stage.hand.press(tab, find(tab, portal_look().controls["portal_home"]))
    assert stage.page.evaluate("pressed") == 1
