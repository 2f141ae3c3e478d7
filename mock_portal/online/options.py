"""What gets in the way on one portal's pages: bars and announcements that the person has to close."""

from __future__ import annotations

from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from mock_portal.portal import Portal


@dataclass(frozen=True)
class Options:
    """How one portal's Online İşlemler behaves; change it with `set_options`, even while it is served."""

    cookie_bar: bool | None = None
    """Whether a cookie bar covers the bottom of the page until it is closed; None: only in the 2026 edition."""
    announcement: bool = False
    """Whether a dialog with an announcement covers the first page after the login until it is closed."""


_options: WeakKeyDictionary[Portal, Options] = WeakKeyDictionary()


def options_of(portal: Portal) -> Options:
    """Return the portal's options."""
    return _options.get(portal, Options())


def set_options(portal: Portal, *, cookie_bar: bool | None = None, announcement: bool | None = None) -> None:
    """Change the options that are given, from the next page on."""
    options = options_of(portal)
    if cookie_bar is not None:
        options = replace(options, cookie_bar=cookie_bar)
    if announcement is not None:
        options = replace(options, announcement=announcement)
    _options[portal] = options
