"""Ways to show a person a sentence, TEXT, that isn't text of the page. The twin shows a plain description that way."""

from __future__ import annotations

from collections.abc import Mapping

FRAME = 'style="border:0;width:100%;height:60px"'
IN_LISTS = frozenset({"select", "select-label", "list-box", "option-group", "button-of-a-list"})
"""Ways where a caption is harmless and where nobody would write a whole sentence."""
OF_THE_PAGE = frozenset({"before-the-body", "after-the-page", "title-shown"})
"""Ways that style the page itself. A style sheet inside a shadow tree can't do that."""
UNREADABLE = frozenset(
    {
        "use-of-a-drawing",
        "drawn-along",
        "picture-button",
        "object-page",
        "embedded-page",
        "after-a-meter",
        "after-a-bar",
    }
)
"""Ways that we can't read. Their harmless twins are elsewhere on the page."""
ODD_LETTERS = frozenset({"SMALLCAPS", "BOXED", "MATHS"})
"""Letters that only a trap uses. The twin has ordinary ones instead."""
ADDED: Mapping[str, str] = {
    # pages inside the page
    "srcdoc": f'<iframe {FRAME} srcdoc="<p>TEXT</p>"></iframe>',
    "srcdoc-in-srcdoc": f"<iframe {FRAME} srcdoc=\"<iframe style='border:0;width:90%;height:50px' srcdoc='TEXT'></iframe>\">"
    "</iframe>",
    "data-frame": f'<iframe {FRAME} src="data:text/html;charset=utf-8,<p>TEXT"></iframe>',
    "blob-frame": f"<iframe {FRAME} id=bf></iframe><script>NODE(bf).src = URL.createObjectURL(new Blob([`<meta charset=utf-8>"
    "<p>TEXT`], {type: 'text/html'}))</script>",
    "written-frame": f"<iframe {FRAME} id=wf></iframe><script>{{const at = NODE(wf).contentDocument;"
    "at.write(`<p>TEXT`);at.close()}</script>",
    "closed-tree-in-srcdoc": f'<iframe {FRAME} srcdoc="<div><template shadowrootmode=closed>TEXT</template></div>"></iframe>',
    # trees that scripts can't reach
    "closed-tree": '<x-note><template shadowrootmode="closed"><p>TEXT</p></template></x-note>',
    "closed-in-closed": '<x-note><template shadowrootmode="closed"><x-in><template shadowrootmode="closed">TEXT</template>'
    "</x-in></template></x-note>",
    "closed-in-open": '<x-note><template shadowrootmode="open"><x-in><template shadowrootmode="closed">TEXT</template>'
    "</x-in></template></x-note>",
    "closed-button": '<x-note><template shadowrootmode="closed"><button disabled>TEXT</button></template></x-note>',
    "closed-link": '<x-note><template shadowrootmode="closed"><a href="#">TEXT</a></template></x-note>',
    "closed-label": '<x-note><template shadowrootmode="closed"><label>TEXT</label></template></x-note>',
    "closed-style": '<x-note><template shadowrootmode="closed"><style>i::after{content:"TEXT"}</style><i></i></template>'
    "</x-note>",
    "scripted-closed": "<p id=sc></p><script>NODE(sc).attachShadow({mode: 'closed'}).innerHTML = `<b>TEXT</b>`</script>",
    # written by the style sheet
    "before": '<style>.n::before{content:"TEXT"}</style><p class=n></p>',
    "after": '<style>.n::after{content:"TEXT"}</style><p class=n>Not: </p>',
    "before-and-after": '<style>.n::before{content:"FIRST "}.n::after{content:"REST"}</style><p class=n></p>',
    "attr": '<style>.n::after{content:attr(data-n)}</style><p class=n data-n="TEXT"></p>',
    "variable": '<style>.n{--n:"TEXT"}.n::after{content:var(--n)}</style><p class=n></p>',
    "marker": '<style>.n{list-style-type:"TEXT"}</style><ul style="padding-left:45em"><li class=n>&#8203;</li></ul>',
    "marker-content": '<style>.n::marker{content:"TEXT "}</style><ul style="padding-left:45em"><li class=n>Bilgi</li></ul>',
    "counter-style": '<style>@counter-style n{system:cyclic;symbols:"TEXT";suffix:""}.n{list-style:inside n}</style>'
    "<ol><li class=n>&#8203;</li></ol>",
    "quotes": '<style>.n{quotes:"TEXT" ""}</style><p><q class=n></q></p>',
    "font-size-0-after": '<style>.n{font-size:0}.n::after{font-size:16px;content:"TEXT"}</style><p class=n>Bilgi</p>',
    "drawn-on-a-word": '<style>.n{visibility:hidden}.n::after{visibility:visible;content:"TEXT"}</style><p class=n>Bilgi</p>',
    # shown by fields
    "select": "<select><option>Diğer<option selected>TEXT</select>",
    "select-label": '<select><option selected value=1 label="TEXT">Diğer</select>',
    "list-box": "<select size=3><option>Diğer<option>TEXT</select>",
    "option-group": '<select size=3><optgroup label="TEXT"><option>Diğer</select>',
    "placeholder": '<input style="width:40em" placeholder="TEXT">',
    "area-placeholder": '<textarea cols=70 placeholder="TEXT"></textarea>',
    "readonly": '<input style="width:40em" readonly value="TEXT">',
    "disabled-field": '<input style="width:40em" disabled value="TEXT">',
    "area": "<textarea readonly cols=70>TEXT</textarea>",
    "typed-by-script": "<input id=tf style='width:40em'><script>NODE(tf).value = `TEXT`</script>",
    "output": "<output>TEXT</output>",
    # drawings
    "svg-text": "<svg width=600 height=30><text y=20>TEXT</text></svg>",
    "foreign-object": "<svg width=600 height=40><foreignObject width=600 height=40><p>TEXT</p></foreignObject></svg>",
    "tspans": "<svg width=600 height=30><text y=20><tspan>FIRST</tspan> <tspan>REST</tspan></text></svg>",
    "svg-link": '<svg width=600 height=30><a href="#"><text y=20>TEXT</text></a></svg>',
    "mathml": "<math><mtext>TEXT</mtext></math>",
    # letters and places
    "pieces-in-reverse": '<div style="display:flex;flex-direction:row-reverse;justify-content:flex-end;gap:.25em">'
    "<span>REST</span><span>FIRST</span></div>",
    "ordered": '<div style="display:flex;gap:.25em"><span style="order:2">REST</span><span style="order:1">FIRST</span></div>',
    "placed": '<div style="position:relative;height:2.8em;white-space:nowrap"><span style="position:absolute;left:0;top:1.3em">REST</span>'
    '<span style="position:absolute;left:0;top:0">FIRST</span></div>',
    "letters-in-boxes": "<p>SPELT</p>",
    "written-backwards": '<p><bdo dir="rtl">BACKWARDS</bdo></p>',
    "style-turns-it": '<p style="unicode-bidi:bidi-override;direction:rtl;text-align:left">BACKWARDS</p>',
    "look-alikes": "<p>LOOKALIKE</p>",
    "look-alikes-in-closed": '<x-note><template shadowrootmode="closed"><p>LOOKALIKE</p></template></x-note>',
    "marks-through": "<p>MARKED</p>",
    "soft-hyphens": "<p>HYPHENED</p>",
    "capitals": '<style>.n{text-transform:uppercase}.n::after{content:"TEXT"}</style><p class=n></p>',
    "aria-hidden": '<p aria-hidden="true">TEXT</p>',
    "inert": "<p inert>TEXT</p>",
    "popover": "<style>#pv{inset:auto;position:static;border:0}</style><div popover=manual id=pv>TEXT</div><script>"
    "NODE(pv).showPopover()</script>",
    "caption": "<table><caption>TEXT</caption><tr><td>Bilgi</table>",
    "ruby": "<ruby>Bilgi<rt>TEXT</rt></ruby>",
    "slotted-in-closed": '<x-note style="display:block"><template shadowrootmode="closed"><style>::slotted(*)::after{content:"TEXT"}</style>'
    "<slot></slot></template><b>Not: </b></x-note>",
    "fixed-strip": '<x-note><template shadowrootmode="closed"><div style="position:fixed;left:0;top:0;background:#ffd">TEXT'
    "</div></template></x-note>",
    "no-script-frame": f'<iframe {FRAME} sandbox srcdoc="TEXT"></iframe>',
    # where nobody looks for words
    "before-the-body": '<style>body::before{content:"TEXT"}</style>',
    "after-the-page": '<style>html::after{content:"TEXT"}</style>',
    "title-shown": "<style>head,title{display:block!important}</style><script>document.title = `TEXT`</script>",
    "style-shown": '<style style="display:block;white-space:pre">/* TEXT */</style>',
    "script-shown": '<script style="display:block">// TEXT</script>',
    "list-of-data-shown": '<datalist style="display:block"><option style="display:block">TEXT</option></datalist>',
    "rp-shown": '<ruby>Bilgi<rp style="display:block">TEXT</rp></ruby>',
    "fallback-of-a-slot": '<x-note><template shadowrootmode="closed"><slot>TEXT</slot></template></x-note>',
    "use-of-a-drawing": '<svg width=600 height=30><defs><text id="ut" y=20>TEXT</text></defs><use href="#ut" /></svg>',
    "drawn-along": '<svg width=700 height=30><path id="pa" d="M0 20 H700" fill="none"/><text><textPath href="#pa">TEXT</textPath></text></svg>',
    # words that come and go
    "changing-style": '<style>@keyframes ck{0%,40%{content:"Bilgi"}41%,to{content:"TEXT"}}.n::after{content:"Bilgi";'
    "animation:ck 9s infinite}</style><p class=n></p>",
    "blinking": "<style>@keyframes bk{0%,40%{opacity:0}41%,to{opacity:1}}</style><x-note style='animation:bk 9s infinite'>"
    '<template shadowrootmode="closed">TEXT</template></x-note>',
    "coming-slowly": "<style>@keyframes cs{from{opacity:0}to{opacity:1}}</style><x-note style='animation:cs 20s infinite'>"
    '<template shadowrootmode="closed">TEXT</template></x-note>',
    "running-by": '<x-note><template shadowrootmode="closed"><marquee>TEXT</marquee></template></x-note>',
    # drawn away from where it is
    "shadow-of-words": '<div style="position:absolute;left:-3000px;width:700px;text-shadow:3040px 0 #000">TEXT</div>',
    "dropped-shadow": '<div style="position:absolute;left:-3000px;width:700px;filter:drop-shadow(3040px 0 0 #000)">TEXT</div>',
    "mirrored-twice": '<div style="transform:scaleX(-1);width:300px;-webkit-box-reflect:left 10px"><x-note>'
    '<template shadowrootmode="closed">TEXT</template></x-note></div>',
    # shown by controls
    "hyphen": "<p style=\"width:5em;hyphens:manual;hyphenate-character:' TEXT'\">Elektro&shy;nikbasvuru</p>",
    "arrow-of-a-list": '<style>.pi,.pi::picker(select){appearance:base-select}.pi::picker-icon{content:"TEXT"}</style><select class="pi">'
    "<option>Onay metni</select>",
    "button-of-a-list": '<style>.bl,.bl::picker(select){appearance:base-select}</style><p><select class="bl"><button>TEXT</button>'
    "<option>Onay metni</select></p>",
    "scroll-marker": '<style>.sm{width:300px;overflow-x:auto;scroll-marker-group:after}.sm i::scroll-marker{content:"TEXT"}</style>'
    '<div class="sm"><div style="width:900px"><i>Bilgi</i></div></div>',
    "scroll-button": '<style>.sb{width:300px;overflow-x:auto}.sb::scroll-button(right){content:"TEXT"}</style><div class="sb">'
    '<div style="width:900px">Bilgi</div></div>',
    "picture-button": '<input type="image" disabled alt="TEXT" src="/none.png">',
    "after-a-box": '<style>.ab{appearance:none;width:auto}.ab::after{content:"TEXT"}</style><input type="checkbox" disabled class="ab">',
    "after-a-meter": '<style>.am{appearance:none;width:auto}.am::after{content:"TEXT"}</style><meter value=".5" class="am"></meter>',
    "after-a-bar": '<style>.ap{appearance:none;width:auto}.ap::before{content:"TEXT"}</style><progress value=".5" class="ap"></progress>',
    "legend-in-closed": '<x-note><template shadowrootmode="closed"><fieldset><legend>TEXT</legend></fieldset></template></x-note>',
    # other pages inside the page
    "object-page": f'<object {FRAME} type="text/html" data="data:text/html;charset=utf-8,<p>TEXT"></object>',
    "embedded-page": f'<embed {FRAME} type="text/html" src="data:text/html;charset=utf-8,<p>TEXT">',
    "plain-text-frame": f'<iframe {FRAME} src="data:text/plain;charset=utf-8,TEXT"></iframe>',
    "drawing-frame": f"<iframe {FRAME} src=\"data:image/svg+xml;charset=utf-8,<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>TEXT"
    '</text></svg>"></iframe>',
    "scripted-address": f'<iframe {FRAME} src="javascript:`<p>TEXT`"></iframe>',
    "frame-without-credentials": f'<iframe credentialless {FRAME} srcdoc="<p>TEXT</p>"></iframe>',
    "far-frame-turned": f'<div style="position:relative;height:60px"><iframe {FRAME} srcdoc="<p style=\'direction:rtl;unicode-bidi:bidi-override;'
    "text-align:left'>BACKWARDS</p>\"></iframe></div>",
    # letters and places
    "columns-of-a-table": '<table cellspacing=0 cellpadding=0><tr><td>FIRST&nbsp;</td><td style="white-space:nowrap">REST</td></tr></table>',
    "foot-first": '<div style="display:table"><div style="display:table-footer-group">REST</div><div style="display:table-row-group">FIRST'
    "</div></div>",
    "floated": '<div style="overflow:hidden;width:700px"><span style="float:left">FIRST&nbsp;</span><span style="float:left">REST</span></div>',
    "areas": '<div style="display:grid;grid-template:\'a b\' / auto 1fr;gap:.25em"><span style="grid-area:b">REST</span>'
    '<span style="grid-area:a">FIRST</span></div>',
    "wrapped-back": '<div style="display:flex;flex-wrap:wrap-reverse;width:700px"><span style="width:700px">REST</span>'
    '<span style="width:700px">FIRST</span></div>',
    "moved-pieces": '<div style="white-space:nowrap"><span style="display:inline-block;position:relative;left:9em">REST</span>'
    '<span style="display:inline-block;position:absolute;left:8px;width:8.5em;text-align:right">FIRST</span></div>',
    "small-capitals": "<p>SMALLCAPS</p>",
    "boxed-letters": "<p>BOXED</p>",
    "mathematical": '<x-note><template shadowrootmode="closed"><p>MATHS</p></template></x-note>',
    "anchored": '<x-note style="display:block"><template shadowrootmode="closed"><i style="anchor-name:--n">Not</i><b style="position:fixed;position-anchor:--n;'
    'position-area:bottom span-right;white-space:nowrap">TEXT</b></template></x-note>',
    "raised": "<style>@keyframes rs{from{translate:0}to{translate:0}}</style><x-note style='display:block;animation:rs 5s infinite'>"
    '<template shadowrootmode="closed"><div style="position:relative;z-index:9;transform:translateZ(0)">TEXT</div></template></x-note>',
    "whole-window": '<x-note><template shadowrootmode="closed"><dialog open style="position:static;border:0">TEXT</dialog></template></x-note>',
}
"""HTML for somewhere in the block, by name."""
