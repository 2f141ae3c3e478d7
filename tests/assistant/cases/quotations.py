"""The withdraw sentence where it is only quoted: in help texts, news, footers. The twin says something else there.

The whole way is one page that draws itself: landing or home, the tiles, E-Onay, the signing screen. Whether the portal
keeps the signature is part of the case, so that only the E-Onay page itself can tell.
"""

from __future__ import annotations

from random import Random

from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import LEFT_ALONE, Variant, page, tiles
from tests.flows.pages import GIVE, INTRO

_CODE = "968121968799342"
_SENTENCES = (
    "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.",
    "Daha önce vermiş olduğum E-Onay'ı kaldırmak istiyorum.",
    "Daha önce vermiş olduğum E-Onayımı kaldırmak istiyorum.",
    "DAHA ÖNCE VERMİŞ OLDUĞUM E-ONAYI KALDIRMAK İSTİYORUM.",
    "Daha önce vermiş olduğum E-Onayı <b>kaldırmak istiyorum</b>.",
)
_QUOTES = (
    "E-Onay İşlemleri ekranında “SENTENCE” ifadesini görüyorsanız E-Onayınız bulunmaktadır.",
    "Ekranda 'SENTENCE' yazıyorsa yapmanız gereken başka bir şey yoktur.",
    "E-Onayınızın olup olmadığını nasıl anlarsınız? «SENTENCE» cümlesi çıkıyorsa onayınız vardır.",
    "SENTENCE",
    "S: “SENTENCE” ne demek? C: E-Onayınız kayıtlıdır, ekranı kapatabilirsiniz.",
    "Daha önce onay verdiyseniz ekranda şu yazar: SENTENCE",
)
_OTHER = (
    "E-Onay İşlemleri ekranında onay cümlesi yoksa destek hattını arayınız.",
    "E-imza ile ilgili sorularınız için 444 5 576 numaralı hattı arayabilirsiniz.",
    "Sertifikanızın süresi dolmadan önce E-Onay vermeniz önerilir.",
)
_PLACES = {
    "note": '<p role="note">Yardım: TEXT</p>',
    "accordion": '<div class="accordion-item"><h2><button type="button" aria-expanded="true" onclick="log(\'wrong\')">E-Onayım var '
    'mı?</button></h2><div class="accordion-collapse collapse show"><div class="accordion-body">TEXT</div></div></div>',
    "details": "<details open><summary>Sık sorulan sorular</summary><p>TEXT</p></details>",
    "closed-details": "<details><summary>Sık sorulan sorular</summary><p>TEXT</p></details>",
    "expansion-panel": '<mat-expansion-panel class="mat-expanded"><mat-expansion-panel-header role="button" tabindex="0" '
    'onclick="log(\'wrong\')">E-Onay İşlemleri nedir?</mat-expansion-panel-header><div class="mat-expansion-panel-body">TEXT</div>'
    "</mat-expansion-panel>",
    "drawer": '<aside style="position:fixed;top:0;right:0;width:300px;height:100%;background:#fff"><h3>E-Onay İşlemleri</h3><p>TEXT'
    "</p></aside>",
    "offscreen-drawer": '<aside style="position:fixed;top:0;right:0;width:320px;transform:translateX(110%)"><h3>Yardım</h3><p>TEXT'
    "</p></aside>",
    "offcanvas": '<div class="offcanvas offcanvas-end show" tabindex="-1" style="position:fixed;right:0;top:0;width:280px"><div '
    'class="offcanvas-body">TEXT</div></div>',
    "news": '<section><h2>Haberler</h2><article class="card"><h5>E-Onay İşlemleri hakkında</h5><p>TEXT</p></article></section>',
    "tooltip": '<span tabindex="-1">E-Onay</span><div role="tooltip" style="position:absolute;right:0">TEXT</div>',
    "title": '<p title="TEXT">E-Onay nedir?</p>',
    "carousel": '<div class="carousel-inner"><div class="carousel-item active"><h3>E-Onay</h3><p>TEXT</p></div></div>',
    "marquee": '<div role="marquee" style="overflow:hidden;white-space:nowrap">TEXT</div>',
    "faq-table": "<table><tr><th>Ekrandaki ifade</th><th>Anlamı</th></tr><tr><td>TEXT</td><td>E-Onay</td></tr></table>",
    "picture-caption": "<figure><figcaption>Ekran görüntüsü: TEXT</figcaption></figure>",
    "blockquote": "<blockquote>TEXT</blockquote>",
    "chat": '<div class="chat" style="position:fixed;right:0;bottom:0;width:260px;background:#fff"><p>Dijital asistan: TEXT</p></div>',
    "breadcrumb-heading": '<h2>E-Onay İşlemleri</h2><p class="lead">TEXT</p>',
    "dialog": '<div data-layer role="dialog" aria-modal="true" style="position:fixed;inset:0;background:#0008"><div style="background:'
    '#fff;margin:10% auto;width:400px"><h2>Duyuru</h2><p>TEXT</p><button type="button" onclick="document.querySelector('
    "'[data-layer]').remove()\">Kapat</button></div></div>",
}
_SCRIPT = """const main = document.querySelector('main');
const quote = WHERE === 'always' ? '' : document.querySelector('#quote').innerHTML;
const screens = {
  landing: `<h1>Kamu SM Online İşlemler</h1><button onclick="show('home')">e-Devlet ile Giriş</button>`,
  home: `<h1>Online İşlemler</h1><a href="#" onclick="log('nes');show('tiles');return false">NES İşlemleri</a>
<a href="#" onclick="log('wrong-menu');return false">Mali Mühür İşlemleri</a>`,
  tiles: TILES,
  eonay: `<h1>E-Onay İşlemleri</h1><p>${INTRO}</p><p>${'LINE'}</p><a href="/landing">Ana Sayfa</a>
<button onclick="devam()">Devam</button>`,
  sign: `<h1>E-Onay</h1><p>İmzalama işlemi aşamasında bu sayfayı kapatmayınız.</p><p>Doğrulama Kodu</p><p>CODE</p>
<p>Kalan süre: <span>286</span> saniye</p><a href="/landing">Ana Sayfa</a>`,
};
const has = () => KEPT && localStorage.signed === 'yes';
function show(name) {
  const around = name === WHERE ? quote : '';
  main.innerHTML = screens[name].replace('LINE', has() ? WITHDRAW : GIVE) + around;
}
function devam() {
  log(has() ? 'wrong-withdrawal' : 'devam');
  localStorage.signed = 'yes';
  show('sign');
}
go = () => { log('tile'); show('eonay'); };
show(START);"""
_OUT_OF_SIGHT = frozenset({"title", "offscreen-drawer", "closed-details", "dialog"})
"""Where nobody reads it on the E-Onay page: the dialog has been closed."""
_WITHDRAW = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."


def make_quotation(seed: int, shape: Random, words: Random, trap: bool) -> Variant:
    """Make a portal that quotes the withdraw sentence on one screen or on all; the twin quotes another sentence."""
    place = list(_PLACES)[seed % len(_PLACES)]
    start = shape.choice(("home", "landing"))
    where = shape.choice(("always", "home", "tiles", start, "sign"))
    kept = shape.random() < 0.4
    text = words.choice(_QUOTES).replace("SENTENCE", words.choice(_SENTENCES)) if trap else words.choice(_OTHER)
    html = _PLACES[place].replace("TEXT", text.replace("<b>", "").replace("</b>", "") if place == "title" else text)
    outside = html if where == "always" else f'<template id="quote">{html}</template>'
    facts = {
        "WHERE": where, "TILES": tiles(), "${INTRO}": INTRO, "CODE": _CODE, "KEPT": kept, "WITHDRAW": _WITHDRAW, "GIVE": GIVE,
        "START": start,
    }  # fmt: skip
    script = _SCRIPT
    for name, value in facts.items():
        plain = name in {"${INTRO}", "CODE"}
        script = script.replace(
            name, str(value) if plain else str(value).lower() if isinstance(value, bool) else repr(value)
        )
    ending = "consent_given" if kept else "unverified/not_confirmed"
    visits = 2 if kept else 3  # we look a second time if nothing is confirmed
    whole = {"nes": visits, "tile": visits, "devam": 1, f"handed:{_CODE}": 1}
    expected = Expectation((ending,), whole)
    if trap:
        # Stopping at the quotation is fine, but the way to E-Onay must never pass for E-Onay itself.
        is_beside_devam = where == "always" and place not in _OUT_OF_SIGHT
        limits = {word: times for word, times in whole.items() if not is_beside_devam or word in {"nes", "tile"}}
        expected = Expectation((ending, *LEFT_ALONE), {"nes": 1}, limits)
    told = f"{place} on {where}, from {start}, {'kept' if kept else 'not kept'}: {text}"
    return Variant(told, trap, page("Online İşlemler", f"<main></main>{outside}", script=script), expected)
