"""The E-Onay flow: what to do next, given the screen we see and what has happened in this run.

`decide` is a function of what is seen and what the run knows; it changes neither. It follows the portal: every screen
is handled wherever it turns up, so a skipped login, an extra level or a page that comes back needs no special case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from flows.announcing import announces
from flows.carried import unknown_values
from flows.code import ShownCode, is_over, read_code
from flows.controls import find, find_all
from flows.errors import CodeError, ControlError, FlowError
from flows.look import Look
from flows.observation import Control
from flows.other_deed import other_deed
from flows.screens import Seen

Approval = Literal["sharing", "consent", "hand_off", "renew_code"]
"""The acts with legal weight: each needs the person's yes, and one yes is good for one act."""

PersonalAct = Literal["login", "login_method", "second_step_sms", "second_step_phone", "password_renewal", "elsewhere"]
"""What only the person does; in an unattended run a test person does it."""


class Phase(StrEnum):
    """How far a run is."""

    GIVING = "giving"
    """On the way to the signature."""
    HANDED_OVER = "handed_over"
    """The code is with a signing component."""
    CHECKING = "checking"
    """Asking the portal again."""


class Signature(StrEnum):
    """How far the signature is, according to whoever signs."""

    NO = "no"
    """No code was given away, or the signature could not be made."""
    WAITING = "waiting"
    """Waiting for the person or the card; nothing has been handed in."""
    RUNNING = "running"
    """Under way: it may have been handed in."""
    ELSEWHERE = "elsewhere"
    """With a program that doesn't tell us: it may have been handed in, and only the portal knows."""
    ACCEPTED = "accepted"
    UNSURE = "unsure"
    """Handed in, and the answer got lost."""
    CODE_DEAD = "code_dead"
    """Refused because of its code; nothing was signed with it."""

    @property
    def is_under_way(self) -> bool:
        """Whether we will still hear from it."""
        return self in {Signature.WAITING, Signature.RUNNING}

    @property
    def may_be_made(self) -> bool:
        """Whether it has ended, as far as anybody here can tell, and the portal may have it."""
        return self in {Signature.ELSEWHERE, Signature.ACCEPTED, Signature.UNSURE}


@dataclass(frozen=True, slots=True)
class Known:
    """What a run knows besides what it sees."""

    phase: Phase = Phase.GIVING
    missing_seen: bool = False
    """The last thing the E-Onay screen said about the consent in this run is that there is none."""
    signature: Signature = Signature.NO
    handed_code: str = field(default="", repr=False)
    """The code that was handed over last."""
    banner_seen: bool = False
    pressed: Mapping[str, int] = field(default_factory=dict)
    """How often we pressed each control of the portal's description in this phase."""


@dataclass(frozen=True, slots=True)
class Press:
    """Press *control*; *approval* names the yes that it needs first."""

    step: str
    control: Control
    target: str
    """Name of the control in the portal's description."""
    approval: Approval | None = None
    quote: str = ""
    """The portal's own sentence that the person approves."""
    doubts: tuple[str, ...] = ()
    """What else the page says that we don't understand: the person reads it before they decide."""
    reason: str = ""
    """Why the person decides, when the two witnesses disagree: see `flows.witness`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Tick *control* as part of the consent that is about to be given."""

    step: str
    control: Control
    approval: Approval
    quote: str = ""
    doubts: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LetPersonAct:
    """Wait for what only the person does."""

    step: str
    act: PersonalAct


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give *code* to the signing component."""

    step: str
    code: ShownCode


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do but wait for the page, at most *patience_s* seconds."""

    step: str
    patience_s: float


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Visit the E-Onay screen afresh: only that decides whether the consent was given."""

    step: str


@dataclass(frozen=True, slots=True)
class StartOver:
    """The portal's session is over: start again at its entry. Nothing that had an effect is repeated."""

    step: str


@dataclass(frozen=True, slots=True)
class End:
    """The run is over. *outcome* and *reason* are codes shared with the assistant."""

    outcome: str
    reason: str | None = None


Decision = Press | Tick | LetPersonAct | HandOver | Wait | AskAgain | StartOver | End

_NAVIGATION = {
    "landing": ("edevlet_login",),
    "gateway_link": ("gateway_link",),
    "home": ("nes_menu",),
    "individual": ("individual_menu", "nes_menu"),
    "nes": ("eonay_tile",),
}
"""The harmless ways on from a screen, the usual one first."""
_HOP_PATIENCE_S = 60.0
_BANNER_PATIENCE_S = 20.0
_SIGNING_PATIENCE_S = 330.0


def decide(seen: Seen, known: Known, look: Look) -> Decision:
    """Return the next act. Raises `FlowError` when the screen is known but can't be used."""
    screen, tab = seen.screen, seen.tab
    if known.phase is Phase.HANDED_OVER and _signing_is_over(seen, known, look):
        return AskAgain(screen)
    if targets := _NAVIGATION.get(screen):
        return _navigate(seen, targets, known, look)
    match screen:
        case "login":
            return LetPersonAct(screen, "login")
        case "login_other":
            return LetPersonAct(screen, "login_method")
        case "second_step_sms":
            return LetPersonAct(screen, "second_step_sms")
        case "second_step_phone":
            return LetPersonAct(screen, "second_step_phone")
        case "password_renewal":
            return LetPersonAct(screen, "password_renewal")
        case "second_step_failed":
            return End("failed", "second_step_failed")
        case "sharing":
            return Press(screen, find(tab, look.controls["share_approve"]), "share_approve", approval="sharing")
        case "eonay_given":
            return End("consent_given" if known.phase is Phase.CHECKING else "already_consented")
        case "eonay_missing":
            return _give(seen, known, look)
        case "eonay_both" | "eonay_neither":
            raise FlowError("consent_state_unclear", expected="one of the two E-Onay sentences", seen=screen)
        case "signing":
            return _sign(seen, known, look)
        case "signed":
            return AskAgain(screen)
        case "other_service":
            raise FlowError("wrong_screen", expected="a screen on the way to E-Onay", seen="another service")
        case "session_ended":
            return StartOver(screen)
        case "maintenance":
            return End("failed", "portal_maintenance")
        case "hop":
            return Wait(screen, _HOP_PATIENCE_S)
    raise FlowError("screen_unknown", seen=screen)


def says_banner(seen: Seen, look: Look) -> bool:
    """Return whether the page, or a dialog over it, announces success. That is only a claim."""
    return any(announces(seen.tab.whole_text, words) for words in look.banner)


def _navigate(seen: Seen, targets: tuple[str, ...], known: Known, look: Look) -> Press:
    """Press the usual way on; if that has led back here, the other way that the page offers."""
    offered = [name for name in targets if find_all(seen.tab, look.controls[name])] or list(targets[:1])
    target = min(offered, key=lambda name: known.pressed.get(name, 0))
    return Press(seen.screen, find(seen.tab, look.controls[target]), target)


def _signing_is_over(seen: Seen, known: Known, look: Look) -> bool:
    """After the hand-off only the signing page, a hop and trouble at the portal keep us waiting for the banner."""
    if known.banner_seen or says_banner(seen, look):
        return True
    left = seen.screen not in {"signing", "hop", "session_ended", "maintenance", "signed"}
    return left and known.signature.may_be_made


def _give(seen: Seen, known: Known, look: Look) -> Decision:
    if known.phase is Phase.CHECKING or known.signature.may_be_made:
        return End("unverified", "not_confirmed")
    said = seen.statement
    if said is None:
        raise FlowError("consent_state_unclear", expected="the consent sentence", seen="none")
    toggles = [c for c in said.toggles if not c.disabled]
    if len(toggles) > 1:
        raise ControlError("control_ambiguous", expected="one consent box", seen=f"{len(toggles)} of them")
    if toggles and not toggles[0].checked:
        return Tick(seen.screen, toggles[0], "consent", said.quote, said.doubts)
    proceed = find(seen.tab, look.controls["proceed"])
    return Press(seen.screen, proceed, "proceed", "consent", said.quote, said.doubts)


def _sign(seen: Seen, known: Known, look: Look) -> Decision:
    if known.phase is Phase.CHECKING:
        return End("unverified", "not_checkable")
    if not known.missing_seen:
        raise FlowError("wrong_screen", expected="the signing screen after the consent form", seen="a signing screen")
    if known.signature in {Signature.ACCEPTED, Signature.UNSURE}:
        return Wait(seen.screen, _BANNER_PATIENCE_S)
    code = read_code(seen.tab, look.code)
    if known.signature.is_under_way or known.signature is Signature.ELSEWHERE:
        # A page may hide the code before its banner comes. Only its own word is a reason for another code.
        is_still_good = code.value == known.handed_code if code else not is_over(seen.tab, look.code)
        if is_still_good:
            return Wait(seen.screen, _SIGNING_PATIENCE_S)
    if code is None and not is_over(seen.tab, look.code):
        # It may be on its way, or out of our sight. Only the page's own word makes it dead.
        raise CodeError("code_unreadable", expected="the verification code, or that its time is over", seen="neither")
    if other_deed(seen.tab):
        raise FlowError("wrong_screen", expected="a code for the consent", seen="words about another deed")
    is_spent = code is not None and known.signature is Signature.CODE_DEAD and code.value == known.handed_code
    if code is None or is_spent or (code.remaining_s or look.code.lifetime_s) < look.code.shortest_useful_s:
        renew = find(seen.tab, look.controls["renew_code"])
        doubts = tuple(unknown_values(renew))
        return Press(seen.screen, renew, "renew_code", approval="renew_code", doubts=doubts)
    return HandOver(seen.screen, code)
