"""`eonay test`: pytest in its own process, in parallel, with nothing of the person's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.setup.parts import Part
from assistant.setup.testing import WELCOME, run_tests, welcome_for
from tests.tree import ROOT

TEST = """\
import os
import sys

def test_it(request):
    '''The environment is the one meant for tests.'''
    assert [name for name in os.environ if name.startswith("EONAY_")] == ["EONAY_BROWSER"]
    assert not sys.dont_write_bytecode
    assert os.environ["PYTEST_XDIST_WORKER"].startswith("gw") == {parallel}
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the outer run reaches the inner one; the person has settings of their own, Python's among them."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EONAY_PIN", "13579")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
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
        (("tests",), WELCOME),
        (("tests/flows", "-k", "safety"), (Part.SHELL,)),
        (("tests/flows/test_safety.py::test_x", "tests/mock_portal", "tests/test_words.py"), (Part.SHELL,)),
        (("tests/assistant/preflight/test_pcsc.py",), (Part.SHELL, Part.COMPILER)),
        (
            ("tests/flows", "tests/assistant/signing/test_jnlp_with_java.py"),
            (Part.SHELL, Part.COMPILER, Part.DISPLAY, Part.WEB_START),
        ),
        (("tests/assistant/guide/formats/test_pptx.py",), (Part.SHELL, Part.PDF_TOOLS, Part.OFFICE)),
        (("tests/assistant/card/virtual_reader",), (Part.SHELL, Part.COMPILER, Part.VIRTUAL_READER)),
    ],
)
def test_only_what_the_named_tests_need_is_installed(args: tuple[str, ...], parts: tuple[Part, ...]) -> None:
    """Their own modules, the fixtures beside and above them and all that they import say what; a whole run brings all."""
    assert welcome_for(args) == parts


STARTED = {
    "cc": Part.COMPILER,
    "libifdvpcd.so*": Part.VIRTUAL_READER,
    "Xvfb": Part.DISPLAY,
    "xclip": Part.DISPLAY,
    "java": Part.WEB_START,
    "javac": Part.WEB_START,
    "javaws": Part.WEB_START,
    "pdffonts": Part.PDF_TOOLS,
    "pdfinfo": Part.PDF_TOOLS,
    "pdftoppm": Part.PDF_TOOLS,
    "pdftotext": Part.PDF_TOOLS,
    "zbarimg": Part.CODE_READER,
    "ffprobe": Part.VIDEO_PROBE,
    "soffice": Part.OFFICE,
}
"""How tests name what the optional parts bring."""
PRETENDED = {"tests/assistant/setup", "tests/assistant/preflight", "tests/assistant/kills", "tests/assistant/desk"}
"""Folders whose tests give these names to programs of their own, or only look for them among the processes."""


def test_whatever_is_started_is_said_to_be_needed() -> None:
    """A module of tests that names such a program gets its part; every part is some test's but for the browser's."""
    named: set[Part] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        file = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        parts = {part for name, part in STARTED.items() if f'"{name}"' in text}
        if parts and not any(file.startswith(f"{folder}/") for folder in PRETENDED):
            assert parts <= set(welcome_for([file])), file
            named |= parts
    assert named == set(WELCOME) - {Part.SHELL}
