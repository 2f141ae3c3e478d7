"""The command ``eonay portal``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Literal

import fixtures
import mock_portal
from assistant.base.console import Console
from assistant.base.outcome import Language
from fixtures import Look

_TR = ("T.C. Kimlik No", "şifre", "SMS", "2. adım", "PIN", "E-Onay", "kart")
_EN = ("ID number", "password", "SMS", "2nd step", "PIN", "E-Onay", "card")
_TEXTS = {
    "tr": ("Benzetim portalı açık. Kapatmak için Ctrl+C.", "Kapatıldı.", "Defter", _TR),
    "en": ("The mock portal is up. Ctrl+C closes it.", "Closed.", "Ledger", _EN),
}
_IN_TURKISH = {"missing": "yok", "given": "var", "none": "yok", "phone": "telefon"}


def serve_portal(edition: Literal["2020", "2026"], look: Look, port: int, language: Language) -> int:
    """Serve the mock portal until Ctrl+C and print its people. They are invented; nobody has these numbers."""
    console = Console(highlight=False)
    opened, closed, ledger, heads = _TEXTS[language]
    portal = mock_portal.Portal(edition=edition, look=look)
    with mock_portal.serve(portal, port=port) as served:
        console.print(f"[bold]{opened}[/bold]")
        console.print(f"{served.entry_url}\n{ledger}: http://127.0.0.1:{served.port}/_ledger", soft_wrap=True)
        for person in fixtures.people().values():
            console.print()
            for line in _lines(person, heads, language):
                console.print(line, soft_wrap=True, markup=False)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print(closed)
    return 0


def _lines(person: fixtures.Person, heads: tuple[str, ...], language: Language) -> Iterator[str]:
    """Yield what is known of *person*, in lines that fit 80 columns; a number or a password is never cut."""
    national_id, password, sms, second_step, pin, consent, card = heads

    def said(word: str) -> str:
        return _IN_TURKISH.get(word, word) if language == "tr" else word

    second = f"{sms} {person.sms_code}" if person.sms_code else f"{second_step} {said(person.second_step)}"
    kind = f"{person.card.kind} {person.card.key}"
    yield f"{person.key} · {person.name} · {consent} {said(person.consent)} · {card} {kind}"
    yield f"  {national_id} {person.national_id} · {password} {person.password} · {second} · {pin} {person.pin}"
