"""The parts without a browser: windows, prompts, list of steps, options."""

from __future__ import annotations

import threading

import pytest

from assistant.assembly.guided import sign_for
from assistant.assembly.parts import guided_rule
from assistant.base.errors import UsageError
from assistant.base.outcome import Outcome
from assistant.base.words import Language, words
from assistant.card.pin import Pin
from assistant.desk import way
from assistant.desk.prompts import PromptBox
from assistant.desk.surface import Event
from assistant.desk.view import PromptView
from assistant.desk.windows import Box, at_the_side, inside_frame, side_by_side
from assistant.official_app.words import app_words
from assistant.signing.with_card import Withdrawn
from flows import steps
from flows.text import skeleton
from tests.assistant.desk.samples import samples


def test_windows_go_on_the_first_screen_that_fits() -> None:
    """Side by side where both fit, without overlap; on a small screen the panel is narrow."""
    small, wide = Box(0, 0, 1024, 700), Box(1024, 0, 1920, 1040)
    portal, panel = side_by_side([small, wide])
    assert (portal.left, portal.left + portal.width) == (1024, panel.left)
    assert panel.left + panel.width == 1024 + 1920
    portal, panel = side_by_side([small])
    assert portal.width + panel.width == small.width
    assert panel.width < side_by_side([wide])[1].width


def test_a_window_leaves_room_for_its_frame() -> None:
    """GNOME's title bar above it and KDE's border around it end where the window was to end."""
    box = Box(684, 10, 340, 738)
    window = inside_frame(box)
    assert window.top - 37 >= box.top
    assert window.top + window.height + 4 <= box.top + box.height
    assert window.left - 4 >= box.left
    assert window.left + window.width + 4 <= box.left + box.width


@pytest.mark.parametrize("language", ["tr", "en"])
def test_nothing_to_press_here_is_called_like_the_destructive_tile(language: Language) -> None:
    """No button and no key of ours shares a word with “Sertifikamı İptal Et”, not even the exit."""
    texts = words("desk", language)
    groups = {name: texts.group(name) for name in ("ui", "approve", "prompt", "pictures")}
    pressed = {
        f"{group}.{name}": text
        for group, all_of_it in groups.items()
        for name, text in all_of_it.items()
        if group == "ui" or name.endswith((".yes", ".no"))
    }
    pressed |= {name: app_words(language)(name) for name in ("next", "back", "copy")}
    assert len(pressed) > 40
    assert [name for name, text in pressed.items() if {"iptal", "cancel"} & set(skeleton(text).split())] == []


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_a_companion_leaves_the_persons_browser_in_sight(width: int) -> None:
    """Alone the panel stands at the right edge, as high as the screen, and leaves most of it free."""
    panel = at_the_side(Box(100, 20, width, 700))
    assert (panel.top, panel.height, panel.left + panel.width) == (20, 700, 100 + width)
    assert 400 <= panel.width <= width * 0.4


def _ask(box: PromptBox, since: int, told: list[object]) -> threading.Thread:
    def ask() -> None:
        try:
            told.append(box.ask(PromptView(0, "sign", "", ""), since))
        except Withdrawn:
            told.append("withdrawn")

    thread = threading.Thread(target=ask)
    thread.start()
    while box.prompt is None and thread.is_alive():
        thread.join(0.01)
    return thread


def test_an_answer_to_another_question_is_wiped() -> None:
    """A late answer isn't taken, and its PIN is wiped."""
    box, told = PromptBox(), list[object]()
    thread = _ask(box, 0, told)
    late, pin = Pin("1234"), Pin("5678")
    prompt = box.prompt
    assert prompt is not None
    assert not box.answer(Event("yes", prompt.id - 1, late))
    assert late.wiped
    assert box.answer(Event("yes", prompt.id, pin))
    thread.join(5)
    assert told == [Event("yes", prompt.id, pin)]
    assert not pin.wiped


def test_a_withdrawn_question_ends_the_wait() -> None:
    """Withdrawing wakes the caller, and a caller with an older count is refused."""
    box, told = PromptBox(), list[object]()
    thread = _ask(box, 0, told)
    box.withdraw()
    thread.join(5)
    assert told == ["withdrawn"]
    with pytest.raises(Withdrawn):
        box.ask(PromptView(0, "sign", "", ""), 0)


def test_the_list_shows_where_the_run_is() -> None:
    """Exactly one step is current, and a step's state is shown in its place."""
    lines = way.lines("second_step_sms", "tr")
    assert [line.state for line in lines].count("now") == 1
    assert "SMS" in next(line.title for line in lines if line.state == "now")
    assert {line.state for line in way.lines("verify", "tr", done=True)} == {"done"}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_list_says_the_eonay_state_only_where_it_was_seen(language: Language) -> None:
    """Before and after the page with the state the list names it without saying what the state is."""
    states = {step.title for name, step in steps(language).items() if name in {"eonay_given", "eonay_missing"}}
    for step in way.WAY:
        told = {line.title for line in way.lines(step, language) if line.state != "now"}
        assert not told & states, step
    assert states & {line.title for line in way.lines("eonay_missing", language) if line.state == "now"}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_no_step_is_ticked_that_an_eonay_given_before_made_needless(language: Language) -> None:
    """If E-Onay already existed, the list ends with that state, all ticked, and nothing after it."""
    ended = way.walked(Outcome.ALREADY_CONSENTED, language)
    assert ended[-1].title == steps(language)["eonay_given"].title
    assert {line.state for line in ended} == {"done"}
    assert len(ended) == way.WAY.index("eonay_missing") + 1
    assert len(way.walked(Outcome.CONSENT_GIVEN, language)) == len(way.WAY)
    assert samples(words("desk", language))["end-already"].steps == ended


def test_a_wrong_page_is_no_step_of_the_way() -> None:
    """The sample that ended on the revocation page stands where the way was left: no E-Onay page is ticked before it."""
    ended = samples(words("desk", "tr"))["end-revocation"].steps
    assert next(line.title for line in ended if line.state == "now") == steps("tr")["nes"].title


def test_no_pin_on_the_real_portal() -> None:
    """The card signer is refused on the real portal, which is the only address that isn't this machine's."""
    assert sign_for(None, guided_rule(None)) == "app"
    with pytest.raises(UsageError):
        sign_for("card", guided_rule(None))
    assert sign_for(None, guided_rule("http://localhost:8000")) == "card"
    real = "https://onlineislemler.kamusm.gov.tr"
    for address in (real, f"{real}/", f"{real}/landing", f"{real}:443/landing"):
        assert guided_rule(address) == guided_rule(None)
    for address in (
        real.replace("https", "http"),
        f"{real}:8443/landing",
        f"{real}/nes/e-onay",
        f"{real}/landing?next=x",
        real.replace("//", "//a@"),
        f"{real}.example.org/landing",
        "https://giris.turkiye.gov.tr/",
        "http://example.org",
        "http://a@localhost",
    ):
        with pytest.raises(UsageError):
            guided_rule(address)
