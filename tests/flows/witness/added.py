"""Ways to show a person a sentence that is no text of the page: TEXT is it. The twin shows a mere description so."""

from __future__ import annotations

from collections.abc import Mapping

FRAME = 'style="border:0;width:100%;height:60px"'
IN_LISTS = frozenset({"select", "select-label", "list-box", "option-group"})
"""Ways in which a caption is harmless, and a whole sentence is none that anybody would choose."""
ADDED: Mapping[str, str] = {
    # pages within the page
    "srcdoc": f'<iframe {FRAME} srcdoc="<p>TEXT</p>"></iframe>',
    "srcdoc-in-srcdoc": f"<iframe {FRAME} srcdoc=\"<iframe style='border:0;width:90%;height:50px' srcdoc='TEXT'></iframe>\">"
    "</iframe>",
    "data-frame": f'<iframe {FRAME} src="data:text/html;charset=utf-8,<p>TEXT"></iframe>',
    "blob-frame": f"<iframe {FRAME} id=bf></iframe><script>NODE(bf).src = URL.createObjectURL(new Blob([`<meta charset=utf-8>"
    "<p>TEXT`], {type: 'text/html'}))</script>",
    "written-frame": f"<iframe {FRAME} id=wf></iframe><script>{{const at = NODE(wf).contentDocument;"
    "at.write(`<p>TEXT`);at.close()}</script>",
    "closed-tree-in-srcdoc": f'<iframe {FRAME} srcdoc="<div><template shadowrootmode=closed>TEXT</template></div>"></iframe>',
    # trees that no script reaches
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
    # what the style sheet writes
    "before": '<style>.n::before{content:"TEXT"}</style><p class=n></p>',
    "after": '<style>.n::after{content:"TEXT"}</style><p class=n>Not: </p>',
    "before-and-after": '<style>.n::before{content:"FIRST "}.n::after{content:"REST"}</style><p class=n></p>',
    "attr": '<style>.n::after{content:attr(data-n)}</style><p class=n data-n="TEXT"></p>',
    "variable": '<style>.n{--n:"TEXT"}.n::after{content:var(--n)}</style><p class=n></p>',
    "marker": '<style>.n{list-style-type:"TEXT"}</style><ul style="padding-left:45em"><li class=n>&#8203;</li></ul>',
    "marker-content": '<style>.n::marker{content:"TEXT "}</style><ul style="padding-left:45em"><li class=n>Bilgi</li></ul>',
    "counter-style": '<style>@counter-style n{system:cyclic;symbols:"TEXT";suffix:""}.n{list-style:inside n}</style>'
    "<ol><li class=n>&#8203;</li></ol>",
    "quotes": '<style>.n{quotes:"TEXT" ""}</style><q class=n></q>',
    "font-size-0-after": '<style>.n{font-size:0}.n::after{font-size:16px;content:"TEXT"}</style><p class=n>Bilgi</p>',
    "drawn-on-a-word": '<style>.n{visibility:hidden}.n::after{visibility:visible;content:"TEXT"}</style><p class=n>Bilgi</p>',
    # what fields show
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
    "placed": '<div style="position:relative;height:1.5em"><span style="position:absolute;left:0;top:1.3em">REST</span>'
    '<span style="position:absolute;left:0;top:0">FIRST</span></div>',
    "letters-in-boxes": "<p>SPELT</p>",
    "written-backwards": '<bdo dir="rtl">BACKWARDS</bdo>',
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
    "slotted-in-closed": '<x-note><template shadowrootmode="closed"><style>::slotted(*)::after{content:"TEXT"}</style>'
    "<slot></slot></template><b>Not: </b></x-note>",
    "fixed-strip": '<x-note><template shadowrootmode="closed"><div style="position:fixed;left:0;top:0;background:#ffd">TEXT'
    "</div></template></x-note>",
    "no-script-frame": f'<iframe {FRAME} sandbox srcdoc="TEXT"></iframe>',
}
"""By name: HTML that stands somewhere in the block."""
