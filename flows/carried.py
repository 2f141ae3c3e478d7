"""What a press would carry along: whether everything ticked, chosen or hidden in a form is known and wanted.

We know a value only if we know every word of it; a number, a date or a token says nothing. A value with unknown words
may be an order for a new card, so the person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.actions import words_of
from flows.headings import is_caption
from flows.observation import Control
from flows.plain import is_plain, is_read
from flows.tokens import is_opaque
from flows.words import ends_something, withdraws, words

_VALUE = re.compile(r"""(?x)(?:
    e|eonay\w{0,6}|onay(?:li|i|in)?|elektronik|imzali|imza|imzam|eimza|basvuru(?:su|m|lar|lari|larim|larimda|ya|yu)?|bilgi(?:leri|si)?
    |bilgilendirme\w{0,4}|bildirim\w{0,6}|metni?|posta|postayla|eposta|mail|email|sms|kisa|mesaj\w{0,3}|mobil|telefon|cep|ile|icin|ve|veya
    |uygulama|turkce|english|ingilizce|tr|en|bireysel|nes|nitelikli|sertifika|sertifikasi|online|internet|uzerinden|web|lutfen
    |secin|seciniz|hatirla|beni|edevlet|devlet|tema|acik|koyu|varsayilan|standart|normal|gunduz|gece|buyuk|kucuk|yazi|boyutu
    |adim\w{0,3}|sonraki|yil|gun|ay|islem|islemi|islemleri|tarih|sonuc|kullan|kullanarak|yontem|dil|sayfa|basina|kayit|goster
)""")
_GIVING = re.compile(r"(?:evet )?(?:e ?)?onayi? (?:ver|veriyorum|vermek istiyorum)")
_PLACE = re.compile(
    r"(?:bakanligi|mudurlugu|baskanligi|valiligi|kaymakamligi|universitesi|belediyesi|kurumu|hastanesi|okulu|lisesi)$"
)


def is_wanted(label: str) -> bool:
    """Return whether a ticked or chosen *label* is known to ask for nothing."""
    if withdraws(label) or ends_something(label):
        return False
    said = [word for word in words(label) if not word.isdigit()]
    return (
        is_read(label)
        or bool(_GIVING.fullmatch(" ".join(said)))
        or all(map(_VALUE.fullmatch, said))
        or bool(said and _PLACE.search(said[-1]))
    )


_TOKEN = re.compile(r"""(?x)(?:
    e|eonay\w{0,10}|onay\w{0,10}|ver|verme|verildi|vermek|give|given|grant|consent|approv\w*|accept|yes|evet|true|on|ok|tamam|no|hayir
    |false|off|none|null|undefined|continue|proceed|devam|next|ileri|step|adim\w*|submit|gonder|send|save|kaydet|basvur\w*|application
    |nes|eimza|imza\w*|elektronik|electronic|sign\w*|form\w*|page|sayfa|tr|en|turkce|english|turkish|web|portal|online\w*|islem\w*|action
    |create|start|basla|baslat|begin|utf|stateless|view|main|index|home|anasayfa|desktop|mobile|default|varsayilan|seciniz|lutfen
    |bireysel|individual|user|post|get|ajax|partial|event|click|source|execute|render|all|this|component|javax|jakarta|faces|state|token
    |http|https|www|gov|com|net|org|kamusm|kamu|sm|turkiye|giris|localhost|landing|sonuc|result|success|basarili|callback|return|donus
    |done|oauth|code|kod|tur|turu|type|tip|yontem|method|sms|eposta|posta|mail|email|evt|id|no|key|value|deger|xhtml|html|jsf|jsp|aspx|do
    |request|islemno|lang|locale|version|surum|mode|tema|theme|light|dark|metin|metni|text|bilgi\w*|info|list|detail|gec\w{0,5}|git\w{0,5}|yeni(?=kod)|auto
)""")
"""Machine words that ask for nothing but the consent and the way to it."""
_PERSONAL = re.compile(
    r"(?:ad|adi|soyad|soyadi|adsoyad|isim|name|first|last|kurum|kurumu|unvan|birim|email|eposta|mail|kullanici|user|username|telefon|tel|gsm"
    r"|cep|il|ilce|sehir|adres|address|dogum|baba|anne|kimlik|tc|tckn|person|kisi)"
)
"""Names of fields about who somebody is: their values are names."""
_TICKET = re.compile(
    r"(?i)csrf|xsrf|anti_?forgery|request_?verification|authenticity_?token|view_?state|event_?validation|nonce|^_?(?:token|state)$"
)
"""Names of fields that hold a random ticket. By chance a few tickets in ten thousand read like words."""
_RANDOM = re.compile(r"(?:(?=.*[a-z])(?=.*[A-Z])(?=.*\d)|(?=.*\d\D+\d))[\w.~+/=-]{16,}", re.ASCII)
_FORM = re.compile(r"(?i)form|frm|^f$|^j_id")
"""Names of forms, which JSF sends as their own values."""
_HEX = re.compile(r"(?=.*\d)[0-9a-f-]{6,}", re.IGNORECASE)


def unknown_values(control: Control) -> Iterator[str]:
    """Yield what a press on *control* would carry along without any rule knowing it, in readable form."""
    for pair in control.carries:
        name, _, value = (part.strip() for part in pair.partition("="))
        if value and not _is_known_value(name, value):
            yield f"{name} = {value}" if name else value


def _is_known_value(name: str, value: str) -> bool:
    if is_opaque(value) or _HEX.fullmatch(value) or (value == name and _FORM.search(name)) or _is_ticket(name, value):
        return True
    tokens = [token for token in words_of(value) if not token.isdigit() and len(token) > 1]
    if all(map(_TOKEN.fullmatch, tokens)) or is_wanted(value):
        return True
    asked = words_of(name)
    return (bool(asked) and all(map(_PERSONAL.fullmatch, asked))) or (is_plain(value) and not is_caption(value))


def _is_ticket(name: str, value: str) -> bool:
    said = " ".join(words_of(value))
    return bool(_TICKET.search(name) and _RANDOM.fullmatch(value)) and not (withdraws(said) or ends_something(said))
