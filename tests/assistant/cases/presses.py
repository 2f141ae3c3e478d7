"""What a press would hit: something else in, over or around the wanted control. The twin only has decoration there."""

from __future__ import annotations

from random import Random

from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import BASES, LEFT_ALONE, WENT_ON, Variant, page, tiles
from tests.flows.pages import GIVE, INTRO

_ALL = "position:absolute;inset:0"
_CENTRE = "position:absolute;left:calc(50% - 20px);top:calc(50% - 20px);width:40px;height:40px"
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_STYLE = """.t,.d{position:relative;display:inline-block;border:1px solid #999;margin:4px;background:#eef}.t{padding:2em;
cursor:pointer}.d{padding:8px 40px}.bare{all:unset}.over{position:absolute}"""
_BODY = "<b>E-Onay İşlemleri</b><p>Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.</p>"
_TILES = {
    "div": f'<div id="w" class="t" onclick="go()">{_BODY}</div>',
    "link": f'<a id="w" class="t" href="#" onclick="go();return false">{_BODY}</a>',
    "button": f'<button id="w" type="button" class="t" onclick="go()">{_BODY}</button>',
    "role": f'<div id="w" class="t" role="button" tabindex="0" onclick="go()">{_BODY}</div>',
    "list-item": f'<ul><li id="w" class="t" role="link" tabindex="0" onclick="go()">{_BODY}</li></ul>',
}
_DEVAMS = {
    "button": '<button id="w" type="button" class="d" onclick="go()">Devam</button>',
    "link": '<a id="w" class="d" href="#" onclick="go();return false">Devam</a>',
    "role": '<div id="w" class="d" role="button" tabindex="0" onclick="go()">Devam</div>',
    "span": '<span id="w" class="d" style="cursor:pointer" onclick="go()">Devam</span>',
}
_OTHERS = """<p><label><input type="checkbox" id="other" onchange="log('wrong-box')"> E-posta ile bilgilendirme</label></p>
<form id="other-form" onsubmit="log('wrong-form');return false"></form>
<map name="areas"><area shape="rect" coords="0,0,3000,3000" href="#" alt="" onclick="WRONG"></map>"""
_WRONG = ("event.stopPropagation();log('wrong');return false", "log('wrong');return false")

TRAPS: dict[str, str] = {
    "link-all": f'<a href="#" style="{_ALL}" onclick="WRONG"></a>',
    "link-centre": f'<a href="#" aria-hidden="true" style="{_CENTRE}" onclick="WRONG"></a>',
    "link-unreachable": f'<a href="#" tabindex="-1" style="{_ALL};opacity:0" onclick="WRONG">.</a>',
    "button-all": f'<button type="button" style="{_ALL};opacity:0" onclick="WRONG"></button>',
    "button-centre": f'<button type="button" style="{_CENTRE};background:none;border:0" onclick="WRONG">☆</button>',
    "label-all": f'<label for="other" style="{_ALL}"></label>',
    "label-centre": f'<label for="other" style="{_CENTRE}">☆</label>',
    "submitter-all": f'<button form="other-form" style="{_ALL};opacity:0"></button>',
    "submitter-centre": f'<input type="submit" form="other-form" value="★" style="{_CENTRE}">',
    "image-input": f'<input type="image" alt="" src="{_PIXEL}" form="other-form" style="{_ALL};width:100%;height:100%">',
    "area": f'<img usemap="#areas" alt="" src="{_PIXEL}" style="{_ALL};width:100%;height:100%">',
    "role-centre": f'<span role="button" tabindex="0" style="{_CENTRE}" onclick="WRONG"></span>',
    "role-link-all": f'<span role="link" style="{_ALL}" onclick="WRONG"></span>',
    "handler-all": f'<span style="{_ALL}" onclick="WRONG"></span>',
    "box-centre": f'<input type="checkbox" aria-label="Sık kullanılan" style="{_CENTRE};margin:0" onclick="event.'
    "stopPropagation();log('wrong')\">",
    "summary": f'<details onclick="event.stopPropagation()" ontoggle="log(\'wrong\')"><summary style="{_ALL};'
    'list-style:none"></summary></details>',
    "svg-link": f'<svg style="{_ALL};width:100%;height:100%"><a href="#" onclick="WRONG"><rect width="100%" height="100%" '
    'fill="transparent"/></a></svg>',
    "shadow-link": f"<x-part style=\"{_ALL}\" data-inner=\"<a href='#' style='{_ALL}'></a>\"></x-part>",
    "shadow-button": f"<x-part style=\"{_CENTRE}\" data-inner=\"<button type='button' style='{_ALL};opacity:0'></button>\">"
    "</x-part>",
    "frame": f'<iframe style="{_ALL};border:0;width:100%;height:100%" srcdoc="<body style=\'cursor:pointer\' '
    "onclick='parent.log(&quot;wrong&quot;)'>&nbsp;</body>\"></iframe>",
    "menu-button": f'<button type="button" aria-haspopup="menu" style="{_CENTRE}" onclick="WRONG">⋮</button>',
}
"""By name: what is put into the wanted control."""
AROUND: dict[str, str] = {
    "around-link": '<a href="#" onclick="log(\'wrong\');return false"></a>',
    "around-label": '<label for="other"></label>',
    "around-label-with-box": "<label><input type='checkbox' onchange=\"log('wrong')\"> Bülten </label>",
    "around-submitter": '<button form="other-form" type="submit"></button>',
    "around-role": '<div role="button" tabindex="0" onclick="log(\'wrong\')"></div>',
    "around-menu-item": '<div role="menuitem" tabindex="0" onclick="log(\'wrong\')"></div>',
}
"""By name: what is put around it."""
OVER: dict[str, str] = {
    "over-clear": '<div class="over" style="opacity:0" onclick="log(\'wrong\')"></div>',
    "over-fixed": '<div style="position:fixed;inset:0;z-index:9" onclick="log(\'wrong\')"></div>',
    "over-link": '<a href="#" class="over" style="opacity:0.01" onclick="log(\'wrong\');return false">.</a>',
    "over-label": '<label for="other" class="over"></label>',
    "over-submitter": '<button form="other-form" class="over" style="opacity:0"></button>',
    "over-banner": '<a href="#" class="over" style="background:#ffd" onclick="log(\'wrong\');return false">Mali Mühür</a>',
}
"""By name: what lies over it, from elsewhere in the page."""
DECORATIONS: dict[str, str] = {
    "icon": f'<i class="fa fa-angle-right" aria-hidden="true" style="{_CENTRE}"></i>',
    "arrow": f'<span aria-hidden="true" style="{_CENTRE}">›</span>',
    "veil": f'<span aria-hidden="true" style="{_ALL}"></span>',
    "ripple": f'<span class="mat-ripple MuiTouchRipple-root" style="{_ALL};pointer-events:none"></span>',
    "touch-target": f'<span class="mat-mdc-button-touch-target" style="{_ALL};height:48px"></span>',
    "overlay": f'<span class="v-btn__overlay" style="{_ALL};pointer-events:none;opacity:.1"></span>',
    "svg": f'<svg aria-hidden="true" style="{_CENTRE}" viewBox="0 0 8 8"><path d="M1 1l6 3-6 3z"/></svg>',
    "picture": f'<img alt="" src="{_PIXEL}" style="{_ALL};width:100%;height:100%">',
    "dead-link": f'<a href="#" tabindex="-1" aria-hidden="true" style="{_ALL};pointer-events:none" onclick="WRONG"></a>',
    "shadow-icon": f"<x-part style=\"{_CENTRE}\" data-inner=\"<svg viewBox='0 0 8 8'><path d='M1 1l6 3-6 3z'/></svg>\"></x-part>",
    "ligature": f'<mat-icon aria-hidden="true" style="{_CENTRE};overflow:hidden"></mat-icon>',
}
BOXES_AROUND: dict[str, str] = {
    "around-card": '<div class="card"></div>',
    "around-list": '<ul role="list"></ul>',
    "around-article": "<article></article>",
    "around-form": '<form onsubmit="return false"></form>',
    "around-section": '<section aria-label="İşlemler" tabindex="-1"></section>',
    "around-component": "<app-tile></app-tile>",
}
NOTHING_OVER: dict[str, str] = {
    "over-nothing": '<div style="position:fixed;inset:0;z-index:9;pointer-events:none"></div>',
    "over-watermark": '<div class="over" style="pointer-events:none;opacity:.2">DENEME</div>',
    "over-hidden": '<div class="over" style="visibility:hidden" onclick="log(\'wrong\')"></div>',
    "over-none": '<a href="#" class="over" style="display:none" onclick="log(\'wrong\');return false">.</a>',
}
_SCRIPT = """step = () => setTimeout(end);  // what the press sets off besides comes first
const w = document.querySelector('#w');
const made = document.createRange().createContextualFragment(PART).firstElementChild;
if (HOW === 'in') w.append(made);
if (HOW === 'around') { w.replaceWith(made); made.append(w); }
if (HOW === 'over') {
  document.body.append(made);
  if (made.matches('.over')) {
    const box = w.getBoundingClientRect();
    Object.assign(made.style, { zIndex: 9, left: `${box.x + scrollX}px`, top: `${box.y + scrollY}px`, width: `${box.width}px`,
      height: `${box.height}px` });
  }
}
document.querySelectorAll('x-part').forEach((part) => {
  const root = part.attachShadow({ mode: 'open' });
  root.innerHTML = part.dataset.inner;
  root.querySelector('a,button')?.addEventListener('click', (event) => { event.preventDefault(); WRONG; });
});"""


def make_press(seed: int, shape: Random, words: Random, trap: bool) -> Variant:
    """Make a page whose wanted control contains, is under or is inside something else; the twin has decoration there."""
    kinds = [
        *(("in", name) for name in TRAPS),
        *(("around", name) for name in AROUND),
        *(("over", name) for name in OVER),
    ]
    how, name = kinds[seed % len(kinds)]
    if not trap:
        name = words.choice(list({"in": DECORATIONS, "around": BOXES_AROUND, "over": NOTHING_OVER}[how]))
    part = {**TRAPS, **AROUND, **OVER, **DECORATIONS, **BOXES_AROUND, **NOTHING_OVER}[name]
    wrong = shape.choice(_WRONG)
    control, title, body = _control(shape)
    script = _SCRIPT.replace("PART", repr(part.replace("WRONG", wrong))).replace("HOW", repr(how))
    html = page(
        title,
        body + _OTHERS.replace("WRONG", wrong),
        style=_STYLE,
        script=script.replace("WRONG", wrong.removesuffix(";return false")),
    )
    # If there is a spot where a press hits the wanted control itself, that is right too.
    left = Expectation((*LEFT_ALONE, *WENT_ON), up_to={"go": 1})
    return Variant(f"{name}, {control}", trap, html, left if trap else Expectation(WENT_ON, {"go": 1}))


def _control(shape: Random) -> tuple[str, str, str]:
    if shape.random() < 0.6:
        name = shape.choice(list(_TILES))
        return f"tile as {name}", "NES İşlemleri", tiles(_TILES[name])
    if shape.random() < 0.25:
        button = '<button id="w" class="d" onclick="go()">e-Devlet ile Giriş</button>'
        return "landing", BASES["landing"][0], f"<h1>Kamu SM</h1>{button}"
    name = shape.choice(list(_DEVAMS))
    body = f'<h1>E-Onay İşlemleri</h1><p>{INTRO}</p><p>{GIVE}</p><a href="/landing">Ana Sayfa</a> {_DEVAMS[name]}'
    return f"Devam as {name}", "E-Onay İşlemleri", body
