"""What a helper needs when a run stopped or needed help: one file, which the person sends to whomever they like.

We work out what was expected and what was seen from the saved page, with the same code as a run. So the bundle can
only contain what we may keep.
"""

from __future__ import annotations

import io
import json
import platform
from collections.abc import Iterator, Mapping
from importlib import metadata
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assistant.base.version import version
from assistant.base.words import Language, told
from assistant.receipts.kept import outcome_words
from assistant.receipts.receipt import Receipt
from assistant.snapshot.comparing import path_of
from assistant.snapshot.kept import Snapshot
from assistant.snapshot.recognising import recognised
from assistant.snapshot.telling import nearest_lines, next_words, title_of
from flows import FlowError, Look, portal_look

_LIBRARIES = ("playwright", "pydantic")
_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the archive, so the same bundle is the same bytes."""
_PRIVATE = 0o600 << 16


def report(snapshot: Snapshot, receipt: Receipt | None, language: Language, look: Look | None = None) -> Iterator[str]:
    """Yield the bundle's text line by line: the run, the last page, what we expected, how it differs."""
    look = look or portal_look()
    yield told("snapshot.bundle.head", language)
    if receipt is not None:
        reason = f" [{receipt.result.reason}]" if receipt.result.reason else ""
        yield told(
            "snapshot.bundle.run", language, outcome=outcome_words(receipt.result.outcome, language), reason=reason
        )
    yield told(
        "snapshot.bundle.versions", language, versions=", ".join(f"{k} {v}" for k, v in versions(language).items())
    )
    if not snapshot.screens:
        return
    pages = [recognised(screen, look) for screen in snapshot.screens]
    page = next((page for page in reversed(pages) if isinstance(page.decision, FlowError)), pages[-1])
    screen = title_of(page.name, language) if page.name else told("snapshot.taking.unknown", language)
    yield ""
    yield told("snapshot.bundle.page", language, screen=screen, path=path_of(page.screen))
    if isinstance(page.decision, FlowError):
        if page.decision.expected:
            yield told("snapshot.bundle.expected", language, text=page.decision.expected)
        yield told("snapshot.bundle.seen", language, text=page.decision.seen or "-")
    yield told("snapshot.bundle.next", language, text=next_words(page, language))
    yield from nearest_lines(page, language)


def versions(language: Language) -> dict[str, str]:
    """Return what the bundle says about the computer: versions of programs, nothing else."""
    system = told("snapshot.bundle.system", language)
    found = {"eonay": version(), "Python": platform.python_version(), system: platform.system() or "?"}
    return {**found, **{name: metadata.version(name) for name in _LIBRARIES}}


def parts(snapshot: Snapshot, receipt: Receipt | None) -> Mapping[str, str]:
    """Return the bundle's files by name."""
    files = {
        "OKU.txt": "\n".join(report(snapshot, receipt, "tr")) + "\n",
        "README.txt": "\n".join(report(snapshot, receipt, "en")) + "\n",
        "snapshot.json": snapshot.text(),
        "versions.json": json.dumps(versions("en"), ensure_ascii=False, indent=1) + "\n",
    }
    if receipt is not None:
        files["receipt.json"] = json.dumps(receipt.as_json(), ensure_ascii=False, indent=1) + "\n"
    return files


def bundle(snapshot: Snapshot, receipt: Receipt | None) -> bytes:
    """Return the archive. The same parts give the same bytes."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, text in parts(snapshot, receipt).items():
            entry = ZipInfo(name, _DAY)
            entry.external_attr = _PRIVATE
            archive.writestr(entry, text.encode(), ZIP_DEFLATED)
    return made.getvalue()
