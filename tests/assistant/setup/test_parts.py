"""What is missing, how it is installed, and what the person is told otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.base.errors import SetupError
from assistant.setup import Part, System, ensure, install_command, missing
from assistant.setup.testing import NEEDED, WELCOME

Machine = Callable[..., System]
Put = Callable[..., Path]

DEBIAN = ("debian",)
PARDUS = ("pardus", "debian")
UBUNTU = ("ubuntu", "debian")
FEDORA = ("fedora",)

LIBATOMIC = "usr/lib/x86_64-linux-gnu/libatomic.so.1"

# Stands in for apt: writes down its words and brings the program when it is asked to install.
APT = """\
echo "$DEBIAN_FRONTEND $*" >>"$HERE/calls"
env >"$HERE/environment"
case "$*" in
    *install*) [ -e "$HERE/no-lists" ] && { echo "E: Unable to locate package opensc"; exit 100; }
        cp "$0" "${0%/*}/pkcs11-tool" ;;
    *update*) [ -e "$HERE/locked" ] && { rm "$HERE/locked"; echo "E: Could not get lock lists"; exit 100; }
        rm -f "$HERE/no-lists" ;;
esac
"""
# Stands in for a sudo that lets everything pass and writes that down.
SUDO = 'echo sudo "$*" >>"$HERE/calls"; [ "$1" = -n ] && shift; exec "$@"'


def calls(folder: Path) -> list[str]:
    """Return what the stand-ins were asked to do."""
    written = folder / "calls"
    return written.read_text(encoding="utf-8").splitlines() if written.exists() else []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"distro": DEBIAN},
            "sudo apt install chromium chromium-sandbox fonts-liberation chromium-headless-shell libatomic1 softhsm2 opensc opensc-pkcs11 openssl gcc libc6-dev pcscd vsmartcard-vpcd xvfb xclip icedtea-netx default-jdk-headless poppler-utils zbar-tools ffmpeg libreoffice-writer-nogui libreoffice-impress-nogui",
        ),
        (
            {"distro": PARDUS},
            "sudo apt install chromium chromium-sandbox fonts-liberation chromium-headless-shell libatomic1 softhsm2 opensc opensc-pkcs11 openssl gcc libc6-dev pcscd vsmartcard-vpcd xvfb xclip icedtea-netx default-jdk-headless poppler-utils zbar-tools ffmpeg libreoffice-writer-nogui libreoffice-impress-nogui",
        ),
        (
            {"distro": UBUNTU},
            "sudo apt install libatomic1 softhsm2 opensc opensc-pkcs11 openssl gcc libc6-dev pcscd vsmartcard-vpcd xvfb xclip icedtea-netx default-jdk-headless poppler-utils zbar-tools fonts-liberation ffmpeg libreoffice-writer-nogui libreoffice-impress-nogui\nsudo snap install chromium",
        ),
        ({"distro": FEDORA}, "sudo dnf install chromium libatomic softhsm opensc openssl gcc liberation-sans-fonts"),
        (
            {"distro": ("rocky", "rhel", "centos", "fedora")},
            "sudo dnf install chromium libatomic softhsm opensc openssl gcc liberation-sans-fonts",
        ),
        (
            {"os": "windows", "euid": None},
            "winget install Google.Chrome\nwinget install OpenSC.OpenSC\n"
            "winget install ShiningLight.OpenSSL.Light\nchoco install softhsm\n"
            "winget install BrechtSanders.WinLibs.POSIX.UCRT",
        ),
        (
            {"os": "macos"},
            "brew install --cask google-chrome\nbrew install softhsm\nbrew install opensc\nbrew install openssl\n"
            "xcode-select --install",
        ),
        ({"distro": ("arch",)}, "browser, unattended-browser, libatomic, softhsm2, opensc, openssl, cc, fonts"),
    ],
)
def test_the_exact_command_for_every_system(machine: Machine, facts: dict[str, object], expected: str) -> None:
    """Everyone is told the very command that installs the missing parts on their system."""
    here = machine(**facts)
    wanted = missing(Part, here)
    assert install_command(wanted, here) == expected
    with pytest.raises(SetupError) as caught:
        ensure(wanted, system=here)
    assert (caught.value.code, caught.value.detail) == ("setup_incomplete", expected)


def test_every_part_can_be_had_on_every_system(machine: Machine) -> None:
    """No part was forgotten for any of the systems that have an installer."""
    systems: tuple[dict[str, object], ...] = (
        {"distro": DEBIAN},
        {"distro": UBUNTU},
        {"distro": FEDORA},
        {"os": "windows"},
        {"os": "macos"},
    )
    for facts in systems:
        apt = facts.get("distro") in {DEBIAN, UBUNTU}
        # Ubuntu's Chromium is a snap, and no package has its shell.
        snap = {Part.SHELL} if facts.get("distro") == UBUNTU else set()
        by_apt = (
            set()
            if apt
            else {
                Part.SHELL,
                Part.VIRTUAL_READER,
                Part.DISPLAY,
                Part.WEB_START,
                Part.PDF_TOOLS,
                Part.CODE_READER,
                Part.VIDEO_PROBE,
                Part.TYPEFACE,
                Part.OFFICE,
            }
        )
        for part in set(Part) - ({Part.DRIVER} if "os" in facts else set()) - by_apt - snap:
            assert re.fullmatch(
                r"(sudo )?(apt|dnf|snap|winget|choco|brew|xcode-select) (--)?install.*",
                install_command([part], machine(**facts)),
            )


def test_what_is_there_is_left_alone(machine: Machine, program: Put, tmp_path: Path) -> None:
    """A machine that has all parts isn't touched, and nothing is said."""
    for name in (
        "chromium",
        "chromium-headless-shell",
        "softhsm2-util",
        "pkcs11-tool",
        "openssl",
        "cc",
        "usr/lib/softhsm/libsofthsm2.so",
        LIBATOMIC,
        "Xvfb",
        "xclip",
        "javaws",
        "jarsigner",
        "pdfinfo",
        "pdftoppm",
        "zbarimg",
        "soffice",
        "ffprobe",
        "usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
        "usr/sbin/pcscd",
        "usr/lib/pcsc/drivers/serial/libifdvpcd.so",
    ):
        program(name)
    program("apt-get", APT)
    here = machine(distro=DEBIAN, euid=0)
    said: list[str] = []
    assert missing(Part, here) == ()
    ensure(Part, system=here, report=said.append)
    assert (said, calls(tmp_path)) == ([], [])


def test_root_installs_without_a_question(machine: Machine, program: Put, tmp_path: Path) -> None:
    """As root the missing packages, and only those, are installed, with one line before it."""
    program("apt-get", APT)
    program("openssl")
    said: list[str] = []
    ensure([Part.OPENSSL, "opensc"], system=machine(distro=DEBIAN, euid=0), report=said.append)
    assert said == ["Kuruluyor: opensc, opensc-pkcs11 …"]
    (call,) = calls(tmp_path)
    assert call.startswith("noninteractive ")
    assert " -y " in call
    assert "DPkg::Lock::Timeout=" in call
    assert call.endswith(" install --no-install-recommends opensc opensc-pkcs11")


def test_passwordless_sudo_is_used(machine: Machine, program: Put, tmp_path: Path) -> None:
    """Someone who may use sudo without a password isn't asked either; sudo is told never to ask."""
    program("apt-get", APT)
    program("sudo", SUDO)
    ensure([Part.OPENSC], system=machine(distro=PARDUS), report=lambda line: None)
    by_sudo = [call for call in calls(tmp_path) if call.startswith("sudo ")]
    assert by_sudo[0] == "sudo -n true"
    assert by_sudo[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive ")


@pytest.mark.parametrize(("yes", "terminal"), [(False, True), (True, False), (True, True)])
def test_sudo_may_ask_only_with_a_yes_and_a_terminal(
    machine: Machine, program: Put, tmp_path: Path, yes: bool, terminal: bool
) -> None:
    """sudo's question for the password comes only after `--yes`, and only where someone can answer it."""
    program("apt-get", APT)
    program("sudo", f'[ "$1" = -n ] && exit 1\n{SUDO}')
    here = machine(distro=DEBIAN, terminal=terminal)
    if yes and terminal:
        ensure([Part.OPENSC], yes, system=here, report=lambda line: None)
        assert any(" install " in call for call in calls(tmp_path))
    else:
        with pytest.raises(SetupError):
            ensure([Part.OPENSC], yes, system=here)
        assert calls(tmp_path) == []


def test_package_lists_are_fetched_when_needed(machine: Machine, program: Put, tmp_path: Path) -> None:
    """Missing package lists are fetched, waiting for another apt's lock, and the installation is tried again."""
    program("apt-get", APT)
    (tmp_path / "no-lists").touch()
    (tmp_path / "locked").touch()
    ensure([Part.OPENSC], system=machine(distro=DEBIAN, euid=0), report=lambda line: None)
    verbs = [next(word for word in call.split() if word in {"install", "update"}) for call in calls(tmp_path)]
    assert verbs == ["install", "update", "update", "install"]


def test_a_browser_brings_what_playwright_needs(machine: Machine, program: Put) -> None:
    """A machine with a browser but without its driver's library is told to install that library, and no browser."""
    program("google-chrome")
    here = machine(distro=DEBIAN)
    assert install_command(missing([Part.BROWSER], here), here) == "sudo apt install libatomic1"
    program(LIBATOMIC)
    assert missing([Part.BROWSER], here) == ()


# Stands in for an apt that has some packages only: those in the file "offered".
CHOOSY = """\
echo "$*" >>"$HERE/calls"
case "$*" in *install*) ;; *) exit 0 ;; esac
for name in "$@"; do
    case "$name" in
        chromium*) grep -qx "$name" "$HERE/offered" || { echo "E: Unable to locate package $name"; exit 100; } ;;
    esac
done
for name in chromium chromium-headless-shell; do
    case " $* " in *" $name "*) printf '#!/bin/sh\n' >"${0%/*}/$name"; chmod +x "${0%/*}/$name" ;; esac
done
"""


@pytest.mark.parametrize(
    ("part", "offered", "comes"),
    [
        (Part.ANY_BROWSER, ("chromium", "chromium-sandbox", "chromium-headless-shell"), {"chromium-headless-shell"}),
        (Part.ANY_BROWSER, ("chromium", "chromium-sandbox"), {"chromium"}),
        (Part.BROWSER, ("chromium", "chromium-sandbox", "chromium-headless-shell"), {"chromium"}),
    ],
)
def test_unattended_commands_install_the_shell_alone(
    machine: Machine, program: Put, tmp_path: Path, part: Part, offered: tuple[str, ...], comes: set[str]
) -> None:
    """On a machine without a browser the shell is enough for them; an old Debian without it, and people, get Chromium."""
    program(LIBATOMIC)
    program("apt-get", CHOOSY)
    (tmp_path / "offered").write_text("\n".join(offered), encoding="utf-8")
    here = machine(distro=DEBIAN, euid=0)
    ensure([part], system=here, report=lambda line: None)
    assert {name for name in ("chromium", "chromium-headless-shell") if here.program(name)} == comes


def test_a_guided_command_is_not_content_with_the_shell(machine: Machine, program: Put, tmp_path: Path) -> None:
    """Where only the shell is installed a guided command installs a browser that opens windows."""
    program(LIBATOMIC)
    program("apt-get", CHOOSY)
    program("chromium-headless-shell")
    (tmp_path / "offered").write_text("chromium\nchromium-sandbox\n", encoding="utf-8")
    here = machine(distro=PARDUS, euid=0)
    ensure([Part.BROWSER], system=here, report=lambda line: None)
    assert here.program("chromium") is not None


def test_the_tests_want_the_shell_beside_a_browser(machine: Machine, program: Put) -> None:
    """`./eonay test` installs the shell on a Debian that has a browser already, and is no stricter elsewhere."""
    program("google-chrome")
    assert Part.SHELL in missing(WELCOME, machine(distro=DEBIAN))
    assert Part.SHELL not in missing(WELCOME, machine(distro=UBUNTU))
    assert Part.SHELL not in missing(WELCOME, machine(os="windows", euid=None))


def test_an_optional_part_is_no_obstacle(machine: Machine, program: Put, tmp_path: Path) -> None:
    """What is only optional is installed where that needs no question, and otherwise done without."""
    program("openssl")
    ensure(["openssl"], optional=["opensc"], system=machine(os="windows", euid=None))
    ensure(["openssl"], optional=["opensc"], system=machine(distro=DEBIAN))
    with pytest.raises(SetupError) as caught:
        ensure(["softhsm2"], optional=["opensc"], system=machine(distro=DEBIAN))
    assert caught.value.detail == "sudo apt install softhsm2"
    program("apt-get", APT)
    ensure(["openssl"], optional=["opensc"], system=machine(distro=DEBIAN, euid=0), report=lambda line: None)
    assert calls(tmp_path)[-1].endswith(" opensc opensc-pkcs11")


def test_a_package_that_does_not_exist_keeps_no_other_away(machine: Machine, program: Put) -> None:
    """Where this system's lists lack an optional package, the required one is installed all the same."""
    lacking = 'case "$*" in *icedtea*) echo "E: Unable to locate package icedtea-netx"; exit 100 ;; esac\n'
    program("apt-get", lacking + APT)
    here = machine(distro=DEBIAN, euid=0)
    ensure([Part.OPENSC], optional=[Part.WEB_START], system=here, report=lambda line: None)
    assert Part.OPENSC not in missing([Part.OPENSC], here)


def test_a_failed_installation_names_the_command_and_the_cause(machine: Machine, program: Put) -> None:
    """When apt fails, the person gets the command to type and apt's own complaint."""
    program("apt-get", 'echo "E: The disk is full."; exit 100')
    with pytest.raises(SetupError) as caught:
        ensure([Part.OPENSC], system=machine(distro=DEBIAN, euid=0), report=lambda line: None)
    assert caught.value.code == "setup_incomplete"
    assert caught.value.detail == "sudo apt install opensc opensc-pkcs11\nThe disk is full."


def test_secrets_are_not_handed_to_apt(machine: Machine, program: Put, tmp_path: Path) -> None:
    """The program's own settings, which can hold a PIN, aren't in the environment of apt."""
    program("apt-get", APT)
    here = machine(distro=DEBIAN, euid=0)
    told = machine(distro=DEBIAN, euid=0, env={**here.env, "EONAY_PIN": "13579"})
    ensure([Part.OPENSC], system=told, report=lambda line: None)
    assert "13579" not in (tmp_path / "environment").read_text(encoding="utf-8")
    assert "13579" not in repr(told)


def test_softhsm_is_its_module_and_its_tool(machine: Machine, program: Put) -> None:
    """SoftHSM2 counts as there when both its module and softhsm2-util are."""
    program("usr/lib64/pkcs11/libsofthsm2.so")
    assert missing([Part.SOFTHSM], machine()) == (Part.SOFTHSM,)
    program("softhsm2-util")
    assert missing([Part.SOFTHSM], machine()) == ()


def test_this_machine_is_described() -> None:
    """The description of the present machine finds what every machine that runs these tests has."""
    here = System.current()
    assert missing(NEEDED, here) == ()
    assert here.program("no-such-program", "openssl") is not None
