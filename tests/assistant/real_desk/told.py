"""What every story is told with: the portal for one person, the approvals by their titles, and how it ended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright

import fixtures
import mock_portal
from assistant.card.pin import Pin
from assistant.card.provision import provision
from mock_portal.clock import Clock
from tests.assistant.card.virtual_reader.piv_card import PivCard
from tests.assistant.official_app.conftest import lay_key
from tests.assistant.real_desk.desk import Look, RealDesk, command, environment
from tests.assistant.real_desk.screen import Screen

SHARING, CONSENT, HAND_OFF = (
    "Bilgi paylaşımına onay",
    "E-Onay metni ve Devam",
    "Doğrulama kodunu imza uygulamasına verme",
)
RENEW = "Yeni kod isteme"
HANG = "void setTimeout(() => { console.log('hangs'); while (true); }, 0)"
"""Makes the portal's page run forever at once, and say so."""
STAND_IN = Path(__file__).parents[1] / "official_app" / "stand_in" / "app.py"


@dataclass(frozen=True)
class Told:
    """How a story ended."""

    title: str
    """The headline of the last view."""
    code: int
    said: str
    left_over: list[str]
    ledger: mock_portal.Ledger | None = None
    card: PivCard | None = None
    """What was in the virtual reader, if the story has one."""


Story = Callable[[Playwright, Screen, Path, Look], Told]


@contextmanager
def portal_of(key: str, clock: Clock | None = None) -> Iterator[tuple[mock_portal.Portal, str, fixtures.Person]]:
    """Serve the mock portal for one person."""
    portal = mock_portal.Portal(people=[key], clock=clock)
    with mock_portal.serve(portal) as served:
        yield portal, served.entry_url, fixtures.people()[key]


def with_token(portal: mock_portal.Portal, person: fixtures.Person, screen: Screen, home: Path) -> dict[str, str]:
    """Return the surroundings of a person whose card is a token of SoftHSM2."""
    card = provision(home / "card", portal.pki.credentials(person), pin=Pin(person.pin), label=person.key)
    return {
        **environment(screen, home, pkcs11_module=str(card.module), token_label=card.label),
        **card.environment,
    }


def with_app(portal: mock_portal.Portal, person: fixtures.Person, screen: Screen, home: Path) -> dict[str, str]:
    """Return the surroundings of a person whose official app is the stand-in, which signs once `home/sign` exists."""
    lay_key(portal, person.key, home)
    return environment(screen, home, app_command=f"{sys.executable} {STAND_IN} {home}")


def say_yes_to(desk: RealDesk, titles: Sequence[str] = (SHARING, CONSENT, HAND_OFF)) -> None:
    """Press the big button of each approval in turn."""
    for title in titles:
        desk.say_yes(title)


def ended(desk: RealDesk, ledger: mock_portal.Ledger | None = None, card: PivCard | None = None) -> Told:
    """Read the last view, close it, and wait for the command to end."""
    title = desk.read_end()
    code, said = desk.leave()
    return Told(title, code, said, desk.left_over(), ledger, card)


def kept_receipts(screen: Screen, home: Path) -> list[dict[str, object]]:
    """Return what `eonay receipts` lists."""
    done = subprocess.run(
        command(["receipts", "--json"]), env=environment(screen, home), capture_output=True, text=True, check=True
    )
    listed: list[dict[str, object]] = json.loads(done.stdout)["receipts"]
    return listed
