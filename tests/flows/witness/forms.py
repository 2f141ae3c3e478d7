"""How the part with the sentence and Devam is drawn, and where the ways put their pieces.

A block has the places BEFORE, SENTENCE, BETWEEN and AFTER. DEVAM is the button.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.flows.pages import GIVE

FORMS: Mapping[str, str] = {
    "plain": "BEFORE<p>SENTENCE</p>BETWEEN<p>DEVAM</p>AFTER",
    "form": '<form onsubmit="return false">BEFORE<div>SENTENCE</div>BETWEEN<div class="actions">DEVAM</div>AFTER</form>',
    "ticked": '<form onsubmit="return false">BEFORE<label><input type="checkbox" checked> SENTENCE</label>BETWEEN'
    "<div>DEVAM</div>AFTER</form>",
    "card": '<div class="card"><div class="card-body">BEFORE<div class="check"><input type="radio" id="r" checked>'
    '<label for="r">SENTENCE</label></div>BETWEEN</div><div class="card-footer">DEVAM</div>AFTER</div>',
    "table": "<table><tr><td>BEFORE</td></tr><tr><td>SENTENCE</td></tr><tr><td>BETWEEN</td></tr><tr><td>DEVAM</td></tr>"
    "<tr><td>AFTER</td></tr></table>",
    "flex": '<div style="display:flex;flex-direction:column;gap:12px;align-items:flex-start">BEFORE<div>SENTENCE</div>'
    "BETWEENDEVAM AFTER</div>",
    "grid": '<main style="display:grid;gap:1em;max-width:60em"><section>BEFORE<span>SENTENCE</span></section>'
    "<section>BETWEEN</section><section>DEVAM</section>AFTER</main>",
    "shadow": '<eonay-box><template shadowrootmode="open"><div>BEFORE<p>SENTENCE</p>BETWEEN DEVAM AFTER</div></template>'
    "</eonay-box>",
    "slots": '<eonay-box><template shadowrootmode="open"><style>:host{display:block}</style><section><slot></slot></section>'
    '<footer><slot name="act"></slot></footer></template>BEFORE<p>SENTENCE</p>BETWEEN AFTER<span slot="act">DEVAM</span>'
    "</eonay-box>",
    "narrow": '<div style="width:300px">BEFORE<p>SENTENCE</p>BETWEEN<p>DEVAM</p>AFTER</div>',
}
"""The blocks, by name."""

DEVAM = '<button type="button" onclick="go()" ATTRIBUTES>DEVAM_TEXT</button>'
PLACES = ("BEFORE", "BETWEEN", "AFTER")


def filled(form: str, parts: Mapping[str, str]) -> str:
    """Return the block *form* with *parts* in their places. Missing parts are plain or empty."""
    given = {"SENTENCE": GIVE, "DEVAM": DEVAM, "BEFORE": "", "BETWEEN": "", "AFTER": "", "ATTRIBUTES": "", **parts}
    html = FORMS[form]
    for name in ("BEFORE", "SENTENCE", "BETWEEN", "AFTER", "DEVAM", "ATTRIBUTES"):
        html = html.replace(name, given[name], 1)
    return html.replace("DEVAM_TEXT", given.get("DEVAM_TEXT", "Devam"))
