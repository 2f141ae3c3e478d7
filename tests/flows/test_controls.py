"""We find the wanted control by its label, whatever shape it has, or not at all."""

from __future__ import annotations

import pytest

from flows import ControlError, TabView, portal_look
from flows.controls import find, find_all
from flows.observation import Control
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

TILE = "E-Onay İşlemleri"
SENTENCE = pages.TILES[TILE]


def wanted(tab: TabView, name: str) -> Control:
    """Return the one control that the portal's description calls *name*."""
    return find(tab, portal_look().controls[name])


@pytest.mark.parametrize(
    "tile",
    [
        f"<a href='/e'>{TILE}</a>",
        f"<a href='/e'><h3>{TILE}</h3><p>{SENTENCE}</p></a>",
        f"<a href='/e'><b>{TILE}</b> <span>{SENTENCE}</span></a>",
        f"<button><b>{TILE}</b><br>{SENTENCE}</button>",
        f"<div onclick='x()'><h3>{TILE}</h3><p>{SENTENCE}</p></div>",
        f"<div style='cursor:pointer'><div><h3>{TILE}</h3></div><p>{SENTENCE}</p></div>",
        f"<div role='button' tabindex='0'>{TILE}</div>",
        f"<div role='link' aria-label='{TILE}' tabindex='0'><svg width='9' height='9'></svg>&nbsp;</div>",
        "<input type='submit' value='E-ONAY İŞLEMLERİ'>",
        "<a href='/e' style='text-transform:uppercase'>E‑Onay&nbsp;işlemleri</a>",
        f"<a href='/e'><img alt='{TILE}' width='50' height='50' src='data:,'></a>",
        f"<h3><a href='/e'>{TILE}</a></h3><p>{SENTENCE}</p>",
        f"<div onclick='x()'><a href='/e'>{TILE}</a><p>{SENTENCE}</p></div>",
        f"<a href='/e'><i>★</i></a><a href='/e'>{TILE}</a><a href='/e'>{TILE}</a>",
    ],
)
def test_a_tile_is_found_in_any_shape(stage: Stage, tile: str) -> None:
    """Link, button, clickable block, tile with a sentence, image, doubled link: it is always one control."""
    assert wanted(stage.show(f"<main>{tile}</main>"), "eonay_tile")


@pytest.mark.parametrize(
    "body", ["<a href='/a'>Devam</a><button>Devam</button>", "<a href='/a'>Devam</a><a href='/a'>Devam</a>"]
)
def test_two_different_targets_are_ambiguous(stage: Stage, body: str) -> None:
    """We never choose between two controls with the wanted label. If a press has weight, not even for one address."""
    tab = stage.show(body)
    with pytest.raises(ControlError, match="control_ambiguous"):
        wanted(tab, "proceed")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<a href='/x'>E-Onay İşlemleri Hakkında</a>",
        "<a href='/x'>E-Onay</a>",
        "<p>E-Onay İşlemleri</p>",
        "<a href='/x' hidden>E-Onay İşlemleri</a>",
        "<a href='/x'>E-Onay Işlemleri</a>",
    ],
)
def test_nothing_is_found_by_resemblance(stage: Stage, body: str) -> None:
    """Text that is similar, hidden or not clickable isn't the control."""
    with pytest.raises(ControlError, match="control_missing"):
        wanted(stage.show(f"<h1>x</h1>{body}"), "eonay_tile")


def test_a_disabled_control_is_missing(stage: Stage) -> None:
    """The error says that the control is there but can't be used yet."""
    tab = stage.show("<button disabled>Devam</button>")
    with pytest.raises(ControlError, match="only a disabled one"):
        wanted(tab, "proceed")


@pytest.mark.parametrize(
    "form",
    [
        pages.LOGIN,
        "<form><input id='tridField'><input id='egpField' type='password'><button name='submitButton'>➜</button></form>",
        "<form><input aria-label='T. C. Kimlik Numaranızı Girin'><input type='password' aria-label='e-Devlet Şifrenizi Girin'>"
        "<button>Giriş Yap</button></form><a href='/x'>Giriş Yap</a>",
        "<form><table><tr><td>T.C. Kimlik No:</td><td><input></td></tr><tr><td>e-Devlet Şifresi *</td>"
        "<td><input type='password'></td></tr></table><input type='submit' value='Giriş Yap'></form>",
        "<form><p>e-Devlet Şifresi</p><input type='password'><p>T.C. Kimlik No</p><input><button>Giriş Yap</button></form>",
    ],
)
def test_login_fields_are_found_by_label_id_or_neighbour(stage: Stage, form: str) -> None:
    """We find fields by their labels, else by the stable ids, else by the words next to them."""
    tab = stage.show(form, site="giris")
    password = wanted(tab, "password_field")
    number = wanted(tab, "national_id_field")
    controls = portal_look().controls
    assert password.index != number.index
    assert password.type == "password"
    assert find(tab, controls["login_submit"], form=password.form).role == "button"


@pytest.mark.parametrize(
    "box",
    [
        f"<label><input type='checkbox'> {pages.GIVE}</label>",
        f"<input type='checkbox' id='c'><label for='c'>{pages.GIVE}</label>",
        f"<label for='c'>{pages.GIVE}</label><input type='checkbox' id='c' style='display:none'>",
        f"<input type='checkbox'> {pages.GIVE}",
        f"<input type='radio' name='r'> {pages.GIVE}<br><input type='radio' name='r'> Onay vermiyorum.",
        f"<div role='checkbox' aria-checked='false' tabindex='0' aria-label='{pages.GIVE}'>▢</div>",
    ],
)
def test_the_consent_box_is_found_in_any_shape(stage: Stage, box: str) -> None:
    """We find a checkbox or radio button by the consent sentence, wherever it stands."""
    found = find_all(stage.show(f"<form>{box}</form>"), portal_look().controls["consent_toggle"])
    assert len(found) == 1
    assert not found[0].checked


def test_no_field_value_is_ever_in_an_observation(stage: Stage) -> None:
    """The observer doesn't see what a person typed."""
    stage.show(pages.LOGIN, site="giris")
    stage.page.fill("#tridField", "10000000146")
    stage.page.fill("#egpField", "gizli-parola")
    seen = repr(stage.look().controls) + stage.look().text
    assert "10000000146" not in seen
    assert "gizli-parola" not in seen


def test_of_a_fixed_field_only_words_about_the_consent_are_read(stage: Stage) -> None:
    """A name or a number that is shown in a field nobody can write into stays unread, and so does what one can change."""
    fixed = ["Onay Yılmaz", "10000000146", "Milli Eğitim Bakanlığı", "Evet"]
    shown = "".join(
        f"<p><label>Bilgi {n} <input readonly value='{value}'></label></p>" for n, value in enumerate(fixed)
    )
    tab = stage.show(
        f"{shown}<p>E-Onay Durumu <input disabled value='Aktif'></p><p>E-Onay Notu <input value='Gizli'></p>"
    )
    assert [view.hints for view in tab.frames] == [("E-Onay Durumu: Aktif",)]
    seen = repr(tab) + tab.whole_text + repr(tab.controls)
    assert not [value for value in (*fixed, "Aktif", "Gizli") if value in seen]


_CARDS = {
    "sections": "<section><h3>{}</h3><a href='{}'>Giriş</a></section>",
    "wrapped": "<div><div><h3>{}</h3></div><div><p><a href='{}'>Giriş</a></p></div></div>",
    "table": "<table><tr><td>{}</td><td><a href='{}'>Giriş</a></td></tr></table>",
    "one link": "<a href='{1}'><h3>{0}</h3><span>Giriş</span></a>",
    "labelled": "<p><a aria-label='{0} Giriş' href='{1}'>Giriş</a></p>",
}


@pytest.mark.parametrize("word", ["Giriş", "Giriş Yap"])
@pytest.mark.parametrize("card", _CARDS.values(), ids=_CARDS)
def test_the_way_in_of_another_service_is_never_taken(stage: Stage, card: str, word: str) -> None:
    """All cards say Giriş; we take the one without another service's name. If all have one, we take none."""
    spec = portal_look().controls["edevlet_login"]
    others = card.format("Mali Mühür İşlemleri", "/a") + card.format("Kurumsal İşlemler", "/b")
    assert find_all(stage.show(others, path="/others"), spec) == []
    tab = stage.show(
        f"{others}<div><p>Nitelikli Elektronik Sertifika işlemleriniz için</p><a href='/c'>{word}</a></div>"
    )
    assert find(tab, spec).href.endswith("/c")
