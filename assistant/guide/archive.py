"""Archives that are the same to the byte whenever they are made from the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_ONE_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format knows."""
_COMPRESSED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4", ".webm", ".woff2")


def write_archive(path: Path, entries: Mapping[str, bytes], first: Sequence[str] = ()) -> None:
    """Write *entries*, by name, as a ZIP archive: those named in *first* at the beginning, the others sorted."""
    order = [*first, *sorted(entries.keys() - set(first))]
    with ZipFile(path, "w") as archive:
        for name in order:
            info = ZipInfo(name, _ONE_TIME)
            info.compress_type = ZIP_STORED if name.lower().endswith(_COMPRESSED_ALREADY) else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, entries[name])


def rewrite_archive(path: Path, first: Sequence[str] = ()) -> None:
    """Write the archive at *path* again, without time stamps and in a settled order."""
    with ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    write_archive(path, entries, first)
