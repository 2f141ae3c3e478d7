"""Runs the project's own tests: `./eonay test`."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
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
"""Tests that need one of these are skipped without it. A module of tests that starts one says ``NEEDS = (Part.…,)``."""

_CHECKOUT = Path(__file__).resolve().parents[2]
_TESTS = _CHECKOUT / "tests"
_WAITING = 1
"""Workers beyond the number of cores: a test often waits. On two cores all tests took 549 s with it, 677 s without."""
_MOST_WORKERS = 8
"""Each worker may run a browser, so we run out of memory before we run out of cores."""


def run_tests(args: Sequence[str] = (), assume_yes: bool = False) -> int:
    """Install what the tests need, run them in parallel, and return pytest's exit code.

    *args* go to pytest and override the number of workers we choose. Raises `UsageError` outside a checkout,
    `SetupError` if something is missing and can't be installed.
    """
    if not _TESTS.is_dir():
        raise UsageError.of("setup.tests")
    ensure(NEEDED, assume_yes, optional=welcome_for(args))
    workers = min(_cores() + _WAITING, _MOST_WORKERS)
    command = (sys.executable, "-P", "-m", "pytest", "-n", str(workers), "--dist", "worksteal", *args)
    # The person's settings (a card, a portal, a PIN) are not for tests. Their choice of browser is.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("EONAY_") or name == "EONAY_BROWSER"
    }
    # Tests start the program hundreds of times; without bytecode each start compiles all of it again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
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
    """Return the optional parts that the tests named by *args* need: all, where no file or folder is named."""
    named = [path for arg in args if (path := (_CHECKOUT / arg.partition("::")[0]).resolve()).exists()]
    if not named:
        return WELCOME
    files = {file for path in named for file in (path.rglob("*.py") if path.is_dir() else [path])}
    needed = _needed_by(files) | {Part.SHELL}  # nearly every test's browser
    return tuple(part for part in WELCOME if part in needed)


def _needed_by(files: Iterable[Path]) -> set[Part]:
    """Return the parts that *files* name, with the tests' modules that they import and the conftests above them.

    The files are read, not imported: what they import may not be there before the set-up.
    """
    parts: set[Part] = set()
    left, seen = set(files), set[Path]()
    while left:
        file = left.pop()
        seen.add(file)
        named, others = _said_in(file)
        parts |= named
        left |= others - seen
    return parts


@cache
def _said_in(file: Path) -> tuple[frozenset[Part], frozenset[Path]]:
    """Return the parts that *file* itself names, and the files of tests that are read with it."""
    parts, others = set[Part](), set[Path]()
    if _TESTS in file.parents:
        others |= {found for above in file.parents if (found := above / "conftest.py").is_file()}
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == _TESTS.name:
            others |= set(_modules(node))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "NEEDS":
            parts |= {Part[name.attr] for name in ast.walk(node.value) if isinstance(name, ast.Attribute)}
    return frozenset(parts), frozenset(others)


def _modules(node: ast.ImportFrom) -> Iterator[Path]:
    """Yield the files of tests that an import reads: the module's, or those of its parts that are modules."""
    place = _CHECKOUT.joinpath(*str(node.module).split("."))
    for found in (place, *(place / name.name for name in node.names)):
        if found.with_suffix(".py").is_file():
            yield found.with_suffix(".py")


def _cores() -> int:
    """Return how many cores we may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
