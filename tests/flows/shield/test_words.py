"""The page and the assistant's hand follow the same rules: one set of words, and both read it alike."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from flows import portal_look
from flows.actions import forbidden_action
from flows.safety import is_forbidden
from flows.shield_words import as_javascript, kind_of, script
from flows.text import fold_label, skeleton
from flows.words import asks, sentences, withdraws
from tests.sampling import sampled
from tests.tree import ROOT

FOLDERS = ("tests/assistant/cases", "tests/flows", "mock_portal")
LONGEST = 600
PARTS = 4


def texts(folder: Path) -> Iterator[str]:
    """Yield every text in the tests and the mock portal: labels, sentences, addresses, pages, code."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and 0 < len(node.value) < LONGEST:
                yield node.value


@pytest.mark.parametrize("part", sampled(range(PARTS), every_run=[0]))
def test_a_page_reads_each_text_as_the_assistant_does(page: Page, part: int) -> None:
    """In thousands of texts, harmless and forbidden, page and program agree on every verdict and every folded form."""
    known = sorted({text for folder in FOLDERS for text in texts(ROOT / folder)})[part::PARTS]
    read = page.evaluate(
        f"""texts => {{
          const words = {script(portal_look())};
          return texts.map((text) => [words.isForbidden(text), words.forbiddenAction(text) !== '', words.asks(text),
            words.takesBack(text), words.foldLabel(text), words.skeleton(text)]);
        }}""",
        known,
    )
    ours = [
        [
            is_forbidden(text),
            forbidden_action(text) != "",
            asks(text),
            any(map(withdraws, sentences(text))),
            fold_label(text),
            skeleton(text),
        ]
        for text in known
    ]
    different = [(text, mine, its) for text, mine, its in zip(known, ours, read, strict=True) if mine != its]
    assert not different, different[:5]
    assert sum(bool(verdicts[0]) for verdicts in ours) > 100 / PARTS
    assert sum(bool(verdicts[1]) for verdicts in ours) > 500 / PARTS


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Sertifikamı İptal Et / Askıya Alma", "revocation"),
        ("Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.", "revocation"),
        ("Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum.", "withdrawal"),
        ("E-Onay iptal", "withdrawal"),
        ("islem=kaldir kaldir", "withdrawal"),
        ("Askıya alınmış sertifikanızı tekrar kullanıma açmak için tıklayınız.", "suspension"),
        ("Askı durumunu kaldır", "suspension"),
        ("Kartınızın kilidini çözmek ve yeni bir PIN üretmek için tıklayınız.", "pin"),
        ("/nes/pin-puk", "pin"),
        ("Web Parolanızı değiştirmek için tıklayınız.", "web_password"),
        ("silme", "service"),
    ],
)
def test_forbidden_words_tell_which_danger_they_mean(page: Page, told: str, kind: str) -> None:
    """The panel says what would be lost, so the page and the program must both get the kind right."""
    assert kind_of(told) == kind
    assert page.evaluate(f"told => ({script(portal_look())}).kindOf(told)", told) == kind


def test_patterns_are_written_anew_for_javascript() -> None:
    """Named groups, possessive repeats and letters of all alphabets turn into something JavaScript understands."""
    assert as_javascript(r"(?P<of>[$\w]++)\w*+") == r"(?<of>[$\p{L}\p{N}_]+)[\p{L}\p{N}_]*"
