"""What lies over a page: what may be closed, and by which of its own controls. All else is the person's to answer.

A cookie notice is closed in the way that commits to least. A layer that calls itself an announcement or a survey is
closed by what closes or acknowledges it, its switches left as they are. Nothing else is ever answered here: a dialog
that is not understood may be the one that revokes a certificate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, Layer
from flows.text import fold_label, skeleton
from flows.words import asks, decides, instructs, sentences, wills, withdraws

_NEWS = re.compile(
    r"\b(?:duyuru|bilgilendirme|hatirlatma)(?!n[iu]z)\w*|\bhaber(?:ler\w*|i|imiz)?\b|\banket\w*"
    r"|\bdegerlendir(?:me|mek|meler|ir|in|iniz|ebilir)\b|\bmemnuniyet(?! ?le)(?:iniz|inizi|i)?\b"
)
_CLOSE_GLYPHS = frozenset("×✕✖✗❌⨯⨉xX")
_CLOSE = re.compile(
    r"(?:(?:bu|iletisim|kutusunu|pencereyi|duyuruyu|bildirimi|mesaji|uyariyi|anketi|notu) )*kapat(?: x)?|close"
)
_LATER = frozenset(
    {"daha sonra", "sonra", "simdi degil", "sonra hatirlat", "daha sonra hatirlat", "hayir, tesekkurler"}
)
_SEEN = re.compile(r"(?:(?:duyuruyu|tamam|okudum|anladim|anlasildi|kapat|ve|esc)\W*)+")
_AGREES = (
    *("onayl", "kabul", "evet", "iptal", "kaldir", "sonlandir", "sil", "imzala", "ode", "yenile", "devam", "basvur"),
    *("askiya", "sertifikami"),
)
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
    "kisisel ver",
)
_COUNT = re.compile(r"[\s(]*\d+[\s)]*(?:sn|saniye)?\.?\)?")
_NO = re.compile(r"redde|reject|decline|etmi|etmeden|etme$|izin verme|istemi|engelle|hayir")
_NEEDED = ("yalniz", "sadece", "gerekli", "zorunlu")
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


def opens_later(layer: Layer) -> bool:
    """Tell whether a way out of *layer* is there but locked, as "Kapat (3)" is until the time is over."""
    locked = [replace(c, disabled=False, text=_COUNT.sub("", c.text)) for c in layer.controls if c.disabled]
    return bool(locked) and way_out(replace(layer, controls=(*layer.controls, *locked))) is not None


def is_cookie_notice(layer: Layer) -> bool:
    """Tell whether *layer* speaks of cookies, and of nothing else that could have weight."""
    if "cerez" not in skeleton(layer.text) and "cookie" not in skeleton(layer.text):
        return False
    return not any((decides(s) or instructs(s)) and (_names_more(s) or withdraws(s)) for s in _said(layer))


def is_news(layer: Layer, buttons: Iterable[Control]) -> bool:
    """Tell whether *layer* calls itself an announcement or a survey and has no button that decides anything."""
    said = list(_said(layer))
    if not any(_NEWS.search(skeleton(s)) for s in said):
        return False
    others = [b for b in buttons if not (_is_close(b) or _is_later(b))]
    if any(label.startswith(_AGREES) for b in others if b.role == "button" for label in _labels(b)):
        return False
    return not (others and any(decides(s) or instructs(s) for s in said))


def asks_nothing(layer: Layer) -> bool:
    """Tell whether *layer* neither asks nor has the reader say what they want."""
    return not any(asks(s) or wills(s) for s in _said(layer))


def _said(layer: Layer) -> Iterable[str]:
    return (sentence for part in layer.said for sentence in sentences(part))


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
    return any(_SEEN.fullmatch(label) for label in _labels(control))


def _is_refusal(control: Control) -> bool:
    return any(label.startswith(_REFUSES) for label in _labels(control))


def _refuses_cookies(control: Control) -> bool:
    return any(
        _NO.search(label) or (label.startswith(_NEEDED) and not any(a in label for a in _ALL))
        for label in _labels(control)
    )


def _accepts_cookies(control: Control) -> bool:
    return any(
        ("kabul e" in label or label in {"kabul", "izin ver", "onayla"}) and not _NO.search(label)
        for label in _labels(control)
    )


def _names_more(sentence: str) -> bool:
    """Tell whether *sentence* has the reader agree to more than cookies."""
    return any(more in skeleton(sentence) for more in _MORE_THAN_COOKIES)


def _first(buttons: list[Control], *choices: Choice) -> Control | None:
    for choice in choices:
        fitting = [b for b in buttons if choice(b)]
        if fitting:
            return fitting[0]
    return None
