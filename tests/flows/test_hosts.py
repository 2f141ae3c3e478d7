"""The host rule lets a run visit the portal's own hosts and no others."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from flows import ENTRY, HostRule, PortalAddressError, is_loopback_host
from flows.look import parse_look, portal_look


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "A.LocalHost", "127.0.0.1", "127.9.8.7", "::1"])
def test_loopback_hosts(host: str) -> None:
    """localhost, its subdomains, 127.0.0.0/8 and ::1 mean this machine."""
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host",
    ["localhost.evil.example", "evil-localhost", "a..localhost", ".localhost", "10.0.0.1", "0.0.0.0", "128.0.0.1", ""],
)
def test_other_hosts_are_not_loopback(host: str) -> None:
    """A name that only looks like loopback isn't."""
    assert not is_loopback_host(host)


@pytest.mark.parametrize(
    "address",
    [
        "https://onlineislemler.kamusm.gov.tr/landing",
        "http://127.0.0.1.nip.example:80/",
        "http://user:secret@localhost:1/",
        "ftp://localhost/",
        "localhost:8000",
        "http://localhost:99999/",
        "",
    ],
)
def test_only_loopback_portals_can_be_rehearsed_on(address: str) -> None:
    """We refuse an address that isn't on this machine before we open anything."""
    with pytest.raises(PortalAddressError):
        HostRule.for_loopback(address)


def test_an_address_without_a_path_begins_at_the_landing_page() -> None:
    """A host alone gets the landing page; an explicit path stays."""
    assert HostRule.for_loopback("http://localhost:1").entry == "http://localhost:1/landing"
    assert HostRule.for_loopback("http://localhost:1/x?y=1").entry == "http://localhost:1/x?y=1"


def test_a_loopback_portal_keeps_to_its_port_and_scheme() -> None:
    """Every loopback host on the entry's port belongs to the portal. Other ports, schemes and hosts don't."""
    rule = HostRule.for_loopback("http://onlineislemler.localhost:8000/landing")
    assert rule.allows("http://giris.localhost:8000/Giris/e-Devlet-Sifresi")
    assert rule.allows("http://127.0.0.1:8000/eimza")
    for other in ("http://giris.localhost:8001/", "https://giris.localhost:8000/", "http://example.org:8000/"):
        assert not rule.allows(other)
    assert not rule.allows("http://giris.localhost:8000@example.org/")
    assert not rule.allows("about:blank")


def test_the_real_portal_is_three_hosts_over_https() -> None:
    """On the real portal we only allow https and exactly these three hosts."""
    rule = HostRule.real()
    assert rule.sites("https://giris.turkiye.gov.tr/Giris/e-Devlet-Sifresi") == {"gateway"}
    assert rule.sites("https://onlineislemler.kamusm.gov.tr/landing") == {"portal"}
    for other in (
        "http://giris.turkiye.gov.tr/",
        "https://giris.turkiye.gov.tr.example.org/",
        "https://kamusm.gov.tr/",
        "https://giris.turkiye.gov.tr:8443/",
        "https://giris.turkiye.gov.tr./",
        "http://localhost/",
    ):
        assert not rule.allows(other)


def test_a_host_tells_its_site() -> None:
    """On a loopback portal the first label gives the site. A host without one may be any site."""
    rule = HostRule.for_loopback("http://127.0.0.1:8000/landing")
    assert rule.sites("http://giris.localhost:8000/") == {"gateway"}
    assert rule.sites("http://gecit.test.localhost:8000/") == {"bridge"}
    assert rule.sites("http://127.0.0.1:8000/") == {"portal", "bridge", "gateway"}


def test_no_description_of_the_look_can_move_a_run_to_another_host() -> None:
    """Hosts and the entry address are code. If the data says anything about them, we don't read it."""
    with (resources.files("flows") / "portal.toml").open("rb") as file:
        data = tomllib.load(file)
    assert not {"sites", "entry"} & set(data)
    moved = parse_look(
        {
            **data,
            "sites": {"portal": {"label": "x", "host": "onlineislemler.example.org"}},
            "entry": {"address": "https://onlineislemler.example.org/landing", "path": "/landing"},
        }
    )
    rule = HostRule.real(moved)
    assert rule.entry == ENTRY == "https://onlineislemler.kamusm.gov.tr/landing"
    assert rule.allows(ENTRY)
    assert not rule.allows("https://onlineislemler.example.org/landing")


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("https://onlineislemler.kamusm.gov.tr/landing", True),
        ("https://onlineislemler.kamusm.gov.tr/landing/", True),
        ("https://onlineislemler.kamusm.gov.tr/", True),
        ("https://onlineislemler.kamusm.gov.tr", True),
        ("https://onlineislemler.kamusm.gov.tr:443/landing", True),
        ("https://onlineislemler.kamusm.gov.tr/landing?a=1", False),
        ("https://onlineislemler.kamusm.gov.tr/nes", False),
        ("https://gecit.kamusm.gov.tr/landing", False),
        ("https://giris.turkiye.gov.tr/landing", False),
        ("http://onlineislemler.kamusm.gov.tr/landing", False),
        ("https://example.org/landing", False),
        ("https://[x/landing", False),
        ("", False),
    ],
)
def test_the_entry_is_known_by_its_address(address: str, is_it: bool) -> None:
    """The entry, or its site without a path. Not another site or page of the portal, and not a broken address."""
    assert HostRule.real().is_entry(address) is is_it


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ftp://localhost/", "not_an_address"),
        ("http://", "not_an_address"),
        ("http://localhost:x/", "not_an_address"),
        ("http://user@localhost:1/", "user_name"),
        ("http://:secret@localhost:1/", "user_name"),
        ("http://example.org/", "not_loopback"),
        ("https://128.0.0.1/", "not_loopback"),
    ],
)
def test_each_wrong_address_has_its_own_reason(address: str, problem: str) -> None:
    """Not an address, one with a user name, or one on another machine: each gets its own reason."""
    with pytest.raises(PortalAddressError, match=f"on this machine: {problem}") as refused:
        HostRule.for_loopback(address)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("given", "entry"),
    [
        ("http://localhost:1/", "http://localhost:1/landing"),
        ("https://localhost", "https://localhost/landing"),
        ("http://localhost:1/?y=1", "http://localhost:1/?y=1"),
        ("http://localhost:1/x", "http://localhost:1/x"),
    ],
)
def test_only_an_address_that_says_nothing_is_completed(given: str, entry: str) -> None:
    """If there is a path or a query, we leave it as it is."""
    rule = HostRule.for_loopback(given)
    assert (rule.entry, rule.loopback) == (entry, True)


@pytest.mark.parametrize("rule", [HostRule.real(), HostRule.for_loopback("http://localhost:8000/landing")])
@pytest.mark.parametrize("named", ["user@", ":secret@", "user:secret@"])
def test_an_address_with_a_name_in_it_is_nowhere(rule: HostRule, named: str) -> None:
    """We don't allow an address that logs somebody in, not even for a bank that the person visits in between."""
    entry = rule.entry.replace("://", f"://{named}")
    assert not rule.allows(entry)
    assert not rule.sites(entry)
    assert not rule.may_be_elsewhere(f"https://{named}example.org/")
    assert not rule.may_be_elsewhere(f"http://{named}localhost:9000/")


def test_the_default_port_is_the_same_as_none() -> None:
    """443 may be written out on the real portal, and 80 or 443 on this machine."""
    assert HostRule.real().allows("https://giris.turkiye.gov.tr:443/")
    assert not HostRule.real().allows("https://giris.turkiye.gov.tr:80/")
    assert HostRule.for_loopback("http://localhost/").allows("http://localhost:80/x")
    assert HostRule.for_loopback("https://localhost:443/").allows("https://localhost/x")
    assert not HostRule.for_loopback("http://localhost/").allows("https://localhost:80/x")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://banka.example/giris", True),
        ("https://kamusm.gov.tr/", True),
        ("https://giris.turkiye.gov.tr:8443/", True),
        ("https://giris.turkiye.gov.tr/", False),
        ("http://banka.example/giris", False),
        ("about:blank", False),
        ("https://[x", False),
        ("https:///giris", False),
    ],
)
def test_from_the_real_portal_one_may_be_led_to_any_other_site(address: str, may: bool) -> None:
    """The site must use https and must not be one of the portal's own pages, which don't count as elsewhere."""
    assert HostRule.real().may_be_elsewhere(address) is may


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("http://localhost:9000/", True),
        ("http://localhost:70/", True),
        ("https://banka.localhost:9000/", True),
        ("http://localhost:8000/", False),
        ("http://giris.localhost:8000/", False),
        ("https://localhost:8000/", False),
        ("ftp://localhost:9000/", False),
        ("http://example.org:9000/", False),
        ("http://:9000/", False),
    ],
)
def test_from_a_rehearsal_one_may_be_led_to_another_port_of_this_machine(address: str, may: bool) -> None:
    """Another port of this machine plays a bank. Another machine never does."""
    assert HostRule.for_loopback("http://localhost:8000/landing").may_be_elsewhere(address) is may


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("https://www.turkiye.gov.tr/sifre", True),
        ("https://turkiye.gov.tr/", True),
        ("https://giris.turkiye.gov.tr/", False),
        ("http://www.turkiye.gov.tr/", False),
        ("https://banka.example/", False),
        ("https://user@www.turkiye.gov.tr/", False),
        ("https://[x", False),
    ],
)
def test_edevlets_own_pages_are_known(address: str, is_it: bool) -> None:
    """e-Devlet's pages other than its gateway, over https and only on the real portal."""
    assert HostRule.real().is_of_edevlet(address) is is_it
    assert not HostRule.for_loopback("http://localhost:8000/landing").is_of_edevlet(address)


@pytest.mark.parametrize(
    ("rule", "allowed", "refused"),
    [
        (HostRule.real(), "https://giris.turkiye.gov.tr", "https://giris.turkiye.gov.tr:443"),
        (HostRule.real(), "https://gecit.kamusm.gov.tr", "https://gecitXkamusm.gov.tr"),
        (HostRule.real(), "https://onlineislemler.kamusm.gov.tr", "http://onlineislemler.kamusm.gov.tr"),
        (HostRule.for_loopback("http://localhost:8000/"), "http://giris.localhost:8000", "http://giris.localhost"),
        (HostRule.for_loopback("http://localhost:80/"), "http://127.0.0.1", "http://127.0.0.1:80"),
        (HostRule.for_loopback("https://localhost/"), "https://[::1]", "https://[::1]:443"),
        (HostRule.for_loopback("https://localhost:80/"), "https://localhost:80", "https://localhost"),
        (HostRule.for_loopback("https://localhost:9443/"), "https://localhost:9443", "https://localhost"),
    ],
)
def test_the_page_is_told_the_same_origins(rule: HostRule, allowed: str, refused: str) -> None:
    """The pattern for the guard in the page expects origins as browsers write them, without the default port."""
    assert re.search(rule.origins_pattern(), allowed)
    assert not re.search(rule.origins_pattern(), refused)
    assert rule.allows(f"{allowed}/x")


def test_a_hosts_first_label_alone_tells_its_site() -> None:
    """On a loopback portal only the first label matters. A page that isn't allowed belongs to no site."""
    rule = HostRule.for_loopback("http://localhost:8000/landing")
    assert rule.sites("http://test.giris.localhost:8000/") == {"portal", "bridge", "gateway"}
    assert rule.sites("http://giris.localhost:8001/") == frozenset()
    assert HostRule.real().sites("https://gecit.kamusm.gov.tr/") == {"bridge"}


@pytest.mark.parametrize("rule", [HostRule.real(), HostRule.for_loopback("http://localhost:8000/landing")])
@pytest.mark.parametrize("address", ["https://[x/landing", "https:///landing", "http://:8000/landing", "landing", ""])
def test_what_is_no_address_is_nowhere(rule: HostRule, address: str) -> None:
    """An address that we can't read, or that has no host, isn't allowed. It raises no error either."""
    assert not rule.allows(address)


def test_a_rule_has_the_look_that_it_is_given() -> None:
    """A rule uses the look it gets. If it gets none, it uses the shipped one."""
    own = replace(portal_look(), purpose="x")
    address = "http://localhost:8000/landing"
    assert HostRule.real(own).look is HostRule.for_loopback(address, own).look is own
    assert HostRule.real().look is HostRule.for_loopback(address).look is portal_look()
