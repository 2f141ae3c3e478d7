"""The virtual reader: a card of ours, plugged into vsmartcard-vpcd over its socket on loopback.

Each message is two bytes of length and that many bytes. One byte is a word of the reader (0 power off, 1 power
on, 2 reset, 4 tell the ATR), more are a command APDU. Source: vsmartcard, virtualsmartcard/src/vpcd.
"""

from __future__ import annotations

import socket
import threading
import time

from tests.assistant.card.virtual_reader.piv_card import ATR, PivCard
from tests.assistant.card.virtual_reader.stack import StackMissingError

PORT = 35963
"""Where vpcd's first reader listens for its card (the package's own setting)."""

_NOBODY = "no virtual reader listens on loopback: is /etc/reader.conf.d/vpcd in place?"


class PluggedIn:
    """A card in the virtual reader until it is pulled."""

    def __init__(self, card: PivCard, patience: float = 20.0) -> None:
        """Raises `StackMissingError` if no virtual reader listens within *patience* seconds."""
        self._card = card
        self._socket = _connected(time.monotonic() + patience)
        self._thread = threading.Thread(target=self._serve, name="virtual-card", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Take the card out; a second time does nothing."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
        finally:
            self._socket.close()

    def _serve(self) -> None:
        try:
            while (message := self._receive()) is not None:
                if message == b"\x04":
                    self._send(ATR)
                elif len(message) == 1:
                    self._card.reset()
                else:
                    self._send(self._card.answer(message))
        except OSError:
            return  # pulled

    def _receive(self) -> bytes | None:
        head = self._exactly(2)
        return None if head is None else self._exactly(int.from_bytes(head, "big"))

    def _exactly(self, count: int) -> bytes | None:
        data = bytearray()
        while len(data) < count:
            piece = self._socket.recv(count - len(data))
            if not piece:
                return None
            data += piece
        return bytes(data)

    def _send(self, answer: bytes) -> None:
        self._socket.sendall(len(answer).to_bytes(2, "big") + answer)


def _connected(until: float) -> socket.socket:
    while True:
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=None)
        except OSError:
            if time.monotonic() > until:
                raise StackMissingError(_NOBODY) from None
            threading.Event().wait(0.05)
