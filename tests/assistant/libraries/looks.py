"""Looks of the mock portal that real libraries draw; their browser builds lie in `vendor`, unchanged."""

from __future__ import annotations

from pathlib import Path

from mock_portal.looks import TEMPLATES, LookDrawing

HERE = Path(__file__).parent
VENDOR = HERE / "vendor"

_POLICY = "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
"""Both set styles of elements, and draw marks as pictures within their style sheets."""

LOOKS = {
    name: LookDrawing(name, (HERE / name, TEMPLATES), static=HERE, policy=_POLICY) for name in ("bootstrap", "quasar")
}
"""Bootstrap with jQuery, and Quasar with Vue."""
