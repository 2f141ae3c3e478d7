"""The signature: CAdES-BES with the document inside, made by pyHanko with the card's key."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, tsp, x509

from assistant.card.card import Card
from assistant.card.model import CardCertificate
from assistant.card.pin import Pin

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer

_PLACEHOLDER = bytes(512)
"""As long as the longest signature; pyHanko uses it to measure."""


def preload() -> None:
    """Load pyHanko, which takes a good part of a second. Fine to call in a thread while other things wait."""
    _signer_class()


def sign_cades_bes(
    card: Card,
    certificate: CardCertificate,
    document: bytes,
    pin: Pin | None,
    *,
    final_try_allowed: bool = False,
    signing_time: datetime | None = None,
) -> bytes:
    """Return the DER of a CMS SignedData that contains *document*.

    Signed attributes: contentType, messageDigest, signingCertificateV2 and signingTime (*signing_time*, aware, or now;
    ETSI EN 319 122-1 requires it). It includes the signer's certificate and no other. Raises what `card` raises.
    """
    moment = (signing_time or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    signer = _signer_class()(
        lambda data: card.sign(certificate, data, pin, final_try_allowed=final_try_allowed),
        x509.Certificate.load(certificate.der),
        moment,
    )
    # asyncio.run fails in a thread that runs sync Playwright.
    done: Future[bytes] = Future()
    thread = threading.Thread(target=_run, args=(signer, document, done), name="cades", daemon=True)
    thread.start()
    thread.join()
    return done.result()


def _run(signer: Signer, document: bytes, done: Future[bytes]) -> None:
    try:
        done.set_result(asyncio.run(_sign(signer, document)))
    except BaseException as error:  # noqa: BLE001 (raised again by whoever waits)
        done.set_exception(error)


async def _sign(signer: Signer, document: bytes) -> bytes:
    signed = await signer.async_sign_general_data(document, "sha256", detached=False, use_cades=True)
    der: bytes = signed.dump()
    return der


@cache
def _signer_class() -> Any:
    """Make the pyHanko signer class here, because importing its base classes takes long."""
    from pyhanko.sign.attributes import (
        CMSAttributeProvider,
        SignedAttributeProviderSpec,
        SigningCertificateV2Provider,
        SigningTimeProvider,
    )
    from pyhanko.sign.signers.pdf_cms import Signer

    class Encoded(SigningCertificateV2Provider):
        """Returns the attribute already encoded.

        asn1crypto re-encodes what it built at every level around it: two to the power of the depth times.
        """

        async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
            return tsp.SigningCertificateV2.load((await super().build_attr_value(dry_run)).dump())

    class Attributes(SignedAttributeProviderSpec):
        """The signed attributes other than contentType and messageDigest."""

        def __init__(self, certificate: x509.Certificate, moment: datetime) -> None:
            self._providers = (Encoded(certificate), SigningTimeProvider(moment))

        def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:
            return self._providers

    class CardSignature(Signer):
        """pyHanko builds the CMS, the card signs its attributes."""

        def __init__(self, sign: Callable[[bytes], bytes], certificate: x509.Certificate, moment: datetime) -> None:
            super().__init__(signing_cert=certificate)
            self.signed_attr_prov_spec = Attributes(certificate, moment)
            self._sign = sign

        async def signed_attrs(self, *args: Any, **kwargs: Any) -> cms.CMSAttributes:
            return cms.CMSAttributes.load((await super().signed_attrs(*args, **kwargs)).dump())

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return _PLACEHOLDER if dry_run else self._sign(data)

    return CardSignature
