"""Desks with odd surroundings: every command that only looks still looks, and says the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.base.surroundings import NOWHERE, expanded
from tests.assistant.commands import ROOT
from tests.sampling import sampled

SECRET = "gizliparola"
DESKS = {
    "Turkish letters and proxies": f"""
        mkdir -p "$HOME/Masaüstü/İmza ışığı" && cd "$HOME/Masaüstü/İmza ışığı" && umask 000
        export HOME="$PWD" TMPDIR="$PWD" PATH="$PWD:/etc/passwd::$PATH:" LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8
        export ALL_PROXY=socks://127.0.0.1:9 all_proxy=SOCKS5://u:{SECRET}@127.0.0.1:9 https_proxy='{SECRET}'
        export HTTP_PROXY=HTTP://u:{SECRET}@127.0.0.1:9/ http_proxy='http://[::{SECRET}' EONAY_LOG=TRACE
        export NO_PROXY='::1,[::1]:80,fe80::/10,*.example,' no_proxy='*'
        exec "$@" """,
    "letters of ASCII and a strict Python": """
        export LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 PYTHONIOENCODING=ascii TERM=dumb COLUMNS=80
        export PYTHONWARNINGS=error PYTHONDEVMODE=1 PYTHONOPTIMIZE=2
        umask 077; exec "$@" </dev/null""",
    "no such place": """
        export LC_ALL=xx_YY.UTF-8 LINES=few TMPDIR=/dev/null/none HOME=/dev/null/none PATH= DISPLAY=:98.x
        exec "$@" <&-""",
    "nobody whom the system knows, in a folder that is gone": """
        mkdir gone && cd gone && rmdir ../gone && unset HOME USER LOGNAME
        exec setpriv --reuid 54321 --clear-groups "$@" """,
}
ODDEST = "Turkish letters and proxies"
COMMANDS = {"settings --json": 0, "receipts --json": 0, "dry-run --list": 0, "--help": 0, "no-such-command": 2}


def at(desk: str, *args: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a shell starts it at that desk."""
    if "setpriv" in desk and (shutil.which("setpriv") is None or os.geteuid() != 0):
        pytest.skip("nobody else can be become here")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EONAY_", "XDG_", "LC_"))}
    return subprocess.run(
        ["sh", "-c", desk, "sh", sys.executable, "-P", "-m", "assistant", *args],
        env={**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "80", **more},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def told_at(desk: str, home: Path) -> Mapping[str, tuple[int, str, str]]:
    """Return what each of the commands says there: its exit code, its output and its complaints."""
    done = {line: at(desk, *line.split(), home=home) for line in COMMANDS}
    return {line: (one.returncode, one.stdout, one.stderr) for line, one in done.items()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[int, str, str]]:
    """What the commands say at an ordinary desk."""
    return told_at('exec "$@"', tmp_path_factory.mktemp("plain"))


def without_places(text: str) -> list[str]:
    """Return the lines of *text* that name no place of that desk."""
    return [line for line in text.splitlines() if "/" not in line]


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize("desk", sampled(DESKS, every_run=[ODDEST]))
def test_every_command_says_the_same(tmp_path: Path, plain: Mapping[str, tuple[int, str, str]], desk: str) -> None:
    """Locale, path, home, temporary folder, proxies and Python's own settings change no exit code and no word."""
    tmp_path.chmod(0o755)
    for line, (code, out, err) in told_at(DESKS[desk], tmp_path).items():
        assert code == COMMANDS[line] == plain[line][0], (line, err)
        assert without_places(out) == without_places(plain[line][1]), line
        assert [one for one in without_places(err) if "DEBUG" not in one] == without_places(plain[line][2]), line
        assert SECRET not in out + err, line


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize("desk", sampled(DESKS, every_run=[ODDEST]))
def test_doctor_looks_at_everything(tmp_path: Path, desk: str) -> None:
    """At each of these desks doctor comes to the end, and there is nothing that it could not look at."""
    tmp_path.chmod(0o755)
    done = at(DESKS[desk], "doctor", "--json", "--lang", "en", home=tmp_path)
    findings = json.loads(done.stdout)["findings"]
    assert {"browser", "clock", "pcsc"} <= {finding["id"] for finding in findings}, done.stderr
    assert [finding for finding in findings if "couldn't be checked" in finding["text"]] == []
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr


CLOSED = 'mkdir closed && chmod 000 closed && chmod 755 . && exec setpriv --reuid 54321 --clear-groups "$@"'
LONG = "/" + "a" * 300


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter; pytest's own are closed to others."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


PLACES = [
    (("dry-run", "--json"), "EONAY_BROWSER", 2, "no such program"),
    (("doctor", "--json"), "EONAY_PKCS11_MODULE", 1, "missing from its place"),
    (("doctor", "--json"), "JAVA_HOME", 1, '"id": "java'),
    (("receipts", "--json"), "XDG_DATA_HOME", 6, "permission denied"),
    (("purge", "--yes", "--json"), "XDG_DATA_HOME", 6, "permission denied"),
    (("settings", "--json"), "XDG_CONFIG_HOME", 2, "read"),
]


@pytest.mark.parametrize(
    ("where", "at_place"),
    sampled(
        product(["closed", LONG, "~nobody-of-that-name/there"], PLACES),
        every_run=[("closed", place) for place in PLACES if place[1] not in {"JAVA_HOME"} and place[0][0] != "purge"],
    ),
    ids=lambda value: " ".join(value[0]) if isinstance(value, tuple) else None,
)
def test_a_place_that_cannot_be_looked_into_is_named(
    open_folder: Path, where: str, at_place: tuple[tuple[str, ...], str, int, str]
) -> None:
    """A path into a closed folder, one too long for any file and one in nobody's home each get a sentence."""
    args, variable, code, words = at_place
    place = f"{open_folder}/closed/there" if where == "closed" else where
    desk = CLOSED if where == "closed" else 'exec "$@"'
    done = at(desk, *args, "--lang", "en", home=open_folder, **{variable: place})
    said = done.stdout + done.stderr
    assert "internal_error" not in said
    assert "couldn't be checked" not in said
    if where == "closed":
        assert (done.returncode, words in said) == (code, True), said


def test_a_home_of_nobody_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows whose home is meant, the path stays as it was written."""
    monkeypatch.setenv("HOME", NOWHERE)
    assert expanded("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")
    assert expanded("~/x") == Path(NOWHERE, "x")
