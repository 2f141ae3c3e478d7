"""From a page's model to its HTML, in one look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, Template
from markupsafe import Markup

from mock_portal.looks import LookDrawing
from mock_portal.pages.model import Block, Page
from mock_portal.templating import environment


def drawn(look: LookDrawing, edition: str, page: Page, values: Mapping[str, Any]) -> str:
    """Return *page* in *look*. *values* are what templates see besides: `csrf`, `person`, `word` and so on."""
    around, parts = _templates(look.folders, edition)
    context = {**values, "look": look.name, "page": page}
    macros: Any = None

    def draw(block: Block) -> Markup:
        return cast("Markup", getattr(macros, block.drawn)(block))

    context["draw"] = draw
    macros = parts.make_module(context)
    return around.render({**context, "parts": macros})


@cache
def _templates(folders: tuple[Path, ...], edition: str) -> tuple[Template, Template]:
    known: Environment = environment(folders)
    around = known.select_template(["layer.html", "base.html", f"base_{edition}.html"])
    parts = known.get_template("parts.html")
    return around, parts
