"""What the portal looks like and what to do there: screens, controls, the step catalogue, the E-Onay flow.

Takes sync Playwright contexts and pages; has never heard of the assistant.
"""

from flows.consent import (
    Approval,
    AskAgain,
    Decision,
    End,
    HandOver,
    Known,
    LetPersonAct,
    PersonalAct,
    Phase,
    Press,
    Signature,
    StartOver,
    Tick,
    Wait,
    decide,
    says_banner,
)
from flows.dangers import Danger, danger_of, is_trap, says_withdrawal
from flows.errors import (
    CodeError,
    ControlError,
    Covered,
    FlowError,
    PageChanged,
    PageHeld,
    PressMissed,
    SafetyError,
    ScreenError,
)
from flows.hand import Hand
from flows.hosts import HostRule, PortalAddressError, is_loopback_host
from flows.look import Look, portal_look
from flows.observation import Control, FrameView, Layer, Observation, TabView
from flows.observer import Observer
from flows.screens import Seen, recognise
from flows.shield import HeldPress, Shield
from flows.sites import ENTRY, SITES
from flows.steps import Step, steps

__all__ = [
    "ENTRY",
    "SITES",
    "Approval",
    "AskAgain",
    "CodeError",
    "Control",
    "ControlError",
    "Covered",
    "Danger",
    "Decision",
    "End",
    "FlowError",
    "FrameView",
    "Hand",
    "HandOver",
    "HeldPress",
    "HostRule",
    "Known",
    "Layer",
    "LetPersonAct",
    "Look",
    "Observation",
    "Observer",
    "PageChanged",
    "PageHeld",
    "PersonalAct",
    "Phase",
    "PortalAddressError",
    "Press",
    "PressMissed",
    "SafetyError",
    "ScreenError",
    "Seen",
    "Shield",
    "Signature",
    "StartOver",
    "Step",
    "TabView",
    "Tick",
    "Wait",
    "danger_of",
    "decide",
    "is_loopback_host",
    "is_trap",
    "portal_look",
    "recognise",
    "says_banner",
    "says_withdrawal",
    "steps",
]
