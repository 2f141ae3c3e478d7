"""The vendor's module through python-pkcs11. Runs only in the worker process.

One session at a time, because AKİS allows no more, and none left open: python-pkcs11 leaks a session if a login fails,
so after any error we finalise the module and initialise it again at the next use. C_Initialize gets NULL arguments,
as AKİS wants (python-pkcs11 never passes others).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, PKCS11Error, TokenFlag

from assistant.base.errors import CardError
from assistant.base.words import told
from assistant.card.cryptoki import CryptokiError, FunctionList
from assistant.card.keyring import Lenient, attribute, candidates, is_present, keys, objects, shown_keys
from assistant.card.keys import KeyKind
from assistant.card.model import CardCertificate, PinState, TokenInfo, TokenView, one_element
from assistant.card.module_errors import ModuleError, Stage, meaning

SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""SHA-256's DigestInfo, up to the digest itself (RFC 8017, section 9.2, note 1)."""

_ABSENT = (pkcs11.TokenNotPresent, pkcs11.TokenNotRecognised, pkcs11.SlotIDInvalid, pkcs11.DeviceRemoved)


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """What to sign, with which key on which token."""

    slot: int
    serial: str = field(repr=False)
    """Serial number of the token we looked at: another card in the same slot doesn't get the PIN."""
    certificate: bytes = field(repr=False)
    """DER of the certificate whose key signs."""
    key_id: bytes = field(repr=False)
    label: str = field(repr=False)
    kind: KeyKind
    data: bytes = field(repr=False)
    final_try_allowed: bool = False


class Driver:
    """One module, used by one thread."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._library: pkcs11._pkcs11.lib | None = None
        self.pin_sent = False
        """Whether the last `sign` gave the PIN to the module, whatever happened next."""

    def look(self, token_label: str | None) -> list[TokenView]:
        """Return what we can see of each token without a PIN (only those called *token_label*, if given).

        Raises `ModuleError`.
        """
        with self._working("look") as library:
            absent = True
            fault: PKCS11Error | None = None
            views = []
            for slot in _slots(library):
                try:
                    token = slot.get_token()
                    absent = False
                    if token_label in {None, token.label}:
                        views.append(self._view(token))
                except _ABSENT:
                    continue
                except PKCS11Error as error:  # a bad card in one reader mustn't hide a good one in another
                    fault, absent = error, False
            if fault is not None and not views:
                raise fault
            if fault is not None:
                self.close()
            if not views and (absent or token_label is None):
                raise ModuleError("card_missing" if library.get_slots() else "reader_missing")
            if not views:
                raise ModuleError("token_not_found")
            return views

    def sign(self, order: SigningOrder, pin: bytearray | None) -> bytes:
        """Return the raw signature (for EC: r and s next to each other). Raises `ModuleError`.

        We read the flags once more at the last moment. `PinState.obstacle` says when we don't send the PIN.
        """
        self.pin_sent = False
        with self._working("sign") as library:
            slot = next((s for s in library.get_slots(token_present=True) if s.slot_id == order.slot), None)
            if slot is None:
                raise ModuleError("card_removed")
            try:
                signature = self._sign_on(slot.get_token(), order, pin)
            except PKCS11Error as error:
                raise self._explained(meaning(error, "sign"), slot) from None
        self.close()
        return signature

    def close(self) -> None:
        """Finalise the module with its sessions and logins. Never raises, whatever the module does."""
        if self._library is not None:
            with suppress(PKCS11Error):
                self._library.finalize()

    @contextmanager
    def _working(self, stage: Stage) -> Iterator[pkcs11._pkcs11.lib]:
        try:
            library = self._library = pkcs11.lib(self._path)
        except PKCS11Error as error:
            raise meaning(error, "load") from None
        try:
            yield library
        except PKCS11Error as error:
            self.close()
            raise meaning(error, stage) from None
        except ModuleError:
            self.close()
            raise

    def _view(self, token: pkcs11.Token) -> TokenView:
        info = self._info(token)
        session = token.open(attribute_mapper=Lenient())
        try:
            return TokenView(info, _certificates(session, info.slot))
        finally:
            session.close()

    def _info(self, token: pkcs11.Token) -> TokenInfo:
        flags = token.flags
        try:
            shortest, longest = FunctionList(self._path).pin_limits(token.slot.slot_id)
        except (CryptokiError, OSError, AttributeError):
            shortest, longest = 0, 0
        return TokenInfo(
            slot=token.slot.slot_id,
            label=token.label,
            manufacturer=token.manufacturer_id,
            model=token.model,
            serial=token.serial.decode("latin-1"),
            pin=PinState(
                locked=bool(flags & TokenFlag.USER_PIN_LOCKED),
                final_try=bool(flags & TokenFlag.USER_PIN_FINAL_TRY),
                count_low=bool(flags & TokenFlag.USER_PIN_COUNT_LOW),
                not_set=not flags & TokenFlag.USER_PIN_INITIALIZED or bool(flags & TokenFlag.USER_PIN_TO_BE_CHANGED),
                protected_path=bool(flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH),
                min_length=shortest,
                max_length=longest,
            ),
            login_required=bool(flags & TokenFlag.LOGIN_REQUIRED),
        )

    def _sign_on(self, token: pkcs11.Token, order: SigningOrder, pin: bytearray | None) -> bytes:
        info = self._info(token)
        if info.serial != order.serial:
            raise ModuleError("card_removed")
        if not info.login_required:
            session = token.open(attribute_mapper=Lenient())
        else:
            obstacle = info.pin.obstacle(None if pin is None else len(pin), final_try_allowed=order.final_try_allowed)
            if obstacle:
                raise ModuleError(obstacle)
            if info.pin.protected_path or pin is None:
                pin = None
                session = token.open(user_pin=pkcs11.PROTECTED_AUTH, attribute_mapper=Lenient())
            else:
                self.pin_sent = True
                session = token.open(user_pin=pin.decode(), attribute_mapper=Lenient())
        try:
            return _sign_in(session, token.slot, order, pin)
        finally:
            with suppress(PKCS11Error):  # we finalise the module after every signature anyway
                session.close()

    def _explained(self, fault: ModuleError, slot: pkcs11.Slot) -> ModuleError:
        """Look at the token again after an error: it may be gone, or its PIN locked by now."""
        try:
            state = self._info(slot.get_token()).pin
        except _ABSENT:
            return ModuleError("card_removed") if fault.code == "card_error" else fault
        except PKCS11Error:
            return fault
        if fault.code == "pin_wrong" and state.locked:
            return ModuleError("pin_locked", told("card.detail.now_locked", "tr"))
        if fault.code == "pin_wrong" and state.final_try:
            return ModuleError("pin_wrong", told("card.detail.last_try", "tr"))
        return fault


def _slots(library: pkcs11._pkcs11.lib) -> list[pkcs11.Slot]:
    """Return the slots with a token. python-pkcs11 asks for all facts of all at once, and raises for one that has gone
    meanwhile; then the module knows by now.
    """
    try:
        return list(library.get_slots(token_present=True))
    except _ABSENT:
        return list(library.get_slots(token_present=True))


def _certificates(session: pkcs11.Session, slot: int) -> tuple[CardCertificate, ...]:
    """Return the certificates. An unreadable one comes back empty, unless all are unreadable."""
    private, public = shown_keys(session, ObjectClass.PRIVATE_KEY), shown_keys(session, ObjectClass.PUBLIC_KEY)
    found: list[tuple[bytes, bytes, str]] = []
    fault: PKCS11Error | None = None
    for thing in objects(session, {Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            der = one_element(thing[Attribute.VALUE])
        except PKCS11Error as error:
            der, fault = b"", error
        found.append((der, attribute(thing, Attribute.ID, b""), attribute(thing, Attribute.LABEL, "")))
    if fault is not None and not any(der for der, _, _ in found):
        raise fault
    shown = []
    count = len({der for der, _, _ in found})
    for der, key_id, label in found:
        present = is_present(der, key_id, private, public, count)
        own = candidates(der, key_id, label, private, public)[:1] if present else []
        always = attribute(own[0].thing, Attribute.ALWAYS_AUTHENTICATE, None) if own else None
        shown.append(CardCertificate(der, key_id, label, slot, present, always))
    return tuple(shown)


def _sign_in(session: pkcs11.Session, slot: pkcs11.Slot, order: SigningOrder, pin: bytearray | None) -> bytes:
    found = _keys_for(session, order)
    for key in found:
        again = bool(attribute(key, Attribute.ALWAYS_AUTHENTICATE, default=False))
        signature = _sign_with(key, slot, order, (pin or b"").decode() if again else None)
        # A key that wants the PIN every time gets it once: we spend no PIN on finding the right key.
        if again or len(found) == 1 or _is_right(order, signature):
            return signature
    raise pkcs11.NoSuchKey


def _sign_with(key: Any, slot: pkcs11.Slot, order: SigningOrder, confirmation: str | None) -> bytes:
    """Sign with one key. *confirmation* is the PIN, if the key wants it for each signature.

    An empty one means: use the reader's keypad. python-pkcs11 can't pass NULL here, and modules accept length zero
    instead.
    """
    for mechanism, data in _ways(slot, order):
        try:
            signature: bytes = key.sign(data, mechanism=mechanism, pin=confirmation)
        except pkcs11.MechanismInvalid:
            if confirmation is not None:  # don't send a PIN a third time just for this
                raise
        else:
            return signature
    raise pkcs11.MechanismInvalid


def _is_right(order: SigningOrder, signature: bytes) -> bool:
    from assistant.card.signature import finished_signature  # only odd cards need it here

    try:
        finished_signature(order.certificate, order.data, signature)
    except CardError:
        return False
    return True


def _ways(slot: pkcs11.Slot, order: SigningOrder) -> list[tuple[Mechanism, bytes]]:
    """Return the mechanisms that give the signature we want, each with its input, best first."""
    digest = sha256(order.data).digest()
    if order.kind is KeyKind.EC:
        return [(Mechanism.ECDSA, digest)]
    ways = [
        (Mechanism.SHA256_RSA_PKCS, order.data),
        (Mechanism.RSA_PKCS, SHA256_DIGEST_INFO + digest),
    ]
    try:
        offered = slot.get_mechanisms()
    except PKCS11Error:
        return ways
    return [way for way in ways if way[0] in offered] or ways


def _keys_for(session: pkcs11.Session, order: SigningOrder) -> list[Any]:
    """Return the private keys that could belong to the certificate, best first."""
    kind = pkcs11.KeyType.EC if order.kind is KeyKind.EC else pkcs11.KeyType.RSA
    private = keys(session, ObjectClass.PRIVATE_KEY, KEY_TYPE=kind)
    private = [key for key in private if isinstance(key.thing, pkcs11.SignMixin)]
    public = shown_keys(session, ObjectClass.PUBLIC_KEY)
    return [key.thing for key in candidates(order.certificate, order.key_id, order.label, private, public)]
