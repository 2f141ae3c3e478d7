"""Ways to make the button, or the place of the decision, look like something else: each a trap and its own twin."""

from __future__ import annotations

from collections.abc import Mapping

Parts = Mapping[str, str]
_PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='500' height='40'><text y='20'>E-Onayimi geri aliyorum"
    "</text></svg>"
)
_ICON = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><circle cx='8' cy='8' r='6'/></svg>"
_PLAIN = _PICTURE.replace("E-Onayimi geri aliyorum", "Kamu SM")
_LABEL = 'class="d"'
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
        {"DEVAM_TEXT": f'<img src="{_PICTURE}" alt="Devam" width=120 height=30>'},
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
        {"BETWEEN": f'<img src="{_PICTURE}" alt="">'},
        {"BETWEEN": f'<img src="{_ICON}" alt="">'},
    ),
    "picture-in-the-ground": (
        {"BETWEEN": f'<div style="width:500px;height:40px;background:url(&quot;{_PICTURE}&quot;) no-repeat"></div>'},
        {"BETWEEN": f'<div style="width:500px;height:40px;background:url(&quot;{_ICON}&quot;) no-repeat"></div>'},
    ),
    "picture-from-style": (
        {"BETWEEN": f'<style>.p::before{{content:url("{_PICTURE}")}}</style><div class=p></div>'},
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
        {"BETWEEN": f'<video width=500 height=60 poster="{_PICTURE}"></video>'},
        {"OUTSIDE": f'<video width=500 height=200 poster="{_PICTURE}"></video>'},
    ),
    "object": (
        {"BETWEEN": f'<object data="{_PICTURE}" type="image/svg+xml" width=500 height=40></object>'},
        {"OUTSIDE": f'<object data="{_PLAIN}" type="image/svg+xml" width=500 height=40></object>'},
    ),
    "embed": (
        {"BETWEEN": f'<embed src="{_PICTURE}" width=500 height=40>'},
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
    "words-turned-without-the-ground": (
        {"OUTSIDE_TOP": "<style>html { filter: invert(1) hue-rotate(180deg) }</style>"},
        {"OUTSIDE_TOP": "<style>html { filter: invert(1) hue-rotate(180deg); background: #fff }</style>"},
    ),
}
"""By name: the parts of the trap and those of its twin."""
HARMLESS: Mapping[str, Parts] = {
    "nothing": {},
    "logo-above": {"OUTSIDE_TOP": f'<img src="{_PICTURE}" width=300 height=80 alt="Kamu SM">'},
    "sticky-header": {
        "OUTSIDE_TOP": '<header style="position:sticky;top:0;background:#036;color:#fff;height:50px">Kamu SM</header>'
    },
    "fixed-header": {
        "OUTSIDE_TOP": '<div style="position:fixed;top:0;left:0;right:0;height:40px;background:#036"></div>'
        '<div style="height:50px"></div>'
    },
    "carousel": {
        "OUTSIDE_TOP": f'<div style="width:400px;height:90px;overflow:hidden;white-space:nowrap"><img src="{_PICTURE}" '
        f'alt="Duyuru"><img src="{_PICTURE}" alt="Duyuru"></div>'
    },
    "chat-bubble": {
        "OUTSIDE": '<x-c><template shadowrootmode="closed"><button style="position:fixed;right:20px;bottom:20px;'
        'border-radius:30px">Canlı destek</button></template></x-c>'
    },
    "hidden-menu": {"OUTSIDE_TOP": '<nav style="position:absolute;left:-300px;width:280px">Sertifikamı İptal Et</nav>'},
    "for-screen-readers": {
        "BETWEEN": '<span style="position:absolute;width:1px;height:1px;clip:rect(0,0,0,0);overflow:hidden">'
        "Sonraki adım</span>"
    },
    "drawn-box": {
        "BEFORE": "<style>.b{display:inline-block;width:16px;height:16px;border:1px solid;position:relative}"
        '.b::after{content:"✔";position:absolute;left:2px;top:-2px}</style><span class=b></span>'
    },
    "closed-icon": {
        "BETWEEN": '<x-i><template shadowrootmode="closed"><svg width=20 height=20><circle cx=9 cy=9 r=8 /></svg>'
        "</template></x-i>"
    },
    "toast-in-a-corner": {
        "OUTSIDE": '<div style="position:fixed;right:0;bottom:0;background:#333;color:#fff">Kaydedildi</div>'
    },
    "watermark-gradient": {"OUTSIDE_TOP": "<style>body{background:linear-gradient(#fff,#eef)}</style>"},
    "picture-beside": {
        "OUTSIDE": f'<img style="position:absolute;right:0;top:90px" src="{_PICTURE}" width=200 height=300 alt="">'
    },
    "icon-font": {"DEVAM_TEXT": "Devam <i>&#xe5c8;</i>"},
    "numbered": {"BEFORE": "<ol><li>Adım bilgisi</li></ol>"},
    "capitals-by-style": {"ATTRIBUTES": 'style="text-transform:uppercase"'},
    "ripple": {
        "DEVAM_TEXT": 'Devam<span style="position:absolute;inset:0;background:#000;opacity:.04;pointer-events:none"></span>',
        "ATTRIBUTES": 'style="position:relative"',
    },
    "hidden-file-frame": {"OUTSIDE": '<iframe hidden src="http://yabanci.example/x"></iframe>'},
    "cookie-strip": {
        "OUTSIDE": '<div style="position:fixed;left:0;right:0;bottom:0;height:50px;background:#eee">Çerez kullanırız.'
        "</div>"
    },
    "disabled-look": {"BETWEEN": '<button disabled>Yazdır</button> <a href="#">Ana Sayfa</a>'},
}
"""By name: what stands on plain pages."""
