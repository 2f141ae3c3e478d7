"""The controls that are never touched, and the one check before every act.

The words are in code, not in data: no change of wording can make a forbidden control harmless. We compare bare ASCII
skeletons, so that capitals, dotless letters and dashes can't hide them; better to stop too often.
Source: the guide of 2020, step 6 and 7 (the tiles and the withdraw sentence).
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from flows.actions import forbidden_action
from flows.controls import WAYS_ON, is_titled, matches
from flows.errors import SafetyError
from flows.hosts import HostRule
from flows.observation import Control
from flows.text import skeleton
from flows.words import words

_PHRASES = (
    "sertifikami iptal",
    "sertifika iptal",
    "sertifikanizi iptal",
    "sertifikanizi tekrar kullanilmayacak",
    "tekrar kullanilmayacak sekilde iptal",
    "iptal et",
    "kaldirmak istiyorum",
    "e-onayi kaldir",
    "e-onay kaldir",
    "e-onayimi kaldir",
    "e-onay iptal",
    "e-onayi iptal",
    "onayi geri",
    "onayimi geri",
    "onay vermiyorum",
    "geri cek",
    "askidan indir",
    "askiya al",
    "askiya alinmis",
    "pin olustur",
    "yeni bir pin",
    "kilit coz",
    "kilidi coz",
    "kilidini coz",
    "web parola",
)
_WITHDRAW = "kaldirmak istiyorum"
_HARMLESS = ("portal_home", *WAYS_ON)
"""Ways through the portal: a page may quote the withdraw sentence in its help and we still walk through it."""
_ADDRESS = re.compile(r"""(?:https?:)?//[^\s'"`<>()\\,;]+""", re.IGNORECASE)
"""An address with a host, as found in a form's action, a handler or a data attribute."""


_NO_PART = (
    r"(?! ?(?:ui|screen|page|form|panel|button|btn|scroll|body|view|input|field|submit|window|modal|tab|element|ekran"
    r"|sayfa|buton|dugme)(?:\b|s\b|ing\b))"
)
"""Parts of a page, which scripts lock while they work ("unblockUI")."""
_LOCK = re.compile(
    rf"\b(?:kilit|kilid|bloke|blokaj|aski)\w* (?:\w+ )?(?:coz|ac(?:$|m|i[ln])|kaldir|kalk|gider|indir)\w*"
    rf"|\bunlock{_NO_PART}|\bunblock{_NO_PART}"
    r"|\b(?:pin|puk|(?:web )?parola)\w*(?: kod\w*)?(?: \w+)? (?:sifirla|degis|yenile|olustur|uret|belirle|al$"
    r"|coz|unut|guncelle)\w*"
    r"|\b(?:reset|change|new|create|forgot\w*)(?: \w+)? (?:pin|puk|password)|\b(?:pin|puk) (?:reset|change)"
)
"""Lifting a lock, and making or changing a PIN, PUK or web password, in any inflection."""


def _unlocks(text: str) -> bool:
    return any(_LOCK.search(" ".join(words(line))) for line in text.splitlines())


def is_forbidden(text: str) -> bool:
    """Return whether *text* is about a forbidden act: revoking, withdrawing, lifting, PINs, passwords."""
    told = skeleton(text)
    return any(phrase in told for phrase in _PHRASES) or _unlocks(text)


def why_forbidden(control: Control, page_text: str, rule: HostRule) -> str:
    """Return why *control* must not be used, or an empty string.

    *page_text* is what its page says: if that is about withdrawing, only ways through the portal may be pressed.
    """
    told = " | ".join(
        skeleton(part)
        for part in (control.text, *control.names, control.title, control.beside, *control.effects, *control.carries)
    )
    for phrase in _PHRASES:
        if phrase in told:
            return f"the words {phrase!r}"
    said = (control.text, *control.names, control.title, control.beside, *control.effects)
    if any(map(_unlocks, said)):
        return "words on a lock, a PIN or a password"
    for effect in (*control.effects, *control.carries):
        if found := forbidden_action(effect):
            return f"the action {found!r}"
    ways = [rule.look.controls[name] for name in _HARMLESS]
    if _WITHDRAW in skeleton(page_text) and not any(matches(control, way) or is_titled(control, way) for way in ways):
        return "a page that withdraws the consent"
    return ""


def check_act(control: Control, page_text: str, page_url: str, rule: HostRule) -> None:
    """Raise `SafetyError` unless *control*, on the page *page_url* that says *page_text*, may be used."""
    if not rule.allows(page_url):
        raise SafetyError("host_not_allowed", expected="an allowed host", seen="another host")
    addresses = [control.href] if control.href and not control.href.startswith(("javascript:", "#")) else []
    for effect in control.effects:
        addresses += [urljoin(page_url, found) for found in _ADDRESS.findall(effect)]
    if not all(rule.allows(address) for address in addresses):
        raise SafetyError("host_not_allowed", expected="an act at an allowed host", seen="another host")
    if why := why_forbidden(control, page_text, rule):
        raise SafetyError("forbidden_control", expected="a harmless control", seen=why)


def as_data() -> dict[str, object]:
    """Return the words of forbidden controls as data, for the same check in a page: see `flows.shield_words`."""
    return {"phrases": _PHRASES, "withdraw": _WITHDRAW, "patterns": {"lock": _LOCK}}
