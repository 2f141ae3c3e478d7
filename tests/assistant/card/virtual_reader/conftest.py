"""The real stack on this machine: pcscd, the virtual reader, OpenSC's module. One test at a time may have it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

import fixtures
import mock_portal
from assistant.card.process import Pkcs11Card
from tests.assistant.card.virtual_reader.piv_card import PivCard
from tests.assistant.card.virtual_reader.reader import PluggedIn

MakeCard = Callable[..., PivCard]
PlugIn = Callable[[PivCard], PluggedIn]
_DAEMON = "/usr/sbin/pcscd"
_SOCKET = Path("/run/pcscd/pcscd.comm")
_PACKAGES = "pcscd vsmartcard-vpcd opensc-pkcs11"


@pytest.fixture
def opensc() -> Iterator[Path]:
    """OpenSC's module, with pcscd and the virtual reader behind it; skips with a loud word where it cannot be."""
    fcntl = pytest.importorskip("fcntl", reason="the virtual reader needs Linux")
    module = next((found for root in ("lib64", "lib") for found in Path("/usr", root).rglob("opensc-pkcs11.so")), None)
    driver = next(Path("/usr/lib/pcsc/drivers").rglob("libifdvpcd.so*"), None)
    if module is None or driver is None or not Path(_DAEMON).exists():
        _skip(f"pcscd, the virtual reader or OpenSC is not installed: apt install {_PACKAGES}")
    with Path(tempfile.gettempdir(), "eonay-virtual-reader.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        daemon = _daemon()
        try:
            yield module or Path()
        finally:
            if daemon is not None:
                daemon.terminate()
                daemon.wait(10)


@pytest.fixture(scope="module")
def make_card() -> MakeCard:
    """Make virtual cards with a test person's certificate on them."""
    portal = mock_portal.Portal(people=["ayse", "mehmet"])

    def make(person: str = "ayse", *, always_authenticate: bool = False) -> PivCard:
        who = fixtures.people()[person]
        credential = portal.pki.credentials(who)[0]
        key = load_der_private_key(credential.private_key_pkcs8_der, None)
        assert isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey)
        return PivCard(credential.certificate_der, key, who.pin, always_authenticate)

    return make


@pytest.fixture
def plug_in(opensc: Path) -> Iterator[PlugIn]:
    """Put cards into the virtual reader; they are pulled at the end."""
    plugged: list[PluggedIn] = []

    def put(card: PivCard) -> PluggedIn:
        try:
            plugged.append(PluggedIn(card))
        except OSError:
            _skip("no virtual reader listens on loopback: is /etc/reader.conf.d/vpcd in place?")
        return plugged[-1]

    yield put
    for each in plugged:
        each.pull()


@pytest.fixture
def card(opensc: Path) -> Iterator[Pkcs11Card]:
    """The card as the program sees it, through OpenSC."""
    seen = Pkcs11Card(opensc)
    yield seen
    seen.close()


def _daemon() -> subprocess.Popen[bytes] | None:
    """Start pcscd where none runs; None where one does."""
    if _SOCKET.exists() and shutil.which("pidof") and subprocess.run(["pidof", "pcscd"], capture_output=True).stdout:
        return None
    if os.geteuid() != 0:
        _skip("pcscd does not run, and only root may start it: sudo systemctl start pcscd")
    return subprocess.Popen([_DAEMON, "--foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _skip(why: str) -> None:
    warnings.warn(f"THE REAL CARD STACK IS NOT TESTED: {why}", stacklevel=2)
    pytest.skip(f"THE REAL CARD STACK IS NOT TESTED: {why}")
