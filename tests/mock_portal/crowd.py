"""200 people use the mock portal while somebody sends nonsense: ``python -m tests.mock_portal.crowd --pages 100000``.

Whatever is sent, each page must name the person who asked for it. Nonsense must do nothing, and memory must not grow.
The exit code is 1 if any of that fails.
"""

from __future__ import annotations

import argparse
import random
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import mock_portal
import mock_portal.signing.verification  # the portal loads it with the first signature: 25 MiB that are no growth
from mock_portal import Act
from tests.benchmarks.portal_load import PATHS, _memory_mb, _visit, crowd, order_for

MOST_GROWTH_MB = 24.0
"""What nonsense may leave behind until it is collected. At 100,000 pages a few hundred bytes per request is more."""
_PLACES = (
    *PATHS,
    "/landing",
    "/oturum?ticket=x",
    "/imzalama",
    "/imzalama/durum",
    "/eimza/api/requests/000000000000000",
    "/eimza/api/requests/000000000000000/signature",
    "/Giris/e-Devlet-Sifresi",
    "/OAuth2AuthorizationServer/AuthorizationController/SaveScope",
    "/nes/iptal",
    "/%00/../..",
)
_REFUSED = frozenset({Act.LOGIN_FAILED, Act.SIGNATURE_REJECTED})
"""What the ledger has of nonsense that did nothing."""
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "\x00\xff")
_HOSTS = ("onlineislemler.localhost", "giris.localhost", "gecit.localhost", "example.org", "")


@dataclass(frozen=True, slots=True)
class Crowded:
    """What came of it."""

    crossed: int
    """Pages that named somebody else or failed."""
    nonsense: int
    """How many nonsense requests were sent in the meantime."""
    happened: tuple[str, ...]
    """Acts in the ledger that nobody in the crowd did."""
    grown_mb: float

    @property
    def wrongs(self) -> tuple[str, ...]:
        """What is wrong, one line each."""
        return (
            *([f"{self.crossed} pages named somebody else, or failed"] if self.crossed else []),
            *self.happened,
            *([f"memory grew by {self.grown_mb:.0f} MiB"] if self.grown_mb > MOST_GROWTH_MB else []),
        )


def crowded(pages: int, seed: int = 1) -> Crowded:
    """Have 200 people visit *pages* pages while nonsense arrives, chosen by *seed*."""
    people = crowd()
    portal = mock_portal.Portal(people=people)
    with mock_portal.serve(portal) as served:
        order = order_for(portal, served.port, people)
        known = len(portal.ledger.entries())
        _visit(order, min(pages, len(people) * len(PATHS)))
        memory = _memory_mb()
        over, sent = threading.Event(), [0]
        fuzzer = threading.Thread(target=_fuzz, args=(served.port, seed, over, sent))
        fuzzer.start()
        try:
            crossed = int(_visit(order, pages)["crossed"])
        finally:
            over.set()
            fuzzer.join()
        new = portal.ledger.entries()[known:]
        happened = {str(entry.act) for entry in new if entry.act not in _REFUSED}
        return Crowded(crossed, sent[0], tuple(sorted(happened)), _memory_mb() - memory)


def _fuzz(port: int, seed: int, over: threading.Event, sent: list[int]) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same nonsense every time)
    while not over.is_set():
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(_nonsense(chance))
            connection.recv(1 << 16)
        sent[0] += 1


def _nonsense(chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(1, 2000)) + b"\r\n\r\n"
    body = chance.choice((b"", chance.randbytes(300), b"csrf=x&onay=1&" + b"a=1&" * chance.randrange(200)))
    length = len(body) if chance.random() < 0.9 else chance.randrange(10**6)
    cookie = f"kamusm_oturum={chance.randbytes(12).hex()}; edevlet_oturum={'x' * chance.randrange(3000)}"
    head = (
        f"{chance.choice(_METHODS)} {chance.choice(_PLACES)} HTTP/1.1\r\nhost: {chance.choice(_HOSTS)}\r\n"
        f"cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode("latin-1") + body


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crowd and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mock_portal.crowd", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    found = crowded(options.pages, options.seed)
    wrong = found.wrongs
    sys.stdout.write(
        f"{options.pages} pages, {found.nonsense} nonsensical requests meanwhile, "
        f"memory {found.grown_mb:+.1f} MiB: {'; '.join(wrong) or 'nobody crossed, nothing grew'}\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
