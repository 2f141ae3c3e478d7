"""A guide with pictures of a run: nothing of the person is in it, whatever they kept and whatever would be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from mock_portal import Act
from tests.assistant.real_desk.desk import sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.test_secrets import assert_clean, kept, telling
from tests.assistant.real_desk.told import SHARING, portal_of, with_token

AGREE = "Kılavuz için resim"
_A_GUIDE_S = 400.0
"""Pictures and five formats, on a busy machine."""


@pytest.mark.nightly(
    sample="tests/assistant/guide/test_from_run.py::test_kept_pictures_are_the_portals_covered_and_the_persons_choice"
)
def test_a_guide_from_a_run_holds_nothing_personal(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """With every picture of a run kept, the guide in five formats, its pictures' texts and its glyphs name nobody."""
    with portal_of("zeynep") as (portal, entry, person):
        surroundings = {**with_token(portal, person, small_screen, home), **telling(home), "EONAY_LOG": "TRACE"}
        arguments = ["guide", "--from-run", "--portal", entry, "--story", "already-consented", "--out", "kılavuz"]
        with sit_down(playwright, surroundings, [*arguments, "--formats", "md,html,pdf,docx,pptx"]) as desk:
            desk.say_yes(AGREE)
            desk.log_in(person)
            desk.say_yes(SHARING)
            assert desk.read_end() == "E-Onayınız zaten var"
            assert len(desk.keep_pictures()) > 2
            code, said = desk.leave(_A_GUIDE_S)
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert code == 0, said
    made = {path.suffix for path in (home / "kılavuz").rglob("*")}
    assert made >= {".md", ".html", ".pdf", ".docx", ".pptx", ".png"}
    for file, content in kept(home):
        assert_clean(content, str(file), person)
