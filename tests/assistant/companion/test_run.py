"""A companion run on a surface that a simulated person presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.base.workplace import workplace
from assistant.companion.companion_run import Companion
from assistant.companion.machine import CompanionState, begin, way
from assistant.companion.session import accompany, offer, resumes_from, wants_hand
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.official_app.words import app_words
from assistant.receipts.receipt import read_receipt
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord
from assistant.wording.learnt import Word

CODE = "968121968799342"
TO_SIGNING = ("gateway", "login", "sharing", "home", "nes", "eonay", "missing", "signing")


class PressedSurface:
    """Shows nothing; its person presses what they were told to, one thing after each view."""

    def __init__(self, presses: Sequence[str | Event]) -> None:
        self.views: list[View] = []
        self._left = list(presses)

    def show(self, view: View) -> None:
        """Keep the view."""
        self.views.append(view)

    def events(self) -> list[Event]:
        """Give the next press."""
        if not self._left:
            return [Event("close")]
        press = self._left.pop(0)
        return [press if isinstance(press, Event) else Event("action", action=press)]

    def pause(self, seconds: float) -> None:
        """Let no time pass."""


class TextClipboard:
    """A clipboard in memory that counts who reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.reads = 0

    def read(self) -> str | None:
        """Return the text."""
        self.reads += 1
        return self.text

    def write(self, text: str) -> bool:
        """Refuse: the companion writes to no clipboard."""
        raise AssertionError(text)


def test_the_receipt_says_that_it_is_the_persons_word(tmp_path: Path) -> None:
    """From the first page to the fresh look: the outcome is kept with the person as witness, and no code in it."""
    surface = PressedSurface([*TO_SIGNING, "allow", "app", "banner", "given", Event("close")])
    receipt = accompany(surface, words("desk"), receipts=tmp_path, clipboard=TextClipboard(CODE))
    assert receipt.result.outcome is Outcome.CONSENT_GIVEN
    (path,) = tmp_path.glob("*.json")
    assert read_receipt(path).witness == "person"
    assert CODE not in path.read_text()
    assert surface.views[-1].end is not None
    assert "sizin söylediklerinize" in surface.views[-1].end.text


def test_the_clipboard_is_looked_at_only_when_allowed() -> None:
    """Without the person's word the clipboard is never read; afterwards only while a code is to be copied."""
    clipboard = TextClipboard(CODE)
    surface = PressedSurface([*TO_SIGNING, "app", Event("stop")])
    Companion(surface, clipboard).go()
    assert clipboard.reads == 0
    surface = PressedSurface(["gateway", "login", "allow", "sharing", "home", Event("stop")])
    Companion(surface, clipboard).go()
    assert clipboard.reads == 0


class Time:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """Return the time, seconds; each look takes one."""
        self.at += 0.1
        return self.at


@pytest.mark.parametrize("text", [CODE, f" {CODE}\n"])
def test_a_noticed_code_is_counted_down(text: str) -> None:
    """A 15-digit code is shown with its time left; it warns below 60 s and says when it must be dead."""
    time = Time()
    surface = PressedSurface([])
    companion = Companion(surface, TextClipboard(text), now=time, state=begin())
    for key in (*TO_SIGNING, "allow"):
        companion._take(Event("action", action=key))
    companion._look_at_clipboard()
    code = companion.view().code
    assert code is not None
    assert (code.value, code.remaining_s) == (CODE, 300)
    time.at += 250
    assert any("60" in line for line in companion.view().advice.lines)  # type: ignore[union-attr]
    time.at += 60
    assert companion.view().code is None
    assert any("Tekrar Kod Al" in line for line in companion.view().advice.lines)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["12345678901234", "1234567890123456", "şifrem 968121968799342", ""])
def test_no_other_text_is_taken_for_a_code(text: str) -> None:
    """What isn't exactly fifteen digits is neither shown nor kept."""
    companion = Companion(PressedSurface([]), TextClipboard(text))
    for key in (*TO_SIGNING, "allow"):
        companion._take(Event("action", action=key))
    companion._look_at_clipboard()
    assert companion.view().code is None
    assert text == "" or text not in repr(companion)


def test_the_code_of_a_guided_run_is_not_taken_for_ones_own() -> None:
    """A code that another run of this person has put on the clipboard is not counted down."""
    companion = Companion(PressedSurface([]), TextClipboard(CODE))
    for key in (*TO_SIGNING, "allow"):
        companion._take(Event("action", action=key))
    with workplace() as place:
        place.lends(CODE)
        place.has_lent()
        companion._look_at_clipboard()
    assert companion.view().code is None


def halted(outcome: Outcome, screen: str) -> RunResult:
    """Return how a run on *screen* ended."""
    return RunResult(Ending(outcome), 1, (StepRecord(screen, screen, 0, 1),))


def test_a_halted_run_goes_on_where_it_was() -> None:
    """The offer names no other step; a yes begins there, anything else ends; a finished run gets no offer."""
    result = halted(Outcome.HALTED, "nes")
    state = resumes_from(result)
    assert state is not None
    assert state.stage == "nes"
    assert offer(PressedSurface([Event("yes", -1)]), words("desk"), state, result)
    assert not offer(PressedSurface([Event("yes", 7), Event("no", -1)]), words("desk"), state, result)
    assert not offer(PressedSurface([Event("gone")]), words("desk"), state, result)
    unsure = resumes_from(halted(Outcome.UNVERIFIED, "signing"))
    assert unsure is not None
    assert unsure.stage == "verify"
    assert resumes_from(halted(Outcome.CONSENT_GIVEN, "verify")) is None


@pytest.mark.parametrize(
    "presses", [[*TO_SIGNING, "app", "banner", "given"], ["gateway", "login", "home", "nes", "eonay", "given"]]
)
def test_the_last_card_warns_of_the_page_that_is_open(tmp_path: Path, presses: list[str]) -> None:
    """When a companion run ends well the person is on the withdraw sentence, and is told not to press Devam."""
    surface = PressedSurface([*presses, Event("close")])
    receipt = accompany(surface, words("desk"), receipts=tmp_path, clipboard=TextClipboard(CODE))
    assert receipt.result.outcome.exit_code == 0
    assert "Bu sayfada Devam'a basmayınız" in surface.views[-1].warn


def test_who_stops_on_a_page_of_another_service_is_warned_at_the_end() -> None:
    """Told at the stage and again in the last card: press nothing, what it costs, the way back, whom to call."""
    surface = PressedSurface(["gateway", "login", "home", "nes", "revocation", Event("stop"), Event("close")])
    accompany(surface, words("desk"), clipboard=TextClipboard(""))
    stage = next(view.advice for view in surface.views if view.advice and "HİÇBİR ŞEYE" in view.advice.warn)
    for warned in (stage.warn, surface.views[-1].warn):
        for said in ("Geri dönüşü yoktur", "ücretini siz ödersiniz", "“Ana Sayfa”", "444 5 576"):
            assert said in warned, said
    assert {name for name, _ in stage.buttons} == {"nes", "home", "landing", "elsewhere"}, "only ways back"


def test_the_offer_on_a_dangerous_page_leads_on_by_no_main_button() -> None:
    """After a halt on such a page the way back comes first, and what was done before is kept."""
    result = replace(halted(Outcome.HALTED, "nes"), stands_on="revocation", done=(Deed.CONSENT_PROCEEDED,))
    state = resumes_from(result)
    assert state is not None
    assert (state.stage, *state.done) == ("wrong_revocation", Deed.CONSENT_PROCEEDED)
    surface = PressedSurface([Event("gone")])
    offer(surface, words("desk"), state, result)
    question = surface.views[-1].question
    assert question is not None
    assert not question.leads_on
    assert "HİÇBİR ŞEYE" in surface.views[-1].warn
    receipt = accompany(PressedSurface([Event("stop")]), words("desk"), state=state, clipboard=TextClipboard(""))
    assert receipt.result.done == (Deed.CONSENT_PROCEEDED,)


def test_what_to_do_is_said_before_what_is_asked() -> None:
    """At every stage the person reads first what to do, then is asked what they see; a drawing is in words too."""
    for name, stage in way().items():
        view = Companion(PressedSurface([]), TextClipboard(""), state=CompanionState(name)).view()
        assert view.advice is not None
        assert "?" not in view.now, name
        assert "{" not in view.now, name
        assert view.advice.ask == stage.ask
        assert [key for key, _ in view.advice.answers if key != "elsewhere"] == [a.key for a in stage.answers]
        assert view.advice.picture.startswith("<svg")
        assert len(view.advice.sketch) == len(stage.picture) + 2


def test_the_last_step_in_the_app_promises_no_look_at_the_page() -> None:
    """The steps are gone through one by one; at the end it is the person who looks."""
    companion = Companion(PressedSurface([]), TextClipboard(""), state=CompanionState("app"))
    told = [companion.view().now]
    while "next" not in companion.view().advice.idle:  # type: ignore[union-attr]
        companion._take(Event("action", action="next"))
        told.append(companion.view().now)
    assert told == [*app_words("tr").steps[:-1], words("companion")("said.app_last")]
    assert "asistan" not in told[-1]


def test_who_is_lost_stays_where_they_were_in_the_list() -> None:
    """A question where the person is doesn't send the list of steps back to its beginning."""
    surface = PressedSurface(["gateway", "home", "elsewhere", Event("stop")])
    Companion(surface, TextClipboard("")).go()
    lost = next(view for view in surface.views if view.advice and view.advice.ask == way()["where"].ask)
    assert [step.state for step in lost.steps].index("now") == 4


def test_an_existing_consent_is_recorded_as_such() -> None:
    """The receipt of who has E-Onay already doesn't say that it was missing."""
    surface = PressedSurface(["gateway", "login", "home", "nes", "eonay", "given"])
    result = Companion(surface, TextClipboard("")).go()
    assert result.outcome is Outcome.ALREADY_CONSENTED
    assert result.steps[-1].id == "eonay_given"


def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    """After an interrupt nobody has to wait at a last view, and there is still a receipt."""

    class Interrupted(PressedSurface):
        def events(self) -> list[Event]:
            if not self._left:
                raise KeyboardInterrupt
            return super().events()

    surface = Interrupted(["next"])
    receipt = accompany(surface, words("desk"), receipts=tmp_path, clipboard=TextClipboard(CODE))
    assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_stopped")
    assert receipt.result.interrupted
    assert all(view.end is None for view in surface.views)
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_known_words_are_told_where_they_are_needed() -> None:
    """Where a way is pressed we mention the known word for it and where it was, and nowhere else."""
    known = (Word("nes_menu", "İmza Köşesi", "sharing", "portal", "tile", proven=True), Word("eonay_tile", "Kolaylık"))

    def lines(stage: str) -> str:
        companion = Companion(PressedSurface([]), TextClipboard(""), state=CompanionState(stage), known=known)
        view = companion.view()
        return " ".join((view.now, *(view.advice.lines if view.advice else ())))

    assert "«İmza Köşesi» adıyla biliniyor (karo, şu adımdan sonraki sayfada: Bilgi paylaşımına onay)" in lines("home")
    assert "«Kolaylık» adıyla biliniyor." in lines("nes")
    assert "biliniyor" not in lines("landing") + lines("sharing")


def test_who_goes_on_by_hand_is_led_from_where_the_run_was() -> None:
    """After "Buradan elle" nothing is asked again: the way goes on at the last screen that was known."""
    steps = (StepRecord("helped", "sharing", 0, 1),)
    by_hand = RunResult(Ending.because("person_by_hand"), steps=steps)
    assert wants_hand(by_hand)
    state = resumes_from(by_hand)
    assert state is not None
    assert state.stage == "sharing"
    stopped = RunResult(Ending.because("person_stopped"), steps=steps)
    assert not wants_hand(stopped)
    assert resumes_from(stopped) is None
