"""The lock files and the wheel: everyone gets the same packages, and the same command outside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "flows", "fixtures", "mock_portal")

PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[a-z0-9.+]+)(?P<marker> ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, str]:
    """Return the pins of a lock file by package: version, marker and hashes, just as written."""
    found: dict[str, str] = {}
    package = ""
    for line in (CHECKOUT / name).read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            package = match["name"]
            found[package] = match["version"] + (match["marker"] or "")
        else:
            assert HASH.match(line), line
            found[package] += "\n" + line.removesuffix(" \\")
    return found


@pytest.mark.parametrize("name", [f"requirements{more}.lock" for more in ("", "-cluster", "-dev", "-mutation")])
def test_a_lock_file_holds_pins_and_hashes_only(name: str) -> None:
    """A lock file says nothing about the machine or registry it came from, and pins every package with its hashes."""
    for package, pin in pins(name).items():
        assert "--hash=" in pin, package


def test_each_lock_contains_the_smaller_one() -> None:
    """Neither Dask nor the test tools change a package that the program runs on. Without them there is no Dask."""
    locks = [pins(f"requirements{more}.lock") for more in ("", "-cluster", "-dev")]
    for smaller, larger in pairwise(locks):
        assert {package: larger[package] for package in smaller} == smaller
    assert ["distributed" in lock for lock in locks] == [False, True, True]


@pytest.mark.parametrize(
    ("name", "extra", "group"),
    [
        ("requirements.lock", None, None),
        ("requirements-cluster.lock", "cluster", None),
        ("requirements-dev.lock", None, "dev"),
        ("requirements-mutation.lock", None, "mutation"),
    ],
    ids=["program", "cluster", "tests", "mutants"],
)
def test_the_lock_files_fit_the_project(name: str, extra: str | None, group: str | None) -> None:
    """The lock pins every requirement of pyproject.toml to a version that it allows."""
    declared = project()
    wanted = declared["project"]["dependencies"] if group != "mutation" else []  # the tool alone
    wanted += declared["project"]["optional-dependencies"][extra] if extra else []
    wanted += declared["dependency-groups"][group] if group else []
    pinned = pins(name)
    for requirement in map(Requirement, wanted):
        version = re.split(r"[ \n]", pinned[canonicalize_name(requirement.name)])[0]
        assert requirement.specifier.contains(version), requirement


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-P", "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=CHECKOUT, check=True, stdin=subprocess.DEVNULL)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """The wheel includes templates, scripts, styles, fixtures and catalogues, but no caches and no tests."""
    files = {
        path.relative_to(CHECKOUT).as_posix()
        for package in PACKAGES
        for path in (CHECKOUT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == files
    for kind in (".html", ".css", ".js", ".toml", ".pem", ".svg"):
        assert any(name.endswith(kind) for name in packed), kind


def test_the_installed_command_rehearses_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """`pip install .` gives you an `eonay` that runs a whole rehearsal with only what was installed."""
    venv = tmp_path / "kurulu"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    scripts, library = ("Scripts", "Lib/site-packages") if os.name == "nt" else ("bin", "lib/python*/site-packages")
    python = venv / scripts / "python"
    options = ["--quiet", "--no-deps", "--no-index", str(wheel)]
    if importlib.util.find_spec("pip"):
        install = [sys.executable, "-m", "pip", "--python", str(python), "install", *options]
    else:
        uv = shutil.which("uv")
        assert uv, "we need pip or uv to install, and have neither"
        install = [uv, "pip", "install", "--python", str(python), *options]
    subprocess.run(install, check=True, stdin=subprocess.DEVNULL)
    # The packages it depends on come from this environment.
    (site_packages,) = venv.glob(library)
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    own = {name: value for name, value in os.environ.items() if not name.startswith(("EONAY_", "PYTHON", "XDG_"))}
    done = subprocess.run(
        [str(venv / scripts / "eonay"), "dry-run", "--json"],
        cwd=tmp_path,
        env={**own, "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["runs"][0]["outcome"] == "consent_given"
    where = [str(python), "-c", f"import {', '.join(PACKAGES)} as last; print(last.__file__)"]
    loaded = subprocess.run(where, cwd=tmp_path, env=own, check=True, capture_output=True, text=True).stdout
    assert Path(loaded.strip()).is_relative_to(venv)
