"""What a button of a dialog does to the dialog, going by its label.

The words are in code: no change of data may turn an agreement into a way to close something.
"""

from __future__ import annotations

import re
from enum import StrEnum

from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control
from flows.text import fold_label, skeleton

_CLOSE_GLYPHS = frozenset("×✕✖✗❌⨯⨉xX")
_CLOSE = re.compile(
    r"(?:(?:bu|iletisim|kutusunu|pencereyi|duyuruyu|bildirimi|mesaji|uyariyi|anketi|notu|menuyu|sohbeti|banneri) )*"
    r"kapat(?: x)?|close(?: (?:this )?(?:dialog|menu))?"
)
_LATER = frozenset(
    {
        *("daha sonra", "sonra", "simdi degil", "sonra hatirlat", "daha sonra hatirlat", "hayir, tesekkurler"),
        *("gec", "atla", "turu gec", "turu atla", "belki daha sonra"),
    }
)
_SEEN = re.compile(r"(?:(?:duyuruyu|tamam|tamamdir|okudum|anladim|anlasildi|gordum|kapat|ve|esc|ok)\W*)+")
_GOES_ON = re.compile(r"(?:(?:okudum|anladim|siteye|portala|tamam|kapat|ve)\W*)*devam(?: et)?")
_NEXT = re.compile(r"(?:ileri|sonraki|siradaki|next)(?: (?:sayfa|duyuru|haber|adim|slayt))?")
_AGREES = (
    *("onayl", "kabul", "evet", "iptal", "kaldir", "sonlandir", "sil", "imzala", "ode", "yenile", "devam", "basvur"),
    *("askiya", "sertifikami", "razi", "izin ver", "gonder"),
)
_REFUSES = (
    *("vazgec", "iptal", "hayir", "redde", "istemiyor", "geri", "kabul etmiyor", "onaylamiyor", "kalsin"),
    *("izin verme", "engelle"),
)
_REFUSES_COOKIES = re.compile(r"redde|reject|decline|etmi|etmeden|etme$|izin verme|istemi|engelle|hayir")
_NEEDED = ("yalniz", "sadece", "gerekli", "zorunlu")
_ALL = ("tum", "hepsi", "butun")
_RISK_VERB = re.compile(
    r"\b(?:onayl\w*|onay ver\w*|kabul|kabul e[td]\w*|iptal e[td]\w*|fesh\w*|razi\w*"
    r"|(?:kaldir|sonlandir|sil|imzala|ode|yenile|degistir|askiya al|kilitle|devret|taahhut et)"
    r"(?:y?[iu]n(?:[iu]z)?|m\w*yorum|[iu]?yorum|s[iu]n)?)\b"
)
_SAVES = re.compile(
    r"(?:secim|secilen|tercih)\w*(?: cerezler\w*)? (?:kaydet|onayla|kabul et|izin ver)|kaydet(?: ve kapat)?"
)


class Role(StrEnum):
    """What a control of a dialog does, least commitment first."""

    CLOSES = "closes"
    LATER = "puts off"
    ACKNOWLEDGES = "acknowledges"
    REFUSES = "refuses"
    TURNS = "shows the next part"
    AGREES = "agrees"
    OTHER = "other"


def role_of(control: Control) -> Role:
    """Return what *control* does; a switch, a field or anything locked does nothing that we know."""
    if not is_button(control):
        return Role.OTHER
    labels = labels_of(control)
    if _is_close(control):
        return Role.CLOSES
    if labels & _LATER:
        return Role.LATER
    if any(_SEEN.fullmatch(label) for label in labels):
        return Role.ACKNOWLEDGES
    if any(label.startswith(_REFUSES) for label in labels):
        return Role.REFUSES
    if any(_NEXT.fullmatch(label) for label in labels):
        return Role.TURNS
    if any(label.startswith(_AGREES) for label in labels):
        return Role.AGREES
    return Role.OTHER


def is_button(control: Control) -> bool:
    """Return whether *control* can be pressed and holds no value."""
    return control.role not in FIELD_ROLES and control.role not in TOGGLE_ROLES and not control.disabled


def has_risk_verb(control: Control) -> bool:
    """Return whether *control*'s own verb does something of weight: "Sertifikamı yenile", not a plain "Evet"."""
    return control.role != "link" and any(_RISK_VERB.search(label) for label in labels_of(control))


def only_goes_on(control: Control) -> bool:
    """Return whether *control* leads on to the page ("Devam et", "Okudum, devam et") and says nothing else."""
    return any(_GOES_ON.fullmatch(label) for label in labels_of(control))


def refuses_cookies(control: Control) -> bool:
    """Return whether *control* of a cookie notice accepts none, or only the necessary ones."""
    return any(
        _REFUSES_COOKIES.search(label) or (label.startswith(_NEEDED) and not any(a in label for a in _ALL))
        for label in labels_of(control)
    )


def accepts_cookies(control: Control) -> bool:
    """Return whether *control* of a cookie notice accepts them."""
    return any(
        ("kabul e" in label or label in {"kabul", "izin ver", "onayla"}) and not _REFUSES_COOKIES.search(label)
        for label in labels_of(control)
    )


def saves_choice(control: Control) -> bool:
    """Return whether *control* of a cookie notice saves what is ticked there."""
    return any(_SAVES.fullmatch(label) for label in labels_of(control))


def labels_of(control: Control) -> set[str]:
    """Return the labels of *control* in the form we compare."""
    return {skeleton(fold_label(part)) for part in _parts(control)}


def _parts(control: Control) -> tuple[str, ...]:
    return tuple(part for part in (control.text, *control.names, control.beside) if part)


def _is_close(control: Control) -> bool:
    words = [part for part in _parts(control) if fold_label(part)]
    if all(part in {"x", "X"} for part in words) and control.text.strip() in _CLOSE_GLYPHS:
        return True
    return any(_CLOSE.fullmatch(label) for label in labels_of(control))
