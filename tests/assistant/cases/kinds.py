"""The kinds of generated pages."""

from __future__ import annotations

from collections.abc import Mapping

from tests.assistant.cases.browser_dialogs import make_browser_dialog
from tests.assistant.cases.codes import make_code
from tests.assistant.cases.dialogs import make_dialog
from tests.assistant.cases.drawing import make_drawing
from tests.assistant.cases.drawn import make_drawn
from tests.assistant.cases.hidden import make_hidden
from tests.assistant.cases.overlays import make_overlay
from tests.assistant.cases.presses import make_press
from tests.assistant.cases.proof.browser_kinds import BROWSER
from tests.assistant.cases.proof.pure_kinds import PURE
from tests.assistant.cases.quotations import make_quotation
from tests.assistant.cases.shapes import make_shape
from tests.assistant.cases.statements import make_statement
from tests.assistant.cases.toasts import make_toast
from tests.assistant.cases.variants import Make, Variant, make

KINDS: Mapping[str, Make] = {
    "codes": make_code,
    "controls": make_drawn,
    "dialogs": make_dialog,
    "browser": make_browser_dialog,
    "drawing": make_drawing,
    "overlays": make_overlay,
    "presses": make_press,
    "quotations": make_quotation,
    "shapes": make_shape,
    "statements": make_statement,
    "toasts": make_toast,
    "visibility": make_hidden,
}
ALL: Mapping[str, Make] = {**KINDS, **PURE, **BROWSER}
"""Those of the proof besides: see `tests.assistant.cases.proof`."""


def variant(kind: str, seed: int, *, trap: bool) -> Variant:
    """Return the trap of *kind* with *seed*, or its harmless twin: the same page every time."""
    return make(kind, ALL[kind], seed, trap=trap)
