"""The program's version."""

from __future__ import annotations

_UNINSTALLED = "0.1.0"


def version() -> str:
    """Return the installed version, or the checkout's if we run from one."""
    from importlib import metadata  # here, because it takes as long to load as the rest of `--help`

    try:
        return metadata.version("eonay")
    except metadata.PackageNotFoundError:
        return _UNINSTALLED
