"""`eonay guide --from-run` at a real desk: the agreement, the run, and the review picture by picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from mock_portal import Act
from tests.assistant.real_desk.desk import RealDesk, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import SHARING, portal_of, with_token

AGREE = "Kılavuz için resim"
SHOWN = (
    "Portalın giriş sayfası",
    "e-Devlet Kapısı'na geçiş",
    "Ana sayfa",
    "Bireysel İşlemler",
    "NES İşlemleri",
    "E-Onay durumu: verilmiş",
)
"""What the portal shows to who has given E-Onay before; nothing of e-Devlet is among it."""

ON_TOP = """el => {
  const box = el.getBoundingClientRect();
  const [x, top, bottom] = [box.x + box.width / 2, box.top + 4, box.bottom - 4];
  return [top, bottom].every((y) => el.contains(document.elementFromPoint(x, y)));
}"""
"""Whether its upper and its lower edge are what one points at there."""


@pytest.mark.nightly(
    sample="tests/assistant/guide/test_from_run.py::test_kept_pictures_are_the_portals_covered_and_the_persons_choice"
)
def test_what_is_not_kept_is_nowhere(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """The person agrees, makes a run, sees every picture whole with both answers below it, and keeps none: no guide."""
    with portal_of("zeynep") as (portal, entry, person):
        arguments = ["guide", "--from-run", "--portal", entry, "--story", "already-consented", "--formats", "md"]
        with sit_down(playwright, with_token(portal, person, small_screen, home), arguments) as desk:
            desk.say_yes(AGREE)
            desk.log_in(person)
            desk.say_yes(SHARING)
            assert desk.read_end() == "E-Onayınız zaten var"
            for number, title in enumerate(SHOWN, start=1):
                desk.read_question(f"Resim {number} / {len(SHOWN)}: {title}")
                _is_seen_whole(desk)
                desk.answer_no()
            code, said = desk.leave()
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert code == 4, said
    assert "Traceback" not in said
    assert desk.left_over() == []
    assert [path.name for path in home.rglob("*") if path.suffix in {".png", ".md"}] == []


def _is_seen_whole(desk: RealDesk) -> None:
    """The picture and both answers are on a small screen at once, and nothing lies over them."""
    asked = desk.panel.locator("#question")
    for part in (asked.locator(".photo img"), asked.locator("button.yes"), asked.locator("button.no")):
        desk.panel.wait_for_function(ON_TOP, arg=part.element_handle())
