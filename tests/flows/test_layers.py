"""What lies over a page is closed only where it says itself that nothing hangs on it."""

from __future__ import annotations

import pytest

from flows.layers import is_statement, opens_later, way_out
from flows.observation import Control, Layer


def button(label: str, *, name: str = "", role: str = "button", disabled: bool = False) -> Control:
    """Return a control that says *label* and is called *name*."""
    names = (name,) if name else ()
    return Control(0, 0, role, "", "", "", label, names, "", "", (), disabled, False, -1, -1, (0, 0, 9, 9))


def layer(text: str, *labels: str) -> Layer:
    """Return a modal layer that says *text* and has buttons with *labels*; ``×`` is called Kapat."""
    buttons = tuple(button(label, name="Kapat" if label == "×" else "") for label in labels)
    return Layer("\n".join((text, *labels)), buttons, tuple(text.split("\n")), modal=True)


QUESTIONS = [
    "Sertifikanız tekrar kullanılmamak üzere iptal edilecektir. Onaylıyor musunuz?",
    "Askıda bir sertifikanız bulunmaktadır. Yeniden kullanıma açılsın mı?",
    "E-Onayınız kaldırılacak. Emin misiniz?",
    "Oturumunuz 2 dakika içinde sonlanacaktır. Devam etmek ister misiniz?",
    "Kişisel verilerimin işlenmesini kabul ediyorum.",
    "Kartınızın PIN kodu sıfırlanacaktır.",
    "İşleminiz için 150 TL ücret alınacaktır.",
    "Bilgilendirme\nMevcut sertifikanız iptal edilecektir.",
    "Hatırlatma: E-Onayınızı sonlandırmak istiyor musunuz?",
    "Duyuru\nTamam'a basarsanız sertifikanız yenilenir.",
    "Önemli duyuru\nSertifikanız geçersiz sayılacaktır, onaylıyor musunuz?",
    "Duyuru\nSertifika iptal işlemini tamamlamak için Tamam'a basınız.",
    "Bilgilendirme\nTamam düğmesi sertifika iptal işlemini başlatır.",
    "Bilgilendirme\nSertifikanızın iptal talebi hazırlandı, onayınız bekleniyor.",
    "Haberleşme adresiniz değişmiştir.",
    "Memnuniyetle bildiririz: başvurunuz alındı.",
    "Çerezleri ve kişisel verilerimin işlenmesini kabul ediyorum.",
    "Aydınlatma metnini okudum. Değerlendirmenizi kabul ediyorum.",
]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize(
    "labels",
    [("Vazgeç", "Tamam"), ("Hayır", "Evet"), ("Tamam",), ("İptal", "Devam"), ("Onaylıyorum", "×"), ("Vazgeç", "Onayla", "×")],
)  # fmt: skip
def test_a_question_is_never_answered(text: str, labels: tuple[str, ...]) -> None:
    """Whatever its buttons are called, a dialog that asks or decides something is left to the person."""
    assert way_out(layer(text, *labels)) is None


NEWS = [
    ("Duyuru\n15 Aralık Cumartesi günü planlı bakım yapılacaktır.", ("Tamam",), "Tamam"),
    ("Bilgilendirme\nSertifika iptal işlemleri artık bu ekrandan yapılmaktadır.", ("Anladım",), "Anladım"),
    ("Hatırlatma: PIN bilginizi kimseyle paylaşmayınız.", ("Okudum, anladım",), "Okudum, anladım"),
    ("Hatırlatma\nSertifikanızın süresi 30 gün sonra dolacaktır.", ("Ayrıntılar", "Tamam"), "Tamam"),
    ("Haberler\nYeni uygulamamız yayında.", ("İncele", "×"), "×"),
    ("Memnuniyet anketi\nHizmetimizden memnun musunuz?", ("Katıl", "Daha sonra"), "Daha sonra"),
    ("Bizi değerlendirir misiniz?", ("Değerlendir", "Hayır, teşekkürler"), "Hayır, teşekkürler"),
    ("Duyuru\nYeni sürüm yayında.", ("PIN işlemleri nasıl yapılır?", "Kapat"), "Kapat"),
    ("Duyuru\nYeni sürüm yayında.", ("Okudum ve anladım",), "Okudum ve anladım"),
    ("DUYURU\nSERTIFIKA BAŞVURULARI HAKKINDA", ("KAPAT",), "KAPAT"),
]


@pytest.mark.parametrize(("text", "labels", "out"), NEWS)
def test_news_is_closed_by_its_own_control(text: str, labels: tuple[str, ...], out: str) -> None:
    """An announcement or a survey goes away by what closes or acknowledges it, whatever nouns it contains."""
    found = way_out(layer(text, *labels))
    assert found is not None
    assert found.text == out


COOKIES = [
    (("Tümünü kabul et", "Reddet", "Ayarlar"), "Reddet"),
    (("Kabul Et", "Yalnızca gerekli çerezler"), "Yalnızca gerekli çerezler"),
    (("Tüm çerezleri kabul et", "Zorunlu çerezleri kabul et"), "Zorunlu çerezleri kabul et"),
    (("Kabul Et", "×"), "×"),
    (("Çerez ayarları", "Anladım"), "Anladım"),
    (("Kabul ediyorum",), "Kabul ediyorum"),
    (("Kabul Et", "Kabul etmeden devam et"), "Kabul etmeden devam et"),
    (("Kabul Et", "İzin verme"), "İzin verme"),
]


@pytest.mark.parametrize(("labels", "out"), COOKIES)
def test_a_cookie_notice_is_closed_in_the_least_committing_way(labels: tuple[str, ...], out: str) -> None:
    """Refusing comes before closing, closing before agreeing."""
    text = "Kamu Sertifikasyon Merkezi sitesinde çerezler kullanılır. Çerezleri kabul ediyor musunuz?"
    found = way_out(layer(text, *labels))
    assert found is not None
    assert found.text == out


def test_a_cookie_notice_that_carries_something_of_weight_is_left_alone() -> None:
    """A sentence about the certificate among the cookies makes it no cookie notice."""
    text = "Bu sitede çerez kullanılır. Devam ederseniz sertifikanız iptal edilir."
    assert way_out(layer(text, "Kabul Et")) is None


def test_a_switch_is_no_way_out() -> None:
    """A control without words, or one that is switched, is never taken for a cross."""
    switch = button("", role="switch")
    nameless = button("")
    assert (
        way_out(
            Layer(
                "Duyuru\nKısa mesaj gönderilsin", (switch, nameless), ("Duyuru", "Kısa mesaj gönderilsin"), modal=True
            )
        )
        is None
    )


def test_what_has_no_control_is_a_statement() -> None:
    """Only something without controls may be expected to go away by itself."""
    assert is_statement(Layer("E-Onay bilgileriniz yüklendi.", ()))
    assert not is_statement(layer("Oturumunuz açıldı.", "Tamam"))


def test_a_way_out_that_is_locked_for_a_while_is_waited_for() -> None:
    """A notice whose Kapat counts down is neither answered nor shown to the person before its time is over."""
    locked = Layer("Duyuru\nKapat (3)", (button("Kapat (3)", disabled=True),), ("Duyuru",), modal=True)
    assert way_out(locked) is None
    assert opens_later(locked)
    assert not opens_later(layer("Duyuru\nSertifikanız iptal edilecektir.", "Tamam"))
