"""The signing service: codes at a desk, and the HTTP interface the card signer speaks to."""

from mock_portal.signing.desk import (
    Acceptance,
    CodeError,
    CodeExpiredError,
    CodeReplacedError,
    CodeState,
    CodeStatus,
    CodeUnknownError,
    CodeUsedError,
    SigningDesk,
    SigningRequest,
)

__all__ = [
    "Acceptance",
    "CodeError",
    "CodeExpiredError",
    "CodeReplacedError",
    "CodeState",
    "CodeStatus",
    "CodeUnknownError",
    "CodeUsedError",
    "SigningDesk",
    "SigningRequest",
]
