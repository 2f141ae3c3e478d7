"""The portal as a whole: its people, its memory and its three origins. For its pages see `mock_portal.hosts`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from starlette.middleware import Middleware

import fixtures
from fixtures import Person
from mock_portal.clock import Clock, SystemClock
from mock_portal.expiring import Expiring
from mock_portal.ledger import Act, Ledger
from mock_portal.looks import LookDrawing, drawing_of
from mock_portal.signing import SigningDesk
from mock_portal.state import PortalState

if TYPE_CHECKING:
    from mock_portal.pki import TestPki

Edition = Literal["2020", "2026"]
"""Which words the portal uses: those of the guide of 2020, or what has changed since."""

Origin = Literal["onlineislemler", "gecit", "giris"]

COOKIES: Mapping[Origin, str] = MappingProxyType(
    {"onlineislemler": "kamusm_oturum", "gecit": "gecit_oturum", "giris": "edevlet_oturum"}
)
"""Origin to the name of its session cookie."""

BANK_HOST = "banka.localhost"
"""The stand-in bank's host; its port is its own too."""

TICKET_LIFETIME = 60
"""How many seconds an OAuth2 code or a hand-over ticket is good."""


class Portal:
    """One mock portal. Two portals in one process share nothing but their templates and CA keys.

    `people` are fixture keys, or people of the caller's own by key; None means everybody in the fixtures.
    `middleware` is wrapped around the whole application, outermost first (faults come in this way).
    `code_lifetime` is in seconds. `look` is one of `fixtures.LOOKS`, or one of the caller's own; ValueError otherwise.
    """

    def __init__(
        self,
        edition: Edition = "2026",
        people: Mapping[str, Person] | Iterable[str] | None = None,
        clock: Clock | None = None,
        middleware: Sequence[Middleware] = (),
        code_lifetime: float = 300,
        look: str | LookDrawing = "plain",
    ) -> None:
        self.edition: Edition = edition
        self.look = drawing_of(look)
        """How the pages of Online İşlemler are drawn."""
        self.people: Mapping[str, Person] = _chosen(people)
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.started = self.clock.now()
        """Certificates are valid relative to this moment."""
        self.middleware = tuple(middleware)
        self.code_lifetime = code_lifetime
        self.ledger = Ledger(self.clock)
        self.state = PortalState(self.people, self.clock)
        self.desk = SigningDesk(self.clock, self.ledger, code_lifetime)
        self.tickets: Expiring[Mapping[str, str]] = Expiring(self.clock, TICKET_LIFETIME)
        """One-time tokens (OAuth2 codes, hand-over tickets): `put` makes one, `take` uses it up."""
        self.port: int | None = None
        """The loopback port; known once `serve` has bound it."""
        self.bank_port: int | None = None
        """The stand-in bank's port; known when `port` is."""
        self._by_national_id = {person.national_id: person for person in self.people.values()}
        self._pki_lock = threading.Lock()
        self._pki: TestPki | None = None

    @property
    def pki(self) -> TestPki:
        """The test PKI, made when first asked for. Ask after serving: certificates contain the port."""
        # Imported here: a portal where nobody signs can do without it.
        from mock_portal.pki import TestPki

        with self._pki_lock:
            if self._pki is None:
                self._pki = TestPki(self.people, self.clock, self.state, self.depot_url(), start=self.started)
            return self._pki

    def origin(self, name: Origin) -> str:
        """Return an origin such as `http://giris.localhost:8123`. Raises RuntimeError before `serve`."""
        if name not in COOKIES:
            raise ValueError(f"no origin is called {name!r}")
        if self.port is None:
            raise RuntimeError("the portal is not being served yet, so it has no address")
        return f"http://{name}.localhost:{self.port}"

    def bank_origin(self) -> str:
        """Return the origin of the stand-in bank. Raises RuntimeError before `serve`."""
        if self.bank_port is None:
            raise RuntimeError("the portal is not being served yet, so its bank has no address")
        return f"http://{BANK_HOST}:{self.bank_port}"

    def depot_url(self) -> str:
        """Return where certificates say that CRLs and issuers are; without a port before `serve`."""
        port = "" if self.port is None else f":{self.port}"
        return f"http://onlineislemler.localhost{port}/depo"

    def person_by_national_id(self, number: str) -> Person | None:
        """Return the person with this T.C. Kimlik No, or None."""
        return self._by_national_id.get(number)

    def revoke(self, person: str) -> bool:
        """Revoke the person's certificates for good: from now on they are on the CRL, and in the ledger.

        Returns False, and does nothing, when they were revoked already.
        """
        if not self.state.revoke(person):
            return False
        self.ledger.record(Act.CERTIFICATE_REVOKED, person)
        return True


def _chosen(people: Mapping[str, Person] | Iterable[str] | None) -> Mapping[str, Person]:
    everybody = fixtures.people()
    if people is None:
        return everybody
    if isinstance(people, Mapping):
        return MappingProxyType(dict(people))
    return MappingProxyType({key: everybody[key] for key in people})
