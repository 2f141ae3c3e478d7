"""What a run asks its person."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from flows import Approval

Answer = Literal["yes", "no", "pending"]

HelpAnswer = Literal["pending", "self", "by_hand", "stop"]
"""What the person says to a plea: still thinking; they press in the page themselves; they go on in their own browser
from here; stop."""

HELPED_STEP = "helped"
"""The step in the record at which the person helped; its screen is the one that was looked for."""

CHECK_STEP = "verify"
"""The step of the fresh visit at the end, whatever screens it goes by."""


@dataclass(frozen=True, slots=True)
class Plea:
    """A page on which the run needs the person's help: it, or the one control that is meant, is not known."""

    reason: str
    """As what the run would end without help: a code of the catalogue."""
    after: str
    """The last screen that was known; empty at the beginning."""
    screen: str
    """The screen that is shown; empty where that is not known."""
    sought: tuple[str, ...] = ()
    """The controls that may be pointed at, the likeliest first. None at the gateway, nor where none is missing."""
    document: float = -1.0
    """The page, as `assistant.run.events.Sight.document` tells it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One act that needs the person's yes."""

    approval: Approval | Literal["dialog"]
    """What is approved; ``dialog``: nothing, the person is asked to answer what the page itself asks, in the page."""
    step: str
    """The screen it is about; its words are in the step catalogue."""
    quote: str = ""
    """The portal's own sentence, where one is approved; all that a dialog says."""
    _: KW_ONLY
    doubts: tuple[str, ...] = ()
    """What the page says besides and the program does not understand. A yes is one to these too."""
    title: str = ""
    """What a dialog is called; empty where it has no title."""
    reason: str = ""
    """With which reason the run ends where nobody is there to decide; empty for the usual one."""
