"""Controls as component libraries draw them: which words belong to which, and when not to press."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import LEFT_ALONE, WENT_ON, Variant, page, tiles
from tests.flows.pages import GIVE, INTRO

Form = Callable[[Random, bool], tuple[str, str, str]]
"""Draws the trap or the twin: ``(shape, trap)``; returns title, body and script."""

_SIGNS = b64encode((Path(__file__).parents[2] / "flows" / "signs.ttf").read_bytes()).decode()
STYLE = f"""@font-face{{font-family:Signs;src:url(data:font/ttf;base64,{_SIGNS})}}.sign{{font-family:Signs;font-size:20px;line-height:1}}
.gone{{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)}}.none{{display:none}}.over{{opacity:0;position:absolute}}
.box{{display:inline-block;width:18px;height:18px;border:1px solid #888}}.knob{{display:inline-block;width:40px;height:20px;background:#bbb;
border-radius:10px}}.card{{border:1px solid #999;padding:1em;margin:6px;width:360px}}@keyframes turn{{to{{transform:rotate(360deg)}}}}
.spin{{display:inline-block;width:12px;height:12px;border:2px dotted #333;animation:turn 1s linear infinite}}
@keyframes bounce{{to{{transform:translateX(4px)}}}}.bounce{{display:inline-block;animation:bounce 1s infinite}}"""
_EONAY = "E-Onay İşlemleri"
_BULLETIN = "Kampanya ve duyurular hakkında kısa mesaj almak istiyorum."
BOXES: Mapping[str, str] = {
    "beside": '<div class="row"><div class="gone"><input type="checkbox" id="i"></div><div class="box" data-box></div><span>TEXT</span></div>',
    "under": '<div class="row" style="position:relative"><input type="checkbox" id="i" class="over"><i class="box" data-box></i> <em>TEXT</em></div>',
    "none": '<p><input type="checkbox" id="i" class="none"><span class="knob" data-box></span> TEXT</p>',
    "row": '<div class="row" data-box style="cursor:pointer"><span class="gone"><input type="checkbox" id="i"></span>'
    '<span class="box"></span> <span>TEXT</span></div>',
    "words first": '<div class="row"><span>TEXT</span> <span class="knob" data-box></span><span class="none">'
    '<input type="checkbox" id="i"></span></div>',
    "deep": '<div class="row"><div><div class="gone"><div><input type="checkbox" id="i"></div></div><div class="box" data-box>'
    '<span class="sign"></span></div></div><div><div>TEXT</div></div></div>',
    "card": '<div class="card"><span class="gone"><input type="radio" id="i"></span><span class="box" data-box style="border-radius:9px">'
    "</span><div>TEXT</div></div>",
}
ROLES: Mapping[str, str] = {
    "switch": '<div><span>TEXT</span> <button type="button" role="switch" aria-checked="false" class="knob" id="r"></button></div>',
    "named": '<span role="checkbox" aria-checked="false" tabindex="0" class="box" id="r" aria-labelledby="w"></span><span id="w">TEXT</span>',
    "around": '<div role="checkbox" aria-checked="false" tabindex="0" id="r"><span class="box"></span> TEXT</div>',
    "radio card": '<div role="radiogroup"><div role="radio" aria-checked="false" tabindex="0" class="card" id="r">TEXT</div></div>',
    "shell": '<x-box role="checkbox" aria-checked="false" tabindex="0" id="r"><template shadowrootmode="open"><span style="display:'
    'inline-block;width:18px;height:18px;border:1px solid"></span><slot></slot></template>TEXT</x-box>',
}


def _eonay(box: str, trap: bool) -> str:
    said = f"<p>{GIVE}</p>" if trap else ""
    return f"<h1>{_EONAY}</h1><p>{INTRO}</p>{said}{box}<p><button type='button' id='d' disabled>Devam</button></p>"


def _box(shape: Random, trap: bool) -> tuple[str, str, str]:
    """The visible box is next to its input; in the trap its words ask for something else."""
    box = BOXES[shape.choice(list(BOXES))].replace("TEXT", _BULLETIN if trap else GIVE)
    told = "log('wrong-box');" if trap else ""
    script = f"""const i = document.querySelector('#i'), d = document.querySelector('#d'); d.onclick = go;
document.querySelector('[data-box]').addEventListener('click', () => {{ i.checked = !i.checked; d.disabled = !i.checked; {told} }});
i.onchange = () => {{ d.disabled = !i.checked; {told} }};"""
    return _EONAY, _eonay(box, trap), script


def _role(shape: Random, trap: bool) -> tuple[str, str, str]:
    """A box that isn't an input at all."""
    box = ROLES[shape.choice(list(ROLES))].replace("TEXT", _BULLETIN if trap else GIVE)
    told = "log('wrong-box');" if trap else ""
    script = f"""const r = document.querySelector('#r'), d = document.querySelector('#d'); d.onclick = go;
r.onclick = () => {{ const on = r.getAttribute('aria-checked') !== 'true'; r.setAttribute('aria-checked', on); d.disabled = !on; {told} }};"""
    return _EONAY, _eonay(box, trap), script


def _title(shape: Random, trap: bool) -> tuple[str, str, str]:
    """A tile is a heading, a sentence and one link "tıklayınız"; in the trap two tiles have the name, or the link belongs to another."""
    name, heading = shape.choice(("h3", "h5", "b")), shape.choice(("article", "li", "div"))
    tail = shape.choice(
        ("işlemlerinizi kolaylaştırmak için <a>tıklayınız</a>.", '<a class="btn">Tıklayınız</a>', "<a>›</a>")
    )

    def tile(title: str, act: str) -> str:
        link = tail.replace("<a", f'<a href="#" onclick="{act};return false"')
        return (
            f'<{heading} class="card"><{name}>{title}</{name}><p>Elektronik imzalı onay vererek {link}</p></{heading}>'
        )

    others = tile("Sertifika Listeleme", "log('wrong')") + tile("Sertifikamı İptal Et", "log('wrong')")
    wanted = tile(_EONAY, "log('wrong')") * 2 if trap else tile(_EONAY, "go()")
    return "NES İşlemleri", f"<h1>NES İşlemleri</h1>{others}{wanted}", ""


NAVS: Mapping[str, str] = {
    "nav": "<nav><a>Ana Sayfa</a> WANTED</nav>",
    "menu": '<ul role="menu"><li role="none">WANTED</li><li><a>Yardım</a></li></ul>',
    "header": "<header><a>Kamu SM</a> WANTED</header>",
    "bar": '<div style="position:absolute;top:0;left:0;right:0;height:50px"><a href="#">Kamu SM</a> WANTED</div><br><br><br>',
    "side": '<div style="position:absolute;left:0;top:60px;width:200px;height:600px"><p><a href="#">Yardım</a></p><p>WANTED</p></div>',
    "crumbs": '<div><a href="#">Ana Sayfa</a> › WANTED › Şimdi</div>',
    "footer": "<footer><a>Kamu SM</a> WANTED</footer>",
}


def _twice(shape: Random, trap: bool) -> tuple[str, str, str]:
    """The way on is also in a menu; in the trap it is in the content twice."""
    link = '<a href="#" onclick="ACT;return false">NES İşlemleri</a>'
    around = (
        NAVS[shape.choice(list(NAVS))]
        .replace("WANTED", link.replace("ACT", "log('wrong')"))
        .replace("<a>", '<a href="#">')
    )
    own = f"<div class='card'><h4>Kart</h4><p>{link.replace('ACT', 'log(`wrong`)' if trap else 'go()')}</p></div>"
    content = f"<main style='margin-left:240px'><h1>Online İşlemler</h1>{own * 2 if trap else own}</main>"
    return "Ana Sayfa", f"{around}{content}", ""


STATES: Mapping[str, str] = {
    "busy": '<button id="w" aria-busy="true">LABEL</button>',
    "spinner": '<button id="w">LABEL <i class="spin" data-state></i></button>',
    "progress": '<button id="w">LABEL <span role="progressbar" data-state style="display:inline-block;width:9px;height:9px">·</span></button>',
    "aria-disabled": '<div role="group" aria-disabled="true"><a href="#" role="button" id="w">LABEL</a></div>',
    "fieldset": '<fieldset disabled><button id="w">LABEL</button></fieldset>',
    "inert": '<div inert><a href="#" id="w">LABEL</a></div>',
    "not allowed": '<div id="w" role="button" tabindex="0" style="cursor:not-allowed">LABEL</div>',
    "no pointer": '<div onclick="log(\'wrong\')"><a href="#" id="w" style="pointer-events:none">LABEL</a></div>',
    "unread": '<div style="height:60px;overflow:auto"><p style="height:300px">Kullanım koşulları</p></div><button disabled id="w">LABEL</button>',
}


def _state(shape: Random, trap: bool) -> tuple[str, str, str]:
    """A disabled control; the twin's is enabled after a moment."""
    control = STATES[shape.choice(list(STATES))].replace("LABEL", "NES İşlemleri")
    free = """setTimeout(() => {
  document.querySelectorAll('[data-state]').forEach((part) => part.remove());
  document.querySelectorAll('[aria-busy],[aria-disabled],[inert],[disabled],[style*=cursor],[style*=pointer-events]').forEach((part) => {
    ['aria-busy', 'aria-disabled', 'inert', 'disabled', 'style'].forEach((name) => part.removeAttribute(name));
    part.parentElement.removeAttribute('onclick');
  });
  document.querySelector('#w').onclick = () => { go(); return false; };
}, 300);"""
    script = "document.querySelector('#w').onclick = () => { log('wrong'); return false; };" + ("" if trap else free)
    return "Ana Sayfa", f"<h1>Online İşlemler</h1>{control}", script


_SIGNED: Mapping[str, str] = {
    "before": '<i class="sign">close</i> LABEL',
    "behind": 'LABEL <i class="sign">chevron_right</i>',
    "both": '<i class="sign">fill</i> LABEL <i class="sign">chevron_right</i>',
    "picture": 'LABEL <svg width="9" height="9"><title>ok</title><path d="M0 0h9v9z"/></svg>',
    "moving": 'LABEL <i class="bounce">›</i>',
}


def _sign(shape: Random, trap: bool) -> tuple[str, str, str]:
    """Icon-font characters aren't words of a label; in the trap there is nothing else."""
    drawn = _SIGNED[shape.choice(list(_SIGNED))]
    label, act = ("", "log('wrong')") if trap else ("NES İşlemleri", "go()")
    control = f'<button type="button" onclick="{act}">{drawn.replace("LABEL", label)}</button>'
    return "Ana Sayfa", f"<h1>Online İşlemler</h1>{control}<p>NES İşlemleri için yukarıya basınız.</p>", ""


def _panel(shape: Random, trap: bool) -> tuple[str, str, str]:
    """A panel that takes the focus isn't a control, whatever its name; the control is inside it."""
    role = shape.choice(("tabpanel", "region", "grid", "group", "feed"))
    inner = tiles() if not trap else "<h1>NES İşlemleri</h1><p>Sertifika Listeleme</p><p>Henüz işlem yoktur.</p>"
    body = f'<div role="{role}" aria-label="{_EONAY}" tabindex="0" id="p">{inner}</div>'
    script = (
        "document.querySelector('#p').addEventListener('click', (event) => event.target.closest('a') || log('wrong'));"
    )
    return "NES İşlemleri", body, script if role != "group" else ""


def _named(shape: Random, trap: bool) -> tuple[str, str, str]:
    """An invisible name describes a control with little text; in the trap the visible text says something else."""
    how = shape.choice(('aria-label="{}"', 'title="{}"', 'aria-labelledby="n"', ""))
    painted = "Vazgeç" if trap else shape.choice(("›", "Detay", "Başvurmak için tıklayınız", "NES"))
    inner = painted if how else f'<img alt="NES İşlemleri" width="9" height="9"> {painted}'
    act = "log('wrong')" if trap else "go()"
    control = f"<button type='button' {how.format('NES İşlemleri')} onclick=\"{act}\">{inner}</button>"
    return "Ana Sayfa", f"<h1>Online İşlemler</h1><span id='n' class='gone'>NES İşlemleri</span><p>{control}</p>", ""


FORMS: Mapping[str, Form] = {
    "box": _box, "role": _role, "title": _title, "twice": _twice, "state": _state, "sign": _sign, "panel": _panel, "named": _named,
}  # fmt: skip


def make_drawn(seed: int, shape: Random, _words: Random, trap: bool) -> Variant:
    """Make a page with one control as component libraries draw it, or its trap."""
    name = list(FORMS)[seed % len(FORMS)]
    title, body, script = FORMS[name](shape, trap)
    expected = Expectation(LEFT_ALONE) if trap else Expectation(WENT_ON, {"go": 1})
    return Variant(name, trap, page(title, body, style=STYLE, script=script), expected)
