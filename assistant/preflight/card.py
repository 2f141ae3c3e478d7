"""Checks of all that stands between the person and their certificate: service, reader, card, module, PIN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.base.errors import CardError
from assistant.card.certificates import assess, choose
from assistant.card.facts import CertificateFacts, turkish_date
from assistant.card.model import CardCertificate, CardView, TokenInfo
from assistant.preflight.atr import CardKind, card_kind
from assistant.preflight.binaries import own_machine, read_binary
from assistant.preflight.desk import Desk, shows_no_token
from assistant.preflight.finding import Finding, Level
from assistant.preflight.machine import package_command

DUE_DAYS = 90
"""E-Onay should be given when the certificate ends within so many days."""

_KINDS: dict[CardKind, tuple[str, str]] = {
    "akis": ("AKİS kartı", "an AKİS card"),
    "tckk": ("T.C. Kimlik Kartı", "a Turkish identity card"),
    "other": ("tanınmayan bir kart", "an unknown card"),
}
"""In Turkish and English."""


def check_service(desk: Desk) -> Sequence[Finding]:
    """Tell whether the smart card service of the system answers."""
    state = desk.readers()
    service = desk.say("Akıllı kart hizmeti (PC/SC)", "The smart card service (PC/SC)")
    match state.service:
        case "running":
            return [Finding("pcsc", "ok", f"{service} {desk.say('çalışıyor', 'is running')}.")]
        case "library_missing":
            text = f"{service} {desk.say('kurulu değil', 'is not installed')}."
        case "stopped":
            text = f"{service} {desk.say('çalışmıyor', 'is not running')}."
        case "hung":
            text = f"{service} {desk.say('yanıt vermiyor', 'does not answer')}."
            command = "sudo systemctl restart pcscd"
            restart = (
                f" {desk.say('Düzelmezse', 'If that does not help')}: {command}" if desk.system.os == "linux" else ""
            )
            remedy = desk.say(
                "Okuyucuyu çıkarıp takınız, sonra yeniden deneyiniz.", "Unplug the reader, plug it in and try again."
            )
            return [Finding("pcsc", "block", text, f"{remedy}{restart}")]
        case _:
            code = f" ({state.code})" if state.code else ""
            text = f"{service} {desk.say('hata bildirdi', 'reports an error')}{code}."
    return [Finding("pcsc", "block", text, _service_remedy(desk))]


def check_readers(desk: Desk) -> Sequence[Finding]:
    """Tell which readers there are."""
    state = desk.readers()
    if state.service != "running":
        return []
    if not state.readers:
        port = desk.say("Takılıysa başka bir USB girişini deneyiniz.", "If it is plugged in, try another USB port.")
        remedy = f"{desk.remedy('reader-missing')} {port}"
        if desk.system.os == "linux":
            command = package_command(desk, "libccid", "pcsc-lite-ccid")
            also = desk.say("Görünmüyorsa sürücüsünü kurunuz", "If it is still not seen, install its driver")
            remedy = f"{remedy} {also}: {command}"
        return [Finding("reader", "block", desk.say("Kart okuyucu bulunamadı.", "No card reader was found."), remedy)]
    head = desk.say("Kart okuyucu", "Card reader")
    return [Finding("reader", "ok", f"{head}: {reader.name}") for reader in state.readers]


def check_card(desk: Desk) -> Sequence[Finding]:
    """Tell whose cards are in the readers, by their ATR."""
    state = desk.readers()
    if state.service != "running" or not state.readers:
        return []
    found: list[Finding] = []
    for reader in state.readers:
        if reader.mute:
            remedy = desk.say(
                "Kartı çipi okuyucuya bakacak biçimde, sonuna kadar yeniden takınız.",
                "Take the card out and insert it fully, chip first and facing the reader's contacts.",
            )
            silent = desk.say("Kart yanıt vermiyor", "The card does not answer")
            found.append(Finding("card", "block", f"{silent} ({reader.name}).", remedy))
        elif reader.card:
            kind = card_kind(reader.atr)
            level: Level = "ok" if kind == "akis" else "note"
            hint = desk.say(
                "E-imza kartınız buysa sorun yok; değilse e-imza kartınızı takınız.",
                "If this is your e-signature card, all is well; if not, insert your e-signature card.",
            )
            text = f"{desk.say('Takılı kart', 'Card')}: {desk.say(*_KINDS[kind])} ({reader.name})"
            found.append(Finding("card", level, text, None if kind == "akis" else hint))
    if not found:
        text = desk.say("Okuyucuda kart yok.", "There is no card in the reader.")
        remedy = desk.say("E-imza kartınızı okuyucuya takınız.", "Insert your e-signature card into the reader.")
        return [Finding("card", "block", text, remedy)]
    if any(finding.level != "block" for finding in found):  # one good card is enough
        return [_as_warning(finding) for finding in found]
    return found


def check_modules(desk: Desk) -> Sequence[Finding]:
    """Tell which PKCS#11 modules there are and whether this program could load them."""
    modules = desk.modules()
    if not modules:
        text = desk.say(
            "Kart sürücüsü (PKCS#11 modülü) bulunamadı.", "No card driver (PKCS#11 module) was found on this computer."
        )
        return [Finding("module", "block", text, _driver_remedy(desk))]
    own = own_machine()
    found: list[Finding] = []
    for module in modules:
        if not module.path.is_file():
            remedy = desk.say(
                "EONAY_PKCS11_MODULE değerini veya eonay.toml içindeki pkcs11_module satırını düzeltiniz.",
                "Correct EONAY_PKCS11_MODULE or the line pkcs11_module in eonay.toml.",
            )
            text = desk.say("Kart sürücüsü yerinde değil", "The card driver is not in its place")
            found.append(Finding("module", "block", f"{text}: {module.path}", remedy))
            continue
        binary = read_binary(module.path)
        bits = (
            "/".join(f"{number} bit" for number in binary.bits)
            if binary
            else desk.say("türü okunamadı", "unknown kind")
        )
        text = f"{desk.say('Kart sürücüsü', 'Card driver')}: {module.name} ({module.path}, {bits})"
        if binary and own and own not in binary.machines:
            why = desk.say(
                f"Bu program {own} türünde; sürücünün aynı türdekini kurunuz.",
                f"This program is of kind {own}; install the driver of the same kind.",
            )
            cannot = desk.say("bu programla yüklenemez", "cannot be loaded by this program")
            found.append(Finding("module", "block", f"{text} {cannot}.", f"{why} {_driver_remedy(desk)}"))
        else:
            found.append(Finding("module", "ok", text))
    if any(finding.level == "ok" for finding in found):
        return [_as_warning(finding) for finding in found]
    return found


def check_pin(desk: Desk) -> Sequence[Finding]:
    """Tell the state of the PIN from the flags of the token; no PIN is asked for and no try is spent."""
    view = desk.card().view
    return [_pin_finding(desk, token.info) for token in view.tokens] if view else []


def check_certificates(desk: Desk) -> Sequence[Finding]:
    """Tell each certificate's holder (masked), time and use, and whether E-Onay is due."""
    look = desk.card()
    if look.view is None:
        return [_trouble(desk, error) for _, error in look.troubles[:1]]
    now = desk.now()
    return [*_each(desk, look.view, now), *_due(desk, look.view, now)]


def masked(name: str) -> str:
    """Return *name* with each word cut to its first letter: ``A*** Y***``."""
    return " ".join(f"{word[0]}***" for word in name.split()) or "***"


def days_left(certificate: CardCertificate, now: datetime) -> int | None:
    """Return how many whole days are left of *certificate*; negative once it has ended, None if unreadable."""
    ends = certificate.facts.not_after if certificate.facts else None
    return None if ends is None else (ends - now).days


def _each(desk: Desk, view: CardView, now: datetime) -> Iterator[Finding]:
    unreadable = desk.say(
        "Sertifika okunamadı; imzada kullanılmaz.", "A certificate could not be read; it is not used for signing."
    )
    for certificate in view.certificates:
        facts = certificate.facts
        if facts is None:
            yield Finding("certificate", "note", unreadable)
            continue
        verdict = assess(certificate, now, facts.national_id or "")  # whose it is must be readable
        text = f"{desk.say('Sertifika', 'Certificate')}: {masked(facts.holder_name)}{_validity(desk, facts, now)}"
        if verdict.ok:
            usable = desk.say("E-Onay için kullanılabilir", "can be used for E-Onay")
            yield Finding("certificate", "ok", f"{text}; {usable}.")
        else:
            unusable = desk.say("E-Onay için kullanılamaz", "cannot be used for E-Onay")
            yield Finding("certificate", "note", f"{text}; {unusable}: {desk.reason(verdict.reason or '').what}")


def _validity(desk: Desk, facts: CertificateFacts, now: datetime) -> str:
    if facts.not_before is None or facts.not_after is None:
        return ""
    left = (facts.not_after - now).days
    end = desk.say(f"{left} gün kaldı", f"{left} days left") if left >= 0 else desk.say("süresi doldu", "has ended")
    return f", {turkish_date(facts.not_before)} – {turkish_date(facts.not_after)}, {end}"


def _due(desk: Desk, view: CardView, now: datetime) -> Iterator[Finding]:
    try:
        best = choose(view.certificates, now, None)
    except CardError as error:
        reason = desk.reason(error.code)
        late = desk.say("E-Onay için geç kalındı.", "It is too late for E-Onay.")
        what = f"{late} {reason.what}" if error.code == "certificate_expired" else reason.what
        yield Finding("e_onay", "block", what, reason.remedy)
        return
    left = days_left(best, now) or 0
    ends = turkish_date(best.facts.not_after) if best.facts and best.facts.not_after else ""
    if left <= DUE_DAYS:
        text = desk.say(
            f"E-Onay zamanı geldi: sertifikanız {left} gün sonra, {ends} tarihinde bitiyor.",
            f"It is time for E-Onay: your certificate ends in {left} days, on {ends}.",
        )
        remedy = desk.say("E-Onayı bu tarihten önce veriniz: eonay run", "Give E-Onay before that day: eonay run")
        yield Finding("e_onay", "warn", text, remedy)
    else:
        text = desk.say(
            f"E-Onay verilebilir; sertifikanız {ends} tarihine kadar geçerli.",
            f"E-Onay can be given; your certificate is valid until {ends}.",
        )
        yield Finding("e_onay", "ok", text)


def _pin_finding(desk: Desk, token: TokenInfo) -> Finding:
    pin = token.pin
    code = "pin_locked" if pin.locked else "pin_not_set" if pin.not_set else None
    if code:
        reason = desk.reason(code)
        return Finding("pin", "block", reason.what, reason.remedy)
    if pin.final_try:
        text = desk.say("PIN: kartta tek deneme hakkı kaldı.", "PIN: the card has one try left.")
        remedy = desk.say("PIN'inizden emin değilseniz denemeyiniz.", "If you are not sure of your PIN, do not try it.")
        return Finding("pin", "warn", text, f"{remedy} {_call(desk)}")
    if pin.count_low:
        text = desk.say(
            "PIN: son doğru girişten sonra yanlış PIN denenmiş.", "PIN: a wrong one was tried since the last right one."
        )
        return Finding("pin", "warn", text, desk.remedy("pin-wrong"))
    free = desk.say("PIN: kilitli değil", "PIN: not locked")
    if pin.protected_path:
        keys = desk.say("PIN okuyucunun tuşlarından girilir", "it is entered on the reader's own keys")
        return Finding("pin", "ok", f"{free}; {keys}.")
    return Finding("pin", "ok", f"{free}.")


def _trouble(desk: Desk, error: CardError) -> Finding:
    reason = desk.reason(error.code)
    state = desk.readers()
    card_is_in = any(reader.card and not reader.mute for reader in state.readers)
    if shows_no_token(error) and not card_is_in:
        text = desk.say(
            "Sertifikalar: kart takılınca okunur.", "Certificates: they are read once a card has been inserted."
        )
        return Finding("certificate", "note", text)
    if shows_no_token(error):
        text = desk.say(
            "Takılı kart, kurulu sürücülerle okunamıyor.", "The drivers on this computer cannot read the card."
        )
        return Finding("certificate", "block", text, _unread_remedy(desk))
    detail = error.detail if error.detail and desk.language == "tr" else ""
    return Finding("certificate", "block", f"{reason.what} {detail}".strip(), reason.remedy)


def _as_warning(finding: Finding) -> Finding:
    if finding.level != "block":
        return finding
    return Finding(finding.id, "warn", finding.text, finding.remedy)


def _service_remedy(desk: Desk) -> str:
    match desk.system.os:
        case "windows":
            return desk.say(
                "Hizmetler penceresinde (services.msc) “Akıllı Kart” (SCardSvr) hizmetini başlatınız.",
                "In the Services window (services.msc) start “Smart Card” (SCardSvr).",
            )
        case "macos":
            return desk.say(
                "Okuyucuyu çıkarıp takınız; düzelmezse bilgisayarı yeniden başlatınız.",
                "Unplug the reader and plug it in; if that does not help, restart the computer.",
            )
    command = package_command(desk, "pcscd libccid", "pcsc-lite pcsc-lite-ccid")
    start = "sudo systemctl enable --now pcscd.socket"
    return f"{desk.say('Kurunuz ve başlatınız', 'Install and start it')}: {command}; {start}"


def _unread_remedy(desk: Desk) -> str:
    if _is_another_kind(desk):
        return _driver_remedy(desk)
    where = desk.say("Sürücünün adresi: kamusm.bilgem.tubitak.gov.tr.", "It is at kamusm.bilgem.tubitak.gov.tr.")
    return f"{desk.remedy('driver-missing')} {where} {_call(desk)}"


def _is_another_kind(desk: Desk) -> bool:
    cards = [card_kind(reader.atr) for reader in desk.readers().readers if reader.card]
    return bool(cards) and "akis" not in cards


def _driver_remedy(desk: Desk) -> str:
    if _is_another_kind(desk):
        what = desk.say(
            "Takılı kart AKİS değil. E-imza kartınızı takınız veya kartın sürücüsünü kurunuz.",
            "The card is not an AKİS card. Insert your e-signature card, or install this card's driver.",
        )
    else:
        what = desk.say(
            "AKİS sürücüsünü (AKİA) kamusm.bilgem.tubitak.gov.tr adresinden indirip kurunuz.",
            "Download and install the AKİS driver (AKİA) from kamusm.bilgem.tubitak.gov.tr.",
        )
    return f"{what} {_call(desk)}"


def _call(desk: Desk) -> str:
    return desk.say("KamuSM destek: 444 5 576.", "KamuSM support: 444 5 576.")
