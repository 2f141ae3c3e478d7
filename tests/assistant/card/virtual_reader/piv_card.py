"""A small PIV card (NIST SP 800-73-4) in memory: what ISO 7816-4 commands OpenSC sends it are answered here.

One certificate, one key, one PIN with three tries. The key lies in slot 9C, which wants the PIN at each signature
(SP 800-73-4, part 1, section 3.3.2), or in 9A, which doesn't.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

AID = bytes.fromhex("a000000308000010000100")
ATR = bytes.fromhex("3b80800101")
"""A card of no known maker, protocol T=1 (ISO 7816-3, section 8.2)."""
OK = b"\x90\x00"
_TRIES = 3
_CERTIFICATES = {0x9A: bytes.fromhex("5fc105"), 0x9C: bytes.fromhex("5fc10a")}
_CHUID = bytes.fromhex("5fc102")
_CCC = bytes.fromhex("5fc107")
_LONGEST = 256


@dataclass
class PivCard:
    """One card. It stays what it has become when it is put into another reader."""

    certificate_der: bytes = field(repr=False)
    key: RSAPrivateKey | EllipticCurvePrivateKey = field(repr=False)
    pin: str = field(repr=False)
    always_authenticate: bool = False
    tries: int = _TRIES
    verified: bool = False
    verifications: int = 0
    """How often a PIN reached it."""
    signatures: int = 0
    on_command: Callable[[int], None] = lambda _instruction: None
    """Told the instruction byte of each command before it is carried out."""
    _chained: bytearray = field(default_factory=bytearray, repr=False)
    _waiting: bytes = field(default=b"", repr=False)
    _room: int = 256

    def reset(self) -> None:
        """Forget who was verified, as at a reset or when power comes."""
        self.verified = False
        self._chained.clear()
        self._waiting = b""

    def answer(self, command: bytes) -> bytes:
        """Return the answer to one command APDU."""
        head, data, self._room = command[:4], _data(command), _room(command)
        self.on_command(head[1])
        if head[0] & 0x10:  # more of the same command is to come
            self._chained += data
            return OK
        data, self._chained = bytes(self._chained) + data, bytearray()
        match head[1]:
            case 0xA4:
                return self._told(_SELECTED) if data and AID.startswith(data[: len(AID)]) else b"\x6a\x82"
            case 0xCB:
                return self._told(self._object(data))
            case 0x20:
                return self._verify(data)
            case 0x87:
                return self._sign(head[3], data)
            case 0xC0:
                return self._told(self._waiting)
        return b"\x6d\x00"

    @property
    def slot(self) -> int:
        """Which key reference holds the key."""
        return 0x9C if self.always_authenticate else 0x9A

    def _object(self, data: bytes) -> bytes | None:
        name = data[2 : 2 + data[1]] if data[:1] == b"\x5c" else b""
        if name == _CERTIFICATES[self.slot]:
            return _tlv(0x53, _tlv(0x70, self.certificate_der) + _tlv(0x71, b"\x00") + _tlv(0xFE, b""))
        if name == _CHUID:
            fascn, serial = _tlv(0x30, bytes(25)), _tlv(0x34, bytes.fromhex("e0" * 16))
            return _tlv(0x53, fascn + serial + _tlv(0x35, b"20501231") + _tlv(0x3E, b"") + _tlv(0xFE, b""))
        return None

    def _verify(self, data: bytes) -> bytes:
        if not data:
            return OK if self.verified else self._tries_left()
        if self.tries == 0:
            return b"\x69\x83"
        self.verifications += 1
        self.verified = data == self.pin.encode().ljust(8, b"\xff")
        self.tries = _TRIES if self.verified else self.tries - 1
        return OK if self.verified else self._tries_left()

    def _tries_left(self) -> bytes:
        return bytes([0x63, 0xC0 | self.tries]) if self.tries else b"\x69\x83"

    def _sign(self, slot: int, data: bytes) -> bytes:
        if slot != self.slot:
            return b"\x6a\x88"
        if not self.verified:
            return b"\x69\x82"
        block = _inside(_inside(data, 0x7C), 0x81)
        if self.always_authenticate:
            self.verified = False
        self.signatures += 1
        return self._told(_tlv(0x7C, _tlv(0x82, _raw_signature(self.key, block))))

    def _told(self, answer: bytes | None) -> bytes:
        """Send what fits; the rest is fetched with GET RESPONSE."""
        if answer is None:
            return b"\x6a\x82"
        now, self._waiting = answer[: self._room], answer[self._room :]
        left = len(self._waiting)
        return now + (bytes([0x61, left if left < _LONGEST else 0]) if left else OK)


def _raw_signature(key: RSAPrivateKey | EllipticCurvePrivateKey, block: bytes) -> bytes:
    """Sign a block as it is: padded by the reader's side for RSA, a digest for EC."""
    if isinstance(key, RSAPrivateKey):
        numbers = key.private_numbers()
        modulus = numbers.public_numbers.n
        return pow(int.from_bytes(block, "big"), numbers.d, modulus).to_bytes(key.key_size // 8, "big")
    return key.sign(block, ECDSA(Prehashed(SHA256() if len(block) == 32 else SHA384())))


def _data(command: bytes) -> bytes:
    """Return the data field of a short or extended command APDU (ISO 7816-4, section 5.1)."""
    if len(command) <= 5:
        return b""
    if command[4] or len(command) == 5:
        return command[5 : 5 + command[4]]
    return command[7 : 7 + int.from_bytes(command[5:7], "big")]


def _room(command: bytes) -> int:
    """Return how many bytes a short command APDU leaves for the answer; 256 where it says nothing."""
    end = command[-1] if len(command) == 5 or (len(command) > 5 and len(command) == 6 + command[4]) else 0
    return end or _LONGEST


def _tlv(tag: int, value: bytes) -> bytes:
    length = len(value)
    if length < 0x80:
        return bytes([tag, length]) + value
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + value


def _inside(data: bytes, tag: int) -> bytes:
    """Return the value of the first object with *tag*; empty if there isn't one."""
    at = 0
    while at + 1 < len(data):
        found, length, start = data[at], data[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[at + 2 : start], "big")
        if found == tag:
            return data[start : start + length]
        at = start + length
    return b""


_SELECTED = _tlv(0x61, _tlv(0x4F, AID[5:]) + _tlv(0x79, _tlv(0x4F, AID[:5])))
