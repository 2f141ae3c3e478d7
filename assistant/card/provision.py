"""Puts credentials on a fresh SoftHSM2 token: a virtual card for dry runs and tests.

The module is loaded in a child process, never here. The child gets the PIN through a pipe.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.base.errors import SetupError
from assistant.base.interrupt import born_deaf
from assistant.card.child import child_command, child_environment, child_folder, is_misread
from assistant.card.credential import CredentialLike, TokenCredential
from assistant.card.modules import find_softhsm
from assistant.card.pin import Pin, overwrite
from assistant.card.wire import send

__all__ = ["TokenCredential", "VirtualCard", "provision"]

_DEADLINE = 30.0
_CONFIGURATION = """\
directories.tokendir = {tokens}
objectstore.backend = file
log.level = ERROR
slots.removable = false
"""


@dataclass(frozen=True, slots=True)
class VirtualCard:
    """What `Pkcs11Card` needs to use a provisioned token."""

    module: Path
    label: str
    environment: Mapping[str, str] = field(repr=False)
    """``SOFTHSM2_CONF``."""


def provision(
    folder: Path,
    credentials: Sequence[CredentialLike],
    *,
    pin: Pin,
    label: str,
    always_authenticate: bool = False,
    module: Path | None = None,
) -> VirtualCard:
    """Make a token called *label* in *folder* and put *credentials* on it. SoftHSM2 lists them in any order.

    Call it again for the same folder with another label and the module shows both tokens. The folder is private:
    anybody who can read it can try PINs forever. *pin* is not wiped. With *always_authenticate* the keys want the PIN
    for each signature.

    Raises `SetupError`: ``setup_incomplete`` if SoftHSM2 isn't installed, ``internal_error`` if it refuses.
    """
    module = module or find_softhsm()
    if module is None:
        raise SetupError("setup_incomplete", "SoftHSM2")
    tokens = folder / "tokens"
    tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
    configuration = folder.absolute() / "softhsm2.conf"
    named = tokens.name if is_misread(str(configuration)) else tokens.absolute()
    configuration.write_text(_CONFIGURATION.format(tokens=named), encoding="utf-8")
    environment = {"SOFTHSM2_CONF": str(configuration)}
    message = {
        "module": str(module),
        "token_label": label,
        "always_authenticate": always_authenticate,
        "labels": [credential.label for credential in credentials],
    }
    raw = pin.reveal()
    parts = [part for c in credentials for part in (c.certificate_der, c.private_key_pkcs8_der)]
    with born_deaf():
        child = subprocess.Popen(  # noqa: S603 (our own interpreter)
            child_command("assistant.card.provisioning"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=child_folder(environment),
            env=child_environment(environment),
        )
    with child:
        try:
            if child.stdin is not None:
                send(child.stdin, message, [raw, *parts])
            _, complaint = child.communicate(timeout=_DEADLINE)
        except (OSError, subprocess.TimeoutExpired):
            child.kill()
            complaint = b""
        finally:
            overwrite(raw)
    if child.returncode != 0:
        # The last line names the library's error; none of our values is in it.
        last = complaint.decode(errors="replace").strip().rpartition("\n")[2][:120]
        raise SetupError("internal_error", f"SoftHSM2: {last}")
    return VirtualCard(module, label, environment)
