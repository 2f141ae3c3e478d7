"""Who does the work of an unattended command: this computer's cores, or the machines that `--cluster` names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.fleet.local import LocalExecutor
from assistant.fleet.many import Engine


@contextmanager
def engine_of(cluster: str | None, workers: int) -> Iterator[tuple[Engine, int]]:
    """Give the executor's engine and how many tasks run at once: *workers* here, or as many as the *cluster* has.

    Raises `UsageError` and `SetupError` as `assistant.fleet.cluster.cluster` does.
    """
    if cluster is None:
        yield LocalExecutor, workers
        return
    from assistant.fleet.cluster import cluster as connected

    with connected(cluster) as machines:
        yield machines.executor, machines.places
