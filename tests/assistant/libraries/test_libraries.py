"""Two real libraries draw the same journey, from their own browser builds: for a person, and for a run."""

from __future__ import annotations

import hashlib
import tomllib
from itertools import product

import httpx
import pytest
from playwright.sync_api import Browser, expect

import fixtures
from assistant.base.outcome import Outcome
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.rehearsal.drift.rehearsal import QUICK
from assistant.run.assemble import Cast, unattended
from assistant.run.person import TestPerson, Unattended
from mock_portal import Act, Edition, Portal, gateway, serve
from tests.assistant.libraries.looks import LOOKS, VENDOR
from tests.mock_portal.looks.walker import Walker
from tests.mock_portal.online_visitor import sign
from tests.mock_portal.test_online_consent import GIVE, WITHDRAW
from tests.sampling import sampled

PACKAGES = tomllib.loads((VENDOR / "libraries.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PACKAGES)
def test_the_builds_are_what_their_packages_bring(name: str) -> None:
    """Each file is listed with its digest and is unchanged; the licence lies next to and allows this."""
    package, folder = PACKAGES[name], VENDOR / name
    assert {file.name for file in folder.iterdir()} == set(package["files"])
    for file, entry in package["files"].items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == entry["sha256"], file
    assert package["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_nothing_else_lies_there() -> None:
    """Every folder of builds is one of the listed packages."""
    assert {folder.name for folder in VENDOR.iterdir() if folder.is_dir()} == set(PACKAGES)


@pytest.mark.parametrize(
    ("library", "edition"),
    sampled(product(LOOKS, ["2020", "2026"]), every_run=[("bootstrap", "2026")]),
)
def test_a_person_can_go_the_whole_way(browser: Browser, visitor: httpx.Client, library: str, edition: Edition) -> None:
    """By what is shown one comes to the code and to İşlem başarılı; then the withdraw sentence stands there."""
    portal = Portal(edition=edition, look=LOOKS[library], people=["ayse"])
    with serve(portal), browser.new_context() as context:
        person = Walker(context.new_page(), portal)
        person.arrive()
        person.enter("ayse")
        person.to_tiles()
        person.to_consent()
        person.mark(GIVE)
        person.press("Devam")
        assert sign(portal, "ayse", person.code(), visitor).status_code == 201
        expect(person.words("İşlem başarılı")).to_be_visible()
        person.enter("ayse")
        person.to_tiles()
        person.to_consent()
        expect(person.words(WITHDRAW)).to_be_visible()
    assert portal.ledger.count(Act.CONSENT_GIVEN) == 1


WAYS = [
    (library, who, outcome)
    for library in ("bootstrap", "quasar")
    for who, outcome in (("ayse", Outcome.CONSENT_GIVEN), ("zeynep", Outcome.ALREADY_CONSENTED))
]


@pytest.mark.parametrize(("library", "who", "outcome"), sampled(WAYS, every_run=[WAYS[3]]))
def test_a_run_goes_the_whole_way(browser: Browser, library: str, who: str, outcome: Outcome) -> None:
    """A run from the landing page to its end goes by the same evidence on a library's pages."""
    person = fixtures.people()[who]
    portal = Portal(look=LOOKS[library], people=[who])
    gateway.set_policy(portal, captcha="never")
    with serve(portal) as served:
        test_person = TestPerson(
            national_id=person.national_id,
            passwords=(person.password,),
            sms_code=lambda: person.sms_code,
            approve_phone=lambda: gateway.approve_phone(portal, who),
        )
        card = SoftwareCard(portal.pki.credentials(person), Pin(person.pin))
        cast = Cast(
            served.entry_url,
            card,
            lambda _token: Pin(person.pin),
            person.national_id,
            lambda _context, _rule: Unattended(test_person),
        )
        result = unattended(cast, browser, QUICK)
    assert (result.outcome, result.reason) == (outcome, None)
    assert portal.ledger.count(Act.CONSENT_GIVEN) == int(who == "ayse")
    assert not portal.ledger.count(Act.WITHDRAWAL_STARTED)
