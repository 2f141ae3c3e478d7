"""Controls that do not look like any: cards that merely listen, buttons that are switches, rows that are a box's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import LEFT_ALONE, WENT_ON, Variant, page
from tests.flows.pages import TILES

Form = Callable[[Random, bool], tuple[str, str, str]]
"""Draws the trap or the twin: ``(shape, trap)``; returns title, body and script."""

STYLE = ".card{border:1px solid #999;padding:1em;margin:6px;width:360px}"
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
    # As where one listener of the page hears all, and the elements are merely marked as heard.
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


FORMS: Mapping[str, Form] = {"listening": _listening}


def make_shape(seed: int, shape: Random, _words: Random, trap: bool) -> Variant:
    """Make a page with one control that does not look like any, or its trap."""
    name = list(FORMS)[seed % len(FORMS)]
    title, body, script = FORMS[name](shape, trap)
    expected = Expectation(LEFT_ALONE) if trap else Expectation(WENT_ON, {"go": 1})
    return Variant(name, trap, page(title, body, style=STYLE, script=script), expected)
