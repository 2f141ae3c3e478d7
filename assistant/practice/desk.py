"""The desk of practice: one reader with the practice card in it. This machine's readers and drivers play no part."""

from __future__ import annotations

from assistant.base.errors import CardError
from assistant.base.words import Language
from assistant.practice.card import PracticeCard
from assistant.preflight.desk import CardLook, Workstation
from assistant.preflight.pcsc import PcscState, Reader

_ATR = b"\x3b\x04AKIS"
"""An answer to reset that says AKİS and nothing else."""


def practice_desk(card: PracticeCard, language: Language) -> Workstation:
    """Return a desk at which *card*, and no other, is what a look before the run finds."""

    def readers() -> PcscState:
        return PcscState("running", (Reader(card.name, card=card.is_there, atr=_ATR),))

    def show(_desk: Workstation) -> CardLook:
        try:
            return CardLook(card.look())
        except CardError:
            return CardLook()

    return Workstation(pcsc=readers, show_card=show, language=language)
