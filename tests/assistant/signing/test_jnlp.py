"""Finding the signing service, and not being led astray."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.errors import SigningError
from assistant.signing.http import split_address
from assistant.signing.jnlp import find_service
from assistant.signing.jnlp_text import MAX_BYTES
from flows.hosts import HostRule

PLACE = "http://onlineislemler.localhost:8123/eimza/KamuSM-eimza.jnlp"
ALLOWED = HostRule.for_loopback("http://onlineislemler.localhost:8123").allows
REAL = HostRule.real().allows


def jnlp(
    base: str | None, codebase: str | None = "http://onlineislemler.localhost:8123/eimza/", extra: str = ""
) -> bytes:
    """Return a JNLP file."""
    attribute = "" if codebase is None else f' codebase="{codebase}"'
    named = "" if base is None else f'<property name="jnlp.eimza.service" value="{base}"/>'
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{extra}<jnlp spec="1.0+"{attribute}><information><title>e-İmza</title>'
        f'</information><resources><j2se version="1.8+"/><property name="x" value="y"/>{named}</resources></jnlp>'
    ).encode()


def refusal(content: bytes, place: str = PLACE) -> str:
    """Return the reason for which a JNLP is refused."""
    with pytest.raises(SigningError) as caught:
        find_service(content, place, ALLOWED)
    return caught.value.code


@pytest.mark.parametrize(
    ("base", "codebase", "expected"),
    [
        ("http://onlineislemler.localhost:8123/eimza/api", PLACE.rpartition("/")[0] + "/", "/eimza/api"),
        ("http://onlineislemler.localhost:8123/eimza/api/", PLACE.rpartition("/")[0] + "/", "/eimza/api"),
        ("api", PLACE.rpartition("/")[0] + "/", "/eimza/api"),
        ("api", PLACE.rpartition("/")[0], "/eimza/api"),
        ("api", None, "/eimza/api"),
        ("api", "", "/eimza/api"),
        ("/api", "/other/", "/api"),
        ("api", "other", "/eimza/other/api"),
        (" api ", " ../other/ ", "/other/api"),
    ],
)
def test_the_service_is_found(base: str, codebase: str | None, expected: str) -> None:
    """Absolute or relative, codebase and base are resolved as the protocol has it."""
    found = find_service(jnlp(base, codebase), PLACE, ALLOWED)

    assert found.base == "http://onlineislemler.localhost:8123" + expected


def test_the_real_hosts_are_https_only() -> None:
    """On the real portal an https service on its own host is found and an http one refused."""
    place = "https://onlineislemler.kamusm.gov.tr/eimza/KamuSM-eimza.jnlp"

    assert find_service(jnlp("api", None), place, REAL).base == "https://onlineislemler.kamusm.gov.tr/eimza/api"
    with pytest.raises(SigningError, match="service_not_allowed"):
        find_service(jnlp("http://onlineislemler.kamusm.gov.tr/api", None), place, REAL)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/api",
        "//evil.example/api",
        "http://onlineislemler.localhost:8123@evil.example/api",
        "http://evil.example\\@onlineislemler.localhost:8123/api",
        "http://onlineislemler.localhost:8123\\.evil.example/api",
        "http://user:pw@onlineislemler.localhost:8123/api",
        "http://onlineislemler.localhost.:8123/api",
        "http://onlineislemler.localhost:8124/api",
        "http://onlineislemler.localhost:8123x/api",
        "http://onlineislemler.localhost:8123:80/api",
        "https://onlineislemler.localhost:8123/api",
        "http://onlineislemler.localhost.evil.example:8123/api",
        "http://evillocalhost:8123/api",
        "http://2130706433:8123/api",
        "http://0x7f.1:8123/api",
        "http://%6cocalhost:8123/api",
        "http://loc&#9;alhost:8123/api",
        "http://localhost:8123&#10;.evil.example/api",
        "http://ⓛocalhost:8123/api",
        "http://[::1%25eth0]:8123/api",
        "http://[::ffff:1.2.3.4]:8123/api",
        "http:///api",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "jar:http://localhost:8123/a.jar!/",
        "http://localhost:8123/api#fragment",
    ],
)
def test_no_address_leads_elsewhere(elsewhere: str) -> None:
    """A base or a codebase elsewhere, or one that two programs could read differently, is refused."""
    assert refusal(jnlp(elsewhere)) == "service_not_allowed"
    assert refusal(jnlp("api", elsewhere)) == "service_not_allowed"


@pytest.mark.parametrize(
    "place", ["https://evil.example/a.jnlp", "http://x@localhost:8123/a.jnlp", "relative.jnlp", ""]
)
def test_a_jnlp_from_elsewhere_is_refused(place: str) -> None:
    """However good the content, a JNLP that came from another host isn't used."""
    assert refusal(jnlp("http://onlineislemler.localhost:8123/eimza/api"), place) == "service_not_allowed"


def test_upper_case_makes_no_other_host() -> None:
    """A host in capitals is the same host."""
    place = PLACE.replace("onlineislemler.localhost", "ONLINEISLEMLER.LocalHost")

    assert find_service(jnlp("api", None), place, ALLOWED).base.lower().endswith(".localhost:8123/eimza/api")


def test_a_base_with_a_query_is_refused() -> None:
    """A base to which paths can't be added is no base."""
    assert refusal(jnlp("http://localhost:8123/api?x=1")) == "service_not_allowed"


BOMB = (
    '<!DOCTYPE jnlp [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "content",
    [
        jnlp("&j;", extra=BOMB),
        jnlp("&x;", extra='<!DOCTYPE jnlp [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        jnlp("api") + b" " * MAX_BYTES,
        jnlp(None),
        jnlp(""),
        jnlp("api").replace(
            b"<property", b'<property name="jnlp.eimza.service" value="http://localhost:8123/b"/><property', 1
        ),
        jnlp("api").replace(b"jnlp spec", b"jlnp spec").replace(b"</jnlp>", b"</jlnp>"),
        jnlp("api").replace(b"resources", b"information"),
        jnlp("api")[:-3],
        b"<html><body>Oturum sona erdi</body></html>",
        b"",
    ],
)
def test_what_names_no_one_service_is_refused(content: bytes) -> None:
    """Bombs, entities, broken or oversized files, and files that name no service or two, give no address."""
    assert refusal(content) == "service_not_found"


@given(st.binary(max_size=300))
def test_rubbish_is_refused(content: bytes) -> None:
    """Whatever a JNLP is replaced by, the answer is a reason."""
    assert refusal(content) == "service_not_found"


@given(st.text(max_size=60))
def test_an_address_that_is_taken_apart_has_a_plain_host(text: str) -> None:
    """What passes as an address has a host without tricks, whatever stands around it."""
    parts = split_address(f"http://{text}/")

    if parts is not None:
        assert parts.hostname
        assert not set(parts.netloc) & set("@\\ %")
