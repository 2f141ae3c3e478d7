"""Changes that must stop a reader: what it looks for is gone, doubled, unclear, or does something else."""

from __future__ import annotations

from copy import copy
from random import Random

from bs4 import Tag

from mock_portal.drift.change import CONSENT, HOME, ONLINE, SIGNING, DriftedPage, change
from mock_portal.drift.structure import numbered

GIVE = "Bundan sonraki e-imza başvurularımda E-Onaylı başvuruyu kullanabilmek için onay veriyorum."
WITHDRAW = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."
_FORBIDDEN = ("/nes/iptal", "/nes/pin", "/nes/web-parola", "/nes/askidan-indirme")


def _place(page: DriftedPage, places: tuple[str, ...]) -> str:
    """Return the one of *places* that this seed draws; the same on every page."""
    return Random(f"{page.seed} {places}").choice(places)  # noqa: S311 (a look, not a secret)


def _say(tag: Tag, words: str) -> None:
    if tag.name == "input":
        tag["value"] = words
        return
    tag.clear()
    tag.append(words)


@change("text-gone")
def text_gone(page: DriftedPage) -> None:
    """The wanted control has other words now."""
    place = _place(page, ("home", "tile", "proceed", "sentence", "code"))
    if place == "home" and page.path == HOME:
        control = page.main.find("a", href="/nes") or page.main.find("button")
        if control is not None:
            _say(control, "Sertifika Hizmetleri")
    elif place == "tile" and page.is_tiles and (tile := page.tile(CONSENT)):
        _say(tile, "Elektronik Onay Merkezi")
    elif place == "proceed" and page.is_consent and (button := page.submit("Devam")):
        _say(button, "İlerle")
    elif place == "sentence" and page.is_consent:
        _replace_sentence(page, "Yukarıdaki metni okudum.")
    elif place == "code" and page.path == SIGNING:
        for words in page.texts():
            words.replace_with(
                type(words)(words.replace("Doğrulama Kodu", "Numara").replace("doğrulama kodu", "numara"))
            )


@change("two-candidates")
def two_candidates(page: DriftedPage) -> None:
    """There are two of the wanted control, and they are not the same."""
    place = _place(page, ("home", "tile", "proceed"))
    if place == "home" and page.path == HOME:
        control = page.main.find("a", href="/nes") or page.main.find("form", action="/nes")
        if control is not None:
            twin = copy(control)
            twin["href" if twin.name == "a" else "action"] = "/nes/sertifikalar"
            control.insert_after(twin)
    elif place == "tile" and page.is_tiles and (tile := page.tile(CONSENT)):
        twin = copy(tile)
        twin["href"] = "/nes/e-onay/toplu"
        tile.insert_before(twin)
    elif place == "proceed" and page.is_consent and (button := page.submit("Devam")):
        button.insert_after(copy(button))


@change("state-both")
def state_both(page: DriftedPage) -> None:
    """The E-Onay screen says both sentences."""
    if page.is_consent and (sentence := page.main.select_one(".beyan")):
        has_given = "kaldırmak" in sentence.get_text()
        other = page.element(f"<p class='beyan'>{GIVE if has_given else WITHDRAW}</p>")
        page.random.choice([sentence.insert_before, sentence.insert_after])(other)


@change("state-neither")
def state_neither(page: DriftedPage) -> None:
    """The E-Onay screen says neither sentence."""
    if page.is_consent:
        _replace_sentence(page, "Tercihiniz")


@change("state-lying")
def state_lying(page: DriftedPage) -> None:
    """The screen of somebody whose consent exists says that it is missing; Devam would begin the withdrawal."""
    if page.is_consent and "kaldırmak istiyorum" in page.main.get_text():
        _replace_sentence(page, GIVE)


@change("forbidden-behind")
def forbidden_behind(page: DriftedPage) -> None:
    """The wanted words stand on what does something forbidden."""
    target = _place(page, _FORBIDDEN)
    place = _place(page, ("tile-address", "tile-number", "tile-handler", "form", "button", "proceed-handler", "hidden"))
    if page.is_tiles and place.startswith("tile") and (tile := page.tile(CONSENT)):
        if place == "tile-handler":
            tile.name = "div"
            del tile["href"]
            tile["onclick"] = f"location.href='{target}'"
            tile["style"] = "cursor: pointer"
        else:
            tile["href"] = target if place == "tile-address" else numbered(target)
    elif page.is_consent and (button := page.submit("Devam")):
        form = button.find_parent("form")
        if place == "form" and form is not None:
            form["action"] = target
        elif place == "button":
            button["formaction"] = target
        elif place == "proceed-handler":
            button["onclick"] = "sertifikaIptal()"
        elif place == "hidden" and form is not None:
            form.append(page.element("<input type='hidden' name='islemTuru' value='IPTAL'>"))


def _replace_sentence(page: DriftedPage, words: str) -> None:
    sentence = page.main.select_one(".beyan")
    if sentence is None:
        return
    target = sentence.select_one("label span") or sentence.find("span") or sentence
    target.clear()
    target.append(words)


@change("another-host")
def another_host(page: DriftedPage) -> None:
    """The wanted control leads to another host."""
    place = _place(page, ("home", "tile"))
    if page.site != ONLINE:
        return
    if place == "tile" and page.is_tiles and (tile := page.tile(CONSENT)):
        tile["href"] = "http://kamusm.example/nes/e-onay"
    elif place == "home" and page.path == HOME:
        if link := page.main.find("a", href="/nes"):
            link["href"] = "http://kamusm.example/nes"
        elif form := page.main.find("form", action="/nes"):
            form["action"] = "http://kamusm.example/nes"
