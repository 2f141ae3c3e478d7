"""The code's page looks the same for every deed: a page that names another one gets no code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flows import Known, decide, portal_look
from flows.consent import HandOver
from flows.errors import FlowError
from flows.other_deed import names_other_deed
from flows.screens import see
from tests.flows import pages
from tests.flows.conftest import Stage
from tests.tree import ROOT

pytestmark = pytest.mark.looks_only

LOOK = portal_look()
OTHER = [
    "Bu kod ile yeni kart başvurunuz imzalanacaktır.",
    "E-Onayınızı kaldırmak için kodu imza uygulamasına giriniz.",
    "E-Onay İptali",
    "Sertifika iptal işlemi için",
    "İmzalanacak belge: Sertifika iptal talebi",
    "Vekâletname imzalanacaktır.",
    "E-Onayınızı geri almak üzere bu kodu imzalayacaksınız.",
    "Bu kod ile E-Onayınız kaldırılacaktır.",
    "Onayınız sona erdirilecektir.",
    "Onay kaldırma doğrulama kodu",
    "Kodu imzalarsanız E-Onayınız geri alınır.",
    "Bu işlem tamamlanırsa E-Onayınız kaldırılır.",
    "İmzanızla birlikte E-Onayınız iptal edilir.",
    "Bu kod ile onayınızı geri çekebilirsiniz.",
]
CONSENTS = [
    "Bu kod ile E-Onay beyanınız imzalanacaktır.",
    "Başvuru formunuz ve taahhütnameniz imzalanacaktır.",
    "İmzalama işlemi aşamasında bu sayfayı kapatmayınız.",
    "İmza bitince e-imza uygulamasını kapatınız.",
    "İşlemi iptal etmek için Geri düğmesine basınız.",
    "İmzalanacak belge: E-Onay beyanı",
    "Süresi dolan kod geçersizdir.",
    "Bu kodu imzalama uygulamasına yapıştırarak onay metnini imzalamış olursunuz.",
    "E-Onay verdikten sonra dilediğiniz zaman onayınızı geri çekebilirsiniz.",
    "Onayınızı istediğiniz zaman E-Onay İşlemleri menüsünden kaldırabilirsiniz.",
    "Vermiş olduğunuz onay, sertifikanız iptal edilirse geçersiz olur.",
    "İmzalama işlemini tamamlamazsanız onayınız iptal edilir.",
    "Sertifikanız iptal edilmişse bu işlemi yapamazsınız.",
    "Hatalı PIN girişinde sertifikanız iptal olmaz, kilitlenir.",
    "İptal edilmiş veya askıya alınmış sertifikalarla imza atılamaz.",
    "Askıya alınmış sertifikanız varsa önce askıdan indiriniz.",
]


@pytest.mark.parametrize("sentence", OTHER)
def test_a_code_for_another_deed_is_not_handed_over(stage: Stage, sentence: str) -> None:
    """After the consent form, a page whose code takes the consent back, or signs another paper, ends the run."""
    assert names_other_deed(sentence)
    seen = see(stage.show(f"<p>{sentence}</p>{pages.SIGNING}"), LOOK)
    with pytest.raises(FlowError, match="wrong_screen"):
        decide(seen, Known(missing_seen=True), LOOK)


@pytest.mark.parametrize("sentence", CONSENTS)
def test_a_code_for_the_consent_is(stage: Stage, sentence: str) -> None:
    """Its own words, advice about the program and about the code stop nobody."""
    seen = see(stage.show(f"<p>{sentence}</p>{pages.SIGNING}"), LOOK)
    assert isinstance(decide(seen, Known(missing_seen=True), LOOK), HandOver)


def test_the_menu_beside_the_code_names_other_deeds(stage: Stage) -> None:
    """A link to the revocation is no word about this code."""
    seen = see(stage.show(f"<nav><a href=/i>Sertifikamı İptal Et</a></nav>{pages.SIGNING}"), LOOK)
    assert isinstance(decide(seen, Known(missing_seen=True), LOOK), HandOver)


OTHER_PAPERS = [
    "<p>İmzalanacak belgeler: Borç Taahhütnamesi, Kefalet Sözleşmesi</p>",
    "<p>İşlem Türü: <b>PIN Oluşturma</b></p>",
    "<table><tr><th>İşlem</th><td>Web Parola Değiştirme</td></tr><tr><th>Tarih</th><td>12.03.2026</td></tr></table>",
    "<dl><dt>İşlem türü</dt><dd>Sertifika Yenileme</dd></dl>",
    "<div>İmzalanacak Belge:</div><div>Kurum Değişikliği Dilekçesi</div>",
    "<p>Document to be signed: Revocation request</p>",
    "<h2>Kart Yenileme Başvurusu</h2>",
    "<h2>Sertifika Yenileme</h2>",
    "<p>Aşağıdaki doğrulama kodu ile yeni kart sipariş formunuzu imzalayınız.</p>",
    "<p>Dilekçenizi imzalamak için kodu uygulamaya yapıştırınız.</p>",
    "<p>Senet imzalama için doğrulama kodunuz aşağıdadır.</p>",
    "<p>Üyelik sözleşmesini imzalayınız.</p>",
    "<table><tr><th>Belge Adı</th><th>Tarih</th></tr><tr><td>Kurum Değişikliği Dilekçesi</td><td>01.12.2026</td></tr></table>",
    "<table><tr><th>Sıra</th><th>Belge</th><th>Durum</th></tr><tr><td>1</td><td>Kredi Ek Protokolü</td><td>Bekliyor</td></tr></table>",
    "<table><tr><th>Sıra</th><th>Belge Adı</th></tr><tr><td>1</td><td>E-Onay Beyanı</td></tr><tr><td>2</td><td>Kefalet Sözleşmesi</td></tr></table>",
]
PAPERS_OF_THE_CONSENT = [
    "<p>İmzalanacak belge: E-Onay Beyanı.pdf</p>",
    "<p>İşlem Türü: E-Onay Verme</p>",
    "<table><tr><th>İşlem</th><td>Elektronik İmzalı Onay</td></tr><tr><th>İşlem No</th><td>2026-118</td></tr></table>",
    "<table><tr><td>İşlem</td><td>:</td><td>E-imza</td></tr></table>",
    "<table><tr><th>Sıra</th><th>Belge Adı</th><th>Tarih</th></tr><tr><td>1</td><td>E-Onay Beyanı</td><td>01.12.2026</td></tr></table>",
    "<table><tr><th>Belge Adı</th><th>Belge No</th></tr><tr><td>Başvuru Formu</td><td>2026-118</td></tr></table>",
    "<table><tr><th>İşlem</th><th>Sertifika No</th><th>Durum</th></tr><tr><td>E-Onay</td><td>4A5F12</td><td>İmza bekleniyor</td></tr></table>",
    "<h3>İşlem</h3><p>E-imza uygulamasını açıp kodu yapıştırınız.</p>",
    "<p>İmzalanacak belgeler:</p><p>Başvuru Formu ve Taahhütname</p>",
    "<p>Document to be signed: E-Consent declaration</p>",
    "<h2>NES Başvurusu</h2>",
    "<h2>Kod Oluşturma</h2>",
    "<h2>E-Onay Başvurusu</h2>",
    "<h2>Sertifika Yenileme İşlemleri</h2>",
    "<p>E-Onay beyanınızı imzalayınız.</p>",
    "<p>Kartınızı takıp PIN kodunuzu girerek belgeyi imzalayınız.</p>",
    "<p>Aşağıdaki kodu kopyalayarak metni imzalayınız.</p>",
    "<p>Başvuru formunuzu ve taahhütnamenizi imzalayınız.</p>",
    "<p>İşlemi imzalamak için e-imza uygulamasını açınız.</p>",
    "<p>Güvenli elektronik imzalama için doğrulama kodunuz aşağıdadır.</p>",
    "<p>Kart okuyucuyu bağlayınız, sertifikanızı seçiniz ve imzalayınız.</p>",
    "<p>E-imza uygulamasında PIN kodunuzu girip imzalayınız.</p>",
    "<p>Uygulamayı indirip açınız, kodu yapıştırıp imzalayınız.</p>",
    "<p>Onayınızı imzalamanız için 5 dakikanız bulunmaktadır.</p>",
]


@pytest.mark.parametrize("part", OTHER_PAPERS)
def test_a_page_that_has_another_paper_signed_gets_no_code(stage: Stage, part: str) -> None:
    """A caption, a heading or an instruction may say what is signed, in a table or a list too: it has to be the consent."""
    seen = see(stage.show(f"{part}{pages.SIGNING}"), LOOK)
    with pytest.raises(FlowError, match="wrong_screen"):
        decide(seen, Known(missing_seen=True), LOOK)


@pytest.mark.parametrize("part", PAPERS_OF_THE_CONSENT)
def test_a_page_that_has_the_consent_signed_gets_the_code(stage: Stage, part: str) -> None:
    """Words for the consent, for a form in general and for how one signs are no other paper."""
    seen = see(stage.show(f"{part}{pages.SIGNING}"), LOOK)
    assert isinstance(decide(seen, Known(missing_seen=True), LOOK), HandOver)


_NO_TIME = """
from flows.existing import says_given, says_gone
from flows.giving import gives
from flows.other_deed import names_other_deed
from flows.plain import is_plain
for word in ("a1" * 150_000, "a" * 300_000):
    for rule in (is_plain, says_given, says_gone, gives, names_other_deed):
        rule(word)
        rule(f"Belge {word} imzalanacaktır.")
"""


def test_a_word_without_end_is_read_in_no_time() -> None:
    """A signature shown as one word of 300,000 letters: no rule tries each of its letters anew, which would take minutes."""
    subprocess.run([sys.executable, "-c", _NO_TIME], cwd=ROOT, check=True, timeout=60)
