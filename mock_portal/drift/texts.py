"""The same words, typed differently: capitals, spaces, dashes, signs around them."""

from __future__ import annotations

import re
import unicodedata

from bs4.element import TemplateString

from mock_portal.drift.change import DriftedPage, change

_TURKISH_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_DASH = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_SPACE = re.compile(r"(?<=\w) (?=\w)")
_SPACES = ("\u00a0", "\u2009", "\u202f", "  ", "\n      ", "\t", "\u00a0 ")
_DASHES = ("\u2011", "\u2010", "\u2013", "\u2212", " - ", " \u2013 ", "\u00ad-")
_ARROWS = ("» {}", "{} ›", "▸ {}", "{} →", "• {}", "{} …", "★ {}")


@change("upper-by-style")
def upper_by_style(page: DriftedPage) -> None:
    """Capitals by style sheet, with Turkish rules or, on a page that claims to be English, with others."""
    page.style("* { text-transform: uppercase !important; }")
    if page.random.random() < 0.5 and page.soup.html is not None:
        page.soup.html["lang"] = "en"


@change("upper-typed")
def upper_typed(page: DriftedPage) -> None:
    """Capitals typed in, by somebody who knows Turkish or by software that doesn't (`NES İŞLEMLERI`)."""
    is_turkish = page.random.random() < 0.5
    page.rewrite(lambda text: (text.translate(_TURKISH_UPPER) if is_turkish else text).upper())


@change("lower-typed")
def lower_typed(page: DriftedPage) -> None:
    """Everything in small letters."""
    page.rewrite(lambda text: text.replace("İ", "i").replace("I", "ı").lower())


@change("spaces")
def spaces(page: DriftedPage) -> None:
    """No-break, thin and doubled spaces, and line breaks in the source."""
    page.rewrite(lambda text: _SPACE.sub(lambda _: page.random.choice(_SPACES), text))


@change("dashes")
def dashes(page: DriftedPage) -> None:
    """Other dashes, with and without spaces around them."""
    page.rewrite(lambda text: _DASH.sub(lambda _: page.random.choice(_DASHES), text))


@change("invisible-letters")
def invisible_letters(page: DriftedPage) -> None:
    """Soft hyphens and zero-width spaces inside words, letters separated from their dots."""
    sign = page.random.choice(["\u00ad", "\u200b", "\u2060"])
    apart = page.random.random() < 0.5

    def typed(text: str) -> str:
        text = re.sub(r"(?<=[^\W\d_]{3})(?=[^\W\d_]{3})", lambda _: page.random.choice([sign, "", ""]), text)
        return unicodedata.normalize("NFD", text) if apart else text

    page.rewrite(typed)


@change("signs")
def signs(page: DriftedPage) -> None:
    """Arrows, dots and stars before and after the words of links and buttons."""
    for control in page.main.find_all(["a", "button"]):
        text = control.find(string=lambda s: bool(s and s.strip()))
        if text is not None and not isinstance(text, TemplateString):
            text.replace_with(page.random.choice(_ARROWS).format(text.strip()))
    for control in page.main.find_all("input", type="submit"):
        control["value"] = page.random.choice(_ARROWS).format(control.get("value", ""))


@change("split-words")
def split_words(page: DriftedPage) -> None:
    """Every word in an element of its own, and some cut in two."""
    for text in page.texts():
        if text.find_parent("template") or text.find_parent(["option", "title", "textarea"]):
            continue
        pieces = page.soup.new_tag("span")
        for piece in re.findall(r"\s+|\S+", str(text)):
            if piece.isspace() or piece.isdigit():
                pieces.append(piece)
                continue
            cut = page.random.randrange(1, len(piece)) if len(piece) > 3 and page.random.random() < 0.3 else len(piece)
            for part in filter(None, (piece[:cut], piece[cut:])):
                tag = page.soup.new_tag(page.random.choice(["span", "b", "i", "font"]))
                tag.string = part
                pieces.append(tag)
        text.replace_with(pieces)
