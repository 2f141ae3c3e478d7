"""The card through pcscd and OpenSC: flags, locking, removal and PIN at each signature, by a module nobody here wrote."""

from __future__ import annotations

import time

import pytest

from assistant.base.errors import CardError
from assistant.card.model import CardCertificate
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from tests.assistant.card.verifying import verify
from tests.assistant.card.virtual_reader.conftest import MakeCard, PlugIn
from tests.sampling import sampled

DATA = b"signed attributes"
WRONG = "999999"


def certificate_of(card: Pkcs11Card) -> CardCertificate:
    """Return the certificate once the reader has found its card, which takes pcscd a moment."""
    until = time.monotonic() + 20
    while True:
        try:
            return card.look().certificates[0]
        except (CardError, IndexError):
            if time.monotonic() > until:
                raise


def refusal(card: Pkcs11Card, certificate: CardCertificate, pin: str, *, final_try_allowed: bool = False) -> CardError:
    """Return the error with which the card refuses."""
    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, Pin(pin), final_try_allowed=final_try_allowed)
    return caught.value


@pytest.mark.parametrize("always", sampled([False, True], every_run=[True]))
def test_it_signs(make_card: MakeCard, plug_in: PlugIn, card: Pkcs11Card, always: bool) -> None:
    """A key that wants the PIN at each signature gets it once more, and no other does."""
    ours = make_card(always_authenticate=always)
    plug_in(ours)
    certificate = certificate_of(card)
    before = ours.verifications

    signature = card.sign(certificate, DATA, Pin(ours.pin))

    verify(certificate.der, DATA, signature)
    assert ours.signatures == 1
    assert ours.verifications - before == (2 if always else 1)


def test_tries_flags_and_lock(make_card: MakeCard, plug_in: PlugIn, card: Pkcs11Card) -> None:
    """A wrong PIN is sent once and shows in the flags; the last try needs a yes; a locked card gets no PIN."""
    ours = make_card()
    plug_in(ours)
    certificate = certificate_of(card)

    assert refusal(card, certificate, WRONG).code == "pin_wrong"
    assert ours.tries == 2  # of a PIV card OpenSC does not know the most tries, so it cannot say that they are low
    assert refusal(card, certificate, WRONG).code == "pin_wrong"
    assert card.look().tokens[0].info.pin.final_try
    assert refusal(card, certificate, ours.pin).code == "pin_final_try"
    assert ours.verifications == 2
    assert refusal(card, certificate, WRONG, final_try_allowed=True).code == "pin_locked"
    assert card.look().tokens[0].info.pin.locked
    assert refusal(card, certificate, ours.pin, final_try_allowed=True).code == "pin_locked"
    assert (ours.verifications, ours.signatures) == (3, 0)


def test_a_right_pin_gives_the_tries_back(make_card: MakeCard, plug_in: PlugIn, card: Pkcs11Card) -> None:
    """With a word the last try may be used, and after a right PIN all tries are back."""
    ours = make_card()
    ours.tries = 1
    plug_in(ours)
    certificate = certificate_of(card)

    card.sign(certificate, DATA, Pin(ours.pin), final_try_allowed=True)
    state = card.look().tokens[0].info.pin
    assert (ours.tries, state.final_try, state.count_low) == (3, False, False)


@pytest.mark.parametrize("instruction", sampled([0x20, 0x87], every_run=[0x87]))
def test_a_pulled_card_is_said_to_be(make_card: MakeCard, plug_in: PlugIn, card: Pkcs11Card, instruction: int) -> None:
    """A card that is pulled while its PIN is checked, or while it signs, gives a reason and no signature."""
    ours = make_card()
    reader = plug_in(ours)
    certificate = certificate_of(card)

    def pull(now: int) -> None:
        if now == instruction:
            reader.pull()

    ours.on_command = pull
    assert refusal(card, certificate, ours.pin).code in {"card_removed", "card_error"}
    assert ours.signatures == 0


def test_an_empty_reader(opensc: object, card: Pkcs11Card) -> None:
    """A reader without a card is distinguished from no reader at all."""
    until = time.monotonic() + 20
    codes = set()
    while "card_missing" not in codes and time.monotonic() < until:  # pcscd has only just been started
        with pytest.raises(CardError) as caught:
            card.look()
        codes.add(caught.value.code)
    assert codes - {"reader_missing"} == {"card_missing"}
