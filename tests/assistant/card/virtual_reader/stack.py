"""The real stack on this machine: pcscd with the virtual reader, and OpenSC's module before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from assistant.setup.parts import Part
from mock_portal import Portal
from tests.assistant.card.virtual_reader.piv_card import PivCard

NEEDS = (Part.VIRTUAL_READER,)

_DAEMON = "/usr/sbin/pcscd"
_SOCKET = Path("/run/pcscd/pcscd.comm")
_PACKAGES = "pcscd vsmartcard-vpcd opensc-pkcs11"


class StackMissingError(RuntimeError):
    """This machine has no such stack; the text says what it takes."""


@contextmanager
def card_stack() -> Iterator[Path]:
    """Give OpenSC's module with an empty virtual reader behind it, to one at a time. Raises `StackMissingError`."""
    try:
        import fcntl
    except ImportError:
        raise StackMissingError("the virtual reader needs Linux") from None
    module = next((found for root in ("lib64", "lib") for found in Path("/usr", root).rglob("opensc-pkcs11.so")), None)
    driver = next(Path("/usr/lib/pcsc/drivers").rglob("libifdvpcd.so*"), None)
    if module is None or driver is None or not Path(_DAEMON).exists():
        raise StackMissingError(f"pcscd, the virtual reader or OpenSC is not installed: apt install {_PACKAGES}")
    with Path(tempfile.gettempdir(), "eonay-virtual-reader.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        daemon = _daemon()
        try:
            yield module
        finally:
            if daemon is not None:
                daemon.terminate()
                daemon.wait(10)


def card_of(portal: Portal, person: str, *, always_authenticate: bool = False) -> PivCard:
    """Make a virtual card with the person's certificate on it."""
    credential = portal.pki.credentials(person)[0]
    key = load_der_private_key(credential.private_key_pkcs8_der, None)
    assert isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey)
    return PivCard(credential.certificate_der, key, portal.people[person].pin, always_authenticate)


def _daemon() -> subprocess.Popen[bytes] | None:
    """Start pcscd if none runs; None if one does."""
    if _SOCKET.exists() and shutil.which("pidof") and subprocess.run(["pidof", "pcscd"], capture_output=True).stdout:
        return None
    if os.geteuid() != 0:
        raise StackMissingError("pcscd does not run, and only root may start it: sudo systemctl start pcscd")
    return subprocess.Popen([_DAEMON, "--foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
