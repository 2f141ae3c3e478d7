"""Talks to the signing service: fetch what is to be signed, hand in the signature.

We check its answers strictly: a person will see them and sign them.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from typing import Any

from assistant.base.errors import SigningError
from assistant.base.foreign import in_one_line, is_seen
from assistant.signing.http import AnswerLost, HttpAnswer, ServiceClient

PROFILE = "CAdES-BES"
DIGEST = "sha256"

PROBLEMS = {
    "urn:eimza:code-unknown": "code_unknown",
    "urn:eimza:code-expired": "code_expired",
    "urn:eimza:code-used": "code_used",
    "urn:eimza:too-large": "signature_too_large",
    "urn:eimza:signature-invalid": "signature_invalid",
    "urn:eimza:certificate-rejected": "certificate_rejected",
    "urn:eimza:holder-mismatch": "holder_mismatch",
}
"""The protocol's problem types, as reason codes."""

_CODE = re.compile(r"[0-9]{4,40}", re.ASCII)
_NATIONAL_ID = re.compile(r"[0-9]{11}", re.ASCII)
_MAX_TITLE = 200
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """What a code stands for. The repr shows no document and no person."""

    title: str
    """What is being signed, in the portal's words, e.g. E-Onay."""
    document: bytes = field(repr=False)
    """The exact bytes to sign; never empty."""
    media_type: str
    profile: str
    digest: str
    holder_name: str = field(repr=False)
    holder_national_id: str = field(repr=False)
    expires_at: datetime
    """Aware, by the portal's clock."""

    @property
    def text(self) -> str | None:
        """The document as text for the person to read; None if it isn't text."""
        header = Message()
        header["content-type"] = self.media_type
        if header.get_content_type() != "text/plain":
            return None
        try:
            return self.document.decode(header.get_content_charset("utf-8"))
        except (LookupError, ValueError):  # some codecs raise other kinds than UnicodeDecodeError
            return None


class SigningService:
    """One signing service. It passes codes through and keeps none."""

    def __init__(self, base: str, client: ServiceClient) -> None:
        """*base* is `assistant.signing.jnlp.ServiceAddress.base`."""
        self._base = base
        self._client = client

    def fetch(self, code: str) -> SigningRequest:
        """Fetch what *code* stands for.

        Raises `SigningError` with a reason of `PROBLEMS`, ``service_unreachable``, ``service_error``,
        ``service_answer_invalid`` or ``service_not_allowed``.
        """
        answer = self._client.get(self._address(code))
        if answer.status == 200:
            return _request(_object(answer, "application/json"), code)
        raise _refusal(answer, ())

    def submit(self, code: str, signature: bytes, *, hide: Iterable[str] = ()) -> None:
        """Hand in the DER of a CMS signature, once; returns once it is accepted.

        *hide* lists texts (a name) to remove from the service's answer. Raises `SigningError` like `fetch` if it was
        refused or not sent, `AnswerLost` if it may have been accepted.
        """
        address = self._address(code) + "/signature"
        answer = self._client.post(address, signature, "application/pkcs7-signature")
        if answer.status == 201 and _parsed(answer, "application/json") == {"status": "accepted"}:
            return
        if 400 <= answer.status < 500:
            raise _refusal(answer, hide)
        raise AnswerLost

    def _address(self, code: str) -> str:
        if not _CODE.fullmatch(code):
            raise SigningError("code_unknown")
        return f"{self._base}/requests/{code}"


def _request(told: dict[str, Any], code: str) -> SigningRequest:
    holder = told.get("holder")
    if told.get("code") != code or not isinstance(holder, dict):
        raise SigningError("service_answer_invalid")
    national_id = _text(holder, "national_id", 11)
    if not _NATIONAL_ID.fullmatch(national_id):
        raise SigningError("service_answer_invalid")
    return SigningRequest(
        title=_text(told, "title", _MAX_TITLE),
        document=_document(told),
        media_type=_text(told, "media_type", 100),
        profile=_exactly(told, "profile", PROFILE),
        digest=_exactly(told, "digest", DIGEST),
        holder_name=_text(holder, "name", _MAX_NAME),
        holder_national_id=national_id,
        expires_at=_moment(told),
    )


def _text(told: dict[str, Any], name: str, longest: int) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not _is_plain(value):
        raise SigningError("service_answer_invalid")
    return value


def _is_plain(text: str) -> bool:
    """Whether *text* has no control, direction or private characters, because we will show it."""
    return all(map(is_seen, text))


def _exactly(told: dict[str, Any], name: str, wanted: str) -> str:
    if told.get(name) != wanted:
        raise SigningError("service_answer_invalid")
    return wanted


def _document(told: dict[str, Any]) -> bytes:
    value = told.get("document")
    document = b""
    if isinstance(value, str):
        try:
            document = b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            document = b""
    if not document:
        raise SigningError("service_answer_invalid")
    return document


def _moment(told: dict[str, Any]) -> datetime:
    value = told.get("expires_at")
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SigningError("service_answer_invalid")
    return moment


def _refusal(answer: HttpAnswer, hide: Iterable[str]) -> SigningError:
    """Return what a refusal means; for a known problem, with the service's words for the person."""
    problem = _parsed(answer, "application/problem+json")
    kind = problem.get("type") if isinstance(problem, dict) else None
    reason = PROBLEMS.get(kind) if isinstance(kind, str) else None
    if not isinstance(problem, dict) or reason is None or answer.status < 400:
        return SigningError("service_error")
    detail = problem.get("detail")
    return SigningError(reason, in_one_line(detail, hide) if isinstance(detail, str) and detail.strip() else None)


def _object(answer: HttpAnswer, media_type: str) -> dict[str, Any]:
    parsed = _parsed(answer, media_type)
    if not isinstance(parsed, dict):
        raise SigningError("service_answer_invalid")
    return parsed


def _parsed(answer: HttpAnswer, media_type: str) -> object:
    """Return the JSON in *answer*, or None if it isn't JSON of *media_type*."""
    if answer.media_type != media_type:
        return None
    try:
        parsed: object = json.loads(answer.body, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError):
        return None
    return parsed


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object with a duplicate key: two readers could pick different values."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name is given twice")
    return told
