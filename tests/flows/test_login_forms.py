"""We recognise e-Devlet's pages by what they say and contain, however they are drawn."""

from __future__ import annotations

from itertools import product

import pytest

from flows import portal_look, recognise
from flows.controls import find, find_all
from tests.flows.conftest import Stage
from tests.flows.login_forms import LOGIN_SCREENS, login_page
from tests.sampling import sampled

pytestmark = pytest.mark.looks_only

FEW, MANY = range(6), range(6, 30)
LOOK = portal_look()


@pytest.mark.parametrize(
    ("screen", "seeds"),
    sampled(product(LOGIN_SCREENS, (FEW, MANY)), every_run=[(screen, FEW) for screen in LOGIN_SCREENS]),
)
def test_a_page_of_any_make_is_the_one_it_is(stage: Stage, screen: str, seeds: range) -> None:
    """We never mix up the sharing, login, SMS code, phone approval and new password pages."""
    told = {}
    for seed in seeds:
        stage.show(login_page(screen, seed), site="giris", path=f"/{screen}/{seed}")
        told[seed] = recognise(stage.observer.observe(), LOOK).screen
    assert {seed: seen for seed, seen in told.items() if seen != screen} == {}


def test_the_two_step_line_of_the_sharing_page_is_no_second_step(stage: Stage) -> None:
    """“İki Aşamalı Giriş: Açık” only says how the person logged in. The page asks to share, and we find Onayla."""
    tab = stage.show(
        "<h3>TÜBİTAK - KamuSM Geçit Uygulamasına Giriş Yapıyorsunuz.</h3><p>İki Aşamalı Giriş: <b>Açık</b></p>"
        "<form id='loginForm' action='/SaveScope'><button value='İptal'>İptal</button><button>Onayla</button></form>",
        site="giris",
    )
    assert recognise(stage.observer.observe(), LOOK).screen == "sharing"
    assert find(tab, LOOK.controls["share_approve"]).text == "Onayla"


@pytest.mark.parametrize("seed", range(5))
def test_a_captcha_counts_only_where_it_can_be_seen(stage: Stage, seed: int) -> None:
    """The captcha field may be in the page from the start. We ask the person for it only when it shows."""
    tab = stage.show(login_page("login", seed), site="giris")
    assert len(find_all(tab, LOOK.controls["captcha_field"])) == (1 if seed == 1 else 0)
    assert find(tab, LOOK.controls["national_id_field"]).id == "tridField"


def test_a_press_on_onayla_is_no_sharing_where_something_is_typed(stage: Stage) -> None:
    """If a page has a field to type in, it isn't the sharing page, even with the same words and button."""
    stage.show(
        "<h3>Uygulamasına Giriş Yapıyorsunuz</h3><form><input placeholder='Kod'><button>Onayla</button></form>",
        site="giris",
    )
    with pytest.raises(Exception, match="screen_unknown"):
        recognise(stage.observer.observe(), LOOK)
