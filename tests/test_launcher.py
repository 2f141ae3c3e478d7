"""The launcher `./eonay` with real environments, which the real pip makes from a lock file of tiny local packages."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.launcher_copy import BASE_PYTHON, Copy, make_wheel, new_copy, with_quick_uv

if sys.platform == "win32":
    pytest.skip("eonay is a POSIX shell script", allow_module_level=True)

import fcntl


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep the other workers of a parallel run out while this one works."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture
def bare(tmp_path: Path) -> Copy:
    """A copy with nothing set up."""
    return new_copy(tmp_path)


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, dict[str, Any]]:
    """The very first start, done once: the copy's folder and what the launcher said."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    top = shared / "launcher-first-start"
    with one_at_a_time(shared / "launcher.lock"):
        if not (top / "said.json").exists():
            done = new_copy(top).start("kuru çalıştırma", "--json", "", "a*b", "$HOME")
            said = {"code": done.returncode, "out": done.stdout, "err": done.stderr}
            (top / "said.json").write_text(json.dumps(said), encoding="utf-8")
    return top, json.loads((top / "said.json").read_text(encoding="utf-8"))


@pytest.fixture
def ready(first_start: tuple[Path, dict[str, Any]], tmp_path: Path) -> Copy:
    """A copy that is already set up."""
    shutil.copytree(first_start[0], tmp_path / "ready", symlinks=True)
    return Copy(tmp_path / "ready")


def handed_over(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return what the launcher started the program with."""
    assert done.returncode == 5, done.stderr
    return dict(json.loads(done.stdout))


def test_first_start_sets_up_and_hands_over(first_start: tuple[Path, dict[str, Any]]) -> None:
    """The first start builds the environment from the lock file and passes every argument on unchanged."""
    top, said = first_start
    copy = Copy(top)
    assert said["code"] == 5, said["err"]
    program = json.loads(said["out"])
    assert program["arguments"] == ["kuru çalıştırma", "--json", "", "a*b", "$HOME"]
    assert program["first_path"] == str(copy.checkout)
    assert program["safe_path"] is True
    assert program["folder"] == str(top)
    assert program["prefix"] == str(copy.venv)
    assert (program["probe"], program["dev"]) == ("1.0", None)


def test_set_up_leaves_standard_output_to_the_program(first_start: tuple[Path, dict[str, Any]]) -> None:
    """Setting up prints one line, on standard error. Standard output belongs to the program."""
    said = first_start[1]
    assert len(said["out"].splitlines()) == 1
    assert said["err"].splitlines() == ["eonay: İlk kullanım için hazırlanıyor (bir iki dakika sürebilir) …"]


def test_second_start_needs_no_python_pip_or_uv(ready: Copy) -> None:
    """If there is nothing to set up, the launcher says nothing and only runs `cmp` before the program."""
    tools = ready.top / "tools"
    tools.mkdir()
    cmp = shutil.which("cmp")
    assert cmp is not None
    (tools / "cmp").write_text(f'#!/bin/sh\necho cmp >>"{ready.top}/calls"\nexec {cmp} "$@"\n')
    (tools / "cmp").chmod(0o755)
    done = ready.start("x", env={"PATH": str(tools), "EONAY_PYTHON": ""})
    assert handed_over(done)["probe"] == "1.0"
    assert done.stderr == ""
    assert (ready.top / "calls").read_text().split() == ["cmp"]


def test_starts_through_links_from_anywhere(ready: Copy) -> None:
    """The launcher finds its checkout through a chain of links, even relative ones, from any current folder."""
    (ready.top / "bir yer").mkdir()
    first = ready.top / "bir yer" / "eonay-kısayol"
    first.symlink_to(Path("..") / ready.checkout.name / "eonay")
    second = ready.bin / "eonay"
    second.symlink_to(first)
    for program in (second, "eonay"):
        done = ready.start("x", program=program, cwd=ready.top / "bir yer")
        assert handed_over(done)["first_path"] == str(ready.checkout)


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox"])
def test_starts_under_every_common_shell(ready: Copy, shell: str) -> None:
    """The script runs under every usual shell, and also when the shell gets just its bare name."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not on this machine")
    words = [found, *(("sh",) if shell == "busybox" else ())]
    done = ready.start(*words[1:], "eonay", "x", program=words[0], cwd=ready.checkout)
    assert handed_over(done)["arguments"] == ["x"]


def test_a_changed_lock_file_renews_the_environment(ready: Copy) -> None:
    """When the lock file changes, the next start installs what it says now and keeps nothing old."""
    with_quick_uv(ready)
    leftover = ready.venv / "leftover"
    leftover.touch()
    ready.lock("requirements.lock", make_wheel(ready.top / "packages", "eonay-probe", "2.0"))
    done = ready.start("x")
    assert handed_over(done)["probe"] == "2.0"
    assert not leftover.exists()
    assert done.stderr.splitlines() == ["eonay: Gerekli paketler güncelleniyor …"]


def test_an_environment_behind_a_link_is_renewed_where_it_is(ready: Copy) -> None:
    """If the environment is a link to another place, the launcher renews it there instead of leaving it empty."""
    with_quick_uv(ready)
    elsewhere = ready.top / "elsewhere"
    ready.venv.rename(elsewhere)
    ready.venv.symlink_to(elsewhere)
    ready.lock("requirements.lock", make_wheel(ready.top / "packages", "eonay-probe", "2.0"))
    assert handed_over(ready.start("x"))["probe"] == "2.0"
    assert ready.venv.is_symlink()


def test_an_interpreter_that_went_away_is_replaced(ready: Copy) -> None:
    """If the system's Python has moved on, the launcher rebuilds the environment instead of failing."""
    with_quick_uv(ready)
    for link in (ready.venv / "bin").glob("python*"):
        link.unlink()
        link.symlink_to("/nowhere/python3.10")
    assert handed_over(ready.start("x"))["probe"] == "1.0"


def test_only_the_test_command_brings_the_test_tools(ready: Copy) -> None:
    """`eonay test` adds the packages of the development lock. Other commands don't add them and don't touch them."""
    with_quick_uv(ready)
    assert handed_over(ready.start("guide", "test"))["dev"] is None
    done = ready.start("--lang", "en", "test", "-k", "x")
    assert handed_over(done)["dev"] == "1.0"
    assert done.stderr.splitlines() == ["eonay: Installing the test tools …"]
    assert handed_over(ready.start("test"))["dev"] == "1.0"
    later = ready.start("x")
    assert (handed_over(later)["dev"], later.stderr) == ("1.0", "")


def test_an_interrupted_set_up_is_done_again(bare: Copy) -> None:
    """If setup is killed halfway, the next start doesn't mistake the half-made environment for a whole one."""
    os.mkfifo(bare.top / "reached")
    hanging = bare.tool("uv", f'mkdir -p "{bare.venv}/bin"; : >"{bare.venv}/bin/python"; echo >"{bare.top}/reached"')
    hanging.write_text(hanging.read_text() + f'read -r x <"{bare.top}/reached"\n')
    start = subprocess.Popen(
        [str(bare.checkout / "eonay"), "x"],
        env=bare.environment({}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with (bare.top / "reached").open() as reached:
        reached.readline()
    os.killpg(start.pid, signal.SIGKILL)
    start.wait()
    with_quick_uv(bare)
    assert (bare.venv / "bin" / "python").exists()
    assert handed_over(bare.start("x"))["probe"] == "1.0"


def test_two_first_starts_at_once_set_up_once(bare: Copy) -> None:
    """Of two first starts at the same moment, one sets up, the other waits, and both run."""
    with_quick_uv(bare)
    words = [str(bare.checkout / "eonay"), "x"]
    both = [
        subprocess.Popen(words, env=bare.environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ends = [(*process.communicate(), process.returncode) for process in both]
    assert [code for *_, code in ends] == [5, 5]
    assert all(json.loads(out)["probe"] == "1.0" for out, *_ in ends)
    said = "".join(err for _, err, _ in ends)
    assert said.count("İlk kullanım") == 1


def test_an_index_out_of_reach_is_said_in_one_paragraph(bare: Copy) -> None:
    """With no network and an empty cache, it says so in one line and leaves nothing that looks like an environment."""
    index = {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:1/simple"}
    done = bare.start("x", env={**index, "PIP_RETRIES": "0"})
    assert (done.returncode, done.stdout) == (6, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "internete veya paket deposuna ulaşılamıyor" in lines[1]
    assert str(bare.venv / "setup.log") in lines[1]
    assert not (bare.venv / "requirements.lock").exists()


def test_a_package_that_is_not_the_locked_one_is_refused(ready: Copy) -> None:
    """If a file's hash differs from the lock file, it isn't installed and the person learns why."""
    ready.lock("requirements.lock", make_wheel(ready.top / "packages", "eonay-probe", "3.0"))
    with (ready.top / "packages" / "eonay_probe-3.0-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"\0")
    done = ready.start("x")
    assert (done.returncode, done.stdout) == (6, "")
    assert "özet değeri tutmuyor" in done.stderr


def test_uv_is_used_where_it_is(bare: Copy) -> None:
    """If uv is on the search path, it makes the environment from the same lock file, with the hashes."""
    with_quick_uv(bare)
    assert handed_over(bare.start("x"))["probe"] == "1.0"
    venv, install = (bare.top / "uv-calls").read_text().splitlines()
    assert venv.startswith("venv ")
    assert install.startswith("pip install ")
    assert "--require-hashes" in install


@pytest.mark.nightly(sample="tests/test_launcher.py::test_first_start_sets_up_and_hands_over")
def test_pip_takes_over_where_uv_fails(bare: Copy) -> None:
    """If uv fails (perhaps it doesn't know pip's mirror), pip does the job."""
    bare.tool("uv", f'echo "$@" >>"{bare.top}/calls"; exit 2')
    assert handed_over(bare.start("x"))["probe"] == "1.0"
    assert (bare.top / "calls").exists()


def test_a_read_only_checkout_is_set_up_in_the_cache_folder(ready: Copy) -> None:
    """If the checkout is read-only, the environment goes into the person's cache folder and stays there."""
    with_quick_uv(ready)
    shutil.rmtree(ready.venv)
    start = [str(ready.checkout / "eonay"), "x"]
    if os.geteuid() == 0:
        if subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode != 0:
            pytest.skip("root can write everywhere, and may not mount here")
        script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && shift 0 && exec "$@"'
        start = ["unshare", "--mount", "sh", "-c", script, str(ready.checkout), *start]
    ready.checkout.chmod(0o555)
    try:
        for _ in range(2):
            done = ready.start(*start[1:], program=start[0])
            assert Path(handed_over(done)["prefix"]).is_relative_to(ready.top / "home" / ".cache" / "eonay")
        assert done.stderr == ""
    finally:
        ready.checkout.chmod(0o755)
    assert not ready.venv.exists()


# --- a machine without the right Python ------------------------------------------------------------------------


@pytest.fixture
def few_tools(bare: Copy) -> Callable[..., dict[str, str]]:
    """Strip the machine down to the tools every system has; none of them can install anything."""

    def leave(*names: str) -> dict[str, str]:
        for name in ("cat", "cmp", "env", "id", "ln", "rm", "tail", "uname", *names):
            found = shutil.which(name)
            assert found is not None
            (bare.bin / name).symlink_to(found)
        return {"PATH": str(bare.bin), "EONAY_PYTHON": ""}

    return leave


def os_release() -> str:
    """Return the lines that tell the launcher which distribution this is."""
    try:
        return Path("/etc/os-release").read_text(encoding="utf-8").lower()
    except OSError:
        return ""


def test_without_python_the_command_is_named(bare: Copy, few_tools: Callable[..., dict[str, str]]) -> None:
    """Without Python, one line says which version is needed and what to type on this system."""
    only = few_tools()
    for language, words in (("tr", "Python 3.11 veya daha yenisi"), ("en", "Python 3.11 or newer")):
        done = bare.start(f"--lang={language}", "x", env=only)
        assert (done.returncode, done.stdout) == (6, "")
        assert len(done.stderr.splitlines()) == 1
        assert words in done.stderr
        if "debian" in os_release():
            assert done.stderr.rstrip().endswith("sudo apt install python3 python3-venv")


def test_a_python_that_is_too_old_is_named(bare: Copy, few_tools: Callable[..., dict[str, str]]) -> None:
    """The launcher won't use an older Python, and the message says which one it found."""
    bare.tool("python3", 'case "$*" in *print*) echo 3.9 ;; *) exit 4 ;; esac')
    done = bare.start("x", env=few_tools())
    assert done.returncode == 6
    assert "(bu bilgisayardaki: 3.9)" in done.stderr


@pytest.mark.skipif("debian" not in os_release(), reason="apt is Debian's")
@pytest.mark.parametrize("lists", ["present", "missing"])
def test_apt_brings_the_missing_part_of_python(
    bare: Copy, few_tools: Callable[..., dict[str, str]], lists: str
) -> None:
    """If no question is needed, apt installs the missing package. It fetches package lists only if it must."""
    # Stands in for a Python that has no venv package until apt installs it.
    bare.tool(
        "python3",
        f'''[ -e "{bare.top}/brought" ] && exec "{BASE_PYTHON}" "$@"
case "$*" in *print*) echo python3.12-venv ;; *) exit 3 ;; esac''',
    )
    with_quick_uv(bare)
    (bare.bin / "uv").rename(bare.top / "uv")
    if lists == "present":
        (bare.top / "updated").touch()
    bare.tool(
        "apt-get",
        f'''echo "$DEBIAN_FRONTEND $*" >>"{bare.top}/calls"
case "$*" in *update*) : >"{bare.top}/updated"; exit 0 ;; esac
[ -e "{bare.top}/updated" ] || exit 100
: >"{bare.top}/brought"
mv "{bare.top}/uv" "{bare.bin}/uv"  # only so that the rest is quick''',
    )
    bare.tool("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    done = bare.start("x", env=few_tools("mv", "true"))
    assert handed_over(done)["probe"] == "1.0"
    calls = (bare.top / "calls").read_text().splitlines()
    assert len(calls) == (1 if lists == "present" else 3)
    assert calls[-1].startswith("noninteractive ")
    assert calls[-1].endswith(" python3.12-venv")
    assert done.stderr.splitlines()[0] == "eonay: Python bileşenleri kuruluyor (python3.12-venv) …"
