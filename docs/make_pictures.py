"""Makes the pictures of the README from a real dry run, and some of the guide: ``python -m docs.make_pictures``.

The list of steps is the program's own output in colour, turned into an SVG; the pages are taken from the mock portal
during a walk through it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page
from rich.console import Console
from rich.text import Text

import fixtures
import mock_portal
from assistant.browser.launch import BrowserOptions, fresh_context, open_browser
from assistant.setup import find_browser
from flows import HostRule, Observer
from flows.hand import Hand

HERE = Path(__file__).parent / "pictures"
WIDTH = 92


def step_list() -> None:
    """Run the dry run and keep what it prints as a picture."""
    with TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "FORCE_COLOR": "1",
            "COLUMNS": str(WIDTH),
            "XDG_DATA_HOME": home,
            "PYTHONPATH": str(HERE.parents[1]),
        }
        done = subprocess.run(
            [sys.executable, "-P", "-m", "assistant", "dry-run"],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        told = done.stdout.replace(home, "~/.local/share")
    last = told.rsplit("\x1b[2K", 1)[-1].lstrip("\r\n") if "\x1b[2K" in told else told
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(last))
        svg = console.export_svg(title="./eonay dry-run", unique_id="dry-run")
    # The library's own style loads a font from elsewhere; a picture of ours asks nobody for anything.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    (HERE / "dry-run.svg").write_text(svg, encoding="utf-8")


def pages() -> None:
    """Walk through the mock portal as the flow does and take the pages that the README shows."""
    from assistant.run.person import TestPerson, Unattended
    from flows import Known, Press, Seen, Tick, decide, recognise

    person = fixtures.people()["ayse"]
    wanted = {"nes": "tiles", "eonay_missing": "consent", "signing": "signing"}
    with ExitStack() as stack:
        portal = mock_portal.Portal(people=[person.key])
        served = stack.enter_context(mock_portal.serve(portal))
        browser = stack.enter_context(open_browser(find_browser(), BrowserOptions()))
        context = stack.enter_context(fresh_context(browser))
        rule = HostRule.for_loopback(served.entry_url)
        observer = Observer(context, rule)
        hand, known = Hand(observer), Known(missing_seen=True)
        test_person = Unattended(TestPerson(person.national_id, (person.password,), lambda: person.sms_code))
        page = context.new_page()
        page.goto(served.entry_url)
        while wanted:
            page.wait_for_load_state()
            seen: Seen = recognise(observer.observe(), rule.look)
            if name := wanted.pop(seen.screen, ""):
                take(page, name)
            decision = decide(seen, known, rule.look)
            before = seen.tab.document()
            if isinstance(decision, Press):
                hand.press(seen.tab, decision.control)
            elif isinstance(decision, Tick):
                hand.tick(seen.tab, decision.control)
                continue
            elif hasattr(decision, "act"):
                test_person.act(seen, decision.act, hand)
            while wanted and observer.observe().tabs[-1].document() == before:
                observer.wait(500)


def take(page: Page, name: str) -> None:
    """Take a picture with what is personal covered."""
    masks = [page.locator("#dogrulamaKodu"), page.get_by_text("AYŞE YILMAZ")]
    page.screenshot(path=HERE / f"{name}.png", mask=masks, mask_color="#3b4252", animations="disabled")


def guide() -> None:
    """Take some pictures of the guide as it shows them, at half their size."""
    from assistant.guide.pictures import draw_pictures, take_pictures

    folder = HERE.parent / "guide"
    folder.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as taken,
        open_browser(find_browser(), BrowserOptions()) as browser,
    ):
        screens = take_pictures(browser, Path(taken), "2026", "tr", ("nes", "eonay_missing", "eonay_given"))
        drawings = draw_pictures(browser, Path(taken), "tr", ("app-code",))
        for name, shots in {**screens, **drawings}.items():
            with Image.open(shots["light", "desktop"].marked) as picture:
                picture.convert("RGB").reduce(2).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    guide()
    pages()
    step_list()
