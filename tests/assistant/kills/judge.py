"""What is wrong after a run that was hit: by the portal's ledger, the processes, the folders and the clipboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from assistant.base.outcome import reasons
from mock_portal import Act
from tests.assistant.kills.run import Ended, Place
from tests.assistant.official_app.display import clipboard_of
from tests.assistant.processes import left_over

ONCE = (Act.SIGNATURE_ACCEPTED, Act.CONSENT_GIVEN)
"""What may happen once at a portal, however often it was tried."""
NEVER = (
    Act.SHARING_REFUSED,
    Act.WITHDRAWAL_STARTED,
    Act.CONSENT_WITHDRAWN,
    Act.CERTIFICATE_REVOKED,
    Act.SUSPENSION_LIFTED,
    Act.PIN_RESET_STARTED,
    Act.PIN_RESET,
    Act.WEB_PASSWORD_CHANGED,
)
A_RUN = (Act.LOGIN, Act.SHARING_APPROVED, Act.CODE_ISSUED, Act.SIGNATURE_ACCEPTED, Act.CONSENT_GIVEN)
"""What may happen once in a run."""
_NO_ROOM = reasons("tr")["no_room"].what
_CODE = re.compile(r"(?<!\d)\d{15}(?!\d)")
_FILLER = "filler"
_OUTSIDE = ("app.py", "xclip")
"""Who outlives a run: the person's own app, and who serves the clipboard."""


def acts(at: Place) -> dict[Act, int]:
    """Return how often each act has happened."""
    return {act: at.portal.ledger.count(act) for act in Act}


def kept(at: Place) -> list[dict[str, object]]:
    """Return the receipts, oldest first."""
    folder = at.seen(at.home) / ".local" / "share" / "eonay" / "receipts"
    found = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime) if folder.is_dir() else []
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def folders(at: Place) -> set[str]:
    """Return what lies in the temporary folder."""
    return {path.name for path in at.seen(at.temporary).iterdir() if path.name != _FILLER}


def wrongs(
    at: Place, ended: Ended, before: dict[Act, int], receipts: int, lay: set[str], *, was_killed: bool
) -> Iterator[str]:
    """Yield what is wrong with a run that has ended; *before*, *receipts* and *lay* are how it was when it began.

    One that *was_killed* itself has said nothing, and what it leaves is the next start's to clean.
    """
    now = acts(at)
    yield from (f"{act} happened {now[act]} times" for act in ONCE if now[act] > 1)
    yield from (f"{act} happened" for act in NEVER if now[act])
    yield from (f"{act} happened twice in one run" for act in A_RUN if now[act] - before[act] > 1)
    if ended.hung:
        yield f"it hung: {ended.said[-4000:]}"
        return
    if not was_killed:
        yield from _ending(at, ended, receipts, signed=now[Act.SIGNATURE_ACCEPTED] > before[Act.SIGNATURE_ACCEPTED])
    if "Traceback" in ended.said or "Task exception" in ended.said or "Exception ignored" in ended.said:
        yield f"it printed a stack trace: {ended.said[-4000:]}"
    alive = {pid: line for pid, line in left_over(at.home).items() if not any(name in line for name in _OUTSIDE)}
    if alive:
        yield f"left processes: {list(alive.values())}"
    left = folders(at)
    if old := left & lay:
        yield f"the start left folders of the run before: {sorted(old)}"
    if not was_killed:
        if left:
            yield f"left in the temporary folder: {sorted(left)}"
        if _CODE.search(clipboard_of(at.screen.name)):
            yield "left a code on the clipboard"
    if halves := [path.name for path in at.seen(at.home).rglob("*.tmp")]:
        yield f"left half files: {halves}"


def _ending(at: Place, ended: Ended, receipts: int, *, signed: bool) -> Iterator[str]:
    told = ended.result
    if told is None:
        new = kept(at)[receipts:]
        told = (str(new[-1]["outcome"]), str(new[-1]["reason"])) if new else None
    if told is None:
        is_told = (ended.shown and ended.code != 2) or _NO_ROOM in ended.out + ended.said
        if not is_told and (ended.code != 4 or "İsteğinizle durduruldu" not in ended.said):
            yield f"it told no outcome: exit code {ended.code}, {ended.said[-500:]!r}"
        return
    outcome, reason = told
    if reason == "internal_error":
        yield f"ended as internal_error: {ended.said[-300:]!r}"
    # A signature that was still on its way when the run before was hit may be in by now, and is seen then.
    # Of a worker that is gone nothing is claimed: its reason says that nobody knows what was done.
    knows = reason != "worker_lost"
    if signed and knows and outcome not in {"consent_given", "unverified", "already_consented"}:
        yield f"a signature is in, and it ended as {outcome} ({reason})"
    if outcome in {"consent_given", "already_consented"} and not acts(at)[Act.CONSENT_GIVEN]:
        yield f"no consent is there, and it ended as {outcome}"
    if ended.code not in {0, 3, 4, 5, 6}:
        yield f"exit code {ended.code}"
