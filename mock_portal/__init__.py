"""A pretend portal for rehearsals and tests, written from what is known about the real one.

It serves three origins on one loopback port, checks real signatures, and keeps a ledger of what happened. It knows
nothing of the flows that are tried on it.
"""

from mock_portal.clock import Clock, ManualClock, SystemClock
from mock_portal.ledger import Act, Entry, Ledger
from mock_portal.portal import Edition, Origin, Portal
from mock_portal.server import Served, serve

__all__ = [
    "Act",
    "Clock",
    "Edition",
    "Entry",
    "Ledger",
    "ManualClock",
    "Origin",
    "Portal",
    "Served",
    "SystemClock",
    "serve",
]
