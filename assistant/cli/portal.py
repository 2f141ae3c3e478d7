"""The command ``eonay portal``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Literal

import fixtures
import mock_portal
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.trouble import why
from assistant.base.words import Language, Words, words
from fixtures import Look


def serve_portal(edition: Literal["2020", "2026"], look: Look, port: int, language: Language) -> int:
    """Serve the mock portal until Ctrl+C and print its people. They are made up; nobody has these numbers.

    Raises `UsageError` where the port can't be had.
    """
    console = Console(highlight=False)
    texts = words("cli", language)
    portal = mock_portal.Portal(edition=edition, look=look)
    with ExitStack() as stack:
        try:
            served = stack.enter_context(mock_portal.serve(portal, port=port))
        except OSError as error:
            raise UsageError.of("cli.portal.no_port", port=port, why=partial(why, error)) from None
        console.print(f"[bold]{texts('portal.opened')}[/bold]")
        console.print(
            f"{served.entry_url}\n{texts('portal.ledger')}: http://127.0.0.1:{served.port}/_ledger", soft_wrap=True
        )
        for person in fixtures.people().values():
            console.print()
            for line in person_lines(person, texts):
                console.print(line, soft_wrap=True, markup=False)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print(texts("portal.closed"))
    return 0


def person_lines(person: fixtures.Person, texts: Words) -> Iterator[str]:
    """Yield what we know about *person*, in lines that fit 80 columns. Never breaks a number or a password."""

    def state(word: str) -> str:
        return texts.get(f"portal.state.{word}") or word

    kind = texts.get(f"portal.kind.{person.card.kind}") or person.card.kind
    card = f"{texts('portal.card')} {kind}, {person.card.key}"
    yield f"{person.key} · {person.name} · E-Onay {state(person.consent)} · {card}"
    second = f"{texts('portal.second_step')} {state(person.second_step)}"
    yield "  " + " · ".join(
        (
            f"{texts('portal.national_id')} {person.national_id}",
            f"{texts('portal.password')} {person.password}",
            f"SMS {person.sms_code}" if person.sms_code else second,
            f"PIN {person.pin}",
        )
    )
