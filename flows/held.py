"""The browser's own dialogs (alert, confirm, prompt): we hold them and never answer them.

While one is open its page runs no script, so anything that waits for that page would hang. If a dialog opens during a
call, we give the call up (`PageHeld`), and we don't talk to a held page. Playwright answers dialogs by itself when
nobody listens: https://playwright.dev/python/docs/dialogs.
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
"""How long a page that was held has to show that it runs again."""


class HeldPages:
    """Which pages of a browser context a dialog holds, and what it says. Holds every dialog once this exists."""

    def __init__(self, context: BrowserContext, answers: Callable[[Page], None], unread: Container[Page] = ()) -> None:
        """*answers* returns once a page runs scripts.

        A dialog of the pages in *unread* belongs to the person: it stays as it is, and we don't hear of it.
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
        """Return what the open dialog says; None when none is open any more."""
        for page, dialog in list(self._dialogs.items()):
            if page.is_closed() or self._runs_again(page):
                del self._dialogs[page]
                continue
            return dialog.message
        return None

    @property
    def only_tell(self) -> bool:
        """Whether the open dialogs only say something, so that leaving them answers nothing."""
        return all(dialog.type == "alert" for dialog in self._dialogs.values())

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """Inside this block, a dialog that opens ends the current call with `PageHeld`."""
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
            # Whoever left the page meant to; Playwright itself leaves such a page too.
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
