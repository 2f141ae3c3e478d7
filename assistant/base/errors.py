"""The one error tree of the assistant.

::

    EonayError                 anything we may tell the person
    ├── UsageError             a wrong command line or setting (exit code 2)
    ├── SetupError             a part of this machine is missing
    ├── CardError              token, reader, module, PIN
    ├── SigningError           the signing service or its documents
    ├── RunError               the portal, the browser, the person
    └── GuideError             the guide can't be made as declared

Every error except `UsageError` carries the code of a `Reason` in the catalogue. Its text, its remedy and the
outcome of the run follow from that. Library errors are mapped to one of these where they occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.base.foreign import shown
from assistant.base.outcome import Reason, reasons
from assistant.base.words import LANGUAGES, Language, told


class EonayError(Exception):
    """Base of all errors we show to a person.

    *reason* is a code in the catalogue. *detail* adds one sentence for the person (the portal's own words, a path). It
    never holds a secret.
    """

    def __init__(self, reason: str, detail: str | None = None) -> None:
        if reason not in reasons():
            raise KeyError(reason)
        self.code = reason
        self.detail = None if detail is None else shown(detail)
        super().__init__(reason if detail is None else f"{reason}: {self.detail}")

    def __reduce__(self) -> tuple[type[EonayError], tuple[str, str | None]]:
        """Keep code and detail separate when the error comes from another process."""
        return type(self), (self.code, self.detail)

    def reason(self, language: Language = "tr") -> Reason:
        """Return the catalogue entry in *language*."""
        return reasons(language)[self.code]


class SetupError(EonayError):
    """A part of this machine is missing and could not be installed."""


class CardError(EonayError):
    """Something is wrong with the token, its reader, its module or its PIN."""


class SigningError(EonayError):
    """The signing service refused, or we can't trust what it sent."""


class RunError(EonayError):
    """The portal, the browser or the person ended the run."""


class GuideError(EonayError):
    """The guide can't be made as declared: a picture, a mark or a text is wrong."""


class UsageError(Exception):
    """A wrong command line or setting, and one sentence on what to do, in both languages. Exit code 2.

    Without *english*, *turkish* is already in the language the person chose.
    """

    def __init__(self, turkish: str, english: str = "") -> None:
        super().__init__(shown(turkish))
        self._english = shown(english)

    @classmethod
    def of(cls, name: str, /, **values: object) -> UsageError:
        """Return the error that says the catalogue text *name*, such as ``paper.usage.no_letter``.

        A callable value gets the language: ``why=partial(why, error)``. Raises `KeyError`.
        """
        turkish, english = (told(name, language, **_said(values, language)) for language in LANGUAGES)
        return cls(turkish, english)

    def told(self, language: Language) -> str:
        """Return the sentence in *language*."""
        return self._english if language == "en" and self._english else str(self)


def _said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {name: value(language) if callable(value) else value for name, value in values.items()}


def wrong(name: str, language: Language, where: str, /, **values: object) -> UsageError:
    """Return the error that says the text *name* about *where*: an option, a file."""
    return UsageError(f"{where}: {told(name, language, **values)}")


def nearest(name: str, known: Iterable[str], language: Language = "tr") -> str:
    """Suggest the one of *known* most like *name*: a sentence with a space before it, or nothing."""
    import difflib  # here, because a good start never needs it

    near = difflib.get_close_matches(name, sorted(known), n=1)
    if not near:
        return ""
    return " " + told("base.nearest", language, name=near[0])
