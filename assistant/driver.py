"""Starting Playwright's driver, so that nothing that a page sends comes from it into this program.

The driver is a program of its own between this one and the browser, which tells it about every request together with
its body: at a login, the ID number and the password. `discreet.cjs`, loaded into the driver, drops the bodies before
anything is passed on. SECURITY.md says what is left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock

from playwright.sync_api import Page, Playwright, sync_playwright

from assistant.errors import EonayError

_NODE_OPTIONS = "NODE_OPTIONS"
_DISCREET = resources.files("assistant") / "discreet.cjs"
_CANARY = "http://127.0.0.1:9/"
"""Nothing is sent there: browsers refuse the port (fetch.spec.whatwg.org, port blocking)."""
_SEND = f"() => void fetch('{_CANARY}', {{method: 'POST', body: 'canary', mode: 'no-cors'}}).catch(() => null)"
_starting = Lock()


@contextmanager
def started_driver(*scripts: Traversable) -> Iterator[Playwright]:
    """Start a driver that forgets what pages send, and stop it afterwards; *scripts* are loaded into it too."""
    with ExitStack() as stack:
        paths = [stack.enter_context(resources.as_file(script)) for script in (_DISCREET, *scripts)]
        with _starting:
            os.environ[_NODE_OPTIONS] = " ".join(f"--require {_quoted(path)}" for path in paths)
            try:
                playwright = sync_playwright().start()
            finally:
                del os.environ[_NODE_OPTIONS]
        stack.callback(playwright.stop)
        yield playwright


def check_discretion(page: Page) -> None:
    """Make sure that what *page* sends does not come through to this program. *page* must be empty.

    Raises `EonayError` (``internal_error``) when it does: a person must not be led to a login then.
    """
    with page.expect_request(_CANARY) as request:
        page.evaluate(_SEND)
    if request.value.post_data_buffer is not None:
        raise EonayError("internal_error", "request bodies reach the program")


def _quoted(path: Path) -> str:
    """Return *path* as a word of ``NODE_OPTIONS`` (nodejs.org/api/cli.html)."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
