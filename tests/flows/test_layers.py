"""We close what lies over a page only if it says itself that nothing depends on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.layer_controls import Role, role_of
from flows.layers import Kind, is_statement, kind_of, opens_later, opens_when_read, says_session_over, way_out
from flows.observation import Control, Layer
from tests.assistant.cases import questions


def button(label: str, *, name: str = "", role: str = "button", disabled: bool = False) -> Control:
    """Return a control with *label* on it and *name* as its name."""
    names = (name,) if name else ()
    return Control(0, 0, role, "", "", "", label, names, "", "", (), disabled, False, -1, -1, (0, 0, 9, 9))


def layer(text: str, *labels: str) -> Layer:
    """Return a modal layer with *text* and a button for each of *labels*. ``×`` is named Kapat."""
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
    """If a dialog asks or decides something, we leave it to the person, whatever its buttons say."""
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
    """We close an announcement or a survey with the button that closes or acknowledges it, whatever nouns it has."""
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
    """We rather refuse than close, and rather close than agree."""
    text = "Kamu Sertifikasyon Merkezi sitesinde çerezler kullanılır. Çerezleri kabul ediyor musunuz?"
    found = way_out(layer(text, *labels))
    assert found is not None
    assert found.text == out


def test_a_cookie_notice_that_carries_something_of_weight_is_left_alone() -> None:
    """With a sentence about the certificate in it, it is no longer just a cookie notice."""
    text = "Bu sitede çerez kullanılır. Devam ederseniz sertifikanız iptal edilir."
    assert way_out(layer(text, "Kabul Et")) is None


def test_a_switch_is_no_way_out() -> None:
    """We never take a control without words, or a switch, for a cross."""
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
    """Only a layer without controls may be expected to go away by itself."""
    assert is_statement(Layer("E-Onay bilgileriniz yüklendi.", ()))
    assert not is_statement(layer("Oturumunuz açıldı.", "Tamam"))


def test_a_way_out_that_is_locked_for_a_while_is_waited_for() -> None:
    """If Kapat on a notice counts down, we neither answer the notice nor show it to the person before that is over."""
    locked = Layer("Duyuru\nKapat (3)", (button("Kapat (3)", disabled=True),), ("Duyuru",), modal=True)
    assert way_out(locked) is None
    assert opens_later(locked)
    assert not opens_later(layer("Duyuru\nSertifikanız iptal edilecektir.", "Tamam"))


CLOSED = [
    ("Bildirimlere izin verin", ("İzin Ver", "Daha sonra"), Kind.OFFER, "Daha sonra"),
    ("Size bildirim göndermemize izin verir misiniz?", ("Evet", "Hayır"), Kind.OFFER, "Hayır"),
    ("Mobil uygulamamızı indirin", ("İndir", "×"), Kind.OFFER, "×"),
    ("Canlı destek\nSize nasıl yardımcı olabilirim?", ("Sohbete başla", "Kapat"), Kind.OFFER, "Kapat"),
    ("Anket\nBize iki dakikanızı ayırır mısınız?", ("Evet", "Hayır"), Kind.SURVEY, "Hayır"),
    ("Planlı bakım\nCumartesi gecesi kesinti olacaktır.", ("Tamam",), Kind.NEWS, "Tamam"),
    ("Duyuru\nYeni sürücüleri yüklemenizi öneriyoruz.", ("Anladım",), Kind.NEWS, "Anladım"),
    ("Duyuru\nPortalımız taşındı.", ("Devam et",), Kind.NEWS, "Devam et"),
    ("Duyuru\n1/3", ("Geri dön", "İleri"), Kind.NEWS, None),
    ("Duyuru\n1/3", ("İleri",), Kind.NEWS, "İleri"),
    ("Duyuru\n3/3", ("İleri", "Kapat"), Kind.NEWS, "Kapat"),
    ("KVKK Bilgilendirme\nAydınlatma metnimiz güncellendi.", ("Okudum, anladım",), Kind.NEWS, None),
    ("KVKK Bilgilendirme\nAydınlatma metnimiz güncellendi.", ("Kapat",), Kind.NEWS, "Kapat"),
    ("Duyuru\nSertifikanızı yenileyebilirsiniz.", ("Sertifikamı yenile", "Kapat"), Kind.OTHER, None),
    ("Hatırlatma\nOturumunuzun süresi dolmak üzere.", ("Uzat", "Kapat"), Kind.OTHER, None),
    ("Anket\nBaşvurunuz gönderilsin mi?", ("Evet", "Hayır"), Kind.OTHER, None),
    ("Mobil uygulamamız\nSertifikanız telefonunuza taşınsın mı?", ("Evet", "Hayır"), Kind.OTHER, None),
    ("SMS ile bildirim gönderilmesine izin veriyor musunuz?", ("Evet", "Hayır"), Kind.OTHER, None),
    ("Kullanıcı Sözleşmesi", ("Okudum",), Kind.OTHER, None),
]


@pytest.mark.parametrize(("text", "labels", "kind", "out"), CLOSED)
def test_each_kind_has_its_own_way_out(text: str, labels: tuple[str, ...], kind: Kind, out: str | None) -> None:
    """We refuse an offer, put off a survey, acknowledge or page through news. Anything more is up to the person."""
    asked = layer(text, *labels)
    found = way_out(asked)
    assert (kind_of(asked), found.text if found else None) == (kind, out)


@pytest.mark.parametrize("kind", questions.QUESTIONS)
def test_no_answer_is_found_to_any_question(kind: str) -> None:
    """Whatever a dialog of weight asks and whatever its buttons say, none of them is a way out."""
    mixed = kind.endswith("-with-weight")
    for text in questions.QUESTIONS[kind]:
        for labels in questions.UNDER_ANNOUNCEMENT if mixed else questions.ANSWERS:
            for title in ("",) if mixed else questions.TITLES:
                assert way_out(layer(f"{title}\n{text}".strip(), *labels)) is None, (title, text, labels)


def test_a_menu_that_stayed_open_is_closed_by_its_cross_alone() -> None:
    """A layer with nothing but ways on is a menu, and we don't take one of those ways to close it."""
    ways = tuple(button(name, role="link") for name in ("Ana Sayfa", "NES İşlemleri", "Çıkış"))
    assert way_out(Layer("", ways, modal=True)) is None
    cross = button("×", name="Menüyü kapat")
    for said in ((), ("Menü",)):
        out = way_out(Layer("", (*ways, cross), said, modal=True))
        assert out is not None
        assert out.text == "×"
    assert way_out(Layer("", (*ways, cross), ("Onaylıyor musunuz?",), modal=True)) is None


def test_what_is_ticked_decides_whether_a_choice_of_cookies_is_the_least() -> None:
    """We prefer a choice with only the necessary cookies to "Tamam", and "Tamam" to a choice with more ticked."""
    for more, right in ((False, "Seçimi kaydet"), (True, "Tamam")):
        ticks = (
            replace(button("", name="Zorunlu çerezler", role="checkbox"), checked=True),
            replace(button("", name="Pazarlama çerezleri", role="checkbox"), checked=more),
        )
        labels = tuple(button(label) for label in ("Tümünü kabul et", "Seçimi kaydet", "Tamam"))
        out = way_out(Layer("Çerez tercihleri", (*ticks, *labels), ("Çerez tercihleri",), modal=True))
        assert out is not None
        assert out.text == right


def test_only_an_announcement_is_read_to_its_end() -> None:
    """We don't scroll a text that wants consent, and needn't scroll one that we can close."""
    locked = button("Okudum, anladım", disabled=True)
    news = Layer("Duyuru\nUzun metin.", (locked,), ("Duyuru", "Uzun metin."), modal=True, unread=True)
    assert opens_when_read(news)
    assert not opens_when_read(replace(news, unread=False))
    assert not opens_when_read(replace(news, controls=(button("Kapat"),)))
    assert not opens_when_read(replace(news, said=("Açık rıza", "Kişisel verilerimin işlenmesini kabul ediyorum.")))


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Oturumunuz sona ermiştir.", True),
        ("Oturum süreniz doldu. Yeniden giriş yapınız.", True),
        ("Oturumunuz kapatılmıştır.", True),
        ("Oturumunuz sona erdi. Yeniden giriş yapmak ister misiniz?", False),
        ("Oturumunuz bir dakika içinde sona erecektir.", False),
        ("Oturumunuz açıldı.", False),
    ],
)
def test_the_end_of_a_session_is_a_statement(text: str, over: bool) -> None:
    """The session is over only if the text says it has ended and asks nothing."""
    assert says_session_over(layer(text, "Tamam")) is over


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Kapat", Role.CLOSES),
        ("✕", Role.CLOSES),
        ("Şimdi değil", Role.LATER),
        ("Okudum, anladım", Role.ACKNOWLEDGES),
        ("Vazgeç", Role.REFUSES),
        ("Sonraki ›", Role.TURNS),
        ("Onaylıyorum", Role.AGREES),
        ("Ayrıntılar", Role.OTHER),
    ],
)
def test_a_button_has_the_role_that_it_names(label: str, role: Role) -> None:
    """The label tells whether a button closes, puts off, acknowledges, refuses, turns the page or agrees."""
    assert role_of(button(label)) is role
    assert role_of(button(label, disabled=True)) is Role.OTHER
