"""The panel's window from outside: how it opens, what leaves it and what it lets in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from assistant.base.words import words
from assistant.desk.panel import ADDRESS, Panel, open_panel, opening, parse_event
from tests.assistant.desk.samples import samples


def test_the_window_opens_with_its_name(browser: Browser) -> None:
    """Before the panel is there its window has the panel's name, and nothing of an address or of an error."""
    page = browser.new_page()
    page.goto(opening(words("desk")))
    assert page.title() == "E-Onay asistanı"
    assert page.locator("body").inner_text() == ""
    assert "invalid" not in page.url
    page.close()


def test_nothing_is_behind_the_panel_to_go_back_to(browser: Browser) -> None:
    """The browser's Back does not take the panel away."""
    with open_panel(browser, words("desk")) as opened:
        opened.page.go_back()
        assert opened.page.url == ADDRESS
        session = opened.page.context.new_cdp_session(opened.page)
        assert len(session.send("Page.getNavigationHistory")["entries"]) == 1


def test_a_panel_that_has_nothing_to_say_yet_shows_no_empty_heads(browser: Browser) -> None:
    """Until the first view there is its name and the exit, and no heading without its text."""
    with open_panel(browser, words("desk")) as opened:
        assert opened.page.locator("h2:visible").all_inner_texts() == []
        assert opened.page.get_by_role("button", name="Durdur").is_visible()


def test_a_pin_leaves_the_page_once_and_stays_nowhere(panel: Panel) -> None:
    """A PIN that is too short isn't sent; a sent one is gone from the field, and a second Enter sends nothing."""
    panel.show(samples(words("desk"))["login"])
    panel.show(samples(words("desk"))["sign"])
    panel.events()
    field = panel.page.get_by_label("Kart PIN'i")
    assert field.get_attribute("type") == "password"
    field.fill("12")
    field.press("Enter")
    assert panel.events() == []
    field.fill("135790")
    field.press("Enter")
    panel.page.keyboard.press("Enter")
    (event,) = panel.events()
    assert event.pin is not None
    assert bytes(event.pin.reveal()) == b"135790"
    assert "135790" not in repr(event)
    assert "135790" not in panel.page.content()
    assert field.input_value() == ""


def test_the_page_reaches_no_network(panel: Panel) -> None:
    """Nothing leaves the panel: no fetch, no image, no socket, no other page, no script of anybody else."""
    told = panel.page.evaluate(
        """async () => {
          const blocked = [];
          const loud = (url) => fetch(url).then(() => 'let through', () => 'refused');
          blocked.push(await loud('https://example.org/'), await loud('http://127.0.0.1:9/'), await loud('/panel.js'));
          const image = new Image();
          blocked.push(await new Promise((done) => {
            image.onload = () => done('let through'); image.onerror = () => done('refused'); image.src = '/panel.css?x';
          }));
          const script = document.createElement('script');
          script.textContent = 'window.stranger = true';
          document.body.append(script);
          script.remove();
          blocked.push(window.stranger ? 'let through' : 'refused');
          return blocked;
        }"""
    )
    assert told == ["refused"] * 5


def test_the_portals_pages_cannot_speak_to_the_panel(browser: Browser, panel: Panel) -> None:
    """The binding is in the panel's page alone."""
    context = browser.new_context()
    page = context.new_page()
    assert page.evaluate("typeof window.eonayTell") == "undefined"
    context.close()


@pytest.mark.parametrize(
    "message", ["", "{", "[]", '{"kind":"gone"}', '{"kind":"yes","id":"1"}', '{"kind":"yes","id":true}', "x" * 2000]
)
def test_what_the_page_would_not_say_is_dropped(message: str) -> None:
    """A message of another shape is no event."""
    assert parse_event(message) is None
