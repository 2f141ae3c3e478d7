"""The browser's own dialogs belong to the person. We hold them, and nothing hangs because of one."""

from __future__ import annotations

import pytest

from flows import PageHeld, portal_look
from flows.controls import find
from tests.flows.conftest import Stage

ASKING = """<a href='#'>Ana Sayfa</a><script>document.querySelector('a').onclick = () => {{
document.title = {}('Sertifikanız iptal edilecek. Emin misiniz?'); }}</script>"""


@pytest.mark.parametrize("kind", ["alert", "confirm", "prompt"])
def test_a_dialog_that_a_press_opens_is_held(stage: Stage, kind: str) -> None:
    """The press is over and we can show what the dialog says. It stays open until the person answers."""
    tab = stage.show(ASKING.format(kind))
    dialogs = []
    stage.page.on("dialog", lambda dialog: dialogs.append(dialog))
    assert stage.hand.press(tab, find(tab, portal_look().controls["portal_home"]))
    held = stage.observer.held
    assert held.text() == "Sertifikanız iptal edilecek. Emin misiniz?"
    assert held.text() is not None
    dialogs[0].dismiss()
    stage.page.wait_for_function("true")  # the page runs again
    assert held.text() is None
    assert not held


def test_a_wait_ends_when_a_dialog_opens(stage: Stage) -> None:
    """Any wait on a page ends as soon as a dialog holds the page."""
    stage.show("<p>Hoş geldiniz</p>")
    stage.page.evaluate("() => { setTimeout(() => alert('Oturum'), 50) }")
    with pytest.raises(PageHeld), stage.observer.held.giving_way():
        stage.page.evaluate("new Promise(() => {})")
    assert stage.observer.held.text() == "Oturum"


def test_a_page_that_would_rather_stay_is_left(stage: Stage) -> None:
    """If the run leaves a page and the page asks whether to stay, the run still leaves."""
    stage.put("<p>Başka</p>", path="/baska")
    stage.show("<button>Devam</button><script>addEventListener('beforeunload', e => e.preventDefault())</script>")
    stage.page.click("button")
    with stage.observer.held.giving_way():
        stage.page.goto(stage.page.url.replace("/page", "/baska"))
    assert stage.page.inner_text("p") == "Başka"
    assert not stage.observer.held
