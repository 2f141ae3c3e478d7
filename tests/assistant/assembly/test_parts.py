"""What settings and options make of a run's parts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.assembly.parts import browser_options, card_module, guided_rule, limits_of, unattended_rule
from assistant.base.errors import CardError, UsageError
from assistant.base.settings import Settings, take_settings
from assistant.card.modules import FoundModule
from assistant.run.deadline import run_deadline_s
from assistant.run.limits import Limits
from flows import ENTRY


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own configuration folder and an environment without settings."""
    for name in [name for name in os.environ if name.upper().startswith("EONAY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *args, **kwargs: tmp_path)


def test_each_wait_of_the_settings_reaches_the_run() -> None:
    """Every setting that says how long to wait arrives at its own limit; without settings the limits' own hold."""
    told = Settings(settle_s=1, page_patience_s=2, person_patience_s=3, banner_patience_s=4)
    assert limits_of(told) == Limits(settle_s=1, page_s=2, person_s=3, banner_s=4)
    assert limits_of(Settings()) == Limits()


def test_a_scenario_changes_the_limits_it_names_alone() -> None:
    """What is named is other, the rest stays; a limit that doesn't exist is an error."""
    assert Limits(page_s=7).but({"person_s": 1}) == Limits(page_s=7, person_s=1)
    with pytest.raises(TypeError):
        Limits().but({"patience_s": 1})


def test_the_module_of_the_settings_is_asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings' module wins over what is installed, then the likeliest; with neither the reason is named."""
    installed = (FoundModule("A", Path("/a.so")), FoundModule("B", Path("/b.so")))
    monkeypatch.setattr("assistant.card.modules.find_card_modules", lambda *_: installed)
    assert card_module(Settings(pkcs11_module=Path("/mine.so"))) == Path("/mine.so")
    assert card_module(Settings()) == Path("/a.so")
    monkeypatch.setattr("assistant.card.modules.find_card_modules", lambda *_: ())
    with pytest.raises(CardError) as caught:
        card_module(Settings())
    assert caught.value.code == "module_missing"


@pytest.mark.parametrize("address", ["http://example.org/", ENTRY, "https://127.0.0.1.example/"])
def test_no_address_elsewhere_is_ever_unattended(address: str) -> None:
    """Unattended runs take addresses of this machine only, and say so in both languages."""
    with pytest.raises(UsageError) as caught:
        unattended_rule(address)
    assert "Gözetimsiz" in caught.value.told("tr")
    assert "Unattended" in caught.value.told("en")


@pytest.mark.parametrize(
    ("address", "told"), [("localhost:8000", "bir adres ister"), ("http://me:word@localhost/", "kullanıcı adı")]
)
def test_what_is_no_address_is_told_alike_everywhere(address: str, told: str) -> None:
    """A guided and an unattended run say the same of an address that none takes."""
    said = set()
    for rule in (guided_rule, unattended_rule):
        with pytest.raises(UsageError, match=told) as caught:
            rule(address)
        said.add((caught.value.told("tr"), caught.value.told("en")))
    assert len(said) == 1


def test_the_real_portal_is_for_a_person_alone() -> None:
    """A guided run takes the real portal, named or not, and portals of this machine."""
    assert not guided_rule(None).loopback
    assert not guided_rule(ENTRY).loopback
    assert guided_rule("http://localhost:8000/").loopback


def test_the_browser_is_opened_as_the_settings_say() -> None:
    """Extra arguments of the settings reach every browser; only a run on the real portal lets it onto the network."""
    settings = Settings(browser_args=("--lang=tr",))
    assert browser_options(settings).extra_args == ("--lang=tr",)
    assert browser_options(settings).loopback_only
    assert not browser_options(settings, headed=True, loopback_only=False).loopback_only


def test_taking_the_settings_leaves_no_secret_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking the settings takes the secrets out of the environment that other programs inherit."""
    for name in Settings.secrets():
        monkeypatch.setenv(name, "gizli")
    settings = take_settings()
    assert settings.pin is not None
    assert settings.pin.get_secret_value() == "gizli"
    assert [name for name in Settings.secrets() if name in os.environ] == []


def test_the_deadline_follows_the_limits() -> None:
    """A person who is waited for longer moves the deadline of an unattended run by as much."""
    patient = limits_of(Settings(person_patience_s=1200))
    assert run_deadline_s(patient) - run_deadline_s(Limits()) == 600
