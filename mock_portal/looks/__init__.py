"""How the pages of Online İşlemler are drawn. A look knows the parts of a page, never what they say.

Each look has a folder of templates: `base.html` (or one per edition), the frame of every page, and `parts.html`, one
macro for each kind of block in `mock_portal.pages.model`. A look built on another one has `layer.html` in place of
what it changes, and takes the rest from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from fixtures import LOOKS, Look

HERE = Path(__file__).parent.parent
TEMPLATES = HERE / "templates"


@dataclass(frozen=True, slots=True)
class LookDrawing:
    """One look: its templates, and how its pages are delivered."""

    name: str
    folders: tuple[Path, ...]
    """Where to look for its templates, in this order."""
    delivery: Literal["pages", "parts", "faces"] = "pages"
    """Whole pages; a skeleton first and the content after a request; or parts of one page that stays."""
    static: Path | None = None
    """A folder of files of its own, served below `/static/look/`."""
    policy: str = ""
    """What else its pages may do, in the syntax of a content security policy."""


def _own(name: Look) -> LookDrawing:
    folders = tuple(TEMPLATES / "looks" / each for each in dict.fromkeys((name, "plain")))
    deliveries: dict[Look, Literal["parts", "faces"]] = {"skeletons": "parts", "jsf": "faces"}
    policy = "; script-src 'self' 'unsafe-inline'" if name == "jsf" else ""
    return LookDrawing(name, (*folders, TEMPLATES), deliveries.get(name, "pages"), policy=policy)


DRAWINGS: Mapping[str, LookDrawing] = MappingProxyType({name: _own(name) for name in LOOKS})
"""Every look by its name."""


def drawing_of(look: str | LookDrawing) -> LookDrawing:
    """Return the look of that name. Raises ValueError for an unknown one."""
    if isinstance(look, LookDrawing):
        return look
    if look not in DRAWINGS:
        raise ValueError(f"no look is called {look!r}")
    return DRAWINGS[look]
