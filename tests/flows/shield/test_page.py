"""The shield on pages made for these tests: what changes late, what only looks dangerous, and what gets through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from flows import Danger, Hand, HostRule, Observer, Shield
from flows.controls import find
from flows.witness import Witness, WitnessQuestion
from mock_portal.server import serve_app
from tests.flows.pages import GIVE, LOGIN, WITHDRAW, eonay, nes
from tests.flows.shield.taken import take_held
from tests.sampling import sampled

TITLE = "<title>Kamu SM</title>"


@dataclass
class Little:
    """A portal that shows the same page at every address and counts the requests."""

    html: str = ""
    came: list[str] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        """Answer any request."""
        self.came.append(f"{request.method} {request.url.path}")
        return HTMLResponse(f"<!doctype html><meta charset=utf-8>{TITLE}<body>{self.html}</body>")


@dataclass
class Stage:
    """A page with the shield up."""

    portal: Little
    port: int
    observer: Observer
    shield: Shield
    page: Page

    def show(self, html: str, *, site: str = "onlineislemler", path: str = "/sayfa") -> None:
        """Show *html* and forget the requests so far."""
        self.portal.html = html
        self.page.goto(f"http://{site}.localhost:{self.port}{path}")
        self.portal.came.clear()
        self.observer.observe()

    def press(self, selector: str) -> Danger | None:
        """Press with the mouse and return what the shield held."""
        box = self.page.locator(selector).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        return self.held()

    def held(self) -> Danger | None:
        """Return what the shield has held since the last call."""
        return take_held(self.observer, self.shield, self.page)

    def comes(self, visit: str) -> bool:
        """Wait a few looks at most for *visit* to come, and return whether it did."""
        for _ in range(40):
            if visit in self.portal.came:
                return True
            self.observer.wait(100)
            self.observer.observe()
        return False

    def stays_away(self, visit: str) -> bool:
        """Send a later request from the same page, wait a moment more, and return whether *visit* still hasn't come."""
        self.page.evaluate("() => { fetch('/sonra'); }")
        assert self.comes("GET /sonra")
        self.observer.wait(300)
        self.observer.observe()
        return visit not in self.portal.came


@contextmanager
def on_stage(browser: Browser, wanted: tuple[Danger, ...] = ()) -> Iterator[Stage]:
    """Set up the portal, the page and the shield."""
    portal = Little()
    app = Starlette(routes=[Route("/{path:path}", portal.answer, methods=["GET", "POST"])])
    context = browser.new_context()
    with serve_app(app) as port:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/landing")
        shield = Shield(rule, wanted)
        observer = Observer(context, rule, shield)
        try:
            yield Stage(portal, port, observer, shield, observer.new_page())
        finally:
            context.close()


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    """A stage for a person who came for E-Onay."""
    with on_stage(browser) as made:
        yield made


@pytest.fixture(scope="module")
def kept_stage(browser: Browser) -> Iterator[Stage]:
    """One such stage for the many pages that are pressed once and say nothing to the shield."""
    with on_stage(browser) as made:
        yield made


HELD: dict[str, tuple[str, Danger]] = {
    "its label is another by the time of the click": (
        "<a id=x href='/git'>Sertifika Listeleme</a>"
        "<script>x.onmousedown = () => { x.textContent = 'Sertifikamı İptal Et'; }</script>",
        "revocation",
    ),
    "its address is another by the time of the click": (
        "<a id=x href='/git'>Sertifika Listeleme</a><script>x.onpointerdown = () => { x.href = '/sertifika/iptal'; }</script>",
        "revocation",
    ),
    "only what is drawn by style says it": (
        "<style>#x::before { content: 'Sertifikamı İptal Et' }</style><a id=x href='/git'></a>",
        "revocation",
    ),
    "a card that no markup tells to be a control": (
        "<h1>NES</h1><div id=x><h3>Askıdan İndirme</h3><p>Askıya alınmış sertifikanızı tekrar kullanıma açmak için "
        "tıklayınız.</p></div><script>x.addEventListener('click', () => { location = '/git'; })</script>",
        "suspension",
    ),
    "a card whose one link says tıklayınız": (
        "<div><h3>Web Parola Değiştirme</h3><p>Parolanız için <a id=x href='/git'>tıklayınız</a></p></div>",
        "web_password",
    ),
    "a link in a drawing": (
        "<svg width=300 height=50><a xlink:href='/git'><text id=x y=20>Sertifikamı İptal Et</text></a></svg>",
        "revocation",
    ),
    "a part of a picture": (
        "<img id=x src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' width=200 height=60 usemap='#m'>"
        "<map name=m><area shape=rect coords='0,0,200,60' href='/git' alt='Askıdan İndirme'></map>",
        "suspension",
    ),
    "a link without a word, laid over one that nobody reaches": (
        "<div style='position:relative;width:300px;height:60px'><a href='/git'>Sertifikamı İptal Et</a>"
        "<a id=x href='/git' style='position:absolute;inset:0;opacity:0'></a></div>",
        "revocation",
    ),
    "one of several cards that nothing tells to be controls": (
        "<ul><li><h3>Web Parola</h3><p>Parolanız.</p><li id=x><h3>Askıdan İndirme</h3><p>Sertifikanız.</p></ul>"
        "<script>document.onclick = (event) => { if (event.target.closest('li')) location = '/git'; }</script>",
        "suspension",
    ),
    "an address that a script makes a link for": (
        "<button id=x>Bilgi</button><script>x.onclick = () => "
        "{ const to = document.createElement('a'); to.href = '/sertifika/iptal'; to.click(); }</script>",
        "revocation",
    ),
    "the consent, in a word of one's own": ("<a id=x href='/git'>E-Onay'ı Kaldır</a>", "withdrawal"),
    "the consent, left": ("<a id=x href='/git'>E-Onaydan Çık</a>", "withdrawal"),
    "the certificate, in another inflection": ("<a id=x href='/git'>Sertifikanın iptali</a>", "revocation"),
    "the certificate, in another verb": ("<a id=x href='/git'>Sertifikamı Sil</a>", "revocation"),
    "the suspension, in another verb": ("<a id=x href='/git'>Askı durumunu kaldır</a>", "suspension"),
    "in English": ("<a id=x href='/git'>Create PIN</a>", "pin"),
    "a withdrawal in the portal's words": (eonay(WITHDRAW).replace("<button>", "<button id=x>"), "withdrawal"),
    "a box that withdraws": (f"<h1>E-Onay</h1><label><input type=checkbox id=x> {WITHDRAW}</label>", "withdrawal"),
    "a question over the page": (
        "<h1>NES</h1><div role=dialog aria-modal=true style='position:fixed;inset:50px'>"
        "<p>Sertifikanız iptal edilecektir. Onaylıyor musunuz?</p><button id=x>Evet</button></div>",
        "revocation",
    ),
    "a harmless word that a script turns into a press elsewhere": (
        "<button id=x onclick='y.click()'>Devam</button><a id=y hidden href='/nes/iptal'>Sertifikamı İptal Et</a>",
        "revocation",
    ),
    "a harmless word that a script follows up": (
        "<button id=x>Bilgi</button><script>x.onclick = () => { location = '/nes/pin'; }</script>",
        "pin",
    ),
}


@pytest.mark.parametrize("name", sampled(HELD, every_run=list(HELD)[::2]))
def test_it_is_held_by_what_it_is_at_that_moment(kept_stage: Stage, name: str) -> None:
    """We judge a press as it happens, whatever the page was at the last look. It doesn't reach the portal."""
    stage, (html, danger) = kept_stage, HELD[name]
    stage.show(html)
    assert stage.press("#x") == danger
    assert stage.stays_away("GET /git")
    assert not [visit for visit in stage.portal.came if "iptal" in visit or "pin" in visit]


LET: dict[str, tuple[str, str]] = {
    "the consent": (eonay(GIVE).replace("<button>", "<button id=x>"), "POST /nes/e-onay/devam"),
    "a way back called İptal": (
        "<h1>Bilgi</h1><form method=post action='/kaydet'><button>Kaydet</button> <a id=x href='/anasayfa'>İptal</a></form>",
        "GET /anasayfa",
    ),
    "a way back called İptal Et, in a form": (
        "<h1>Bilgi</h1><form method=post action='/geri'><button id=x name=iptal value='İptal Et'>İptal Et</button></form>",
        "POST /geri",
    ),
    "Vazgeç where a certificate is revoked": (
        "<h1>Sertifikamı İptal Et</h1><p>Son adım</p><a id=x href='/anasayfa'>Vazgeç</a><button>Devam</button>",
        "GET /anasayfa",
    ),
    "an announcement that names the services": (
        "<div role=dialog aria-modal=true style='position:fixed;inset:50px'><p>PIN Oluşturma ve Sertifika İptal "
        "işlemleri bu gece yapılamayacaktır.</p><form method=post action='/tamam'><button id=x>Tamam</button></form></div>",
        "POST /tamam",
    ),
    "leaving a page that does harm": (
        "<h1>Web Parola Değiştirme</h1><form method=post action='/cikis'><button id=x>Güvenli Çıkış</button></form>",
        "POST /cikis",
    ),
    "a list of what has ended": ("<a id=x href='/liste'>İptal edilen başvurularım</a>", "GET /liste"),
    "a list of certificates": ("<a id=x href='/liste'>Geçersiz sertifikalar</a>", "GET /liste"),
    "a way back that names where to": ("<a id=x href='/liste'>Başvurularıma geri dön</a>", "GET /liste"),
    "a word of what became of it": ("<a id=x href='/durum'>Başvurunuz reddedildi</a>", "GET /durum"),
    "a word about ending": ("<a id=x href='/kosul'>Başvuru iptal koşulları</a>", "GET /kosul"),
    "a window about a certificate": (
        "<form action='/liste'><button id=x>Sertifika ayrıntılarını kapat</button></form>",
        "GET /liste",
    ),
    "a link with a picture alone": (
        "<div style='position:relative'><p>Sertifika iptal listesi için duyurular sayfasına bakabilirsiniz.</p><a id=x href='/logo' "
        "style='position:absolute;inset:0'></a></div>",
        "GET /logo",
    ),
    "a word that is only like one": ("<a id=x href='/spinner/optik'>Kiralık Pinhan Caddesi</a>", "GET /spinner/optik"),
}


@pytest.mark.parametrize("name", LET)
def test_what_is_harmless_is_let_through(kept_stage: Stage, name: str) -> None:
    """A way back, a notice and the consent itself work at the first press, and the shield stays silent."""
    stage, (html, visit) = kept_stage, LET[name]
    stage.show(html)
    assert stage.press("#x") is None
    assert stage.comes(visit)
    stage.page.wait_for_url(lambda url: urlsplit(url).path == visit.split()[1])  # else it may come into the next page


def test_reading_is_not_hindered(stage: Stage) -> None:
    """You can scroll, select, type and tick on a page full of tiles. Only a press on something destructive is held."""
    stage.show(
        f"{nes()}<div style='height:3000px'></div><input id=field><label><input type=checkbox id=box> Okudum</label>"
    )
    tile = stage.page.get_by_text("Sertifikamı İptal Et").bounding_box()
    assert tile is not None
    stage.page.mouse.move(tile["x"] + 5, tile["y"] + 5)
    stage.page.mouse.wheel(0, 400)
    stage.page.wait_for_function("scrollY > 100")
    stage.page.get_by_text("Sertifikanızı tekrar kullanılmayacak").select_text()
    assert "kullanılmayacak" in stage.page.evaluate("getSelection().toString()")
    stage.page.locator("#field").focus()
    stage.page.keyboard.type("iptal et pin")
    stage.page.keyboard.press("Enter")
    assert stage.page.locator("#field").input_value() == "iptal et pin"
    stage.page.locator("#box").check()
    assert stage.page.locator("#box").is_checked()
    assert stage.held() is None


def test_the_gateway_has_no_shield(stage: Stage) -> None:
    """The shield doesn't run on e-Devlet's own pages, where "İptal Et" is the way back."""
    stage.show(LOGIN, site="giris")
    place = stage.observer.worlds.place(stage.page.main_frame)
    assert place is not None
    assert place.call("() => typeof bell + typeof shield") == "objectundefined"
    assert stage.press(".backButton") is None


def test_it_stands_in_frames_and_after_document_open(stage: Stage) -> None:
    """A frame in the page, one that the page writes and a rewritten page are guarded like the page itself."""
    inner = "<a href='/nes/iptal'>Sertifikamı İptal Et</a>"
    stage.show(f'<iframe id=x srcdoc="{inner}" style="width:400px;height:60px"></iframe>')
    box = stage.page.frame_locator("#x").locator("a").bounding_box()
    assert box is not None
    stage.page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert stage.held() == "revocation"
    stage.page.evaluate(f'() => {{ document.open(); document.write("{inner}"); document.close(); }}')
    stage.observer.observe()
    assert stage.press("a") == "revocation"
    stage.page.evaluate("() => { location = '/nes/iptal'; }")
    assert stage.held() == "revocation"
    assert "GET /nes/iptal" not in stage.portal.came


def test_the_assistant_presses_under_its_own_rules(stage: Stage) -> None:
    """The assistant presses its tile on the page of tiles. The press gets through and the shield doesn't hold it."""
    stage.show(nes())
    tab = stage.observer.observe().tabs[0]
    tile = find(tab, stage.observer.rule.look.controls["eonay_tile"])
    assert Hand(stage.observer).press(tab, tile)
    assert stage.comes("GET /nes/6")
    assert stage.held() is None


def test_a_second_word_lets_one_press_through(stage: Stage) -> None:
    """A second yes is good for one press of that kind. The next press, and any other kind, is held again."""
    stage.show(nes().replace("/nes/5", "/sertifika/iptal"))
    tabs = stage.observer.observe().tabs
    stage.shield.leave(tabs, "revocation")
    assert stage.press("a:has-text('Web Parola')") == "web_password"
    assert stage.press("a:has-text('Sertifikamı İptal Et')") is None
    assert stage.comes("GET /sertifika/iptal")
    stage.page.wait_for_url("**/iptal")
    assert stage.press("a:has-text('Sertifikamı İptal Et')") == "revocation"


def test_who_has_come_for_a_pin_gets_that_tile_alone(browser: Browser) -> None:
    """A person with a locked or new card says so. Then the PIN tile is as free as any, and no other is."""
    with on_stage(browser, wanted=("pin",)) as stage:
        stage.show(nes())
        assert stage.press("a:has-text('Sertifikamı İptal Et')") == "revocation"
        assert stage.press("a:has-text('PIN Oluşturma')") is None
        assert stage.comes("GET /nes/3")


def test_a_withdrawal_in_other_words_is_known_from_the_look(stage: Stage) -> None:
    """What only the program can read, it tells the page. So Devam under a reworded withdrawal is held."""
    stage.show(eonay("Önceden verdiğim E-Onay'dan feragat ediyorum.").replace("<button>", "<button id=x>"))
    assert stage.shield.judge(stage.observer.observe().tabs[0]) == "withdrawal"
    assert stage.press("#x") == "withdrawal"


def test_the_witness_is_not_disturbed(stage: Stage) -> None:
    """With the shield in the page, the second witness says the same as without it."""
    stage.show(eonay(GIVE))
    tab = stage.observer.observe().tabs[0]
    proceed = find(tab, stage.observer.rule.look.controls["proceed"])
    assert Witness(stage.observer.rule).disagrees(tab, WitnessQuestion(proceed, GIVE)) is None
