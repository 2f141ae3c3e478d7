"""One run of the real command, from start to end, with somebody at the desk if there is one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Error, Page, sync_playwright
from starlette.middleware import Middleware

import fixtures
import mock_portal
from assistant.base.family import end_family
from assistant.card.pin import Pin
from assistant.card.provision import VirtualCard, provision
from tests.assistant.commands import ROOT
from tests.assistant.kills.disks import Disks, disks
from tests.assistant.kills.matrix import Mode
from tests.assistant.kills.steps import Steps
from tests.assistant.official_app.conftest import lay_key
from tests.assistant.real_desk.desk import has_pages
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import STAND_IN

LONGEST_S = 150.0
"""Seconds after which a run hangs; most of it is for a busy machine."""
_LAST_WORDS_S = 2.0
PERSON = "hatice"
_WHOLE_CARD = "whole-card"
_LOST_ROUNDS = 50
"""Looks, five a second, after which a person without a panel closes the windows."""
_MISSED_ROUNDS = 15
"""Looks after which they look again: a window that opens while they sit down may be missed (Playwright, over CDP)."""
_PATIENCE = {"EONAY_PAGE_PATIENCE_S": "20", "EONAY_PERSON_PATIENCE_S": "40", "EONAY_BANNER_PATIENCE_S": "10"}


@dataclass(frozen=True)
class Place:
    """Where a story happens: a portal with its steps, a screen, and the person's folders."""

    portal: mock_portal.Portal = field(repr=False)
    entry: str
    steps: Steps
    screen: Screen
    home: Path
    temporary: Path
    card: VirtualCard
    port: int
    """For the debugging port of guided runs."""
    disks: Disks | None = None
    """Small disks that the folders are."""

    def lay_card(self) -> None:
        """Make the card whole again: SoftHSM2 empties its token's file where it is killed in the middle of a login."""
        card = Path(self.card.environment["SOFTHSM2_CONF"]).parent
        shutil.rmtree(card)
        shutil.copytree(card.with_name(_WHOLE_CARD), card)

    def seen(self, folder: Path) -> Path:
        """Return *folder* as it is seen from here."""
        return folder if self.disks is None else self.disks.root / folder.relative_to("/")

    @property
    def person(self) -> fixtures.Person:
        """Who it is about."""
        return fixtures.people()[PERSON]


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    said: str
    hung: bool
    shown: str = ""
    """The panel's last view, if there was one."""

    @property
    def result(self) -> tuple[str, str | None] | None:
        """Outcome and reason, as `--json` tells them; None if nothing was told."""
        with suppress(ValueError, LookupError):
            told = json.loads(self.out)
            if "error" in told:
                return "error", told["error"]["reason"]
            return told["runs"][0]["outcome"], told["runs"][0]["reason"]
        return None


@contextmanager
def place(
    screen: Screen, port: int, middleware: Sequence[Middleware] = (), *, has_disks: bool = False
) -> Iterator[Place]:
    """Serve a separate portal for one story, with *middleware* around it and empty folders.

    With *has_disks* they are small disks. Raises `OSError` if this machine doesn't allow that.
    """
    steps = Steps()
    portal = mock_portal.Portal(people=[PERSON], middleware=[*steps.middleware, *middleware])
    with (
        mock_portal.serve(portal) as served,
        TemporaryDirectory(prefix="kills-") as folder,
        TemporaryDirectory(prefix="kt-") as temporary,
        TemporaryDirectory(prefix="kills-things-") as things,
    ):
        home = Path(folder)
        person = fixtures.people()[PERSON]
        card = provision(Path(things) / "card", portal.pki.credentials(person), pin=Pin(person.pin), label=PERSON)
        shutil.copytree(Path(things) / "card", Path(things) / _WHOLE_CARD)
        lay_key(portal, PERSON, Path(things))
        (Path(things) / "sign").touch()
        with disks(home, Path(temporary), Path(things)) if has_disks else nullcontext() as small:
            yield Place(portal, served.entry_url, steps, screen, home, Path(temporary), card, port, small)


def run(
    at: Place, mode: Mode, meanwhile: Callable[[int], None] = lambda _head: None, more: Mapping[str, str] = {}
) -> Ended:
    """Start the command and see it through, with *more* in its environment.

    *meanwhile* is called in its own thread with the number of its process.
    """
    at.lay_card()
    with TemporaryDirectory(prefix="said-") as folder:
        out, said = Path(folder) / "out", Path(folder) / "said"
        with out.open("w") as out_file, said.open("w") as said_file:
            process = subprocess.Popen(
                [*(at.disks.words if at.disks else ()), sys.executable, "-P", "-m", "assistant", *_arguments(at, mode)],
                env={**_surroundings(at, mode), **more},
                cwd=at.home,
                stdin=subprocess.DEVNULL,
                stdout=out_file,
                stderr=said_file,
                start_new_session=True,
            )
            hung = threading.Event()

            def give_up() -> None:
                hung.set()
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.kill(process.pid, signal.SIGABRT)  # it says where it hangs, see PYTHONFAULTHANDLER
                    process.wait(_LAST_WORDS_S)
                end_family(process.pid)

            clock = threading.Timer(LONGEST_S, give_up)
            striking = ThreadPoolExecutor(1)
            clock.start()
            blow = striking.submit(meanwhile, process.pid)
            shown: list[str] = []
            try:
                if mode != "unattended":
                    with ThreadPoolExecutor(1) as thread:  # a test before this one may have a Playwright in ours
                        thread.submit(_sit, at, process, shown).result()
                process.wait()
            finally:
                clock.cancel()
                at.steps.over()
                striking.shutdown()
                process.kill()
                process.wait()
            blow.result()
        return Ended(process.returncode, out.read_text(), said.read_text(), hung.is_set(), "".join(shown[-1:]))


def _arguments(at: Place, mode: Mode) -> list[str]:
    if mode == "unattended":
        return ["dry-run", "--portal", at.entry, "--json"]
    return ["run", "--portal", at.entry, "--sign", mode]


def _surroundings(at: Place, mode: Mode) -> dict[str, str]:
    person = at.person
    kept = {name: os.environ[name] for name in ("PATH", "EONAY_BROWSER") if name in os.environ}
    given = {
        **kept,
        **_PATIENCE,
        "DISPLAY": at.screen.name,
        "HOME": str(at.home),
        "TMPDIR": str(at.temporary),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "PYTHONFAULTHANDLER": "1",
        "EONAY_PKCS11_MODULE": str(at.card.module),
        "EONAY_TOKEN_LABEL": at.card.label,
        **at.card.environment,
    }
    if "KILLS_LOG" in os.environ:
        given["EONAY_LOG"] = os.environ["KILLS_LOG"]
    if mode == "unattended":
        secrets = {"NATIONAL_ID": person.national_id, "PASSWORD": person.password, "PIN": person.pin}
        return {**given, **{f"EONAY_{name}": value for name, value in secrets.items()}}
    things = Path(at.card.environment["SOFTHSM2_CONF"]).parents[1]
    given["EONAY_BROWSER_ARGS"] = f"--remote-debugging-port={at.port}"
    given["EONAY_APP_COMMAND"] = f"{sys.executable} {STAND_IN} {things}"
    return given


def _sit(at: Place, process: subprocess.Popen[bytes], shown: list[str]) -> None:
    """Sit before the run's windows and do whatever the panel asks for, until the command has ended."""
    with sync_playwright() as playwright:
        browser: Browser | None = None
        without_panel = 0
        while not _is_over(process):
            with suppress(Error):
                if browser is None and has_pages(at.port):
                    browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{at.port}")
                elif browser is not None and browser.is_connected():
                    without_panel += 1
                    if without_panel > _LOST_ROUNDS:
                        _close_all(browser)
                    if _act(browser, at.person, shown):
                        without_panel = 0
                    elif without_panel % _MISSED_ROUNDS == 0:
                        browser = None


def _close_all(browser: Browser) -> None:
    """Close every window, as one does whose panel says nothing more."""
    for context in browser.contexts:
        for page in context.pages:
            with suppress(Error):
                page.close(run_before_unload=True)


def _act(browser: Browser, person: fixtures.Person, shown: list[str]) -> bool:
    """Do the next thing, if there is one to do; return whether there is a panel."""
    pages = [page for context in browser.contexts for page in context.pages]
    panel = next((page for page in pages if _title(page) == "E-Onay asistanı"), None)
    if panel is None:
        return False
    asked = panel.locator(".asks:not([hidden])")
    pin = asked.locator("input:enabled")
    anyway = panel.locator("#advice button", has_text="Yine de başlayacağım")  # this machine has no card reader
    if panel.locator("#end-title").is_visible():
        shown.append(panel.locator("#end").inner_text(timeout=2000))
        panel.locator("#end [data-close]").click(timeout=2000)
    elif pin.count():
        pin.first.fill(person.pin, timeout=2000)
        panel.keyboard.press("Enter")
    elif anyway.is_visible():
        anyway.click(timeout=2000)
    elif panel.locator("#advice", has_text="bu bilgisayara yazılamadı").is_visible():  # and never will be
        panel.locator("#stop button").first.click(timeout=2000)
    elif asked.filter(has_text="Kendiniz sürdürmek ister misiniz?").locator("button.no:enabled").count():
        asked.locator("button.no:enabled").last.click(timeout=2000)  # they came to give E-Onay with the program
    elif asked.locator("button.yes:enabled").count():
        asked.locator("button.yes").click(timeout=2000)
    else:
        _log_in(next((page for page in reversed(pages) if page != panel), None), person)
    return True


def _title(page: Page) -> str:
    with suppress(Error):
        return page.title()
    return ""


def _log_in(portal: Page | None, person: fixtures.Person) -> None:
    if portal is None or "giris." not in portal.url or not portal.locator("#egpField").is_visible():
        return
    portal.locator("#tridField").fill(person.national_id, timeout=2000)
    portal.locator("#egpField").fill(person.password, timeout=2000)
    portal.get_by_role("button", name="Giriş Yap").click(timeout=2000)


def _is_over(process: subprocess.Popen[bytes]) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.2)
        return True
    return False
