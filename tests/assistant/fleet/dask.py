"""Dask's own programs on loopback, as an administrator starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

from assistant.base.family import end_family
from tests.assistant.commands import ROOT


@dataclass
class Machines:
    """A scheduler and its workers, each at its own address."""

    home: Path
    address: str
    scheduler: subprocess.Popen[bytes] | None = None
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    """By the address at which they are."""

    def start(self, *args: str, code: Path = ROOT, **more: str) -> subprocess.Popen[bytes]:
        """Start a program of Dask's, with the program in *code* next to it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EONAY_", "PYTEST_"))}
        with (self.home / "dask.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "dask", *args],
                env={**kept, "HOME": str(self.home), "PYTHONPATH": str(code), **more},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def work_at(self, host: str, code: Path = ROOT) -> None:
        """Start a worker of one thread there."""
        where = ("--host", host, "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.home))
        self.workers[host] = self.start("worker", self.address, *where, code=code)

    def kill(self, host: str) -> None:
        """End the worker there, and the nanny that would begin it again, without a word."""
        nanny = self.workers.pop(host)
        os.killpg(nanny.pid, signal.SIGKILL)
        nanny.wait()


@contextmanager
def machines(home: Path, *hosts: str, code: Path = ROOT) -> Iterator[Machines]:
    """Run a scheduler, and a worker at each of *hosts* with the program in *code* next to it; their home is *home*."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home.mkdir()
    there = Machines(home, f"tcp://127.0.0.1:{port}")
    there.scheduler = there.start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    try:
        for host in hosts:
            there.work_at(host, code)
        with Client(there.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(len(hosts), timeout=60)
        yield there
    finally:
        for program in (*there.workers.values(), there.scheduler):
            end_family(program.pid)
            program.wait()
