"""What runs at Dask's workers: a place where tasks are done as on one machine.

A browser belongs to the thread that opened it, and a hung thread can't be ended. So a worker's thread has what the
command has on one machine: a process of `assistant.fleet.local`, whose one thread opens the browser, uses it and closes
it. Deadline, crash and Ctrl+C are handled there, and a worker that is killed takes it along. The plugin, which Dask
also gives to workers that come later, starts those processes and ends them.
"""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import pickle
from collections.abc import Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache
from importlib import metadata
from multiprocessing import current_process
from pathlib import Path
from platform import python_version
from threading import Lock, Timer
from typing import Any

from distributed import Reschedule, Worker, WorkerPlugin, get_worker

from assistant.base.errors import EonayError, UsageError
from assistant.base.log import configure_log
from assistant.base.version import version
from assistant.fleet.executor import DeadlinePassedError, WorkerLostError
from assistant.fleet.local import LocalExecutor

IDLE_S = 10.0
"""Without a task for this many seconds a place closes its browser: a command that was killed tells nobody."""
BEGUN, SAID = "begun", "said"
"""What a place reports to the command."""

_PACKAGES = ("cloudpickle", "dask", "distributed", "msgpack", "playwright")
_OURS = ("assistant", "flows", "fixtures", "mock_portal")


@cache
def facts() -> Mapping[str, str]:
    """Return what must be the same on all machines, by name and version; of our own code a hash, too."""
    top, code = Path(__file__).parents[2], hashlib.sha256()
    for path in sorted(path for name in _OURS for path in (top / name).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            code.update(f"{path.relative_to(top).as_posix()}\0".encode())
            code.update(path.read_bytes())
    return {
        "eonay": f"{version()} ({code.hexdigest()[:12]})",
        "Python": python_version().rpartition(".")[0],
        **{name: metadata.version(name) for name in _PACKAGES},
    }


class WorkerPlace(WorkerPlugin):
    """Where one worker does one command's tasks."""

    def __init__(self, name: str, craft: bytes, wanted: Mapping[str, str]) -> None:
        """*craft* is a pickled `Craft`; a worker whose `facts` aren't those *wanted* does nothing."""
        self.name = name
        self._craft = craft
        self._wanted = dict(wanted)

    def setup(self, worker: Worker) -> None:
        """Be ready for tasks."""
        self._worker = worker
        self._lock = Lock()
        self._pool: LocalExecutor[Any, Any] | None = None
        self._busy = 0
        self._idle: Timer | None = None
        configure_log()
        self._is_fit = facts() == self._wanted
        if not self._is_fit:  # it came later: the command checks only those that were there at the start
            worker.loop.add_callback(worker.close, nanny=True, reason="eonay-versions-differ")
        process = current_process()
        if process.daemon:  # started by a nanny: multiprocessing would let it have no process of its own
            process.daemon = False
        atexit.register(self._close)  # before multiprocessing waits for the pool's processes

    async def teardown(self, worker: Worker) -> None:
        """Close the browsers."""
        await asyncio.to_thread(self._close)
        atexit.unregister(self._close)

    async def interrupt(self) -> None:
        """Do what Ctrl+C does on one machine."""
        if self._pool is not None:
            await asyncio.to_thread(self._pool.interrupt)

    def do(self, key: str, task: bytes, deadline_s: float) -> bytes:
        """Do the pickled *task* that the command knows as *key*; return the result, or the error, pickled."""
        if not self._is_fit:
            raise Reschedule
        self._tell(BEGUN, key, self._worker.address.encode())
        try:
            done = self._taken().submit(pickle.loads(task), deadline_s).result()  # noqa: S301 (the command's own)
        except (DeadlinePassedError, WorkerLostError, EonayError) as error:
            return pickle.dumps(error)
        except UsageError as error:  # the command names a browser that this machine doesn't have
            where = self._worker.address
            return pickle.dumps(UsageError(f"{where}: {error}", f"{where}: {error.told('en')}"))
        except (CancelledError, RuntimeError):  # it is being closed
            return pickle.dumps(WorkerLostError())
        finally:
            self._let_go()
        return pickle.dumps(done)

    def _taken(self) -> LocalExecutor[Any, Any]:
        with self._lock:
            self._busy += 1
            if self._idle is not None:
                self._idle.cancel()
                self._idle = None
            if self._pool is None:
                craft = pickle.loads(self._craft).here()  # noqa: S301 (the command's own)
                self._pool = LocalExecutor(craft, self._worker.state.nthreads, self._say, is_fed=True)
            return self._pool

    def _let_go(self) -> None:
        with self._lock:
            self._busy -= 1
            if not self._busy:
                self._idle = Timer(IDLE_S, self._close_where_idle)
                self._idle.daemon = True
                self._idle.start()

    def _close_where_idle(self) -> None:
        with self._lock:
            if self._busy or self._pool is None:
                return
            pool, self._pool = self._pool, None
        pool.close()

    def _close(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
            if self._idle is not None:
                self._idle.cancel()
        if pool is not None:
            pool.close()

    def _say(self, note: object) -> None:
        self._tell(SAID, "", pickle.dumps(note))

    def _tell(self, what: str, key: str, more: bytes) -> None:
        self._worker.log_event(self.name, (what, key, more))


def do_task(place: str, key: str, task: bytes, deadline_s: float) -> bytes:
    """Do *task* at the place of that name on the worker that runs this."""
    plugin = get_worker().plugins.get(place)
    if not isinstance(plugin, WorkerPlace):
        raise Reschedule
    return plugin.do(key, task, deadline_s)


async def interrupt_place(place: str, dask_worker: Worker) -> None:
    """Do what Ctrl+C does at the place of that name; Dask fills in *dask_worker*."""
    plugin = dask_worker.plugins.get(place)
    if isinstance(plugin, WorkerPlace):
        with suppress(Exception):
            await plugin.interrupt()
