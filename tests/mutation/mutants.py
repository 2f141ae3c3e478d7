"""Every mutant of a module: what Cosmic Ray's operators make of it, and two operators of our own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from tests.mutation import Change, Mutant, Target, operators
from tests.tree import ROOT

_ACTS = frozenset({"atom_expr", "power", "raise_stmt", "expr_stmt"})


class RemoveStatement:
    """Leave out a call, a raise or a second assignment in a function. Cosmic Ray has no operator for that."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield where *node* is such a statement."""
        function = node.search_ancestor("funcdef")
        if node.type == "simple_stmt" and node.children[0].type in _ACTS and function and not _is_first(node, function):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Put ``pass`` in its place."""
        node.children[0] = parso.parse(node.get_first_leaf().prefix + "pass")
        return node


def _is_first(node: Any, function: Any) -> bool:
    """Return whether *node* only gives a name its first value: without it, Python itself objects."""
    names = node.children[0].get_defined_names() if node.children[0].type == "expr_stmt" else []
    given = _given(function)
    return bool(names) and all(n.get_previous_leaf() != "." and given[n.value] == 1 for n in names)


@cache
def _given(function: Any) -> Counter[str]:
    """Return how often each name gets a value in *function*."""
    return Counter(n.value for n in ast_nodes(function) if n.type == "name" and n.is_definition())


class NegateMembership:
    """Turn ``in`` into ``not in`` and back. Cosmic Ray compares, but leaves these two alone."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield where *node* asks whether something is in something."""
        if node.type == "comparison" and _membership(node) in {"in", "not in"}:
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Ask the opposite."""
        node.children[1] = parso.parse(" not in" if _membership(node) == "in" else " in")
        return node


def _membership(node: Any) -> str:
    return " ".join(node.children[1].get_code().split())


def mutants(target: Target) -> list[Mutant]:
    """Return the mutants of *target*, from its first line to its last; a changed type annotation is not one."""
    source = (ROOT / target.file).read_text(encoding="utf-8")
    tree = ast.parse(source)
    passive, named, bodies = _passive(tree), _names(tree), _bodies(tree)
    found: dict[str, tuple[int, Mutant]] = {}
    for operator in _used():
        for number, (line, column) in enumerate(_places(source, operator)):
            where = next((name for first, last, name in named if first <= line <= last), "")
            function = next((name for first, last, name in bodies if first <= line <= last), "")
            is_passive = any(begins <= (line, column) < ends for begins, ends in passive)
            is_wanted = not target.functions or function in target.functions
            text = mutate_code(source, operator, number) if is_wanted and not is_passive else None
            # "not not" is the same as no "not" at all, which another operator has made already.
            if text is not None and text not in found and "not not " not in text and _is_code(text):
                change = Change(target.file, where, *_difference(source, text))
                found[text] = line, Mutant(change, text, function)
    return [mutant for _, mutant in sorted(found.values(), key=lambda one: one[0])]


def _used() -> list[Any]:
    return [*(get_operator(f"core/{name}")() for name in operators()), RemoveStatement(), NegateMembership()]


def _places(source: str, operator: Any) -> list[tuple[int, int]]:
    """Return line and column of each place where *operator* can be used."""
    return [at for node in ast_nodes(get_ast(source)) for at, _ in operator.mutation_positions(node)]


def _is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _passive(tree: ast.Module) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where nothing happens: annotations, names for types, and decorators of classes (``frozen``, ``slots``)."""
    nodes: list[ast.expr | None] = [n.value for n in tree.body if isinstance(n, ast.Assign) and _is_union(n.value)]
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg):
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            nodes.append(node.returns)
        elif isinstance(node, ast.ClassDef):
            nodes += node.decorator_list
    # A decorator begins with its sign, just before.
    return [((n.lineno, n.col_offset - 1), (n.end_lineno or 0, n.end_col_offset or 0)) for n in nodes if n is not None]


def _is_union(value: ast.expr) -> bool:
    return isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr)


def _names(tree: ast.AST, around: str = "") -> list[tuple[int, int, str]]:
    """Return first and last line of each function and class with its name, the innermost first."""
    found: list[tuple[int, int, str]] = []
    for node in ast.iter_child_nodes(tree):
        name = around
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = f"{around}.{node.name}" if around else node.name
        found += _names(node, name)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            found.append((first, node.end_lineno or first, name))
    return found


def _bodies(tree: ast.AST, around: str = "") -> list[tuple[int, int, str]]:
    """Return first and last line of the body of each function that is in no other one, with its name."""
    found: list[tuple[int, int, str]] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            found.append((node.body[0].lineno, node.end_lineno or 0, f"{around}{node.name}"))
        elif isinstance(node, ast.ClassDef):
            found += _bodies(node, f"{around}{node.name}.")
    return found


def _difference(source: str, text: str) -> tuple[str, str]:
    """Return the lines that differ, before and after."""
    old, new = source.splitlines(), text.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    was, becomes = (" ".join(line.strip() for line in lines) for lines in (old, new))
    return was, becomes
