"""The mock portal alone: 200 people logged in at once, visiting pages at the same time."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

import fixtures
import mock_portal
from fixtures import Person
from tests.benchmarks.figures import Benchmark, Figure, Say, percentile
from tests.benchmarks.processes import ROOT

PEOPLE = 200
AT_ONCE = 16
PATHS = ("/anasayfa", "/nes", "/nes/e-onay")
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody: all is plain HTTP, and reading all the authorities takes 20 ms for each person who logs in."""


def crowd() -> Mapping[str, Person]:
    """Return 200 people, each with a name and a number of their own."""
    model = fixtures.people()["ayse"]
    found: dict[str, Person] = {}
    number = 100_000_000
    while len(found) < PEOPLE:
        number += 1
        national_id = _with_check_digits(number)
        key = f"person{len(found)}"
        name = f"KİŞİ {_letters(len(found))}"
        found[key] = replace(model, key=key, name=name, national_id=national_id)
    return MappingProxyType(found)


def measure(full: bool, say: Say) -> list[Figure]:
    """Log everybody in, then let a process of its own visit pages as all of them."""
    people = crowd()
    portal = mock_portal.Portal(people=people)
    with mock_portal.serve(portal) as served:
        order = order_for(portal, served.port, people)
        before = _visit(order, 2_000)
        memory = _memory_mb()
        measured = _visit(order, 40_000 if full else 8_000)
        grown = _memory_mb() - memory
    crossed = before["crossed"] + measured["crossed"]
    times = measured["times"]
    say(f"{measured['rate']:.0f} pages/s, p99 {percentile(times, 0.99) * 1000:.0f} ms, {crossed:.0f} crossed")
    return [
        Figure("pages per second", measured["rate"], digits=0),
        Figure("p99 of a page", percentile(times, 0.99) * 1000, "ms", digits=0),
        Figure("median of a page", percentile(times, 0.5) * 1000, "ms", digits=0),
        Figure("pages that named somebody else, or failed", crossed, aim=0, digits=0),
        Figure("growth of memory meanwhile", grown, "MiB", aim=5, digits=1),
    ]


def order_for(portal: mock_portal.Portal, port: int, people: Mapping[str, Person]) -> dict[str, Any]:
    """Log *people* in at *portal* and return what the process of the visitors is told."""
    visitors = [{"name": person.name, "cookie": _log_in(portal, port, key)} for key, person in people.items()]
    host = f"onlineislemler.localhost:{port}"
    return {"port": port, "host": host, "paths": PATHS, "visitors": visitors, "at_once": AT_ONCE}


def _log_in(portal: mock_portal.Portal, port: int, key: str) -> str:
    ticket = portal.tickets.put({"kind": "ticket", "person": key})
    answer = httpx.get(
        f"http://127.0.0.1:{port}/oturum?ticket={ticket}",
        headers={"host": f"onlineislemler.localhost:{port}"},
        trust_env=False,
        verify=_NO_TLS,
    )
    return answer.headers["set-cookie"].partition(";")[0]


def _visit(order: Mapping[str, object], pages: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tests.benchmarks.visitors"],
        input=json.dumps({**order, "pages": pages}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def _memory_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _letters(number: int) -> str:
    """Return a surname of letters alone, a different one for each number."""
    return "".join(chr(ord("A") + int(digit)) for digit in f"{number:04d}") + "OĞLU"


def _with_check_digits(nine: int) -> str:
    digits = [int(character) for character in str(nine)]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return f"{nine}{tenth}{(sum(digits) + tenth) % 10}"


BENCHMARK = Benchmark(
    "portal",
    "The mock portal alone",
    f"{PEOPLE} people logged in; a process of its own visits pages as all of them in turn, {AT_ONCE} at the same time, "
    "and looks for each person's own name on each page. The visiting process shares the machine with the portal.",
    measure,
)
