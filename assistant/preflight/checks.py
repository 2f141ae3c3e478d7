"""Runs all checks in parallel with one deadline. A broken or slow check doesn't hold up the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from queue import Empty, SimpleQueue

from loguru import logger

from assistant.preflight import card as of_card
from assistant.preflight import java, machine
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Check, Finding

DEADLINE_S = 30.0
"""Timeout for the whole preflight, seconds."""
SHORT_DEADLINE_S = 8.0

MACHINE_CHECKS: tuple[Check, ...] = (
    machine.check_system,
    machine.check_browser,
    machine.check_addresses,
    machine.check_display,
    machine.check_clipboard,
    machine.check_clock,
    machine.check_room,
    java.check_java,
    java.check_jnlp,
)
CARD_CHECKS: tuple[Check, ...] = (
    of_card.check_service,
    of_card.check_readers,
    of_card.check_card,
    of_card.check_modules,
    of_card.check_pin,
    of_card.check_certificates,
)
SHORT_CHECKS: tuple[Check, ...] = (
    machine.check_browser,
    machine.check_addresses,
    machine.check_display,
    machine.check_clipboard,
    machine.check_clock,
    machine.check_room,
    java.check_java,
    java.check_jnlp,
    of_card.check_service,
    of_card.check_readers,
    of_card.check_card,
)
"""Checks that load no card driver. We hear from a driver when the card is used."""
_OF_THE_APP: tuple[Check, ...] = (machine.check_clipboard, java.check_java, java.check_jnlp)
_BLOCKS_A_START = frozenset({"browser", "addresses", "display", "clock", "room"})


def examine(
    desk: Workstation | None = None, extra: Iterable[Check] = (), deadline_s: float = DEADLINE_S
) -> list[Finding]:
    """Run every check, then *extra*. Findings come in the order of the checks."""
    return run_checks((*MACHINE_CHECKS, *CARD_CHECKS, *extra), desk or Workstation(), deadline_s)


def examine_card(desk: Workstation | None = None, deadline_s: float = DEADLINE_S) -> list[Finding]:
    """Run only the card checks."""
    return run_checks(CARD_CHECKS, desk or Workstation(), deadline_s)


def short(
    desk: Workstation | None = None,
    *,
    official_app: bool = True,
    card: bool = True,
    deadline_s: float = SHORT_DEADLINE_S,
) -> list[Finding]:
    """Run the checks that matter before a guided run.

    Whatever can still be fixed on the way (reader, card, Java) only warns; ``block`` means that starting is pointless.
    Without *official_app* we skip Java and the clipboard; without *card* (practice uses a virtual one) the readers.
    """
    left_out = (() if official_app else _OF_THE_APP) + (() if card else CARD_CHECKS)
    checks = [check for check in SHORT_CHECKS if check not in left_out]
    return [_for_a_start(finding) for finding in run_checks(checks, desk or Workstation(), deadline_s)]


def for_a_person(desk: Workstation, *, official_app: bool) -> list[Finding]:
    """Run the checks that show early whether *desk* can sign: readers, card, PIN, certificates; Java for the app.

    Anything already looked at isn't looked at again.
    """
    checks = (*(_OF_THE_APP if official_app else ()), *CARD_CHECKS)
    return run_checks([check for check in checks if check is not of_card.check_modules], desk, SHORT_DEADLINE_S * 2)


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any of *findings* blocks."""
    return any(finding.level == "block" for finding in findings)


def run_checks(checks: Sequence[Check], desk: Workstation, deadline_s: float) -> list[Finding]:
    """Run *checks* in parallel and return what they found within *deadline_s* seconds."""
    done: SimpleQueue[tuple[int, list[Finding]]] = SimpleQueue()
    for number, check in enumerate(checks):
        # Daemon threads: a check that hangs doesn't keep the program from ending.
        threading.Thread(target=_run_one, args=(number, check, desk, done), daemon=True).start()
    results: dict[int, list[Finding]] = {}
    until = time.monotonic() + deadline_s
    while len(results) < len(checks):
        try:
            number, findings = done.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            break
        results[number] = findings
    found: list[Finding] = []
    for number, check in enumerate(checks):
        text = desk.say("check.late")
        late = Finding(_name(check), "warn", f"{_name(check)}: {text}.", desk.say("check.again"))
        found.extend(results.get(number, [late]))
    return found


def _run_one(number: int, check: Check, desk: Workstation, done: SimpleQueue[tuple[int, list[Finding]]]) -> None:
    try:
        done.put((number, list(check(desk))))
    except Exception as error:  # noqa: BLE001 (one bad check never breaks the others)
        name = _name(check)
        text = desk.say("check.failed")
        logger.debug("check {} failed: {}", name, type(error).__name__)
        done.put((number, [Finding(name, "warn", f"{name}: {text} ({type(error).__name__}).")]))


def _name(check: Check) -> str:
    function = getattr(check, "func", check)  # a partial has no name
    return str(getattr(function, "__name__", "check")).removeprefix("check_")


def _for_a_start(finding: Finding) -> Finding:
    if finding.level != "block" or finding.id in _BLOCKS_A_START:
        return finding
    return Finding(finding.id, "warn", finding.text, finding.remedy)
