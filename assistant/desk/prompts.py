"""Asks the person from the signing thread: the loop's thread shows the question and brings the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from assistant.desk.surface import Event
from assistant.desk.view import PromptView
from assistant.signing.with_card import Withdrawn

_HEARTBEAT_S = 0.25


class PromptBox:
    """One question at a time, between the thread that asks and the one that shows. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._prompt: PromptView | None = None
        self._answer: Event | None = None
        self._number = 0
        self._withdrawals = 0

    @property
    def prompt(self) -> PromptView | None:
        """The question waiting for an answer."""
        with self._changed:
            return self._prompt if self._answer is None else None

    @property
    def withdrawals(self) -> int:
        """How often questions were withdrawn. Pass it to `ask`, so we can tell an old caller from a new one."""
        with self._changed:
            return self._withdrawals

    def ask(self, prompt: PromptView, since: int, until: Callable[[], object] = lambda: None) -> Event | None:
        """Show *prompt* and wait. Returns the answer, or None once *until* returns something true.

        *until* is called several times a second. Raises `Withdrawn` if `withdraw` was called after *since*, and
        whatever *until* raises.
        """
        with self._changed:
            self._number += 1
            self._prompt, self._answer = replace(prompt, id=-self._number), None
            try:
                while True:
                    if self._withdrawals != since:
                        raise Withdrawn
                    if self._answer is not None:
                        return self._answer
                    self._changed.wait(_HEARTBEAT_S)
                    if self._answer is None and until():
                        return None
            finally:
                self._prompt = self._answer = None

    def answer(self, event: Event) -> bool:
        """Take the answer to the current question. Returns False if it is for another one, and wipes its PIN."""
        with self._changed:
            if self._prompt is not None and self._answer is None and event.id == self._prompt.id:
                self._answer = event
                self._changed.notify_all()
                return True
        if event.pin is not None:
            event.pin.wipe()
        return False

    def withdraw(self) -> None:
        """Withdraw the current question, also for callers with an older count. Wipes a PIN nobody took."""
        with self._changed:
            self._withdrawals += 1
            if self._answer is not None and self._answer.pin is not None:
                self._answer.pin.wipe()
            self._changed.notify_all()
