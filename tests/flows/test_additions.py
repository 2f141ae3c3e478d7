"""A portal file adds names for harmless ways through the portal and can change nothing else."""

from __future__ import annotations

import pytest

from flows import Look, portal_look
from flows.additions import (
    ALLOWED,
    Addition,
    AdditionError,
    Problem,
    as_portal_file,
    read_additions,
    why_refused,
    with_additions,
)
from flows.controls import find, find_all
from flows.look import ControlSpec
from flows.safety import is_forbidden
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

LOOK = portal_look()


def _refused(text: str) -> AdditionError:
    with pytest.raises(AdditionError) as caught:
        read_additions(text, "kurum.toml", LOOK)
    return caught.value


def test_a_good_file_is_read_as_it_stands() -> None:
    """The labels of allowed controls are read in order, each once, and a file written from them says the same."""
    found = read_additions(
        '# our portal\n[controls.nes_menu]\nlabels = ["Sertifika Hizmetleri", "İmza Köşesi", "İmza Köşesi"]\n\n'
        '[controls.eonay_tile]\nlabels = ["Elektronik Onayım"]\n',
        "kurum.toml",
        LOOK,
    )
    assert found == (
        Addition("nes_menu", "Sertifika Hizmetleri"),
        Addition("nes_menu", "İmza Köşesi"),
        Addition("eonay_tile", "Elektronik Onayım"),
    )
    assert read_additions(as_portal_file(found), "kurum.toml", LOOK) == found
    assert read_additions("", "kurum.toml", LOOK) == ()


@pytest.mark.parametrize(
    ("text", "problem", "line", "key"),
    [
        ("[controls.nes_menu]\nlabels = [", "not_toml", 2, ""),
        ("[controls.nes_menu]\nlabels = " + "[" * 20_000, "not_toml", 2, ""),
        ("[code]\ndigits = " + "1" * 5000, "not_toml", 2, ""),
        (
            '# controls.nes_menu labels Devam\n[controls.nes_menu]\nlabels = ["Köşe",\n# "Devam"\n"Devam"]',
            "risky",
            5,
            "controls.nes_menu.labels[1]",
        ),
        ('[sites.portal]\nhost = "onlineislemler.example.org"', "other_table", 1, "sites"),
        ('\n[entry]\naddress = "https://example.org"', "other_table", 2, "entry"),
        ("[code]\ndigits = 3", "other_table", 1, "code"),
        ('[texts]\nbanner = ["Merhaba"]', "other_table", 1, "texts"),
        ('[screens.landing]\nsite = ["portal"]', "other_table", 1, "screens"),
        ("[limits]\npage_s = 600", "other_table", 1, "limits"),
        ('controls = ["nes_menu"]', "other_table", 1, "controls"),
        ('[controls.proceed]\nlabels = ["Hizmetler"]', "other_control", 1, "controls.proceed"),
        ('[controls.share_approve]\nlabels = ["Hizmetler"]', "other_control", 1, "controls.share_approve"),
        ('[controls.renew_code]\nlabels = ["Hizmetler"]', "other_control", 1, "controls.renew_code"),
        ('[controls.consent_toggle]\nlabels = ["Hizmetler"]', "other_control", 1, "controls.consent_toggle"),
        ('[controls.no_such_thing]\nlabels = ["Hizmetler"]', "other_control", 1, "controls.no_such_thing"),
        ('[controls.nes_menu]\n\nids = ["menu1"]', "other_key", 3, "controls.nes_menu.ids"),
        ("[controls.nes_menu]\nnever = []", "other_key", 2, "controls.nes_menu.never"),
        ("[controls.nes_menu]\nweighty = true", "other_key", 2, "controls.nes_menu.weighty"),
        ('[controls.nes_menu]\nkind = "field"', "other_key", 2, "controls.nes_menu.kind"),
        ('[controls.nes_menu]\nlabels = "Hizmetler"', "not_a_list", 2, "controls.nes_menu.labels"),
        ("[controls.nes_menu]\nlabels = [4]", "not_text", 2, "controls.nes_menu.labels[0]"),
        ('[controls.nes_menu]\nlabels = [\n  "Hizmetler",\n  "Devam",\n]', "risky", 4, "controls.nes_menu.labels[1]"),
        ('controls.nes_menu.labels = ["Kat 3"]', "digits", 1, "controls.nes_menu.labels[0]"),
    ],
)
def test_what_a_file_may_not_say_is_refused_with_its_line(text: str, problem: Problem, line: int, key: str) -> None:
    """Other tables, controls, keys and types are refused, and the error names file, line and key."""
    error = _refused(text)
    assert (error.problem, error.source, error.line, error.key) == (problem, "kurum.toml", line, key)


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("", "empty"),
        ("  \u00a0", "empty"),
        ("»", "empty"),
        ("İ", "empty"),
        ("Hizmet\nler", "control_character"),
        ("Hizmet\u202eler", "control_character"),
        ("Hizmet\u200bler", "control_character"),
        ("Hizmetler " * 8, "too_long"),
        ("H" * 61, "too_long"),
        ("Hizmetler 12", "digits"),
        ("Hizmetler ②", "digits"),
        ("Hizmеtler", "foreign_letter"),
        ("Dévam", "foreign_letter"),
        ("Deva\u0323m", "foreign_letter"),
        ("b.tan@kurum.gov.tr", "an_address"),
        ("www.kurum", "an_address"),
        ("Sertifikamı İptal Et", "forbidden"),
        ("SERTIFIKAMI IPTAL ET", "forbidden"),
        ("kaldırmak istiyorum", "forbidden"),
        ("Askıdan İndirme", "forbidden"),
        ("PIN Oluşturma", "forbidden"),
        ("Web Parolam", "forbidden"),
        ("revoke", "forbidden"),
        ("E-Onayı geri al", "forbidden"),
        ("Mali Mühür İşlemleri", "other_service"),
        ("Borç Ödeme", "other_service"),
        ("Zaman Damgası", "other_service"),
        ("Zaman damgalarım", "other_service"),
        ("Mali mührüm", "other_service"),
        ("Mobil imzam", "other_service"),
        ("Borcum", "other_service"),
        ("Sertifika Listeleme", "other_service"),
        ("Başvuru durumumu sorgula", "other_service"),
        ("Devam", "risky"),
        ("Devam ediniz", "risky"),
        ("DEVAM ET", "risky"),
        ("Onayla", "risky"),
        ("Onay veriyorum", "risky"),
        ("Tekrar Kod Al", "risky"),
        ("Kabul ediyorum", "risky"),
        ("D e v a m", "risky"),
        ("De-vam", "risky"),
        ("Devamı", "risky"),
        ("Onayı Ver", "risky"),
        ("İlerle", "risky"),
        ("Sonraki Adım", "risky"),
        ("Başvuruyu Tamamla", "risky"),
        ("Satın Al", "risky"),
        ("Güvenli Çıkış", "risky"),
        ("Kartımı kaybettim", "risky"),
        ("Continue", "risky"),
        ("Approve", "risky"),
        ("İmzala", "risky"),
        ("Ücretli hizmet bedeli", "risky"),
        ("Doğrulama Kodu", "decisive_text"),
        ("Kalan süre", "decisive_text"),
        ("İşlem başarılı", "decisive_text"),
        ("Ayşe YILMAZ", "a_name"),
        ("Sayın Kullanıcı", "a_name"),
        ("Zeynep", "a_name"),
        ("Sn. Tan", "a_name"),
        ("Burcu Şahin", "a_name"),
        ("GÖKHAN KILIÇ", "a_name"),
        ("Kaya", "a_name"),
        ("Bireysel İşlemler", "another_control"),
        ("E-ONAY ISLEMLERI", "another_control"),
        ("Daha Sonra", "another_control"),
    ],
)
def test_a_label_that_could_mean_something_else_is_refused(label: str, problem: Problem) -> None:
    """Each wrong label is refused by name: empty, hidden, long, numbered, foreign, weighty, personal or another's."""
    assert why_refused("nes_menu", label, LOOK) == problem
    if problem != "control_character":
        error = _refused(as_portal_file([Addition("nes_menu", label)]))
        assert (error.problem, error.line, error.key, error.value) == (problem, 2, "controls.nes_menu.labels[0]", label)


@pytest.mark.parametrize(
    "label",
    [
        *("Sertifika Hizmetleri", "E-imza Köşesi", "Elektronik Onay", "Portala gir", "Anasayfaya dön", "Kaya tuzu"),
        *("Elektronik Onayım", "e-Devlet'e git", "Sign in with e-Devlet", "Uygulamayı başlat", "Kişisel İşlemler"),
    ],
)
def test_a_harmless_label_may_be_added(label: str) -> None:
    """Every allowed control accepts an ordinary interface word."""
    assert [why_refused(control, label, LOOK) for control in ALLOWED] == [None] * len(ALLOWED)


def test_one_label_for_two_controls_is_refused() -> None:
    """The same word for two controls would make a press ambiguous. Capitals don't hide it."""
    error = _refused('[controls.nes_menu]\nlabels=["Hizmetler"]\n[controls.eonay_tile]\nlabels=["HİZMETLER"]')
    assert (error.problem, error.line) == ("another_control", 4)


def test_more_than_a_file_can_need_is_refused() -> None:
    """We don't even read a file of a hundred kilobytes."""
    assert _refused("#" * 100_000).problem == "too_large"


def _others(look: Look) -> object:
    return [(getattr(look, name)) for name in Look.__slots__ if name != "controls"]


def _without_also(spec: ControlSpec) -> object:
    return [getattr(spec, name) for name in ControlSpec.__slots__ if name != "also"]


def test_words_only_add() -> None:
    """The look keeps everything it had, in order; additions come last, and no other control changes."""
    look = with_additions(LOOK, [Addition(control, f"Hizmet {chr(97 + at)}x") for at, control in enumerate(ALLOWED)])
    assert _others(look) == _others(LOOK)
    for name, spec in LOOK.controls.items():
        assert _without_also(look.controls[name]) == _without_also(spec)
        more = 1 if name in ALLOWED else 0
        assert look.controls[name].also[: len(spec.also)] == spec.also
        assert len(look.controls[name].also) == len(spec.also) + more


def test_what_is_not_allowed_adds_nothing_whoever_asks() -> None:
    """Words for a control of weight change nothing, even if nobody has checked them."""
    assert with_additions(LOOK, [Addition("proceed", "Hizmetler")]) == LOOK


def test_every_allowed_control_is_a_harmless_way() -> None:
    """None of them has legal weight, is a field or a box, or has a forbidden word."""
    for name in ALLOWED:
        spec = LOOK.controls[name]
        assert (spec.kind, spec.weighty) == ("press", False)
        assert not any(map(is_forbidden, (*spec.labels, *spec.also)))


def test_an_added_label_is_found_where_no_other_fits(stage: Stage) -> None:
    """We find a control by its added name, even as a tile's title. If a shipped label is there, that one wins."""
    look = with_additions(LOOK, [Addition("nes_menu", "İmza Köşesi")])
    spec = look.controls["nes_menu"]
    assert find(stage.show('<a href="/x">İmza Köşesi</a>'), spec).text == "İmza Köşesi"
    tile = '<ul><li><h3>İmza Köşesi</h3><a href="/x">tıklayınız</a></li><li><h3>Duyurular</h3><a href="/y">tıklayınız</a></li></ul>'
    assert find(stage.show(tile), spec).title == "İmza Köşesi"
    both = stage.show('<a href="/x">İmza Köşesi</a> <a href="/y">NES İşlemleri</a>')
    assert [control.text for control in find_all(both, spec)] == ["NES İşlemleri"]
    assert find_all(stage.show('<a href="/x">İmza Köşesi</a>'), LOOK.controls["nes_menu"]) == []
