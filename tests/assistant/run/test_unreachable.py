"""A page that doesn't open is told by its cause: a certificate, a block, a proxy, or only that it doesn't open."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.run.trouble import why_unreachable
from tests.assistant.card.authority import NOW
from tests.assistant.signing.servers import RawServer, self_signed


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Page.goto: net::ERR_CERT_AUTHORITY_INVALID at https://portal/", "portal_untrusted"),
        ("Page.goto: net::ERR_CERT_DATE_INVALID at https://portal/", "portal_untrusted"),
        ("Page.goto: net::ERR_BLOCKED_BY_ADMINISTRATOR at https://portal/", "portal_blocked"),
        ("Page.goto: net::ERR_PROXY_CONNECTION_FAILED at https://portal/", "proxy_unreachable"),
        ("Page.goto: net::ERR_TUNNEL_CONNECTION_FAILED at https://portal/", "proxy_unreachable"),
        ("Page.goto: net::ERR_NAME_NOT_RESOLVED at https://portal/", "portal_unreachable"),
        ("Page.goto: Timeout 30000ms exceeded.", "portal_unreachable"),
    ],
)
def test_the_browsers_code_tells_the_reason(said: str, reason: str) -> None:
    """Each of Chromium's codes that a desk meets leads to its own reason and remedy."""
    assert why_unreachable(said) == reason


def test_a_certificate_that_the_browser_does_not_know_is_no_lost_connection(tmp_path: Path, page: Page) -> None:
    """If a network intercepts secure connections, the browser's refusal is reported as that, with "don't go on"."""
    server, _trusting = self_signed("localhost", tmp_path / "server.pem", NOW)
    with RawServer(lambda _line: None, tls=server) as portal, pytest.raises(PlaywrightError) as refused:
        page.goto(f"https://localhost:{portal.port}/landing")
    assert why_unreachable(refused.value.message) == "portal_untrusted"
