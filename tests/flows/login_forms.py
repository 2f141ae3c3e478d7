"""Many drawings of the gateway's pages, made from a seed. We must recognise each page whatever its markup."""

from __future__ import annotations

from random import Random

_HEADERS = (
    "<h1>Türkiye Cumhuriyeti Vatandaş Kimlik Doğrulama Sistemi</h1>",
    "<header><b>e-Devlet Kapısı</b> <span>Kimlik Doğrulama Sistemi</span></header>",
    "<table><tr><td><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1></td></tr></table>",
    '<div role="banner"><div role="heading" aria-level="1">e-Devlet Kapısı</div></div>',
    "<h2>e-Devlet Kapısı</h2><p>Girdiğiniz sayfanın adresinin giris.turkiye.gov.tr olduğuna bakınız.</p>",
)
_STATUS = (
    "<p>İki Aşamalı Giriş: <b>Açık</b></p>",
    "<div>İki Aşamalı Giriş</div><div>Açık</div>",
    "<dl><dt>İki Aşamalı Giriş</dt><dd>AÇIK</dd></dl>",
    "<span>İki Aşamalı Giriş Durumu</span> <em>Aktif</em>",
    "<ul><li>İki Aşamalı Giriş: Kapalı</li></ul>",
    "",
)
_ITEMS = (
    "<h4>1- Kimlik Doğrulaması</h4><h4>2- Ad Soyad Bilgisi</h4><p>Kimlik Numarası, Ad, Soyad bilgileriniz.</p>",
    "<ol><li>Kimlik Doğrulaması</li><li>Ad Soyad Bilgisi</li></ol>",
    "",
)
_HEADING = (
    '<h3 class="main-title"><strong>TÜBİTAK - KamuSM Geçit Uygulamasına Giriş Yapıyorsunuz.</strong></h3>',
    "<p><b>TÜBİTAK - KamuSM Geçit</b> Uygulamasına Giriş Yapıyorsunuz.</p>",
    "<div>TÜBİTAK - KamuSM Geçit</div><div>Uygulamasına Giriş Yapıyorsunuz</div>",
)
_APPROVE = (
    '<button class="btn btn-cancel" value="İptal">İptal</button><button class="btn btn-send" value="Onayla">Onayla</button>',
    '<input type="submit" value="İptal"><input type="submit" value="Onayla">',
    '<a href="#" role="button">İptal</a> <a href="#" role="button">Onayla &gt;</a>',
    '<button><span>İPTAL</span></button><button><i aria-hidden="true">✓</i><span>ONAYLA</span></button>',
    '<div role="button" tabindex="0">İptal</div><div role="button" tabindex="0">Onayla</div>',
)
_FIELDS = (
    '<label for="{id}">{label}</label><input id="{id}" type="{type}">',
    '<input id="{id}" type="{type}" aria-label="{label}">',
    "<label>{label}<input id='{id}' type='{type}'></label>",
    '<table><tr><td>{label}</td><td><input id="{id}" type="{type}"></td></tr></table>',
    '<div><span id="l-{id}">{label}</span><input id="{id}" type="{type}" aria-labelledby="l-{id}"></div>',
)
_CAPTCHA = (
    "",
    '<div><label for="captchaField">Güvenlik Kodu</label><img class="captchaImage" alt=""><input id="captchaField"></div>',
    '<div hidden><label for="captchaField">Güvenlik Kodu</label><input id="captchaField"></div>',
    '<div style="visibility:hidden"><label for="captchaField">Güvenlik Kodu</label><input id="captchaField"></div>',
    '<div style="height:0;overflow:hidden"><label for="captchaField">Güvenlik Kodu</label><input id="captchaField"></div>',
)
_SMS = (
    ("SMS Doğrulama Kodu", "Cep telefonunuza SMS ile gönderilen doğrulama kodunu giriniz."),
    ("Doğrulama Kodu", "BiP uygulamanıza gönderilen doğrulama kodunu giriniz."),
    ("BiP Doğrulama Kodu", "İki aşamalı giriş için BiP mesajınızdaki kodu yazınız."),
    ("Onay Kodu", "Telefonunuza gönderilen kodu yazınız. İki Aşamalı Giriş"),
    ("Tek Kullanımlık Kod", "SMS ile gelen kodu yazınız."),
)
_PHONE = (
    "<h2>Mobil Onay</h2><p>Cep telefonunuzdaki e-Devlet uygulamasına bir bildirim gönderildi.</p>",
    "<h2>İki Aşamalı Giriş Onay</h2><p>Telefonunuza gelen SIM mesajını onaylayınız.</p>",
    "<p>İki Aşamalı Giriş</p><p>BiP uygulamasından girişi onaylayınız.</p><p>Kalan süre: 118 saniye</p>",
    "<div>İki Aşamalı Doğrulama</div><div>Mobil uygulamadan onay bekleniyor…</div>",
    "<h3>Mobil Onay</h3><p>Girişi telefonunuzdan onayladıktan sonra bekleyiniz.</p>",
)
_RENEWAL = (
    ("<h2>e-Devlet Şifrenizi Yenileyiniz</h2>", True),
    ("<h1>Şifre Yenileme</h1><p>e-Devlet şifrenizin süresi dolmuştur.</p>", True),
    ("<p>Güvenliğiniz için e-Devlet şifrenizi yenilemeniz gerekmektedir.</p>", True),
    ("<p>e-Devlet şifrenizi değiştirmeniz önerilir.</p>", False),
    ("<h3>e-Devlet Kapısı</h3><p>Şifrenizi yenilemek ister misiniz?</p>", False),
)


def login_page(screen: str, seed: int) -> str:
    """Return a page that shows *screen*. The same *seed* always gives the same page."""
    random = Random(f"{screen} {seed}")  # noqa: S311 (a page, no secret)
    header = _HEADERS[seed % len(_HEADERS)]
    body = {
        "sharing": _sharing, "login": _login, "second_step_sms": _sms, "second_step_phone": _phone, "password_renewal": _renewal,
    }[screen](seed, random)  # fmt: skip
    return f"{header}<main>{body}</main>"


LOGIN_SCREENS = ("sharing", "login", "second_step_sms", "second_step_phone", "password_renewal")


def _field(random: Random, name: str, label: str, kind: str) -> str:
    return random.choice(_FIELDS).format(id=name, label=label, type=kind)


def _sharing(seed: int, random: Random) -> str:
    items = random.choice(_ITEMS)
    heading = (
        random.choice(_HEADING) if not items or random.random() < 0.7 else "<h3>TÜBİTAK - KamuSM Geçit Uygulaması</h3>"
    )
    status = _STATUS[seed % len(_STATUS)]
    approve = _APPROVE[seed % len(_APPROVE)]
    return f'{heading}{status}{items}<form id="loginForm" method="post" action="/SaveScope">{approve}</form>'


def _login(seed: int, random: Random) -> str:
    number = _field(random, "tridField", "T.C. Kimlik No", random.choice(("number", "text", "tel")))
    password = _field(random, "egpField", "e-Devlet Şifresi", "password")
    hidden = '<input type="hidden" id="encTridField"><input type="hidden" id="encEgpField">'
    advice = random.choice(
        ("", "<p>Şifrenizi düzenli aralıklarla değiştiriniz.</p>", "<a href='/Sifre'>Şifremi Unuttum</a>")
    )
    captcha = _CAPTCHA[seed % len(_CAPTCHA)]
    return f'<form id="loginForm">{hidden}{number}{password}{captcha}<button name="submitButton">Giriş Yap</button></form>{advice}'


def _sms(seed: int, random: Random) -> str:
    label, told = _SMS[seed % len(_SMS)]
    field = _field(random, random.choice(("smsDogrulamaKodu", "kod")), label, random.choice(("text", "tel", "number")))
    return f"<p>{told}</p><form>{field}<button>{random.choice(('Onayla', 'Doğrula', 'Devam Et'))}</button></form>"


def _phone(seed: int, random: Random) -> str:
    more = random.choice(
        ("", "<button>İptal</button>", "<button>Onayla</button>", "".join(_HEADING[:1]) + "<button>Onayla</button>")
    )
    return _PHONE[seed % len(_PHONE)] + more


def _renewal(seed: int, random: Random) -> str:
    words, has_fields = _RENEWAL[seed % len(_RENEWAL)]
    fields = "".join(
        _field(random, name, label, "password")
        for name, label in (("eski", "Mevcut Şifreniz"), ("yeni", "Yeni Şifreniz"), ("tekrar", "Yeni Şifre Tekrar"))
    )
    return f"{words}<form>{fields if has_fields else ''}<button>Kaydet</button> <a href='/sonra'>Daha Sonra</a></form>"
