"""Ways to keep from a person's eyes what the page's markup says.

Each is a style for the element around the sentence, or HTML with SENTENCE in it. In the twin the same lies on words that
carry no weight.
"""

from __future__ import annotations

from collections.abc import Mapping

_OVER = "position:absolute;inset:-4px;background:#fff;pointer-events:none"
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
    "behind": "position:relative;z-index:-1",
}
"""By name: a style. ``behind`` needs a ground, which `HIDDEN` gives it."""
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
    "under-the-next-line": '<span>SENTENCE</span><span style="display:inline-block;background:#fff;margin-top:-60px;height:60px;'
    'width:100%;position:relative;top:-20px;pointer-events:none">&nbsp;</span>',
    "scrolled-out": '<span style="display:block;height:20px;overflow:auto"><span style="display:block;height:300px">Bilgi'
    "</span>SENTENCE</span>",
    "end-cut-off": '<span style="display:block;width:200px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">SENTENCE'
    "</span>",
    "columns": '<span style="display:block;columns:2;column-gap:3000px;height:20px;overflow:hidden">Bilgi<br>SENTENCE</span>',
    "faint-tree": '<x-f><template shadowrootmode="closed"><div style="opacity:.02"><slot></slot></div></template>SENTENCE</x-f>',
    "cut-tree": '<x-f><template shadowrootmode="closed"><div style="height:1px;overflow:hidden"><slot></slot></div></template>'
    "<span>SENTENCE</span></x-f>",
    "tiny-frame": '<iframe style="border:0;width:300px;height:4px" srcdoc="SENTENCE"></iframe>',
}
