"""When we believe a page: the definition of settled as a table, and which parts of a page count."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from flows.blocks import drawn
from flows.look import portal_look
from flows.settled import Drawn, Settling, Unsettled, unsettled
from flows.statement import read_statement
from tests.flows.conftest import Stage
from tests.flows.pages import GIVE, INTRO

pytestmark = pytest.mark.looks_only

SETTLE_S = 2.0
PAGE = (1.0,)
PLAIN = Drawn(block=1)
OTHER = Drawn(block=2)
LOADING = Drawn(block=1, is_complete=False)
DRAWING = Drawn(block=1, is_drawing=True)
AWAITING = Drawn(block=1, awaits_data=True)
DOUBTFUL = Drawn(block=1, is_doubtful=True)


def judged(looks: Iterable[tuple[float, Drawn]]) -> Unsettled | None:
    """Return the verdict after the last of *looks*. Each look comes with its time in seconds."""
    settling = Settling()
    for now, one in looks:
        settling = settling.looked(PAGE, one, now)
        answer = unsettled(settling, one, now, SETTLE_S)
    return answer


@pytest.mark.parametrize(
    ("looks", "why"),
    [
        ([(10, PLAIN)], None),
        ([(10, LOADING)], Unsettled.LOADING),
        ([(10, LOADING), (10.1, PLAIN)], None),
        ([(10, LOADING), (10.1, OTHER)], None),
        ([(10, LOADING), (12.1, LOADING)], None),
        ([(10, DRAWING)], Unsettled.DRAWING),
        ([(10, DRAWING), (40, DRAWING)], Unsettled.DRAWING),
        ([(10, DRAWING), (10.1, PLAIN)], Unsettled.CHANGING),
        ([(10, DRAWING), (10.1, OTHER), (12.2, OTHER)], None),
        ([(10, AWAITING)], Unsettled.AWAITING),
        ([(10, AWAITING), (14, AWAITING), (14.1, PLAIN)], Unsettled.CHANGING),
        ([(10, AWAITING), (14, PLAIN), (16.1, PLAIN)], None),
        ([(10, DOUBTFUL)], Unsettled.CHANGING),
        ([(10, DOUBTFUL), (12.1, DOUBTFUL)], None),
        ([(10, PLAIN), (10.1, OTHER)], Unsettled.CHANGING),
        ([(10, PLAIN), (10.1, OTHER), (12.2, OTHER)], None),
        ([(10, PLAIN), (10.1, OTHER), (12, PLAIN), (12.2, PLAIN)], Unsettled.CHANGING),
    ],
)
def test_a_page_is_believed_when_nothing_speaks_against_it(
    looks: list[tuple[float, Drawn]], why: Unsettled | None
) -> None:
    """A plain page costs no time. If anything was wrong since it came, its block has to stay unchanged for a while."""
    assert judged(looks) is why


def test_another_page_begins_anew() -> None:
    """What one document showed says nothing about the next."""
    settling = Settling().looked(PAGE, DRAWING, 10).looked((2.0,), OTHER, 10.1)
    assert unsettled(settling, OTHER, 10.1, SETTLE_S) is None


def test_the_answer_to_a_press_is_no_surprise_but_what_follows_is() -> None:
    """The first change after a press counts as a new page. We watch it like one."""
    pressed = Settling().looked(PAGE, PLAIN, 10).acted(11)
    answered = pressed.looked(PAGE, PLAIN, 11.1).looked(PAGE, OTHER, 11.2)
    assert unsettled(answered, OTHER, 11.2, SETTLE_S) is None
    corrected = answered.looked(PAGE, PLAIN, 11.4)
    assert unsettled(corrected, PLAIN, 11.4, SETTLE_S) is Unsettled.CHANGING


_STYLE = """<style>@keyframes k{50%{opacity:.4}} @keyframes t{to{transform:rotate(1turn)}} @keyframes m{to{translate:9px}}
.line{height:16px;width:200px;margin:4px} .pulse{background:#eee;animation:k 1s infinite} .grey{background:#ddd}
.spin{width:32px;height:32px;border:3px solid #ccc;animation:t 1s infinite linear}
.dot{display:inline-block;width:10px;height:10px;background:#06c;animation:m 1s infinite}</style>"""
_WORDS = "<h1>NES İşlemleri</h1><p>İşlemlerinizi buradan yapabilirsiniz.</p><a href='/e'>E-Onay İşlemleri</a>"


@pytest.mark.parametrize(
    ("body", "is_drawing", "is_doubtful"),
    [
        (_WORDS, False, False),
        (f"{_WORDS}<div class='line pulse'></div>", True, True),
        (f"{_WORDS}<div class=spin></div>", True, True),
        (f"{_WORDS}<div class=spin role=status><span style='position:absolute;clip:rect(0 0 0 0)'>Yükleniyor</span></div>", True, True),
        (f"{_WORDS}<p><i class=dot></i><i class=dot></i><i class=dot></i></p>", True, True),
        (f"{_WORDS}<p>Çevrimiçi <i class=dot></i></p>", False, False),
        (f"<div aria-busy=true>{_WORDS}</div>", True, True),
        (f"{_WORDS}<progress></progress>", True, True),
        (f"{_WORDS}<progress value=3 max=10></progress>", False, False),
        (f"{_WORDS}<div role=progressbar style='width:90px;height:9px'></div>", True, True),
        (f"{_WORDS}<div role=progressbar aria-valuenow=3 style='width:90px;height:9px'></div>", False, False),
        (f"{_WORDS}<p role=status>Bilgiler yükleniyor…</p>", True, False),
        (f"{_WORDS}<p>Sayfa yükleniyorsa bekleyiniz ve sonra tekrar deneyiniz.</p>", False, False),
        (f"{_WORDS}<p>▒▒▒▒▒ ▒▒▒</p>", True, False),
        (f"{_WORDS}<div class='line grey'></div><div class='line grey'></div>", False, True),
        ("<h1>NES İşlemleri</h1><div class='line grey'></div><div class='line grey'></div>", True, True),
        (f"{_WORDS}<div class='line grey'></div>", False, False),
        (f"<header><div class=spin></div><p>Duyurular yükleniyor…</p></header>{_WORDS}", False, False),
        (f"{_WORDS}<footer><div class='line pulse'></div></footer>", False, False),
        (f"{_WORDS}<aside aria-busy=true>Sohbet</aside>", False, False),
        (f"{_WORDS}<div aria-roledescription=carousel><div class='line pulse'></div></div>", False, False),
        (f"{_WORDS}<div class=spin style='display:none'></div>", False, False),
        (f"{_WORDS}<div id=h></div><script>h.attachShadow({{mode:'open'}}).innerHTML=`{_STYLE}<div class='line pulse'></div>`</script>", True, True),
    ],
)  # fmt: skip
def test_placeholders_and_what_is_busy_are_told_from_ornaments(
    stage: Stage, body: str, is_drawing: bool, is_doubtful: bool
) -> None:
    """Skeletons, spinners and loading words in the content count. Those in a header, footer, carousel or chat don't."""
    seen = drawn(stage.show(body, head=_STYLE))
    assert (seen.is_drawing, seen.is_doubtful) == (is_drawing, is_doubtful)


_FORM = f"<div><p>{INTRO}</p><label><input type=checkbox> {GIVE}</label> <button>Devam</button></div>"


@pytest.mark.parametrize(
    ("body", "is_drawing"),
    [
        (f"<main><h1>E-Onay İşlemleri</h1>{_FORM}</main>", False),
        (f"<main><h1>E-Onay İşlemleri</h1>{_FORM}<section><h2>Duyurular</h2><div class='line pulse'></div><a href='#a'>Tümü</a></section></main>", False),
        (f"<main><h1>E-Onay İşlemleri</h1>{_FORM.replace('<button>', '<div class=spin></div><button>')}</main>", True),
        (f"<main style='position:relative'><h1>E-Onay İşlemleri</h1>{_FORM}<div style='position:absolute;inset:0;background:#fff8'><div class=spin></div></div></main>", True),
        (f"<main aria-busy=true><h1>E-Onay İşlemleri</h1>{_FORM}</main>", True),
    ],
)  # fmt: skip
def test_on_the_e_onay_page_only_the_decisive_block_counts(stage: Stage, body: str, is_drawing: bool) -> None:
    """We don't wait for a placeholder beside the decisive block. We do wait for one in it or over it."""
    tab = stage.show(body, head=_STYLE)
    statement = read_statement(tab, portal_look())
    assert statement is not None
    assert drawn(tab, statement).is_drawing is is_drawing


def test_clocks_and_the_countdown_are_no_change(stage: Stage) -> None:
    """If only a clock or the countdown runs, the block is the same. If a code changes, it isn't."""
    stage.show("<p id=t>Kalan süre: 04:59</p><p id=c>Doğrulama Kodu: 123456789012345</p>")

    def block() -> int:
        return drawn(stage.look()).block

    first = block()
    stage.page.evaluate("t.textContent = 'Kalan süre: 00:09'")
    assert block() == first
    stage.page.evaluate("c.textContent = 'Doğrulama Kodu: 123456789012346'")
    assert block() != first
