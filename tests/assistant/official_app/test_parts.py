"""The clipboard, the ways to open the app, and what is said of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.official_app.clipboard import Lent, SystemClipboard
from assistant.official_app.starter import AppFile, Starter, Way
from assistant.official_app.words import app_troubles, app_words
from assistant.setup.system import System
from assistant.signing.with_app import OfficialApp
from flows import HostRule
from flows.code import ShownCode
from tests.assistant.official_app.display import clipboard_of
from tests.assistant.official_app.memory import Memory

CODE = "968121968799342"


def test_the_clipboard_is_given_back() -> None:
    """After one code or several the person finds what they had copied before."""
    clipboard = Memory("önce")
    lent = Lent(clipboard)
    assert lent.put(CODE)
    assert clipboard.text == CODE
    assert lent.put(CODE[::-1])
    assert lent.give_back()
    assert clipboard.text == "önce"
    assert not lent.give_back()


def test_what_the_person_copies_meanwhile_stays() -> None:
    """A text the person copied after the code is neither overwritten nor replaced by the older one."""
    clipboard = Memory("önce")
    lent = Lent(clipboard)
    lent.put(CODE)
    clipboard.text = "sonra"
    assert not lent.give_back()
    assert clipboard.text == "sonra"
    lent.put(CODE)
    lent.give_back()
    assert clipboard.text == "sonra"


def test_without_a_clipboard_it_says_so() -> None:
    """if there isn't one, the code is missing, and giving back does nothing."""
    lent = Lent(Memory(None))
    assert lent.put(CODE) == "no_clipboard"
    assert not lent.give_back()
    assert CODE not in repr(lent)


def test_the_systems_clipboard_holds_no_pipe_and_reaches_other_programs(screen: str, tmp_path: Path) -> None:
    """A text with Turkish letters arrives; the program that serves it doesn't keep this process's output open."""
    program = (
        "import os; from assistant.official_app.clipboard import SystemClipboard; "
        f"print(SystemClipboard({{**os.environ, 'DISPLAY': '{screen}'}}).write('ığüşöç İ'))"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "True\n"
    assert time.monotonic() - began < 25
    assert clipboard_of(screen) == "ığüşöç İ"


def test_a_session_without_display_has_no_clipboard() -> None:
    """Without a display, or with one that nobody serves, writing says no instead of failing or hanging."""
    assert not SystemClipboard({"PATH": "/nonexistent"}).write(CODE)
    assert not SystemClipboard({"PATH": "/usr/bin:/bin", "DISPLAY": ":987"}).write(CODE)


def test_the_app_inherits_no_setting_and_its_words_hold_no_secret(tmp_path: Path) -> None:
    """The app's process gets the file as its last argument and none of EONAY_*; the folder is gone afterwards."""
    program = "import os, sys; open('told', 'w').write(repr((sys.argv[1:], [n for n in os.environ if 'EONAY' in n])))"
    starter = Starter({"PATH": "/usr/bin", "EONAY_PIN": "135790"})
    assert starter.open(Way((sys.executable, "-c", program), True, True), AppFile("KamuSM-eimza.jnlp", b"<jnlp/>"))
    assert starter._folder is not None
    folder = starter._folder.path
    process = starter._process
    assert process is not None
    assert process.wait(30) == 0
    assert (folder / "told").read_text() == repr(([str(folder / "KamuSM-eimza.jnlp")], []))
    assert folder.stat().st_mode & 0o077 == 0
    starter.close()
    assert not folder.exists()


def test_a_starter_that_is_not_there_is_no_crash() -> None:
    """A configured command that doesn't exist opens nothing."""
    starter = Starter({})
    assert not starter.open(Way(("/nonexistent/app",), True, True), AppFile("a.jar", b""))
    starter.close()


def test_both_languages_tell_the_same_steps() -> None:
    """Turkish and English have the same steps, with the same places to fill in."""
    tr, en = app_words("tr"), app_words("en")
    assert len(tr.steps) == len(en.steps) == 6
    assert tr.texts.keys() == en.texts.keys()
    assert "yalnız e-imza uygulamasına" in tr.steps[4]


def app_with_code(system: System, clipboard: Memory, seconds: int) -> OfficialApp:
    """Return the component with a code that lives *seconds*, on a machine like *system*."""
    rule = HostRule.real()
    app = OfficialApp(rule, clipboard=clipboard, system=system)
    app._code = CODE
    app._note(ShownCode(CODE, seconds))
    app.press("copy")
    app.press("open")
    while app._jobs:
        app.poll()
    return app


def test_without_java_the_code_is_ready_and_the_remedy_told(tmp_path: Path) -> None:
    """On a machine without Java the person reads what to install; the code is copied all the same."""
    clipboard = Memory("önce")
    app = app_with_code(System("linux", ("debian",), root=tmp_path), clipboard, 200)
    advice = app.advice()
    assert advice is not None
    assert any("Temurin 11" in line for line in advice.lines)
    assert clipboard.text == CODE
    assert [name for name, _ in advice.actions] == ["copy", "open"]
    assert app.poll() == "elsewhere"
    app.close()
    assert clipboard.text == "önce"


def test_the_apps_steps_are_told_one_by_one_and_the_last_minute_warned_of() -> None:
    """Each press of the button shows the next step; below 60 seconds there is a warning next to it."""
    app = app_with_code(System("linux"), Memory(""), 59)
    told = []
    for _ in app_words().steps:
        advice = app.advice()
        assert advice is not None
        assert any("60 saniyeden az" in line for line in advice.lines)
        told.append(advice.lines[0])
        app.press("next")
    assert tuple(told) == app_words().steps
    app.close()


def test_the_buttons_from_step_to_step_never_change_places() -> None:
    """Back and next are in the same order at every step; the one that leads nowhere is disabled."""
    app = app_with_code(System("linux"), Memory(""), 200)
    bars = []
    for _ in app_words().steps:
        advice = app.advice()
        assert advice is not None
        bars.append(tuple((name, does) for name, _, does in advice.bar))
        app.press("next")
    inner = (("back", True), ("next", True))
    assert bars == [(("back", False), ("next", True)), *[inner] * (len(bars) - 2), (("back", True), ("next", False))]
    app.close()


@pytest.mark.parametrize(("code", "told"), [(3, "kapandı. Yeniden açmak"), (0, "başlatan program kapandı")])
def test_a_program_that_is_gone_is_never_said_to_be_opening(
    code: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The panel says that the app's program has ended, quotes its last words, and offers to open the app again."""
    starter = Starter()
    app = OfficialApp(HostRule.real(), clipboard=Memory(""), starter=starter)
    app._code = CODE
    app._note(ShownCode(CODE, 200))
    say = f"import sys; print('Exception: Kart yok'); print('\\tat tr.gov.Main(Main.java:1)'); sys.exit({code})"
    assert starter.open(Way((sys.executable, "-c", say), True, True), AppFile("a.jar", b""))
    app._state, app._opened_at = "opened", time.monotonic() - 3600
    assert starter._process is not None
    starter._process.wait(30)
    app.poll()
    advice = app.advice()
    assert advice is not None
    assert not any("açılıyor" in line or "çalışıyor" in line for line in advice.lines)
    assert told in advice.lines[1]
    assert "“Exception: Kart yok”" in advice.lines[1]
    assert "open" in dict(advice.actions)
    app.close()


def test_the_four_troubles_with_the_app_have_their_remedies() -> None:
    """“Sorun yaşıyorum” knows in both languages what a person would say of the app, each with what helps."""
    titles = [title for title, _ in app_troubles("tr")]
    assert [
        word for title, word in zip(titles, ("açılmıyor", "kartı", "kodu", "PIN"), strict=True) if word in title
    ] == [
        "açılmıyor",
        "kartı",
        "kodu",
        "PIN",
    ]
    assert all(remedy for language in ("tr", "en") for _, remedy in app_troubles(language))


def test_a_code_that_is_over_leaves_the_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the page shows no code or another one, the old one is taken back at once, and soon known to be dead."""
    clipboard = Memory("önce")
    app = app_with_code(System("linux"), clipboard, 200)
    app._note(None)
    advice = app.advice()
    assert advice is not None
    assert "Tekrar Kod Al" in advice.lines[0]
    assert app.poll() == "elsewhere"
    now = time.monotonic()
    monkeypatch.setattr("assistant.signing.with_app.monotonic", lambda: now + 4)
    assert app.poll() == "code_dead"
    app.close()
    assert clipboard.text == "önce"


def test_a_code_that_the_page_shows_again_is_back_on_the_clipboard() -> None:
    """A page that is drawn again shows no code for a moment: what is said to be copied is copied."""
    clipboard = Memory("önce")
    app = app_with_code(System("linux"), clipboard, 200)
    app._note(None)
    app._clip.submit(lambda: None).result()  # the code has been taken back
    assert clipboard.text == "önce"
    app._note(ShownCode(CODE, 190))
    while app._jobs:
        app.poll()
    assert clipboard.text == CODE
    app.close()
    assert clipboard.text == "önce"


@pytest.mark.parametrize("over", ["dead", "gone"])
def test_a_code_that_ends_while_it_is_being_copied_never_gets_to_the_clipboard(over: str) -> None:
    """The page can lose its code, or the run can end, between our last look and the copying."""

    class Between(ThreadPoolExecutor):
        """A clipboard's thread that is asked to copy a moment too late."""

        def submit(self, work: Callable[..., Any], /, *code: Any, **more: Any) -> Future[Any]:
            """Let the code end first."""
            if code and app._code:
                app._note(None) if over == "dead" else app._forget()
            return super().submit(work, *code, **more)

    clipboard = Memory("önce")
    app = OfficialApp(HostRule.real(), clipboard=clipboard, system=System("linux"))
    app._clip.shutdown()
    app._clip = Between(1)
    app._code = CODE
    app._submit(is_open=True)
    while app._jobs:
        app.poll()
    app._clip.submit(lambda: None).result()  # what was asked for before is done
    assert clipboard.text == "önce"
    app.close()
    assert clipboard.text == "önce"
