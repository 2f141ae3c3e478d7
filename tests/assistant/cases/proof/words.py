"""What the pages of the proof say: wordings that must stop a run, and such as must not."""

from __future__ import annotations

from tests.assistant.cases import sentences as s
from tests.assistant.cases import traps, wordings

WITHDRAWALS = (
    *s.WITHDRAWALS,
    *traps.WITHDRAWING,
    "Onayımı geri çekiyorum ve E-Onaylı başvuru yapmayacağım.",
    "E-Onay kaydımın sona erdirilmesini istiyorum.",
    "E-Onayımın kaldırılmasına muvafakat ediyorum.",
    "Elektronik onayımdan feragat ediyorum.",
    "Vermiş olduğum E-Onayın hükümsüz sayılmasını talep ederim.",
    "E-Onay iptal talebimi onaylıyorum.",
    "E-ONAYIMIN KALDIRILMASINI ONAYLIYORUM.",
    "E‑Onayı­mı kaldır­mak istiyorum.",
    "Nitelikli elektronik sertifikamın iptalini onaylıyorum.",
    "Bekleyen NES başvurumun iptal edilmesini kabul ediyorum.",
)
"""Each takes back, ends or stops a consent, an application or a certificate."""
WEIGHTY = (
    *s.WEIGHTY,
    *traps.OTHER,
    "Kart kargo bedeli olan 180 lirayı ödeyeceğimi kabul ediyorum.",
    "Sertifikamın yenilenmesini ve yeni kart üretilmesini istiyorum.",
    "Kimlik bilgilerimin bankalarla paylaşılmasına onay veriyorum.",
)
"""Other acts of weight, money, a question, or what nobody understands."""
PLAIN = (
    *s.DESCRIPTIONS,
    *wordings.PLAIN,
    *wordings.BOILERPLATE,
    "Onay metni ekranın altında yer alır.",
    "İmzalama ekranında doğrulama kodu görüntülenir.",
    "Kod beş dakika geçerlidir.",
    "Kart okuyucunun bilgisayara bağlı olduğundan emin olunuz.",
)
"""Mere descriptions and captions."""
GIVING = wordings.GIVING
"""The consent's own sentence, in its other wordings."""
BOXES = (
    "Mevcut sertifikamı iptal et",
    "Sertifikam iptal edilsin",
    "PIN kodumu sıfırla",
    "Web parolamı değiştir",
    "Sertifikamı askıya al",
    "E-Onayımı kaldır",
    "Yeni kart basılsın",
    "Kargo ücretini ödemeyi kabul ediyorum",
    "Kampanyalardan haberdar olmayı kabul ediyorum",
    "Başvurum iptal edilsin",
)
"""What a box that is ticked, or a list's choice, would carry along; nobody has asked for it."""
NAMES = (
    "Sertifikamı İptal Et",
    "E-Onayı Kaldır",
    "E-Onayımı geri al",
    "Onayımı geri çek",
    "Askıdan İndir",
    "PIN Oluştur",
    "Kilidi çöz",
    "Web Parola Değiştir",
    "Sertifika iptal talebi",
    "E-Onay iptali",
)
"""Other names of a button whose visible label is harmless."""
HARMLESS_NAMES = ("Sonraki adım", "İleri", "İmzalama adımına geçer", "Sonraki sayfaya gider")
SERVICES = (
    "Sertifikamı İptal Et",
    "PIN Oluşturma/Kilit Çözme",
    "Askıdan İndirme",
    "Web Parola Değiştirme",
    "Sertifika İptal İşlemleri",
    "Mali Mühür İşlemleri",
    "Başvuru Durum Sorgulama",
)
"""Headings of other services."""
OTHER_WAYS_IN = ("Mali Mühür", "Kurumsal", "Borç Sorgulama", "SSL", "Zaman Damgası", "KEP")
"""Names under which a way in leads to another service."""
