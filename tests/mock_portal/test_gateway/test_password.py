"""The password page: wrong passwords, locked accounts, captcha, CSRF, and what the pages give away."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from mock_portal import Act, Edition, ManualClock, Portal
from mock_portal.gateway import captcha_answer, policy_of, set_policy
from mock_portal.gateway.captcha import LENGTH
from mock_portal.web import MOCK_NOTICE
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.test_gateway.conftest import BOTH_EDITIONS, NewGate, Someone
from tests.mock_portal.test_gateway.visitor import PASSWORD_PATH, GatewayVisitor, PageParts

WRONG = "T.C. Kimlik No veya e-Devlet Şifresi hatalı"
METHOD_PATHS = [
    PASSWORD_PATH,
    "/Giris/Mobil-Imza",
    "/Giris/Elektronik-Imza",
    "/Giris/T-C-Kimlik-Karti",
    "/Giris/Banka-Giris",
]


def _shared(gate: GatewayVisitor) -> bool:
    return "2- Ad Soyad Bilgisi" in gate.parts.text


@BOTH_EDITIONS
def test_a_wrong_password_leaves_the_page(gate: GatewayVisitor, someone: Someone, edition: Edition) -> None:
    """The page stays, with its fields and an error in this edition's own box. Then it takes the right password."""
    gate.begin()
    gate.type_password(someone("hatice"), "yanlış")
    assert gate.page.status_code == 200
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH
    assert 'id="egpField"' in gate.page.text
    assert WRONG in gate.parts.alert
    box = '<div class="fieldError"' if edition == "2020" else '<div class="alert error" role="alert"'
    assert box in gate.page.text
    entry = gate.portal.ledger.entries()[-1]
    assert (entry.act, entry.person, entry.facts["reason"]) == (Act.LOGIN_FAILED, "hatice", "password")
    gate.type_password(someone("hatice"))
    assert _shared(gate)


def test_an_unknown_number_is_told_the_same(gate: GatewayVisitor, someone: Someone) -> None:
    """The page never gives away whether it knows a T.C. Kimlik No."""
    gate.begin()
    gate.type_password(someone("hatice"), "yanlış")
    known = gate.parts.alert
    gate.send("loginForm", {"tridField": "10000009994", "egpField": "yanlış"})
    assert gate.parts.alert == known
    assert gate.portal.ledger.entries()[-1].person is None


def test_an_account_locks_and_says_so(gate: GatewayVisitor, clock: ManualClock, someone: Someone) -> None:
    """After five wrong passwords even the right one is refused for half an hour."""
    gate.begin()
    for left in (None, None, 2, 1):
        gate.type_password(someone("hatice"), "yanlış")
        assert ("Kalan deneme hakkınız" in gate.parts.alert) == (left is not None)
        assert left is None or f"hakkınız: {left}" in gate.parts.alert
    gate.type_password(someone("hatice"), "yanlış")
    assert "kilitlenmiştir" in gate.parts.alert
    gate.type_password(someone("hatice"))
    assert "kilitlenmiştir" in gate.parts.alert
    assert gate.portal.ledger.entries()[-1].facts["reason"] == "locked"
    clock.advance(policy_of(gate.portal).lock_seconds)
    gate.begin()
    gate.type_password(someone("hatice"))
    assert _shared(gate)


def test_a_right_password_clears_the_count(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """Four wrong passwords, the right one, then four wrong ones: nothing locks."""
    for visitor in (gate, new_gate()):
        visitor.begin()
        for _ in range(4):
            visitor.type_password(someone("hatice"), "yanlış")
        visitor.type_password(someone("hatice"))
        assert _shared(visitor)


def test_one_persons_lock_is_not_anothers(gate: GatewayVisitor, someone: Someone) -> None:
    """While one account is locked, someone else can log in from the same browser."""
    gate.begin()
    for _ in range(5):
        gate.type_password(someone("hatice"), "yanlış")
    gate.type_password(someone("mustafa"))
    assert _shared(gate)


def test_the_moved_fields_of_2020_are_read(gate: GatewayVisitor, someone: Someone) -> None:
    """What arrives in the hidden fields logs you in, although the visible ones arrive empty."""
    gate.begin()
    person = someone("hatice")
    moved = {"encTridField": person.national_id, "encEgpField": person.password, "tridField": "", "egpField": ""}
    gate.send("loginForm", moved)
    assert _shared(gate)


def test_a_captcha_is_asked_for(gate: GatewayVisitor, someone: Someone) -> None:
    """A person with a captcha must solve it before the password is checked. Right answers lead on."""
    gate.begin()
    assert not gate.parts.captcha
    gate.type_password(someone("ibrahim"))
    assert "Güvenlik Kodu" in gate.parts.text
    assert gate.portal.ledger.entries() == ()
    answer = captcha_answer(gate.portal, gate.parts.captcha)
    assert answer is not None
    assert len(answer) == LENGTH
    gate.type_password(someone("ibrahim"), captchaField=answer.lower())
    assert _shared(gate)


def test_a_wrong_captcha_brings_a_new_one(gate: GatewayVisitor, someone: Someone) -> None:
    """A wrong answer is recorded and uses up no password try. The old picture no longer counts."""
    gate.begin()
    gate.type_password(someone("ibrahim"))
    first = gate.parts.captcha
    gate.type_password(someone("ibrahim"), captchaField="11111")
    assert "Güvenlik kodu hatalı" in gate.parts.alert
    assert gate.parts.captcha != first
    assert captcha_answer(gate.portal, first) is None
    assert gate.portal.ledger.count(Act.CAPTCHA_FAILED, "ibrahim") == 1
    assert gate.portal.ledger.count(Act.LOGIN_FAILED) == 0


def test_a_captcha_answer_is_good_once(gate: GatewayVisitor, someone: Someone) -> None:
    """An answer used with a wrong password doesn't work a second time."""
    gate.begin()
    gate.type_password(someone("ibrahim"))
    answer = captcha_answer(gate.portal, gate.parts.captcha) or ""
    gate.type_password(someone("ibrahim"), "yanlış", captchaField=answer)
    assert WRONG in gate.parts.alert
    gate.type_password(someone("ibrahim"), captchaField=answer)
    assert "Güvenlik kodu hatalı" in gate.parts.alert


def test_the_picture_holds_no_text(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """The picture is only strokes, the answer isn't written anywhere in it, and only its own browser gets it."""
    gate.begin()
    gate.type_password(someone("ibrahim"))
    source = gate.parts.captcha
    picture = gate.client.get(gate.portal.origin("giris") + source)
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "<text" not in picture.text
    answer = captcha_answer(gate.portal, source) or ""
    assert answer not in picture.text
    assert answer not in gate.page.text
    assert answer not in source
    stranger = new_gate()
    stranger.begin()
    assert stranger.giris(source).status_code == 404


def test_many_logins_in_an_hour_bring_a_captcha(new_gate: NewGate, clock: ManualClock, someone: Someone) -> None:
    """After several logins within an hour the person gets a captcha. An hour later they don't."""
    for _ in range(2):
        visitor = new_gate()
        set_policy(visitor.portal, captcha_after_logins=2)
        visitor.log_in(someone("hatice"))
        assert _shared(visitor)
    visitor = new_gate()
    visitor.log_in(someone("hatice"))
    assert visitor.parts.captcha
    clock.advance(3601)
    visitor = new_gate()
    visitor.log_in(someone("hatice"))
    assert _shared(visitor)


def test_a_captcha_on_the_first_load(gate: GatewayVisitor) -> None:
    """With `captcha="always"` the page has a Güvenlik Kodu from the start."""
    set_policy(gate.portal, captcha="always")
    gate.begin()
    assert gate.parts.captcha
    assert not gate.parts.alert


class TestWhereEverybodyHasACaptcha:
    """A portal with one person, and that person has a captcha."""

    @pytest.fixture
    def portal(self, clock: ManualClock) -> Portal:
        """Only İbrahim is known here."""
        return Portal(clock=clock, people=["ibrahim"])

    def test_the_first_load_asks(self, gate: GatewayVisitor) -> None:
        """The captcha is on the page before you type anything."""
        gate.begin()
        assert gate.parts.captcha


@BOTH_EDITIONS
@pytest.mark.parametrize("path", METHOD_PATHS)
def test_forms_without_the_token_are_refused(
    gate: GatewayVisitor, someone: Someone, edition: Edition, path: str
) -> None:
    """Without this session's token no form of any method works: you get a 403, and nothing has happened."""
    gate.begin()
    gate.giris(path)
    person = someone("hatice")
    data = {
        "tridField": person.national_id,
        "egpField": person.password,
        "gsmField": "5550000000",
        "musteriNo": person.national_id,
        "parola": person.password,
    }
    target = f"{gate.portal.bank_origin()}/ornek" if "Banka" in path else gate.portal.origin("giris") + path
    for token in ({}, {"currentPageToken": ""}, {"currentPageToken": "guessed"}):
        assert gate.client.post(target, data={**data, **token}).status_code == 403
    assert gate.portal.ledger.entries() == ()


def test_another_browsers_token_is_refused(gate: GatewayVisitor, new_gate: NewGate, someone: Someone) -> None:
    """A token from a page shown to somebody else opens nothing."""
    gate.begin()
    stranger = new_gate()
    stranger.begin()
    token = stranger.parts.forms["loginForm"].fields["currentPageToken"]
    assert gate.type_password(someone("hatice"), currentPageToken=token).status_code == 403


@pytest.mark.parametrize("action", ["SaveScope", "Iptal"])
def test_sharing_needs_the_token(gate: GatewayVisitor, someone: Someone, action: str) -> None:
    """Nobody can send either answer of the sharing page from outside."""
    gate.log_in(someone("hatice"))
    request_id = gate.parts.forms["loginForm"].fields["requestId"]
    url = f"{gate.portal.origin('giris')}/OAuth2AuthorizationServer/AuthorizationController/{action}"
    assert gate.client.post(url, data={"requestId": request_id}).status_code == 403
    assert gate.portal.ledger.count(Act.SHARING_APPROVED) == gate.portal.ledger.count(Act.SHARING_REFUSED) == 0


def test_a_login_gets_a_new_cookie(gate: GatewayVisitor, new_visitor: NewVisitor, someone: Someone) -> None:
    """After the login, the session cookie from before it is worthless. The new one is HttpOnly and Lax."""
    gate.begin()
    before = gate.client.cookies["edevlet_oturum"]
    form = gate.parts.forms["loginForm"].fields
    person = someone("hatice")
    answer = gate.client.post(
        gate.portal.origin("giris") + PASSWORD_PATH,
        data={**form, "tridField": person.national_id, "egpField": person.password},
    )
    cookie = answer.headers["set-cookie"]
    assert before not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    stolen = new_visitor().get(
        gate.portal.origin("giris") + "/Giris/gir",
        headers={"cookie": f"edevlet_oturum={before}"},
        follow_redirects=False,
    )
    assert stolen.headers["location"] == PASSWORD_PATH


@BOTH_EDITIONS
@pytest.mark.parametrize("path", [*METHOD_PATHS, "/Giris/Bilgi/gizlilik"])
def test_every_page_is_hardened_and_says_what_it_is(gate: GatewayVisitor, edition: Edition, path: str) -> None:
    """Each page has the security headers, the notice and lang="tr", and no inline script."""
    gate.begin()
    page = gate.giris(path)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert PageParts(page.text).inline == []
    assert MOCK_NOTICE in page.text
    assert '<html lang="tr">' in page.text


@BOTH_EDITIONS
def test_the_gecit_is_hardened_too(gate: GatewayVisitor, edition: Edition) -> None:
    """The geçit's hop and its pages have the same headers. Only 2026 has the hop."""
    start = gate.client.get(gate.portal.origin("gecit") + "/OAuth2/baslat")
    assert "default-src 'self'" in start.headers["content-security-policy"]
    assert (start.status_code, PageParts(start.text).inline) == (303 if edition == "2020" else 200, [])
    failed = gate.visit(gate.portal.origin("gecit") + "/OAuth2/edevletsonuc")
    assert "default-src 'self'" in failed.headers["content-security-policy"]
    assert MOCK_NOTICE in failed.text


def test_what_was_typed_is_not_sent_back(gate: GatewayVisitor, someone: Someone) -> None:
    """After a failed attempt the page shows neither the number nor the password."""
    gate.begin()
    gate.type_password(someone("hatice"), "cok-gizli-deneme")
    assert someone("hatice").national_id not in gate.page.text
    assert "cok-gizli-deneme" not in gate.page.text


def test_logging_out_ends_the_live_session(gate: GatewayVisitor, someone: Someone) -> None:
    """Güvenli Çıkış is recorded, and the next time through the geçit you need the password."""
    gate.begin()
    gate.visit(gate.portal.origin("giris") + PASSWORD_PATH)
    gate.type_password(someone("hatice"))
    gate.giris("/Giris/gir")
    assert "Oturumunuz açık" in gate.parts.text
    gate.send("form0")
    assert gate.portal.ledger.count(Act.LOGOUT, "hatice") == 1
    gate.begin()
    assert urlsplit(str(gate.page.url)).path == PASSWORD_PATH
