"""What the preflight says of the Javas of a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.preflight.checks import short
from assistant.preflight.finding import Finding
from assistant.preflight.java import check_java
from assistant.setup.command import run_command
from tests.assistant.official_app.javas import BROKEN, HANGING, SILENT, answer, lay, machine
from tests.assistant.preflight.desks import desk, only


def said(root: Path, language: str = "tr", **facts: Any) -> list[Finding]:
    """Return what is said of the Javas that really lie below *root*."""
    there = desk(root, run=run_command, language=language)
    object.__setattr__(there, "system", machine(root, **facts))
    return list(check_java(there))


@pytest.mark.parametrize(
    ("script", "level", "words"),
    [
        (answer(8), "ok", "Java: 8, 64 bit"),
        (answer(11, 32), "ok", "Java: 11, 32 bit"),
        (answer(15), "ok", "Java: 15, 64 bit"),
        (answer(17), "warn", "büyük olasılıkla okuyamaz"),
        (answer(25), "warn", "Java 25, 64 bit"),
        (answer(7), "block", "çok eski"),
        (SILENT, "warn", "sürümü okunamadı"),
        (BROKEN, "block", "çalışmıyor"),
        (HANGING, "block", "yanıt vermiyor"),
    ],
)
def test_one_java_is_judged_by_its_age(tmp_path: Path, script: str, level: str, words: str) -> None:
    """8 to 15 are fine, a newer one is a warning, an older or dead one blocks, each with the remedy where one is due."""
    program = lay(tmp_path, "usr/bin/java", script)
    (found,) = said(tmp_path)
    assert (found.id, found.level) == ("java", level)
    assert words in found.text
    assert str(program) in found.text
    assert bool(found.remedy) == (level != "ok")
    if found.remedy:
        assert "Temurin 11" in found.remedy


def test_no_java_blocks_with_what_to_install(tmp_path: Path) -> None:
    """Without any Java the desk isn't ready; with OpenWebStart, which fetches its own, its setting is named."""
    (missing,) = said(tmp_path)
    assert (missing.level, "Temurin 11" in (missing.remedy or "")) == ("block", True)
    lay(tmp_path, "opt/OpenWebStart/javaws", "")
    (fetched,) = said(tmp_path)
    assert (fetched.level, "JVM Manager" in (fetched.remedy or "")) == ("warn", True)


def test_all_javas_are_listed_and_the_good_one_is_taken(tmp_path: Path) -> None:
    """The one that is taken comes first; every other has a line of its own with the reason, and none of them warns."""
    lay(tmp_path, "usr/bin/java", answer(17))
    good = lay(tmp_path, "opt/jre8/bin/java", answer(8))
    lay(tmp_path, "usr/lib/jvm/silent/bin/java", SILENT)
    lay(tmp_path, "usr/lib/jvm/dead/bin/java", BROKEN)
    found = said(tmp_path)
    assert [(f.id, f.level) for f in found] == [("java", "ok"), *[("java_other", "note")] * 3]
    assert str(good) in found[0].text
    for finding, words in zip(found[1:], ("sürümü okunamadı", "büyük olasılıkla okuyamaz", "çalışmıyor"), strict=True):
        assert words in finding.text


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("script", "words"), [(answer(6), "Java 6"), (answer(21), "Java 21"), (BROKEN, "Java ?"), (None, "JAVA_HOME")]
)
def test_a_java_home_that_is_not_taken_is_told(tmp_path: Path, language: str, script: str | None, words: str) -> None:
    """With JAVA_HOME stale and a good Java on the search path nothing blocks, and it is said which one is used."""
    good = lay(tmp_path, "usr/bin/java", answer(11))
    if script:
        lay(tmp_path, "stale/bin/java", script)
    found = said(tmp_path, language, env={"JAVA_HOME": str(tmp_path / "stale")})
    assert [(f.id, f.level) for f in found] == [("java", "ok"), ("java_home", "note")]
    assert words in found[1].text
    assert str(good) in found[1].text


def test_a_java_home_that_is_taken_needs_no_word(tmp_path: Path) -> None:
    """JAVA_HOME that names the good Java, also by a link, isn't complained of."""
    real = lay(tmp_path, "usr/lib/jvm/java-11/bin/java", answer(11))
    (tmp_path / "usr/bin").mkdir()
    (tmp_path / "usr/bin/java").symlink_to(real)
    (tmp_path / "usr/lib/jvm/default-java").symlink_to(real.parents[1])
    for home in ("java-11", "default-java"):
        (found,) = said(tmp_path, env={"JAVA_HOME": str(tmp_path / "usr/lib/jvm" / home)})
        assert found.level == "ok"


def test_before_a_run_a_newer_java_warns_and_a_good_one_is_not_mentioned(tmp_path: Path) -> None:
    """The short form warns of a Java that can't read the card, and holds nobody up."""
    lay(tmp_path, "usr/bin/java", answer(17))
    there = desk(tmp_path, run=run_command)
    object.__setattr__(there, "system", machine(tmp_path))
    assert only(short(there), "java").level == "warn"
