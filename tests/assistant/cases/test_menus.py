"""A menu that stays open over the wanted control is left the way a person leaves it, choosing nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import Expectation, run_page
from tests.assistant.cases.variants import PATIENT, page, tiles
from tests.sampling import sampled

_LINKS = "".join(
    f"<li><a href='#' onclick='log(`wrong-way`);return false'>{way}</a></li>"
    for way in ("Başvurularım", "Sertifikalarım", "Web Parola Değiştirme")
)
_HOME = "<h1>Online İşlemler</h1><a href='#' onclick='go();return false'>NES İşlemleri</a>"
_OVER = "position:absolute;left:0;top:0;width:300px;height:200px;background:#fff;margin:0"
_ESCAPE = "addEventListener('keydown', (event) => { if (event.key === 'Escape') { log('left'); menu.remove(); } });"
_HOVERED = f"""<style>#menu{{{_OVER};top:60px;width:100%;height:600px;display:none}} #top:hover #menu{{display:block}}
</style><div id=top><a href='#' onclick='go();return false'>NES İşlemleri</a>
<ul id=menu>{_LINKS}</ul></div><main><h1>Online İşlemler</h1></main>"""
_THEN_TILES = f"""step = () => {{
  document.querySelector('main').innerHTML = `{tiles()}`;
  step = end;
}};"""
MENUS = {
    "dropdown": (f"{_HOME}<ul id=menu role=menu style='{_OVER}'>{_LINKS}</ul>", _ESCAPE, {"go": 1, "left": 1}),
    "under a bare scrim": (
        f"{_HOME}<div id=menu><div style='position:fixed;inset:0'></div><ul style='{_OVER};z-index:2'>{_LINKS}</ul></div>",
        _ESCAPE,
        {"go": 1, "left": 1},
    ),
    "popover": (
        f"{_HOME}<ul id=menu popover style='{_OVER};inset:0 auto auto 0'>{_LINKS}</ul>",
        "menu.showPopover()",
        {"go": 1},
    ),
    "under the mouse": (_HOVERED, _THEN_TILES, {"go": 2}),
}


@pytest.mark.parametrize("name", sampled(MENUS, every_run=["under a bare scrim", "under the mouse"]))
def test_an_open_menu_does_not_stop_a_run(browser: Browser, name: str) -> None:
    """Whether a press, a key or a hovering mouse opened it, it makes way for what is underneath."""
    body, script, counts = MENUS[name]
    ended = run_page(page("Ana Sayfa", body, script=script), browser, PATIENT)
    assert ended.differences(Expectation(("already_consented",), counts)) == []
