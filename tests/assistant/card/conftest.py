"""An authority for all tests, and for each test its own tokens and modules."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.card.credential import TokenCredential
from assistant.card.modules import find_softhsm
from assistant.card.pin import Pin
from assistant.card.process import Deadlines, Pkcs11Card
from assistant.card.provision import provision
from assistant.setup.parts import Part
from tests.assistant.card.authority import Authority, Wish

NEEDS = (Part.COMPILER,)

PIN = "135790"
NORMAL, LOCKED, FINAL, LOW, UNSET = "0x40c", "0x4040c", "0x2040c", "0x1040c", "0x404"
PROTECTED, PROTECTED_FINAL, NO_LOGIN, TO_BE_CHANGED = "0x50c", "0x2050c", "0x408", "0x8040c"
"""The flags of CK_TOKEN_INFO, as the scripted module takes them."""


@pytest.fixture(scope="session")
def authority() -> Authority:
    """An authority that issues any certificate."""
    return Authority()


@pytest.fixture
def ayse(authority: Authority) -> TokenCredential:
    """Ayşe's good RSA credential."""
    return authority.issue(Wish())


MakeToken = Callable[..., Pkcs11Card]


@pytest.fixture(scope="session")
def softhsm() -> Path:
    """The module of SoftHSM2; a test that needs it is skipped if it isn't installed."""
    module = find_softhsm()
    if module is None:
        pytest.skip("SoftHSM2 is not installed")
    return module


@pytest.fixture
def token(tmp_path: Path, softhsm: Path) -> Iterator[MakeToken]:
    """Make a SoftHSM2 token of this test's own and the card that reaches it."""
    cards: list[Pkcs11Card] = []

    def make(*credentials: TokenCredential, label: str = "eonay", always_authenticate: bool = False) -> Pkcs11Card:
        made = provision(
            tmp_path, credentials, pin=Pin(PIN), label=label, always_authenticate=always_authenticate, module=softhsm
        )
        cards.append(Pkcs11Card(made.module, made.label, made.environment))
        return cards[-1]

    yield make
    for card in cards:
        card.close()


@pytest.fixture(scope="session")
def scripted_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripted module, compiled; a test that needs it is skipped without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or os.name == "nt":
        pytest.skip("there is no C compiler for the scripted PKCS#11 module")
    library = tmp_path_factory.mktemp("module") / "libscripted.so"
    source = Path(__file__).with_name("scripted_module.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
    return library


def script_in(
    folder: Path, credential: TokenCredential, signatures: Sequence[bytes], settings: dict[str, str]
) -> dict[str, str]:
    """Return the environment that tells the scripted module what to do; *folder* is made for its files.

    It has a key for each of *signatures*; *settings* are more of its SCRIPT_* settings, in lower case.
    """
    folder.mkdir()
    (folder / "log").touch()
    (folder / "certificate.der").write_bytes(credential.certificate_der)
    told = {"log": str(folder / "log"), "certificate": str(folder / "certificate.der"), "keys": str(len(signatures))}
    for handle, signature in enumerate(signatures, 3):
        (folder / f"signature{handle}").write_bytes(signature)
        told[f"signature_{handle}"] = str(folder / f"signature{handle}")
    return {f"SCRIPT_{name.upper()}": value for name, value in (told | settings).items()}


@dataclass
class Scripted:
    """A card whose module does as it is told."""

    card: Pkcs11Card
    log: Path

    def calls(self, prefix: str = "C_") -> list[str]:
        """Return what was called, in order."""
        text = self.log.read_text() if self.log.exists() else ""
        return [line for line in text.splitlines() if line.startswith(prefix)]


MakeScripted = Callable[..., Scripted]


@pytest.fixture
def scripted(scripted_library: Path, tmp_path: Path, ayse: TokenCredential) -> Iterator[MakeScripted]:
    """Make a card of the scripted module; keywords are its SCRIPT_* settings in lower case."""
    made: list[Scripted] = []

    def make(
        *,
        credential: TokenCredential = ayse,
        signature: bytes = b"",
        seconds: float = 60.0,
        sign_seconds: float = 60.0,
        **script: str,
    ) -> Scripted:
        folder = tmp_path / f"script{len(made)}"
        environment = script_in(folder, credential, [signature], script)
        deadlines = Deadlines(look=seconds, sign=sign_seconds, protected_path=sign_seconds)
        card = Pkcs11Card(scripted_library, None, environment, deadlines)
        made.append(Scripted(card, folder / "log"))
        return made[-1]

    yield make
    for each in made:
        each.card.close()


def without(calls: Sequence[str], *prefixes: str) -> list[str]:
    """Return *calls* without those that start with one of *prefixes*."""
    return [call for call in calls if not call.startswith(prefixes)]
