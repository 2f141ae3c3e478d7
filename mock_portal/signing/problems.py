"""The problems of the signing protocol: RFC 9457 documents with details in Turkish, for people."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse


@dataclass(frozen=True)
class ProblemType:
    """One row of the protocol's table of errors."""

    name: str
    """The type without its prefix, such as `code-unknown`."""
    status: int
    title: str

    @property
    def urn(self) -> str:
        """The type as the document gives it."""
        return f"urn:eimza:{self.name}"


CODE_UNKNOWN = ProblemType("code-unknown", 404, "Doğrulama kodu bulunamadı")
CODE_EXPIRED = ProblemType("code-expired", 410, "Doğrulama kodu geçerli değil")
CODE_USED = ProblemType("code-used", 409, "Doğrulama kodu kullanılmış")
TOO_LARGE = ProblemType("too-large", 413, "Gönderilen imza çok büyük")
SIGNATURE_INVALID = ProblemType("signature-invalid", 422, "İmza geçersiz")
CERTIFICATE_REJECTED = ProblemType("certificate-rejected", 422, "Sertifika kabul edilmedi")
HOLDER_MISMATCH = ProblemType("holder-mismatch", 422, "Sertifika başka birine ait")


class SigningProblem(Exception):  # noqa: N818  the protocol calls it a problem
    """A request that the signing service refuses; its answer is the problem document."""

    def __init__(self, kind: ProblemType, detail: str) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail

    def response(self) -> JSONResponse:
        """Return the problem document."""
        return JSONResponse(
            {
                "type": self.kind.urn,
                "title": self.kind.title,
                "status": self.kind.status,
                "detail": self.detail,
            },
            status_code=self.kind.status,
            media_type="application/problem+json",
            headers={"cache-control": "no-store"},
        )
