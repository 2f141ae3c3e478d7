"""Only ``.ci/nightly`` runs the long proofs whole. The ordinary suite has a sample of each."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from itertools import product

import pytest

from assistant.rehearsal.shard import Shard
from tests.sampling import dealt, sampled
from tests.tree import ROOT, functions, is_test, nightly_sample, test_files

NIGHTLY = ROOT / ".ci" / "nightly"
HANGS = "test_no_page_keeps_a_run"
"""A test of tests/assistant/hostile that carries the mark itself."""


def proofs() -> list[tuple[str, str]]:
    """Return the name and sample of each proof in ``.ci/nightly``."""
    lines = NIGHTLY.read_text(encoding="utf-8").splitlines()
    words = [shlex.split(line) for line in lines if line.startswith("proof ")]
    return [(name, sample) for _, name, sample, *_ in words]


def test_each_long_proof_has_its_sample() -> None:
    """The sample named by a line of .ci/nightly or by a mark is a real test, and every run includes it."""
    marked = {
        f"{path.relative_to(ROOT)}::{name}": sample
        for path in test_files()
        for name, function in functions(path).items()
        if (sample := nightly_sample(function)) is not None
    }
    assert proofs()
    assert marked
    for name, sample in (*proofs(), *marked.items()):
        assert is_test(sample), f"{name}: {sample!r} is not a test"
        assert sample not in marked, f"{name}: {sample} is itself left out of the ordinary suite"


def test_the_mark_stands_on_functions_alone() -> None:
    """A mark on a module, or under another name, would hide a proof from the test above. Parameters use `sampled`."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    named = {path: found for path, text in texts.items() if (found := len(re.findall(r"mark\.nightly\b", text)))}
    here = {ROOT / "tests" / name for name in ("test_nightly.py", "tree.py", "sampling.py")}
    marked = [f for path in test_files() for f in functions(path).values() if nightly_sample(f) is not None]
    assert sum(found for path, found in named.items() if path not in here) == len(marked)
    assert len(re.findall(r"mark\.nightly\b", texts[ROOT / "tests" / "sampling.py"])) == 1


def test_a_matrix_leaves_a_sample_to_every_run() -> None:
    """Every value of a matrix runs somewhere, the named ones in every run. No name or an unknown one is refused."""
    made = sampled(product("ab", (1, 2)), every_run=[("a", 1), ("b", 2)])
    assert [one.values for one in made] == list(product("ab", (1, 2)))
    assert [bool(one.marks) for one in made] == [False, True, True, False]
    for wrong in ([], ["c"]):
        with pytest.raises(ValueError, match="no sample"):
            sampled("ab", every_run=wrong)


def test_what_nights_divide_is_whole_after_all_of_them() -> None:
    """Three shares have each item once, and are alike in size."""
    shares = [dealt(range(100), Shard(number, 3)) for number in (1, 2, 3)]
    assert sorted(item for share in shares for item in share) == list(range(100))
    assert {len(share) for share in shares} == {33, 34}
    assert dealt("abc", Shard(1, 1)) == ["a", "b", "c"]


def test_marked_tests_are_left_out_until_they_are_asked_for() -> None:
    """An ordinary run of files with long proofs skips those; ``-m nightly`` runs only those."""
    marked, matrix = (f"tests/assistant/hostile/test_hostile.py::{HANGS}", "tests/flows/shield/test_every_look.py")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    ordinary, nightly = (
        _nodes([*command, marked.partition("::")[0], matrix, *more]) for more in ((), ("-m", "nightly"))
    )
    assert {node.partition("[")[0] for node in nightly - {n for n in nightly if n.startswith(matrix)}} == {marked}
    assert not {node for node in ordinary if node.startswith(marked)}
    for name in functions(ROOT / matrix):
        assert {node for node in ordinary if name in node}, f"every run includes some of {name}"
        assert {node for node in nightly if name in node}, f"the night runs the rest of {name}"
    assert not ordinary & nightly


def _nodes(command: list[str]) -> set[str]:
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return {line for line in listed.splitlines() if "::" in line}


def test_the_scripts_run_as_they_stand() -> None:
    """Each script is valid shell and executable."""
    for script in (NIGHTLY, *(NIGHTLY.with_name(name) for name in ("run", "lowest", "mutation"))):
        assert script.stat().st_mode & 0o111
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
