"""`eonay test`: pytest in its own process, in parallel, with nothing of the person's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.setup.parts import Part
from assistant.setup.testing import IN_A_BROWSER_ALONE, WELCOME, run_tests, welcome_for
from tests.tree import ROOT

TEST = """\
import os

def test_it(request):
    '''The environment is the one meant for tests.'''
    assert [name for name in os.environ if name.startswith("EONAY_")] == ["EONAY_BROWSER"]
    assert os.environ["PYTEST_XDIST_WORKER"].startswith("gw") == {parallel}
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the outer run reaches the inner one; the person has settings of their own."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EONAY_PIN", "13579")
    monkeypatch.setenv("EONAY_BROWSER", "/usr/bin/true")


@pytest.mark.parametrize(("parallel", "code"), [(True, 0), (False, 1)])
def test_tests_run_in_parallel_without_the_persons_settings(tmp_path: Path, parallel: bool, code: int) -> None:
    """Tests get workers but no PIN, and their verdict is the exit code."""
    file = tmp_path / "test_inner.py"
    file.write_text(TEST.format(parallel=parallel), encoding="utf-8")
    assert run_tests(["-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(file)]) == code


def test_no_tests_is_no_success(tmp_path: Path) -> None:
    """A run in which no test was found doesn't pass for a success; the person's own options win."""
    assert run_tests(["-q", "-n0", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(tmp_path)]) == 5


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        ((), WELCOME),
        (("-k", "safety"), WELCOME),
        (("tests/flows", "-k", "safety"), (Part.SHELL,)),
        (("tests/flows/test_safety.py::test_x", "tests/mock_portal"), (Part.SHELL,)),
        (("tests/flows", "tests/assistant"), WELCOME),
        (("tests",), WELCOME),
    ],
)
def test_only_what_the_named_tests_want_is_installed(args: tuple[str, ...], parts: tuple[Part, ...]) -> None:
    """Tests in a browser alone bring no Java and no LibreOffice; a whole run brings all."""
    assert welcome_for(args) == parts


def test_tests_in_a_browser_alone_start_nothing_else() -> None:
    """No file of those folders names a program that only other tests' set-up brings."""
    tools = (
        "javaws",
        "jarsigner",
        "soffice",
        "ffprobe",
        "zbarimg",
        "pdftoppm",
        "pdfinfo",
        "Xvfb",
        "xclip",
        "pcscd",
        "gcc",
    )
    for folder in IN_A_BROWSER_ALONE:
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not [tool for tool in tools if f'"{tool}"' in text], path
