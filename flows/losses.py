"""Whether a sentence leaves the reader what is theirs: nothing denied, moved, sent, remade or asked for."""

from __future__ import annotations

import re

from flows.verbs import PERSONAL, TELLS, last_of, one_of
from flows.words import words

_PAPER = one_of("kagi[td] islak matbu posta elden kargo zarf(?!ind) faks")
_INSTEAD = re.compile(
    r"(?:(?:islak|elle atilan|elle atilmis) imza\w*|imzali (?:basvuru )?(?:form|belge)\w*) (?:yerine|ile (?:ayni|es))"
)
"""Paper in a comparison, not paper asked for."""
_SAVES = re.compile(r"\b(?:israf|tasarruf|kagit (?:kullanim|tuketim)|kagitsiz)")
"""Says that no paper is used up."""
_WITHOUT_PAPER = re.compile(r"\b(?:kagi[td]|islak imza|imzali form)\w*(?: \w+)? (?:olmadan|gerekmeden|kullanilmadan)\b")
_PAPER_FORM = re.compile(r"(?<!elektronik )\bimzali (?:basvuru )?(?:form|belge)")
_MAIL = re.compile(r"e.?posta", re.IGNORECASE)
NEGATED = re.compile(r"""(?x)
    (?:m[ae]z(?:s[iu]n[iu]z|lar|ler)? | m[ae]m[ae]kt[ae]\w* | m[iu]yor\w* | m[ae]y[ae]ca[kg]\w* | m[ae]y[ae]ce[kg]\w*
    | m[ae]ks[iu]z[iu]n | m[ae]d[iu] | m[ae]d[iu]kc[ae] | m[ae]d[iu]g\w*)$
    | ^(?:degil\w*|yok(?:tur)?|hayir)$ | [^g][ts][iu]z$""")
_BEFORE = re.compile(r"m[ae]d[ae]n$")
"""Before something, which needs another denial to be one itself: "onay vermeden ilerleyemezsiniz"."""
_WEIGHTY = one_of("onay eonay muvafakat riza basvuru sertifika imza(?:niz|m$|mi)")
_NOT_OF_IT = one_of("""
    form kagi[td] belge evrak ucret posta islak baska paylas herhangi ilgili kimse kurum gerek elden kargo sube
    bekle ek ayrica imzali zorunlu sart mecbur
""")
_STATE = re.compile(r"bulunma|(?:yaz|belirtil|gosteril)m[ae]z|bulunama|yok(?:tur)?$")
"""Says that something isn't there now. That is no loss unless the text says since when."""
_SINCE = re.compile(r"\b(?:artik|bundan|boyle|bir daha|simdiden)\b")
_SENDS = re.compile(
    r"\b\w*(?:[aeiu]n[iu]z)\b(?: \w+){0,5} (?:gonder|ilet|aktar|paylas|yayim|yayin|islem[ei] al|isleme kon)\w*"
    r"(?<!maz)(?<!mez)(?<!mamaktadir)(?<!memektedir)(?<!mayacaktir)(?<!meyecektir)(?<!mayiniz)(?<!meyiniz)\b"
)
"""Something of the reader's own goes to somebody."""
_YOURS = re.compile(r"\w[aeiu]n[iu]z$(?<!deniz)(?<!yalniz)(?<!rsaniz)(?<!rseniz)")
_PASSIVE = re.compile(
    r"(?:[iu]l|[aeiu]n)(?:[iu]r|[ae]ca[kg]|[ae]ce[kg]|m[iu]s|m[ae]kt[ae]|[iu]yor|d[iu])(?:\w?t[iu]r|d[iu]r|l[ae]r)?$"
)
_DONE_TO_YOURS = one_of("""
    sakla koru dogrula goruntule goster degerlendir incele listele sorgula sorul islen islet kayded tamamla
    sonuc hizla yurut kullan imzala sunul hazirla iste bilgilen yonlendir gerek oner alin bulun doldur onayla
    karsila kisal kolayla ilerle basla beklen belirt izle kazan arsiv uretilm[iu]s
""")
"""What may be done to the reader's own, when a sentence says that it is done."""
_OFFERED = re.compile(
    r"(?:(?:kontrol|takip|teyit|tespit|muhafaza|temin|rica|tavsiye|haberdar|kabul|test|ifade|kayit|arsiv"
    r"|analiz) (?:edil|altina alin)"
    r"|(?:islem\w*|dogrulama\w*|giris\w*|kayd\w*|imza\w*)(?: \w+){0,5} (?:yapil|gerceklestiril)|(?:oturum"
    r"|ekran|sayfa)\w*(?: \w+){0,4} acil|madde\w*(?: \w+)? (?:sayil|duzenlen|tanimlan))"
)
_PLANNED = re.compile(
    r"\b(?:kart|sertifika|pin|puk|parola)(?:iniz)?(?: \w+){0,3} (?:gonder|ilet|uret|tanimla|yukle|teslim"
    r"|duzenle|olustur)\w*"
    r"(?:[iu]r|[ae]ca[kg]\w*|[ae]ce[kg]\w*)$"
)
_PASSES_BY = re.compile(r"(?:bit|gec(?!erl)|dus|don|degis)[ei]\w*(?:r|cek|cektir|yor)$")
_OTHER_KIND = re.compile(
    r"\b(?:emekli\w*|sinav|tayin|kredi|izin|burs|atama|nakil|pasaport|ehliyet|askerlik|iptal|yenileme|is|konut"
    r"|vize|evlilik) basvurunuz\b"
)
"""An application, but for something else."""
_BEGUN = re.compile(
    r"\b(?:yenileme\w*|degisiklig\w*|degistirme\w*|kapatma\w*|guncelleme\w*|sifirlama\w*|cozme\w*|uretim\w*)"
    r"(?: \w+){0,4} (?:yapil|olusturul|baslat|gerceklestiril|alin|tamamlan|onaylan)(?!mam)\w*$"
)
_NEEDED = re.compile(
    r"\b(?:gerek(?!siz|mez|me|li deg)\w*|iste(?:n[ei]|necek)\w*|aran(?:ir|acak)\w*"
    r"|zorun(?!lu deg)\w*)(?! (?:kalm|yok|duy))"
)


def is_left(said: list[str]) -> bool:
    """Return whether the reader's own things stay as and where they are, and nothing is asked of the reader."""
    line, last = " ".join(said), last_of(said)
    if NEGATED.search(last):
        return True
    if (
        (_SENDS.search(line) and not TELLS.search(last))
        or (_PLANNED.search(line) and PERSONAL.search(line))
        or _BEGUN.search(line)
    ):
        return False
    if _SINCE.search(line) and _NEEDED.search(line):
        return False
    if (
        any(map(_YOURS.search, said[:-1]))
        and _PASSES_BY.match(last)
        and not re.search(r"\b(?:sure|islem|oturum|adim)", line)
    ):
        return False
    if _OTHER_KIND.search(line):
        return False
    if re.search(r"\boturumunuz\b.* kapan", line):
        return True
    is_done = any(map(_YOURS.search, said[:-1])) and _PASSIVE.search(last)
    return not is_done or bool(_DONE_TO_YOURS.match(last)) or bool(_OFFERED.search(line))


def is_kept(sentence: str) -> bool:
    """Return whether *sentence* takes nothing away: no weighty thing denied, and no paper asked for instead."""
    whole = words(sentence)
    is_saved = bool(_SAVES.search(" ".join(whole))) or (
        bool(_WITHOUT_PAPER.search(" ".join(whole))) and not any(map(NEGATED.search, whole))
    )
    for clause in re.split(r"[,;:]", sentence):
        said = _INSTEAD.sub(" ", " ".join(words(_MAIL.sub(" ", clause)))).split()
        line = " ".join(said)
        denied = [word for word in said if NEGATED.search(word)]
        turned = sum(bool(_BEFORE.search(word)) for word in said) if denied else 0
        lost = denied if _SINCE.search(line) else [word for word in denied if not _STATE.match(word)]
        is_lost = bool(lost) and (len(lost) + turned) % 2 == 1
        if is_lost and any(map(_WEIGHTY.match, said)) and not any(map(_NOT_OF_IT.match, said)):
            return False
        is_paper = not is_saved and (any(map(_PAPER.match, said)) or bool(_PAPER_FORM.search(line)))
        if is_paper and (len(denied) + turned) % 2 == 0:
            return False
    return True
