"""Certificates as no textbook has them: good ones with one part exchanged, byte for byte, and signed once more.

Libraries refuse to make most of these, and rightly; cards that hold them exist all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from asn1crypto import core, parser
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from assistant.card.credential import CredentialLike, TokenCredential

NO_END = b"99991231235959Z"
"""What RFC 5280, section 4.1.2.5, has for "no end"."""
COMMON_NAME, SERIAL_NUMBER = "2.5.4.3", "2.5.4.5"
UTF8, PRINTABLE, TELETEX, UTC_TIME, GENERALIZED_TIME = 0x0C, 0x13, 0x14, 0x17, 0x18

_ISSUER, _VALIDITY, _SUBJECT, _EXTENSIONS = 3, 4, 5, 7
"""Places in a TBSCertificate."""

Change = Callable[[list[bytes]], None]
"""Takes the parts of a TBSCertificate, each with its tag, and changes them."""


def odd(credential: CredentialLike, *changes: Change) -> TokenCredential:
    """Return *credential* with its certificate changed and signed by a new authority; the key stays the same."""
    tbs, algorithm, _ = _parts(credential.certificate_der)
    parts = _parts(tbs)
    for change in changes:
        change(parts)
    tbs = tlv(0x30, *parts)
    signature = ec.generate_private_key(ec.SECP256R1()).sign(tbs, ec.ECDSA(SHA256()))
    der = tlv(0x30, tbs, algorithm, tlv(0x03, b"\0", signature))
    return TokenCredential(der, credential.private_key_pkcs8_der, credential.label)


def begins(text: bytes, tag: int = GENERALIZED_TIME) -> Change:
    """Write *text* as the beginning."""
    return _time(0, text, tag)


def ends(text: bytes, tag: int = GENERALIZED_TIME) -> Change:
    """Write *text* as the end."""
    return _time(1, text, tag)


def subject(*pairs: tuple[str, int, bytes]) -> Change:
    """Make a subject of *pairs*: the attribute's number, the tag of its value, the value's bytes."""
    return _put(_SUBJECT, _name(pairs))


def issuer(*pairs: tuple[str, int, bytes]) -> Change:
    """Make an issuer in the same way."""
    return _put(_ISSUER, _name(pairs))


def extension(number: str, content: bytes) -> Change:
    """Put an extension in, in place of the one with this number."""

    def change(parts: list[bytes]) -> None:
        (listed,) = _parts(parts[_EXTENSIONS])
        kept = [one for one in _parts(listed) if _parts(one)[0] != oid(number)]
        parts[_EXTENSIONS] = tlv(0xA3, tlv(0x30, *kept, tlv(0x30, oid(number), tlv(0x04, content))))

    return change


def policies(*numbers: str) -> Change:
    """Put certificate policies in."""
    return extension("2.5.29.32", tlv(0x30, *(tlv(0x30, oid(number)) for number in numbers)))


def uses(*numbers: str) -> Change:
    """Put extended key usages in."""
    return extension("2.5.29.37", tlv(0x30, *map(oid, numbers)))


def oid(number: str) -> bytes:
    """Return an object identifier, DER."""
    return bytes(core.ObjectIdentifier(number).dump())


def tlv(tag: int, *content: bytes) -> bytes:
    """Return one DER element."""
    whole = b"".join(content)
    if len(whole) < 0x80:
        return bytes((tag, len(whole))) + whole
    length = len(whole).to_bytes((len(whole).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + whole


def _time(place: int, text: bytes, tag: int) -> Change:
    def change(parts: list[bytes]) -> None:
        times = _parts(parts[_VALIDITY])
        times[place] = tlv(tag, text)
        parts[_VALIDITY] = tlv(0x30, *times)

    return change


def _put(place: int, part: bytes) -> Change:
    def change(parts: list[bytes]) -> None:
        parts[place] = part

    return change


def _name(pairs: tuple[tuple[str, int, bytes], ...]) -> bytes:
    return tlv(0x30, *(tlv(0x31, tlv(0x30, oid(number), tlv(tag, value))) for number, tag, value in pairs))


def _parts(element: bytes) -> list[bytes]:
    """Return the elements inside *element*."""
    inside = parser.parse(element)[4]
    found = []
    while inside:
        header, content, trailer = (parser.parse(inside)[place] for place in (3, 4, 5))
        found.append(header + content + trailer)
        inside = inside[len(found[-1]) :]
    return found
