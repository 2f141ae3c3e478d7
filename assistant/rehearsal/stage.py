"""The stage of a dry run: the mock portal with one person, and that person's card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import mock_portal
from assistant.card.card import Card
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import provision
from assistant.card.software import SoftwareCard
from assistant.person import TestPerson
from assistant.signing.signer import AskPin
from fixtures import Person, Scenario, people
from mock_portal import gateway


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that a run of one scenario needs."""

    portal: mock_portal.Portal = field(repr=False)
    entry: str
    card: Card = field(repr=False)
    ask_pin: AskPin = field(repr=False)
    test_person: TestPerson = field(repr=False)
    national_id: str = field(repr=False)


@contextmanager
def staged(scenario: Scenario, softhsm: Path | None) -> Iterator[Stage]:
    """Serve the mock portal for *scenario* and lay the person's card ready.

    *softhsm* is the SoftHSM2 module, or None for a card in memory.
    """
    person = people()[scenario.person]
    portal = mock_portal.Portal(edition=scenario.edition, people=[person.key])
    with ExitStack() as stack:
        served = stack.enter_context(mock_portal.serve(portal))
        card = _card(portal, person, softhsm, stack)
        stack.callback(card.close)
        card.start()
        yield Stage(
            portal,
            served.entry_url,
            card,
            lambda _token: Pin(person.pin),
            _test_person(portal, person),
            person.national_id,
        )


def _card(portal: mock_portal.Portal, person: Person, softhsm: Path | None, stack: ExitStack) -> Card:
    credentials = portal.pki.credentials(person)
    if softhsm is None:
        return SoftwareCard(credentials, Pin(person.pin))
    folder = stack.enter_context(TemporaryDirectory(prefix="eonay-card-"))
    token = provision(
        Path(folder),
        credentials,
        pin=Pin(person.pin),
        label=f"eonay {person.key}",
        module=softhsm,
    )
    return Pkcs11Card(token.module, token.label, token.environment)


def _test_person(portal: mock_portal.Portal, person: Person) -> TestPerson:
    return TestPerson(
        national_id=person.national_id,
        passwords=(person.password,),
        sms_code=lambda: person.sms_code,
        approve_phone=lambda: gateway.approve_phone(portal, person.key),
    )
