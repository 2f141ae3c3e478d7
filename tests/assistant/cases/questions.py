"""What a dialog with legal weight says: questions and statements that only the person may answer."""

from __future__ import annotations

QUESTIONS: dict[str, tuple[str, ...]] = {
    "revoke": (
        "Sertifikanız tekrar kullanılmamak üzere iptal edilecektir. Onaylıyor musunuz?",
        "Kullandığınız sertifika iptal edilecek. Emin misiniz?",
        "Devam etmeniz hâlinde mevcut sertifikanız iptal edilecektir.",
        "Nitelikli elektronik sertifikanız iptal edilsin mi?",
        "Bu işlem geri alınamaz. Devam edilsin mi?",
        "Seçili kayıt silinecektir. Emin misiniz?",
    ),
    "withdraw": (
        "E-Onayınız sonlandırılacak. Devam etmek istiyor musunuz?",
        "Vermiş olduğunuz E-Onay kaldırılacaktır.",
        "E-Onayınızı geri çekmek üzeresiniz. Emin misiniz?",
        "E-Onayınız geçersiz kılınacak ve başvurularınız ıslak imzalı forma dönecektir.",
        "Muvafakatinizi geri alıyorsunuz, onaylıyor musunuz?",
    ),
    "suspended": (
        "Askıda bir sertifikanız bulunmaktadır. Yeniden kullanıma açılsın mı?",
        "Askıya alınmış sertifikanızı şimdi açmak ister misiniz?",
        "Sertifikanız askıya alınacaktır.",
    ),
    "renewal": (
        "Sertifikanızın süresi dolmak üzere. Şimdi yenileme başvurusu yapmak ister misiniz?",
        "Yenileme başvurunuz oluşturulacaktır, onaylıyor musunuz?",
        "Sizin için taslak bir başvuru hazırladık. Başvurunuz gönderilsin mi?",
        "Yarım kalan başvurunuz var. Kaldığınız yerden devam edilsin mi?",
    ),
    "payment": (
        "Kart üretim bedeli 1.250 TL kurumunuza fatura edilecektir. Kabul ediyor musunuz?",
        "Ödenmemiş 350,00 ₺ borcunuz bulunmaktadır. Şimdi ödemek ister misiniz?",
        "İşlem ücreti kartınızdan tahsil edilecektir.",
    ),
    "pin": (
        "PIN kodunuz sıfırlanacaktır. Devam edilsin mi?",
        "Kartınızın kilidi çözülsün mü?",
        "Yeni PIN kodunuz SMS ile gönderilecektir, onaylıyor musunuz?",
        "Web parolanızın süresi dolmuştur. Şimdi değiştirmek ister misiniz?",
    ),
    "privacy": (
        "Kişisel verilerimin yurt dışına aktarılmasına açık rıza veriyorum.",
        "KVKK aydınlatma metnini okudum, kişisel verilerimin işlenmesine açık rıza gösteriyorum.",
        "Ticari elektronik ileti gönderilmesine onay veriyor musunuz?",
        "Kullanıcı sözleşmesi güncellendi. Sözleşmeyi kabul ediyorum.",
        "Taahhütnamenin yeni hâlini kabul, beyan ve taahhüt ederim.",
    ),
    "session": (
        "Oturumunuz sonlanacak, devam etmek ister misiniz?",
        "Oturumunuz 60 saniye içinde kapatılacaktır. Oturumu uzatmak istiyor musunuz?",
        "Başka bir cihazda açık oturumunuz var. O oturum sonlandırılsın mı?",
    ),
    "details": (
        "Cep telefonu numaranız güncel mi?",
        "Adres bilgileriniz MERNİS'ten alınarak güncellenecektir. Onaylıyor musunuz?",
        "Kurum bilginiz değişmiş görünüyor. Kaydınız yeni kurumunuza aktarılsın mı?",
        "E-imza uygulamasının açılmasına izin veriyor musunuz?",
    ),
    "plain": ("Emin misiniz?", "Devam edilsin mi?", "Onaylıyor musunuz?", "İşlemi tamamlamak istiyor musunuz?"),
    "cookie-with-weight": (
        "Çerez politikamız ve E-Onay sözleşmemiz güncellendi. Kabul etmeniz hâlinde mevcut sertifikanız iptal edilir.",
        "Çerezleri ve kişisel verilerimin üçüncü kişilere aktarılmasını kabul ediyorum, açık rızam vardır.",
    ),
    "announcement-with-weight": (
        "Duyuru: E-Onayınız yeni yönetmelik gereği sonlandırılacaktır. Onaylıyor musunuz?",
        "Bilgilendirme: devam ederseniz bekleyen başvurunuz iptal edilecektir. Kabul ediyor musunuz?",
        "Hatırlatma: askıdaki sertifikanız açılacaktır, onaylıyor musunuz?",
        "Memnuniyet anketine katılmanız için sertifika bilgilerinizin paylaşılmasını onaylıyor musunuz?",
    ),
}
"""By what it is about. None but the last two speaks in the words of an announcement, a survey or a cookie notice."""
TITLES = ("", "Onay", "Uyarı", "Dikkat", "Dikkat!", "İşlem Onayı", "Emin misiniz?", "Kamu SM", "UYARI")
ANSWERS: tuple[tuple[str, ...], ...] = (
    ("Vazgeç", "Tamam"),
    ("Hayır", "Evet"),
    ("Evet", "Hayır"),
    ("Tamam",),
    ("Anladım",),
    ("İptal", "Devam"),
    ("Devam Et",),
    ("Onaylıyorum",),
    ("Vazgeç", "Onayla"),
    ("Kabul Et", "Reddet"),
    ("Kabul ediyorum",),
    ("Okudum, anladım",),
    ("Daha sonra", "Tamam"),
    ("Kapat", "Tamam"),
    ("TAMAM", "VAZGEÇ"),
    ("Hayır, teşekkürler", "Evet, devam et"),
    ("OK",),
)
UNDER_ANNOUNCEMENT: tuple[tuple[str, ...], ...] = (
    ("Vazgeç", "Tamam"),
    ("Hayır", "Evet"),
    ("Tamam",),
    ("Kabul ediyorum",),
)
"""Answers under words of an announcement or a cookie notice: none of them just closes it."""
