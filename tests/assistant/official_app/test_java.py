"""Which Javas are found, which of them is taken, and what the app is opened with."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from assistant.official_app.java import Java, find_java, what_opens_jnlp, what_to_install
from assistant.official_app.starter import AppFile, Starter, Way, ways
from assistant.setup.parts import Part
from assistant.setup.system import System
from assistant.signing.with_app import OfficialApp
from flows import HostRule
from tests.assistant.official_app.javas import BROKEN, HANGING, SILENT, answer, lay, machine, search_path
from tests.sampling import sampled

NEEDS = (Part.WEB_START,)


@pytest.mark.parametrize(
    ("versions", "taken"),
    [
        ((17, 8), 8),
        ((25, 11, 17), 11),
        ((13, 11), 11),
        ((17, 15), 15),
        ((21, 9), 9),
        ((25, 21, 17), 17),
        ((6, 17), 17),
        ((6, 7), None),
    ],
)
def test_eight_or_eleven_is_taken_where_there_is_one(
    tmp_path: Path, versions: tuple[int, ...], taken: int | None
) -> None:
    """8 and 11 come first, then those before 16, then the oldest of the newer ones; one before 8 is never taken."""
    for version in versions:
        lay(tmp_path, f"usr/lib/jvm/java-{version}/bin/java", answer(version))
    found = find_java(machine(tmp_path))
    assert (found.best.version if found.best else None) == taken
    assert sorted(java.version or 0 for java in found.all) == sorted(versions)


PLACES = [
    ("linux", "usr/lib/jvm/temurin-11-jre-amd64/bin/java", {}),
    ("linux", "opt/jdk8u402-b06-jre/bin/java", {}),
    ("linux", "opt/java/openjdk/bin/java", {}),
    ("linux", "usr/java/jre1.8.0_401/bin/java", {}),
    ("linux", "usr/local/lib/jvm/zulu/bin/java", {}),
    ("linux", "home/.sdkman/candidates/java/8.0.402-tem/bin/java", {}),
    ("linux", "srv/java/bin/java", {"JAVA_HOME": "srv/java"}),
    ("linux", "srv/java/bin/java", {"JAVA_HOME": "srv/java/bin/java"}),
    ("linux", "srv/java/bin/java", {"PATH": "srv/java/bin"}),
    ("windows", "PF/Java/jre1.8.0_401/bin/java.exe", {"ProgramFiles": "PF"}),
    ("windows", "PF/Eclipse Adoptium/jre-11.0.22.7-hotspot/bin/java.exe", {"ProgramFiles": "PF"}),
    ("windows", "PF86/Zulu/zulu-8-jre/bin/java.exe", {"ProgramFiles(x86)": "PF86"}),
    ("windows", "PF/BellSoft/LibericaJRE-11/bin/java.exe", {"ProgramFiles": "PF"}),
    ("windows", "PF/Microsoft/jdk-11.0.22.7-hotspot/bin/java.exe", {"ProgramFiles": "PF"}),
    ("windows", "Local/Programs/Eclipse Adoptium/jre-8/bin/java.exe", {"LOCALAPPDATA": "Local"}),
    ("macos", "Library/Java/JavaVirtualMachines/temurin-11.jre/Contents/Home/bin/java", {}),
    ("macos", "Library/Internet Plug-Ins/JavaAppletPlugin.plugin/Contents/Home/bin/java", {}),
    ("macos", "home/Library/Java/JavaVirtualMachines/corretto-11/Contents/Home/bin/java", {}),
]


@pytest.mark.parametrize(("os", "place", "variables"), PLACES)
def test_a_java_is_found_wherever_installers_put_it(
    tmp_path: Path, os: str, place: str, variables: dict[str, str]
) -> None:
    """Each usual place of the three systems is looked at, next to a newer Java on the search path."""
    lay(tmp_path, "usr/bin/java", answer(21))
    good = lay(tmp_path, place, answer(11))
    env = {name: str(tmp_path / value) for name, value in variables.items()}
    found = find_java(machine(tmp_path, os=os, distro=(), env=env))
    assert found.java == good
    assert {java.version for java in found.all} == {11, 21}


def test_what_update_alternatives_lists_is_found(tmp_path: Path) -> None:
    """A Java that was only registered as an alternative counts, from the file that update-alternatives keeps."""
    good = lay(tmp_path, "srv/strange/bin/java", answer(8))
    kept = tmp_path / "var/lib/dpkg/alternatives/java"
    kept.parent.mkdir(parents=True)
    kept.write_text(
        "auto\n/usr/bin/java\n\n/srv/gone/bin/java\n1711\n/srv/strange/bin/java\n1081\n\n", encoding="utf-8"
    )
    assert find_java(machine(tmp_path)).java == good


def test_every_java_of_the_search_path_is_found(tmp_path: Path) -> None:
    """A Java that is second on the PATH is found after a newer and after a broken one."""
    folders = [
        lay(tmp_path, f"{name}/java", script).parent
        for name, script in (("a", BROKEN), ("b", answer(21)), ("c", answer(11)))
    ]
    env = {"PATH": search_path(*folders, tmp_path / "none")}
    found = find_java(machine(tmp_path, env=env, which=lambda name: shutil.which(name, path=env["PATH"])))
    assert found.java == folders[2] / "java"
    assert [java.fitness for java in found.all] == ["right", "too_new", "broken"]


def test_one_java_under_several_names_is_one(tmp_path: Path) -> None:
    """Links of the search path and of the package lead to the same Java, which is asked and listed once."""
    real = lay(tmp_path, "usr/lib/jvm/java-11-openjdk-amd64/bin/java", f"echo x >> {tmp_path}/asked\n{answer(11)}")
    (tmp_path / "usr/lib/jvm/java-1.11.0-openjdk-amd64").symlink_to(real.parents[1])
    (tmp_path / "usr/bin").mkdir()
    (tmp_path / "usr/bin/java").symlink_to(real)
    (found,) = find_java(machine(tmp_path)).all
    assert (found.path, found.home) == (tmp_path / "usr/bin/java", real.parents[1])
    assert (tmp_path / "asked").read_text() == "x\n"


STALE = {"old": answer(6), "broken": BROKEN, "hanging": HANGING, "missing": None}


@pytest.mark.parametrize("home", sampled(STALE, every_run=["old", "broken", "missing"]))
def test_a_stale_java_home_blocks_no_good_java(tmp_path: Path, home: str) -> None:
    """JAVA_HOME may name an old Java, one that doesn't run, or nothing: the good one on the search path is taken."""
    good = lay(tmp_path, "usr/bin/java", answer(11))
    if (script := STALE[home]) is not None:
        lay(tmp_path, "old/bin/java", script)
    began = time.monotonic()
    found = find_java(machine(tmp_path, env={"JAVA_HOME": str(tmp_path / "old")}))
    assert (found.java, found.variable) == (good, "JAVA_HOME")
    assert time.monotonic() - began < 9


def test_many_hanging_javas_take_as_long_as_one(tmp_path: Path) -> None:
    """All Javas are asked at the same time, so several that hang hold nobody up longer than one."""
    for number in range(6):
        lay(tmp_path, f"opt/java{number}/bin/java", HANGING)
    good = lay(tmp_path, "usr/bin/java", answer(8))
    began = time.monotonic()
    assert find_java(machine(tmp_path)).java == good
    assert time.monotonic() - began < 9


@pytest.mark.parametrize(("bits", "told"), [(64, 64), (32, 32)])
def test_bits_are_told(tmp_path: Path, bits: int, told: int) -> None:
    """A Java of 32 bit is told from one of 64; where its words don't say, nothing is claimed."""
    lay(tmp_path, "opt/java/bin/java", answer(8, bits))
    lay(tmp_path, "usr/bin/java", SILENT)
    found = find_java(machine(tmp_path)).all
    assert [(java.fitness, java.version, java.bits) for java in found] == [
        ("right", 8, told),
        ("unknown", None, None),
    ]


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java on this machine")
def test_the_java_of_this_machine_tells_its_version() -> None:
    """A real Java is found, runs, and tells its version and its bits."""
    found = find_java()
    on_path = Path(str(shutil.which("java"))).resolve()
    (java,) = [one for one in found.all if one.path.resolve() == on_path]
    assert java.version is not None
    assert java.version >= 8
    assert java.bits in {32, 64}
    assert java.home is not None
    assert (java.home / "bin" / "java").exists()


# --- what the app is opened with ------------------------------------------------------------------------------


def opened_with(system: System) -> list[str]:
    """Return the ways on this machine, each by its program's name."""
    return [Path(way.words[0]).name for way in ways((), find_java(system))]


def test_web_start_comes_first_where_it_runs_a_good_java(tmp_path: Path) -> None:
    """With IcedTea-Web, which takes the Java it is told, the JNLP comes first; where all Javas are too new as well."""
    lay(tmp_path, "usr/share/icedtea-web/bin/javaws.sh", "")
    (tmp_path / "usr/bin").mkdir(parents=True)
    (tmp_path / "usr/bin/javaws").symlink_to(tmp_path / "usr/share/icedtea-web/bin/javaws.sh")
    lay(tmp_path, "usr/bin/java", answer(17))
    assert opened_with(machine(tmp_path)) == ["javaws", "java"]
    good = lay(tmp_path, "opt/jre8/bin/java", answer(8))
    web_start, plain = ways((), find_java(machine(tmp_path)))
    assert (web_start.takes_jnlp, web_start.java and web_start.java.path) == (True, good)
    assert plain.words == (str(good), "-jar")


def test_the_web_start_of_java_eight_itself_comes_first(tmp_path: Path) -> None:
    """The javaws next to Java 8 is taken before any other on the search path."""
    lay(tmp_path, "usr/bin/javaws", "")
    lay(tmp_path, "usr/java/jre1.8.0_401/bin/java", answer(8))
    own = lay(tmp_path, "usr/java/jre1.8.0_401/bin/javaws", "")
    assert find_java(machine(tmp_path)).web_start == own
    assert opened_with(machine(tmp_path)) == ["javaws", "java"]


def test_a_good_java_comes_before_a_web_start_that_takes_the_newest(tmp_path: Path) -> None:
    """OpenWebStart fetches the newest Java by itself: with Java 11 at hand the jar comes first, else OpenWebStart."""
    lay(tmp_path, "opt/OpenWebStart/javaws", "")
    lay(tmp_path, "usr/bin/java", answer(17))
    assert opened_with(machine(tmp_path)) == ["javaws", "java"]
    lay(tmp_path, "opt/jre11/bin/java", answer(11))
    assert opened_with(machine(tmp_path)) == ["java", "javaws"]


def test_a_configured_command_is_the_only_way() -> None:
    """A configured command is the only way; without Java there isn't one."""
    assert [way.words for way in ways(("my", "starter"), Java(None, None))] == [("my", "starter")]
    assert ways((), Java(None, None)) == ()


def test_the_app_is_told_the_java_that_was_chosen(tmp_path: Path) -> None:
    """The opened program's JAVA_HOME is the chosen Java's, however stale the person's own is."""
    lay(tmp_path, "opt/jre8/bin/java", answer(8))
    starts = lay(tmp_path, "usr/bin/javaws", 'echo "$JAVA_HOME" > told')
    way = ways((), find_java(machine(tmp_path)))[0]
    assert way.words == (str(starts),)
    starter = Starter({"PATH": "/usr/bin:/bin", "JAVA_HOME": "/nonexistent/java6"})
    assert starter.open(way, AppFile("KamuSM-eimza.jnlp", b"<jnlp/>"))
    process = starter._process
    assert process is not None
    assert starter._folder is not None
    folder = starter._folder.path
    assert process.wait(30) == 0
    assert (folder / "told").read_text().strip() == str(tmp_path / "opt/jre8")
    starter.close()


def test_open_web_start_is_found_where_it_is_installed(tmp_path: Path) -> None:
    """It is on no search path on Windows and macOS, so its own places are looked at."""
    place = tmp_path / "OpenWebStart" / "javaws.exe"
    place.parent.mkdir()
    place.touch()
    assert find_java(System("windows", env={"ProgramFiles": str(tmp_path)})).web_start == place
    stub = tmp_path / "Applications/OpenWebStart/OpenWebStart javaws.app/Contents/MacOS/JavaApplicationStub"
    stub.parent.mkdir(parents=True)
    stub.touch()
    assert find_java(System("macos", root=tmp_path)).web_start == stub


@pytest.mark.parametrize(("versions", "warned"), [((17,), True), ((17, 11), False), ((), False)])
def test_an_app_opened_with_a_newer_java_is_warned_of(tmp_path: Path, versions: tuple[int, ...], warned: bool) -> None:
    """While the app opens with a Java that is too new the person reads why the card may not show, and the remedy."""
    for version in versions:
        lay(tmp_path, f"usr/lib/jvm/{version}/bin/java", answer(version))
    app = OfficialApp(HostRule.real(), system=machine(tmp_path))
    app._code = "968121968799342"
    app._state = "opened"
    app._opened_with(ways((), find_java(machine(tmp_path)))[0] if versions else Way(("x",), True, True))
    advice = app.advice()
    assert advice is not None
    assert any("Java 17" in line and "Temurin" in line for line in advice.lines) is warned
    app.close()


# --- what to install ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (System("linux", ("debian",)), "Temurin 11"),
        (System("linux", ("ubuntu", "debian")), "sudo apt install openjdk-11-jre"),
        (System("linux", ("pardus", "debian")), "Temurin 11"),
        (System("linux", ("fedora",)), "dnf install"),
        (System("windows"), "winget install EclipseAdoptium.Temurin.11.JRE"),
        (System("macos"), "brew install --cask temurin@11"),
        (System("linux", ("gentoo",)), "adoptium.net"),
    ],
)
def test_it_says_exactly_what_to_install(system: System, words: str) -> None:
    """Every system has its own command, and each leads to Java 8 or 11, never to a newer one."""
    for language in ("tr", "en"):
        said = what_to_install(language, system)
        assert words in said
        assert not {"17", "21", "25", "default-jre", "icedtea"} & set(said.replace(".", " ").split())
    assert "1.8" in what_opens_jnlp("tr")


@pytest.mark.parametrize(
    ("offered", "words"),
    [
        (
            ("openjdk-11-jre", "openjdk-8-jre"),
            "Java 11 kurunuz. Terminalde şu komutu çalıştırınız: sudo apt install openjdk-11-jre",
        ),
        (("openjdk-8-jre",), "Java 8 kurunuz. Terminalde şu komutu çalıştırınız: sudo apt install openjdk-8-jre"),
        (("temurin-8-jre",), "sudo apt install temurin-8-jre"),
        ((), "adoptium.net"),
    ],
)
def test_apt_is_asked_what_is_to_be_had(tmp_path: Path, offered: tuple[str, ...], words: str) -> None:
    """Debian 12 has no package of Java 8 or 11, other releases and added repositories have: apt itself is asked."""
    told = "".join(
        f"{name}:\n  Installed: (none)\n  Candidate: {'11.0.22' if name in offered else '(none)'}\n  Version table:\n"
        for name in ("openjdk-11-jre", "openjdk-8-jre", "temurin-8-jre")
    )
    lay(tmp_path, "usr/bin/apt-cache", f"cat <<'END'\n{told}END")
    assert words in what_to_install("tr", machine(tmp_path))


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("apt-cache") is None, reason="apt is not here")
def test_what_is_recommended_on_this_machine_is_to_be_had() -> None:
    """A package that is named here is one that the real apt has a candidate for."""
    from assistant.setup.command import run_command

    said = what_to_install("tr")
    if "apt install" in said:
        package = said.rsplit(" ", 1)[1]
        assert "Candidate: (none)" not in (run_command(["apt-cache", "policy", package]) or "Candidate: (none)")
    else:
        assert "adoptium.net" in said
