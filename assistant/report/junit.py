"""JUnit XML, in the strictest of its dialects, so that any CI opens it.

Source of the shape: the schema of Apache Ant's JUnit reports (github.com/windyroad/JUnit-Schema).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assistant.outcome import Language
from assistant.report.record import RunRecord, RunReport

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: RunReport, language: Language = "tr") -> bytes:
    """Return the report as a JUnit document: one test suite per edition, one test case per run."""
    root = Element("testsuites")
    editions = sorted({run.edition for run in report.runs}) or ["2026"]
    flaky = report.flaky
    for number, edition in enumerate(editions):
        runs = [run for run in report.runs if run.edition == edition]
        suite = SubElement(
            root,
            "testsuite",
            name=f"eonay.{edition}",
            package="eonay",
            id=str(number),
            timestamp=report.began[:19],
            hostname="localhost",
            tests=str(len(runs)),
            failures=str(sum(not run.passed and not run.stopped for run in runs)),
            errors="0",
            skipped=str(sum(run.stopped for run in runs)),
            time=_seconds(sum(run.duration_ms for run in runs)),
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
            SubElement(properties, "property", name=name, value=_clean(value))
        for run in runs:
            _case(suite, run, language)
        unsteady = [f"{scenario} ({look})" for scenario, look in sorted(flaky) if look == edition]
        SubElement(suite, "system-out").text = _clean("\n".join(f"flaky: {name}" for name in unsteady))
        SubElement(suite, "system-err")
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _case(suite: Element, run: RunRecord, language: Language) -> None:
    name = run.scenario if run.repetition == 1 else f"{run.scenario} [{run.repetition}]"
    case = SubElement(
        suite, "testcase", name=_clean(name), classname=f"eonay.{run.edition}", time=_seconds(run.duration_ms)
    )
    if run.stopped:
        SubElement(case, "skipped")
    elif not run.passed:
        message = f"{ending(run.expected_outcome, run.expected_reason)} != {ending(run.outcome, run.reason)}"
        failure = SubElement(case, "failure", type=run.reason or run.outcome, message=_clean(message))
        failure.text = _clean("\n".join(_lines(run, language)))


def ending(outcome: str | None, reason: str | None) -> str:
    """Return an outcome with its reason, in one word or two."""
    return f"{outcome or 'consent_given/already_consented'}{f' ({reason})' if reason else ''}"


def _lines(run: RunRecord, language: Language) -> list[str]:
    lines = [run.about.get(language, "")]
    if run.expected or run.seen:
        lines.append(f"looked for {run.expected or '-'}; saw {run.seen or '-'}")
    lines += [f"not as expected: {difference}" for difference in run.wrong]
    lines.append("ledger: " + (", ".join(f"{act} {count}" for act, count in run.ledger.items()) or "-"))
    lines += [f"{step.at_ms:7d} ms  {step.id} ({step.screen})" for step in run.steps]
    return lines


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
