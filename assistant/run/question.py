"""What a run asks its person."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from flows import Approval

Answer = Literal["yes", "no", "pending"]

CHECK_STEP = "verify"
"""The step of the fresh visit at the end, whatever screens it goes by."""


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
