"""What may stand beside the consent sentence: withdrawals in other words, other acts of weight, and mere descriptions."""

from __future__ import annotations

WITHDRAWALS = (
    "Daha önce vermiş olduğum E-Onayımı sonlandırmak istiyorum.",
    "E-Onayımı geri almak istiyorum.",
    "E-Onayın kaldırılmasını talep ediyorum.",
    "E-Onaylı başvurudan vazgeçiyorum.",
    "E-Onayımı iptal ettiriyorum.",
    "Muvafakatimi geri çekiyorum, E-Onayım sona ersin.",
    "Artık onay vermiyorum.",
    "Vermiş olduğum onayı geri çekiyorum.",
    "E-Onayımın iptalini talep ederim.",
    "E-Onayımı feshediyorum.",
    "E-Onayımdan cayıyorum.",
    "E-Onayımın geçersiz sayılmasını istiyorum.",
    "Onayımın silinmesini istiyorum.",
    "E-Onayımı pasif hâle getirmek istiyorum.",
    "E-ONAYIMI SONLANDIRMAK İSTİYORUM",
    "Bu işlemle E-Onayım kaldırılacaktır.",
    "Devam ettiğinizde E-Onayınız sonlandırılır.",
    "E-Onay'ımı kapatmak istiyorum.",
    "E-Onaylı başvuru hakkımdan feragat ediyorum.",
    "Bundan böyle E-Onaylı başvuru yapmak istemiyorum, onayımı geri alıyorum.",
    "Sertifikamın iptal edilmesini talep ediyorum.",
    "Başvurumu geri çekiyorum.",
)
"""Each has a stem of withdrawing near onay, başvuru or sertifika."""
WEIGHTY = (
    "Ayrıca 150 TL işlem ücretini ödemeyi kabul ediyorum.",
    "Ücret 1.250,00 ₺ olup kartınızdan tahsil edilir.",
    "Kullandığım sertifika başvurumla birlikte iptal edilsin.",
    "PIN kodumun sıfırlanmasını istiyorum.",
    "Sertifikamın askıya alınmasını talep ediyorum.",
    "Kişisel verilerimin üçüncü kişilere aktarılmasına açık rıza gösteriyorum.",
    "Yeni kart basımını talep ediyorum.",
    "Adresimin değiştirilmesini onaylıyorum.",
    "Taahhütnamedeki cezai şartı kabul ediyorum.",
    "Mevcut kartımı iade etmeyi taahhüt ediyorum.",
    "Başvurunuz hemen gönderilsin mi?",
    "Devam etmek istediğinizden emin misiniz?",
)
"""Acts with legal weight, money, or a question: nothing that E-Onay implies."""
WILLS = (
    "Ticari elektronik ileti almak istiyorum.",
    "Kampanyalardan haberdar olmayı kabul ediyorum.",
    "Verilerimin araştırmalarda kullanılmasını onaylıyorum.",
)
"""What a preselected box would make a person want."""
DESCRIPTIONS = (
    "Başvurunuz elektronik olarak alınır, kâğıt gönderilmez.",
    "E-Onay, elektronik imzanızla atılır.",
    "Bu adım yaklaşık iki dakika sürer.",
    "Sonraki adımda imzalama ekranı açılır.",
    "İmzalama için kartınızın takılı olması gerekir.",
    "Belgeler güvenli bir bağlantı üzerinden iletilir.",
    "E-imza uygulaması bilgisayarınızda çalışır.",
    "Başvuru formu PDF olarak saklanır.",
)
"""Mere descriptions: no will, no question, no money, no withdrawing."""
CAPTIONS = (
    "E-posta ile bilgilendirme",
    "Başvuru bilgileri",
    "Elektronik imzalı başvuru",
    "E-Onay bilgileri",
    "Onay metni",
)
"""Captions without a verb."""
NEWSLETTERS = (
    "Kampanya ve duyurular için ticari elektronik ileti almak istiyorum.",
    "Bülten aboneliği istiyorum.",
    "Gelişmelerden SMS ile haberdar olmak istiyorum.",
    "Anketlere katılmayı kabul ediyorum.",
)
"""Labels of boxes we leave alone."""
MENUS = (
    "Sertifikamı İptal Et",
    "E-Onayı Kaldır",
    "Başvurumu Geri Çek",
    "Askıdan İndirme",
    "E-Onay İptali",
    "Onayımı geri al",
)
"""Labels of other links and buttons: they say what these do, not what Devam does."""
