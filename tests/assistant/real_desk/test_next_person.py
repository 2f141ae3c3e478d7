"""Several colleagues in a row at one desk: nothing of the one before is there for the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright, expect

from tests.assistant.official_app.display import clipboard_of
from tests.assistant.real_desk.desk import RealDesk, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import portal_of, say_yes_to, with_app


def _all_that_is_shown(desk: RealDesk) -> str:
    """Return the titles, addresses and whole documents of all windows, with the contents of their fields."""
    shown = []
    for context in desk.browser.contexts:
        for page in context.pages:
            try:
                fields = page.evaluate("[...document.querySelectorAll('input,textarea')].map((one) => one.value)")
                shown += [page.title(), page.url, page.content(), *fields]
            except Error:
                continue
    return "\n".join(shown)


@pytest.mark.nightly(
    sample="tests/assistant/real_desk/test_two_at_once.py::test_two_runs_at_once_end_right_and_touch_nothing_of_each_other"
)
def test_the_next_person_meets_nothing_of_the_one_before(
    playwright: Playwright, small_screen: Screen, home: Path
) -> None:
    """Windows, profile, clipboard and panel are new, the portal asks for a login, and no name, number or code is left."""
    with portal_of("hatice") as (portal, entry, person):
        surroundings = with_app(portal, person, small_screen, home)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "app"]) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.read_advice("Kod panoya kopyalandı")
            code = clipboard_of(small_screen.name)
            (home / "sign").touch()
            desk.panel.locator("#end-title").wait_for()
            before = _all_that_is_shown(desk)
            assert person.name in before, "the search finds what is there"
            profiles = desk.profiles()
            assert profiles
            desk.panel.get_by_role("button", name="Sıradaki kişi").click()
            desk.panel.wait_for_event("close")
            desk = desk.again(playwright)
            desk.begin_anyway()
            expect(desk.panel.locator("#now-text")).to_contain_text("kendiniz yazınız", timeout=40_000)
            desk.portal.locator("#tridField").wait_for()
            after = _all_that_is_shown(desk)
            for left in (person.name, *person.name.split(), person.national_id, person.password, code, "E-Onayınız"):
                assert left not in after
            assert not any(folder.exists() for folder in profiles)
            assert not profiles & desk.profiles()
            assert clipboard_of(small_screen.name) != code
            desk.stop()
            assert desk.read_end() == "İşlem durduruldu"
            assert desk.leave()[0] == 4
