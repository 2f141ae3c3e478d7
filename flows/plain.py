"""Which sentences next to Devam are plain: of a kind known to do nothing to the reader.

A sentence is plain by rule, not because it has no bad word. If it asks, wants, promises, names money or ends something,
it isn't plain. If it speaks of a weighty thing, of something the reader owns or of the press, we have to understand
each of its verbs (`flows.verbs`) and it must leave the reader what is theirs (`flows.losses`). Anything else that ends
like a Turkish sentence is information, whatever its nouns; headings have no verb at all (`flows.headings`), English has
a rule of its own. What no rule knows is not plain, and the person reads it.
"""

from __future__ import annotations

import re

from flows.english import is_english, is_plain_english
from flows.headings import is_caption, is_heading
from flows.losses import NEGATED, is_kept, is_left
from flows.text import skeleton
from flows.verbs import FINITE, PERSONAL, THINGS, commands, harmless, last_of, one_of
from flows.words import asks, ends_something, names_money, wills, wishes, withdraws, words

_HEAVY = one_of("""
    odem oden odey fatura bedel tahsil tutar(?:i|in|lar) borc ceza tazmin kefil kefalet vekalet vekil icra devir
    devred devret devrol haciz haczed ikame mahrum kayip zayi bloke kilitlen askida karalist rehin temlik karar
    elinizden satil satis kapali$ basil basim cope dilekce istifa iade maas kesinti taksit kredi(?!t) provizyon
    depozito siparis bagis hibe miras kilit kilid reset delet remov unlock unsubscri renew purchas accept agree
    ticari fotokop biyometr parmak kamera mikrofon sorumlulu tarafima emekli tayin noter baskasi(?:$|na|nin)
    aski(?:$|da|ya|dan|nin) uyeli aboneli yukselt paket(?:$|i|in)
""")
"""Has weight whatever is said of it."""
_ANEW = re.compile(
    r"\b(?:onay|muvafakat|riza|tercih)\w* (?:\w+ )?hayir$|"
    r"\byeni(?:den)? (?:bir )?(?:sertifika|kart(?!la)|pin|puk|parola|sifre|basvuru|uretim|elle|islak|kagi|imza|form)"
    r"|\byeniden (?!giris|bas|den|ac|yukle|ulas|baglan|devam|oturum)"
    r"|(?<!tamamlan)m[iu]s (?:ol|(?:say|kabul ed|added)\w*+(?<!m[ae]z))"
    r"|\beski (?:\w+ )?(?:basvuru|yontem|usul|duzen|hal|kart|sertifika)"
    r"|(?<!kendi )\badiniza|\byerinize\b|\bkara liste|\b(?:ses|goruntu) kayd|\bdonus\w* (?:yok|olma)|\b(?:beni"
    r"|bana|benim) (?!hatirla)|\bgeri don\w*m[ae]z"
    r"|\b(?:sertifika|onay|basvuru|kart|kurum|adres|pin|puk|parola|yetki)\w* degisikli\w+(?: \w+)?"
    r" (?:uygula|yapil|islen|gercekles|kayded|alin)\w*(?:acak|ecek|[iu]r)\w*$"
)
_WE = re.compile(r"^(?!.*\b(?:kabul|onay|taahhut|izin|talep|red|muvafakat|beyan)).*yoruz$")
"""What an office says of itself: "kutluyoruz"."""
_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff]")
"""Letters that no rule reads: from other scripts, and not looking like Latin ones."""
_WAY_BACK = re.compile(r"""(?x)
    ^(?:bu\ )?(?:(?:islemden|islemi|sayfadan|adimdan|portaldan|sistemden|ekrandan|oturumdan|siteden)\ )?
    (?:vazgec|iptal\ et|cik|geri\ don|ayril|don)\w*
    (?:\ \w+){0,3}\ (?:icin|isterseniz|istiyorsaniz)(?:\ \w+){0,3}\ (?:geri|vazgec|iptal|ana|anasayfa|kapat|cikis)\w*
    (?:\ \w+){0,3}\ (?:bas|tikla|sec|kullan)\w*n[iu]z$
    |^(?:e\ )?(?:onay\ )?(?:vermek\ |islem\ yapmak\ |devam\ etmek\ )?istemiyorsaniz(?:\ \w+){0,3}
    \ (?:sayfa|pencere|ekran|sekme|geri|ana|anasayfa|vazgec)\w*(?:\ \w+){0,3}
    \ (?:kapat|kullan|bas|tikla|cik|don|ayril)\w*n[iu]z$""")
_MEANWHILE = (
    r"(?:(?:\d+|bir|birkac|uzun|belirli|dakika|dk|saniye|saat|sure\w*|boyunca|icinde|sonra|sonunda|islem|islemleriniz|yapilma\w*"
    r"|yapma\w*|hareketsiz\w*|kal\w*|kullanilma\w*|otomatik|olarak|kendiliginden|guvenlik|guvenliginiz|nedeniyle|icin|amaciyla"
    r"|sistem|tarafindan|portal|portaldaki|bekle\w*|halinde|durumunda|takdirde) )*"
)
_SESSION_ENDS = re.compile(
    rf"^{_MEANWHILE}oturum(?:unuz|lar|u|unuzun)?(?: suresi| sureniz)? {_MEANWHILE}"
    r"(?:sonlan\w*|sona er\w*|kapan\w*|kapatil\w*|bit\w*|dol\w*|zaman asimina ugra\w*)$"
)
"""The portal's session ends by itself, and nothing else with it: we know every word of it."""
_CERTIFICATE_ENDS = re.compile(
    r"^(?:(?:(?=[a-f]*\d)[0-9a-f]+|seri|numarali|nolu|no|mevcut|nitelikli|elektronik) )*(?:e ?imza )?"
    r"sertifika(?:niz|nizin|si|sinin)?"
    r"(?: (?:gecerlilik|kullanim))?(?: sure(?:si|niz))? "
    r"(?:\d{1,2} (?:\d{1,2}|ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik) \d{4}"
    r"(?: saat)?(?: \d{1,2} \d{2}(?: \d{2})?)?(?: tarihinde| da| de)?|[1-9]\d{0,2} (?:gun|ay|hafta) sonra)"
    r" (?:sona er|dol|bit)(?:[ae]r|[ae]c[ae]k(?:t[iu]r)?|m[iu]s(?:t[iu]r)?|[dt][iu]|m[ae]kt[ae](?:dir)?|[iu]yor)$"
)
"""A certificate ends on its own day: we know every word of it, and the day is there."""
_HAS_ENDED = re.compile(r"^(?:(?:gecerlilik|kullanim) )?suresi (?:dol|bit|gec)(?:mus|mis|du|ti)(?:tur|tir)?$")
"""What a list of certificates says of an old one."""
_COMES = re.compile(
    r"^(?:(?:bilgi(?:ler|leriniz)?|sayfa|icerik|veri(?:ler|leriniz)?|lutfen|bekleyiniz) ){1,3}"
    r"(?:yukleniyor|getiriliyor)$"
)
"""Says that the page itself is on its way."""
_WHERE_TO_GO_ON = re.compile(r"\b(?:icin|ile) ayrilan (?:alan|bolum|kutu|dugme|baglanti)\w* kullan\w*n[iu]z$")
"""A hint at where a control is: it says where, and nothing of what it does."""
_ASKS_WHAT = re.compile(
    r"\b(?:nedir|nasil|neden|nerede|nereden|kimler|nelerdir|nicin|ne (?:zaman|icin|yapar|ise yarar|anlama gelir))\b"
)
_READ = re.compile(r"""(?x)
    ^(?:(?:kvkk|6698|kisisel|verilerin?|verilerimin|korunmasi\w*|islenmesi\w*|iliskin|hakkinda\w*|dair|sayili|kanun\w*|ve|ile
    |kapsaminda\w*|yukaridaki|asagidaki|kullanim|kosullarini|aydinlatma|bilgilendirme|metnini|metni|metninin|tamamini|okudum
    |anladim|bilgilendirildim|e|eonay|onay)\ ?)+$""")
_BY_PRESSING = re.compile(r"""(?x)
    ^(?:bas|tikla|onayla|ed|et|ilerle|sec|gec)\w*
    (?:[iu]nc[ae]|[dt][iu]g[iu]nd[ae]|[dt][iu]g[iu]n[iu]zd[ae]|rs[ae]n[iu]z|[ae]r[ae]k|mekle|makla|m[ae]n[iu]z\w*|m[ae]s[iu]\w*)$""")
"""Next to these a text says what a press does."""
_MADE = re.compile(r"\b(\w+) (?:uret|olustur|tanimla|ekle|bagla|kayd)\w*(?:il|ul|[ln][iu]r|n)\w*$")
_MADE_HERE = one_of(
    "kod sayfa ekran pencere uygulama imza islem adim baglanti dosya cikti ozet mesaj bildirim uyari oturum"
)
"""What a press may produce: a part of the way, and nothing that the reader keeps afterwards."""
_ON_CONSENT = re.compile(
    r"\b(?:onay|muvafakat|riza)\w* ver(?:il|me|dig|irs|inc|erek)\w*+(?! dair).*\b(?:veri(?!l)|fotograf|kimlik|adres"
    r"|telefon|iletisim|bilgi)\w*.*\b(?:islen|kullanil|aktaril|paylasil|saklan|iletil)\w*$"
)
"""What the consent does with the reader's data."""
_TO_OTHERS = re.compile(
    r"yurt ?dis|\bucuncu (?:kisi|taraf)|\bis ortak|\bpazarlama|\breklam|\btanitim|\bherkese acik|\bkampanya"
)
_ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+|https?://\S+|www\.\S+")
_SECRET = one_of("pin(?!g) puk parola sifre(?!le)")
_SECRET_ADVICE = re.compile(
    r"paylasma|kimse|gizli|hazir|giris|sorul|giril|girin|girmen|yazin|istenecek|istenir|haneli|ihtiyac|gerek"
    r"|bilin|bulundur|yer al|dogrulan|saklan|emin ol"
)
_DEED = re.compile(
    r"siler(?:se)?$|"
    r"(?:sil(?:in|d|m[ei]|e[rn])|degistir|sifirla|kaldir|kapat|bosalt|bicimlendir|formatla|temizle|aktar|satil"
    r"|devred|imha|askiya"
    r"|kes(?:il|ec)|cekil|tahsil|dondur|engelle|reddedil|sonlan|durdur)\w*(?:ir|ur|ar|er|ecek|acak|di|ti|du|tu"
    r"|mis|mus|yor|tir|tur|dir)$"
)
"""Verbs of ending, changing and giving away that work without naming anybody."""
_FEE = re.compile(r"\b(?:ucret(?!siz)|harc(?:i|$)|masraf)")
_UNDONE = re.compile(r"m[ae](?:z|m[ae]kt|yac|yec)|sil(?:inmez|inemez)")
_POLITE = re.compile(
    r"^(?!.*\b(?:kart|sertifika|onay|basvuru|pin)\w* (?!ver|kull)).*(?:tesekkur (?:ederiz|eder|ederim)|tesekkurler"
    r"|(?:gunler|calismalar|haftalar|basarilar|tatiller|bayramlar) dileriz|(?:kutlu|mubarek|gecmis"
    r"|hayirli) olsun|kolay gelsin|hos geldiniz|dileriz)$"
)
"""Says thanks or good wishes."""


_ASKED_FOR = re.compile(
    r"\b(?:yenileme(?:si|niz)?|degisikli(?:k|gi|giniz)|degistirme(?:si)?|siparis(?:i|iniz)?|tale(?:p|bi|biniz)|gonderim(?:i|iniz)?"
    r"|gonderme(?:si)?|gonderilmesi|teslim(?:at|ati|i)?|uretim(?:i)?|basim(?:i)?|kurye|olusturma(?:si)?|sifirlama(?:si)?|iptal(?:i)?)$"
)
"""How a caption ends that names something one may have asked for."""
_YES = frozenset({"evet", "var", "olsun", "isteniyor", "istendi", "secili", "secildi", "dahil", "yapilacak", "yes"})


def is_order(caption: str) -> bool:
    """Return whether *caption* names something one may have asked for: a yes next to it orders that."""
    return bool(_ASKED_FOR.search(" ".join(words(caption))))


def is_yes(value: str) -> bool:
    """Return whether *value* is a lone yes, as one reads it in a summary or a table."""
    said = words(value)
    return len(said) == 1 and said[0] in _YES


def orders(sentence: str) -> bool:
    """Return whether *sentence* is a caption with its value, and that orders something: "Kart yenileme: Evet"."""
    caption, colon, value = sentence.partition(":")
    return bool(colon) and is_yes(value) and is_order(caption)


def _makes_something(line: str) -> bool:
    """Return whether *line* ends with something that comes into being and isn't part of the way."""
    made = _MADE.search(line)
    return made is not None and not _MADE_HERE.match(made[1])


def is_heavy(sentence: str) -> bool:
    """Return whether *sentence* has a word of weight, an interruption of a service aside."""
    return any(_HEAVY.match(word) for word in words(sentence) if not word.startswith("kesinti"))


def ends_on_its_day(sentence: str) -> bool:
    """Return whether *sentence* says on which day a certificate ends, and nothing else."""
    return _CERTIFICATE_ENDS.match(" ".join(words(sentence))) is not None


def is_read(sentence: str) -> bool:
    """Return whether *sentence* says that a notice or the consent text was read, and no more."""
    said = words(sentence)
    return bool(said) and said[-1] in {"okudum", "anladim", "bilgilendirildim"} and bool(_READ.match(" ".join(said)))


def is_plain(sentence: str) -> bool:
    """Return whether *sentence* is of a kind that does nothing to the reader."""
    if _SCRIPT.search(skeleton(sentence)):
        return False
    sentence = _ADDRESS.sub(" ", sentence)
    said = words(sentence)
    line = " ".join(said)
    if (
        not any(c.isalpha() for c in sentence)
        or _WAY_BACK.match(line)
        or _COMES.match(line)
        or _SESSION_ENDS.match(line)
        or _CERTIFICATE_ENDS.match(line)
        or _HAS_ENDED.match(line)
    ):
        return True
    if _ASKS_WHAT.search(line) and sentence.rstrip().endswith("?"):
        sentence = sentence.rstrip()[:-1]  # the heading of an explanation
    if ends_something(sentence) or withdraws(sentence) or asks(sentence) or names_money(sentence) or orders(sentence):
        return False
    if is_read(sentence):
        return True
    if _POLITE.search(line) and not any(map(_HEAVY.match, said)):
        return True
    if wishes(sentence):
        return False
    if not said or (wills(sentence) and not _WE.search(line)) or any(map(_HEAVY.match, said)) or _ANEW.search(line):
        return False
    if is_english(line):
        return is_plain_english(line)
    if is_caption(sentence):
        return True
    if _TO_OTHERS.search(line) and not any(map(NEGATED.search, said)):
        return False
    if _FEE.search(line) and not any(map(NEGATED.search, said)):
        return False
    if _ON_CONSENT.search(line) or (any(map(_BY_PRESSING.match, said)) and _makes_something(line)):
        return False
    if any(map(_SECRET.match, said)) and not _SECRET_ADVICE.search(line):
        return False
    if any(map(_DEED.match, said)) and not _UNDONE.search(line):
        return False
    if _WHERE_TO_GO_ON.search(line):
        return True
    if is_heading(sentence):
        return True
    is_strict = any(map(THINGS.match, said)) or any(map(_BY_PRESSING.match, said)) or bool(PERSONAL.search(line))
    if is_strict and not (all(harmless(said)) and is_kept(sentence) and is_left(said)):
        return False
    return bool(FINITE.search(last_of(said))) and not commands(said)
