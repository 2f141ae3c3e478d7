"""The report as one self-contained HTML page: no file beside it, no address in it, no script but its own."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from assistant.outcome import Language, reasons
from assistant.report.junit import ending
from assistant.report.record import RunRecord, RunReport
from assistant.report.words import WORDS
from flows import steps
from flows.text import skeleton


def html_page(report: RunReport, pictures: Mapping[str, bytes], language: Language = "tr") -> str:
    """Return the page. *pictures* are JPEGs by the names that runs give; they are put into the page itself."""
    flaky = report.flaky
    ranks = {"failed": 0, "flaky": 1, "stopped": 2, "passed": 3}
    runs = sorted(report.runs, key=lambda run: (ranks[_state(run, flaky)], run.key, run.repetition))
    began, ended = datetime.fromisoformat(report.began), datetime.fromisoformat(report.ended)
    return _template().render(
        report=report,
        runs=runs,
        flaky=flaky,
        began=began,
        took_s=(ended - began).total_seconds(),
        longest_ms=max((run.duration_ms for run in report.runs), default=1) or 1,
        pictures={name: b64encode(data).decode() for name, data in pictures.items()},
        words=WORDS[language],
        language=language,
        step_titles={step.id: step.title for step in steps(language).values()},
        reason_texts={code: reason.what for code, reason in reasons(language).items()},
        ending=ending,
        state=lambda run: _state(run, flaky),
        searchable=lambda run: _searchable(run, language),
        screens=sorted({step.screen for run in report.runs for step in run.steps}),
    )


def _state(run: RunRecord, flaky: frozenset[tuple[str, str]]) -> str:
    if run.stopped:
        return "stopped"
    if run.key in flaky:
        return "flaky"
    return "passed" if run.passed else "failed"


def _searchable(run: RunRecord, language: Language) -> str:
    words = (run.scenario, run.edition, run.person, run.outcome, run.reason or "", run.about.get(language, ""))
    return skeleton(" ".join((*words, *run.tags, *run.ledger)))


@cache
def _template() -> Template:
    source = (resources.files("assistant.report") / "page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
