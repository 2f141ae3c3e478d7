"""The one check before every act, control by control: what stops it and what doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from flows import Control, HostRule, SafetyError, portal_look
from flows.safety import as_data, check_act, is_forbidden, why_forbidden
from tests.flows import pages
from tests.flows.conftest import ENTRY
from tests.flows.drawn_by_hand import URL, control

RULE = HostRule.for_loopback(ENTRY)
REVOKE = "Sertifikamı İptal Et"
RESET = "PIN sıfırla"


def why(one: Control, page_text: str = "") -> str:
    """Return why we must not use *one*."""
    return why_forbidden(one, page_text, RULE)


@pytest.mark.parametrize("phrase", as_data()["phrases"])  # type: ignore[arg-type]
def test_each_phrase_is_forbidden(phrase: str) -> None:
    """A phrase of the list stops any control that has it among its words, and the reason names it."""
    assert is_forbidden(f"Buradan {phrase.upper()} istenir")
    assert why(control(f"x {phrase} y")).startswith("the words ")


@pytest.mark.parametrize(
    "place",
    [
        {"text": REVOKE},
        {"names": ("Devam", REVOKE)},
        {"title": REVOKE},
        {"beside": REVOKE},
        {"effects": ("/x", REVOKE)},
        {"carries": ("a=1", f"islem={REVOKE}")},
    ],
)
def test_a_phrase_is_found_wherever_it_stands(place: dict[str, Any]) -> None:
    """We read text, names, tile, neighbours, effects and what the form sends along."""
    assert why(control(**{"text": "Devam", **place})) == "the words 'sertifikami iptal'"


@pytest.mark.parametrize(
    "place", [{"text": RESET}, {"names": (RESET,)}, {"title": RESET}, {"beside": RESET}, {"effects": (RESET,)}]
)
def test_a_lock_or_a_secret_is_found_wherever_it_stands(place: dict[str, Any]) -> None:
    """The same goes for words about a lock, a PIN or a password, on any of several lines."""
    assert why(control(**{"text": "Devam", **place})) == "words on a lock, a PIN or a password"
    assert is_forbidden(f"Devam\n{RESET}")
    assert not is_forbidden("PIN\nsıfırla")


def test_the_words_of_two_parts_are_not_read_as_one() -> None:
    """A phrase that starts in one part and ends in another is not a phrase."""
    assert why(control("web", names=("parola",))) == ""


@pytest.mark.parametrize("place", ["effects", "carries"])
def test_an_act_that_only_machines_can_read_is_forbidden(place: str) -> None:
    """If a handler, an address or a hidden value names the act in code, that stops the control just as words would."""
    assert why(control("Devam", **{place: ("/x", "revokeCertificate()")})).startswith("the action ")
    assert why(control("Devam", **{place: ("/x", "goOn()")})) == ""


@pytest.mark.parametrize(
    "name", ["portal_home", "edevlet_login", "gateway_link", "nes_menu", "individual_menu", "eonay_tile"]
)
def test_a_way_through_the_portal_is_open_where_a_page_withdraws(name: str) -> None:
    """On a page with the withdraw sentence we may still press a way on, by its own label or its tile's title."""
    label = portal_look().controls[name].labels[0]
    assert why(control(label), pages.WITHDRAW) == ""
    assert why(control("Tıklayınız", title=label), pages.WITHDRAW) == ""


@pytest.mark.parametrize("page_text", ["Onayımı KALDIRMAK İSTİYORUM.", f"Duyuru\n{pages.GIVE}\nkaldırmak istiyorum"])
def test_nothing_else_is_open_where_a_page_withdraws(page_text: str) -> None:
    """On such a page we refuse Devam and everything else; on any other page we don't."""
    for label in ("Devam", "Onayla", "Tamam"):
        assert why(control(label), page_text) == "a page that withdraws the consent"
        assert why(control(label), pages.GIVE) == ""


def refused(one: Control, page_text: str = "", page_url: str = URL) -> str:
    """Return why the act is refused, or "" if it isn't."""
    try:
        check_act(one, page_text, page_url, RULE)
    except SafetyError as stopped:
        return stopped.reason
    return ""


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (control("Devam"), ""),
        (control("Devam", href="http://giris.localhost:8123/x"), ""),
        (control("Devam", href="http://giris.localhost:9999/x"), "host_not_allowed"),
        (control("Devam", href="https://example.org/"), "host_not_allowed"),
        (control("Devam", href="javascript:go()"), ""),
        (control("Devam", href="#devam"), ""),
        (control("Devam", effects=("/nes", "location.href='http://gecit.localhost:8123/nes'")), ""),
        (control("Devam", effects=("/nes", "location.href='http://example.org/nes'")), "host_not_allowed"),
        (control("Devam", effects=("//example.org/nes",)), "host_not_allowed"),
        (control("Devam", effects=("//giris.localhost:8123/nes",)), ""),
        (control("Devam", effects=("http://gecit.localhost:8123/a http://example.org/b",)), "host_not_allowed"),
        (control("Devam", href="http://giris.localhost:8123/x", effects=("//example.org/",)), "host_not_allowed"),
        (control("Devam", href="https://example.org/", effects=("//giris.localhost:8123/",)), "host_not_allowed"),
        (control(REVOKE), "forbidden_control"),
    ],
)
def test_an_act_stays_on_the_portal(one: Control, reason: str) -> None:
    """Every address of a control must be the portal's. If it leads nowhere else, its words decide."""
    assert refused(one) == reason


def test_a_page_of_another_host_is_never_acted_upon() -> None:
    """We press nothing on another host's page, whatever the control."""
    assert refused(control("Devam"), page_url="https://example.org/page") == "host_not_allowed"
    assert refused(control("Devam"), pages.WITHDRAW) == "forbidden_control"


@pytest.mark.parametrize(
    "text",
    [
        *("Kilidi aç", "Blokajı kaldır", "askıyı kaldır", "Kart kilidi çözülsün", "unlockCard", "unblock my card"),
        *("PIN kodu değiştir", "PUK üret", "Web parolası güncelle", "reset my pin", "Forgot password", "new PUK"),
        *("pin change", "puk reset", "parola unuttum"),
    ],
)
def test_a_lock_is_a_lock_in_either_language(text: str) -> None:
    """We know the words for unlocking and for making or changing a secret in Turkish and in English."""
    assert is_forbidden(text)
