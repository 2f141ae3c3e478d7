"""Measuring processes: wall time and processor time of a command, and resident memory of a tree (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, seconds."""

    wall_s: float
    cpu_s: float
    """Processor time of the whole machine meanwhile: a browser's processes aren't all waited for by their parents."""


def cost_of(arguments: Sequence[str]) -> Cost:
    """Run Python with *arguments* from the checkout and return what it took. Raises `SystemExit` if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EONAY_")}
    if "EONAY_BROWSER" in os.environ:
        environment["EONAY_BROWSER"] = os.environ["EONAY_BROWSER"]
    before, began = machine_cpu_s(), perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    cost = Cost(perf_counter() - began, machine_cpu_s() - before)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return cost


def machine_cpu_s() -> float:
    """Return the processor time that all processes together took since the machine started, seconds (Linux)."""
    user, nice, system, _idle, _waiting, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split()[1:11])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def tree_memory_mb(root: int | None = None) -> float:
    """Return the memory of this process (or *root*) and all below it, MiB; what they share counts once (Linux)."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    waiting, total = [root or os.getpid()], 0
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def tree_cpu_s(without: str | None = None) -> float:
    """Return the processor time of this process and of everything below it that runs or has ended, seconds.

    Programs whose name holds *without* are left out, with everything below them.
    """
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                named, _, rest = (entry / "stat").read_text().rpartition(")")
            except OSError:
                continue
            fields = rest.split()
            names[int(entry.name)] = named.partition("(")[2]
            children.setdefault(int(fields[1]), []).append(int(entry.name))
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / ticks
    waiting = [os.getpid()]
    while waiting:
        process = waiting.pop()
        if without is None or without not in names.get(process, ""):
            waiting += children.get(process, [])
            total += spent.get(process, 0.0)
    return total
