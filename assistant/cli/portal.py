"""The command ``eonay portal``."""

from __future__ import annotations

import threading
from typing import Literal

from rich.table import Table

import fixtures
import mock_portal
from assistant.console import Console
from assistant.outcome import Language
from fixtures import Look

_TR = ("kişi", "ad", "T.C. Kimlik No", "şifre", "SMS", "PIN", "E-Onay", "kart")
_EN = ("person", "name", "ID number", "password", "SMS", "PIN", "E-Onay", "card")
_TEXTS = {
    "tr": ("Benzetim portalı açık. Kapatmak için Ctrl+C.", "Kapatıldı.", "Defter", _TR),
    "en": ("The mock portal is up. Ctrl+C closes it.", "Closed.", "Ledger", _EN),
}


def serve_portal(edition: Literal["2020", "2026"], look: Look, port: int, language: Language) -> int:
    """Serve the mock portal until Ctrl+C and print its people. They are invented; nobody has these numbers."""
    console = Console(highlight=False)
    opened, closed, ledger, heads = _TEXTS[language]
    portal = mock_portal.Portal(edition=edition, look=look)
    with mock_portal.serve(portal, port=port) as served:
        console.print(f"[bold]{opened}[/bold]")
        console.print(f"{served.entry_url}\n{ledger}: http://127.0.0.1:{served.port}/_ledger", soft_wrap=True)
        table = Table(*heads, box=None, padding=(0, 2, 0, 0))
        for person in fixtures.people().values():
            second = person.sms_code if person.second_step == "sms" else person.second_step
            card = f"{person.card.kind} {person.card.key}"
            table.add_row(
                person.key, person.name, person.national_id, person.password, second, person.pin, person.consent, card
            )
        console.print(table)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print(closed)
    return 0
