"""What the portal knows about each person and what its pages change. Thread-safe."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fixtures import Person
from mock_portal.clock import Clock


@dataclass(frozen=True)
class PersonState:
    """One person's standing with the certificate authority."""

    consent: bool
    """Whether an E-Onay is on record."""
    suspended: bool = False
    """Whether the certificates are suspended and may be taken out of suspension."""
    revoked_at: datetime | None = None
    """When the certificates were revoked; None if they weren't. There is no way back."""

    @property
    def revoked(self) -> bool:
        """Whether the certificates have been revoked."""
        return self.revoked_at is not None


class PortalState:
    """Everything the pages can change, starting from what the fixtures say."""

    def __init__(self, people: Mapping[str, Person], clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._people = {key: _beginning(person, clock.now()) for key, person in people.items()}

    def of(self, person: str) -> PersonState:
        """Return the person's current standing. Raises KeyError for an unknown fixture key."""
        with self._lock:
            return self._people[person]

    def give_consent(self, person: str) -> bool:
        """Put an E-Onay on record; return False when there was one already."""
        return self._change(person, consent=True)

    def withdraw_consent(self, person: str) -> bool:
        """Take the E-Onay off the record; return False when there was none."""
        return self._change(person, consent=False)

    def lift_suspension(self, person: str) -> bool:
        """Make suspended certificates usable again; return False when they were not suspended."""
        return self._change(person, suspended=False)

    def revoke(self, person: str) -> bool:
        """Revoke the certificates from now on; return False when they already were. Pages use `Portal.revoke`."""
        now = self._clock.now()
        with self._lock:
            before = self._people[person]
            if before.revoked:
                return False
            self._people[person] = replace(before, revoked_at=now)
            return True

    def _change(self, person: str, *, consent: bool | None = None, suspended: bool | None = None) -> bool:
        with self._lock:
            before = self._people[person]
            after = replace(
                before,
                consent=before.consent if consent is None else consent,
                suspended=before.suspended if suspended is None else suspended,
            )
            self._people[person] = after
            return after != before


def _beginning(person: Person, now: datetime) -> PersonState:
    personal = [certificate.kind for certificate in person.card.certificates if certificate.kind != "seal"]
    revoked = bool(personal) and all(kind == "revoked" for kind in personal)
    return PersonState(
        consent=person.consent == "given",
        suspended=person.suspended,
        revoked_at=now if revoked else None,
    )
