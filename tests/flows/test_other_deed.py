"""The code's page looks the same for every deed: a page that names another one gets no code."""

from __future__ import annotations

import pytest

from flows import Known, decide, portal_look
from flows.consent import HandOver
from flows.errors import FlowError
from flows.other_deed import names_other_deed
from flows.screens import see
from tests.flows import pages
from tests.flows.conftest import Stage

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
