"""The process that holds a vendor's module, so that a module that hangs or crashes takes nobody with it.

Started by `process` as ``python -m assistant.card.worker``. Requests come in on standard input and answers leave on
standard output, but only this module has those two streams: we move them away before loading the vendor's code, so that
whatever a module prints or reads goes nowhere. There is no secret in the arguments or the environment.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

from assistant.base.interrupt import hear
from assistant.card.keys import KeyKind
from assistant.card.module_errors import ModuleError
from assistant.card.pin import overwrite
from assistant.card.wire import Message, WireError, pack_view, receive, send

if TYPE_CHECKING:
    from assistant.card.driver import Driver

_GRACE = 3.0
"""How many seconds a module has to finish when the assistant is gone or has given it up."""


def main() -> None:
    """Serve one module until nobody asks any more."""
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 (a device)
        requests, replies = _take(0, "rb", nowhere), _take(1, "wb", nowhere)
        os.dup2(nowhere.fileno(), 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the assistant to handle, and so is Ctrl+\
    if sys.platform != "win32":
        signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    hear()
    _forbid_core_dumps()
    inbox: SimpleQueue[Message | None] = SimpleQueue()
    threading.Thread(target=_read, args=(requests, inbox), daemon=True).start()
    with suppress(OSError):  # nobody reads the answers any more
        _serve(inbox, replies)
    os._exit(0)  # a module's own exit handlers may hang


def _take(number: int, mode: str, nowhere: BinaryIO) -> BinaryIO:
    stream: Any = os.fdopen(os.dup(number), mode)
    os.dup2(nowhere.fileno(), number)
    return stream  # type: ignore[no-any-return]


def _forbid_core_dumps() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(requests: BinaryIO, inbox: SimpleQueue[Message | None]) -> None:
    with suppress(OSError, WireError):
        while (message := receive(requests)) is not None:
            inbox.put(message)
    inbox.put(None)
    time.sleep(_GRACE)
    os._exit(1)


def _serve(inbox: SimpleQueue[Message | None], replies: BinaryIO) -> None:
    driver: Driver | None = None
    while (received := inbox.get()) is not None:
        message, parts = received
        # Ends this process even when the module hangs while holding the GIL and the assistant is gone.
        faulthandler.dump_traceback_later(message["seconds"] + _GRACE, exit=True, file=2)
        try:
            if driver is None:
                from assistant.card.driver import Driver

                driver = Driver(message["module"])
            answer, out = _answer(driver, message, parts)
        except ModuleError as error:
            answer, out = {"error": error.code, "detail": error.detail}, []
        except Exception as error:  # noqa: BLE001 (the assistant must get an answer, whatever it is)
            answer, out = {"error": "card_error", "detail": type(error).__name__}, []
        finally:
            for part in parts:
                overwrite(part)
            faulthandler.cancel_dump_traceback_later()
        answer["sent"] = driver is not None and driver.pin_sent
        send(replies, answer, out)
    if driver is not None:
        driver.close()


def _answer(driver: Driver, message: dict[str, Any], parts: list[bytearray]) -> tuple[dict[str, Any], list[bytes]]:
    from assistant.card.driver import SigningOrder

    if message["do"] == "look":
        driver.pin_sent = False
        return pack_view(driver.look(message["label"]))
    order = SigningOrder(
        slot=message["slot"],
        serial=message["serial"],
        certificate=bytes(parts[2]),
        key_id=bytes(parts[0]),
        label=message["label"],
        kind=KeyKind(message["kind"]),
        data=bytes(parts[1]),
        final_try_allowed=message["final_try_allowed"],
    )
    return {}, [driver.sign(order, parts[3] if len(parts) > 3 else None)]


if __name__ == "__main__":
    main()
