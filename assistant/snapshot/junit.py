"""A visit as JUnit XML for an institution's daily job, in the same dialect as `assistant.rehearsal.report.junit`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assistant.rehearsal.report.junit import clean

Case = tuple[str, str]
"""A case's name, and what is wrong with it; empty if nothing is."""


def junit_document(cases: Sequence[Case], began: datetime, seconds: float) -> bytes:
    """Return a document with one suite of *cases*; *seconds* is how long they all took."""
    root = Element("testsuites")
    suite = SubElement(
        root,
        "testsuite",
        name="eonay.check-portal",
        package="eonay",
        id="0",
        timestamp=began.astimezone(UTC).isoformat()[:19],
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(sum(bool(wrong) for _, wrong in cases)),
        errors="0",
        skipped="0",
        time=f"{seconds:.3f}",
    )
    SubElement(suite, "properties")
    for name, wrong in cases:
        case = SubElement(suite, "testcase", name=name, classname="eonay.check-portal", time="0.000")
        if wrong:
            SubElement(case, "failure", type=name, message=clean(wrong)).text = clean(wrong)
    SubElement(suite, "system-out")
    SubElement(suite, "system-err")
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document
