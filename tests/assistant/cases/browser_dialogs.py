"""The browser's own dialogs: alert, confirm, prompt, and the question before a page is left."""

from __future__ import annotations

from random import Random

from tests.assistant.cases import questions
from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import BASES, LEFT_ALONE, WENT_ON, Variant, page

_CALLS = {
    "alert": "alert(TEXT); log('wrong-ok');",
    "confirm": "log(confirm(TEXT) ? 'wrong-yes' : 'wrong-no');",
    "prompt": "log(prompt(TEXT) === null ? 'wrong-cancel' : 'wrong-ok');",
}
_TIMES = {
    "on-load": "CALL",
    "after-press": "step = () => { CALL end(); };",
    "after-a-while": "step = () => setTimeout(() => { CALL end(); }, 700);",
    "before-the-page": "",
}
_LEAVING = """addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x'; });
step = () => { location = '/nes/ileri'; };"""
_STAYING = "step = () => { location = '/nes/ileri'; };"
_AFTER = "if (location.pathname === '/nes/ileri') { addEventListener('DOMContentLoaded', end); }"


def make_browser_dialog(seed: int, shape: Random, words: Random, trap: bool) -> Variant:
    """Make a page that asks through the browser's own dialogs; the twin only writes to the console."""
    base = shape.choice(list(BASES))
    title, body = BASES[base]
    kinds = [*((call, time) for call in _CALLS for time in _TIMES), ("beforeunload", "after-press")]
    call, time = kinds[seed % len(kinds)]
    text = words.choice([text for texts in questions.QUESTIONS.values() for text in texts])
    if call == "beforeunload":
        # "Leave this page?" is no real question if the run itself moves on: trap and twin both go on.
        script, trap = (_LEAVING if trap else _STAYING), False
        before = _AFTER
        html = page(title, f"<script>{before}</script>{body}", script=script)
    else:
        asking = _CALLS[call].replace("TEXT", repr(text)) if trap else f"console.info({text!r});"
        before = f"<script>{asking}</script>" if time == "before-the-page" else ""
        html = page(title, before + body, script=_TIMES[time].replace("CALL", asking))
    pressed = {"go": 1} if time.startswith("after") else {}
    expected = Expectation(LEFT_ALONE, pressed) if trap else Expectation(WENT_ON, {"go": 1})
    return Variant(f"{call}, {base}, {time}: {text}", trap, html, expected)
