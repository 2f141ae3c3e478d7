"""A portal that repeats what was typed into it, wherever a page can say something: nothing of that stays behind."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Playwright, expect
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import fixtures
import mock_portal
from tests.assistant.memory import surroundings_of
from tests.assistant.real_desk.desk import RealDesk, command, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.test_secrets import assert_clean, kept
from tests.assistant.real_desk.told import SHARING, say_yes_to, with_token
from tests.sampling import sampled

_CODE = re.compile(rb"(?<!\d)\d{15}(?!\d)")


class Telltale:
    """Has every page say *words* in its address, title, console, headers, cookies, frames, storage and in a script's
    error; on the page at *spoiled* also in place of what belongs there, so that nobody knows the page.
    """

    def __init__(self, app: ASGIApp, words: Sequence[str], spoiled: str) -> None:
        self._app, self._words, self._spoiled = app, words, spoiled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the portal's answer on, with a tail to each page."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: list[Message] = []
        body: list[bytes] = []

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
            elif message["type"] == "http.response.body":
                body.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self._pass_on(scope["path"], start[0], b"".join(body), send)
            else:
                await send(message)

        await self._app(scope, receive, take)

    async def _pass_on(self, path: str, start: Message, content: bytes, send: Send) -> None:
        gone = {b"content-length", b"content-security-policy", b"etag"}
        headers = [(name, value) for name, value in start["headers"] if name not in gone]
        if any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers):
            code = _CODE.search(content)
            words = [*self._words, *([code[0].decode()] if code else [])]
            told = " ".join(words)
            if self._spoiled and path.endswith(self._spoiled):
                content = _spoiled(words).encode()
            content += _tail(words).encode()
            headers += [
                (b"server", quote(told).encode()),
                (b"x-kimlik", told.encode("utf-8")),
                (b"set-cookie", f"kimlik={quote(told)}".encode()),
            ]
        headers.append((b"content-length", str(len(content)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": content})


def _tail(words: Sequence[str]) -> str:
    told = json.dumps(" ".join(words)).replace("<", "\\u003c")
    return f"""<script>{{
        const told = {told};
        document.title += ' ' + told;
        history.replaceState(told, '', location.pathname + location.search
            + (location.search ? '&' : '?') + 'kimlik=' + encodeURIComponent(told) + '#' + encodeURIComponent(btoa(
            unescape(encodeURIComponent(told)))));
        console.log(told); console.error(told); window.name = told;
        localStorage.setItem('kimlik', told);
        const frame = document.createElement('iframe');
        frame.hidden = true; frame.name = frame.title = told; frame.src = 'about:blank#' + encodeURIComponent(told);
        document.body.append(frame);
        setTimeout(() => {{ throw new Error(told); }});
        void Promise.reject(new Error(told));
        new Image().src = '/yok/' + encodeURIComponent(told) + '.png';
    }}</script>"""


def _spoiled(words: Sequence[str]) -> str:
    said = "".join(
        f"<h1>{w}</h1><p>Sayın {w}</p><button type=button aria-label='{w}'>{w}</button><a href='/nes?k={quote(w)}'>{w}"
        f"</a><label>{w}<input name='{w}' placeholder='{w}' value='{w}' title='{w}'></label><div role=alert>{w}</div>"
        for w in words
    )
    return f"<!doctype html><html lang=tr><meta charset=utf-8><title>Kamu SM</title><body>{said}"


def words_of(person: fixtures.Person) -> list[str]:
    """Return what such a portal would know of *person*, and say."""
    return [person.national_id, person.password, person.sms_code or "482913", person.name, " ".join(person.national_id)]


def ends_well(desk: RealDesk, person: fixtures.Person) -> None:
    """Sign, and read that the consent is given."""
    say_yes_to(desk)
    desk.type_pin(person.pin)
    assert desk.read_end() == "E-Onayınız verildi"


def halts(desk: RealDesk, person: fixtures.Person) -> None:
    """Show one of the labels of the page that nobody knows, and stop there."""
    desk.say_yes(SHARING)
    desk.panel.locator("#advice button", has_text="Asistana göstereceğim").first.click(timeout=60_000)
    expect(desk.panel.locator("#now-text")).to_contain_text("bir kez basınız")
    desk.portal.get_by_role("button", name=person.name).first.click()
    expect(desk.panel.locator("#now-text")).not_to_contain_text("bir kez basınız")
    desk.stop()
    desk.read_end()


@pytest.mark.parametrize(
    ("spoiled", "goes"),
    sampled([("", ends_well), ("/anasayfa", halts)], every_run=[("/anasayfa", halts)]),
)
def test_what_a_portal_gives_away_stays_nowhere(
    playwright: Playwright,
    small_screen: Screen,
    home: Path,
    spoiled: str,
    goes: Callable[[RealDesk, fixtures.Person], None],
) -> None:
    """Number, password, codes and name in titles, addresses, headers, messages, labels and errors of every page: output,
    log, receipt, its pages and command lines of a run hold none of them, whether it ends well or on that page."""
    person = fixtures.people()["ayse"]
    portal = mock_portal.Portal(
        people=["ayse"], middleware=[Middleware(Telltale, words=words_of(person), spoiled=spoiled)]
    )
    lines: set[str] = set()

    def look(_act: str, _pages: Sequence[Page]) -> None:
        lines.update(line for line, _ in surroundings_of(home).values())

    with mock_portal.serve(portal) as served:
        surroundings = {
            **with_token(portal, person, small_screen, home),
            "EONAY_LOG": "TRACE",
            "EONAY_PAGE_PATIENCE_S": "4",
        }
        arguments = ["run", "--portal", served.entry_url, "--sign", "card"]
        with sit_down(playwright, surroundings, arguments, look) as desk:
            desk.log_in(person)
            goes(desk, person)
            desk.leave()
        for words in (["receipts", "--html", "1", "-o", str(home / "page.html")], ["summary"]):
            done = subprocess.run(command(words), env=surroundings, cwd=home, capture_output=True, check=False)
            (home / f"{words[0]}.said").write_bytes(done.stdout + done.stderr)
    assert lines
    for line in lines:
        assert_clean(line.encode(), line, person)
    for file, content in kept(home):
        assert_clean(content, str(file), person)
