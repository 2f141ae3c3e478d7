"""Every change of look is repeatable, keeps what the portal needs, and changes what it claims to."""

from __future__ import annotations

import re

import httpx
import pytest
from bs4 import BeautifulSoup

import mock_portal
from fixtures import LOOKS, Look, drift_kinds
from mock_portal.drift import CHANGES, Drift, drifting
from mock_portal.drift.names import renamed, stylesheet
from mock_portal.drift.stops import GIVE, WITHDRAW
from mock_portal.looks import drawing_of
from mock_portal.looks.drawing import drawn
from mock_portal.looks.view import PageControls
from mock_portal.pages.model import Actions, Block, Form, Page, StatementBlock, SubmitButton, Tile, Tiles
from mock_portal.portal import Edition
from tests.mock_portal.conftest import LocalhostTransport
from tests.mock_portal.online_visitor import OnlineVisitor

PATHS = {"2020": ("/anasayfa", "/nes", "/nes/e-onay"), "2026": ("/anasayfa", "/nes/bireysel", "/nes/e-onay")}
STOPPING = {change for kind in drift_kinds().values() if kind.stops for change in kind.changes}
ELSEWHERE = {"context", "frame"}
"""Changes that don't happen in the page."""


def pages(edition: Edition, drift: Drift | None = None) -> dict[str, str]:
    """Return the pages between login and signature as a person without a consent gets them."""
    middleware = [drifting(drift, edition)] if drift else []
    portal = mock_portal.Portal(edition=edition, people=["ayse"], middleware=middleware)
    with mock_portal.serve(portal), httpx.Client(transport=LocalhostTransport(), follow_redirects=True) as client:
        visitor = OnlineVisitor(client, portal)
        visitor.enter("ayse")
        return {path: visitor.get(path).text for path in PATHS[edition]}


@pytest.fixture(scope="module", params=["2020", "2026"])
def edition(request: pytest.FixtureRequest) -> Edition:
    """Both editions of the portal."""
    wanted: Edition = request.param
    return wanted


@pytest.fixture(scope="module")
def plain(edition: Edition) -> dict[str, str]:
    """The pages without drift."""
    return pages(edition)


def drifted(name: str, plain: dict[str, str], edition: Edition, seed: int = 1) -> dict[str, str]:
    """Return *plain* with one change made."""
    drift = Drift(seed, (name,))
    return {path: drift.page(html, site="onlineislemler", path=path, edition=edition) for path, html in plain.items()}


@pytest.mark.parametrize("name", sorted(set(CHANGES) - ELSEWHERE - STOPPING | {"only-other-services"}))
def test_a_change_changes_something_and_is_repeatable(name: str, plain: dict[str, str], edition: Edition) -> None:
    """At least one page changes, and the same seed makes the same pages again."""
    around = {path: html for path, html in plain.items() if path != "/anasayfa"}
    if name == "level":  # made on the page before the tiles of 2026, which has no tiles yet
        around = {"/nes": plain[PATHS[edition][1]]}
    elif name.startswith(("way-in-", "section-")) or name.endswith(
        "other-services"
    ):  # made before the pages we try here
        landing = "<html><body><main><a href='/e-devlet'>e-Devlet ile Giriş</a></main></body></html>"
        around = {"/landing": landing, "/anasayfa": plain["/anasayfa"]}
    none = {path: Drift(1, ()).page(html, site="", path=path) for path, html in around.items()}
    made = drifted(name, around, edition)
    assert made != none
    assert made == drifted(name, around, edition)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", sorted(STOPPING - {"only-other-services"}))
def test_a_stopping_change_comes_in_every_look(name: str, look: Look) -> None:
    """A change that must stop a reader comes before the page is drawn. Some page changes; the same seed repeats it."""
    consent: tuple[Block, ...] = (
        StatementBlock(WITHDRAW if name == "state-lying" else GIVE),
        Actions((SubmitButton("devam", "Devam"),)),
    )
    places = (
        Page("home", "", "", (Tiles((Tile("nes", "NES İşlemleri", "/nes", "card"),)),)),
        Page("tiles", "", "", (Tiles((Tile("e-onay", "E-Onay İşlemleri", "/nes/e-onay", "consent"),)),)),
        Page("consent", "", "", (Form("devam", "/nes/e-onay", consent),)),
    )
    made = [[Drift(seed, (name,)).model(place) for place in places] for seed in range(8)]
    assert any(pages_of_seed != list(places) for pages_of_seed in made)
    assert made[0] == [Drift(0, (name,)).model(place) for place in places]
    values = {
        "csrf": "",
        "person": None,
        "word": None,
        "notice": "",
        "cookie_bar": False,
        "announcement": False,
        "view": PageControls(""),
    }
    shown = drawn(drawing_of(look), "2026", made[0][2], {**values, "edition": "2026"})
    assert "Devam" in shown or name == "text-gone"


@pytest.mark.parametrize("name", sorted(set(CHANGES) - ELSEWHERE - STOPPING))
def test_what_the_portal_needs_stays(name: str, plain: dict[str, str], edition: Edition) -> None:
    """A harmless change keeps every named field of every form."""
    for path, html in drifted(name, plain, edition).items():
        before, after = (BeautifulSoup(text, "html.parser") for text in (plain[path], html))
        names = {str(field["name"]) for field in before.main.find_all("input", attrs={"name": True})}  # type: ignore[union-attr]
        kept = {str(field["name"]) for field in after.find_all("input", attrs={"name": True})}
        assert names <= kept, path


def test_ids_and_classes_are_renamed_everywhere() -> None:
    """The page has no old id or class left. References and style sheets follow; addresses stay as they were."""
    html = "<html><head></head><body><form id='f'><label for='a' class='x y'>A</label><input id='a'></form>"
    html += "<button form='f' data-open='a'>B</button><a href='#a'>C</a><a href='/a'>D</a></body></html>"
    soup = BeautifulSoup(Drift(7, ("names",)).page(html, site="giris", path="/"), "html.parser")
    new = renamed("a", 7)
    assert soup.input is not None
    assert soup.label is not None
    assert soup.button is not None
    assert (soup.input["id"], soup.label["for"], soup.button["data-open"]) == (new, new, new)
    assert soup.button["form"] == renamed("f", 7)
    assert [link["href"] for link in soup.find_all("a")] == [f"#{new}", "/a"]
    css = stylesheet("#a .x:hover, p{margin:.5rem;background:url(b.svg)} @media (min-width:1.5rem){.y{top:0}}", 7)
    assert f"#{new} .{renamed('x', 7)}:hover" in css
    assert ".5rem;background:url(b.svg)" in css
    assert not re.search(r"[.#][xy]\b", css)


def test_a_served_portal_drifts_and_still_works(edition: Edition) -> None:
    """The portal serves drifted pages and style sheets, and the new addresses lead where the old ones did."""
    shown = pages(edition, Drift(3, ("addresses", "names")))
    tiles = BeautifulSoup(shown[PATHS[edition][1]], "html.parser")
    assert tiles.find("a", href="/islem/4") is not None
    assert tiles.find("a", href="/nes/e-onay") is None
    assert "onay veriyorum" in shown["/nes/e-onay"]
    assert 'id="eOnayForm"' not in shown["/nes/e-onay"]


def test_an_unknown_change_is_refused() -> None:
    """You can only ask for changes that exist."""
    with pytest.raises(ValueError, match="no such change: x"):
        Drift(1, ("names", "x"))


def test_every_kind_of_the_fixtures_can_be_made() -> None:
    """The fixtures name every change at least once, and no others."""
    assert {change for kind in drift_kinds().values() for change in kind.changes} == set(CHANGES)
