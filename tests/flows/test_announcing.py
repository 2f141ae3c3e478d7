"""A page that says what will be seen at the end hasn't come to the end."""

from __future__ import annotations

import pytest

from flows import portal_look
from flows.announcing import announces
from flows.screens import see
from tests.flows import pages
from tests.flows.conftest import Stage

BANNER = "İşlem başarılı"
SAID = [
    "İşlem başarılı",
    "İşlem başarılı.",
    "İŞLEM BAŞARILI!",
    "“İşlem başarılı”",
    "E-Onay: İşlem başarılı, teşekkür ederiz.",
    "Sayın AYŞE, işlem başarılı.",
    "İşlem başarılı olarak tamamlanmıştır.",
    "İşlem başarılı sonuçlanmıştır.",
    "İşlem başarılı sayfayı kapatabilirsiniz",
]
SPOKEN_OF = [
    "“İşlem başarılı” yazısı görünecektir.",
    "İşlem başarılı mesajını görene kadar bekleyiniz.",
    "İşlem başarılı olmadı, imza doğrulanamadı.",
    "İşlem başarılı olduğunda bu sayfa yenilenir.",
    "İşlem başarılı mı?",
    "İşlem başarılı olarak görünecektir.",
    "İşlem başarılı sonucunu bekleyiniz.",
    "İşlem başarılı ise pencereyi kapatabilirsiniz.",
]


@pytest.mark.parametrize("sentence", SAID)
def test_the_banner_is_announced(sentence: str) -> None:
    """Alone, with a mark or with thanks."""
    assert announces(f"E-Onay\n{sentence}\nAna Sayfa", BANNER)


@pytest.mark.parametrize("sentence", SPOKEN_OF)
def test_a_banner_spoken_of_leaves_the_signing_page_what_it_is(stage: Stage, sentence: str) -> None:
    """The code is still to be signed: leaving now would waste it and give the consent again."""
    assert not announces(sentence, BANNER)
    assert see(stage.show(f"{pages.SIGNING}<p>{sentence}</p>"), portal_look()).screen == "signing"
