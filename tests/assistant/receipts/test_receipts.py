"""Receipts: a closed list of fields, written and read back."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.outcome import Outcome
from assistant.receipts.receipt import FIELDS, Receipt, ReceiptError, read_receipt
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord
from tests.assistant.receipts.saved import BEGAN, GOOD, Save

SECRETS = ("10000000146", "968121968799342", "AYŞE YILMAZ", "https://giris.turkiye.gov.tr/x", "ayse@example.org")


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
