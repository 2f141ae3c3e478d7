"""Checks of everything between the person and their certificate: service, reader, card, module, PIN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.base.errors import CardError
from assistant.base.files import is_file
from assistant.card.certificates import assess, choose
from assistant.card.facts import CertificateFacts, turkish_date
from assistant.card.model import CardCertificate, CardView, TokenInfo
from assistant.preflight.atr import card_kind
from assistant.preflight.binaries import own_machine, read_binary
from assistant.preflight.desk import Workstation, shows_no_token
from assistant.preflight.finding import Finding, Level
from assistant.preflight.machine import package_command

DUE_DAYS = 90
"""Give E-Onay when the certificate has this many days left, or fewer."""


def check_service(desk: Workstation) -> Sequence[Finding]:
    """Check that the system's smart card service answers."""
    state = desk.readers()
    match state.service:
        case "running":
            return [Finding("pcsc", "ok", desk.say("service.running"))]
        case "hung":
            remedy = desk.say("service.replug")
            if desk.system.os == "linux":
                remedy += " " + desk.say("service.restart", command="sudo systemctl restart pcscd")
            return [Finding("pcsc", "block", desk.say("service.hung"), remedy)]
        case "library_missing" | "stopped" as why:
            text = desk.say(f"service.{why}")
        case _:
            text = desk.say("service.error", code=f" ({state.code})" if state.code else "")
    return [Finding("pcsc", "block", text, _service_remedy(desk))]


def check_readers(desk: Workstation) -> Sequence[Finding]:
    """List the readers."""
    state = desk.readers()
    if state.service != "running":
        return []
    if not state.readers:
        port = desk.say("reader.port")
        remedy = f"{desk.remedy('reader-missing')} {port}"
        if desk.system.os == "linux":
            command = package_command(desk, "libccid", "pcsc-lite-ccid")
            remedy = f"{remedy} {desk.say('reader.driver', command=command)}"
        return [Finding("reader", "block", desk.say("reader.missing"), remedy)]
    head = desk.say("reader.head")
    return [Finding("reader", "ok", f"{head}: {reader.name}") for reader in state.readers]


def check_card(desk: Workstation) -> Sequence[Finding]:
    """Say whose cards are in the readers, by their ATR."""
    state = desk.readers()
    if state.service != "running" or not state.readers:
        return []
    found: list[Finding] = []
    for reader in state.readers:
        if reader.mute:
            remedy = desk.say("card.insert_fully")
            found.append(Finding("card", "block", desk.say("card.mute", reader=reader.name), remedy))
        elif reader.card:
            kind = card_kind(reader.atr)
            level: Level = "ok" if kind == "akis" else "note"
            hint = desk.say("card.hint")
            text = desk.say("card.inserted", kind=desk.say(f"card.kind.{kind}"), reader=reader.name)
            found.append(Finding("card", level, text, None if kind == "akis" else hint))
    if not found:
        text = desk.say("card.none")
        remedy = desk.say("card.insert")
        return [Finding("card", "block", text, remedy)]
    if any(finding.level != "block" for finding in found):  # one good card is enough
        return [_as_warning(finding) for finding in found]
    return found


def check_modules(desk: Workstation) -> Sequence[Finding]:
    """List the PKCS#11 modules, and whether this program could load them."""
    modules = desk.modules()
    if not modules:
        text = desk.say("module.missing")
        return [Finding("module", "block", text, _driver_remedy(desk))]
    own = own_machine()
    found: list[Finding] = []
    for module in modules:
        if not is_file(module.path):
            remedy = desk.say("module.setting")
            text = desk.say("module.gone")
            found.append(Finding("module", "block", f"{text}: {module.path}", remedy))
            continue
        binary = read_binary(module.path)
        bits = "/".join(f"{number} bit" for number in binary.bits) if binary else desk.say("module.unknown_kind")
        text = f"{desk.say('module.head')}: {module.name} ({module.path}, {bits})"
        if binary and own and own not in binary.machines:
            why = desk.say("module.kind", own=own)
            cannot = desk.say("module.cannot")
            found.append(Finding("module", "block", f"{text} {cannot}.", f"{why} {_driver_remedy(desk)}"))
        else:
            found.append(Finding("module", "ok", text))
    if any(finding.level == "ok" for finding in found):
        return [_as_warning(finding) for finding in found]
    return found


def check_pin(desk: Workstation) -> Sequence[Finding]:
    """Report the PIN's state from the token's flags; asks for no PIN and costs no try."""
    view = desk.card().view
    return [_pin_finding(desk, token.info) for token in view.tokens] if view else []


def check_certificates(desk: Workstation) -> Sequence[Finding]:
    """Report each certificate's holder (masked), validity and use, and whether E-Onay is due."""
    look = desk.card()
    if look.view is None:
        return [_trouble(desk, error) for _, error in look.troubles[:1]]
    now = desk.now()
    return [*_each(desk, look.view, now), *_due(desk, look.view, now)]


def masked(name: str) -> str:
    """Return *name* with only the first letter of each word: ``A*** Y***``."""
    return " ".join(f"{word[0]}***" for word in name.split()) or "***"


def days_left(certificate: CardCertificate, now: datetime) -> int | None:
    """Return how many whole days *certificate* has left; negative once it has ended, None if unreadable."""
    ends = certificate.facts.not_after if certificate.facts else None
    return None if ends is None else (ends - now).days


def _each(desk: Workstation, view: CardView, now: datetime) -> Iterator[Finding]:
    unreadable = desk.say("certificate.unreadable")
    for certificate in view.certificates:
        facts = certificate.facts
        if facts is None:
            yield Finding("certificate", "note", unreadable)
            continue
        verdict = assess(certificate, now, facts.national_id or "")  # we must be able to read whose it is
        text = f"{desk.say('certificate.head')}: {masked(facts.holder_name)}{_validity(desk, facts, now)}"
        if verdict.ok:
            usable = desk.say("certificate.usable")
            yield Finding("certificate", "ok", f"{text}; {usable}.")
        else:
            unusable = desk.say("certificate.unusable")
            yield Finding("certificate", "note", f"{text}; {unusable}: {desk.reason(verdict.reason or '').what}")


def _validity(desk: Workstation, facts: CertificateFacts, now: datetime) -> str:
    if facts.not_before is None or facts.not_after is None:
        return ""
    left = (facts.not_after - now).days
    end = desk.say("certificate.days_left", left=left) if left >= 0 else desk.say("certificate.ended")
    return f", {turkish_date(facts.not_before)} – {turkish_date(facts.not_after)}, {end}"


def _due(desk: Workstation, view: CardView, now: datetime) -> Iterator[Finding]:
    try:
        best = choose(view.certificates, now, None)
    except CardError as error:
        reason = desk.reason(error.code)
        late = desk.say("e_onay.late")
        what = f"{late} {reason.what}" if error.code == "certificate_expired" else reason.what
        yield Finding("e_onay", "block", what, reason.remedy)
        return
    left = days_left(best, now) or 0
    ends = turkish_date(best.facts.not_after) if best.facts and best.facts.not_after else ""
    if left <= DUE_DAYS:
        text = desk.say("e_onay.due", left=left, ends=ends)
        remedy = desk.say("e_onay.before")
        yield Finding("e_onay", "warn", text, remedy)
    else:
        text = desk.say("e_onay.can", ends=ends)
        yield Finding("e_onay", "ok", text)


def _pin_finding(desk: Workstation, token: TokenInfo) -> Finding:
    pin = token.pin
    code = "pin_locked" if pin.locked else "pin_not_set" if pin.not_set else None
    if code:
        reason = desk.reason(code)
        return Finding("pin", "block", reason.what, reason.remedy)
    if pin.final_try:
        text = desk.say("pin.final")
        remedy = desk.say("pin.final_remedy")
        return Finding("pin", "warn", text, f"{remedy} {_call(desk)}")
    if pin.count_low:
        text = desk.say("pin.count_low")
        return Finding("pin", "warn", text, desk.remedy("pin-wrong"))
    free = desk.say("pin.free")
    if pin.protected_path:
        keys = desk.say("pin.pad")
        return Finding("pin", "ok", f"{free}; {keys}.")
    return Finding("pin", "ok", f"{free}.")


def _trouble(desk: Workstation, error: CardError) -> Finding:
    reason = desk.reason(error.code)
    state = desk.readers()
    card_is_in = any(reader.card and not reader.mute for reader in state.readers)
    if shows_no_token(error) and not card_is_in:
        text = desk.say("certificate.later")
        return Finding("certificate", "note", text)
    if shows_no_token(error):
        text = desk.say("certificate.no_driver")
        return Finding("certificate", "block", text, _unread_remedy(desk))
    detail = error.detail if error.detail and desk.language == "tr" else ""
    return Finding("certificate", "block", f"{reason.what} {detail}".strip(), reason.remedy)


def _as_warning(finding: Finding) -> Finding:
    if finding.level != "block":
        return finding
    return Finding(finding.id, "warn", finding.text, finding.remedy)


def _service_remedy(desk: Workstation) -> str:
    match desk.system.os:
        case "windows":
            return desk.say("service.windows")
        case "macos":
            return desk.say("service.macos")
    command = package_command(desk, "pcscd libccid", "pcsc-lite pcsc-lite-ccid")
    start = "sudo systemctl enable --now pcscd.socket"
    return desk.say("service.install", command=f"{command}; {start}")


def _unread_remedy(desk: Workstation) -> str:
    if _is_another_kind(desk):
        return _driver_remedy(desk)
    where = desk.say("module.where")
    return f"{desk.remedy('driver-missing')} {where} {_call(desk)}"


def _is_another_kind(desk: Workstation) -> bool:
    cards = [card_kind(reader.atr) for reader in desk.readers().readers if reader.card]
    return bool(cards) and "akis" not in cards


def _driver_remedy(desk: Workstation) -> str:
    what = desk.say("module.another_kind") if _is_another_kind(desk) else desk.say("module.akis")
    return f"{what} {_call(desk)}"


def _call(desk: Workstation) -> str:
    return desk.say("support")
