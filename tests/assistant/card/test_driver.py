"""What the driver does with a PIN and what it makes of a module's answers, in this process: quick, and call by call."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pkcs11
import pytest

from assistant.base.words import told
from assistant.card import driver as driver_module
from assistant.card.credential import TokenCredential
from assistant.card.cryptoki import CryptokiError
from assistant.card.driver import SHA256_DIGEST_INFO, Driver, SigningOrder
from assistant.card.keys import KeyKind
from assistant.card.model import PinState
from assistant.card.module_errors import ModuleError
from tests.assistant.card.authority import signed_by_ayse
from tests.assistant.card.conftest import (
    FINAL,
    LOCKED,
    LOW,
    NO_LOGIN,
    NORMAL,
    PIN,
    PROTECTED,
    TO_BE_CHANGED,
    UNSET,
    script_in,
)

DATA = b"signed attributes"
WRONG_PIN = "C_Login:0xA0"
LOGIN, AGAIN = "C_Login user=1 pin=given length=6", "C_Login user=2 pin=given length=6"
RSA_WITH_HASH, RSA_ALONE, ECDSA = (f"C_SignInit mechanism={number}" for number in ("0x40", "0x1", "0x1041"))
GOOD, BAD = signed_by_ayse(DATA), bytes(256)


@dataclass
class Played:
    """A driver of a module that does as it is told."""

    driver: Driver
    order: SigningOrder
    log: Path

    def calls(self, *prefixes: str) -> list[str]:
        """Return what was called, in order."""
        return [line for line in self.log.read_text().splitlines() if line.startswith(prefixes or "C_")]

    def sign(self, pin: str | None = PIN) -> bytes:
        """Sign with *pin*."""
        return self.driver.sign(self.order, None if pin is None else bytearray(pin.encode()))

    def refusal(self, pin: str | None = PIN) -> tuple[str, str | None]:
        """Return code and detail with which it refuses to sign; afterwards the module must be finalised."""
        with pytest.raises(ModuleError) as caught:
            self.sign(pin)
        assert self.calls()[-1] == "C_Finalize"
        return caught.value.code, caught.value.detail


Play = Callable[..., Played]


@pytest.fixture
def play(
    scripted_library: Path, tmp_path: Path, ayse: TokenCredential, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Play]:
    """Load a module of this test's own, with a key for each signature; keywords are its SCRIPT_* settings."""
    made: list[Played] = []

    def make(*signatures: bytes, **settings: str) -> Played:
        folder = tmp_path / f"script{len(made)}"
        for name, value in script_in(folder, ayse, signatures or [b""], settings).items():
            monkeypatch.setenv(name, value)
        module = shutil.copy(scripted_library, folder / "module.so")  # what it remembers belongs to this one alone
        order = SigningOrder(7, "0001", ayse.certificate_der, b"\1", "imza", KeyKind.RSA, DATA)
        made.append(Played(Driver(str(module)), order, folder / "log"))
        return made[-1]

    yield make
    for each in made:
        each.driver.close()
        pkcs11.unload(each.driver._path)


def driver_said(error: str) -> str:
    """Return the detail of an error that means nothing in particular."""
    return told("card.detail.driver", "tr", error=error)


# --- the PIN goes to the card ----------------------------------------------------------------------------


def test_a_pin_is_sent_once(play: Play) -> None:
    """A signature takes one login with the PIN in a session that is closed; then the module is finalised."""
    made = play(GOOD)
    assert not made.driver.pin_sent
    assert made.sign() == GOOD
    assert made.driver.pin_sent
    assert made.calls("C_Login ", "C_CloseSession", "C_Finalize") == [LOGIN, "C_CloseSession", "C_Finalize"]


def test_a_session_that_will_not_close_costs_no_signature(play: Play) -> None:
    """The signature is there; what closing the session says doesn't matter."""
    assert play(GOOD, fail="C_CloseSession:0x30").sign() == GOOD


def test_one_driver_signs_again(play: Play) -> None:
    """The module is initialised for each signature, and the next one that sends no PIN says so."""
    made = play(GOOD)
    assert [made.sign(), made.sign()] == [GOOD, GOOD]
    assert made.calls("C_Initialize") == ["C_Initialize"] * 2
    assert made.driver.pin_sent
    assert made.refusal(pin=None)[0] == "pin_missing"
    assert not made.driver.pin_sent


def test_closing_what_was_never_used_is_harmless() -> None:
    """A driver without a module has nothing to finalise."""
    Driver("/nowhere.so").close()


def test_an_order_shows_nothing_of_the_person() -> None:
    """The repr of an order tells slot and kind of key; a final try isn't allowed unless somebody says so."""
    order = SigningOrder(7, "0001", b"der", b"id", "AYSE", KeyKind.RSA, b"data")
    assert repr(order) == "SigningOrder(slot=7, kind=<KeyKind.RSA: 'rsa'>, final_try_allowed=False)"


# --- the PIN stays with us -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "state", "code"),
    [
        (LOCKED, PinState(locked=True), "pin_locked"),
        (UNSET, PinState(not_set=True), "pin_not_set"),
        (TO_BE_CHANGED, PinState(not_set=True), "pin_not_set"),
        (FINAL, PinState(final_try=True), "pin_final_try"),
        (LOW, PinState(count_low=True), None),
        (NORMAL, PinState(), None),
        (PROTECTED, PinState(protected_path=True), None),
    ],
)
def test_each_flag_is_read(play: Play, flags: str, state: PinState, code: str | None) -> None:
    """Each flag of the token is one fact of its PIN; locked, not set and a final try keep the PIN from being sent."""
    made = play(GOOD, flags=flags)
    (seen,) = made.driver.look(None)
    assert seen.info.pin == replace(state, min_length=4, max_length=8)
    assert seen.info.login_required
    if code is None:
        assert made.sign() == GOOD
        return
    assert made.refusal() == (code, None)
    assert not made.calls("C_Login", "C_OpenSession")[1:]
    assert not made.driver.pin_sent


@pytest.mark.parametrize(
    ("shortest", "longest", "believed"),
    [("8", "4", (0, 0)), ("4", "0", (4, 0)), ("4", "0xffffffffffffffff", (4, 0)), ("0", "8", (0, 8))],
)
def test_limits_that_no_pin_can_keep_are_not_believed(
    play: Play, shortest: str, longest: str, believed: tuple[int, int]
) -> None:
    """A token whose shortest PIN is longer than its longest keeps nobody from typing theirs."""
    made = play(GOOD, min=shortest, max=longest)
    (seen,) = made.driver.look(None)
    assert (seen.info.pin.min_length, seen.info.pin.max_length) == believed
    assert made.sign() == GOOD


def test_the_person_allows_the_final_try(play: Play) -> None:
    """With the person's word the last try is used, once."""
    made = play(GOOD, flags=FINAL)
    made.order = replace(made.order, final_try_allowed=True)
    assert made.sign() == GOOD
    assert made.calls("C_Login ") == [LOGIN]


@pytest.mark.parametrize(("pin", "code"), [(None, "pin_missing"), ("123", "pin_length"), ("123456789", "pin_length")])
def test_no_pin_or_one_of_the_wrong_length_is_not_sent(play: Play, pin: str | None, code: str) -> None:
    """A token that wants a PIN gets none that is missing, too short or too long."""
    made = play(GOOD)
    assert made.refusal(pin) == (code, None)
    assert not made.calls("C_Login")
    assert not made.driver.pin_sent


@pytest.mark.parametrize("error", [CryptokiError("no"), OSError("no"), AttributeError("no")])
def test_a_module_that_does_not_tell_its_limits_has_none(
    play: Play, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Where the limits of a PIN can't be read, no length is an obstacle."""

    def refuse(_path: str) -> None:
        raise error

    monkeypatch.setattr(driver_module, "FunctionList", refuse)
    made = play(GOOD)
    assert made.driver.look(None)[0].info.pin == PinState()
    assert made.sign("1") == GOOD


def test_a_card_in_another_slot_is_not_the_one(play: Play) -> None:
    """If no token is in the slot of the order, the card was taken out; the one next to it gets no PIN."""
    made = play(GOOD, slots="2")
    made.order = replace(made.order, slot=9)
    assert made.refusal() == ("card_removed", None)
    assert not made.calls("C_Login")


def test_an_empty_slot_holds_no_card(play: Play) -> None:
    """A reader is no card: without a token in it, the card was taken out."""
    made = play(GOOD, empty="1")
    assert made.refusal() == ("card_removed", None)
    assert not made.calls("C_Login")


def test_another_card_in_the_slot_is_not_the_one(play: Play) -> None:
    """A card with another serial number gets no PIN."""
    made = play(GOOD, serial="0002")
    assert made.refusal() == ("card_removed", None)
    assert not made.calls("C_Login")
    assert not made.driver.pin_sent


def test_a_token_without_login_gets_none(play: Play) -> None:
    """If the token's flags ask for no login we make none, whatever its key thinks of that."""
    made = play(GOOD, flags=NO_LOGIN, key_visible="1")
    assert not made.driver.look(None)[0].info.login_required
    assert made.refusal() == ("card_error", driver_said("UserNotLoggedIn"))
    assert not made.calls("C_Login")
    assert not made.driver.pin_sent


@pytest.mark.parametrize("pin", [None, PIN])
@pytest.mark.parametrize("always", [{}, {"always": "1"}])
def test_a_reader_with_keys_gets_no_pin_from_us(play: Play, pin: str | None, always: dict[str, str]) -> None:
    """Where the PIN is typed on the reader no login carries one, not even a key's own."""
    made = play(GOOD, flags=PROTECTED, **always)
    assert made.sign(pin) == GOOD
    expected = [f"C_Login user={user} pin=none length=0" for user in range(1, 2 + len(always))]
    assert made.calls("C_Login ") == expected
    assert not made.driver.pin_sent


# --- the card refuses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "code", "detail"),
    [
        (LOW, "pin_wrong", None),
        (NORMAL, "pin_wrong", None),
        (FINAL, "pin_wrong", told("card.detail.last_try", "tr")),
        (LOCKED, "pin_locked", told("card.detail.now_locked", "tr")),
    ],
)
def test_a_wrong_pin_is_sent_once_and_what_is_left_is_told(
    play: Play, after: str, code: str, detail: str | None
) -> None:
    """A wrong PIN isn't sent again; the flags then say whether one try is left, or none."""
    made = play(GOOD, fail=WRONG_PIN, flags_after=after)
    assert made.refusal() == (code, detail)
    assert made.calls("C_Login ") == [LOGIN]
    assert made.driver.pin_sent


@pytest.mark.parametrize("after", [FINAL, LOCKED])
def test_flags_explain_nothing_but_a_wrong_pin(play: Play, after: str) -> None:
    """Another error stays what it is, whatever the flags say."""
    made = play(GOOD, fail="C_Login:0x5", flags_after=after)
    assert made.refusal() == ("card_error", driver_said("GeneralError"))


@pytest.mark.parametrize(("result", "code"), [("0x30", "card_removed"), ("0xA0", "pin_wrong"), ("0xA4", "pin_locked")])
def test_a_vague_error_of_a_card_that_is_gone_is_a_removal(play: Play, result: str, code: str) -> None:
    """If the card is gone after an error that says little, it was taken out; an error that says why stays."""
    assert play(GOOD, remove="C_Login", fail=f"C_Login:{result}").refusal() == (code, None)


def test_a_card_that_says_nothing_afterwards_changes_nothing(play: Play) -> None:
    """If the token can't be looked at after the error, the error is all we know."""
    made = play(GOOD, fail=WRONG_PIN, sick_slot="7", sick="C_GetTokenInfo:0x5", sickens="1")
    assert made.refusal() == ("pin_wrong", None)


def test_a_module_that_cannot_be_loaded_is_broken(tmp_path: Path) -> None:
    """A file that is no module is said to be a broken one, before any card is looked for."""
    with pytest.raises(ModuleError) as caught:
        Driver(str(tmp_path / "none.so")).look(None)
    assert (caught.value.code, caught.value.detail) == ("module_broken", driver_said("PKCS11Error"))


def test_a_module_that_lists_no_slots_is_finalised(play: Play) -> None:
    """An error before any token is looked at has its reason, and leaves nothing open."""
    assert play(GOOD, fail="C_GetSlotList:0x30").refusal() == ("card_error", driver_said("DeviceError"))


# --- the key signs ---------------------------------------------------------------------------------------


def test_a_key_that_wants_the_pin_gets_it_a_second_time(play: Play) -> None:
    """A key with CKA_ALWAYS_AUTHENTICATE gets the PIN once more, between C_SignInit and C_Sign."""
    made = play(GOOD, always="1")
    assert made.sign() == GOOD
    calls = [call.split(" data")[0] for call in made.calls("C_Login ", "C_SignInit ", "C_Sign data")]
    assert calls == [LOGIN, RSA_WITH_HASH, AGAIN, "C_Sign"]


def test_a_key_that_does_not_say_gets_no_pin(play: Play) -> None:
    """Where CKA_ALWAYS_AUTHENTICATE can't be read, the card's login is enough."""
    made = play(GOOD, untold="0x202")
    assert made.sign() == GOOD
    assert made.calls("C_Login ") == [LOGIN]


@pytest.mark.parametrize("fail", ["C_Login.again:0xA0", f"{RSA_WITH_HASH}:0x70"])
def test_a_key_gets_the_pin_once(play: Play, fail: str) -> None:
    """If it refuses the PIN or the mechanism, that is the end of it: no other mechanism is tried with the PIN."""
    made = play(GOOD, always="1", fail=fail)
    assert made.refusal()[0] in {"pin_wrong", "card_error"}
    assert made.calls("C_SignInit ") == [RSA_WITH_HASH]


def test_no_pin_is_spent_on_finding_the_key(play: Play) -> None:
    """Of several keys that want the PIN each time the first gets it, and its signature is taken as it is."""
    made = play(BAD, GOOD, always="1")
    assert made.sign() == BAD
    assert made.calls("C_Login ") == [LOGIN, AGAIN]


@pytest.mark.parametrize("tried", [1, 2])
def test_of_two_keys_the_signature_tells(play: Play, tried: int) -> None:
    """If two keys may be the certificate's, the one whose signature fits it signs, in one login."""
    made = play(GOOD, BAD) if tried == 1 else play(BAD, GOOD)
    assert made.sign() == GOOD
    assert len(made.calls("C_Sign data")) == tried
    assert made.calls("C_Login ") == [LOGIN]


def test_if_no_key_fits_it_is_missing(play: Play) -> None:
    """If none of several keys makes the certificate's signature, its key isn't there."""
    assert play(BAD, BAD).refusal() == ("key_missing", None)


def test_the_only_key_is_taken_at_its_word(play: Play) -> None:
    """A single key signs; whether the signature fits is for the assistant to see."""
    assert play(BAD).sign() == BAD


@pytest.mark.parametrize("script", [{"no_key": "1"}, {"key_type": "3"}, {"untold": "0x108"}])
def test_a_key_that_is_absent_or_cannot_sign_is_missing(play: Play, script: dict[str, str]) -> None:
    """No key, one of another kind and one that may not sign are the same to the person."""
    assert play(GOOD, **script).refusal() == ("key_missing", None)


@pytest.mark.parametrize(
    ("script", "used"),
    [
        ({}, [RSA_WITH_HASH]),
        ({"mechanisms": "0x1"}, [RSA_ALONE]),
        ({"mechanisms": "0x1041"}, [RSA_WITH_HASH]),
        ({"fail": "C_GetMechanismList:0x5"}, [RSA_WITH_HASH]),
        ({"fail": f"{RSA_WITH_HASH}:0x70"}, [RSA_WITH_HASH, RSA_ALONE]),
    ],
)
def test_the_digest_is_the_card_s_work_if_it_can(play: Play, script: dict[str, str], used: list[str]) -> None:
    """The card hashes if it can or doesn't tell what it can; else it gets a DigestInfo of SHA-256."""
    made = play(GOOD, **script)
    assert made.sign() == GOOD
    assert made.calls("C_SignInit ") == used
    given = DATA if used[-1] == RSA_WITH_HASH else SHA256_DIGEST_INFO + sha256(DATA).digest()
    assert made.calls("C_Sign data") == [f"C_Sign data={given.hex()}"]


@pytest.mark.parametrize("mechanisms", ["0x40", "0x1 0x40"])
def test_a_card_that_takes_no_mechanism_does_not_sign(play: Play, mechanisms: str) -> None:
    """If every mechanism is refused the person hears the driver's own word for it."""
    made = play(GOOD, fail="C_SignInit:0x70", mechanisms=mechanisms)
    assert made.refusal() == ("card_error", driver_said("MechanismInvalid"))
    assert len(made.calls("C_SignInit ")) == len(mechanisms.split())


def test_an_ec_key_signs_the_digest(play: Play) -> None:
    """An EC key gets the SHA-256 digest with CKM_ECDSA."""
    made = play(BAD, key_type="3")
    made.order = replace(made.order, kind=KeyKind.EC)
    assert made.sign() == BAD
    assert made.calls("C_SignInit ") == [ECDSA]
    assert made.calls("C_Sign data") == [f"C_Sign data={sha256(DATA).hexdigest()}"]
