"""T.C. Kimlik Kartı through a stand-in reader, and İnternet Bankacılığı: the list of banks, and the way back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from mock_portal.gateway.headers import Handler
from mock_portal.gateway.pages import BANK, BANK_RETURN, ID_CARD, page, sent_form, typed
from mock_portal.gateway.phone import NOBODY
from mock_portal.gateway.visit import HOME, complete_login, logged_in, visit_of
from mock_portal.ledger import Act
from mock_portal.web import portal_of, render, see_other

BANKS: Mapping[str, str] = {
    "ornek": "Örnek Bankası",
    "prova": "Prova Katılım Bankası",
    "deneme": "Deneme Bank",
}
"""Invented banks: part of the address, and name."""


def pages() -> list[tuple[str, str, Handler]]:
    """Return the pages of both methods."""
    return [
        ("GET", ID_CARD, show_card),
        ("POST", ID_CARD, submit_card),
        ("GET", BANK, show_banks),
        ("GET", BANK_RETURN, return_from_bank),
    ]


async def show_card(request: Request) -> Response:
    """Show the form, or the stand-in reader once there is a card in it."""
    if logged_in(request) is not None:
        return see_other(HOME)
    if visit_of(request).card_holder is None:
        return page(request, "id_card.html", active=ID_CARD)
    return render(request, "gateway/stand_in_reader.html", error=None)


async def submit_card(request: Request) -> Response:
    """Put a card into the stand-in reader, or take its PIN (the same as the e-imza card's)."""
    form = await sent_form(request)
    visit, portal = visit_of(request), portal_of(request)
    if typed(form, "actionName") != "kimlikKartiPin":
        visit.card_holder = portal.person_by_national_id(typed(form, "tridField").strip())
        if visit.card_holder is not None:
            return see_other(ID_CARD)
        portal.ledger.record(Act.LOGIN_FAILED, None, method="id-card", reason="unknown")
        return page(request, "id_card.html", active=ID_CARD, error=NOBODY)
    if visit.card_holder is None:
        return see_other(ID_CARD)
    if secrets.compare_digest(visit.card_holder.pin.encode(), typed(form, "kartPin").encode()):
        return complete_login(request, visit.card_holder, "id-card")
    portal.ledger.record(Act.LOGIN_FAILED, visit.card_holder.key, method="id-card", reason="pin")
    return render(request, "gateway/stand_in_reader.html", error="PIN hatalı.")


async def show_banks(request: Request) -> Response:
    """Show the banks to choose from."""
    if logged_in(request) is not None:
        return see_other(HOME)
    return page(request, "bank.html", active=BANK, banks=BANKS, bank_origin=portal_of(request).bank_origin())


async def return_from_bank(request: Request) -> Response:
    """Log in whoever the bank vouches for; its ticket works once."""
    ticket = portal_of(request).tickets.take(request.query_params.get("bilet", ""))
    person = portal_of(request).people.get(ticket["person"]) if ticket and ticket.get("kind") == "bank" else None
    if person is None:
        return see_other(BANK)
    return complete_login(request, person, "bank")
