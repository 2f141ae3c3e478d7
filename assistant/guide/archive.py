"""Archives that come out byte for byte the same whenever their content is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_ONE_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time the format allows."""
_COMPRESSED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4", ".webm", ".woff2")


def write_archive(path: Path, entries: Mapping[str, bytes], first: Sequence[str] = ()) -> None:
    """Write *entries*, by name, as a ZIP archive: those named in *first* come first, the others sorted."""
    order = [*first, *sorted(entries.keys() - set(first))]
    with ZipFile(path, "w") as archive:
        for name in order:
            info = ZipInfo(name, _ONE_TIME)
            info.compress_type = ZIP_STORED if name.lower().endswith(_COMPRESSED_ALREADY) else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, entries[name])


def rewrite_archive(path: Path, first: Sequence[str] = ()) -> None:
    """Rewrite the archive at *path* without time stamps and in a fixed order."""
    with ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    write_archive(path, entries, first)
