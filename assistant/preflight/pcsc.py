"""The readers and what is in them, through PC/SC alone: no card driver, and we open no card.

The system's library runs in its own process (`pcsc_child`), so we can give up on it if it hangs.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.card.child import child_command, child_environment

DEADLINE_S = 6.0
"""Timeout for PC/SC, seconds; a slow reader takes two or three."""

Service = Literal["running", "stopped", "library_missing", "hung", "error"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader."""

    name: str
    card: bool
    mute: bool = False
    """There is a card in it that doesn't answer: upside down, or broken."""
    atr: bytes = b""


@dataclass(frozen=True, slots=True)
class PcscState:
    """What PC/SC says."""

    service: Service
    readers: tuple[Reader, ...] = ()
    code: str | None = None
    """The return code of an ``error``, in hexadecimal."""


def ask_pcsc(library: str | None = None, deadline_s: float = DEADLINE_S) -> PcscState:
    """Ask PC/SC for its readers. *library* replaces the system's in tests."""
    command: Sequence[str] = [*child_command("assistant.preflight.pcsc_child"), *([library] if library else [])]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment({}),
            timeout=deadline_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return PcscState("hung")
    except OSError:
        return PcscState("error")
    try:
        return _state(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        return PcscState("error")


def _state(answer: dict[str, Any]) -> PcscState:
    readers = tuple(
        Reader(str(entry["name"]), bool(entry["card"]), bool(entry["mute"]), bytes.fromhex(entry["atr"]))
        for entry in answer["readers"]
    )
    service: Service = answer["service"]
    return PcscState(service, readers, answer.get("code"))
