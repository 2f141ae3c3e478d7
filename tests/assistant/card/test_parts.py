"""The smaller parts: error meanings, messages, known modules, the card in memory, provisioning."""

from __future__ import annotations

import inspect
import io
import os
from pathlib import Path

import pkcs11.exceptions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.errors import CardError, SetupError
from assistant.base.outcome import reasons
from assistant.card import wire
from assistant.card.card import Card
from assistant.card.credential import TokenCredential
from assistant.card.model import CardCertificate, PinState, TokenInfo, TokenView
from assistant.card.module_errors import REASONS, meaning
from assistant.card.modules import System, find_card_modules, find_softhsm
from assistant.card.pin import Pin
from assistant.card.provision import provision
from assistant.card.software import SoftwareCard
from tests.assistant.card.authority import Authority, KeyName, Wish
from tests.assistant.card.verifying import verify

PIN = "135790"
DATA = b"data"

POSIX_PATHS = pytest.mark.skipif(os.name == "nt", reason="a drive letter cannot be a folder there")

# --- errors ---------------------------------------------------------------------------------------------------


def test_every_pkcs11_error_has_a_meaning() -> None:
    """Each error class of python-pkcs11 is mapped, no other is, and all reasons are in the catalogue."""
    classes = inspect.getmembers(pkcs11.exceptions, inspect.isclass)
    names = {name for name, kind in classes if issubclass(kind, pkcs11.exceptions.PKCS11Error)}

    assert names == set(REASONS)
    assert set(REASONS.values()) <= set(reasons())


def test_only_one_error_is_a_wrong_pin() -> None:
    """No other error of a module may tell a person that their PIN is wrong."""
    assert [name for name, code in REASONS.items() if code == "pin_wrong"] == ["PinIncorrect"]


def test_the_text_of_a_module_error_is_dropped() -> None:
    """What a library writes into an error never reaches the person or a log."""
    error = meaning(pkcs11.exceptions.GeneralError("slot of AYŞE YILMAZ"), "sign")

    assert "AYŞE" not in f"{error}{error.detail}"


# --- messages -------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.lists(st.binary(max_size=50), max_size=5))
def test_a_message_arrives_as_it_was_sent(message: dict[str, int | str], parts: list[bytes]) -> None:
    """Any JSON object and any bytes next to it come out at the other end."""
    stream = io.BytesIO()
    wire.send(stream, message, parts)
    stream.seek(0)

    received = wire.receive(stream)
    assert received is not None
    assert received[0] == message
    assert received[1] == parts
    assert wire.receive(stream) is None


@given(st.binary(min_size=1, max_size=40))
def test_anything_else_is_refused(raw: bytes) -> None:
    """Bytes that are no message are a protocol error, nothing worse."""
    try:
        received = wire.receive(io.BytesIO(raw))
    except wire.WireError:
        return
    assert received is None or isinstance(received[0], dict)


def test_a_view_survives_the_journey() -> None:
    """What the worker saw is what the assistant sees."""
    info = TokenInfo(3, "Kart", "AKİS", "v2", "0001", PinState(count_low=True, max_length=8))
    certificates = (CardCertificate(b"der", b"\1", "imza", 3, True, None), CardCertificate(b"2", b"", "", 3))
    view = wire.unpack_view(*_through(wire.pack_view([TokenView(info, certificates)])))

    assert view.tokens == (TokenView(info, certificates),)
    assert view.token_of(certificates[1]) == info


def test_a_token_with_thousands_of_certificates_is_seen() -> None:
    """Software tokens hold as many as they like; what arrives is only limited in all."""
    info = TokenInfo(3, "Kart", "AKİS", "v2", "0001", PinState())
    certificates = tuple(CardCertificate(b"x" * 2000, number.to_bytes(2), "imza", 3) for number in range(5000))
    assert wire.unpack_view(*_through(wire.pack_view([TokenView(info, certificates)]))).certificates == certificates
    stream = io.BytesIO()
    wire.send(stream, {}, [b"x" * wire.MAX_BYTES] * 9)
    stream.seek(0)
    with pytest.raises(wire.WireError):
        wire.receive(stream)


@pytest.mark.parametrize("message", [{}, {"tokens": 5}, {"tokens": [{}]}, {"tokens": [{"info": {"pin": {"x": 1}}}]}])
def test_a_false_view_is_refused(message: dict[str, object]) -> None:
    """A worker that was taken over can't trip the assistant with an odd view."""
    with pytest.raises(wire.WireError):
        wire.unpack_view(message, [])


def _through(packed: tuple[dict[str, object], list[bytes]]) -> wire.Message:
    stream = io.BytesIO()
    wire.send(stream, *packed)
    stream.seek(0)
    received = wire.receive(stream)
    assert received is not None
    return received


# --- known modules --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "file", "name"),
    [
        ("linux", "opt/Akia/libakisp11.so", "AKİS"),
        ("linux", "usr/lib/x86_64-linux-gnu/libakisp11.so", "AKİS"),
        ("macos", "usr/local/lib/libakisp11.dylib", "AKİS"),
        pytest.param("windows", "C:/Windows/System32/akisp11.dll", "AKİS", marks=POSIX_PATHS),
        pytest.param("windows", "C:/Windows/SysWOW64/eTPKCS11.dll", "SafeNet eToken", marks=POSIX_PATHS),
        ("linux", "usr/lib/libeTPkcs11.so", "SafeNet eToken"),
        ("linux", "usr/lib/libaetpkss.so", "SafeSign"),
        ("linux", "usr/local/lib/libtckkp11.so", "T.C. Kimlik Kartı"),
    ],
)
def test_a_card_module_is_found_where_it_usually_lies(tmp_path: Path, system: System, file: str, name: str) -> None:
    """Each known module is found at its usual places."""
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.touch()

    assert [(found.name, found.path) for found in find_card_modules(tmp_path, system)] == [(name, path)]


def test_akis_comes_first(tmp_path: Path) -> None:
    """Of several modules KamuSM's own comes first."""
    for name in ("libaetpkss.so", "libakisp11.so", "libcmp11.so"):
        (tmp_path / "usr/lib").mkdir(parents=True, exist_ok=True)
        (tmp_path / "usr/lib" / name).touch()

    assert [found.name for found in find_card_modules(tmp_path, "linux")] == ["AKİS", "SafeSign", "CardOS"]


@pytest.mark.parametrize(
    ("system", "file"),
    [
        ("linux", "usr/lib/softhsm/libsofthsm2.so"),
        ("linux", "usr/lib64/pkcs11/libsofthsm2.so"),
        ("macos", "opt/homebrew/lib/softhsm/libsofthsm2.so"),
        pytest.param("windows", "C:/SoftHSM2/lib/softhsm2-x64.dll", marks=POSIX_PATHS),
    ],
)
def test_softhsm_is_found_on_each_system(tmp_path: Path, system: System, file: str) -> None:
    """SoftHSM2 is found where Debian, Fedora and Homebrew put it, and nothing is found where it isn't."""
    assert find_softhsm(tmp_path, system) is None
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()

    assert find_softhsm(tmp_path, system) == tmp_path / file


# --- the card in memory ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["rsa", "ec-p384"])
def test_the_software_card_signs(authority: Authority, key: KeyName) -> None:
    """The card in memory keeps to the interface and its signatures verify."""
    card = SoftwareCard.of([authority.issue(Wish(key=key))], PIN)
    (certificate,) = card.look().certificates
    pin = Pin(PIN)

    assert isinstance(card, Card)
    verify(certificate.der, DATA, card.sign(certificate, DATA, pin))
    assert pin.wiped


def test_the_software_card_counts_tries(ayse: TokenCredential) -> None:
    """Three wrong PINs lock it; before the last its flags warn and a word is needed; a right one counts afresh."""
    card = SoftwareCard.of([ayse], PIN)
    (certificate,) = card.look().certificates

    def attempt(pin: str, *, allowed: bool = False) -> str:
        try:
            card.sign(certificate, DATA, Pin(pin), final_try_allowed=allowed)
        except CardError as error:
            return error.code
        return "signed"

    assert [attempt("0000"), attempt("0000"), attempt(PIN)] == ["pin_wrong", "pin_wrong", "pin_final_try"]
    assert card.look().tokens[0].info.pin.final_try
    assert attempt(PIN, allowed=True) == "signed"
    assert [attempt("0000"), attempt("0000"), attempt("0000", allowed=True)] == ["pin_wrong", "pin_wrong", "pin_locked"]
    assert attempt(PIN, allowed=True) == "pin_locked"


def test_the_software_card_knows_a_missing_key(ayse: TokenCredential) -> None:
    """A certificate put on the card without its key is shown to have none."""
    card = SoftwareCard.of([TokenCredential(ayse.certificate_der, b"", "imza")], PIN)
    (certificate,) = card.look().certificates

    assert certificate.key_present is False
    with pytest.raises(CardError, match="key_missing"):
        card.sign(certificate, DATA, Pin(PIN))


def test_credentials_show_nothing(ayse: TokenCredential) -> None:
    """A credential's representation shows neither key nor label."""
    assert repr(ayse) == "TokenCredential()"


# --- provisioning ---------------------------------------------------------------------------------------------


def test_provisioning_says_what_is_missing(
    tmp_path: Path, ayse: TokenCredential, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without SoftHSM2 the person hears that a part of the system is missing."""
    monkeypatch.setattr("assistant.card.provision.find_softhsm", lambda: None)

    with pytest.raises(SetupError) as caught:
        provision(tmp_path, [ayse], pin=Pin(PIN), label="eonay")

    assert caught.value.code == "setup_incomplete"


def test_a_failed_provisioning_tells_no_secret(tmp_path: Path, ayse: TokenCredential) -> None:
    """When the module refuses, the error names no PIN and no label."""
    module = tmp_path / "libsofthsm2.so"
    module.write_bytes(b"rubbish")

    with pytest.raises(SetupError) as caught:
        provision(tmp_path, [ayse], pin=Pin(PIN), label="AYŞE", module=module)

    assert caught.value.code == "internal_error"
    assert PIN not in str(caught.value)
    assert "AYŞE" not in str(caught.value)
