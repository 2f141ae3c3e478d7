"""Settings: defaults, then ``EONAY_*`` in the environment. Secrets come from the environment only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.errors import UsageError

PREFIX = "EONAY_"


class Settings(BaseSettings):
    """What a run can be told. Every field ``x`` is the environment variable ``EONAY_X``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True)

    national_id: SecretStr | None = None
    """T.C. Kimlik No of the test person, for unattended runs against a portal that is already there."""
    password: SecretStr | None = None
    """e-Devlet password of the test person."""
    sms_code: SecretStr | None = None
    """Code of the second step, where the portal asks for one."""
    pin: SecretStr | None = None
    """PIN of the card."""

    pkcs11_module: Path | None = None
    """The card's PKCS#11 module; found by itself when not given."""
    token_label: str | None = None
    """Label of the token to use where several are present."""
    browser: Path | None = None
    """The browser's executable; found by itself when not given."""
    browser_args: Annotated[tuple[str, ...], NoDecode] = ()
    """Extra arguments for the browser, separated by spaces."""

    person_patience_s: float = Field(default=600, gt=0)
    """How long to wait for the person at one step, seconds."""
    settle_s: float = Field(default=2, gt=0)
    """How long a page must be quiet before an unknown screen is believed, seconds."""
    page_patience_s: float = Field(default=60, gt=0)
    """How long a page may take to come, seconds."""
    banner_patience_s: float = Field(default=20, gt=0)
    """How long to wait for the success banner after the signature, seconds; then the portal is asked."""

    @classmethod
    def load(cls) -> Settings:
        """Read the settings. Raises `UsageError` that names the wrong ones, never their values."""
        raw = os.environ.get(PREFIX + "BROWSER_ARGS")
        try:
            return cls(browser_args=tuple(raw.split())) if raw else cls()
        except ValidationError as error:
            wrong = ", ".join(f"{PREFIX}{str(e['loc'][0]).upper()} ({e['msg']})" for e in error.errors())
            raise UsageError(f"Bu ayarların değeri geçersiz, düzeltiniz: {wrong}") from None

    @classmethod
    def secrets(cls) -> tuple[str, ...]:
        """Return the names of the environment variables that hold secrets."""
        return tuple(PREFIX + name.upper() for name in ("national_id", "password", "sms_code", "pin"))


def forget_secrets() -> None:
    """Take the secrets out of this process's environment, so that no browser or driver inherits them."""
    for name in Settings.secrets():
        os.environ.pop(name, None)
