"""Readers and cards seen through a PC/SC library, in its own process."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.preflight.atr import card_kind, historical_bytes
from assistant.preflight.pcsc import PcscState, Reader, ask_pcsc
from assistant.setup.parts import Part

NEEDS = (Part.COMPILER,)

Library = Callable[..., str]
AKIS = "3B9F978131FE458065544312210831C073F6218081059B"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Build a PC/SC library that answers as told."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the library of the tests is built as PC/SC Lite's")
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "a C compiler is needed"

    def build(*defines: str) -> str:
        path = tmp_path / "libpcsclite-test.so"
        source = Path(__file__).with_name("pcsclite.c")
        options = [f"-D{define}" for define in defines]
        subprocess.run([compiler, "-shared", "-fPIC", *options, "-o", str(path), str(source)], check=True)
        return str(path)

    return build


def raw(atr: str) -> str:
    """Return *atr* as a string of C."""
    return '"' + "".join(f"\\x{atr[at : at + 2]}" for at in range(0, len(atr), 2)) + '"'


def test_readers_and_cards_are_seen(library: Library) -> None:
    """Each reader is told by name, with whether a card is in it, whether it answers, and its ATR."""
    built = library(
        r'NAMES="Okuyucu A 00 00\0Okuyucu B 01 00\0Okuyucu C 02 00\0"',
        f'STATES={{0x10122, 23, {raw(AKIS)}}}, {{0x12, 0, ""}}, {{0x222, 0, ""}}',
    )
    assert ask_pcsc(built) == PcscState(
        "running",
        (
            Reader("Okuyucu A 00 00", card=True, atr=bytes.fromhex(AKIS)),
            Reader("Okuyucu B 01 00", card=False),
            Reader("Okuyucu C 02 00", card=True, mute=True),
        ),
    )


@pytest.mark.parametrize(
    ("defines", "expected"),
    [
        ((), PcscState("running")),
        (("ESTABLISH=0x8010001D",), PcscState("stopped")),
        (("ESTABLISH=0x8010001E",), PcscState("stopped")),
        (("ESTABLISH=0x80100014",), PcscState("error", code="80100014")),
    ],
)
def test_a_service_without_readers_or_not_running_is_told_apart(
    library: Library, defines: tuple[str, ...], expected: PcscState
) -> None:
    """No reader isn't the same as no service, and any other error gives its code."""
    assert ask_pcsc(library(*defines)) == expected


def test_a_service_that_hangs_is_given_up(library: Library) -> None:
    """A library that never answers costs its deadline and no more."""
    assert ask_pcsc(library("HANGS"), deadline_s=0.5) == PcscState("hung")


def test_a_missing_library_is_told() -> None:
    """A machine without PC/SC is told as such."""
    assert ask_pcsc("libnosuchpcsc.so.9").service == "library_missing"


@pytest.mark.parametrize(
    ("atr", "kind"),
    [
        ("3BBA11008131FE4D55454B41452056312E30AE", "akis"),
        ("3B9F968131FE45806755454B41451212318073B3A180EA", "akis"),
        (AKIS, "akis"),
        ("3B9F978131FE45806655443209112233319581050000", "other"),
        ("3B9C968131FE458066683209AABBCC3195810500", "akis"),
        ("3B8880014154434B4B000000", "tckk"),
        ("3BFC180000813180459067464A00680804000000000E", "other"),
        ("", "other"),
        ("3B", "other"),
        ("3BFFFF", "other"),
    ],
)
def test_a_card_is_known_by_its_atr(atr: str, kind: str) -> None:
    """AKİS cards of every version are recognised without their driver, a strange or broken ATR is no AKİS."""
    assert card_kind(bytes.fromhex(atr)) == kind


def test_historical_bytes_are_cut_out() -> None:
    """The interface bytes before and the check byte behind are no part of what is compared."""
    assert historical_bytes(bytes.fromhex("3BBA11008131FE4D55454B41452056312E30AE")) == b"UEKAE V1.0"
