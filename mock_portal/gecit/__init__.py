"""The geçit: KamuSM's OAuth2 client, between the Online İşlemler pages and the e-Devlet gateway."""

from __future__ import annotations

from mock_portal.gateway import START_PATH
from mock_portal.gecit.client import consume_ticket, routes

__all__ = ["START_PATH", "consume_ticket", "routes"]
