"""How the worker answers: what reaches the driver, what is said of the PIN, and that nothing of it is left."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import pytest

from assistant.card import driver as driver_module
from assistant.card import worker
from assistant.card.driver import SigningOrder
from assistant.card.keys import KeyKind
from assistant.card.module_errors import ModuleError
from assistant.card.wire import Message, receive
from tests.assistant.card.conftest import PIN

LOOK: dict[str, Any] = {"do": "look", "module": "/module.so", "seconds": 12.0, "label": "Kart"}
SIGN: dict[str, Any] = {
    "do": "sign",
    "module": "/module.so",
    "seconds": 40.0,
    "slot": 7,
    "serial": "0001",
    "label": "imza",
    "kind": "ec",
    "final_try_allowed": True,
}
ORDER = SigningOrder(7, "0001", b"certificate", b"id", "imza", KeyKind.EC, b"data", final_try_allowed=True)


@dataclass
class Told:
    """What a driver that does as it is told was asked."""

    fault: Exception | None = None
    """What goes wrong once the PIN is sent."""
    broken: Exception | None = None
    """What goes wrong when the module is loaded."""
    calls: list[tuple[object, ...]] = field(default_factory=list)
    pin_sent: bool = False

    def __call__(self, path: str) -> Told:
        """Load the module."""
        self.calls.append(("load", path))
        if self.broken is not None:
            raise self.broken
        return self

    def look(self, label: str | None) -> list[Any]:
        """See nothing."""
        self.calls.append(("look", label))
        return []

    def sign(self, order: SigningOrder, pin: bytearray | None) -> bytes:
        """Sign."""
        self.calls.append(("sign", order, None if pin is None else bytes(pin)))
        self.pin_sent = pin is not None
        if self.fault is not None:
            raise self.fault
        return b"signature"

    def close(self) -> None:
        """Close."""
        self.calls.append(("close",))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The driver that the worker loads."""
    made = Told()
    monkeypatch.setattr(driver_module, "Driver", made)
    return made


@pytest.fixture(autouse=True)
def watchdog(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the watchdog was told; here it ends nobody."""
    heard: list[object] = []

    class Watchdog:
        @staticmethod
        def dump_traceback_later(seconds: float, **more: object) -> None:
            heard.append((seconds, more))

        @staticmethod
        def cancel_dump_traceback_later() -> None:
            heard.append("off")

    monkeypatch.setattr(worker, "faulthandler", Watchdog)
    return heard


def answers(*requests: Message) -> list[Message]:
    """Return what the worker answers to *requests*."""
    inbox: SimpleQueue[Message | None] = SimpleQueue()
    for request in (*requests, None):
        inbox.put(request)
    replies = io.BytesIO()
    worker._serve(inbox, replies)
    return list(_received(io.BytesIO(replies.getvalue())))


def _received(stream: io.BytesIO) -> Iterable[Message]:
    while (message := receive(stream)) is not None:
        yield message


def parts(pin: str = PIN) -> list[bytearray]:
    """Return what goes with an order to sign."""
    return [bytearray(part) for part in (b"id", b"data", b"certificate", pin.encode()) if part]


def test_an_order_reaches_the_driver_and_nothing_of_it_stays(told: Told, watchdog: list[object]) -> None:
    """The driver gets the order and the PIN; then all bytes that came are zeros, and the answer says that it was sent."""
    given = parts()
    assert answers((SIGN, given)) == [({"sent": True}, [bytearray(b"signature")])]
    assert told.calls == [("load", "/module.so"), ("sign", ORDER, PIN.encode()), ("close",)]
    assert not any(map(any, given))
    assert watchdog == [(43.0, {"exit": True, "file": 2}), "off"]


def test_without_a_pin_none_is_made_up(told: Told) -> None:
    """Where the PIN is typed on the reader, the driver gets none and the answer says that none was sent."""
    assert answers((SIGN, parts(pin=""))) == [({"sent": False}, [bytearray(b"signature")])]
    assert told.calls[1] == ("sign", ORDER, None)


def test_a_look_sends_no_pin(told: Told) -> None:
    """After a signature a look says that no PIN was sent; the module is loaded once for both."""
    assert [message["sent"] for message, _ in answers((SIGN, parts()), (LOOK, []))] == [True, False]
    assert [call[0] for call in told.calls] == ["load", "sign", "look", "close"]
    assert told.calls[2] == ("look", "Kart")


@pytest.mark.parametrize(
    ("fault", "error", "detail"),
    [
        (ModuleError("pin_wrong", "Kartın sözü"), "pin_wrong", "Kartın sözü"),
        (ModuleError("pin_locked"), "pin_locked", None),
        (RuntimeError(f"PIN {PIN}"), "card_error", "RuntimeError"),
    ],
)
def test_whatever_goes_wrong_is_answered(told: Told, fault: Exception, error: str, detail: str | None) -> None:
    """An error is an answer, without a word of what we don't know; a PIN that was sent before it counts as sent."""
    told.fault, given = fault, parts()
    assert answers((SIGN, given)) == [({"error": error, "detail": detail, "sent": True}, [])]
    assert not any(map(any, given))


def test_a_module_that_cannot_be_loaded_got_no_pin(told: Told) -> None:
    """No driver, no PIN: the answer says so, the PIN is overwritten all the same, and the next request tries again."""
    told.broken, given = ModuleError("module_broken", "dlopen"), parts()
    broken = {"error": "module_broken", "detail": "dlopen", "sent": False}
    assert answers((SIGN, given), (LOOK, [])) == [(broken, []), (broken, [])]
    assert told.calls == [("load", "/module.so")] * 2
    assert not any(map(any, given))


def test_nobody_asks_nothing_is_loaded(told: Told) -> None:
    """A worker that is asked nothing loads no module, and has none to close."""
    assert answers() == []
    assert told.calls == []
