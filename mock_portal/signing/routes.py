"""The signing service's addresses: the protocol, the app's files, and the depot of certificates and CRLs.

None of them has a session: the card signer is no browser. They answer under the portal's own host and under 127.0.0.1,
because Java can't resolve `*.localhost` names.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from mock_portal.ledger import Act
from mock_portal.portal import Portal
from mock_portal.signing.app_files import JAR_NAMES, JAR_TYPE, JNLP_NAME, JNLP_TYPE, jnlp, placeholder_jar
from mock_portal.signing.desk import (
    CodeExpiredError,
    CodeReplacedError,
    CodeUsedError,
    PendingSignature,
    UnusableCodeError,
)
from mock_portal.signing.problems import CODE_EXPIRED, CODE_UNKNOWN, CODE_USED, TOO_LARGE, SigningProblem
from mock_portal.signing.trust import Trust
from mock_portal.web import portal_of

if TYPE_CHECKING:
    from mock_portal.pki import TestPki

LARGEST_BODY = 64 * 1024
"""Maximum size of a signature in bytes."""

_POLITENESS = 1024 * 1024
"""How many bytes of an oversized body we read and throw away, so that the sender hears the answer."""

NO_STORE = {"cache-control": "no-store"}


def routes(portal: Portal) -> list[BaseRoute]:
    """Return the routes of the signing service, which need no session."""
    return [
        Route("/eimza/api/requests/{code}", _fetch),
        Route("/eimza/api/requests/{code}/signature", _hand_in, methods=["POST"]),
        Route(f"/eimza/{JNLP_NAME}", _jnlp),
        *(Route(f"/eimza/{name}", _jar) for name in JAR_NAMES),
        Route("/depo/{name}", _depot),
    ]


async def _fetch(request: Request) -> Response:
    try:
        wanted = _usable(request)
    except SigningProblem as problem:
        return problem.response()
    return JSONResponse(
        {
            "code": wanted.code,
            "title": wanted.title,
            "document": base64.b64encode(wanted.document).decode("ascii"),
            "media_type": wanted.media_type,
            "profile": "CAdES-BES",
            "digest": "sha256",
            "holder": {"name": wanted.person.name, "national_id": wanted.person.national_id},
            "expires_at": wanted.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        headers=NO_STORE,
    )


async def _hand_in(request: Request) -> Response:
    # pyHanko is slow to load; a portal where nobody signs starts without it.
    from mock_portal.signing.verification import verify

    portal = portal_of(request)
    code = request.path_params["code"]
    try:
        wanted = _usable(request)
        body = await _body(request)
        await verify(body, wanted, trust_now(portal))
        _accept(portal, code, body)
    except SigningProblem as problem:
        holder = portal.desk.holder_of(code)
        key = None if holder is None else holder.key
        portal.ledger.record(Act.SIGNATURE_REJECTED, key, problem=problem.kind.name)
        return problem.response()
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    return JSONResponse({"status": "accepted"}, status_code=201, headers=NO_STORE)


def trust_now(portal: Portal) -> Trust:
    """Return what the portal trusts right now, by its clock."""
    pki: TestPki = portal.pki
    authorities = pki.authorities()
    return Trust(
        root=pki.root.der,
        issuers=[authority.der for authority in authorities if authority is not pki.root],
        nes_issuer_name=pki.nes_issuer.common_name,
        crls=[pki.crl(authority) for authority in authorities],
        moment=portal.clock.now(),
    )


def _usable(request: Request) -> PendingSignature:
    try:
        return portal_of(request).desk.usable(request.path_params["code"])
    except UnusableCodeError as error:
        raise _code_problem(error) from error


def _accept(portal: Portal, code: str, body: bytes) -> None:
    try:
        portal.desk.accept(code, body)
    except UnusableCodeError as error:  # used, replaced or over while we verified the signature
        raise _code_problem(error) from error


def _code_problem(error: UnusableCodeError) -> SigningProblem:
    if isinstance(error, CodeUsedError):
        return SigningProblem(CODE_USED, "Bu doğrulama koduyla daha önce imza atılmış.")
    if isinstance(error, CodeReplacedError):
        detail = "Bu kodun yerine yeni bir kod alınmış. Lütfen sayfada görünen son kodu kullanınız."
        return SigningProblem(CODE_EXPIRED, detail)
    if isinstance(error, CodeExpiredError):
        detail = "Doğrulama kodunun süresi doldu. Lütfen sayfadan “Tekrar Kod Al” ile yeni bir kod alınız."
        return SigningProblem(CODE_EXPIRED, detail)
    detail = "Bu doğrulama kodu bulunamadı. Lütfen kodu sayfada göründüğü gibi, eksiksiz giriniz."
    return SigningProblem(CODE_UNKNOWN, detail)


async def _body(request: Request) -> bytes:
    """Read the body, but never keep more of it than is allowed."""
    body = bytearray()
    thrown_away = 0
    async for chunk in request.stream():
        if not thrown_away and len(body) + len(chunk) <= LARGEST_BODY:
            body += chunk
            continue
        thrown_away += len(chunk)
        if thrown_away > _POLITENESS:
            break
    if thrown_away:
        raise SigningProblem(TOO_LARGE, "Gönderilen imza 64 KiB sınırını aşıyor.")
    return bytes(body)


async def _jnlp(request: Request) -> Response:
    # A route has matched the host, so it is one of the portal's own addresses.
    origin = f"http://{request.headers['host'].lower()}"
    disposition = {"content-disposition": f'attachment; filename="{JNLP_NAME}"'}
    return Response(jnlp(origin), media_type=JNLP_TYPE, headers={**NO_STORE, **disposition})


async def _jar(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(placeholder_jar(), media_type=JAR_TYPE, headers=headers)


async def _depot(request: Request) -> Response:
    pki = portal_of(request).pki
    name = request.path_params["name"]
    for authority in pki.authorities():
        if name == f"{authority.slug}.crl":
            return Response(pki.crl(authority), media_type="application/pkix-crl", headers=NO_STORE)
        if name == f"{authority.slug}.crt":
            return Response(authority.der, media_type="application/pkix-cert")
    raise HTTPException(404)
