"""Slips of the hand at the panel: a click too many, a key held too long, a button that moves under the pointer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from playwright.sync_api import Browser, Error

from assistant.base.words import words
from assistant.desk.panel import Panel, open_panel
from tests.assistant.desk.samples import samples

_REDRAWN_AT_EACH_PRESS = """view => {
  let turn = 0;
  document.addEventListener('click', (event) => {
    if (!event.target.closest('#advice button')) return;
    turn += 1;
    eonayShow({ ...view, advice: { ...view.advice, title: `${turn}` } });
  });
}"""
_PRESSED_KEY = """(repeat) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key: 'Enter', repeat, bubbles: true, cancelable: true }))"""


def test_a_double_click_gives_one_answer(panel: Panel) -> None:
    """Also where the first click brings another question into the same place: its second click answers nothing."""
    view = samples(words("desk"))["companion"]
    panel.show(view)
    panel.events()
    panel.page.evaluate(_REDRAWN_AT_EACH_PRESS, view.as_json())
    answer = panel.page.locator("#advice button").first
    answer.dblclick()
    assert [event.kind for event in panel.events()] == ["action"]
    answer.click()
    assert [event.kind for event in panel.events()] == ["action"], "a click later on is one again"
    panel.page.reload()
    panel.page.evaluate("([language, words]) => eonayBegin(language, words)", ["tr", words("desk").group("ui")])


def test_a_key_held_down_presses_once(panel: Panel) -> None:
    """Enter that repeats itself leads through no steps, and doesn't go back and forth between Durdur and its question."""
    panel.show(samples(words("desk"))["app"])
    panel.page.locator("#bar button").last.focus()
    assert panel.page.evaluate(_PRESSED_KEY, False), "the first press is the browser's"
    assert not panel.page.evaluate(_PRESSED_KEY, True), "its repetition is nobody's"


def test_buttons_at_the_end_stay_where_they_are(panel: Panel) -> None:
    """What came of a press is said below the buttons: the next press meets what it was meant for."""
    view = samples(words("desk"))["end-given"]
    assert view.end is not None
    view = replace(view, end=replace(view.end, actions=(("receipt", "Makbuzu aç / yazdır"), ("next", "Sıradaki kişi"))))
    panel.show(view)
    buttons = panel.page.locator("#end button")
    before = [button.bounding_box() for button in buttons.all()]
    told = "Dosya hazır; kendiniz açınız: makbuz.html"
    assert view.end is not None
    panel.show(replace(view, end=replace(view.end, came=told)))
    assert [button.bounding_box() for button in buttons.all()] == before
    assert told in panel.page.locator("#end").inner_text()
    assert panel.page.locator("#status").inner_text() == told, "a screen reader hears it"


def test_a_panel_that_crashed_stays_gone(browser: Browser) -> None:
    """However often it is asked: who missed it the first time would wait for somebody who sees nothing."""
    with open_panel(browser, words("desk")) as crashed:
        with crashed.page.expect_event("crash"), suppress(Error):
            crashed.page.goto("chrome://crash")
        for _ in range(2):
            assert [event.kind for event in crashed.events()] == ["gone"]
