"""The formats we can write a guide in. A format's module is loaded only when we write it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from assistant.guide.model import Guide

Write = Callable[[Guide, Path], tuple[Path, ...]]
"""Writes a guide into a folder and returns the files. Same guide, same bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """One name that ``--formats`` takes."""

    name: str
    modules: tuple[str, ...]
    """Each has a `Write` named ``write``, or another one named after a colon."""
    weight: int = 1
    """How long it takes compared to the others: we start with the longest."""
    is_usual: bool = True
    """Whether we write it if no formats are named."""
    needs: str = ""
    """The package that writes it, if that is an extra."""
    pictures: str = ""
    """How it prepares its pictures, if that is a lot of work: one process writes all formats with the same value, and
        prepares the pictures once."""

    @property
    def is_installed(self) -> bool:
        """Whether the package that writes it is installed."""
        return not self.needs or find_spec(self.needs) is not None

    @property
    def install(self) -> str:
        """The command that installs it."""
        return f'"{sys.executable}" -m pip install {self.needs}'


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        entry.name: entry
        for entry in (
            Format("html", ("html",), weight=6, pictures="webp"),
            Format("pdf", ("pdf",), pictures="palette"),
            Format("docx", ("docx",), weight=3, pictures="palette"),
            Format("pptx", ("pptx",), weight=3, pictures="palette"),
            Format("md", ("markdown",)),
            Format("card", ("card",)),
            Format("mp4", ("video",), weight=15, needs="av"),
            Format("webm", ("video:write_webm",), weight=30, is_usual=False, needs="av"),
            Format("gif", ("animation",), weight=3),
            Format("webp", ("animation:write_webp",), weight=3, is_usual=False),
            Format("scorm12", ("scorm:write_12",), pictures="webp"),
            Format("scorm2004", ("scorm:write_2004",), pictures="webp"),
            Format("letter", ("letter_pdf", "letter_docx")),
        )
    }
)
"""By name, in the order we list them."""


def jobs(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the modules that write *names*, grouped by process, longest first."""
    together: dict[tuple[str, str], list[Format]] = {}
    for entry in (FORMATS[name] for name in names):
        together.setdefault(("pictures", entry.pictures) if entry.pictures else ("format", entry.name), []).append(
            entry
        )
    ordered = sorted(together.values(), key=lambda entries: -sum(entry.weight for entry in entries))
    return tuple(tuple(dict.fromkeys(module for entry in entries for module in entry.modules)) for entries in ordered)


def writer(task: str) -> Write:
    """Return what does *task*, one of those in `jobs`."""
    module, _, function = task.partition(":")
    found: Write = getattr(import_module(f"{__name__}.{module}"), function or "write")
    return found
