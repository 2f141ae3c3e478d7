"""Runs of the loop against the tests' own portal, with a card in memory; the command line in the tests' own process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import fixtures
import mock_portal
from assistant.browser.launch import fresh_context
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.run.limits import Limits
from assistant.run.loop import Run
from assistant.run.person import TestPerson, Unattended
from assistant.run.record import RunResult
from assistant.signing.by_card import CardComponent
from flows import HostRule
from tests.assistant.commands import Command
from tests.assistant.little_portal import NATIONAL_ID, PASSWORD, SMS, LittlePortal, Plan, little_portal

QUICK = Limits(settle_s=0.6, page_s=10, person_s=5, banner_s=1.5)
"""Long enough for a page of the tests to come to rest on a busy machine."""

RunAgainst = Callable[[Plan], tuple[RunResult, LittlePortal]]


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of this test's own, for its processes too; its path leaves room for a browser's socket."""
    with tempfile.TemporaryDirectory(prefix="eonay-test-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.fixture(scope="session")
def card() -> SoftwareCard:
    """The card of the test person in memory."""
    person = fixtures.people()["ayse"]
    portal = mock_portal.Portal(people=["ayse"])
    return SoftwareCard(portal.pki.credentials(person), Pin(person.pin))


@pytest.fixture
def run_against(browser: Browser, card: SoftwareCard) -> Iterator[RunAgainst]:
    """Run the loop against a portal after a plan; gives the result and the portal with its counts."""
    with ExitStack() as stack:

        def go(plan: Plan) -> tuple[RunResult, LittlePortal]:
            portal = stack.enter_context(little_portal(plan))
            rule = HostRule.for_loopback(portal.entry)
            person = TestPerson(NATIONAL_ID, (PASSWORD,), lambda: SMS)
            component = CardComponent(card, rule, lambda _token: Pin(fixtures.people()["ayse"].pin), NATIONAL_ID)
            stack.callback(component.close)
            context = stack.enter_context(fresh_context(browser))
            return Run(context, rule, Unattended(person), component, limits=QUICK).go(), portal

        yield go


@pytest.fixture
def eonay_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line where how it starts and ends as a process is not what is tested."""
    return Command(tmp_path, monkeypatch, capsys)
