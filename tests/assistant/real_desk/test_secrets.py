"""What the program's own process holds of a login and of a PIN, and what it lets out: by output, file or process list."""

from __future__ import annotations

import base64
import json
import re
import secrets
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from subprocess import TimeoutExpired

import pytest
from playwright.sync_api import Page, Playwright

import fixtures
from assistant.card.pin import Pin
from assistant.card.provision import provision
from mock_portal import Act
from tests.assistant.canaries import laid_open, left_in, secrets_of, shapes
from tests.assistant.commands import started
from tests.assistant.memory import held_by, never_forgotten, surroundings_of
from tests.assistant.real_desk.desk import command, environment, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import SHARING, portal_of, say_yes_to, with_token
from tests.sampling import sampled

PIN = "2718281828459045"
"""Long, so that it doesn't lie in anybody's memory by chance."""
LEVELS = ["TRACE", "DEBUG", "INFO", "WARNING", ""]
"""Of the log, down to none."""
DEBUG = {
    "pw:*": {"DEBUG": "pw:*"},
    "pw:api": {"DEBUG": "pw:api,pw:protocol"},
    "console": {"PWDEBUG": "console"},
}
"""Single debug settings: where all are set, one may hide what another tells."""
_CODE = re.compile(rb"(?<!\d)\d{15}(?!\d)")


def telling(home: Path) -> dict[str, str]:
    """Return the variables that have Playwright and what it stands on tell most."""
    return {
        "DEBUG": "*",
        "DEBUG_FILE": str(home / "debug"),
        "DEBUGP": "1",
        "PWDEBUG": "1",
        "npm_config_pwdebug": "console",
        "PW_PROFILE_DIR": str(home / "profile"),
        "INTERNAL_PW_GREENLET_DEBUG": "1",
        "SELENIUM_REMOTE_URL": "http://127.0.0.1:9/",
        "NODE_DEBUG": "net,stream,child_process",
        "NODE_OPTIONS": f"--trace-warnings --cpu-prof --cpu-prof-dir={home / 'profile'}",
        "NODE_V8_COVERAGE": str(home / "profile"),
        "SSLKEYLOGFILE": str(home / "keys"),
        "PYTHONASYNCIODEBUG": "1",
        "OPENSC_DEBUG": "9",
    }


def assert_clean(text: bytes, where: str, person: fixtures.Person, *more: str) -> None:
    """Check that *text* holds no secret of *person* in any shape, and no code."""
    for part in laid_open(text):
        for secret in (*secrets_of(person), *more):
            assert not left_in(part, secret), where
        assert not _CODE.search(part), where


def kept(home: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield everything that is kept in *home*, but for the card that the test itself put there."""
    for file in home.rglob("*"):
        if file.is_file() and "card" not in file.relative_to(home).parts:
            yield file, file.read_bytes()


@pytest.mark.parametrize("key", sampled(["hatice", "zeynep"], every_run=["hatice"]))
def test_a_login_never_enters_the_program(playwright: Playwright, small_screen: Screen, home: Path, key: str) -> None:
    """ID number and password typed into e-Devlet's page are nowhere in the program's memory, in no shape."""
    with (
        portal_of(key) as (_, entry, person),
        sit_down(playwright, environment(small_screen, home), ["run", "--portal", entry, "--sign", "app"]) as desk,
    ):
        desk.log_in(person)
        desk.read_question(SHARING)
        assert held_by(desk.process.pid, person.national_id, person.password) == set()
        assert held_by(desk.process.pid, SHARING), "the search finds what is there"


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that fills with every token that the portal issues: of sessions, forms and hand-overs."""
    tokens: list[str] = []
    make = secrets.token_urlsafe

    def token_urlsafe(size: int | None = None) -> str:
        tokens.append(make(size))
        return tokens[-1]

    monkeypatch.setattr(secrets, "token_urlsafe", token_urlsafe)
    return tokens


@pytest.mark.parametrize(
    ("level", "debug"),
    sampled(
        [*product(LEVELS, ["all"]), *product(["TRACE", ""], DEBUG)],
        every_run=[("TRACE", "all")],
    ),
)
def test_a_run_with_every_telling_variable_set_tells_nothing(
    playwright: Playwright, small_screen: Screen, home: Path, issued: list[str], level: str, debug: str
) -> None:
    """Output, files, command lines and the children's surroundings of a guided run are clean at each level of the log
    and with each debug setting, and so is what is made of it later: the receipt as a page and as a PDF, the calendar
    file, and what is said of card and computer."""
    told = telling(home) if debug == "all" else DEBUG[debug]
    with portal_of("ayse") as (portal, entry, person):
        seen: dict[int, tuple[str, dict[str, str]]] = {}

        def look(_act: str, _pages: Sequence[Page]) -> None:
            seen.update(surroundings_of(home))

        surroundings = {**with_token(portal, person, small_screen, home), **told, "EONAY_LOG": level}
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"], look) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.type_pin(person.pin)
            assert desk.read_end() == "E-Onayınız verildi"
            assert desk.leave()[0] == 0
            own = desk.process.pid
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 1
        for words in (
            ("receipts", "--html", "1", "-o", str(home / "page.html")),
            ("receipts", "--pdf", "1", "-o", str(home / "page.pdf")),
            ("card", "--json", "--reminder", str(home / "reminder.ics")),
            ("doctor", "--json"),
        ):
            done = subprocess.run(command(words), env=surroundings, cwd=home, capture_output=True, check=False)
            (home / f"{words[0]}.said").write_bytes(done.stdout + done.stderr)
            if words[0] == "doctor":
                levels = {finding["id"]: finding["level"] for finding in json.loads(done.stdout)["findings"]}
                assert levels["browser"] == levels["display"] == "ok", levels
        assert {path.suffix for path in home.iterdir()} >= {".html", ".pdf", ".ics", ".said"}
    (receipt,) = (json.loads(path.read_text()) for path in home.rglob("*.json") if path.parent.name == "receipts")
    assert (receipt["outcome"], receipt["card"]) == ("consent_given", "PKCS#11 (libsofthsm2.so)")
    for file, content in kept(home):
        assert_clean(content, str(file), person, *issued)
    assert len(issued) > 5, "sessions, forms, hand-overs"
    assert len(seen) > 5, "driver, browser, card and their own"
    for pid, (line, given) in seen.items():
        assert_clean(line.encode(), line, person, *issued)
        assert pid == own or not told.items() & given.items(), line


@pytest.mark.parametrize("level", sampled(LEVELS, every_run=["TRACE"]))
def test_an_unattended_run_with_every_telling_variable_set_tells_nothing(
    tmp_path: Path, issued: list[str], level: str
) -> None:
    """Output, files and command lines of `dry-run --portal` are clean, though its secrets are in its surroundings."""
    with portal_of("ayse") as (portal, entry, person):
        card = provision(tmp_path / "card", portal.pki.credentials(person), pin=Pin(person.pin), label=person.key)
        given = {
            "EONAY_NATIONAL_ID": person.national_id,
            "EONAY_PASSWORD": person.password,
            "EONAY_SMS_CODE": person.sms_code,
            "EONAY_PIN": person.pin,
            "EONAY_PKCS11_MODULE": str(card.module),
            "EONAY_LOG": level,
            **card.environment,
            **telling(tmp_path),
        }
        process = started("dry-run", "--portal", entry, "--json", home=tmp_path, **given)
        lines: set[str] = set()
        while process.poll() is None:
            lines |= {line for line, _ in surroundings_of(tmp_path).values()}
            with suppress(TimeoutExpired):
                process.communicate(timeout=0.05)  # what it says is taken in too, so that it never waits to be heard
        out, err = process.communicate()
    assert len(lines) > 5, "driver, browser, card and their own"
    for where, text in (("output", out), ("errors", err), *((line, line) for line in lines)):
        assert_clean(text.encode(), where, person, *issued)
    for file, content in kept(tmp_path):
        assert_clean(content, str(file), person, *issued)
    assert len(issued) > 5, "sessions, forms, hand-overs"
    assert process.returncode == 0, err
    assert json.loads(out)["runs"][0]["outcome"] == "consent_given"
    told = [line for line in err.splitlines() if "ignored in the environment" in line]
    assert len(told) == (level in {"TRACE", "DEBUG"})
    assert all("DEBUG_FILE" in line and "SELENIUM_REMOTE_URL" in line for line in told)


def test_the_search_finds_a_canary_in_every_shape() -> None:
    """The searches above do find what is there: plain, coded, wide, over lines and chunks, in groups."""
    number = "10000000146"
    wrapped = base64.encodebytes(b"x" * 50 + number.encode())
    for text in (
        *shapes(number).values(),
        b"1000000\r\n4\r\n0146",
        b"10000\n000146",
        b"100.000 001-46",
        wrapped,
        f"\ufeffKimlik {number}".encode("utf-16"),
    ):
        assert left_in(b"a " + text + b" z", number), text
    assert not left_in(b"20261123T063005 10000000147", number)


def test_what_is_left_of_a_pin(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """Soon after it has signed, the PIN typed into the panel is nowhere in the program's memory, in no shape."""
    with portal_of("hatice") as (portal, entry, person):
        card = provision(home / "card", portal.pki.credentials(person), pin=Pin(PIN), label=person.key)
        settings = {"pkcs11_module": str(card.module), "token_label": card.label}
        surroundings = {**environment(small_screen, home, **settings), **card.environment}
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"]) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.type_pin(PIN)
            desk.panel.locator("#end-title").wait_for()
            assert never_forgotten(desk.process.pid, PIN) == set()
            assert desk.read_end() == "E-Onayınız verildi"
