"""The app's files: a JNLP or a jar, checked before we open anything.

Java runs whatever a JNLP names, so all of that must be on an allowed host. A file that fails a check never reaches
the disk.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from assistant.base.errors import SigningError
from assistant.official_app.starter import AppFile
from assistant.signing.http import IsAllowed, ServiceClient, split_address
from assistant.signing.jnlp import FromElsewhere, Jnlp, read_jnlp
from assistant.signing.jnlp_text import MAX_BYTES, NotReadable

MAX_JAR = 200 * 1024 * 1024
"""Largest jar we read, in bytes; such apps have tens of megabytes."""
_MAX_EXTENSIONS = 8
"""How many extension JNLPs a JNLP may name, including those that they name."""
_SECONDS = 60.0

Fetch = Callable[[str, int], bytes]
"""Fetches an address, up to that many bytes. Raises `SigningError`."""


def fetch_jnlp(address: str, fetch: Fetch, is_allowed: IsAllowed) -> AppFile:
    """Fetch and check the JNLP at *address* and its extensions, because Java runs what they name.

    Raises `SigningError`: ``app_not_allowed`` if anything would run from elsewhere, ``service_answer_invalid`` if we
    can't read a file the way Java would, and whatever *fetch* raises.
    """
    try:
        first = read_jnlp(fetch(address, MAX_BYTES), address, is_allowed)
        opened = first.for_java()
        _check_extensions(first, address, fetch, is_allowed)
    except FromElsewhere:
        raise SigningError("app_not_allowed") from None
    except NotReadable:
        raise SigningError("service_answer_invalid") from None
    return AppFile("KamuSM-eimza.jnlp", opened)


def fetch_jar(address: str, fetch: Fetch) -> AppFile:
    """Fetch the jar at *address* and check that Java can run it. Raises like `fetch_jnlp`."""
    body = fetch(address, MAX_JAR)
    if not _is_runnable(body):
        raise SigningError("service_answer_invalid")
    return AppFile("KamuSM-eImza.jar", body)


def fetch_apart(
    address: str, most: int, cookies: str, is_allowed: IsAllowed, given_up: Callable[[], bool] = lambda: False
) -> bytes:
    """Fetch without the browser what its page can't: from another allowed host, or through a redirect to one.

    *cookies* is the browser's Cookie header for *address*. *given_up* is asked while we wait. Raises `SigningError`.
    """
    if split_address(address) is None or not is_allowed(address):
        raise SigningError("app_not_allowed")
    with ServiceClient(is_allowed, seconds=_SECONDS, limit=most, given_up=given_up) as client:
        answer = client.get(address, cookies=cookies)
    if answer.status != 200:
        raise SigningError("service_answer_invalid")
    return answer.body


def _check_extensions(first: Jnlp, address: str, fetch: Fetch, is_allowed: IsAllowed) -> None:
    met, waiting = {address}, [first]
    while waiting:
        for one in waiting.pop().loaded():
            if one.kind != "extension" or one.address in met:
                continue
            met.add(one.address)
            if len(met) > _MAX_EXTENSIONS + 1:
                raise NotReadable
            waiting.append(read_jnlp(fetch(one.address, MAX_BYTES), one.address, is_allowed))


def _is_runnable(body: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as jar:
            manifest = jar.read("META-INF/MANIFEST.MF")
    except Exception:  # noqa: BLE001 (damaged data: zipfile and its decompressors raise all sorts of things)
        return False
    return b"main-class:" in manifest.lower()
