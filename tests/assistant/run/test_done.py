"""What is said of what was done comes from the record of the run, at every ending there is."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.base.errors import RunError
from assistant.base.outcome import Outcome, reasons
from assistant.base.words import Language, words
from assistant.companion.machine import begin
from assistant.companion.session import companion_end, offer
from assistant.desk.ending import end_view
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.receipts import SavedReceipt
from assistant.receipts.page import receipt_page
from assistant.receipts.receipt import Receipt, SaveResult
from assistant.rehearsal.show import show_end
from assistant.rehearsal.verdict import Verdict
from assistant.run.done import Deed, Record, told
from assistant.run.record import Ending, RunResult

RECORDS = [(), *((deed,) for deed in Deed), *(tuple(Deed)[:count] for count in range(2, len(Deed) + 1))]
"""Nothing, each deed by itself, and each with everything that comes before it."""
WEIGHTY = set(Deed) - {Deed.MOVED_ON}
SIGNED = {Deed.CODE_HANDED_OVER, Deed.SIGNATURE_HANDED_IN}
PROCEEDED = {Deed.CONSENT_PROCEEDED, Deed.CODE_RENEWED, *SIGNED}
CLAIMS: list[tuple[str, set[Deed]]] = [
    (r"hiçbir şeye bas(ıl)?ma(dı|mış)|nothing (was|has been) pressed|pressed nothing", set(Deed)),
    (r"dokun(ul)?ma(dı|mış)|(nothing|not|never) (was )?touched|untouched", set(Deed)),
    (
        r"hiçbir şey(i)? onayla(n)?ma(dı|mış)|onay ver(il)?medi\b|approved nothing|nothing (was|has been) approved",
        WEIGHTY,
    ),
    (r"Devam”a bas(ıl)?madı|did not press “Devam”", PROCEEDED),
    (r"imzala(n)?ma(dı|mış)|imza at(ıl)?ma(dı|mış)|nothing (was|has been|has yet been) signed", SIGNED),
    (r"imzaya ver(il)?medi|not hand the code over", SIGNED),
    (r"hiçbir (şey|işlem) yap(ıl)?ma(dı|mış)|nothing (was|has been) done|did nothing", set(Deed)),
    (r"kart(ınız)?a? (kullan|dokun)(ıl|ul)?ma(dı|mış)|card (was|has) not (been )?(used|touched)", SIGNED),
    (r"\bkod(u|unuz)? (hiç )?ver(il)?medi|code (was|has) not (been )?(given|handed)", SIGNED),
    (r"gönder(il)?medi\b|nothing (was|has been) (handed in|sent)", {Deed.SIGNATURE_HANDED_IN}),
]
"""What a sentence may claim, and the deeds next to which that claim is untrue."""
SAID_TO_BE_DONE: list[tuple[str, Deed]] = [
    (r"paylaşımı onaylandı|sharing at e-Devlet was approved", Deed.SHARING_APPROVED),
    (r"kutusu işaretlendi|box of the E-Onay text was ticked", Deed.CONSENT_TICKED),
    (r"“Devam”a basıldı|“Devam” was pressed", Deed.CONSENT_PROCEEDED),
    (r"yeni bir doğrulama kodu istendi|new code was asked for", Deed.CODE_RENEWED),
    (r"kodu imza uygulamasına verildi|code went to the signing", Deed.CODE_HANDED_OVER),
    (r"imza portala gönderildi|signature was handed in", Deed.SIGNATURE_HANDED_IN),
]
"""What a sentence may say was done, and the deed that must be in the record then."""
ALWAYS_TRUE = (
    "Aynı bilgi ikinci kez gönderilmedi.",  # an unattended login: no password is sent twice, whatever happens
    "karta gönderilmedi",  # a PIN of a wrong length
)


def untrue(text: str, record: tuple[Deed, ...]) -> list[str]:
    """Return the claims in *text* that *record* speaks against."""
    for sentence in ALWAYS_TRUE:
        text = text.replace(sentence, "")
    return [
        found[0]
        for claim, deeds in CLAIMS
        if deeds & set(record)
        for found in [re.search(claim, text, re.IGNORECASE)]
        if found
    ]


class Shown:
    """A surface that keeps what is shown and is closed at once."""

    def __init__(self) -> None:
        self.views: list[View] = []

    def show(self, view: View) -> None:
        """Keep the view."""
        self.views.append(view)

    def events(self) -> list[Event]:
        """Close the window."""
        return [Event("gone")]

    def pause(self, seconds: float) -> None:
        """Let no time pass."""


def endings() -> Iterator[tuple[Outcome, str | None]]:
    """Yield every way in which a run can end."""
    yield from ((Outcome.CONSENT_GIVEN, None), (Outcome.ALREADY_CONSENTED, None))
    yield from ((reason.outcome, reason.code) for reason in reasons().values())


def told_at_the_end(result: RunResult, language: Language) -> str:
    """Return everything that the panel, the terminal, the companion and a dry run say of *result*."""
    surface, said, texts = Shown(), io.StringIO(), words("desk", language)
    offer(surface, texts, begin(done=result.done), result)
    receipt = Receipt(datetime(2026, 1, 5, tzinfo=UTC), "guided", "2026", "scripted card", result)
    show_end(Console(file=said, width=400), Verdict(receipt), SaveResult(None, ""), language)
    views = [end_view(result, texts, ""), companion_end(result, texts, ""), surface.views[0].as_json()]
    return f"{said.getvalue()} {' '.join(map(repr_of, views))}"


def repr_of(view: Any) -> str:
    """Return every text of *view*."""
    return str(view) if isinstance(view, dict) else f"{view.title} {view.text} {view.done} {view.remedy}"


@pytest.mark.parametrize("language", ["tr", "en"])
def test_no_ending_claims_what_the_record_speaks_against(language: Language) -> None:
    """At every ending with every record, no sentence says that nothing was pressed, approved or signed when it was."""
    wrong = {}
    for outcome, reason in endings():
        for record in RECORDS:
            result = RunResult(Ending(outcome, reason), done=record)
            if claims := untrue(told_at_the_end(result, language), record):
                wrong[outcome, reason, record] = claims
    assert wrong == {}


def test_no_printed_receipt_claims_it_either() -> None:
    """The page to print says what the receipt's record says; one of an older format says nothing of it."""
    moment = "2026-01-05T10:15:00+00:00"
    for number, (outcome, reason) in enumerate(endings()):
        for record in RECORDS[number % 7 :: 7]:  # a page takes its time
            result = RunResult(Ending(outcome, reason), done=record)
            receipt = Receipt(datetime.fromisoformat(moment), "guided", "2026", "-", result)
            page = receipt_page(SavedReceipt(Path("a.json"), receipt))
            assert untrue(page, record) == [], (outcome, reason, record)
    unknown = replace(receipt, result=replace(result, done=None))
    assert "Asistan hiçbir şeye" not in receipt_page(SavedReceipt(Path("a.json"), unknown))


def test_no_text_but_the_records_own_claims_anything() -> None:
    """In the tables of words no sentence says that nothing was pressed, signed or touched: only the record may."""
    root = Path(__file__).parents[3]
    wrong = []
    for path in [*(root / "assistant").rglob("*.toml"), root / "flows" / "steps.toml"]:
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.name == "run.toml":
            del texts["done"]
        text = repr(texts)
        wrong += [(path.name, claim) for claim in untrue(text, tuple(set(Deed) - {Deed.SIGNATURE_HANDED_IN}))]
    assert wrong == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_what_is_said_to_be_done_is_in_the_record(language: Language) -> None:
    """With every record there can be, the sentence names a deed only if the record has it."""
    for number in range(2 ** len(Deed)):
        record = [deed for at, deed in enumerate(Deed) if number >> at & 1]
        text = told(record, language)
        assert untrue(text, tuple(record)) == [], record
        said = [deed for claim, deed in SAID_TO_BE_DONE if re.search(claim, text, re.IGNORECASE)]
        assert set(said) <= set(record), (record, text)


def test_no_sentence_in_the_code_claims_anything() -> None:
    """No string of the program and no template of its pages says that nothing was done, given away or signed."""
    root = Path(__file__).parents[3] / "assistant"
    texts: list[tuple[str, str]] = []
    for path in root.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in remarks)
        texts += [(path.name, node.value) for node in strings if isinstance(node.value, str)]
    for kind in ("*.html", "*.j2", "*.js", "*.cjs"):
        texts += [(path.name, path.read_text(encoding="utf-8")) for path in root.rglob(kind)]
    wrong = [(name, claim) for name, text in texts for claim in untrue(text, tuple(Deed))]
    assert wrong == []


def test_what_may_have_happened_is_in_the_record() -> None:
    """An interrupt behind a press leaves the deed; a refusal by the hand's own word doesn't, nor a layer closed."""

    def interrupted() -> bool:
        raise KeyboardInterrupt

    def refused() -> bool:
        raise RunError("person_stopped")

    record = Record()
    with pytest.raises(RunError):
        record.press("sharing", refused)
    assert not record.press("consent", lambda: False)
    assert not record.deeds
    with pytest.raises(KeyboardInterrupt):
        record.press("consent", interrupted)
    assert list(record.deeds) == [Deed.CONSENT_PROCEEDED]


def test_what_the_person_pressed_by_hand_is_in_the_record() -> None:
    """A screen that only follows Onayla or Devam shows that somebody pressed it."""
    record = Record()
    for screen in ("sharing", "hop", "home", "nes", "eonay_missing"):
        record.saw(screen)
    assert list(record.deeds) == [Deed.SHARING_APPROVED]
    record.saw("signing")
    assert list(record.deeds) == [Deed.SHARING_APPROVED, Deed.CONSENT_PROCEEDED]
