"""What was done in a run, as a closed record, and the one sentence that says so.

No other text says what a run pressed, approved or signed, or that it didn't. "Not done" is said of the assistant only:
we may not see what a person does by their own hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from assistant.base.errors import EonayError
from assistant.base.words import Language, words
from flows import Approval, FlowError

Result = TypeVar("Result")


class Deed(StrEnum):
    """One kind of act; the later, the weightier."""

    MOVED_ON = "moved_on"
    """Something harmless was pressed to get from page to page."""
    SHARING_APPROVED = "sharing_approved"
    CONSENT_TICKED = "consent_ticked"
    """The box next to the consent sentence."""
    CONSENT_PROCEEDED = "consent_proceeded"
    """Devam on the page of the consent; nothing counts before the signature."""
    CODE_RENEWED = "code_renewed"
    CODE_HANDED_OVER = "code_handed_over"
    """The signing component has the code; that doesn't say whether it signed."""
    SIGNATURE_HANDED_IN = "signature_handed_in"
    """The portal has taken the signature, according to the signing component or the portal's banner."""


_APPROVED: dict[Approval | None, Deed] = {
    None: Deed.MOVED_ON,
    "sharing": Deed.SHARING_APPROVED,
    "consent": Deed.CONSENT_PROCEEDED,
    "renew_code": Deed.CODE_RENEWED,
}
_BEHIND_DEVAM = frozenset({Deed.CODE_RENEWED, Deed.CODE_HANDED_OVER, Deed.SIGNATURE_HANDED_IN})
"""What is said together with Devam, if the record has it."""
_BEHIND_SHARING = frozenset({"home", "individual", "nes", "eonay_given", "eonay_missing"})


class Record:
    """Filled during a run, at the place where each act happens."""

    def __init__(self) -> None:
        self._deeds: set[Deed] = set()
        self._last_screen = ""

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Everything that was done, the weightiest last."""
        return tuple(deed for deed in Deed if deed in self._deeds)

    def note(self, deed: Deed) -> None:
        """Note *deed*."""
        self._deeds.add(deed)

    def press(self, approval: Approval | None, act: Callable[[], bool]) -> bool:
        """Press with *act*, with what was approved, and return its result: False when nothing was pressed."""
        return self._do(_APPROVED.get(approval, Deed.MOVED_ON), act)

    def tick(self, act: Callable[[], bool]) -> bool:
        """Tick the consent's box with *act*."""
        return self._do(Deed.CONSENT_TICKED, act)

    def hand_over(self, act: Callable[[], object]) -> None:
        """Give the code to the signing component with *act*."""
        self._do(Deed.CODE_HANDED_OVER, act)

    def saw(self, screen: str) -> None:
        """Note what the person must have done by their own hand, because *screen* comes only after it."""
        if screen == "hop":
            return
        if self._last_screen == "sharing" and screen in _BEHIND_SHARING:
            self.note(Deed.SHARING_APPROVED)
        if self._last_screen == "eonay_missing" and screen == "signing":
            self.note(Deed.CONSENT_PROCEEDED)
        if screen == "signed" and Deed.CODE_HANDED_OVER in self._deeds:
            self.note(Deed.SIGNATURE_HANDED_IN)
        self._last_screen = screen

    def _do(self, deed: Deed, act: Callable[[], Result]) -> Result:
        try:
            done = act()
        except (EonayError, FlowError):  # these say that nothing was done
            raise
        except BaseException:  # it may have been done: an interrupt can come right after the press
            self.note(deed)
            raise
        if done is not False:
            self.note(deed)
        return done


def told(deeds: Iterable[Deed] | None, language: Language = "tr") -> str:
    """Return what was done in a sentence or two for the person: the weightiest deed, and what the assistant didn't do.

    Says nothing when *deeds* is None: a receipt in an older format doesn't have them.
    """
    if deeds is None:
        return ""
    done = set(deeds)
    weightiest = [deed for deed in Deed if deed in done][-1:]
    name = str(weightiest[0]) if weightiest else "nothing"
    if _BEHIND_DEVAM.intersection(weightiest) and Deed.CONSENT_PROCEEDED not in done:
        name += "_alone"
    return words("run", language)(f"done.{name}")
