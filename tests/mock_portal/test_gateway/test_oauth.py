"""The authorization code flow between the geçit and the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from mock_portal import Act, Edition, ManualClock
from mock_portal.gateway import CLIENT_ID, exchange_code, registered_redirect, set_policy
from mock_portal.gecit import consume_ticket
from tests.mock_portal.test_gateway.conftest import BOTH_EDITIONS, NewGate, Someone
from tests.mock_portal.test_gateway.visitor import PASSWORD_PATH, GatewayVisitor

AUTHORIZE = "/OAuth2AuthorizationServer/AuthorizationController"


def _query(gate: GatewayVisitor, **changes: str) -> str:
    values = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "state": "the-state",
        "scope": "Kimlik-Dogrula;Ad-Soyad",
        "redirect_uri": registered_redirect(gate.portal),
        **changes,
    }
    return f"{AUTHORIZE}?{urlencode(values)}"


def _callback_query(gate: GatewayVisitor) -> Mapping[str, str]:
    """Return what the gateway last told the geçit."""
    callback = next(url for url in reversed(gate.trail) if "/OAuth2/edevletsonuc" in url)
    return {name: values[0] for name, values in parse_qs(urlsplit(callback).query).items()}


@BOTH_EDITIONS
def test_a_login_ends_with_a_ticket_for_the_person(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """Password and sharing lead to a ticket that is good once, and the ledger records both acts."""
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    ticket = gate.ticket()
    assert consume_ticket(gate.portal, ticket) == "hatice"
    assert consume_ticket(gate.portal, ticket) is None
    assert [(entry.act, entry.person) for entry in gate.portal.ledger.entries()] == [
        (Act.LOGIN, "hatice"),
        (Act.SHARING_APPROVED, "hatice"),
    ]


def test_the_request_carries_what_the_real_one_carries(gate: GatewayVisitor) -> None:
    """The geçit's request has response type, client, state, both scopes and its own address."""
    gate.begin()
    asked = next(urlsplit(url) for url in gate.trail if AUTHORIZE in url)
    query = parse_qs(asked.query)
    assert asked.path == AUTHORIZE
    assert query["response_type"] == ["code"]
    assert query["scope"] == ["Kimlik-Dogrula;Ad-Soyad"]
    assert query["redirect_uri"] == [registered_redirect(gate.portal)]
    assert "scope=Kimlik-Dogrula;Ad-Soyad" in asked.query
    assert len(query["state"][0]) >= 16
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH


def test_a_foreign_state_is_refused(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """An answer from another browser's login, or with a made-up state, gives no ticket."""
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    stranger = new_gate()
    stranger.begin()
    refused = stranger.visit(next(url for url in gate.trail if "/OAuth2/edevletsonuc" in url))
    assert refused.status_code == 400
    invented = stranger.visit(stranger.portal.origin("gecit") + "/OAuth2/edevletsonuc?code=x&state=invented")
    assert invented.status_code == 400
    assert not any("/oturum" in url for url in stranger.trail)


def test_an_answer_is_taken_once(gate: GatewayVisitor, someone: Someone) -> None:
    """If the same browser sends the gateway's answer a second time, it is refused."""
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    again = gate.visit(next(url for url in gate.trail if "/OAuth2/edevletsonuc" in url))
    assert again.status_code == 400
    assert "Yeniden dene" in gate.parts.text


def test_a_state_is_good_once(gate: GatewayVisitor, someone: Someone) -> None:
    """Even a fresh code of the same person is refused if its state was used before."""
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    fresh = gate.client.get(gate.portal.origin("giris") + _query(gate, state=_callback_query(gate)["state"]))
    assert "code=" in fresh.headers["location"]
    assert gate.visit(fresh.headers["location"]).status_code == 400


def _code(gate: GatewayVisitor, someone: Someone) -> str:
    """Log in at the gateway only and return a code that the geçit hasn't seen."""
    gate.giris(_query(gate))
    gate.type_password(someone("hatice"))
    form = gate.parts.forms["loginForm"]
    url = gate.portal.origin("giris") + "/OAuth2AuthorizationServer/" + form.action
    answer = gate.client.post(url, data=form.fields)
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def test_a_code_is_good_once(gate: GatewayVisitor, someone: Someone) -> None:
    """The first exchange of a code returns the person, the second returns nobody."""
    code, redirect = _code(gate, someone), registered_redirect(gate.portal)
    assert exchange_code(gate.portal, code, CLIENT_ID, redirect) == "hatice"
    assert exchange_code(gate.portal, code, CLIENT_ID, redirect) is None


def test_a_code_is_bound_to_its_address_and_client(gate: GatewayVisitor, someone: Someone) -> None:
    """If the redirect address or the client differs, the code is worthless, then and later."""
    redirect = registered_redirect(gate.portal)
    code = _code(gate, someone)
    assert exchange_code(gate.portal, code, CLIENT_ID, redirect + "/") is None
    assert exchange_code(gate.portal, code, CLIENT_ID, redirect) is None


def test_a_code_and_a_ticket_live_a_minute(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """After sixty seconds by the portal's clock, a code and a ticket are both worthless."""
    code = _code(gate, someone)
    gate.begin()  # the session is live and sharing is approved, so this ends at the door
    ticket = gate.ticket()
    clock.advance(61)
    assert exchange_code(gate.portal, code, CLIENT_ID, registered_redirect(gate.portal)) is None
    assert consume_ticket(gate.portal, ticket) is None


def test_a_code_is_no_ticket(gate: GatewayVisitor, someone: Someone) -> None:
    """If a code leaks from the address bar, it still opens no session at Online İşlemler."""
    assert consume_ticket(gate.portal, _code(gate, someone)) is None


@pytest.mark.parametrize(
    "redirect",
    [
        "https://evil.example/OAuth2/edevletsonuc",
        "{gecit}.evil.example/OAuth2/edevletsonuc",
        "{gecit}/OAuth2/edevletsonuc/../landing",
        "{gecit}/OAuth2/edevletsonuc?next=https://evil.example",
        "{gecit}@evil.example/OAuth2/edevletsonuc",
        "http://gecit.localhost/OAuth2/edevletsonuc",
        "//evil.example",
        "",
    ],
)
def test_no_open_redirect(gate: GatewayVisitor, someone: Someone, redirect: str) -> None:
    """Any address but the registered one gets an error page instead of a redirect, logged in or not."""
    path = _query(gate, redirect_uri=redirect.format(gecit=gate.portal.origin("gecit")))
    assert gate.giris(path).status_code == 400
    gate.log_in(someone("hatice"))
    assert gate.giris(path).status_code == 400
    assert gate.trail[-1] == gate.portal.origin("giris") + path


def test_a_repeated_parameter_is_refused(gate: GatewayVisitor) -> None:
    """Two redirect addresses in one request are a trick, whichever comes first."""
    evil = "redirect_uri=https://evil.example"
    assert gate.giris(f"{_query(gate)}&{evil}").status_code == 400
    assert gate.giris(_query(gate).replace("?", f"?{evil}&", 1)).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "Kimlik-Dogrula;Ad-Soyad;Adres"}, "invalid_scope"),
        ({"state": ""}, "invalid_request"),
    ],
)
def test_a_request_for_more_is_told_so(gate: GatewayVisitor, changes: dict[str, str], error: str) -> None:
    """A wrong response type, extra scope or a missing state goes back to the geçit as an OAuth2 error."""
    gate.giris(_query(gate, **changes))
    assert _callback_query(gate)["error"] == error


def test_an_unknown_application_is_refused(gate: GatewayVisitor) -> None:
    """If the client id isn't registered, you get a page and no redirect."""
    assert gate.giris(_query(gate, client_id="somebody-else")).status_code == 400


@BOTH_EDITIONS
def test_sharing_refused(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """İptal on the sharing page gives access_denied, a page with a way back, and no ticket."""
    gate.log_in(someone("hatice"))
    gate.send("cancelForm", button="cancelButton")
    assert _callback_query(gate)["error"] == "access_denied"
    assert gate.page.status_code == 200
    assert "Giriş yapılmadı" in gate.parts.text
    assert "/OAuth2/baslat" in gate.page.text
    assert "/landing" in gate.page.text
    assert gate.portal.ledger.count(Act.SHARING_REFUSED, "hatice") == 1
    assert gate.portal.ledger.count(Act.SHARING_APPROVED) == 0


@BOTH_EDITIONS
def test_login_cancelled(gate: GatewayVisitor, edition: Edition) -> None:
    """İptal on the login page takes you back through the geçit, and nothing has happened."""
    gate.begin()
    gate.send("cancelForm", button="cancelButton")
    assert _callback_query(gate)["error"] == "access_denied"
    assert gate.portal.ledger.entries() == ()


@BOTH_EDITIONS
def test_a_live_session_skips_the_login(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """The second time through the geçit needs no password. Only 2020 asks again about sharing."""
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    gate.trail.clear()
    gate.begin()
    assert not any(PASSWORD_PATH in url for url in gate.trail)
    if edition == "2020":
        assert "2- Ad Soyad Bilgisi" in gate.parts.text
        gate.send("loginForm", button="submitButton")
    assert consume_ticket(gate.portal, gate.ticket()) == "hatice"
    assert gate.portal.ledger.count(Act.LOGIN) == 1
    assert gate.portal.ledger.count(Act.SHARING_APPROVED) == (2 if edition == "2020" else 1)


def test_sharing_is_asked_again_where_the_policy_says_so(gate: GatewayVisitor, someone: Someone) -> None:
    """With `remember_sharing=False` the 2026 edition shows the sharing page every time."""
    set_policy(gate.portal, remember_sharing=False)
    gate.log_in(someone("hatice"))
    gate.send("loginForm", button="submitButton")
    gate.begin()
    assert "2- Ad Soyad Bilgisi" in gate.parts.text


def test_a_refusal_is_not_remembered_as_a_yes(gate: GatewayVisitor, someone: Someone) -> None:
    """If you refuse to share, the next attempt asks again."""
    gate.log_in(someone("hatice"))
    gate.send("cancelForm")
    gate.begin()
    assert "2- Ad Soyad Bilgisi" in gate.parts.text


def test_a_live_session_ends(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """Twenty minutes after the login you must enter the password again."""
    gate.log_in(someone("hatice"))
    clock.advance(1200)
    gate.begin()
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH


def test_a_sharing_page_is_answered_once(gate: GatewayVisitor, someone: Someone) -> None:
    """If you send an already answered sharing page again, you get a message, not a second code."""
    gate.log_in(someone("hatice"))
    answered = gate.page
    gate.send("loginForm")
    gate.at = answered
    gate.send("loginForm")
    assert gate.page.status_code == 409
    assert gate.portal.ledger.count(Act.SHARING_APPROVED) == 1


def test_two_tabs_each_come_to_their_end(gate: GatewayVisitor, someone: Someone) -> None:
    """Two logins started in one browser both finish, each with its own ticket."""
    set_policy(gate.portal, remember_sharing=False)
    gate.log_in(someone("hatice"))
    first = gate.page
    gate.begin()
    gate.send("loginForm")
    ticket = gate.ticket()
    gate.at = first
    gate.send("loginForm")
    assert {consume_ticket(gate.portal, ticket), consume_ticket(gate.portal, gate.ticket())} == {"hatice"}
    assert gate.ticket() != ticket
