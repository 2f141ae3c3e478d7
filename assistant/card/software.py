"""A card in memory behind the same interface, for machines where you can't get a PKCS#11 module.

It acts like a real card: three wrong PINs lock it, and its flags show that.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Sequence
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from assistant.base.errors import CardError
from assistant.base.words import told
from assistant.card.credential import CredentialLike
from assistant.card.model import CardCertificate, CardView, PinState, TokenInfo, TokenView
from assistant.card.pin import Pin, overwrite

TRIES = 3
"""Wrong PINs until the card locks (the same as AKİS)."""


class SoftwareCard:
    """A card in memory. Thread-safe."""

    name = "software card"

    def __init__(self, credentials: Sequence[CredentialLike], pin: Pin, label: str = "Yazılım kartı") -> None:
        self._label = label
        self._pin = pin
        self._wrong = 0
        self._lock = threading.Lock()
        self._keys = {_id(number): credential.private_key_pkcs8_der for number, credential in enumerate(credentials, 1)}
        self._certificates = tuple(
            CardCertificate(
                der=credential.certificate_der,
                key_id=_id(number),
                label=credential.label,
                slot=0,
                key_present=bool(credential.private_key_pkcs8_der),
                always_authenticate=False,
            )
            for number, credential in enumerate(credentials, 1)
        )

    @classmethod
    def of(cls, credentials: Sequence[CredentialLike], pin: str) -> Self:
        """Return a card with a test person's credentials and PIN."""
        return cls(credentials, Pin(pin))

    def start(self) -> None:
        """Do nothing: this card is always ready."""

    def look(self) -> CardView:
        """See `assistant.card.card.Card.look`."""
        left = TRIES - self._wrong
        state = PinState(locked=left <= 0, final_try=left == 1, count_low=0 < left < TRIES, min_length=4, max_length=16)
        info = TokenInfo(0, self._label, "eonay", "memory", "1", state)
        return CardView((TokenView(info, self._certificates),))

    def sign(
        self,
        certificate: CardCertificate,
        data: bytes,
        pin: Pin | None,
        *,
        final_try_allowed: bool = False,
    ) -> bytes:
        """See `assistant.card.card.Card.sign`."""
        with self._lock:
            raw = None if pin is None or pin.wiped else pin.reveal()
            try:
                self._check(raw, final_try_allowed=final_try_allowed)
            finally:
                if raw is not None:
                    overwrite(raw)
            if pin is not None:
                pin.wipe()
        return signature_with(self._keys.get(certificate.key_id, b""), data)

    def close(self) -> None:
        """Do nothing; the card stays as it is."""

    def _check(self, raw: bytearray | None, *, final_try_allowed: bool) -> None:
        state = self.look().tokens[0].info.pin
        obstacle = state.obstacle(None if raw is None else len(raw), final_try_allowed=final_try_allowed)
        if obstacle is not None or raw is None:
            raise CardError(obstacle or "pin_missing")
        if not hmac.compare_digest(raw, self._pin.reveal()):
            self._wrong += 1
            raise wrong_pin(TRIES - self._wrong)
        self._wrong = 0


def wrong_pin(tries_left: int) -> CardError:
    """Return what a card says of a wrong PIN, after which *tries_left* are left."""
    if tries_left <= 0:
        return CardError("pin_locked", told("card.detail.now_locked", "tr"))
    return CardError("pin_wrong", told("card.detail.last_try", "tr")) if tries_left == 1 else CardError("pin_wrong")


def _id(number: int) -> bytes:
    return number.to_bytes(2, "big")


def signature_with(pkcs8_der: bytes, data: bytes) -> bytes:
    """Return the signature over *data* with an unencrypted PKCS#8 key. Raises `CardError` like a card."""
    if not pkcs8_der:
        raise CardError("key_missing")
    # Checking an RSA key takes longer than using it, and a bad one only gives a signature that doesn't verify.
    key = load_der_private_key(pkcs8_der, password=None, unsafe_skip_rsa_key_validation=True)
    if isinstance(key, RSAPrivateKey):
        return key.sign(data, PKCS1v15(), SHA256())
    if isinstance(key, EllipticCurvePrivateKey):
        return key.sign(data, ECDSA(SHA256()))
    raise CardError("certificate_not_for_signing")
