"""The signing service: codes at a desk, and the HTTP interface the card signer speaks to."""

from mock_portal.signing.desk import (
    Acceptance,
    CodeExpiredError,
    CodeReplacedError,
    CodeState,
    CodeStatus,
    CodeUnknownError,
    CodeUsedError,
    PendingSignature,
    SigningDesk,
    UnusableCodeError,
)

__all__ = [
    "Acceptance",
    "CodeExpiredError",
    "CodeReplacedError",
    "CodeState",
    "CodeStatus",
    "CodeUnknownError",
    "CodeUsedError",
    "PendingSignature",
    "SigningDesk",
    "UnusableCodeError",
]
