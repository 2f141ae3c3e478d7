"""What signing takes beyond the card's own time."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import fixtures
import mock_portal
from assistant.card.modules import find_softhsm
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import provision
from assistant.signing.signer import CardSigner
from flows import HostRule
from tests.benchmarks.figures import Benchmark, Figure, Say, percentile

PERSON = "ayse"


def measure(full: bool, say: Say) -> list[Figure]:
    """Sign many requests with one card, each with a code of its own."""
    softhsm = find_softhsm()
    if softhsm is None:
        raise SystemExit("SoftHSM2 is not installed")
    person = fixtures.people()[PERSON]
    beyond: list[float] = []
    cards: list[float] = []
    with ExitStack() as stack:
        portal = mock_portal.Portal(people=[PERSON])
        served = stack.enter_context(mock_portal.serve(portal))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="eonay-bench-")))
        virtual = provision(folder, portal.pki.credentials(person), pin=Pin(person.pin), label="bench", module=softhsm)
        rule = HostRule.for_loopback(served.entry_url)
        card = Pkcs11Card(virtual.module, virtual.label, virtual.environment)
        stack.callback(card.close)
        signer = CardSigner(card, rule.allows, national_id=person.national_id)
        stack.callback(signer.close)
        signer.start()
        signer.prepare(f"{portal.origin('onlineislemler')}/eimza/KamuSM-eimza.jnlp")
        for number in range(201 if full else 41):
            request = portal.desk.open(person, "E-Onay", b"E-Onay: onay veriyorum.", lambda _signed: None)
            pin = Pin(person.pin)
            times = signer.sign(request.code, pin, lambda _request: None).times
            if number:  # the first one loads libraries
                beyond.append(times.overhead)
                cards.append(times.card)
    say(f"beyond the card {median(beyond):.1f} ms, the card itself {median(cards):.1f} ms")
    return [
        Figure("signing beyond the card, median", median(beyond), "ms", aim=30, digits=1),
        Figure("signing beyond the card, p95", percentile(beyond, 0.95), "ms", digits=1),
        Figure("the card itself (SoftHSM2), median", median(cards), "ms", digits=1),
    ]


BENCHMARK = Benchmark(
    "signing",
    "Signing beyond the card's own time",
    "Fetching the request, checking it, choosing the certificate, building the CAdES-BES signature and handing it in, "
    "without the time in which the card is read and signs. The mock portal that verifies it runs in the same process and is counted.",
    measure,
)
