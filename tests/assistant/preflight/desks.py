"""Desks of all kinds: described by their facts, with real files in a separate folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.base.errors import CardError
from assistant.base.settings import Settings
from assistant.card.card import Card
from assistant.card.model import CardCertificate, CardView, PinState, TokenInfo, TokenView
from assistant.card.pin import Pin
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Finding
from assistant.preflight.pcsc import PcscState, Reader
from assistant.setup import System
from tests.assistant.card.authority import NOW, Authority, Wish

AKIS_ATR = bytes.fromhex("3B9F978131FE458065544312210831C073F6218081059B")
WITH_CARD = PcscState("running", (Reader("ACS ACR38U", card=True, atr=AKIS_ATR),))
WITHOUT_CARD = PcscState("running", (Reader("ACS ACR38U", card=False),))


@dataclass
class LookedAtCard:
    """A card that can be looked at and nothing else: signing is a mistake."""

    certificates: Sequence[CardCertificate] = ()
    pin: PinState = field(default_factory=PinState)
    error: str | None = None
    name: str = "a card of the tests"

    def start(self) -> None:
        """Do nothing."""

    def look(self) -> CardView:
        """Show the certificates, or raise the error."""
        if self.error:
            raise CardError(self.error)
        info = TokenInfo(0, "AYŞE YILMAZ", "TUBITAK", "AKIS", "10000000146", self.pin)
        return CardView((TokenView(info, tuple(self.certificates)),))

    def sign(
        self, certificate: CardCertificate, data: bytes, pin: Pin | None, *, final_try_allowed: bool = False
    ) -> bytes:
        """Fail: no preflight signs."""
        raise AssertionError("the preflight must not sign")

    def close(self) -> None:
        """Do nothing."""


def on_card(authority: Authority, *wishes: Wish) -> tuple[CardCertificate, ...]:
    """Return certificates as they lie on a token."""
    issued = [authority.issue(wish) for wish in wishes]
    return tuple(CardCertificate(one.certificate_der, b"\1", one.label, 0) for one in issued)


def desk(root: Path, card: Card | None = None, **facts: Any) -> Workstation:
    """Return a Debian desk whose root is a folder, with a module in the usual place when there is a *card*."""
    system_facts: dict[str, Any] = {
        "os": "linux",
        "distro": ("debian",),
        "root": root,
        "home": root / "home",
        "env": {},
    }
    system_facts.update(facts.pop("system", {}))
    if card is not None:
        module = root / "usr/lib/libakisp11.so"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_bytes(b"a module of no known kind")
    own: dict[str, Any] = {
        "system": System(**system_facts),
        "settings": Settings(),
        "now": lambda: NOW,
        "run": lambda command: None,
        "pcsc": lambda: WITH_CARD if card else WITHOUT_CARD,
        "open_card": lambda path, label: card,
    }
    return Workstation(**{**own, **facts})


def only(findings: Sequence[Finding], name: str) -> Finding:
    """Return the one finding called *name*."""
    (found,) = [finding for finding in findings if finding.id == name]
    return found
