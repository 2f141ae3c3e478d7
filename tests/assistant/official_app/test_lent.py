"""The code on a clipboard that several runs share: one code at a time, and what the person had there comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from assistant.base.workplace import Workplace, sweep, workplace
from assistant.official_app.clipboard import Lent
from tests.assistant.base.test_workplace import killed, on_a_small_disk
from tests.assistant.official_app.memory import Memory

pytestmark = pytest.mark.usefixtures("temporary")

ONE, TWO = "968121968799342", "107743921170556"
BEFORE = "kişinin kendi metni"


@contextmanager
def two_runs() -> Iterator[tuple[Workplace, Workplace]]:
    """Have two runs going on."""
    with ExitStack() as stack:
        yield stack.enter_context(workplace()), stack.enter_context(workplace())


def test_a_code_is_not_laid_over_that_of_another_run() -> None:
    """The second run leaves the first one's code where it is; once that is done, its own gets there and goes again."""
    clipboard = Memory(BEFORE)
    with two_runs() as (first, second):
        one, two = Lent(clipboard, first), Lent(clipboard, second)
        assert (one.put(ONE), clipboard.text) == ("there", ONE)
        assert (two.put(TWO), clipboard.text) == ("taken", ONE)
        assert not two.give_back()
        assert clipboard.text == ONE
        assert one.give_back()
        assert (two.put(TWO), clipboard.text) == ("there", TWO)
        assert two.give_back()
    assert clipboard.text == BEFORE


def test_what_a_person_copies_meanwhile_makes_room_for_the_next_code() -> None:
    """A loan that the person has copied over stands in nobody's way, and their text comes back."""
    clipboard = Memory(BEFORE)
    with two_runs() as (first, second):
        one, two = Lent(clipboard, first), Lent(clipboard, second)
        one.put(ONE)
        clipboard.text = "yeni"
        assert two.put(TWO) == "there"
        assert not one.give_back()
        assert two.give_back()
    assert clipboard.text == "yeni"


def test_of_two_that_write_at_the_same_moment_one_stands_back() -> None:
    """A run that is just writing its code counts as having it there, whatever the clipboard says so far."""
    clipboard = Memory(BEFORE)
    with two_runs() as (first, second):
        first.lends(ONE)
        assert Lent(clipboard, second).put(TWO) == "taken"
        first.has_lent()
        assert Lent(clipboard, second).put(TWO) == "there"


def test_a_renewed_code_replaces_ones_own() -> None:
    """A run's own earlier code is nobody else's, and not what the person had there."""
    clipboard = Memory(BEFORE)
    with two_runs() as (first, _):
        one = Lent(clipboard, first)
        assert (one.put(ONE), one.put(TWO)) == ("there", "there")
        assert one.give_back()
    assert clipboard.text == BEFORE


def test_the_code_of_a_run_killed_meanwhile_never_comes_back() -> None:
    """A run that finds a killed one's code on the clipboard doesn't take it for the person's text."""
    clipboard = Memory(ONE)
    with workplace() as place:
        killed(ONE)
        lent = Lent(clipboard, place)
        assert lent.put(TWO) == "there"
        assert lent.give_back()
    assert clipboard.text == ""
    sweep(clipboard)


class Late(Memory):
    """A clipboard that takes the text, but says so too late."""

    def write(self, text: str) -> bool:
        """Keep *text*."""
        super().write(text)
        return False


def test_a_code_that_got_there_late_is_taken_off_all_the_same() -> None:
    """A clipboard that seemed to refuse the code, but holds it, is given back."""
    clipboard = Late(BEFORE)
    with workplace() as place:
        lent = Lent(clipboard, place)
        assert lent.put(ONE) == "no_clipboard"
        assert clipboard.text == ONE
        lent.give_back()
    assert clipboard.text == BEFORE


_OPENS = """
import os, sys, tempfile
from contextlib import suppress
from pathlib import Path
from assistant.base.trouble import why
from assistant.official_app.starter import AppFile, Starter, Way
with suppress(OSError), Path(tempfile.gettempdir(), "filler").open("wb", buffering=0) as filler:
    while filler.write(b"x" * 4096):
        pass
starter = Starter()
way = Way((sys.executable, "-c", ""), takes_jnlp=True, takes_jar=True)
print(starter.open(way, AppFile("KamuSM-eimza.jnlp", b"x" * 5000)), why(starter.disk, "en"))
starter.close()
print(os.listdir(tempfile.gettempdir()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted for a process alone")
def test_a_full_disk_is_named_where_the_app_cannot_be_opened() -> None:
    """It is the disk that is said to be full, not Java that is said to be missing; no half file is left."""
    told, _ = on_a_small_disk(_OPENS)
    assert told == "False the disk is full\n['filler']\n"
