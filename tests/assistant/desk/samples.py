"""One view for each state that a panel can show, with invented people: for its screenshots and its tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.base.outcome import Outcome, reasons
from assistant.base.problems import problem
from assistant.base.words import Words
from assistant.companion.companion_run import Companion
from assistant.companion.machine import CompanionState
from assistant.desk import way
from assistant.desk.before import KnownEarly, before_view
from assistant.desk.ending import end_view, warning
from assistant.desk.guard import held_question
from assistant.desk.help_view import named_back, plea_view, told_on
from assistant.desk.signing import CARELESS
from assistant.desk.surface import Event
from assistant.desk.told import in_the_app
from assistant.desk.view import AdviceView, CertificateView, CodeView, PromptKind, PromptView, QuestionView, View
from assistant.official_app.clipboard import SystemClipboard
from assistant.official_app.words import app_troubles, app_words
from assistant.practice.choice import stories_view
from assistant.preflight.finding import Finding
from assistant.run.done import Deed
from assistant.run.question import Plea
from assistant.run.record import Ending, RunResult
from assistant.signing.with_app import WARN_S
from assistant.wording.refusal import told
from flows import Danger, steps

_DOCUMENT = {
    "tr": "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum.",
    "en": "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum.",
}
_DIALOG_TITLE = "Kart Bilgileri"
_DIALOG = f"{_DIALOG_TITLE}\nKart bilgileriniz güncellenecektir. Devam edilsin mi?\nVazgeç\nTamam"
_DOUBTS = ("Mevcut sertifikam başvurumla birlikte iptal edilsin.",)
_OBSTACLES: dict[str, tuple[Finding, ...]] = {
    "tr": (Finding("reader", "block", "Kart okuyucu bulunamadı.", "Okuyucuyu ve kartı takınız."),),
    "en": (Finding("reader", "block", "No card reader was found.", "Plug in the reader and the card."),),
}
_EXPIRED: dict[str, tuple[Finding, ...]] = {
    "tr": (Finding("e_onay", "block", "E-Onay için geç kalındı. Sertifika süresi dolmuş."),),
    "en": (Finding("e_onay", "block", "It is too late for E-Onay. The certificate has expired."),),
}
_LOCKED: dict[str, tuple[Finding, ...]] = {
    "tr": (Finding("pin", "block", "Kartın PIN'i kilitli.", problem("pin-locked", "tr").remedy),),
    "en": (Finding("pin", "block", "The card's PIN is locked.", problem("pin-locked", "en").remedy),),
}
_AFTER = {
    "end-given": ("receipt", "calendar", "next"),
    "end-absent": ("receipt", "again", "next"),
    "end-cancelled": ("receipt", "again", "next"),
}
_ENDS: dict[str, tuple[Outcome, str | None, Deed, Danger | None, str]] = {
    "end-given": (Outcome.CONSENT_GIVEN, None, Deed.SIGNATURE_HANDED_IN, None, "verify"),
    "end-given-not-left": (Outcome.CONSENT_GIVEN, None, Deed.SIGNATURE_HANDED_IN, "withdrawal", "verify"),
    "end-already": (Outcome.ALREADY_CONSENTED, None, Deed.SHARING_APPROVED, None, "eonay_given"),
    "end-unverified": (Outcome.UNVERIFIED, "not_confirmed", Deed.SIGNATURE_HANDED_IN, None, "verify"),
    "end-cancelled": (Outcome.CANCELLED, "person_stopped", Deed.CONSENT_PROCEEDED, None, "signing"),
    "end-absent": (Outcome.CANCELLED, "person_absent", Deed.SHARING_APPROVED, None, "nes"),
    "end-took-over": (Outcome.CANCELLED, "person_took_over", Deed.MOVED_ON, None, "nes"),
    "end-halted": (Outcome.HALTED, "screen_unknown", Deed.CONSENT_PROCEEDED, None, "signing"),
    "end-revocation": (Outcome.HALTED, "wrong_screen", Deed.SHARING_APPROVED, "revocation", "nes"),
    "end-locked": (Outcome.FAILED, "pin_locked", Deed.CODE_HANDED_OVER, None, "signing"),
}


def samples(words: Words) -> dict[str, View]:
    """Return the views by name, in the order in which a run meets them."""
    found = {
        "start": _view("landing", words, doing="start", card="unknown"),
        "after-kill": replace(
            _view("landing", words, doing="start", card="unknown"),
            note=words("killed.with_code", when="05.01.2026 10:15"),
        ),
        "login": _view("login", words, doing="person"),
        "wait-ends": replace(_view("login", words, doing="person"), left_s=47),
        "captcha": _view("login", words, doing="person", more=words("now.captcha")),
        "sms": _view("second_step_sms", words, doing="person"),
        "phone": _view("second_step_phone", words, doing="person"),
        "sharing": _asked("sharing", "sharing", words),
        "consent": _asked("eonay_missing", "consent", words, quote=_DOCUMENT[words.language]),
        "dialog": _asked("nes", "dialog", words, quote=_DIALOG),
        "doubts": _asked("eonay_missing", "consent", words, quote=_DOCUMENT[words.language], doubts=_DOUBTS),
        "shield": _held("revocation", "Sertifikamı İptal Et", words),
        "shield-pin": _held("pin", "PIN Oluşturma/Kilit Çözme", words, needs_pin=True),
        "watch": _watched("home", words),
        "hand-off": _asked("signing", "hand_off", words, remaining_s=286),
        "sign": _prompted("sign", words, remaining_s=241),
        "wrong-pin": _prompted("wrong_pin", words, remaining_s=188, card="count_low"),
        "final-try": _prompted("final_try", words, remaining_s=164, card="final_try"),
        "card-away": _prompted("card_away", words, remaining_s=150, card="absent"),
        "wrong-card": _prompted("wrong_card", words, remaining_s=131),
        "code-dying": _prompted("sign", words, remaining_s=42),
        "renew-code": _asked("signing", "renew_code", words),
        "signing": _view("signing", words, doing="signing", remaining_s=120),
        "app": _app(words, remaining_s=271),
        "app-dying": _app(words, remaining_s=38),
        "app-died": _app(words, remaining_s=171, died=True),
        "verify": _view("verify", words, doing="verify"),
        "companion": _companion(words, "nes"),
        "companion-state": _companion(words, "eonay"),
        "companion-revocation": _companion(words, "wrong_revocation"),
        "practice-stories": stories_view(words),
        "practice": _practice(words, _view("login", words, doing="person")),
        "practice-sms": _practice(words, _view("second_step_sms", words, doing="person"), 2),
        "practice-pin": _practice(words, _prompted("sign", words, remaining_s=241), 3),
        "practice-before": _practice(words, before_view(KnownEarly(obstacles=_LOCKED[words.language]), words)),
        "before": before_view(KnownEarly(obstacles=_OBSTACLES[words.language]), words),
        "before-expired": before_view(
            KnownEarly(obstacles=_EXPIRED[words.language], is_expired=True, now=datetime(2026, 1, 5, tzinfo=UTC)), words
        ),
        **_helping(words),
    }
    for name, (outcome, reason, deed, danger, step) in _ENDS.items():
        result = RunResult(Ending(outcome, reason), done=(deed,), stands_on=danger)
        view = _view(step, words, doing="ended")
        found[name] = replace(
            view,
            warn=warning(danger, words),
            now="",
            steps=way.walked(outcome, words.language) or view.steps,
            end=replace(
                end_view(result, words, "" if name in _AFTER else "20260105T101500-guided.json"),
                actions=tuple((action, words(f"after.{action}")) for action in _AFTER.get(name, ())),
                hint=words("end.log_out_marked", label="Güvenli Çıkış") if name == "end-given" else "",
            ),
        )
    found["shield-after-end"] = replace(found["end-cancelled"], question=found["shield"].question)
    return found


def _view(
    step: str, words: Words, *, doing: str, card: str = "present", remaining_s: int | None = None, more: str = ""
) -> View:
    said = steps(words.language)[step]
    return View(
        steps=way.lines(step, words.language),
        now=f"{said.now} {more}".strip(),
        doing=words(f"doing.{doing}"),
        **told_on(step, words.language),
        card=words(f"card.{card}"),
        card_tone="calm" if card in {"present", "unknown"} else "warn",
        code=None if remaining_s is None else CodeView(remaining_s, 300),
    )


def _asked(
    step: str,
    approval: str,
    words: Words,
    *,
    quote: str = "",
    doubts: tuple[str, ...] = (),
    remaining_s: int | None = None,
) -> View:
    name = "doubts" if doubts else approval
    title, meaning, yes, no = (words(f"approve.{name}.{part}") for part in ("title", "meaning", "yes", "no"))
    plain = approval != "dialog" and not doubts
    if approval == "dialog":
        title = words("approve.named_dialog.title", title=_DIALOG_TITLE)
    question = QuestionView(1, title, meaning, quote, yes, no, doubts=doubts, leads_on=plain)
    own = approval if approval in {"dialog", "hand_off"} else "approval"
    doing = "doubts" if doubts else own
    view = _view(step, words, doing=doing, remaining_s=remaining_s)
    now = words("now.dialog") if approval == "dialog" else words("now.approve") if step == "signing" else view.now
    return replace(view, now=now, question=question)


def _held(danger: Danger, label: str, words: Words, *, needs_pin: bool = False) -> View:
    view = _view("nes", words, doing="held", card="locked" if needs_pin else "present")
    return replace(view, now=words("now.held"), question=held_question(1, danger, label, words, needs_pin=needs_pin))


def _watched(step: str, words: Words) -> View:
    view = _view(step, words, doing="wait", card="app")
    title = steps(words.language)[step].title
    doing = words("watch.press", label="NES İşlemleri")
    return replace(view, now=words("watch.at", screen=title), doing=doing, card="")


def _prompted(kind: PromptKind, words: Words, *, remaining_s: int, card: str = "present") -> View:
    name = f"prompt.{kind}"
    shows_card = kind in {"sign", "wrong_card"}
    prompt = PromptView(
        -1,
        kind,
        words(f"{name}.title"),
        words(f"{name}.text"),
        document=_DOCUMENT[words.language] if kind == "sign" else "",
        certificates=_certificates(words, good=kind == "sign") if shows_card else (),
        pin="here" if kind == "sign" else "none",
        min_length=4,
        max_length=16,
        yes=words.get(f"{name}.yes"),
        no=words.get(f"{name}.no"),
        leads_on=kind not in CARELESS,
    )
    now = words("now.sign" if kind == "sign" else "now.prompt")
    view = _view("signing", words, doing="signing_person", card=card, remaining_s=remaining_s)
    return replace(view, now=now, prompt=prompt)


def _certificates(words: Words, *, good: bool) -> tuple[CertificateView, ...]:
    issuer = "Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1"
    expired = CertificateView(
        1,
        "FATMA KILIÇ",
        issuer,
        words("certificate.ended", date="05.03.2023"),
        usable=False,
        why_not=reasons(words.language)["certificate_expired"].what,
    )
    seal = CertificateView(
        2,
        "KILIÇ FIRINCILIK LİMİTED ŞİRKETİ",
        "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1",
        words("certificate.days_left", days=500),
        usable=False,
        why_not=reasons(words.language)["certificate_is_seal"].what,
    )
    days = f"{words('certificate.days_left', days=60)}, {words('certificate.until', date='06.03.2026')}"
    best = CertificateView(0, "FATMA KILIÇ", issuer, days, usable=True, why_not="", chosen=True)
    return (best, expired, seal) if good else (expired, seal)


def _helping(words: Words) -> dict[str, View]:
    """Return the views of a page that the assistant doesn't know, and of what comes of the person's help."""
    seen = "“Kamu SM Online İşlemler”"
    unknown = Plea("screen_unknown", "sharing", "", ("nes_menu", "individual_menu", "eonay_tile"))
    gateway = Plea("screen_unknown", "login", "")
    refused = words("help.refused", why=told("risky", words.language))
    advices = {
        "help": ("choosing", "home", plea_view(unknown, words, "choosing", seen=seen)),
        "help-point": ("pointing", "home", plea_view(unknown, words, "pointing", seen=seen, target="nes_menu")),
        "help-refused": ("choosing", "home", plea_view(unknown, words, "choosing", seen=seen, note=refused)),
        "help-watch": ("watching", "home", plea_view(unknown, words, "watching", seen=seen)),
        "help-gateway": ("choosing", "login", plea_view(gateway, words, "choosing", seen="“e-Devlet Kapısı”")),
    }
    shown = {}
    for name, (stage, step, advice) in advices.items():
        view = replace(_view(step, words, doing="person"), now=words(f"help.now_{stage}"), doing=words("help.doing"))
        steps_with = way.marked(view.steps, frozenset({"landing"}), words("help.with_you"))
        shown[name] = replace(view, steps=steps_with, advice=advice)
    question = named_back(1, "nes_menu", "E-imza Köşesi", words, is_learnt=False)
    shown["help-confirm"] = replace(shown["help"], now=words("help.now_confirm"), advice=None, question=question)
    return shown


def _app(words: Words, *, remaining_s: int, died: bool = False) -> View:
    said = app_words(words.language)
    there = f"{said('died')} {said('said', said='Error: Unable to access jarfile KamuSM-eImza.jar')}"
    lines = [said.steps[1], there if died else said("running"), said("copied")]
    lines += [said("dying")] if remaining_s <= WARN_S else []
    title = said("title", at=2, count=len(said.steps))
    actions = tuple((name, said(name)) for name in ("copy", *(("open",) if died else ())))
    bar = tuple((name, said(name), True) for name in ("back", "next"))
    view = _view("signing", words, doing="signing_person", card="app")
    shown = replace(
        view,
        card_tone="calm",
        code=CodeView(remaining_s, 300, "123456789012345"),
        advice=AdviceView(title, tuple(lines), actions, bar=bar),
        help=words("ui.which_trouble"),
        troubles=app_troubles(words.language),
    )
    return in_the_app(shown, words)


def _companion(words: Words, stage: str) -> View:
    return Companion(_Still(), SystemClipboard(), words.language, state=CompanionState(stage)).view()


class _Still:
    """A surface on which nothing happens: only the view is wanted."""

    def show(self, view: View) -> None:
        """Show nothing."""

    def events(self) -> list[Event]:
        """Nobody presses anything."""
        return []

    def pause(self, seconds: float) -> None:
        """Do not wait."""


def _practice(words: Words, of: View, asked: int | None = None) -> View:
    """Return *of* as it is in practice; *asked* is the number of the detail that is to be typed now."""
    labels = {
        "tr": ("T.C. Kimlik No", "e-Devlet şifresi", "SMS kodu", "Kart PIN'i"),
        "en": ("ID number", "Password", "SMS code", "Card PIN"),
    }
    values = ("10000000146", "Cicek.Bahce-71", "482913", "135790")
    lines = tuple(zip(labels[words.language], values, strict=True))
    return replace(of, practice=lines, practice_now=() if asked is None else lines[asked])
