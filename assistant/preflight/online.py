"""Checks of the way to the portal, made only when asked for: names, TLS, the landing page, the clock against its."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial

from assistant.preflight.desk import Desk
from assistant.preflight.finding import Check, Finding

TIMEOUT_S = 8.0
LARGEST_SKEW_S = 300
"""Seconds by which the clock may differ from the portal's."""


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the portal."""

    name: str
    landing: str | None = None
    """Path of the landing page, on the host that has it."""
    port: int = 443
    address: str | None = None
    """Where it is; None to resolve its name."""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)


def real_hosts() -> tuple[Host, ...]:
    """Return the hosts of the real portal."""
    from urllib.parse import urlsplit

    from flows import portal_look

    look = portal_look()
    entry = urlsplit(look.entry_address)
    return tuple(
        Host(site.host, landing=(entry.path or "/") if site.host == entry.hostname else None)
        for site in look.sites.values()
    )


def online_checks(hosts: Sequence[Host]) -> tuple[Check, ...]:
    """Return one check for each host."""
    return tuple(partial(check_host, host) for host in hosts)


def check_host(host: Host, desk: Desk) -> Sequence[Finding]:
    """Tell how far *host* can be reached; the first thing that fails ends the check."""
    proxy = desk.system.env.get("HTTPS_PROXY") or desk.system.env.get("https_proxy")
    hint = (
        " Bu bilgisayar vekil sunucu (proxy) kullanıyor olabilir; bu denetim vekil sunucuyu kullanmaz." if proxy else ""
    )
    ask_network = f"İnternet bağlantısını ve güvenlik duvarını bilgi işlem biriminizle denetleyiniz.{hint}"
    try:
        socket.getaddrinfo(host.address or host.name, host.port, type=socket.SOCK_STREAM)
    except OSError:
        text = f"{host.name}: adı çözülemedi."
        return [Finding("online_name", "block", text, f"İnternet bağlantınızı ve DNS ayarınızı denetleyiniz.{hint}")]
    try:
        connection = _connected(host)
    except ssl.SSLCertVerificationError:
        text = f"{host.name}: güvenlik sertifikası doğrulanamadı."
        return [Finding("online_tls", "block", text, f"Devam etmeyiniz. Önce saatinizi denetleyiniz. {ask_network}")]
    except (OSError, ssl.SSLError):
        return [Finding("online_tls", "block", f"{host.name}: bağlantı kurulamadı.", ask_network)]
    with closing(connection):
        if host.landing is None:
            return [Finding("online_tls", "ok", f"{host.name}: ulaşılıyor, güvenli bağlantı kuruluyor.")]
        return _landing(host, host.landing, connection, desk.now())


def _connected(host: Host) -> http.client.HTTPSConnection:
    connection = http.client.HTTPSConnection(host.name, host.port, timeout=TIMEOUT_S, context=host.tls)
    plain = socket.create_connection((host.address or host.name, host.port), TIMEOUT_S)
    try:
        connection.sock = host.tls.wrap_socket(plain, server_hostname=host.name)
    except BaseException:
        plain.close()
        raise
    return connection


def _landing(host: Host, path: str, connection: http.client.HTTPSConnection, now: datetime) -> Sequence[Finding]:
    try:
        connection.request("GET", path, headers={"User-Agent": "eonay-doctor", "Connection": "close"})
        with closing(connection.getresponse()) as answer:
            status, date = answer.status, answer.getheader("Date")
    except (OSError, http.client.HTTPException):
        text = f"{host.name}: giriş sayfası yanıt vermedi."
        return [Finding("online_landing", "block", text, "Bir süre sonra yeniden deneyiniz.")]
    if status >= 400:
        text = f"{host.name}: giriş sayfası hata verdi ({status})."
        remedy = "Bir süre sonra yeniden deneyiniz. Sürerse KamuSM'yi arayınız: 444 5 576."
        found = [Finding("online_landing", "block", text, remedy)]
    else:
        found = [Finding("online_landing", "ok", f"{host.name}: ulaşılıyor, giriş sayfası açılıyor.")]
    return [*found, *_clock(date, now)]


def _clock(date: str | None, now: datetime) -> list[Finding]:
    try:
        skew = (now - parsedate_to_datetime(date or "")).total_seconds()
    except (ValueError, TypeError):
        return []
    if abs(skew) <= LARGEST_SKEW_S:
        return [Finding("online_clock", "ok", "Saat portalın saatiyle uyumlu.")]
    way = "ileri" if skew > 0 else "geri"
    text = f"Saat portalın saatinden {abs(skew) / 60:.0f} dakika {way}."
    return [Finding("online_clock", "warn", text, "Bilgisayarın saatini otomatik ayarlamaya alınız.")]
