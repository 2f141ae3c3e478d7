"""HTTP to the signing service: a small client that cannot be led astray and that tells nobody where it went.

Addresses hold verification codes, so no address is ever in an error or a log record. `*.localhost` is this machine
(RFC 6761, section 6.3), which the C library does not know. Loopback is spoken to directly, whatever proxy the
environment names; elsewhere the proxy is the one that Python's own `urllib` finds, which reads IPv6 addresses in
NO_PROXY where httpx refuses them.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from assistant.base.errors import SigningError
from assistant.base.words import told
from flows.hosts import is_loopback_host

IsAllowed = Callable[[str], bool]
"""Tells whether an address may be spoken to, e.g. `flows.hosts.HostRule.allows`."""

MAX_BYTES = 2 * 1024 * 1024
"""Longest answer that is read."""
MAX_REDIRECTS = 3
_LOOPBACK = ("127.0.0.1", "::1")
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One HTTP answer. The representation shows nothing of its content."""

    status: int
    media_type: str
    """Lower case, without parameters; empty if there is none."""
    body: bytes = field(repr=False)


class AnswerLost(SigningError):  # noqa: N818 (the word of the design)
    """Something was handed in and no answer came that could be understood: it may have been accepted.

    Nothing is handed in again; only a fresh visit to the portal can tell.
    """

    def __init__(self) -> None:
        super().__init__("answer_lost")


def split_address(address: str) -> SplitResult | None:
    """Return the parts of an absolute http(s) address; None for anything that two programs could read differently.

    Refused are user names and passwords, backslashes, spaces and control characters, fragments, hosts that end in
    a dot or hold anything beside letters, digits, dots and hyphens (or an IPv6 address), and odd ports.
    """
    if not _is_plain(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        return None
    if "@" in parts.netloc or parts.fragment or host.endswith("."):
        return None
    plain = host.replace("-", "a").replace(".", "a")
    is_ipv6 = "[" in parts.netloc and all(c in "0123456789abcdef:." for c in host)
    return parts if (plain.isalnum() and ".." not in host) or is_ipv6 else None


def resolved(origin: str, reference: str) -> str | None:
    """Return the address that *reference* means at *origin*; None where two programs could disagree.

    (`urljoin` would drop tabs and line ends, and take ``http:///x`` for a path.)
    """
    try:
        parts = urlsplit(reference)
        address = urljoin(origin, reference)
    except ValueError:
        return None
    return address if _is_plain(reference) and bool(parts.scheme) == bool(parts.netloc) else None


def _is_plain(text: str) -> bool:
    return text.isascii() and not any(c <= " " or c in '\\"<>^`{|}\x7f' for c in text)


def is_local_name(host: str) -> bool:
    """Tell whether *host* is ``localhost`` or a name below it."""
    host = host.lower()
    return host == "localhost" or host.endswith(".localhost")


class ServiceClient:
    """Speaks HTTP to allowed addresses. Safe between threads. Close it, or use it in a ``with`` statement."""

    def __init__(
        self,
        is_allowed: IsAllowed,
        *,
        seconds: float = 15.0,
        tls: ssl.SSLContext | None = None,
        limit: int = MAX_BYTES,
    ) -> None:
        """*seconds* bounds the wait for a connection, for each piece of an answer, and for an answer's body.

        An exchange takes twice that at most, however slowly the answer's header drips in.

        *tls* says whom https trusts, if not the usual authorities. *limit* is the longest answer read, in bytes.
        """
        _keep_addresses_out_of_logs()
        self._is_allowed = is_allowed
        self._seconds = seconds
        self._tls = tls
        self._limit = limit
        self._clients: dict[tuple[bool, str, str], httpx.Client] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> ServiceClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()

    def get(self, address: str, *, cookies: str = "") -> HttpAnswer:
        """Fetch *address*, and where it redirects to if that is allowed.

        *cookies* is a Cookie header for *address* itself; no redirect gets it.

        Raises `SigningError`: ``service_not_allowed``, ``service_unreachable``, ``service_answer_invalid``.
        """
        for _ in range(MAX_REDIRECTS + 1):
            client = self._client(address)
            request = client.build_request("GET", address, headers={"cookie": cookies} if cookies else None)
            answer, location = self._exchange(client, request, "service_unreachable")
            if location is None:
                return answer
            cookies = ""
            target = resolved(address, location)
            if target is None:
                break
            address = target
        raise SigningError("service_answer_invalid")

    def post(self, address: str, body: bytes, media_type: str) -> HttpAnswer:
        """Hand in *body*, once. Raises `SigningError` where nothing was sent, `AnswerLost` where it may have been."""
        client = self._client(address)
        request = client.build_request("POST", address, content=body, headers={"content-type": media_type})
        answer, location = self._exchange(client, request, None)
        if location is not None:
            raise AnswerLost
        return answer

    def _client(self, address: str) -> httpx.Client:
        parts = split_address(address)
        if parts is None or not self._is_allowed(address):
            raise SigningError("service_not_allowed")
        near = is_loopback_host(parts.hostname or "")
        kind = near, parts.scheme, "" if near else _proxy(parts)
        with self._lock:
            if kind not in self._clients:
                self._clients[kind] = self._new_client(*kind)
            return self._clients[kind]

    def _new_client(self, near: bool, scheme: str, proxy: str) -> httpx.Client:
        # Loading the usual authorities takes long; where only http is spoken, an empty list does.
        tls = self._tls or (ssl.create_default_context() if scheme == "https" else _trusting_nobody())
        # An idle connection is not kept: a server may close it at the very moment something is handed in over it.
        limits = httpx.Limits(keepalive_expiry=1.0)
        return httpx.Client(
            transport=_LoopbackTransport(tls, limits) if near else None,
            verify=tls,
            limits=limits,
            headers={"accept-encoding": "identity", "user-agent": "eonay"},
            timeout=self._seconds,
            trust_env=False,
            proxy=proxy or None,
            follow_redirects=False,
        )

    def _exchange(
        self, client: httpx.Client, request: httpx.Request, when_lost: str | None
    ) -> tuple[HttpAnswer, str | None]:
        """Return the answer and where it redirects to.

        *when_lost* is the reason for an answer that was lost after sending; None stands for `AnswerLost`.
        """
        # On a thread of its own: httpx waits again for every byte of a header, and nothing else can end that.
        said: Future[tuple[HttpAnswer, str | None]] = Future()
        threading.Thread(target=self._say, args=(said, client, request, when_lost), daemon=True).start()
        with suppress(FutureTimeout):
            return said.result(2 * self._seconds)
        self._forget(client)
        raise AnswerLost if when_lost is None else SigningError(when_lost)

    def _say(
        self,
        said: Future[tuple[HttpAnswer, str | None]],
        client: httpx.Client,
        request: httpx.Request,
        when_lost: str | None,
    ) -> None:
        try:
            said.set_result(self._ask(client, request, when_lost))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            said.set_exception(error)

    def _forget(self, client: httpx.Client) -> None:
        """Let go of *client*, whose connection is of no use any more."""
        with self._lock:
            self._clients = {kind: other for kind, other in self._clients.items() if other is not client}
        client.close()

    def _ask(
        self, client: httpx.Client, request: httpx.Request, when_lost: str | None
    ) -> tuple[HttpAnswer, str | None]:
        lost = AnswerLost() if when_lost is None else SigningError(when_lost)
        garbled = AnswerLost() if when_lost is None else SigningError("service_answer_invalid")
        error: SigningError
        # Errors are raised outside the handlers: what httpx raises holds the request, and so the address.
        try:
            response = client.send(request, stream=True)
            try:
                body = _read(response, time.monotonic() + self._seconds, self._limit)
            finally:
                response.close()
            if body is not None:
                location = response.headers.get("location") if response.is_redirect else None
                media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                return HttpAnswer(response.status_code, media_type, body), location
            error = garbled
        except _BEFORE_SENDING:
            error = SigningError("service_unreachable")
        except (httpx.TransportError, OSError):
            error = lost
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            error = garbled
        raise error


def _proxy(parts: SplitResult) -> str:
    """Return the address of the proxy on the way to *parts*, or nothing.

    Raises `SigningError` (``service_unreachable``) that names the variable of one that can't be used: a proxy's address
    may hold a password, so it is not repeated.
    """
    if proxy_bypass(parts.netloc):
        return ""
    proxies = getproxies()
    name = parts.scheme if proxies.get(parts.scheme) else "all"
    address = proxies.get(name, "")
    if not address:
        return ""
    if "://" not in address:
        address = f"http://{address.lstrip('/')}"
    try:
        is_usable = urlsplit(address).scheme in {"http", "https"} and bool(httpx.URL(address).host)
    except (ValueError, httpx.InvalidURL):
        is_usable = False
    if not is_usable:
        raise SigningError(
            "service_unreachable",
            told("signing.proxy", "tr", variable=f"{name.upper()}_PROXY"),
        )
    return address


def _read(response: httpx.Response, until: float, most: int) -> bytes | None:
    """Return the body; None when it is too long, too slow or encoded although nobody asked for it."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    pieces = bytearray()
    for piece in response.iter_raw():
        pieces += piece
        if len(pieces) > most or time.monotonic() > until:
            return None
    return bytes(pieces)


class _LoopbackTransport(httpx.BaseTransport):
    """Sends requests for ``localhost`` names to 127.0.0.1, and to ::1 where nobody listens there.

    The Host header, and for https the name that the certificate is checked against, stay as they are.
    """

    def __init__(self, tls: ssl.SSLContext, limits: httpx.Limits) -> None:
        self._inner = httpx.HTTPTransport(verify=tls, limits=limits, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if not is_local_name(host):
            return self._inner.handle_request(request)
        failure: httpx.ConnectError | None = None
        for place in _LOOPBACK:
            try:
                return self._inner.handle_request(_redirected(request, host, place))
            except httpx.ConnectError as error:  # nothing has been sent
                failure = failure or error
        raise failure or httpx.ConnectError("nobody listens")

    def close(self) -> None:
        self._inner.close()


def _redirected(request: httpx.Request, name: str, place: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=place),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name},
    )


def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _NoAddresses(logging.Filter):
    """Drops what httpx and httpcore say about requests: it holds addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


_NO_ADDRESSES = _NoAddresses()
_TALKERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))


def _keep_addresses_out_of_logs() -> None:
    for name in _TALKERS:
        logging.getLogger(name).addFilter(_NO_ADDRESSES)  # adding it twice adds it once
