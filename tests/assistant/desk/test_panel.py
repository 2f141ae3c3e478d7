"""The panel's window in the real browser: what it shows, and whom it serves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.base.words import Language, words
from assistant.desk.panel import Panel, open_panel
from assistant.desk.view import CodeView
from assistant.desk.words import time_left
from tests.assistant.desk.samples import samples
from tests.sampling import sampled

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def _complaints(page: Page) -> list[str]:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules).then(r => r.violations)", RULES)
    return [f"{entry['id']}: {node['html']}" for entry in found for node in entry["nodes"]]


@pytest.fixture(scope="module")
def english(browser: Browser) -> Iterator[Panel]:
    """One panel in English for the tests of this file."""
    with open_panel(browser, words("desk", "en")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    sampled(
        [("tr", "light", 460), ("tr", "dark", 320), ("en", "dark", 460), ("en", "light", 230)],
        every_run=[("tr", "dark", 320)],
    ),
)
def test_axe_finds_nothing_on_any_state(
    panel: Panel, english: Panel, language: Language, scheme: Literal["light", "dark"], width: int
) -> None:
    """In both languages, light and dark, wide, narrow and at 200 % zoom axe-core finds nothing, with help open."""
    shown = panel if language == "tr" else english
    page = shown.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 600})
    page.locator("#trouble").evaluate("trouble => { trouble.open = true }")
    found = {}
    for name, view in samples(words("desk", language)).items():
        shown.show(view)
        page.locator("#troubles details").evaluate_all("all => all.slice(0, 1).forEach((one) => { one.open = true })")
        if complaints := _complaints(page):
            found[name] = complaints
    page.locator("#trouble").evaluate("trouble => { trouble.open = false }")
    page.set_viewport_size({"width": 460, "height": 900})
    assert found == {}


EDGES = """is => {
  document.querySelector('#trouble').open = is;
  return ['header', 'main', 'footer'].map((part) => {
    const box = document.querySelector(part).getBoundingClientRect();
    return [box.top, box.bottom];
  });
}"""
"""Where the three parts begin and end, with the help open or not."""


@pytest.mark.parametrize("width", sampled([460, 340, 230], every_run=[230]))
def test_nothing_lies_over_what_is_read_or_pressed(panel: Panel, width: int) -> None:
    """On every state, also with the help open, what scrolls ends where the head and the exit begin."""
    page = panel.page
    page.set_viewport_size({"width": width, "height": 600})
    for name, view in samples(words("desk")).items():
        panel.show(view)
        for is_open in (False, True):
            edges = page.evaluate(EDGES, is_open)
            assert all(lower[0] >= upper[1] - 1 for upper, lower in pairwise(edges)), (name, edges)
        page.locator("#trouble").evaluate("trouble => { trouble.open = false }")
    page.set_viewport_size({"width": 460, "height": 900})


@pytest.mark.parametrize("width", sampled([300, 340], every_run=[300]))
def test_a_small_screen_has_the_next_press_in_reach(panel: Panel, width: int) -> None:
    """On 300 to 340 by 600 pixels the exit is in sight on every state, and the first button of a question by scrolling."""
    panel.page.set_viewport_size({"width": width, "height": 600})
    for name, view in samples(words("desk")).items():
        panel.show(view)
        if view.end is None:
            expect(panel.page.get_by_role("button", name="Durdur", exact=True)).to_be_in_viewport(ratio=1)
        yes = panel.page.locator("main button.yes").filter(visible=True)
        if yes.count():
            yes.scroll_into_view_if_needed()
            box, footer = yes.bounding_box(), panel.page.locator("footer").bounding_box()
            assert box is not None, name
            assert footer is not None, name
            assert box["height"] >= 44, name
            yes.click(trial=True)  # nothing lies over it
    panel.page.set_viewport_size({"width": 460, "height": 900})


def test_a_countdown_is_not_read_each_second(panel: Panel) -> None:
    """While seconds go by a screen reader hears nothing; once, and at once, that the code is about to expire."""
    view = samples(words("desk"))["sign"]
    panel.show(view)
    panel.page.evaluate(
        """() => { window.heard = [];
          window.ear = new MutationObserver((all) => all.forEach((one) => {
            const place = one.target.parentElement?.closest('[role]') ?? one.target;
            window.heard.push(`${place.id}: ${place.textContent}`); }));
          for (const place of document.querySelectorAll('[role=status],[role=alert],[aria-live]'))
            window.ear.observe(place, { childList: true, characterData: true, subtree: true }); }"""
    )
    for left in (200, 199, 61, 60, 59, 3):
        panel.show(replace(view, code=CodeView(left, 300)))
    assert panel.page.evaluate("heard") == ["alert: Kodun süresi bitmek üzere."]
    panel.page.evaluate("ear.disconnect()")


def test_the_keyboard_is_never_lost(panel: Panel) -> None:
    """When what had the focus is gone, the focus is at the head of what to do now; a new step begins at its top."""
    panel.show(samples(words("desk"))["companion"])
    panel.page.locator("#advice button").last.focus()
    panel.show(samples(words("desk"))["companion-state"])
    assert panel.page.evaluate("document.activeElement.id") == "now-title"
    assert panel.page.locator("main").evaluate("main => main.scrollTop + scrollY") == 0


def test_what_came_of_a_press_at_the_end_leaves_the_keyboard_where_it_was(panel: Panel) -> None:
    """A line more on the last view takes the focus neither from its title nor from the button that was pressed."""
    view = samples(words("desk"))["end-given"]
    assert view.end is not None
    panel.show(view)
    assert panel.page.evaluate("document.activeElement.id") == "end-title"
    panel.show(replace(view, end=replace(view.end, hint="Oturumunuz açık olabilir.")))
    assert panel.page.evaluate("document.activeElement.id") == "end-title"
    panel.page.keyboard.press("Tab")
    pressed = panel.page.evaluate("document.activeElement.textContent")
    panel.show(view)
    assert panel.page.evaluate("document.activeElement.textContent") == pressed


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(300, "5 dk kaldı"), (281, "4 dk 41 sn kaldı"), (60, "1 dk kaldı"), (9, "9 sn kaldı"), (0, "0 sn kaldı")],
)
def test_time_is_told_in_minutes_and_seconds(panel: Panel, seconds: int, told: str) -> None:
    """As people say it, on the panel and in the terminal: whole minutes have no seconds."""
    panel.show(replace(samples(words("desk"))["hand-off"], code=CodeView(seconds, 300)))
    assert panel.page.locator("#code-left").inner_text().replace("\u00a0", " ") == told
    assert time_left(words("desk"), seconds) == told


def test_a_title_that_asks_is_read_out_with_one_mark(panel: Panel) -> None:
    """A screen reader hears the question, then what stands below it."""
    panel.show(samples(words("desk"))["practice-stories"])
    assert "istersiniz? Bu bir" in panel.page.locator("#status").inner_text()


def test_numbered_steps_have_no_dots_before_them(panel: Panel) -> None:
    """The paper way is a list with numbers of its own."""
    panel.show(samples(words("desk"))["before-expired"])
    marks = panel.page.locator("#advice li").evaluate_all(
        "all => all.map((one) => [/^[0-9]/.test(one.textContent), getComputedStyle(one).listStyleType])"
    )
    assert [True, "none"] in marks
    assert all((mark == "none") is numbered for numbered, mark in marks)


def test_from_step_to_step_in_the_app_no_button_moves(panel: Panel) -> None:
    """However much a step says, back and next stay where they are; what leads nowhere tells nothing."""
    page = panel.page
    page.set_viewport_size({"width": 460, "height": 700})
    view = samples(words("desk"))["app"]
    advice = view.advice
    assert advice is not None
    places = []
    for lines, at in ((("Bir.",), 0), (("Uzun bir satır. " * 20, "İki.", "Üç."), 1), (("Son.",), 2)):
        bar = tuple((name, label, does) for (name, label, _), does in zip(advice.bar, (at > 0, at < 2), strict=True))
        panel.show(replace(view, advice=replace(advice, title=f"Adım {at}", lines=lines, bar=bar)))
        places.append([button.bounding_box() for button in page.locator("#bar button").all()])
    assert places[0] == places[1] == places[2]
    panel.events()
    page.locator("#bar button").last.click(force=True)
    assert panel.events() == []
    page.locator("#bar button").first.click()
    assert [event.action for event in panel.events()] == ["back"]
    page.set_viewport_size({"width": 460, "height": 900})


def test_progress_and_the_countdown_stay_in_sight(panel: Panel) -> None:
    """The panel says which step of how many it is, and the countdown doesn't scroll away under the text to sign."""
    panel.page.set_viewport_size({"width": 320, "height": 600})
    panel.show(samples(words("desk"))["sign"])
    assert panel.page.locator("#progress").inner_text() == "Adım 8/10"
    panel.page.get_by_label("Kart PIN'i").scroll_into_view_if_needed()
    expect(panel.page.locator("#code-left")).to_be_in_viewport(ratio=1)
    panel.page.set_viewport_size({"width": 460, "height": 900})


def test_every_state_has_a_remedy_and_the_support_line(panel: Panel, english: Panel) -> None:
    """In both languages “sorun yaşıyorum” opens to a remedy of the present screen and KamuSM's line, until the end."""
    for shown, language in ((panel, "tr"), (english, "en")):
        page = shown.page
        remedies = set()
        for name, view in samples(words("desk", language)).items():
            shown.show(view)
            page.locator("#trouble").evaluate("trouble => { trouble.open = true }")
            expect(page.locator("#trouble-support"), name).to_contain_text("444 5 576")
            if view.end is None:
                assert page.locator("#trouble-help").inner_text(), name
                remedies.add(page.locator("#trouble-help").inner_text())
        page.locator("#trouble").evaluate("trouble => { trouble.open = false }")
        assert len(remedies) >= 7


@pytest.mark.parametrize(("width", "height"), sampled([(460, 700), (460, 560), (340, 600)], every_run=[(340, 600)]))
def test_help_that_is_open_can_be_closed_and_leaves_the_exit_in_sight(panel: Panel, width: int, height: int) -> None:
    """However much there is to tell on a state, “Sorun yaşıyorum” and Durdur can be pressed while it is open."""
    page = panel.page
    page.set_viewport_size({"width": width, "height": height})
    head = page.locator("#trouble > summary")
    for name, view in samples(words("desk")).items():
        if view.end is not None:
            continue
        panel.show(view)
        head.click()
        expect(page.get_by_role("button", name="Durdur", exact=True), name).to_be_in_viewport(ratio=1)
        head.click()
        assert page.locator("#trouble").get_attribute("open") is None, name
    page.set_viewport_size({"width": 460, "height": 900})


def test_several_problems_are_a_list_to_choose_from(panel: Panel) -> None:
    """Where several things can go wrong each has a line of its own, which opens to what helps; nobody reads a wall."""
    panel.show(samples(words("desk"))["hand-off"])
    panel.page.locator("#trouble > summary").click()
    shown = panel.page.locator("#trouble-told")
    assert shown.inner_text().count("Java") == 0, "it is not open yet"
    panel.page.locator("#troubles summary", has_text="kartı görmüyor").click()
    assert "Java 8 veya 11" in shown.inner_text()
    panel.page.locator("#trouble > summary").click()


@pytest.mark.parametrize("width", sampled([230, 460], every_run=[230]))
def test_every_state_fits_without_scrolling_sideways(panel: Panel, width: int) -> None:
    """At 460 pixels, and at 230, which is what 200 % zoom leaves of them, nothing is cut off at the side."""
    panel.page.set_viewport_size({"width": width, "height": 450})
    for name, view in samples(words("desk")).items():
        panel.show(view)
        assert panel.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    panel.page.set_viewport_size({"width": 460, "height": 900})


def test_the_keyboard_alone_answers_and_changes_are_announced(panel: Panel) -> None:
    """A question takes the focus, Tab and Enter answer it, and a screen reader hears about it at once."""
    panel.show(samples(words("desk"))["login"])
    panel.show(samples(words("desk"))["consent"])
    panel.events()
    assert panel.page.evaluate("document.activeElement.id") == "question-title"
    assert "E-Onay metni ve Devam" in panel.page.locator("[role=alert]#alert").inner_text()
    panel.page.keyboard.press("Tab")
    panel.page.keyboard.press("Enter")
    assert [(event.kind, event.id) for event in panel.events()] == [("yes", 1)]


def test_the_exit_is_on_every_state_and_asks_once_more(panel: Panel) -> None:
    """Durdur can be pressed in every state but the last, and stops only after a second yes."""
    for name, view in samples(words("desk")).items():
        panel.show(view)
        if view.end is None:
            assert panel.page.get_by_role("button", name="Durdur", exact=True).is_visible(), name
    panel.show(samples(words("desk"))["signing"])
    panel.events()
    panel.page.get_by_role("button", name="Durdur", exact=True).click()
    assert panel.events() == []
    panel.page.get_by_role("button", name="Evet, durdur").click()
    assert [event.kind for event in panel.events()] == ["stop"]
    assert panel.page.get_by_role("button", name="Durdur", exact=True).is_visible(), "what is shown next asks again"


def test_both_languages_have_every_state() -> None:
    """English says everything that Turkish says, and nothing is empty."""
    turkish, english = samples(words("desk", "tr")), samples(words("desk", "en"))
    assert list(turkish) == list(english)
    for name in turkish:
        assert json.dumps(turkish[name].as_json()) != json.dumps(english[name].as_json()), name


def test_a_warning_stands_before_all_else_and_no_main_button_leads_on(panel: Panel) -> None:
    """Over a page that can do harm the panel's first words are the warning, and its yes is no main button."""
    plain = samples(words("desk"))["consent"]
    assert plain.question is not None
    warned = replace(plain, warn=words("desk")("danger.revocation"), question=replace(plain.question, leads_on=False))
    panel.show(warned)
    assert panel.page.locator("main section:visible").first.inner_text().startswith("⚠ Bu sayfada HİÇBİR ŞEYE")
    assert panel.page.locator("#question button.yes").count() == 0
    panel.show(plain)
    assert panel.page.locator("#warn").is_hidden()
    assert panel.page.locator("#question button.yes").count() == 1


def test_a_drawing_is_shown_whole(panel: Panel) -> None:
    """The companion's drawing of a page is as tall as what is drawn in it: the tile to press isn't cut off."""
    panel.show(samples(words("desk"))["companion"])
    drawing = panel.page.locator("#advice svg")
    shown, drawn = drawing.evaluate(
        "svg => [svg.clientWidth / svg.clientHeight, svg.viewBox.baseVal.width / svg.viewBox.baseVal.height]"
    )
    assert shown == pytest.approx(drawn, rel=0.02)


def test_the_name_of_the_consent_stays_on_one_line(panel: Panel) -> None:
    """However narrow the panel is, no line ends within E-Onay or e-Devlet; what is read out and copied is unchanged."""
    panel.page.set_viewport_size({"width": 320, "height": 600})
    for name, view in samples(words("desk")).items():
        panel.show(view)
        rows = panel.page.evaluate("[...document.querySelectorAll('.whole')].map((one) => one.getClientRects().length)")
        assert max(rows, default=1) <= 1, name
        split = panel.page.evaluate(
            """() => { const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
              const bare = [];
              while (walker.nextNode()) {
                const node = walker.currentNode;
                if (/[Ee]-(Onay|Devlet)/.test(node.data) && !node.parentElement.closest('.whole, .visually-hidden, svg'))
                  bare.push(node.data);
              }
              return bare; }"""
        )
        assert split == [], name
    panel.page.set_viewport_size({"width": 460, "height": 900})


def test_a_telephone_number_stays_on_one_line(panel: Panel) -> None:
    """Wherever the panel shows KamuSM's number, at any width, it doesn't break over two lines."""
    page = panel.page
    page.locator("#trouble").evaluate("trouble => { trouble.open = true }")
    lines = """() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const number of node.data.matchAll(/444\\s5\\s576/g)) {
          const range = document.createRange();
          range.setStart(node, number.index);
          range.setEnd(node, number.index + number[0].length);
          const rows = new Set([...range.getClientRects()].map((row) => row.top));
          if (rows.size) found.push(rows.size);
        }
      }
      return found;
    }"""
    view = samples(words("desk"))["end-revocation"]
    told = []
    for width in range(230, 480, 10):
        page.set_viewport_size({"width": width, "height": 600})
        panel.show(view)
        told += page.evaluate(lines)
    page.locator("#trouble").evaluate("trouble => { trouble.open = false }")
    page.set_viewport_size({"width": 460, "height": 900})
    assert len(told) >= 50, "in the warning and in the help"
    assert set(told) == {1}
