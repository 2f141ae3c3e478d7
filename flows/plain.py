"""Which sentences beside Devam are plain: of a kind that is known to do nothing to the reader.

A sentence is plain by rule, not because no bad word stands in it: it describes, tells what to do with the page, or is a
caption. Where it speaks of something of weight, a consent, a certificate, a PIN, each of its verbs has to be one that
does no harm. Verbs are told by their endings; a light one ("edilir", "olur") means what the word before it says. What
no rule knows is not plain, and the person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.words import asks, ends_something, names_money, wills, wishes, withdraws, words


def _one_of(listed: str, after: str = "") -> re.Pattern[str]:
    """Return what fits a word that begins with one of those *listed*, and then goes on as *after* says."""
    return re.compile(f"(?:{'|'.join(listed.split())}){after}")


_LONGEST_CAPTION = 6
_NOUN_END = (
    r"(?:l[ae]r)?(?:[iu]m[iu]z|[iu]n[iu]z|n[iu]z|[iu]m|s[iu]|[iu])?n?"
    r"(?:[iu]n|[iu]|y?[ae]|d[ae]n?|t[ae]n?|d[ae]ki|y?l[ae]|c[ae])?$"
)
"""What may follow a noun: plural, possessive and case."""
_THINGS = _one_of("""
    onay eonay muvafakat riza basvuru sertifika imza(?!lama) kart(?:$|i|in|a|lar) taahhu beyan irade yetki
    hakk?(?:i|ini?z|im) haklar(?:i|im) kayd[iu] talep talebi izin izni aboneli uyeli hesab hesap sozlesme
    pin(?:$|i|in|ler) puk parola sifre kullanim(?:iniz|im)?$ nes$ hizmet(?:iniz|im) consent certificate approval
    yontem duzen usul secim secenek tercih
""")
"""What a sentence may do something to."""
_HEAVY = _one_of("""
    odem oden odey fatura bedel tahsil tutar(?:i|in|lar) borc ceza tazmin kefil kefalet vekalet vekil icra devir
    devred devret devrol haciz haczed ikame mahrum kayip zayi bloke kilitlen askida karalist rehin temlik karar
    elinizden baskasina satil basil basim cope
""")
"""What has weight whatever is said of it."""
_ANEW = re.compile(
    r"\byeni(?:den)? (?:bir )?(?:sertifika|kart(?!la)|pin|puk|parola|sifre|basvuru|uretim)|(?<!tamamlan)m[iu]s ol"
)
_VERB = re.compile(r"""(?x)(?:
    [iu]yor\w* | (?:mekte|makta)\w* | (?:ecek|acak|eceg|acag)\w* | m[iu]s(?:t[iu]r|s[iu]n[iu]z|[iu]n[iu]z)?
    | (?:[iu]l|[iu]n|n)[iu]r | m[ae]z(?:s[iu]n[iu]z|lar|ler)? | m[ae]k(?:l[ae])? | m[ae]y[aeiu] | m[ae]s[iu]\w*
    | m[ae]n[iu]z\w* | m[ae]m[iu]\w* | [dt][iu]g[iu]\w* | [ae]r[ae]k | [^s][iu]p
    | [iu]nc[ae] | m[ae]d[ae]n
    | [dt][iu]kt[ae]n | (?:[iu]l|[iu]n|n|l)[ae]n | [ae]bil\w* | m[ae]ks[iu]z[iu]n
    | m[ae]l[iu](?:d[iu]r|s[iu]n[iu]z|y[iu]z)?
)$""")
"""Endings that make a word a verb, wherever it stands."""
_FINITE = re.compile(r"""(?x)(?:
    [aeiu]r(?:s[iu]n[iu]z)? | m[ae]z | yor | [td][iu]r | [dt][iu] | [ae]bilirsiniz | [iu]n[iu]z | [^aeiou][iu]n | var
    | yok | laz[iu]m | degil | m[ae]l[iu] | zorunlu | rica | lutfen | ecek | acak | mekte | makta | l[ae]r
)$""")
"""Endings of the word that a sentence of description or direction closes with."""
_AORIST = re.compile(r"(?<!l)[aeiu]r$")
_IS = re.compile(r"(?:dir|tir|dur|tur|var|yok|degil|lazim|zorunlu|lar|ler)$")
_FOREIGN = re.compile(r"\b(?:my|you|your|the|please|hereby|ich|meine?|je|mon|ihre?|votre)\b")
_DEED = re.compile(r"(?:hut|bat|vekalet|beyan|sart|yonet)name\w*$")
"""Nouns in -name: "taahhütname"."""
_TELLS = re.compile(r"(?:y|[^aeiou])[iu]n[iu]z$")
_OPENS = _one_of("ekran sayfa pencere sekme uygulama dosya baglanti menu form alan liste")
_NOW = re.compile(r"[iu]yor.*")
_LIGHT = _one_of("et ed ol(?!us) yap kil eyle kal(?!an) gel(?!is) getir bul(?!un) say(?!fa) cik tut at ac")
_BEFORE_LIGHT = _one_of("""
    teslim tebl kayit kaydi muhafaza takip devam temin elde ifade kontrol rica beyan arz ilan yardim hizmet
    tesekkur dikkat teyit tespit temsil arsiv ileti teklif zorunlu gerek gecerli(?!lig) hazir sahip mevcut acik
    takili yuklu kurulu guncel uygun dogru tam$ tamam kayitli bagli emin haberdar bilgi etkili yardimci kolay
    hizli basvuru$ islem giris imza duyuru inceleme degerlendirme destek onay$ onayli$ sakli ayni mesaj kod sms
    e$ posta sayfa ekran adim sonra once kadar icin muracaat tavsiye tasarruf memnun ziyaret tekrar tahmin test
    not tahmini saat gun kez defa kolayca hizlica sorgulama yerine meydana soz konusu kisi ile sirasinda
    tarafindan riayet sure dolu bos isaretli gizli guvenli ucretsiz elektronik online elle kisa uzun yeterli
    kabul tercih ait dahil talep basarili mumkun sart gorevli cevrimici adresine hattina numarasina kapsaminda
    uzerinden web pencere uygulama dosya degisiklik baglanti saglikli islemi islemini onayini$
""")
_HARMLESS_VERBS = _one_of("""
    kesinles arastir arsiv aydinlat basitles basvur belgelen benze bit(?!ir) bulustur dile dolas etkilen gelis
    hedefle iliskilendir ispatla kanitla karsilastir kavus kazan kolayla konumlan not nitele ornekle ozetle
    planlan rastla sonuclan surdur tasarla tavsiye tanit uyar vurgula yanitla yazdir yedekle yerles yeterli
    yonet mumkun kilavuzla sinirli kisisel ongor acikla adlandir al(?!ternat) anla ara artir atil? bagla bak
    basla bas(?!ka) bekle belirle belirt bil bildir bilgilen bulun calis cevapla danis degerlendir denetle dene
    destekle devam dinle dogrula dogur dol duyur eris eslestir faydalan gec gerceklesti gerek gir gond goruntule
    gor goster hazirla hatirla hizlan icer ilerle ilet imzala incele indir iste isle izle isaretle kaydet kayded
    kaydol karsila kapsa katil kolaylas konus kopyala koru kullan kur listele numara oku olus onayla oner ogren
    paylas planla sagla sakla sec sonuc sorgula soru sor sunul sun sur tak tamamla tanimla temin tikla topla
    ulas uygula ver yararlan yanit yap yayimla yayinla yazil yaz yer yonlendir yukle yurut ziyaret zorunlu ekle
    edin giril doldur ol$ kal$
""")
_NOUNS = _one_of(
    """
    bilgilendirme dogrulama imzalama aciklama uygulama zaman tamam neden ekran alan yan tip sahip kap grup ekip
    takip kisim olarak firma belgelendirme kilavuz evrak bayrak kaynak ornek destek gelecek gercek resmi
    elektron bundan itibaren kurum aydinlatma sozlesme sorgulama gereginc uyarinc boyunc gerek surec memur
    bilinen olan bulunan kalan dugme belge isteyen kadar haber kullanici basvuran imzalayan onaylayan bilgi
    kimlik mevzuat degerlendirme yonetmelig guvenlik degisiklig yuklenen verilen alinan kullanilan gosterilen
    oldugu oldukc
    """,
    _NOUN_END,
)
_PAPER = _one_of("kagi[td] islak matbu posta elden kargo zarf faks")
_INSTEAD = re.compile(
    r"(?:(?:islak|elle atilan|elle atilmis) imza\w*|imzali (?:basvuru )?(?:form|belge)\w*) (?:yerine|ile (?:ayni|es))"
)
"""Paper that is compared with, not asked for."""
_PAPER_FORM = re.compile(r"(?<!elektronik )\bimzali (?:basvuru )?(?:form|belge)")
_MAIL = re.compile(r"e.?posta", re.IGNORECASE)
_NEGATED = re.compile(r"""(?x)
    (?:m[ae]z(?:s[iu]n[iu]z|lar|ler)? | m[ae]m[ae]kt[ae]\w* | m[iu]yor\w* | m[ae]y[ae]ca[kg]\w* | m[ae]y[ae]ce[kg]\w*
    | m[ae]ks[iu]z[iu]n | m[ae]d[iu] | m[ae]d[iu]kc[ae] | m[ae]d[iu]g\w*)$
    | ^(?:degil\w*|yok(?:tur)?|hayir)$ | [^g][ts][iu]z$""")
_BEFORE = re.compile(r"m[ae]d[ae]n$")
"""Before something, which only another denial makes one itself: "onay vermeden ilerleyemezsiniz"."""
_WEIGHTY = _one_of("onay eonay muvafakat riza basvuru sertifika imza(?:niz|m$|mi)")
_NOT_OF_IT = _one_of("""
    form kagi[td] belge evrak ucret posta islak baska paylas herhangi ilgili kimse kurum gerek elden kargo sube
    bekle ek ayrica imzali zorunlu sart mecbur
""")
_WAY_BACK = re.compile(r"""(?x)
    ^(?:bu\ )?(?:islemden\ |islemi\ |sayfadan\ |adimdan\ )?(?:vazgec|iptal\ et|cik|geri\ don|ayril|don)\w*
    (?:\ \w+){0,3}\ (?:icin|isterseniz|istiyorsaniz)(?:\ \w+){0,3}\ (?:geri|vazgec|iptal|ana|anasayfa|kapat|cikis)\w*
    (?:\ \w+){0,3}\ (?:bas|tikla|sec|kullan)\w*n[iu]z$
    |^(?:e\ )?(?:onay\ )?(?:vermek\ |islem\ yapmak\ |devam\ etmek\ )?istemiyorsaniz(?:\ \w+){0,3}
    \ (?:sayfa|pencere|ekran|sekme|geri|ana|anasayfa|vazgec)\w*(?:\ \w+){0,3}
    \ (?:kapat|kullan|bas|tikla|cik|don|ayril)\w*n[iu]z$""")
_ASKS_WHAT = re.compile(r"\b(?:nedir|nasil|neden|nerede|nereden|kimler|nelerdir|ne zaman|ne icin|nicin)\b")

_READ = re.compile(r"""(?x)
    ^(?:(?:kvkk|6698|kisisel|verilerin?|verilerimin|korunmasi\w*|islenmesi\w*|iliskin|hakkinda\w*|dair|sayili|kanun\w*|ve|ile
    |kapsaminda\w*|yukaridaki|asagidaki|kullanim|kosullarini|aydinlatma|bilgilendirme|metnini|metni|metninin|tamamini|okudum
    |anladim|bilgilendirildim|e|eonay|onay)\ ?)+$""")
_BY_PRESSING = re.compile(r"""(?x)
    ^(?:bas|tikla|onayla|ed|et|ilerle|sec|gec)\w*
    (?:[iu]nc[ae]|[dt][iu]g[iu]nd[ae]|[dt][iu]g[iu]n[iu]zd[ae]|rs[ae]n[iu]z|[ae]r[ae]k|mekle|makla|m[ae]n[iu]z\w*|m[ae]s[iu]\w*)$""")
"""What a press does is said beside these."""
_STATE = re.compile(r"bulunma|bulunama|yok(?:tur)?$")
"""Says that something is not there now, which is no loss where nothing tells since when."""
_SINCE = re.compile(r"\b(?:artik|bundan|boyle|bir daha|simdiden)\b")
_TO_OTHERS = re.compile(r"yurt ?dis|\bucuncu (?:kisi|taraf)|\bis ortak|\bpazarlama|\breklam")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_SECRET = _one_of("pin puk parola sifre")
_SECRET_ADVICE = re.compile(
    r"paylasma|kimse|gizli|hazir|sorul|giril|girin|girmen|yazin|istenecek|istenir|haneli|ihtiyac|gerek|bilin|bulundur"
)


def is_caption(sentence: str) -> bool:
    """Tell whether *sentence* is a few words without a verb, as a heading or a label is."""
    said = words(sentence)
    if not said or len(said) > _LONGEST_CAPTION or sentence.rstrip().endswith((".", "!", "?")):
        return False
    if wills(sentence) or wishes(sentence) or any(map(_is_verb, said)) or _commands(said):
        return False
    return not (any(map(_THINGS.match, said)) and _AORIST.search(said[-1]))


def is_read(sentence: str) -> bool:
    """Tell whether *sentence* says that a notice or the text of the consent was read, and no more."""
    said = words(sentence)
    return bool(said) and said[-1] in {"okudum", "anladim", "bilgilendirildim"} and bool(_READ.match(" ".join(said)))


def is_plain(sentence: str) -> bool:
    """Tell whether *sentence* is of a kind that does nothing to the reader."""
    sentence = _ADDRESS.sub(" ", sentence)
    said = words(sentence)
    line = " ".join(said)
    if not any(c.isalpha() for c in sentence) or _WAY_BACK.match(line):
        return True
    if _ASKS_WHAT.search(line) and sentence.rstrip().endswith("?"):
        sentence = sentence.rstrip()[:-1]  # the heading of an explanation
    if ends_something(sentence) or withdraws(sentence) or asks(sentence) or wishes(sentence) or names_money(sentence):
        return False
    if is_read(sentence):
        return True
    if not said or wills(sentence) or any(map(_HEAVY.match, said)) or _FOREIGN.search(line) or _ANEW.search(line):
        return False
    if is_caption(sentence):
        return True
    if _TO_OTHERS.search(line) and not any(map(_NEGATED.search, said)):
        return False
    if any(map(_SECRET.match, said)) and not _SECRET_ADVICE.search(line):
        return False
    touches = any(map(_THINGS.match, said)) or any(map(_BY_PRESSING.match, said))
    if touches and not (all(_harmless(said)) and _is_kept(sentence)):
        return False
    return bool(_FINITE.search(_last(said))) and not _commands(said)


def _last(said: list[str]) -> str:
    return next((word for word in reversed(said) if not word.isdigit()), "")


def _is_verb(word: str) -> bool:
    return bool(_VERB.search(word)) and not _NOUNS.match(word)


def _commands(said: list[str]) -> bool:
    """Tell whether the words are an order ("Sertifikayı yenile"): a bare stem behind a word in the accusative."""
    if len(said) <= 1:
        return False
    ordered = re.fullmatch(r"\w*(?:le|la|et|ver|ac|kes|sat|boz|bas|yap|at)", said[-1])
    return bool(ordered) and bool(re.search(r"(?:[ynm][iu]|[^aeiou][iu])$", said[-2]))


def _harmless(said: list[str]) -> Iterator[bool]:
    """Yield of each verb whether it is one that does no harm."""
    end = max(at for at, word in enumerate(said) if word == _last(said))
    for at, word in enumerate(said):
        if _NOUNS.match(word) or _DEED.search(word) or not (_VERB.search(word) or (at == end and _FINITE.search(word))):
            continue
        if word == "acilir" and at < end:
            continue  # "açılır pencere"
        before = said[at - 1] if at else ""
        if at == end and _TELLS.search(word):
            yield True  # what the reader is told to do is not done by Devam
        elif word.startswith("ac") and _LIGHT.match(word):
            yield any(map(_OPENS.match, said[max(0, at - 4) : at]))
        elif _LIGHT.match(word):
            known = (
                _BEFORE_LIGHT.match(before),
                _NOUNS.match(before),
                _HARMLESS_VERBS.match(before),
                _IS.search(before),
            )
            yield not before or any(known)
        elif at == end and _IS.search(word) and not _VERB.search(word):
            yield True  # what something is, not what is done
        else:
            # The stem's own vowel is swallowed before "-iyor".
            yield any(_HARMLESS_VERBS.match(_NOW.sub(vowel, word)) for vowel in "ae") or bool(
                _HARMLESS_VERBS.match(word)
            )


def _is_kept(sentence: str) -> bool:
    """Tell whether *sentence* takes nothing away: no weighty thing is denied, and no paper asked for in its stead."""
    for clause in re.split(r"[,;:]", sentence):
        said = _INSTEAD.sub(" ", " ".join(words(_MAIL.sub(" ", clause)))).split()
        line = " ".join(said)
        denied = [word for word in said if _NEGATED.search(word)]
        turned = sum(bool(_BEFORE.search(word)) for word in said) if denied else 0
        lost = denied if _SINCE.search(line) else [word for word in denied if not _STATE.match(word)]
        is_lost = bool(lost) and (len(lost) + turned) % 2 == 1
        if is_lost and any(map(_WEIGHTY.match, said)) and not any(map(_NOT_OF_IT.match, said)):
            return False
        is_paper = any(map(_PAPER.match, said)) or bool(_PAPER_FORM.search(line))
        if is_paper and (len(denied) + turned) % 2 == 0:
            return False
    return True
