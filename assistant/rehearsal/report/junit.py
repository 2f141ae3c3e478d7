"""JUnit XML in its strictest dialect, so that any CI can read it.

Source: the schema for Apache Ant's JUnit reports (github.com/windyroad/JUnit-Schema).
"""

from __future__ import annotations

import re
from datetime import UTC
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assistant.base.words import Language
from assistant.rehearsal.report.record import ReportedRun, RunReport

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: RunReport, language: Language = "tr") -> bytes:
    """Return the report as a JUnit document: one test suite per edition and look, one test case per run."""
    root = Element("testsuites")
    editions = sorted({run.receipt.drawn for run in report.runs}) or ["2026"]
    flaky = report.flaky
    for number, edition in enumerate(editions):
        runs = [run for run in report.runs if run.receipt.drawn == edition]
        suite = SubElement(
            root,
            "testsuite",
            name=f"eonay.{edition}",
            package="eonay",
            id=str(number),
            timestamp=report.began.astimezone(UTC).isoformat()[:19],
            hostname="localhost",
            tests=str(len(runs)),
            failures=str(sum(not run.verdict.passed and not run.verdict.stopped for run in runs)),
            errors="0",
            skipped=str(sum(run.verdict.stopped for run in runs)),
            time=_seconds(sum(run.result.duration_ms for run in runs)),
        )
        properties = SubElement(suite, "properties")
        facts = {
            "program": report.program,
            "browser": ", ".join(report.browsers),
            "planned": str(report.planned),
            "shards": " ".join(report.shards),
            "flaky": " ".join(sorted(scenario for scenario, look in flaky if look == edition)),
        }
        for name, value in facts.items():
            SubElement(properties, "property", name=name, value=clean(value))
        for run in runs:
            _case(suite, run, language)
        unsteady = [f"{scenario} ({look})" for scenario, look in sorted(flaky) if look == edition]
        SubElement(suite, "system-out").text = clean("\n".join(f"flaky: {name}" for name in unsteady))
        SubElement(suite, "system-err")
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _case(suite: Element, run: ReportedRun, language: Language) -> None:
    verdict, receipt, result = run.verdict, run.receipt, run.result
    name = receipt.scenario if run.repetition == 1 else f"{receipt.scenario} [{run.repetition}]"
    case = SubElement(
        suite, "testcase", name=clean(name), classname=f"eonay.{receipt.drawn}", time=_seconds(result.duration_ms)
    )
    if verdict.stopped:
        SubElement(case, "skipped")
    elif not verdict.passed:
        message = f"{verdict.expected} != {result.ending}"
        failure = SubElement(case, "failure", type=result.reason or result.outcome, message=clean(message))
        failure.text = clean("\n".join(_lines(run, language)))


def _lines(run: ReportedRun, language: Language) -> list[str]:
    lines = [run.about.get(language, "")]
    ending = run.result.ending
    if ending.expected or ending.seen:
        lines.append(f"looked for {ending.expected or '-'}; saw {ending.seen or '-'}")
    lines += [f"not as expected: {difference}" for difference in run.verdict.wrong]
    lines.append("ledger: " + (", ".join(f"{act} {count}" for act, count in run.verdict.ledger.items()) or "-"))
    lines += [f"{step.at_ms:7d} ms  {step.id} ({step.screen})" for step in run.result.steps]
    return lines


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def clean(text: str) -> str:
    """Return *text* without characters that XML forbids."""
    return _NOT_XML.sub("\ufffd", text)
