"""Whether the signing page says that its code signs something other than the consent.

The code's page looks the same for everything that the portal has people sign. After the consent form we expect the
consent; a page that speaks of taking it back, of a revocation or of another paper gets no code handed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from flows.existing import REACH
from flows.observation import FrameView, TabView
from flows.plain import is_heavy, is_plain
from flows.utterance import utterances
from flows.verbs import commands
from flows.words import ends_something, sentences, withdraws, words

_SIGNS = re.compile(r"\bimzala\w*(?:acak|acaktir|yorsunuz|mis olursunuz|mis olacaksiniz)$")
_OF_THIS_CODE = re.compile(
    r"\bbu (?:kod|imza)\w*|\bkod(?:la|u)\b|\bimzan?iz(?:la|i)\b"
    r"|\bimzala(?!m?[ae]?zs)\w*|\bbu islem\w* (?:ile|sonu\w*|tamamlan\w*|onayla\w*)"
)
"""Ties what a sentence says to this code."""
_ONLY_SAYS_WHEN = re.compile(r"""(?x)
    \w(?:abil|ebil)ir\w* | \b(?:varsa|yoksa) | \w(?:[aeiu]r|m[ae]z|m[iu]s)s[ae](?:n[iu]z|m)?\b
    | (?:am[ae]z|em[ae]z|lm[ae]z|olmaz)(?:s[iu]n[iu]z)?$ | \bolmaz\b
""")
"""What one may do at another time, or what happens if: "onayınızı istediğiniz zaman geri çekebilirsiniz"."""
_IF_NOT = re.compile(r"\wm[ae]zs[ae]\w*|\w(?:[ae]m[ae]z|lm[ae]z)(?:s[iu]n[iu]z)?$")
_CONSENT = re.compile(r"\bonay\w*")
_PROGRAM = re.compile(
    r"\b(?:uygulama|program|pencere|sayfa|ekran|tarayici|oturum)\w*(?: \w+)? (?:kapat|kapan|cik|birak)\w*"
)
"""What may be closed or left without any harm to what is signed."""
_ASKS_WHICH = re.compile(r"""(?x)
    imzala(?:nacak|nan|yacaginiz|diginiz)(?:\ \w+){1,2}
    | (?:islem|belge|evrak|dokuman|form|talep|basvuru)\w{0,3}\ (?:turu|tipi|adi|konusu|basligi|cinsi)
    | (?:yapilan|yapilacak|secilen|sectiginiz)?\ ?islem(?:iniz)? | belge | evrak | konu
    | (?:document|text|form)\ to\ (?:be\ signed|sign) | (?:transaction|operation|document)\ (?:type|name)
    | operation | transaction
""")
"""A caption whose value says what this code signs."""
_OF_THE_CONSENT = re.compile(r"\be ?onay\w*|\be consent\b|\belektronik(?: imzali)? onay\w*")
_OF_THE_WAY = re.compile(r"""(?x)
    e|eonay\w*|onay\w*|consent|approval|elektronik|electronic|imza\w*|eimza\w*|sign\w*|nes|nitelikli|bireysel|ver(?:me|ilme)\w*|beyan\w*|form\w*
    |metn\w*|metin|taahhutname\w*|basvuru(?:su|nuz)?|sertifika(?:si)?|islem\w*|pdf|txt|xml|p7s|ve|ile|icin|tarih\w*|saat\w*|saniye|durum\w*|no|numara\w*
    |ad|adi|soyad\w*|kod\w*|dogrulama|sure\w*|kalan|sonuc\w*|bekl\w*|devam|ediyor|hazir\w*|olustur\w*|uretim\w*|adim\w*|kamu|sm|kamusm|tubitak|bilgem
    |sertifikasyon|merkez\w*|dosya\w*|belge\w*|veri(?:si)?|icerik|icerig\w*|ozet\w*|turu|tipi|kullanici\w*|kurum\w*|aciklama|goster\w*|goruntule\w*
""")
"""What such a value may be made of: the consent, the way to it, and the captions of other columns."""
_HEADS_A_COLUMN = re.compile(r"""(?x)
    sira|no|numara\w*|tarih\w*|saat\w*|durum\w*|tur\w*|tip\w*|ad|adi|soyad\w*|islem\w*|belge\w*|evrak\w*|dosya\w*|kod\w*|sure\w*
    |aciklama|kullanici\w*|kurum\w*|olustur\w*|uretim\w*|basvuru\w*|sertifika\w*|imza\w*|konu\w*|boyut\w*|sayfa\w*|ve|son|baslik
""")
_LONGEST_CAPTION = 3
_LONGEST_VALUE = 8
"""Words."""
_HEADS_A_DEED = re.compile(
    r"\b(?:yenileme\w*|degisikli\w*|degistirme|siparis\w*|dilekce\w*|vekalet\w*|sozlesme\w*|sene[td]\w*|taahhutname\w*"
    r"|kefalet\w*|feragat\w*|olusturma|sifirlama|cozme|basvuru\w*|tale[pb]\w*)$"
)
"""How a heading ends that is the name of an act or of a paper."""
_WHAT_IS_SIGNED = re.compile(r"""(?x)
    \b(?P<what>\w+(?:n[iu]z[iu]|l[ae]r[iu]n?[iu]?|s[iu]n[iu]|n[iu]|y[iu]|[iu]))
    \ imzala(?:y?[iu]n(?:[iu]z)?|yacaks[iu]n[iu]z|man[iu]z\ .*|mak\ (?:icin|uzere).*)$
    | \b(?P<name>\w+)\ imzala(?:ma(?:si|n[iu]z)?|nmasi)?\ (?:icin|amaciyla|islemi\ icin)\b.*\bkod\w*
""")
"""The word that says what one signs: "formunuzu imzalayınız", "senet imzalama için doğrulama kodunuz"."""
_WITH = re.compile(r".*\b(?:ile|icin|ve|veya|bu|asagidaki|yukaridaki|sonra|lutfen|\w+[ae]r[ae]k|\w+[iu]p)\ ")
"""What stands before the name of a paper: how one signs it, and which it is."""
_SIGNABLE = re.compile(
    r"islem\w*|kod\w*|onay\w*|eonay\w*|beyan\w*|metn\w*|metin|form\w*|taahhutname\w*|basvuru\w*|belge\w*|evrak\w*|veri\w*|dosya\w*"
    r"|elektronik|guvenli|dijital|nitelikli|e|nes|adim\w*|dokuman\w*|icerig\w*|istem\w*|sertifika(?:niz)?la|kart\w*la|sonra|once|tekrar|islak"
    r"|olan|imzali|ozet\w*|mobil|uzaktan|online|cevrimici|ilgili|gerekli|ekrandaki|sayfadaki|dogrulama|gosterilen|verilen"
)


def other_deed(tab: TabView) -> str:
    """Return a sentence of *tab* that names another deed than the consent; empty if there is none."""
    for view in tab.frames:
        said = [sentence for part in _content(view) for sentence in sentences(part)]
        for sentence in said:
            if names_other_deed(sentence) or (sentence in view.headings and _heads_other_deed(sentence)):
                return sentence
        for caption, value in pairwise(said):
            if _is_caption_of_deed(caption) and _is_other(value):
                return f"{caption.rstrip(' :')}: {value}"
        if below := _below(said):
            return below
    return ""


def names_an_end(entry: str) -> bool:
    """Return whether *entry* of a table, with the heading of its column, ends something: "İşlem: İptal"."""
    caption, _, value = entry.partition(":")
    return _is_caption_of_deed(caption) and ends_something(value)


def _below(said: list[str]) -> str:
    """Return the first caption in *said*, a page cell by cell, that heads a column with another deed, with that deed.

    In the first row every word counts, in the rows below it the names of acts and papers.
    """
    for at, caption in enumerate(said):
        if not _is_caption_of_deed(caption):
            continue
        first, last = at, at + 1
        while first > 0 and _may_head_a_column(said[first - 1]):
            first -= 1
        while last < len(said) and _may_head_a_column(said[last]):
            last += 1
        below = last + at - first
        is_table = last - first > 1
        for place, value in enumerate(said[at + 1 : at + REACH], at + 1):
            if (place == below and is_table and _is_other(value)) or _heads_other_deed(value):
                return f"{caption.rstrip(' :')}: {value}"
    return ""


def _may_head_a_column(piece: str) -> bool:
    said = words(piece)
    return 0 < len(said) <= _LONGEST_CAPTION and all(_HEADS_A_COLUMN.fullmatch(word) for word in said)


def _content(view: FrameView) -> Iterator[str]:
    for part in utterances(view):
        if part.owner is None and not any(first <= part.span[0] < last for first, last in view.asides):
            yield part.text


def _is_caption_of_deed(caption: str) -> bool:
    return _ASKS_WHICH.fullmatch(" ".join(words(caption))) is not None


def _is_other(value: str) -> bool:
    """Return whether *value*, next to a caption that asks what is signed, is anything but the consent."""
    said = [word for word in words(value) if not word.isdigit()]
    if not said or len(said) > _LONGEST_VALUE or value.rstrip().endswith((".", "!", "?", ":")) or commands(said):
        return False
    if is_heavy(value) or withdraws(value) or ends_something(value):
        return True
    return not (_OF_THE_CONSENT.search(" ".join(said)) or all(map(_OF_THE_WAY.fullmatch, said)))


def names_other_deed(sentence: str) -> bool:
    """Return whether *sentence*, next to the code, has it sign something other than the consent."""
    line = " ".join(words(sentence))
    caption, colon, value = sentence.partition(":")
    if colon and _is_caption_of_deed(caption) and _is_other(value):
        return True
    if _signs_another_paper(line):
        return True
    if is_plain(sentence):
        return False
    if withdraws(sentence):
        return not (_PROGRAM.search(line) or _is_remark(line))
    return bool(_SIGNS.search(line)) and not _CONSENT.search(line)


def _signs_another_paper(line: str) -> bool:
    """Return whether *line* names what is signed, and it isn't the consent, the code or a form in general."""
    found = _WHAT_IS_SIGNED.search(line)
    if found is None:
        return False
    named = line[: found.end("what") if found["what"] else found.end("name")]
    said = _WITH.sub("", f" {named}").split()
    return not _OF_THE_CONSENT.search(named) and not all(
        _SIGNABLE.fullmatch(word) or _OF_THE_WAY.fullmatch(word) or word.isdigit() for word in said
    )


def _heads_other_deed(heading: str) -> bool:
    """Return whether *heading* is the name of another act than the consent."""
    line = " ".join(words(heading))
    if not _HEADS_A_DEED.search(line) or _OF_THE_CONSENT.search(line):
        return False
    return _is_other(heading)


def _is_remark(line: str) -> bool:
    """Return whether *line* tells of withdrawing in general, not of what this code does."""
    if _IF_NOT.search(line):
        return "bu kod" not in line
    return bool(_ONLY_SAYS_WHEN.search(line)) and not _OF_THIS_CODE.search(line)
