"""Makes the virtual environment of a checkout: the slow half of the launchers `eonay` and `eonay.cmd`.

Runs before anything is installed, as a script, under any Python 3.11 or newer: standard library only, and no
import of its own package; its words are read by their path. The fast half (is the environment as the lock file
wants it?) is in the launchers.

    python -I environment.py [--dev] [--language tr|en] FOLDER

An environment is complete when it holds a copy of the lock file it was made from; the copy is written last,
so that whatever was interrupted is made again. Everything goes to standard error, all output of the tools to
FOLDER/setup.log. Exit code 0, or 6 (the outcome "failed") after one short paragraph.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[2]
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
FAILED = 6
INTERRUPTED = 130

_WORDS = CHECKOUT / "assistant" / "base" / "words" / "setup.toml"
_LOCK_FILE = ".setup-lock"
_LOG_FILE = "setup.log"

# Settings of the person's own that would make pip or uv install elsewhere or something else.
# Settings that say where packages come from (index, mirror, proxy, certificate) are left alone: hashes decide.
_NOT_OURS = (
    "CONDA_PREFIX",
    "PIP_CONSTRAINT",
    "PIP_PREFIX",
    "PIP_REQUIREMENT",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_BUILD_CONSTRAINT",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
)


def _told(name: str, language: str, **values: object) -> str:
    """Return the text *name* of the catalogue; the name itself where the checkout is not whole."""
    try:
        texts = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["environment"]
        for part in name.split("."):
            texts = texts[part]
        return str(texts["en" if language == "en" else "tr"]).format(**values)
    except (OSError, ValueError, KeyError):
        return " ".join((name, *map(str, values.values())))


def _say(text: str) -> None:
    """Write *text* as one line."""
    sys.stderr.write(f"eonay: {text}\n")
    sys.stderr.flush()


# What the tools say, by what it means. The first that fits wins, so the more particular come first.
_CAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("hash", ("DO NOT MATCH THE HASHES", "Hash mismatch")),
    ("certificate", ("CERTIFICATE_VERIFY_FAILED", "UnknownIssuer", "certificate verify failed")),
    ("disk", ("No space left on device", "Errno 28", "disk full")),
    (
        "network",
        (
            "Failed to establish a new connection",
            "NewConnectionError",
            "NameResolutionError",
            "name resolution",
            "Network is unreachable",
            "Connection refused",
            "Connection reset",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "Read timed out",
            "ProxyError",
            "dns error",
            "error sending request",
            # pip asked to be silent says no more than this; that an index has no version at all is rarer.
            "(from versions: none)",
        ),
    ),
    ("no_version", ("No matching distribution found", "No solution found")),
)


def python_of(folder: Path) -> Path:
    """Return where the interpreter of the environment in *folder* is, or would be."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def is_ready(folder: Path, lock: str) -> bool:
    """Tell whether *folder* was completed from the present *lock* file."""
    copy = folder / lock
    return python_of(folder).exists() and copy.exists() and filecmp.cmp(CHECKOUT / lock, copy, shallow=False)


def set_up(folder: Path, language: str, locks: Sequence[str]) -> bool:
    """Complete the environment in *folder* for all *locks*; return False after saying why that can't be done.

    The last of *locks* holds all packages of the others, in the same versions. Raises `OSError` where the folder can't
    be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder / _LOCK_FILE, waiting=lambda: _say(_told("waiting", language))) as held:
        # While this one waited, another may have done it all.
        is_fresh = not is_ready(folder, RUNTIME_LOCK)
        if all(is_ready(folder, lock) for lock in locks):
            return True
        doing = "dev_too" if not is_fresh else "renewing" if (folder / RUNTIME_LOCK).exists() else "first_time"
        _say(_told(doing, language))
        with (folder / _LOG_FILE).open("w", encoding="utf-8") as log:
            run = partial(_run, log, held)
            wanted = ("--require-hashes", "--no-deps", "-r", str(CHECKOUT / locks[-1]))
            # uv is quick. It does not know pip's settings, so where it fails pip has its turn.
            is_done = _with_uv(run, folder, is_fresh, wanted) or _with_pip(run, folder, is_fresh, wanted)
        if not is_done:
            said = (folder / _LOG_FILE).read_text(encoding="utf-8", errors="replace")
            known = (f"cause.{cause}" for cause, signs in _CAUSES if any(sign in said for sign in signs))
            cause = _told(next(known, "unknown"), language)
            _say(f"{cause} {_told('log', language, path=folder / _LOG_FILE)}")
            return False
        for lock in locks:
            partial_copy = folder / f"{lock}.partial"
            shutil.copyfile(CHECKOUT / lock, partial_copy)
            partial_copy.replace(folder / lock)
        return True


def _with_uv(run: Callable[..., bool], folder: Path, is_fresh: bool, wanted: Sequence[str]) -> bool:
    if (uv := shutil.which("uv")) is None:
        return False
    if is_fresh:
        _empty(folder)
        make = (uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", _base_python())
        if not run(*make, str(folder)):
            return False
    install = (uv, "pip", "install", "--quiet", "--no-progress", "--compile-bytecode")
    options = ("--python", str(python_of(folder)), *wanted)
    # Without a network, what uv has in its cache may be enough.
    return run(*install, *options) or run(*install, "--offline", *options)


def _with_pip(run: Callable[..., bool], folder: Path, is_fresh: bool, wanted: Sequence[str]) -> bool:
    python = (str(python_of(folder)), "-I", "-m")
    if not is_fresh:
        # An environment made by uv has no pip; one made by venv has it already, and this does nothing.
        run(*python, "ensurepip")
    else:
        _empty(folder)
        if not run(_base_python(), "-I", "-m", "venv", str(folder)):
            return False
    install = (*python, "pip", "install", "--quiet", "--no-input", "--progress-bar", "off")
    return run(*install, "--disable-pip-version-check", "--no-warn-script-location", *wanted)


def _run(log: IO[str], held: int, *command: str) -> bool:
    """Run *command* with its output in *log*; return whether it succeeded.

    It keeps the lock's file descriptor *held*, so that this stays held should this process alone be killed.
    """
    # The program's own settings can hold secrets, which are nobody else's business.
    ours = {name: text for name, text in os.environ.items() if name not in _NOT_OURS and not name.startswith("EONAY_")}
    ours["PIP_USER"] = "0"  # says no to "user = true" in pip.conf as well, with which nothing goes into an environment
    log.write(f"$ {' '.join(command)}\n")
    log.flush()
    keep = () if os.name == "nt" else (held,)
    done = subprocess.run(  # noqa: S603 - a fixed list of words and our own paths
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ours, check=False, pass_fds=keep
    )
    return done.returncode == 0


def _base_python() -> str:
    """Return the real path of this interpreter.

    With `/usr/bin/python3` an environment would seem whole, and be broken, after the system moved on to the
    next Python; with `/usr/bin/python3.11` its interpreter is gone then, which the launcher sees.
    """
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())


def _empty(folder: Path) -> None:
    """Remove all of an environment but the files of the set-up, its marks of completeness first."""
    for name in (RUNTIME_LOCK, DEV_LOCK):
        (folder / name).unlink(missing_ok=True)
    for entry in folder.iterdir():
        if entry.name in {_LOCK_FILE, _LOG_FILE}:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextlib.contextmanager
def _only_one(path: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock *path*; call *waiting* once when someone else has it.

    The operating system releases it when its holder ends, however it ends: nothing to clean up, never stale.
    """
    with path.open("a") as file:
        if not _try_lock(file.fileno()):
            waiting()
            while not _try_lock(file.fileno()):
                time.sleep(0.1)
        yield file.fileno()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Only where someone else has it. On a file system without locks (some network shares): unguarded rather
            # than not at all.
            return not isinstance(error, BlockingIOError)
        return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environment; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the virtual environment of this checkout.")
    parser.add_argument("--dev", action="store_true", help="the tools for testing too")
    parser.add_argument("--language", default="tr")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    locks = (RUNTIME_LOCK, DEV_LOCK) if options.dev else (RUNTIME_LOCK,)
    try:
        # Python makes no environment through a link, so where one leads is what is made or renewed.
        return 0 if set_up(options.folder.resolve(), options.language, locks) else FAILED
    except OSError as error:
        _say(_told("no_folder", options.language, folder=error.filename or options.folder))
        return FAILED
    except KeyboardInterrupt:
        _say(_told("stopped", options.language))
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
