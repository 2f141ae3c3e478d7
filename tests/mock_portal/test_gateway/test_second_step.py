"""The two-step login of 2026: SMS and phone, right, wrong, refused and late."""

from __future__ import annotations

from urllib.parse import urlsplit

from mock_portal import Act, Edition, ManualClock
from mock_portal.gateway import approve_phone, refuse_phone, set_policy
from tests.mock_portal.test_gateway.conftest import BOTH_EDITIONS, NewGate, Someone
from tests.mock_portal.test_gateway.visitor import PASSWORD_PATH, GatewayVisitor

FAILED = "Giriş işleminiz tamamlanamadı"


def _reasons(gate: GatewayVisitor) -> list[object]:
    entries = gate.portal.ledger.entries()
    return [entry.facts["reason"] for entry in entries if entry.act is Act.SECOND_STEP_FAILED]


def _to_second_step(gate: GatewayVisitor, someone: Someone, key: str) -> None:
    gate.begin()
    gate.type_password(someone(key))


def _state(gate: GatewayVisitor, page_of: GatewayVisitor | None = None) -> str:
    """Ask as the waiting page does, about the challenge on this visitor's page or on another's."""
    html = (page_of or gate).page.text
    path = html.partition('data-wait="')[2].partition('"')[0]
    return str(gate.client.get(gate.portal.origin("giris") + path).json()["state"])


def test_the_right_code_logs_in(gate: GatewayVisitor, someone: Someone) -> None:
    """The SMS page is at the login's address with its title and field. The right code leads to sharing."""
    _to_second_step(gate, someone, "ayse")
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH
    assert "İki Aşamalı Giriş Onay" in gate.parts.text
    assert "smsDogrulamaKodu" in gate.parts.forms["ikiAsamaliForm"].fields
    assert "Kalan süre: 180 saniye" in gate.parts.text
    assert gate.portal.ledger.count(Act.LOGIN) == 0
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert "2- Ad Soyad Bilgisi" in gate.parts.text
    assert gate.portal.ledger.count(Act.LOGIN, "ayse") == 1


def test_a_wrong_code_may_be_typed_again(gate: GatewayVisitor, someone: Someone) -> None:
    """After a wrong code the page stays with an error, and the right one still works."""
    _to_second_step(gate, someone, "ayse")
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": "000000"})
    assert "Doğrulama kodu hatalı" in gate.parts.alert
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert gate.portal.ledger.count(Act.LOGIN, "ayse") == 1
    assert _reasons(gate) == ["wrong"]


def test_three_wrong_codes_end_the_login(gate: GatewayVisitor, someone: Someone) -> None:
    """After the third wrong code the login has failed. The right code doesn't save it."""
    _to_second_step(gate, someone, "ayse")
    page = gate.page
    for _ in range(3):
        gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": "000000"})
    assert FAILED in gate.parts.text
    gate.at = page
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert FAILED in gate.parts.text
    assert gate.portal.ledger.count(Act.LOGIN) == 0
    assert _reasons(gate) == ["wrong", "wrong", "failed"]


def test_a_code_that_comes_late_is_refused(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """At 180 seconds the right code is too late. The failure is recorded once, and you can start again."""
    _to_second_step(gate, someone, "ayse")
    clock.advance(180)
    assert _state(gate) == "expired"
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert FAILED in gate.parts.text
    assert _reasons(gate) == ["expired"]
    gate.giris("/Giris/gir")
    gate.type_password(someone("ayse"))
    assert "İki Aşamalı Giriş Onay" in gate.parts.text


def test_a_code_in_the_last_second_is_taken(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """At 179 seconds the right code still works."""
    _to_second_step(gate, someone, "ayse")
    clock.advance(179)
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert gate.portal.ledger.count(Act.LOGIN, "ayse") == 1


def test_sending_the_code_again_begins_the_time_anew(
    gate: GatewayVisitor, clock: ManualClock, someone: Someone
) -> None:
    """After “Kodu tekrar gönder” you have 180 seconds again."""
    _to_second_step(gate, someone, "ayse")
    clock.advance(170)
    resend = next(name for name, form in gate.parts.forms.items() if form.fields.get("actionName") == "smsTekrarGonder")
    gate.send(resend)
    assert "Kalan süre: 180 saniye" in gate.parts.text
    clock.advance(170)
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert gate.portal.ledger.count(Act.LOGIN, "ayse") == 1


def test_another_persons_code_is_wrong(gate: GatewayVisitor, someone: Someone) -> None:
    """Only the code sent to this person counts."""
    _to_second_step(gate, someone, "ayse")
    gate.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("zeynep").sms_code})
    assert gate.portal.ledger.count(Act.LOGIN) == 0


def test_the_phone_approves(gate: GatewayVisitor, someone: Someone) -> None:
    """Mobil Onay waits, the phone says yes, and the page's own form completes the login."""
    _to_second_step(gate, someone, "mehmet")
    assert "Mobil Onay" in gate.parts.text
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH
    assert _state(gate) == "waiting"
    assert approve_phone(gate.portal, "mehmet")
    assert not approve_phone(gate.portal, "mehmet")
    assert _state(gate) == "approved"
    gate.send("mobilOnayForm")
    assert gate.portal.ledger.count(Act.LOGIN, "mehmet") == 1


def test_the_page_cannot_approve_itself(gate: GatewayVisitor, someone: Someone) -> None:
    """If you send the waiting form before the phone has answered, nobody is logged in."""
    _to_second_step(gate, someone, "mehmet")
    gate.send("mobilOnayForm")
    assert "Mobil Onay" in gate.parts.text
    assert gate.portal.ledger.count(Act.LOGIN) == 0


def test_the_phone_refuses(gate: GatewayVisitor, someone: Someone) -> None:
    """If the phone refuses, the login ends with a message. A later yes changes nothing."""
    _to_second_step(gate, someone, "mehmet")
    assert refuse_phone(gate.portal, "mehmet")
    assert not approve_phone(gate.portal, "mehmet")
    assert _state(gate) == "refused"
    gate.send("mobilOnayForm")
    assert FAILED in gate.parts.text
    assert _reasons(gate) == ["refused"]


def test_the_phone_answers_late(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """After 120 seconds nothing waits for the phone any more."""
    _to_second_step(gate, someone, "mehmet")
    clock.advance(120)
    assert not approve_phone(gate.portal, "mehmet")
    gate.giris(PASSWORD_PATH)
    assert FAILED in gate.parts.text
    assert _reasons(gate) == ["expired"]


def test_an_approval_in_time_stays_good(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """A yes given in time counts, even if the page only asks for it after time is up."""
    _to_second_step(gate, someone, "mehmet")
    approve_phone(gate.portal, "mehmet")
    clock.advance(121)
    gate.send("mobilOnayForm")
    assert gate.portal.ledger.count(Act.LOGIN, "mehmet") == 1


def test_the_portal_can_answer_itself(gate: GatewayVisitor, someone: Someone) -> None:
    """With `phone="approve"` the phone says yes once the page has asked."""
    set_policy(gate.portal, phone="approve")
    _to_second_step(gate, someone, "mehmet")
    assert "Mobil Onay" in gate.parts.text
    assert _state(gate) == "approved"


def test_giving_up_is_recorded_as_such(gate: GatewayVisitor, someone: Someone) -> None:
    """İptal during the second step goes back to the geçit, and the phone can no longer answer."""
    _to_second_step(gate, someone, "mehmet")
    gate.send("cancelForm", button="cancelButton")
    assert "Giriş yapılmadı" in gate.parts.text
    assert _reasons(gate) == ["cancelled"]
    assert not approve_phone(gate.portal, "mehmet")


def test_nobody_else_sees_how_it_stands(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """If another browser asks about this challenge, it learns nothing."""
    _to_second_step(gate, someone, "mehmet")
    stranger = new_gate()
    stranger.begin()
    assert _state(stranger, page_of=gate) == "gone"


def test_a_page_of_an_earlier_attempt_hears_nothing(gate: GatewayVisitor, someone: Someone) -> None:
    """If you start the login again, a page left open from before doesn't learn how the new one is going."""
    _to_second_step(gate, someone, "mehmet")
    earlier = gate.page
    _to_second_step(gate, someone, "mehmet")
    assert _state(gate) == "waiting"
    gate.at = earlier
    assert _state(gate) == "gone"


def test_two_people_at_once(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """Two people in two browsers each finish as themselves, whoever gets an answer first."""
    other = new_gate()
    _to_second_step(gate, someone, "mehmet")
    _to_second_step(other, someone, "ayse")
    other.send("ikiAsamaliForm", {"smsDogrulamaKodu": someone("ayse").sms_code})
    assert _state(gate) == "waiting"
    approve_phone(gate.portal, "mehmet")
    gate.send("mobilOnayForm")
    logins = [entry.person for entry in gate.portal.ledger.entries() if entry.act is Act.LOGIN]
    assert logins == ["ayse", "mehmet"]


def test_the_stand_in_phone_shows_and_answers(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """To explore by hand, the page links to a phone that shows the SMS and can say yes."""
    _to_second_step(gate, someone, "ayse")
    phone = new_gate()
    phone.giris(gate.page.text.partition('href="/Benzetim')[2].partition('"')[0].join(["/Benzetim", ""]))
    assert someone("ayse").sms_code in phone.parts.text
    _to_second_step(gate, someone, "mehmet")
    phone.giris(gate.page.text.partition('href="/Benzetim')[2].partition('"')[0].join(["/Benzetim", ""]))
    phone.send("form0", {"answer": "approve"})
    assert "Yanıtınız iletildi" in phone.parts.text
    assert _state(gate) == "approved"


@BOTH_EDITIONS
def test_only_2026_has_a_second_step(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """In the 2020 edition the same person logs in with just the password."""
    _to_second_step(gate, someone, "ayse")
    assert gate.portal.ledger.count(Act.LOGIN) == (1 if edition == "2020" else 0)
    assert gate.portal.ledger.count(Act.SECOND_STEP_STARTED) == (0 if edition == "2020" else 1)
