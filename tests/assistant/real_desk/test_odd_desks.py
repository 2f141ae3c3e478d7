"""Guided runs at desks with odd surroundings: the run is made, its outcome told, and what could not be kept is named."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from mock_portal import Act
from tests.assistant.card.virtual_reader.conftest import skip_loudly
from tests.assistant.real_desk.desk import sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import ended, portal_of, say_yes_to, with_token
from tests.assistant.test_odd_surroundings import DESKS, SECRET
from tests.sampling import sampled

TURKISH, STRICT, NOWHERE = list(DESKS)[:3]
FULL, GONE = "standard output full", "a reader who goes after the first line"
HOME, RECEIPTS = "a home that is read-only", "receipts in a read-only folder"
_NAMESPACE = "unshare -m" if os.geteuid() == 0 else "unshare -Urm"
_READ_ONLY = f"""
    mkdir -p "$HOME/.local/share/eonay/receipts"
    exec {_NAMESPACE} sh -c 'place="$HOME/$0" && mount --bind "$place" "$place" && mount -o remount,bind,ro "$place" \\
        && mount --bind "$HOME/card" "$HOME/card" && exec "$@"' """
"""The card's files, which the tests keep in the home as well, can still be written."""
SHELLS = {
    TURKISH: DESKS[TURKISH],
    STRICT: DESKS[STRICT],
    NOWHERE: DESKS[NOWHERE].replace("DISPLAY=:98.x", "").replace("TMPDIR=/dev/null/none", ""),
    FULL: 'exec "$@" >/dev/full',
    GONE: 'mkfifo "$HOME/pipe"; head -n 1 "$HOME/pipe" >&2 & exec "$@" >"$HOME/pipe"',
    HOME: f'{_READ_ONLY} . "$@"',
    RECEIPTS: f'{_READ_ONLY} .local/share/eonay/receipts "$@"',
}
LOSES = {NOWHERE, HOME, RECEIPTS}


@pytest.mark.parametrize("desk", sampled(SHELLS, every_run=[NOWHERE]))
def test_a_consent_is_given_at_an_odd_desk(playwright: Playwright, small_screen: Screen, home: Path, desk: str) -> None:
    """With odd letters, proxies, no home, no search path, a strict Python or nobody who listens the consent is given,
    and its receipt is its owner's alone; where there is no room for it that is said and nothing else is lost."""
    if desk in {HOME, RECEIPTS} and subprocess.run([*_NAMESPACE.split(), "true"], check=False).returncode:
        skip_loudly("NO MOUNT NAMESPACE, THIS PROMISE IS NOT TESTED HERE")
    last: list[str] = []

    def look(act: str, pages: Sequence[Page]) -> None:
        if act == "end":
            last.extend(page.locator("#end").inner_text() for page in pages if page.locator("#end-title").count())

    with portal_of("ayse") as (portal, entry, person):
        surroundings = with_token(portal, person, small_screen, home)
        arguments = ["run", "--portal", entry, "--sign", "card"]
        with sit_down(playwright, surroundings, arguments, look, SHELLS[desk]) as sat:
            sat.log_in(person)
            say_yes_to(sat)
            sat.type_pin(person.pin)
            told = ended(sat, portal.ledger)
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 1
    assert (told.title, told.code, told.left_over) == ("E-Onayınız verildi", 0, []), told.said
    assert "Traceback" not in told.said
    assert SECRET not in told.said
    kept = [path for path in home.rglob("*.json") if path.parent.name == "receipts"]
    assert len(kept) == (desk not in LOSES)
    assert ["saklanamadı" in text for text in last] == [desk in LOSES]
    assert all((path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700) for path in kept)
