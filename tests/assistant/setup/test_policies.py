"""Policies that keep a browser from being driven are named before a run is lost to them."""

from __future__ import annotations

import json
import plistlib
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from assistant.base.settings import Settings
from assistant.desk.panel import ADDRESS
from assistant.preflight.checks import short
from assistant.preflight.desk import Workstation
from assistant.preflight.machine import check_addresses, check_browser
from assistant.setup import Browser, System
from assistant.setup.browser import Kind
from assistant.setup.policies import hindering
from assistant.setup.url_policies import closed

_FOLDERS: dict[Kind, str] = {
    "chromium": "etc/chromium/policies/managed",
    "chrome": "etc/opt/chrome/policies/managed",
    "msedge": "etc/opt/edge/policies/managed",
}


def machine(root: Path, os: Literal["linux", "macos"] = "linux") -> System:
    """Return a machine whose fixed places are in *root*."""
    return System(os, root=root)


def managed(root: Path, kind: Kind, text: str) -> Path:
    """Write a policy file for the browsers of *kind*."""
    path = root / _FOLDERS[kind] / "institution.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", _FOLDERS)
@pytest.mark.parametrize(
    ("name", "value"),
    [("RemoteDebuggingAllowed", False), ("DeveloperToolsAvailability", 2), ("IncognitoModeAvailability", 2)],
)
def test_a_policy_that_hinders_is_named_with_its_file(tmp_path: Path, kind: Kind, name: str, value: object) -> None:
    """What keeps the browser from being driven is told by name, value and file, so that the IT staff can find it."""
    path = managed(tmp_path, kind, json.dumps({"HomepageLocation": "about:blank", name: value}))
    found = hindering(Browser(kind), machine(tmp_path))
    assert found is not None
    assert str(found) == f"{name} = {json.dumps(value)} ({path})"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"RemoteDebuggingAllowed": true, "DeveloperToolsAvailability": 1, "IncognitoModeAvailability": 1}',
        '{"HeadlessMode": 2}',
        '{"RemoteDebuggingAllowed": 0}',
        "[]",
        '{"RemoteDebuggingAllowed": fals',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_a_harmless_or_unreadable_policy_stops_nothing(tmp_path: Path, text: str) -> None:
    """A policy under which the browser works, or a file that is no policy, keeps nobody from starting."""
    managed(tmp_path, "chromium", text)
    assert hindering(Browser("chromium"), machine(tmp_path)) is None


@pytest.mark.parametrize(
    "name", ["institution.json", "institution", ".institution", "institution.conf", "institution.json.bak"]
)
@pytest.mark.parametrize(
    "text",
    [
        '{"RemoteDebuggingAllowed": false,}',
        '{"URLBlocklist": ["a",\n ], "RemoteDebuggingAllowed": false, // closed, }\n}',
        '// the school\'s "own\n{"A": "//,}", "B": "\\",}", /* , " */ "RemoteDebuggingAllowed": false, /* } */ }',
    ],
)
def test_what_chromium_takes_for_a_policy_is_one(tmp_path: Path, name: str, text: str) -> None:
    """Chromium reads files of any name, with comments and commas too many: it would not start, and nobody knew why."""
    path = managed(tmp_path, "chromium", text)
    path = path.rename(path.with_name(name))
    found = hindering(Browser("chromium"), machine(tmp_path))
    assert found is not None
    assert found.where == str(path)


def test_of_two_files_the_last_decides(tmp_path: Path) -> None:
    """A policy that a later file lifts stops nothing; one that a later file sets does."""
    path = managed(tmp_path, "chromium", '{"RemoteDebuggingAllowed": false}')
    later = path.with_name("school.json")
    later.write_text('{"RemoteDebuggingAllowed": true, "IncognitoModeAvailability": 2}', encoding="utf-8")
    found = hindering(Browser("chromium"), machine(tmp_path))
    assert found is not None
    assert (found.name, found.where) == ("IncognitoModeAvailability", str(later))


def test_without_a_window_a_policy_against_that_counts_too(tmp_path: Path) -> None:
    """Unattended work hears about a policy that forbids a browser without a window."""
    managed(tmp_path, "chromium", '\ufeff{"HeadlessMode": 2}')
    found = hindering(Browser("chromium"), machine(tmp_path), headed=False)
    assert found is not None
    assert found.name == "HeadlessMode"


def test_a_headless_shell_reads_no_policy(tmp_path: Path) -> None:
    """The browser of dry runs knows no policies, so none stops them."""
    managed(tmp_path, "chromium", '{"RemoteDebuggingAllowed": false}')
    assert hindering(Browser("chromium", is_shell=True), machine(tmp_path), headed=False) is None


def test_another_browsers_policy_is_not_taken_for_this_ones(tmp_path: Path) -> None:
    """Edge's policy says nothing of Chrome."""
    managed(tmp_path, "msedge", '{"RemoteDebuggingAllowed": false}')
    assert hindering(Browser("chrome"), machine(tmp_path)) is None


def test_macos_keeps_policies_in_property_lists(tmp_path: Path) -> None:
    """On macOS the managed preferences are read, of the machine or of one person."""
    path = tmp_path / "Library/Managed Preferences/ayse/com.google.Chrome.plist"
    path.parent.mkdir(parents=True)
    path.write_bytes(plistlib.dumps({"RemoteDebuggingAllowed": False}))
    found = hindering(Browser("chrome"), machine(tmp_path, "macos"))
    assert found is not None
    assert found.where == str(path)


def test_doctor_names_the_policy_and_the_way_that_still_works(tmp_path: Path) -> None:
    """Doctor blocks with the policy's name and offers the companion in the terminal, which needs no browser."""
    managed(tmp_path, "chromium", '{"RemoteDebuggingAllowed": false}')
    program = tmp_path / "usr/lib/chromium/chromium"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    finding = check_browser(Workstation(settings=Settings(), system=machine(tmp_path)))[0]
    assert finding.level == "block"
    assert "RemoteDebuggingAllowed = false" in finding.text
    assert "eonay run --companion --ui terminal" in (finding.remedy or "")


_PORTAL = ("https://onlineislemler.kamusm.gov.tr/", "https://giris.turkiye.gov.tr/")


@pytest.mark.parametrize(
    ("blocked", "allowed", "entry"),
    [
        (["*"], [], "*"),
        (["example.com", "kamusm.gov.tr"], [], "kamusm.gov.tr"),
        (["gov.tr"], ["kamusm.gov.tr"], "gov.tr"),  # e-Devlet is still closed
        ([".onlineislemler.kamusm.gov.tr"], ["kamusm.gov.tr"], ".onlineislemler.kamusm.gov.tr"),
        (["https://*"], [], "https://*"),
        (["*://*:443/*"], [], "*://*:443/*"),
        (["HTTPS://Giris.Turkiye.Gov.TR:443"], ["*"], "HTTPS://Giris.Turkiye.Gov.TR:443"),
        ([7, "*"], [None], "*"),
    ],
)
def test_an_address_that_a_policy_closes_is_named_with_the_entry(
    tmp_path: Path, blocked: list[object], allowed: list[object], entry: str
) -> None:
    """The entry that closes the portal is told, not the whole list, and with it where it stands."""
    path = managed(tmp_path, "chromium", json.dumps({"URLBlocklist": blocked, "URLAllowlist": allowed}))
    found = closed(Browser("chromium"), machine(tmp_path), _PORTAL)
    assert found is not None
    assert str(found[0]) == f"URLBlocklist = {json.dumps([entry])} ({path})"


@pytest.mark.parametrize(
    ("blocked", "allowed"),
    [
        ([], []),
        (["example.com", "notkamusm.gov.tr", "kamusm.gov.tr.example.com"], []),
        (["*"], ["kamusm.gov.tr", "turkiye.gov.tr"]),
        (["kamusm.gov.tr"], [".onlineislemler.kamusm.gov.tr"]),
        (["kamusm.gov.tr"], ["kamusm.gov.tr"]),  # of two alike the exception wins
        (["*"], ["*"]),
        (["http://*", "*:8080"], []),
        (["giris.turkiye.gov.tr/haber", "kamusm.gov.tr/?a=b"], []),  # only some of its pages
        (["*"], ["kamusm.gov.tr/landing", "giris.turkiye.gov.tr/Giris"]),  # some of its pages are open
        (["file://*", "data:*", "a b://", "::", "", "."], []),
        (["[::1]", "javascript://*"], []),
        ("*", "*"),
    ],
)
def test_an_address_that_is_open_or_not_surely_closed_stops_nothing(
    tmp_path: Path, blocked: object, allowed: object
) -> None:
    """Only what surely closes the portal counts; the rest is left to the browser."""
    managed(tmp_path, "chromium", json.dumps({"URLBlocklist": blocked, "URLAllowlist": allowed}))
    assert closed(Browser("chromium"), machine(tmp_path), _PORTAL) is None


def test_doctor_names_a_closed_portal_before_anything_starts(tmp_path: Path) -> None:
    """Doctor and the start of a run say which address is closed, and by what; practice doesn't visit it."""
    managed(tmp_path, "chromium", '{"URLBlocklist": ["*"]}')
    program = tmp_path / "usr/lib/chromium/chromium"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    here = Workstation(settings=Settings(), system=machine(tmp_path))
    (finding,) = check_addresses(here)
    assert finding.level == "block"
    assert 'https://onlineislemler.kamusm.gov.tr/: URLBlocklist = ["*"]' in finding.text
    assert finding.remedy
    assert finding in short(here)
    assert not check_addresses(replace(here, addresses=()))


def test_a_panel_that_a_policy_closes_is_told_with_the_way_without_it(tmp_path: Path) -> None:
    """Where only the portal is allowed, the panel's own page is closed too; the terminal is offered."""
    managed(tmp_path, "chromium", json.dumps({"URLBlocklist": ["*"], "URLAllowlist": ["gov.tr"]}))
    program = tmp_path / "usr/lib/chromium/chromium"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    here = Workstation(settings=Settings(), system=machine(tmp_path))
    assert not check_addresses(here)
    (finding,) = check_addresses(replace(here, window=ADDRESS))
    assert f'{ADDRESS}: URLBlocklist = ["*"]' in finding.text
    assert "--ui terminal" in (finding.remedy or "")
