"""The browser's answer includes what people typed, and it stops there."""

from __future__ import annotations

import copy
import gc
import io
from dataclasses import fields, is_dataclass

import pytest
from loguru import logger
from playwright.sync_api import Page

from flows import HostRule
from flows.witness.snapshot import STYLES, PageSnapshot, parse
from flows.witness.witness import Witness
from tests.flows.conftest import PORT, Stage

CANARY = "Kanarya7391"
FIELDS = """<p>Kimlik <input id=a value=CANARY><input id=b type=password><input id=c type=hidden value=CANARY>
<textarea id=d>CANARY</textarea><input id=e type=number><input id=f readonly value=CANARY><input type=search id=g>
<input type=checkbox value=CANARY checked><div><template shadowrootmode=closed><input value=CANARY></template></div>
<iframe srcdoc="<input value=CANARY><textarea>CANARY</textarea>"></iframe><input type=submit value=Gönder></p>"""


def _snapshot(stage: Stage, page: Page) -> dict[str, object]:
    stage.show(FIELDS.replace("CANARY", CANARY))
    for name in "bg":
        page.locator(f"#{name}").fill(CANARY)
    session = page.context.new_cdp_session(page)
    asked = {"computedStyles": list(STYLES), "includePaintOrder": True, "includeBlendedBackgroundColors": True}
    raw: dict[str, object] = session.send("DOMSnapshot.captureSnapshot", asked)
    return raw


def _all_that_is_held(thing: object) -> str:
    """Return everything *thing* holds as text, even what its repr doesn't show."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return " ".join(_all_that_is_held(getattr(thing, part.name)) for part in fields(thing))
    if isinstance(thing, dict):
        return " ".join(f"{key} {_all_that_is_held(value)}" for key, value in thing.items())
    if isinstance(thing, list | tuple | set | frozenset):
        return " ".join(map(_all_that_is_held, thing))
    return str(thing)


def _parsed(raw: dict[str, object]) -> PageSnapshot:
    return parse(raw, lambda url: f":{PORT}/" in url)


def test_no_value_of_a_field_is_kept(stage: Stage) -> None:
    """A field's value, typed or preset, open or closed, is gone once we have read the answer."""
    raw = _snapshot(stage, stage.page)
    assert CANARY in str(raw), "the browser does send values"
    held = _all_that_is_held(_parsed(raw))
    assert CANARY not in held
    assert "Gönder" in held, "the label of a button is not a value"


def test_what_is_kept_shows_itself_to_nobody(stage: Stage) -> None:
    """If a tree ends up in a log or an exception, it shows none of the page's words."""
    snapshot = _parsed(_snapshot(stage, stage.page))
    assert "Gönder" not in repr(snapshot)
    assert "Kimlik" not in repr(snapshot.nodes[-1])
    assert all("Kimlik" not in repr(node) for node in snapshot.nodes)


@pytest.mark.parametrize("broken", ["strings", "documents", "layout", "textBoxes"])
def test_an_answer_that_is_not_understood_tells_nothing_either(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """An answer with an unexpected shape confirms nothing, and neither a log nor an exception shows what was in it."""
    raw = copy.deepcopy(_snapshot(stage, stage.page))
    if broken in raw:
        raw[broken] = [CANARY]
    else:
        document = raw["documents"][0]  # type: ignore[index]
        document[broken] = {"nodeIndex": [CANARY]}
    witness = Witness(HostRule.for_loopback(f"http://onlineislemler.localhost:{PORT}/landing"))
    monkeypatch.setattr(witness, "_ask", lambda _page: raw)
    log = io.StringIO()
    sink = logger.add(log, level="TRACE", diagnose=True, backtrace=True)
    try:
        assert witness._snapshot(stage.page) is None
    finally:
        logger.remove(sink)
    assert CANARY not in log.getvalue()


def test_a_frame_of_anybody_else_is_not_read(stage: Stage) -> None:
    """If a page of the gateway is in a frame, all we keep is that it is there."""
    stage.put(f"<p>{CANARY}</p>", site="giris", path="/in")
    stage.show(f'<iframe src="http://giris.localhost:{PORT}/in"></iframe><p>Bilgi</p>')
    stage.page.frames[1].wait_for_load_state()
    witness = Witness(stage.observer.rule)
    snapshot = witness._snapshot(stage.page)
    assert snapshot is not None
    held = _all_that_is_held(snapshot)
    assert CANARY not in held
    assert "Bilgi" in held
    gc.collect()


def test_no_page_of_the_gateway_is_asked_about(stage: Stage) -> None:
    """The second witness never looks at a page of the gateway or of a stranger."""
    witness = Witness(stage.observer.rule)
    assert not witness.may_read(f"http://giris.localhost:{PORT}/Giris/gir")
    assert not witness.may_read("https://bank.example/")
    assert witness.may_read(f"http://onlineislemler.localhost:{PORT}/eonay")
