"""Turkish verbs by their endings, and which of them do no harm to a consent, a certificate or a card."""

from __future__ import annotations

import re
from collections.abc import Iterator


def one_of(listed: str, after: str = "") -> re.Pattern[str]:
    """Return a pattern for a word that begins with one of those *listed*, and then goes on as *after* says."""
    return re.compile(f"(?:{'|'.join(listed.split())}){after}")


_NOUN_END = (
    r"(?:l[ae]r)?(?:[iu]m[iu]z|[iu]n[iu]z|n[iu]z|[iu]m|s[iu]|[iu])?n?"
    r"(?:[iu]n|[iu]|y?[ae]|d[ae]n?|t[ae]n?|d[ae]ki|y?l[ae]|c[ae])?$"
)
"""What may follow a noun: plural, possessive and case."""
THINGS = one_of("""
    onay eonay muvafakat riza basvuru sertifika imza(?!lama) kart(?:$|i|in|a|lar) taahhu beyan irade yetki
    hakk?(?:i|ini?z|im) haklar(?:i|im) kayd[iu] talep talebi izin izni aboneli uyeli hesab hesap sozlesme
    pin(?:$|i|in|ler) puk parola sifre kullanim(?:iniz|im)?$ nes$ hizmet(?:iniz|im) consent certificate approval
    yontem duzen usul secim secenek tercih
""")
"""Things a sentence may do something to."""
_VERB = re.compile(r"""(?x)(?:
    [iu]yor\w* | (?:mekte|makta)\w* | (?:ecek|acak|eceg|acag)\w* | m[iu]s(?:t[iu]r|s[iu]n[iu]z|[iu]n[iu]z)?
    | (?:[iu]l|[iu]n|n)[iu]r | m[ae]z(?:s[iu]n[iu]z|lar|ler)? | m[ae]k(?:l[ae])? | m[ae]y[aeiu] | m[ae]s[iu]\w*
    | m[ae]n[iu]z\w* | m[ae]m[iu]\w* | [dt][iu]g[iu]\w* | [ae]r[ae]k | [^s][iu]p
    | [iu]nc[ae] | m[ae]d[ae]n
    | [dt][iu]kt[ae]n | (?:[iu]l|[iu]n|n|l)[ae]n | [ae]bil\w* | m[ae]ks[iu]z[iu]n
    | m[ae]l[iu](?:d[iu]r|s[iu]n[iu]z|y[iu]z)?
)$""")
"""Endings that make a word a verb, wherever it is."""
FINITE = re.compile(r"""(?x)(?:
    [aeiu]r(?:s[iu]n[iu]z)? | m[ae]z | yor | [td][iu]r | [dt][iu] | [ae]bilirsiniz | [iu]n[iu]z | [^aeiou][iu]n | var
    | yok | [dt][ae] | laz[iu]m | degil | m[ae]l[iu] | zorunlu | rica | lutfen | ecek | acak | mekte | makta | l[ae]r
    | yoruz
)$""")
"""Endings of the last word in a sentence of description or instruction."""
_IS = re.compile(r"(?:[dt][ae]|dir|tir|dur|tur|var|yok|degil|lazim|zorunlu|lar|ler)$")
_BY_SOME = re.compile(r"l[ae]r[iu]nc[ae]$")
"""Who does it: "uzmanlarınca"."""
_PAGE = one_of(
    "menu icerig arama harita panel detay metni metnin sayfa yazi boyut tema dil alt ust kontrast sesli video"
)
"""Parts of a page, which an order may be about: "Menüyü aç"."""
_PAPERS = re.compile(r"(?:hut|bat|vekalet|beyan|sart|yonet)name\w*$")
"""Nouns in -name: "taahhütname"."""
TELLS = re.compile(r"(?:y|[^aeiou])[iu]n[iu]z$")
_OPENS = one_of("ekran sayfa pencere sekme uygulama dosya baglanti menu form alan liste")
_NOW = re.compile(r"[iu]yor.*")
_LIGHT = one_of("et ed ol(?!us) yap kil eyle kal(?!an) gel(?!is) getir bul(?!un) say(?!fa|i) cik(?!ti) tut at ac(?!ik)")
_BEFORE_LIGHT = one_of("""
    ne$ madde teslim tebl kayit kaydi muhafaza takip devam temin elde ifade kontrol rica beyan arz ilan yardim
    hizmet tesekkur dikkat teyit tespit temsil arsiv ileti teklif zorunlu gerek gecerli(?!lig) hazir sahip
    mevcut acik takili yuklu kurulu guncel uygun dogru tam$ tamam kayitli bagli emin haberdar bilgi etkili
    yardimci kolay hizli basvuru$ islem giris imza duyuru inceleme degerlendirme destek onay$ onayli$ sakli ayni
    mesaj kod sms e$ posta sayfa ekran adim sonra once kadar icin muracaat tavsiye tasarruf memnun ziyaret
    tekrar tahmin test not tahmini saat gun kez defa kolayca hizlica sorgulama yerine meydana soz konusu kisi
    ile sirasinda tarafindan riayet sure dolu bos isaretli gizli guvenli ucretsiz elektronik online elle kisa
    uzun yeterli kabul tercih ait dahil talep basarili mumkun sart gorevli cevrimici adresine hattina numarasina
    kapsaminda uzerinden web pencere uygulama dosya degisiklik baglanti saglikli islemi islemini onayini$
""")
_HARMLESS_VERBS = one_of("""
    kesinles kesilmed kesilmem tekrarlanma arastir arsiv aydinlat basitles basvur belgelen benze bit(?!ir)
    donmek kesilmesi bulustur dile dolas etkilen gelis hedefle iliskilendir ispatla kanitla karsilastir kavus
    kazan kolayla konumlan not nitele ornekle ozetle planlan rastla sonuclan surdur tasarla tavsiye tanit uyar
    vurgula yanitla yazdir yedekle yerles yeterli yonet mumkun kilavuzla sinirli kisisel ongor acikla adlandir
    al(?!ternat) anla ara artir atil? bagla bak basla bas(?!ka) bekle belirle belirt bil bildir bilgilen bulun
    calis cevapla danis degerlendir denetle dene destekle devam dinle dogrula dogur dol duyur eris eslestir
    faydalan gec gerceklesti gerek gir gond goruntule gor goster hazirla hatirla hizlan icer ilerle ilet imzala
    incele indir iste isle izle isaretle kaydet kayded kaydol karsila kapsa katil kolaylas konus kopyala koru
    kullan kur listele numara oku olus onayla oner ogren paylas planla sagla sakla sec sonuc sorgula soru sor
    sunul sun sur tak tamamla tanimla temin tikla topla ulas uygula ver yararlan yanit yap yayimla yayinla yazil
    yaz yer yonlendir yukle yurut ziyaret zorunlu ekle edin giril doldur ol$ kal$ bak(?!i) barin barindir belir
    kisal(?!t) kutla dayan kaynaklan tut hizlandir say[iy] algila gelis(?:tir)? yas(?!ak) yogunlas artmak azal
    gecik uzayabil uretilm uretilir uretilmek isaret inan seyret dinlen duzenlen art(?:ar|is|mak) basari
    caprazla denk sekillen olc sigdir rastlan yonelt karsilas cevrilm hesapla adimla
""")
_NOUNS = one_of(
    """
    bilgilendirme dogrulama imzalama aciklama uygulama zaman tamam neden ekran alan yan tip sahip kap grup ekip
    takip kisim olarak firma belgelendirme kilavuz evrak dugme bayrak kaynak ornek destek gelecek gercek resmi
    elektron bundan itibaren kurum aydinlatma sozlesme sorgulama gereginc uyarinc boyunc gerek surec memur emek
    yemek yilmaz korkmaz durmaz solmaz sonmez gormez kaymaz cip bilinen olan bulunan kalan belge isteyen kadar
    haber kullanici basvuran imzalayan onaylayan bilgi kimlik mevzuat degerlendirme yonetmelig guvenlik
    degisiklig dugmeyi yuklenen verilen alinan kullanilan gosterilen oldugu oldukc
    """,
    _NOUN_END,
)
_FORBIDS = re.compile(r"m[ae]y[iu]n[iu]z$")
_MUST_BE = re.compile(r"ol(?:mali(?:dir|siniz)?|masi|maniz|madan)$")
"""Something must be so, without anybody doing it: "güncel olmalıdır"."""
_TOLD = one_of(
    "gez gel birak kes yerlestir tut bulundur goz don ayril cik kapat ol et ed ac artir azalt otur beklet dikkat"
)
"""What a page may tell its reader to do, besides the harmless acts; Devam does none of it."""
_BARE = re.compile(
    r"(?:e?onay|onayi|muvafakat\w*|riza\w*|basvuru|sertifika|kart|pin|puk|parola|sifre|nes|yetki|hak|kayit"
    r"|taahhut\w*|izin|e?imza)(?:l[ae]r[iu]?)?"
)
_COMPOUND = re.compile(r"(?:s[iu]|[^aeiou][iu]|l[ae]r[iu])(?:n[iu]n|n[iu]|n[ae]|nd[ae]n?|yl[ae])?$")
_DONE = re.compile(r"(?:[iu]l|[aeiu]n)(?:[iu]r|m[ae]kt[ae]\w*|[iu]yor|m[iu]s\w*|d[iu])$|(?:ecek|acak)(?:t[iu]r)?$")
_TURNS = one_of("kapa kalk son bit gec dus don degis ol cik git yan dur kop uc bat tuken eri yit et ed yap sil al ver")
"""Verbs of coming to an end, and those that can mean anything."""
PERSONAL = re.compile(
    r"(?:\w(?:[aeiu]n|s[iu]n)[iu]z(?:[iae]|[iu]n|d[ae]n?|l[ae]|c[ae]|l[ae]r[iu]?)?(?<!deniz)"
    r"|(?:numara|adres|telefon|hesab|bilgi|veri|kimlik|posta|kart|sertifika|onay|basvuru|imza|pin|parola"
    r"|fotograf|kayd|talep"
    r"|talebi|hakk|yetki|beyan|tercih|sifre|l[ae]r)(?:[iu]?m)(?:[iae]|[iu]n|d[ae]n?|l[ae])?|bana|beni|benim|tarafima"
    r"|(?:bu|isbu) (?:islem|adim|beyan|dugme|buton|onay|tus|baglanti)\w*|devam(?: \w+)? (?:dugme|buton|tus)\w*"
    r"|devam(?: ile)?)\b"
)
"""Speaks of what is the reader's own, or of what the press does: there we look at every verb."""


def last_of(said: list[str]) -> str:
    """Return the last of the words *said* that isn't a number."""
    return next((word for word in reversed(said) if not word.isdigit()), "")


def is_verb(word: str) -> bool:
    """Return whether *word*, in bare letters, ends like a verb and isn't a noun that happens to."""
    return bool(_VERB.search(word)) and not _NOUNS.match(word)


def commands(said: list[str]) -> bool:
    """Return whether the words are an order ("Sertifikayı yenile"): a bare stem after a word in the accusative."""
    if len(said) <= 1 or any(map(_PAGE.match, said)):
        return False
    if re.fullmatch(r"kaydet|ekle|gonder|devret|aktar|bagla|tasi|uzat|guncelle|onayla|yenile|ode", said[-1]):
        return True
    ordered = re.fullmatch(r"\w*(?:le|la|et|ver|ac|kes|sat|boz|bas|yap|at)", said[-1])
    return bool(ordered) and bool(re.search(r"(?:[ynm][iu]|[^aeiou][iu])$", said[-2]))


def _is_subject(said: list[str], at: int) -> bool:
    """Return whether the word there is itself a weighty thing, not part of another's name ("onay metni")."""
    after = said[at + 1] if at + 1 < len(said) else ""
    return bool(_BARE.fullmatch(said[at])) and not _COMPOUND.search(after)


def harmless(said: list[str]) -> Iterator[bool]:
    """Yield for each verb whether it does no harm."""
    end = max(at for at, word in enumerate(said) if word == last_of(said))
    is_aside = not PERSONAL.search(" ".join(said)) and not any(_is_subject(said, at) for at in range(len(said)))
    for at, word in enumerate(said):
        if (
            _NOUNS.match(word)
            or _BY_SOME.search(word)
            or _PAPERS.search(word)
            or not (_VERB.search(word) or (at == end and FINITE.search(word)))
        ):
            continue
        if word == "acilir" and at < end:
            continue  # "açılır pencere"
        before = said[at - 1] if at else ""
        if at == end and TELLS.search(word):
            yield bool(_FORBIDS.search(word) or _TOLD.match(word) or _HARMLESS_VERBS.match(word))
        elif re.match(r"(?:yan|son)[aeimu]", word) and "isig" in " ".join(said):
            yield True  # a lamp
        elif _MUST_BE.match(word) or (
            word.startswith("kapan") and re.search(r"\b(?:oturum|sayfa|pencere|ekran)", " ".join(said))
        ):
            yield True
        elif word.startswith("ac") and _LIGHT.match(word):
            yield any(map(_OPENS.match, said[max(0, at - 4) : at]))
        elif at == end and is_aside and not (_DONE.search(word) or _TURNS.match(word)):
            yield True  # "başvuru yoğunluğu artar": nothing is done to the thing
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
            # Before "-iyor" the stem loses its own vowel.
            yield any(_HARMLESS_VERBS.match(_NOW.sub(vowel, word)) for vowel in "ae") or bool(
                _HARMLESS_VERBS.match(word)
            )
