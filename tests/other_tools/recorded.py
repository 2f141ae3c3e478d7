"""What a recorder would write on the portal before anything changes: roles and names, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.rehearsal.drift.cases import Case
from fixtures import Person

_TILE = "E-Onay İşlemleri Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız."
_CONSENT = "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum."

Does = Literal["click", "fill", "check", "read"]


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """One line of a recorded script."""

    does: Does
    role: str
    """ARIA role, or ``text`` if the element has none."""
    name: str
    value: str = ""


def recorded(case: Case, person: Person) -> list[RecordedStep]:
    """Return the script a recorder would write in *case*'s edition and with its consent form.

    Without an SMS step the person answers on the phone or not at all, and the script only waits.
    """
    return [*(_login(case, person) if case.start == "login" else ()), *_consent(case)]


def _login(case: Case, person: Person) -> list[RecordedStep]:
    is_new = case.edition == "2026"
    number = ("spinbutton", "T. C. Kimlik Numaranızı Girin") if is_new else ("textbox", "T.C. Kimlik No")
    steps = [
        RecordedStep("click", "link", "e-Devlet ile Giriş"),
        RecordedStep("click", "link", "E-devlet kapısına git"),
        RecordedStep("fill", *number, person.national_id),
        RecordedStep("fill", "textbox", "e-Devlet Şifrenizi Girin" if is_new else "e-Devlet Şifresi", person.password),
        RecordedStep("click", "button", "Giriş Yap" if is_new else "Sisteme Giriş Yap"),
    ]
    if is_new and person.second_step == "sms":
        steps.append(RecordedStep("fill", "textbox", "SMS Doğrulama Kodu", person.sms_code or ""))
        steps.append(RecordedStep("click", "button", "Doğrula"))
    steps.append(RecordedStep("click", "button", "Onayla" if is_new else "Onayla >"))
    return steps


def _consent(case: Case) -> list[RecordedStep]:
    is_new = case.edition == "2026"
    steps = [RecordedStep("click", "button" if is_new else "link", "NES İşlemleri" if is_new else "NES İŞLEMLERİ")]
    if is_new:
        name = "Bireysel İşlemler Adınıza düzenlenmiş sertifikalarla ilgili işlemleriniz."
        steps.append(RecordedStep("click", "link", name))
    steps.append(RecordedStep("click", "link", _TILE))
    if case.form != "text":
        steps.append(RecordedStep("check", case.form, _CONSENT))
    steps.append(RecordedStep("click", "button", "Devam"))
    steps.append(RecordedStep("read", "textbox" if is_new else "text", "Doğrulama Kodu"))
    return steps
