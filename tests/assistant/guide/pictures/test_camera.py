"""One picture of one page: what is covered, what is marked, and what fails."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from assistant.base.errors import GuideError
from assistant.guide.model import PictureMark
from assistant.guide.pictures.camera import TAKINGS, Camera, Capture, Privacy
from assistant.guide.pictures.catalogue import MarkSpec, PictureSpec, Target, TargetKind
from flows import HostRule, Observer, portal_look

ADDRESS = "http://onlineislemler.localhost/"
HEAD = '<!doctype html><html lang="tr"><meta charset="utf-8"><title>Kamu SM</title><body style="font: 20px Arial">'
WHO = Privacy(("AYŞE IŞIK", "AYŞE", "IŞIK"))
POLICY = "default-src 'none'"

PERSONAL = {
    "name in any case": "<p>Sayın Ayşe Işık, hoş geldiniz</p>",
    "name in capitals": "<p>AYŞE IŞIK</p>",
    "name without Turkish rules": "<p>ayşe işik</p>",
    "identity number": "<p>No: 10000000146</p>",
    "grouped number": "<p>100 000 001 46</p>",
    "split digits": "<p>" + "".join(f"<span>{digit}</span>" for digit in "123456789012345") + "</p>",
    "field": "<p><input value='gizli'></p>",
    "code in a field": "<p><input value='123456789012345' readonly></p>",
    "shadow root": "<p><x-y><template shadowrootmode='open'>10000000146</template></x-y></p>",
    "frame": "<iframe width=400 height=80 srcdoc='<p>10000000146</p>'></iframe>",
}


def take(
    context: BrowserContext,
    body: str,
    target: Target,
    *,
    policy: str = "",
    ribbon: str = "",
    countdown: int | None = None,
) -> Capture:
    """Take one picture of a page with *body* and mark *target* on it."""
    headers = {"content-type": "text/html; charset=utf-8", **({"content-security-policy": policy} if policy else {})}
    context.route("**/*", lambda route: route.fulfill(body=HEAD + body, headers=headers))
    page = context.new_page()
    observer = Observer(context, HostRule.for_loopback(ADDRESS))
    page.goto(ADDRESS)
    camera = Camera(portal_look(), "tr", WHO, ribbon=ribbon, takings=TAKINGS[:1])
    spec = PictureSpec("one", "", "", (MarkSpec(target, "box", {}),), countdown=countdown)
    return camera.take(spec, page, lambda: observer.observe().tabs[-1]).takings["light", "desktop"]


@pytest.mark.parametrize("body", PERSONAL.values(), ids=PERSONAL)
def test_what_is_personal_is_covered(context: BrowserContext, body: str) -> None:
    """Whatever form it has, it lies under a mask of one colour."""
    taken = take(context, f"<h1>Portal</h1>{body}", Target("says", "Portal"))
    masks = [mark for mark in taken.marks if mark.kind == "mask"]
    assert masks
    assert all(_is_plain(taken.png, mark) for mark in masks)


def test_nothing_else_is_covered(context: BrowserContext) -> None:
    """Telephone numbers, times, parts of words and empty fields stay."""
    body = "<p>444 5 576, 286 saniye, 26.11.2026, 10:35, IŞIKLI</p><input><h1>Portal</h1>"
    assert [mark.kind for mark in take(context, body, Target("says", "Portal")).marks] == ["box"]


def test_a_strict_content_policy_uncovers_nothing(context: BrowserContext) -> None:
    """Masks don't need the leave of the page."""
    taken = take(context, "<h1>Portal</h1><p>10000000146</p>", Target("says", "Portal"), policy=POLICY)
    assert [_is_plain(taken.png, mark) for mark in taken.marks if mark.kind == "mask"] == [True]


def test_the_ribbon_lies_where_nothing_is(context: BrowserContext) -> None:
    """It says what the picture is without hiding what is in the corner."""
    corner = "<p style='position: fixed; right: 0; bottom: 0; margin: 0'>Burada bir söz durur</p><h1>Portal</h1>"
    ribbon = take(context, corner, Target("says", "Portal"), ribbon="ÖRNEK / BENZETİM").ribbon
    assert ribbon is not None
    assert ribbon.x + ribbon.width < 800


def test_a_countdown_stands_still_though_an_answer_comes(browser: Browser) -> None:
    """What the page writes while the picture is taken is held as well."""
    body = "<h1>Portal</h1><p>Kalan süre: <span id=left>300</span> saniye</p>"
    late = """<script>
      const left = document.getElementById('left');
      new MutationObserver((_, own) => { own.disconnect(); left.textContent = '299'; })
        .observe(left, { childList: true, characterData: true, subtree: true });
    </script>"""
    pictures = []
    for page in (body, body + late):
        with browser.new_context() as context:
            pictures.append(take(context, page, Target("says", "Portal"), countdown=286).png)
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("kind", ["says", "tile", "control"])
@pytest.mark.parametrize(("times", "reason"), [(0, "picture_target_missing"), (2, "picture_target_ambiguous")])
def test_a_target_that_is_not_there_once_fails(
    context: BrowserContext, kind: TargetKind, times: int, reason: str
) -> None:
    """The error says which, and names picture and target."""
    name = "proceed" if kind == "control" else "Devam"
    with pytest.raises(GuideError) as caught:
        take(context, "<h1>Portal</h1>" + "<button>Devam</button>" * times, Target(kind, name))
    assert (caught.value.code, caught.value.detail) == (reason, f"one: {kind} {name}")


def _is_plain(png: bytes, mark: PictureMark) -> bool:
    with Image.open(BytesIO(png)) as picture:
        scale = picture.width / 1080
        box = mark.box
        sides = (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1)
        area = picture.convert("RGB").crop(tuple(round(side * scale) for side in sides))  # type: ignore[arg-type]
    return area.getcolors(1) is not None
