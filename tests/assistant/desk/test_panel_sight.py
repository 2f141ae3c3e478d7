"""What is in sight on the panel: the PIN field when it is needed, on small screens, and with the system's own colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from assistant.base.words import words
from assistant.desk.panel import Panel
from tests.assistant.desk.samples import samples

_COLOURS = """all => all.map((button) => {
  const style = getComputedStyle(button);
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map((c) => (c / 255 <= .03928 ? c / 3294.6 : ((c / 255 + .055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);
  const page = getComputedStyle(document.body).backgroundColor;
  return { text: contrast(style.color, style.backgroundColor), edge: contrast(style.borderTopColor, page),
    place: contrast(style.backgroundColor, page), width: parseFloat(style.borderTopWidth),
    leads: button.classList.contains('yes') };
})"""
"""Of each button: contrasts by WCAG 2.2, the width of its edge in CSS pixels, and whether it is the one to press."""


def _edges(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def _is_in_sight(page: Page, selector: str) -> bool:
    """Whether all of it is between the countdown above and the footer below."""
    top, bottom = _edges(page.locator(selector))
    return _edges(page.locator("#code"))[1] <= top and bottom <= _edges(page.locator("footer"))[0]


@pytest.mark.parametrize(("width", "height"), [(320, 600), (340, 560), (460, 700), (500, 900)])
def test_the_pin_is_in_sight_and_ready_when_it_is_asked_for(panel: Panel, width: int, height: int) -> None:
    """The field has the focus, and it, the press that signs, what signs and the text's end are in sight at once."""
    panel.page.set_viewport_size({"width": width, "height": height})
    panel.show(samples(words("desk"))["hand-off"])
    panel.show(samples(words("desk"))["sign"])
    assert panel.page.evaluate("document.activeElement.id") == "pin"
    for selector in ("#pin", "#prompt button.yes", "#prompt li.chosen"):
        assert _is_in_sight(panel.page, selector), selector
    assert _edges(panel.page.locator("#prompt pre"))[1] > _edges(panel.page.locator("#code"))[1] + 40
    order = panel.page.locator("#prompt :is(pre, li, input, button)").evaluate_all("all => all.map(e => e.localName)")
    assert order == ["pre", "li", "input", "button", "button", "li", "li"], "what cannot sign comes last"


def test_stopping_leaves_what_is_read_in_sight(panel: Panel) -> None:
    """Pressing Durdur and then going on leads back to the same question."""
    panel.page.set_viewport_size({"width": 320, "height": 600})
    panel.show(samples(words("desk"))["login"])
    panel.show(samples(words("desk"))["sign"])
    scrolled = "document.querySelector('main').scrollTop"
    before = panel.page.evaluate(scrolled)
    assert before > 0
    for name in ("Durdur", "Hayır, sürdür"):
        box = panel.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        panel.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert panel.page.evaluate(scrolled) == before
    assert panel.page.get_by_role("button", name="Durdur", exact=True).evaluate(
        "stop => stop === document.activeElement"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_the_systems_own_colours_buttons_are_seen(panel: Panel, scheme: str) -> None:
    """With forced colours each button has an edge and legible words, and the one to press stands out until pressed."""
    page = panel.page
    page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    for name, view in samples(words("desk")).items():
        panel.show(view)
        for seen in page.locator("button:visible").evaluate_all(_COLOURS):
            assert seen["text"] >= 4.5, (name, seen)
            assert seen["edge"] >= 3, (name, seen)
            assert seen["width"] >= 2, (name, seen)
            if seen["leads"]:
                assert seen["place"] >= 3, (name, seen)
    panel.show(samples(words("desk"))["consent"])
    page.locator("#question button.yes").click()
    (pressed,) = page.locator("#question button.yes").evaluate_all(_COLOURS)
    assert pressed["place"] == 1
    page.emulate_media(forced_colors="none", color_scheme="light")
