"""Makes the virtual environment of a checkout: the slow half of the launchers `eonay` and `eonay.cmd`.

Runs before anything is installed, as a script, under any Python 3.11 or newer: standard library only, and no
import of its own package. The fast half (is the environment as the lock file wants it?) is in the launchers.

    python -I environment.py [--dev] [--language tr|en] FOLDER

An environment is complete when it holds a copy of the lock file it was made from; the copy is written last,
so that whatever was interrupted is made anew. Everything goes to standard error, all output of the tools to
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[2]
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
FAILED = 6
INTERRUPTED = 130

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


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the person, in both languages."""

    tr: str
    en: str


_FIRST_TIME = Message(
    "İlk kullanım için hazırlanıyor (bir iki dakika sürebilir) …",
    "Preparing for first use (this can take a minute or two) …",
)
_RENEWING = Message("Gerekli paketler güncelleniyor …", "Updating the required packages …")
_DEV_TOO = Message("Test araçları kuruluyor …", "Installing the test tools …")
_WAITING = Message(
    "Aynı hazırlığı yapan başka bir pencere var, bekleniyor …",
    "Another window is doing the same set-up, waiting …",
)
_STOPPED = Message(
    "Hazırlık yarıda kesildi. Yeniden başlattığınızda baştan yapılır.",
    "Set-up was interrupted. It is done again at the next start.",
)
_NO_FOLDER = Message("Klasör oluşturulamadı veya klasöre yazılamadı: {}", "The folder cannot be written: {}")

# What the tools say -> what the person reads. The first that fits wins, so the more particular come first.
_CAUSES: tuple[tuple[tuple[str, ...], Message], ...] = (
    (
        ("DO NOT MATCH THE HASHES", "Hash mismatch"),
        Message(
            "Gelen paket, beklenen paketle aynı değil (özet değeri tutmuyor); kurulmadı. "
            "Bağlantınız veya paket aynanız güvenilir olmayabilir; bilgi işlem biriminize bildiriniz.",
            "A package is not the expected one (its hash differs); nothing was installed. "
            "Your connection or package mirror may not be trustworthy; tell your IT unit.",
        ),
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "UnknownIssuer", "certificate verify failed"),
        Message(
            "Ağınızın güvenlik sertifikası tanınmadığı için paketler indirilemedi. Kurumunuzun kök sertifikasını "
            "PIP_CERT ortam değişkeniyle gösterip yeniden deneyiniz.",
            "The packages could not be downloaded because the certificate of your network is not trusted. "
            "Name your institution's root certificate in the environment variable PIP_CERT and try again.",
        ),
    ),
    (
        ("No space left on device", "Errno 28", "disk full"),
        Message(
            "Diskte yer kalmadı. En az 500 MB boşaltıp yeniden deneyiniz.",
            "The disk is full. Free at least 500 MB and try again.",
        ),
    ),
    (
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
        Message(
            "Gerekli paketler indirilemedi: internete veya paket deposuna ulaşılamıyor. "
            "Bağlantınızı denetleyip yeniden deneyiniz; bu yalnız ilk kullanımda gerekir.",
            "The required packages could not be downloaded: no connection to the internet or the package index. "
            "Check the connection and try again; this is needed for the first use only.",
        ),
    ),
    (
        ("No matching distribution found", "No solution found"),
        Message(
            "Paket deposu, gereken paketlerden birini bu sistem için sunmuyor. "
            "Başka bir Python sürümüyle (EONAY_PYTHON) veya başka bir ağda deneyiniz.",
            "The package index does not offer one of the required packages for this system. "
            "Try another version of Python (EONAY_PYTHON) or another network.",
        ),
    ),
)
_UNKNOWN = Message("Gerekli paketler kurulamadı.", "The required packages could not be installed.")
_LOG_IS_AT = Message("Ayrıntı: {}", "Details: {}")


class EnvironmentSetupError(Exception):
    """The environment could not be made; carries the sentence for the person."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


def python_of(folder: Path) -> Path:
    """Return where the interpreter of the environment in *folder* is, or would be."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def is_ready(folder: Path, lock: str, checkout: Path = CHECKOUT) -> bool:
    """Tell whether *folder* was completed from the present *lock* file of *checkout*."""
    copy = folder / lock
    return python_of(folder).exists() and copy.exists() and filecmp.cmp(checkout / lock, copy, shallow=False)


@dataclass(frozen=True, slots=True)
class Setup:
    """One set-up of one environment."""

    folder: Path
    """Where the environment is made."""
    dev: bool
    """Whether the tools for testing belong in it too."""
    language: str = "tr"
    """Language of the lines for the person: "tr" or "en"."""
    checkout: Path = CHECKOUT
    """Where the lock files are."""

    def run(self) -> None:
        """Complete the environment, unless it is complete.

        Raises `EnvironmentSetupError`, `OSError` when the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _only_one(self.folder / _LOCK_FILE, waiting=lambda: self._say(_WAITING)) as lock:
            # While this one waited, another may have done it all.
            fresh = not is_ready(self.folder, RUNTIME_LOCK, self.checkout)
            if not fresh and (not self.dev or is_ready(self.folder, DEV_LOCK, self.checkout)):
                return
            again = (self.folder / RUNTIME_LOCK).exists()
            self._say(_DEV_TOO if not fresh else _RENEWING if again else _FIRST_TIME)
            with (self.folder / _LOG_FILE).open("w", encoding="utf-8") as log:
                self._make(fresh, _Tools(log, lock))

    def _make(self, fresh: bool, tools: _Tools) -> None:
        uv = shutil.which("uv")
        # The lock for development holds the other one's packages in the same versions, and more.
        lock = self.checkout / (DEV_LOCK if self.dev else RUNTIME_LOCK)
        if uv is None or not self._with_uv(uv, fresh, lock, tools):
            self._with_pip(fresh, lock, tools)
        for name in (RUNTIME_LOCK, DEV_LOCK) if self.dev else (RUNTIME_LOCK,):
            partial = self.folder / f"{name}.partial"
            shutil.copyfile(self.checkout / name, partial)
            partial.replace(self.folder / name)

    def _with_uv(self, uv: str, fresh: bool, lock: Path, tools: _Tools) -> bool:
        """Try uv, which is quick. It does not know pip's settings, so where it fails pip has its turn."""
        if fresh:
            _empty(self.folder)
            make = (uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", _base_python())
            if not tools.run(*make, str(self.folder)):
                return False
        python = str(python_of(self.folder))
        install = (uv, "pip", "install", "--quiet", "--no-progress", "--compile-bytecode")
        options = ("--python", python, "--require-hashes", "--no-deps", "-r", str(lock))
        # Without a network, what uv has in its cache may be enough.
        return tools.run(*install, *options) or tools.run(*install, "--offline", *options)

    def _with_pip(self, fresh: bool, lock: Path, tools: _Tools) -> None:
        python = str(python_of(self.folder))
        if not fresh:
            # An environment made by uv has no pip; one made by venv has it already, and this does nothing.
            tools.run(python, "-I", "-m", "ensurepip")
        else:
            _empty(self.folder)
            if not tools.run(_base_python(), "-I", "-m", "venv", str(self.folder)):
                raise self._failure(tools)
        install = (python, "-I", "-m", "pip", "install", "--quiet", "--no-input", "--progress-bar", "off")
        options = ("--disable-pip-version-check", "--no-warn-script-location", "--require-hashes", "--no-deps")
        if not tools.run(*install, *options, "-r", str(lock)):
            raise self._failure(tools)

    def _failure(self, tools: _Tools) -> EnvironmentSetupError:
        tools.log.flush()
        path = self.folder / _LOG_FILE
        said = path.read_text(encoding="utf-8", errors="replace")
        cause = next((text for signs, text in _CAUSES if any(s in said for s in signs)), _UNKNOWN)
        return EnvironmentSetupError(
            Message(f"{cause.tr} {_LOG_IS_AT.tr.format(path)}", f"{cause.en} {_LOG_IS_AT.en.format(path)}")
        )

    def _say(self, message: Message) -> None:
        say(message, self.language)


@dataclass(frozen=True, slots=True)
class _Tools:
    """Starts pip and uv with their output in a log."""

    log: IO[str]
    lock: int
    """The lock's file descriptor: a child keeps it, so it stays held should this process alone be killed."""

    def run(self, *command: str) -> bool:
        # The program's own settings can hold secrets, which are nobody else's business.
        environment = {
            name: value for name, value in os.environ.items() if name not in _NOT_OURS and not name.startswith("EONAY_")
        }
        self.log.write(f"$ {' '.join(command)}\n")
        self.log.flush()
        done = subprocess.run(  # noqa: S603 - a fixed list of words and our own paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=environment,
            check=False,
            pass_fds=() if os.name == "nt" else (self.lock,),
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
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        told = False
        while not _try_lock(descriptor):
            if not told:
                waiting()
                told = True
            time.sleep(0.1)
        yield descriptor
    finally:
        os.close(descriptor)


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
        except BlockingIOError:
            return False
        except OSError:
            # A file system without locks (some network shares): set up unguarded rather than not at all.
            return True
        return True


def say(message: Message, language: str) -> None:
    """Write one line for the person."""
    sys.stderr.write(f"eonay: {message.en if language == 'en' else message.tr}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environment; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the virtual environment of this checkout.")
    parser.add_argument("--dev", action="store_true", help="the tools for testing too")
    parser.add_argument("--language", default="tr")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    try:
        # Python makes no environment through a link, so where one leads is what is made or renewed.
        Setup(options.folder.resolve(), options.dev, options.language).run()
    except EnvironmentSetupError as error:
        say(error.message, options.language)
        return FAILED
    except OSError as error:
        where = error.filename or options.folder
        say(Message(_NO_FOLDER.tr.format(where), _NO_FOLDER.en.format(where)), options.language)
        return FAILED
    except KeyboardInterrupt:
        say(_STOPPED, options.language)
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
