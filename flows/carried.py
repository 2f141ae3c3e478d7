"""What a press would carry along: whether what is ticked, chosen or hidden in a form is known and wanted.

A value is known by every one of its words; a number, a date or a token says nothing. What is known by no word may be an
order for a new card, so the person decides.
"""

from __future__ import annotations

import re

from flows.plain import is_read
from flows.words import ends_something, withdraws, words

_VALUE = re.compile(r"""(?x)(?:
    e|eonay\w{0,6}|onay(?:li|i|in)?|elektronik|imzali|imza|imzam|eimza|basvuru(?:su|m|lar|lari|larim|larimda|ya|yu)?|bilgi(?:leri|si)?
    |bilgilendirme\w{0,4}|bildirim\w{0,6}|metni?|posta|postayla|eposta|mail|email|sms|kisa|mesaj\w{0,3}|mobil|telefon|cep|ile|icin|ve|veya
    |uygulama|turkce|english|ingilizce|tr|en|bireysel|nes|nitelikli|sertifika|sertifikasi|online|internet|uzerinden|web|lutfen
    |secin|seciniz|hatirla|beni|edevlet|devlet|tema|acik|koyu|varsayilan|standart|normal|gunduz|gece|buyuk|kucuk|yazi|boyutu
    |adim\w{0,3}|sonraki|yil|gun|ay|islem|islemi|islemleri|tarih|sonuc|kullan|kullanarak|yontem|dil|sayfa|basina|kayit|goster
)""")
_PLACE = re.compile(
    r"(?:bakanligi|mudurlugu|baskanligi|valiligi|kaymakamligi|universitesi|belediyesi|kurumu|hastanesi|okulu|lisesi)$"
)


def is_wanted(label: str) -> bool:
    """Tell whether a ticked or chosen *label* is known to ask for nothing."""
    if withdraws(label) or ends_something(label):
        return False
    said = [word for word in words(label) if not word.isdigit()]
    return is_read(label) or all(map(_VALUE.fullmatch, said)) or bool(said and _PLACE.search(said[-1]))
