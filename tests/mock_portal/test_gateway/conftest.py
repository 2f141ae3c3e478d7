"""A portal of the edition the test asks for, and visitors of its gateway."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import fixtures
from fixtures import Person
from mock_portal import Edition, ManualClock, Portal, Served
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.test_gateway.visitor import GatewayVisitor

BOTH_EDITIONS = pytest.mark.parametrize("edition", ["2020", "2026"])

Someone = Callable[[str], Person]
NewGate = Callable[[], GatewayVisitor]


@pytest.fixture
def edition() -> Edition:
    """The edition of `portal`, unless a test's parameters choose another."""
    return "2026"


@pytest.fixture
def portal(clock: ManualClock, edition: Edition) -> Portal:
    """A portal of this edition with all people and the standing clock."""
    return Portal(edition=edition, clock=clock)


@pytest.fixture
def new_gate(served: Served, new_visitor: NewVisitor) -> NewGate:
    """Make visitors who share no cookies."""
    return lambda: GatewayVisitor(served.portal, new_visitor())


@pytest.fixture
def gate(new_gate: NewGate) -> GatewayVisitor:
    """One visitor."""
    return new_gate()


@pytest.fixture
def someone() -> Someone:
    """Find a person by key."""
    return lambda key: fixtures.people()[key]
