"""Checks of all that stands between the person and their certificate: service, reader, card, module, PIN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from assistant.card.certificates import assess, choose
from assistant.card.model import CardCertificate, CardView, TokenInfo
from assistant.errors import CardError
from assistant.outcome import reasons
from assistant.preflight.atr import CardKind, card_kind
from assistant.preflight.binaries import own_machine, read_binary
from assistant.preflight.desk import Desk, shows_no_token
from assistant.preflight.finding import Finding, Level
from assistant.preflight.machine import package_command

DUE_DAYS = 90
"""E-Onay should be given when the certificate ends within so many days."""

_TURKEY = timezone(timedelta(hours=3))
_KINDS: dict[CardKind, str] = {"akis": "AKİS kartı", "tckk": "T.C. Kimlik Kartı", "other": "tanınmayan bir kart"}
_CALL = "KamuSM destek: 444 5 576."


def check_service(desk: Desk) -> Sequence[Finding]:
    """Tell whether the smart card service of the system answers."""
    state = desk.readers()
    match state.service:
        case "running":
            return [Finding("pcsc", "ok", "Akıllı kart hizmeti (PC/SC) çalışıyor.")]
        case "library_missing":
            text = "Akıllı kart hizmeti (PC/SC) kurulu değil."
        case "stopped":
            text = "Akıllı kart hizmeti (PC/SC) çalışmıyor."
        case "hung":
            text = "Akıllı kart hizmeti (PC/SC) yanıt vermiyor."
            restart = " Düzelmezse: sudo systemctl restart pcscd" if desk.system.os == "linux" else ""
            remedy = f"Okuyucuyu çıkarıp takınız, sonra yeniden deneyiniz.{restart}"
            return [Finding("pcsc", "block", text, remedy)]
        case _:
            text = f"Akıllı kart hizmeti (PC/SC) hata bildirdi{f' ({state.code})' if state.code else ''}."
    return [Finding("pcsc", "block", text, _service_remedy(desk))]


def check_readers(desk: Desk) -> Sequence[Finding]:
    """Tell which readers there are."""
    state = desk.readers()
    if state.service != "running":
        return []
    if not state.readers:
        remedy = "Kart okuyucuyu takınız. Takılıysa başka bir USB girişini deneyiniz."
        if desk.system.os == "linux":
            command = package_command(desk, "libccid", "pcsc-lite-ccid")
            remedy = f"{remedy} Görünmüyorsa sürücüsünü kurunuz: {command}"
        return [Finding("reader", "block", "Kart okuyucu bulunamadı.", remedy)]
    return [Finding("reader", "ok", f"Kart okuyucu: {reader.name}") for reader in state.readers]


def check_card(desk: Desk) -> Sequence[Finding]:
    """Tell whose cards are in the readers, by their ATR."""
    state = desk.readers()
    if state.service != "running" or not state.readers:
        return []
    found: list[Finding] = []
    for reader in state.readers:
        if reader.mute:
            remedy = "Kartı çipi okuyucuya bakacak biçimde, sonuna kadar yeniden takınız."
            found.append(Finding("card", "block", f"Kart yanıt vermiyor ({reader.name}).", remedy))
        elif reader.card:
            kind = card_kind(reader.atr)
            level: Level = "ok" if kind == "akis" else "note"
            hint = None if kind == "akis" else "E-imza kartınız buysa sorun yok; değilse e-imza kartınızı takınız."
            found.append(Finding("card", level, f"Takılı kart: {_KINDS[kind]} ({reader.name})", hint))
    if not found:
        return [Finding("card", "block", "Okuyucuda kart yok.", "E-imza kartınızı okuyucuya takınız.")]
    if any(finding.level != "block" for finding in found):  # one good card is enough
        return [_as_warning(finding) for finding in found]
    return found


def check_modules(desk: Desk) -> Sequence[Finding]:
    """Tell which PKCS#11 modules there are and whether this program could load them."""
    modules = desk.modules()
    if not modules:
        text = "Kart sürücüsü (PKCS#11 modülü) bulunamadı."
        return [Finding("module", "block", text, _driver_remedy(desk))]
    own = own_machine()
    found: list[Finding] = []
    for module in modules:
        if not module.path.is_file():
            remedy = "EONAY_PKCS11_MODULE değerini veya eonay.toml içindeki pkcs11_module satırını düzeltiniz."
            found.append(Finding("module", "block", f"Kart sürücüsü yerinde değil: {module.path}", remedy))
            continue
        binary = read_binary(module.path)
        bits = "/".join(f"{number} bit" for number in binary.bits) if binary else "türü okunamadı"
        text = f"Kart sürücüsü: {module.name} ({module.path}, {bits})"
        if binary and own and own not in binary.machines:
            remedy = f"Bu program {own} türünde; sürücünün aynı türdekini kurunuz. {_driver_remedy(desk)}"
            found.append(Finding("module", "block", f"{text} bu programla yüklenemez.", remedy))
        else:
            found.append(Finding("module", "ok", text))
    if any(finding.level == "ok" for finding in found):
        return [_as_warning(finding) for finding in found]
    return found


def check_pin(desk: Desk) -> Sequence[Finding]:
    """Tell the state of the PIN from the flags of the token; no PIN is asked for and no try is spent."""
    view = desk.card().view
    return [_pin_finding(token.info) for token in view.tokens] if view else []


def check_certificates(desk: Desk) -> Sequence[Finding]:
    """Tell each certificate's holder (masked), time and use, and whether E-Onay is due."""
    look = desk.card()
    if look.view is None:
        return [_trouble(desk, error) for _, error in look.troubles[:1]]
    now = desk.now()
    return [*_each(look.view, now), *_due(look.view, now)]


def masked(name: str) -> str:
    """Return *name* with each word cut to its first letter: ``A*** Y***``."""
    return " ".join(f"{word[0]}***" for word in name.split()) or "***"


def days_left(certificate: CardCertificate, now: datetime) -> int | None:
    """Return how many whole days are left of *certificate*; negative once it has ended, None if unreadable."""
    facts = certificate.facts
    return None if facts is None else (facts.not_after - now).days


def _each(view: CardView, now: datetime) -> Iterator[Finding]:
    for certificate in view.certificates:
        facts = certificate.facts
        if facts is None:
            yield Finding("certificate", "note", "Sertifika okunamadı; imzada kullanılmaz.")
            continue
        verdict = assess(certificate, now, None)
        time = f"{_date(facts.not_before)} – {_date(facts.not_after)}"
        left = days_left(certificate, now) or 0
        end = f"{left} gün kaldı" if left >= 0 else "süresi doldu"
        text = f"Sertifika: {masked(facts.holder_name)}, {time}, {end}"
        if verdict.ok:
            yield Finding("certificate", "ok", f"{text}; E-Onay için kullanılabilir.")
        else:
            why = reasons()[verdict.reason or ""].what
            yield Finding("certificate", "note", f"{text}; E-Onay için kullanılamaz: {why}")


def _due(view: CardView, now: datetime) -> Iterator[Finding]:
    try:
        best = choose(view.certificates, now, None)
    except CardError as error:
        reason = error.reason()
        late = error.code == "certificate_expired"
        what = f"E-Onay için geç kalındı. {reason.what}" if late else reason.what
        yield Finding("e_onay", "block", what, reason.remedy)
        return
    left = days_left(best, now) or 0
    facts = best.facts
    ends = _date(facts.not_after) if facts else ""
    if left <= DUE_DAYS:
        text = f"E-Onay zamanı geldi: sertifikanız {left} gün sonra, {ends} tarihinde bitiyor."
        yield Finding("e_onay", "warn", text, "E-Onayı bu tarihten önce veriniz: eonay run")
    else:
        yield Finding("e_onay", "ok", f"E-Onay verilebilir; sertifikanız {ends} tarihine kadar geçerli.")


def _pin_finding(token: TokenInfo) -> Finding:
    pin = token.pin
    code = "pin_locked" if pin.locked else "pin_not_set" if pin.not_set else None
    if code:
        reason = reasons()[code]
        return Finding("pin", "block", reason.what, reason.remedy)
    if pin.final_try:
        text = "PIN: kartta tek deneme hakkı kaldı."
        return Finding("pin", "warn", text, f"PIN'inizden emin değilseniz denemeyiniz. {_CALL}")
    if pin.count_low:
        text = "PIN: son doğru girişten sonra yanlış PIN denenmiş."
        return Finding("pin", "warn", text, "PIN'inizi dikkatle giriniz; üç yanlış denemede kart kilitlenir.")
    if pin.protected_path:
        return Finding("pin", "ok", "PIN: kilitli değil; PIN okuyucunun tuşlarından girilir.")
    return Finding("pin", "ok", "PIN: kilitli değil.")


def _trouble(desk: Desk, error: CardError) -> Finding:
    reason = error.reason()
    state = desk.readers()
    card_is_in = any(reader.card and not reader.mute for reader in state.readers)
    if shows_no_token(error) and not card_is_in:
        return Finding("certificate", "note", "Sertifikalar: kart takılınca okunur.")
    if shows_no_token(error):
        text = "Takılı kart, kurulu sürücülerle okunamıyor."
        return Finding("certificate", "block", text, _driver_remedy(desk))
    return Finding("certificate", "block", reason.what, reason.remedy)


def _as_warning(finding: Finding) -> Finding:
    if finding.level != "block":
        return finding
    return Finding(finding.id, "warn", finding.text, finding.remedy)


def _service_remedy(desk: Desk) -> str:
    match desk.system.os:
        case "windows":
            return "Hizmetler penceresinde (services.msc) “Akıllı Kart” (SCardSvr) hizmetini başlatınız."
        case "macos":
            return "Okuyucuyu çıkarıp takınız; düzelmezse bilgisayarı yeniden başlatınız."
    command = package_command(desk, "pcscd libccid", "pcsc-lite pcsc-lite-ccid")
    return f"Kurunuz ve başlatınız: {command}; sudo systemctl enable --now pcscd.socket"


def _driver_remedy(desk: Desk) -> str:
    cards = [card_kind(reader.atr) for reader in desk.readers().readers if reader.card]
    if cards and "akis" not in cards:
        return f"Takılı kart AKİS değil. E-imza kartınızı takınız veya kartın sürücüsünü kurunuz. {_CALL}"
    return f"AKİS sürücüsünü (AKİA) kamusm.bilgem.tubitak.gov.tr adresinden indirip kurunuz. {_CALL}"


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(_TURKEY):%d.%m.%Y}"
