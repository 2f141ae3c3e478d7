"""Sessions, CSRF tokens and rendering, tried in a small application made for these tests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, Router

from mock_portal import ManualClock, Portal
from mock_portal.server import serve_app
from mock_portal.sessions import SESSION_LIFETIME, SESSION_LIMIT, SessionMiddleware
from mock_portal.web import MOCK_NOTICE, check_csrf, person_of, read_form, render, session_of


async def _quiet(request: Request) -> Response:
    return PlainTextResponse("no session asked for")


async def _who(request: Request) -> Response:
    session = session_of(request)
    person = person_of(request)
    return PlainTextResponse(f"{session.csrf} {person.key if person else '-'} {session.data.get('kept', '-')}")


async def _log_in(request: Request) -> Response:
    session = session_of(request)
    session.data["kept"] = "yes"
    session.log_in(request.query_params["as"])
    return await _who(request)


async def _end(request: Request) -> Response:
    session_of(request).end()
    return PlainTextResponse("ended")


async def _form(request: Request) -> Response:
    check_csrf(request, await read_form(request))
    return PlainTextResponse("accepted")


async def _page(request: Request) -> Response:
    return render(request, "error.html", heading="<b>Başlık</b>", explanation="Açıklama")


@pytest.fixture
def client(portal: Portal, clock: ManualClock, visitor: httpx.Client) -> Iterator[httpx.Client]:
    """A browser at an origin with pages made for these tests."""
    pages = [Route(f"/{page.__name__.strip('_')}", page) for page in (_quiet, _who, _log_in, _end, _page)]
    pages.append(Route("/form", _form, methods=["POST"]))
    app = Starlette(routes=[Mount("/", SessionMiddleware(Router(pages), clock, "deneme_oturum"))])
    app.state.portal = portal
    with serve_app(app) as port:
        visitor.base_url = f"http://deneme.localhost:{port}"
        yield visitor


def test_only_who_asks_for_a_session_gets_a_cookie(client: httpx.Client) -> None:
    """A page that needs no session sets no cookie. One that does sets it HttpOnly and SameSite=Lax."""
    assert "set-cookie" not in client.get("/quiet").headers
    cookie = client.get("/who").headers["set-cookie"]
    assert cookie.startswith("deneme_oturum=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")


def test_a_session_is_kept_from_page_to_page(client: httpx.Client) -> None:
    """The next request finds the same session and gets no new cookie."""
    first = client.get("/who")
    again = client.get("/who")
    assert again.text == first.text
    assert "set-cookie" not in again.headers


def test_logging_in_changes_the_cookie(client: httpx.Client) -> None:
    """After a login the old cookie is worthless, and so is the old CSRF token."""
    before = client.get("/who").text.split()[0]
    old = client.cookies["deneme_oturum"]
    csrf, person, kept = client.get("/log_in", params={"as": "ayse"}).text.split()
    assert (person, kept) == ("ayse", "yes")
    assert csrf != before
    assert client.cookies["deneme_oturum"] != old
    assert client.get("/who").text.split() == [csrf, "ayse", "yes"]
    client.cookies.set("deneme_oturum", old, domain="deneme.localhost", path="/")
    assert "ayse" not in client.get("/who").text


def test_ending_a_session_forgets_everything(client: httpx.Client) -> None:
    """Once the session has ended, neither the person nor anything kept is left, even with the old cookie."""
    client.get("/log_in", params={"as": "ayse"})
    old = client.cookies["deneme_oturum"]
    assert "Max-Age=0" in client.get("/end").headers["set-cookie"]
    client.cookies.set("deneme_oturum", old, domain="deneme.localhost", path="/")
    assert client.get("/who").text.split()[1:] == ["-", "-"]


def test_a_session_ends_when_nobody_comes(client: httpx.Client, clock: ManualClock) -> None:
    """A session lives while it is used. It ends half an hour after the last request, by the portal's clock."""
    client.get("/log_in", params={"as": "ayse"})
    clock.advance(SESSION_LIFETIME - 1)
    assert "ayse" in client.get("/who").text
    clock.advance(SESSION_LIFETIME - 1)
    assert "ayse" in client.get("/who").text
    clock.advance(SESSION_LIFETIME)
    assert "ayse" not in client.get("/who").text


@pytest.mark.parametrize("cookie", ["deneme_oturum=", "deneme_oturum=guess", "=;;=", 'deneme_oturum="', "x" * 5000])
def test_a_made_up_cookie_is_nobody(client: httpx.Client, cookie: str) -> None:
    """A cookie that the portal didn't set gets a new session."""
    answer = client.get("/who", headers={"cookie": cookie})
    assert answer.status_code == 200
    assert answer.text.split()[1:] == ["-", "-"]


def test_sessions_do_not_fill_the_memory(clock: ManualClock, visitor: httpx.Client) -> None:
    """However many visitors come without cookies, they leave no more sessions than the limit."""
    middleware = SessionMiddleware(Router([Route("/who", _who)]), clock, "c")
    app = Starlette(routes=[Mount("/", middleware)])
    app.state.portal = Portal(clock=clock, people=["ayse"])
    with serve_app(app) as port:
        for _ in range(50):
            visitor.cookies.clear()
            visitor.get(f"http://deneme.localhost:{port}/who")
        assert middleware.sessions == 50
        clock.advance(SESSION_LIFETIME)
        visitor.get(f"http://deneme.localhost:{port}/who")
        assert middleware.sessions == 1
    assert SESSION_LIMIT <= 10_000


def test_a_form_needs_the_token_of_its_session(client: httpx.Client, portal: Portal, clock: ManualClock) -> None:
    """A form is accepted only with its own session's token."""
    csrf = client.get("/who").text.split()[0]
    assert client.post("/form", data={"csrf": csrf}).text == "accepted"
    for data in ({"csrf": csrf + "x"}, {"csrf": ""}, {"csrf": "ğ"}, {}):
        assert client.post("/form", data=data).status_code == 403
    assert client.post("/form", files={"csrf": ("csrf.txt", csrf)}).status_code == 400
    client.cookies.clear()
    assert client.post("/form", data={"csrf": csrf}).status_code == 403


def test_rendered_pages_are_escaped_and_not_kept(client: httpx.Client) -> None:
    """Whatever we put into a page comes out as text, the page says it is a mock, and no cache keeps it."""
    answer = client.get("/page")
    assert "&lt;b&gt;Başlık&lt;/b&gt;" in answer.text
    assert MOCK_NOTICE in answer.text
    assert answer.headers["cache-control"] == "no-store"
