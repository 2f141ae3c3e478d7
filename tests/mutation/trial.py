"""Mutants tried: in a copy of the checkout the tests are loaded once, and each mutant has them run in a forked process.

A change within a function replaces that function's code after the fork. Any other change needs its module loaded again,
and the tests with it. The changed module is in the copy too, because tests start processes. Linux only.
"""

from __future__ import annotations

import compileall
import gc
import importlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Literal, NoReturn

import pytest

from tests.mutation import Mutant, Target
from tests.tree import ROOT

Verdict = Literal["killed", "timed out", "survived"]
Numbered = tuple[int, Mutant]

_LIBRARIES = ("hypothesis.strategies", "playwright.sync_api", "pytest_playwright.pytest_playwright", "xdist.plugin")
_OURS = ("flows", "assistant.run.step", "assistant.browser.launch", "assistant.card.process")
"""What the tests load: loaded once before all forks, so that libraries and patterns are there, and then forgotten."""
_SLOWER = 5
"""How many times longer than all tests of its module a mutant may take, and some seconds, before it counts as hung."""
_SOME_S = 30.0
_FIRST_PATIENCE_S = 600.0


class NoTrialError(Exception):
    """The tests don't run, or fail without any change, so they say nothing about a mutant."""


def warm_up() -> None:
    """Load what all trials need, once."""
    for name in (*_LIBRARIES, *_OURS):
        importlib.import_module(name)
    _forget("assistant", "flows", "fixtures")
    gc.collect()
    gc.freeze()  # a trial that looks for garbage need not look here


def prepare(place: Path) -> None:
    """Compile the copy at *place*: the trials write no compiled code, for two mutants may look the same to Python."""
    compileall.compile_dir(place, quiet=1)


def try_all(target: Target, mutants: Sequence[Numbered], place: Path, tell: Callable[[int, Verdict], None]) -> None:
    """Try *mutants* one after another in the copy at *place*, and tell of each by its number. Raises `NoTrialError`.

    Changes this process for good (folder, path, streams): call it in one of its own.
    """
    _move_to(place)
    whole = (place / target.file).read_text(encoding="utf-8")
    begun = time.monotonic()
    green, said = _forked(lambda: _be_pytest(target, place), _FIRST_PATIENCE_S), place / "said"
    if green != 0:
        text = said.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise NoTrialError(f"{target.file}: its tests end with {green} before anything was changed\n{text}")
    patience = _SOME_S + _SLOWER * (time.monotonic() - begun)

    def judged(text: str, work: Callable[[], NoReturn]) -> Verdict:
        with _put(place / target.file, text, whole):
            code = _forked(work, patience)
        return "survived" if code == 0 else "killed" if code is not None else "timed out"

    for number, mutant in mutants:
        if not mutant.function:
            tell(number, judged(mutant.text, lambda: _be_pytest(target, place)))
    within = [(number, mutant) for number, mutant in mutants if mutant.function]
    if within and pytest.main(_options(target, place), plugins=[_Trials(target, within, judged, tell)]) != 0:
        raise NoTrialError(f"{target.file}: its tests cannot be loaded")


class _Trials:
    """Instead of running the tests once, run them for each mutant, in a fork of the process that has loaded them."""

    def __init__(
        self,
        target: Target,
        mutants: Sequence[Numbered],
        judged: Callable[[str, Callable[[], NoReturn]], Verdict],
        tell: Callable[[int, Verdict], None],
    ) -> None:
        self._module = target.file.removesuffix(".py").replace("/", ".")
        self._mutants, self._judged, self._tell = mutants, judged, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant."""
        for number, mutant in self._mutants:

            def work(mutant: Mutant = mutant) -> NoReturn:
                _exchange(sys.modules[self._module], mutant)
                _run(session)

            self._tell(number, self._judged(mutant.text, work))
        return True


def _run(session: pytest.Session) -> NoReturn:
    """Run the tests that *session* has loaded, up to the first that fails."""
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            os._exit(1)
    os._exit(0)


def _exchange(module: Any, mutant: Mutant) -> None:
    """Give the function of *mutant* its changed code, however it is wrapped."""
    found: Any = module
    for part in mutant.function.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType):
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found.__wrapped__
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    found.__code__ = next(_codes(compile(mutant.text, module.__file__, "exec"), mutant.function))


def _codes(code: CodeType, name: str) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == name:
                yield inner
            yield from _codes(inner, name)


@contextmanager
def _put(path: Path, text: str, whole: str) -> Iterator[None]:
    for old in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        old.unlink()
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(whole, encoding="utf-8")


def _forked(work: Callable[[], NoReturn], patience_s: float) -> int | None:
    """Do *work* in a process of its own and return its exit code, negative for a signal; None where time ran out."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            work()
        except BaseException:  # noqa: BLE001 (a mutant that cannot even be loaded is a dead one)
            os._exit(1)
    process = os.pidfd_open(pid)
    try:
        ended, _, _ = select.select([process], [], [], patience_s)
    finally:
        os.close(process)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # a browser or a card's worker that the tests left behind goes, too
        _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) if ended else None


def _be_pytest(target: Target, place: Path) -> NoReturn:
    code = pytest.main(_options(target, place))
    sys.stdout.flush()
    os._exit(int(code))


def _options(target: Target, place: Path) -> list[str]:
    # Plain asserts: nobody reads what a failing one compared, and nothing of it has to be rewritten.
    options = ["-x", "-q", "-n", "0", "--assert=plain", "--capture=no", "-p", "no:cacheprovider"]
    return [*options, f"--basetemp={place}-tmp", *target.tests]


def _move_to(place: Path) -> None:
    """Let this process live in the copy, quietly."""
    said = os.open(place / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    for number in (1, 2):
        os.dup2(said, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(place)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    sys.path[:] = [str(place), *(entry for entry in sys.path if Path(entry or ".").resolve() not in (ROOT, place))]
    _forget("tests")


def _forget(*packages: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]
