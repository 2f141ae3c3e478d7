"""Two guided runs at the same time on one computer: one home, one clipboard, two people with a portal each."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Playwright, expect

import fixtures
import mock_portal
from mock_portal import Act
from tests.assistant.canaries import laid_open, left_in, secrets_of
from tests.assistant.official_app.display import clipboard_of
from tests.assistant.real_desk.desk import RealDesk, beside, command, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import kept_receipts, portal_of, say_yes_to, with_app, with_token
from tests.sampling import sampled

BEFORE = "panoda duran kendi metnim"
GIVEN = "E-Onayınız verildi"


@dataclass(frozen=True)
class Seat:
    """One of the two people."""

    person: fixtures.Person
    portal: mock_portal.Portal
    desk: RealDesk
    own: Path
    surroundings: dict[str, str]

    def begin(self) -> None:
        """Log in and say yes to everything, up to the signature."""
        self.desk.log_in(self.person)
        say_yes_to(self.desk)

    def sign(self) -> None:
        """Sign with what this person has."""
        if "EONAY_APP_COMMAND" in self.surroundings:
            (self.own / "sign").touch()
        else:
            self.desk.type_pin(self.person.pin)

    def end(self) -> str:
        """Read the last view to the end of the command."""
        title = self.desk.read_end()
        code, said = self.desk.leave()
        assert "Traceback" not in said
        assert code == 0, said
        assert self.desk.left_over() == []
        return title

    def acts(self) -> dict[Act, int]:
        """Return what this person's portal saw of what happens once."""
        once = (Act.LOGIN, Act.CODE_ISSUED, Act.SIGNATURE_ACCEPTED, Act.CONSENT_GIVEN)
        return {act: self.portal.ledger.count(act) for act in once}


@contextmanager
def seat(playwright: Playwright, screen: Screen, home: Path, key: str, sign: str, temporary: str) -> Iterator[Seat]:
    """Have one person sit down, in the home that both share."""
    own = home / "kept-by-test" / key
    own.mkdir(parents=True)
    with portal_of(key) as (portal, entry, person):
        surroundings = (with_app if sign == "app" else with_token)(portal, person, screen, own)
        surroundings = beside({**surroundings, "HOME": str(home), "TMPDIR": temporary}, own)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", sign]) as desk:
            yield Seat(person, portal, desk, own, surroundings)


@pytest.fixture
def copied(small_screen: Screen) -> None:
    """The person has copied something before."""
    words = ["xclip", "-selection", "clipboard"]
    subprocess.run(
        words, env={"DISPLAY": small_screen.name, "PATH": "/usr/bin:/bin"}, input=BEFORE.encode(), check=True
    )


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize(
    ("first", "second"),
    sampled([("app", "app"), ("app", "card"), ("card", "card")], every_run=[("app", "app")]),
)
def test_two_runs_at_once_end_right_and_touch_nothing_of_each_other(
    playwright: Playwright, small_screen: Screen, home: Path, first: str, second: str
) -> None:
    """Each has its own receipt, signature and scratch; the clipboard holds one code at a time and then what it held."""
    with TemporaryDirectory(prefix="two-") as temporary:
        with ExitStack() as stack:
            one, two = (
                stack.enter_context(seat(playwright, small_screen, home, key, sign, temporary))
                for key, sign in zip(("hatice", "ayse"), (first, second), strict=True)
            )
            assert not one.desk.profiles() & two.desk.profiles()
            one.begin()
            if first == "app":
                one.desk.read_advice("Kod panoya kopyalandı")
            lent = clipboard_of(small_screen.name)
            assert (lent == BEFORE) is (first == "card")
            two.begin()
            if second == "app":
                two.desk.read_advice("Panoda başka bir çalışmanın kodu duruyor")
                _is_told(two.desk, "yapıştırmayınız")
            assert clipboard_of(small_screen.name) == lent
            _purge_and_start(one, temporary)
            assert clipboard_of(small_screen.name) == lent
            one.sign()
            assert one.end() == GIVEN
            assert clipboard_of(small_screen.name) == BEFORE
            if second == "app":
                two.desk.panel.locator("#advice button", has_text="Kodu kopyala").click()
                two.desk.read_advice("Kod panoya kopyalandı")
                expect(two.desk.panel.locator("#now-text")).to_contain_text("kutuya yapıştırınız")
            two.sign()
            assert two.end() == GIVEN
            assert clipboard_of(small_screen.name) == BEFORE
            once = dict.fromkeys(one.acts(), 1)
            assert (one.acts(), two.acts()) == (once, once)
        assert list(Path(temporary).iterdir()) == []
    guided = [one["outcome"] for one in kept_receipts(small_screen, home) if one["scenario"] == "guided"]
    assert guided == ["consent_given"] * 2
    for file in (path for path in home.rglob("*") if path.is_file() and "kept-by-test" not in path.parts):
        for part in laid_open(file.read_bytes()):
            assert not any(left_in(part, secret) for who in (one, two) for secret in secrets_of(who.person)), file


def _is_told(desk: RealDesk, what: str) -> None:
    """Go to the step where the code goes into the app, and read how it gets there."""
    desk.panel.get_by_role("button", name="Yaptım, sonraki adım").click()
    desk.panel.get_by_role("button", name="Yaptım, sonraki adım").click()
    expect(desk.panel.locator("#now-text")).to_contain_text(what)


def _purge_and_start(one: Seat, temporary: str) -> None:
    """Remove all that is kept, and start the program a third time, so that it sweeps; nothing of the living goes."""
    before = set(Path(temporary).iterdir())
    for words in (["purge", "--yes"], ["dry-run", "--portal", "http://localhost:9/", "--json"]):
        subprocess.run(command(words), env=one.surroundings, cwd=one.own, capture_output=True, check=False)
    assert set(Path(temporary).iterdir()) == before
    for folder in before:
        assert any(folder.iterdir()), folder
