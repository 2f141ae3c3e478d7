"""Ways to make the button, or the place to decide, look like something else. Each is a trap with its own twin."""

from __future__ import annotations

from collections.abc import Mapping

Parts = Mapping[str, str]
PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='500' height='40'><text y='20'>E-Onayimi geri aliyorum"
    "</text></svg>"
)
_ICON = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><circle cx='8' cy='8' r='6'/></svg>"
_PLAIN = PICTURE.replace("E-Onayimi geri aliyorum", "Kamu SM")
_LABEL = 'class="d"'
_LETTERS = "".join(f"M{at} 4h9v4h-9z m0 8h9v4h-9z m0 0h3v12h-3z " for at in range(0, 480, 12))
_DOTS = ",".join(f"{(7 * n) % 480}px {(5 * n) % 37}px #000" for n in range(400))
_STROKES = ",".join(f"linear-gradient(#000,#000) {9 * n}px {(7 * n) % 30}px/6px 3px no-repeat" for n in range(50))
_SPECKS = "".join(
    f'<i style="position:absolute;left:{(7 * n) % 480}px;top:{(5 * n) % 37}px;width:3px;height:3px;background:#000"></i>'
    for n in range(200)
)
_RECTS = "".join(f"<rect x={(7 * n) % 480} y={(5 * n) % 37} width=3 height=3 />" for n in range(200))


def _menu(*entries: str) -> str:
    return f"<ul>{''.join(f'<li><a href=#>{entry}</a></li>' for entry in entries)}</ul>"


MISLED: Mapping[str, tuple[Parts, Parts]] = {
    "button-says-else": (
        {"ATTRIBUTES": _LABEL, "BEFORE": '<style>.d{font-size:0}.d::after{font-size:16px;content:"İptal Et"}</style>'},
        {"ATTRIBUTES": _LABEL, "BEFORE": '<style>.d::after{content:" ›"}</style>'},
    ),
    "button-says-more": (
        {"ATTRIBUTES": _LABEL, "BEFORE": '<style>.d::after{content:" etmek istemiyorum"}</style>'},
        {"ATTRIBUTES": _LABEL, "BEFORE": '<style>.d::before{content:"✓ "}</style>'},
    ),
    "word-over-button": (
        {
            "DEVAM_TEXT": '<span style="position:relative">Devam<b style="position:absolute;inset:0;background:#eee;'
            'pointer-events:none" data-t="Vazgeç"></b></span>',
            "BEFORE": "<style>b[data-t]::after{content:attr(data-t)}</style>",
        },
        {
            "DEVAM_TEXT": '<span style="position:relative">Devam<b style="position:absolute;inset:0;background:#0001;'
            'pointer-events:none"></b></span>'
        },
    ),
    "word-across-button": (
        {
            "BETWEEN": '<div style="position:relative"><x-o><template shadowrootmode="closed"><i style="position:absolute;top:30px;'
            'left:0;pointer-events:none;z-index:3">İptal Et</i></template></x-o></div>',
            "DEVAM_TEXT": "Devam",
            "ATTRIBUTES": 'style="width:200px;height:60px;display:block"',
        },
        {"ATTRIBUTES": 'style="width:200px;height:60px;display:block"'},
    ),
    "picture-button": (
        {"DEVAM_TEXT": f'<img src="{PICTURE}" alt="Devam" width=120 height=30>'},
        {"DEVAM_TEXT": f'Devam <img src="{_ICON}" alt="" width=16 height=16>'},
    ),
    "label-out-of-the-way": (
        {"ATTRIBUTES": f'style="text-indent:-999px;overflow:hidden;width:120px;height:30px;background:url({_ICON})"'},
        {"ATTRIBUTES": 'style="padding:4px 20px;background:linear-gradient(#fff,#ddd)"'},
    ),
    "broken-picture": (
        {"BETWEEN": '<img alt="E-Onayımı geri alıyorum." src="/none.png">'},
        {"BETWEEN": '<img alt="Bilgi" src="/none.png" width=16 height=16>'},
    ),
    "picture": (
        {"BETWEEN": f'<img src="{PICTURE}" alt="">'},
        {"BETWEEN": f'<img src="{_ICON}" alt="">'},
    ),
    "picture-in-the-ground": (
        {"BETWEEN": f'<div style="width:500px;height:40px;background:url(&quot;{PICTURE}&quot;) no-repeat"></div>'},
        {"BETWEEN": f'<div style="width:500px;height:40px;background:url(&quot;{_ICON}&quot;) no-repeat"></div>'},
    ),
    "picture-from-style": (
        {"BETWEEN": f'<style>.p::before{{content:url("{PICTURE}")}}</style><div class=p></div>'},
        {"BETWEEN": f'<style>.p::before{{content:url("{_ICON}")}}</style><div class=p></div>'},
    ),
    "canvas": (
        {
            "BETWEEN": "<canvas width=500 height=30 id=cv></canvas><script>cv.getContext('2d').fillText('E-Onayimi geri aliyorum',"
            "0,20)</script>"
        },
        {"OUTSIDE": "<canvas width=500 height=90></canvas>"},
    ),
    "video": (
        {"BETWEEN": f'<video width=500 height=60 poster="{PICTURE}"></video>'},
        {"OUTSIDE": f'<video width=500 height=200 poster="{PICTURE}"></video>'},
    ),
    "object": (
        {"BETWEEN": f'<object data="{PICTURE}" type="image/svg+xml" width=500 height=40></object>'},
        {"OUTSIDE": f'<object data="{_PLAIN}" type="image/svg+xml" width=500 height=40></object>'},
    ),
    "embed": (
        {"BETWEEN": f'<embed src="{PICTURE}" width=500 height=40>'},
        {"OUTSIDE": f'<embed src="{_PLAIN}" width=500 height=40>'},
    ),
    "foreign-page": (
        {"BETWEEN": '<iframe style="border:0;width:500px;height:50px" src="http://yabanci.example/x"></iframe>'},
        {
            "OUTSIDE": '<iframe style="border:0;position:fixed;right:10px;bottom:10px;width:150px;height:60px" '
            'src="http://yabanci.example/x"></iframe>'
        },
    ),
    "drawn-paths": (
        {"BETWEEN": '<svg width=500 height=30><path d="M0 15 L400 15 M20 0 L20 30" stroke="#000"/></svg>'},
        {"BETWEEN": '<svg width=24 height=24><path d="M0 12 L24 12" stroke="#000"/></svg>'},
    ),
    "not-before-the-sentence": (
        {"SENTENCE_STYLE": '.s::before{content:"Yanlış: "}'},
        {"SENTENCE_STYLE": '.s::before{content:"✓ "}'},
    ),
    "no-after-the-sentence": (
        {"SENTENCE_STYLE": '.s::after{content:" Hayır, vermiyorum"}'},
        {"SENTENCE_STYLE": '.s::after{content:" *"}'},
    ),
    "turned-by-a-word": (
        {"SENTENCE_STYLE": '.s::after{content:" demekten vazgeçiyorum."}'},
        {"SENTENCE_STYLE": '.s::after{content:" (zorunlu)"}'},
    ),
    "sentence-over-the-entries-of-a-menu": (
        {"OUTSIDE_TOP": _menu("E-Onayımı", "kaldırmak", "istiyorum")},
        {"OUTSIDE_TOP": _menu("Sertifikamı İptal Et", "Askıdan İndirme", "Ana Sayfa")},
    ),
    "words-turned-without-the-ground": (
        {"OUTSIDE_TOP": "<style>html { filter: invert(1) hue-rotate(180deg) }</style>"},
        {"OUTSIDE_TOP": "<style>html { filter: invert(1) hue-rotate(180deg); background: #fff }</style>"},
    ),
    "letters-by-mask": (
        {
            "BETWEEN": f'<div style="width:500px;height:40px;background:#000;mask-image:url(&quot;{PICTURE}&quot;)"></div>'
        },
        {
            "BETWEEN": f'<i style="display:inline-block;width:16px;height:16px;background:#000;mask-image:url(&quot;{_ICON}&quot;)"></i>'
        },
    ),
    "letters-by-a-framing-mask": (
        {
            "BETWEEN": f'<div style="width:500px;height:40px;background:#000;-webkit-mask-box-image:url(&quot;{PICTURE}&quot;)"></div>'
        },
        {"BETWEEN": '<div style="width:500px;height:40px;background:#eef;border-radius:8px"></div>'},
    ),
    "letters-by-path": (
        {
            "BETWEEN": f'<div style="width:500px;height:40px;background:#000;clip-path:path(&quot;{_LETTERS}&quot;)"></div>'
        },
        {
            "BETWEEN": '<div style="width:24px;height:24px;background:#000;clip-path:path(&quot;M0 0H20V20Z&quot;)"></div>'
        },
    ),
    "letters-by-reference": (
        {
            "BETWEEN": "<svg width=0 height=0><clipPath id=cl><text y=20>E-Onayimi geri aliyorum</text></clipPath></svg>"
            '<div style="width:500px;height:40px;background:#000;clip-path:url(#cl)"></div>'
        },
        {"BETWEEN": '<div style="width:500px;height:40px;background:#eef;clip-path:inset(0 round 8px)"></div>'},
    ),
    "letters-by-a-drawn-clip": (
        {
            "BETWEEN": "<svg width=500 height=40><clipPath id=cm><text y=20>E-Onayimi geri aliyorum</text></clipPath>"
            '<rect width=500 height=40 clip-path="url(#cm)" /></svg>'
        },
        {"BETWEEN": '<svg width=500 height=12><rect width=300 height=8 fill="#37b" /></svg>'},
    ),
    "letters-by-pattern": (
        {
            "BETWEEN": "<svg width=500 height=40><pattern id=pt width=500 height=40 patternUnits=userSpaceOnUse><text y=20>E-Onayimi geri "
            'aliyorum</text></pattern><rect width=500 height=40 fill="url(#pt)" /></svg>'
        },
        {"BETWEEN": '<svg width=500 height=12><rect width=300 height=8 rx=4 fill="#37b" /></svg>'},
    ),
    "letters-by-filter": (
        {
            "BETWEEN": f'<svg width=0 height=0><filter id=ff><feImage href="{PICTURE}" /></filter></svg>'
            '<div style="width:500px;height:40px;background:#fff;filter:url(#ff)"></div>'
        },
        {"BETWEEN": '<div style="width:500px;height:40px;background:#eef;filter:drop-shadow(0 1px 2px #999)"></div>'},
    ),
    "letters-by-shadows": (
        {
            "BETWEEN": f'<div style="height:40px"><i style="display:block;width:2px;height:2px;box-shadow:{_DOTS}"></i></div>'
        },
        {"BETWEEN": '<div style="width:500px;height:20px;box-shadow:0 1px 2px #999,0 2px 4px #ccc"></div>'},
    ),
    "letters-by-gradients": (
        {"BETWEEN": f'<div style="width:500px;height:40px;background:{_STROKES}"></div>'},
        {
            "BETWEEN": '<div style="width:500px;height:20px;background:linear-gradient(#fff,#eef),linear-gradient(90deg,#fff,#fefefe)"></div>'
        },
    ),
    "letters-by-boxes": (
        {"BETWEEN": f'<div style="position:relative;height:40px">{_SPECKS}</div>'},
        {
            "BETWEEN": '<div style="display:flex;gap:4px">'
            + '<i style="width:8px;height:8px;border-radius:4px;background:#37b"></i>' * 5
            + "</div>"
        },
    ),
    "letters-by-drawn-boxes": (
        {"BETWEEN": f"<svg width=500 height=40>{_RECTS}</svg>"},
        {
            "BETWEEN": '<svg width=500 height=12><rect width=500 height=8 fill="#ddd" /><rect width=300 height=8 fill="#37b" /></svg>'
        },
    ),
    "picture-of-a-list": (
        {
            "BETWEEN": f'<ul style="list-style-image:url(&quot;{PICTURE}&quot;);padding-left:500px"><li>&#8203;</li></ul>'
        },
        {"BETWEEN": f'<ul style="list-style-image:url(&quot;{_ICON}&quot;)"><li>Bilgi</li></ul>'},
    ),
    "picture-for-words": (
        {"BETWEEN": f'<div style="content:url(&quot;{PICTURE}&quot;)">Bilgi</div>'},
        {"BETWEEN": f'<i style="content:url(&quot;{_ICON}&quot;)"></i> Bilgi'},
    ),
    "picture-placed-by-style": (
        {
            "BETWEEN": f'<style>.q{{position:relative;height:40px}}.q::after{{content:url("{PICTURE}");position:absolute;left:0;top:0}}</style>'
            "<div class=q></div>"
        },
        {
            "BETWEEN": f'<style>.q{{position:relative}}.q::after{{content:url("{_ICON}");position:absolute;left:60px;top:0}}</style>'
            "<div class=q>Bilgi</div>"
        },
    ),
    "picture-in-a-frame-of-style": (
        {
            "BETWEEN": f'<div style="width:400px;height:0;border:20px solid;border-image:url(&quot;{PICTURE}&quot;) 20"></div>'
        },
        {
            "BETWEEN": "<div style='width:400px;height:10px;border:2px solid;border-image:linear-gradient(#37b,#3b7) 1'></div>"
        },
    ),
    "table-of-old": (
        {"BETWEEN": f'<table width=500 height=40 background="{PICTURE}"><tr><td>&nbsp;</table>'},
        {"BETWEEN": '<table width=500 bgcolor="#eeeeff"><tr><td>Bilgi</table>'},
    ),
    "field-with-a-picture": (
        {"BETWEEN": f'<input disabled style="width:500px;height:40px;background:url(&quot;{PICTURE}&quot;)">'},
        {
            "BETWEEN": f'<input type=search style="width:200px;height:20px;background:url(&quot;{_ICON}&quot;) no-repeat">'
        },
    ),
    "bar-with-a-picture": (
        {
            "BETWEEN": f'<style>.bp{{appearance:none;width:500px;height:40px}}.bp::-webkit-progress-bar{{background:url("{PICTURE}")}}</style>'
            "<progress class=bp value=0></progress>"
        },
        {"BETWEEN": "<progress value=.4></progress> <meter value=.5></meter>"},
    ),
    "slider-with-a-picture": (
        {
            "BETWEEN": f"<style>.sr{{appearance:none;width:500px;height:40px}}.sr::-webkit-slider-runnable-track{{height:40px;background:"
            f'url("{PICTURE}")}}</style><input type=range class=sr disabled>'
        },
        {"OUTSIDE": "<input type=range disabled>"},
    ),
    "old-picture-over-the-page": (
        {
            "OUTSIDE": "<style>::view-transition-old(root){animation:none;opacity:1}::view-transition-new(root){animation:vt 99s;opacity:0}"
            "@keyframes vt{from{opacity:0}to{opacity:0}}</style><script>addEventListener('load', () => {const said = document.querySelector('h1');"
            "const was = said.textContent;said.textContent = 'E-Onayımı geri alıyorum';"
            "document.startViewTransition(() => {said.textContent = was})})</script>"
        },
        {"OUTSIDE": "<style>::view-transition-old(root){animation-duration:1ms}</style>"},
    ),
    "ground-of-a-popover": (
        {
            "OUTSIDE": "<style>#pg{width:1px;height:1px;border:0;padding:0;opacity:.01;pointer-events:none}#pg::backdrop{background:#fff}</style>"
            "<div popover=manual id=pg></div><script>document.getElementById('pg').showPopover()</script>"
        },
        {"OUTSIDE": "<div popover=manual id=pg>Bilgi</div>"},
    ),
    "button-in-clear-ink": (
        {
            "ATTRIBUTES": _LABEL,
            "BEFORE": '<style>.d{position:relative}.d::first-line{color:transparent}.d::after{content:"İptal";position:absolute;'
            "left:4px;top:2px;pointer-events:none}</style>",
        },
        {"ATTRIBUTES": _LABEL, "BEFORE": "<style>.d::first-letter{font-weight:bold}</style>"},
    ),
    "button-struck": (
        {"DEVAM_TEXT": "<s>Devam</s>"},
        {"DEVAM_TEXT": "<u>Devam</u>"},
    ),
    "button-under-veils": (
        {
            "DEVAM_TEXT": '<span style="position:relative">Devam'
            + '<i style="position:absolute;inset:-4px;background:#efefef8a;pointer-events:none">'
            "</i>" * 6 + "</span>"
        },
        {
            "DEVAM_TEXT": '<span style="position:relative">Devam<i style="position:absolute;inset:-4px;background:#0000000d;pointer-events:none"></i>'
            "</span>"
        },
    ),
    "button-by-an-inner-shadow": (
        {
            "ATTRIBUTES": 'style="position:relative"',
            "DEVAM_TEXT": 'Devam<i style="position:absolute;inset:0;box-shadow:inset 0 0 0 99px #eee;'
            'pointer-events:none"></i>',
        },
        {
            "ATTRIBUTES": 'style="position:relative"',
            "DEVAM_TEXT": 'Devam<i style="position:absolute;inset:0;box-shadow:inset 0 0 0 1px #999;'
            'pointer-events:none"></i>',
        },
    ),
    "button-with-a-drawn-label": (
        {
            "DEVAM_TEXT": '<span style="position:relative">Devam<svg style="position:absolute;inset:-3px;pointer-events:none" width=60 height=24>'
            '<rect width=60 height=24 fill="#eee" /><text y=16>İptal</text></svg></span>'
        },
        {"DEVAM_TEXT": 'Devam <svg width=16 height=16><path d="M4 2l8 6-8 6z" /></svg>'},
    ),
    "not-in-the-ruby": (
        {"SENTENCE_STYLE": '.s{display:ruby}.s::after{display:ruby-text;content:"geri almak için"}'},
        {"SENTENCE_STYLE": '.s::after{content:" (E-Onay)"}'},
    ),
    "words-where-the-line-breaks": (
        {"SENTENCE_STYLE": ".s{display:block;width:12em;hyphens:auto;hyphenate-character:' vermiyorum '}"},
        {"SENTENCE_STYLE": ".s{display:block;width:12em;hyphens:auto}"},
    ),
}
"""By name: the parts of the trap and the parts of its twin."""
