"""Which key on a token belongs to which certificate. Runs only in the worker process.

The public key decides: on cards in the field CKA_IDs are missing, swapped or used twice. A token shows a key's public
half in the private key itself or in a public key object with the same ID; many do so before the PIN. Only if it shows
none do CKA_ID and label decide, in this order, and a signature shows whether they were right.
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
"""Bytes per coordinate on the curves in use."""
_WRAPPINGS = (0, 2, 3)
"""Bytes before a point: none, or the header of an OCTET STRING (PKCS#11 v2.40, section 2.3.3) or a BIT STRING."""
_SHORTEST_MODULUS = 64


@dataclass(frozen=True, slots=True)
class Key:
    """One key object on a token."""

    thing: Any = field(repr=False)
    """python-pkcs11's object."""
    key_id: bytes = field(repr=False)
    label: str = field(repr=False)
    mark: bytes = field(repr=False)
    """What only its own certificate contains: the modulus, or the point's first coordinate; empty if not shown."""

    def is_of(self, certificate_der: bytes) -> bool:
        """Whether the certificate is for this key."""
        return bool(self.mark) and self.mark in certificate_der

    def goes_with(self, other: Key) -> bool:
        """Whether the ID, or failing that the label, says that both are halves of one pair."""
        if self.key_id or other.key_id:
            return self.key_id == other.key_id
        return bool(self.label) and self.label == other.label


class Lenient(AttributeMapper):
    """Reads non-standard attributes too, so that one of them doesn't cost us all objects."""

    def unpack_attributes(self, key: Attribute, value: bytes) -> Any:
        """See python-pkcs11. Odd text gets replacement characters; an odd flag is set if any bit is."""
        try:
            return super().unpack_attributes(key, value)
        except (ValueError, struct.error):
            return value.decode("utf-8", "replace") if key == Attribute.LABEL else any(value)


def objects(session: pkcs11.Session, template: dict[Attribute, Any]) -> Iterator[Any]:
    """Yield the token's objects that match *template*. An unreadable one doesn't hide the others.

    Raises `PKCS11Error` if none is readable at all, or the card is gone.
    """
    fault: PKCS11Error | None = None
    any_read = False
    # One at a time: python-pkcs11's get_objects stops at the first object that fails.
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
    """Return an attribute, or *default* if the module doesn't tell."""
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
    """Return the keys of *kind* we can see without the PIN; none if the module can't tell."""
    try:
        return keys(session, kind)
    except PKCS11Error as error:
        _raise_if_removed(error)
        return []


def candidates(
    certificate_der: bytes, key_id: bytes, label: str, private: Sequence[Key], public: Sequence[Key]
) -> list[Key]:
    """Return those of *private* that could be the certificate's, best first. A single one is certain, or all we have.

    *key_id* and *label* are the certificate's; *public* are the visible public key objects.
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
    """Whether the certificate's key is on the token, as far as we can tell without the PIN; None if we can't.

    We only say no if the token shows as many keys as it has *certificates*, each with its public half. Others may hide
    this key until the PIN.
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

    It is the part that certificates always contain too, whichever form they use.
    """
    for size in _COORDINATES:
        whole, compressed = 2 * size + 1, size + 1
        if len(point) - whole in _WRAPPINGS and point[-whole] == 4:
            return point[-2 * size : -size]
        if len(point) - compressed in _WRAPPINGS and point[-compressed] in {2, 3}:
            return point[-size:]
    return b""
