"""We never touch a forbidden control, whatever it is called."""

from __future__ import annotations

import pytest

from flows import ControlError, Covered, PageChanged, SafetyError, portal_look
from flows.controls import find
from flows.dangers import is_trap
from flows.safety import is_forbidden
from flows.statement import read_statement
from tests.flows import pages
from tests.flows.conftest import PORT, Stage

CLICKED = (
    "<script>window.clicked=0;document.querySelector('button').addEventListener('click',()=>{clicked+=1})</script>"
)
NOTE = (
    "<script>window.touched=[];document.addEventListener('click',e=>touched.push(e.target.textContent),true)</script>"
)


@pytest.mark.parametrize(
    "control",
    [
        "<a href='/x'>Sertifikamı İptal Et</a>",
        "<button>SERTİFİKAMI İPTAL ET</button>",
        "<button>SERTIFIKAMI IPTAL ET</button>",
        "<div onclick='x()'>Askıdan İndirme</div>",
        "<a href='/x'>PIN Oluşturma/Kilit Çözme</a>",
        "<button aria-label='Kilidi çöz'>Devam</button>",
        "<a href='/x'>Web Parola Değiştirme</a>",
        "<a href='/x'>E-Onayı Kaldır</a>",
        "<label><input type='checkbox'> Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.</label>",
        "<button aria-label='Sertifikamı İptal Et'>Devam</button>",
        "<a href='/nes/sertifika-iptal'>Devam</a>",
        "<a href='/nes/sertifikaIptal'>E-Onay İşlemleri</a>",
        "<button onclick='revokeCertificate()'>Devam</button>",
        "<form action='/e-onay/kaldir'><button>Devam</button></form>",
        "<form action='/x'><input type='hidden' name='islem' value='KALDIR'><button>Devam</button></form>",
        "<button formaction='/pin/olustur'>Devam</button>",
        "<div onclick='x()'>E-Onay İşlemleri<p>Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için</p></div>",
        "<a href='/x' data-action='withdraw'>Devam</a>",
        "<button title='Sertifikayı askıya al'>Devam</button>",
        "<a href='/x'><img alt='Sertifikamı İptal Et' src='data:,' width='9' height='9'>Devam</a>",
    ],
)
@pytest.mark.looks_only
def test_forbidden_controls_are_refused(stage: Stage, control: str) -> None:
    """A forbidden word in label, hint, address, handler, form or hidden field stops the hand before it moves."""
    tab = stage.show(f"<h1>E-Onay</h1>{control}{NOTE}")
    for candidate in tab.controls:
        with pytest.raises(SafetyError, match="forbidden_control"):
            stage.hand.press(tab, candidate)
    assert stage.page.evaluate("touched") == []


@pytest.mark.parametrize("body", [pages.LANDING, pages.HOME, pages.INDIVIDUAL, pages.eonay(), pages.SIGNING])
def test_wanted_controls_are_not_forbidden(stage: Stage, body: str) -> None:
    """The rule doesn't block the guide's own steps."""
    names = ("edevlet_login", "nes_menu", "individual_menu", "proceed", "renew_code")
    specs = [portal_look().controls[name] for name in names]
    tab = stage.show(f"{body}{NOTE}")
    found = []
    for spec in specs:
        try:
            found.append(find(tab, spec))
        except ControlError:
            continue
    assert len(found) == 1
    assert stage.hand.press(tab, found[0])


def test_where_consent_exists_only_the_way_home_is_open(stage: Stage) -> None:
    """On the page with the withdraw sentence we refuse Devam but not Ana Sayfa."""
    stage.put(pages.HOME, path="/")
    tab = stage.show(pages.eonay(pages.WITHDRAW))
    controls = portal_look().controls
    with pytest.raises(SafetyError, match="withdraws the consent"):
        stage.hand.press(tab, find(tab, controls["proceed"]))
    assert stage.hand.press(tab, find(tab, controls["portal_home"]))


def test_a_page_that_turns_dangerous_is_noticed_at_the_last_moment(stage: Stage) -> None:
    """The rule reads what the page says when the hand moves, not what it said at the decision."""
    tab = stage.show(pages.eonay())
    proceed = find(tab, portal_look().controls["proceed"])
    stage.page.evaluate("s => { document.querySelector('form p').innerHTML = s }", pages.WITHDRAW)
    with pytest.raises(SafetyError, match="withdraws the consent"):
        stage.hand.press(tab, proceed)


def test_a_control_that_became_another_is_not_pressed(stage: Stage) -> None:
    """If a control was swapped after we looked, we leave it alone."""
    tab = stage.show(f"<button>Devam</button>{NOTE}")
    proceed = find(tab, portal_look().controls["proceed"])
    stage.page.evaluate("document.querySelector('button').textContent = 'Gönder'")
    with pytest.raises(PageChanged):
        stage.hand.press(tab, proceed)
    assert stage.page.evaluate("touched") == []


@pytest.mark.parametrize(
    "control",
    [
        "<a href='https://example.org/'>e-Devlet ile Giriş</a>",
        "<form action='https://example.org/nes'><button>NES İşlemleri</button></form>",
        "<button formaction='//example.org/nes'>NES İşlemleri</button>",
        "<div onclick=\"location.href='http://example.org/nes'\">NES İşlemleri</div>",
        "<a href='#' data-git='https://example.org/nes'>NES İşlemleri</a>",
    ],
)
@pytest.mark.looks_only
def test_acts_off_the_portal_are_refused(stage: Stage, control: str) -> None:
    """If a wanted label is on a link, form or handler that leads to another host, we stop."""
    tab = stage.show(control)
    with pytest.raises(SafetyError, match="host_not_allowed"):
        stage.hand.press(tab, tab.controls[0])


def test_the_hand_types_only_at_the_gateway(stage: Stage) -> None:
    """We type into a login form only at the gateway."""
    tab = stage.show(pages.LOGIN, site="onlineislemler")
    with pytest.raises(SafetyError, match="host_not_allowed"):
        stage.hand.fill(tab, find(tab, portal_look().controls["password_field"]), "gizli")
    assert stage.page.input_value("#egpField") == ""


@pytest.mark.parametrize(
    "layer",
    [
        "<div role='dialog' style='{}'>Duyuru <button>Kapat</button></div>",
        "<div style='{}'>Çerez <a href='#' onclick='this.parentElement.remove()'>Kabul et</a>"
        "<button>Reddet</button></div>",
        "<div style='{}'>Haber<div style='position:absolute;inset:0'></div><button aria-label='Kapat'>×</button></div>",
    ],
)
def test_a_layer_is_closed_by_its_own_control_only(stage: Stage, layer: str) -> None:
    """First we close what lies over the page, with its own close button. We don't touch the page under it."""
    style = "position:fixed;inset:0;background:#fff;z-index:9"
    body = layer.format(style).replace(
        "<button", "<button onclick='this.parentElement.remove()' style='position:relative'"
    )
    tab = stage.show(f"{pages.LANDING}{body}{NOTE}")
    link = find(tab, portal_look().controls["edevlet_login"])
    assert not stage.hand.press(tab, link)
    assert stage.page.url.endswith("/page")
    tab = stage.look()
    stage.put(pages.HOME, path="/giris")
    assert stage.hand.press(tab, find(tab, portal_look().controls["edevlet_login"]))
    stage.page.wait_for_url(f"http://onlineislemler.localhost:{PORT}/giris")


def test_a_layer_without_a_way_to_close_it_stops_the_hand(stage: Stage) -> None:
    """If a layer only offers something else, we don't click it away."""
    layer = "<div style='position:fixed;inset:0;background:#fff'><button>Sertifikamı İptal Et</button></div>"
    tab = stage.show(f"{pages.LANDING}{layer}{NOTE}")
    with pytest.raises(Covered):
        stage.hand.press(tab, find(tab, portal_look().controls["edevlet_login"]))
    assert stage.page.evaluate("touched") == []


def test_a_layer_over_a_frame_is_closed(stage: Stage) -> None:
    """If something lies over the frame with the wanted control, we first close it with its own button."""
    stage.put(pages.LANDING, path="/inner")
    layer = (
        "<div style='position:fixed;inset:0;background:#fff'>Duyuru <button>Ayrıntılar</button>"
        "<button onclick='this.parentElement.remove()'>Kapat</button></div>"
    )
    tab = stage.show(f"<iframe src='/inner' style='width:800px;height:600px'></iframe>{layer}{NOTE}")
    link = find(tab, portal_look().controls["edevlet_login"])
    assert not stage.hand.press(tab, link)
    assert stage.page.evaluate("touched") == ["Kapat"]
    assert stage.hand.press(tab, link)


_OTHER = "Ayrıca kartım yenilensin."


@pytest.mark.parametrize("event", ["pointermove", "pointerdown", "mousedown", "mouseup"])
def test_the_sentence_must_stand_at_every_moment_of_the_press(stage: Stage, event: str) -> None:
    """If a page swaps the sentence while the mouse is on its way, it gets no click."""
    late = f"addEventListener('{event}',()=>{{document.querySelector('p+form p,p+form label').textContent='{_OTHER}'}})"
    body = pages.eonay().replace("<button>", "<button type=button>")
    tab = stage.show(f"{body}{CLICKED}")
    said = read_statement(tab, portal_look())
    assert said is not None
    stage.page.evaluate(f"() => {{ {late} }}")  # only now: an earlier test may have left the mouse over the page
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, portal_look().controls["proceed"]), upon=said)
    assert stage.page.evaluate("clicked") == 0


def test_no_other_box_may_be_ticked_during_the_press(stage: Stage) -> None:
    """If a page ticks another box next to the sentence while the mouse goes down, it gets no click."""
    other = f"<label><input type=checkbox id=other> {_OTHER}</label>"
    body = pages.eonay(extra=other).replace("<button>", "<button type=button>")
    tab = stage.show(f"{body}{CLICKED}")
    said = read_statement(tab, portal_look())
    assert said is not None
    stage.page.evaluate(
        "() => addEventListener('pointerdown', () => { document.querySelector('#other').checked = true; })"
    )
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, portal_look().controls["proceed"]), upon=said)
    assert stage.page.evaluate("clicked") == 0


@pytest.mark.parametrize("change", ["p.innerHTML = 'Yukarıdaki metni okudum.'", f"p.innerHTML += ' {_OTHER}'"])
def test_what_was_decided_upon_must_still_be_said(stage: Stage, change: str) -> None:
    """If the sentence has gone since we looked, or a new one beside it is unread, we don't press."""
    tab = stage.show(f"{pages.eonay()}{CLICKED}")
    said = read_statement(tab, portal_look())
    stage.page.evaluate(f"() => {{ const p = document.querySelector('form p'); {change}; }}")
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, portal_look().controls["proceed"]), upon=said)
    assert stage.page.evaluate("clicked") == 0


def test_a_sentence_in_another_frame_than_devam_must_still_be_said(stage: Stage) -> None:
    """If the sentence is in its own frame, we read it once more before we press Devam in the page around it."""
    stage.put(f"<p id=s>{pages.GIVE}</p>", path="/inner")
    body = (
        "<h1>E-Onay İşlemleri</h1><iframe src='/inner' style='width:800px;height:60px'></iframe><button>Devam</button>"
    )
    tab = stage.show(f"{body}{CLICKED}")
    said = read_statement(tab, portal_look())
    assert said is not None
    stage.page.frames[1].evaluate("s => { document.querySelector('#s').textContent = s; }", _OTHER)
    with pytest.raises(PageChanged):
        stage.hand.press(tab, find(tab, portal_look().controls["proceed"]), upon=said)
    assert stage.page.evaluate("clicked") == 0


def test_a_clock_beside_the_sentence_stops_nobody(stage: Stage) -> None:
    """The page may write anything else in the meantime, as long as the sentence is still there."""
    tab = stage.show(f"<header id=clock>10:00:01</header>{pages.eonay()}{CLICKED}")
    said = read_statement(tab, portal_look())
    stage.page.evaluate("document.querySelector('#clock').textContent = '10:00:02'")
    assert stage.hand.press(tab, find(tab, portal_look().controls["proceed"]), upon=said)


@pytest.mark.parametrize(
    "name",
    [
        "Kilidi çöz",
        "kilit kaldır",
        "Bloke kaldır",
        "PIN sıfırla",
        "PUK değiştir",
        "Kilidini aç",
        "Unlock card",
        "unblockCard",
    ],
)
def test_a_lock_or_a_secret_in_any_inflection_is_forbidden(name: str) -> None:
    """We notice unlocking, and making or changing a PIN, a PUK or a password, in other inflections too."""
    assert is_forbidden(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "İmzalama adımına geçer",
            "PIN kodunuz sorulacaktır",
            "Tekrar Kod Al",
            "Devam",
            "$.unblockUI()",
            "unlockScroll",
        ),
        *("unblock-page", "unlockSubmit();go()", "unblock buttons"),
    ],
)
def test_what_only_names_a_secret_is_not_forbidden(name: str) -> None:
    """A PIN that is needed later, a code, a way on, or a part of the page that a script frees is not such an act."""
    assert not is_forbidden(name)


@pytest.mark.looks_only
@pytest.mark.parametrize("said", ["E-Onayımın iptalini talep ederim.", "Daha önceki onayımı sonlandırmak istiyorum."])
def test_a_withdrawal_in_other_words_is_a_trap_for_a_hand_too(stage: Stage, said: str) -> None:
    """If a page goes on and withdraws the consent in words other than the portal's, we know it is a trap."""
    assert is_trap(stage.show(f"<h1>E-Onay</h1><p>{said}</p><button>Devam</button>"), portal_look())
    assert not is_trap(stage.show(f"<h1>E-Onay</h1><p>{said}</p>"), portal_look())
    assert not is_trap(stage.show(pages.eonay()), portal_look())
