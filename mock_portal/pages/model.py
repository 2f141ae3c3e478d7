"""What a page of Online İşlemler holds: one model, which a look draws (`mock_portal.looks`).

The words are only here, so that they are the same however they are drawn. Controls have keys: names that no page shows,
for changes to find them by (`mock_portal.pages.changes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Literal, TypeVar

Kind = Literal["plain", "main", "danger"]


@dataclass(frozen=True, slots=True)
class Link:
    """A control that leads to an address."""

    key: str
    label: str
    href: str
    kind: Kind = "plain"
    new_tab: bool = False


@dataclass(frozen=True, slots=True)
class SubmitButton:
    """The control that sends the form it is in."""

    key: str
    label: str
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Tile:
    """One service: a title and a sentence that together lead to an address."""

    key: str
    title: str
    href: str
    icon: str
    """Name of a drawing in `icon.html`."""
    sentence: str = ""
    new_tab: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph."""

    drawn: ClassVar[str] = "text"
    words: str
    tone: Literal["plain", "lead", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class TermsBlock:
    """What the person is asked to read."""

    drawn: ClassVar[str] = "terms"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotesBlock:
    """A box next to the services."""

    drawn: ClassVar[str] = "notes"
    title: str
    items: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Services to choose from."""

    drawn: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]
    is_entrance: bool = False
    """Whether these are the sections of the home page, which have titles only."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table."""

    words: str
    tone: Literal["plain", "serial", "good", "bad"] = "plain"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows under headings."""

    drawn: ClassVar[str] = "table"
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """What going on means, in plain words."""

    drawn: ClassVar[str] = "statement"
    words: str


@dataclass(frozen=True, slots=True)
class Checkbox:
    """A box to be ticked."""

    drawn: ClassVar[str] = "tick"
    name: str
    value: str
    words: str
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One answer of several."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Answers to choose one from; none is chosen beforehand."""

    drawn: ClassVar[str] = "choice"
    name: str
    legend: str
    options: tuple[ChoiceOption, ...]
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """Answers in a list that opens."""

    drawn: ClassVar[str] = "select"
    name: str
    label: str
    options: tuple[ChoiceOption, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """A field for a new password."""

    drawn: ClassVar[str] = "secret"
    name: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Actions:
    """Controls in a row."""

    drawn: ClassVar[str] = "actions"
    controls: tuple[Link | SubmitButton, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent together."""

    drawn: ClassVar[str] = "form"
    key: str
    """Key of the control that sends it."""
    action: str
    inside: tuple[Block, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    """Names and values that are sent too, apart from the token."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class SigningBlock:
    """The code with its remaining time, the ways to the signing application, and the result in its place."""

    drawn: ClassVar[str] = "signing"
    task: str
    state: str
    serial: int
    code: str = field(repr=False)
    seconds_left: int
    poll_every_ms: int
    done: str
    """What is said below the banner once the signature is accepted."""
    jnlp: Link
    jar: Link
    caption: str = "Doğrulama Kodu"
    last_step: str = "Aşağıdaki doğrulama kodunu kopyalayıp uygulamaya yapıştırınız ve imzalama işlemini tamamlayınız."
    home: Link = Link("ana-sayfa", "Ana Sayfa", "/anasayfa")
    back: SubmitButton = SubmitButton("geri", "Geri")
    renewal: SubmitButton = SubmitButton("yeni-kod", "Tekrar Kod Al", "main")


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns."""

    drawn: ClassVar[str] = "beside"
    left: tuple[Block, ...]
    right: tuple[Block, ...]


Field = StatementBlock | Checkbox | Choice | Select | Secret
Block = TextBlock | TermsBlock | NotesBlock | Tiles | TableBlock | Field | Actions | Form | SigningBlock | Beside


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    key: str
    """Which screen it is; no page shows it."""
    title: str
    heading: str
    blocks: tuple[Block, ...]
    is_narrow: bool = False
    """Whether it is a single box on an empty page."""


HOME = Link("ana-sayfa", "Ana Sayfa", "/anasayfa")
"""The way home that most pages end with."""

T = TypeVar("T")


def altered(node: T, change: Callable[[Any], Any]) -> T:
    """Return *node* with *change* applied to everything in it, inner things first.

    *change* returns what takes a thing's place: the thing itself, another, or a list of several where it is one of a
    sequence.
    """
    if not is_dataclass(node) or isinstance(node, type):
        return node
    values = {entry.name: _altered_value(getattr(node, entry.name), change) for entry in fields(node)}
    changed = {name: value for name, value in values.items() if value is not getattr(node, name)}
    result: T = change(replace(node, **changed) if changed else node)
    return result


def _altered_value(value: Any, change: Callable[[Any], Any]) -> Any:
    if not isinstance(value, tuple):
        return altered(value, change)
    entries = [_altered_value(entry, change) for entry in value]
    if all(new is old for new, old in zip(entries, value, strict=True)):
        return value
    return tuple(each for entry in entries for each in (entry if isinstance(entry, list) else [entry]))
