"""What lies over a page: what may be closed, and by which of its own controls. All else is the person's to answer.

A cookie notice is closed in the way that commits to least. A layer that calls itself an announcement or a survey is
closed by what closes or acknowledges it, its switches left as they are. Nothing else is ever answered here: a dialog
that is not understood may be the one that revokes a certificate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, Layer
from flows.text import fold, fold_label, skeleton
from flows.words import asks, decides, is_risky, sentences, wills

_NEWS = ("duyuru", "bilgilendirme", "hatirlatma", "haber", "anket", "degerlendir", "memnuniyet")
_CLOSE_GLYPHS = frozenset("×✕✖✗❌⨯⨉xX")
_CLOSE = re.compile(
    r"(?:(?:bu|iletisim|kutusunu|pencereyi|duyuruyu|bildirimi|mesaji|uyariyi|anketi|notu) )*kapat(?: x)?|close"
)
_LATER = frozenset(
    {"daha sonra", "sonra", "simdi degil", "sonra hatirlat", "daha sonra hatirlat", "hayir, tesekkurler"}
)
_SEEN = frozenset({"tamam", "anladim", "okudum", "tamam, anladim", "okudum, anladim", "okudum anladim"})
_REFUSES = ("vazgec", "iptal", "hayir", "redde", "istemiyor", "geri", "kabul etmiyor", "onaylamiyor", "kalsin")
_MORE_THAN_COOKIES = (
    "riza",
    "ucuncu",
    "aktar",
    "sertifika ",
    "sertifikan",
    "e-onay",
    "e-imza",
    "pin ",
    "odeme",
    "ucret",
)
_ALL = ("tum", "hepsi", "butun")

Choice = Callable[[Control], bool]


def way_out(layer: Layer) -> Control | None:
    """Return the control that may close *layer*; None where only the person may answer it."""
    buttons = [c for c in layer.controls if _is_button(c)]
    if is_cookie_notice(layer):
        return _first(buttons, _refuses_cookies, _is_close, _is_later, _is_seen, _accepts_cookies)
    if not is_news(layer, buttons):
        return None
    if closing := _first(buttons, _is_close, _is_later):
        return closing
    if asks_nothing(layer) and not any(map(_is_refusal, buttons)):
        return _first(buttons, _is_seen)
    return None


def is_statement(layer: Layer) -> bool:
    """Tell whether *layer* only says something: nothing in it can be used, so it goes away by itself or never."""
    return not layer.controls


def is_cookie_notice(layer: Layer) -> bool:
    """Tell whether *layer* speaks of cookies, and of nothing else that could have weight."""
    if "cerez" not in skeleton(layer.text) and "cookie" not in skeleton(layer.text):
        return False
    return all(not decides(s) or (_is_about_cookies(s) and not _names_more(s)) for s in _said(layer))


def is_news(layer: Layer, buttons: Iterable[Control]) -> bool:
    """Tell whether *layer* calls itself an announcement or a survey and has no button that decides anything."""
    said = list(_said(layer))
    if not any(word.startswith(_NEWS) for s in said for word in skeleton(s).replace("'", " ").split()):
        return False
    agreeing = [b for b in buttons if not (_is_close(b) or _is_later(b))]
    if any(is_risky(part) for b in agreeing for part in _parts(b)):
        return False
    return not (agreeing and any(map(decides, said)))


def asks_nothing(layer: Layer) -> bool:
    """Tell whether *layer* neither asks nor has the reader say what they want."""
    return not any(asks(s) or wills(s) for s in _said(layer))


def _said(layer: Layer) -> Iterable[str]:
    """Yield what the layer says itself: without the labels of its buttons, boxes and fields."""
    labels = {fold(part) for control in layer.controls for part in _parts(control)}
    for line in layer.text.splitlines():
        if fold(line) not in labels:
            yield from sentences(line)


def _parts(control: Control) -> tuple[str, ...]:
    return tuple(part for part in (control.text, *control.names, control.beside) if part)


def _labels(control: Control) -> set[str]:
    return {skeleton(fold_label(part)) for part in _parts(control)}


def _is_button(control: Control) -> bool:
    return control.role not in FIELD_ROLES and control.role not in TOGGLE_ROLES and not control.disabled


def _is_close(control: Control) -> bool:
    words = [part for part in _parts(control) if fold_label(part)]
    if all(part in {"x", "X"} for part in words) and control.text.strip() in _CLOSE_GLYPHS:
        return True
    return any(_CLOSE.fullmatch(label) for label in _labels(control))


def _is_later(control: Control) -> bool:
    return bool(_labels(control) & _LATER)


def _is_seen(control: Control) -> bool:
    return bool(_labels(control) & _SEEN)


def _is_refusal(control: Control) -> bool:
    return any(label.startswith(_REFUSES) for label in _labels(control))


def _refuses_cookies(control: Control) -> bool:
    return any(
        "redde" in label
        or "kabul etmiyorum" in label
        or (label.startswith(("yalniz", "sadece", "gerekli", "zorunlu")) and not any(a in label for a in _ALL))
        for label in _labels(control)
    )


def _accepts_cookies(control: Control) -> bool:
    return any("kabul e" in label or label in {"kabul", "izin ver", "onayla"} for label in _labels(control))


def _is_about_cookies(sentence: str) -> bool:
    words = skeleton(sentence)
    return "cerez" in words or "cookie" in words or "tercih" in words


def _names_more(sentence: str) -> bool:
    """Tell whether *sentence* has the reader agree to more than cookies."""
    return any(more in skeleton(sentence) for more in _MORE_THAN_COOKIES)


def _first(buttons: list[Control], *choices: Choice) -> Control | None:
    for choice in choices:
        fitting = [b for b in buttons if choice(b)]
        if fitting:
            return fitting[0]
    return None
