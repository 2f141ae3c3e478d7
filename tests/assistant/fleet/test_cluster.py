"""Runs on other machines, by Dask's own scheduler and workers: each result once, whatever becomes of one of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.base.errors import SetupError, UsageError
from assistant.fleet import Fleet, TakenOver
from assistant.fleet.cluster import check_address, cluster
from assistant.guide.pictures import Wanted, take_with_all_cores
from assistant.rehearsal.report.record import read_report
from tests.assistant.commands import ROOT, started
from tests.assistant.fleet.counting import Counting
from tests.assistant.fleet.dask import Machines, machines
from tests.assistant.processes import left_over, living, wait_for_the_end

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted by /proc")

ONE, OTHER = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    """A scheduler and two workers at two addresses."""
    with machines(tmp_path / "there", ONE, OTHER) as there:
        yield there


def all_counted(count: int, there: Machines, killed_after: int) -> list[TakenOver]:
    """Have that many tasks done and one worker killed on the way; every task is told once. Return who took over."""
    told: Counter[int] = Counter()
    taken_over: list[TakenOver] = []

    def note(number: int) -> None:
        told[number] += 1
        if told.total() == killed_after:
            there.kill(ONE)

    with cluster(there.address) as engine:
        assert Fleet(range(count), 0, Counting(), note, taken_over.append, engine.executor).run()
    assert told == Counter(range(count))
    return taken_over


def test_a_worker_that_is_killed_loses_and_doubles_nothing(two: Machines) -> None:
    """Every task's result comes once; what the killed worker was at is named, with who does it now."""
    taken_over = all_counted(60, two, killed_after=20)
    assert taken_over
    for one in taken_over:
        assert ONE in one.lost
        assert OTHER in one.by


@pytest.mark.nightly(
    sample="tests/assistant/fleet/test_cluster.py::test_a_worker_that_is_killed_loses_and_doubles_nothing"
)
def test_a_thousand_dry_runs(two: Machines, tmp_path: Path) -> None:
    """Of 1,000 dry runs none is lost or doubled, though a worker is killed after the first ones."""
    killed_under_dry_runs(two, tmp_path, 1000)


@pytest.mark.nightly(
    sample="tests/assistant/fleet/test_cluster.py::test_a_worker_that_is_killed_loses_and_doubles_nothing"
)
def test_one_of_two_workers_is_killed_under_dry_runs(two: Machines, tmp_path: Path) -> None:
    """The report has every run once, the one that was taken over is named, and no process is left."""
    killed_under_dry_runs(two, tmp_path, 5)


def killed_under_dry_runs(there: Machines, home: Path, count: int) -> None:
    """Make that many dry runs, kill a worker after the first one, and look at what is told."""
    args = ("already-consented", "--repeat", str(count), "--report", str(home / "r"), "--lang", "en")
    process = started("dry-run", *args, "--cluster", there.address, home=home)
    assert process.stderr is not None
    assert "already_consented" in process.stderr.readline()
    there.kill(ONE)
    _, said = process.communicate(timeout=60 + 10 * count)
    assert process.returncode == 0, said
    report = read_report(home / "r")
    assert sorted(run.repetition for run in report.runs) == list(range(1, count + 1))
    assert (report.passed, report.jobs) == (count, 2)
    assert re.search(rf"↻ already-consented · 2026.*: tcp://{ONE}:\d+ was lost; tcp://{OTHER}:\d+ repeats it", said)
    assert re.search(r"↻ [12] taken over from lost workers: already-consented · 2026", said)
    wait_for_the_end(browsers(there.home))
    assert browsers(there.home) == {}


@pytest.mark.nightly(
    sample="tests/assistant/fleet/test_cluster.py::test_a_worker_that_is_killed_loses_and_doubles_nothing"
)
def test_an_interrupt_and_a_scheduler_that_dies(two: Machines, tmp_path: Path) -> None:
    """After Ctrl+C, or if the scheduler is lost, the report has what ran, and the workers' browsers end."""
    args = ("dry-run", "already-consented", "--repeat", "50", "--cluster", two.address, "--report", str(tmp_path / "r"))
    for ends in ("Ctrl+C", "scheduler"):
        process = started(*args, "--json", home=tmp_path)
        assert process.stderr is not None
        first = process.stderr.readline()
        assert "already_consented" in first, process.stderr.read()
        assert two.scheduler is not None
        (process if ends == "Ctrl+C" else two.scheduler).send_signal(
            signal.SIGINT if ends == "Ctrl+C" else signal.SIGKILL
        )
        told, said = process.communicate(timeout=60)
        report = read_report(tmp_path / "r")
        assert 1 <= report.passed < report.planned == 50
        assert (report.failed, "Traceback" in said) == (0, False)
        if ends == "Ctrl+C":
            assert (process.returncode, len(json.loads(told)["runs"])) == (4, len(report.runs))
        else:
            assert (process.returncode, json.loads(told)["error"]["reason"]) == (6, "cluster_lost")
        shutil.rmtree(tmp_path / "r")
    assert left_over(two.home) == {}


def test_pictures_come_from_there(tmp_path: Path) -> None:
    """The guide's pictures are the same files, wherever they were taken."""
    wanted = Wanted("2020", "tr", (), ("app-pin",), "already-consented")
    (tmp_path / "here").mkdir()
    (tmp_path / "away").mkdir()
    here = take_with_all_cores(wanted, tmp_path / "here", lambda _name: None)
    with machines(tmp_path / "there", ONE) as there:
        away = take_with_all_cores(wanted, tmp_path / "away", lambda _name: None, cluster=there.address)
    for name, takings in here.items():
        for key, shot in takings.items():
            assert away[name][key].marked == tmp_path / "away" / shot.marked.name
            assert away[name][key].marked.read_bytes() == shot.marked.read_bytes()


def test_another_version_is_refused(tmp_path: Path) -> None:
    """A worker whose code differs in one line is named, and nothing is sent to it."""
    other = tmp_path / "other"
    for package in ("assistant", "flows", "fixtures", "mock_portal"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "flows" / "words.py").open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    with (
        machines(tmp_path / "there", ONE, code=other) as there,
        pytest.raises(SetupError, match=rf"cluster_differs: tcp://{ONE}:\d+: eonay .* ≠ "),
        cluster(there.address),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "tcp://example.org:8786", "tcp://[2001:db8::1]:8786"])
def test_code_goes_to_another_machine_by_tls_only(address: str) -> None:
    """A scheduler off this machine is refused without TLS, and with it the same address is taken."""
    with pytest.raises(UsageError, match="TLS"):
        check_address(address)
    assert check_address(address.replace("tcp:", "tls:"))


def test_a_cluster_that_listens_to_the_network_is_refused(tmp_path: Path) -> None:
    """A scheduler that anybody reaches without TLS is refused also where it is reached by loopback."""
    address = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout.split()
    if not address:
        pytest.skip("this machine has no network")
    with (
        machines(tmp_path / "there", address[0]) as there,
        pytest.raises(UsageError, match=re.escape(address[0])),
        cluster(there.address),
    ):
        pass


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask isn't installed the option names the command that installs it."""
    monkeypatch.setattr("assistant.fleet.cluster.find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"eonay\[cluster\].*requirements-cluster\.lock"), cluster("tcp://127.0.0.1:9"):
        pass


def test_nothing_but_the_option_loads_dask() -> None:
    """All else works where Dask isn't installed, which is what everybody has who didn't ask for it."""
    modules = "assistant.cli.dry_run_many, assistant.cli.drift, assistant.guide.make, assistant.fleet.cluster"
    hidden = f"import sys; sys.modules['distributed'] = sys.modules['dask'] = None; import {modules}"
    subprocess.run([sys.executable, "-P", "-c", hidden], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


@pytest.mark.nightly(
    sample="tests/assistant/rehearsal/test_deadline.py::test_a_killed_command_takes_its_workers_with_it"
)
def test_a_command_that_was_killed_keeps_no_browser_open(tmp_path: Path) -> None:
    """Workers without tasks close what they have opened: a command that was killed dismisses nobody."""
    with machines(tmp_path / "there", ONE) as there:
        args = ("dry-run", "already-consented", "--repeat", "50", "--cluster", there.address)
        with started(*args, home=tmp_path) as process:
            assert process.stderr is not None
            assert "already_consented" in process.stderr.readline()
            assert browsers(there.home)
            process.kill()
        wait_for_the_end(browsers(there.home), 60)
        assert browsers(there.home) == {}
        assert there.workers[ONE].poll() is None


def browsers(home: Path) -> dict[int, str]:
    """Return the browsers of the workers whose home that is."""
    return {pid: name for pid, name in living(home).items() if "chrom" in name}
