"""What the pretend gateway is strict about. Where nothing is known of the real one, the number is a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Policy:
    """How one portal's gateway behaves; change it with `set_policy`. All times by the portal's clock."""

    lock_after: int = 5
    """Wrong passwords in a row after which the account is locked [guess]."""
    lock_seconds: int = 1800
    """How long a locked account stays locked, in seconds [guess]."""
    captcha: Literal["auto", "always", "never"] = "auto"
    """`auto`: for the people who have one, and after several logins in an hour; `always`: from the first load."""
    captcha_after_logins: int = 10
    """Logins of one person within an hour after which a captcha is asked for (portal-facts, section 2)."""
    second_step: bool | None = None
    """Whether the password is followed by a second step; None: in the 2026 edition only."""
    sms_seconds: int = 180
    """Time for typing the SMS code, in seconds (portal-facts: 60 to 180)."""
    sms_tries: int = 3
    """Wrong SMS codes after which the login is over [guess]."""
    phone_seconds: int = 120
    """Time for answering on the phone, in seconds (portal-facts: 60 to 180)."""
    phone: Literal["person", "approve", "refuse"] = "person"
    """Who answers on the phone: a person (or a test), or the portal itself once the page has been shown."""
    remember_sharing: bool | None = None
    """Whether sharing approved once is not asked again in the same session; None: in the 2026 edition only."""
    session_seconds: int = 1200
    """How long a login is good for skipping the login page, in seconds [guess]."""
