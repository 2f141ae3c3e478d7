"""The folder for snapshots of a person's own runs on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

from assistant.base.errors import UsageError
from assistant.base.files import make_private
from assistant.base.trouble import why
from assistant.snapshot.kept import is_snapshot


def snapshots_folder() -> Path:
    """Return the folder, which is in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("eonay", appauthor=False) / "snapshots"


def fresh_file(now: datetime) -> Path:
    """Return the path for a new snapshot. Raises `UsageError` if we can't make the folder."""
    folder = snapshots_folder()
    try:
        make_private(folder, ours=True)
    except OSError as error:
        raise UsageError.of("snapshot.file.no_folder", folder=folder, why=partial(why, error)) from None
    name = f"{now:%Y%m%dT%H%M%S}"
    return next(path for path in (folder / f"{name}{more}.json" for more in _others()) if not path.exists())


def _others() -> Iterator[str]:
    """Yield what tells snapshots of one second apart."""
    yield ""
    yield from (f"-{number}" for number in count(1))


def newest_file() -> Path:
    """Return the newest snapshot. Raises `UsageError` if there is none."""
    folder = snapshots_folder()
    found = sorted(path for path in folder.glob("*.json") if is_snapshot(path)) if folder.is_dir() else []
    if not found:
        raise UsageError.of("snapshot.file.none")
    return found[-1]
