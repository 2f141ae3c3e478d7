"""We know everything that Devam would send along and want it, or the person reads it first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import SafetyError, portal_look
from flows.carried import is_wanted, unknown_values
from flows.controls import find
from flows.observation import Control
from flows.statement import Statement, read_statement
from tests.assistant.cases.sentences import CAPTIONS, WILLS
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

LOOK = portal_look()
DEVAM = Control(0, 0, "button", "", "", "", "Devam", (), "", "", (), False, False, 0, -1, (0, 0, 9, 9))
KNOWN = (
    *(
        "islem=ver",
        "islem=eonay.ver",
        "op=EONAY_VER",
        "onay=evet",
        "onay=on",
        "action=giveConsent",
        "adim=2",
        "step=next",
    ),
    *(
        "javax.faces.ViewState=",
        "javax.faces.ViewState=stateless",
        "f=f",
        "eOnayForm=eOnayForm",
        "lang=tr",
        "lang=Türkçe",
    ),
    *(
        "_csrf=3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "__VIEWSTATE=/wEPDwUKMTY1NDU2MTA1MmRkRaPinXkZq8L3mQ2v9A==",
        "x=CA0B0334",
    ),
    *("token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dBjftJeZ4CVP", "donus=/nes/e-onay/sonuc", "adSoyad=AYŞE YILMAZ"),
    *("csrf=qG1oJKthgjlcwqwxxdpytc1t", "_token=XRLFYYFEILvgRWJYhntFoA", "csrf=MZXW6YTBOI2HQ4DMOBYWC3TU"),
    *("kurum=Milli Eğitim Bakanlığı", "email=ayse@example.org", "utf8=", "=Seçiniz", "mod=bireysel", "tur=e-imza"),
)
UNKNOWN = (
    *("islem=kartYenile", "op=yeniKart", "action=order", "islem=adres.guncelle", "=Kart basımı", "tip=ekonomik paket"),
    *("kampanya=kampanya", "bulten=evet bulten", "hizmet=aboneligi-baslat", "secim=İkinci kart", "op=changeAddress"),
    *("islem=YeniKartTalebiOlustur", "op=KartYeniAlSatEt", "is=ORDER_CARD_NOW_01"),
)


LIKE_WORDS = [
    "vA1S2abewoKURNRAYIiCC7el",
    "SIMorwogIHILLUPhdgeMrku9",
    "yecoNtvABAb83F2EEwpAspEE",
    "IR1fn6l0EWoOGRMp_tsTol63",
]
"""Random tickets that read like words."""


def _state(stage: Stage, body: str) -> Statement:
    said = read_statement(stage.show(body), LOOK)
    assert said is not None
    return said


@pytest.mark.parametrize("pair", KNOWN)
def test_tokens_names_and_the_consents_own_values_pass(pair: str) -> None:
    """A framework's state, a token, a number, the person's own data and the consent's own words need no question."""
    assert list(unknown_values(replace(DEVAM, carries=(pair,)))) == []


@pytest.mark.parametrize(
    "name", ["csrf", "_csrf", "__RequestVerificationToken", "authenticity_token", "_token", "state"]
)
@pytest.mark.parametrize("value", LIKE_WORDS)
def test_a_ticket_is_known_by_its_name(name: str, value: str) -> None:
    """One session in five thousand had a ticket that read like words, and a plain page was doubted."""
    assert list(unknown_values(replace(DEVAM, carries=(f"{name}={value}",)))) == []
    assert list(unknown_values(replace(DEVAM, carries=(f"islem={value}",)))) != []


@pytest.mark.parametrize(
    "value", ["Yeni kart basvurusu 2026", "yeniKartTalebiOlustur", "sertifikaIptal1Talebi2", "EonayKaldir2026Formu1"]
)
def test_an_order_called_a_ticket_is_still_an_order(value: str) -> None:
    """Words stay words, and what takes away is shown under every name."""
    assert list(unknown_values(replace(DEVAM, carries=(f"csrf={value}",)))) != []


@pytest.mark.parametrize("pair", UNKNOWN)
def test_a_value_of_other_words_is_the_persons_to_read(pair: str) -> None:
    """A value that no rule knows may be an order, so the person gets to see the pair."""
    assert len(list(unknown_values(replace(DEVAM, carries=(pair,))))) == 1


@pytest.mark.parametrize("label", [*CAPTIONS, "Onay ver", "E-Onay ver"])
def test_a_chosen_label_of_known_words_is_wanted(label: str) -> None:
    """A choice of channel for news, or a name from the application's own parts, is not an order."""
    assert is_wanted(label)


@pytest.mark.parametrize(
    "label", [*WILLS, "Evet", "Yeni kart", "Onay verme", "Onayı sil", "Mevcut sertifikamı iptal et", "Ekonomik paket"]
)
def test_a_chosen_label_of_other_words_is_not(label: str) -> None:
    """We never let a yes to an unknown question, an order or a wish about something else pass in silence."""
    assert not is_wanted(label)


@pytest.mark.parametrize(
    "rider",
    [
        "<label><input type=checkbox name=y checked> Yeni kart</label>",
        "<label><input type=radio name=y checked> Kart yenileme</label><label><input type=radio name=y> Hayır</label>",
        "<label>Paket <select name=p><option>Temel<option selected>Genişletilmiş paket</select></label>",
        "<div role=checkbox aria-checked=true tabindex=0>Yeni kart</div>",
        "<span role=switch aria-checked=true tabindex=0 aria-label='Kart yenileme'></span>",
        "<input type=hidden name=islem value=kartYenile>",
        "<input type=hidden name=islem value='adres.guncelle'>",
        "<input type=checkbox name=yeniKart checked style='display:none'>",
        "<select name=p style='display:none'><option value=kartYenile selected>x</select>",
    ],
)
def test_what_is_ticked_chosen_or_hidden_and_not_known_is_shown(stage: Stage, rider: str) -> None:
    """Boxes, radio buttons, lists, drawn switches and hidden values: the person reads each of them."""
    assert len(_state(stage, pages.eonay(extra=rider)).doubts) >= 1


@pytest.mark.parametrize(
    "part",
    [
        "<input type=hidden name=islem value=kartYenile form=f>",
        "<input type=checkbox name=yeniKart checked form=f hidden>",
    ],
)
def test_what_is_tied_to_the_form_from_elsewhere_counts(stage: Stage, part: str) -> None:
    """An input far away on the page is sent too if it names the form."""
    body = pages.eonay().replace("<form ", "<form id=f ")
    assert _state(stage, body).doubts == ()
    assert len(_state(stage, f"{body}<footer>{part}</footer>").doubts) == 1


@pytest.mark.parametrize(
    "part",
    [
        "<input type=hidden name=javax.faces.ViewState value='-5839021387:2938471'>",
        "<input type=hidden name=csrf value='3f2504e0-4f89-11d3-9a0c-0305e82c3301'><input type=hidden name=islem value=ver>",
        "<label><input type=checkbox name=b> Kampanyalardan haberdar olmak istiyorum</label>",
        "<label>Dil <select name=d><option selected>Türkçe<option>English</select></label>",
        "<label><input type=radio name=k checked> SMS ile bilgilendirme</label><label><input type=radio name=k> E-posta</label>",
        "<label>Telefon <input name=tel value='kart yenile'></label>",
        "<input type=checkbox name=yeniKart checked disabled style='display:none'>",
    ],
)
def test_tokens_unticked_boxes_and_typed_fields_raise_no_doubt(stage: Stage, part: str) -> None:
    """What isn't sent, says nothing, or is typed raises no doubt. We never read typed text."""
    assert _state(stage, pages.eonay(extra=part)).doubts == ()


@pytest.mark.parametrize(
    "part",
    [
        "<input type=hidden name=islem value=eonay.kaldir>",
        "<input type=hidden name=x value='%69ptal'>",
        "<input type=checkbox name=sertifikaIptal checked style='display:none'>",
        "<select name=p style='display:none'><option value=pinReset selected>x</select>",
        "<input type=hidden name=onay value=hayir>",
    ],
)
def test_a_forbidden_act_in_what_is_sent_stops_the_hand(stage: Stage, part: str) -> None:
    """If a hidden value, box or list names a forbidden act, we don't ask, and we don't press."""
    tab = stage.show(pages.eonay(extra=part))
    with pytest.raises(SafetyError, match="forbidden_control"):
        stage.hand.press(tab, find(tab, LOOK.controls["proceed"]))


def test_only_the_box_that_gives_the_consent_is_ticked(stage: Stage) -> None:
    """A label that ends in "onay veriyorum" but is about something else doesn't belong to the consent."""
    other = "<label><input type=checkbox name=k> Kartımın iadesine onay veriyorum.</label>"
    said = _state(stage, pages.eonay(shape="checkbox", extra=other))
    assert [c.names for c in said.toggles] == [(pages.GIVE,)]
    bare = "<label><input type=checkbox name=k> Onay veriyorum</label>"
    said = _state(stage, pages.eonay(extra=bare))
    assert [c.names for c in said.toggles] == [("Onay veriyorum",)]
