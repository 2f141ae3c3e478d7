"""Portals with the known steps but other words or other markup."""

from __future__ import annotations

import pytest

from flows import ScreenError, portal_look, recognise
from flows.code import read_code
from flows.controls import find
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

LOOK = portal_look()
PLAIN_CONSENT = f"<h2>E-Onay</h2><p>{pages.GIVE}</p>"
LOGINS = {
    "table": "<table><tr><td>T.C. Kimlik No *</td><td><input name='u'></td></tr>"
    "<tr><td>Şifre *</td><td><input type='password' name='p'></td></tr></table><input type='submit' value='Giriş Yap'>",
    "placeholders": "<input placeholder='T.C. Kimlik Numaranızı giriniz'><input type='password' placeholder='e-Devlet Şifreniz'>"
    "<button>Giriş Yap</button>",
    "without-dots": "<label>TC Kimlik No: <input name='a'></label><label>Şifreniz: <input type='password' name='b'></label>"
    "<button type='button' onclick='this.form.submit()'>Giriş</button>",
}
SECOND_STEPS = {
    "code-beside": "<p>Cep telefonunuza SMS ile gönderilen kodu yazınız.</p><p>Doğrulama kodunu giriniz</p><input name='k'>"
    "<button>Doğrula</button>",
    "placeholder": "<h1>İki Aşamalı Giriş</h1><input inputmode='numeric' placeholder='SMS Kodu'><input type='submit' value='Onayla'>",
}
OTHER_PAGES = [
    ("landing", "onlineislemler", "<h1>Kamu SM</h1><a href='/g'><img alt='e-Devlet Kapısı ile Giriş' width=90 height=30></a>"),
    ("home", "onlineislemler", "<nav><a href='/'>Ana Sayfa</a></nav><a href='/nes'>NES İşlemleri</a><p>SSL İşlemleri</p>"),
    ("eonay_missing", "onlineislemler", f"{PLAIN_CONSENT}<a href='/devam'>Devam</a>"),
    ("eonay_given", "onlineislemler", "<h2>E-Onay</h2><p>Daha önce vermiş olduğum E-Onay’ı kaldırmak istiyorum.</p>"),
    ("maintenance", "onlineislemler", "<h1>503</h1><p>Sistem bakımı yapılmaktadır.</p>"),
    ("session_ended", "giris", "<p>Oturumunuz sona erdi. Giriş sayfasına yönlendirileceksiniz, lütfen bekleyiniz.</p>"),
    ("maintenance", "onlineislemler", "<p>Sistemimiz bakımdadır, lütfen bekleyiniz.</p>"),
    ("hop", "gecit", "<p>5 saniye içinde e-Devlet Kapısı'na yönlendirileceksiniz.</p>"),
    ("hop", "onlineislemler", "<p>Yükleniyor…</p>"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("screen", "site", "body"), OTHER_PAGES, ids=[f"{i}-{p[0]}" for i, p in enumerate(OTHER_PAGES)]
)
def test_the_screen_is_recognised(stage: Stage, screen: str, site: str, body: str) -> None:
    """A page that says the same in other words is the same screen."""
    stage.show(body, site=site)
    assert recognise(stage.observer.observe(), LOOK).screen == screen


@pytest.mark.parametrize("form", LOGINS.values(), ids=LOGINS)
def test_a_login_of_another_make_can_be_filled(stage: Stage, form: str) -> None:
    """We find number, password and button by their words, whatever the markup calls them."""
    tab = stage.show(f"<h1>e-Devlet Kapısı</h1><form method='post'>{form}</form>", site="giris")
    assert recognise(stage.observer.observe(), LOOK).screen == "login"
    assert find(tab, LOOK.controls["national_id_field"]).type == "text"
    assert find(tab, LOOK.controls["password_field"]).type == "password"
    assert find(tab, LOOK.controls["login_submit"]).role == "button"


@pytest.mark.parametrize("form", SECOND_STEPS.values(), ids=SECOND_STEPS)
def test_a_second_step_of_another_make_can_be_filled(stage: Stage, form: str) -> None:
    """We find the field for the SMS code and its button by their words."""
    tab = stage.show(f"<form method='post'>{form}</form>", site="giris")
    assert recognise(stage.observer.observe(), LOOK).screen == "second_step_sms"
    assert find(tab, LOOK.controls["sms_field"]).role == "textbox"
    assert find(tab, LOOK.controls["second_step_submit"]).role == "button"


@pytest.mark.parametrize(
    "devam", ["<a href='/d'>Devam</a>", "<input type='submit' value='Devam'>", "<button>DEVAM ›</button>"]
)
def test_devam_may_be_anything(stage: Stage, devam: str) -> None:
    """Link, input or button: we find it either way."""
    assert find(stage.show(f"<form>{PLAIN_CONSENT}{devam}</form>"), LOOK.controls["proceed"])


@pytest.mark.parametrize(
    ("countdown", "seconds"),
    [
        ("Kalan süre: 04:46", 286),
        ("Kalan Süre (sn): 286", 286),
        ("Kalan süre<br><b>4</b> dk <b>46</b> sn", 286),
        ("<span>Kalan süre</span><span>:</span> <time>4:46</time>", 286),
    ],
)
def test_the_countdown_may_be_written_in_any_way(stage: Stage, countdown: str, seconds: int) -> None:
    """Minutes and seconds, seconds only, or spread over elements: we read the time, and the code too."""
    tab = stage.show(f"<p>Başvuru No: 111111111111111</p><p>Doğrulama Kodu: 968 121 968 799 342</p><p>{countdown}</p>")
    code = read_code(tab, LOOK.code)
    assert code is not None
    assert (code.value, code.remaining_s) == ("968121968799342", seconds)


def test_a_page_that_leads_on_by_itself_is_waited_for(stage: Stage) -> None:
    """We recognise a hop without any known word by what it is about to do."""
    stage.show("<p>İşleminiz sürüyor</p>", head="<meta http-equiv='Refresh' content='9; URL=/next'>")
    assert recognise(stage.observer.observe(), LOOK).screen == "hop"


@pytest.mark.parametrize("content", ["1800; url=/cikis", "5", "5; /cikis"])
def test_a_page_that_stays_is_no_hop(stage: Stage, content: str) -> None:
    """A session that ends in half an hour, or a page that reloads itself, doesn't lead on."""
    stage.show("<p>Beklenmeyen bir sayfa</p>", head=f"<meta http-equiv='refresh' content='{content}'>")
    with pytest.raises(ScreenError):
        recognise(stage.observer.observe(), LOOK)
