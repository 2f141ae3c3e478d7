"""What the pretend gateway is strict about. Where we know nothing of the real one, the number is a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class GatewayPolicy:
    """How one portal's gateway behaves; change it with `set_policy`. All times by the portal's clock."""

    lock_after: int = 5
    """How many wrong passwords in a row lock the account [guess]."""
    lock_seconds: int = 1800
    """How long a locked account stays locked, in seconds [guess]."""
    captcha: Literal["auto", "always", "never"] = "auto"
    """`auto`: for the people who have one, and after several logins in an hour; `always`: from the first load."""
    captcha_after_logins: int = 10
    """How many logins of one person within an hour bring up a captcha (portal-facts, section 2)."""
    second_step: bool | None = None
    """Whether a second step follows the password; None: only in the 2026 edition."""
    sms_seconds: int = 180
    """Time for typing the SMS code, in seconds (portal-facts: 60 to 180)."""
    sms_tries: int = 3
    """How many wrong SMS codes end the login [guess]."""
    phone_seconds: int = 120
    """Time for answering on the phone, in seconds (portal-facts: 60 to 180)."""
    phone: Literal["person", "approve", "refuse"] = "person"
    """Who answers on the phone: a person (or a test), or the portal itself once the page has been shown."""
    remember_sharing: bool | None = None
    """Whether sharing approved once isn't asked about again in the same session; None: only in the 2026 edition."""
    session_seconds: int = 1200
    """How long a login lets one skip the login page, in seconds [guess]."""
