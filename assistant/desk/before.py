"""Before login: what we can find out early about computer and card, so that no login and no code is wasted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count

from assistant.base.errors import CardError
from assistant.base.words import Words
from assistant.card.certificates import choose as choose_certificate
from assistant.card.facts import turkish_date
from assistant.desk import way
from assistant.desk.ask import choose
from assistant.desk.help_view import told_of
from assistant.desk.surface import Surface
from assistant.desk.view import AdviceView, View
from assistant.preflight.checks import for_a_person
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Finding

_PAUSE_S = 0.1
_PAPER_STEPS = 4
_EARLY = ("reader-missing", "driver-missing", "card-held", "pin-locked")
"""What goes wrong before the login, by the ids of problems.toml."""


@dataclass(frozen=True, slots=True)
class KnownEarly:
    """What we know before the run starts."""

    obstacles: tuple[Finding, ...] = ()
    """These make it impossible to sign E-Onay."""
    warnings: tuple[Finding, ...] = ()
    is_expired: bool = False
    """All certificates have expired, so only the paper way is left."""
    ends: datetime | None = None
    """When the certificate that would sign ends."""
    now: datetime | None = None
    """What this computer's clock showed at the look."""


def known(desk: Workstation, *, official_app: bool) -> KnownEarly:
    """Check *desk*'s readers, card, PIN and certificates, and Java if the official app signs."""
    findings = for_a_person(desk, official_app=official_app and not desk.settings.app_command)
    now, view = desk.now(), desk.card().view
    ends, is_expired = None, False
    if view is not None:
        try:
            facts = choose_certificate(view.certificates, now, None).facts
            ends = facts.not_after if facts is not None else None
        except CardError as error:
            is_expired = error.code == "certificate_expired"
        if ends is not None and not official_app:
            # The card's own module has shown the certificate, so nobody needs to hear about readers.
            findings = [finding for finding in findings if finding.id not in {"pcsc", "reader", "card"}]
    return KnownEarly(
        tuple(finding for finding in findings if finding.level == "block"),
        tuple(finding for finding in findings if finding.level == "warn" and finding.id != "e_onay"),
        is_expired,
        ends,
        now,
    )


def looks(desk: Workstation, *, official_app: bool) -> Callable[[], KnownEarly]:
    """Return what looks at *desk*: first at what is known of it already, and each further time anew."""
    desks = chain([desk], (replace(desk) for _ in count()))  # a copy has seen nothing yet
    return lambda: known(next(desks), official_app=official_app)


def settle(
    surface: Surface,
    words: Words,
    look: Callable[[], KnownEarly],
    dressed: Callable[[View], View] = lambda view: view,
) -> KnownEarly | None:
    """Look; if something is in the way, say so and ask. None if the person stops there.

    *dressed* adds to each view what practice shows throughout.
    """
    before: KnownEarly | None = None
    while True:
        found = _looked(surface, words, look, dressed)
        if found is None or not found.obstacles:
            return found
        is_same = before is not None and before.obstacles == found.obstacles
        answer = choose(surface, dressed(before_view(found, words, is_same=is_same)))
        before = found
        if answer != "again":
            return found if answer == "anyway" else None


def before_view(found: KnownEarly, words: Words, *, is_same: bool = False) -> View:
    """Return the view of *found* before the run, with the choice; *is_same* if another look has found the same."""
    # That the certificate has ended stands above it all.
    told = [one for one in found.obstacles if not (found.is_expired and one.id == "e_onay")]
    lines = [f"{one.text} {one.remedy or ''}".strip() for one in told]
    if found.is_expired and found.now is not None:
        # With a clock that is wrong by years a good certificate has expired, too.
        lines.append(words("before.today", day=turkish_date(found.now)))
    if found.is_expired:
        lines += [words("before.paper"), *(words(f"before.paper_{number}") for number in range(1, _PAPER_STEPS + 1))]
    advice = AdviceView(
        words("before.expired" if found.is_expired else "before.title"),
        tuple(lines),
        ask=words("before.ask"),
        answers=tuple((name, words(f"before.{name}")) for name in ("again", "anyway", "leave")),
    )
    return _view(words, words("before.now"), words("before.same" if is_same else "before.doing"), advice)


def warnings(found: Sequence[Finding]) -> str:
    """Return what the panel says about *found* until the person has logged in."""
    return "\n".join(f"{one.text} {one.remedy or ''}".strip() for one in found)


def _looked(
    surface: Surface, words: Words, look: Callable[[], KnownEarly], dressed: Callable[[View], View]
) -> KnownEarly | None:
    """Look in a separate thread, because a driver may hang. None if the person stops meanwhile."""
    box: list[KnownEarly] = []
    is_over = threading.Event()

    def work() -> None:
        try:
            box.append(look())
        finally:
            is_over.set()

    threading.Thread(target=work, name="look-first", daemon=True).start()
    surface.show(dressed(_view(words, words("before.look"), words("before.looking"))))
    while not is_over.is_set():
        if any(event.kind in {"stop", "gone"} for event in surface.events()):
            return None
        surface.pause(_PAUSE_S)
    return box[0] if box else KnownEarly()


def _view(words: Words, now: str, doing: str, advice: AdviceView | None = None) -> View:
    language = words.language
    return View(way.lines("landing", language), now=now, doing=doing, **told_of(_EARLY, language), advice=advice)
