"""The PIN, held so that no repr of any object can show it."""

from __future__ import annotations

from typing import NoReturn


class Pin:
    """A PIN, for as long as we need it.

    Only `reveal` gives it in the clear; printing, formatting, comparing and pickling show nothing. A card wipes the PIN
    it has sent, so a PIN typed once is sent once. Python copies strings freely, so wiping shortens the time a PIN stays
    in memory; it can't promise that no copy is left.
    """

    __slots__ = ("_raw",)

    def __init__(self, text: str) -> None:
        if not text:
            raise ValueError("a PIN cannot be empty")
        self._raw = bytearray(text, "utf-8")

    def reveal(self) -> bytearray:
        """Return a copy as UTF-8 bytes, which the caller overwrites. Raises `ValueError` once wiped."""
        if self.wiped:
            raise ValueError("the PIN has been wiped")
        return bytearray(self._raw)

    def wipe(self) -> None:
        """Overwrite and forget the PIN. Calling it twice is fine."""
        overwrite(self._raw)
        self._raw.clear()

    @property
    def wiped(self) -> bool:
        """Whether it has been wiped."""
        return not self._raw

    def __repr__(self) -> str:
        return "Pin()"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a PIN is neither copied nor pickled")

    def __del__(self) -> None:
        raw = getattr(self, "_raw", None)
        if raw is not None:
            overwrite(raw)


def overwrite(raw: bytearray) -> None:
    """Overwrite *raw* with zeros."""
    raw[:] = bytes(len(raw))
