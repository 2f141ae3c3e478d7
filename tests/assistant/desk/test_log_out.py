"""Logging out at the end: pointed at where exactly one way out is seen, else only spoken of."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.highlight import Highlight
from assistant.desk.log_out import log_out_hint
from assistant.run.record import Ending, RunResult, StepRecord
from flows import Hand, HostRule, Observer
from mock_portal.server import serve_app

WAY_OUT = "<button onclick=\"document.title='basıldı'\">Güvenli Çıkış</button>"
HOME = (StepRecord("home", "home", 0, 1000),)


@pytest.mark.parametrize(
    ("body", "steps", "outcome", "is_marked", "said"),
    [
        (WAY_OUT, HOME, Outcome.CONSENT_GIVEN, True, "işaretlenen “Güvenli Çıkış”"),
        (f"{WAY_OUT}<a href='/cikis'>Çıkış</a>", HOME, Outcome.CONSENT_GIVEN, False, "penceresini kapatınız"),
        ("<p>Çıkış kapısı</p>", HOME, Outcome.CONSENT_GIVEN, False, "penceresini kapatınız"),
        (WAY_OUT, (), Outcome.CONSENT_GIVEN, False, ""),
        (WAY_OUT, HOME, Outcome.UNVERIFIED, False, ""),
    ],
)
def test_one_way_out_is_pointed_at_and_never_pressed(
    browser: Browser, body: str, steps: tuple[StepRecord, ...], outcome: Outcome, said: str, *, is_marked: bool
) -> None:
    """Of two none is guessed, the assistant presses neither, and nothing is said before a login or while the app may sign."""

    async def page_of(_request: Request) -> HTMLResponse:
        return HTMLResponse(f"<!doctype html><meta charset=utf-8><h1>Kamu SM</h1>{body}")

    with serve_app(Starlette(routes=[Route("/landing", page_of)])) as port, browser.new_context() as context:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}")
        observer = Observer(context, rule)
        page = context.new_page()
        page.goto(rule.entry)
        result = RunResult(Ending(outcome), 1000, steps)
        hint = log_out_hint(result, observer.observe().tabs, Hand(observer), Highlight(), words("desk"))
        assert said in hint
        assert (page.evaluate("document.querySelectorAll('html > [aria-hidden]').length") == 1) is is_marked
        assert page.title() != "basıldı"
