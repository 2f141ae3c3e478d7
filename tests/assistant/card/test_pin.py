"""The PIN and what may be done with it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.card import pin as pin_module
from assistant.card.model import PinState
from assistant.card.pin import Pin, overwrite


@pytest.mark.parametrize(
    "shown", [repr, str, ascii, "{}".format, "{:>20}".format, lambda pin: f"{pin!r}", "%s".__mod__]
)
def test_no_representation_shows_it(shown: Callable[[Pin], str]) -> None:
    """However a PIN is printed or formatted, not one of its digits is in the text."""
    text = shown(Pin("135790"))

    assert not any(c.isdigit() for c in text)


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_not_copied_by_accident(leave: Callable[[Pin], object]) -> None:
    """A PIN can be neither pickled nor copied."""
    with pytest.raises(TypeError):
        leave(Pin("135790"))


def test_wiping_leaves_nothing() -> None:
    """After wiping, a PIN can't be revealed, and wiping again does no harm."""
    pin = Pin("135790")
    kept = pin._raw

    pin.wipe()
    pin.wipe()

    assert pin.wiped
    assert not any(kept)
    with pytest.raises(ValueError, match="wiped"):
        pin.reveal()


def test_zeros_take_its_place_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wiping a PIN, or letting it go unwiped, overwrites its digits before their memory is given back."""
    left: list[bytes] = []

    def watched(raw: bytearray) -> None:
        overwrite(raw)
        left.append(bytes(raw))

    monkeypatch.setattr(pin_module, "overwrite", watched)
    Pin("135790").wipe()
    assert left[0] == bytes(6)
    forgotten = Pin("135790")
    raw = forgotten._raw
    del forgotten
    assert raw == bytes(6)


def test_revealing_gives_a_copy() -> None:
    """Overwriting what was revealed doesn't change the PIN itself."""
    pin = Pin("135790")

    pin.reveal().clear()

    assert pin.reveal() == b"135790"


def test_an_empty_pin_is_refused() -> None:
    """An empty text is no PIN: to some modules it would mean the reader's own keys."""
    with pytest.raises(ValueError, match="empty"):
        Pin("")


@pytest.mark.parametrize(
    ("state", "length", "expected"),
    [
        (PinState(), 6, None),
        (PinState(locked=True), 6, "pin_locked"),
        (PinState(locked=True, not_set=True, final_try=True), None, "pin_locked"),
        (PinState(not_set=True), 6, "pin_not_set"),
        (PinState(final_try=True), 6, "pin_final_try"),
        (PinState(count_low=True), 6, None),
        (PinState(), None, "pin_missing"),
        (PinState(protected_path=True), None, None),
        (PinState(protected_path=True, final_try=True), None, "pin_final_try"),
        (PinState(min_length=6, max_length=8), 5, "pin_length"),
        (PinState(min_length=6, max_length=8), 6, None),
        (PinState(min_length=6, max_length=8), 8, None),
        (PinState(min_length=6, max_length=8), 9, "pin_length"),
        (PinState(min_length=6, max_length=0), 90, None),
    ],
)
def test_the_worst_obstacle_is_told(state: PinState, length: int | None, expected: str | None) -> None:
    """From the flags and limits follows one reason why a PIN isn't sent, or none."""
    assert state.obstacle(length) == expected


def test_a_final_try_needs_a_word() -> None:
    """With the person's word the last try is allowed; a locked card stays locked whatever they say."""
    assert PinState(final_try=True).obstacle(6, final_try_allowed=True) is None
    assert PinState(locked=True, final_try=True).obstacle(6, final_try_allowed=True) == "pin_locked"


@given(st.builds(PinState), st.integers(0, 100), st.booleans())
def test_nothing_is_sent_to_a_locked_or_unset_pin(state: PinState, length: int, allowed: bool) -> None:
    """Whatever else holds, a locked PIN or one that isn't set is an obstacle."""
    if state.locked or state.not_set:
        assert state.obstacle(length, final_try_allowed=allowed) in {"pin_locked", "pin_not_set"}
