"""A desk whose clock is years off: it is said before anybody acts on it, and the code's own time goes right."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from assistant.setup.parts import Part
from mock_portal import Act
from tests.assistant.real_desk.desk import sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import ended, kept_receipts, portal_of, say_yes_to, with_token
from tests.assistant.test_odd_surroundings import at

NEEDS = (Part.COMPILER,)


@pytest.fixture(scope="module")
def wrong_clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that moves the clock of every process that loads it; a test that needs it is skipped without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler for the wrong clock")
    library = tmp_path_factory.mktemp("clock") / "libwrongclock.so"
    source = Path(__file__).with_name("wrong_clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
    return library


def first_of_june(year: int, library: Path) -> dict[str, str]:
    """Return the variables with which it is the first of June at a desk."""
    off = datetime(year, 6, 1, 9, tzinfo=UTC).timestamp() - time.time()
    return {"LD_PRELOAD": str(library), "DESK_CLOCK_OFF": str(round(off))}


def test_a_clock_before_this_program_begins_no_run(tmp_path: Path, wrong_clock: Path) -> None:
    """In 2020 a guided run ends before a browser opens, and names the clock and what to do, as doctor does."""
    for words, code in ((("run",), 6), (("doctor",), 1)):
        done = at('exec "$@"', *words, home=tmp_path, **first_of_june(2020, wrong_clock))
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Saat yanlış: 01.06.2020" in said
        assert "tarih ve saatini düzeltiniz" in " ".join(said.split())
        assert "Traceback" not in said


@pytest.mark.nightly(sample="tests/assistant/desk/test_before.py::test_the_card_is_known_before_the_login")
def test_a_clock_far_ahead_is_named_before_a_certificate_is_given_up(
    playwright: Playwright, small_screen: Screen, home: Path, wrong_clock: Path
) -> None:
    """In 2040 the card seems expired: the date is named before the login. Whoever goes on keeps the code's five
    minutes, is asked for no PIN, and nothing is signed."""
    with portal_of("ayse") as (portal, entry, person):
        surroundings = {**with_token(portal, person, small_screen, home), **first_of_june(2040, wrong_clock)}
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"]) as desk:
            desk.panel.locator("#advice li", has_text="bugün 01.06.2040. Yanlışsa önce tarihi düzeltiniz").wait_for()
            desk.begin_anyway()
            desk.log_in(person)
            say_yes_to(desk)
            stop = desk.panel.get_by_role("button", name="Başka kartım yok, dur")
            stop.wait_for()
            shown = desk.panel.locator("body").inner_text()
            assert re.search(r"\b4\s+dk\s+\d+\s+sn", shown), shown
            assert "Bilgisayarın tarihi doğruysa" in shown
            assert not desk.panel.get_by_label("Kart PIN'i").is_visible()
            stop.click()
            told = ended(desk, portal.ledger)
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert (told.code, told.left_over) == (6, []), told.said
    assert "Traceback" not in told.said
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["reason"]) == ("failed", "certificate_expired")
