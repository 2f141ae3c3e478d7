"""Makes the virtual environment of a checkout: the slow half of the launchers `eonay` and `eonay.cmd`.

Runs as a script before anything is installed, under any Python from 3.11: standard library only, no imports from our
own packages; it reads its texts from their file. The fast half (does the environment match the lock file?) is in the
launchers.

    python -I environment.py [--dev] [--language tr|en] FOLDER

A complete environment contains a copy of the lock file it was made from. We write the copy last, so anything
interrupted is made again. All messages go to standard error, all output of the tools to FOLDER/setup.log. Exit code 0,
or 6 (the outcome "failed") after one short paragraph.
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

# The person's own settings that would make pip or uv install something else, or somewhere else.
# We respect where packages come from (index, mirror, proxy, certificate): the hashes decide.
_NOT_OURS = (
    "CONDA_PREFIX",
    "PIP_CONSTRAINT",
    "PIP_DRY_RUN",
    "PIP_PREFIX",
    "PIP_PYTHON",
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
    """Return the text *name* from the catalogue, or just the name if the checkout is incomplete."""
    try:
        texts = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["environment"]
        for part in name.split("."):
            texts = texts[part]
        return str(texts["en" if language == "en" else "tr"]).format(**values)
    except (OSError, ValueError, KeyError):
        return " ".join((name, *map(str, values.values())))


def _say(text: str) -> None:
    """Write *text* on one line."""
    sys.stderr.write(f"eonay: {text}\n")
    sys.stderr.flush()


# What the tools' messages mean. The first match wins, so specific ones come first.
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
            # A quiet pip says no more than this. An index that really has no version at all is rarer.
            "(from versions: none)",
        ),
    ),
    ("no_version", ("No matching distribution found", "No solution found")),
)


def python_of(folder: Path) -> Path:
    """Return where the environment's interpreter is, or would be."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def is_ready(folder: Path, lock: str) -> bool:
    """Whether the environment in *folder* was completed from the current *lock* file."""
    copy = folder / lock
    return python_of(folder).exists() and copy.exists() and filecmp.cmp(CHECKOUT / lock, copy, shallow=False)


def set_up(folder: Path, language: str, locks: Sequence[str]) -> bool:
    """Complete the environment in *folder* for all *locks*; if that fails, say why and return False.

    The last of *locks* contains all packages of the others, in the same versions. Raises `OSError` if the folder isn't
    writable.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder / _LOCK_FILE, waiting=lambda: _say(_told("waiting", language))) as held:
        # While we waited, somebody else may have done it all.
        is_fresh = not is_ready(folder, RUNTIME_LOCK)
        if all(is_ready(folder, lock) for lock in locks):
            return True
        doing = "dev_too" if not is_fresh else "renewing" if (folder / RUNTIME_LOCK).exists() else "first_time"
        _say(_told(doing, language))
        with (folder / _LOG_FILE).open("w", encoding="utf-8") as log:
            run = partial(_run, log, held)
            wanted = ("--require-hashes", "--no-deps", "-r", str(CHECKOUT / locks[-1]))
            # uv is fast but doesn't know pip's settings, so if it fails pip gets a turn.
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
    # Without a network, uv's cache may be enough.
    return run(*install, *options) or run(*install, "--offline", *options)


def _with_pip(run: Callable[..., bool], folder: Path, is_fresh: bool, wanted: Sequence[str]) -> bool:
    python = (str(python_of(folder)), "-I", "-m")
    if not is_fresh:
        # An environment made by uv has no pip. If venv made it, pip is there and this does nothing.
        run(*python, "ensurepip")
    else:
        _empty(folder)
        if not run(_base_python(), "-I", "-m", "venv", str(folder)):
            return False
    install = (*python, "pip", "install", "--quiet", "--no-input", "--progress-bar", "off")
    return run(*install, "--disable-pip-version-check", "--no-warn-script-location", *wanted)


def _run(log: IO[str], held: int, *command: str) -> bool:
    """Run *command* with its output in *log*; return whether it succeeded.

    It inherits the lock's file descriptor *held*, so the lock survives if only this process is killed.
    """
    # Our own settings can contain secrets, which are nobody else's business.
    ours = {name: text for name, text in os.environ.items() if name not in _NOT_OURS and not name.startswith("EONAY_")}
    ours["PIP_USER"] = "0"  # overrules "user = true" in pip.conf, too, which would bypass the environment
    log.write(f"$ {' '.join(command)}\n")
    log.flush()
    keep = () if os.name == "nt" else (held,)
    done = subprocess.run(  # noqa: S603 - a fixed list of words and our own paths
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ours, check=False, pass_fds=keep
    )
    return done.returncode == 0


def _base_python() -> str:
    """Return the real path of this interpreter.

    Made with `/usr/bin/python3`, an environment would look fine and be broken once the system moves to the next Python.
    With `/usr/bin/python3.11` its interpreter is simply gone, and the launcher notices.
    """
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())


def _empty(folder: Path) -> None:
    """Empty an environment except for the setup's own files, starting with the marks that call it complete."""
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
    """Hold the lock *path*; call *waiting* once if somebody else has it.

    The system releases it however its holder ends: nothing to clean up, never stale.
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
            # Only give up if somebody else has it. Some network shares have no locks: better unguarded than not at all.
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
        # Python won't make an environment through a symlink, so we work on what it points to.
        return 0 if set_up(options.folder.resolve(), options.language, locks) else FAILED
    except OSError as error:
        _say(_told("no_folder", options.language, folder=error.filename or options.folder))
        return FAILED
    except KeyboardInterrupt:
        _say(_told("stopped", options.language))
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
