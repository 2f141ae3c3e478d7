"""What a panel shows, as plain data: the same for the window and for the terminal.

Every text in a view is ready to be read by the person, in their language. A view may hold what only the person
should see (a document with their name, practice credentials), so no representation shows any of its texts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from itertools import count
from typing import Any, Literal

from assistant.base.foreign import harmless, shown, visible

Tone = Literal["calm", "good", "warn", "bad"]
_AS_IT_IS = frozenset({"photo", "picture"})
"""Fields of our own making: pictures."""
_WITH_NUMBERS = frozenset({"practice", "practice_now", "value", "receipt"})
"""Fields in which a long number is meant: test credentials, the code that the person carries on, a path."""
_WHOLE = frozenset({"document"})
"""Fields of which nothing may be missing, for the person signs them."""
_NUMBERS = count(1)
PromptKind = Literal["sign", "final_try", "wrong_pin", "card_away", "wrong_card"]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the list."""

    title: str
    state: Literal["done", "now", "todo"]
    note: str = ""
    """What is said behind the title, such as that the person helped there."""


@dataclass(frozen=True, slots=True, repr=False)
class QuestionView:
    """An approval that is needed."""

    id: int
    """Answers name it, so that a late press never answers another question."""
    title: str
    meaning: str
    quote: str
    """The portal's own sentence; may be empty."""
    yes: str
    no: str
    doubts: tuple[str, ...] = ()
    """What the page says besides and the program does not understand; the person reads it first."""
    leads_on: bool = True
    """Whether the yes may be the main button: not while a press on the page that is open could do harm."""
    photo: str = ""
    """A picture that the question is about, as a ``data:`` address; empty for none."""
    photo_alt: str = ""


def new_number() -> int:
    """Return a question's number, at least 1: no other question has it, whoever asks; prompts have numbers below 0."""
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
    """The reason, where it cannot be used."""
    chosen: bool = False
    """Whether it will sign: of several usable ones the one that ends last."""


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
    """Whether the yes may be the main button: not where it may lock the card."""


@dataclass(frozen=True, slots=True, repr=False)
class CodeView:
    """The verification code's life. *value* only where the person has to carry it to another program."""

    remaining_s: int
    total_s: int
    value: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class AdviceView:
    """Steps in another program, told one by one, with what the person can press here."""

    title: str
    lines: tuple[str, ...]
    actions: tuple[tuple[str, str], ...] = ()
    """Name and label of each button that belongs to the lines."""
    picture: str = ""
    """A schematic drawing of our own as SVG; empty for none."""
    sketch: tuple[str, ...] = ()
    """The same drawing as lines of text."""
    warn: str = ""
    """What must not be done; stands before everything else."""
    ask: str = ""
    """What the person is asked once they have done what the lines say; empty for nothing."""
    answers: tuple[tuple[str, str], ...] = ()
    """Name and label of each answer to *ask*; pressed like `actions`."""
    bar: tuple[tuple[str, str, bool], ...] = ()
    """The buttons that lead from step to step: name, label, and whether it does anything now. They never move."""

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """All that can be pressed, in the order in which it stands."""
        return tuple((name, label) for name, label, _ in self.bar) + self.actions + self.answers

    @property
    def idle(self) -> frozenset[str]:
        """The names of those that do nothing now."""
        return frozenset(name for name, _, does in self.bar if not does)


@dataclass(frozen=True, slots=True, repr=False)
class EndView:
    """How the run ended."""

    tone: Tone
    title: str
    text: str
    remedy: str
    done: str
    """What was done, as the run's record says."""
    receipt: str
    """Where the receipt lies; empty where there is none."""
    hint: str = ""
    """What is left to do, such as logging out."""
    actions: tuple[tuple[str, str], ...] = ()
    """Name and label of each thing that can be done now."""


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Everything a panel shows at one moment."""

    steps: tuple[StepLine, ...] = ()
    warn: str = ""
    """What could be lost on the page that is open, and the way back; stands before everything else."""
    now: str = ""
    """One sentence on what to do."""
    doing: str = ""
    """What the assistant is doing."""
    note: str = ""
    """What the person should know before the run gets going; empty for nothing."""
    help: str = ""
    """What to do when the present screen does not work."""
    troubles: tuple[tuple[str, str], ...] = ()
    """What goes wrong here in a person's own words, each with what helps."""
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
    """What is to be typed now of `practice`: label and value."""
    end: EndView | None = None
    left_s: int | None = None
    """How long the person is still waited for, seconds; None where nothing is to be said of it."""

    def safe(self) -> View:
        """Return the view with every text in it safe to show: what each surface draws."""
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
