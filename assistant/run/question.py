"""What a run asks its person."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from flows import Approval

Answer = Literal["yes", "no", "pending"]

HelpAnswer = Literal["pending", "self", "by_hand", "stop"]
"""The person's answer to a plea: still thinking; they press in the page themselves; they go on in their own browser
from here; stop."""

HELPED_STEP = "helped"
"""The step in the record at which the person helped; its screen is the one we were looking for."""

CHECK_STEP = "verify"
"""The step of the fresh visit at the end, whatever screens it passes."""


@dataclass(frozen=True, slots=True)
class Plea:
    """A page where the run needs the person's help: we don't know the page, or the one control that is meant."""

    reason: str
    """How the run would end without help: a code of the catalogue."""
    after: str
    """The last screen we knew; empty at the start."""
    screen: str
    """The screen that is shown; empty if we don't know."""
    sought: tuple[str, ...] = ()
    """The controls that may be pointed at, the likeliest first. None at the gateway, and none if none is missing."""
    document: float = -1.0
    """The page, as in `assistant.run.events.Sight.document`."""


@dataclass(frozen=True, slots=True)
class Question:
    """One act that needs the person's yes."""

    approval: Approval | Literal["dialog"]
    """What is approved; ``dialog``: nothing, we ask the person to answer in the page what the page itself asks."""
    step: str
    """The screen it is about; its words are in the step catalogue."""
    quote: str = ""
    """The portal's own sentence, if one is approved; everything a dialog says."""
    _: KW_ONLY
    doubts: tuple[str, ...] = ()
    """What else the page says that the program doesn't understand. A yes is a yes to these too."""
    title: str = ""
    """What a dialog is called; empty without a title."""
    reason: str = ""
    """The reason with which the run ends when nobody is there to decide; empty for the usual one."""
