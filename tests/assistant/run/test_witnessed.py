"""The second witness in a run: the person is asked if the two disagree."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser

from assistant.base.outcome import Outcome
from assistant.browser.launch import fresh_context
from assistant.run.loop import Run
from assistant.run.person import Unattended
from assistant.run.question import Answer, Question
from flows import HostRule
from mock_portal.server import serve_app
from tests.assistant.cases.harness import PAGES, QUICK, AtOnce, PagePortal

HASTY = QUICK.but({"page_s": 3})
"""What comes after the answer is no matter here."""


@dataclass
class _Asked(Unattended):
    """A person who gives *answer* to every question."""

    answer: Answer
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(None)

    def approve(self, question: Question) -> Answer:
        """Note the question."""
        self.questions.append(question)
        return self.answer


def _run(browser: Browser, name: str, answer: Answer) -> tuple[Outcome, list[Question], dict[str, int]]:
    portal = PagePortal((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    person = _Asked(answer)
    with serve_app(portal.app) as port, fresh_context(browser) as context:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/landing")
        result = Run(context, rule, person, AtOnce(portal.counts), limits=HASTY).go()
    return result.outcome, person.questions, dict(portal.counts)


def test_the_person_reads_the_sentence_that_only_they_see(browser: Browser) -> None:
    """A sentence that the second witness alone has is shown in the question, and a no ends the run untouched."""
    outcome, questions, counts = _run(browser, "closed-tree-says-otherwise", "no")
    assert outcome is Outcome.CANCELLED
    assert [question.reason for question in questions] == ["witnesses_disagree"]
    assert "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum." in questions[0].doubts
    assert counts == {}


def test_a_yes_after_reading_is_acted_upon(browser: Browser) -> None:
    """If the person has read what is there and says yes, exactly that act is done."""
    _, questions, counts = _run(browser, "canvas-where-it-is-decided", "yes")
    assert {question.reason for question in questions} == {"decisive_area_covered"}
    assert counts == {"wrong": 1}
