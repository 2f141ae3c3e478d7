"""The stage of a dry run: the mock portal with one person and their faults, and that person's card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import mock_portal
from assistant.base.workplace import workplace
from assistant.card.card import Card
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import provision
from assistant.card.scripted import ScriptedCard, ScriptedToken
from assistant.card.software import SoftwareCard
from assistant.run.person import TestPerson
from assistant.signing.signer import AskPin
from fixtures import Person, PersonPlay, Scenario, card_scripts, people
from mock_portal import gateway
from mock_portal.faults import FaultDesk

_WRONG_PIN = "999999"
_WRONG_SMS = "000000"
_NO_MODULE = "no-such-module"


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a run of one scenario needs."""

    portal: mock_portal.Portal = field(repr=False)
    entry: str
    card: Card = field(repr=False)
    ask_pin: AskPin = field(repr=False)
    test_person: TestPerson = field(repr=False)
    national_id: str = field(repr=False)
    person: Person
    faults: FaultDesk = field(repr=False)


@contextmanager
def staged(scenario: Scenario, softhsm: Path | None) -> Iterator[Stage]:
    """Serve the mock portal for *scenario* and get its card ready.

    *softhsm* is the SoftHSM2 module; None uses a card in memory, unless the scenario has a card script.
    """
    person = people()[scenario.person]
    faults = FaultDesk(scenario.faults)
    portal = mock_portal.Portal(
        edition=scenario.edition,
        look=scenario.look,
        people=list(dict.fromkeys((person.key, *scenario.card.holders))),
        clock=mock_portal.ManualClock() if scenario.manual_clock else None,
        middleware=faults.middleware,
    )
    faults.watch(portal)
    with ExitStack() as stack:
        served = stack.enter_context(mock_portal.serve(portal))
        card = _card(portal, person, scenario, softhsm, stack)
        stack.callback(card.close)
        card.start()
        yield Stage(
            portal,
            served.entry_url,
            card,
            _pin_of(person, scenario.plays),
            _test_person(portal, person, scenario.plays),
            person.national_id,
            person,
            faults,
        )


def _card(
    portal: mock_portal.Portal, person: Person, scenario: Scenario, softhsm: Path | None, stack: ExitStack
) -> Card:
    play = scenario.card
    if play.module == "missing":
        return Pkcs11Card(stack.enter_context(workplace()).scratch / _NO_MODULE)
    if play.script:
        script = card_scripts()[play.script]
        holders = [people()[key] for key in play.holders] or [person]
        return ScriptedCard(
            [ScriptedToken(script, portal.pki.credentials(holder), Pin(holder.pin)) for holder in holders]
        )
    credentials = portal.pki.credentials(person)
    if softhsm is None:
        return SoftwareCard(credentials, Pin(person.pin))
    token = provision(
        stack.enter_context(workplace()).scratch,
        credentials,
        pin=Pin(person.pin),
        label=f"eonay {person.key}",
        module=softhsm,
    )
    return Pkcs11Card(token.module, token.label, token.environment)


def _pin_of(person: Person, plays: PersonPlay) -> AskPin:
    if plays.pin == "none":
        return lambda _token: None
    typed = person.pin if plays.pin == "right" else _WRONG_PIN
    return lambda _token: Pin(typed)


def _test_person(portal: mock_portal.Portal, person: Person, plays: PersonPlay) -> TestPerson:
    def answer_phone() -> None:
        if plays.phone == "approve":
            gateway.approve_phone(portal, person.key)
        elif plays.phone == "refuse":
            gateway.refuse_phone(portal, person.key)

    return TestPerson(
        national_id=person.national_id,
        passwords=tuple(person.password if typed == "right" else typed for typed in plays.passwords),
        sms_code=lambda: person.sms_code if plays.sms == "right" else _WRONG_SMS,
        approve_phone=answer_phone,
    )
