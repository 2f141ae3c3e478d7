"""Runs the project's own tests: `./eonay test`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from assistant.base.errors import UsageError
from assistant.base.family import end_family
from assistant.base.interrupt import hold_interrupts, is_end_asked, release_interrupts
from assistant.setup.parts import Part, ensure

NEEDED = (Part.BROWSER, Part.TYPEFACE, Part.SOFTHSM, Part.OPENSC, Part.OPENSSL)
WELCOME = (
    Part.SHELL,
    Part.COMPILER,
    Part.VIRTUAL_READER,
    Part.DISPLAY,
    Part.WEB_START,
    Part.PDF_TOOLS,
    Part.CODE_READER,
    Part.VIDEO_PROBE,
    Part.OFFICE,
)
"""Tests that need one of these say so, and are skipped without it."""

IN_A_BROWSER_ALONE = ("tests/flows", "tests/mock_portal")
"""Folders whose tests only want the shell from `WELCOME`."""

_CHECKOUT = Path(__file__).resolve().parents[2]
_MOST_WORKERS = 8
"""Each worker may run a browser, so we run out of memory before we run out of cores."""


def run_tests(args: Sequence[str] = (), assume_yes: bool = False) -> int:
    """Install what the tests need, run them in parallel, and return pytest's exit code.

    *args* go to pytest and override the number of workers we choose. Raises `UsageError` outside a checkout,
    `SetupError` if something is missing and can't be installed.
    """
    if not (_CHECKOUT / "tests").is_dir():
        raise UsageError.of("setup.tests")
    ensure(NEEDED, assume_yes, optional=welcome_for(args))
    workers = min(_cores(), _MOST_WORKERS)
    command = (sys.executable, "-P", "-m", "pytest", "-n", str(workers), "--dist", "worksteal", *args)
    # The person's settings (a card, a portal, a PIN) are not for tests. Their choice of browser is.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("EONAY_") or name == "EONAY_BROWSER"
    }
    # From the checkout's root pytest finds its settings; -P keeps Python from adding that folder a second time.
    hold_interrupts()  # one that comes while pytest starts would leave it behind
    with subprocess.Popen(  # noqa: S603 - the person's own arguments, to the person's own pytest
        command, cwd=_CHECKOUT, env={**environment, "PYTHONPATH": str(_CHECKOUT)}, start_new_session=True
    ) as tests:
        with suppress(KeyboardInterrupt):
            release_interrupts()
            if not is_end_asked():
                return tests.wait()
        end_family(tests.pid)  # asked to end, pytest and its workers would each print a stack trace
    raise KeyboardInterrupt


def welcome_for(args: Sequence[str]) -> tuple[Part, ...]:
    """Return the optional parts that the tests in *args* want: all, unless they only need a browser."""
    named = [path for arg in args if (path := (_CHECKOUT / arg.partition("::")[0]).resolve()).exists()]
    plain = [_CHECKOUT / folder for folder in IN_A_BROWSER_ALONE]
    is_plain = named and all(any(path.is_relative_to(folder) for folder in plain) for path in named)
    return (Part.SHELL,) if is_plain else WELCOME


def _cores() -> int:
    """Return how many cores we may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
