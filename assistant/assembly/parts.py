"""What settings and options decide on their own: host rule, limits, card module, browser."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.base.errors import CardError, UsageError
from assistant.base.settings import Settings
from assistant.browser.launch import BrowserOptions
from assistant.card.modules import card_modules
from assistant.run.limits import Limits
from assistant.setup import Part
from assistant.wording.look import Wording
from flows import ENTRY, HostRule, PortalAddressError

_LOOPBACK = "(localhost, *.localhost, 127.0.0.0/8, ::1)"
_ADDRESS_PROBLEMS = frozenset({"not_an_address", "user_name"})
"""What can be wrong with an address for every kind of run, by `PortalAddressError.problem`."""


def guided_rule(address: str | None) -> HostRule:
    """Return the host rule of the real portal, or of a portal on this machine. Raises `UsageError`."""
    real = HostRule.real()
    if address is None or real.is_entry(address):
        return real
    return _loopback_rule(address, "guided")


def unattended_rule(address: str) -> HostRule:
    """Return the host rule of the portal at *address*. Raises `UsageError` if it isn't on this machine."""
    return _loopback_rule(address, "unattended")


def limits_of(settings: Settings) -> Limits:
    """Return how long a run waits under these *settings*."""
    return Limits(
        settle_s=settings.settle_s,
        page_s=settings.page_patience_s,
        person_s=settings.person_patience_s,
        banner_s=settings.banner_patience_s,
    )


def card_module(settings: Settings) -> Path:
    """Return the card's PKCS#11 module: the one in the settings, else the likeliest installed one.

    Raises `CardError` (``module_missing``) if there is neither.
    """
    for module in card_modules(settings.pkcs11_module):
        return module.path
    raise CardError("module_missing")


def browser_options(
    settings: Settings, *, headed: bool = False, slow_mo_ms: float = 0, loopback_only: bool = True
) -> BrowserOptions:
    """Return how to open the browser."""
    return BrowserOptions(headed, slow_mo_ms, loopback_only, settings.browser_args)


def needed_browser(settings: Settings, *, headed: bool = False) -> Part:
    """Return what to install for the browser in *settings*. A browser given by its path is there already."""
    if isinstance(settings.browser, Path):
        return Part.DRIVER
    return Part.BROWSER if headed or settings.browser == "full" else Part.ANY_BROWSER


def said(found: Wording) -> Wording:
    """Tell the person what they should know about their portal file, and return *found*."""
    for line in found.told:
        sys.stderr.write(f"! {line}\n")
    sys.stderr.flush()
    return found


def _loopback_rule(address: str, not_loopback: str) -> HostRule:
    try:
        return HostRule.for_loopback(address)
    except PortalAddressError as error:
        name = error.problem if error.problem in _ADDRESS_PROBLEMS else not_loopback
        raise UsageError.of(f"assembly.address.{name}", loopback=_LOOPBACK, entry=ENTRY) from None
