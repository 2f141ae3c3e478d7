"""A guided run whose terminal is closed, or gets Ctrl+C or Ctrl+\\ by its keyboard: it ends in order, whenever it comes."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Playwright

from tests.assistant.official_app.display import clipboard_of
from tests.assistant.processes import left_over
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.terminal import TerminalDesk, sit_at_terminal
from tests.assistant.real_desk.test_terminal import log_in
from tests.assistant.real_desk.told import kept_receipts, portal_of, with_app
from tests.sampling import sampled

KEYS = {"Ctrl+C": "\x03", "Ctrl+\\": "\x1c"}
MOMENTS = ["early", "login", "question", "code"]
LATEST = "code"


def _go_to(desk: TerminalDesk, moment: str, national_id: str, password: str) -> None:
    desk.read("[2] Yine de başlayacağım")  # this machine has no card reader
    if moment == "early":
        return
    desk.press("2")
    desk.read("e-Devlet sayfasına kendiniz yazınız")
    if moment == "login":
        return
    log_in(desk, national_id, password)
    desk.read("[e] Paylaşımı onaylıyorum")
    if moment == "question":
        return
    for answer in ("[e] Paylaşımı", "[e] Okudum, onaylıyorum: Devam", "[e] Kodu imza uygulamasına ver"):
        desk.read(answer)
        desk.press("e")
    desk.read("Kod panoya kopyalandı")


@pytest.mark.parametrize(
    ("how", "moment"), sampled(product(["closed", *KEYS], MOMENTS), every_run=[("closed", LATEST)])
)
def test_a_terminal_that_goes_leaves_nothing(
    playwright: Playwright, small_screen: Screen, home: Path, how: str, moment: str
) -> None:
    """No process, no folder and no code is left, the receipt says how far it was, and there is no stack trace."""
    with portal_of("hatice") as (portal, entry, person), TemporaryDirectory(prefix="eonay-test-") as temporary:
        surroundings = with_app(portal, person, small_screen, home) | {"TMPDIR": temporary}
        arguments = ["run", "--portal", entry, "--sign", "app"]
        with sit_at_terminal(playwright, surroundings, arguments) as desk:
            _go_to(desk, moment, person.national_id, person.password)
            assert clipboard_of(small_screen.name).isdigit() is (moment == LATEST)
            if how == "closed":
                code = desk.hang_up()
            else:
                desk.press(KEYS[how])
                code = desk.leave()
                assert "Traceback" not in desk.said
            assert code == (3 if moment == LATEST else 4)
            assert not clipboard_of(small_screen.name).isdigit()
            assert left_over(home, may_stay=("app.py", "xclip")) == {}
            left = [path.name for path in Path(temporary).iterdir()]
            assert all(name.startswith("eonay-app-") for name in left), "the app that is open keeps its own file"
    receipts = kept_receipts(small_screen, home)
    assert [r["outcome"] for r in receipts] == ["unverified" if moment == LATEST else "cancelled"]
