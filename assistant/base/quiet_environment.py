"""Cleans the environment of variables that make our libraries reveal what passes through them.

With ``DEBUG=pw:*`` Playwright and its driver print every message, including what a person types into the panel and what
a page sends. ``DEBUG_FILE`` writes that to a file, ``PWDEBUG`` opens an inspector, ``SELENIUM_REMOTE_URL`` would open
the person's session in a browser somewhere else, and ``SSLKEYLOGFILE`` keeps the keys of every connection. Most are
read when Playwright is imported or its driver starts, so we remove them as soon as this package is imported; programs
we start don't get them either. The list comes from the source of Playwright's client and driver (1.65): the
documentation has none.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping

_TELLING = re.compile(
    r"""
    DEBUG | DEBUGP | DEBUG_.*                       # Playwright, its driver, and the npm package "debug"
    | PW(_ | DEBUG | TEST | MCP).* | INTERNAL_PW_.* # Playwright; PWD is the shell's
    | PLAYWRIGHT_.*
    | SELENIUM_REMOTE_.*                            # Playwright: a browser on another machine
    | NODE_.*                                       # the driver's Node: debuggers, traces, code of others
    | SSLKEYLOGFILE                                 # Python, Chromium
    | PYTHONASYNCIODEBUG                            # prints what a slow callback was called with
    | OPENSC_DEBUG | PKCS11SPY.* | P11_KIT_DEBUG    # card modules: PINs
    """,
    re.VERBOSE,
)
_HARMLESS = re.compile(
    r"""
    PLAYWRIGHT_(BROWSERS_PATH | NODEJS_PATH | .*DOWNLOAD.* | SKIP_VALIDATE_HOST_REQUIREMENTS | HOST_PLATFORM_OVERRIDE)
    | NODE_(EXTRA_CA_CERTS | USE_SYSTEM_CA | USE_ENV_PROXY)
    """,
    re.VERBOSE,
)
"""Where to download parts from, and how setup gets through a network's proxy."""
_THROUGH_NPM = re.compile(r"NPM_(PACKAGE_)?CONFIG_")
"""Playwright also looks for each of its variables with these prefixes, in lower case."""


def is_telling(name: str) -> bool:
    """Whether a variable called *name* can make a library reveal what it shouldn't."""
    plain = _THROUGH_NPM.sub("", name.upper(), count=1)
    return _TELLING.fullmatch(plain) is not None and _HARMLESS.fullmatch(plain) is None


def quieten(environment: MutableMapping[str, str]) -> tuple[str, ...]:
    """Remove every variable that `is_telling` from *environment*; return their names."""
    names = tuple(sorted(name for name in environment if is_telling(name)))
    for name in names:
        del environment[name]
    return names
