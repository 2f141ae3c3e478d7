"""If something is wrong with a signature or a certificate, we find it and name the right type of problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from asn1crypto import cms

from mock_portal import ManualClock, Portal
from mock_portal.pki import QC_COMPLIANCE, QC_TURKISH_LAW, QC_TURKISH_LAW_1, CaKeys, Credential, TestPki
from mock_portal.signing import PendingSignature
from mock_portal.signing.problems import SigningProblem
from mock_portal.signing.routes import trust_now
from mock_portal.signing.verification import verify
from tests.mock_portal.forge import Forgery, issue, run_apart, sign

DOCUMENT = "Bundan sonraki e-imza başvurularımda … onay veriyorum.\n".encode()

BOTH = (QC_COMPLIANCE, QC_TURKISH_LAW)


@dataclass(frozen=True)
class Case:
    """A portal, a request, and everyone's cards."""

    portal: Portal
    request: PendingSignature
    clock: ManualClock

    def card(self, key: str, index: int = 0) -> Credential:
        """Return one credential from a person's card."""
        return self.portal.pki.credentials(key)[index]

    def signed(self) -> bytes:
        """Return Ayşe's good signature, made by pyHanko."""
        return sign(DOCUMENT, self.card("ayse"))

    def forged(self, **changes: object) -> bytes:
        """Return Ayşe's hand-built signature with something changed."""
        return replace(Forgery(DOCUMENT, self.card("ayse")), **changes).der()  # type: ignore[arg-type]

    def verdict(self, body: bytes) -> str:
        """Return `accepted`, or the type and detail of the problem."""
        try:
            run_apart(verify(body, self.request, trust_now(self.portal)))
        except SigningProblem as problem:
            return f"{problem.kind.name}: {problem.detail}"
        return "accepted"

    def unusual(
        self,
        *,
        number: str = "10000000146",
        uses: tuple[str, ...] = ("digital_signature", "content_commitment"),
        statements: tuple[str, ...] = BOTH,
        sealed: bool = False,
    ) -> str:
        """Return the verdict on a good signature with an unusual certificate for Ayşe."""
        year = timedelta(days=365)
        issuer = self.portal.pki.seal_issuer if sealed else self.portal.pki.nes_issuer
        begins, ends = self.portal.started - year, self.portal.started + year
        credential = issue(
            issuer, begins, ends, key_of=self.card("ayse"), number=number, uses=uses, statements=statements
        )
        return self.verdict(sign(DOCUMENT, credential))


@pytest.fixture
def case(portal: Portal, clock: ManualClock) -> Case:
    """A request from Ayşe with the standing clock."""
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", DOCUMENT, lambda accepted: None)
    return Case(portal, opened, clock)


def test_a_good_rsa_signature_is_accepted(case: Case) -> None:
    """A CAdES-BES signature from pyHanko with the person's RSA key passes every check."""
    assert case.verdict(case.signed()) == "accepted"


def test_a_good_ec_signature_is_accepted(portal: Portal, clock: ManualClock) -> None:
    """A CAdES-BES signature from pyHanko with the person's EC P-384 key passes every check."""
    opened = portal.desk.open(portal.people["mehmet"], "E-Onay", DOCUMENT, lambda accepted: None)
    case = Case(portal, opened, clock)
    assert case.verdict(sign(DOCUMENT, case.card("mehmet"))) == "accepted"


def test_a_signature_put_together_by_hand_is_accepted(case: Case) -> None:
    """The pieces used for the broken signatures below are good as they are."""
    assert case.verdict(case.forged()) == "accepted"


OTHER_DOCUMENT = "Vazgeçtim.\n".encode()

OID_DATA = bytes(cms.ContentType("data").dump())
OID_DIGESTED_DATA = bytes(cms.ContentType("digested_data").dump())

BROKEN: dict[str, Callable[[Case], bytes]] = {
    "nothing": lambda case: b"",
    "text": lambda case: b"Bundan sonraki",
    "a certificate": lambda case: case.card("ayse").certificate_der,
    "cut short": lambda case: case.signed()[:-1],
    "something after it": lambda case: case.signed() + b"\0",
    "CMS that is no signature": lambda case: bytes(
        cms.ContentInfo({"content_type": "data", "content": DOCUMENT}).dump()
    ),
    "a document that is not included": lambda case: sign(DOCUMENT, case.card("ayse"), detached=True),
    "another document": lambda case: sign(DOCUMENT + b" ", case.card("ayse")),
    "another document under the right one's signature": lambda case: case.forged(content=OTHER_DOCUMENT),
    "the right document under another one's signature": lambda case: case.forged(
        document=OTHER_DOCUMENT, content=DOCUMENT
    ),
    "content of another type": lambda case: case.forged().replace(OID_DATA, OID_DIGESTED_DATA, 1),
    "another content type in the attributes": lambda case: case.forged(attribute_content_type="signed_data"),
    "no content type attribute": lambda case: case.forged(leave_out=("content_type",)),
    "no message digest": lambda case: case.forged(leave_out=("message_digest",)),
    "no signing certificate attribute": lambda case: case.forged(leave_out=("signing_certificate_v2",)),
    "two signing certificate attributes": lambda case: case.forged(double=("signing_certificate_v2",)),
    "a signing certificate attribute for another": lambda case: case.forged(
        ess_certificate=case.card("zeynep").certificate_der
    ),
    "no signed attributes": lambda case: case.forged(no_attributes=True),
    "the key of somebody else": lambda case: case.forged(other_key=case.card("zeynep")),
    "no certificate": lambda case: case.forged(certificates=()),
    "the issuer's certificate only": lambda case: case.forged(certificates=(case.card("ayse").chain_ders[0],)),
    "two signers": lambda case: case.forged(signers=2),
    "no signer": lambda case: case.forged(signers=0),
    "SHA-1": lambda case: case.forged(digest="sha1"),
    "SHA-512": lambda case: case.forged(digest="sha512"),
    "RSA-PSS": lambda case: case.forged(pss=True),
}


@pytest.mark.parametrize("breaking", BROKEN)
def test_a_broken_signature_is_invalid(case: Case, breaking: str) -> None:
    """Break any one property of the signature, and it is `signature-invalid`."""
    assert case.verdict(BROKEN[breaking](case)).startswith("signature-invalid: ")


def test_a_changed_bit_in_the_signature_is_found(case: Case) -> None:
    """A signature value with one flipped bit doesn't verify."""
    info = cms.ContentInfo.load(case.signed())
    value = info["content"]["signer_infos"][0]["signature"].native
    body = info.dump()
    assert body.count(value) == 1
    changed = body.replace(value, value[:-1] + bytes([value[-1] ^ 1]))
    assert case.verdict(changed) == "signature-invalid: İmza, sertifikadaki anahtarla doğrulanamadı."


@pytest.mark.parametrize(
    ("holder", "index", "detail"),
    [
        ("elif", 0, "Sertifika süresi dolmuş."),
        ("fatma", 1, "Sertifika süresi dolmuş."),
        ("huseyin", 0, "Sertifikanın geçerlilik süresi henüz başlamamış."),
        ("emine", 0, "Sertifika iptal edilmiş veya askıya alınmış."),
        ("kemal", 0, "Sertifika iptal edilmiş veya askıya alınmış."),
        ("mustafa", 0, "Sertifika, nitelikli elektronik sertifika değil."),
        ("ali", 0, "Sertifika, nitelikli elektronik sertifika değil."),
    ],
)
def test_a_certificate_that_may_not_sign_is_rejected(
    portal: Portal, clock: ManualClock, holder: str, index: int, detail: str
) -> None:
    """A certificate that is the person's own but not usable gets `certificate-rejected`, with the reason in words."""
    opened = portal.desk.open(portal.people[holder], "E-Onay", DOCUMENT, lambda accepted: None)
    case = Case(portal, opened, clock)
    assert case.verdict(sign(DOCUMENT, case.card(holder, index))) == f"certificate-rejected: {detail}"


def test_a_certificate_is_judged_by_the_portals_clock(case: Case) -> None:
    """The same signature is good until the certificate's last second and refused after it."""
    body = case.signed()
    case.clock.advance(60 * 86400)
    assert case.verdict(body) == "accepted"
    case.clock.advance(1)
    assert case.verdict(body) == "certificate-rejected: Sertifika süresi dolmuş."


def test_revocation_works_from_the_moment_it_happens(case: Case) -> None:
    """A certificate that was good a moment ago is rejected as soon as it is revoked."""
    body = case.signed()
    assert case.verdict(body) == "accepted"
    case.portal.revoke("ayse")
    assert case.verdict(body) == "certificate-rejected: Sertifika iptal edilmiş veya askıya alınmış."


def test_a_lifted_suspension_makes_the_certificate_good_again(portal: Portal, clock: ManualClock) -> None:
    """A suspended certificate can sign again once the suspension is lifted."""
    opened = portal.desk.open(portal.people["kemal"], "E-Onay", DOCUMENT, lambda accepted: None)
    case = Case(portal, opened, clock)
    body = sign(DOCUMENT, case.card("kemal"))
    portal.state.lift_suspension("kemal")
    assert case.verdict(body) == "accepted"


def test_a_certificate_of_a_lookalike_authority_is_rejected(case: Case) -> None:
    """Nobody trusts the same names with other keys, even if the whole chain comes along."""
    lookalike = TestPki(case.portal.people, case.clock, case.portal.state, keys=CaKeys())
    (credential,) = lookalike.credentials("ayse")
    chain = (credential.certificate_der, *credential.chain_ders)
    for body in (sign(DOCUMENT, credential), Forgery(DOCUMENT, credential, certificates=chain).der()):
        assert case.verdict(body).startswith("certificate-rejected: ")


def test_a_self_signed_certificate_is_rejected(case: Case) -> None:
    """The root itself isn't a person."""
    pki = case.portal.pki
    root = Credential("root", pki.root.der, case.card("ayse").private_key_pkcs8_der, ())
    forged = Forgery(DOCUMENT, root, certificates=(pki.root.der,)).der()
    assert case.verdict(forged).startswith("signature-invalid: ")


@pytest.mark.parametrize(
    "statements",
    [(), (QC_COMPLIANCE,), (QC_TURKISH_LAW,), (QC_TURKISH_LAW_1, "0.4.0.1862.1.4")],
)
def test_only_a_qualified_certificate_will_do(case: Case, statements: tuple[str, ...]) -> None:
    """A certificate without the compliance statement, or without the one for Turkish law, is rejected."""
    verdict = case.unusual(statements=statements)
    assert verdict == "certificate-rejected: Sertifika, nitelikli elektronik sertifika değil."


def test_either_statement_of_the_law_will_do(case: Case) -> None:
    """Either number for law no. 5070 makes a certificate qualified."""
    assert case.unusual(statements=(QC_COMPLIANCE, QC_TURKISH_LAW)) == "accepted"
    assert case.unusual(statements=(QC_COMPLIANCE, QC_TURKISH_LAW_1)) == "accepted"


@pytest.mark.parametrize("uses", [("digital_signature",), ("content_commitment",), ("key_encipherment",)])
def test_the_key_must_be_for_signing(case: Case, uses: tuple[str, ...]) -> None:
    """A certificate without digitalSignature or without nonRepudiation is rejected."""
    assert case.unusual(uses=uses).startswith("certificate-rejected: ")


@pytest.mark.parametrize("number", ["", "1000000018", "100000001460", "1000000014a"])
def test_the_certificate_must_name_a_person(case: Case, number: str) -> None:
    """If a qualified certificate's serial number isn't eleven digits, the certificate isn't a personal one."""
    assert case.unusual(number=number) == "certificate-rejected: Sertifika bir kişiye ait değil."


def test_the_seal_authority_issues_no_personal_certificates(case: Case) -> None:
    """Statements and number aren't enough if the issuer is the seal authority."""
    assert case.unusual(sealed=True).startswith("certificate-rejected: ")


def test_somebody_elses_qualified_certificate_is_a_mismatch(case: Case) -> None:
    """A perfectly good signature from another person gets `holder-mismatch`."""
    for other in ("zeynep", "mehmet"):
        assert case.verdict(sign(DOCUMENT, case.card(other))).startswith("holder-mismatch: ")


def test_the_first_thing_wrong_is_named(case: Case) -> None:
    """If several things are wrong, we name the signature's fault first, then the certificate's, then the holder's."""
    expired = case.card("elif")
    assert case.verdict(sign(DOCUMENT, expired)).startswith("certificate-rejected: ")
    assert case.verdict(sign(DOCUMENT + b".", expired)).startswith("signature-invalid: ")


def test_an_expired_issuer_is_rejected_too(case: Case) -> None:
    """The whole chain must be valid, not just the person's certificate."""
    pki = case.portal.pki
    year = timedelta(days=365)
    late = case.portal.started + 30 * year
    credential = issue(
        pki.nes_issuer,
        case.portal.started - year,
        late,
        key_of=case.card("ayse"),
        number="10000000146",
        statements=BOTH,
    )
    body = sign(DOCUMENT, credential)
    assert case.verdict(body) == "accepted"
    case.clock.advance((13 * year).total_seconds())
    assert case.verdict(body).startswith("certificate-rejected: ")


def test_no_detail_tells_a_secret(case: Case) -> None:
    """Neither the details nor the errors behind them show a name, a number or a code."""
    for key in case.portal.people:
        verdict = case.verdict(sign(DOCUMENT, case.card(key)))
        for person in case.portal.people.values():
            assert person.name not in verdict
            assert person.national_id not in verdict
        assert case.request.code not in verdict


def test_the_chain_may_be_left_out(case: Case) -> None:
    """The signer's certificate is enough, because the portal knows its own issuers."""
    alone = case.forged(certificates=(case.card("ayse").certificate_der,))
    assert case.verdict(alone) == "accepted"
