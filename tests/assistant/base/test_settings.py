"""Settings: what is in force, where it comes from, what is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.base.settings import Settings, forget_secrets, load_effective, settings_file
from assistant.cli.settings import show_settings
from tests.assistant.test_command_line import eonay

WriteFile = Callable[[str], Path]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own configuration folder and an environment without settings."""
    for name in list(os.environ):
        if name.upper().startswith("EONAY_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *args, **kwargs: tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    """Write the settings file."""

    def put(text: str) -> Path:
        path = settings_file()
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_each_source_wins_over_the_one_before(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Default, file, profile, environment, option: the later one wins, and each setting knows where it is from."""
    write(
        "settle_s = 3\npage_patience_s = 33\nperson_patience_s = 300\nbanner_patience_s = 30\n"
        "[profile.okul]\npage_patience_s = 44\nperson_patience_s = 400\nbanner_patience_s = 40\n"
    )
    monkeypatch.setenv("EONAY_PROFILE", "okul")
    monkeypatch.setenv("EONAY_PERSON_PATIENCE_S", "500")
    monkeypatch.setenv("EONAY_BANNER_PATIENCE_S", "50")
    effective = load_effective(banner_patience_s=60, browser=None)
    settings, sources = effective.settings, effective.sources
    assert (settings.settle_s, sources["settle_s"]) == (3, "file")
    assert (settings.page_patience_s, sources["page_patience_s"]) == (44, "profile")
    assert (settings.person_patience_s, sources["person_patience_s"]) == (500, "environment")
    assert (settings.banner_patience_s, sources["banner_patience_s"]) == (60, "option")
    assert (settings.browser, sources["browser"]) == (None, "default")


def test_without_a_file_the_defaults_hold() -> None:
    """A person with no file and no variables gets the defaults."""
    assert Settings.load() == Settings()
    assert set(load_effective().sources.values()) == {"default"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("setle_s = 3", ["setle_s", "settle_s mi demek istediniz"]),
        ("[profile.okul]\nbrowserargs = 3", ["browserargs", "browser_args mi"]),
        ("pin = '473829'", ["pin", "gizli", "EONAY_PIN"]),
        ("[profile.okul]\npassword = '473829'", ["password", "gizli"]),
        ("settle_s = '473829 saniye'", ["settle_s", "sayı olmalı"]),
        ("settle_s = 0", ["settle_s", "0'dan büyük"]),
        ("settle_s = 3 473829", ["1. satır", "(settle_s)", "settle_s = 3"]),
        ("\nsettle_s = 1,473829", ["2. satır", "(settle_s)", "settle_s = 1.5", "nokta"]),
        (
            'pkcs11_module = "C:\\Users\\473829.dll"',
            ["1. satır", "(pkcs11_module)", "tek tırnak", "pkcs11_module = 'C:\\"],
        ),
        ("token_label = AKIS 473829", ["1. satır", "(token_label)", 'token_label = "..."']),
        ("pin = 4738 29", ["1. satır", "settle_s = 3"]),
        ("[profile.okul", ["1. satır"]),
        ("# a\u2028b\x85c\nsettle_s = 1\ntoken_label = AKIS 473829", ["3. satır", "(token_label)"]),
        ("profile = 3", ["[profile.AD]"]),
        ("run_deadline_s = 1e300", ["run_deadline_s", "en çok 86400"]),
        ("settle_s = true", ["settle_s", "sayı olmalı"]),
        (r'browser_args = ["--a", "473829\u0000"]', ["browser_args", "NUL"]),
        (r'app_command = "javaws 473829\u0000"', ["app_command", "NUL"]),
        (r'pkcs11_module = "/lib/473829\u0000.so"', ["pkcs11_module", "NUL"]),
        (r'token_label = "473829\u0000"', ["token_label", "NUL"]),
        (r'portal_file = "473829\u0000.toml"', ["portal_file", "NUL"]),
        (r'browser = "473829\u0000"', ["browser", "NUL"]),
        pytest.param(f"settle_s = {'473829' * 1000}", ["uzun bir sayı", "siliniz"], id="long number"),
        pytest.param(f"settle_s = {'[' * 5000}", ["iç içe", "siliniz"], id="deep list"),
    ],
)
def test_a_wrong_file_is_refused_with_the_way_out(write: WriteFile, text: str, words: list[str]) -> None:
    """An unknown name tells the nearest one, a secret is refused, and no message repeats a value."""
    write(text)
    with pytest.raises(UsageError) as caught:
        Settings.load()
    message = str(caught.value)
    assert [word for word in words if word not in message] == []
    assert "473829" not in message


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A file saved in another encoding is told as such."""
    settings_file().write_bytes(b"\xff\xfe\x00b")
    with pytest.raises(UsageError, match="UTF-8"):
        Settings.load()


@pytest.mark.skipif(os.name == "nt", reason="no such pipes there")
def test_a_pipe_in_place_of_the_file_is_not_waited_for() -> None:
    """What is no ordinary file is refused at once, and nobody waits for what it may say."""
    os.mkfifo(settings_file())
    with pytest.raises(UsageError, match="okunamadı"):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EONAY_PINN", "473829", "EONAY_PIN mi demek istediniz"),
        ("EONAY_BROWSER_ARG", "473829", "EONAY_BROWSER_ARGS mi demek istediniz"),
        ("EONAY_SETTLE_S", "473829x", "EONAY_SETTLE_S (sayı olmalı;"),
        ("EONAY_SETTLE_S", "-473829", "EONAY_SETTLE_S (0'dan büyük olmalı)"),
        ("EONAY_SETTLE_S", "inf", "EONAY_SETTLE_S (sonlu"),
        ("EONAY_BROWSER_ARGS", "--a='473829", "EONAY_BROWSER_ARGS"),
        ("EONAY_PROFILE", "473829", "EONAY_PROFILE"),
    ],
)
def test_a_wrong_variable_is_refused_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """An unknown or unreadable variable is named with what to do; its value may be secret and isn't shown."""
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as caught:
        Settings.load()
    assert words in str(caught.value)
    assert "473829" not in str(caught.value)


@pytest.mark.parametrize("name", ["EONAY_LOG", "EONAY_PYTHON", "EONAY_LANG"])
def test_other_documented_variables_are_no_settings(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What the log and the launcher are told by isn't refused."""
    monkeypatch.setenv(name, "x")
    assert Settings.load() == Settings()


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing counts as none."""
    monkeypatch.setenv("EONAY_BROWSER", "")
    monkeypatch.setenv("EONAY_PIN", "")
    assert Settings.load() == Settings()


def test_browser_arguments_may_hold_spaces(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arguments are a list in the file and one text in the environment, where quotes keep spaces together."""
    write("browser_args = ['--lang=tr', '--a b']")
    assert Settings.load().browser_args == ("--lang=tr", "--a b")
    monkeypatch.setenv("EONAY_BROWSER_ARGS", "--force-device-scale-factor=2 '--user-agent=x y'")
    if os.name != "nt":
        assert Settings.load().browser_args == ("--force-device-scale-factor=2", "--user-agent=x y")


def test_a_path_may_begin_at_home(write: WriteFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A tilde means the person's home, as a shell has it; one that means nobody's stays for the message."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write('pkcs11_module = "~/lib/libakisp11.so"\nportal_file = "~nobody-here/portal.toml"\nbrowser = "shell"')
    monkeypatch.setenv("EONAY_APP_COMMAND", "~/jre/bin/javaws -wait a~b")
    monkeypatch.setenv("EONAY_TOKEN_LABEL", "~/AKIS")
    settings = Settings.load()
    assert settings.pkcs11_module == tmp_path / "lib/libakisp11.so"
    assert settings.portal_file == Path("~nobody-here/portal.toml")
    assert (settings.browser, settings.token_label) == ("shell", "~/AKIS")
    assert settings.app_command == (str(tmp_path / "jre/bin/javaws"), "-wait", "a~b")
    assert Settings.load(browser=Path("~/chrome")).browser == tmp_path / "chrome"


def test_secrets_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """After they were read the secrets are out of the environment, and nothing else is."""
    monkeypatch.setenv("EONAY_PIN", "473829")
    monkeypatch.setenv("EONAY_SETTLE_S", "3")
    settings = Settings.load()
    forget_secrets()
    assert settings.pin is not None
    assert settings.pin.get_secret_value() == "473829"
    assert "473829" not in repr(settings)
    assert [name for name in os.environ if name.startswith("EONAY_")] == ["EONAY_SETTLE_S"]


def test_what_is_in_force_is_shown_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The settings are told with their sources, as a table and as JSON; of a secret only that it is set."""
    monkeypatch.setenv("EONAY_PIN", "473829")
    monkeypatch.setenv("EONAY_SETTLE_S", "3")
    assert show_settings(json_output=True) == 0
    answer = capsys.readouterr().out
    told = json.loads(answer)["settings"]
    assert told["pin"] == {"value": "set", "source": "environment"}
    assert told["settle_s"] == {"value": 3.0, "source": "environment"}
    assert set(told) == set(Settings.model_fields)
    assert show_settings() == 0
    shown = capsys.readouterr().out
    assert "gizli" in shown
    assert "473829" not in answer + shown


def test_the_command_refuses_a_wrong_variable(tmp_path: Path) -> None:
    """`eonay settings` with a misspelt variable exits with 2 and names the right one."""
    wrong = eonay("settings", home=tmp_path, EONAY_PINN="473829")
    assert (wrong.returncode, "EONAY_PIN mi" in wrong.stderr, "473829" in wrong.stderr) == (2, True, False)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(write: WriteFile) -> None:
    """What Windows' editor puts before the first letter is no mistake of the person."""
    write("\ufeffsettle_s = 3")
    assert Settings.load().settle_s == 3
