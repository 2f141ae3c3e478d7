"""Foreign words over all outputs: wherever a string comes in, what is shown, kept or logged of it is safe."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from loguru import logger
from rich.console import RenderableType

from assistant.base.answer import complain, print_json
from assistant.base.console import Console
from assistant.base.errors import CardError, SetupError, SigningError, UsageError
from assistant.base.log import LEVEL_VARIABLE, configure_log
from assistant.base.words import words
from assistant.cli.doctor import show
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.cli.summary import SummaryOptions, run_summary
from assistant.desk.ending import end_view, last_line
from assistant.desk.terminal import Terminal
from assistant.desk.view import CertificateView, View
from assistant.guide.brand import example_text, load_brand
from assistant.preflight.finding import Finding
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.report.junit import junit_xml
from assistant.rehearsal.report.page import html_page
from assistant.rehearsal.report.record import ReportedRun, RunReport
from assistant.rehearsal.verdict import Verdict
from assistant.run.record import Ending, RunResult
from tests.assistant.desk.samples import samples

ID = "10000000146"
WORDS = {
    "ID": ID,
    "ID with dots": "100.000.001.46",
    "ID with underscores": "10_000_000_146",
    "ID with spaces": "1 0 0 0 0 0 0 0 1 4 6",
    "ID with hidden letters": "\u200b".join(ID),
    "escape": "\x1b[2J\x1b]0;başlık\x07",
    "eight-bit escape": "\x9b2J",
    "backspace": "onay\b\b\b\b\x7f",
    "carriage return": "gerçek\ryalan",
    "bidi": "\u202eyano\u2066\u200f",
    "half letter": "\ud83d\udca9"[:1],
    "private": "\ue000",
}
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
VIEWS = samples(words("desk"))


def assert_safe(text: str) -> None:
    """Check that *text* holds nothing that acts and no ID number, whatever stands between its digits."""
    assert not [letter for letter in text if letter not in "\n\t" and unicodedata.category(letter)[0] == "C"], text
    assert ID not in "".join(letter for letter in text if letter.isdecimal()), text
    text.encode()


class _Keys:
    def read(self) -> str:
        return ""


def drawn(view: View) -> str:
    """Return what the terminal draws of *view*, before any colour."""
    shown: list[RenderableType] = []
    paper = StringIO()
    console = Console(file=paper, width=120, height=200, highlight=False)
    Terminal(words("desk"), _Keys(), console, shown.append).show(view)
    console.print(shown[-1])
    return paper.getvalue()


def in_view(told: str) -> View:
    """Return the view of the PIN prompt, into which foreign words come from everywhere."""
    view = VIEWS["sign"]
    question, prompt, end = VIEWS["doubts"].question, view.prompt, VIEWS["end-halted"].end
    assert question is not None
    assert prompt is not None
    assert end is not None
    line = CertificateView(0, told, told, "", usable=True, why_not=told)
    return replace(
        view,
        card=told,
        question=replace(question, quote=told, doubts=(told,)),
        prompt=replace(prompt, text=told, certificates=(line,)),
        end=replace(end, text=told, done=told),
    )


def on_console(findings: list[Finding]) -> str:
    """Return what `eonay doctor` prints of *findings*."""
    paper = StringIO()
    show(findings, Console(file=paper, width=200, highlight=False))
    return paper.getvalue()


def report_of(told: str) -> RunReport:
    """Return a report of one run that halted over *told*."""
    ending = Ending.because("screen_unknown", told)
    result = RunResult(replace(ending, expected=told, seen=told))
    verdict = Verdict(Receipt(NOW, "ayse", "2026", told, result), wrong=(told,), ledger={told: 1})
    run = ReportedRun(verdict, 1, "ayse", {"tr": told}, (told,))
    return RunReport(NOW, NOW, (run,), 1)


def ended(told: str) -> RunResult:
    """Return a run that halted over *told*."""
    return RunResult(Ending.because("screen_unknown", told))


def printed(write: Callable[[], object], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """Return what *write* prints on both streams."""
    paper = StringIO()
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, paper)
    monkeypatch.setattr(sys, "argv", ["eonay", *arguments])
    write()
    return paper.getvalue()


OUTPUTS: dict[str, Callable[[str], str]] = {
    "terminal": lambda told: drawn(in_view(told)),
    "terminal, a question": lambda told: drawn(replace(in_view(told), prompt=None, end=None)),
    "panel": lambda told: "\n".join(_texts(in_view(told).as_json())),
    "last line": lambda told: last_line(end_view(ended(told), words("desk"), "")),
    "card error": lambda told: str(CardError("pin_wrong", told)),
    "signing error": lambda told: str(SigningError("service_error", told).detail),
    "set-up error": lambda told: str(SetupError("module_missing", told)),
    "usage error": lambda told: str(UsageError(told)) + UsageError("x", told).told("en"),
    "report": lambda told: "\n".join(_texts(report_of(told).as_json())),
    "JUnit": lambda told: junit_xml(report_of(told)).decode(),
    "report's page": lambda told: html_page(report_of(told), {}),
    "receipt": lambda told: "\n".join(_texts(Receipt(NOW, told, told, told, ended(told)).as_json())),
    "doctor": lambda told: on_console([Finding("reader", "warn", told, told)]),
}


def _texts(of: object) -> list[str]:
    """Return all texts in *of* but the pictures' and the numbers that are meant."""
    if isinstance(of, str):
        return [of]
    if isinstance(of, dict):
        return [text for one in of.items() for text in _texts(list(one))]
    return [text for one in of for text in _texts(one)] if isinstance(of, (list, tuple)) else []


@pytest.mark.parametrize("told", WORDS.values(), ids=list(WORDS))
@pytest.mark.parametrize("output", OUTPUTS)
def test_foreign_words_are_safe_in(output: str, told: str) -> None:
    """What is drawn, told or kept of a foreign word does nothing and names nobody."""
    assert_safe(OUTPUTS[output](f"Sayın {told} kimlik"))


@pytest.mark.parametrize("told", WORDS.values(), ids=list(WORDS))
def test_what_is_said_of_a_failure_is_safe(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong command line that quotes a foreign word tells it safely, in words and as an object."""
    for arguments in ((), ("--json",)):
        assert_safe(printed(lambda: complain("usage_error", told, told, 2), monkeypatch, *arguments))
    assert "\u202e" not in printed(lambda: print_json({"label": told}), monkeypatch)


@pytest.mark.parametrize("told", WORDS.values(), ids=list(WORDS))
def test_the_log_is_safe(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the finest level neither a message nor the words of an error below it reach the log as they came."""

    def log() -> None:
        configure_log()
        logger.opt(exception=ValueError(told)).debug("the page said {}", told)

    monkeypatch.setenv(LEVEL_VARIABLE, "TRACE")
    try:
        text = printed(log, monkeypatch)
        assert "the page said" in text
        assert "ValueError" in text
        assert_safe(text)
    finally:
        logger.remove()
        logger.configure(patcher=lambda _record: None)


@pytest.mark.parametrize("name", ["\x1b[2J", "\u202egnp", "100.000.001.46", "\x9b2J"])
def test_names_of_files_are_safe(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Receipts that came from others, whole and broken, are listed and summed up without what their names do."""
    receipt = Receipt(NOW, "guided", "2026", "-", ended("")).as_json()
    (tmp_path / f"a{name}.json").write_text(json.dumps(receipt))
    (tmp_path / f"b{name}.json").write_text("{}")
    page = tmp_path / "page.html"
    for json_output in (False, True):
        options = ReceiptsOptions(json_output=json_output)
        assert_safe(printed(partial(run_receipts, options, tmp_path), monkeypatch))
        summary = SummaryOptions(tmp_path, csv=tmp_path / "all.csv", html=page, json_output=json_output)
        told = printed(partial(run_summary, summary), monkeypatch)
        assert_safe(told.replace(str(tmp_path), ""))
        assert_safe(page.read_text() + (tmp_path / "all.csv").read_text("utf-8-sig"))


@pytest.mark.parametrize("told", [word for word in WORDS.values() if "\ud83d" not in word])
def test_branding_is_safe(told: str, tmp_path: Path) -> None:
    """What an institution says of itself comes into no guide with an ID number; with what acts it is refused."""
    file = tmp_path / "kurum.toml"
    subject = next(line for line in example_text().splitlines() if line.startswith("subject"))
    file.write_text(example_text().replace(subject, f"subject = {json.dumps(f'Konu {told} son')}"), encoding="utf-8")
    try:
        assert_safe(load_brand(file, "tr").subject)
    except UsageError as refused:
        assert_safe(str(refused))
        assert any(unicodedata.category(char) in {"Cc", "Cn"} for char in told), told


def test_branding_keeps_its_long_numbers(tmp_path: Path) -> None:
    """The letter's number and a telephone with its country's code are no ID numbers."""
    file = tmp_path / "kurum.toml"
    given = {"number": '"E-12345678-903.07.02-1234567"', "contact": '"+90 312 123 45 67"'}
    lines = example_text().splitlines()
    text = "\n".join(
        next((f"{name} = {given[name]}" for name in given if line.startswith(name)), line) for line in lines
    )
    file.write_text(text, encoding="utf-8")
    brand = load_brand(file, "tr")
    assert (brand.number, brand.contact) == ("E-12345678-903.07.02-1234567", ("+90 312 123 45 67",))


def test_what_is_meant_to_be_seen_is_seen() -> None:
    """The document to sign, the code that the person carries on and test credentials keep their numbers."""
    view = VIEWS["sign"]
    assert view.prompt is not None
    assert f"{ID}⟨U+202E⟩" in drawn(replace(view, prompt=replace(view.prompt, document=f"{ID}\u202e onay")))
    assert "123456789012345" in drawn(VIEWS["app"])
    assert ID in drawn(VIEWS["practice"])
