"""The vendor's module through python-pkcs11. Runs in the worker process only.

One session at a time (the AKİS module allows no more), and none left open: python-pkcs11 leaves a session open when
a login fails, so after every error the module is finalised and initialised again at the next use. The arguments of
C_Initialize are NULL, as AKİS wants them (python-pkcs11 passes no others).
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
"""DigestInfo of SHA-256 up to the digest itself (RFC 8017, section 9.2, note 1)."""

_ABSENT = (pkcs11.TokenNotPresent, pkcs11.TokenNotRecognised, pkcs11.SlotIDInvalid, pkcs11.DeviceRemoved)


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """What is to be signed, with which key of which token."""

    slot: int
    serial: str = field(repr=False)
    """Serial number of the token that was looked at: another card in the same slot gets no PIN."""
    certificate: bytes = field(repr=False)
    """DER of the certificate whose key is to sign."""
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
        """Whether the last `sign` handed the PIN to the module, whatever came of it."""

    def look(self, token_label: str | None) -> list[TokenView]:
        """Return the tokens (only those called *token_label*, if given) with what can be seen without a PIN.

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
                except PKCS11Error as error:  # a sick card in one reader hides no good one in another
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
        """Return the raw signature (for EC: r and s side by side). Raises `ModuleError`.

        The flags are read once more at the last moment; see `PinState.obstacle` for when the PIN is not sent.
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
        """Finalise the module, with all its sessions and logins; never raises for what the module does."""
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
            with suppress(PKCS11Error):  # the module is finalised after every signature anyway
                session.close()

    def _explained(self, fault: ModuleError, slot: pkcs11.Slot) -> ModuleError:
        """Look at the token once more after an error: it may be gone, or the PIN may be locked now."""
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
    """Return what certificates there are; one that can't be read is there too, empty, unless none can be read."""
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
    for der, key_id, label in found:
        present = is_present(der, key_id, private, public, len({der for der, _, _ in found}))
        own = candidates(der, key_id, label, private, public)[:1] if present else []
        always = attribute(own[0].thing, Attribute.ALWAYS_AUTHENTICATE, None) if own else None
        shown.append(CardCertificate(der, key_id, label, slot, present, always))
    return tuple(shown)


def _sign_in(session: pkcs11.Session, slot: pkcs11.Slot, order: SigningOrder, pin: bytearray | None) -> bytes:
    found = _keys_for(session, order)
    for key in found:
        again = bool(attribute(key, Attribute.ALWAYS_AUTHENTICATE, default=False))
        signature = _sign_with(key, slot, order, (pin or b"").decode() if again else None)
        # A key that wants the PIN each time gets it once: no PIN is spent on finding the right key.
        if again or len(found) == 1 or _is_right(order, signature):
            return signature
    raise pkcs11.NoSuchKey


def _sign_with(key: Any, slot: pkcs11.Slot, order: SigningOrder, confirmation: str | None) -> bytes:
    """Sign with one key. *confirmation* is the PIN where it is wanted at each signature.

    An empty one stands for the reader's own keys: python-pkcs11 cannot pass NULL here, and modules take a length of
    zero for it.
    """
    ways = _ways(slot, order)
    for mechanism, data in ways:
        try:
            signature: bytes = key.sign(data, mechanism=mechanism, pin=confirmation)
        except pkcs11.MechanismInvalid:
            if confirmation is not None or mechanism is ways[-1][0]:  # a PIN is not sent a third time for this
                raise
        else:
            return signature
    raise pkcs11.MechanismInvalid


def _is_right(order: SigningOrder, signature: bytes) -> bool:
    from assistant.card.signature import finished_signature  # only an odd card needs it here

    try:
        finished_signature(order.certificate, order.data, signature)
    except CardError:
        return False
    return True


def _ways(slot: pkcs11.Slot, order: SigningOrder) -> list[tuple[Mechanism, bytes]]:
    """Return the mechanisms that give the wanted signature, with what each has to be given, best first."""
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
    """Return the private keys that may be the certificate's, best first. Raises `NoSuchKey` where there is none."""
    kind = pkcs11.KeyType.EC if order.kind is KeyKind.EC else pkcs11.KeyType.RSA
    private = keys(session, ObjectClass.PRIVATE_KEY, KEY_TYPE=kind)
    private = [key for key in private if isinstance(key.thing, pkcs11.SignMixin)]
    public = shown_keys(session, ObjectClass.PUBLIC_KEY)
    found = candidates(order.certificate, order.key_id, order.label, private, public)
    if not found:
        raise pkcs11.NoSuchKey
    return [key.thing for key in found]
