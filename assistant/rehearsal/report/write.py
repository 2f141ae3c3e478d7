"""Writes a report to a folder: JSON, JUnit XML, one HTML page, and the pictures next to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.trouble import why
from assistant.base.words import Language
from assistant.rehearsal.report.junit import junit_xml
from assistant.rehearsal.report.page import html_page
from assistant.rehearsal.report.record import FILE, RunReport

JUNIT = "junit.xml"
PAGE = "report.html"


def write_report(folder: Path, report: RunReport, pictures: Mapping[str, bytes], language: Language = "tr") -> Path:
    """Write *report* to *folder* and return the page's path. *pictures* are JPEGs by the names the runs use.

    Raises `UsageError` if the folder isn't writable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            write(folder / name, picture)
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n"
        write(folder / FILE, text)
        write(folder / JUNIT, junit_xml(report, language))
        page = folder / PAGE
        write(page, html_page(report, pictures, language))
    except OSError as error:
        raise UsageError.of("rehearsal.usage.unwritable", folder=folder, why=partial(why, error)) from None
    return page


def pictures_of(folder: Path, report: RunReport) -> dict[str, bytes]:
    """Return *report*'s pictures from *folder*, skipping any that are gone."""
    names = {run.picture for run in report.runs if run.picture}
    return {name: (folder / name).read_bytes() for name in sorted(names) if (folder / name).is_file()}
