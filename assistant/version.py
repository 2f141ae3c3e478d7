"""The program's version."""

from __future__ import annotations

from importlib import metadata

_UNINSTALLED = "0.1.0"


def version() -> str:
    """Return the installed version, or the checkout's when it is run from there."""
    try:
        return metadata.version("eonay")
    except metadata.PackageNotFoundError:
        return _UNINSTALLED
