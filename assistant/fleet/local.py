"""Tasks done on this machine: a thread pool of `concurrent.futures`, and a worker process for each of its threads.

The thread pool gives order, futures and cancellation; ours is the worker at the other end of a thread's pipe. We tried
other people's process pools for this (pebble 5.2.3, LGPL; loky 3.7.0, BSD; the standard library's own, Python 3.11),
two workers each, and each of them takes down runs that had nothing to do with the trouble:

- a worker crashes half a second into its task: loky and the standard library's fail all five tasks instead of one.
  If it crashes at once, pebble fails all six as well ("All workers expired");
- a worker freezes while it reports its result: pebble, whose workers share one pipe and its lock, keeps neither that
  task's deadline of 5 s nor the four others' of 20 s: after 60 s none had ended. If it is killed at that point, the
  four others had reported nothing after 52 s (https://github.com/noxdafox/pebble/issues/163). The other two have no
  deadline, and were still waiting when we stopped looking, after 8 s: nobody can enforce one from outside either,
  because the command itself holds the pipe's other end open;
- at its deadline pebble kills only the worker: of its seven processes six (driver, browser) were still alive, and a
  frozen one got 3 s more. At the end it sends its workers SIGTERM, and no browser is closed properly.

So every worker has a pipe of its own, and the command keeps only its own end: whatever becomes of the worker, the pipe
ends with it, and nobody else notices.

Playwright's driver lets up to 70 MiB of garbage pile up, and nothing gives back everything it took. So now and then a
fresh worker takes over, which has opened its browser by the time we need it.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from threading import Event, Lock, Thread, Timer
from time import monotonic
from typing import Any, Generic

from assistant.base.errors import EonayError
from assistant.base.family import end_family
from assistant.base.interrupt import born_deaf
from assistant.base.workplace import workplace
from assistant.fleet.craft import Craft, Done, Task
from assistant.fleet.executor import DeadlinePassedError, Executor, WorkerLostError
from assistant.fleet.worker import Begun, Finished, Noted, work

FAREWELL_S = 3.5
"""How many seconds workers have after Ctrl+C to report their task, and then as many again to clean up.

Twice this is less than `assistant.base.interrupt.GIVE_UP_S`.
"""
RENEW_AFTER = 50
"""How many tasks one worker does: about as many as fill the driver with garbage."""


class LocalExecutor(Executor[Task, Done]):
    """Workers in processes of their own, each started when there is a task for it, and used for many."""

    def __init__(
        self, craft: Craft[Task, Any, Done], workers: int, on_said: Callable[[Any], None], *, is_fed: bool = False
    ) -> None:
        """*on_said* is called with each note from a worker, in another thread, before its task's future ends.

        *is_fed*: more tasks are coming, even if none is waiting here.
        """
        self._craft = craft
        self._on_said = on_said
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="worker")
        self._places = deque(reversed(range(workers)))
        self._workers: dict[int, _Worker[Task, Done]] = {}
        self._successors: dict[int, _Worker[Task, Done]] = {}
        self._leaving: list[Thread] = []
        self._waiting = 0
        self._is_fed = is_fed
        self._lock = Lock()
        self._is_ending = False

    def submit(self, task: Task, deadline_s: float) -> Future[Done]:
        """Give *task* to the next free worker."""
        if os.name == "posix":
            resource_tracker.ensure_running()  # started inside, it would make this process hear again (before 3.13)
        with self._lock:
            self._waiting += 1
        with born_deaf():  # for the thread that this may start, and all processes of that thread
            return self._threads.submit(self._do, task, deadline_s)

    def interrupt(self) -> None:
        """Ask the workers to end, and `FAREWELL_S` later end those still busy or not yet hearing."""
        self._let_nothing_begin()
        workers = [*self._workers.values(), *self._successors.values()]
        for worker in workers:
            worker.interrupt()
        until = monotonic() + FAREWELL_S
        for worker in workers:
            worker.end_where_busy(until)

    def close(self) -> None:
        """End the workers; they get `FAREWELL_S` at most to close what they opened."""
        self._let_nothing_begin()
        kept = self._workers, self._successors
        workers = [worker for some in kept for place in list(some) if (worker := some.pop(place, None))]
        for worker in workers:
            worker.dismiss()
        until = monotonic() + FAREWELL_S
        for worker in workers:
            worker.end(until)
        self._threads.shutdown()
        for worker in workers:
            worker.tidy()
        for leaving in self._leaving:
            leaving.join()

    def _let_nothing_begin(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._is_ending = True

    def _do(self, task: Task, deadline_s: float) -> Done:
        with self._lock:
            self._waiting -= 1
        place = self._places.pop()  # there are as many as threads
        try:
            worker = self._at(place)
            try:
                return worker.do(task, deadline_s)
            finally:
                self._renew(place, worker)
        finally:
            self._places.append(place)

    def _at(self, place: int) -> _Worker[Task, Done]:
        with self._lock:  # no worker starts without being known
            if self._is_ending:
                raise WorkerLostError
            if place not in self._workers:
                self._workers[place] = _Worker(self._craft, place, self._on_said)
            worker = self._workers[place]
            if worker.begun >= RENEW_AFTER - 1 and (self._waiting or self._is_fed):
                # The successor opens what it needs during this one's last task.
                self._successors[place] = _Worker(self._craft, place, self._on_said)
            return worker

    def _renew(self, place: int, worker: _Worker[Task, Done]) -> None:
        """Dismiss *worker* when it is used up, or when its successor is ready."""
        with self._lock:
            is_ours = self._workers.get(place) is worker  # if not, `close` has it
            successor = None if self._is_ending else self._successors.pop(place, None)
            if is_ours and (worker.is_spent or successor is not None):
                del self._workers[place]
            if successor is not None:
                self._workers[place] = successor
        if is_ours and worker.is_spent:
            worker.end(monotonic())
            worker.tidy()
        elif is_ours and successor is not None:
            leaving = Thread(target=worker.leave, name="leaving")
            self._leaving.append(leaving)
            leaving.start()


class _Worker(Generic[Task, Done]):
    """The command's side of one worker. One thread calls `do`, any thread the rest."""

    def __init__(self, craft: Craft[Task, Any, Done], place: int, on_said: Callable[[Any], None]) -> None:
        context = get_context("spawn")
        self._on_said = on_said
        self._has_begun = False
        self._is_late = False
        self._is_idle = Event()
        self.is_spent = False
        """Whether it takes no more tasks."""
        self.begun = 0
        """How many tasks it has been given."""
        self._kept = ExitStack()
        folder = self._kept.enter_context(workplace()).scratch
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, craft, place, str(folder)), name=f"eonay-{place}", daemon=False
        )
        self._process.start()
        theirs.close()

    def do(self, task: Task, deadline_s: float) -> Done:
        """Have *task* done. A separate clock keeps its deadline: a frozen worker's pipe can block this thread."""
        self.begun += 1
        self._is_idle.clear()
        clock = Timer(deadline_s, self._give_up)
        clock.daemon = True
        clock.start()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may have said why it couldn't start
                self._pipe.send(task)
            return self._answer()
        except (EOFError, OSError) as error:
            self.is_spent = True
            raise (DeadlinePassedError if self._is_late else WorkerLostError) from error
        except BaseException:  # whatever it was, the pipe may hold half an answer: nobody uses this worker again
            self.is_spent = True
            raise
        finally:
            clock.cancel()
            clock.join()  # it may be giving up right now, although the answer came
            self.is_spent |= self._is_late
            self._is_idle.set()

    def _answer(self) -> Done:
        while True:
            match self._pipe.recv():
                case Begun():
                    self._has_begun = True
                case Noted(note):
                    self._on_said(note)
                case Finished(done):
                    return done  # type: ignore[no-any-return]
                case EonayError() as error:
                    raise error

    def interrupt(self) -> None:
        """Do to it what Ctrl+C does: its task ends as stopped. On Windows the console has already told it.

        With SIGTERM: a shell's background jobs have SIGINT ignored, and so do their workers.
        """
        if not self._has_begun:
            end_family(self._process.pid or 0)
        elif os.name == "posix":
            with suppress(ProcessLookupError):
                os.kill(self._process.pid or 0, signal.SIGTERM)

    def end_where_busy(self, until: float) -> None:
        """Wait until *until* (monotonic) for it to be without a task, then end it."""
        if not self._is_idle.wait(max(0.0, until - monotonic())):
            end_family(self._process.pid or 0)

    def dismiss(self) -> None:
        """Tell it that there are no more tasks."""
        with suppress(OSError):
            self._pipe.send(None)

    def end(self, until: float) -> None:
        """Wait for it until *until* (monotonic), then end it and everything it left behind."""
        wait([self._process.sentinel], max(0.0, until - monotonic()))
        end_family(self._process.pid or 0)  # before we reap it: afterwards its number may be another process's
        self._process.join()

    def leave(self) -> None:
        """Let it close what it opened, end it, and clean up after it."""
        self.dismiss()
        self.end(monotonic() + FAREWELL_S)
        self.tidy()

    def tidy(self) -> None:
        """Release what the command holds of it, once nobody waits for it any more."""
        self._pipe.close()
        self._kept.close()

    def _give_up(self) -> None:
        self._is_late = True
        end_family(self._process.pid or 0)
