"""What a picture of the guide takes, against the usual screenshot command on the same pages, and a whole guide."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import mock_portal
from assistant.base.words import told
from assistant.browser.launch import LOOPBACK_ONLY, QUIET, BrowserOptions, fresh_context, open_browser
from assistant.fleet import cores
from assistant.guide.brand import example_brand
from assistant.guide.formats import FORMATS
from assistant.guide.make import Kind, Order, make
from assistant.guide.pictures.camera import LEAST_HEIGHT, TAKINGS, WIDTHS, Camera, Privacy
from assistant.guide.pictures.capture import SCALE
from assistant.guide.pictures.catalogue import PictureSpec
from assistant.setup import find_browser
from flows import HostRule, Observer, portal_look
from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import cost_of, tree_cpu_s

INSTALL = "shot-scraper is not installed. To install it: .venv/bin/python -m pip install shot-scraper"
# The command knows only Playwright's own browsers: it is given the one that the camera has, with the same arguments.
_COMMAND = """
import json, sys
from playwright.sync_api import BrowserType
same, launch = json.loads(sys.argv.pop(1)), BrowserType.launch
BrowserType.launch = lambda self, **how: launch(self, **{**how, **same})
from shot_scraper.cli import cli
cli()
"""


def measure(full: bool, say: Say) -> list[Figure]:
    """Take the same pages in turn with both, each with a browser of its own, then make a guide in all usual formats."""
    if importlib.util.find_spec("shot_scraper") is None:
        raise SystemExit(INSTALL)
    ours, theirs = [], []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="eonay-bench-")))
        served = stack.enter_context(mock_portal.serve(mock_portal.Portal()))
        landing = served.entry_url
        pages = [landing, landing.replace("/landing", "/e-devlet")] * (8 if full else 4)
        for _ in range(5 if full else 3):
            theirs.append(_by_command(pages, folder) / len(pages))
            ours.append(_by_camera(pages, landing) / len(pages))
        say(f"camera {median(ours) * 1000:.0f} ms, shot-scraper {median(theirs) * 1000:.0f} ms a picture")
    return [
        Figure("a picture: camera : shot-scraper", median(ours) / median(theirs), aim=1),
        Figure("a picture with the camera", median(ours) * 1000, "ms", digits=0),
        *_whole(say),
    ]


def _whole(say: Say) -> list[Figure]:
    """Return how long the guide takes in all usual formats, on all cores, to the last picture and to the last file."""
    usual = tuple(name for name, entry in FORMATS.items() if entry.is_usual)
    order = Order(example_brand("tr"), formats=usual)
    ends: dict[Kind, float] = {}
    before = tree_cpu_s()
    with TemporaryDirectory(prefix="eonay-bench-") as folder:
        began = perf_counter()
        make(order, Path(folder), lambda kind, _name: ends.update({kind: perf_counter() - began}))
        whole = perf_counter() - began
    wanted = order.pictures
    count = len(TAKINGS) * (len(wanted.screens) + len(wanted.drawings))
    say(f"the guide: {count} pictures in {ends['picture']:.0f} s, {len(usual)} formats after {whole:.0f} s")
    return [
        Figure(
            f"all pictures of a guide, marked ({count}), on {cores()} cores", ends["picture"], "s", aim=20, digits=1
        ),
        Figure(f"a guide in {len(usual)} formats, on {cores()} cores", whole, "s", aim=60, digits=1),
        Figure("processor time of that", tree_cpu_s() - before, "s", digits=1),
    ]


def _by_command(pages: Sequence[str], folder: Path) -> float:
    """Return how long shot-scraper takes for *pages* with one browser, seconds."""
    wanted = [
        {
            "url": url,
            "output": str(folder / f"{number}.png"),
            "width": WIDTHS["desktop"],
            "height": LEAST_HEIGHT,
        }
        for number, url in enumerate(pages)
    ]
    listed = folder / "shots.yml"
    listed.write_text(json.dumps(wanted), encoding="utf-8")  # JSON is YAML
    same = json.dumps(find_browser(unattended=True).launch_options(*QUIET, *LOOPBACK_ONLY))
    return cost_of(["-c", _COMMAND, same, "multi", str(listed), "--retina", "--timeout", "30000"]).wall_s


def _by_camera(pages: Sequence[str], landing: str) -> float:
    """Return how long the camera takes for *pages* with one browser, masks and ribbon included, seconds."""
    began = perf_counter()
    with (
        open_browser(find_browser(unattended=True), BrowserOptions()) as browser,
        fresh_context(browser, device_scale_factor=SCALE) as context,
    ):
        context.clock.install()
        observer = Observer(context, HostRule.for_loopback(landing))
        camera = Camera(portal_look(), "tr", Privacy(), ribbon=told("guide.picture.ribbon", "tr"), takings=TAKINGS[:1])
        page = context.new_page()
        for number, url in enumerate(pages):
            page.goto(url)
            camera.take(PictureSpec(str(number), "", "", ()), page, lambda: observer.observe().tabs[-1])
    return perf_counter() - began


BENCHMARK = Benchmark(
    "pictures",
    "The guide and its pictures",
    "The same pages of the mock portal at 1080 CSS pixels and twice the density: with `shot-scraper multi`, and with the "
    "guide's camera without marks, each with one browser of its own, in turn; medians. Then the guide to the "
    "2026 look as `eonay guide` makes it: every picture in light and dark, wide and narrow, with marks, and every usual "
    "format, on all cores, from nothing to the last file.",
    measure,
)
