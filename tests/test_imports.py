"""How the modules hang together, beyond what import-linter's contracts say."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from docs.draw_house import PLACE, drawn

HOUSE = ("assistant", "flows", "fixtures", "mock_portal")


def test_no_module_imports_itself_through_others() -> None:
    """There is an order in which every module comes after those it imports, imports inside functions and for types
    included: whatever one looks at, it can be read without what is built on it."""
    graph = grimp.build_graph(*HOUSE, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert sum(map(len, imports.values())) > len(imports)
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_drawing_of_the_rooms_is_todays() -> None:
    """ARCHITECTURE.md shows what ``python -m docs.draw_house`` draws from the imports now."""
    page = PLACE.read_text(encoding="utf-8")
    assert page == drawn(page)
