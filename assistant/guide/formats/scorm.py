"""The guide for a learning system: a SCORM 1.2 and a SCORM 2004 (4th edition) package.

One unit (SCO) with one page that shows one section at a time and tells the learning system what was seen. Without its
script or a learning system it is simply a page to read. The manifests follow each version's "SCORM Content Aggregation
Model", and the package includes their schemas, as the model requires.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from assistant.base.words import words
from assistant.guide.archive import write_archive
from assistant.guide.formats import html, markup
from assistant.guide.model import Guide
from assistant.guide.wording import long_date

MANIFEST = "imsmanifest.xml"
"""The file a learning system looks for first."""
PAGE = "index.html"
"""The page a learning system opens."""

_HERE = resources.files("assistant.guide.formats")
_NOTICE = "NOTICE.txt"


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of SCORM."""

    name: str
    """Suffix of the file, and name of the manifest's template and the schemas' folder."""
    spoken: str
    """What the page's script calls it."""


def write_12(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as a SCORM 1.2 package into *folder*."""
    return _write(guide, folder, _Version("scorm12", "1.2"))


def write_2004(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as a SCORM 2004 package into *folder*."""
    return _write(guide, folder, _Version("scorm2004", "2004"))


def control_files(name: str) -> dict[str, bytes]:
    """Return the schemas of ``scorm12`` or ``scorm2004`` and their notice, by the names they have in a package."""
    schemas = _HERE / "scorm_schemas"
    files = {entry.name: entry.read_bytes() for entry in (schemas / name).iterdir()}
    return files | {_NOTICE: (schemas / _NOTICE).read_bytes()}


def _write(guide: Guide, folder: Path, version: _Version) -> tuple[Path, ...]:
    contents = _contents(guide, version)
    # A different name for each guide: learning systems treat packages with the same name as versions of one.
    identifier = f"eonay-{guide.story}-{guide.edition}-{guide.language}"
    manifest = markup.render(f"{version.name}.xml.j2", guide=guide, identifier=identifier, page=PAGE, files=contents)
    path = folder / f"{guide.words['file.guide']}-{version.name}.zip"
    entries = {MANIFEST: manifest.encode()} | contents | control_files(version.name)
    write_archive(path, entries, first=(MANIFEST,))
    return (path,)


def _contents(guide: Guide, version: _Version) -> dict[str, bytes]:
    """Return what the manifest lists, by name, the page first."""
    files: dict[bytes, str] = {}
    addresses: dict[Path, str] = {}
    coded = html.coded(guide)
    for figure in guide.figures:
        for (theme, size), shot in sorted(figure.shots.items()):
            name = f"pictures/{figure.id}-{theme}-{size}.webp"
            addresses[shot.marked] = files.setdefault(coded[shot.marked], name)
    labels = markup.labels(guide.language) | words("guide", guide.language).group("scorm")
    page = markup.render(
        "scorm.html.j2",
        guide=guide,
        labels=labels,
        brand=guide.brand,
        date=long_date(guide.brand.date, guide.language),
        logo=markup.logo_uri(guide.brand),
        pictures={figure.id: html.picture_of(figure, addresses) for figure in guide.figures},
        scorm=version.spoken,
    )
    sheet = markup.style("guide.css", "scorm.css", guide=guide, date="", labels=labels)
    script = (_HERE / "templates" / "scorm.js").read_text(encoding="utf-8")
    own = {PAGE: page.encode(), "guide.css": sheet.encode(), "guide.js": script.encode()}
    return own | {name: content for content, name in files.items()}
