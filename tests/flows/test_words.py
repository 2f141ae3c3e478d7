"""We notice words of weight in every inflection, and don't mistake plain words for them."""

from __future__ import annotations

import pytest

from flows.words import decides, names_money, sentences, wills, wishes, withdraws


@pytest.mark.parametrize(
    "sentence",
    [
        "E-Onayımı sonlandırmak istiyorum",
        "Vermiş olduğum onayı geri almak istiyorum.",
        "E-Onayın kaldırılmasını talep ediyorum",
        "E-Onaylı başvurudan vazgeçiyorum.",
        "Muvafakatimi geri çekiyorum",
        "SERTIFIKAMIN IPTALINI ISTIYORUM",
        "Mevcut sertifikamı iptal et",
        "Sertifikamın askıya alınmasını istiyorum",
        "Başvurum durdurulsun",
        "Onayımın feshini istiyorum",
    ],
)
def test_withdrawing_is_heard_in_every_inflection(sentence: str) -> None:
    """A stem of withdrawing near a consent, an application or a certificate means withdrawing."""
    assert withdraws(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum.",
        "Şimdilik E-Onaylı başvuruyu kullanmak istemiyorum.",
        "Başvurunuz elektronik olarak alınır, kâğıt gönderilmez.",
        "Vazgeç",
        "İptal",
        "Kampanyaları kaldırmak istiyorum",
    ],
)
def test_plain_sentences_do_not_withdraw(sentence: str) -> None:
    """Neither the consent itself nor a plain way back means withdrawing."""
    assert not withdraws(sentence)


def test_will_wish_and_money_are_heard() -> None:
    """We tell what somebody wants, what should be done and what it costs from mere description."""
    assert wills("Kampanyalardan haberdar olmak istiyorum")
    assert wills("Sözleşmeyi kabul ederim")
    assert wills("Devam ederek kabul etmiş olursunuz")
    assert not wills("Başvurularım")
    assert not wills("Eğitim ve indirim bilgileri")
    assert wishes("Kullandığım sertifika iptal edilsin.")
    assert not wishes("Bu ekran başvurunuz için.")
    assert names_money("Ücret: 150 TL")
    assert names_money("₺150 tahsil edilir")
    assert not names_money("15 haneli kod")


def test_news_about_nouns_decides_nothing() -> None:
    """A risky noun in the news is not an act. A risky verb about something of the reader's is one."""
    assert not decides("Sertifika iptal işlemleri 1 Ocak'tan itibaren bu ekrandan yapılacaktır.")
    assert decides("Sertifikanızın iptal talebi hazırlandı, onayınız bekleniyor.")
    assert not withdraws("Kartınızı okuyucudan çıkarmayınız, E-Onay işlemi sürüyor.")
    assert withdraws("E-Onayınız silinir.")
    assert names_money("İşlem bedeli 150 Türk Lirasıdır")
    assert not decides("PIN bilginizi kimseyle paylaşmayınız.")
    assert decides("Sertifikanız iptal edilecektir.")
    assert decides("Onaylıyor musunuz?")
    assert decides("Tamam'a basarsanız kartınız kilitlenir.")


def test_a_text_falls_into_its_sentences() -> None:
    """Full stops, question marks, closing quotes and line ends separate sentences. A decimal point doesn't."""
    text = "Sürüm 1.8.0 gerekir. “Onay veriyorum.” Emin misiniz?\nÜcret 150 TL"
    assert list(sentences(text)) == ["Sürüm 1.8.0 gerekir.", "“Onay veriyorum.", "Emin misiniz?", "Ücret 150 TL"]
