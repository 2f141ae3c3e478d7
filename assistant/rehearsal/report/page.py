"""The report as one self-contained HTML page: no other files, no links, no scripts but its own."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from assistant.base.duration import lasted
from assistant.base.foreign import shown_if_text
from assistant.base.outcome import reasons
from assistant.base.words import Language, words
from assistant.rehearsal.report.record import ReportedRun, RunReport
from flows import steps
from flows.text import skeleton


def html_page(report: RunReport, pictures: Mapping[str, bytes], language: Language = "tr") -> str:
    """Return the page. *pictures* are JPEGs by the names the runs use; we embed them."""
    flaky = report.flaky
    ranks = {"failed": 0, "flaky": 1, "stopped": 2, "passed": 3}
    runs = sorted(report.runs, key=lambda run: (ranks[_state(run, flaky)], run.key, run.repetition))
    return _template().render(
        report=report,
        runs=runs,
        flaky=flaky,
        began=report.began.astimezone(),
        took_ms=(report.ended - report.began).total_seconds() * 1000,
        lasted=partial(lasted, language=language),
        longest_ms=max((run.result.duration_ms for run in report.runs), default=1) or 1,
        pictures={name: Markup(b64encode(data).decode()) for name, data in pictures.items()},  # noqa: S704 (base64)
        words=words("rehearsal", language).group("report"),
        language=language,
        step_titles={step.id: step.title for step in steps(language).values()},
        reason_texts={code: reason.what for code, reason in reasons(language).items()},
        state=lambda run: _state(run, flaky),
        searchable=lambda run: _searchable(run, language),
        screens=sorted({step.screen for run in report.runs for step in run.result.steps}),
    )


def _state(run: ReportedRun, flaky: frozenset[tuple[str, str]]) -> str:
    if run.verdict.stopped:
        return "stopped"
    if run.key in flaky:
        return "flaky"
    return "passed" if run.verdict.passed else "failed"


def _searchable(run: ReportedRun, language: Language) -> str:
    said = (*run.key, run.person, run.result.outcome, run.result.reason or "", run.about.get(language, ""))
    return skeleton(" ".join((*said, *run.tags, *run.verdict.ledger)))


@cache
def _template() -> Template:
    source = (resources.files("assistant.rehearsal.report") / "page.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, finalize=shown_if_text, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
