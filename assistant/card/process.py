"""A vendor's module behind the card interface: in its own process, with a timeout for every call."""

from __future__ import annotations

import subprocess
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, cast

from assistant.base.errors import CardError
from assistant.base.files import is_file
from assistant.base.interrupt import born_deaf
from assistant.base.outcome import reasons
from assistant.card.card import NO_CARD
from assistant.card.child import child_command, child_environment, child_folder
from assistant.card.model import CardCertificate, CardView
from assistant.card.pin import Pin, overwrite
from assistant.card.signature import finished_signature
from assistant.card.wire import Message, WireError, receive, send, unpack_view

_POLITE = 0.5
"""Seconds the worker gets to finalise its module when we close the card."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Timeouts, in seconds: after that we give up on the module."""

    look: float = 30.0
    """Loading the module and reading all certificates. Slow cards take several seconds."""
    sign: float = 30.0
    protected_path: float = 120.0
    """Signing with a PIN typed on the reader."""


class Pkcs11Card:
    """A card behind a PKCS#11 module.

    Any thread may use it; calls wait for each other. When a module hangs or crashes, we kill its process, the call
    raises `CardError` (``module_hung``, ``module_broken``), and the next call starts a fresh process. The process ends
    with this object, or with the program at the latest.
    """

    def __init__(
        self,
        module: str | Path,
        token_label: str | None = None,
        environment: Mapping[str, str] | None = None,
        deadlines: Deadlines | None = None,
    ) -> None:
        """Describe the card; loads nothing yet.

        *environment* is added to the worker's, e.g. ``SOFTHSM2_CONF``. It must not contain a secret.
        """
        self._module = str(module)
        self._token_label = token_label
        self._environment = dict(environment or {})
        self._deadlines = deadlines or Deadlines()
        self._lock = threading.Lock()
        self._worker: _WorkerProcess | None = None
        self._first_look_until: float | None = None
        self._serials: dict[int, str] = {}
        self._closed = False

    @property
    def name(self) -> str:
        """The module's file name."""
        return f"PKCS#11 ({Path(self._module).name})"

    def start(self) -> None:
        """Start loading the module and reading the certificates; the first `look` picks the result up."""
        with self._lock:
            if self._worker is None and not self._module_is_missing():
                self._ask_to_look(self._running())

    def look(self) -> CardView:
        """See `assistant.card.card.Card.look`."""
        with self._lock:
            if self._module_is_missing():
                raise CardError("module_missing")
            if self._first_look_until is not None:
                try:
                    return self._view(self._first_look_until)
                except CardError as error:
                    if error.code not in NO_CARD:
                        raise
                # Somebody may have plugged a card in since: look again.
            return self._view(self._ask_to_look(self._running()))

    def sign(
        self,
        certificate: CardCertificate,
        data: bytes,
        pin: Pin | None,
        *,
        final_try_allowed: bool = False,
    ) -> bytes:
        """See `assistant.card.card.Card.sign`."""
        facts = certificate.facts
        if facts is None:
            raise CardError("certificate_not_for_signing")
        if certificate.key_present is False:  # the person would type a PIN for nothing
            raise CardError("key_missing")
        if pin is not None and pin.wiped:
            raise CardError("pin_missing")
        with self._lock:
            if self._first_look_until is not None:
                self._view(self._first_look_until)
            if certificate.slot not in self._serials:
                raise CardError("card_removed")
            order = {
                "do": "sign",
                "slot": certificate.slot,
                "serial": self._serials[certificate.slot],
                "label": certificate.label,
                "kind": facts.key_kind,
                "final_try_allowed": final_try_allowed,
            }
            parts = [certificate.key_id, data, certificate.der]
            _, signature = self._ask_with_pin(order, parts, pin)
        if len(signature) != 1:
            raise CardError("card_error")
        return finished_signature(certificate.der, data, bytes(signature[0]))

    def close(self) -> None:
        """Let the module finalise, and end its process; kill a hung one at once."""
        self._closed = True
        polite = self._lock.acquire(blocking=False)
        try:
            worker, self._worker = self._worker, None
            if worker is not None:
                worker.end(_POLITE if polite and self._first_look_until is None else 0)
        finally:
            if polite:
                self._lock.release()

    def _module_is_missing(self) -> bool:
        """Return whether the module is given as a path that doesn't exist; a bare name is for the loader to find."""
        path = Path(self._module)
        return len(path.parts) > 1 and not is_file(path)

    def _running(self) -> _WorkerProcess:
        if self._closed:
            raise RuntimeError("the card is closed")
        if self._worker is None or not self._worker.alive:
            self._drop_worker()
            self._worker = _WorkerProcess(self._module, self._environment)
        return self._worker

    def _drop_worker(self) -> None:
        worker, self._worker = self._worker, None
        self._first_look_until = None
        if worker is not None:
            worker.end(0)

    def _ask_to_look(self, worker: _WorkerProcess) -> float:
        seconds = self._deadlines.look
        self._first_look_until = time.monotonic() + seconds
        worker.ask({"do": "look", "label": self._token_label, "seconds": seconds}, [])
        return self._first_look_until

    def _view(self, until: float) -> CardView:
        try:
            view = unpack_view(*self._answer(until))
        except WireError:
            self._drop_worker()
            raise CardError("module_broken") from None
        finally:
            self._first_look_until = None
        self._serials = {token.info.slot: token.info.serial for token in view.tokens}
        return view

    def _ask_with_pin(self, order: dict[str, Any], parts: Sequence[bytes], pin: Pin | None) -> Message:
        seconds = self._deadlines.protected_path if pin is None else self._deadlines.sign
        worker = self._running()
        raw = None if pin is None else pin.reveal()
        try:
            worker.ask({**order, "seconds": seconds}, parts if raw is None else [*parts, raw])
        finally:
            if raw is not None:
                overwrite(raw)
        unsure = True
        try:
            reply = self._reply(worker, time.monotonic() + seconds)
            unsure = bool(reply[0].get("sent", True))
        finally:
            if unsure and pin is not None:  # never send again what may have reached the card
                pin.wipe()
        return _checked(reply)

    def _answer(self, until: float) -> Message:
        worker = self._worker
        if worker is None:  # the card was closed meanwhile
            raise CardError("module_broken")
        return _checked(self._reply(worker, until))

    def _reply(self, worker: _WorkerProcess, until: float) -> Message:
        try:
            reply = worker.await_reply(until)
        except BaseException:  # an interrupt: nobody may mistake a late reply for the next call's
            self._drop_worker()
            raise
        if reply is None:
            # A worker ends itself some time after its deadline, so we may find it ended although it hung.
            hung = worker.alive or time.monotonic() > until
            self._drop_worker()
            raise CardError("module_hung" if hung else "module_broken")
        return reply


def _checked(reply: Message) -> Message:
    """Return *reply*, or raise the error it reports."""
    message = reply[0]
    if "error" in message:
        code, detail = str(message["error"]), message.get("detail")
        raise CardError(code if code in reasons() else "card_error", None if detail is None else str(detail))
    return reply


class _WorkerProcess:
    """One worker process."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._module = module
        with born_deaf():
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter)
                child_command("assistant.card.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,  # see `send`
                cwd=child_folder(environment),
                env=child_environment(environment),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        self._replies: SimpleQueue[Message | None] = SimpleQueue()
        threading.Thread(
            target=_listen, args=(cast(RawIOBase, self._process.stdout), self._replies), name="card-worker", daemon=True
        ).start()
        self._at_exit = weakref.finalize(self, _kill, self._process)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, message: dict[str, Any], parts: Sequence[bytes | bytearray]) -> None:
        """Send a request; if nobody reads it, that shows when we wait for the reply."""
        stream: Any = self._process.stdin
        with suppress(OSError, ValueError):
            send(stream, {**message, "module": self._module}, parts)

    def await_reply(self, until: float) -> Message | None:
        """Return the reply; None when the process has ended or *until* (monotonic seconds) has passed."""
        try:
            reply = self._replies.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            return None
        if reply is None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        return reply

    def end(self, patience: float) -> None:
        """Close the module's input, and kill the process unless it ends within *patience* seconds."""
        if patience:
            with suppress(OSError, subprocess.TimeoutExpired):
                if self._process.stdin is not None:
                    self._process.stdin.close()
                self._process.wait(patience)
        self._at_exit()


def _listen(pipe: RawIOBase, replies: SimpleQueue[Message | None]) -> None:
    with BufferedReader(pipe) as stream:
        try:
            while (message := receive(stream)) is not None:
                replies.put(message)
        except (OSError, WireError):
            pass
    replies.put(None)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        process.kill()
    with suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    with suppress(subprocess.TimeoutExpired):  # a process stuck in a kernel driver can't be killed
        process.wait(1)
