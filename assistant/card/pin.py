"""The PIN, held so that no representation of any object can show it."""

from __future__ import annotations

from typing import NoReturn


class Pin:
    """A PIN for as long as it is needed.

    It can be had in the clear only by `reveal`; it prints, formats, compares and pickles as nothing. A card wipes
    the PIN it has sent, so that one typed once is sent once. Python copies strings freely, so wiping shortens the
    time a PIN lies in memory; it cannot promise that no copy is left.
    """

    __slots__ = ("_octets",)

    def __init__(self, text: str) -> None:
        if not text:
            raise ValueError("a PIN cannot be empty")
        self._octets = bytearray(text, "utf-8")

    def reveal(self) -> bytearray:
        """Return a copy as UTF-8 octets, for the caller to overwrite. Raises `ValueError` when wiped."""
        if self.wiped:
            raise ValueError("the PIN has been wiped")
        return bytearray(self._octets)

    def wipe(self) -> None:
        """Overwrite and forget the PIN; a second time does nothing."""
        overwrite(self._octets)
        self._octets.clear()

    @property
    def wiped(self) -> bool:
        """Whether nothing is left of it."""
        return not self._octets

    def __repr__(self) -> str:
        return "Pin()"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a PIN is neither copied nor pickled")

    def __del__(self) -> None:
        octets = getattr(self, "_octets", None)
        if octets is not None:
            overwrite(octets)


def overwrite(octets: bytearray) -> None:
    """Put zeros in the place of *octets*."""
    octets[:] = bytes(len(octets))
