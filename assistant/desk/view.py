"""What a panel shows, as plain data: the same for window and terminal.

Every text in a view is ready to read, in the person's language. A view may contain what only the person should see (a
document with their name, practice credentials), so no repr shows any of its texts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from itertools import count
from typing import Any, Literal

from assistant.base.foreign import harmless, shown, visible

Tone = Literal["calm", "good", "warn", "bad"]
_AS_IT_IS = frozenset({"photo", "picture"})
"""Fields we made ourselves: pictures."""
_WITH_NUMBERS = frozenset({"practice", "practice_now", "value", "receipt"})
"""Fields where a long number belongs: test credentials, the code the person carries over, a path."""
_WHOLE = frozenset({"document"})
"""Fields that must be complete, because the person signs them."""
_NUMBERS = count(1)
PromptKind = Literal["sign", "final_try", "wrong_pin", "card_away", "wrong_card"]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the list."""

    title: str
    state: Literal["done", "now", "todo"]
    note: str = ""
    """Shown after the title, for example that the person helped there."""


@dataclass(frozen=True, slots=True, repr=False)
class QuestionView:
    """An approval we need."""

    id: int
    """Answers carry it, so a late press never answers another question."""
    title: str
    meaning: str
    quote: str
    """The portal's own sentence; may be empty."""
    yes: str
    no: str
    doubts: tuple[str, ...] = ()
    """What else the page says that the program doesn't understand; the person reads it first."""
    leads_on: bool = True
    """Whether yes may be the main button: not while a press on the open page could do harm."""
    photo: str = ""
    """A picture the question is about, as a ``data:`` address; empty for none."""
    photo_alt: str = ""


def new_number() -> int:
    """Return a unique number for a question, at least 1. Prompts use numbers below 0."""
    return next(_NUMBERS)


@dataclass(frozen=True, slots=True, repr=False)
class CertificateView:
    """One certificate on the card."""

    number: int
    holder: str
    issuer: str
    days: str
    usable: bool
    why_not: str
    """Why we can't use it, if we can't."""
    chosen: bool = False
    """Whether it will sign: of several usable ones, the one that ends last."""


@dataclass(frozen=True, slots=True, repr=False)
class PromptView:
    """What the card signer needs from the person."""

    id: int
    kind: PromptKind
    title: str
    text: str
    document: str = ""
    """The text that will be signed."""
    certificates: tuple[CertificateView, ...] = ()
    pin: Literal["none", "here", "reader"] = "none"
    min_length: int = 0
    max_length: int = 0
    yes: str = ""
    no: str = ""
    leads_on: bool = True
    """Whether yes may be the main button: not if it could lock the card."""


@dataclass(frozen=True, slots=True, repr=False)
class CodeView:
    """The code's remaining life. *value* only if the person has to carry it to another program."""

    remaining_s: int
    total_s: int
    value: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class AdviceView:
    """Steps in another program, one by one, with the buttons here."""

    title: str
    lines: tuple[str, ...]
    actions: tuple[tuple[str, str], ...] = ()
    """Name and label of each button that goes with the lines."""
    picture: str = ""
    """A schematic drawing of our own, as SVG; empty for none."""
    sketch: tuple[str, ...] = ()
    """The same drawing as text lines."""
    warn: str = ""
    """What not to do; comes before everything else."""
    ask: str = ""
    """What we ask once the person has done what the lines say; empty for nothing."""
    answers: tuple[tuple[str, str], ...] = ()
    """Name and label of each answer to *ask*; pressed like `actions`."""
    bar: tuple[tuple[str, str, bool], ...] = ()
    """The buttons that lead from step to step: name, label, and whether it does anything now. They never move."""

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Every button, in order."""
        return tuple((name, label) for name, label, _ in self.bar) + self.actions + self.answers

    @property
    def idle(self) -> frozenset[str]:
        """The names of the disabled ones."""
        return frozenset(name for name, _, does in self.bar if not does)


@dataclass(frozen=True, slots=True, repr=False)
class EndView:
    """How the run ended."""

    tone: Tone
    title: str
    text: str
    remedy: str
    done: str
    """What was done, according to the run's record."""
    receipt: str
    """Where the receipt is; empty if there is none."""
    hint: str = ""
    """What is left to do, for example log out."""
    actions: tuple[tuple[str, str], ...] = ()
    """Name and label of each thing the person can do now."""
    came: str = ""
    """What came of the last of these, below the buttons; empty for nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Everything a panel shows at one moment."""

    steps: tuple[StepLine, ...] = ()
    warn: str = ""
    """What a press could destroy on the open page, and the way back; comes before everything else."""
    now: str = ""
    """One sentence on what to do."""
    doing: str = ""
    """What the assistant is doing."""
    note: str = ""
    """What the person should know before the run starts; empty for nothing."""
    help: str = ""
    """What to do if the current screen doesn't work."""
    troubles: tuple[tuple[str, str], ...] = ()
    """What goes wrong here in a person's own words, and what helps."""
    card: str = ""
    card_tone: Tone = "calm"
    code: CodeView | None = None
    question: QuestionView | None = None
    prompt: PromptView | None = None
    advice: AdviceView | None = None
    practice: tuple[tuple[str, str], ...] = field(default=())
    """Test credentials: label and value."""
    practice_hint: str = ""
    practice_now: tuple[str, ...] = ()
    """The part of `practice` to type now: label and value."""
    end: EndView | None = None
    left_s: int | None = None
    """How much longer we wait for the person, seconds; None if that isn't worth saying."""

    def safe(self) -> View:
        """Return the view with every text made safe to show; this is what surfaces draw."""
        return replace(self, **_safe_fields(self))

    def as_json(self) -> dict[str, Any]:
        """Return the view for the panel's page."""
        return asdict(self.safe())


def _safe_fields(part: Any) -> dict[str, Any]:
    return {one.name: _safe(getattr(part, one.name), one.name) for one in fields(part)}


def _safe(value: Any, name: str) -> Any:
    if name in _AS_IT_IS:
        return value
    if isinstance(value, str):
        return visible(value) if name in _WHOLE else harmless(value) if name in _WITH_NUMBERS else shown(value)
    if isinstance(value, tuple):
        return tuple(_safe(one, name) for one in value)
    return replace(value, **_safe_fields(value)) if is_dataclass(value) and not isinstance(value, type) else value
