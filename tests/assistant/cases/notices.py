"""What a harmless layer says, and which of its buttons may close it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Buttons:
    """The buttons of a notice."""

    closing: tuple[str, ...]
    """Any of these is right."""
    other: tuple[str, ...] = ()
    """Don't press any of these while there is one that closes."""
    cross: bool = False
    """Whether the cross in the corner is fine too; otherwise there isn't one."""


COOKIES = (
    "Sitemizde size daha iyi hizmet sunabilmek için çerez kullanılmaktadır.",
    "Bu internet sitesinde çerezler kullanılmaktadır. Ayrıntılı bilgi için Çerez Politikamızı inceleyebilirsiniz.",
    "Web sitemizde zorunlu ve analitik çerezler kullanıyoruz.",
    "Çerez tercihlerinizi dilediğiniz zaman değiştirebilirsiniz.",
    "Deneyiminizi iyileştirmek için çerezlerden yararlanıyoruz. Çerez Aydınlatma Metni'ne buradan ulaşabilirsiniz.",
    "Sitemizden en iyi şekilde faydalanabilmeniz için, amaçlarla sınırlı ve gizliliğe uygun şekilde çerezler "
    "kullanılmaktadır.",
    "Çerezler 6698 sayılı Kanun'a uygun olarak konumlandırılmaktadır.",
)
COOKIE_TITLES = (
    "",
    "Çerez Bildirimi",
    "Çerez Kullanımı",
    "ÇEREZLER",
    "Çerez Tercihleri",
    "Gizliliğiniz bizim için önemli",
)
COOKIE_BUTTONS = (
    Buttons(("Reddet",), ("Kabul Et",)),
    Buttons(("Tümünü Reddet",), ("Tümünü Kabul Et", "Ayarlar")),
    Buttons(("Çerezleri reddet",), ("Çerezleri kabul et",)),
    Buttons(("Tüm çerezleri reddet",), ("Tüm çerezleri kabul et", "Çerez ayarları")),
    Buttons(("Yalnızca gerekli çerezler",), ("Tümünü kabul et",)),
    Buttons(("Yalnız gerekli",), ("Kabul ediyorum",)),
    Buttons(("Sadece zorunlu çerezler",), ("Tümüne izin ver",)),
    Buttons(("Yalnızca zorunlu çerezleri kabul et",), ("Tümünü kabul et",)),
    Buttons(("Kabul Et",)),
    Buttons(("Kabul ediyorum",), ("Çerez Ayarları",)),
    Buttons(("Tümünü kabul et",), ("Tercihleri yönet",)),
    Buttons(("Anladım",)),
    Buttons(("Tamam",)),
    Buttons(("TAMAM",), ("AYRINTILAR",)),
    Buttons(("Kapat",), ("Kabul Et",)),
    Buttons(("Daha sonra",), ("Kabul Et",)),
    Buttons((), ("Kabul Et",), cross=True),
    Buttons((), ("Tümünü kabul et", "Ayarlar"), cross=True),
)
ANNOUNCEMENTS = (
    "Sistemimiz yenilenmiştir. Yeni sürümümüz hizmetinizdedir.",
    "Cumartesi günü 22.00–24.00 arasında bakım nedeniyle hizmet kesintisi yaşanabilir.",
    "Sertifika başvurularında PIN ve PUK bilgileri kapalı zarf ile kargoya verilmektedir.",
    "E-imza uygulamasının 4.2 sürümü yayımlanmıştır.",
    "Bayram tatilinde çağrı merkezimiz 09.00–18.00 saatleri arasında hizmet verecektir.",
    "Kart okuyucu sürücülerinin güncel tutulması önerilir.",
    "Dolandırıcılık amaçlı mesajlara karşı dikkatli olunuz. Kurumumuz sizden parola istemez.",
    "NES başvuruları hakkında sık sorulan sorular sayfamız güncellenmiştir.",
    "Adres değişikliği başvuruları artık çevrim içi olarak yapılabilmektedir.",
)
ANNOUNCEMENT_TITLES = (
    "Duyuru",
    "DUYURU",
    "Duyurular",
    "Önemli Duyuru",
    "Bilgilendirme",
    "BİLGİLENDİRME",
    "Hatırlatma",
    "Haberler",
)
ANNOUNCEMENT_BUTTONS = (
    Buttons(("Kapat",)),
    Buttons(("Tamam",)),
    Buttons(("Anladım",)),
    Buttons(("Okudum",)),
    Buttons(("Okudum, anladım",)),
    Buttons(("Tamam, anladım",)),
    Buttons(("ANLADIM",)),
    Buttons(("Daha sonra",), ("Ayrıntılar",)),
    Buttons(("Kapat",), ("Tüm duyurular",)),
    Buttons(("Kapat",), ("Bir daha gösterme",)),
    Buttons(("Tamam",), ("Bir daha gösterme",)),
    Buttons(("Duyuruyu kapat",)),
    Buttons(("Pencereyi kapat",)),
    Buttons(("Kapat", "Tamam")),
    Buttons((), (), cross=True),
    Buttons((), ("Ayrıntılar",), cross=True),
    Buttons((), ("Hemen Başvur",), cross=True),
    Buttons(("Kapat",), ("Uygulamayı indir",), cross=True),
    Buttons(("Daha sonra",), ("Hemen güncelle",)),
)
SURVEYS = (
    "Hizmetlerimizi geliştirmek için görüşleriniz bizim için değerlidir. Anketimiz iki dakika sürer.",
    "Portalımızı değerlendirmek ister misiniz?",
    "Memnuniyet anketimize katılır mısınız?",
    "Kısa bir anketle deneyiminizi paylaşabilirsiniz.",
)
SURVEY_TITLES = ("Anket", "Memnuniyet Anketi", "Hizmet Değerlendirme Anketi", "Kullanıcı Anketi")
SURVEY_BUTTONS = (
    Buttons(("Daha sonra",), ("Ankete katıl",)),
    Buttons(("Hayır, teşekkürler",), ("Ankete başla",)),
    Buttons(("Hayır, teşekkürler",), ("Evet",)),
    Buttons(("Şimdi değil",), ("Değerlendir",)),
    Buttons(("Kapat",), ("Gönder",)),
    Buttons((), ("Ankete katıl",), cross=True),
    Buttons((), ("Gönder",), cross=True),
)
SWITCHES = {
    "box": '<label><input type="checkbox" onchange="log(\'wrong-switch\')"> Bir daha gösterme</label>',
    "ticked": '<label><input type="checkbox" checked onchange="log(\'wrong-switch\')"> SMS gönderilsin</label>',
    "bare": '<span>Kısa mesaj gönderilsin</span> <span style="display:inline-block;width:40px;height:20px;background:#ccc;'
    'cursor:pointer" onclick="log(\'wrong-switch\')"></span>',
    "aria": '<span role="switch" aria-checked="false" aria-label="E-posta gönderilsin" tabindex="0" style="display:'
    'inline-block;width:36px;height:18px;background:#bbb" onclick="log(\'wrong-switch\')"></span> E-posta gönderilsin',
    "mdc": '<button type="button" role="switch" aria-checked="false" onclick="log(\'wrong-switch\')"><span></span></button> '
    "Bildirimler",
    "stars": "".join(
        f'<input type="radio" name="puan" aria-label="{n} yıldız" onchange="log(\'wrong-switch\')">'
        for n in range(1, 6)
    ),
    "link": '<a href="#" onclick="log(\'wrong-link\');return false">Ayrıntılı bilgi için tıklayınız</a>',
}
"""What else may be in a notice, and must stay as it is."""
