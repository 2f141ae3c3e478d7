"""Pages that draw themselves: what you see first isn't what the portal has to say.

A trap shows something you could press or believe before the content has loaded: a breadcrumb over a skeleton, a
default state that the answer corrects, a form under a spinner. Its harmless twin has the same shape and the same
movement where it means nothing: in a header, a footer, a carousel, a chat, or a request nobody waits for.
"""

from __future__ import annotations

from random import Random

from assistant.run.limits import Limits
from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import INSIDE, WENT_ON, Variant, page
from tests.flows.pages import GIVE, INTRO

_PATIENT = Limits(settle_s=0.6, page_s=8, person_s=5, banner_s=1.5)
_STYLE = """@keyframes glow{50%{opacity:.4}} @keyframes slide{to{background-position:-200% 0}} @keyframes turn{to{transform:rotate(1turn)}}
@keyframes hop{50%{transform:translateY(-6px)}} @keyframes dash{to{stroke-dashoffset:-99}}
.a{height:18px;margin:6px 0;max-width:420px;background:#e8e8e8;animation:glow 1.2s infinite}
.b{height:18px;margin:6px 0;max-width:420px;background:linear-gradient(90deg,#eee,#ddd,#eee) 0 0/200%;animation:slide 1.4s infinite linear}
.c{display:block;height:18px;margin:6px 0;max-width:420px;background:#dedede;border-radius:4px}
.e{height:24px;margin:6px;background:linear-gradient(90deg,#eee,#ddd,#eee)}
.s{width:36px;height:36px;border:4px solid #ccc;border-top-color:#06c;border-radius:50%;animation:turn .9s infinite linear}
.d{display:inline-block;width:12px;height:12px;border-radius:50%;background:#06c;animation:hop .8s infinite}
.o{position:absolute;inset:0;background:#fffc;z-index:5}"""
_SKELETONS = {
    "glow": '<div aria-hidden="true"><div class="a"></div><div class="a"></div><div class="a"></div></div>',
    "slide": '<ul><li class="b"></li><li class="b"></li></ul>',
    "still": '<div><span class="c"></span><span class="c"></span><span class="c"></span></div>',
    "shaded": '<div aria-hidden="true"><div class="e"></div><div class="e"></div></div>',
    "shades": "<p>▒▒▒▒▒▒▒ ▒▒▒▒</p><p>▒▒▒ ▒▒▒▒▒▒</p>",
    "busy": '<div aria-busy="true" style="height:60px"></div>',
    "words": '<p role="status">Bilgileriniz yükleniyor…</p>',
}
_SPINNERS = {
    "ring": '<div class="s" role="status"><span style="position:absolute;clip:rect(0 0 0 0)">Yükleniyor…</span></div>',
    "hidden": '<div class="s" aria-hidden="true"></div>',
    "svg": '<svg class="s" viewBox="22 22 44 44"><circle cx="44" cy="44" r="20" fill="none" stroke="#06c" '
    'stroke-dasharray="80 200" style="animation:dash 1.4s infinite"></circle></svg>',
    "dots": '<p><i class="d"></i> <i class="d"></i> <i class="d"></i></p>',
    "progress": '<div role="progressbar" aria-label="Yükleniyor" style="height:4px;background:#06c"></div>',
}
_GIVEN = f'<h1>E-Onay İşlemleri</h1><p>{INTRO}</p><p>{INSIDE}</p><button onclick="log(&quot;wrong-withdrawal&quot;)">Devam</button>'
_MISSING = f'<h1>E-Onay İşlemleri</h1><p>{INTRO}</p><p>{GIVE}</p><button onclick="go()">Devam</button>'
_UNTIMELY = _MISSING.replace("go()", "log(`untimely`)")
_CRUMBS = {
    "nav": '<nav><a href="#" onclick="log(`crumb`)">Ana Sayfa</a> / <a href="#" onclick="log(`crumb`)">NES İşlemleri</a> / E-Onay İşlemleri</nav>',
    "list": '<ol><li><a href="#" onclick="log(`crumb`)">NES İşlemleri</a></li><li>E-Onay İşlemleri</li></ol>',
    "menu": '<aside><ul role="menu"><li><a role="menuitem" href="#" onclick="log(`crumb`)">NES İşlemleri</a></li></ul></aside>',
}
_ASKS = "fetch('/late/AFTER').then((answer) => answer.text()).then"
_ALONE = "((then) => setTimeout(then, AFTER))"
_FORMS = ("crumbs", "default", "cached", "overlay", "stream", "hydrated")


def make_drawing(seed: int, shape: Random, words: Random, trap: bool) -> Variant:
    """Make a page that is still drawing itself; in the twin the same movement means nothing."""
    form = _FORMS[seed % len(_FORMS)]
    after = shape.choice((500, 900, 1500))
    skeleton = shape.choice(list(_SKELETONS))
    spinner = shape.choice(list(_SPINNERS))
    asks = shape.random() < 0.5
    crumbs = shape.choice(list(_CRUMBS))
    where = words.choice(("header", "footer", "carousel", "chat", "poll"))
    told = f"{form}, {skeleton}, {spinner}, {'asks' if asks else 'alone'}, {crumbs}, {after} ms"
    if not trap:
        body, script = _twin(where, _SKELETONS[skeleton], _SPINNERS[spinner])
        html = page("E-Onay İşlemleri", body, style=_STYLE, script=script)
        return Variant(f"{told}: {where}", trap, html, Expectation(WENT_ON, {"go": 1}), _PATIENT)
    body, script, counts = _trap(form, _SKELETONS[skeleton], _SPINNERS[spinner], _CRUMBS[crumbs], asks)
    html = page("E-Onay İşlemleri", body, style=_STYLE, script=script.replace("AFTER", str(after)))
    return Variant(told, trap, html, Expectation(WENT_ON, counts), _PATIENT)


def _trap(form: str, skeleton: str, spinner: str, crumbs: str, asks: bool) -> tuple[str, str, dict[str, int]]:
    """Return body, script and what must be counted; a press that comes too early counts another word."""
    wait = _ASKS if asks else _ALONE
    show = f"const main = document.querySelector('main'); const show = (html) => {{ main.innerHTML = html; }};{wait}"
    match form:
        case "crumbs":
            return f"{crumbs}<main>{skeleton}</main>", f"{show}(() => show(`{_MISSING}`));", {"go": 1}
        case "default":  # the page assumes something that its own answer corrects
            return f"<main>{_UNTIMELY}</main>", f"{_asked(show)}(() => show(`{_GIVEN}`));", {}
        case "cached":
            return f"<main>{_GIVEN}{spinner}</main>", f"{show}(() => show(`{_MISSING}`));", {"go": 1}
        case "overlay":
            body = f'<main style="position:relative">{_UNTIMELY}<div class="o">{spinner}</div></main>'
            return body, f"{show}(() => show(`{_MISSING}`));", {"go": 1}
        case "stream":
            return f"{crumbs}<main></main>", f"{_asked(show)}(() => {{ {_STREAM} }});", {}
    body = f'<main aria-busy="true">{_UNTIMELY}</main>'
    return body, f"{show}(() => {{ show(`{_MISSING}`); main.removeAttribute('aria-busy'); }});", {"go": 1}


_STREAM = f"""const words = `{INTRO} {INSIDE}`.split(' '); let n = 0;
show('<h1>E-Onay İşlemleri</h1><p></p>');
const tick = setInterval(() => {{ main.querySelector('p').textContent = words.slice(0, n += 3).join(' ');
  if (n >= words.length) {{ clearInterval(tick); main.insertAdjacentHTML('beforeend', '<button onclick="log(`wrong`)">Devam</button>'); }} }}, 60);"""


def _asked(show: str) -> str:
    """Return *show* with a request: nothing else shows that a default isn't an answer yet."""
    return show.replace(_ALONE, _ASKS)


def _twin(where: str, skeleton: str, spinner: str) -> tuple[str, str]:
    aside = {
        "header": f"<header>Kamu SM {spinner}{skeleton}</header>",
        "footer": f"<footer>{skeleton}{spinner}</footer>",
        "carousel": f'<section aria-roledescription="carousel">{skeleton}</section>',
        "chat": f'<aside aria-label="Sohbet">{spinner}<p>Temsilci bağlanıyor</p>{skeleton}</aside>',
        "poll": "<p id=clock></p>",
    }[where]
    script = "" if where != "poll" else (
        "setInterval(() => { clock.textContent = new Date().toLocaleTimeString('tr'); }, 300);"
        "setInterval(() => fetch('/late/150'), 200);"
    )  # fmt: skip
    return (f"<main>{_MISSING}</main>{aside}" if where == "footer" else f"{aside}<main>{_MISSING}</main>"), script
