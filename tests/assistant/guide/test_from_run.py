"""Pictures from a guided run: only with the person's word, never at e-Devlet, covered, and kept one by one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

import fixtures
from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.guided_run import Desk, guide_with_card, portal_context
from assistant.desk.panel import open_panel
from assistant.guide.book import Needed, NoPictures, needed, read_guide
from assistant.guide.brand import example_brand
from assistant.guide.from_run.camera import Photo, PortalCamera, covered, portal_words
from assistant.guide.from_run.develop import TakeKept
from assistant.guide.from_run.review import PictureTaking
from assistant.guide.make import Order
from assistant.guide.model import Paragraph, TextBox, plain
from assistant.guide.pictures.catalogue import picture_specs
from assistant.practice.stories import PracticeStage, staged, stories
from flows import HostRule, Observer, portal_look, recognise
from tests.assistant.canaries import laid_open, left_in, secrets_of
from tests.assistant.desk.sitter import PATIENCE, Sitter, WatchedPanel

AGREE = "Kılavuz için resim"
SCREENS = needed("2026", "first-time").screens
GATEWAY = {name for name in SCREENS if "gateway" in portal_look().screens[picture_specs()[name].screen].sites}


@dataclass
class Recording:
    """What a run with pictures left behind."""

    taking: PictureTaking
    sitter: Sitter
    addresses: dict[str, list[str]] = field(default_factory=dict)
    """Where every tab was when each picture was taken, by screen."""
    outcome: Outcome | None = None


def run(browser: Browser, stage: PracticeStage, sitter: Sitter, monkeypatch: pytest.MonkeyPatch) -> Recording:
    """Make a guided run with pictures; every address of the moment of a picture is noted."""
    recording = Recording(PictureTaking(SCREENS), sitter)
    screenshot = Page.screenshot

    def noted(page: Page, **how: object) -> bytes:
        recording.addresses.setdefault(page.url, []).extend(
            frame.url for tab in page.context.pages for frame in tab.frames
        )
        return screenshot(page, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "screenshot", noted)
    with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
        sitter.portal = portal
        rule = HostRule.for_loopback(stage.entry)
        desk = recording.taking.before(Desk(rule, WatchedPanel(panel, sitter), words("desk"), PATIENCE, goodbye_s=0))
        if desk is not None:
            recording.outcome = guide_with_card(desk, portal, stage.card).result.outcome
            recording.taking.after(desk)
    return recording


def test_kept_pictures_are_the_portals_covered_and_the_persons_choice(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With agreement pictures of the portal are taken, none of the gateway; only those kept remain, nothing personal."""

    stood_on: list[str] = []

    def answers(title: str, sitter: Sitter) -> bool:
        sitter.refuses = title if "Ana sayfa" in title else ""
        if title.startswith("Resim ") and sitter.portal is not None:
            stood_on.extend(page.inner_text("body") for page in sitter.portal.pages)
        return False

    with staged(stories()["first-time"]) as stage:
        sitter = Sitter(stage, before=answers)
        recording = run(browser, stage, sitter, monkeypatch)
        assert recording.outcome is Outcome.CONSENT_GIVEN
        kept = recording.taking.kept
        assert set(kept) == set(SCREENS) - GATEWAY - {"home", "signing-expired"}, sitter.acts
        addresses = [address for tabs in recording.addresses.values() for address in tabs]
        assert addresses
        assert not [address for address in addresses if "//giris." in address]
        assert kept["nes"].control is not None
        assert len(kept["nes"].dangers) == 1, "the tile that revokes is crossed out"
        assert kept["eonay_missing"].dangers == ()
        assert stood_on
        assert not [text for text in stood_on if "kaldırmak istiyorum" in text], "the review is asked after leaving"
        photos = {
            title for view in sitter.views if view.question and view.question.photo for title in [view.question.title]
        }
        assert len(photos) == len(kept) + 1, "all that were shown but one were kept"
        for photo in kept.values():
            pixels, *beside = laid_open(photo.png)
            assert [part for part in beside if part] == [], "a picture says nothing beside its pixels"
            assert [secret for secret in secrets_of(stage.person) if left_in(pixels, secret)] == []


def test_without_agreement_nothing_is_taken(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A no before the run means no run with pictures, and no picture."""
    with staged(stories()["first-time"]) as stage:
        recording = run(browser, stage, Sitter(stage, refuses=AGREE), monkeypatch)
        assert not recording.taking.agreed
        assert recording.addresses == {}
        assert recording.taking.kept == {}


def test_a_window_closed_at_the_review_keeps_nothing_more(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures that were not answered aren't kept."""

    def closes(title: str, sitter: Sitter) -> bool:
        if title.startswith("Resim 2 /"):
            assert sitter.panel is not None
            sitter.panel.close()
            return True
        return False

    with staged(stories()["already-consented"]) as stage:
        recording = run(browser, stage, Sitter(stage, before=closes), monkeypatch)
        assert len(recording.taking.kept) == 1


def test_what_is_personal_is_under_a_box_before_the_picture(browser: Browser) -> None:
    """Name, number, code and field contents are covered in the pixels; the portal's own words aren't."""
    page = browser.new_page(viewport={"width": 600, "height": 400})
    page.set_content(
        """<body style="margin:0;background:#fff;font:20px/40px sans-serif;color:#f00">
        <div id=own>NES İşlemleri E-Onay İşlemleri Devam</div>
        <div id=name>Sayın AYŞE NUR YILMAZ</div><div id=low style="text-transform:capitalize">zülfikar abacı</div>
        <div id=code>968121968799342</div><div id=mail>zulfikar@example.org</div>
        <input id=field value="gizli söz" style="color:#f00;border:0;outline:0;font:20px sans-serif"></body>"""
    )
    try:
        with covered(page) as covers:
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            assert all(cover.evaluate("cover => cover.holds()") for cover in covers)
            page.evaluate("document.querySelector('#own').append(' HÜSEYİN')")
            assert not all(cover.evaluate("cover => cover.holds()") for cover in covers)
        assert page.evaluate("document.documentElement.children.length") == 2, "the page is as it was"
        boxes = {
            name: page.locator(f"#{name}").bounding_box() for name in ("own", "name", "low", "code", "mail", "field")
        }
    finally:
        page.close()
    for name, box in boxes.items():
        assert box is not None
        part = picture.crop((int(box["x"]), int(box["y"]), int(box["x"] + box["width"]), int(box["y"] + box["height"])))
        colours = [colour for _, colour in part.getcolors(1 << 20) or []]
        is_legible = any(isinstance(c, tuple) and c[0] > 200 and c[1] < 90 and c[2] < 90 for c in colours)
        assert is_legible == (name == "own"), name


def test_no_person_of_the_fixtures_is_called_like_the_portal() -> None:
    """The words that are left readable hold nobody's name."""
    for person in fixtures.people().values():
        assert not set(person.name.lower().replace("i̇", "i").split()) <= portal_words(), person.name


def test_a_tab_at_the_gateway_forbids_every_picture(browser: Browser) -> None:
    """While any tab shows the gateway, or a page that isn't the portal's, nothing is wanted."""
    with staged(stories()["first-time"]) as stage, portal_context(browser, headed=False) as context:
        rule = HostRule.for_loopback(stage.entry)
        context.new_page().goto(stage.entry)
        seen = recognise(Observer(context, rule).observe(), rule.look)
        camera = PortalCamera(context, rule, SCREENS)
        assert seen.screen == "landing"
        assert camera.wants(seen)
        other = context.new_page()
        other.goto(stage.portal.origin("giris"))
        assert not camera.wants(seen)
        other.goto("data:text/html,x")
        assert not camera.wants(seen)
        other.close()
        assert camera.wants(seen)


def test_a_kept_picture_is_in_the_guide_with_its_mark(tmp_path: Path) -> None:
    """The picture lies clean and marked in the guide's folder, and the guide says where its pictures come from."""
    bare = BytesIO()
    Image.new("RGB", (1000, 700), "#fff").save(bare, "PNG")
    photo = Photo("landing", bare.getvalue(), 1.0, TextBox(400, 300, 200, 40))
    order = Order(example_brand("tr"), taken="run")
    with ThreadPoolExecutor(1) as apart:  # it opens a browser of its own, which this thread has already
        take = TakeKept({"landing": photo})
        shots = apart.submit(take, order, Needed(("landing",), ()), tmp_path, lambda _kind, _name: None).result()
    (shot,) = shots["landing"].values()
    assert shot.clean.read_bytes() == photo.png
    assert [(mark.box, mark.text) for mark in shot.marks] == [(photo.control, "Buraya basınız")]
    with Image.open(shot.clean) as clean, Image.open(shot.marked) as marked:
        assert clean.size == marked.size
        assert clean.convert("RGB").tobytes() != marked.convert("RGB").tobytes()
    every = NoPictures(shots)
    guide = read_guide("tr", "2026", "first-time", every, order.brand, "0", taken="run")
    said = " ".join(plain(b.text) for s in guide.walk() for b in s.blocks if isinstance(b, Paragraph))
    assert "koyu kutularla örtülmüştür" in said
    assert "Resimler bir benzetim portalında" not in said


def test_the_tile_that_revokes_is_crossed_out(tmp_path: Path) -> None:
    """On a kept picture of the tiles the one to press has its number, the one that revokes its cross and its words."""
    bare = BytesIO()
    Image.new("RGB", (1000, 700), "#fff").save(bare, "PNG")
    photo = Photo("nes", bare.getvalue(), 1.0, TextBox(100, 400, 250, 120), (TextBox(600, 200, 250, 120),))
    order = Order(example_brand("tr"), taken="run")
    with ThreadPoolExecutor(1) as apart:
        take = TakeKept({"nes": photo})
        shots = apart.submit(take, order, Needed(("nes",), ()), tmp_path, lambda _kind, _name: None).result()
    (shot,) = shots["nes"].values()
    assert [(mark.kind, mark.number, mark.text) for mark in shot.marks] == [
        ("box", 2, "Yalnız buraya basınız"),
        ("danger", 0, "Asla basmayınız"),
    ]
