"""What the program's own process holds of a login at the gateway, and of a PIN; and what it lets out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.assistant.memory import held_by
from tests.assistant.real_desk.desk import environment, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import SHARING, portal_of


@pytest.mark.parametrize("key", ["hatice", "zeynep"])
def test_a_login_never_enters_the_program(playwright: Playwright, small_screen: Screen, home: Path, key: str) -> None:
    """ID number and password typed into e-Devlet's page are nowhere in the program's memory, in no shape."""
    with (
        portal_of(key) as (_, entry, person),
        sit_down(playwright, environment(small_screen, home), ["run", "--portal", entry, "--sign", "app"]) as desk,
    ):
        desk.log_in(person)
        desk.read_question(SHARING)
        assert held_by(desk.process.pid, person.national_id, person.password) == set()
        assert held_by(desk.process.pid, "Bilgi paylaşımına onay"), "the search itself finds what is there"
