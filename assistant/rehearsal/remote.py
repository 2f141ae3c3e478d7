"""Browsers on another machine: a Playwright server, reached through one address.

The mock portal stays where the command runs: Playwright carries the loopback names of this machine to the browser
(``expose_network``), so that the portal need not listen to any network. The server must be of the same Playwright
version. What keeps a browser quiet are its arguments, and a server takes them only when started with ``--unsafe``;
other names than loopback ones are reached from the server's machine, so it belongs into a container without a way out.
Source: Playwright's documentation of `BrowserType.connect` and of ``playwright run-server``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from loguru import logger
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from assistant.browser import LOOPBACK_ONLY, QUIET
from assistant.driver import started_driver
from assistant.errors import SetupError, UsageError

CONNECT_TIMEOUT_MS = 30_000.0
_KNOWS_LOCALHOST = resources.files("assistant.rehearsal") / "localhost.cjs"
"""Has the driver look up the portal's names for the browser that is elsewhere."""


def check_address(address: str) -> str:
    """Return *address* when it may be a Playwright server's. Raises `UsageError` otherwise."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in {"ws", "wss"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(
            "--connect bir Playwright sunucusunun adresini ister; örneğin ws://127.0.0.1:3000/",
            "--connect wants the address of a Playwright server, such as ws://127.0.0.1:3000/",
        )
    return address


@contextmanager
def remote_browser(address: str, executable: Path | None = None, extra_args: tuple[str, ...] = ()) -> Iterator[Browser]:
    """Have the Playwright server at *address* start a browser, and let go of it afterwards.

    *executable* is a path on that machine. Raises `SetupError` (``browser_failed``) when there is no such server, or
    it starts no browser.
    """
    launch: dict[str, object] = {
        "headless": True,
        "args": [*QUIET, *LOOPBACK_ONLY, *extra_args],
    }
    if executable is not None:
        launch["executablePath"] = str(executable)
    with started_driver(_KNOWS_LOCALHOST) as playwright:
        try:
            browser = playwright.chromium.connect(
                address,
                timeout=CONNECT_TIMEOUT_MS,
                headers={"x-playwright-launch-options": json.dumps(launch), "x-playwright-browser": "chromium"},
                expose_network="<loopback>",
            )
        except PlaywrightError as error:
            logger.debug("no remote browser: {}", error.message.splitlines()[0] if error.message else "")
            raise SetupError("browser_failed", _why(error)) from error
        try:
            yield browser
        finally:
            with suppress(PlaywrightError):
                browser.close()


def _why(error: PlaywrightError) -> str:
    """Say in a sentence what can be done about it, without the address (it may hold a token)."""
    if "428" in error.message or "version" in error.message.lower():
        return "Playwright sunucusunun sürümü bu programdakiyle aynı olmalıdır."
    return "Playwright sunucusuna ulaşılamadı ya da sunucu tarayıcı açamadı."
