"""The child process of `provision`: makes a SoftHSM2 token and fills it.

It is separate so that code which can erase a token never runs in the process that talks to a real card.
"""

from __future__ import annotations

import secrets
import sys
from typing import Any

import pkcs11
from asn1crypto.keys import PrivateKeyInfo
from pkcs11 import Attribute, KeyType, TokenFlag
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from assistant.card.cryptoki import FunctionList
from assistant.card.wire import receive


def main() -> None:
    """Read one order from standard input and carry it out. Exit code 0 means done."""
    received = receive(sys.stdin.buffer)
    if received is None:
        sys.exit(1)
    order, (pin, *parts) = received
    library = pkcs11.lib(order["module"])
    token = _new_token(library, order["module"], order["token_label"], pin.decode())
    session = token.open(rw=True, user_pin=pin.decode())
    for number, label in enumerate(order["labels"]):
        certificate, key = bytes(parts[2 * number]), bytes(parts[2 * number + 1])
        common = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: _id(number)}
        session.create_object({**decode_x509_certificate(certificate), **common, Attribute.PRIVATE: False})
        if key:
            session.create_object({**_key(key, always=order["always_authenticate"]), **common})
    session.close()
    library.finalize()


def _new_token(library: Any, module: str, label: str, pin: str) -> pkcs11.Token:
    slots: list[pkcs11.Slot] = library.get_slots(token_present=True)
    free = next(slot for slot in slots if not slot.get_token().flags & TokenFlag.TOKEN_INITIALIZED)
    so_pin = secrets.token_hex(8)
    FunctionList(module).init_token(free.slot_id, so_pin.encode(), label)
    token = next(token for token in library.get_tokens(token_label=label))
    session = token.open(rw=True, so_pin=so_pin)
    session.init_pin(pin)
    session.close()
    return token  # type: ignore[no-any-return]


def _key(pkcs8: bytes, *, always: bool) -> dict[Attribute, Any]:
    info = PrivateKeyInfo.load(pkcs8)
    inner = info["private_key"]
    if info.algorithm == "rsa":
        attributes = decode_rsa_private_key(inner.parsed.dump())
    else:
        attributes = {
            **decode_ec_private_key(_with_curve(info)),
            Attribute.KEY_TYPE: KeyType.EC,
            Attribute.SIGN: True,
        }
    return {
        **attributes,
        Attribute.PRIVATE: True,
        Attribute.SENSITIVE: True,
        Attribute.EXTRACTABLE: False,
        Attribute.ALWAYS_AUTHENTICATE: always,
    }


def _with_curve(info: PrivateKeyInfo) -> bytes:
    """Return the ECPrivateKey including its curve, which PKCS#8 keeps outside it."""
    inner = info["private_key"].parsed
    inner["parameters"] = info["private_key_algorithm"]["parameters"]
    return inner.dump()  # type: ignore[no-any-return]


def _id(number: int) -> bytes:
    return (number + 1).to_bytes(2, "big")


if __name__ == "__main__":
    main()
