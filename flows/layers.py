"""What lies over a page: what we may close, and with which of its own controls. The person answers everything else.

We close a cookie notice the way that commits to least. A layer that calls itself an announcement or a survey is closed
with what closes or acknowledges it, its switches left alone; an offer (an app, browser notifications, a chat) or an
open menu only with what closes or refuses it. We never answer anything else: a dialog that we don't understand may be
the one that revokes a certificate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from flows.layer_controls import (
    Role,
    accepts_cookies,
    has_risk_verb,
    is_button,
    only_goes_on,
    refuses_cookies,
    role_of,
    saves_choice,
)
from flows.observation import FIELD_ROLES, TOGGLE_ROLES, Control, Layer
from flows.plain import ends_on_its_day, is_heavy, is_plain
from flows.text import skeleton
from flows.verbs import PERSONAL
from flows.words import (
    asks,
    decides,
    instructs,
    is_risky,
    names_money,
    sentences,
    wills,
    withdraws,
    words,
)

_NEWS = re.compile(
    r"\b(?:duyuru|bilgilendirme|hatirlatma)(?!n[iu]z)\w*|\bhaber(?:ler\w*|i|imiz)?\b"
    r"|\bplanli bakim\w*|\b(?:sistem|genel) bakim\w*|\bbakim (?:calisma\w*|bildirimi|duyurusu|nedeniyle)"
    r"|\bsurum notlari|\bguncelleme notlari"
    r"|\bkutlu olsun|\bkutl(?:ariz|uyoruz)\b|\bkutlar\b.*\bdileriz\b|\bozur dileriz\b"
    r"|\byenilik(?:ler\w*)?\b|\byeni (?:surum|ozellik|arayuz|tasarim|gorunum)\w*|\b(?:tatil|bayram) mesaj\w*"
    r"|\bcalisma saatleri"
)
_SURVEY = re.compile(
    r"\banket\w*|\bdegerlendir(?:me|mek|meler|ir|in|iniz|ebilir)\b|\bmemnun(?:iyet)?(?! ?le)(?:iniz|inizi|i|luk)?\b"
    r"|\bgeri ?bildirim\w*|\bsizi dinliyoruz|\bgorus(?:leriniz|unuz)\w* (?:bizim )?(?:icin )?(?:onemli|degerli"
    r"|paylas|bildir|ilet)\w*"
    r"|\b(?:faydali|yararli|kolay|yeterli|basarili) (?:buldunuz|oldu) mu\b|\bpuan (?:ver|verin|veriniz|verir)\b"
    r"|\b(?:yildiz|puan)la\w+\b"
)
_PUSH = re.compile(r"\bbildirim\w*.*\b(?:izin|ac|acmak|acin|abone|gonder\w*|goster\w*|haberdar)\b", re.DOTALL)
_BY_OTHER_WAYS = re.compile(r"\b(?:sms|kisa mesaj|e-posta|eposta|telefon\w*|tebligat\w*|adres\w*)\b")
_OFFER = re.compile(
    r"\bmobil uygulama\w*|\buygulamamizi\b|\bana ekran\w*|\bgoogle play|\bapp store|\bapp gallery"
    r"|\bcanli destek|\bsohbet\w*|\b(?:dijital|sanal) asistan\w*|\bnasil yardimci"
    r"|\b(?:tanitim|hizli|kisa|rehberli) tur(?:a|u|una|unu|umuz\w*)?\b"
    r"|\bbulten\w*"
)
_WEIGHTY_THINGS = re.compile(
    r"\b(?:onay|e-onay|muvafakat|riza|sertifika|basvuru|imza|e-imza|kart|oturum|adres|telefon|kurum|kayit|kaydiniz"
    r"|numara|sozlesme|taahhut|odeme|borc|parola|sifre|pin|puk)"
)
_SESSION_ENDS = re.compile(r"\boturum\w*\b.*\b(?:er|kapat|kapan|sonlan|dol|uzat|bit|at[iu]l|dus|kal)\w*")
_SESSION_OVER = re.compile(
    r"\boturum\w*\b.*\b(?:er|kapat[iu]l|kapan|sonlan|sonland[iu]r[iu]l|dol|bit|dus|zaman asimina ugra|bulunama)"
    r"(?:d[iu]|t[iu]|m[iu]st[iu]r|m[iu]s)\b"
)
_PENDING = re.compile(r"\b(?:talep|talebi|taleple|bekle(?:yen|niyor|mekte|n)|bekliyor|taslak|hazirlan)\w*")
_OWN_BUTTON = re.compile(r"\b(?:tamam|anladim|okudum|kapat)\b")
_USUAL = re.compile(
    r"m[ae]kt[ae](?:dir)?$|(?:iste|sor|talep et|gonder|ara)m[ae]z$"
    r"|(?:hakkinda|iliskin|duyurusu|bilgilendirmesi|hatirlatmasi)$"
    r"|\b(?:sayfa|surum|kilavuz|uygulama|dokuman|liste|tarife|takvim|video)\w*(?: \w+)?"
    r" (?:guncellen|yayim|yayin|eklen|yenilen)\w*m[iu]s(?:t[iu]r)?$"
    r"|\bbasvurular\w*(?: \w+){0,6} (?:acil|basla)\w*$"
)
"""What goes on anyway, or never, for anybody, and what the institution has published."""
_CARE = re.compile(
    r"\b(?:okuyucu|surucu|tarayici|java|bilgisayar|isletim sistem|yazilim|guncelleme)\w*\b.*"
    r"\b(?:guncelle|kur|yukle|kontrol et|kontrol ed|denetle|kapat|baslat|kullan|tak|deney)\w*n[iu]z$"
)
"""Advice about the reader's own computer."""
_OURS = re.compile(r"\b\w+m[iu]z(?:[iuae]n?|d[ae]n?|c[ae])?\b")
_PRIVACY = re.compile(r"\bkvkk\b|\bkisisel veri|\baydinlatma metni|\briza\b|\bsozlesme")
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
_AGREEMENT = re.compile(r"\bkabul (?:ed|et)|\bonayla|\bonay ver|\briza\w* (?:ver|goster)|\btaahhut e|\bsayil[iu]r")
_WE = re.compile(r"\b\w+[iu]yoruz\b")
_LOCK = re.compile(r"\([^)]*\)|\b\d+\s*(?:sn|saniye)?(?:\s+sonra)?\b\.?")
_FEWEST_IN_A_MENU = 2
_LONGEST_HEADING = 3
"""Words."""

Choice = Callable[[Control], bool]


class Kind(StrEnum):
    """What a layer is, as far as it says so itself."""

    COOKIES = "a cookie notice"
    NEWS = "an announcement"
    SURVEY = "a survey"
    OFFER = "an offer"
    MENU = "an open menu"
    OTHER = "the person's to answer"


def kind_of(layer: Layer) -> Kind:
    """Return what *layer* is; anything we don't understand, or with some weight, is the person's."""
    said = tuple(_said(layer))
    if is_cookie_notice(layer):
        return Kind.COOKIES
    if any(_SESSION_ENDS.search(skeleton(s)) for s in said):
        return Kind.OTHER
    if _is_menu(layer, said):
        return Kind.MENU
    kind = _named_kind(said)
    return Kind.OTHER if kind is Kind.OTHER or _carries_weight(kind, layer, said) else kind


def way_out(layer: Layer) -> Control | None:
    """Return the control that may close *layer*; None when only the person may answer it."""
    buttons = [c for c in layer.controls if is_button(c)]
    match kind_of(layer):
        case Kind.COOKIES:
            saves = saves_choice if _ticks_only_needed(layer) else _never
            closing = (refuses_cookies, _has(Role.CLOSES), _has(Role.LATER), saves)
            return _first(buttons, *closing, _has(Role.ACKNOWLEDGES), saves_choice, accepts_cookies)
        case Kind.MENU:
            return _first(buttons, _has(Role.CLOSES))
        case Kind.OFFER | Kind.SURVEY as kind:
            found = _first(buttons, _has(Role.CLOSES), _has(Role.LATER), _has(Role.REFUSES))
            return found or (_acknowledged(layer, buttons) if kind is Kind.SURVEY else None)
        case Kind.NEWS:
            found = _first(buttons, _has(Role.CLOSES), _has(Role.LATER))
            return found or _acknowledged(layer, buttons)
    return None


def is_statement(layer: Layer) -> bool:
    """Return whether *layer* only says something: nothing in it can be used, so it goes away by itself or never."""
    return not layer.controls and not layer.opaque


def opens_later(layer: Layer) -> bool:
    """Return whether *layer* has a way out that is still locked, like "Kapat (3)" until the time is up."""
    locked = [replace(c, disabled=False, text=_LOCK.sub("", c.text).strip()) for c in layer.controls if c.disabled]
    return bool(locked) and way_out(replace(layer, controls=(*layer.controls, *locked))) is not None


def opens_when_read(layer: Layer) -> bool:
    """Return whether *layer* is an announcement whose way out may appear once it is scrolled to its end."""
    is_harmless = kind_of(layer) in {Kind.NEWS, Kind.COOKIES, Kind.SURVEY}
    return layer.unread and way_out(layer) is None and is_harmless and asks_nothing(layer)


def says_session_over(layer: Layer) -> bool:
    """Return whether *layer* states that the session has ended; asking whether to go on doesn't count."""
    said = tuple(_said(layer))
    return not any(map(asks, said)) and any(_SESSION_OVER.search(skeleton(s)) for s in said)


def is_cookie_notice(layer: Layer) -> bool:
    """Return whether *layer* is about cookies, and about nothing else that could have weight."""
    if "cerez" not in skeleton(layer.text) and "cookie" not in skeleton(layer.text):
        return False
    said = tuple(_said(layer))
    if any(_names_more(s) and _AGREEMENT.search(skeleton(s)) for s in said):
        return False
    return not any((decides(s) or instructs(s)) and (_names_more(s) or withdraws(s)) for s in said)


def asks_nothing(layer: Layer) -> bool:
    """Return whether *layer* doesn't ask anything and doesn't have the reader say what they want."""
    return not any(asks(s) or _wills(s) for s in _said(layer))


def _named_kind(said: Iterable[str]) -> Kind:
    """Return what a layer that says *said* calls itself."""
    skeletons = [skeleton(s) for s in said]
    whole = "\n".join(skeletons)
    if any(map(_SURVEY.search, skeletons)):
        return Kind.SURVEY
    if any(map(_OFFER.search, skeletons)) or (_PUSH.search(whole) and not _BY_OTHER_WAYS.search(whole)):
        return Kind.OFFER
    return Kind.NEWS if any(map(_NEWS.search, skeletons)) else Kind.OTHER


def _carries_weight(kind: Kind, layer: Layer, said: Iterable[str]) -> bool:
    """Return whether something in a layer of *kind* decides more than whether it stays open."""
    others = [c for c in layer.controls if is_button(c) and role_of(c) not in {Role.CLOSES, Role.LATER}]
    if not others:
        return False
    if kind is Kind.OFFER:
        return any(_speaks_of_weight(s) and (asks(s) or _wills(s) or decides(s) or instructs(s)) for s in said)
    if any(map(has_risk_verb, others)) or any((decides(s) and not ends_on_its_day(s)) or instructs(s) for s in said):
        return True
    if kind is Kind.SURVEY:
        return any(asks(s) and _speaks_of_weight(s) for s in said)
    return any(role_of(c) is Role.AGREES for c in others if c.role != "link") and not asks_nothing(layer)


def _acknowledged(layer: Layer, buttons: list[Control]) -> Control | None:
    """Return what acknowledges *layer*, if it only informs; else what leads to its next part."""
    if not asks_nothing(layer) or any(role_of(b) is Role.REFUSES for b in buttons):
        return None
    if not all(map(_only_tells, _said(layer))):
        return None
    if any(_PRIVACY.search(skeleton(s)) for s in _said(layer)):
        return _first(buttons, _has(Role.TURNS))  # "I have read it" may itself be a statement of weight
    is_light = not any(is_risky(s) for s in _said(layer))
    return _first(buttons, _has(Role.ACKNOWLEDGES), only_goes_on if is_light else _never, _has(Role.TURNS))


def _only_tells(sentence: str) -> bool:
    """Return whether *sentence* is plain, or is about nothing of the reader's and nothing that is done only now.

    Something of weight may be mentioned only as what goes on for everybody ("iptal işlemleri bu ekrandan
    yapılmaktadır"), or as what nobody does ("parola istemez").
    """
    if is_plain(sentence):
        return True
    line = " ".join(words(sentence))
    if _CARE.search(line) and not (is_risky(sentence) or is_heavy(sentence) or names_money(sentence)):
        return True
    if PERSONAL.search(line) or _OWN_BUTTON.search(line) or names_money(sentence):
        return False
    if _USUAL.search(line) and not _PENDING.search(line):
        return True
    others = _OURS.sub(" ", line)  # "adresimiz" is the institution's own
    return not (_speaks_of_weight(others) or is_risky(others) or is_heavy(others))


def _is_menu(layer: Layer, said: tuple[str, ...]) -> bool:
    """Return whether *layer* is nothing but ways on, under a title at most."""
    ways = [c for c in layer.controls if c.role in {"link", "menuitem", "tab"}]
    words = [s for s in said if s.strip() != layer.title.strip() and any(ch.isalpha() for ch in s)]
    is_bare = not words or (not layer.title and len(words) == 1 and _is_mere_heading(words[0]))
    values = any(c.role in FIELD_ROLES or c.role in TOGGLE_ROLES for c in layer.controls)
    return len(ways) >= _FEWEST_IN_A_MENU and is_bare and not values


def _is_mere_heading(words: str) -> bool:
    return len(words.split()) <= _LONGEST_HEADING and not asks(words) and not is_risky(words)


def _ticks_only_needed(layer: Layer) -> bool:
    """Return whether everything ticked in a cookie notice is necessary anyway."""
    return all(
        c.disabled or any(word in skeleton(" ".join((c.text, *c.names, c.beside))) for word in ("zorunlu", "gerekli"))
        for c in layer.controls
        if c.role in TOGGLE_ROLES and c.checked
    )


def _said(layer: Layer) -> Iterable[str]:
    parts = layer.said if layer.title in {"", *layer.said} else (layer.title, *layer.said)
    return (sentence for part in parts for sentence in sentences(part))


def _wills(sentence: str) -> bool:
    """Return whether *sentence* has the reader say what they want; "we recommend" is the institution speaking."""
    return wills(sentence if is_risky(sentence) else _WE.sub("", skeleton(sentence)))


def _speaks_of_weight(sentence: str) -> bool:
    return bool(_WEIGHTY_THINGS.search(skeleton(sentence)))


def _names_more(sentence: str) -> bool:
    """Return whether *sentence* has the reader agree to more than cookies."""
    return any(more in skeleton(sentence) for more in _MORE_THAN_COOKIES)


def _has(role: Role) -> Choice:
    return lambda control: role_of(control) is role


def _never(_control: Control) -> bool:
    return False


def _first(buttons: list[Control], *choices: Choice) -> Control | None:
    for choice in choices:
        fitting = [b for b in buttons if choice(b)]
        if fitting:
            return fitting[0]
    return None
