"""A run's look: the shipped one, plus the institution's portal file and what this computer has learnt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.base.words import Language
from assistant.wording.learnt import Learnt, Word
from assistant.wording.portal_file import latest_good, read_portal_file
from flows import Look, portal_look
from flows.additions import with_additions


@dataclass(frozen=True, slots=True)
class Wording:
    """The look and the words a run uses."""

    look: Look = field(default_factory=portal_look, repr=False)
    suggestions: tuple[Word, ...] = ()
    """Learnt words that no successful run has used yet: we ask the person before pressing one."""
    words: tuple[Word, ...] = ()
    """All words besides the shipped labels: first the institution's file, then this computer."""
    told: tuple[str, ...] = ()
    """What the person should know about it before the run."""


def wording(portal_file: Path | None, learnt: Learnt | None = None, language: Language = "tr") -> Wording:
    """Return what a run with a person uses. If the file is unreadable now, that is its last good copy."""
    found, told = latest_good(portal_file, language) if portal_file is not None else ((), ())
    words = learnt.words() if learnt is not None else ()
    of_file = tuple(Word(one.control, one.label, proven=True) for one in found)
    proven = [word.addition for word in (*of_file, *words) if word.proven]
    asked = tuple(word for word in words if not word.proven)
    known = (*of_file, *(word for word in words if word.addition not in found))
    return Wording(with_additions(portal_look(), proven), asked, known, told)


def look_with(portal_file: Path | None) -> Look:
    """Return the look with only *portal_file* added, for work that must not depend on this computer.

    Raises `UsageError` if the file is unreadable or refused.
    """
    return with_additions(portal_look(), read_portal_file(portal_file)) if portal_file is not None else portal_look()
