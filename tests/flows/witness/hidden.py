"""Ways to hide from a person what the page's markup says.

Each is a style for the element around the sentence, or HTML with SENTENCE in it. In the twin the same style or HTML
hides words of no weight.
"""

from __future__ import annotations

from collections.abc import Mapping

_GLASS = "position:absolute;inset:-4px;pointer-events:none"
_WHITE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='700' height='40'><rect width='700' height='40' fill='white'/></svg>"
_OVER = "position:absolute;inset:-4px;background:#fff;pointer-events:none"


def _under(cover: str, inner: str = "") -> str:
    """Return the sentence covered by an element with the style *cover*."""
    return (
        f'<span style="position:relative;display:inline-block">SENTENCE<i style="position:absolute;pointer-events:none;{cover}">'
        f"{inner}</i></span>"
    )


PICTURES = frozenset({"under-a-canvas", "under-a-content-picture", "in-a-canvas-instead", "in-a-video-instead"})
"""Ways with a picture that we can't read."""
STYLES: Mapping[str, str] = {
    "tiny": "font-size:1.2px",
    "transparent": "opacity:.01",
    "no-ink": "color:transparent",
    "no-fill": "-webkit-text-fill-color:transparent",
    "ink-of-the-ground": "color:#fff",
    "nearly-the-ground": "color:#fdfdfd",
    "on-its-own-ground": "color:#333;background:#333",
    "polygon": "display:block;clip-path:polygon(0 0,0 0,0 0)",
    "circle": "display:block;clip-path:circle(0)",
    "inset": "display:block;clip-path:inset(0 100% 0 0)",
    "low": "display:block;height:2px;overflow:hidden",
    "shut": "display:block;max-height:0;overflow:clip",
    "thin": "display:block;width:3px;height:1em;overflow:hidden;white-space:nowrap",
    "indented": "display:block;text-indent:-9999px;overflow:hidden;white-space:nowrap",
    "scaled": "display:inline-block;transform:scale(.02)",
    "flat": "display:inline-block;transform:scaleY(0)",
    "scale-property": "display:inline-block;scale:.02",
    "mirrored": "display:inline-block;transform:scaleX(-1)",
    "upside-down": "display:inline-block;transform:rotate(180deg)",
    "edge-on": "display:inline-block;transform:rotateY(90deg)",
    "turned-away": "display:inline-block;transform:rotateY(180deg);backface-visibility:hidden",
    "rotate-property": "display:inline-block;rotate:180deg",
    "to-the-left": "position:absolute;left:-9999px",
    "above": "position:absolute;top:-900px",
    "to-the-right": "position:absolute;left:5000px;width:600px",
    "translated": "display:block;transform:translateX(-4000px)",
    "moved-by-property": "display:block;translate:-4000px",
    "filtered": "filter:opacity(0)",
    "blurred": "display:block;filter:blur(12px)",
    "masked": "display:block;mask-image:linear-gradient(transparent,transparent)",
    "blended": "color:#fff;mix-blend-mode:lighten",
    "crowded": "letter-spacing:-1em",
    "dots": "-webkit-text-security:disc",
    "zoomed": "zoom:.05",
    "contained": "display:block;contain:paint;height:1px",
    "contained-strictly": "display:block;contain:strict;height:1px",
    "skipped": "display:block;content-visibility:hidden",
    "shut-with-a-margin": "display:block;overflow:clip;overflow-clip-margin:0px;height:1px",
    "skewed": "display:inline-block;transform:skewX(86deg)",
    "squeezed": "display:inline-block;transform:scaleX(.22)",
    "on-a-path": "display:inline-block;offset-path:path('M 0 0 H 10');offset-rotate:180deg",
    "crowded-a-little": "letter-spacing:-.33em",
    "words-on-one-another": "word-spacing:-4em",
    "lines-on-one-another": "display:block;width:160px;line-height:2px",
    "struck-by-style": "text-decoration:line-through",
    "struck-thickly": "text-decoration:line-through #fff 30px",
    "underlined-in-its-ink": "color:#222;text-decoration:underline #222 30px;text-underline-offset:-22px;text-decoration-skip-ink:none",
    "stroked": "-webkit-text-stroke:14px #fff",
    "on-a-gradient-of-its-ink": "color:#fff;background:linear-gradient(#fff,#fff)",
    "on-a-shadow-of-its-ink": "color:#333;box-shadow:inset 0 0 0 99px #333",
    "ink-in-another-space": "color:oklch(1 0 0)",
    "ink-in-lab": "color:lab(99 0 0)",
    "ink-of-another-screen": "color:color(display-p3 1 1 1)",
    "faint-ink": "color:#e2e2e2",
    "masked-by-a-frame": "display:block;-webkit-mask-box-image:linear-gradient(transparent,transparent)",
    "no-path": "display:block;clip-path:path('M0 0')",
    "no-shape": "display:block;clip-path:xywh(0 0 0 0)",
    "no-rectangle": "display:block;clip-path:rect(0 0 0 0)",
    "adjusted": "font-size-adjust:.02",
    "far-away": "display:inline-block;transform:perspective(10px) translateZ(-400px)",
    "lying": "display:inline-block;transform:perspective(60px) rotateX(70deg)",
    "thrice-faint": "display:inline-block;opacity:.1",
    "washed-out": "filter:saturate(0) contrast(0)",
    "capped": "display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden;width:60px;max-height:1px",
    "behind": "position:relative;z-index:-1",
}
"""Styles, by name. ``behind`` needs a background, and `HIDDEN` adds it."""
HIDDEN: Mapping[str, str] = {
    **{name: f'<span style="{style}">SENTENCE</span>' for name, style in STYLES.items() if name != "behind"},
    "behind": '<span style="display:block;background:#fff"><span style="position:relative;z-index:-1">SENTENCE</span></span>',
    "under-a-box": f'<span style="position:relative">SENTENCE<span style="{_OVER}"></span></span>',
    "under-a-closed-tree": '<span style="position:relative">SENTENCE<x-o><template shadowrootmode="closed">'
    f'<b style="{_OVER}"></b></template></x-o></span>',
    "under-a-drawn-box": f'<style>.u::after{{content:"";{_OVER}}}</style><span class="u" style="position:relative">SENTENCE'
    "</span>",
    "under-a-gradient": '<span style="position:relative">SENTENCE<span style="position:absolute;inset:0;pointer-events:none;'
    'background:linear-gradient(#fff,#eee)"></span></span>',
    "under-a-canvas": '<span style="position:relative;display:block">SENTENCE<canvas style="position:absolute;left:0;top:0;'
    'width:100%;height:100%;pointer-events:none"></canvas></span>',
    "under-the-next-line": '<span style="display:block;overflow:hidden"><span>SENTENCE</span><span style="display:inline-block;background:#fff;margin-top:-60px;height:60px;'
    'width:100%;position:relative;top:-20px;pointer-events:none">&nbsp;</span></span>',
    "scrolled-out": '<span style="display:block;height:20px;overflow:auto"><span style="display:block;height:300px">Bilgi'
    "</span>SENTENCE</span>",
    "end-cut-off": '<span style="display:block;width:200px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">SENTENCE'
    "</span>",
    "columns": '<span style="display:block;columns:2;column-gap:3000px;height:20px;overflow:hidden">Bilgi<br>SENTENCE</span>',
    "faint-tree": '<x-f><template shadowrootmode="closed"><div style="opacity:.02"><slot></slot></div></template>SENTENCE</x-f>',
    "cut-tree": '<x-f><template shadowrootmode="closed"><div style="height:1px;overflow:hidden"><slot></slot></div></template>'
    "<span>SENTENCE</span></x-f>",
    "tiny-frame": '<iframe style="border:0;width:300px;height:4px" srcdoc="SENTENCE"></iframe>',
    "first-line": '<style>.fl::first-line{color:#fff}</style><span class="fl" style="display:block">SENTENCE</span>',
    "first-line-small": '<style>.fs::first-line{font-size:1px}</style><span class="fs" style="display:block">SENTENCE</span>',
    "highlighted": '<style>::highlight(w){color:transparent}</style><span id="hl">SENTENCE</span><script>{const r = new Range();'
    "r.selectNodeContents(NODE(hl));CSS.highlights.set('w', new Highlight(r))}</script>",
    "selected": '<style>.sl::selection{color:#fff;background:#fff}</style><span class="sl" id="sl">SENTENCE</span><script>'
    "getSelection().selectAllChildren(NODE(sl))</script>",
    "struck": "<s>SENTENCE</s>",
    "deleted": "<del>SENTENCE</del>",
    "dark-box-behind": '<span style="position:relative;z-index:0;color:#000"><i style="position:absolute;inset:0;background:#000;'
    'z-index:-1"></i>SENTENCE</span>',
    "dark-drawing-behind": '<span style="position:relative;z-index:0;color:#000"><svg style="position:absolute;inset:0;z-index:-1" '
    "width=700 height=30><rect width=700 height=30 /></svg>SENTENCE</span>",
    "drawn-without-fill": '<svg width=700 height=30><text y=20 fill="none">SENTENCE</text></svg>',
    "drawn-in-white": '<svg width=700 height=30><text y=20 fill="#fff">SENTENCE</text></svg>',
    "drawn-on-end": '<svg width=700 height=30><text y=20 rotate="180">SENTENCE</text></svg>',
    "drawn-on-one-spot": "<svg width=700 height=30><text y=20 textLength=30 lengthAdjust=spacingAndGlyphs>SENTENCE</text></svg>",
    "drawn-behind-a-drawing": '<svg width=700 height=30><text y=20>SENTENCE</text><rect width=700 height=30 fill="#fff" /></svg>',
    "under-an-inner-shadow": _under("inset:-4px;box-shadow:inset 0 0 0 99px #fff"),
    "under-a-border": _under("left:0;top:-1px;width:100%;height:0;border-top:19px solid #fff"),
    "under-an-outline": _under("left:0;top:8px;width:100%;height:1px;outline:8px solid #fff"),
    "under-a-shadow": '<span style="position:relative;display:block;overflow:hidden">SENTENCE<i style="position:absolute;left:0;top:0;'
    'width:1px;height:1px;box-shadow:0 0 0 900px #fff;pointer-events:none"></i></span>',
    "under-frosted-glass": _under("inset:-4px;backdrop-filter:blur(20px)"),
    "under-bleaching-glass": _under("inset:-4px;backdrop-filter:brightness(9)"),
    "under-veils": '<span style="position:relative">SENTENCE'
    + f'<i style="{_GLASS};background:#ffffff8a"></i>' * 6
    + "</span>",
    "under-a-drawing": _under(
        "inset:-4px", '<svg width="100%" height="100%"><rect width="100%" height="100%" fill="#fff" /></svg>'
    ),
    "under-a-content-picture": f'<style>.cp::after{{content:url("{_WHITE}");{_GLASS}}}</style><span class="cp" '
    'style="position:relative">SENTENCE</span>',
    "under-a-framing-picture": _under("inset:-4px;border:9px solid;border-image:linear-gradient(#fff,#fff) 1 fill"),
    "under-block-letters": _under(
        "inset:0;color:#fff;overflow:hidden;white-space:nowrap;font-size:22px;line-height:18px", "█" * 90
    ),
    "under-a-blend": _under("inset:-4px;background:#fff;mix-blend-mode:screen"),
    "not-anchored": '<span style="position:relative;display:block;width:300px;height:20px;overflow:hidden"><i style="anchor-name:--a;'
    'position:absolute;left:280px">.</i><span style="position:absolute;position-anchor:--a;position-area:right;white-space:nowrap;'
    'position-visibility:no-overflow">SENTENCE</span></span>',
    "blinking": "<style>@keyframes bl{0%,97%{opacity:0}98%,to{opacity:1}}</style><span style='animation:bl 60s infinite'>SENTENCE</span>",
    "blinking-ink": "<style>@keyframes bi{0%,97%{color:#fff}98%,to{color:#000}}</style><span style='animation:bi 60s infinite'>SENTENCE</span>",
    "not-yet-there": "<style>.ny{opacity:1;transition:opacity 300s 300s}@starting-style{.ny{opacity:0}}</style><span class=ny>SENTENCE</span>",
    "not-yet-come": "<marquee scrolldelay=60000 style='width:300px'>SENTENCE</marquee>",
    "small-ruby": "<ruby>Bilgi<rt style='font-size:1px'>SENTENCE</rt></ruby>",
    "folded-up": "<details><summary>Bilgi</summary>SENTENCE</details>",
    "until-found": "<span hidden=until-found style='display:block'>SENTENCE</span>",
    "dialog-not-open": "<dialog>SENTENCE</dialog>",
    "popover-not-open": "<div popover>SENTENCE</div>",
    "in-a-meter": "<meter value=.5>SENTENCE</meter>",
    "in-a-progress": "<progress value=.5>SENTENCE</progress>",
    "in-a-canvas-instead": "<canvas width=20 height=20>SENTENCE</canvas>",
    "in-a-video-instead": "<video width=20 height=20>SENTENCE</video>",
    "in-a-data-list": "<datalist><option>SENTENCE</datalist>",
    "phantom": "<math><mphantom><mtext>SENTENCE</mtext></mphantom></math>",
    "scrolled-away": '<span id="sa" style="display:block;height:20px;overflow:hidden">SENTENCE<br><br>Bilgi<br><br></span><script>'
    "NODE(sa).scrollTop = 40</script>",
    "second-column": '<span style="display:block;width:300px;columns:1;height:20px;overflow:hidden">Bilgi<br>SENTENCE</span>',
    "in-a-contained-tree": '<x-f><template shadowrootmode="closed"><div style="contain:paint;height:1px"><slot></slot></div></template>'
    "<span>SENTENCE</span></x-f>",
    "in-a-veiled-tree": '<x-f><template shadowrootmode="closed"><div style="position:relative"><slot></slot><div style="position:absolute;'
    'inset:0;pointer-events:none;box-shadow:inset 0 0 0 99px #fff"></div></div></template><span>SENTENCE</span></x-f>',
}
