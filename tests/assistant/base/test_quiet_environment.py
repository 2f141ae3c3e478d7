"""The environment in which Playwright, its driver and the card modules find nothing that has them tell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import playwright
import pytest

from assistant.base.quiet_environment import is_telling, quieten
from tests.sampling import sampled

ROOT = Path(__file__).parents[3]
HARMLESS = {
    *("APPDATA", "HOME", "HOMEDRIVE", "LOCALAPPDATA", "PATH", "PATHEXT", "PROGRAMFILES", "SYSTEMROOT", "COMSPEC"),
    *("CHROME_CONFIG_HOME", "CHROME_USER_DATA_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"),
    *("CI", "COPILOT_CLI", "CLAUDECODE", "GITHUB_ACTION", "GITHUB_ACTIONS", "INIT_CWD", "TEST_INSPECTOR_LANGUAGE"),
    *(
        "DISPLAY",
        "LD_LIBRARY_PATH",
        "OSTYPE",
        "USER",
        "USERNAME",
        "NPM_CONFIG_",
        "NPM_CONFIG_USER_AGENT",
        "NPM_CONFIG_LOGLEVEL",
    ),
    *("FORCE_COLOR", "MAX_LOG_LENGTH", "TERM_PROGRAM", "WK_DISABLE_FRAME_SESSIONS"),
    *("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "PLAYWRIGHT_DOWNLOAD_HOST"),
    *("PLAYWRIGHT_DOWNLOAD_NO_PROGRESS", "PLAYWRIGHT_FIREFOX_LEGACY_DOWNLOADS", "PLAYWRIGHT_HOST_PLATFORM_OVERRIDE"),
    *("PLAYWRIGHT_NODEJS_PATH", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS"),
}
"""What else Playwright reads: it says where things are, or what they look like."""
_READ = re.compile(
    r"""process\.env(?:\.|\[["'])(\w+) | (?:getFromENV|getAsBooleanFromENV)\(["'](\w+)
    | (?:environ\.get|getenv|get_from_env|get_as_boolean_from_env)\(\s*["'](\w+) | ["'](\w+)["']\ in\ os\.environ""",
    re.VERBOSE,
)
ENTRIES = {
    "the command": "import assistant.__main__",
    "a worker of the fleet": "import assistant.rehearsal.worker",
    "a card's worker": "import assistant.card.worker",
    "a library's user": "from assistant.browser.launch import open_browser",
    "the pictures of guided runs": "import docs.make_guided_run",
}
ASK = """
import json, os, sys
from playwright._impl.utils.debug import debug_mode
from playwright._impl.utils.debug_logger import debug_logger
print(debug_logger.is_enabled("channel"), repr(debug_mode()), "SSLKEYLOGFILE" in os.environ, os.environ["PWD"])
"""


def test_all_that_playwright_reads_is_known() -> None:
    """Each variable that the installed Playwright reads is taken out, or known to be harmless."""
    folder = Path(playwright.__file__).parent
    sources = [*(folder / "_impl").rglob("*.py"), *(folder / "driver/package/lib").glob("*undle.js")]
    sources.append(folder / "driver/package/lib/bootstrap.js")
    sources = [source for source in sources if source.name != "utilsBundle.js"]  # other people's tools
    read = {
        next(filter(None, found)).upper()
        for source in sources
        for found in _READ.findall(source.read_text(encoding="utf-8"))
    }
    assert len(read) > 50, metadata.version("playwright")
    assert sorted(name for name in read if not is_telling(name) and name not in HARMLESS) == []


@pytest.mark.parametrize(
    "name", ["DEBUG", "debug_file", "PWDEBUG", "npm_config_pwdebug", "npm_package_config_PWDEBUG", "NODE_OPTIONS"]
)
def test_what_tells_is_taken_out(name: str) -> None:
    """A variable that tells is gone, however it is spelt, and its name is everything that is kept of it."""
    environment = {name: "10000000146", "PATH": "/bin"}
    assert quieten(environment) == (name,)
    assert environment == {"PATH": "/bin"}


@pytest.mark.parametrize(
    "name",
    ["PWD", "OLDPWD", "PATH", "HTTPS_PROXY", "npm_config_proxy", "NODE_EXTRA_CA_CERTS", "DEBUGINFOD_URLS", "EONAY_LOG"],
)
def test_what_belongs_to_others_stays(name: str) -> None:
    """The shell's, the network's and the program's own variables are left as they are."""
    environment = {name: "1"}
    assert quieten(environment) == ()
    assert environment == {name: "1"}


@pytest.mark.parametrize("entry", sampled(ENTRIES, every_run=["the command", "a library's user"]))
def test_every_entry_comes_before_playwright(entry: str) -> None:
    """By whatever way the program is entered, Playwright finds nothing set when it is imported."""
    telling = {"DEBUG": "pw:*", "PWDEBUG": "1", "SSLKEYLOGFILE": "keys", "PWD": "/here"}
    surroundings = {**os.environ, **telling, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", ENTRIES[entry] + ASK]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("False '' False /here\n", "")
