"""The clock, the size-limited stores and where each person stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtures
from mock_portal import ManualClock, Portal, SystemClock
from mock_portal.expiring import Expiring


def test_a_manual_clock_moves_only_when_it_is_moved(clock: ManualClock) -> None:
    """The clock stands still, moves forward only when told, and never moves back."""
    began = clock.now()
    assert clock.now() == began
    assert clock.advance(286.5) == clock.now() == began + timedelta(seconds=286.5)
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)


def test_clocks_speak_utc() -> None:
    """Every clock gives aware UTC times. It refuses to start at a naive one."""
    turkey = timezone(timedelta(hours=3))
    assert ManualClock(datetime(2026, 11, 23, 12, 0, tzinfo=turkey)).now().isoformat().endswith("09:00:00+00:00")
    assert SystemClock().now().tzinfo is UTC
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 11, 23, 12, 0))


def test_a_ticket_is_good_once(clock: ManualClock) -> None:
    """Once taken, a value is gone."""
    store: Expiring[str] = Expiring(clock, 60)
    token = store.put("value")
    assert store.take(token) == "value"
    assert store.take(token) is None
    assert store.get(token) is None


def test_a_value_ends_by_the_clock(clock: ManualClock) -> None:
    """A value lives for its lifetime after the last get, but not one moment longer."""
    store: Expiring[str] = Expiring(clock, 60)
    token = store.put("value")
    clock.advance(59)
    assert store.get(token) == "value"
    clock.advance(59)
    assert store.get(token) == "value"
    clock.advance(60)
    assert store.get(token) is None
    assert store.take(token) is None


@given(st.lists(st.sampled_from(["put", "get", "wait"]), max_size=60))
def test_a_store_stays_within_its_limit(moves: list[str]) -> None:
    """However we use it, a store keeps no more values than its limit, and always the newest."""
    clock = ManualClock()
    store: Expiring[int] = Expiring(clock, 10, limit=5)
    tokens: list[str] = []
    for number, move in enumerate(moves):
        if move == "put":
            tokens.append(store.put(number))
            assert store.get(tokens[-1]) == number
        elif move == "get" and tokens:
            store.get(tokens[number % len(tokens)])
        else:
            clock.advance(4)
        assert len(store) <= 5


def test_ended_values_leave_the_memory(clock: ManualClock) -> None:
    """Putting a new value in sweeps out everything that has expired."""
    store: Expiring[int] = Expiring(clock, 10)
    for number in range(100):
        store.put(number)
    clock.advance(10)
    store.put(0)
    assert len(store) == 1


def test_people_begin_as_the_fixtures_say(portal: Portal) -> None:
    """At first everyone's consent, suspension and revocation match the fixtures."""
    assert not portal.state.of("ayse").consent
    assert portal.state.of("zeynep").consent
    assert portal.state.of("kemal").suspended
    assert portal.state.of("emine").revoked
    assert not portal.state.of("fatma").revoked


def test_a_change_says_whether_it_changed_anything(portal: Portal) -> None:
    """We can give and withdraw consent and lift a suspension. The second time, the answer says nothing changed."""
    state = portal.state
    assert state.give_consent("ayse")
    assert not state.give_consent("ayse")
    assert state.of("ayse").consent
    assert state.withdraw_consent("ayse")
    assert not state.withdraw_consent("ayse")
    assert not state.of("ayse").consent
    assert state.lift_suspension("kemal")
    assert not state.lift_suspension("kemal")
    assert state.of("kemal") == replace(state.of("kemal"), suspended=False)


def test_two_portals_share_no_state() -> None:
    """What happens on one portal changes nothing on any other."""
    one, other = Portal(), Portal()
    one.state.give_consent("ayse")
    assert not other.state.of("ayse").consent


def test_a_portal_has_the_people_it_is_given() -> None:
    """The people are everyone in the fixtures, some of them by key, or the caller's own."""
    everybody = fixtures.people()
    assert Portal().people == everybody
    assert list(Portal(people=["mehmet"]).people) == ["mehmet"]
    own = replace(everybody["ayse"], consent="given")
    portal = Portal(people={"ayse": own})
    assert portal.state.of("ayse").consent
    assert portal.person_by_national_id(own.national_id) is own
    assert portal.person_by_national_id(everybody["mehmet"].national_id) is None
    with pytest.raises(KeyError):
        Portal(people=["nobody"])


def test_a_portal_that_is_not_served_has_no_address(portal: Portal) -> None:
    """If you ask for an address too early, or for an unknown origin, you get a clear error."""
    with pytest.raises(RuntimeError, match="served"):
        portal.origin("giris")
    with pytest.raises(ValueError, match="origin"):
        portal.origin("turkiye")  # type: ignore[arg-type]
