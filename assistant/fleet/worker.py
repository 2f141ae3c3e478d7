"""The body of a worker: a process that does one task at a time with tools that it keeps."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from assistant.base.errors import EonayError
from assistant.base.family import end_family, found_family
from assistant.base.interrupt import ends_in_order, forget, hold_interrupts, is_end_asked, release_interrupts
from assistant.base.log import configure_log
from assistant.fleet.craft import Craft, Tool


@dataclass(frozen=True, slots=True)
class Begun:
    """The worker has started, and hears an interrupt from now on."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the worker says during a task."""

    note: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """The result of the task."""

    done: Any


_listener: list[Connection] = []
"""Where a worker's notes go; empty in any other process."""


def say(note: object) -> None:
    """Pass *note* on to the command during a task. Does nothing outside a worker."""
    for pipe in _listener:
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send(Noted(note))


def work(pipe: Connection, craft: Craft[Any, Any, Any], place: int, folder: str) -> None:
    """Do the tasks that come through *pipe*, one after the other, until None comes or it is closed.

    *folder* is for its temporary files; the command removes it. An `EonayError` is sent instead of an answer.
    """
    # In a session of its own: a terminal's Ctrl+C reaches only the command, which then tells each worker once.
    found_family()
    forget()
    _end_with_the_command()
    if sys.platform == "linux":  # elsewhere the path leaves no room for the name of the browser's socket
        os.environ["TMPDIR"] = tempfile.tempdir = folder
    configure_log()
    # An interrupt between two tasks, or a command that is gone: nothing left to report, and nobody to report to.
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError), ends_in_order():
        pipe.send(Begun())
        _listener.append(pipe)
        try:
            _work(pipe, craft, place)
        except EonayError as error:
            pipe.send(error)


def _work(pipe: Connection, craft: Craft[Any, Tool, Any], place: int) -> None:
    with ExitStack() as stack:
        tool = stack.enter_context(craft.tools(place))  # now: this may be the successor of one that is still working
        while (task := pipe.recv()) is not None:
            if not craft.is_usable(tool):
                stack.close()
                tool = stack.enter_context(craft.tools(place))
            done = craft.do(task, tool)
            hold_interrupts()
            pipe.send(Finished(done))
            release_interrupts()
            if is_end_asked():
                return


def _end_with_the_command() -> None:
    """Make sure that this worker doesn't outlive a killed command, whatever it is doing by then."""
    command = parent_process()
    if command is None:
        return

    def watch() -> None:
        wait([command.sentinel])
        end_family(os.getpid())
        os._exit(1)

    threading.Thread(target=watch, name="watch-command", daemon=True).start()
