"""What is known early is said early."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.base.words import words
from assistant.card.facts import turkish_date
from assistant.card.model import PinState
from assistant.desk.before import KnownEarly, before_view, known, looks, settle
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.preflight.finding import Finding
from tests.assistant.card.authority import NOW, Authority, Wish
from tests.assistant.preflight.desks import WITH_CARD, WITHOUT_CARD, LookedAtCard, desk, on_card

NO_READER = KnownEarly(obstacles=(Finding("reader", "block", "Kart okuyucu bulunamadı.", "Takınız."),))


class Answers:
    """A surface at which somebody gives these answers, one at each question."""

    def __init__(self, *answers: str) -> None:
        self.views: list[View] = []
        self._answers = deque(answers)

    def show(self, view: View) -> None:
        """Keep it."""
        self.views.append(view)

    def events(self) -> list[Event]:
        """Answer what is asked."""
        if self.views[-1].advice is None or not self._answers:
            return []
        answer = self._answers.popleft()
        return [Event("stop") if answer == "stop" else Event("action", action=answer)]

    def pause(self, seconds: float) -> None:
        """Wait for nothing."""


@pytest.mark.parametrize(
    ("answers", "goes_on", "looks"),
    [
        (("anyway",), True, 1),
        (("again", "anyway"), True, 2),
        (("leave",), False, 1),
        (("stop",), False, 1),
    ],
)
def test_the_person_chooses_before_the_login(answers: tuple[str, ...], goes_on: bool, looks: int) -> None:
    """An obstacle is reported before the portal opens: look again, go on anyway, or leave."""
    looked: list[KnownEarly] = []

    def look() -> KnownEarly:
        looked.append(NO_READER)
        return NO_READER

    surface = Answers(*answers)
    assert (settle(surface, words("desk"), look) is not None) is goes_on
    assert len(looked) == looks
    asked = [view.advice for view in surface.views if view.advice is not None]
    assert "Kart okuyucu bulunamadı. Takınız." in asked[0].lines


def test_nothing_is_asked_where_all_is_well() -> None:
    """A mere warning stops nobody."""
    surface = Answers()
    found = KnownEarly(warnings=(Finding("clipboard", "warn", "Pano yok."),))
    assert settle(surface, words("desk"), lambda: found) is found
    assert all(view.advice is None for view in surface.views)


@pytest.mark.parametrize(
    ("wish", "pin", "obstacle", "is_expired"),
    [
        (Wish(), PinState(), "", False),
        (Wish(), PinState(locked=True), "pin", False),
        (Wish(ends=NOW - timedelta(days=2)), PinState(), "e_onay", True),
        (Wish(begins=NOW + timedelta(days=2)), PinState(), "e_onay", False),
    ],
)
def test_the_card_is_known_before_the_login(
    tmp_path: Path, wish: Wish, pin: PinState, obstacle: str, *, is_expired: bool
) -> None:
    """A locked card, an expired certificate and one that isn't valid yet stand in the way; a good one doesn't."""
    card = LookedAtCard(on_card(Authority(), wish), pin)
    found = known(desk(tmp_path, card), official_app=False)
    assert {finding.id for finding in found.obstacles} == ({obstacle} if obstacle else set())
    assert found.is_expired is is_expired
    assert (found.ends is not None) is (obstacle in {"", "pin"})
    if is_expired:
        advice = before_view(found, words("desk")).advice
        assert advice is not None
        assert any("ıslak imza" in line for line in advice.lines)
        assert any(turkish_date(NOW) in line for line in advice.lines), "a wrong clock must be noticed"
        assert not any("geç kalındı" in line for line in advice.lines), "the title says it"


def test_no_card_and_no_java_are_known_before_the_login(tmp_path: Path) -> None:
    """No card in the reader is an obstacle, and so is no Java if the official app signs."""
    here = desk(tmp_path)
    assert {one.id for one in known(here, official_app=False).obstacles} == {"card"}
    assert {one.id for one in known(here, official_app=True).obstacles} == {"card", "java"}


def test_looking_again_sees_what_was_mended(tmp_path: Path) -> None:
    """A card that is put in after the first look is seen by the second, and nothing more is asked."""
    plugged = deque([WITHOUT_CARD, WITH_CARD])
    card = LookedAtCard(error="card_missing")
    here = desk(tmp_path, card, pcsc=plugged.popleft)

    class Mends(Answers):
        def show(self, view: View) -> None:
            super().show(view)
            if view.advice is not None:
                card.error, card.certificates = None, on_card(Authority(), Wish())

    surface = Mends("again")
    found = settle(surface, words("desk"), looks(here, official_app=False))
    assert found is not None
    assert found.ends is not None
    assert found.obstacles == ()
    assert sum(view.advice is not None for view in surface.views) == 1
