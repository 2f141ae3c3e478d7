"""Our scripts look, ring and guard in their own world. No page can steer them, hear them or speak for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from time import monotonic, time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.browser.launch import LOOPBACK_ONLY
from assistant.setup import find_browser
from flows import PageChanged, portal_look
from flows.controls import find
from flows.errors import PressMissed
from flows.observation import Control, TabView
from tests.flows.conftest import PORT, Stage, stage_in
from tests.sampling import sampled

HOME = portal_look().controls["portal_home"]
BUTTON = "<script>window.pressed = 0</script><h1>Hoş geldiniz</h1><a href='#' onclick='pressed += 1; return false'>Ana Sayfa</a>"

# Things a page may have replaced, as old Prototype.js did with arrays, or as a page would if it wanted to steer us.
# Each of them breaks or fakes whatever relies on it in the page's own world.
PATCHES = {
    "JSON": "JSON.stringify = () => '{}'; JSON.parse = () => ({})",
    "toJSON": "Array.prototype.toJSON = String.prototype.toJSON = Object.prototype.toJSON = () => 'x'",
    "array": "for (const name of ['map', 'filter', 'find', 'findIndex', 'some', 'every', 'forEach', 'includes', 'push',"
    " 'pop', 'slice', 'join', 'flatMap', 'indexOf', 'shift', 'sort', 'entries', 'values', 'concat'])"
    " Array.prototype[name] = function () { return []; };"
    " Array.prototype[Symbol.iterator] = function* () {}; Array.from = () => [];",
    "prototype": "Object.prototype.each = Array.prototype.each = () => {}; Array.prototype.reduce = () => 0;"
    " Function.prototype.bind = function () { return () => {}; }; Element.prototype.remove = () => {};"
    " document.getElementsByClassName = () => []; window.$ = window.$$ = () => [];",
    "setters": "for (const name of ['text', 'role', 'index', 'value', 'get', 'set', 'enumerable', 'bell', 'picked'])"
    " Object.defineProperty(Object.prototype, name, { set() { throw new Error('no'); }, get() { return 7; }, configurable: true });",
    "console": "for (const name of Object.keys(console)) console[name] = () => { throw new Error('no'); };",
    "maps": "window.Map = window.Set = window.WeakMap = window.RegExp = function () { throw new Error('no'); };",
    "map methods": "Map.prototype.get = Map.prototype.set = Set.prototype.has = () => undefined; Set.prototype.add = () => {};"
    " Map.prototype[Symbol.iterator] = Set.prototype[Symbol.iterator] = function* () {};",
    "strings": "String.prototype.replace = String.prototype.trim = String.prototype.split = () => '';"
    " RegExp.prototype.test = () => true; RegExp.prototype.exec = () => null; RegExp.prototype[Symbol.replace] = () => 'x';",
    "layout": "document.elementFromPoint = Document.prototype.elementFromPoint = () => document.body;"
    " Element.prototype.getBoundingClientRect = () => ({ x: 1, y: 1, width: 2, height: 2, right: 3, bottom: 3 });"
    " window.getComputedStyle = () => ({ display: 'none' }); Element.prototype.checkVisibility = () => false;"
    " Range.prototype.getClientRects = () => []; Element.prototype.getClientRects = () => [];"
    " Element.prototype.scrollIntoView = () => { throw new Error('no'); };",
    "waits": "window.requestAnimationFrame = () => 0; window.setTimeout = () => 0; window.Promise = function () {};"
    " window.queueMicrotask = () => {}; Promise.prototype.then = () => {};",
    "tree": "Element.prototype.matches = () => true; Element.prototype.closest = () => null; Element.prototype.getAttribute"
    " = () => 'revoke'; document.querySelector = document.querySelectorAll = Document.prototype.querySelectorAll = () => [];"
    " document.createTreeWalker = document.createRange = () => null;"
    " Object.defineProperty(Node.prototype, 'childNodes', { get: () => [] });"
    " Object.defineProperty(Element.prototype, 'shadowRoot', { get: () => document.head });"
    " Object.defineProperty(Node.prototype, 'nodeType', { get: () => 8 });",
    "events": "Event.prototype.composedPath = () => []; Event.prototype.stopImmediatePropagation = () => {};"
    " Event.prototype.preventDefault = () => {}; window.addEventListener = EventTarget.prototype.addEventListener = () => {};"
    " Object.defineProperty(MouseEvent.prototype, 'isTrusted', { get: () => false });",
    "observers": "window.MutationObserver = function () { this.observe = () => {}; }; performance.now = () => 0;",
    "text": "Object.defineProperty(CharacterData.prototype, 'data', { get: () => 'Sertifikamı İptal Et' });"
    " Object.defineProperty(Node.prototype, 'textContent', { get: () => 'Sertifikamı İptal Et' });",
}
PATCHES["all"] = "".join(f"try {{ {patch} }} catch {{}};" for patch in PATCHES.values())


def _facts(tab: TabView) -> tuple[str, list[list[object]]]:
    return tab.text, [control.facts() for control in tab.controls]


@pytest.mark.parametrize("name", sampled(PATCHES, every_run=["all", "prototype", "layout"]))
def test_a_page_that_replaces_what_scripts_are_built_upon_is_seen_and_pressed_as_any_other(
    stage: Stage, name: str
) -> None:
    """Whatever a page replaced in its own world, we see it as it is, it rings, and presses land where they should."""
    plain = stage.show(BUTTON)
    tab = stage.show(BUTTON, head=f"<script>{PATCHES[name]}</script>")
    assert _facts(tab) == _facts(plain)
    while stage.observer.wait(300):
        tab = stage.look()
    _run(stage, "document.title = 'Yeni'")
    assert stage.observer.wait(2_000)
    assert stage.hand.press(tab, find(tab, HOME))
    assert _run(stage, "pressed") == 1


@pytest.mark.parametrize("name", sampled(PATCHES, every_run=["all", "tree", "events"]))
def test_the_guard_is_not_steered(stage: Stage, name: str) -> None:
    """If the control changes under the mouse, we hold the press back, whatever the page has replaced."""
    body = BUTTON.replace("<a ", "<a onmousemove='this.id = `iptal`' ")
    tab = stage.show(body, head=f"<script>{PATCHES[name]}</script>")
    with pytest.raises(PressMissed):
        stage.hand.press(tab, find(tab, HOME))
    assert _run(stage, "pressed") == 0


def _run(stage: Stage, expression: str) -> Any:
    """Run *expression* in the page's own world through the browser. Playwright's own scripts fail on such pages."""
    session = stage.page.context.new_cdp_session(stage.page)
    try:
        return session.send("Runtime.evaluate", {"expression": expression})["result"].get("value")
    finally:
        session.detach()


FIRST = """<script>
for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
  window.addEventListener(kind, (event) => {{ heard.push(kind); event.stopImmediatePropagation(); {} }}, true);
</script>"""


def test_the_guard_hears_a_press_before_the_page_s_first_script_does(stage: Stage) -> None:
    """A page that swallows every press from its first script on can't keep one from the guard."""
    head = "<script>window.heard = []</script>" + FIRST.format("")
    tab = stage.show(BUTTON.replace("<a ", "<a onmousemove='this.id = `iptal`' "), head=head)
    with pytest.raises(PressMissed):
        stage.hand.press(tab, find(tab, HOME))
    assert stage.page.evaluate("heard") == []


@pytest.mark.parametrize("how", ["whole", "later"])
def test_the_guard_stands_again_after_document_open(stage: Stage, how: str) -> None:
    """`document.open` removes all of a document's listeners. We still see, hear and guard the rewritten page."""
    stage.show("<p>Eski</p>")
    rewritten = BUTTON.replace("<a ", "<a onmousemove='this.id = `iptal`' ")
    write = "document.open(); document.write(text); document.close();"
    stage.page.evaluate(
        f"text => {{ {write if how == 'whole' else f'setTimeout(() => {{ {write} }}, 100)'} }}", rewritten
    )
    stage.page.get_by_text("Ana Sayfa").wait_for()
    tab = stage.look()
    while stage.observer.wait(300):
        tab = stage.look()
    with pytest.raises(PressMissed):
        stage.hand.press(tab, find(tab, HOME))
    assert stage.page.evaluate("pressed") == 0
    stage.look()
    stage.page.evaluate("document.querySelector('a').removeAttribute('onmousemove')")
    assert stage.observer.wait(2_000)
    tab = stage.look()
    control = next(control for control in tab.controls if control.id == "iptal")
    assert stage.observer.arm(tab, control) is not None
    stage.page.get_by_text("Ana Sayfa").click()
    assert stage.page.evaluate("pressed") == 1


def test_a_page_cannot_speak_for_us(stage: Stage) -> None:
    """Whatever a page prints, calls or makes up as an event, none of it counts as ours."""
    speaking = """<script>
    const names = ['eonay', 'eonayTells', 'bell', 'SAY', 'say', 'guard', 'picked'];
    window.known = names.filter((name) => name in window);
    const speak = () => {
      for (const word of ['changed', 'missed', 'pressed', 'eonay:missed', 'eonay:changed'])
        for (const say of [console.debug, console.log, ...names.map((name) => window[name])]) if (say) say(word);
      for (const kind of ['pointerdown', 'mousedown', 'click']) document.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
    };
    setInterval(speak, 5);
    addEventListener('mousemove', speak);
    </script>"""
    tab = stage.show(speaking + BUTTON)
    assert stage.page.evaluate("known") == []
    while stage.observer.wait(200):
        tab = stage.look()
    assert stage.hand.press(tab, find(tab, HOME))
    assert stage.page.evaluate("pressed") == 1
    assert stage.observer.missed(stage.page) == 0


def test_what_we_keep_in_our_world_is_not_in_the_page_s(stage: Stage) -> None:
    """The page finds none of our names, elements or attributes."""
    count = "() => [Object.getOwnPropertyNames(window).sort().join(), document.documentElement.outerHTML]"
    tab = stage.show(BUTTON)
    with_us = stage.page.evaluate(count)
    assert stage.observer.pick(tab, find(tab, HOME)).element.evaluate("el => el.textContent") == "Ana Sayfa"
    assert stage.page.evaluate(count) == with_us
    own = stage.page.context.browser.new_context()  # type: ignore[union-attr]
    try:
        without_us = own.new_page()
        without_us.route(
            "**/*", lambda route: route.fulfill(body=stage.pages[stage.page.url], content_type="text/html")
        )
        without_us.goto(stage.page.url)
        assert without_us.evaluate(count) == with_us
    finally:
        own.close()


def test_a_miss_stays_counted(stage: Stage) -> None:
    """Neither a navigation nor a script lowers the count of presses held back."""
    tab = stage.show(BUTTON.replace("<a ", "<a onmousemove='this.id = `iptal`' "))
    with pytest.raises(PressMissed):
        stage.hand.press(tab, find(tab, HOME))
    stage.show(BUTTON)
    stage.page.reload()
    assert stage.observer.missed(stage.page) == 1


def test_a_change_ends_the_wait_at_once(stage: Stage) -> None:
    """We hear about a change long before the wait times out, even on a busy machine."""
    stage.show("<p id='p'>Hoş geldiniz</p>")
    while stage.observer.wait(300):
        stage.look()
    took = []
    for _ in range(11):
        while stage.observer.wait(40):  # whatever still rings from the last round
            stage.look()
        stage.page.evaluate("setTimeout(() => { p.append('x'); window.changed = Date.now(); }, 60)")
        assert stage.observer.wait(5_000)
        now = time() * 1000
        took.append(now - stage.page.evaluate("changed"))
    assert max(took) < 2_500


def test_a_wait_has_its_end(stage: Stage) -> None:
    """If nothing changes, the wait ends on time. If it rings earlier, the wait ends at once."""
    stage.show("<p>Hoş geldiniz</p>")
    while stage.observer.wait(300):
        stage.look()
    began = monotonic()
    assert not stage.observer.wait(150)
    assert 0.14 < monotonic() - began < 5
    stage.observer.ring()
    assert stage.observer.wait(60_000)


# --- frames and tabs, in a browser with a process for each site ---------------------------------------------


@pytest.fixture(scope="module")
def full_browser(playwright: Any) -> Iterator[Browser]:
    """A full browser, where a frame of another site has its own process, as in a person's browser."""
    found = find_browser(None)
    browser = playwright.chromium.launch(**found.launch_options(*LOOPBACK_ONLY, "--site-per-process"))
    yield browser
    browser.close()


@pytest.fixture
def either(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Stage]:
    """A stage in a small browser, and one in a browser with a process for each site."""
    chosen: Browser = browser if request.param == "shell" else request.getfixturevalue("full_browser")
    context = chosen.new_context()
    yield stage_in(context)
    with suppress(PlaywrightError):
        context.close()


IN_BOTH = pytest.mark.parametrize("either", sampled(["shell", "whole"], every_run=["whole"]), indirect=True)
INNER = "<style>body {{ margin: 9px }}</style>" + BUTTON.replace("Hoş geldiniz", "{}")
FRAMES = {
    "same": (f"<iframe src='http://onlineislemler.localhost:{PORT}/ic'></iframe>", "onlineislemler"),
    "other-site": (f"<iframe src='http://nesbilgi.localhost:{PORT}/ic'></iframe>", "nesbilgi"),
    "srcdoc": ('<iframe srcdoc="{}"></iframe>', ""),
    "written": (
        "<iframe></iframe><script>const inner = document.querySelector('iframe').contentDocument; inner.open();"
        " inner.write({!r}.replaceAll('~', '/')); inner.close();</script>",
        "",
    ),
    "turned": (
        f"<iframe style='border:7px solid;padding:11px;margin:30px;transform:scale(.7)' src='http://nesbilgi.localhost:{PORT}/ic'>"
        "</iframe>",
        "nesbilgi",
    ),
    "in-another": (f"<iframe src='http://nesbilgi.localhost:{PORT}/um'></iframe>", "nesbilgi"),
}


@pytest.mark.parametrize(
    ("either", "kind", "steady"),
    sampled(
        product(["shell", "whole"], FRAMES, [True, False]),
        every_run=[
            *[("shell", "same", True), ("shell", "srcdoc", False), ("shell", "written", True)],
            *[("whole", "turned", True), ("whole", "other-site", False), ("whole", "in-another", True)],
        ],
    ),
    indirect=["either"],
)
def test_a_control_in_a_frame_is_seen_pressed_and_guarded(either: Stage, kind: str, steady: bool) -> None:
    """Whatever process a frame is in, however it is drawn, we press its control once, as we saw it, or not at all."""
    inner = INNER.format("Duyurular")
    if not steady:
        inner = inner.replace("<a ", "<a onmousemove='this.id = `iptal`' ")
    markup, site = FRAMES[kind]
    if site:
        either.put(inner, site=site, path="/ic")
        either.put(
            f"<p>Dış</p><iframe src='http://onlineislemler.localhost:{PORT}/en-ic'></iframe>", site=site, path="/um"
        )
        either.put(inner, path="/en-ic")
    elif kind == "srcdoc":
        markup = markup.format(inner.replace('"', "&quot;"))
    else:
        markup = markup.format(inner.replace("</", "<~"))
    tab = either.show(f"<p>Bir</p>{markup}<iframe src='http://ilan.localhost:{PORT + 1}/'></iframe><p>Son</p>")
    tab = _until(either, lambda tab: any("Ana Sayfa" in control.text for control in tab.controls))
    control: Control = find(tab, HOME)
    frame = tab.frames[control.frame].frame
    assert frame != either.page.main_frame
    if steady:
        assert either.hand.press(tab, control)
    else:
        with pytest.raises(PageChanged):
            either.hand.press(tab, control)
    assert frame.evaluate("pressed") == int(steady)


def _until(stage: Stage, fits: Callable[[TabView], bool]) -> TabView:
    until = monotonic() + 10
    while not fits(tab := stage.look()):
        assert monotonic() < until, tab
        stage.observer.wait(250)
    return tab


# The browser's own process learns a few drawn frames late where a frame is.
_MOVED_AWAY = """async () => {
  document.querySelector('iframe').style.left = '600px';
  for (let n = 0; n < 6; n += 1) await new Promise(requestAnimationFrame);
}"""


@IN_BOTH
def test_a_press_that_misses_the_frame_is_held_back(either: Stage) -> None:
    """If a frame moves away from under the mouse, we don't press what is there instead."""
    either.put(BUTTON, site="nesbilgi", path="/ic")
    moving = (
        "<script>window.wrong = 0; window.onmousemove = () => {}</script>"
        f"<iframe style='position:absolute;left:0;top:0' src='http://nesbilgi.localhost:{PORT}/ic'></iframe>"
        "<button style='position:absolute;left:0;top:0;width:400px;height:200px;z-index:-1' onclick='wrong += 1'>Sil</button>"
    )
    either.show(moving)
    tab = _until(either, lambda tab: any("Ana Sayfa" in control.text for control in tab.controls))
    control = find(tab, HOME)
    picked = either.observer.pick(tab, control)
    point = either.observer.arm(tab, picked.control, text=picked.text)
    assert point is not None
    either.page.evaluate(_MOVED_AWAY)
    either.page.mouse.click(*point)
    assert either.page.evaluate("wrong") == 0
    _until(either, lambda _tab: either.observer.missed(either.page) == 1)
    either.observer.disarm(tab)
    either.page.mouse.click(*point)
    assert either.page.evaluate("wrong") == 1, "afterwards a person can press"


@IN_BOTH
def test_from_host_to_host_we_stay(either: Stage) -> None:
    """Each host may be another process. The new page is guarded from the start, rings, and can be seen and pressed."""
    for site in ("onlineislemler", "giris", "nesbilgi", "giris"):
        either.put(BUTTON + f"<p id='p'>{site}</p>", site=site, path="/sayfa")
    for site in ("onlineislemler", "giris", "nesbilgi", "giris"):
        either.look()
        either.page.goto(f"http://{site}.localhost:{PORT}/sayfa")
        assert either.observer.wait(5_000), "a new page rings"
        tab = either.look()
        while either.observer.wait(300):
            tab = either.look()
        assert tab.frames[0].is_guarded
        assert site in tab.text
        either.page.evaluate("setTimeout(() => document.querySelector('p').append(' yeni'), 50)")
        assert either.observer.wait(5_000), site
        tab = either.look()
        assert either.hand.press(tab, find(tab, HOME))
        assert either.page.evaluate("pressed") == 1


@IN_BOTH
def test_a_window_that_a_page_opens_is_guarded_once_it_is_loaded_anew(either: Stage) -> None:
    """We come too late to a window that a page opens, and know it. On its next page we come before any script."""
    either.put(BUTTON, path="/yeni")
    either.show("<button onclick=\"window.open('/yeni')\">Aç</button>")
    with either.page.context.expect_page() as opened:
        either.page.click("button")
    opened.value.wait_for_load_state()
    tab = either.look()
    assert "Hoş geldiniz" in tab.text
    assert not tab.is_guarded(find(tab, HOME))
    opened.value.goto(opened.value.url)
    tab = either.look()
    assert tab.is_guarded(find(tab, HOME))


@IN_BOTH
def test_a_page_whose_process_dies_keeps_nobody(either: Stage) -> None:
    """We can read nothing on a page that crashed, but nothing waits for it, and we still see the other tabs."""
    either.show("<p>Hoş geldiniz</p>")
    other = either.observer.new_page()
    crashed: list[Page] = []
    either.page.on("crash", lambda page: crashed.append(page))
    with suppress(PlaywrightError):
        either.page.goto("chrome://crash")
    other.goto(f"http://onlineislemler.localhost:{PORT}/page")
    tabs = either.observer.observe().tabs
    assert "Hoş geldiniz" in tabs[-1].text
    assert crashed == [either.page]
