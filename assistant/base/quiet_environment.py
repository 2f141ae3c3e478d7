"""The environment without what makes the libraries below tell what passes through them.

``DEBUG=pw:*`` has Playwright and its driver print each message, among them what a person types into the panel and what
a page sends; ``DEBUG_FILE`` writes it to a file; ``PWDEBUG`` opens an inspector; ``SELENIUM_REMOTE_URL`` would open the
person's session in a browser somewhere else; ``SSLKEYLOGFILE`` keeps the keys of every connection. Most are read when
Playwright is imported or its driver starts. So they are gone as soon as anything of this package is imported, and the
programs that it starts don't get them either. All that Playwright's client and driver read was taken from their source
(1.65): there is no list in its documentation.
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
"""Where parts come from, and how the set-up gets them through a network's own proxy."""
_THROUGH_NPM = re.compile(r"NPM_(PACKAGE_)?CONFIG_")
"""Playwright looks for each of its variables with these before it too, in lower case."""


def is_telling(name: str) -> bool:
    """Tell whether a variable of that *name* may make a library tell what it should not."""
    plain = _THROUGH_NPM.sub("", name.upper(), count=1)
    return _TELLING.fullmatch(plain) is not None and _HARMLESS.fullmatch(plain) is None


def quieten(environment: MutableMapping[str, str]) -> tuple[str, ...]:
    """Take out of *environment* what `is_telling`, and return the names of what was there."""
    names = tuple(sorted(name for name in environment if is_telling(name)))
    for name in names:
        del environment[name]
    return names
