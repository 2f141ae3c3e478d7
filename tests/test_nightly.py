"""What only ``.ci/nightly`` runs whole: each of its proofs has a sample in the ordinary suite."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from itertools import product

import pytest

from tests.sampling import sampled
from tests.tree import ROOT, functions, is_test, nightly_sample, test_files

NIGHTLY = ROOT / ".ci" / "nightly"
HANGS = "test_no_page_keeps_a_run"
"""A test of tests/assistant/hostile that is marked itself."""


def proofs() -> list[tuple[str, str]]:
    """Return name and sample of each proof of ``.ci/nightly``."""
    lines = NIGHTLY.read_text(encoding="utf-8").splitlines()
    words = [shlex.split(line) for line in lines if line.startswith("proof ")]
    return [(name, sample) for _, name, sample, *_ in words]


def test_each_long_proof_has_its_sample() -> None:
    """What a line of .ci/nightly or a mark names as its sample is a test, and one that every run makes."""
    marked = {
        f"{path.relative_to(ROOT)}::{name}": sample
        for path in test_files()
        for name, function in functions(path).items()
        if (sample := nightly_sample(function)) is not None
    }
    assert proofs()
    assert marked
    for name, sample in (*proofs(), *marked.items()):
        assert is_test(sample), f"{name}: {sample!r} is no test"
        assert sample not in marked, f"{name}: {sample} is left out of the ordinary suite itself"


def test_the_mark_stands_on_functions_alone() -> None:
    """A mark on a module or by another name would hide a long proof from the test above; parameters have `sampled`."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    named = {path: found for path, text in texts.items() if (found := len(re.findall(r"mark\.nightly\b", text)))}
    here = {ROOT / "tests" / name for name in ("test_nightly.py", "tree.py", "sampling.py")}
    marked = [f for path in test_files() for f in functions(path).values() if nightly_sample(f) is not None]
    assert sum(found for path, found in named.items() if path not in here) == len(marked)
    assert len(re.findall(r"mark\.nightly\b", texts[ROOT / "tests" / "sampling.py"])) == 1


def test_a_matrix_leaves_a_sample_to_every_run() -> None:
    """Of a matrix each value runs somewhere, those that are named in every run; none, or one that is gone, is refused."""
    made = sampled(product("ab", (1, 2)), every_run=[("a", 1), ("b", 2)])
    assert [one.values for one in made] == list(product("ab", (1, 2)))
    assert [bool(one.marks) for one in made] == [False, True, True, False]
    for wrong in ([], ["c"]):
        with pytest.raises(ValueError, match="no sample"):
            sampled("ab", every_run=wrong)


def test_marked_tests_are_left_out_until_they_are_asked_for() -> None:
    """An ordinary run of files with long proofs leaves them out; ``-m nightly`` takes them alone."""
    marked, matrix = (f"tests/assistant/hostile/test_hostile.py::{HANGS}", "tests/flows/shield/test_every_look.py")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    ordinary, nightly = (
        _nodes([*command, marked.partition("::")[0], matrix, *more]) for more in ((), ("-m", "nightly"))
    )
    assert {node.partition("[")[0] for node in nightly - {n for n in nightly if n.startswith(matrix)}} == {marked}
    assert not {node for node in ordinary if node.startswith(marked)}
    for name in functions(ROOT / matrix):
        assert {node for node in ordinary if name in node}, f"every run takes some of {name}"
        assert {node for node in nightly if name in node}, f"the night takes the others of {name}"
    assert not ordinary & nightly


def _nodes(command: list[str]) -> set[str]:
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return {line for line in listed.splitlines() if "::" in line}


def test_the_scripts_run_as_they_stand() -> None:
    """No script has a mistake of grammar, and each may be started."""
    for script in (NIGHTLY, *(NIGHTLY.with_name(name) for name in ("run", "lowest", "mutation"))):
        assert script.stat().st_mode & 0o111
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
