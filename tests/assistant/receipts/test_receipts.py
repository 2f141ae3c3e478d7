"""Receipts: a closed list of fields, read back, as a page and as one table of many."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from assistant.base.errors import UsageError
from assistant.base.outcome import Outcome, reasons
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.cli.summary import SummaryOptions, run_summary
from assistant.desk.way import WAY
from assistant.receipts import read_folder
from assistant.receipts.page import receipt_page, summary_page
from assistant.receipts.paper import receipt_pdf
from assistant.receipts.receipt import FIELDS, Receipt, ReceiptError, read_receipt
from assistant.receipts.summary import as_csv, columns, row
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord
from tests.assistant.guide.formats import reading

BEGAN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SECRETS = ("10000000146", "968121968799342", "AYŞE YILMAZ", "https://giris.turkiye.gov.tr/x", "ayse@example.org")
GOOD = RunResult(
    Ending(Outcome.CONSENT_GIVEN),
    duration_ms=184_300,
    steps=(StepRecord("landing", "landing", 0, 2100), StepRecord("verify", "eonay_given", 180_000, 4300)),
)
FAILED = RunResult(Ending(Outcome.FAILED, "pin_wrong"), 61_000, GOOD.steps[:1])

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Save a receipt into the folder of the test."""

    def put(result: RunResult = GOOD, days: int = 0, folder: Path = tmp_path, **fields: Any) -> Path:
        facts = {"scenario": "guided", "edition": "2026", "card": "software card", **fields}
        return Receipt(BEGAN + timedelta(days=days), result=result, **facts).save(folder)

    return put


@settings(deadline=None)  # a busy machine is no failure
@given(
    text=st.sampled_from(SECRETS) | st.text(max_size=60),
    where=st.sampled_from(["scenario", "edition", "card", "reason", "detail", "seen", "step", "screen"]),
)
def test_nothing_outside_the_closed_list_gets_in(text: str, where: str) -> None:
    """Whatever a receipt is made from, its fields are the listed ones and each keeps its rule."""
    step = StepRecord(text if where == "step" else "landing", text if where == "screen" else "landing", 1, 2)
    ending = Ending(
        Outcome.FAILED,
        reason=text if where == "reason" else None,
        detail=text if where == "detail" else None,
        seen=text if where == "seen" else "",
    )
    receipt = Receipt(
        BEGAN,
        scenario=text if where == "scenario" else "guided",
        edition=text if where == "edition" else "2026",
        card=text if where == "card" else "software card",
        result=RunResult(ending, 5, (step,)),
    )
    fields = receipt.as_json()
    assert tuple(fields) == FIELDS
    with TemporaryDirectory() as folder:
        assert read_receipt(receipt.save(Path(folder))).as_json() == fields
    assert [secret for secret in SECRETS if secret in json.dumps(fields, ensure_ascii=False)] == []


@pytest.mark.parametrize("secret", SECRETS)
def test_no_text_field_can_hold_something_personal(tmp_path: Path, save: Save, secret: str) -> None:
    """A file with a number, code, name or address as any field's value isn't a receipt."""
    good = json.loads(save().read_text(encoding="utf-8"))
    step = good["steps"][0]
    changes: list[dict[str, object]] = [{name: secret} for name in FIELDS]
    changes += [{"card": f"PKCS#11 ({secret})"}, {"steps": [{**step, "name": "x"}]}]
    changes += [{"steps": [{**step, name: secret}]} for name in step]
    for change in changes:
        (tmp_path / "changed.json").write_text(json.dumps({**good, **change}), encoding="utf-8")
        with pytest.raises(ReceiptError, match=f"^geçersiz alan: {next(iter(change))}$"):
            read_receipt(tmp_path / "changed.json")


def test_a_receipt_is_read_back_as_it_was_written(save: Save) -> None:
    """What is saved is what is read, with the person's word told from the portal's."""
    receipt = read_receipt(save(witness="person"))
    assert receipt == Receipt(BEGAN, "guided", "2026", "software card", GOOD, "person")
    assert receipt.as_json()["began"] == "2026-11-23T06:30:00+00:00"


def test_a_receipt_of_an_older_format_is_still_read(save: Save) -> None:
    """Receipts written before there were witnesses count as the portal's word; older ones don't know what was done, or which look."""
    path = save()
    old = json.loads(path.read_text(encoding="utf-8"))
    del old["look"]
    path.write_text(json.dumps({**old, "format": 3}), encoding="utf-8")
    assert read_receipt(path).look == "unknown"
    del old["done"]
    path.write_text(json.dumps({**old, "format": 2}), encoding="utf-8")
    assert read_receipt(path).result.done is None
    for name in ("python", "system", "witness"):
        del old[name]
    path.write_text(json.dumps({**old, "format": 1}), encoding="utf-8")
    assert (read_receipt(path).witness, read_receipt(path).result.done) == ("portal", None)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "AYŞE YILMAZ"}, "bulunmaması gereken"),
        ({"outcome": None}, "geçersiz alan: outcome"),
        ({"outcome": "great"}, "geçersiz alan: outcome"),
        ({"steps": [{"id": "landing"}]}, "geçersiz alan: steps"),
        ({"steps": None}, "geçersiz alan: steps"),
        ({"outcome": []}, "geçersiz alan: outcome"),
        ({"began": "dün"}, "geçersiz alan: began"),
        ({"began": "2026-11-23T06:30:00"}, "geçersiz alan: began"),
        ({"duration_ms": True}, "geçersiz alan: duration_ms"),
        ({"reason": "no_such_reason"}, "geçersiz alan: reason"),
        ({"reason": ["x"]}, "geçersiz alan: reason"),
    ],
)
def test_what_is_nearly_a_receipt_is_none(save: Save, change: dict[str, Any], why: str) -> None:
    """A field too many, too few or with another value makes a file no receipt; the reason doesn't quote it."""
    path = save()
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    with pytest.raises(ReceiptError, match=why) as caught:
        read_receipt(path)
    assert "YILMAZ" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ('"duration_ms": NaN', "duration_ms"),
        ('"duration_ms": 1e400', "duration_ms"),
        (f'"duration_ms": 1{"0" * 4000}', "duration_ms"),
        ('"duration_ms": 61000.0', "duration_ms"),
        ('"duration_ms": -1', "duration_ms"),
        ('"format": 6', "format"),
        ('"format": true', "format"),
        ('"began": "0001-01-01T00:00:00+14:00"', "began"),
        ('"began": "9999-12-31T23:59:59-14:00"', "began"),
        ('"began": "1700000000"', "began"),
        ('"began": 1700000000', "began"),
        ('"scenario": "\\ud800"', "scenario"),
        ('"scenario": "guided\\n"', "scenario"),
        ('"done": ["consent_ticked", "moved_on"]', "done"),
        ('"done": [["moved_on"]]', "done"),
        ('"steps": {"0": 1}', "steps"),
        ('"steps": "landing"', "steps"),
        (f'"steps": {json.dumps([{"id": "a", "screen": "a", "at_ms": 0, "took_ms": 0}] * 501)}', "steps"),
    ],
)
def test_an_odd_value_is_told_by_the_name_of_its_field(save: Save, change: str, field: str) -> None:
    """Not a number, a huge number, a moment outside all calendars, half a letter: the field is named, nothing breaks."""
    path = save()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.rstrip().removesuffix("}") + f", {change}}}", encoding="utf-8")  # the last of a name counts
    with pytest.raises(ReceiptError) as caught:
        read_receipt(path)
    assert (str(caught.value), caught.value.told("en")) == (f"geçersiz alan: {field}", f"wrong field: {field}")


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    """Of a huge file no more is read than shows that it is no receipt; a folder isn't one either."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(ReceiptError, match="çok büyük"):
        read_receipt(path)
    with pytest.raises(ReceiptError, match="okunamadı"):
        read_receipt(tmp_path)


def test_what_breaks_a_rule_costs_no_run_its_receipt(tmp_path: Path) -> None:
    """If a run took extremely long or signed with an odd file, the receipt says less but is saved and readable."""
    steps = tuple(StepRecord("Ekran 1", "nes", 0, 10**11) for _ in range(600))
    result = RunResult(Ending(Outcome.CONSENT_GIVEN, "no_such"), 10**11, steps, (Deed.CODE_RENEWED, Deed.MOVED_ON))
    receipt = Receipt(BEGAN, "Öğle arası", "2o26", "PKCS#11 (kartım 12345.dll)", result)
    read = read_receipt(receipt.save(tmp_path))
    assert (read.scenario, read.edition, read.card) == ("other", "unknown", "other")
    assert (read.result.outcome, read.result.reason, read.result.duration_ms) == (Outcome.CONSENT_GIVEN, None, 10**9)
    assert read.result.done == (Deed.MOVED_ON, Deed.CODE_RENEWED)
    assert read.result.steps == (StepRecord("other", "nes", 0, 10**9),) * 500
    assert receipt.card == "PKCS#11 (kartım 12345.dll)", "in memory it is what it was"


def fill(folder: Path, save: Save) -> None:
    """Put three receipts and four broken files into *folder*."""
    (folder / "okul").mkdir()
    save(days=1)
    save(FAILED, days=2)
    save(days=3, folder=folder / "okul", witness="person", scenario="companion", edition="unknown")
    (folder / "kesik.json").write_text('{"format": 2, "outc', encoding="utf-8")
    (folder / "bos.json").write_bytes(b"")
    (folder / "liste.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "resim.json").write_bytes(b"\x89PNG\xff\xff")


def test_the_summary_tells_of_broken_files_and_goes_on(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    """Good receipts of all folders are in the table, the newest first; each broken file is named with why."""
    fill(tmp_path, save)
    (tmp_path / "okul" / "yarim.json").write_text("{", encoding="utf-8")
    table, page = tmp_path / "ozet.csv", tmp_path / "ozet.html"
    assert run_summary(SummaryOptions(tmp_path, csv=table, html=page)) == 0
    told = capsys.readouterr().out
    for name in ("kesik.json", "bos.json", "liste.json", "resim.json", "okul/yarim.json"):
        assert name in told, "with its folder, so that it can be found among many schools"
        assert name in page.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0] == list(columns("tr"))
    assert [row[0] for row in rows[1:]] == ["okul", "", ""]
    assert [row[2] for row in rows[1:]] == ["E-Onay verildi", "Tamamlanamadı", "E-Onay verildi"]
    assert [row[4] for row in rows[1:]] == ["kişi", "portal", "portal"]
    assert rows[2][3] == reasons()["pin_wrong"].what
    assert rows[2][7] == "61,0"


def test_the_summary_as_json_counts_outcomes(tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` is one object with the receipts, how many of each outcome, and the broken files."""
    fill(tmp_path, save)
    run_summary(SummaryOptions(tmp_path, json_output=True))
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcomes"] == {"consent_given": 2, "failed": 1}
    assert sorted(one["folder"] for one in answer["receipts"]) == ["", "", "okul"]
    assert (answer["count"], len(answer["broken"])) == (3, 4)
    with pytest.raises(UsageError, match="klasör yok"):
        run_summary(SummaryOptions(tmp_path / "none"))


def test_only_real_runs_are_counted_and_practice_has_a_table_of_its_own(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rehearsal and a practice are left out, and it says how many; the trainer sees each desk and where it took long."""
    steps = (StepRecord("login", "login", 0, 4000), StepRecord("signing", "signing", 4000, 95_000))
    for desk in ("masa-1", "masa-2"):
        (tmp_path / desk).mkdir()
        result = RunResult(Ending(Outcome.CONSENT_GIVEN), 99_000, steps)
        save(result, folder=tmp_path / desk, scenario="practice-first-time")
    save(days=1, scenario="guided")
    save(days=2, scenario="first-time")
    assert run_summary(SummaryOptions(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "1 makbuz." in told
    assert "Sayılmayan başka makbuz: 3." in told
    table, page = tmp_path / "a.csv", tmp_path / "a.html"
    assert run_summary(SummaryOptions(tmp_path, csv=table, html=page, practice=True)) == 0
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert sorted((row[0], row[2], row[5], row[6]) for row in rows[1:]) == [
        (desk, "İlk kez E-Onay verme", "Doğrulama kodu ve imza", "1 dk 35 sn") for desk in ("masa-1", "masa-2")
    ]
    assert "portal, kişi ve kart gerçek değildir" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_the_trainers_table_breaks_no_word(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """In 80 columns too the desk, the story and the times stand whole; what there is no room for is in the CSV."""
    monkeypatch.setenv("COLUMNS", str(width))
    desk = tmp_path / "Atatürk Lisesi" / "masa-1"
    desk.mkdir(parents=True)
    steps = (StepRecord("signing", "signing", 0, 95_000),)
    result = RunResult(Ending(Outcome.CANCELLED, "person_stopped"), 99_000, steps)
    save(result, folder=desk, scenario="practice-code-runs-out")
    run_summary(SummaryOptions(tmp_path, practice=True))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    told = [word for line in lines for word in line.split(" ")]
    for whole in ("Lisesi/masa-1", "Kodun", "doluyor", "Doğrulama", "Durduruldu"):
        assert whole in told
    assert "1\u00a0dk" in told
    assert any(word.endswith("35\u00a0sn") for word in told)


def test_a_file_name_cannot_become_a_formula(tmp_path: Path, save: Save) -> None:
    """A receipt that somebody named like a formula is text in a spreadsheet."""
    save().rename(tmp_path / "=HYPERLINK(1).json")
    assert "'=HYPERLINK" in as_csv(columns("tr"), map(row, read_folder(tmp_path)[0]))


def test_the_list_and_the_page_of_one(tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    """Receipts are listed newest first; a page is written for a number or an id, and an unknown one is refused."""
    old, new = save(), save(FAILED, days=1)
    assert run_receipts(ReceiptsOptions(json_output=True), tmp_path) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["receipts"]] == [new.stem, old.stem]
    for wanted in ("2", old.stem):
        run_receipts(ReceiptsOptions(page_of=wanted, output=tmp_path / "a.html"), tmp_path)
        assert old.stem in (tmp_path / "a.html").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="Liste"):
        run_receipts(ReceiptsOptions(page_of="3"), tmp_path)
    capsys.readouterr()
    assert run_receipts(ReceiptsOptions(), tmp_path / "none") == 0
    assert "Henüz makbuz yok" in capsys.readouterr().out


@pytest.mark.parametrize(("scenario", "is_rehearsal"), [("guided", False), ("companion", False), ("first-time", True)])
def test_a_rehearsal_cannot_be_taken_for_the_real_thing(
    tmp_path: Path, save: Save, scenario: str, is_rehearsal: bool
) -> None:
    """The page of a dry run or practice says so in large letters; that of a real run doesn't."""
    save(scenario=scenario)
    assert ("Prova." in receipt_page(read_folder(tmp_path)[0][0])) == is_rehearsal


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


def test_the_list_says_where_practice_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has only practised so far hears where those receipts lie, and what shows them."""
    monkeypatch.setattr("assistant.cli.receipts.receipts_folder", lambda: tmp_path / "receipts")
    monkeypatch.setattr("assistant.cli.receipts.practice_folder", lambda: tmp_path / "practice")
    run_receipts(ReceiptsOptions())
    assert "--practice" not in capsys.readouterr().out
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "a.json").touch()
    run_receipts(ReceiptsOptions())
    assert f"eonay summary {tmp_path / 'practice'} --practice" in capsys.readouterr().out


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
