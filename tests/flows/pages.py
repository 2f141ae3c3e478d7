"""Small reference pages for the flows, written from the public guide."""

from __future__ import annotations

from collections.abc import Iterable

INTRO = (
    "E-Onay sayesinde, elektronik imzalı onayınızın alınması koşuluyla, bundan sonra yapacağınız NES başvurularında, "
    "imzalı başvuru formu göndermenize gerek kalmaksızın E-imzanızı daha hızlı temin edebilirsiniz."
)
GIVE = "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum."
WITHDRAW = "Daha önce vermiş olduğum E-Onayı <b>kaldırmak istiyorum</b>."
TILES = {
    "Başvuru Durum Sorgulama": "NES (e-imza) başvurunuzun durumunu sorgulamak için tıklayınız.",
    "Sertifika Listeleme": "Nitelikli Elektronik Sertifikalarınıza ait detaylara ulaşmak için tıklayınız.",
    "Askıdan İndirme": "Askıya alınmış sertifikanızı tekrar kullanıma açmak için tıklayınız.",
    "PIN Oluşturma/Kilit Çözme": "Kartınızın kilidini çözmek ve yeni bir PIN üretmek için tıklayınız.",
    "Web Parola Değiştirme": "Web Parolanızı değiştirmek için tıklayınız.",
    "Sertifikamı İptal Et": "Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.",
    "E-Onay İşlemleri": "Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.",
}
LANDING = "<h1>Kamu SM Online İşlemler</h1><a href='/giris'>e-Devlet ile Giriş</a>"
GATEWAY_LINK = "<p>Giriş için</p><a href='/git'>E-devlet kapısına git</a>"
LOGIN = """<h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1>
<form id='loginForm' name='sifreGirisForm' method='post'>
<label for='tridField'>T.C. Kimlik No</label><input id='tridField' name='tridField' maxlength='11'>
<label for='egpField'>e-Devlet Şifresi</label><input id='egpField' name='egpField' type='password'>
<input type='submit' class='backButton' name='cancelButton' value='İptal Et'>
<input type='submit' class='submitButton' name='submitButton' value='Sisteme Giriş Yap'></form>"""
SMS = """<h1>İki Aşamalı Giriş Onay</h1><form><label for='smsDogrulamaKodu'>SMS Doğrulama Kodu</label>
<input id='smsDogrulamaKodu'><button>Onayla</button></form>"""
PHONE = "<h1>Mobil Onay</h1><p>Girişi telefonunuzdaki uygulamadan onaylayınız.</p>"
SHARING = """<form id='loginForm' action='AuthorizationController/SaveScope'><p>1- Kimlik Doğrulaması</p>
<p>2- Ad Soyad Bilgisi</p><button name='cancelButton'>İptal</button>
<button class='btn-send'>Onayla &gt;</button></form>"""
HOME = "<h1>Kamu SM Online İşlemler</h1><a href='/nes'>NES İŞLEMLERİ</a><a href='/ssl'>SSL İŞLEMLERİ</a>"
INDIVIDUAL = "<h1>NES İşlemleri</h1><a href='/b'>Bireysel İşlemler</a><a href='/k'>Kurumsal İşlemler</a>"
SIGNING = """<p>İmzalama işlemi aşamasında bu sayfayı kapatmayınız.</p>
<a href='/eimza/KamuSM-eimza.jnlp'>İndirmek için tıklayınız</a>
<p>Doğrulama Kodu</p><p id='code'>968121968799342</p><a href='#'>Kodu kopyalamak için tıklayınız.</a>
<p>Kalan süre: <span>286</span> saniye</p><button>Tekrar Kod Al</button><a href='/geri'>Geri</a>"""
SIGNING_BY_NAME = SIGNING.replace(
    "<p>Doğrulama Kodu</p><p id='code'>968121968799342</p>",
    "<p>Aşağıdaki doğrulama kodunu kopyalayıp uygulamaya yapıştırınız.</p>"
    "<input readonly aria-label='Doğrulama Kodu' value='968121968799342'>",
)
"""The same, but only the field's own name says what the number is."""
SIGNED = "<h1>E-Onay</h1><p>İşlem başarılı</p><a href='/'>Ana Sayfa</a>"


def nes(titles: Iterable[str] = TILES) -> str:
    """Return the tile page with *titles* as links, in that order."""
    links = "".join(f"<a class='tile' href='/nes/{i}'><h3>{t}</h3><p>{TILES[t]}</p></a>" for i, t in enumerate(titles))
    return f"<h2>NES İşlemleri</h2>{links}"


def eonay(sentence: str = GIVE, shape: str = "text", extra: str = "") -> str:
    """Return the E-Onay page with *sentence* as plain text, at a checkbox or at a radio button."""
    line = f"<p>{sentence}</p>"
    if shape != "text":
        line = f"<label><input type='{shape}' name='onay'> {sentence}</label>"
    return f"""<h2>E-Onay İşlemleri</h2><p>{INTRO}</p><form method='post' action='/nes/e-onay/devam'>{line}
    {extra}<a href='/'>Ana Sayfa</a> <button>Devam</button></form>"""


IN_PLACE = """<script>
setInterval(async () => {
  if ((await (await fetch('/durum')).json()).dead) document.querySelector('#kod').textContent = 'Kodun süresi doldu.';
}, 20);
document.querySelector('form').onsubmit = async event => {
  event.preventDefault();
  const fresh = new DOMParser().parseFromString(await (await fetch('/yeni-kod', {method: 'POST'})).text(), 'text/html');
  document.querySelector('#kod').replaceWith(fresh.querySelector('#kod'));
};
</script>"""
"""For the signing page: hides the code once it is dead, and shows a new one without loading a new page."""
