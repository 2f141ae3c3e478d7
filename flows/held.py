"""The browser's own dialogs (alert, confirm, prompt): they are held, and nobody here answers them.

While one is open its page runs no script, so whatever waits for that page would wait for ever. A call that is under way
when a dialog opens is therefore given up (`PageHeld`), and a held page is not spoken to. Playwright answers dialogs by
itself where nobody listens: https://playwright.dev/python/docs/dialogs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, Dialog, Page
from playwright.sync_api import Error as PlaywrightError

from flows.errors import PageHeld
from flows.giving_up import give_up, given_up_after, under_way

_PROBE_S = 0.15
"""How long a page that was held has to say that it runs again."""


class HeldPages:
    """Which pages of a browser context a dialog holds, and what it says. Holds every dialog from its making on."""

    def __init__(self, context: BrowserContext, answers: Callable[[Page], None], unread: Container[Page] = ()) -> None:
        """*answers* comes back once a page runs scripts.

        A dialog of the pages in *unread* is the person's alone: it stays as it is, and nobody here hears of it.
        """
        self._answers = answers
        self._unread = unread
        self._dialogs: dict[Page, Dialog] = {}
        self._before: set[asyncio.Task[object]] | None = None
        context.on("dialog", self._on_dialog)

    def __bool__(self) -> bool:
        return bool(self._dialogs)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that a dialog holds."""
        return tuple(self._dialogs)

    def text(self) -> str | None:
        """Return what the dialog that is open says; None where none is open any more."""
        for page, dialog in list(self._dialogs.items()):
            if page.is_closed() or self._runs_again(page):
                del self._dialogs[page]
                continue
            return dialog.message
        return None

    @property
    def only_tell(self) -> bool:
        """Whether the dialogs that are open only say something, so that leaving them answers nothing."""
        return all(dialog.type == "alert" for dialog in self._dialogs.values())

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """Within, a dialog that opens ends the call that is under way, by `PageHeld`."""
        outer, self._before = self._before, under_way()
        try:
            yield
        except asyncio.CancelledError:
            if self._dialogs:
                raise PageHeld from None
            raise
        finally:
            self._before = outer

    def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            # Whoever left the page meant it; Playwright itself leaves such a page too.
            with suppress(PlaywrightError):
                dialog.accept()
            return
        page = dialog.page
        if page is None or page in self._unread:
            return
        self._dialogs[page] = dialog
        if self._before is not None:
            give_up(self._before)

    def _runs_again(self, page: Page) -> bool:
        try:
            with given_up_after(_PROBE_S):
                self._answers(page)
        except asyncio.CancelledError:
            return False
        except PlaywrightError:
            return True
        return True
