"""Checks of the way to the portal, only on request: names, TLS, the landing page, our clock against its clock."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial

from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Check, Finding

TIMEOUT_S = 8.0
LARGEST_SKEW_S = 300
"""How far our clock may be from the portal's, seconds."""


@dataclass(frozen=True, slots=True)
class Host:
    """One of the portal's hosts."""

    name: str
    landing: str | None = None
    """Path of the landing page, on the host that has it."""
    port: int = 443
    address: str | None = None
    """Its address; None to resolve its name."""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)


def real_hosts() -> tuple[Host, ...]:
    """Return the real portal's hosts."""
    from urllib.parse import urlsplit

    from flows import ENTRY, SITES

    entry = urlsplit(ENTRY)
    return tuple(
        Host(site.host, landing=entry.path if site.host == entry.hostname else None) for site in SITES.values()
    )


def online_checks(hosts: Sequence[Host]) -> tuple[Check, ...]:
    """Return one check per host."""
    return tuple(partial(check_host, host) for host in hosts)


def check_host(host: Host, desk: Workstation) -> Sequence[Finding]:
    """Report how far we get with *host*. The first failure ends the check."""
    proxy = desk.system.env.get("HTTPS_PROXY") or desk.system.env.get("https_proxy")
    hint = f" {desk.say('online.proxy')}" if proxy else ""
    unreachable = desk.remedy("page-does-not-open")
    firewall = desk.say("online.firewall")
    ask_network = f"{unreachable} {firewall}{hint}"
    try:
        socket.getaddrinfo(host.address or host.name, host.port, type=socket.SOCK_STREAM)
    except OSError:
        text = f"{host.name}: {desk.say('online.no_name')}."
        dns = desk.say("online.dns")
        return [Finding("online_name", "block", text, f"{unreachable} {dns}{hint}")]
    try:
        connection = _connected(host)
    except ssl.SSLCertVerificationError:
        text = desk.say("online.untrusted")
        remedy = desk.say("online.clock_first")
        return [Finding("online_tls", "block", f"{host.name}: {text}.", f"{remedy} {ask_network}")]
    except (OSError, ssl.SSLError):
        text = desk.say("online.no_connection")
        return [Finding("online_tls", "block", f"{host.name}: {text}.", ask_network)]
    with closing(connection):
        if host.landing is None:
            text = desk.say("online.reached")
            return [Finding("online_tls", "ok", f"{host.name}: {text}.")]
        return _landing(desk, host, host.landing, connection)


def _connected(host: Host) -> http.client.HTTPSConnection:
    connection = http.client.HTTPSConnection(host.name, host.port, timeout=TIMEOUT_S, context=host.tls)
    plain = socket.create_connection((host.address or host.name, host.port), TIMEOUT_S)
    try:
        connection.sock = host.tls.wrap_socket(plain, server_hostname=host.name)
    except BaseException:  # Ctrl+C too: nobody else will close the socket
        plain.close()
        raise
    return connection


def _landing(desk: Workstation, host: Host, path: str, connection: http.client.HTTPSConnection) -> Sequence[Finding]:
    try:
        connection.request("GET", path, headers={"User-Agent": "eonay-doctor", "Connection": "close"})
        with closing(connection.getresponse()) as answer:
            status, date = answer.status, answer.getheader("Date")
    except (OSError, http.client.HTTPException):
        text = desk.say("online.landing_silent")
        return [Finding("online_landing", "block", f"{host.name}: {text}.", desk.remedy("page-does-not-open"))]
    if status >= 400:
        text = desk.say("online.landing_error")
        remedy = desk.say("online.later")
        found = [Finding("online_landing", "block", f"{host.name}: {text} ({status}).", remedy)]
    else:
        text = desk.say("online.landing_ok")
        found = [Finding("online_landing", "ok", f"{host.name}: {text}.")]
    return [*found, *_clock(desk, date)]


def _clock(desk: Workstation, date: str | None) -> list[Finding]:
    try:
        skew = (desk.now() - parsedate_to_datetime(date or "")).total_seconds()
    except (ValueError, TypeError):
        return []
    if abs(skew) <= LARGEST_SKEW_S:
        text = desk.say("online.clock_ok")
        return [Finding("online_clock", "ok", text)]
    minutes = f"{abs(skew) / 60:.0f}"
    text = desk.say("online.clock_ahead" if skew > 0 else "online.clock_behind", minutes=minutes)
    remedy = desk.say("online.clock_remedy")
    return [Finding("online_clock", "warn", text, remedy)]
