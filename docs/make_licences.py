"""Writes the licences of everything we ship: ``python -m docs.make_licences``.

Packages are those that `pyproject.toml` leads to on this computer, in the versions of the lock. Libraries are what
their wheels hold besides Python's own extension modules. A library linked into an extension module (OpenSSL in
cryptography, libxml2 in lxml) leaves no file: the package's own licence file names it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "licences.md"
_EXTENSION_MODULE = re.compile(r"\.(?:cpython|abi3)|^(?:_rust|_typst|.*\.pyd$)")
_BUILD = re.compile(r"-[0-9a-f]{8}(?=\.)|\.so(?:\.\d+)*$")
_CLASSIFIER = "License :: OSI Approved :: "
_SHORT = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "PSFL": "PSF-2.0",
    "Apache 2.0": "Apache-2.0",
}
"""What older packages write instead of an SPDX expression."""
_INTRO = """# Licences of what is shipped

Written by `python -m docs.make_licences`; not edited by hand. Licences as the packages state them, as SPDX expressions.

Nothing that every user gets is under the GPL. The guide's film needs PyAV, whose wheel brings FFmpeg together with
libx264 and libx265 (GPL): it is an extra, `eonay[film]`, that nothing else pulls in. Tests and development use it.

Known weaknesses (CVE, GHSA) of these packages are **not** looked up here: the build has no advisory database at hand.
Where there is a network, `pip-audit --requirement requirements.lock --require-hashes` does so.
"""


def closure(requirements: list[str]) -> dict[str, Distribution]:
    """Return the installed packages that *requirements* lead to, by name."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found[name] = distribution(name)
        for text in found[name].requires or []:
            needed = Requirement(text)
            if not needed.marker or any(needed.marker.evaluate({"extra": e}) for e in ("", *wanted.extras)):
                waiting.append(needed)
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """Return the licence that *package* states. Raises `ValueError` when it states none."""
    facts = package.metadata.json
    stated = facts.get("license_expression") or str(facts.get("license", "")).partition("\n")[0]
    if not stated:
        classifiers = [str(classifier) for classifier in facts.get("classifier", ())]
        stated = " AND ".join(c.removeprefix(_CLASSIFIER) for c in classifiers if c.startswith(_CLASSIFIER))
    if not stated:
        raise ValueError(f"{package.name} states no licence")
    return _SHORT.get(str(stated), str(stated))


def libraries(package: Distribution) -> Iterator[str]:
    """Yield the names of the shared libraries and programs in *package*, without version and build."""
    for file in package.files or []:
        is_library = ".so" in file.name and not _EXTENSION_MODULE.search(file.name)
        if is_library or file.name == "node":
            yield _BUILD.sub("", _BUILD.sub("", file.name))


def project() -> dict[str, list[str]]:
    """Return what the project requires: under an empty name for everyone, and by extra."""
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": facts["dependencies"], **facts["optional-dependencies"]}


def known() -> dict[str, str]:
    """Return the licences of shared libraries and programs by name."""
    return dict(tomllib.loads((ROOT / "docs" / "licences.toml").read_text(encoding="utf-8"))["libraries"])


def render() -> str:
    """Return the page. Raises `KeyError` when we don't know a library's licence."""
    wanted, names = project(), known()
    everyone = closure(wanted[""])
    text = _INTRO
    for extra, requirements in wanted.items():
        packages = everyone if not extra else {n: d for n, d in closure(requirements).items() if n not in everyone}
        text += f"\n## {f'Only with `eonay[{extra}]`' if extra else 'For everyone'}\n"
        text += "\n| package | version | licence |\n|---|---|---|\n"
        text += "".join(f"| {name} | {package.version} | {licence(package)} |\n" for name, package in packages.items())
        shared = [(name, library) for name, package in packages.items() for library in sorted(set(libraries(package)))]
        text += "\n| library or program in it | of | licence |\n|---|---|---|\n" if shared else ""
        text += "".join(f"| {library} | {name} | {names[library]} |\n" for name, library in shared)
    return text


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
