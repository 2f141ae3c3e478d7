"""The host rule lets a run go to the portal's own hosts and nowhere else."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from flows import ENTRY, HostRule, PortalAddressError, is_loopback_host
from flows.look import parse_look


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "A.LocalHost", "127.0.0.1", "127.9.8.7", "::1"])
def test_loopback_hosts(host: str) -> None:
    """localhost, its subdomains, 127.0.0.0/8 and ::1 mean this machine."""
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host",
    ["localhost.evil.example", "evil-localhost", "a..localhost", ".localhost", "10.0.0.1", "0.0.0.0", "128.0.0.1", ""],
)
def test_other_hosts_are_not_loopback(host: str) -> None:
    """Names that only look like loopback aren't."""
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
    """An address that isn't this machine's is refused before anything is opened."""
    with pytest.raises(PortalAddressError):
        HostRule.for_loopback(address)


def test_an_address_without_a_path_begins_at_the_landing_page() -> None:
    """A bare host is completed; an explicit path is kept."""
    assert HostRule.for_loopback("http://localhost:1").entry == "http://localhost:1/landing"
    assert HostRule.for_loopback("http://localhost:1/x?y=1").entry == "http://localhost:1/x?y=1"


def test_a_loopback_portal_keeps_to_its_port_and_scheme() -> None:
    """All loopback hosts on the entry's port are the portal's; other ports, schemes and hosts aren't."""
    rule = HostRule.for_loopback("http://onlineislemler.localhost:8000/landing")
    assert rule.allows("http://giris.localhost:8000/Giris/e-Devlet-Sifresi")
    assert rule.allows("http://127.0.0.1:8000/eimza")
    for other in ("http://giris.localhost:8001/", "https://giris.localhost:8000/", "http://example.org:8000/"):
        assert not rule.allows(other)
    assert not rule.allows("http://giris.localhost:8000@example.org/")
    assert not rule.allows("about:blank")


def test_the_real_portal_is_three_hosts_over_https() -> None:
    """On the real portal only https and the exact three hosts are allowed."""
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
    """On a loopback portal the first label tells the site; a host without one may be any."""
    rule = HostRule.for_loopback("http://127.0.0.1:8000/landing")
    assert rule.sites("http://giris.localhost:8000/") == {"gateway"}
    assert rule.sites("http://gecit.test.localhost:8000/") == {"bridge"}
    assert rule.sites("http://127.0.0.1:8000/") == {"portal", "bridge", "gateway"}


def test_no_description_of_the_look_can_move_a_run_to_another_host() -> None:
    """Hosts and the entry address are code: what the data says of them, if anything, isn't read."""
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
