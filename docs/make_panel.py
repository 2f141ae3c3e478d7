"""Screenshots of the panel in each state: ``python -m docs.make_panel docs/panel``.

The views are the samples with invented people; this program never gets to see anything real.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.base.errors import UsageError
from assistant.base.settings import Settings
from assistant.base.words import words
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.desk.panel import open_panel
from assistant.setup import find_browser
from tests.assistant.desk.samples import samples

_CUT_OFF = """[document.documentElement, document.querySelector('main')]
  .reduce((sum, one) => sum + one.scrollHeight - one.clientHeight, 0)"""
"""How many pixels of the panel have to be scrolled to, in its middle or in the whole window."""


def take_shots(folder: Path) -> list[Path]:
    """Write one picture per state into *folder*, and three more in English, dark and narrow. Returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    settings = Settings.load()
    with open_browser(
        find_browser(settings.browser, unattended=True), BrowserOptions(extra_args=settings.browser_args)
    ) as browser:
        for language, width, scheme in (
            ("tr", 460, "light"),
            ("en", 460, "light"),
            ("tr", 460, "dark"),
            ("tr", 340, "light"),
        ):
            plain = (language, width, scheme) == ("tr", 460, "light")
            texts = words("desk", "en" if language == "en" else "tr")
            for name, view in samples(texts).items():
                if not plain and name != "sign":
                    continue
                with open_panel(browser, texts) as panel:
                    panel.page.set_viewport_size({"width": width, "height": 600})
                    panel.page.emulate_media(
                        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
                    )
                    panel.show(view)
                    suffix = "" if plain else f"-{language}" if language == "en" else f"-{scheme}-{width}"
                    path = folder / f"{name}{suffix}.png"
                    # As tall as its content. More height shows more, so twice.
                    height = 600
                    for _ in range(2):
                        height += panel.page.evaluate(_CUT_OFF)
                        panel.page.set_viewport_size({"width": width, "height": height})
                    panel.page.screenshot(path=path)
                    taken.append(path)
    return taken


def main(arguments: list[str]) -> None:
    """Take the pictures into the folder that is named."""
    if len(arguments) != 1:
        raise UsageError("python -m docs.make_panel KLASÖR")
    for path in take_shots(Path(arguments[0])):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
