"""The program as its users start it: a process with arguments, an exit code and what it prints."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import pytest

import fixtures
import mock_portal
from assistant.card.pin import Pin
from assistant.card.provision import provision
from mock_portal import Act
from tests.assistant.commands import Command
from tests.sampling import sampled

_ROOT = Path(__file__).parents[2]
PROCESSES = Path("/proc/self/environ")
"""Where processes can be looked at."""


def eonay(*args: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in its own process with a home folder of its own."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EONAY_")},
        "PYTHONPATH": str(_ROOT),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        **environment,
    }
    command = [sys.executable, "-P", "-m", "assistant", *args]
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=180, check=False, cwd=home)


def secrets_of(key: str) -> tuple[str, ...]:
    """Return what must never be printed or kept of a test person."""
    person = fixtures.people()[key]
    return (person.national_id, person.password, person.pin, person.sms_code, person.name)


def assert_clean(text: str, *keys: str) -> None:
    """Fail when *text* holds a secret of one of the people *keys*."""
    for key in keys:
        for secret in filter(None, secrets_of(key)):
            # Longer numbers, such as a browser's own, hold six digits by chance.
            assert not re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", text)


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One dry run with --json and the home folder it left its receipt in."""
    home = tmp_path_factory.mktemp("home")
    return eonay("dry-run", "--json", home=home), home


def test_a_dry_run_gives_consent(first_run: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """`eonay dry-run --json` ends with consent_given, one JSON object on standard output, exit code 0."""
    done, _ = first_run
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["passed"], told["failed"]) == (1, 0)
    (run,) = told["runs"]
    assert set(run) == {"scenario", "edition", "look", "outcome", "reason", "exit_code", "duration_ms", "card", "steps"}
    assert (run["scenario"], run["edition"], run["outcome"]) == ("first-time", "2026", "consent_given")
    assert (run["reason"], run["exit_code"]) == (None, 0)
    assert "softhsm" in run["card"].lower()
    assert all(set(step) == {"id", "screen", "at_ms", "took_ms"} for step in run["steps"])
    assert [step["screen"] for step in run["steps"]][-1] == "eonay_given"
    assert done.stdout.count("\n") == 1


def test_nothing_secret_is_printed_or_kept(first_run: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """Neither the output nor the receipt holds a number, name, password, code or PIN; only its owner reads it."""
    done, home = first_run
    (receipt,) = (home / "data").rglob("*.json")
    assert_clean(done.stdout + done.stderr + receipt.read_text(encoding="utf-8"), "ayse")
    if os.name == "posix":
        assert receipt.stat().st_mode & 0o077 == 0


def credentials(key: str, **more: str) -> dict[str, str]:
    """Return the environment by which an unattended run is told who logs in."""
    person = fixtures.people()[key]
    return {
        "EONAY_NATIONAL_ID": person.national_id,
        "EONAY_PASSWORD": person.password,
        "EONAY_SMS_CODE": person.sms_code,
        "EONAY_PIN": person.pin,
        **more,
    }


def token_of(portal: mock_portal.Portal, key: str, folder: Path) -> Mapping[str, str]:
    """Put the person's certificate on a token and return the environment that finds it."""
    person = fixtures.people()[key]
    card = provision(folder, portal.pki.credentials(person), pin=Pin(person.pin), label=f"kart {key}")
    return {**card.environment, "EONAY_PKCS11_MODULE": str(card.module), "EONAY_TOKEN_LABEL": card.label}


@pytest.mark.parametrize(
    ("edition", "with_path"), sampled([("2026", True), ("2020", False)], every_run=[("2026", True)])
)
def test_a_portal_that_is_already_there(tmp_path: Path, edition: str, with_path: bool) -> None:
    """`--portal URL` gives the consent with the credentials of the environment; the portal's ledger agrees. No command
    line holds a secret, and no browser, driver or card process inherits one in its environment."""
    portal = mock_portal.Portal(edition="2026" if edition == "2026" else "2020", people=["ayse"])
    with mock_portal.serve(portal) as served:
        address = served.entry_url if with_path else served.entry_url.removesuffix("/landing")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("EONAY_")},
            **credentials("ayse", **token_of(portal, "ayse", tmp_path / "card")),
            "PYTHONPATH": str(_ROOT),
            "XDG_DATA_HOME": str(tmp_path),
        }
        said = tmp_path / "said"
        with said.open("w") as complaint:
            code, told, seen = watched(("dry-run", "--portal", address, "--json"), environment, complaint)
    assert code == 0, told + said.read_text()
    (run,) = json.loads(told)["runs"]
    assert (run["scenario"], run["outcome"]) == ("portal", "consent_given")
    assert portal.ledger.count(Act.CONSENT_GIVEN) == portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1
    assert_clean(told + said.read_text(), "ayse")
    if PROCESSES.exists():
        assert any("chrom" in process for process in seen)
        assert any("assistant.card.worker" in process for process in seen)
    for told_by in seen:
        assert_clean(told_by, "ayse")


_WRONG = [
    ({"EONAY_PASSWORD": "yanlis-Parola-1"}, 6, "login_rejected"),
    ({"EONAY_PIN": "999999"}, 6, "pin_wrong"),
    ({"EONAY_PIN": ""}, 6, "pin_missing"),
    ({"EONAY_TOKEN_LABEL": "baska"}, 6, "token_not_found"),
    ({"EONAY_NATIONAL_ID": "", "EONAY_PASSWORD": ""}, 6, "credentials_missing"),
]


@pytest.mark.parametrize(("change", "exit_code", "reason"), sampled(_WRONG, every_run=_WRONG[:1]))
def test_wrong_credentials_end_with_their_reason(
    tmp_path: Path, change: dict[str, str], exit_code: int, reason: str
) -> None:
    """A wrong or missing credential is tried at most once and named, never shown."""
    portal = mock_portal.Portal(edition="2020", people=["ayse"])
    with mock_portal.serve(portal) as served:
        environment = {**credentials("ayse"), **token_of(portal, "ayse", tmp_path / "card"), **change}
        environment = {name: value for name, value in environment.items() if value}
        done = eonay("dry-run", "--portal", served.entry_url, "--json", home=tmp_path, **environment)
    assert done.returncode == exit_code, done.stdout + done.stderr
    (run,) = json.loads(done.stdout)["runs"]
    assert run["reason"] == reason
    assert portal.ledger.count(Act.LOGIN_FAILED) <= 1
    assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    assert_clean(done.stdout + done.stderr, "ayse")


@pytest.mark.parametrize(
    "args",
    [
        ("dry-run", "--portal", "https://onlineislemler.kamusm.gov.tr/landing"),
        ("dry-run", "--portal", "http://example.org/"),
        ("dry-run", "--portal", "localhost:8000"),
        ("dry-run", "no-such-scenario"),
        ("dry-run", "--edition", "1999"),
        ("no-such-command",),
    ],
)
def test_wrong_use_is_one_short_message(eonay_here: Command, args: tuple[str, ...]) -> None:
    """A wrong command line exits with 2, says what to do and shows no stack trace."""
    done = eonay_here(*args)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_wrong_command_ends_as_a_process_too(tmp_path: Path) -> None:
    """Its exit code is the process's own, and nothing but the one message comes out of it."""
    done = eonay("no-such-command", home=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 2)


def test_help_and_version(eonay_here: Command) -> None:
    """Help names the commands and exit codes; the version is one line."""
    told = eonay_here("--help").stdout
    assert "dry-run" in told
    assert "Çıkış kodları" in told
    codes = " ".join(told.partition("Çıkış kodları:")[2].partition("6 ")[0].split())
    for code in ("0 ", "1 ", "2 ", "3 ", "4 ", "5 "):
        assert code in codes, codes
    for command in ("doctor", "card", "guide --check", "drift"):
        assert command in codes, "which commands end with 1"
    assert eonay_here("--version").stdout.startswith("eonay ")


def test_the_list_of_scenarios_fits_a_terminal(eonay_here: Command) -> None:
    """Every scenario is listed with person, look and expected end within 80 columns; --json lists the same."""
    listed = eonay_here("dry-run", "--list", COLUMNS="80").stdout
    assert max(map(len, listed.splitlines())) <= 80
    entries = json.loads(eonay_here("dry-run", "--list", "--json").stdout)["scenarios"]
    heads = [line.split()[0] for line in listed.splitlines() if "→" in line]
    assert heads == [entry["name"] for entry in entries]
    assert len(entries) >= 45
    assert all(entry["about"]["tr"] and entry["person"] and entry["outcome"] for entry in entries)


def test_a_broken_setting_is_named_without_its_value(eonay_here: Command) -> None:
    """A setting that can't be understood is named; its value isn't repeated."""
    done = eonay_here("dry-run", EONAY_SETTLE_S="gizli-deger")
    assert done.returncode == 2
    assert "SETTLE_S" in done.stderr.upper()
    assert "gizli-deger" not in done.stderr


def descendants(pid: int) -> list[Path]:
    """Return the /proc folders of all processes that *pid* has started, directly or not."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += [Path(f"/proc/{child}") for child in children]
        waiting += children
    return found


def read_quietly(file: Path) -> str:
    """Return what *file* of a process says, or nothing when the process is gone."""
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def watched(
    args: Sequence[str], environment: Mapping[str, str], complaint: IO[str] | None = None
) -> tuple[int, str, set[str]]:
    """Run the command line; return its exit code, what it prints, and arguments and environment of each process that it
    starts. What it says on standard error goes into *complaint*."""
    seen: set[str] = set()
    command = [sys.executable, "-P", "-m", "assistant", *args]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=complaint or subprocess.DEVNULL, text=True
    ) as running:
        while running.poll() is None:
            for process in descendants(running.pid):
                seen.add(read_quietly(process / "cmdline") + read_quietly(process / "environ"))
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(timeout=0.1)
        return running.returncode, running.stdout.read() if running.stdout else "", seen


@pytest.mark.nightly(sample="tests/assistant/guide/test_command.py::test_one_picture_is_taken_alone")
@pytest.mark.skipif(not PROCESSES.exists(), reason="processes are looked at through /proc")
def test_no_process_of_a_drift_rehearsal_inherits_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets in the environment that the command has no use for reach none of its workers and browsers either."""
    monkeypatch.chdir(tmp_path)
    surroundings = {**os.environ, **credentials("ayse"), "PYTHONPATH": str(_ROOT), "XDG_CONFIG_HOME": str(tmp_path)}
    _, _, seen = watched(("drift", "--seeds", "1", "--json"), surroundings)
    assert any("chrom" in process for process in seen)
    for told_by in seen:
        assert_clean(told_by, "ayse")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("run", "--foo"), "--foo diye bir seçenek yok."),
        (("run", "--portl", "x"), "--portl diye bir seçenek yok. Benzerleri: --goal, --portal"),
        (("nosuch",), "nosuch diye bir komut yok."),
        (("report",), "Bir komut yazınız."),
        (("summary",), "KLASÖR eksik."),
        (("run", "--portal"), "--portal seçeneğinin ardına bir değer yazınız."),
        (("run", "--lang", "de"), "--lang için “de” olmaz; seçenekler: 'tr', 'en'."),
        (("run", "--companion=1"), "--companion seçeneği değer almaz."),
        (("drift", "--seeds", "0"), "--seeds en az 1 olmalıdır."),
        (("drift", "--jobs", "999"), "--jobs en çok 256 olmalıdır."),
        (("drift", "--seeds", "x"), "--seeds bir sayı olmalıdır."),
        (("drift", "extra"), "Fazladan yazılmış: extra"),
        (("drift", "--report", __file__), f"--report bir klasör olmalıdır, bu bir dosya: {__file__}"),
        (("drift", "--seeds", "0", "--lang", "en"), "Input should be greater than or equal to 1"),
    ],
)
def test_a_wrong_command_is_told_in_the_language_asked_for(
    eonay_here: Command, args: tuple[str, ...], told: str
) -> None:
    """What is wrong and where the help is, in Turkish or in English, with exit code 2."""
    done = eonay_here(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert f"{'Help' if 'en' in args else 'Yardım'}: eonay" in done.stderr


@pytest.mark.parametrize("args", [(), ("run",), ("dry-run",), ("report", "merge"), ("guide",), ("summary",)])
def test_help_is_turkish_throughout(eonay_here: Command, args: tuple[str, ...]) -> None:
    """No fixed word of the command line's library is left in English."""
    said = eonay_here(*args, "--help").stdout
    assert said.startswith("Kullanım: eonay")
    for word in ("Usage", "Options", "Commands", "Arguments", "default", "required", "Show this", "int", "list["):
        assert not re.search(rf"(?<![-\w]){re.escape(word)}", said), word
