"""What the hand does and refuses, act by act, where the browser's answers are given by the test: quick, no browser."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

import flows.hand as hand_module
from flows import Control, ControlError, PageChanged, SafetyError, TabView
from flows.errors import Covered, PageHeld, PressMissed
from flows.observation import Layer
from flows.statement import Statement, read_statement
from tests.assistant.cases.proof.paper import seen as paper
from tests.flows import pages
from tests.flows.drawn_by_hand import URL, control
from tests.flows.teller import GONE, RULE, Teller, failing

ELSEWHERE = "http://evil.example/"
REVOKE = control("Sertifikamı İptal Et")
ON = control("Devam")
AT = (5.0, 6.0)
WITHDRAWS = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."


@pytest.fixture(autouse=True)
def heard_for(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return for how many seconds the hand was ready to wait for an answer."""
    seconds: list[float] = []

    @contextmanager
    def given_up_after(limit: float) -> Iterator[None]:
        seconds.append(limit)
        yield

    monkeypatch.setattr(hand_module, "given_up_after", given_up_after)
    return seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the clock's next readings; the test fills them in."""
    readings: list[float] = []
    monkeypatch.setattr(hand_module, "monotonic", lambda: readings.pop(0))
    return readings


def at(x: float, text: str = "Devam", **changes: Any) -> Control:
    """Return a button that is *x* from the left."""
    return control(text, box=(x, 0, 9, 9), **changes)


PRESSED = [("giving way",), ("click", *AT), ("heard", "() => 0"), ("done",)]
NEWS = Layer("Duyuru\nTamam", (control("Tamam"),), ("Duyuru",), modal=True)
QUESTION = Layer("Onaylıyor musunuz?\nEvet", (control("Evet"),), ("Onaylıyor musunuz?",), modal=True)
HINT = replace(QUESTION, modal=False)


# --- a press, as seen ------------------------------------------------------------------------------------


def test_what_is_still_as_seen_is_pressed_at_once(heard_for: list[float]) -> None:
    """One question, one press, one second for the page's guard to object."""
    there = Teller(points=[AT])
    assert there.hand().press(there.tab(ON), ON)
    assert there.did() == [("arm", "Devam", 0, None, ""), *PRESSED]
    assert heard_for == [1.0]


@pytest.mark.parametrize(
    ("wanted", "text", "urls", "url", "reason"),
    [
        (REVOKE, "", (URL,), URL, "forbidden_control"),
        (ON, WITHDRAWS, (URL,), URL, "forbidden_control"),
        (ON, "", (ELSEWHERE,), URL, "host_not_allowed"),
        (ON, "", ("about:srcdoc",), ELSEWHERE, "host_not_allowed"),
    ],
    ids=["control", "page", "host", "page-around"],
)
def test_what_is_forbidden_is_not_even_armed(
    wanted: Control, text: str, urls: tuple[str, ...], url: str, reason: str
) -> None:
    """A forbidden control, page or host stops the press before anything is asked."""
    there = Teller(url=url, points=[AT])
    with pytest.raises(SafetyError) as caught:
        there.hand().press(there.tab(wanted, text=text, urls=urls), wanted)
    assert caught.value.reason == reason
    assert there.did() == []


@pytest.mark.parametrize(("urls", "url"), [(("about:srcdoc",), URL), ((URL,), ELSEWHERE)])
def test_a_frame_without_an_address_is_its_page_s(urls: tuple[str, ...], url: str) -> None:
    """What a page wrote into a frame is on the page's host; a frame with an address is on its own."""
    there = Teller(url=url, points=[AT])
    assert there.hand().press(there.tab(ON, urls=urls), ON)


# --- a press after another look --------------------------------------------------------------------------


def test_what_moved_is_found_again_and_pressed() -> None:
    """What isn't where it was is found again and pressed there, if its frame still says the same."""
    there = Teller(points=[None, AT])
    there.again(at(40), text="Merhaba")
    assert there.hand().press(there.tab(ON), ON)
    expected = [("arm", "Devam", 0, None, ""), ("pick", "Devam"), ("arm", "Devam", 40, "Merhaba", ""), *PRESSED]
    assert there.did() == expected


@pytest.mark.parametrize(("now", "text"), [(REVOKE, ""), (ON, WITHDRAWS)])
def test_what_has_become_forbidden_is_not_pressed(now: Control, text: str) -> None:
    """The rule is asked again about the control and the page as they are now."""
    there = Teller(points=[None, AT])
    there.again(now, text=text)
    with pytest.raises(SafetyError):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_a_tangled_control_is_not_pressed() -> None:
    """Where another control lies inside or around it, no press could be on this one alone."""
    there = Teller(points=[None, AT])
    there.again(ON, tangled=True)
    with pytest.raises(ControlError, match="control_tangled"):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_a_hint_goes_when_the_mouse_does() -> None:
    """Something open only because the mouse rests there makes way; then the control is pressed."""
    there = Teller(points=[None, AT])
    there.again(ON, layer=HINT)
    there.again(ON)
    assert there.hand().press(there.tab(ON), ON)
    order = [("pick", "Devam"), ("move", -9, -9), ("pick", "Devam"), ("click", *AT)]
    assert there.did("pick", "move", "click") == order


@pytest.mark.parametrize(("layer", "moves"), [(QUESTION, 0), (HINT, 1)])
def test_what_only_the_person_may_answer_stays(layer: Layer, moves: int) -> None:
    """A question over the control is the person's; the mouse is moved away only from what isn't modal."""
    there = Teller(points=[None, AT])
    there.again(ON, layer=layer)
    there.again(ON, layer=layer)
    with pytest.raises(Covered) as caught:
        there.hand().press(there.tab(ON), ON)
    assert caught.value.layer is layer
    assert len(there.did("move")) == moves
    assert not there.did("click")


def test_a_notice_is_closed_instead() -> None:
    """A notice over the control is closed, on a page that withdraws too; the control itself is not pressed."""
    there = Teller(points=[None, AT])
    home = control("Ana Sayfa")
    there.again(home, layer=NEWS)
    there.again(control("Tamam"), text="Duyuru")
    assert not there.hand().press(there.tab(home, text=WITHDRAWS), home)
    expected = [("pick", "Ana Sayfa"), ("pick", "Tamam"), ("arm", "Tamam", 0, "Duyuru", ""), *PRESSED]
    assert there.did()[1:] == expected


def test_a_way_out_that_has_become_forbidden_is_not_pressed() -> None:
    """What closes a notice is a press like any other."""
    there = Teller(points=[AT])
    there.again(REVOKE)
    with pytest.raises(SafetyError):
        there.hand().close(there.tab(ON), control("Tamam"))
    assert not there.did("arm", "click")


def test_what_lies_over_a_control_is_said() -> None:
    """Whoever asks hears of the layer, and nothing is pressed."""
    there = Teller()
    there.again(ON, layer=NEWS)
    assert there.hand().cover(there.tab(ON), ON) is NEWS
    assert there.did() == [("pick", "Devam")]


# --- until it stands still -------------------------------------------------------------------------------


def test_what_is_moving_is_pressed_when_it_stands(clock: list[float]) -> None:
    """As long as it only moves, for at most five seconds, it is followed and pressed where it is then."""
    there = Teller(points=[None, None, None, AT])
    for x in (10, 20, 30):
        there.again(at(x), text="Merhaba")
    clock += [100, 102, 104.999]
    assert there.hand().press(there.tab(ON), ON)
    armed = [("arm", "Devam", x, "Merhaba", "") for x in (10, 20, 30)]
    assert there.did("arm", "click")[1:] == [*armed, ("click", *AT)]


def test_what_moves_for_five_seconds_is_let_go(clock: list[float]) -> None:
    """What moves on and on is no longer followed; the page is looked at again."""
    there = Teller(points=[None, None, None, AT])
    for x in (10, 20, 30):
        there.again(at(x))
    clock += [100, 102, 105]
    with pytest.raises(PageChanged):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


@pytest.mark.parametrize(
    "then",
    [
        {"one": at(10)},
        {"one": at(20, "Devam Et")},
        {"one": at(20), "text": "Başka"},
        {"one": at(10, "Devam Et")},
        {"one": at(20), "layer": NEWS},
        {"one": at(20), "tangled": True},
    ],
    ids=["stands", "other-words", "other-page", "stands-with-other-words", "covered", "tangled"],
)
def test_what_changes_on_the_way_is_not_pressed(then: dict[str, Any]) -> None:
    """If it can't be armed though it stands, or becomes another, covered or tangled, the page has changed."""
    there = Teller(points=[None, None, AT])
    there.again(at(10))
    there.again(**then)
    with pytest.raises(PageChanged):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_what_comes_to_rest_and_cannot_be_armed_is_let_go() -> None:
    """Whether it moves is seen from one look to the next, not from the first look."""
    there = Teller(points=[None, None, None, AT])
    for x in (10, 20, 20):
        there.again(at(x))
    with pytest.raises(PageChanged):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


# --- upon a statement ------------------------------------------------------------------------------------


def eonay(there: Teller, html: str, *, frames: int = 1) -> TabView:
    """Return the tab of *there* as it shows *html*, in the first of so many frames."""
    made = there.tab(ON, urls=(URL,) * frames)
    first = replace(paper(html).frames[0], frame=made.frames[0].frame, place=made.frames[0].place)
    return replace(made, frames=(first, *made.frames[1:]))


def stated(tab: TabView) -> Statement:
    """Return what *tab* states."""
    said = read_statement(tab, RULE.look)
    assert said is not None
    return said


GIVES = pages.eonay()
DOUBTFUL = pages.eonay(extra="<p>Sertifikam iptal edilsin.</p>")


def test_the_sentence_must_stand_while_it_is_pressed() -> None:
    """In a page of one frame the guard itself watches the sentence; nobody has to look again."""
    there = Teller(points=[AT])
    tab = eonay(there, GIVES)
    assert there.hand().press(tab, ON, upon=stated(tab))
    assert there.did("look", "arm") == [("arm", "Devam", 0, None, stated(tab).quote)]


def test_in_a_page_of_frames_the_sentence_is_read_again_first() -> None:
    """The sentence may be in another frame than the control: it is read again before the press, which ends the guard."""
    there = Teller(points=[AT])
    tab = eonay(there, GIVES, frames=2)
    there.tabs = [eonay(Teller(), DOUBTFUL), tab]
    assert there.hand().press(tab, ON, upon=stated(tab))
    assert there.did()[:2] == [("look",), ("arm", "Devam", 0, None, stated(tab).quote)]
    assert there.did()[-2:] == [("disarm",), ("done",)]


def test_without_a_statement_nothing_is_read_again() -> None:
    """A press that rests on no sentence asks for none, in a page of frames and after another look too."""
    there = Teller(points=[None, AT])
    there.again(ON)
    assert there.hand().press(there.tab(ON, urls=(URL, URL)), ON)
    assert not there.did("look")


def test_after_another_look_the_sentence_is_read_again() -> None:
    """If the control had to be found again, so has the sentence."""
    there = Teller(points=[None, AT])
    tab = eonay(there, GIVES)
    there.tabs = [tab]
    there.again(ON, text="E-Onay")
    assert there.hand().press(tab, ON, upon=stated(tab))
    quote = stated(tab).quote
    expected = [("arm", "Devam", 0, None, quote), ("look",), ("arm", "Devam", 0, "E-Onay", quote)]
    assert there.did("look", "arm") == expected


@pytest.mark.parametrize("now", [None, "<p>Bekleyiniz</p>", pages.eonay(pages.WITHDRAW), DOUBTFUL])
@pytest.mark.parametrize("frames", [1, 2])
def test_if_the_page_says_something_else_nothing_is_pressed(now: str | None, frames: int) -> None:
    """The tab is gone, says nothing, says the opposite, or something doubtful besides: no press."""
    there = Teller(points=[None, AT])
    tab = eonay(there, GIVES, frames=frames)
    there.tabs = [eonay(Teller(), GIVES)] if now is None else [eonay(there, now, frames=frames)]
    there.again(control("Ana Sayfa"))
    with pytest.raises(PageChanged):
        there.hand().press(tab, control("Ana Sayfa"), upon=stated(tab))
    assert not there.did("click")


def test_a_doubt_that_is_gone_or_known_is_no_change() -> None:
    """What the person has read may still stand there or be gone; only a new doubt is news."""
    for now in (GIVES, DOUBTFUL):
        there = Teller(points=[None, AT])
        tab = eonay(there, DOUBTFUL)
        assert stated(tab).doubts
        there.tabs = [eonay(there, now)]
        there.again(ON)
        assert there.hand().press(tab, ON, upon=stated(tab))


# --- what came of a press --------------------------------------------------------------------------------


def test_a_press_that_the_guard_held_back_is_a_miss() -> None:
    """What the guard says is heard before the press counts."""
    there = Teller(points=[AT])
    there.events["heard"] = there.miss
    with pytest.raises(PressMissed):
        there.hand().press(there.tab(ON), ON)


def test_a_dialog_that_opens_counts_as_pressed() -> None:
    """The browser's own dialog comes of the press, or just then: never press twice."""
    there = Teller(points=[AT], events={"click": failing(PageHeld())})
    assert there.hand().press(there.tab(ON), ON)


@pytest.mark.parametrize("error", [CancelledError(), GONE])
def test_a_page_that_goes_away_counts_as_pressed(error: BaseException) -> None:
    """A page that leads on at once, or takes its time, was pressed; unless the guard had held the press back."""
    there = Teller(points=[AT, AT], events={"heard": failing(error)})
    assert there.hand().press(there.tab(ON), ON)
    there.events["click"] = there.miss
    with pytest.raises(PressMissed):
        there.hand().press(there.tab(ON), ON)


@pytest.mark.parametrize(
    "error", [PlaywrightError("Something else"), PlaywrightTimeoutError("Timeout while navigating, target closed")]
)
def test_any_other_trouble_is_told(error: PlaywrightError) -> None:
    """An error that doesn't say that the page is gone is no press, and a timeout never says so."""
    there = Teller(points=[AT], events={"click": failing(error)})
    with pytest.raises(PlaywrightError) as caught:
        there.hand().press(there.tab(ON), ON)
    assert caught.value is error


# --- menus and ticks -------------------------------------------------------------------------------------


def test_a_menu_is_left_without_a_choice() -> None:
    """The mouse goes away and Escape is pressed; a dialog may open meanwhile, and a page may go."""
    there = Teller()
    there.hand().leave_menu(there.tab(ON))
    assert there.did() == [("giving way",), ("move", -9, -9), ("key", "Escape"), ("done",)]
    there.events["move"] = failing(GONE)
    with pytest.raises(PageChanged):
        there.hand().leave_menu(there.tab(ON))


def test_what_is_ticked_stays_ticked() -> None:
    """A box that is ticked is left alone; another one is pressed, with the statement, and may be covered."""
    there = Teller(points=[AT, None, AT])
    tab = eonay(there, GIVES)
    assert there.hand().tick(tab, replace(ON, checked=True))
    assert there.did() == []
    assert there.hand().tick(tab, ON, upon=stated(tab))
    assert there.did("arm") == [("arm", "Devam", 0, None, stated(tab).quote)]
    there.again(ON, layer=NEWS)
    there.again(control("Tamam"))
    assert not there.hand().tick(tab, ON)
