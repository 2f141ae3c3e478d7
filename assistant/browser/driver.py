"""Starting Playwright's driver so that nothing a page sends gets from it into this program.

The driver is a program between this one and the browser, and it reports every request with its body: at a login, the ID
number and the password. `discreet.cjs`, loaded into the driver, drops the bodies before anything is passed on.
SECURITY.md says what is left.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from importlib import resources
from pathlib import Path
from threading import Lock

from playwright.sync_api import Page, Playwright, sync_playwright

from assistant.base.errors import EonayError

_NODE_OPTIONS = "NODE_OPTIONS"
_TEMPORARY = ("TEMP", "TMP") if sys.platform == "win32" else ("TMPDIR",)
_DISCREET = resources.files("assistant.browser") / "discreet.cjs"
_CANARY = "http://127.0.0.1:9/"
"""Nothing gets sent there: browsers refuse the port (fetch.spec.whatwg.org, port blocking)."""
_SEND = f"() => void fetch('{_CANARY}', {{method: 'POST', body: 'canary', mode: 'no-cors'}}).catch(() => null)"
_SOCKET = "/org.chromium.Chromium.aBcDeF/SingletonSocket"
_EVERYWHERE = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 (Playwright makes a folder of its own there)
_starting = Lock()


@contextmanager
def started_driver(scratch: Path | None = None) -> Iterator[Playwright]:
    """Start a driver that forgets what pages send, and stop it afterwards.

    It and its browsers keep temporary files in *scratch* if its path is short enough, else where the system says; where
    that is too long as well, in one of the folders that every system has.
    """
    with ExitStack() as stack:
        told = {_NODE_OPTIONS: f"--require {_quoted(stack.enter_context(resources.as_file(_DISCREET)))}"}
        if (place := _place(scratch)) is not None:
            told |= dict.fromkeys(_TEMPORARY, str(place))
        with _starting, _environment(told):
            playwright = sync_playwright().start()
        stack.callback(playwright.stop)
        yield playwright


def _place(scratch: Path | None) -> Path | None:
    """Return where temporary files go; None for where the system says, or where no place will do."""
    if scratch is not None and _has_room(scratch):
        return scratch
    with suppress(FileNotFoundError):  # there is none at all
        if _has_room(Path(tempfile.gettempdir())):
            return None
    return next((place for place in _EVERYWHERE if _has_room(place) and os.access(place, os.W_OK)), None)


def _has_room(folder: Path) -> bool:
    """Return whether Chromium's socket in *folder* gets a name that a socket can have: unix(7), `sun_path`."""
    most = {"linux": 107, "darwin": 103}.get(sys.platform)
    return most is None or len(os.fsencode(folder)) + len(_SOCKET) <= most


@contextmanager
def _environment(told: Mapping[str, str]) -> Iterator[None]:
    """Add *told* to this process's environment for a while."""
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def check_discretion(page: Page) -> None:
    """Make sure that what *page* sends doesn't reach this program. *page* must be empty.

    Raises `EonayError` (``internal_error``) when it does: then nobody may be led to a login.
    """
    with page.expect_request(_CANARY) as request:
        page.evaluate(_SEND)
    if request.value.post_data_buffer is not None:
        raise EonayError("internal_error", "request bodies reach the program")


def _quoted(path: Path) -> str:
    """Return *path* as a word of ``NODE_OPTIONS`` (nodejs.org/api/cli.html)."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
