"""How the modules depend on each other and what they call things, beyond the import-linter contracts."""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from docs.draw_house import PLACE, drawn
from tests.tree import ROOT

HOUSE = ("assistant", "flows", "fixtures", "mock_portal")


def test_no_module_imports_itself_through_others() -> None:
    """The modules can be ordered so that each comes after everything it imports, even inside functions and for types.
    So you can read any module without reading what is built on it."""
    graph = grimp.build_graph(*HOUSE, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert sum(map(len, imports.values())) > len(imports)
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_drawing_of_the_rooms_is_todays() -> None:
    """ARCHITECTURE.md shows the drawing that ``python -m docs.draw_house`` makes from today's imports."""
    page = PLACE.read_text(encoding="utf-8")
    assert page == drawn(page)


def test_one_class_name_means_one_thing() -> None:
    """No two classes of the shipped packages share a name."""
    named = Counter(
        node.name
        for package in HOUSE
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in named.items() if times > 1] == []
