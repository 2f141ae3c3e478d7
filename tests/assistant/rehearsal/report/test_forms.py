"""The forms of a report: JUnit XML and the HTML page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from playwright.sync_api import Browser

from assistant.rehearsal.report.junit import junit_xml
from assistant.rehearsal.report.page import html_page
from tests.assistant.rehearsal.report.samples import AGAIN, FAILED, GIVEN, RUN, STOPPED, like, report_of


def suites() -> list[Element]:
    """Return the test suites of a report of the samples."""
    root = fromstring(junit_xml(report_of(RUN, FAILED, STOPPED, like(RUN, GIVEN, edition="2020"))))
    assert root.tag == "testsuites"
    return list(root)


def test_junit_has_all_that_the_strictest_schema_wants() -> None:
    """Every attribute that Apache Ant's schema requires is there, with its children in the schema's order."""
    for number, suite in enumerate(suites()):
        required = {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"}
        assert required <= set(suite.attrib) <= required | {"skipped"}
        assert suite.get("id") == str(number)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp", ""))
        tags = [child.tag for child in suite]
        cases = tags.count("testcase")
        assert tags == ["properties", *["testcase"] * cases, "system-out", "system-err"]
        assert suite.get("tests") == str(cases)
        for case in suite.iter("testcase"):
            assert set(case.attrib) == {"name", "classname", "time"}
            assert len(case) <= 1


def test_junit_tells_failures_and_what_was_stopped() -> None:
    """A failure names what was expected and what came; a stopped run is skipped; control characters are gone."""
    (_, suite) = suites()
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "1")
    (failure,) = suite.iter("failure")
    assert failure.get("type") == "screen_unknown"
    assert failure.get("message") == "consent_given != halted (screen_unknown)"
    assert "login 2 ≠ 1" in (failure.text or "")
    assert "\x00" not in (failure.text or "")


def test_junit_names_flaky_scenarios() -> None:
    """A flaky scenario is named in the suite's properties; each of its repetitions stays what it was."""
    report = report_of(RUN, AGAIN)
    (suite,) = fromstring(junit_xml(report))
    told = {found.get("name"): found.get("value") for found in suite.iter("property")}
    assert told["flaky"] == "first-time"
    assert [len(list(case)) for case in suite.iter("testcase")] == [0, 1]


class Links(HTMLParser):
    """Collects what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses and scripts."""
        self.scripts += tag == "script"
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "srcset"}]


def test_every_form_names_the_browser() -> None:
    """The JUnit properties and the page say with which product and version the runs were made."""
    report = report_of(RUN)
    root = fromstring(junit_xml(report))
    told = {entry.get("name"): entry.get("value") for entry in root.iter("property")}
    assert told["browser"] == "Chromium 150.0 (headless shell)"
    assert "Chromium 150.0 (headless shell)" in html_page(report, {})


def test_the_page_is_self_contained() -> None:
    """The HTML page fetches nothing: its only addresses are pictures within it, and its one script is its own."""
    links = Links()
    page = html_page(report_of(RUN, FAILED), {"0002-moved-host.jpg": b"\xff\xd8picture"})
    links.feed(page)
    assert links.scripts == 1
    assert [address.partition(",")[0] for address in links.addresses] == ["data:image/jpeg;base64"]
    assert "default-src 'none'" in page


def test_the_page_escapes_what_runs_say() -> None:
    """Words of a run can't become markup."""
    page = html_page(report_of(RUN, FAILED), {})
    assert "İlk kez &lt;b&gt;E-Onay&lt;/b&gt;" in page
    assert page.count("</script>") == 1


def test_the_page_shows_expected_against_seen_and_the_ledger() -> None:
    """A failure shows outcome against expectation, the ledger and each step; a flaky one is marked as such."""
    page = html_page(report_of(RUN, AGAIN), {}, "en")
    for told in ("consent_given", "halted (screen_unknown)", "2 of them", "login 2 ≠ 1", 'data-state="flaky"'):
        assert told in page
    assert 'data-state="passed"' in page  # the filter's button
    assert 'class="passed" data-state' not in page


def test_the_page_tells_the_looks_apart() -> None:
    """The same scenario in two looks is two lines, each with its look."""
    toasts = replace(RUN, verdict=replace(RUN.verdict, receipt=replace(RUN.verdict.receipt, look="toasts")))
    page = html_page(report_of(RUN, toasts), {})
    assert "<b>first-time</b> · 2026-toasts" in page
    assert "<b>first-time</b> · 2026<" in page


def test_an_interrupted_run_says_so() -> None:
    """A report of what ran before Ctrl+C says how many didn't."""
    assert "3 did not run" in html_page(report_of(RUN, planned=4), {}, "en")


def test_the_page_fits_a_phone_and_finds_what_is_typed(browser: Browser) -> None:
    """Nothing is wider than a narrow window, and capitals, dots and dotless letters don't hide a run from the search."""
    about = {"tr": "İlk sayfayı bir duyuru kaplıyor; kişi vazgeçiyor.", "en": "An announcement."}
    runs = [
        replace(like(RUN, GIVEN, scenario=f"scenario-{n}"), about=about if n else {"tr": "başka", "en": "other"})
        for n in range(3)
    ]
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.set_content(html_page(report_of(*runs, replace(FAILED, about={"tr": "başka"})), {}))
    for details in page.locator("summary").all():
        details.click()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for typed in ("ilk", "İLK sayfayi", "ILK DUYURU kisi"):
        page.get_by_role("searchbox").fill(typed)
        assert page.locator("details:visible").count() == 2, typed
    context.close()
