"""The four ways to log in besides the password."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from fixtures import Person
from mock_portal import Act, Edition, ManualClock
from mock_portal.gateway import approve_phone, refuse_phone
from tests.mock_portal.test_gateway.conftest import BOTH_EDITIONS, Someone
from tests.mock_portal.test_gateway.visitor import GatewayVisitor

SHARING = "2- Ad Soyad Bilgisi"


def _method(gate: GatewayVisitor, path: str) -> None:
    gate.begin()
    gate.giris(f"/Giris/{path}")


def _logins(gate: GatewayVisitor) -> list[tuple[str | None, object]]:
    entries = gate.portal.ledger.entries()
    return [(entry.person, entry.facts["method"]) for entry in entries if entry.act is Act.LOGIN]


def _start_mobile(gate: GatewayVisitor, person: Person) -> None:
    _method(gate, "Mobil-Imza")
    gate.send("mobilImzaForm", {"tridField": person.national_id, "gsmField": "5550000000"})


@BOTH_EDITIONS
def test_mobile_signature(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """A signature on the phone logs you in with no second step."""
    _start_mobile(gate, someone("ayse"))
    assert "parmak izi" in gate.parts.text
    assert approve_phone(gate.portal, "ayse")
    gate.send("mobilOnayForm")
    assert SHARING in gate.parts.text
    assert _logins(gate) == [("ayse", "mobile-signature")]


def test_mobile_signature_refused_and_late(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """If the phone refuses or stays silent, the login ends, and the reason is recorded."""
    _start_mobile(gate, someone("ayse"))
    refuse_phone(gate.portal, "ayse")
    gate.send("mobilOnayForm")
    assert "Giriş işleminiz tamamlanamadı" in gate.parts.text
    gate.giris("/Giris/gir?yontem=Mobil-Imza")
    gate.send("mobilImzaForm", {"tridField": someone("ayse").national_id, "gsmField": "5550000000"})
    clock.advance(120)
    gate.send("mobilOnayForm")
    assert "Giriş işleminiz tamamlanamadı" in gate.parts.text
    failures = [entry.facts["reason"] for entry in gate.portal.ledger.entries()]
    assert failures == ["refused", "expired"]


def test_mobile_signature_needs_a_number(gate: GatewayVisitor, someone: Someone) -> None:
    """With an invalid phone number or an unknown person you stay on the form and see an error."""
    _method(gate, "Mobil-Imza")
    gate.send("mobilImzaForm", {"tridField": someone("ayse").national_id, "gsmField": "123"})
    assert "on rakamdan" in gate.parts.alert
    gate.send("mobilImzaForm", {"tridField": "10000009994", "gsmField": "5550000000"})
    assert gate.parts.alert
    assert not approve_phone(gate.portal, "ayse")


@BOTH_EDITIONS
def test_identity_card(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """The stand-in reader refuses a wrong PIN and logs you in with the right one."""
    person = someone("mehmet")
    _method(gate, "T-C-Kimlik-Karti")
    gate.send("kimlikKartiForm", {"tridField": person.national_id})
    gate.send("kartOkuyucuForm", {"kartPin": "000000"})
    assert "PIN hatalı" in gate.parts.alert
    gate.send("kartOkuyucuForm", {"kartPin": person.pin})
    assert SHARING in gate.parts.text
    assert _logins(gate) == [("mehmet", "id-card")]


@BOTH_EDITIONS
def test_bank(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """The stand-in bank refuses a wrong password and passes you on with the right one."""
    person = someone("ayse")
    _method(gate, "Banka-Giris")
    assert "Örnek Bankası" in gate.parts.text
    gate.visit(f"{gate.portal.bank_origin()}/ornek")
    gate.send("bankaForm", {"musteriNo": person.national_id, "parola": "yanlış"})
    assert "hatalı" in gate.parts.alert
    gate.send("bankaForm", {"musteriNo": person.national_id, "parola": person.password})
    assert SHARING in gate.parts.text
    assert _logins(gate) == [("ayse", "bank")]


def test_an_unknown_bank_is_not_found(gate: GatewayVisitor) -> None:
    """Only banks on the list have a page."""
    gate.begin()
    gate.visit(f"{gate.portal.bank_origin()}/baska")
    assert gate.page.status_code == 404


def test_only_the_bank_s_own_ticket_logs_in(gate: GatewayVisitor) -> None:
    """If you come back without a ticket, or with an OAuth code instead, you choose a bank again."""
    gate.begin()
    code = gate.portal.tickets.put({"kind": "oauth", "person": "ayse", "client_id": "", "redirect_uri": ""})
    for ticket in ("", "guessed", code):
        gate.giris(f"/Giris/Banka-Giris-Kontrol?bilet={ticket}")
        assert "Örnek Bankası" in gate.parts.text
    assert _logins(gate) == []


def _code(gate: GatewayVisitor) -> str:
    return gate.page.text.partition('id="dogrulamaKodu"')[2].partition(">")[2].partition("<")[0]


def _sign(gate: GatewayVisitor, code: str, signer: Person, folder: Path) -> int:
    """Sign what the service offers with openssl, hand it in and return the HTTP status."""
    service = gate.portal.origin("onlineislemler") + "/eimza/api/requests/" + code
    offered = gate.client.get(service)
    if offered.status_code != 200:
        return offered.status_code
    credential = gate.portal.pki.credentials(signer)[0]
    paths = {name: folder / name for name in ("document", "certificate", "key", "signature")}
    paths["document"].write_bytes(base64.b64decode(offered.json()["document"]))
    certificate = x509.load_der_x509_certificate(credential.certificate_der)
    paths["certificate"].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths["key"].write_bytes(credential.private_key_pkcs8_der)
    files = {name: str(path) for name, path in paths.items()}
    command = ["openssl", "cms", "-sign", "-cades", "-binary", "-nodetach", "-md", "sha256"]
    command += ["-in", files["document"], "-signer", files["certificate"], "-inkey", files["key"]]
    command += ["-keyform", "DER", "-outform", "DER", "-out", files["signature"]]
    subprocess.run(command, check=True, capture_output=True)
    answer = gate.client.post(
        service + "/signature",
        content=paths["signature"].read_bytes(),
        headers={"content-type": "application/pkcs7-signature"},
    )
    return answer.status_code


def _start_esign(gate: GatewayVisitor, person: Person) -> str:
    _method(gate, "Elektronik-Imza")
    gate.send("eImzaForm", {"tridField": person.national_id})
    return _code(gate)


@BOTH_EDITIONS
@pytest.mark.parametrize("key", ["ayse", "mehmet"])
def test_electronic_signature(
    gate: GatewayVisitor, someone: Someone, tmp_path: Path, edition: Edition, key: str
) -> None:
    """A signature over the login document by the person's card (RSA or EC) logs them in. Without it, nothing does."""
    code = _start_esign(gate, someone(key))
    assert len(code) == 15
    assert "/eimza/KamuSM-eimza.jnlp" in gate.page.text
    gate.send("eImzaBekleForm")
    assert gate.portal.ledger.count(Act.LOGIN) == 0
    status = gate.portal.origin("giris") + "/Giris/Elektronik-Imza/durum"
    assert gate.client.get(status).json()["state"] == "waiting"
    assert _sign(gate, code, someone(key), tmp_path) == 201
    assert gate.client.get(status).json()["state"] == "approved"
    gate.send("eImzaBekleForm")
    assert SHARING in gate.parts.text
    assert _logins(gate) == [(key, "e-signature")]


def test_somebody_elses_card_does_not_log_in(gate: GatewayVisitor, someone: Someone, tmp_path: Path) -> None:
    """The service refuses another person's good signature, and it opens nothing."""
    code = _start_esign(gate, someone("ayse"))
    assert _sign(gate, code, someone("mehmet"), tmp_path) == 422
    gate.send("eImzaBekleForm")
    assert gate.portal.ledger.count(Act.LOGIN) == 0


def test_a_late_signature_and_a_new_code(
    gate: GatewayVisitor, clock: ManualClock, someone: Someone, tmp_path: Path
) -> None:
    """After 300 seconds the code is dead and the page says so. Tekrar Kod Al gives one that works."""
    old = _start_esign(gate, someone("ayse"))
    clock.advance(300)
    assert _sign(gate, old, someone("ayse"), tmp_path) == 410
    gate.giris("/Giris/Elektronik-Imza")
    assert "süresi doldu" in gate.parts.alert
    renew = next(name for name, form in gate.parts.forms.items() if form.fields.get("actionName") == "eImzaYenile")
    gate.send(renew)
    assert _code(gate) != old
    assert _sign(gate, _code(gate), someone("ayse"), tmp_path) == 201
    gate.send("eImzaBekleForm")
    assert _logins(gate) == [("ayse", "e-signature")]


def test_giving_up_kills_the_code(gate: GatewayVisitor, someone: Someone, tmp_path: Path) -> None:
    """After İptal nobody can sign the e-İmza login's code any more."""
    code = _start_esign(gate, someone("ayse"))
    gate.send("cancelForm", button="cancelButton")
    assert _sign(gate, code, someone("ayse"), tmp_path) == 410
