"""A real desk: the real command in its own process, its browser's windows on a screen, and a person in front of them.

The person acts over the browser's debugging port, as a hand on the mouse would: they press the panel's buttons and
type into the portal's pages. The command knows nothing of that.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from playwright.sync_api import Browser, Error, Locator, Page, Playwright, expect

import fixtures
from tests.assistant.real_desk.screen import Screen

ROOT = Path(__file__).parents[3]
_PATIENCE_S = 40.0
_MARK = "DESK_OF_TESTS"
"""The variable by which the processes of a desk are known."""
_PATIENCE_MS = _PATIENCE_S * 1000
_PORTS = range(20000, 29000)
"""Below those that systems give out by themselves, so that nobody else takes one meanwhile."""

Look = Callable[[str, Sequence[Page]], None]
"""Called at each act of the person with its name and the pages before them."""


def blind(_act: str, _pages: Sequence[Page]) -> None:
    """Look at nothing."""


@dataclass
class RealDesk:
    """The command under way."""

    process: subprocess.Popen[str]
    panel: Page
    browser: Browser
    home: Path
    look: Look
    said: IO[str] = field(repr=False)
    port: int = 0

    def again(self, playwright: Playwright) -> RealDesk:
        """Return the desk once the command has opened everything again."""
        browser = _connect(playwright, self.process, self.port, self.home / "said")
        panel = _panel(browser, self.process, self.home / "said")
        return replace(self, panel=panel, browser=browser)

    def profiles(self) -> set[Path]:
        """Return the folders in which this desk's browsers keep their profiles."""
        found: set[Path] = set()
        for pid, _name in _programs(self.home):
            with suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
                found |= {Path(word.partition("=")[2]) for word in words if word.startswith("--user-data-dir=")}
        return found

    @property
    def portal(self) -> Page:
        """The portal's newest page."""
        return next(page for page in reversed(_pages(self.browser)) if page != self.panel)

    def _see(self, act: str) -> None:
        self.look(act, _pages(self.browser))

    @property
    def _asked(self) -> Locator:
        return self.panel.locator(".asks:not([hidden])")

    def log_in(self, person: fixtures.Person) -> None:
        """Type the person's details into the gateway's page, and the code of the second step."""
        expect(self.panel.locator("#now-text")).to_contain_text("kendiniz yazınız", timeout=_PATIENCE_MS)
        page = self.portal
        page.locator("#tridField").wait_for()
        self._see("login")
        page.locator("#tridField").fill(person.national_id)
        page.locator("#egpField").fill(person.password)
        page.get_by_role("button", name="Giriş Yap").click()
        if person.sms_code:
            page.locator("#smsDogrulamaKodu").wait_for()
            expect(self.panel.locator("#now-text")).to_contain_text("SMS", timeout=_PATIENCE_MS)
            self._see("sms")
            page.locator("#smsDogrulamaKodu").fill(person.sms_code)
            page.keyboard.press("Enter")

    def read_question(self, title: str) -> None:
        """Wait until the panel asks what is called *title*."""
        expect(self._asked.get_by_role("heading", level=2)).to_have_text(title, timeout=_PATIENCE_MS)
        self._see(title)

    def say_yes(self, title: str) -> None:
        """Press the big button of the approval *title*."""
        self.read_question(title)
        self._asked.locator("[data-answer=yes]").click()

    def answer_no(self) -> None:
        """Press the small button of what is asked."""
        self._asked.locator("button.no:not([data-answer])").last.click()

    def read_advice(self, line: str) -> None:
        """Wait until *line* is among the steps in another program."""
        self.panel.locator("#advice li", has_text=line).wait_for()
        self._see("app")

    def type_pin(self, pin: str) -> None:
        """Type the PIN into the panel."""
        self.panel.get_by_label("Kart PIN'i").wait_for()
        self._see("pin")
        self.panel.get_by_label("Kart PIN'i").fill(pin)
        self.panel.keyboard.press("Enter")

    def begin_anyway(self) -> None:
        """Go on if the assistant says early that it sees no card reader."""
        anyway = self.panel.locator("#advice button", has_text="Yine de başlayacağım")
        anyway.or_(self.panel.locator("#now-text", has_text="e-Devlet")).first.wait_for(timeout=_PATIENCE_MS)
        if anyway.count():
            anyway.click()

    def stop(self) -> None:
        """Press the exit that is always there, and say that it is meant."""
        self.panel.locator("#stop button").click()
        self.panel.locator("#stop button").first.click()

    def read_end(self) -> str:
        """Wait for the last view, return its title, and close it."""
        title = self.panel.locator("#end-title")
        title.wait_for()
        self._see("end")
        text = title.inner_text()
        self.panel.locator("#end [data-close]").click()
        return text

    def keep_pictures(self) -> list[str]:
        """Keep every picture that the panel shows; return their titles."""
        heading = self._asked.get_by_role("heading", level=2)
        kept: list[str] = []
        count = 1
        while len(kept) < count:
            expect(heading).to_contain_text(f"Resim {len(kept) + 1} / ", timeout=_PATIENCE_MS)
            title = heading.inner_text()
            count = int(title.partition("/")[2].partition(":")[0])
            kept.append(title)
            self.say_yes(title)
        return kept

    def leave(self, seconds: float = _PATIENCE_S) -> tuple[int, str]:
        """Wait *seconds* at most for the command to end; return its exit code and everything that it said."""
        code = self.process.wait(seconds)
        self.said.seek(0)
        return code, self.said.read()

    def left_over(self) -> list[str]:
        """Return the programs of this desk that are still there, after a moment to end; a clipboard's may stay."""
        return [name for pid, name in _programs(self.home) if name != "xclip" and not _ends(pid)]


def environment(screen: Screen, home: Path, **settings: str) -> dict[str, str]:
    """Return the surroundings of a person whose home is *home*, with EONAY_* *settings* in lower case."""
    given = {f"EONAY_{name.upper()}": value for name, value in settings.items()}
    kept = {name: os.environ[name] for name in ("PATH", "EONAY_BROWSER") if name in os.environ}
    return {
        **kept,
        "DISPLAY": screen.name,
        "HOME": str(home),
        _MARK: str(home),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        **given,
    }


def beside(surroundings: dict[str, str], own: Path) -> dict[str, str]:
    """Return *surroundings* for one of several desks in one home, with a folder of its *own* for what the test keeps."""
    own.mkdir(exist_ok=True)
    return {**surroundings, _MARK: str(own)}


def command(arguments: Sequence[str]) -> list[str]:
    """Return the command line of `eonay` with *arguments*, past the launcher."""
    return [sys.executable, "-P", "-m", "assistant", *arguments]


@contextmanager
def sit_down(
    playwright: Playwright,
    surroundings: dict[str, str],
    arguments: Sequence[str],
    look: Look = blind,
    shell: str = 'exec "$@"',
) -> Iterator[RealDesk]:
    """Start the command, by what a *shell* does first, and wait until the panel is there; take all of it down later.

    Several desks may share a home; each is known by a folder of its own then, see `beside`.
    """
    home = Path(surroundings[_MARK])
    port = free_port()
    given = {**surroundings, "EONAY_BROWSER_ARGS": f"--remote-debugging-port={port}"}
    with (home / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            ["sh", "-c", shell, "sh", *command(arguments)],
            env=given,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            text=True,
        )
        try:
            browser = _connect(playwright, process, port, home / "said")
            desk = RealDesk(process, _panel(browser, process, home / "said"), browser, home, look, said, port)
            if "app" in arguments:
                desk.begin_anyway()
            yield desk
        finally:
            process.kill()
            process.wait()


def _connect(playwright: Playwright, process: subprocess.Popen[str], port: int, said: Path) -> Browser:
    """Connect once a page is there: a second Playwright that comes while the first one opens the browser can hold it up."""
    for _ in range(round(_PATIENCE_S / 0.1)):
        with suppress(Error):
            if has_pages(port):
                return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(0.1)
            raise AssertionError(f"the command ended with {code} before it opened a browser: {said.read_text()}")
    raise AssertionError("no browser came")


def has_pages(port: int) -> bool:
    """Tell whether the browser's list of its windows, which attaches to none of them, has one that shows something."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
            return any(one["type"] == "page" and one["title"] not in {"", "about:blank"} for one in json.load(answer))
    except (OSError, ValueError):
        return False


def _panel(browser: Browser, process: subprocess.Popen[str], said: Path) -> Page:
    """Return the panel once it has its own window."""
    context = browser.contexts[0]
    while (code := process.poll()) is None:
        for page in _pages(browser):
            with suppress(Error):
                if page.title() == "E-Onay asistanı":
                    return page
        with suppress(Error):
            context.wait_for_event("page", timeout=100)
    raise AssertionError(f"the command ended with {code} before its panel was there: {said.read_text()}")


def _pages(browser: Browser) -> list[Page]:
    return [page for context in browser.contexts for page in context.pages]


def free_port() -> int:
    """Return a port that nobody listens on, one of those of this test process."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in _PORTS[(os.getpid() + worker * 100) % 8000 :]:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def _programs(home: Path) -> Iterator[tuple[int, str]]:
    """Yield the processes of the desk whose person's home is *home*, whatever the desk says of it."""
    mark = f"{_MARK}={home}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name), (folder / "comm").read_text().strip()


def _ends(pid: int) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)
