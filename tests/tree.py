"""The tests as they stand in their files, found without importing or running anything."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_files() -> list[Path]:
    """Return every test file."""
    return sorted((ROOT / "tests").rglob("test_*.py"))


test_files.__test__ = False  # type: ignore[attr-defined]  # a list, not a test


@cache
def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Return a file's test functions by name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}


def is_test(node: str) -> bool:
    """Whether *node*, ``tests/….py::test_name``, is a test."""
    file, _, name = node.partition("::")
    path = ROOT / file
    return path.is_file() and path.name.startswith("test_") and name in functions(path)


def nightly_sample(function: ast.FunctionDef) -> str | None:
    """Return the sample that *function*'s ``nightly`` mark names, "" if it names none, or None without the mark."""
    for mark in function.decorator_list:
        call = mark if isinstance(mark, ast.Call) else None
        if ast.unparse(call.func if call else mark) != "pytest.mark.nightly":
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords} if call else {}
        sample = given.get("sample")
        return str(sample.value) if isinstance(sample, ast.Constant) else ""
    return None
