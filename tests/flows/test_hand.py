"""What was not pressed does not count as pressed."""

from __future__ import annotations

import pytest

from flows import PageChanged, portal_look
from flows.controls import find
from tests.flows.conftest import Stage

RESTLESS = """<main></main><script>
window.pressed = 0;
const draw = () => {
  document.querySelector('main').innerHTML = '<a href="#" onclick="pressed += 1">Ana Sayfa</a>';
  if (!window.calm) requestAnimationFrame(draw);
};
draw();
</script>"""


def test_a_control_drawn_anew_under_the_mouse_was_not_pressed(stage: Stage) -> None:
    """On a page that keeps drawing itself anew a press that did not land says so, and lands once the page is calm."""
    home = portal_look().controls["portal_home"]
    tab = stage.show(RESTLESS)
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, home))
    assert stage.page.evaluate("pressed") == 0
    stage.page.evaluate("() => { calm = true; return new Promise(drawn => requestAnimationFrame(() => drawn())); }")
    tab = stage.look()
    assert stage.hand.press(tab, find(tab, home))
    assert stage.page.evaluate("pressed") == 1
