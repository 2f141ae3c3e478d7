"""The guide as SCORM packages: against the schemas, and played in a learning system that is as strict as the standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Page, Route, expect

from assistant.guide.formats import scorm
from tests.assistant.guide.formats.press import Made, Write, make_twice
from tests.sampling import sampled

SITE = "http://lms.invalid"
LEARNING = (Path(__file__).parent / "lms.js").read_text(encoding="utf-8")
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".webp": "image/webp"}
WRITERS: dict[str, Write] = {"1.2": scorm.write_12, "2004": scorm.write_2004}
NAMES = {"1.2": "scorm12", "2004": "scorm2004"}
IMPORTS = {
    "1.2": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    },
    "2004": {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
        "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    },
}
ONE = pytest.mark.parametrize("package", ["2004"], indirect=True)
"""For what is the same in both versions."""
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


@dataclass(frozen=True)
class Package:
    """One version's package."""

    scorm: str
    made: Made
    entries: dict[str, bytes]

    @property
    def manifest(self) -> Any:
        """The root of the manifest."""
        return etree.fromstring(self.entries["imsmanifest.xml"])

    @property
    def sections(self) -> list[str]:
        """Names of the sections, in order."""
        return [section.id for section in self.made.guide.walk()]

    def key(self, name: str) -> str:
        """Return what the learning system calls ``status``, ``location`` or ``session_time``."""
        if self.scorm == "2004":
            return {"status": "cmi.completion_status"}.get(name, f"cmi.{name}")
        return {"status": "cmi.core.lesson_status", "location": "cmi.core.lesson_location"}.get(
            name, f"cmi.core.{name}"
        )


@pytest.fixture(scope="module", params=sampled(["1.2", "2004"], every_run=["2004"]))
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The sample guide as a package, written twice."""
    made = make_twice(WRITERS[request.param], tmp_path_factory.mktemp("scorm"))
    with ZipFile(made.files[0]) as archive:
        return Package(request.param, made, {name: archive.read(name) for name in archive.namelist()})


@dataclass(frozen=True)
class Desk:
    """A browser of one learner."""

    context: BrowserContext
    requests: list[str]
    said: list[str]
    """What pages said on the console, and their errors."""


@pytest.fixture
def desk(browser: Browser, package: Package) -> Iterator[Desk]:
    """A fresh browser in which the learning system's site has the package, and nothing else exists."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    found = Desk(context, [], [])

    def answer(route: Route) -> None:
        name = route.request.url.partition("#")[0].removeprefix(f"{SITE}/")
        if name.startswith("package/"):
            name = name.removeprefix("package/")
            route.fulfill(body=package.entries[name], content_type=TYPES[Path(name).suffix])
        else:
            depth = int(name or 0)
            inner = f"/{depth - 1}" if depth else "/package/index.html"
            learn = "" if depth < 1 else f"<script>{LEARNING}; learn('{package.scorm}')</script>"
            frame = f'<iframe title="course" src="{inner}" style="width:100%;height:740px;border:0"></iframe>'
            route.fulfill(body=f"<!doctype html><title>LMS</title>{learn}{frame}", content_type="text/html")

    context.route(f"{SITE}/**", answer)
    context.on("request", lambda request: found.requests.append(request.url))
    context.on("console", lambda message: found.said.append(message.text))
    context.on("weberror", lambda error: found.said.append(str(error.error)))
    yield found
    context.close()


def visit(desk: Desk) -> tuple[Page, FrameLocator]:
    """Open the learning system; return its page and the guide, which is two frames below it."""
    page = desk.context.new_page()
    page.goto(f"{SITE}/1")
    course = page.frame_locator("iframe").frame_locator("iframe")
    expect(course.get_by_role("status")).not_to_be_empty()
    return page, course


def inside(page: Page) -> Frame:
    """Return the frame of the guide."""
    return next(frame for frame in page.frames if "/package/" in frame.url)


def leave(page: Page) -> dict[str, Any]:
    """Leave the guide; return what the learning system was told."""
    page.locator("iframe").evaluate("frame => { frame.src = 'about:blank' }")
    page.wait_for_function("told.ended > 0")
    told: dict[str, Any] = page.evaluate("told")
    return told


def test_the_manifest_keeps_to_the_schemas_in_the_package(package: Package, tmp_path: Path) -> None:
    """The manifest is valid by the schemas that lie next to it, with no network; it names them by their bare names."""
    for name, content in package.entries.items():
        if Path(name).suffix in {".xsd", ".dtd"}:
            (tmp_path / name).write_bytes(content)
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{file}"/>' for space, file in IMPORTS[package.scorm].items()
    )
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    (tmp_path / "whole.xsd").write_text(whole, encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(tmp_path / "whole.xsd", etree.XMLParser(no_network=True)))
    schema.assertValid(package.manifest)
    told = package.manifest.get(LOCATION).split()
    assert dict(zip(told[::2], told[1::2], strict=True)) == IMPORTS[package.scorm]
    for file in tmp_path.glob("*.xsd"):
        places = re.findall(
            r"<xsd?:(?:import|include)\b[^>]*?schemaLocation\s*=\s*\"([^\"]+)\"", file.read_text(encoding="utf-8")
        )
        assert [place for place in places if not (tmp_path / place).is_file()] == [], file.name


def test_the_manifest_lists_what_is_there(package: Package) -> None:
    """Every listed file is in the archive, every file but manifest and schemas is listed, and the page is the first."""
    listed = [str(name) for name in package.manifest.xpath("//*[local-name()='file']/@href")]
    around = {"imsmanifest.xml", *scorm.control_files(NAMES[package.scorm])}
    assert sorted(listed) == sorted(package.entries.keys() - around)
    assert package.manifest.xpath("//*[local-name()='resource']/@href") == ["index.html"]
    assert next(iter(package.entries)) == "imsmanifest.xml"


def test_the_package_has_a_name_of_its_own(package: Package) -> None:
    """The versions lie side by side, and the same guide is the same file."""
    assert [path.name for path in package.made.files] == [f"e-onay-kilavuzu-{NAMES[package.scorm]}.zip"]
    assert package.made.differing == []


def test_seeing_everything_completes(desk: Desk, package: Package) -> None:
    """Turning all pages takes the learner from not attempted over incomplete to completed; leaving ends once."""
    page, course = visit(desk)
    status = package.key("status")
    guide = package.made.guide
    assert page.evaluate("told.kept")[status] == "incomplete"
    expect(course.locator("main > section:visible")).to_have_count(1)
    following = course.get_by_role("button", name=guide.words["next"])
    for number, section in enumerate(list(guide.walk())[1:], start=2):
        following.click()
        heading = course.get_by_role("heading", level=2).filter(has_text=section.title)
        expect(heading.last).to_be_focused()
        expect(course.locator("main > section:visible")).to_have_id(section.id)
        expect(course.get_by_role("status")).to_contain_text(f"Bölüm {number} / {len(package.sections)}")
    expect(course.get_by_role("status")).to_contain_text("Kılavuzun tamamını gördünüz.")
    expect(following).to_be_disabled()
    told = leave(page)
    assert told["kept"][status] == "completed"
    assert (told["begun"], told["ended"], told["wrong"]) == (1, 1, [])
    assert re.fullmatch(r"0000:\d\d:\d\d|PT0H\d+M\d+S", told["kept"][package.key("session_time")])
    assert desk.said == []


def test_whoever_comes_back_finds_the_place(desk: Desk, package: Package) -> None:
    """A second visit opens where the first one ended, with what was seen ticked; seeing the rest completes."""
    page, course = visit(desk)
    course.locator(".contents").get_by_role("link", name="Sözlük").click()
    expect(course.get_by_role("status")).to_contain_text("Görülmeyen 4 bölüm daha var")
    assert leave(page)["kept"][package.key("location")] == "glossary"
    page.close()
    page, course = visit(desk)
    expect(course.locator("main > section:visible")).to_have_id("glossary")
    expect(course.locator(".contents .seen")).to_have_count(2)
    for name in package.sections[1:-1]:
        assert page.evaluate("told.kept")[package.key("status")] == "incomplete"
        course.locator(f".contents a[href='#{name}']").click()
    expect(course.locator(".contents .seen")).to_have_count(len(package.sections))
    assert leave(page)["kept"][package.key("status")] == "completed"
    page.close()
    page, course = visit(desk)
    told = leave(page)
    assert told["kept"][package.key("status")] == "completed"
    assert told["wrong"] == desk.said == []


def test_a_window_of_its_own_finds_who_opened_it(desk: Desk, package: Package) -> None:
    """Opened in a window instead of a frame, the guide talks to the page that opened it."""
    page, _ = visit(desk)
    leave(page)
    with page.expect_popup() as opened:
        page.evaluate("open('/package/index.html')")
    expect(opened.value.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("told.begun") == 2
    opened.value.close()
    page.wait_for_function("told.ended === 2")
    assert page.evaluate("told.wrong") == []


@ONE
def test_unkept_progress_is_said(desk: Desk, package: Package) -> None:
    """When the learning system doesn't keep what it is told, the learner reads so, and what to do."""
    page, course = visit(desk)
    page.evaluate("told.refuses = true")
    course.get_by_role("button", name=package.made.guide.words["next"]).click()
    expect(course.get_by_role("status")).to_contain_text("kaydedilemedi")
    page.evaluate("told.refuses = false")
    course.get_by_role("button", name=package.made.guide.words["next"]).click()
    expect(course.get_by_role("status")).not_to_contain_text("kaydedilemedi")


@ONE
def test_the_keyboard_turns_the_pages(desk: Desk, package: Package) -> None:
    """Arrow keys turn the pages, but not while they scroll a table; the browser's way back goes back."""
    page = desk.context.new_page()
    page.goto(f"{SITE}/package/index.html")
    shown = page.locator("main > section:visible")
    first, second, *_ = package.sections
    page.locator(".scroll").focus()
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_id(first)
    page.locator("#main").focus()
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_id(second)
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_id(first)
    page.go_back()
    expect(shown).to_have_id(second)
    page.go_back()
    expect(shown).to_have_id(first)


@ONE
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(desk: Desk, package: Package, scheme: str, width: int) -> None:
    """Paged, in light and dark, wide and narrow, axe-core finds nothing and nothing is wider than the window."""
    page = desk.context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{SITE}/package/index.html")
    page.evaluate(AXE)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for name in ("before-you-start", "step-1"):
        page.evaluate("name => { location.hash = name }", name)
        expect(page.locator("main > section:visible")).to_have_id(name)
        found = page.evaluate("rules => axe.run(document, rules).then(r => r.violations)", rules)
        assert [f"{entry['id']}: {node['html']}" for entry in found for node in entry["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@ONE
def test_the_contents_follow(desk: Desk, package: Package) -> None:
    """Contents that are longer than the window show the entry of the section that is open."""
    page = desk.context.new_page()
    page.set_viewport_size({"width": 1280, "height": 260})
    page.goto(f"{SITE}/package/index.html")
    entry = page.locator(".contents a[href='#glossary']")
    page.evaluate("location.hash = 'glossary'")
    expect(entry).to_have_attribute("aria-current", "page")
    expect(entry).to_be_in_viewport()


@ONE
def test_a_section_begins_at_its_head(desk: Desk, package: Package) -> None:
    """Loaded or turned to, a section is shown from the top of the page, whatever the address says."""
    page = desk.context.new_page()
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(f"{SITE}/package/index.html")
    assert page.evaluate("scrollY") == 0
    page.evaluate("scrollTo(0, 500)")
    page.get_by_role("button", name=package.made.guide.words["next"]).click()
    expect(page.locator("#steps")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.goto("about:blank")
    page.goto(f"{SITE}/package/index.html#step-1")
    expect(page.locator("#step-1")).to_be_visible()
    assert page.evaluate("scrollY") == 0


@ONE
def test_narrow_contents_fold(desk: Desk, package: Package) -> None:
    """In a narrow window the contents are a button that unfolds them; choosing an entry folds them again."""
    page = desk.context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{SITE}/package/index.html")
    entry = page.get_by_role("link", name="Sözlük")
    expect(entry).to_be_hidden()
    page.get_by_role("button", name=package.made.guide.words["contents"]).click()
    entry.click()
    expect(page.locator("main > section:visible")).to_have_id("glossary")
    expect(entry).to_be_hidden()


@ONE
def test_it_is_a_page_without_learning_system_and_network(
    browser: Browser, package: Package, tmp_path: Path, extract: Callable[[Path], Path]
) -> None:
    """From the disk, without a learning system, it turns its pages, shows its pictures and asks for its own files only."""
    requests: list[str] = []
    said: list[str] = []
    with browser.new_context() as context:
        context.on("request", lambda request: requests.append(request.url))
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        page.goto(extract(tmp_path).as_uri())
        page.get_by_role("link", name="NES İşlemleri").click()
        figure = package.made.guide.figures[1]
        picture = page.get_by_role("img", name=figure.alt, exact=True)
        assert picture.evaluate("async img => { await img.decode(); return img.naturalWidth }") == figure.shot().width
        expect(page.get_by_role("status")).to_have_text(f"Bölüm 4 / {len(package.sections)}")
    assert said == []
    assert [url for url in requests if not url.startswith(tmp_path.as_uri())] == []


@ONE
def test_without_its_script_everything_stands_on_one_page(
    browser: Browser, package: Package, tmp_path: Path, extract: Callable[[Path], Path]
) -> None:
    """Without scripts all sections follow one another, and no button promises what it can't do."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(extract(tmp_path).as_uri())
        expect(page.locator("main > section:visible")).to_have_count(len(package.sections))
        expect(page.get_by_role("button")).to_have_count(0)


@pytest.fixture
def extract(package: Package) -> Callable[[Path], Path]:
    """Unpack the package into a folder and return its page."""

    def into(folder: Path) -> Path:
        with ZipFile(package.made.files[0]) as archive:
            archive.extractall(folder)
        return folder / scorm.PAGE

    return into
