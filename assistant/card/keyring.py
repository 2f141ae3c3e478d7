"""Which key of a token belongs to which certificate. Runs in the worker process only.

The public key decides: CKA_IDs are missing, swapped or given twice on cards in the field. A token shows the public
half of a key in the private key itself, or in a public key object with the same ID; many show it before the PIN.
Only where it is shown nowhere do CKA_ID and label decide, in this order, and a signature tells whether they were right.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pkcs11
from pkcs11 import Attribute, ObjectClass, PKCS11Error
from pkcs11.attributes import AttributeMapper

from assistant.card.module_errors import meaning

_COORDINATES = (24, 28, 32, 40, 48, 64, 66)
"""Bytes of a coordinate on the curves there are."""
_WRAPPINGS = (0, 2, 3)
"""Bytes before a point: none, or the header of an OCTET STRING (PKCS#11 v2.40, section 2.3.3) or a BIT STRING."""
_SHORTEST_MODULUS = 64


@dataclass(frozen=True, slots=True)
class Key:
    """One key object of a token."""

    thing: Any = field(repr=False)
    """python-pkcs11's object."""
    key_id: bytes = field(repr=False)
    label: str = field(repr=False)
    mark: bytes = field(repr=False)
    """What only its own certificate has in it: the modulus, or the point's first coordinate; empty where not shown."""

    def is_of(self, certificate_der: bytes) -> bool:
        """Whether the certificate is for this key."""
        return bool(self.mark) and self.mark in certificate_der

    def goes_with(self, other: Key) -> bool:
        """Whether ID, or else label, say that both are halves of one pair."""
        if self.key_id or other.key_id:
            return self.key_id == other.key_id
        return bool(self.label) and self.label == other.label


class Lenient(AttributeMapper):
    """Reads attributes that are not as the standard has them, instead of losing all objects to one of them."""

    def unpack_attributes(self, key: Attribute, value: bytes) -> Any:
        """See python-pkcs11; an odd text has replacement characters, an odd flag is set when any bit is."""
        try:
            return super().unpack_attributes(key, value)
        except (ValueError, struct.error):
            return value.decode("utf-8", "replace") if key == Attribute.LABEL else any(value)


def objects(session: pkcs11.Session, template: dict[Attribute, Any]) -> Iterator[Any]:
    """Yield the objects of the token that fit *template*; one that can't be read hides no other.

    Raises `PKCS11Error` where none can be read at all, and where the card is gone.
    """
    fault: PKCS11Error | None = None
    any_read = False
    # One at a time: python-pkcs11's own get_objects ends at the first object that fails.
    with pkcs11._pkcs11.SearchIter(session, template, 1) as search:  # type: ignore[attr-defined]
        for found in search:
            try:
                for thing in found:
                    any_read = True
                    yield thing
            except PKCS11Error as error:
                _raise_if_removed(error)
                fault = error
    if fault is not None and not any_read:
        raise fault


def attribute(thing: Any, name: Attribute, default: Any) -> Any:
    """Return an attribute, or *default* where the module does not tell it."""
    try:
        return thing[name]
    except PKCS11Error as error:
        _raise_if_removed(error)
        return default


def keys(session: pkcs11.Session, kind: ObjectClass, **template: Any) -> list[Key]:
    """Return the keys of *kind* that the session shows."""
    wanted = {Attribute.CLASS: kind, **{Attribute[name]: value for name, value in template.items()}}
    return [
        Key(thing, attribute(thing, Attribute.ID, b""), attribute(thing, Attribute.LABEL, ""), _mark(thing))
        for thing in objects(session, wanted)
    ]


def shown_keys(session: pkcs11.Session, kind: ObjectClass) -> list[Key]:
    """Return the keys of *kind* that are shown without the PIN; none where the module can't tell."""
    try:
        return keys(session, kind)
    except PKCS11Error as error:
        _raise_if_removed(error)
        return []


def candidates(
    certificate_der: bytes, key_id: bytes, label: str, private: Sequence[Key], public: Sequence[Key]
) -> list[Key]:
    """Return the keys of *private* that may be the certificate's, best first; one alone is sure or the only one left.

    *key_id* and *label* are the certificate's own, *public* the public key objects that are shown.
    """
    own = [key for key in private if key.is_of(certificate_der)]
    if own:
        return own[:1]
    unmarked = [key for key in private if not key.mark]
    halves = [half for half in public if half.is_of(certificate_der)]
    paired = [key for key in unmarked if any(half.goes_with(key) for half in halves)]
    if paired:
        return paired
    foreign = [half for half in public if half.mark and half not in halves]
    left = [key for key in unmarked if not any(half.goes_with(key) for half in foreign)]
    by_id = [key for key in left if key_id and key.key_id == key_id]
    by_label = [key for key in left if label and key.label == label and key not in by_id]
    return by_id + by_label + [key for key in left if key not in by_id and key not in by_label]


def is_present(
    certificate_der: bytes, key_id: bytes, private: Sequence[Key], public: Sequence[Key], certificates: int
) -> bool | None:
    """Tell whether the certificate's key is on the token, as far as can be told without the PIN; None where it can't.

    No is said only of a token that shows as many keys as it has *certificates*, each with its public half: others
    may hide this one until the PIN.
    """
    shown = (*private, *public)
    if any(key.is_of(certificate_der) for key in shown):
        return True
    likely = candidates(certificate_der, key_id, "", private, public)
    if key_id and likely and likely[0].key_id == key_id:
        return True
    marks = {key.mark for key in shown}
    return False if b"" not in marks and len(marks) >= certificates else None


def _raise_if_removed(error: PKCS11Error) -> None:
    if meaning(error, "sign").code == "card_removed":
        raise error


def _mark(thing: Any) -> bytes:
    modulus = bytes(attribute(thing, Attribute.MODULUS, b"")).lstrip(b"\0")
    if len(modulus) >= _SHORTEST_MODULUS:
        return modulus
    return first_coordinate(bytes(attribute(thing, Attribute.EC_POINT, b"")))


def first_coordinate(point: bytes) -> bytes:
    """Return the first coordinate of an EC point, wrapped or not, compressed or not; empty for anything else.

    It is the part that a certificate has too, however the point is written there.
    """
    for size in _COORDINATES:
        whole, compressed = 2 * size + 1, size + 1
        if len(point) - whole in _WRAPPINGS and point[-whole] == 4:
            return point[-2 * size : -size]
        if len(point) - compressed in _WRAPPINGS and point[-compressed] in {2, 3}:
            return point[-size:]
    return b""
