"""A receipt as a page and as a PDF."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.base.outcome import Outcome, reasons
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.desk.way import WAY
from assistant.receipts import read_folder
from assistant.receipts.kept import find_receipt
from assistant.receipts.page import receipt_page, summary_page
from assistant.receipts.paper import receipt_pdf
from assistant.run.record import Ending, StepRecord
from tests.assistant.commands import ROOT
from tests.assistant.guide.formats import reading
from tests.assistant.receipts.saved import GOOD, Save, fill


@pytest.mark.parametrize(("scenario", "is_rehearsal"), [("guided", False), ("companion", False), ("first-time", True)])
def test_a_rehearsal_cannot_be_taken_for_the_real_thing(
    tmp_path: Path, save: Save, scenario: str, is_rehearsal: bool
) -> None:
    """The page of a dry run or practice says so in large letters; that of a real run doesn't."""
    save(scenario=scenario)
    assert ("Prova." in receipt_page(read_folder(tmp_path)[0][0])) == is_rehearsal


@pytest.mark.parametrize("wanted", ["0", "2", "-1", "", "²", "9" * 5000])
def test_a_number_that_no_receipt_has_is_refused(tmp_path: Path, save: Save, wanted: str) -> None:
    """However many digits it has: Python itself reads no more than 4,300."""
    save()
    kept, _ = read_folder(tmp_path)
    assert find_receipt(kept, wanted) is None
    assert find_receipt(kept, "01") == find_receipt(kept, kept[0].id) == kept[0]


def test_the_longest_receipt_is_one_sheet(browser: Browser, tmp_path: Path, save: Save) -> None:
    """A rehearsal with every step, a reason and its remedy prints on a single A4 page."""
    steps = tuple(StepRecord(name, "verify", 0, 1000) for name in WAY)
    save(replace(GOOD, ending=Ending(Outcome.FAILED, "pin_locked"), steps=steps), scenario="first-time")
    page = browser.new_page()
    try:
        page.set_content(receipt_page(read_folder(tmp_path)[0][0]))
        sheet = page.pdf(prefer_css_page_size=True)
    finally:
        page.close()
    assert sheet.count(b"/Type /Page\n") == 1


def test_a_receipt_is_an_accessible_pdf(tmp_path: Path, save: Save) -> None:
    """Every receipt is one A4 sheet that a PDF/UA checker passes, says what its page says, in the same bytes each time."""
    steps = tuple(StepRecord(name, "verify", 0, 1000) for name in WAY)
    save(replace(GOOD, ending=Ending(Outcome.FAILED, "pin_locked"), steps=steps), scenario="first-time")
    output = tmp_path / "makbuz.pdf"
    assert run_receipts(ReceiptsOptions(pdf_of="1", output=output), tmp_path) == 0
    made = output.read_bytes()
    assert reading.complaints(output) == []
    assert reading.unembedded(output) == []
    assert reading.facts(output)["Pages"] == "1"
    text = reading.words(output)
    for said in ("Prova.", "Kartın PIN'i kilitli.", "E-Onay işlem makbuzu", "Adımlar"):
        assert said in text
    assert receipt_pdf(read_folder(tmp_path)[0][0]) == made


def test_a_receipt_of_practice_says_so_in_the_words_of_practice(tmp_path: Path, save: Save) -> None:
    """Page and PDF call it practice, name its story as the panel does, and its card in Turkish; a rehearsal stays one."""
    save(scenario="practice-code-runs-out", card="practice card")
    (kept,), _ = read_folder(tmp_path)
    page, output = receipt_page(kept), tmp_path / "makbuz.pdf"
    output.write_bytes(receipt_pdf(kept))
    for text in (page, reading.words(output)):
        assert "Bu bir alıştırmadır" in text
        assert "Alıştırma: Kodun süresi doluyor" in text
        assert "alıştırma kartı" in text
        assert "Prova" not in text


def test_the_pages_need_no_network_and_fit_a4(browser: Browser, tmp_path: Path, save: Save) -> None:
    """Both pages ask for nothing, say their outcome and remedy, escape file names, and are as wide as the paper."""
    fill(tmp_path, save)
    (tmp_path / "<b>x.json").write_text("{}", encoding="utf-8")
    kept, broken = read_folder(tmp_path, deep=True)
    page = browser.new_page(viewport={"width": 718, "height": 1000})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.set_content(receipt_page(kept[1]))
        page.emulate_media(media="print")
        text = page.inner_text("main")
        assert "Tamamlanamadı" in text
        assert reasons()["pin_wrong"].remedy in text
        assert page.evaluate("document.documentElement.scrollWidth") <= 718
        page.set_viewport_size({"width": 1047, "height": 700})
        page.set_content(summary_page(kept, broken))
        assert page.locator("tbody tr").count() == 3
        assert "<b>x.json" in page.inner_text(".note")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1047
    finally:
        page.close()
    assert asked == []


def test_a_receipt_says_where_the_person_helped(tmp_path: Path, save: Save) -> None:
    """The page of a run names the step at which the person showed or pressed what the assistant didn't know."""
    steps = (StepRecord("helped", "landing", 0, 2100), StepRecord("verify", "eonay_given", 180_000, 4300))
    save(replace(GOOD, steps=steps))
    page = receipt_page(read_folder(tmp_path)[0][0])
    assert "Kişinin yardımıyla: Portalın giriş sayfası" in page
    assert "Doğrulama: " in page


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_what_is_written_of_a_receipt_is_for_one_pair_of_eyes(tmp_path: Path, save: Save, kind: str) -> None:
    """Wherever the person has it written, nobody else reads the page of their run, on paper or not."""
    save()
    output = tmp_path / f"makbuz.{kind}"
    wanted = ReceiptsOptions(page_of="1" if kind == "html" else None, pdf_of="1" if kind == "pdf" else None)
    assert run_receipts(replace(wanted, output=output), tmp_path) == 0
    assert output.stat().st_mode & 0o077 == 0


_NO_ROOM = """
import resource, sys
from pathlib import Path
from assistant.base.errors import SetupError, UsageError
from assistant.cli.receipts import ReceiptsOptions, run_receipts
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    run_receipts(ReceiptsOptions(pdf_of="1", output=Path(sys.argv[2])), Path(sys.argv[1]))
except UsageError:
    print("unwritten")
except SetupError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("limit", "told"),
    [
        pytest.param(20_000, "unwritten", id="room-for-the-template-alone"),
        pytest.param(1_000, "no_room", id="no-room-for-temporary-files"),
    ],
)
def test_a_pdf_that_finds_no_room_leaves_the_one_before(tmp_path: Path, save: Save, limit: int, told: str) -> None:
    """Where the disk is full, we say which place is, and no half-written file stays."""
    folder = save().parent
    output = tmp_path / "makbuz.pdf"
    output.write_bytes(b"the one before")
    command = (sys.executable, "-c", _NO_ROOM, str(folder), str(output), str(limit))
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    assert done.stdout.decode().split() == [told]
    assert output.read_bytes() == b"the one before"
    assert not list(tmp_path.glob("*.tmp")) + list(tmp_path.glob(".*"))
