"""e-Devlet's pages are recognised by what they say and hold, however they are drawn."""

from __future__ import annotations

import pytest

from flows import portal_look, recognise
from flows.controls import find, find_all
from tests.flows.conftest import Stage
from tests.flows.login_forms import LOGIN_SCREENS, login_page

pytestmark = pytest.mark.looks_only

SEEDS = range(30)
LOOK = portal_look()


@pytest.mark.parametrize("screen", LOGIN_SCREENS)
def test_a_page_of_any_make_is_the_one_it_is(stage: Stage, screen: str) -> None:
    """Sharing, login, SMS code, approval on the phone and a new password are never taken for one another."""
    told = {}
    for seed in SEEDS:
        stage.show(login_page(screen, seed), site="giris", path=f"/{screen}/{seed}")
        told[seed] = recognise(stage.observer.observe(), LOOK).screen
    assert {seed: seen for seed, seen in told.items() if seen != screen} == {}


def test_the_two_step_line_of_the_sharing_page_is_no_second_step(stage: Stage) -> None:
    """“İki Aşamalı Giriş: Açık” says how the person logged in; the page asks for the sharing, and Onayla is found."""
    tab = stage.show(
        "<h3>TÜBİTAK - KamuSM Geçit Uygulamasına Giriş Yapıyorsunuz.</h3><p>İki Aşamalı Giriş: <b>Açık</b></p>"
        "<form id='loginForm' action='/SaveScope'><button value='İptal'>İptal</button><button>Onayla</button></form>",
        site="giris",
    )
    assert recognise(stage.observer.observe(), LOOK).screen == "sharing"
    assert find(tab, LOOK.controls["share_approve"]).text == "Onayla"


@pytest.mark.parametrize("seed", range(5))
def test_a_captcha_counts_only_where_it_can_be_seen(stage: Stage, seed: int) -> None:
    """The field may be in the page from the start: we ask the person for it only when it is shown."""
    tab = stage.show(login_page("login", seed), site="giris")
    assert len(find_all(tab, LOOK.controls["captcha_field"])) == (1 if seed == 1 else 0)
    assert find(tab, LOOK.controls["national_id_field"]).id == "tridField"


def test_a_press_on_onayla_is_no_sharing_where_something_is_typed(stage: Stage) -> None:
    """A page with a field of its own isn't the sharing page, though it says what is shared and has the button."""
    stage.show(
        "<h3>Uygulamasına Giriş Yapıyorsunuz</h3><form><input placeholder='Kod'><button>Onayla</button></form>",
        site="giris",
    )
    with pytest.raises(Exception, match="screen_unknown"):
        recognise(stage.observer.observe(), LOOK)
