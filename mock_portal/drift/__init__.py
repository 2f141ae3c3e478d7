"""Drift: seeded changes of the portal's look, applied to every page on its way out.

A drift knows the portal's own pages and nothing about whoever reads them. Most changes shouldn't matter to a reader;
those of `mock_portal.drift.stops` must make one stop, because what it looks for is gone, doubled, unclear or does
something else. Each change is a small function over the parsed page with its own random numbers::

    names       ids and classes            structure   wrappers, tags, order, levels, columns, frames
    texts       capitals, spaces, dashes   behaviour   late rendering, overlays, shadow trees, zoom
    labels      of fields and boxes        decoys      what resembles the wanted and the forbidden
    words       the names that other sources give, and other services next to them
    stops       what must stop a reader
"""

from mock_portal.drift.change import CHANGES, Change, DriftedPage
from mock_portal.drift.middleware import Drift, drifting

__all__ = ["CHANGES", "Change", "Drift", "DriftedPage", "drifting"]
