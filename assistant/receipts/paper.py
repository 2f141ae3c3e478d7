"""A receipt as a PDF file: an accessible A4 sheet that says what the page says, always in the same bytes."""

from __future__ import annotations

from assistant.paper.sheet import Sheet
from assistant.receipts.kept import Kept
from assistant.receipts.page import receipt_facts

_LATER = (
    "Bu belge bilgi içindir. Ad, T.C. Kimlik No, doğrulama kodu, PIN ve adres içermez. Belgeyi kimin verdiğini, "
    "ekleyen kişi bildirir. E-Onayın güncel durumu KamuSM portalında E-Onay İşlemleri sayfasında görülür."
)


def receipt_pdf(receipt: Kept) -> bytes:
    """Return *receipt* as PDF/UA-1, in Turkish. Raises `GuideError` where it can't be set."""
    facts = receipt_facts(receipt)
    kept, result, began, reason = receipt.receipt, receipt.receipt.result, receipt.began, facts["reason"]
    zone = began.strftime("%z")
    code = f"{result.outcome.value} · {result.reason}" if result.reason else result.outcome.value
    witness = "Kişinin beyanı" if facts["by_word"] else "Portalda görüldü" if facts["good"] else "Asistan"
    rows = {
        "Tarih ve saat": f"{began:%d.%m.%Y %H:%M:%S} (UTC{zone[:3]}:{zone[3:5]})",
        "Süre": facts["took"],
        "Sonuç kodu": code,
        "Sonucu söyleyen": witness,
        "Portal görünümü": "bilinmiyor" if kept.edition == "unknown" else kept.edition,
        "Çalışma türü": facts["kind"],
        "İmza bileşeni": kept.card,
        "Sürümler": f"{kept.program}, Python {kept.python}, {kept.system}",
    }
    said = [facts["sentence"], f"{reason.what} {reason.remedy}" if reason else "", facts["done"]]
    data = {
        "about": {
            "title": f"E-Onay işlem makbuzu {receipt.id}",
            "subject": facts["outcome"],
            "author": "eonay",
            "language": "tr",
            "day": [began.year, began.month, began.day],
        },
        "id": receipt.id,
        "rehearsal": facts["rehearsal"],
        "good": facts["good"],
        "outcome": f"{'✓' if facts['good'] else '✗'} {facts['outcome']}",
        "said": [sentence for sentence in said if sentence],
        "rows": [[name, str(value)] for name, value in rows.items()],
        "steps": [[step.at, step.title, step.took] for step in facts["steps"]],
        "watched": [[line.screen, line.would_press, line.pressed] for line in kept.watched],
        "later": _LATER,
    }
    return Sheet("receipt.typ", data).pdf()
