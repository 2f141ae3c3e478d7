"""The companion's way as a pure state machine: what the person says they see leads to the next stage.

It knows nothing about pages, clipboards or clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from assistant.base.outcome import Outcome
from assistant.base.words import Language, table, told
from assistant.run.done import Deed
from flows import Danger, steps

FIRST = "landing"
WHERE = "where"
"""The stage that asks where the person is."""

_STAGE_OF_SCREEN = {
    **dict.fromkeys(("login", "login_other", "second_step_sms", "second_step_phone", "second_step_failed"), "login"),
    **dict.fromkeys(("password_renewal", "elsewhere"), "login"),
    **dict.fromkeys(("home", "individual"), "home"),
    **dict.fromkeys(("eonay_given", "eonay_missing", "eonay_both", "eonay_neither"), "eonay"),
    **dict.fromkeys(("signed", "verify"), "verify"),
    "other_service": "wrong_tile",
}
_STAGE_OF_DANGER: Mapping[Danger, str] = {
    "withdrawal": "eonay",
    "revocation": "wrong_revocation",
    "suspension": "wrong_suspension",
    "pin": "wrong_pin",
    "web_password": "wrong_password",
    "service": "wrong_tile",
}
_DONE_BY_ANSWER = {
    ("consent", "signing"): Deed.CONSENT_PROCEEDED,
    ("app", "banner"): Deed.SIGNATURE_HANDED_IN,
    ("app", "signed"): Deed.SIGNATURE_HANDED_IN,
}
"""What the person has done if they give that answer at that stage."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing the person may see."""

    key: str
    to: str
    """A stage, or ``end:OUTCOME``, followed by ``:REASON`` if there is one."""
    label: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One place on the way, in one language."""

    id: str
    step: str
    """The screen in the step catalogue under which it is listed."""
    title: str
    """Used instead of *step*'s title if that would say too much; empty for the step's own."""
    ask: str
    do: tuple[str, ...]
    warn: str
    picture: tuple[str, ...]
    answers: tuple[Reply, ...]
    clipboard: bool
    """Whether the code may be on the clipboard here."""
    app: bool
    """Whether we list the official app's own steps here."""
    danger: Danger | None
    """What a press on this stage's page could destroy."""


@dataclass(frozen=True, slots=True)
class CompanionState:
    """How far a companion run is."""

    stage: str = FIRST
    may_be_signed: bool = False
    """Whether the person has been where they sign. Then only a fresh visit can tell the result."""
    outcome: Outcome | None = None
    """None while it runs."""
    reason: str | None = None
    done: frozenset[Deed] = frozenset()
    """What was done, in this run and in the one it continues."""
    danger: Danger | None = None
    """What a press could destroy on the page where the person ends up; only set at the end."""


@cache
def way(language: Language = "tr") -> Mapping[str, Milestone]:
    """Return the stages in *language* by name, in file order."""
    entries = table("companion")["stage"].items()
    return MappingProxyType({name: _stage(name, entry, language) for name, entry in entries})


def begin(
    screen: str | None = None,
    *,
    may_be_signed: bool = False,
    danger: Danger | None = None,
    done: Iterable[Deed] | None = (),
) -> CompanionState:
    """Return where to start: at the beginning, or at the *screen* where a halted run stopped.

    If that run may have handed in a signature, we only look at the result. If it stopped on a page with a *danger*, the
    way back from there comes first. For an unknown screen we ask. *done* is what that run did.
    """
    state = CompanionState(done=frozenset(done or ()))
    if danger is not None and (danger != "withdrawal" or not may_be_signed):
        return replace(state, stage=_STAGE_OF_DANGER[danger], may_be_signed=may_be_signed)
    if may_be_signed:
        return replace(state, stage="verify", may_be_signed=True)
    if screen is None:
        return state
    stage = _STAGE_OF_SCREEN.get(screen, screen)
    # Never carry a code on without knowing what it is for: the person tells us again what the consent page says.
    if stage in {"signing", "consent"}:
        stage = "eonay"
    return replace(state, stage=stage if stage in way() else WHERE)


def choose(state: CompanionState, key: str) -> CompanionState:
    """Return the state after the answer *key*. An answer we didn't offer changes nothing."""
    if state.outcome is not None:
        return state
    to = next((answer.to for answer in way()[state.stage].answers if answer.key == key), None)
    if to is None:
        return elsewhere(state) if key == "elsewhere" else state
    if deed := _DONE_BY_ANSWER.get((state.stage, key)):
        state = replace(state, done=state.done | {deed})
    if to.startswith("end:"):
        outcome, _, reason = to.removeprefix("end:").partition(":")
        ended = _ended(state, Outcome(outcome), reason or None)
        return replace(ended, danger=None) if key == "missing" else ended  # that page shows the other sentence
    if state.may_be_signed and to in {"consent", "landing", "eonay"}:
        to = "verify"
    return replace(state, stage=to, may_be_signed=state.may_be_signed or to in {"app", "verify"})


def elsewhere(state: CompanionState) -> CompanionState:
    """Return the state if the person sees something that matches no answer."""
    return replace(state, stage="verify" if state.may_be_signed else WHERE)


def stop(state: CompanionState, reason: str = "person_stopped") -> CompanionState:
    """Return the state after the person stopped. If they may have signed, we can't call that cancelled."""
    return state if state.outcome is not None else _ended(state, Outcome.CANCELLED, reason)


def _ended(state: CompanionState, outcome: Outcome, reason: str | None) -> CompanionState:
    if state.may_be_signed and outcome not in {Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED}:
        outcome, reason = Outcome.UNVERIFIED, "not_checkable"
    return replace(state, outcome=outcome, reason=reason, danger=way()[state.stage].danger)


def _stage(name: str, entry: Mapping[str, Any], language: Language) -> Milestone:
    danger: Danger | None = entry.get("danger")
    dangerous = told(f"desk.danger.{danger}", language) if danger is not None else ""
    return Milestone(
        id=name,
        step=entry["step"],
        title=entry.get("title", {}).get(language, ""),
        ask=entry["ask"][language],
        do=tuple(entry["do"][language]) if "do" in entry else steps(language)[entry["step"]].by_hand,
        warn=entry.get("warn", {}).get(language, dangerous),
        picture=tuple(entry["picture"]),
        answers=tuple(Reply(a["key"], a["to"], a["label"][language]) for a in entry["answers"]),
        clipboard=entry.get("clipboard", False),
        app=entry.get("app", False),
        danger=danger,
    )
