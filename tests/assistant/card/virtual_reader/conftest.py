"""Cards for the real stack. One test at a time may have it; if it is missing, tests skip loudly."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest

import mock_portal
from assistant.card.process import Pkcs11Card
from tests.assistant.card.virtual_reader.piv_card import PivCard
from tests.assistant.card.virtual_reader.reader import PluggedIn
from tests.assistant.card.virtual_reader.stack import StackMissingError, card_of, card_stack

MakeCard = Callable[..., PivCard]
PlugIn = Callable[[PivCard], PluggedIn]


@pytest.fixture
def opensc() -> Iterator[Path]:
    """OpenSC's module, with pcscd and the virtual reader behind it."""
    with ExitStack() as stack:
        try:
            module = stack.enter_context(card_stack())
        except StackMissingError as why:
            skip_loudly(str(why))
        yield module


@pytest.fixture(scope="module")
def make_card() -> MakeCard:
    """Make virtual cards with a test person's certificate on them."""
    portal = mock_portal.Portal(people=["ayse", "mehmet"])

    def make(person: str = "ayse", *, always_authenticate: bool = False) -> PivCard:
        return card_of(portal, person, always_authenticate=always_authenticate)

    return make


@pytest.fixture
def plug_in(opensc: Path) -> Iterator[PlugIn]:
    """Put cards into the virtual reader; they are pulled at the end."""
    plugged: list[PluggedIn] = []

    def put(card: PivCard) -> PluggedIn:
        try:
            plugged.append(PluggedIn(card))
        except StackMissingError as why:
            skip_loudly(str(why))
        return plugged[-1]

    yield put
    for each in plugged:
        each.pull()


@pytest.fixture
def card(opensc: Path) -> Iterator[Pkcs11Card]:
    """The card as the program sees it, through OpenSC."""
    seen = Pkcs11Card(opensc)
    yield seen
    seen.close()


def skip_loudly(why: str) -> NoReturn:
    """Skip the test, and warn that nothing was tested."""
    warnings.warn(f"THE REAL CARD STACK IS NOT TESTED: {why}", stacklevel=2)
    pytest.skip(f"THE REAL CARD STACK IS NOT TESTED: {why}")
