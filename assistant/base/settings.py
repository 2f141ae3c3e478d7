"""Settings: defaults < ``eonay.toml`` in the user's configuration folder < ``EONAY_*`` < command-line options.

Secrets come only from the environment. An unknown name is an error that suggests the nearest valid one. A profile is a
table ``[profile.NAME]`` in the file; ``EONAY_PROFILE`` picks it, and it overrides the rest of the file.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict

from assistant.base.errors import UsageError, nearest
from assistant.base.files import read_ordinary
from assistant.base.parsing import read_toml
from assistant.base.surroundings import expanded
from assistant.base.words import Language, told

PREFIX = "EONAY_"
FILE_NAME = "eonay.toml"
PROFILE_VARIABLE = "EONAY_PROFILE"
OTHER_VARIABLES = frozenset({PROFILE_VARIABLE, "EONAY_LOG", "EONAY_PYTHON", "EONAY_LANG"})
"""``EONAY_`` variables that aren't settings of a run: profile, log, launcher."""

LONGEST_S = 86_400
"""The longest time you can set, in seconds: a day. The system's clocks refuse to wait much longer."""

_SECRETS = ("national_id", "password", "sms_code", "pin")

Source = Literal["default", "file", "profile", "environment", "option"]


class Settings(BaseSettings):
    """What you can set. Field ``x`` is the environment variable ``EONAY_X``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    national_id: SecretStr | None = None
    """T.C. Kimlik No of the test person, for unattended runs against a portal that is already running."""
    password: SecretStr | None = None
    """e-Devlet password of the test person."""
    sms_code: SecretStr | None = None
    """Code for the second step, if the portal wants one."""
    pin: SecretStr | None = None
    """PIN of the card."""

    pkcs11_module: Path | None = None
    """The card's PKCS#11 module; we look for one if it isn't given."""
    token_label: str | None = None
    """Label of the token to use if there are several."""
    browser: Literal["shell", "full"] | Path | None = None
    """Path of the browser, or which installed one: the headless shell, or the one with windows."""
    browser_args: Annotated[tuple[str, ...], NoDecode] = ()
    """Extra arguments for the browser: a list, or one text separated by spaces."""
    app_command: Annotated[tuple[str, ...], NoDecode] = ()
    """Command that opens the official app's file instead of the Java we find: a list, or one text."""

    portal_file: Path | None = None
    """The institution's portal file: more words for the portal's harmless ways."""

    person_patience_s: float = Field(default=600, gt=0, le=LONGEST_S, allow_inf_nan=False)
    """How long we wait for the person at one step, seconds."""
    settle_s: float = Field(default=2, gt=0, le=LONGEST_S, allow_inf_nan=False)
    """How long a page must be quiet before we believe an unknown screen, seconds."""
    page_patience_s: float = Field(default=60, gt=0, le=LONGEST_S, allow_inf_nan=False)
    """How long a page may take to load, seconds."""
    banner_patience_s: float = Field(default=20, gt=0, le=LONGEST_S, allow_inf_nan=False)
    """How long we wait for the success banner after the signature, seconds. Then we ask the portal."""
    run_deadline_s: float | None = Field(default=None, gt=0, le=LONGEST_S, allow_inf_nan=False)
    """Seconds until an unattended run is ended from outside; None leaves it to `assistant.run.deadline`."""

    @field_validator("browser_args", "app_command", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(value.split() if os.name == "nt" else shlex.split(value))  # Windows paths contain backslashes

    @field_validator("pkcs11_module", "token_label", "browser", "browser_args", "app_command", "portal_file")
    @classmethod
    def _no_nul(cls, value: object) -> object:
        if any("\0" in str(part) for part in (value if isinstance(value, tuple) else (value,))):
            raise PydanticCustomError("nul", "a NUL")  # the system ends each name and argument at one
        return value

    @field_validator("pkcs11_module", "browser", "portal_file", "app_command")
    @classmethod
    def _at_home(cls, value: object) -> object:
        # A shell does this for an option, but nobody does it for the file, or for a variable in quotes.
        if isinstance(value, tuple):
            return tuple(str(expanded(word)) if word.startswith("~") else word for word in value)
        return expanded(value) if isinstance(value, Path) else value

    @field_validator(
        "person_patience_s", "settle_s", "page_patience_s", "banner_patience_s", "run_deadline_s", mode="before"
    )
    @classmethod
    def _no_truth(cls, value: object) -> object:
        if isinstance(value, bool):  # True is a 1 in Python, but nobody who writes true means one second
            raise PydanticCustomError("float_type", "no number")
        return value

    @classmethod
    def load(cls, **options: Any) -> Settings:
        """Read the settings. Raises `UsageError` naming the wrong ones, never their values."""
        return load_effective(**options).settings

    @classmethod
    def secrets(cls) -> tuple[str, ...]:
        """Return the names of the environment variables with secrets."""
        return tuple(PREFIX + name.upper() for name in _SECRETS)


@dataclass(frozen=True, slots=True)
class Effective:
    """The settings in force, and where each one comes from."""

    settings: Settings
    sources: Mapping[str, Source]
    """By the setting's name."""
    file: Path
    """Where the file is, or would be."""
    profile: str | None


def load_effective(**options: Any) -> Effective:
    """Read the settings from all sources. An option of None counts as not given.

    Raises `UsageError` for an unknown name, a secret in the file, a file that isn't TOML, and a value of the wrong
    type. No message repeats a value.
    """
    path = settings_file()
    profile = os.environ.get(PROFILE_VARIABLE) or None
    general, special = _read_file(path, profile)
    _check_environment()
    layers: tuple[tuple[Source, Mapping[str, Any]], ...] = (
        ("file", general),
        ("profile", special),
        ("environment", EnvSettingsSource(Settings)()),
        ("option", {name: value for name, value in options.items() if value is not None}),
    )
    values: dict[str, Any] = {}
    sources: dict[str, Source] = dict.fromkeys(Settings.model_fields, "default")
    for source, layer in layers:
        values.update(layer)
        sources.update(dict.fromkeys(layer, source))
    try:
        settings = Settings(**values)
    except ValidationError as error:
        wrong = [(str(e["loc"][0]), e["type"]) for e in error.errors()]
        raise UsageError.of("base.settings.values", told=partial(_complaints, wrong, sources)) from None
    return Effective(settings, sources, path, profile)


def settings_file() -> Path:
    """Return the path of the settings file, whether or not it exists."""
    from platformdirs import user_config_path

    return user_config_path("eonay", appauthor=False) / FILE_NAME


def take_settings(**options: Any) -> Settings:
    """Read the settings and remove the secrets from this process's environment. Raises `UsageError` for wrong ones.

    *options* come from the command line, as in `load_effective`.
    """
    settings = Settings.load(**options)
    forget_secrets()
    return settings


def forget_secrets() -> None:
    """Remove the secrets from this process's environment, so no browser or driver inherits them."""
    for name in Settings.secrets():
        os.environ.pop(name, None)


def _read_file(path: Path, profile: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the file's general settings and those of *profile*."""
    try:
        content = read_toml(read_ordinary(path))
    except (FileNotFoundError, NotADirectoryError):
        content = {}
    except (OSError, UnicodeDecodeError):
        raise UsageError.of("base.settings.unreadable", path=path) from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, error) from None
    profiles = content.pop("profile", {})
    if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
        raise UsageError.of("base.settings.profiles", path=path)
    for table in (content, *profiles.values()):
        _check_names(path, table)
    if profile is not None and profile not in profiles:
        near = partial(nearest, profile, profiles)
        raise UsageError.of("base.settings.no_profile", variable=PROFILE_VARIABLE, path=path, near=near)
    return content, profiles.get(profile, {}) if profile else {}


def _not_toml(path: Path, error: tomllib.TOMLDecodeError) -> UsageError:
    """Explain what is wrong with the file: which line, which setting, how to write it. Never repeats a value."""
    place = re.search(r"at line (\d+)", str(error))
    if place is None and "end of document" not in str(error):
        return UsageError.of("base.settings.beyond_measure", path=path)
    lines = path.read_text(encoding="utf-8-sig").split("\n")  # TOML's lines; splitlines ends one at U+2028, too
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    name, _, value = (part.strip() for part in line.partition("="))
    known = Settings.model_fields.get(name)
    hint = ""
    if known is None or name in _SECRETS:
        name, example = "", "settle_s = 3"
    elif "\\" in value:
        example = rf"{name} = 'C:\Windows\System32\akisp11.dll'"
        hint = "backslash"
    elif re.match(r"\d+,\d", value):
        example = f"{name} = 1.5"
        hint = "decimal"
    else:
        example = f"{name} = {_example(known.annotation)}"
    where = f" ({name})" if name else ""
    return UsageError.of(
        "base.settings.line", path=path, number=number, where=where, hint=partial(_hint, hint), example=example
    )


def _hint(name: str, language: Language) -> str:
    return f" {told(f'base.settings.hint.{name}', language)}" if name else ""


def _example(kind: object) -> str:
    return "3" if "float" in str(kind) else '"..."'


def _check_names(path: Path, table: Mapping[str, Any]) -> None:
    allowed = [name for name in Settings.model_fields if name not in _SECRETS]
    for name in table:
        if name in _SECRETS:
            raise UsageError.of("base.settings.secret", path=path, name=name, variable=PREFIX + name.upper())
        if name not in allowed:
            raise UsageError.of("base.settings.unknown", path=path, name=name, near=partial(nearest, name, allowed))


def _check_environment() -> None:
    allowed = {PREFIX + name.upper() for name in Settings.model_fields} | OTHER_VARIABLES
    for name in sorted(map(str.upper, os.environ)):
        if name.startswith(PREFIX) and name not in allowed:
            raise UsageError.of("base.settings.variable", name=name, near=partial(nearest, name, allowed))


_MUST = {
    "float_parsing": "float",
    "float_type": "float",
    "greater_than": "positive",
    "less_than_equal": "day",
    "finite_number": "finite",
    "string_type": "text",
    "path_type": "path",
    "tuple_type": "list",
    "value_error": "quotes",
    "nul": "no_nul",
}
"""What a value must be, by pydantic's name for the error."""


def _complaints(wrong: Sequence[tuple[str, str]], sources: Mapping[str, Source], language: Language) -> str:
    """List what is *wrong*, naming each setting as it is written at its source."""
    complaints = []
    for name, kind in wrong:
        written = name if sources.get(name) in {"file", "profile"} else PREFIX + name.upper()
        must = told(f"base.settings.must.{_MUST.get(kind, 'valid')}", language)
        complaints.append(f"{written} ({must})")
    return "; ".join(complaints)
