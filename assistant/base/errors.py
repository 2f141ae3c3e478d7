"""The one error tree of the assistant.

::

    EonayError                 everything a person may be told
    ├── UsageError             a wrong command line or setting (exit code 2)
    ├── SetupError             a part of this machine is missing
    ├── CardError              token, reader, module, PIN
    ├── SigningError           the signing service or its documents
    ├── RunError               the portal, the browser, the person
    └── GuideError             the guide cannot be made as it is declared

Every error but `UsageError` carries the code of a `Reason` in the catalogue, so its text, its remedy
and the outcome of the run follow from it. Errors of libraries are mapped to one of these where they arise.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from assistant.base.foreign import shown
from assistant.base.outcome import Reason, reasons
from assistant.base.words import LANGUAGES, Language, told


class EonayError(Exception):
    """Base of all errors that are shown to a person.

    *reason* is a code of the catalogue. *detail* is a sentence for the person that adds to it (a portal's own
    words, a path); it never holds a secret.
    """

    def __init__(self, reason: str, detail: str | None = None) -> None:
        if reason not in reasons():
            raise KeyError(reason)
        self.code = reason
        self.detail = None if detail is None else shown(detail)
        super().__init__(reason if detail is None else f"{reason}: {self.detail}")

    def __reduce__(self) -> tuple[type[EonayError], tuple[str, str | None]]:
        """Keep code and detail apart on the way from another process."""
        return type(self), (self.code, self.detail)

    def reason(self, language: Language = "tr") -> Reason:
        """Return the catalogue entry in *language*."""
        return reasons(language)[self.code]


class SetupError(EonayError):
    """A part of this machine is missing and could not be installed."""


class CardError(EonayError):
    """The token, its reader, its module or its PIN stands in the way."""


class SigningError(EonayError):
    """The signing service refused, or what it sent cannot be trusted."""


class RunError(EonayError):
    """The portal, the browser or the person ended the run."""


class GuideError(EonayError):
    """The guide cannot be made as it is declared: a picture, a mark, a text."""


class UsageError(Exception):
    """A wrong command line or setting: one sentence that says what to do, in both languages. Exit code 2.

    Where *english* is not given, *turkish* is in the language that was asked for already.
    """

    def __init__(self, turkish: str, english: str = "") -> None:
        super().__init__(shown(turkish))
        self._english = shown(english)

    @classmethod
    def of(cls, name: str, /, **values: object) -> UsageError:
        """Return the error that says the text *name* of the catalogue, such as ``paper.usage.no_letter``.

        A value that can be called is asked with the language: ``why=partial(why, error)``. Raises `KeyError`.
        """
        turkish, english = (told(name, language, **_said(values, language)) for language in LANGUAGES)
        return cls(turkish, english)

    def told(self, language: Language) -> str:
        """Return the sentence in *language*."""
        return self._english if language == "en" and self._english else str(self)


def _said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {name: value(language) if callable(value) else value for name, value in values.items()}


def wrong(name: str, language: Language, where: str, /, **values: object) -> UsageError:
    """Return the error that says the text *name* of *where*: an option, a file."""
    return UsageError(f"{where}: {told(name, language, **values)}")


def nearest(name: str, known: Iterable[str], language: Language = "tr") -> str:
    """Return a sentence, with a space before it, that offers the name of *known* nearest to *name*; or nothing."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    if not near:
        return ""
    return " " + told("base.nearest", language, name=near[0])
