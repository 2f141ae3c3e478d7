"""Ways to cover a page without markup that says so: frames, drawers, sheets, shells, bare scrims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from tests.assistant.cases.layers import FRAMES, STYLE, Content

Form = Callable[[str, Content], str]
"""Makes the page's body from what stands under the layer, and the layer's content."""

_X = '<button type="button" style="float:right" onclick="DO">×</button>'
_INNER = """<meta charset="utf-8"><script>function log(word) { parent.log(word); } function gone() { parent.gone(); }
function end() { parent.end(); }</script>"""
_SCRIM = '<div data-layer style="position:fixed;inset:0;background:#0007;z-index:900"></div>'
_PLACE = "position:fixed;z-index:901;background:#fff;padding:20px;"


def _inside(c: Content) -> str:
    return f"{c.cross(_X)}{c.heading()}<div>{c.body}</div><div>{c.row}</div>"


def _framed(c: Content, style: str) -> str:
    return f'<iframe data-layer style="{style};border:0" srcdoc="{escape(_INNER + _inside(c))}"></iframe>'


def _drawn(name: str) -> Form:
    return lambda body, c: f'<div id="root">{body}</div>{FRAMES[name](c)}'


FORMS: Mapping[str, Form] = {
    "native": _drawn("native"),
    "aria": _drawn("aria"),
    "plain": _drawn("plain"),
    "popover": _drawn("popover"),
    "shadow": _drawn("shadow"),
    "shadow-slots": _drawn("shadow-slots"),
    "material": _drawn("material"),
    "webforms": _drawn("webforms"),
    "frame-over-all": lambda body, c: (
        f'<div id="root">{body}</div>' + _framed(c, "position:fixed;inset:0;width:100%;height:100%;background:#fffd")
    ),
    "frame-box": lambda body, c: (
        f'<div id="root">{body}</div>{_SCRIM}'
        + _framed(c, "position:fixed;z-index:901;left:20%;top:60px;width:60%;height:340px;background:#fff")
    ),
    "frame-in-dialog": lambda body, c: (
        f'<div id="root">{body}</div><div data-layer class="lid" role="dialog" aria-modal="true"><div class="box">'
        + _framed(c, "width:400px;height:300px")
        + "</div></div>"
    ),
    "drawer": lambda body, c: (
        f'<div id="root">{body}</div>{_SCRIM}<div data-layer style="{_PLACE}left:0;top:0;bottom:0;width:300px">'
        f"{_inside(c)}</div>"
    ),
    "sheet": lambda body, c: (
        f'<div id="root">{body}</div>{_SCRIM}<section data-layer style="{_PLACE}left:0;right:0;bottom:0;height:280px">'
        f"{_inside(c)}</section>"
    ),
    "before-the-page": lambda body, c: (
        f'{_SCRIM}<div data-layer style="{_PLACE}left:10%;right:10%;top:40px">{_inside(c)}</div><div id="root">{body}</div>'
    ),
    "in-a-shell": lambda body, c: (
        '<div style="position:fixed;inset:0;overflow:auto"><div id="root" style="position:absolute;inset:0">'
        f'{body}</div><div data-layer style="position:absolute;inset:0;background:#0008;z-index:3"><div style="margin:60px '
        f'auto;width:420px;background:#fff;padding:2em">{_inside(c)}</div></div></div>'
    ),
    "scrim-drawn-by-style": lambda body, c: (
        "<style>.own::before{content:'';position:fixed;inset:0;background:#0008;z-index:-1}</style>"
        f'<div id="root">{body}</div><div data-layer class="own" style="{_PLACE}left:25%;top:80px;width:50%">{_inside(c)}</div>'
    ),
    "wide-box": lambda body, c: (
        f'<div id="root">{body}</div><div data-layer style="{_PLACE}left:2%;right:2%;top:1%;bottom:1%">{_inside(c)}</div>'
    ),
    "hides-the-page": lambda body, c: f'<div id="root" style="display:none">{body}</div>{FRAMES["aria"](c)}',
    "made-inert": lambda body, c: (
        f'<div id="root" inert aria-hidden="true">{body}</div>{_SCRIM}<div data-layer style="{_PLACE}left:25%;top:80px;'
        f'width:50%">{_inside(c)}</div>'
    ),
}
"""By name. `tests.assistant.cases.layers.FRAMES` has those that libraries draw."""
SHEET = STYLE
"""The style sheet they need."""
