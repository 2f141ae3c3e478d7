"""Changes that must stop a reader: what it looks for is gone, doubled, unclear, or does something else.

We make them to a page's model before a look draws it, so that they come in every look; only what is in the HTML itself
(an address on the button, a handler) is done there.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from mock_portal.drift.change import CONSENT, DriftedPage, change
from mock_portal.drift.structure import numbered
from mock_portal.pages import changes
from mock_portal.pages.model import Page

GIVE = "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum."
WITHDRAW = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."
_FORBIDDEN = ("/nes/iptal", "/nes/pin", "/nes/web-parola", "/nes/askidan-indirme")
_BEHIND = ("tile-address", "tile-number", "tile-handler", "form", "button", "proceed-handler", "hidden")
_CONTROLS = {"home": "nes", "tile": "e-onay", "proceed": "devam"}

Stop = Callable[[Page, int, Random], Page]
"""Takes a page, the seed and its own random numbers, and returns the page to show."""

STOPS: dict[str, Stop] = {}
"""The stopping changes by name; each is in `CHANGES` too."""


def _stop(name: str) -> Callable[[Stop], Stop]:
    def register(function: Stop) -> Stop:
        STOPS[name] = function
        if name != "forbidden-behind":
            change(name)(_nothing)
        return function

    return register


def _nothing(_page: DriftedPage) -> None:
    """Leave the HTML alone: the page's model was changed."""


def _place(seed: int, places: tuple[str, ...]) -> str:
    """Return the one of *places* that this seed picks; the same on every page."""
    return Random(f"{seed} {places}").choice(places)  # noqa: S311 (a look, not a secret)


@_stop("text-gone")
def text_gone(page: Page, seed: int, _random: Random) -> Page:
    """The wanted control has other words now."""
    place = _place(seed, ("home", "tile", "proceed", "sentence", "code"))
    if place == "sentence":
        return changes.stating("Yukarıdaki metni okudum.")(page)
    if place == "code":
        return changes.calling_code("Numara", "Aşağıdaki numarayı uygulamaya yapıştırınız.")(page)
    words = {"home": "Sertifika Hizmetleri", "tile": "Elektronik Onay Merkezi", "proceed": "İlerle"}
    return changes.renamed(_CONTROLS[place], words[place])(page)


@_stop("two-candidates")
def two_candidates(page: Page, seed: int, _random: Random) -> Page:
    """There are two of the wanted control, and they are not the same."""
    place = _place(seed, ("home", "tile", "proceed"))
    leads = {"home": "/nes/sertifikalar", "tile": "/nes/e-onay/toplu", "proceed": ""}
    return changes.beside(_CONTROLS[place], "", leads[place], first=place == "tile")(page)


@_stop("state-both")
def state_both(page: Page, _seed: int, random: Random) -> Page:
    """The E-Onay screen says both sentences."""
    other = GIVE if changes.says(page, "kaldırmak istiyorum") else WITHDRAW
    return changes.also_saying(other, first=random.random() < 0.5)(page)


@_stop("state-neither")
def state_neither(page: Page, _seed: int, _random: Random) -> Page:
    """The E-Onay screen says neither sentence."""
    return changes.stating("Tercihiniz")(page)


@_stop("state-lying")
def state_lying(page: Page, _seed: int, _random: Random) -> Page:
    """Somebody's consent exists but the screen says that it is missing; Devam would start the withdrawal."""
    return changes.stating(GIVE)(page) if changes.says(page, "kaldırmak istiyorum") else page


@_stop("forbidden-behind")
def forbidden_behind(page: Page, seed: int, _random: Random) -> Page:
    """The wanted words are on something that does a forbidden act."""
    target = _place(seed, _FORBIDDEN)
    place = _place(seed, _BEHIND)
    if place in {"tile-address", "tile-number"}:
        return changes.leading("e-onay", target if place == "tile-address" else numbered(target))(page)
    if place == "form":
        return changes.leading("devam", target)(page)
    return changes.sending("devam", "islemTuru", "IPTAL")(page) if place == "hidden" else page


@change("forbidden-behind")
def forbidden_handler(page: DriftedPage) -> None:
    """The wanted words are on something that does a forbidden act with a handler, or an address on the button."""
    target = _place(page.seed, _FORBIDDEN)
    place = _place(page.seed, _BEHIND)
    if place == "tile-handler" and page.is_tiles and (tile := page.tile(CONSENT)):
        tile.name = "div"
        del tile["href"]
        tile["onclick"] = f"location.href='{target}'"
        tile["style"] = "cursor: pointer"
    elif page.is_consent and (button := page.submit("Devam")):
        if place == "button":
            button["formaction"] = target
        elif place == "proceed-handler":
            button["onclick"] = "sertifikaIptal()"


@_stop("another-host")
def another_host(page: Page, seed: int, _random: Random) -> Page:
    """The wanted control leads to another host."""
    if _place(seed, ("home", "tile")) == "tile":
        return changes.leading("e-onay", "http://kamusm.example/nes/e-onay")(page)
    return changes.leading("nes", "http://kamusm.example/nes")(page)
