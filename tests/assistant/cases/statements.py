"""What is next to the consent sentence, or instead of it. The twin only has a description there."""

from __future__ import annotations

from random import Random

from tests.assistant.cases import sentences as s
from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.variants import LEFT_ALONE, WENT_ON, Variant, page
from tests.flows.pages import GIVE, INTRO

_STYLE = ".row{margin:8px}.footer{margin-top:3em;color:#555}"
_DEVAM = '<button type="submit" ATTRIBUTES onclick="log(\'devam\');end();return false">Devam</button>'
SENTENCES = {
    "text": f"<p>{GIVE}</p>",
    "ticked": f'<label><input type="checkbox" name="onay" checked> {GIVE}</label>',
    "unticked": f'<label><input type="checkbox" name="onay"> {GIVE}</label>',
    "label-for": f'<input type="checkbox" id="onay"><label for="onay">{GIVE}</label>',
    "radio": f'<label><input type="radio" name="onay" checked> {GIVE}</label>',
    "antd": '<label class="ant-checkbox-wrapper"><span class="ant-checkbox"><input type="checkbox" '
    f'class="ant-checkbox-input"><span class="ant-checkbox-inner"></span></span><span>{GIVE}</span></label>',
    "material": '<mat-checkbox><div class="mdc-form-field"><div class="mdc-checkbox"><input type="checkbox" '
    f'class="mdc-checkbox__native-control" id="mc"></div><label class="mdc-label" for="mc">{GIVE}</label></div></mat-checkbox>',
    "bootstrap": '<div class="form-check form-switch"><input class="form-check-input" type="checkbox" role="switch" id="bs">'
    f'<label class="form-check-label" for="bs">{GIVE}</label></div>',
}
BLOCKS = {
    "form": '<form onsubmit="return false">BEFORE SENTENCE BETWEEN DEVAM AFTER</form>',
    "form-with-home": '<form onsubmit="return false">BEFORE SENTENCE BETWEEN<a href="/landing">Ana Sayfa</a> DEVAM AFTER</form>',
    "table": '<form onsubmit="return false"><table><tr><td>BEFORE</td></tr><tr><td>SENTENCE</td></tr><tr><td>BETWEEN</td></tr>'
    "<tr><td>DEVAM</td></tr><tr><td>AFTER</td></tr></table></form>",
    "fieldset": "<fieldset><legend>E-Onay</legend>BEFORE SENTENCE BETWEEN DEVAM AFTER</fieldset>",
    "list": "<ul><li>BEFORE</li><li>SENTENCE</li><li>BETWEEN</li></ul><div>DEVAM AFTER</div>",
    "card": '<div class="card"><div class="card-body">BEFORE<div class="form-check">SENTENCE</div>BETWEEN</div>'
    '<div class="card-footer">DEVAM AFTER</div></div>',
    "panel-grid": '<div id="f:pg" class="ui-panelgrid ui-widget"><div class="ui-panelgrid-content ui-grid"><div class="ui-g">'
    "<div>BEFORE</div><div>SENTENCE</div><div>BETWEEN</div><div>DEVAM</div><div>AFTER</div></div></div></div>",
    "material": "<mat-card><mat-card-content>BEFORE SENTENCE BETWEEN</mat-card-content><mat-card-actions>DEVAM AFTER"
    "</mat-card-actions></mat-card>",
    "shadow": '<eonay-form><template shadowrootmode="open"><div>BEFORE SENTENCE BETWEEN DEVAM AFTER</div></template></eonay-form>',
    "rows": '<div><div class="row">BEFORE</div><div class="row">SENTENCE</div><div class="row">BETWEEN</div><div class="row">'
    'DEVAM</div><div class="row">AFTER</div></div>',
    "one-form-page": '<form id="aspnetForm" onsubmit="return false"><div id="content">BEFORE SENTENCE BETWEEN DEVAM AFTER</div>'
    '<div class="footer">Kamu SM, Gebze. Telefon: 444 5 576</div></form>',
}
"""Ways to draw the part with the sentence and Devam."""
TEXTS = {
    "paragraph": "<p>TEXT</p>",
    "small": "<small>TEXT</small>",
    "strong": "<div><strong>TEXT</strong></div>",
    "alert": '<div role="alert" class="alert alert-warning">TEXT</div>',
    "ui-message": '<div class="ui-message ui-message-info"><span class="ui-message-info-detail">TEXT</span></div>',
    "list-item": "<ul><li>TEXT</li></ul>",
    "label": "<label>TEXT</label>",
    "quote": "<blockquote>TEXT</blockquote>",
    "agreement": '<textarea readonly rows="3" cols="60">TEXT</textarea>',
    "definition": "<dl><dt>Açıklama</dt><dd>TEXT</dd></dl>",
    "split": "<p><span>FIRST</span> <b>REST</b></p>",
}
_CAPTIONS = {
    "heading": "<h3>TEXT</h3>",
    "legend": "<fieldset><legend>TEXT</legend></fieldset>",
    "ticked": '<label><input type="checkbox" checked onchange="log(\'wrong-box\')"> TEXT</label>',
    "switch": '<span><button type="button" role="switch" aria-checked="true" aria-label="TEXT" onclick="log(\'wrong-box\')">'
    "</button> TEXT</span>",
    "radio": '<label><input type="radio" name="tur" checked onchange="log(\'wrong-box\')"> TEXT</label>'
    '<label><input type="radio" name="tur" onchange="log(\'wrong-box\')"> Diğer</label>',
    "option": "<select onchange=\"log('wrong-box')\"><option selected>TEXT</option><option>Diğer</option></select>",
}
"""Places for words that are chosen, or head the rest."""
_UNTICKED = {
    "box": '<label><input type="checkbox" onchange="log(\'wrong-box\')"> TEXT</label>',
    "box-for": '<input type="checkbox" id="ek" onchange="log(\'wrong-box\')"><label for="ek">TEXT</label>',
    "bare-box": '<div><input type="checkbox" onchange="log(\'wrong-box\')"> TEXT</div>',
    "radio": '<div><label><input type="radio" name="ek" onchange="log(\'wrong-box\')"> TEXT</label></div>',
    "role": '<div role="checkbox" aria-checked="false" tabindex="0" onclick="log(\'wrong-box\')">TEXT</div>',
}
_ELSEWHERE = {
    "footer": '<footer class="footer"><p>TEXT</p></footer>',
    "aside": "<aside><h3>Yardım</h3><p>TEXT</p></aside>",
    "note": '<p role="note">TEXT</p>',
    "top": '<div class="alert alert-info">TEXT</div>',
}
_ATTRIBUTES = {
    "title": 'title="TEXT"',
    "label": 'aria-label="TEXT"',
    "value": 'value="TEXT"',
    "described": 'aria-describedby="say"',
}
_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, str]]] = {
    "text": ((*s.WITHDRAWALS, *s.WEIGHTY), s.DESCRIPTIONS, TEXTS),
    "inline": ((*s.WITHDRAWALS, *s.WEIGHTY), s.DESCRIPTIONS, {"b": "<b>TEXT</b>", "span": "<span>TEXT</span>"}),
    "caption": ((*s.WEIGHTY, *s.WILLS), s.CAPTIONS, _CAPTIONS),
    "instead": (s.WITHDRAWALS, s.CAPTIONS, _CAPTIONS),
    "unticked": (s.WITHDRAWALS, s.NEWSLETTERS, _UNTICKED),
    "elsewhere": (s.WITHDRAWALS, s.DESCRIPTIONS, _ELSEWHERE),
    "attribute": (s.WITHDRAWALS, ("İmzalama adımına geçer", "Sonraki adım"), _ATTRIBUTES),
}
"""By place: what stops the run there, what does not, and how it is drawn."""
_QUOTED = f"<p>E-Onay verirken şu cümleyi onaylamıştınız: “{GIVE}”</p>"
_PLACES = (*(["text"] * 4), *(["caption"] * 3), "unticked", "unticked", "elsewhere", "attribute", "instead", "inline")


def make_statement(seed: int, shape: Random, words: Random, trap: bool) -> Variant:
    """Make an E-Onay page with one more sentence that must stop the run; the twin's is just a description."""
    place = _PLACES[seed % len(_PLACES)]
    block, sentence = shape.choice(list(BLOCKS)), shape.choice(list(SENTENCES))
    where = shape.choice(("BEFORE", "BETWEEN", "AFTER"))
    text, form, html = _extra(place, shape, words, trap)
    parts = {"BEFORE": "", "BETWEEN": "", "AFTER": "", "SENTENCE": SENTENCES[sentence], "DEVAM": _DEVAM}
    outside = attributes = ""
    if place == "elsewhere":
        outside = html
    elif place == "attribute":
        attributes = html
        # An id is looked up in its own tree, so it goes next to the button, wherever that is.
        parts["AFTER"] = f'<span id="say" hidden>{text}</span>' if form == "described" else ""
    elif place == "inline":
        parts["SENTENCE"] = f"<p>{GIVE} {html}</p>"
    else:
        parts[where] = html
        if place == "instead" and trap:
            parts["SENTENCE"] = _QUOTED
    parts["DEVAM"] = _DEVAM.replace("ATTRIBUTES", attributes)
    inner = BLOCKS[block]
    for name, part in parts.items():
        inner = inner.replace(name, part)
    body = f"{_menu(shape, words)}<h1>E-Onay İşlemleri</h1><p>{INTRO}</p>{inner}{outside}"
    expected = Expectation(LEFT_ALONE) if trap else Expectation(WENT_ON, {"devam": 1})
    told = f"{place} as {form} {where if parts.get(where) else ''}, {sentence} in {block}: {text}"
    return Variant(told, trap, page("E-Onay İşlemleri", body, style=_STYLE), expected)


def _extra(place: str, shape: Random, words: Random, trap: bool) -> tuple[str, str, str]:
    """Return the text, how it is drawn, and its HTML."""
    stopping, harmless, forms = _KINDS[place]
    texts = harmless
    if trap:
        texts = stopping if words.random() < 0.7 else s.WITHDRAWALS
    elif place == "attribute":
        forms = {name: html for name, html in forms.items() if name != "label"}  # that would be another control
    form = shape.choice(list(forms))
    text = words.choice(texts)
    first, _, rest = text.partition(" ")
    return text, form, forms[form].replace("TEXT", text).replace("FIRST", first).replace("REST", rest)


def _menu(shape: Random, words: Random) -> str:
    """Return a menu with entries that say what they do themselves, or nothing."""
    if shape.random() < 0.5:
        return ""
    links = "".join(
        f'<li><a href="#" onclick="log(\'wrong-menu\');return false">{text}</a></li>'
        for text in words.sample(s.MENUS, 2)
    )
    return f'<nav><a href="/landing">Kamu SM</a><ul>{links}</ul></nav>'
