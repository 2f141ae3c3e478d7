"""Nothing of ours is on a picture of the portal: the ring is gone, by pixels, before each kind of evidence is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

import mock_portal
from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.panel import Panel, open_panel
from assistant.desk.person import DeskPerson
from assistant.guide.from_run.camera import PortalCamera
from assistant.rehearsal.report.picture import masked_picture
from assistant.run.question import Question
from assistant.run.record import Ending, RunResult
from flows import Hand, HostRule, Known, Observer, Press, Seen, decide, recognise

RING = (0xD9, 0x48, 0x0F)
"""The ring's colour (highlight.js), which nothing on the portal's page has."""
_NEAR = 40
"""How far a JPEG may be from it in each channel."""
_AROUND = 9
"""How far the ring and its edge reach from the control, CSS pixels."""


@dataclass(frozen=True)
class Pointed:
    """The consent form with the ring around Devam, where the person is asked."""

    page: Page
    rule: HostRule
    hand: Hand
    panel: Panel
    person: DeskPerson
    seen: Seen
    decision: Press
    question: Question

    def tell(self) -> None:
        """Let the person see it, as the loop does at every look."""
        self.person.tell(self.seen, self.decision, self.hand)

    def is_ringed(self, picture: bytes) -> bool:
        """Whether any of the ring is on *picture* of the page."""
        left, top, width, height = (round(side) for side in self.decision.control.box)
        edges = (left - _AROUND, top - _AROUND, left + width + _AROUND, top + height + _AROUND)
        around = Image.open(BytesIO(picture)).convert("RGB").crop(edges)
        return any(
            isinstance(colour, tuple) and all(abs(a - b) <= _NEAR for a, b in zip(colour, RING, strict=True))
            for _, colour in around.getcolors(1 << 20) or []
        )


@pytest.fixture
def pointed(browser: Browser) -> Iterator[Pointed]:
    """A person at the consent form, who is asked for Devam and hasn't answered."""
    portal = mock_portal.Portal(people=["hatice"])
    with mock_portal.serve(portal) as served, open_panel(browser, words("desk")) as panel:
        context = browser.new_context(locale="tr-TR", reduced_motion="reduce")  # a ring that pulses may be pale
        rule = HostRule.for_loopback(served.entry_url)
        observer = Observer(context, rule)
        page = context.new_page()
        ticket = portal.tickets.put({"kind": "ticket", "person": "hatice"})
        page.goto(f"{portal.origin('onlineislemler')}/oturum?ticket={ticket}")
        page.goto(f"{portal.origin('onlineislemler')}/nes/e-onay")
        page.get_by_role("button", name="Devam").scroll_into_view_if_needed()
        seen = recognise(observer.observe(), rule.look)
        decision = decide(seen, Known(), rule.look)
        assert isinstance(decision, Press)
        assert decision.approval == "consent"
        question = Question(decision.approval, decision.step, decision.quote)
        at = Pointed(page, rule, Hand(observer), panel, DeskPerson(panel, words("desk")), seen, decision, question)
        at.tell()
        assert at.person.approve(question) == "pending"
        assert at.is_ringed(page.screenshot()), "or the tests below would prove nothing"
        yield at
        context.close()


def test_a_picture_for_the_guide_has_no_ring_and_the_person_has_it_back(pointed: Pointed) -> None:
    """A picture taken during the run shows the page alone; the ring is there again when the person looks on."""
    camera = PortalCamera(pointed.page.context, pointed.rule, {pointed.seen.screen})
    pointed.person.camera = camera
    pointed.tell()
    (photo,) = camera.photos.values()
    assert not pointed.is_ringed(photo.png)
    assert pointed.is_ringed(pointed.page.screenshot())


def test_a_picture_of_how_a_run_ended_has_no_ring(pointed: Pointed) -> None:
    """When the run is over the ring is gone for good, and so from the masked picture of its last page."""
    pointed.person.end(RunResult(Ending(Outcome.HALTED, "screen_unknown")), "")
    picture = masked_picture(pointed.page.context, pointed.rule, ())
    assert picture is not None
    assert not pointed.is_ringed(picture)


def test_the_page_is_bare_when_it_is_acted_upon(pointed: Pointed) -> None:
    """From the yes until the press nothing points any more; when the same is asked again, the ring is back."""
    pointed.panel.page.locator("#question button.yes").click()
    pointed.person.attend()
    assert pointed.person.approve(pointed.question) == "yes"
    assert not pointed.is_ringed(pointed.page.screenshot())
    pointed.tell()
    assert not pointed.is_ringed(pointed.page.screenshot())
    pointed.person.taken(pointed.question)
    pointed.tell()
    assert pointed.is_ringed(pointed.page.screenshot())
