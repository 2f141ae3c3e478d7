"""Whether a sentence gives the consent and nothing else: every one of its words has to say so.

The portal's own sentence is one of a family: first person, present, about E-Onay or an application with it. A word that
doesn't belong in such a sentence makes it a different one, whatever its verb says: "sertifikamın yenilenmesine onay
veriyorum" consents too, but not to this.
"""

from __future__ import annotations

import re

from flows.words import words

_SUBJECT = re.compile(r"\b(?:e ?onay\w*|elektronik (?:imzali )?(?:onay\w*|basvuru\w*)|elektronik olarak onay\w*)\b")
_PREDICATE = re.compile(
    r"(?:onay(?:imi)? veriyorum|onay veririm|onayliyorum|onaylarim|muvafakat (?:ediyorum|ederim|veriyorum|gosteriyorum)"
    r"|muvafakatim vardir|kabul (?:ediyorum|ederim)|onay(?:im)? vardir|riza gosteriyorum"
    r"|onay vermek istiyorum|onay vermeyi kabul ediyorum"
    r"|kullanmak istiyorum|yapmak istiyorum|yararlanmak istiyorum|faydalanmak istiyorum|kabul ve beyan ediyorum)$"
)
_BARE = re.compile(
    r"(?:evet )?(?:onay veriyorum|onayliyorum|kabul ediyorum|muvafakat ediyorum"
    r"|okudum(?: ve)? (?:onayliyorum|kabul ediyorum))"
)
_USE = r"(?:kullan|yararlan|faydalan|yap)"
_WORD = re.compile(
    r"(?:bundan|boyle|sonra|sonraki|itibaren|bugunden|ileride|ilerideki|gelecek|gelecekteki|yapacagim|yapacaklarim|tum|butun|her|turlu"
    r"|yapilacak|olan|nes|nitelikli|elektronik|imzali|sertifika|sertifikasi|kamu|kamusm|sm|tubitak|bilgem|sertifikasyon|merkezi\w{0,5}"
    rf"|e|eonay\w{{0,8}}|eimza\w{{0,8}}|onay|onayi|onayin|onayla|onayli|onaydan|imza|imzam|imzami|basvuru\w{{0,14}}|{_USE}(?:a?bil)?mek|{_USE}(?:a?bil)?mak"
    rf"|{_USE}(?:a?bil)?mem|{_USE}(?:a?bil)?mam|{_USE}(?:il|in)?m[ae](?:s[iu])?(?:n[iae])?|{_USE}m[ae]y[iae]|{_USE}(?:im|im?imi|imina|imini|imi)|yapilmasi|yapilmasina|yapilmasini|yapmayi"
    r"|kullanmayi|icin|ile|ve|olarak|kapsaminda|uzere|amaciyla|islemleri\w{0,4}|islemlerim\w{0,6}|hizmeti\w{0,4}|hizmetinden|sistemi\w{0,4}"
    r"|uygulamasi\w{0,4}|yontemi\w{0,4}|yoluyla|tarafindan|adima|kendi|ozgur|iradem|iradesiyle|irademle|acikca|isbu|bu|metni|metnini|okudum"
    r"|anladim|ben|asagidaki|yukaridaki|gore|bireysel|surecinde|surecini|sirasinda|verilmesini|verilmesine|vermeyi|vermek|evet|imzalayarak"
    r"|elektronikimza\w*|ortamda|ortaminda|dijital|yenileme|yenilemelerimde|hizli|daha|gondermeden|form|formu|kagit|gonderilmeksizin)"
)
_TURNED = {
    "vermiyorum": "veriyorum",
    "onaylamiyorum": "onayliyorum",
    "etmiyorum": "ediyorum",
    "istemiyorum": "istiyorum",
    "gostermiyorum": "gosteriyorum",
}
_NOT = re.compile(rf"\b(?:{'|'.join(_TURNED)})$")
_NO = re.compile(r"hayir|istemiyorum|(?:hayir )?(?:e ?)?onay(?:i|imi)? ver(?:miyorum|mek istemiyorum|me)")
_NUMBER = re.compile(r"\d{1,2}|[a-z]")


def gives(sentence: str) -> bool:
    """Return whether *sentence* gives the E-Onay consent: nothing more, and nothing else."""
    said = _words(sentence)
    line = " ".join(said)
    predicate = _PREDICATE.search(line)
    if predicate is None or not _SUBJECT.search(line) or "?" in sentence:
        return False
    before = line[: predicate.start()].split()
    return all(map(_WORD.fullmatch, before))


def agrees(sentence: str) -> bool:
    """Return whether *sentence* is just a yes to whatever is next to it ("onaylıyorum")."""
    return bool(_BARE.fullmatch(" ".join(_words(sentence))))


def refuses(sentence: str) -> bool:
    """Return whether *sentence* just doesn't give the consent ("onay vermiyorum", "hayır"): it takes nothing back."""
    line = " ".join(_words(sentence))
    if _NO.fullmatch(line):
        return True
    turned = _NOT.sub(lambda found: _TURNED[found[0]], line)
    if turned == line:
        return False
    turned = turned.removeprefix("hayir ")
    return gives(turned) or agrees(turned)


def _words(sentence: str) -> list[str]:
    said = words(sentence)
    return said[1:] if said and _NUMBER.fullmatch(said[0]) and said[0] != "e" else said
