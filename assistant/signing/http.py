"""HTTP to the signing service: a small client that can't be lured away and never says where it went.

Addresses contain verification codes, so no error or log record ever contains an address. `*.localhost` is this machine
(RFC 6761, section 6.3), which the C library doesn't know. We talk to loopback directly, whatever proxy the environment
names. Elsewhere we use the proxy that Python's own `urllib` finds: it understands IPv6 addresses in NO_PROXY, and httpx
doesn't.
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
"""Whether we may talk to an address, e.g. `flows.hosts.HostRule.allows`."""

MAX_BYTES = 2 * 1024 * 1024
"""Largest answer we read."""
MAX_REDIRECTS = 3
_GLANCE_S = 0.2
"""How often we ask whether anybody still wants the answer, seconds."""
_LOOPBACK = ("127.0.0.1", "::1")
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One HTTP answer. The repr shows nothing of its content."""

    status: int
    media_type: str
    """Lower case, without parameters; empty if there is none."""
    body: bytes = field(repr=False)


class AnswerLost(SigningError):  # noqa: N818 (the word of the design)
    """We handed something in and got no answer we understand: it may have been accepted.

    We never hand it in again. Only a fresh visit to the portal can tell.
    """

    def __init__(self) -> None:
        super().__init__("answer_lost")


def split_address(address: str) -> SplitResult | None:
    """Return the parts of an absolute http(s) address; None for anything two programs could read differently.

    We refuse user names and passwords, backslashes, spaces and control characters, fragments, odd ports, and hosts that
    end in a dot or contain anything but letters, digits, dots and hyphens (or an IPv6 address).
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
    """Return the address that *reference* means at *origin*; None if two programs could disagree.

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
    """Whether *host* is ``localhost`` or a subdomain of it."""
    host = host.lower()
    return host == "localhost" or host.endswith(".localhost")


class ServiceClient:
    """Talks HTTP to allowed addresses. Thread-safe. Close it, or use it in a ``with`` statement."""

    def __init__(
        self,
        is_allowed: IsAllowed,
        *,
        seconds: float = 15.0,
        tls: ssl.SSLContext | None = None,
        limit: int = MAX_BYTES,
        given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """*seconds* is the timeout for a connection, for each piece of an answer, and for an answer's body.

        An exchange takes at most twice that, however slowly the header trickles in.

        *tls* says whom https trusts, if not the usual authorities. *limit* is the largest answer we read, in bytes.
        Once *given_up* returns True, nobody waits for an answer any more: it counts as lost.
        """
        _keep_addresses_out_of_logs()
        self._is_allowed = is_allowed
        self._seconds = seconds
        self._tls = tls
        self._limit = limit
        self._given_up = given_up
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
        """Fetch *address*, following redirects to allowed addresses.

        *cookies* is a Cookie header for *address* only; redirects don't get it.

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
        """Hand in *body*, once. Raises `SigningError` if nothing was sent, `AnswerLost` if it may have been."""
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
        # Loading the usual authorities is slow. For plain http an empty list will do.
        tls = self._tls or (ssl.create_default_context() if scheme == "https" else _trusting_nobody())
        # Don't keep idle connections: the server might close one just as we hand something in over it.
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
        """Return the answer, and where it redirects to.

        *when_lost* is the reason if the answer got lost after sending; None means `AnswerLost`.
        """
        # In its own thread: httpx restarts its timeout for every byte of a header, and we can't stop it any other way.
        said: Future[tuple[HttpAnswer, str | None]] = Future()
        threading.Thread(target=self._say, args=(said, client, request, when_lost), daemon=True).start()
        until = time.monotonic() + 2 * self._seconds
        while (left := until - time.monotonic()) > 0 and not self._given_up():
            with suppress(FutureTimeout):
                return said.result(min(left, _GLANCE_S))
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
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits for the answer
            said.set_exception(error)

    def _forget(self, client: httpx.Client) -> None:
        """Drop *client*, whose connection is useless now."""
        with self._lock:
            self._clients = {kind: other for kind, other in self._clients.items() if other is not client}
        client.close()

    def _ask(
        self, client: httpx.Client, request: httpx.Request, when_lost: str | None
    ) -> tuple[HttpAnswer, str | None]:
        lost = AnswerLost() if when_lost is None else SigningError(when_lost)
        garbled = AnswerLost() if when_lost is None else SigningError("service_answer_invalid")
        error: SigningError
        # Raise errors outside the handlers: an httpx error holds the request, and so the address.
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
    """Return the proxy to use for *parts*, or an empty string.

    Raises `SigningError` (``service_unreachable``) naming the variable if the proxy is unusable. A proxy's address can
    contain a password, so we don't repeat it.
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
    """Return the body; None if it is too long, too slow, or compressed although we didn't ask for that."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    pieces = bytearray()
    for piece in response.iter_raw():
        pieces += piece
        if len(pieces) > most or time.monotonic() > until:
            return None
    return bytes(pieces)


class _LoopbackTransport(httpx.BaseTransport):
    """Sends requests for ``localhost`` names to 127.0.0.1, or to ::1 if nobody listens there.

    The Host header stays, and so does the name that https checks the certificate against.
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
            except httpx.ConnectError as error:  # nothing has been sent yet
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
    """Drops what httpx and httpcore log about requests: it contains addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


_NO_ADDRESSES = _NoAddresses()
_TALKERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))


def _keep_addresses_out_of_logs() -> None:
    for name in _TALKERS:
        logging.getLogger(name).addFilter(_NO_ADDRESSES)  # adding it twice is harmless
