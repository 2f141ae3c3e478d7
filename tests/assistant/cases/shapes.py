"""Controls that don't look like controls: cards with a listener, buttons that are switches, rows that are a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import LEFT_ALONE, WENT_ON, Variant, page
from tests.flows.pages import GIVE, INTRO, TILES

Form = Callable[[Random, bool], tuple[str, str, str]]
"""Draws the trap or the twin: ``(shape, trap)``; returns title, body and script."""

STYLE = """.card{border:1px solid #999;padding:1em;margin:6px;width:360px}.row{display:flex;gap:8px}.over{opacity:0;position:absolute;
inset:0;width:100%;height:100%;margin:0;z-index:1}.knob{display:inline-block;position:relative;width:48px;height:28px;background:#bbb;
border-radius:14px}.thumb{position:absolute;inset:3px 23px 3px 3px;background:#fff;border-radius:11px;cursor:pointer}.state{display:inline-block;
padding:3px 9px;border:1px solid #888;border-radius:12px}.box{display:inline-block;width:18px;height:18px;border:1px solid #888;position:relative}"""
_EONAY = "E-Onay İşlemleri"
_CARDS: Mapping[str, str] = {
    "div": '<div class="card" data-to="NAME"><div>NAME</div><div>TEXT</div></div>',
    "heading": '<article class="card" data-to="NAME"><h5>NAME</h5><p>TEXT</p></article>',
    "list": '<ul><li class="card" data-to="NAME"><b>NAME</b><br><small>TEXT</small></li></ul>',
    "content": '<div class="card"><div data-to="NAME"><b>NAME</b><div>TEXT</div></div></div>',
    "element": '<x-card class="card" data-to="NAME" style="display:block"><template shadowrootmode="open"><slot name="t"></slot><slot></slot>'
    '</template><div slot="t">NAME</div>TEXT</x-card>',
    "region": '<section role="region" class="card" data-to="NAME"><div>NAME</div><p>TEXT</p></section>',
}
_LISTENS: Mapping[str, str] = {
    "each": "cards.forEach((card) => card.addEventListener('click', () => act(card)));",
    "property": "cards.forEach((card) => { card.onclick = () => act(card); });",
    # As on pages with one listener for everything, where elements are only marked.
    "page": "cards.forEach((card) => { card.onclick = () => {}; }); document.body.addEventListener('click', (event) => { "
    "const card = event.composedPath().find((one) => one.dataset?.to); if (card) act(card); });",
}


def _cards(card: str, titles: Mapping[str, str]) -> str:
    return "".join(card.replace("NAME", title).replace("TEXT", text) for title, text in titles.items())


def _listening(shape: Random, trap: bool) -> tuple[str, str, str]:
    """Tiles have a listener and nothing else; in the trap there are two, or the whole page listens, or the title alone."""
    card, listens = _CARDS[shape.choice(list(_CARDS))], _LISTENS[shape.choice(list(_LISTENS))]
    how = shape.choice(("twice", "section", "title"))
    tiles = _cards(card, TILES)
    if trap and how == "twice":
        tiles += _cards(card, {_EONAY: TILES[_EONAY]})
    elif trap:
        title = f"<h2>{_EONAY}</h2>" if how == "section" else f'<h1 data-to="x">{_EONAY}</h1>'
        many = "".join(f"<p>{text}</p>" for text in TILES.values())
        tiles = f"<section {'data-to=x' if how == 'section' else ''}>{title}{many}</section>"
    wanted = "false" if trap else f"card.dataset.to === '{_EONAY}'"
    script = f"""const cards = [...document.querySelectorAll('[data-to]')];
const act = (card) => {{ if ({wanted}) go(); else log('wrong'); }};
{listens}"""
    return "NES İşlemleri", f"<h1>NES İşlemleri</h1><div>{tiles}</div>", script


_BULLETIN = "Kampanya ve duyurular hakkında kısa mesaj almak istiyorum."
_PRESSED: Mapping[str, str] = {
    "button": '<button type="button" aria-pressed="false" data-it>TEXT</button>',
    "group": '<div role="group"><button type="button" aria-pressed="false" data-it><span>TEXT</span></button></div>',
    "role": '<div role="button" tabindex="0" aria-pressed="false" aria-label="TEXT" data-it><div><span>TEXT</span></div></div>',
    "card": '<div role="group"><div role="button" aria-pressed="false" class="card" data-it><p>TEXT</p></div></div>',
    "shell": '<x-choice role="button" tabindex="0" aria-pressed="false" data-it><template shadowrootmode="open"><b><slot></slot></b>'
    "</template>TEXT</x-choice>",
}
_ROWS: Mapping[str, str] = {
    "before": '<div role="button" tabindex="0" class="row" data-it><span class="box"><input type="checkbox" tabindex="-1" class="over" id="i"></span>'
    "<span>TEXT</span></div>",
    "behind": '<ul><li><div role="button" tabindex="0" data-it><span>TEXT</span> <span class="box"><input type="checkbox" class="over" id="i">'
    "</span></div></li></ul>",
    "plain": '<div role="button" tabindex="0" data-it><input type="checkbox" tabindex="-1" id="i"> TEXT</div>',
    "deep": '<section><div role="button" tabindex="0" class="row" data-it><div><span class="box"><input type="checkbox" class="over" id="i">'
    '<svg width="9" height="9"><path d="M0 0h9v9z"/></svg></span></div><div><p>TEXT</p></div></div></section>',
    "radio": '<div role="button" tabindex="0" class="row card" data-it><input type="radio" tabindex="-1" id="i"><b>TEXT</b></div>',
}
_MADE: Mapping[str, str] = {
    "both": '<div class="row"><div class="knob" role="checkbox" aria-checked="false" data-it><input type="checkbox" role="switch" class="over">'
    '<span class="thumb"></span></div><span>TEXT</span></div>',
    "focus": '<div class="row"><span class="knob" role="switch" aria-checked="false" tabindex="0" data-it><input type="checkbox" class="over" '
    'tabindex="-1"><i class="thumb"></i></span><em>TEXT</em></div>',
    "words first": '<div class="row"><p>TEXT</p><div class="knob" role="switch" aria-checked="false" data-it><i class="thumb"></i>'
    '<input type="checkbox" class="over"></div></div>',
    "named": '<div class="row"><div class="knob" role="checkbox" aria-checked="false" aria-labelledby="w" data-it><span class="thumb"></span>'
    '<input type="checkbox" class="over"></div><span id="w">TEXT</span></div>',
    "radio": '<div class="row"><div class="knob" role="radio" aria-checked="false" data-it><input type="radio" class="over"><b class="thumb"></b>'
    "</div><div>TEXT</div></div>",
}
_STATES: Mapping[str, str] = {
    "one": '<div class="row"><div role="switch" tabindex="0" aria-checked="false" class="state" data-it>Kapalı</div><span>TEXT</span></div>',
    "named": '<div class="row"><div role="switch" tabindex="0" aria-checked="false" aria-label="KAPALI" class="state" data-it>KAPALI</div>'
    "<p>TEXT</p></div>",
    "button": '<p><button type="button" role="switch" aria-checked="false" class="state" data-it>OFF</button> <span>TEXT</span></p>',
    "words first": '<div class="row"><span>TEXT</span><span role="switch" tabindex="0" aria-checked="false" class="state" data-it>off</span></div>',
    "deep": '<div class="row"><div><div role="switch" tabindex="0" aria-checked="false" data-it><div class="state"><b>Pasif</b></div></div></div>'
    "<div><div>TEXT</div></div></div>",
}


def _switch(drawn: Mapping[str, str], *, late_ms: int = 0) -> Form:
    """Return what draws one of *drawn*, a box of any kind, before Devam; in the trap its words ask for something else.

    What it is shows *late_ms* after it was pressed, and a second press takes it back.
    """

    def form(shape: Random, trap: bool) -> tuple[str, str, str]:
        box = drawn[shape.choice(list(drawn))].replace("TEXT", _BULLETIN if trap else GIVE)
        said = f"<p>{GIVE}</p>" if trap else ""
        told = "log('wrong-box');" if trap else ""
        script = f"""const it = document.querySelector('[data-it]'), i = document.querySelector('#i'), d = document.querySelector('#d');
d.onclick = go;
it.addEventListener('click', (event) => {{
  const on = d.disabled;
  d.disabled = !on;
  if (i && event.target !== i) i.checked = on;
  if (!on) log('wrong-taken-back');
  setTimeout(() => {{
    for (const name of ['aria-checked', 'aria-pressed']) if (it.hasAttribute(name)) it.setAttribute(name, on);
  }}, {late_ms});
  {told}
}});"""
        body = f"<h1>{_EONAY}</h1><p>{INTRO}</p>{said}{box}<p><button type='button' id='d' disabled>Devam</button></p>"
        return _EONAY, body, script

    return form


def _called_so(shape: Random, trap: bool) -> tuple[str, str, str]:
    """The one button of a tile has its own word as its name too; in the trap two tiles have the title."""
    word = shape.choice(("Tıklayınız", "Git", "İncele", "Detay"))
    title = shape.choice(("h5", "div", "b"))
    name = shape.choice((f'aria-label="{word}"', f'title="{word}"', f'aria-label="{word.upper()}"'))

    def tile(named: str, act: str) -> str:
        button = f'<button type="button" {name} onclick="{act}">{word}</button>'
        return f'<div class="card"><{title}>{named}</{title}><div>{TILES[named]}</div><div>{button}</div></div>'

    others = "".join(tile(named, "log('wrong')") for named in TILES if named != _EONAY)
    wanted = tile(_EONAY, "log('wrong')") * 2 if trap else tile(_EONAY, "go()")
    return "NES İşlemleri", f"<h1>NES İşlemleri</h1>{others}{wanted}", ""


FORMS: Mapping[str, Form] = {
    "listening": _listening, "pressed": _switch(_PRESSED), "row": _switch(_ROWS), "made of": _switch(_MADE), "state": _switch(_STATES),
    "called so": _called_so, "late": _switch({**_STATES, **_PRESSED}, late_ms=700),
}  # fmt: skip


def make_shape(seed: int, shape: Random, _words: Random, trap: bool) -> Variant:
    """Make a page with one control that doesn't look like one, or its trap."""
    name = list(FORMS)[seed % len(FORMS)]
    title, body, script = FORMS[name](shape, trap)
    expected = Expectation(LEFT_ALONE) if trap else Expectation(WENT_ON, {"go": 1})
    return Variant(name, trap, page(title, body, style=STYLE, script=script), expected)
