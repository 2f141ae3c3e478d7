"""Watching only, at pages that hold the watcher up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.base.errors import RunError
from assistant.browser.launch import fresh_context
from assistant.run.limits import Limits
from assistant.run.watch import Watch
from flows import HostRule, Observation, Seen, Shield, TabView
from mock_portal.server import serve_app


class Onlooker:
    """Stops the visit at the third look after a dialog has opened."""

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self.looks = 0

    def attend(self) -> None:
        """Stop, in time."""
        assert self.watch is not None
        self.looks += bool(self.watch._observer.held)
        if self.looks == 3:
            raise RunError("person_stopped")

    def tell(self, seen: Seen | None, tab: TabView, target: str, label: str) -> None:
        """Hear what is seen."""


def test_a_dialog_that_opens_during_a_look_holds_nobody_up(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page waits for the person's answer; the panel doesn't, and the visit doesn't end as frozen."""

    async def page(_request: Request) -> HTMLResponse:
        return HTMLResponse("<h1>Online İşlemler</h1>")

    with serve_app(Starlette(routes=[Route("/landing", page)])) as port, fresh_context(browser) as context:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/landing")
        person = Onlooker()
        watch = person.watch = Watch(context, rule, person, Shield(rule), Limits(page_s=1))
        observe = watch._observer.observe

        def just_then() -> Observation:
            for opened in context.pages:
                opened.evaluate("void setTimeout(() => confirm('Emin misiniz?'))")
            return observe()

        monkeypatch.setattr(watch._observer, "observe", just_then)
        result, _ = watch.go()
    assert str(result.ending) == "cancelled (person_stopped)"
