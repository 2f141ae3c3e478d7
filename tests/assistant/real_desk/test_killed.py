"""A guided run that is killed without a word, and the start after it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Playwright, expect

from mock_portal import Act
from tests.assistant.official_app.display import clipboard_of
from tests.assistant.processes import left_over, living
from tests.assistant.real_desk.desk import sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import SHARING, portal_of, say_yes_to, with_app


def test_the_start_after_a_kill_takes_the_code_back_and_says_why_it_looks_first(
    playwright: Playwright, small_screen: Screen, home: Path
) -> None:
    """Killed with the code on the clipboard: the next start takes it off, says so until the login, and leaves nothing."""
    with portal_of("hatice") as (portal, entry, person), TemporaryDirectory(prefix="eonay-test-") as temporary:
        surroundings = with_app(portal, person, small_screen, home) | {"TMPDIR": temporary}
        arguments = ["run", "--portal", entry, "--sign", "app"]
        with sit_down(playwright, surroundings, arguments) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.read_advice("Kod panoya kopyalandı")
            code = clipboard_of(small_screen.name)
            assert code.isdigit()
            desk.process.kill()
            assert left_over(home, may_stay=("app.py", "xclip")) == {}
            assert any("app.py" in line for line in living(home).values()), "the official app alone stays open"
        assert clipboard_of(small_screen.name) == code
        with sit_down(playwright, surroundings, arguments) as desk:
            expect(desk.panel.locator("#note")).to_contain_text("İmza atılmış olabilir")
            assert clipboard_of(small_screen.name) != code
            desk.log_in(person)
            desk.read_question(SHARING)
            expect(desk.panel.locator("#note")).to_be_hidden()
            desk.stop()
            assert desk.read_end() == "İşlem durduruldu"
            assert desk.leave()[0] == 4
        assert portal.ledger.count(Act.CODE_ISSUED) == 1
        left = [path.name for path in Path(temporary).iterdir()]
        assert all(name.startswith("eonay-app-") for name in left), "the app that is open keeps its own file"
