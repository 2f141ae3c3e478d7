"""Why a file could not be written or read, in the person's own language."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.base.trouble import why
from assistant.rehearsal.report.record import read_report

USUAL = ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "EIO")
_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_causes_have_words_of_their_own(name: str) -> None:
    """In Turkish and in English the cause is told in our words, not in those of the operating system."""
    number = getattr(errno, name)
    error = OSError(number, os.strerror(number))
    turkish, english = why(error, "tr"), why(error, "en")
    assert turkish != english
    assert not {os.strerror(number), name} & {turkish, english}


def test_a_rare_cause_puts_no_english_into_a_turkish_sentence() -> None:
    """An error without its own text shows its code in Turkish, and the system's words in English."""
    error = OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    assert why(error, "tr") == "hata kodu ENXIO"
    assert why(error, "en") == os.strerror(errno.ENXIO)


def test_nobody_else_quotes_the_operating_system() -> None:
    """Only one place asks the system for its own words."""
    sources = (_ROOT / "assistant").rglob("*.py")
    quoting = [path.name for path in sources if "strerror" in path.read_text(encoding="utf-8")]
    assert quoting == ["trouble.py"]


def test_a_report_that_is_not_there_is_told_in_turkish(tmp_path: Path) -> None:
    """Why there is no report to read is said in the language of the sentence around it."""
    with pytest.raises(UsageError) as raised:
        read_report(tmp_path)
    assert "(böyle bir dosya veya klasör yok)" in raised.value.told("tr")
    assert "(there is no such file or folder)" in raised.value.told("en")
