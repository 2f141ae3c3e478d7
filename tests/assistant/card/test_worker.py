"""The process around a module: hangs, crashes, chatter, and what it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.base.errors import CardError
from assistant.card.child import child_command, child_environment
from assistant.card.credential import TokenCredential
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from tests.assistant.card.conftest import PIN, MakeScripted, MakeToken, Scripted
from tests.sampling import sampled

DATA = b"data"
HANGING = ("load", "C_Initialize", "C_GetSlotList", "C_OpenSession", "C_GetAttributeValue")


def code_of(card: Pkcs11Card) -> str:
    """Return the reason for which looking fails."""
    with pytest.raises(CardError) as caught:
        card.look()
    return caught.value.code


def process_of(card: Pkcs11Card) -> subprocess.Popen[bytes]:
    """Return the worker's process."""
    assert card._worker is not None
    return card._worker._process


def test_a_module_that_is_not_there(tmp_path: Path) -> None:
    """A path at which nothing is, is a missing module, found out without starting anything."""
    card = Pkcs11Card(tmp_path / "akisp11.so")
    card.start()

    assert code_of(card) == "module_missing"
    assert card._worker is None


@pytest.mark.parametrize("content", [b"", b"MZ not a library", b"\x7fELF" + bytes(60)])
def test_a_file_that_is_no_module(tmp_path: Path, content: bytes) -> None:
    """A file that can't be loaded is a broken module."""
    path = tmp_path / "module.so"
    path.write_bytes(content)
    card = Pkcs11Card(path)

    assert code_of(card) == "module_broken"
    card.close()


def test_a_library_that_is_no_module() -> None:
    """A library without the functions of PKCS#11 is a broken module; so is a name that no library has."""
    for name in ("libc.so.6", "libnosuchmodule.so"):
        card = Pkcs11Card(name)
        assert code_of(card) == "module_broken"
        card.close()


@pytest.mark.parametrize("call", sampled(HANGING, every_run=["load", "C_GetAttributeValue"]))
def test_a_module_that_hangs_is_abandoned(scripted: MakeScripted, call: str) -> None:
    """Wherever a module hangs, even while it is being loaded, the call ends at its deadline and the process is gone."""
    made = scripted(hang=call, seconds=1.0)
    made.card.start()
    process = process_of(made.card)

    assert code_of(made.card) == "module_hung"
    assert process.poll() is not None


def test_after_a_hang_the_next_call_starts_afresh(scripted: MakeScripted) -> None:
    """A module that hung once is given another process and another chance."""
    made = scripted(hang="C_OpenSession", seconds=1.0)
    assert code_of(made.card) == "module_hung"

    made.card._environment["SCRIPT_HANG"] = ""
    made.card._deadlines = type(made.card._deadlines)()

    assert len(made.card.look().certificates) == 1


@pytest.mark.parametrize(("way", "expected"), [("hang", "module_hung"), ("crash", "module_broken")])
def test_a_pin_that_may_have_been_sent_is_wiped(scripted: MakeScripted, way: str, expected: str) -> None:
    """When the module hangs or crashes in the login, nobody knows what the card took: the PIN isn't used again."""
    made = scripted(sign_seconds=0.5, **{way: "C_Login"})
    (certificate,) = made.card.look().certificates
    pin = Pin(PIN)

    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, pin)

    assert caught.value.code == expected
    assert pin.wiped
    assert len(made.calls("C_Login user")) == 1


@pytest.mark.parametrize("call", ["C_Initialize", "C_OpenSession"])
def test_a_module_that_crashes_takes_nobody_with_it(scripted: MakeScripted, call: str) -> None:
    """A crash in the module is one error here, and the next call has a fresh process."""
    made = scripted(crash=call)

    assert code_of(made.card) == "module_broken"
    made.card._environment["SCRIPT_CRASH"] = ""
    assert made.card.look().certificates


def test_a_worker_that_was_killed_is_replaced(token: MakeToken, ayse: TokenCredential) -> None:
    """When something kills the idle worker, the next call goes on with another."""
    card = token(ayse)
    (certificate,) = card.look().certificates
    process = process_of(card)
    process.kill()
    process.wait()

    assert card.sign(certificate, DATA, Pin(PIN))
    assert process_of(card).pid != process.pid


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_killed_at_work_is_a_broken_module(scripted: MakeScripted) -> None:
    """When the worker is killed while the module works, the waiting call ends at once."""
    made = scripted(hang="C_OpenSession", seconds=60.0)
    made.card.start()
    process = process_of(made.card)
    threading.Thread(target=_kill_when_called, args=(made, process, "C_OpenSession")).start()
    begun = time.monotonic()

    assert code_of(made.card) == "module_broken"
    assert time.monotonic() - begun < 30


def _kill_when_called(made: Scripted, process: subprocess.Popen[bytes], call: str) -> None:
    while call not in made.calls() and process.poll() is None:
        os.sched_yield()
    process.kill()


def test_what_a_module_prints_goes_nowhere(scripted: MakeScripted, capfd: pytest.CaptureFixture[str]) -> None:
    """A module that writes to standard output disturbs neither the protocol nor the person's terminal."""
    made = scripted(chatty="1")

    assert len(made.card.look().certificates) == 1
    made.card.close()
    assert capfd.readouterr() == ("", "")


def test_no_secret_is_in_arguments_or_environment(scripted: MakeScripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that may be secret don't reach the vendor's process, and its command line says nothing."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("needs /proc")
    monkeypatch.setenv("EONAY_PIN", PIN)
    monkeypatch.setenv("EONAY_PASSWORD", "Cicek.Bahce-71")
    made = scripted()
    (certificate,) = made.card.look().certificates
    with pytest.raises(CardError):
        made.card.sign(certificate, DATA, Pin(PIN))
    folder = Path("/proc") / str(process_of(made.card).pid)

    environment = (folder / "environ").read_bytes()
    assert b"SCRIPT_LOG" in environment
    for secret in (b"EONAY_", PIN.encode(), b"Cicek"):
        assert secret not in environment
        assert secret not in (folder / "cmdline").read_bytes()


def test_starting_early_returns_at_once(scripted: MakeScripted) -> None:
    """Starting doesn't wait for the module, even for one that never answers."""
    made = scripted(hang="load", seconds=60.0)
    begun = time.monotonic()

    made.card.start()
    made.card.close()

    assert time.monotonic() - begun < 20


def test_what_was_read_early_is_used(scripted: MakeScripted) -> None:
    """After starting, the first look reads nothing a second time; the second look does."""
    made = scripted()
    made.card.start()
    made.card.look()
    first = len(made.calls("C_OpenSession"))
    made.card.look()

    assert (first, len(made.calls("C_OpenSession"))) == (1, 2)


def test_an_empty_reader_is_looked_at_again(scripted: MakeScripted) -> None:
    """A card plugged in after the start is found: an early "nothing there" isn't believed."""
    made = scripted(empty="1")
    made.card.start()

    assert code_of(made.card) == "card_missing"
    assert len(made.calls("C_GetSlotList")) >= 2


def test_signing_waits_for_what_was_started(scripted: MakeScripted) -> None:
    """A signature right after the start neither overtakes the look nor gets mixed up with it."""
    made = scripted()
    (certificate,) = made.card.look().certificates
    made.card._drop_worker()
    made.card.start()

    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code == "key_missing"  # the scripted signature is empty


def test_closing_ends_the_process(scripted: MakeScripted) -> None:
    """After closing no process is left, the module was finalised, and closing again is harmless."""
    made = scripted()
    made.card.look()
    process = process_of(made.card)

    made.card.close()
    made.card.close()

    assert process.poll() is not None
    assert made.calls()[-1] == "C_Finalize"
    with pytest.raises(RuntimeError):
        made.card.look()


def test_closing_frees_a_waiting_call(scripted: MakeScripted) -> None:
    """Closing the card from another thread ends a call that hangs, long before its deadline."""
    made = scripted(hang="C_OpenSession", seconds=60.0)
    made.card.start()
    codes: list[str] = []
    waiting = threading.Thread(target=lambda: codes.append(code_of(made.card)))
    waiting.start()
    while not made.calls("C_OpenSession"):
        os.sched_yield()

    made.card.close()
    waiting.join(10)

    assert codes == ["module_broken"]


def test_the_process_ends_with_the_card(scripted: MakeScripted, scripted_library: Path) -> None:
    """A card that nobody closes leaves no process behind."""
    log = str(scripted().log)
    card = Pkcs11Card(scripted_library, None, {"SCRIPT_LOG": log, "SCRIPT_HANG": "load"})
    card.start()
    process = process_of(card)

    del card

    assert process.wait(10) is not None


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("hang", ["", "C_OpenSession"])
def test_the_process_ends_with_the_program(scripted_library: Path, tmp_path: Path, hang: str) -> None:
    """When the program is killed outright, the worker ends by itself, idle or hung."""
    script = (
        "import sys, os, signal\n"
        "from assistant.card.process import Pkcs11Card\n"
        "card = Pkcs11Card(sys.argv[1])\n"
        "card.start()\n"
        "print(card._worker._process.pid, flush=True)\n"
        "while not os.path.exists(os.environ['SCRIPT_LOG']): pass\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = child_environment({"SCRIPT_LOG": str(tmp_path / "log"), "SCRIPT_HANG": hang})
    done = subprocess.run(
        [sys.executable, "-c", script, str(scripted_library)], env=environment, capture_output=True, check=False
    )
    worker = int(done.stdout)

    deadline = time.monotonic() + 20
    while _runs(worker):
        assert time.monotonic() < deadline, "the worker outlived the program"
        os.sched_yield()


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_ctrl_c_is_not_the_workers(scripted: MakeScripted, number: signal.Signals) -> None:
    """An interrupt from the terminal reaches the worker too, and is left to the assistant to answer."""
    made = scripted()
    made.card.look()
    process = process_of(made.card)

    process.send_signal(number)

    assert made.card.look().certificates
    assert process_of(made.card) is process


def test_rubbish_on_the_wire_ends_the_worker() -> None:
    """A worker that is spoken to in anything but its protocol just ends."""
    done = subprocess.run(
        child_command("assistant.card.worker"),
        input=b"GET / HTTP/1.1\r\n\r\n",
        env=child_environment({}),
        capture_output=True,
        timeout=30,
        check=False,
    )

    assert done.stdout == b""


def test_an_interrupted_call_confuses_no_later_one(scripted: MakeScripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl+C during a call, its late answer isn't taken for the answer to the next."""
    made = scripted()
    made.card.start()
    worker = made.card._worker
    assert worker is not None

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "await_reply", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made.card.look()

    assert made.card._worker is None
    assert made.card.look().certificates


def test_what_was_read_early_keeps(scripted: MakeScripted) -> None:
    """A look that was answered in time is good however much later it is picked up."""
    made = scripted()
    made.card.start()
    worker = made.card._worker
    assert worker is not None
    while worker._replies.empty():
        os.sched_yield()
    made.card._first_look_until = time.monotonic() - 60

    assert made.card.look().certificates
    assert made.calls("C_OpenSession") == ["C_OpenSession"]
