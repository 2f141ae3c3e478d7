"""What only ``.ci/nightly`` runs whole: each of its proofs has a sample in the ordinary suite."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

from tests.tree import ROOT, functions, is_test, nightly_sample, test_files

NIGHTLY = ROOT / ".ci" / "nightly"


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
    """A mark on a module, a parameter or by another name would hide a long proof from the test above."""
    named = sum(len(re.findall(r"mark\.nightly\b", path.read_text(encoding="utf-8"))) for path in test_files())
    here = len(re.findall(r"mark\.nightly\b", (ROOT / "tests" / "test_nightly.py").read_text(encoding="utf-8")))
    marked = [f for path in test_files() for f in functions(path).values() if nightly_sample(f) is not None]
    assert named - here == len(marked)


def test_marked_tests_are_left_out_until_they_are_asked_for() -> None:
    """An ordinary run of a file with a long proof leaves it out; ``-m nightly`` takes it alone."""
    path, name = next((p, n) for p in test_files() for n, f in functions(p).items() if nightly_sample(f) is not None)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(path)]
    ordinary, nightly = (
        subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False).stdout
        for more in ((), ("-m", "nightly"))
    )
    assert f"::{name}" not in ordinary
    assert all(nightly_sample(functions(path)[node]) is not None for node in re.findall(r"::(test_\w+)", nightly))
    assert f"::{name}" in nightly


def test_the_scripts_run_as_they_stand() -> None:
    """No script has a mistake of grammar, and each may be started."""
    for script in (NIGHTLY, NIGHTLY.with_name("run"), NIGHTLY.with_name("lowest")):
        assert script.stat().st_mode & 0o111
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
