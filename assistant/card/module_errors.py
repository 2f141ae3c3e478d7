"""What each python-pkcs11 error means for the person: exception name to reason code.

By name, so that the assistant's own process doesn't have to load the library. Only `PinIncorrect` becomes
`pin_wrong`. A test walks `pkcs11.exceptions` and fails if a class is missing here.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.base.words import told

Stage = Literal["load", "look", "sign"]
"""What the module was doing."""

REASONS = {
    "AnotherUserAlreadyLoggedIn": "card_error",
    "ArgumentsBad": "card_error",
    "AttributeReadOnly": "card_error",
    "AttributeSensitive": "card_error",
    "AttributeTypeInvalid": "card_error",
    "AttributeValueInvalid": "card_error",
    "DataInvalid": "card_error",
    "DataLenRange": "card_error",
    "DeviceError": "card_error",
    "DeviceMemory": "card_error",
    "DeviceRemoved": "card_removed",
    "DomainParamsInvalid": "card_error",
    "EncryptedDataInvalid": "card_error",
    "EncryptedDataLenRange": "card_error",
    "ExceededMaxIterations": "card_error",
    "FunctionCancelled": "person_stopped",  # the person pressed cancel on the reader
    "FunctionFailed": "card_error",
    "FunctionNotSupported": "card_error",
    "FunctionRejected": "person_stopped",  # the same, in PKCS#11 v2.30 and later
    "GeneralError": "card_error",
    "HostMemory": "card_error",
    "KeyHandleInvalid": "card_error",
    "KeyIndigestible": "card_error",
    "KeyNeeded": "card_error",
    "KeyNotNeeded": "card_error",
    "KeyNotWrappable": "card_error",
    "KeySizeRange": "card_error",
    "KeyTypeInconsistent": "card_error",
    "KeyUnextractable": "card_error",
    "MechanismInvalid": "card_error",
    "MechanismParamInvalid": "card_error",
    "MultipleObjectsReturned": "card_error",
    "MultipleTokensReturned": "card_error",
    "NoEvent": "card_error",
    "NoSuchKey": "key_missing",
    "NoSuchToken": "token_not_found",
    "ObjectHandleInvalid": "card_error",
    "OperationActive": "card_error",
    "OperationNotInitialized": "card_error",
    "PKCS11Error": "card_error",  # a vendor's own return code, or one that python-pkcs11 doesn't know
    "PinExpired": "pin_not_set",  # it must be set again, the same way as a first one
    "PinIncorrect": "pin_wrong",
    "PinInvalid": "card_error",
    "PinLenRange": "pin_length",
    "PinLocked": "pin_locked",
    "PinTooWeak": "card_error",
    "PublicKeyInvalid": "card_error",
    "RandomNoRNG": "card_error",
    "RandomSeedNotSupported": "card_error",
    "SessionClosed": "card_removed",  # sessions are short; only a removal ends one
    "SessionCount": "card_error",
    "SessionExists": "card_error",
    "SessionHandleInvalid": "card_removed",  # OpenSC's answer after a removal
    "SessionReadOnly": "card_error",
    "SessionReadOnlyExists": "card_error",
    "SessionReadWriteSOExists": "card_error",
    "SignatureInvalid": "card_error",
    "SignatureLenRange": "card_error",
    "SlotIDInvalid": "card_removed",  # somebody pulled the reader itself
    "TemplateIncomplete": "card_error",
    "TemplateInconsistent": "card_error",
    "TokenNotPresent": "card_removed",
    "TokenNotRecognised": "card_error",
    "TokenWriteProtected": "card_error",
    "UnwrappingKeyHandleInvalid": "card_error",
    "UnwrappingKeySizeRange": "card_error",
    "UnwrappingKeyTypeInconsistent": "card_error",
    "UserAlreadyLoggedIn": "card_error",
    "UserNotLoggedIn": "card_error",
    "UserPinNotInitialized": "pin_not_set",
    "UserTooManyTypes": "card_error",
    "WrappedKeyInvalid": "card_error",
    "WrappedKeyLenRange": "card_error",
    "WrappingKeyHandleInvalid": "card_error",
    "WrappingKeySizeRange": "card_error",
    "WrappingKeyTypeInconsistent": "card_error",
}


_NUMBER = re.compile(r"Unmapped error code (0x[0-9a-f]+)")
"""How python-pkcs11 writes a return code that has no class."""


class ModuleError(Exception):
    """A reason code on its way from the worker to the person. Contains nothing personal."""

    def __init__(self, code: str, detail: str | None = None) -> None:
        self.code = code
        self.detail = detail
        super().__init__(code)


def meaning(error: Exception, stage: Stage) -> ModuleError:
    """Return what a python-pkcs11 error during *stage* means for the person.

    We keep nothing of its text except the class name, or the number of an unnamed return code.
    """
    name = type(error).__name__
    number = _NUMBER.fullmatch(str(error)) if name == "PKCS11Error" else None
    detail = told("card.detail.driver", "tr", error=number[1] if number else name)
    if stage == "load":
        return ModuleError("module_broken", detail)
    code = REASONS.get(name, "card_error")
    if stage == "look" and code == "card_removed":
        code = "reader_missing"
    return ModuleError(code, detail if code == "card_error" else None)
