"""Tasks done on other machines: Dask's scheduler gives them to its workers (`assistant.fleet.cluster_worker`).

Scheduler and workers are Dask's own programs, started by hand or by whatever starts programs on your machines. When a
worker is lost, Dask gives its task to another one, and the command hears of it. We send code, so without TLS everything
must be on this machine.
"""

from __future__ import annotations

import logging
import pickle
import socket
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from loguru import logger

from assistant.base.errors import SetupError, UsageError
from assistant.fleet.craft import Craft, Done, Task
from assistant.fleet.executor import Executor, TakenOver, WorkerLostError
from assistant.fleet.local import FAREWELL_S
from flows.hosts import is_loopback_host

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_S = 10.0
"""Timeout for the scheduler's answer, seconds."""
_WORKER_S = 30.0
"""Timeout for the first worker to show up, seconds."""
_ALONE_S = 60.0
"""After this many seconds without any worker we give the cluster up."""
_LOOK_S = 2.0
_ON_THE_WAY_S = 0.5
_QUIET = ("distributed", "tornado", "asyncio")
_LOCK_FILE = "requirements-cluster.lock"


class Cluster:
    """Machines that work for one command, through a scheduler."""

    def __init__(self, client: Client, wanted: Mapping[str, str]) -> None:
        self._client = client
        self._wanted = wanted

    @property
    def places(self) -> int:
        """How many tasks run at once on the workers that are there now."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def executor(
        self, craft: Craft[Task, Any, Done], workers: int, on_said: Callable[[Any], None]
    ) -> ClusterExecutor[Task, Done]:
        """Return the executor for it. How many *workers* are busy is up to the cluster."""
        return ClusterExecutor(self._client, craft, self._wanted, on_said)


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Connect to the scheduler at *address* for a while.

    Raises `UsageError` for a bad address or without the extra, and `SetupError` when no scheduler or worker answers
    (``cluster_unreachable``) or something is different there (``cluster_differs``).
    """
    check_address(address)
    if find_spec("distributed") is None:
        raise UsageError.of("fleet.no_dask", lock=_LOCK_FILE)
    warnings.filterwarnings("ignore", module="distributed")
    from distributed import Client

    for name in [*logging.root.manager.loggerDict]:  # on import Dask sets a level for each of its own
        if name.partition(".")[0] in _QUIET:
            logging.getLogger(name).setLevel(logging.CRITICAL)

    from assistant.fleet.cluster_worker import facts

    _check_certificates(address)
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), _CONNECT_S).close()  # Dask would retry over and over
        client = Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TypeError, ValueError, ImportError) as error:
        raise SetupError("cluster_unreachable", address) from error
    try:
        try:
            client.wait_for_workers(1, timeout=_WORKER_S)
        except (TimeoutError, OSError) as error:
            raise SetupError("cluster_unreachable", f"{address}: dask worker ?") from error
        there = client.scheduler_info(n_workers=-1)
        for part in (there["address"], *there["workers"]):
            _check_part(part)
        _check_facts(client, facts())
        yield Cluster(client, facts())
    finally:
        with suppress(Exception):  # whatever became of the other side
            client.close(timeout=1)


def check_address(address: str) -> str:
    """Return *address* if it can be a scheduler's. Raises `UsageError` otherwise."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in {"tcp", "tls"} and bool(parts.hostname) and bool(parts.port)
        fits = fits and not (parts.path or parts.query or parts.username)
    except ValueError:
        fits = False
    if not fits:
        raise UsageError.of("fleet.address")
    if parts.scheme == "tcp" and not is_loopback_host(parts.hostname or ""):
        raise UsageError.of("fleet.not_here", address=address)
    return address


def _check_part(address: str) -> None:
    """Raise `UsageError` if a part of the cluster listens to a network without TLS."""
    parts = urlsplit(address)
    if parts.scheme != "tls" and not is_loopback_host(parts.hostname or ""):
        raise UsageError.of("fleet.open_part", address=address)


def _check_certificates(address: str) -> None:
    import dask

    if urlsplit(address).scheme == "tls" and not dask.config.get("distributed.comm.tls.ca-file", None):
        raise UsageError.of("fleet.certificates", address=address)


def _check_facts(client: Client, ours: Mapping[str, str]) -> None:
    """Raise `SetupError` (``cluster_differs``) if a part of the cluster differs from this computer."""
    from assistant.fleet.cluster_worker import facts

    try:
        found = {"dask scheduler": client.run_on_scheduler(facts)}
    except Exception as error:  # noqa: BLE001 (whatever it can't import, it raises)
        found = {"dask scheduler": error}
    found |= client.run(facts, on_error="return")
    for part, theirs in found.items():
        if isinstance(theirs, Exception):
            raise SetupError("cluster_differs", f"{part}: eonay[cluster] ?")
        for name, value in ours.items():
            if theirs.get(name) != value:
                raise SetupError("cluster_differs", f"{part}: {name} {theirs.get(name, '?')} ≠ {value}")


class ClusterExecutor(Executor[Task, Done]):
    """Gives tasks to a cluster's workers."""

    def __init__(
        self, client: Client, craft: Craft[Task, Any, Done], wanted: Mapping[str, str], on_said: Callable[[Any], None]
    ) -> None:
        """*on_said* is called, in another thread, with each note from a worker and with each `TakenOver`."""
        from assistant.fleet.cluster_worker import WorkerPlace

        self._client = client
        self._on_said = on_said
        self._name = f"eonay-{uuid4().hex}"
        self._numbers = count()
        self._lock = Lock()
        self._open: dict[str, tuple[Task, Future[Done], Any]] = {}
        self._begun: dict[str, str] = {}
        self._lost: SetupError | None = None
        self._is_ending = Event()
        client.subscribe_topic(self._name, self._hear)
        client.register_plugin(WorkerPlace(self._name, pickle.dumps(craft), wanted), name=self._name)
        Thread(target=self._watch, name="watch-cluster", daemon=True).start()

    def submit(self, task: Task, deadline_s: float) -> Future[Done]:
        """Give *task* to the next free worker."""
        from assistant.fleet.cluster_worker import do_task

        number = next(self._numbers)
        key = f"{self._name}-{number}"
        ended: Future[Done] = Future()
        promise = self._client.submit(
            do_task, self._name, key, pickle.dumps(task), deadline_s, key=key, pure=False, priority=-number
        )
        with self._lock:
            self._open[key] = task, ended, promise
        promise.add_done_callback(lambda _promise: self._take(key))
        return ended

    def interrupt(self) -> None:
        """Drop what hasn't begun, and do at each worker what Ctrl+C does."""
        from assistant.fleet.cluster_worker import interrupt_place

        self._is_ending.set()
        with self._lock:
            waiting = {key: entry for key, entry in self._open.items() if key not in self._begun}
            under_way = [entry[1] for key, entry in self._open.items() if key in self._begun]
            for key in waiting:
                del self._open[key]
        if self._lost is None:
            with suppress(Exception):  # a scheduler that dies meanwhile changes nothing
                self._client.cancel([promise for _, _, promise in waiting.values()], reason="eonay-interrupted")
            until = monotonic() + FAREWELL_S + _ON_THE_WAY_S
            with suppress(Exception):
                self._client.sync(  # `run` itself has no timeout
                    self._client._run,
                    interrupt_place,
                    self._name,
                    on_error="ignore",
                    callback_timeout=FAREWELL_S + _ON_THE_WAY_S,
                )
            wait(under_way, max(0.0, until - monotonic()))
        for _, ended, _ in waiting.values():
            ended.cancel()

    def close(self) -> None:
        """Have the workers close what they opened."""
        self._is_ending.set()
        if self._lost is None:
            with suppress(Exception):
                self._client.unsubscribe_topic(self._name)
            with suppress(Exception):
                self._client.sync(self._client._unregister_worker_plugin, self._name, callback_timeout=FAREWELL_S)
        for key in list(self._open):
            self._settle(key, WorkerLostError())

    def _hear(self, event: tuple[float, tuple[str, str, bytes]]) -> None:
        from assistant.fleet.cluster_worker import BEGUN

        _, (what, key, more) = event
        if what != BEGUN:
            self._on_said(pickle.loads(more))  # noqa: S301 (a worker that was let in)
            return
        with self._lock:
            before, self._begun[key] = self._begun.get(key), more.decode()
            entry = self._open.get(key)
        if before is not None and entry is not None:
            self._on_said(TakenOver(entry[0], before, more.decode()))

    def _take(self, key: str) -> None:
        """Pass on what Dask knows about a task, in a thread of its own."""
        with self._lock:
            entry = self._open.get(key)
        if entry is None:
            return
        try:
            answer = pickle.loads(entry[2].result())  # noqa: S301 (a worker that was let in)
        except CancelledError:
            self._lose()
        except Exception as error:  # noqa: BLE001 (its workers die again and again, or can't load it)
            logger.opt(exception=error).debug("a task came to nothing")
            self._settle(key, WorkerLostError())
        else:
            self._settle(key, answer)

    def _settle(self, key: str, answer: Any) -> None:
        with self._lock:
            entry = self._open.pop(key, None)
        if entry is None:
            return
        _, ended, promise = entry
        if isinstance(answer, Exception):
            ended.set_exception(answer)
        else:
            ended.set_result(answer)
        with suppress(Exception):
            promise.release()

    def _lose(self) -> None:
        """The scheduler is gone: nothing will come of the open tasks."""
        self._lost = SetupError("cluster_lost")
        for key in list(self._open):
            self._settle(key, self._lost)

    def _watch(self) -> None:
        """Give the cluster up when it has had no worker for long: Dask itself would wait forever."""
        alone_since: float | None = None
        while not self._is_ending.wait(_LOOK_S):
            try:
                is_alone = not self._client.nthreads()
            except Exception:  # noqa: BLE001 (nobody answers)
                is_alone = True
            alone_since = (alone_since or monotonic()) if is_alone else None
            if alone_since is not None and monotonic() - alone_since > _ALONE_S:
                self._lose()
