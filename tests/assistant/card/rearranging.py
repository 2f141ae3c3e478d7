"""A process that makes a SoftHSM2 token odd: other CKA_IDs, public key objects, keys taken away.

Started by `rearrange`; a module of its own because SoftHSM2 is never loaded into the tests' own process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.rsa import decode_rsa_public_key

from assistant.card.child import child_command, child_environment
from assistant.card.process import Pkcs11Card
from tests.assistant.card.conftest import PIN


def rearrange(
    card: Pkcs11Card,
    *,
    certificate_ids: Mapping[str, str] | None = None,
    key_ids: Mapping[str, str] | None = None,
    labels: str | None = None,
    public: Sequence[str] = (),
    without_key: Sequence[str] = (),
    without_certificate: Sequence[str] = (),
) -> None:
    """Change the token behind *card*. Objects are named by their label, IDs are hexadecimal.

    *public* get a public key object, with the ID that their private key has then; *without_key* lose the private key,
    *without_certificate* the certificate.
    At last all objects are called *labels*.
    """
    order = {
        "module": card._module,
        "pin": PIN,
        "certificate_ids": dict(certificate_ids or {}),
        "key_ids": dict(key_ids or {}),
        "labels": labels,
        "public": list(public),
        "without_key": list(without_key),
        "without_certificate": list(without_certificate),
    }
    subprocess.run(
        child_command("tests.assistant.card.rearranging"),
        input=json.dumps(order).encode(),
        env=child_environment(card._environment),
        check=True,
        capture_output=True,
    )


def _main() -> None:
    order = json.load(sys.stdin)
    token = next(pkcs11.lib(order["module"]).get_tokens(token_label="eonay"))
    session = token.open(rw=True, user_pin=order["pin"])

    def each(kind: ObjectClass) -> dict[str, pkcs11.Object]:
        return {thing[Attribute.LABEL]: thing for thing in list(session.get_objects({Attribute.CLASS: kind}))}

    certificates, private = each(ObjectClass.CERTIFICATE), each(ObjectClass.PRIVATE_KEY)
    for label, number in order["certificate_ids"].items():
        certificates[label][Attribute.ID] = bytes.fromhex(number)
    for label, number in order["key_ids"].items():
        private[label][Attribute.ID] = bytes.fromhex(number)
    for label in order["public"]:
        key = _public_key(certificates[label][Attribute.VALUE])
        own = {Attribute.ID: private[label][Attribute.ID], Attribute.LABEL: label}
        session.create_object({**key, **own, Attribute.TOKEN: True, Attribute.PRIVATE: False})
    for label in order["without_key"]:
        private[label].destroy()
    for label in order["without_certificate"]:
        certificates[label].destroy()
    if order["labels"] is not None:
        for thing in list(session.get_objects()):
            thing[Attribute.LABEL] = order["labels"]
    session.close()


def _public_key(certificate: bytes) -> dict[Attribute, object]:
    info = x509.Certificate.load(certificate).public_key
    if info.algorithm == "rsa":
        return dict(decode_rsa_public_key(info["public_key"].parsed.dump()))
    return {
        Attribute.CLASS: ObjectClass.PUBLIC_KEY,
        Attribute.KEY_TYPE: KeyType.EC,
        Attribute.EC_PARAMS: info["algorithm"]["parameters"].dump(),
        Attribute.EC_POINT: b"\x04" + _length(info["public_key"].native) + info["public_key"].native,
        Attribute.VERIFY: True,
    }


def _length(content: bytes) -> bytes:
    return bytes((len(content),)) if len(content) < 0x80 else bytes((0x81, len(content)))


if __name__ == "__main__":
    _main()
