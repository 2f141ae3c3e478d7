"""From the link to the banner: a separate process takes the code off a real clipboard and signs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

import fixtures
import mock_portal
from assistant.base.outcome import Outcome
from assistant.browser.launch import fresh_context
from assistant.official_app.clipboard import SystemClipboard
from assistant.official_app.starter import Starter
from assistant.run.limits import Limits
from assistant.run.loop import Run
from assistant.run.person import TestPerson, Unattended
from assistant.run.question import Question
from assistant.run.record import RunResult
from assistant.setup.parts import Part
from assistant.signing.with_app import OfficialApp
from flows import HostRule
from tests.assistant.official_app.conftest import lay_key
from tests.assistant.official_app.display import clipboard_of, missing

NEEDS = (Part.WEB_START,)

HERE = Path(__file__).parent
BEFORE = "kişinin kendi metni"
PATIENCE = Limits(settle_s=0.6, page_s=20, person_s=60, banner_s=5)


class AppFiles:
    """Answers instead of the portal for the app's files."""

    def __init__(self, app: ASGIApp, files: dict[str, bytes], visitors: list[str]) -> None:
        self._app, self._files, self._visitors = app, files, visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Return a file of the stand-in, or else the portal's answer."""
        name = scope.get("path", "").rpartition("/")[2]
        if name.endswith(".jnlp"):
            self._visitors.append(dict(scope["headers"])[b"user-agent"].decode())
        file = self._files.get(name) if scope["type"] == "http" else None
        await (self._app if file is None else Response(file))(scope, receive, send)


@dataclass
class Scene:
    """What one run is made with."""

    portal: mock_portal.Portal
    entry: str
    folder: Path
    environment: dict[str, str]
    files: dict[str, bytes]
    clock: mock_portal.ManualClock
    visitors: list[str]
    """The programs that have fetched a JNLP."""
    advices: list[str] = field(default_factory=list)

    def count(self, act: mock_portal.Act) -> int:
        """Return how often the ledger has *act*."""
        return self.portal.ledger.count(act)


@pytest.fixture
def scene(screen: str, tmp_path: Path) -> Iterator[Scene]:
    """The mock portal for Ayşe, her key for the stand-in, and a text of hers on the clipboard."""
    environment = {"PATH": os.environ["PATH"], "DISPLAY": screen, "HOME": str(tmp_path)}
    assert SystemClipboard(environment).write(BEFORE)
    files: dict[str, bytes] = {}
    visitors: list[str] = []
    clock = mock_portal.ManualClock(mock_portal.SystemClock().now())
    portal = mock_portal.Portal(
        people=["ayse"], clock=clock, middleware=[Middleware(AppFiles, files=files, visitors=visitors)]
    )
    with mock_portal.serve(portal) as served:
        lay_key(portal, "ayse", tmp_path)
        yield Scene(portal, served.entry_url, tmp_path, environment, files, clock, visitors)


def run(browser: Browser, scene: Scene, command: tuple[str, ...], person: Unattended) -> RunResult:
    """Run with the official app, opened by *command*."""
    rule = HostRule.for_loopback(scene.entry)
    app = OfficialApp(
        rule,
        command=command,
        clipboard=SystemClipboard(scene.environment),
        starter=Starter(scene.environment),
    )
    with fresh_context(browser) as context:
        try:
            return Run(context, rule, person, app, limits=PATIENCE).go()
        finally:
            app.close()


class Ayse(Unattended):
    """Does Ayşe's part, and something of her own when the code has been handed over."""

    def __init__(self, on_hand_off: Callable[[int], None]) -> None:
        who = fixtures.people()["ayse"]
        super().__init__(TestPerson(who.national_id, (who.password,), lambda: who.sms_code))
        self._on_hand_off = on_hand_off
        self._hand_offs = 0

    def taken(self, question: Question) -> None:
        """Tell how many codes have been handed over."""
        if question.approval == "hand_off":
            self._hand_offs += 1
            self._on_hand_off(self._hand_offs)


def test_a_program_of_its_own_signs_what_the_clipboard_gave_it(browser: Browser, scene: Scene) -> None:
    """Link, checked JNLP, clipboard, another process's signature, banner, fresh visit; the clipboard is given back."""
    command = (sys.executable, str(HERE / "stand_in" / "app.py"), str(scene.folder))
    result = run(browser, scene, command, Ayse(lambda _number: (scene.folder / "sign").touch()))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert scene.count(mock_portal.Act.SIGNATURE_ACCEPTED) == scene.count(mock_portal.Act.CONSENT_GIVEN) == 1
    assert len((scene.folder / "seen").read_text()) == 15
    assert [visitor.startswith("Mozilla/5.0") for visitor in scene.visitors] == [True], "the browser fetched it"
    assert clipboard_of(scene.environment["DISPLAY"]) == BEFORE


def test_a_dead_code_is_renewed_and_the_new_one_handed_over(browser: Browser, scene: Scene) -> None:
    """When the code dies unused the run asks for another, and the app gets the one that is on the page then."""

    def live(number: int) -> None:
        if number == 1:
            scene.clock.advance(301)
        else:
            (scene.folder / "sign").touch()

    command = (sys.executable, str(HERE / "stand_in" / "app.py"), str(scene.folder))
    result = run(browser, scene, command, Ayse(live))
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert scene.count(mock_portal.Act.CODE_RENEWED) == scene.count(mock_portal.Act.SIGNATURE_ACCEPTED) == 1
    assert clipboard_of(scene.environment["DISPLAY"]) == BEFORE


@pytest.fixture(scope="module")
def signed_jar(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The stand-in's window as a jar, signed, as Java Web Start wants it."""
    if reason := missing("javaws", "javac", "jar", "keytool", "jarsigner"):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("jar")
    store = "-keystore store -storepass benzetim"
    (folder / "manifest").write_text("Permissions: all-permissions\nMain-Class: StandIn\n")
    for command in (
        f"javac --release 11 -nowarn -d {folder} {HERE / 'stand_in' / 'StandIn.java'}",
        "jar --create --file app.jar --manifest manifest -C . StandIn.class",
        f"keytool -genkeypair -alias a -keyalg RSA -dname CN=Benzetim {store}",
        f"jarsigner {store} app.jar a",
    ):
        subprocess.run(command.split(), cwd=folder, capture_output=True, check=True)
    return (folder / "app.jar").read_bytes()


@pytest.mark.nightly(
    sample="tests/assistant/official_app/test_run.py::test_a_program_of_its_own_signs_what_the_clipboard_gave_it"
)
def test_java_web_start_opens_the_app(browser: Browser, scene: Scene, signed_jar: bytes) -> None:
    """A real javaws loads the checked JNLP's signed jar, and its window pastes the code and signs."""
    origin = f"http://127.0.0.1:{scene.portal.port}/eimza"
    scene.files["app.jar"] = signed_jar
    scene.files["KamuSM-eimza.jnlp"] = f"""<?xml version="1.0" encoding="utf-8"?>
<jnlp spec="1.0+" codebase="{origin}/"><information><title>E-imza</title><vendor>Benzetim</vendor></information>
<security><all-permissions/></security><resources><j2se version="1.8+"/><jar href="app.jar" main="true"/></resources>
<application-desc main-class="StandIn"><argument>{origin}/api</argument><argument>{scene.folder}</argument>
</application-desc></jnlp>""".encode()
    person = Ayse(lambda _number: (scene.folder / "sign").touch())
    result = run(browser, scene, ("javaws", "-Xnofork", "-Xtrustall"), person)
    assert result.outcome is Outcome.CONSENT_GIVEN, result
    assert (scene.folder / "seen").exists()
    assert clipboard_of(scene.environment["DISPLAY"]) == BEFORE
