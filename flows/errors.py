"""What can stop a flow.

::

    FlowError                  carries the code of a reason
    ├── ScreenError            screen_unknown, screen_ambiguous
    ├── ControlError           control_missing, control_ambiguous
    ├── SafetyError            forbidden_control, host_not_allowed
    ├── CodeError              code_unreadable
    ├── Covered                dialog_unanswered: something lies over the page that only the person may answer
    ├── PageHeld               dialog_unanswered: a dialog of the browser itself holds the page
    └── PageChanged            the page changed under the hand: look again, nothing was done
        └── PressMissed        it changed under the mouse: the guard held the press back
"""

from __future__ import annotations

from flows.observation import Layer


class FlowError(Exception):
    """A flow can't go on. *reason* is a stable code; *expected* and *seen* are for the report and hold no secret."""

    def __init__(self, reason: str, *, expected: str = "", seen: str = "") -> None:
        self.reason = reason
        self.expected = expected
        self.seen = seen
        super().__init__(f"{reason}: expected {expected or 'nothing in particular'}, saw {seen or 'nothing'}")


class ScreenError(FlowError):
    """No screen, or more than one, fits what is shown."""


class ControlError(FlowError):
    """No control, or more than one, fits what is wanted."""


class SafetyError(FlowError):
    """A safety rule forbids the act. Nothing was done."""


class CodeError(FlowError):
    """The verification code cannot be read without doubt."""


class Covered(FlowError):  # noqa: N818 (this is news: the person answers, then the run goes on)
    """Something lies over the control, and we may not close it. Nothing was done."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        super().__init__("dialog_unanswered", expected="nothing over the control", seen="a layer")


class PageHeld(FlowError):  # noqa: N818 (as above)
    """A dialog of the browser holds the page up. What was under way may or may not have reached it."""

    def __init__(self) -> None:
        super().__init__("dialog_unanswered", expected="a page that answers", seen="a dialog of the browser")


class PageChanged(FlowError):  # noqa: N818 (it is news, not a failure: the caller looks again)
    """The page changed between the look and the act. Nothing was done."""

    def __init__(self) -> None:
        super().__init__("page_changed")


class PressMissed(PageChanged):
    """The mouse went down, and the guard in the page says that the press hit something else.

    If that is true, nothing was done. For a press with legal weight we don't believe it over and over.
    """
