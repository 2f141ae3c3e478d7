"""We recognise screens by their signals, whatever they look like, and never guess."""

from __future__ import annotations

import re

import pytest

from flows import ScreenError, portal_look, recognise
from flows.look import parse_look
from tests.flows import pages
from tests.flows.conftest import PORT, Stage
from tests.sampling import sampled

pytestmark = pytest.mark.looks_only

SCREENS = [
    ("landing", "onlineislemler", pages.LANDING),
    ("gateway_link", "onlineislemler", pages.GATEWAY_LINK),
    ("gateway_link", "gecit", pages.GATEWAY_LINK),
    ("login", "giris", pages.LOGIN),
    ("second_step_sms", "giris", pages.SMS),
    ("second_step_phone", "giris", pages.PHONE),
    ("second_step_failed", "giris", "<p>Giriş işleminiz tamamlanamadı</p>"),
    ("sharing", "giris", pages.SHARING),
    ("home", "onlineislemler", pages.HOME),
    ("individual", "onlineislemler", pages.INDIVIDUAL),
    ("nes", "onlineislemler", pages.nes()),
    ("eonay_missing", "onlineislemler", pages.eonay()),
    ("eonay_missing", "onlineislemler", pages.eonay(shape="checkbox")),
    ("eonay_missing", "onlineislemler", f"{pages.eonay()}<p>İmzalama ekranında doğrulama kodu görüntülenir.</p>"),
    ("eonay_given", "onlineislemler", pages.eonay(pages.WITHDRAW)),
    ("eonay_both", "onlineislemler", pages.eonay(f"{pages.GIVE} {pages.WITHDRAW}")),
    ("eonay_neither", "onlineislemler", pages.eonay("Seçiniz.")),
    ("signing", "onlineislemler", pages.SIGNING),
    ("signing", "onlineislemler", pages.SIGNING_BY_NAME),
    ("signing", "onlineislemler", f"<nav><a href='/e'>E-Onay İşlemleri</a></nav>{pages.SIGNING}"),
    ("signed", "onlineislemler", pages.SIGNED),
    ("other_service", "onlineislemler", "<h1>Sertifikamı İptal Et</h1><button>Devam</button>"),
    ("other_service", "onlineislemler", f"<h1>PIN Oluşturma/Kilit Çözme</h1>{pages.SIGNING}"),
    ("hop", "gecit", "<p>Yönlendiriliyorsunuz, lütfen bekleyiniz…</p>"),
    ("hop", "gecit", ""),
    ("maintenance", "onlineislemler", "<p>Planlı bakım çalışması nedeniyle hizmet verilememektedir.</p>"),
    ("session_ended", "onlineislemler", "<p>Oturumunuz sona ermiştir.</p>"),
]
IDS = [f"{i}-{screen}" for i, (screen, _, _) in enumerate(SCREENS)]
IN_CAPITALS = [
    one for one in SCREENS if one[0] in {"login", "sharing", "eonay_missing", "eonay_given", "other_service"}
]


@pytest.mark.parametrize(("screen", "site", "body"), SCREENS, ids=IDS)
def test_each_screen_is_recognised(stage: Stage, screen: str, site: str, body: str) -> None:
    """We tell every screen of the guide from all the others."""
    stage.show(body, site=site)
    assert recognise(stage.observer.observe(), portal_look()).screen == screen


@pytest.mark.parametrize(("screen", "site", "body"), sampled(SCREENS, every_run=IN_CAPITALS), ids=IDS)
def test_css_capitals_do_not_hide_a_screen(stage: Stage, screen: str, site: str, body: str) -> None:
    """Capitals from the style sheet change nothing, with or without the page's language."""
    stage.show(body, site=site, head="<style>*{text-transform:uppercase}</style>")
    assert recognise(stage.observer.observe(), portal_look()).screen == screen


@pytest.mark.parametrize(
    "body", ["<p>Beklenmeyen bir sayfa</p>", "<h1>Kamu SM Online İşlemler</h1>", "<p>Devam</p><button>Devam</button>"]
)
def test_an_unknown_page_is_not_guessed(stage: Stage, body: str) -> None:
    """A page without any screen's signals is unknown, and we don't quote its text."""
    stage.show(body)
    with pytest.raises(ScreenError, match="screen_unknown") as caught:
        recognise(stage.observer.observe(), portal_look())
    assert "Beklenmeyen" not in str(caught.value)


def test_a_screen_on_the_wrong_site_is_unknown(stage: Stage) -> None:
    """A login form outside the gateway isn't the login screen."""
    stage.show(pages.LOGIN, site="onlineislemler")
    with pytest.raises(ScreenError, match="screen_unknown"):
        recognise(stage.observer.observe(), portal_look())


def test_two_screens_at_once_are_ambiguous(stage: Stage) -> None:
    """If a page fits two screens, we stop instead of picking one."""
    stage.show(f"<p>İşlem başarılı</p>{pages.GATEWAY_LINK}")
    with pytest.raises(ScreenError, match="screen_ambiguous"):
        recognise(stage.observer.observe(), portal_look())


def test_hidden_sentences_do_not_count(stage: Stage) -> None:
    """Only what a person can read decides between the two E-Onay states."""
    hidden = "".join(
        f"<div style='{style}'>{pages.WITHDRAW}</div>"
        for style in (
            "display:none",
            "visibility:hidden",
            "opacity:0",
            "position:absolute;left:-9999px",
            "position:absolute;width:1px;height:1px;overflow:hidden",
        )
    )
    stage.show(pages.eonay(extra=hidden))
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"


def test_frames_and_shadow_trees_are_read(stage: Stage) -> None:
    """A screen may be in a frame or inside a web component."""
    stage.put(pages.eonay(pages.WITHDRAW), path="/inner")
    stage.show("<h1>Kamu SM</h1><iframe src='/inner' style='width:800px;height:600px'></iframe>")
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_given"
    stage.show(
        "<my-page></my-page><script>document.querySelector('my-page').attachShadow({mode:'open'})"
        f".innerHTML=`{pages.nes()}`</script>"
    )
    assert recognise(stage.observer.observe(), portal_look()).screen == "nes"


def test_a_hidden_frame_does_not_count(stage: Stage) -> None:
    """A frame that nobody can see says nothing."""
    stage.put(pages.eonay(pages.WITHDRAW), path="/inner")
    stage.show(f"{pages.eonay()}<iframe src='/inner' style='display:none'></iframe>")
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"


def test_a_title_alone_may_name_the_page(stage: Stage) -> None:
    """If no heading and no text mentions E-Onay, the tab's title does."""
    stage.show(f"<script>document.title = 'E-Onay İşlemleri'</script><p>{pages.GIVE}</p><button>Devam</button>")
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"


def test_to_tell_of_a_code_is_not_to_show_one(stage: Stage) -> None:
    """The E-Onay page may say where the code will come from. A page that shows a code is another page."""
    for box in ("p", "blockquote", "q"):
        stage.show(pages.eonay(extra=f"<{box}>Doğrulama kodu bir sonraki ekranda gösterilir.</{box}>"))
        assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"
    shows = (
        "<p>Doğrulama Kodu</p>",
        "<p>Doğrulama Kodu: 968121 968799342</p>",
        "<p>Doğrulama kodu 968121968799342.</p>",
    )
    for shown in shows:
        stage.show(pages.eonay(extra=shown))
        with pytest.raises(ScreenError):
            recognise(stage.observer.observe(), portal_look())


def test_the_newest_tab_counts(stage: Stage) -> None:
    """If a screen opens in a new tab, that's where the person is. A survey in a new tab doesn't count."""
    stage.put(pages.eonay(), path="/e-onay")
    stage.put("<h1>Anket</h1><p>Memnuniyetinizi ölçelim.</p>", path="/anket")
    stage.show(pages.nes())
    stage.page.context.new_page().goto(f"http://onlineislemler.localhost:{PORT}/e-onay")
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"
    stage.page.context.new_page().goto(f"http://onlineislemler.localhost:{PORT}/anket")
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"


def test_a_sentence_may_be_spread_over_elements(stage: Stage) -> None:
    """Bold words, line breaks, no-break spaces and other dashes don't break a sentence."""
    sentence = pages.GIVE.replace("onay veriyorum", "<b>onay</b>&nbsp;<i>veriyorum</i>").replace("E-Onaylı", "E‑Onaylı")
    stage.show(pages.eonay(re.sub("kullanabilmek", "<span>kulla</span><span>nabilmek</span>", sentence)))
    assert recognise(stage.observer.observe(), portal_look()).screen == "eonay_missing"


def test_every_screen_has_two_signals() -> None:
    """The description refuses a screen with only a site, and one that names an unknown control."""
    look = portal_look()
    assert all(screen.sites and screen.all for screen in look.screens.values())
    base: dict[str, dict[str, object]] = {"controls": {}, "code": {}, "texts": {}}
    with pytest.raises(ValueError, match="fewer than two signals"):
        parse_look({**base, "screens": {"x": {"site": ["portal"]}}})
    with pytest.raises(ValueError, match="unknown elsewhere"):
        parse_look({**base, "screens": {"x": {"site": ["elsewhere"], "all": [{"says": ["a"]}]}}})
    with pytest.raises(ValueError, match="unknown y"):
        parse_look({**base, "screens": {"x": {"site": ["portal"], "all": [{"control": "y"}]}}})
