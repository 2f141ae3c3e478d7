"""Installs Debian packages without asking questions."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterable

from loguru import logger

from assistant.setup.system import System

LOCK_PATIENCE_S = 600
"""How long to wait for another installation to finish (an automatic update, say), seconds."""

_QUIET = ("-q", "-y", "-o", f"DPkg::Lock::Timeout={LOCK_PATIENCE_S}", "-o", "Dpkg::Use-Pty=0")


def as_root(system: System, assume_yes: bool) -> tuple[str, ...] | None:
    """Return the command prefix that makes us root, or None if that would need a question.

    With *assume_yes* sudo may ask for its password, if there is a terminal.
    """
    if system.which("apt-get") is None:
        return None
    if system.is_root:
        return ()
    sudo = system.which("sudo")
    if sudo is None:
        return None
    if _run((sudo, "-n", "true"), system).returncode == 0:
        return (sudo, "-n")
    return (sudo,) if assume_yes and system.terminal else None


def install(packages: Iterable[str], as_root: tuple[str, ...], system: System) -> str | None:
    """Install *packages*. Returns apt's complaint if it fails."""
    apt_get = system.which("apt-get") or "apt-get"
    command = (*as_root, "env", "DEBIAN_FRONTEND=noninteractive", apt_get, *_QUIET)
    wanted = ("install", "--no-install-recommends", *packages)
    if _run((*command, *wanted), system).returncode == 0:
        return None
    # The usual reason is that package lists are missing or stale. We only fetch them now that we need them.
    _update((*command, "update"), system)
    done = _run((*command, *wanted), system)
    return None if done.returncode == 0 else _complaint(done.stdout)


def _update(command: tuple[str, ...], system: System) -> None:
    """Fetch the package lists. apt doesn't wait for their lock by itself."""
    give_up = time.monotonic() + LOCK_PATIENCE_S
    while "Could not get lock" in _run(command, system).stdout and time.monotonic() < give_up:
        time.sleep(1)


def _run(command: tuple[str, ...], system: System) -> subprocess.CompletedProcess[str]:
    # Our own settings can contain secrets. And we search apt's output, so we want it untranslated.
    environment = {name: value for name, value in system.env.items() if not name.startswith("EONAY_")}
    done = subprocess.run(  # noqa: S603 - a fixed list of words
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**environment, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    logger.debug("{} -> {}\n{}", " ".join(command), done.returncode, done.stdout)
    return done


def _complaint(output: str) -> str | None:
    errors = [line.removeprefix("E:").strip() for line in output.splitlines() if line.startswith("E:")]
    return errors[-1] if errors else None
