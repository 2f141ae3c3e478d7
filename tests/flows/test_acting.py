"""What the hand does and refuses, act by act. The test answers for the browser, so no browser runs and it is quick."""

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
from tests.flows.conftest import Stage
from tests.flows.drawn_by_hand import URL, control
from tests.flows.teller import GONE, RULE, Teller, failing

ELSEWHERE = "http://evil.example/"
REVOKE = control("Sertifikamı İptal Et")
ON = control("Devam")
AT = (5.0, 6.0)
WITHDRAWS = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."


@pytest.fixture(autouse=True)
def heard_for(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Collect how many seconds the hand was willing to wait for an answer."""
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
    """Return a button *x* from the left edge."""
    return control(text, box=(x, 0, 9, 9), **changes)


PRESSED = [("giving way",), ("click", *AT), ("heard", "() => 0"), ("done",)]
NEWS = Layer("Duyuru\nTamam", (control("Tamam"),), ("Duyuru",), modal=True)
QUESTION = Layer("Onaylıyor musunuz?\nEvet", (control("Evet"),), ("Onaylıyor musunuz?",), modal=True)
HINT = replace(QUESTION, modal=False)


# --- a press, as seen ------------------------------------------------------------------------------------


def test_what_is_still_as_seen_is_pressed_at_once(heard_for: list[float]) -> None:
    """One question, one press, and one second in which the page's guard can object."""
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
    """A forbidden control, page or host stops the press before we ask the page anything."""
    there = Teller(url=url, points=[AT])
    with pytest.raises(SafetyError) as caught:
        there.hand().press(there.tab(wanted, text=text, urls=urls), wanted)
    assert caught.value.reason == reason
    assert there.did() == []


@pytest.mark.parametrize(("urls", "url"), [(("about:srcdoc",), URL), ((URL,), ELSEWHERE)])
def test_a_frame_without_an_address_is_its_page_s(urls: tuple[str, ...], url: str) -> None:
    """A frame that the page itself filled belongs to the page's host; a frame with an address belongs to its own."""
    there = Teller(url=url, points=[AT])
    assert there.hand().press(there.tab(ON, urls=urls), ON)


# --- a press after another look --------------------------------------------------------------------------


def test_what_moved_is_found_again_and_pressed() -> None:
    """If a control has moved, we find it and press it there, as long as its frame still says the same."""
    there = Teller(points=[None, AT])
    there.again(at(40), text="Merhaba")
    assert there.hand().press(there.tab(ON), ON)
    expected = [("arm", "Devam", 0, None, ""), ("pick", "Devam"), ("arm", "Devam", 40, "Merhaba", ""), *PRESSED]
    assert there.did() == expected


@pytest.mark.parametrize(("now", "text"), [(REVOKE, ""), (ON, WITHDRAWS)])
def test_what_has_become_forbidden_is_not_pressed(now: Control, text: str) -> None:
    """We check the control and the page again as they are now."""
    there = Teller(points=[None, AT])
    there.again(now, text=text)
    with pytest.raises(SafetyError):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_a_tangled_control_is_not_pressed() -> None:
    """If another control is inside it or around it, a press can't hit this one alone, so we don't press."""
    there = Teller(points=[None, AT])
    there.again(ON, tangled=True)
    with pytest.raises(ControlError, match="control_tangled"):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_a_hint_goes_when_the_mouse_does() -> None:
    """A tooltip that is only open because the mouse is there goes away, and then we press the control."""
    there = Teller(points=[None, AT])
    there.again(ON, layer=HINT)
    there.again(ON)
    assert there.hand().press(there.tab(ON), ON)
    order = [("pick", "Devam"), ("move", -9, -9), ("pick", "Devam"), ("click", *AT)]
    assert there.did("pick", "move", "click") == order


@pytest.mark.parametrize(("layer", "moves"), [(QUESTION, 0), (HINT, 1)])
def test_what_only_the_person_may_answer_stays(layer: Layer, moves: int) -> None:
    """Only the person answers a question over the control. We move the mouse away only if the layer isn't modal."""
    there = Teller(points=[None, AT])
    there.again(ON, layer=layer)
    there.again(ON, layer=layer)
    with pytest.raises(Covered) as caught:
        there.hand().press(there.tab(ON), ON)
    assert caught.value.layer is layer
    assert len(there.did("move")) == moves
    assert not there.did("click")


def test_a_notice_is_closed_instead() -> None:
    """We close a notice over the control, even on a page that withdraws, and don't press the control itself."""
    there = Teller(points=[None, AT])
    home = control("Ana Sayfa")
    there.again(home, layer=NEWS)
    there.again(control("Tamam"), text="Duyuru")
    assert not there.hand().press(there.tab(home, text=WITHDRAWS), home)
    expected = [("pick", "Ana Sayfa"), ("pick", "Tamam"), ("arm", "Tamam", 0, "Duyuru", ""), *PRESSED]
    assert there.did()[1:] == expected


def test_a_way_out_that_has_become_forbidden_is_not_pressed() -> None:
    """Closing a notice is a press like any other, so the same rule applies."""
    there = Teller(points=[AT])
    there.again(REVOKE)
    with pytest.raises(SafetyError):
        there.hand().close(there.tab(ON), control("Tamam"))
    assert not there.did("arm", "click")


def test_what_lies_over_a_control_is_said() -> None:
    """If you ask, you get the layer over the control. Nothing is pressed."""
    there = Teller()
    there.again(ON, layer=NEWS)
    assert there.hand().cover(there.tab(ON), ON) is NEWS
    assert there.did() == [("pick", "Devam")]


# --- until it stands still -------------------------------------------------------------------------------


def test_what_is_moving_is_pressed_when_it_stands(clock: list[float]) -> None:
    """While a control only moves, we follow it for up to five seconds and press it where it comes to rest."""
    there = Teller(points=[None, None, None, AT])
    for x in (10, 20, 30):
        there.again(at(x), text="Merhaba")
    clock += [100, 102, 104.999]
    assert there.hand().press(there.tab(ON), ON)
    armed = [("arm", "Devam", x, "Merhaba", "") for x in (10, 20, 30)]
    assert there.did("arm", "click")[1:] == [*armed, ("click", *AT)]


def test_what_moves_for_five_seconds_is_let_go(clock: list[float]) -> None:
    """If a control keeps moving, we stop following it and look at the page again."""
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
    """The page has changed if the control stands still but can't be armed, has become another, or is covered."""
    there = Teller(points=[None, None, AT])
    there.again(at(10))
    there.again(**then)
    with pytest.raises(PageChanged):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


def test_what_comes_to_rest_and_cannot_be_armed_is_let_go() -> None:
    """To see if a control still moves, we compare each look with the one before, not with the first."""
    there = Teller(points=[None, None, None, AT])
    for x in (10, 20, 20):
        there.again(at(x))
    with pytest.raises(PageChanged):
        there.hand().press(there.tab(ON), ON)
    assert not there.did("click")


# --- a press that rests on a statement -------------------------------------------------------------------


def eonay(there: Teller, html: str, *, frames: int = 1) -> TabView:
    """Return the tab of *there* showing *html* in the first of *frames* frames."""
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
    """On a page with one frame the guard watches the sentence itself, so we needn't look again."""
    there = Teller(points=[AT])
    tab = eonay(there, GIVES)
    assert there.hand().press(tab, ON, upon=stated(tab))
    assert there.did("look", "arm") == [("arm", "Devam", 0, None, stated(tab).quote)]


def test_in_a_page_of_frames_the_sentence_is_read_again_first() -> None:
    """The sentence may be in another frame, so we read it again before the press. After that the guard is taken off."""
    there = Teller(points=[AT])
    tab = eonay(there, GIVES, frames=2)
    there.tabs = [eonay(Teller(), DOUBTFUL), tab]
    assert there.hand().press(tab, ON, upon=stated(tab))
    assert there.did()[:2] == [("look",), ("arm", "Devam", 0, None, stated(tab).quote)]
    assert there.did()[-2:] == [("disarm",), ("done",)]


def test_without_a_statement_nothing_is_read_again() -> None:
    """A press without a statement reads no sentence, even with several frames and after another look."""
    there = Teller(points=[None, AT])
    there.again(ON)
    assert there.hand().press(there.tab(ON, urls=(URL, URL)), ON)
    assert not there.did("look")


def test_after_another_look_the_sentence_is_read_again() -> None:
    """If we had to find the control again, we also read the sentence again."""
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
    """We don't press if the tab is gone, says nothing, says the opposite, or adds something doubtful."""
    there = Teller(points=[None, AT])
    tab = eonay(there, GIVES, frames=frames)
    there.tabs = [eonay(Teller(), GIVES)] if now is None else [eonay(there, now, frames=frames)]
    there.again(control("Ana Sayfa"))
    with pytest.raises(PageChanged):
        there.hand().press(tab, control("Ana Sayfa"), upon=stated(tab))
    assert not there.did("click")


def test_a_doubt_that_is_gone_or_known_is_no_change() -> None:
    """What the person has already read may still be there or be gone. Only a new doubt counts."""
    for now in (GIVES, DOUBTFUL):
        there = Teller(points=[None, AT])
        tab = eonay(there, DOUBTFUL)
        assert stated(tab).doubts
        there.tabs = [eonay(there, now)]
        there.again(ON)
        assert there.hand().press(tab, ON, upon=stated(tab))


# --- what came of a press --------------------------------------------------------------------------------


def test_a_press_that_the_guard_held_back_is_a_miss() -> None:
    """The guard has its say before the press counts."""
    there = Teller(points=[AT])
    there.events["heard"] = there.miss
    with pytest.raises(PressMissed):
        there.hand().press(there.tab(ON), ON)


def test_a_dialog_that_opens_counts_as_pressed() -> None:
    """The press opened the browser's dialog, or it opened just then. Either way we never press twice."""
    there = Teller(points=[AT], events={"click": failing(PageHeld())})
    assert there.hand().press(there.tab(ON), ON)


@pytest.mark.parametrize("error", [CancelledError(), GONE])
def test_a_page_that_goes_away_counts_as_pressed(error: BaseException) -> None:
    """If the page leaves at once, or takes its time, the press counts, unless the guard held it back."""
    there = Teller(points=[AT, AT], events={"heard": failing(error)})
    assert there.hand().press(there.tab(ON), ON)
    there.events["click"] = there.miss
    with pytest.raises(PressMissed):
        there.hand().press(there.tab(ON), ON)


@pytest.mark.parametrize(
    "error", [PlaywrightError("Something else"), PlaywrightTimeoutError("Timeout while navigating, target closed")]
)
def test_any_other_trouble_is_told(error: PlaywrightError) -> None:
    """Unless the error says that the page is gone, it doesn't count as a press. A timeout never says that."""
    there = Teller(points=[AT], events={"click": failing(error)})
    with pytest.raises(PlaywrightError) as caught:
        there.hand().press(there.tab(ON), ON)
    assert caught.value is error


# --- menus and ticks -------------------------------------------------------------------------------------


def test_a_menu_is_left_without_a_choice() -> None:
    """We move the mouse away and press Escape. Meanwhile a dialog may open, or the page may go."""
    there = Teller()
    there.hand().leave_menu(there.tab(ON))
    assert there.did() == [("giving way",), ("move", -9, -9), ("key", "Escape"), ("done",)]
    there.events["move"] = failing(GONE)
    with pytest.raises(PageChanged):
        there.hand().leave_menu(there.tab(ON))


def test_what_is_ticked_stays_ticked() -> None:
    """We leave a ticked box alone. We press an unticked one, with the statement, and something may cover it."""
    there = Teller(points=[AT, None, AT])
    tab = eonay(there, GIVES)
    assert there.hand().tick(tab, replace(ON, checked=True))
    assert there.did() == []
    assert there.hand().tick(tab, ON, upon=stated(tab))
    assert there.did("arm") == [("arm", "Devam", 0, None, stated(tab).quote)]
    there.again(ON, layer=NEWS)
    there.again(control("Tamam"))
    assert not there.hand().tick(tab, ON)


def test_a_press_that_has_to_scroll_is_decided_anew(stage: Stage) -> None:
    """A page hears of the scrolling only with its next frame, and may say something else then."""
    tab = stage.show("<div style='height:3000px'>Uzun metin</div><button>Devam</button>")
    assert stage.observer.arm(tab, tab.controls[0]) is None
    tab = stage.look()
    assert stage.observer.arm(tab, tab.controls[0]) is not None
