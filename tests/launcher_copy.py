"""A copy of the launcher with its own checkout, a lock file of tiny local packages, and its own search path."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
BASE_PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).resolve()

# Prints what the launcher passed on.
PROGRAM = """\
import importlib.metadata as metadata, json, os, sys
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
print(json.dumps({
    "arguments": sys.argv[1:], "first_path": sys.path[0], "folder": os.getcwd(), "prefix": sys.prefix,
    "safe_path": sys.flags.safe_path, "probe": version("eonay-probe"), "dev": version("eonay-probe-dev"),
}))
sys.exit(5)
"""

# What a person's own settings may contain. None of it may make a difference.
HOSTILE = {
    "PYTHONPATH": "/nowhere/at/all",
    "PYTHONHOME": "/nowhere",
    "PIP_DRY_RUN": "1",
    "PIP_PYTHON": "/usr/bin/python3",
    "PIP_USER": "1",
    "PIP_TARGET": "/nowhere/packages",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "VIRTUAL_ENV": "/nowhere/venv",
    "CDPATH": "/usr:/etc",
}


def make_wheel(folder: Path, name: str, version: str) -> str:
    """Build an empty package and return its line for a lock file."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},{_record_hash(text)},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def _record_hash(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"


@dataclass
class Copy:
    """A copy of the launcher with its own program, packages and search path."""

    top: Path

    @property
    def checkout(self) -> Path:
        """A folder like the ones people have: a space, and letters outside ASCII."""
        return self.top / "çalışma klasörü İĞÜ"

    @property
    def bin(self) -> Path:
        """The only folder on the search path besides the system's own tools."""
        return self.top / "bin"

    @property
    def pip_settings(self) -> Path:
        """The person's own pip settings. Some make pip install for the user only, which no environment allows."""
        path = self.top / "pip.conf"
        path.write_text("[install]\nuser = true\n", encoding="utf-8")
        return path

    @property
    def venv(self) -> Path:
        """The environment."""
        return self.checkout / ".venv"

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return the environment variables for a start."""
        return {
            **HOSTILE,
            "HOME": str(self.top / "home"),
            "PATH": f"{self.bin}:/usr/bin:/bin",
            "EONAY_PYTHON": str(BASE_PYTHON),
            "PIP_CONFIG_FILE": str(self.pip_settings),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.top / "packages"),
            "UV_CACHE_DIR": str(self.top / "uv-cache"),
            **more,
        }

    def start(
        self,
        *arguments: str,
        program: Path | str | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Start the launcher."""
        return subprocess.run(
            [str(program or self.checkout / "eonay"), *arguments],
            cwd=cwd or self.top,
            env=self.environment(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def lock(self, name: str, *lines: str) -> None:
        """Write a lock file."""
        (self.checkout / name).write_text("".join(lines), encoding="utf-8")

    def tool(self, name: str, script: str) -> Path:
        """Put a shell script on the search path."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path


def new_copy(top: Path) -> Copy:
    """Make a copy with nothing set up."""
    copy = Copy(top)
    for folder in (copy.bin, top / "home", top / "packages", copy.checkout / "assistant" / "setup"):
        folder.mkdir(parents=True)
    (copy.checkout / "assistant" / "base" / "words").mkdir(parents=True)
    for name in ("eonay", "assistant/setup/environment.py", "assistant/base/words/setup.toml"):
        shutil.copy(CHECKOUT / name, copy.checkout / name)
    (copy.checkout / "assistant" / "__init__.py").touch()
    (copy.checkout / "assistant" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    one = make_wheel(top / "packages", "eonay-probe", "1.0")
    copy.lock("requirements.lock", one)
    copy.lock("requirements-dev.lock", one, make_wheel(top / "packages", "eonay-probe-dev", "1.0"))
    return copy


def with_quick_uv(copy: Copy) -> None:
    """Give *copy* a stand-in for uv. It makes real environments, simply unpacks the packages and logs its calls."""
    unpack = """\
import pathlib, sys, sysconfig, zipfile
packages, python, lock = map(pathlib.Path, sys.argv[1:])
place = next(python.parents[1].glob("lib/python*/site-packages"))
for line in lock.read_text().splitlines():
    name, version = line.split()[0].split("==")
    zipfile.ZipFile(packages / f"{name.replace('-', '_')}-{version}-py3-none-any.whl").extractall(place)
"""
    (copy.top / "unpack.py").write_text(unpack, encoding="utf-8")
    copy.tool(
        "uv",
        f"""echo "$@" >>"{copy.top}/uv-calls"
for last; do :; done
while [ $# -gt 0 ]; do
    case $1 in venv) exec "{BASE_PYTHON}" -I -m venv --without-pip "$last" ;; --python) python=$2 ;; esac
    shift
done
exec "{BASE_PYTHON}" -I "{copy.top}/unpack.py" "{copy.top}/packages" "$python" "$last"
""",
    )
