"""A dialog stands apart: its words and controls aren't the page's, and we find it however it is drawn."""

from __future__ import annotations

from itertools import product

import pytest

from flows import portal_look
from flows.controls import find_all
from flows.layers import is_statement, way_out
from flows.screens import see
from flows.statement import read_statement
from flows.utterance import dialogs_of, modals_of
from tests.assistant.cases.layers import GONE, Content
from tests.assistant.cases.overlay_forms import FORMS, SHEET
from tests.flows.conftest import Stage
from tests.flows.pages import GIVE, INTRO, WITHDRAW
from tests.sampling import sampled

pytestmark = pytest.mark.looks_only

HOME = """<header><a href="/">Ana Sayfa</a></header><main><h1>Online İşlemler</h1><p>Hoş geldiniz.</p>
<a href="/nes">NES İşlemleri</a></main>"""
EONAY = f"<h1>E-Onay İşlemleri</h1><p>{INTRO}</p><p>{GIVE}</p><a href='/'>Ana Sayfa</a> <button>Devam</button>"
SCRIPTS = f"<script>{GONE} function log() {{}} function end() {{}}</script><style>{SHEET}</style>"


def content(title: str, text: str, *labels: str) -> Content:
    """Return the content of a dialog."""
    return Content(title, f"<p>{text}</p>", [f'<button type="button">{label}</button>' for label in labels])


_SAYING = list(product(FORMS, (GIVE, WITHDRAW)))


@pytest.mark.parametrize("form", FORMS)
def test_a_dialog_is_found_in_every_form(stage: Stage, form: str) -> None:
    """Its title, words and buttons are its own, it blocks what is under it, and the page is still the same page."""
    inside = content("NES İşlemleri", "Oturumunuz 60 saniye içinde sona erecek. Devam edilsin mi?", "Evet", "Ana Sayfa")
    stage.show(SCRIPTS + FORMS[form](HOME, inside))
    stage.page.wait_for_load_state("load")
    tab = stage.look()
    [layer] = modals_of(tab)
    assert layer.title == "NES İşlemleri"
    assert "60 saniye" in layer.text
    assert [c.text for c in layer.controls if c.role == "button"] == ["Evet", "Ana Sayfa"]
    assert "60 saniye" not in tab.text
    assert "Evet" not in {c.text for c in tab.controls}
    if form != "hides-the-page":
        assert see(tab, portal_look()).screen == "home"


@pytest.mark.parametrize(("form", "sentence"), sampled(_SAYING, every_run=_SAYING[::5]))
def test_a_sentence_in_a_dialog_states_nothing_of_the_page(stage: Stage, form: str, sentence: str) -> None:
    """A dialog titled E-Onay that gives or withdraws the consent doesn't turn another page into the E-Onay page."""
    stage.show(SCRIPTS + FORMS[form](HOME, content("E-Onay İşlemleri", f"{INTRO}</p><p>{sentence}", "Devam")))
    stage.page.wait_for_load_state("load")
    tab = stage.look()
    assert read_statement(tab, portal_look()) is None
    assert find_all(tab, portal_look().controls["proceed"]) == []


@pytest.mark.parametrize("form", ["native", "plain", "frame-box", "drawer", "shadow"])
def test_a_sentence_over_the_eonay_page_is_no_part_of_its_block(stage: Stage, form: str) -> None:
    """If a dialog over E-Onay talks about withdrawing, that is neither the page's state nor a doubt about it."""
    stage.show(SCRIPTS + FORMS[form](EONAY, content("E-Onay", WITHDRAW, "Devam", "Vazgeç")))
    stage.page.wait_for_load_state("load")
    statement = read_statement(stage.look(), portal_look())
    assert statement is not None
    assert (statement.state, statement.doubts) == ("missing", ())


LONE = "<p>Kart okuyucu sürücüleri güncellendi.</p><button>Kapat</button>"
BARE = HOME.replace("main>", "section>")
PLAIN = {
    "fixed header": f"<div style='position:fixed;top:0;left:0;right:0;height:60px;background:#eee'>{LONE}</div>{HOME}",
    "fixed bar below": f"{HOME}<div style='position:fixed;bottom:0;left:0;right:0;height:90px;background:#eee'>{LONE}</div>",
    "chat in a corner": f"{HOME}<div style='position:fixed;right:9px;bottom:9px;width:250px;height:150px'>{LONE}</div>",
    "shell": f"<div style='position:fixed;inset:0;overflow:auto'>{HOME}{LONE}</div>",
    "shell in frames": f"<div style='position:absolute;inset:0'><div style='position:absolute;inset:0'>{HOME}</div></div>",
    "closed drawer": f"{HOME}<aside role='dialog' aria-modal='true' style='position:fixed;left:-400px;width:300px;top:0'>{LONE}</aside>",
    "drawing behind": f"<div style='position:absolute;inset:0;background:#ddf'></div><div style='position:relative'>{HOME}</div>",
    "film over all": f"{HOME}<div style='position:fixed;inset:0;pointer-events:none;background:#0001'></div>",
    "words behind": f"<p>Kamu SM</p><div style='position:absolute;inset:0;background:#fff'>{BARE}</div>",
    "newer page on top": f"<div>Eski sayfa</div><div style='position:fixed;inset:0;background:#fff'>{HOME}</div>",
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_only_stands_on_a_page_is_no_dialog(stage: Stage, name: str) -> None:
    """Bars, shells, chats, closed drawers and pages laid over older ones block nothing and are part of the page."""
    tab = stage.show(PLAIN[name])
    assert modals_of(tab) == ()
    assert see(tab, portal_look()).screen == "home"


def test_a_scrim_without_words_blocks_too(stage: Stage) -> None:
    """A blank cover keeps you from using what is under it. It may go away by itself."""
    tab = stage.show(f"{HOME}<div style='position:fixed;inset:0;background:#fff8'></div>")
    [layer] = modals_of(tab)
    assert (layer.text, layer.controls) == ("", ())


@pytest.mark.parametrize(
    "box", ["position:fixed;inset:0;width:100%;height:100%", "position:fixed;inset:5%;width:90%;height:90%"]
)
def test_a_frame_of_another_site_over_the_page_is_the_persons(stage: Stage, box: str) -> None:
    """A frame we can't read blocks the page. We don't take it for a message that goes away by itself."""
    tab = stage.show(f"{HOME}<iframe src='http://baska.example/' style='{box};background:#fff'></iframe>")
    [layer] = modals_of(tab)
    assert layer.opaque
    assert not is_statement(layer)
    assert way_out(layer) is None
    assert see(tab, portal_look()).screen == "home"


def test_a_dialog_beside_the_page_keeps_its_words_to_itself(stage: Stage) -> None:
    """A dialog that blocks nothing isn't part of the page either."""
    tab = stage.show(
        f"{HOME}<div role='dialog' style='position:fixed;right:0;bottom:0;width:200px'><h2>E-Onay</h2>{LONE}</div>"
    )
    [layer] = dialogs_of(tab)
    assert (layer.modal, layer.title) == (False, "E-Onay")
    assert "E-Onay" not in "\n".join(tab.headings)
    assert "sürücüleri" not in tab.text


def test_a_text_that_was_not_scrolled_to_its_end_is_unread(stage: Stage) -> None:
    """Once scrolled to its end it counts as read, and nothing was pressed for that."""
    text = "".join(f"<p>Madde {n}</p>" for n in range(40))
    stage.show(
        f"{HOME}<dialog id=d><h2>Duyuru</h2><div style='height:90px;overflow:auto' onscroll='log += 1'>{text}</div>"
        "<button onclick='log += 100'>Kapat</button></dialog><script>window.log = 0; d.showModal()</script>"
    )
    tab = stage.look()
    [layer] = modals_of(tab)
    assert layer.unread
    assert stage.observer.read_on(tab, layer)
    stage.page.wait_for_function("log > 0")
    [layer] = modals_of(stage.look())
    assert not layer.unread
    assert stage.page.evaluate("log") < 100


def test_a_bar_above_a_scrim_is_no_dialog(stage: Stage) -> None:
    """Above a scrim only the box is the dialog. The page's own bar still belongs to the page."""
    tab = stage.show(
        SCRIPTS
        + FORMS["drawer"](HOME, content("Menü", "Kapatmadan önce okuyunuz.", "Tamam"))
        + "<div style='position:fixed;top:0;left:0;right:0;height:80px;z-index:2000'>Kamu SM <a href='/cikis'>Çıkış</a></div>"
    )
    [layer] = modals_of(tab)
    assert layer.title == "Menü"
    assert "Çıkış" in {c.text for c in tab.controls}


ENDED = "Oturumunuz sona erdi. Lütfen yeniden giriş yapınız."


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        (ENDED, "session_ended"),
        ("Oturum süreniz dolmuştur.", "session_ended"),
        ("Oturumunuz zaman aşımına uğradı.", "session_ended"),
        ("Oturumunuz 60 saniye içinde sona erecek. Devam etmek ister misiniz?", "home"),
        ("Oturumunuzun süresi dolmak üzere.", "home"),
        ("Diğer cihazdaki oturumunuz sonlandırıldı. Devam edilsin mi?", "home"),
    ],
)
def test_a_dialog_that_states_the_end_of_the_session_is_believed(stage: Stage, text: str, screen: str) -> None:
    """A dialog that only asks about the end of the session, or announces it, doesn't end it."""
    tab = stage.show(f"{HOME}<dialog id=d>{text}<button>Tamam</button></dialog><script>d.showModal()</script>")
    assert see(tab, portal_look()).screen == screen
