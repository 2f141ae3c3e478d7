"""The pretend e-Devlet gateway (`giris`): five ways to log in, the second step, sharing, and OAuth2 codes.

Written from what is known of the real one; every page says that it is a simulation. It also has what a test or an
unattended run needs from the portal's side: answering a phone, reading a captcha, changing the policy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.routing import BaseRoute

from mock_portal.gateway import authorization, esign, home, password, phone, second_step, stand_ins
from mock_portal.gateway.authorization import exchange_code
from mock_portal.gateway.client import (
    CALLBACK_PATH,
    CLIENT_ID,
    START_PATH,
    authorization_url,
    registered_redirect,
)
from mock_portal.gateway.headers import secured
from mock_portal.gateway.memory import gateway_of
from mock_portal.gateway.phone import approve_phone, refuse_phone
from mock_portal.gateway.policy import GatewayPolicy
from mock_portal.portal import Portal

__all__ = [
    "CALLBACK_PATH",
    "CLIENT_ID",
    "START_PATH",
    "GatewayPolicy",
    "approve_phone",
    "authorization_url",
    "captcha_answer",
    "exchange_code",
    "policy_of",
    "refuse_phone",
    "registered_redirect",
    "routes",
    "secured",
    "set_policy",
]


def routes(portal: Portal) -> list[BaseRoute]:
    """Return the routes of this origin."""
    parts = (home, authorization, password, second_step, phone, esign, stand_ins)
    return secured(portal, [entry for part in parts for entry in part.pages()])


def policy_of(portal: Portal) -> GatewayPolicy:
    """Return what this portal's gateway is strict about."""
    return gateway_of(portal).policy


def set_policy(portal: Portal, **changes: Any) -> GatewayPolicy:
    """Change fields of this portal's `GatewayPolicy` from now on and return it. TypeError for an unknown field."""
    gateway = gateway_of(portal)
    gateway.policy = replace(gateway.policy, **changes)
    return gateway.policy


def captcha_answer(portal: Portal, image_src: str) -> str | None:
    """Return the answer to the captcha whose `.captchaImage` has this `src`; None when it has expired."""
    return password.captcha_answer_of(gateway_of(portal), image_src)
