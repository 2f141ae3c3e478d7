"""The licences of everything we ship: known, listed, and none of them binds users just for the sake of the film."""

from __future__ import annotations

import platform
import re
import sys

import pytest

from docs.make_licences import TARGET, closure, known, libraries, licence, project, render

_COPYLEFT = re.compile(r"(?<![A-Z])A?GPL(?!.* OR )")
FREE = re.compile(r"MIT|BSD|Apache|PSF|MPL-2\.0|0BSD|ISC|IJG|libpng|libtiff|FTL")


def test_nothing_that_everyone_gets_is_under_the_gpl() -> None:
    """Everyone may freely use each package and each library in it. The film's are an extra nothing else pulls in."""
    everyone = closure(project()[""])
    assert "av" not in everyone
    for package in everyone.values():
        assert FREE.search(licence(package)), package.name
        for library in libraries(package):
            assert FREE.search(known()[library]), library
    film = closure(project()["film"])["av"]
    assert any(_COPYLEFT.search(known()[library]) for library in libraries(film))


@pytest.mark.skipif(
    (sys.platform, platform.machine(), sys.version_info[:2]) != ("linux", "x86_64", (3, 11)),
    reason="the list is made with wheels for Python 3.11 on Linux x86-64",
)
def test_the_list_is_that_of_the_lock() -> None:
    """docs/licences.md lists what the lock installs, package by package and library by library."""
    assert TARGET.read_text(encoding="utf-8") == render()
