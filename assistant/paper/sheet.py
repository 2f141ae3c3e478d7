"""Typesets paper with Typst, in this process: tagged PDF (PDF/UA-1) or a picture. Same input, same bytes.

Templates and letters are our own. Nothing is downloaded: no template uses a package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from assistant.base.errors import GuideError
from assistant.base.trouble import no_room

_OWN = Path(str(resources.files("assistant.paper")))
FONTS = _OWN / "fonts"
DOTS = 192
"""Resolution of pictures, dots per inch."""


class Sheet:
    """A document ready to typeset: a template, its data, and the pictures it uses."""

    def __init__(self, template: str, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> None:
        self._template = template
        self._data = data
        self._files = files or {}

    def pdf(self) -> bytes:
        """Return the document as PDF/UA-1. Raises `GuideError` if Typst can't, `SetupError` without temporary space."""
        return self._set(format="pdf", pdf_standards=["ua-1"])

    def png(self, dots: int = DOTS) -> bytes:
        """Return its only page as a picture. Raises as `pdf` does."""
        return self._set(format="png", ppi=dots)

    def heights(self, **more: Any) -> list[Any]:
        """Return what the template measures under the label ``measured``, with *more* added to its data."""
        with self._folder(more) as folder:
            found: list[Any] = json.loads(
                typst.query(Path(folder) / self._template, "<measured>", field="value", one=True, **_where(folder))
            )
            return found

    def _set(self, **how: Any) -> bytes:
        with self._folder({}) as folder:
            try:
                made: bytes = typst.compile(Path(folder) / self._template, **_where(folder), **how)
            except typst.TypstError as error:
                raise GuideError("paper_not_set", f"{self._template}: {error.message}") from error
        return made

    @contextmanager
    def _folder(self, more: Mapping[str, Any]) -> Iterator[str]:
        with ExitStack() as kept:
            try:
                folder = kept.enter_context(TemporaryDirectory(prefix="eonay-paper-"))
                self._fill(Path(folder), more)
            except OSError as error:
                raise no_room(error) from None
            yield folder

    def _fill(self, folder: Path, more: Mapping[str, Any]) -> None:
        for template in (_OWN / "typst").glob("*.typ"):
            (folder / template.name).write_bytes(template.read_bytes())
        for name, content in self._files.items():
            (folder / name).write_bytes(content)
        (folder / "data.json").write_text(json.dumps({**self._data, **more}, ensure_ascii=False), encoding="utf-8")


def _where(folder: str) -> dict[str, Any]:
    return {
        "root": folder,
        "font_paths": [FONTS],
        "ignore_system_fonts": True,
        "package_path": folder,
        "package_cache_path": folder,
    }
