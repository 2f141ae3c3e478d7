"""If a page's scripts ran before the guard nothing is pressed: it is reloaded, or a press of weight is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext

from assistant.run.events import Event, Looked, Shifted, Unclear
from assistant.run.limits import Limits
from assistant.run.look import Looking
from assistant.run.state import RunState, Told
from flows import Press
from tests.flows.conftest import PORT, Stage, stage_in
from tests.flows.pages import SIGNING, eonay

OPENER = "<p>Hoş geldiniz</p><button onclick=\"window.open('/eonay')\">Aç</button>"
DEAD = SIGNING.replace("286", "0").replace("Kalan süre", "Kodun süresi dolmuştur. Kalan süre")


@pytest.fixture
def opened(context: BrowserContext) -> Stage:
    """A stage with a page that opens another one in a new window."""
    stage = stage_in(context)
    stage.show(OPENER)
    return stage


def _open(stage: Stage, body: str, site: str) -> list[str]:
    """Open *body* from the page, and return the list of requests for it."""
    asked: list[str] = []
    address = f"http://{site}.localhost:{PORT}/eonay"
    stage.put(body, site=site, path="/eonay")
    stage.page.evaluate(
        "address => document.querySelector('button').setAttribute('onclick', `window.open('${address}')`)", address
    )
    stage.page.context.on("request", lambda request: asked.append(request.url))
    with stage.page.context.expect_page() as page:
        stage.page.click("button")
    page.value.wait_for_load_state()
    return asked


def _look(looking: Looking) -> Event:
    return looking.look(replace(RunState.begun(0), told=Told(missing=True)), 0, Limits())


def test_a_page_in_a_window_that_a_page_opened_is_loaded_anew_once(opened: Stage) -> None:
    """Before anything is pressed there its address is loaded again, and then it is a page as any other."""
    asked = _open(opened, eonay(), "nesbilgi")
    looking = Looking(opened.hand)
    assert isinstance(_look(looking), Shifted)
    opened.page.context.pages[-1].wait_for_load_state()
    event = _look(looking)
    assert isinstance(event, Looked), event
    assert isinstance(event.decision, Press)
    assert event.decision.approval == "consent"
    assert len(asked) == 2


def test_the_page_of_the_signature_is_never_loaded_anew(opened: Stage) -> None:
    """A code lives on it: no press of weight is made there, and the run says why."""
    asked = _open(opened, DEAD, "nesbilgi")
    event = _look(Looking(opened.hand))
    assert isinstance(event, Unclear), event
    assert event.reason == "page_unguarded"
    assert len(asked) == 1


def test_a_page_that_was_there_from_the_start_is_not_loaded_anew(opened: Stage) -> None:
    """In our own window the guard runs before every page."""
    tab = opened.show(eonay(), site="nesbilgi")
    assert tab.frames[0].is_guarded
    assert isinstance(_look(Looking(opened.hand)), Looked)
