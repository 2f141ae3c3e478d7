"""Things that plain pages have and that must not stop an act."""

from __future__ import annotations

from collections.abc import Mapping

from tests.flows.witness.misled import PICTURE, Parts

_MENU = ("Ana Sayfa", "NES İşlemleri", "Sertifika Listeleme", "Sertifikamı İptal Et", "Askıdan İndirme")
HARMLESS: Mapping[str, Parts] = {
    "nothing": {},
    "menu-of-links": {
        "OUTSIDE_TOP": "<nav>"
        + "".join(f"<a style='display:block' href='/{at}'>{title}</a>" for at, title in enumerate(_MENU))
        + "</nav>"
    },
    "menu-with-bullets": {
        "OUTSIDE_TOP": "<ul style='padding-left:2em'>"
        + "".join(f"<li><a href='/{at}'>{title}</a></li>" for at, title in enumerate(_MENU))
        + "</ul>"
    },
    "terms-to-scroll": {
        "OUTSIDE_TOP": '<div style="height:90px;overflow:auto;border:1px solid">'
        + "<p>Kamu Sertifikasyon Merkezi başvuru formunda değişiklik yapma hakkını saklı tutar.</p>" * 8
        + "</div>"
    },
    "sheet-below-the-window": {
        "OUTSIDE_TOP": '<div style="position:fixed;left:0;right:0;top:100%">Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</div>'
    },
    "cut-to-nothing": {
        "OUTSIDE_TOP": '<div style="clip-path:circle(0)">Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</div>'
        '<div style="clip-path:polygon(0 0,0 0,0 0)">Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</div>'
    },
    "filtered-away": {
        "OUTSIDE_TOP": '<div style="filter:opacity(0)">Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</div>'
    },
    "turned-away": {
        "OUTSIDE_TOP": '<div style="backface-visibility:hidden;transform:rotateY(180deg)">'
        "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</div>"
    },
    "under-a-cell": {
        "OUTSIDE_TOP": '<div style="display:grid"><div style="grid-area:1/1"><p>Daha önce vermiş olduğum E-Onayı kaldırmak '
        'istiyorum.</p></div><div style="grid-area:1/1;background:#def"><p>Hoş geldiniz.</p></div></div>'
    },
    "logo-above": {"OUTSIDE_TOP": f'<img src="{PICTURE}" width=300 height=80 alt="Kamu SM">'},
    "sticky-header": {
        "OUTSIDE_TOP": '<header style="position:sticky;top:0;background:#036;color:#fff;height:50px">Kamu SM</header>'
    },
    "fixed-header": {
        "OUTSIDE_TOP": '<div style="position:fixed;top:0;left:0;right:0;height:40px;background:#036"></div>'
        '<div style="height:50px"></div>'
    },
    "carousel": {
        "OUTSIDE_TOP": f'<div style="width:400px;height:90px;overflow:hidden;white-space:nowrap"><img src="{PICTURE}" '
        f'alt="Duyuru"><img src="{PICTURE}" alt="Duyuru"></div>'
    },
    "chat-bubble": {
        "OUTSIDE": '<x-c><template shadowrootmode="closed"><button style="position:fixed;right:20px;bottom:20px;'
        'border-radius:30px">Canlı destek</button></template></x-c>'
    },
    "hidden-menu": {"OUTSIDE_TOP": '<nav style="position:absolute;left:-300px;width:280px">Sertifikamı İptal Et</nav>'},
    "menu-of-services": {
        "OUTSIDE_TOP": '<nav><ul><li><a href="#">Sertifikamı İptal Et</a></li><li><a href="#">Askıdan İndirme</a></li>'
        "</ul></nav>"
    },
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
        "OUTSIDE": f'<img style="position:absolute;right:0;top:90px" src="{PICTURE}" width=200 height=300 alt="">'
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
    "larger-letters": {"OUTSIDE_TOP": "<style>html{zoom:1.25}</style>"},
    "smaller-page": {"OUTSIDE_TOP": "<style>body{zoom:.9}</style>"},
    "scaled-page": {"OUTSIDE_TOP": "<style>body{transform:scale(1.05);transform-origin:0 0}</style>"},
    "dark-page": {"OUTSIDE_TOP": "<style>body{background:#123;color:#eee}</style>"},
    "dark-by-scheme": {"OUTSIDE_TOP": "<style>:root{color-scheme:dark}</style>"},
    "card-with-a-shadow": {
        "OUTSIDE_TOP": "<style>p,form{box-shadow:0 4px 12px 2px #0003;border:1px solid #ccc;border-radius:8px;padding:8px}</style>"
    },
    "framed-in-colour": {"OUTSIDE_TOP": "<style>p,label{border-left:8px solid #37b;padding-left:12px}</style>"},
    "ring-of-focus": {"ATTRIBUTES": 'style="outline:3px solid #37b;outline-offset:2px;box-shadow:0 0 0 6px #3377bb40"'},
    "glass-header": {
        "OUTSIDE_TOP": '<header style="position:sticky;top:0;height:40px;backdrop-filter:blur(8px);background:#fffc">Kamu SM</header>'
    },
    "spaced-letters": {"OUTSIDE_TOP": "<style>body{letter-spacing:.06em;word-spacing:.1em;line-height:1.2}</style>"},
    "tight-letters": {
        "OUTSIDE_TOP": "<style>body{letter-spacing:-.03em;font-family:'Liberation Sans Narrow','Arial Narrow',sans-serif}</style>"
    },
    "set-to-both-sides": {"OUTSIDE_TOP": "<style>p{text-align:justify;hyphens:auto;max-width:20em}</style>"},
    "first-letter-large": {"OUTSIDE_TOP": "<style>p::first-letter{font-size:150%;font-weight:bold}</style>"},
    "first-line-bold": {"OUTSIDE_TOP": "<style>p::first-line{font-weight:bold;color:#036}</style>"},
    "soft-shadow-of-words": {"OUTSIDE_TOP": "<style>body{text-shadow:0 1px 2px #0002}</style>"},
    "underlined-links": {
        "OUTSIDE_TOP": '<style>a{text-decoration:underline 2px;text-underline-offset:3px}</style><a href="#">Ana Sayfa</a>'
    },
    "old-price-struck": {"OUTSIDE_TOP": "<p><s>Eski duyuru</s> Kamu SM</p>"},
    "coloured-panel": {"OUTSIDE_TOP": "<style>form,section,p{background:linear-gradient(90deg,#eef,#fff)}</style>"},
    "grey-words": {"OUTSIDE_TOP": "<style>body{color:#666}</style>"},
    "modern-colours": {
        "OUTSIDE_TOP": "<style>body{color:oklch(.3 .05 250);background:color(display-p3 1 1 1)}</style>"
    },
    "fading-menu": {
        "OUTSIDE_TOP": "<style>@keyframes fm{from{opacity:0}to{opacity:1}}.fm{opacity:0;animation:fm 1s paused}</style>"
        '<nav class="fm" style="position:absolute;left:0;top:600px"><a href="#">Sertifikamı İptal Et</a></nav>'
    },
    "spinner-in-the-button": {
        "DEVAM_TEXT": "<style>@keyframes sp{to{rotate:1turn}}</style>Devam <i style='position:absolute;opacity:0;animation:sp 1s linear 1'>"
        "Bekleyiniz</i>"
    },
    "dots-of-a-carousel": {
        "OUTSIDE_TOP": "<div>"
        + '<i style="display:inline-block;width:8px;height:8px;border-radius:4px;background:#37b;margin:2px"></i>' * 9
        + "</div>"
    },
    "drawn-background": {
        "OUTSIDE_TOP": '<svg style="position:absolute;left:0;top:0;z-index:-1" width=1200 height=400><rect width=1200 height=400 fill="#f4f7fb" />'
        "</svg>"
    },
    "ground-behind": {
        "OUTSIDE_TOP": '<div style="position:absolute;inset:0 0 auto;height:400px;z-index:-1;background:#f4f7fb"></div>'
    },
    "contained-part": {"OUTSIDE_TOP": "<style>form,section,main{contain:content}</style>"},
    "part-left-till-near": {"OUTSIDE_TOP": "<style>form,section,main,p{content-visibility:auto}</style>"},
    "words-in-columns": {
        "OUTSIDE_TOP": '<div style="columns:3;width:700px">Bu adım yaklaşık iki dakika sürer. Sonraki adımda imzalama ekranı açılır. Belgeler '
        "güvenli bir bağlantı üzerinden iletilir. Başvuru formu PDF olarak saklanır.</div>"
    },
    "badge-beside": {
        "BEFORE": '<p>E-Onay bilgileri <span style="display:inline-block;background:#37b;color:#fff;padding:2px 8px;border-radius:8px">Yeni</span></p>'
    },
    "marked-by-a-search": {
        "OUTSIDE_TOP": "<style>::highlight(found){background:#ff0;color:#000}</style>",
        "OUTSIDE": "<script>{const r = new Range();r.selectNodeContents(document.querySelector('p'));CSS.highlights.set('found', new Highlight(r))}"
        "</script>",
    },
    "selected-by-hand": {"OUTSIDE": "<script>getSelection().selectAllChildren(document.querySelector('p'))</script>"},
    "thin-bar-of-progress": {
        "OUTSIDE_TOP": "<style>progress{appearance:none;width:600px;height:6px}</style><progress value=.6></progress>"
    },
    "steps-above": {
        "OUTSIDE_TOP": '<ol style="display:flex;gap:2em;list-style:none"><li style="border-bottom:6px solid #37b">1 Bilgilendirme</li>'
        '<li style="border-bottom:6px solid #37b">2 E-Onay</li><li style="border-bottom:6px solid #ccc">3 İmza</li></ol>'
    },
}
"""Things on plain pages, by name."""
