"""Pointing: we catch the next press before the page hears any of it, and report which control it hit."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page

from flows.additions import Addition
from flows.observation import Control
from flows.observer import Observer
from tests.flows.conftest import Stage
from tests.sampling import sampled

HEARS = """<script>
  window.heard = [];
  for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu',
    'keydown', 'touchstart', 'submit'])
    window.addEventListener(name, (event) => heard.push(name), true);
</script>"""
PAGE = f"""{HEARS}<h1>Bölümler</h1><form action="/gitti"><button id="b">İmza Köşesi</button></form>
<a id="a" href="/x"><b>Duyurular</b></a><button id="off" disabled>Kapalı</button><p id="p">Yalnız yazı</p>"""


def _pointed(stage: Stage, page: Page) -> tuple[bool, Control | None]:
    page.evaluate("() => new Promise((soon) => setTimeout(soon))")  # the bell has had its turn
    return stage.observer.pointed_at(stage.observer.observe().tabs[-1])


POINTED = {"#b": "İmza Köşesi", "#a b": "Duyurular", "#off": "Kapalı", "#p": None}


@pytest.mark.parametrize(
    ("selector", "button"),
    sampled(
        product(POINTED, ["left", "middle", "right"]),
        every_run=[("#b", "left"), ("#a b", "middle"), ("#off", "left"), ("#p", "right")],
    ),
)
def test_a_press_is_caught_and_its_page_hears_nothing(stage: Stage, selector: str, button: str) -> None:
    """Whatever is pressed, with any button: no listener of the page runs, nothing opens, and we name the control."""
    tab = stage.show(PAGE)
    stage.observer.point(tab)
    box = stage.page.locator(selector).bounding_box()
    assert box is not None
    stage.page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2, button=button)  # type: ignore[arg-type]
    was_caught, control = _pointed(stage, stage.page)
    assert was_caught
    assert (control.text if control is not None else None) == POINTED[selector]
    assert stage.page.evaluate("heard") == []
    assert len(stage.page.context.pages) == 1
    assert "gitti" not in stage.page.url


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_keyboard_points_too(stage: Stage, key: str) -> None:
    """We catch Enter and the space bar on the focused element in the same way. Other keys go through."""
    tab = stage.show(PAGE)
    stage.page.locator("#b").focus()
    stage.observer.point(tab)
    stage.page.keyboard.press("Tab")
    stage.page.keyboard.press("Shift+Tab")
    assert _pointed(stage, stage.page) == (False, None)
    stage.page.keyboard.press(key)
    _, control = _pointed(stage, stage.page)
    assert control is not None
    assert control.text == "İmza Köşesi"
    assert stage.page.evaluate("heard") == ["keydown"] * 3  # Tab, Shift and Tab aren't presses


@pytest.mark.parametrize("times", [2, 3])
def test_who_presses_twice_out_of_habit_means_one_press(stage: Stage, times: int) -> None:
    """We catch the whole double click, and a key that is pressed again or held. The page hears none of it."""
    tab = stage.show(PAGE)
    stage.observer.point(tab)
    stage.page.locator("#b").click(click_count=times)
    was_caught, control = _pointed(stage, stage.page)
    assert was_caught
    assert control is not None
    assert control.text == "İmza Köşesi"
    stage.observer.point(tab, on=False)  # as the caller does once it has seen the press
    stage.page.locator("#b").focus()
    for _ in range(times):
        stage.page.keyboard.press("Enter")
    assert stage.page.evaluate("heard") == []
    assert "gitti" not in stage.page.url


def test_a_finger_points_too(stage: Stage) -> None:
    """The page doesn't hear a touch either, even if it only listens for touches."""
    tab = stage.show(PAGE)
    stage.observer.point(tab)
    session = stage.page.context.new_cdp_session(stage.page)
    box = stage.page.locator("#b").bounding_box()
    assert box is not None
    session.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": box["x"] + 4, "y": box["y"] + 4}]}
    )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    was_caught, _ = _pointed(stage, stage.page)
    assert was_caught
    assert stage.page.evaluate("heard") == []


def test_only_one_press_is_caught(stage: Stage) -> None:
    """The page gets the next press again. If pointing is taken back, it gets the first one too."""
    tab = stage.show(PAGE)
    stage.observer.point(tab)
    stage.page.locator("#p").click()
    stage.page.wait_for_function(
        "until => performance.now() > until", arg=stage.page.evaluate("performance.now()") + 800
    )
    stage.page.locator("#p").click()
    assert "click" in stage.page.evaluate("heard")
    stage.observer.point(tab)
    stage.observer.point(tab, on=False)
    stage.page.evaluate("heard.length = 0")
    stage.page.locator("#p").click()
    assert "click" in stage.page.evaluate("heard")
    assert _pointed(stage, stage.page) == (False, None)


def test_a_page_cannot_point(stage: Stage) -> None:
    """An event made by a script isn't anyone's finger."""
    tab = stage.show(PAGE)
    stage.observer.point(tab)
    stage.page.evaluate(
        """() => { const el = document.querySelector('#p');
          for (const name of ['pointerdown', 'pointerup', 'click']) el.dispatchEvent(new PointerEvent(name, { bubbles: true }));
          el.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); }"""
    )
    assert _pointed(stage, stage.page) == (False, None)


def test_a_frame_within_the_page_is_pointed_into(stage: Stage) -> None:
    """We catch a press on a control in a frame of the portal and name the control with its frame."""
    stage.put(f"{HEARS}<a href='/y'>İmza Köşesi</a>", path="/ic")
    tab = stage.show(f"{HEARS}<p>Bölümler</p><iframe src='/ic' width='300' height='100'></iframe>")
    stage.page.frames[-1].locator("a").wait_for()
    tab = stage.look()
    stage.observer.point(tab)
    stage.page.frames[-1].locator("a").click()
    was_caught, control = _pointed(stage, stage.page)
    assert was_caught
    assert control is not None
    assert (control.frame, control.text) == (1, "İmza Köşesi")
    assert stage.page.frames[-1].evaluate("heard") == []


def test_the_hands_own_press_is_never_caught(stage: Stage) -> None:
    """Arming a press ends the pointing, so the assistant's own press reaches the page."""
    tab = stage.show(f"{HEARS}<a href='#' id='a'>Ana Sayfa</a>")
    stage.observer.point(tab)
    home = next(control for control in stage.look().controls if control.text == "Ana Sayfa")
    assert stage.hand.press(stage.look(), home)
    assert "click" in stage.page.evaluate("heard")


def test_added_words_are_used_from_then_on(stage: Stage) -> None:
    """The observer's rule has the added words and keeps its hosts."""
    observer: Observer = stage.observer
    before = observer.rule
    observer.add_words([Addition("nes_menu", "İmza Köşesi")])
    assert "İmza Köşesi" in observer.rule.look.controls["nes_menu"].also
    assert (observer.rule.entry, observer.rule.loopback) == (before.entry, before.loopback)
