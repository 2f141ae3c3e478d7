"""SECURITY.md promises what tests show, and nothing more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.claims import PROMISES, Claim, bound, named, promised, unshown
from tests.tree import ROOT, functions, is_test, nightly_sample

TEXT = PROMISES.read_text(encoding="utf-8")
SMALL = """import pytest

def test_good(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_half(n): assert n == 1

def test_left_out(): pytest.skip("not here")

@pytest.mark.xfail
def test_given_up(): assert False
"""
CONFTEST = """from tests.claims import Claim, watch

def pytest_configure(config):
    tests = tuple(f"tests/test_small.py::test_{name}" for name in NAMES)
    watch(config, [Claim("acts-1", "x", tests)])
"""
SETTINGS = """[pytest]
addopts = -m 'not nightly'
markers = nightly
testpaths = tests
"""


def run_small(folder: Path, names: tuple[str, ...], *more: str) -> tuple[int, list[str]]:
    """Run the tests of `SMALL`, or just the good one, with a promise bound to those of these *names*; return what came
    out."""
    (folder / "tests").mkdir()
    only = SMALL.partition("@pytest.mark.parametrize")[0] if names == ("good",) else SMALL
    (folder / "tests" / "test_small.py").write_text(only, encoding="utf-8")
    (folder / "conftest.py").write_text(CONFTEST.replace("NAMES", repr(names)), encoding="utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist", *more]
    here = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # the others only take time
    ran = subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=False)
    return ran.returncode, [line for line in ran.stdout.splitlines() if "promise without its proof" in line.lower()]


def test_each_promise_has_its_entry_and_each_entry_its_promise() -> None:
    """SECURITY.md and the claims file have the same sentences, with the same ids, in the same order."""
    assert {claim.id: claim.sentence for claim in bound()} == promised(TEXT)
    assert [claim.id for claim in bound()] == list(promised(TEXT))


def test_what_is_named_beside_is_promised() -> None:
    """The table of threats, and any other text there, only names promises that exist. Each kind is numbered from 1."""
    ids = list(promised(TEXT))
    assert named(TEXT) == set(ids)
    for kind in {name.partition("-")[0] for name in ids}:
        numbers = [int(name.partition("-")[2]) for name in ids if name.startswith(f"{kind}-")]
        assert numbers == list(range(1, len(numbers) + 1)), kind


@pytest.mark.parametrize("claim", bound(), ids=lambda claim: claim.id)
def test_what_shows_a_promise_is_a_test_of_every_run(claim: Claim) -> None:
    """Each promise has tests, the tests exist, and an ordinary run includes all of them."""
    assert claim.tests
    for node in claim.tests:
        file, _, name = node.partition("::")
        assert is_test(node), f"{node} is not a test"
        assert nightly_sample(functions(ROOT / file)[name]) is None, f"{node} is left out of ordinary runs"


@pytest.mark.parametrize(
    "text",
    ["- A promise without an id.", "- One. [acts-1]\n- Two. [acts-1]", "- An id in [acts-1] the middle."],
)
def test_a_point_that_is_no_promise_is_refused(text: str) -> None:
    """A point under the heading must end with its own id, or it's a mistake."""
    with pytest.raises(ValueError, match="not a promise"):
        promised(f"## What the program promises\n\n{text}\n\n## Next\n\n- No promise here.\n")


def test_a_promise_over_lines_is_one_sentence() -> None:
    """A point may span several lines. Points under other headings don't count."""
    text = "## What the program promises\n\nActs:\n\n- One\n  two. [acts-1]\n\nMore:\n\n- Three. [acts-2]\n\n## Not\n\n- Four.\n"
    assert promised(text) == {"acts-1": "One two.", "acts-2": "Three."}


def test_only_what_passed_shows_anything() -> None:
    """A test that failed for one parameter, was skipped, or didn't run shows nothing."""
    claim = Claim("acts-1", "x", ("a", "b", "c", "d"))
    seen = {"a": {"passed"}, "b": {"passed", "failed"}, "c": {"skipped"}}
    assert [(test, what) for _, test, what in unshown([claim], seen)] == [
        ("b", "failed"),
        ("c", "skipped"),
        ("d", "not run"),
    ]


@pytest.mark.parametrize(
    ("names", "told", "more"),
    [
        (("good",), "", ()),
        (("good",), "", ("-n", "2")),
        (("half",), "Promise", ("-n", "2")),
        (("left_out", "given_up", "gone"), "ERROR promise", ()),
    ],
)
def test_a_run_without_a_promises_proof_fails(
    tmp_path: Path, names: tuple[str, ...], told: str, more: tuple[str, ...]
) -> None:
    """With one process or several workers: every bound test must pass, and only a failure may be worth another try."""
    code, lines = run_small(tmp_path, names, *more)
    assert code == (1 if told else 0)
    assert [line.partition(" without its proof: [acts-1]")[0] for line in lines] == (
        [told] * len(names) if told else []
    )
    assert all(f"test_{name}" in line for name, line in zip(names, lines, strict=False))


def test_a_run_of_some_tests_is_not_judged(tmp_path: Path) -> None:
    """If you ask for a file, a name or a mark, you hear about those tests only."""
    code, lines = run_small(tmp_path, ("left_out",), "tests/test_small.py", "-k", "good")
    assert (code, lines) == (0, [])
