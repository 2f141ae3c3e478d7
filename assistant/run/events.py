"""What a run hears, and what it can be told to do: the two sides of `assistant.run.step.step`. All plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from assistant.base.outcome import Outcome
from assistant.run.question import Answer, HelpAnswer, Plea, Question
from flows.consent import Decision, HandOver, LetPersonAct, Press, Signature, Tick
from flows.settled import Drawn

# --- what a look showed ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lying:
    """Something that lies over the page and is in the way."""

    text: str = field(repr=False)
    can_close: bool = False
    """It has a way out that the rules of `flows.layers` allow, or gets one once it is read."""
    title: str = field(default="", repr=False)
    unread: bool = False
    """It is an announcement that must be read to its end first."""
    is_menu: bool = False
    """It is a menu that stayed open; the Escape key closes it."""
    goes: bool = False
    """It only says something, or opens later by itself."""
    blocks: bool = True
    """Nothing behind it can be used."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at the newest page, as far as the rules of a run care."""

    screen: str = ""
    """Empty if it isn't a known one."""
    documents: tuple[float, ...] = ()
    """Sets this page load apart from every other; the main document comes first."""
    fingerprint: int = 0
    """Stays the same as long as nothing changes that a person could see."""
    alerts: tuple[str, ...] = field(default=(), repr=False)
    code: str = field(default="", repr=False)
    """The verification code on the page."""
    status: int = 0
    """HTTP status of the page, or of its last failed request to its own site; 0 when unknown."""
    is_cut_off: bool = False
    """The page asked its own site for something and got no answer."""
    layer: Lying | None = None
    is_loading: bool = False
    is_leaving: bool = False
    """Another page is on its way."""
    is_busy: bool = False
    """It is still fetching something that may change it."""
    awaits_scripts: bool = False
    drawn: Drawn = field(default_factory=Drawn)
    """The signs of whether it is settled."""
    is_unheard: bool = False
    """We know nothing about what it fetches, because we don't listen to its requests."""
    has_failed: bool = False
    """The browser couldn't open the page."""
    says_banner: bool = False
    sites: frozenset[str] = frozenset()
    """Whose page it may be."""

    @property
    def document(self) -> float:
        """When the main document was loaded; -1 without one."""
        return self.documents[0] if self.documents else -1.0


# --- events ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turned:
    """A new turn begins."""


@dataclass(frozen=True, slots=True)
class Looked:
    """We recognised a screen, and the flow decided what it would do there."""

    sight: Sight
    decision: Decision


@dataclass(frozen=True, slots=True)
class Unclear:
    """We don't understand the page, or can't act on it. *reason* is a code of the catalogue."""

    sight: Sight
    reason: str
    expected: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Shifted:
    """The page changed between the look and the act; nothing was done."""


@dataclass(frozen=True, slots=True)
class Missed:
    """The press of *act* was made, and is reported to have hit something else."""

    act: Perform


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """Something that we may not close held a press back."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """A dialog of the browser itself holds a page."""

    text: str = field(repr=False)
    only_tells: bool
    """It asks nothing, so leaving it answers nothing."""


@dataclass(frozen=True, slots=True)
class NoWindow:
    """No page is open."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The person's answer to a question, or that they are still thinking."""

    ask: Ask
    answer: Answer


@dataclass(frozen=True, slots=True)
class Done:
    """An act was carried out; *done* is False when we closed a layer instead."""

    act: Perform
    done: bool = True


@dataclass(frozen=True, slots=True)
class Closed:
    """What lay over the page was closed; *done* is False when its way out turned out not to be one."""

    close: Close
    done: bool


@dataclass(frozen=True, slots=True)
class PersonActed:
    """The person did their part, or is still at it."""

    sight: Sight
    done: bool


@dataclass(frozen=True, slots=True)
class Helped:
    """The person's answer to a plea."""

    plea: Plea
    answer: HelpAnswer


@dataclass(frozen=True, slots=True)
class ScreenShown:
    """The person has shown which control is meant, and has said yes to it."""

    plea: Plea
    sight: Sight
    press: Press


@dataclass(frozen=True, slots=True)
class StillThere:
    """The person asks us to wait longer."""


@dataclass(frozen=True, slots=True)
class Went:
    """We pressed the page's own way home."""

    sight: Sight


@dataclass(frozen=True, slots=True)
class Visited:
    """We opened the entry's address."""

    left: float | None = None
    """The load of the document it replaced, see `Sight.document`; None in a new window."""


@dataclass(frozen=True, slots=True)
class SignatureSaid:
    """Whoever signs reported how far they are."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class SignatureFailed:
    """The signature can't be made."""

    reason: str
    detail: str | None = None


Event = (
    Turned
    | Looked
    | Unclear
    | Shifted
    | Missed
    | CoveredBy
    | Held
    | NoWindow
    | Answered
    | Done
    | Closed
    | PersonActed
    | Helped
    | ScreenShown
    | StillThere
    | Went
    | Visited
    | SignatureSaid
    | SignatureFailed
)

# --- actions ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rest:
    """Wait until something changes, at most *ms*, then look again. *says*: tell the person where the run is."""

    ms: float
    says: bool = True
    left_s: float | None = None
    """How long we still wait for the person, seconds; None when nobody waits for them."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Look again at once."""

    says: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the person; the answer comes as `Answered`. With a yes, *then* is done; None when nothing is."""

    question: Question
    then: Perform | None

    @property
    def says(self) -> bool:
        """Whether we tell the person where the run is; a question about the page itself says enough."""
        return self.then is not None


@dataclass(frozen=True, slots=True)
class Perform:
    """Press, tick or hand over; the result comes as `Done`, `CoveredBy`, `Shifted`, `Missed` or `Unclear`."""

    decision: Press | Tick | HandOver
    sight: Sight
    question: Question | None = None
    """What the person said yes to; None when nobody was asked."""
    says: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Close:
    """Close what lies over the page; the result comes as `Closed`."""

    looked: Looked
    lying: Lying
    says: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class LetAct:
    """Let the person do what only they do; the result comes as `PersonActed`."""

    decision: LetPersonAct
    sight: Sight
    says: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Plead:
    """Ask the person for help with a page we don't understand; the answer comes as `Helped` or `ScreenShown`."""

    plea: Plea
    says: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Go to the portal's entry; the result comes as `Visited` or `Went`."""

    by_home: Sight | None = None
    """First try the way home of the page that looked like this."""
    new_window: bool = False
    instead: bool = False
    """Close the windows that a dialog of the browser holds."""
    says: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Stop:
    """The run is over. Without an *outcome*, the catalogue says which one belongs to *reason*."""

    reason: str | None
    outcome: Outcome | None = None
    detail: str | None = None
    expected: str = ""
    seen: str = ""
    says: ClassVar[bool] = True


Action = Rest | LookAgain | Ask | Perform | Close | LetAct | Plead | Visit | Stop
