"""The command ``eonay run --companion``: the assistant keeps the person company in their own browser."""

from __future__ import annotations

from contextlib import ExitStack

from assistant.browser import BrowserOptions, open_browser
from assistant.cli.run import RunOptions, farewell
from assistant.companion.session import accompany
from assistant.desk.panel import open_panel
from assistant.desk.surface import Surface
from assistant.desk.terminal import open_terminal
from assistant.desk.windows import lay_alone
from assistant.desk.words import words
from assistant.receipt import receipts_folder
from assistant.settings import Settings, forget_secrets
from assistant.setup import Part, ensure, find_browser


def run_companion(options: RunOptions) -> int:
    """Make a companion run and return its exit code. In a terminal it needs no browser of its own."""
    texts = words(options.language)
    settings = Settings.load()
    forget_secrets()
    with ExitStack() as stack:
        surface: Surface
        if options.ui == "terminal":
            surface = stack.enter_context(open_terminal(texts))
        else:
            ensure([Part.BROWSER], assume_yes=options.assume_yes)
            how = BrowserOptions(headed=True, loopback_only=True, extra_args=settings.browser_args)
            browser = stack.enter_context(open_browser(find_browser(settings.browser), how))
            surface = panel = stack.enter_context(open_panel(browser, texts, headed=True))
            lay_alone(panel.page)
        receipt = accompany(surface, texts, receipts=receipts_folder())
    return farewell(receipt, texts)
