"""What the preflight says of a desk."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from assistant.base.settings import Settings
from assistant.card.model import PinState
from assistant.preflight import card as card_checks
from assistant.preflight.checks import blocks, examine, examine_card, run_checks, short
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Finding
from assistant.preflight.java import check_jnlp
from assistant.preflight.machine import check_browser, check_clipboard, check_clock, check_display, check_room
from assistant.preflight.pcsc import PcscState, Reader, Service
from tests.assistant.card.authority import NOW, SEAL, Authority, Wish
from tests.assistant.preflight.desks import WITHOUT_CARD, LookedAtCard, desk, on_card, only
from tests.assistant.test_command_line import eonay


@pytest.fixture(scope="module")
def authority() -> Authority:
    """One authority for these tests."""
    return Authority()


def programs(root: Path, *names: str) -> dict[str, object]:
    """Put programs on a desk's search path."""
    folder = root / "usr/bin"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return {"which": partial(shutil.which, path=str(folder))}


def test_a_good_card_is_told_masked(tmp_path: Path, authority: Authority) -> None:
    """A good desk has reader, AKİS card, module, PIN and certificate, with the holder's name cut to its letters."""
    there = desk(tmp_path, LookedAtCard(on_card(authority, Wish())))
    found = examine_card(there)
    assert [(f.id, f.level) for f in found] == [
        ("pcsc", "ok"), ("reader", "ok"), ("card", "ok"), ("module", "ok"),
        ("pin", "ok"), ("certificate", "ok"), ("e_onay", "ok"),
    ]  # fmt: skip
    text = only(found, "certificate").text
    assert "A*** Y***" in text
    assert "27.02.2024 – 26.02.2027, 95 gün kaldı" in text
    everything = repr(found)
    assert "AYŞE" not in everything
    assert "YILMAZ" not in everything
    assert "10000000146" not in everything


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [(91, "ok", "E-Onay verilebilir"), (90, "warn", "90 gün sonra"), (0, "warn", "0 gün sonra")],
)
def test_e_onay_is_due_ninety_days_before_the_end(
    tmp_path: Path, authority: Authority, days: int, level: str, words: str
) -> None:
    """A certificate that ends within 90 days is warned of with the days left; one day more is fine."""
    card = LookedAtCard(on_card(authority, Wish(ends=NOW + timedelta(days=days))))
    due = only(examine_card(desk(tmp_path, card)), "e_onay")
    assert due.level == level
    assert words in due.text


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(ends=NOW - timedelta(days=1)), "geç kalındı"),
        (Wish(begins=NOW + timedelta(days=3)), "henüz başlamadı"),
        (Wish(name="GÜNEŞ LTD", serial_number="1000000018", issuer=SEAL, statements=()), "mali mühür"),
        (Wish(statements=()), "imza için kullanılamıyor"),
    ],
)
def test_a_certificate_that_cannot_serve_blocks(tmp_path: Path, authority: Authority, wish: Wish, words: str) -> None:
    """With no usable certificate the preflight blocks, says why and what to do; too late is said as such."""
    found = examine_card(desk(tmp_path, LookedAtCard(on_card(authority, wish))))
    due = only(found, "e_onay")
    assert due.level == "block"
    assert due.remedy
    assert words in due.text
    assert only(found, "certificate").level == "note"


@pytest.mark.parametrize(
    ("pin", "level", "words"),
    [
        (PinState(locked=True, final_try=True), "block", "kilit"),
        (PinState(not_set=True), "block", "PIN yok"),
        (PinState(final_try=True), "warn", "tek deneme"),
        (PinState(count_low=True), "warn", "yanlış PIN"),
        (PinState(protected_path=True), "ok", "okuyucunun tuş"),
        (PinState(), "ok", "kilitli değil"),
    ],
)
def test_the_state_of_the_pin_comes_from_the_flags(
    tmp_path: Path, authority: Authority, pin: PinState, level: str, words: str
) -> None:
    """The worst flag comes first, with its remedy, and nobody is asked for a PIN."""
    found = only(examine_card(desk(tmp_path, LookedAtCard(on_card(authority, Wish()), pin))), "pin")
    assert found.level == level
    assert words in found.text
    assert bool(found.remedy) == (level != "ok")


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        (PcscState("library_missing"), "pcsc", "kurulu değil"),
        (PcscState("stopped"), "pcsc", "çalışmıyor"),
        (PcscState("hung"), "pcsc", "yanıt vermiyor"),
        (PcscState("error", code="80100014"), "pcsc", "80100014"),
        (PcscState("running"), "reader", "okuyucu bulunamadı"),
        (WITHOUT_CARD, "card", "kart yok"),
        (PcscState("running", (Reader("A", card=True, mute=True),)), "card", "yanıt vermiyor"),
    ],
)
@pytest.mark.parametrize("os", ["linux", "windows", "macos"])
def test_what_is_missing_between_desk_and_card_blocks(
    tmp_path: Path, state: PcscState, name: str, words: str, os: str
) -> None:
    """A missing service, reader or card blocks, each with a remedy for this system."""
    there = desk(tmp_path, pcsc=lambda: state, system={"os": os, "distro": ("debian",) if os == "linux" else ()})
    found = only(examine_card(there), name)
    assert (found.level, words in found.text) == ("block", True)
    assert found.remedy
    assert ("apt" in found.remedy or "systemctl" in found.remedy) <= (os == "linux")


def test_the_remedy_is_the_systems_own(tmp_path: Path) -> None:
    """Debian and Pardus get apt, Fedora dnf, Windows its service's name."""
    remedies = [
        only(
            examine_card(desk(tmp_path, system={"os": os, "distro": distro}, pcsc=lambda: PcscState("stopped"))), "pcsc"
        ).remedy
        or ""
        for os, distro in (("linux", ("pardus", "debian")), ("linux", ("fedora",)), ("windows", ()))
    ]
    assert ["apt install pcscd" in remedies[0], "dnf install pcsc-lite" in remedies[1], "SCardSvr" in remedies[2]] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("error", ["reader_missing", "card_missing", "token_not_found"])
def test_a_card_its_driver_does_not_see_is_a_matter_of_the_driver(tmp_path: Path, error: str) -> None:
    """A card in the reader that no module shows blocks with the driver's name; without a card it is no complaint."""
    with_card = examine_card(desk(tmp_path, LookedAtCard(error=error)))
    assert only(with_card, "certificate").level == "block"
    assert "AKİA" in (only(with_card, "certificate").remedy or "")
    without = examine_card(desk(tmp_path, LookedAtCard(error=error), pcsc=lambda: WITHOUT_CARD))
    assert only(without, "certificate").level == "note"


def test_a_module_of_the_wrong_kind_is_never_loaded(tmp_path: Path) -> None:
    """A 32-bit driver on a 64-bit program blocks with both named, and isn't tried."""
    there = desk(tmp_path, LookedAtCard(error="module_broken"))
    alien = b"\x7fELF\x01\x02\x01" + bytes(9) + b"\0\3\0\x28"  # 32-bit big-endian ARM
    (tmp_path / "usr/lib/libakisp11.so").write_bytes(alien)
    found = examine_card(there)
    assert only(found, "module").level == "block"
    assert "32 bit" in only(found, "module").text
    assert not [f for f in found if f.id == "certificate"]


def test_a_module_of_the_settings_that_is_not_there(tmp_path: Path) -> None:
    """A wrong path in the settings is told with the setting's name."""
    found = card_checks.check_modules(desk(tmp_path, settings=Settings(pkcs11_module=tmp_path / "none.so")))
    assert [(f.level, "EONAY_PKCS11_MODULE" in (f.remedy or "")) for f in found] == [("block", True)]


@pytest.mark.parametrize(
    ("tools", "told", "level"),
    [(("javaws", "xdg-mime"), "openwebstart.desktop", "ok"), (("javaws", "xdg-mime"), "", "note"), ((), None, "warn")],
)
def test_how_a_jnlp_file_opens(tmp_path: Path, tools: tuple[str, ...], told: str | None, level: str) -> None:
    """Web Start with its association is fine, without it a note, and without Web Start the jar is named."""
    (found,) = check_jnlp(desk(tmp_path, run=lambda command: told, system=programs(tmp_path, *tools)))
    assert found.level == level
    if level == "warn":
        assert "java -jar" in (found.remedy or "")


def test_windows_is_asked_for_its_association(tmp_path: Path) -> None:
    """On Windows OpenWebStart is found in its folder, and what opens .jnlp comes from the registry."""
    (tmp_path / "OpenWebStart").mkdir()
    (tmp_path / "OpenWebStart/javaws.exe").touch()
    windows = {"os": "windows", "distro": (), "env": {"ProgramFiles": str(tmp_path)}}
    (found,) = check_jnlp(desk(tmp_path, system=windows, registry={".jnlp": "JNLPFile"}))
    assert (found.level, "OpenWebStart" in found.text, "JNLPFile" in found.text) == ("ok", True, True)
    (unset,) = check_jnlp(desk(tmp_path, system=windows, registry={}))
    assert unset.level == "note"


def test_display_clipboard_browser_and_clock(tmp_path: Path) -> None:
    """Each part of the machine is fine when it is there and has a remedy when it isn't."""
    bare = desk(tmp_path)
    for check, level in ((check_display, "block"), (check_clipboard, "warn"), (check_browser, "block")):
        (found,) = check(bare)
        assert (found.level, bool(found.remedy)) == (level, True), found
    full = desk(
        tmp_path,
        system={"env": {"DISPLAY": ":0"}, **programs(tmp_path, "xclip", "chromium")},
    )
    for check in (check_display, check_clipboard, check_browser, check_clock):
        assert [f.level for f in check(full)] == ["ok"], check
    wayland = desk(tmp_path, system={"env": {"WAYLAND_DISPLAY": "wayland-0"}})
    assert "wl-clipboard" in (check_clipboard(wayland)[0].remedy or "")
    wrong = desk(tmp_path, now=lambda: datetime(2009, 1, 1, tzinfo=UTC))
    assert check_clock(wrong)[0].level == "block"
    assert check_browser(desk(tmp_path, settings=Settings(browser=tmp_path / "none")))[0].level == "block"


def test_a_headless_shell_is_told_apart_from_a_browser(tmp_path: Path) -> None:
    """The shell is named for unattended work and never passes for the browser of a guided run."""
    alone = desk(tmp_path, system=programs(tmp_path, "chromium-headless-shell"))
    assert [(f.id, f.level) for f in check_browser(alone)] == [("browser", "block"), ("unattended_browser", "ok")]
    beside = desk(tmp_path, system=programs(tmp_path, "chromium"))
    told = check_browser(beside)
    assert [(f.id, f.level) for f in told] == [("browser", "ok"), ("unattended_browser", "ok")]
    assert "chromium-headless-shell" in told[1].text
    chosen = desk(tmp_path, settings=Settings(browser=tmp_path / "usr/bin/chromium-headless-shell"))
    (refused,) = check_browser(chosen)
    assert (refused.level, "pencere açamaz" in refused.text) == ("block", True)


def test_one_bad_check_never_breaks_the_others(tmp_path: Path) -> None:
    """A check that raises, and one that never ends, become one warning each; the rest is told, within the deadline."""
    never = threading.Event()

    def check_raising(_: Workstation) -> Sequence[Finding]:
        raise RuntimeError("10000000146")

    def check_hanging(_: Workstation) -> Sequence[Finding]:
        never.wait()
        return []

    found = run_checks((check_raising, check_hanging, check_clock), desk(tmp_path), 1.0)
    never.set()
    assert [(f.id, f.level) for f in found] == [("raising", "warn"), ("hanging", "warn"), ("clock", "ok")]
    assert "10000000146" not in repr(found)


def test_what_all_checks_ask_for_is_looked_at_once(tmp_path: Path, authority: Authority) -> None:
    """However many checks want the readers and the card, each is asked once."""
    asked: list[str] = []
    card = LookedAtCard(on_card(authority, Wish()))

    def open_card(path: Path, label: str | None) -> LookedAtCard:
        asked.append("card")
        return card

    def pcsc() -> PcscState:
        asked.append("pcsc")
        return WITHOUT_CARD

    examine(desk(tmp_path, card, open_card=open_card, pcsc=pcsc))
    assert sorted(asked) == ["card", "pcsc"]


def test_the_short_form_blocks_only_what_makes_a_start_pointless(tmp_path: Path) -> None:
    """Before a run a missing reader or Java warns, a missing display blocks, and no driver is loaded."""
    there = desk(tmp_path, pcsc=lambda: PcscState("running"), open_card=lambda path, label: pytest.fail("loaded"))
    levels = {finding.id: finding.level for finding in short(there)}
    assert levels["reader"] == levels["java"] == "warn"
    assert levels["display"] == "block"
    assert not {"java", "jnlp", "clipboard"} & {finding.id for finding in short(there, official_app=False)}


@pytest.mark.parametrize("service", ["running", "library_missing", "stopped", "hung", "error"])
def test_english_says_the_same_as_turkish(tmp_path: Path, authority: Authority, service: Service) -> None:
    """In English each finding has the same level and its own words, with no Turkish left."""
    reader = PcscState(service, (Reader("Reader", card=True, atr=b"\x3b\x00"),) if service == "running" else ())
    cards = [Wish(), Wish(ends=NOW - timedelta(days=1)), Wish(ends=NOW + timedelta(days=9))]
    pins = (PinState(locked=True), PinState(final_try=True), PinState(count_low=True))
    for wish, pin in zip(cards, pins, strict=True):
        card = LookedAtCard(on_card(authority, wish), pin)
        there = partial(desk, tmp_path, card, pcsc=lambda: reader)
        turkish, english = (examine(there(language=language)) for language in ("tr", "en"))
        assert [(f.id, f.level, bool(f.remedy)) for f in turkish] == [(f.id, f.level, bool(f.remedy)) for f in english]
        said = " ".join(f"{finding.text} {finding.remedy}" for finding in english)
        for name in ("AKİS", "AKİA", "PIN Oluşturma/Kilit Çözme"):
            said = said.replace(name, "")
        assert not set(said) & set("çğıöşüÇĞİÖŞÜ"), said


def test_the_command_says_what_is_missing_and_its_exit_code_agrees(tmp_path: Path) -> None:
    """`eonay doctor --json` is one object; its exit code is 1 exactly when something blocks; the PIN isn't shown."""
    done = eonay("doctor", "--json", home=tmp_path, EONAY_PIN="473829", DISPLAY="", WAYLAND_DISPLAY="")
    answer = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert answer["blocks"] is True
    assert blocks(Finding(**finding) for finding in answer["findings"])
    assert {"system", "browser", "display", "clipboard", "clock", "java", "jnlp", "pcsc"} <= {
        finding["id"] for finding in answer["findings"]
    }
    assert "473829" not in done.stdout + done.stderr


def test_the_card_command_tells_of_the_card_alone(tmp_path: Path) -> None:
    """`eonay card` exits with 1 for a module that is missing, and says nothing of browser or Java."""
    done = eonay("card", "--json", home=tmp_path, EONAY_PKCS11_MODULE=str(tmp_path / "none.so"))
    answer = json.loads(done.stdout)
    assert only([Finding(**finding) for finding in answer["findings"]], "module").level == "block"
    assert done.returncode == 1
    assert not {"browser", "java", "display"} & {finding["id"] for finding in answer["findings"]}


def test_no_room_for_what_is_temporary_is_told_before_a_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nothing temporary can be written a start is pointless, and that is said with its remedy; else nothing is."""
    assert check_room(desk(tmp_path)) == []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    (finding,) = check_room(desk(tmp_path))
    assert finding.level == "block"
    assert "TMPDIR" in (finding.remedy or "")
