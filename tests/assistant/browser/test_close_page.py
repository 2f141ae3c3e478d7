"""A page is closed at whatever moment somebody closes it."""

from __future__ import annotations

from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.browser.launch import close_page, fresh_context
from mock_portal.server import serve_app

_FORM = "<form method=post><button style='position:fixed;inset:0'>Devam</button></form>"
_TRIES = 6
"""In 8 of 10 the browser forgets the first request to close."""


async def _page(request: Request) -> HTMLResponse:
    return HTMLResponse(_FORM if request.method == "GET" else "<p>Doğrulama kodu</p>" * 300)


def test_a_page_is_closed_while_its_next_one_comes_in(browser: Browser) -> None:
    """A tab that is closed at the moment at which the answer to a press comes in is closed, and nobody waits forever."""
    with serve_app(Starlette(routes=[Route("/", _page, methods=["GET", "POST"])])) as port:
        for number in range(_TRIES):
            with fresh_context(browser) as context:
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}/")
                with page.expect_response("**/*"):
                    page.mouse.click(20, 20)
                assert close_page(page), number
                assert not context.pages
