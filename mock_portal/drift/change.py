"""What a change is: a function over one parsed page, with random numbers of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal, cast

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, TemplateString

Edition = Literal["2020", "2026"]

ONLINE = "onlineislemler"
HOME = "/anasayfa"
CONSENT = "/nes/e-onay"
SIGNING = "/imzalama"
TILES: dict[Edition, str] = {"2020": "/nes", "2026": "/nes/bireysel"}
"""Where the seven tiles are."""
LEVELS_OF_MENU: dict[Edition, tuple[str, ...]] = {"2020": (HOME,), "2026": (HOME, "/nes")}
"""The pages between the login and the tiles."""

_UNREAD = frozenset({"script", "style"})


@dataclass(slots=True)
class DriftedPage:
    """One page on its way out."""

    soup: BeautifulSoup
    site: str
    """First label of its host: `onlineislemler`, `gecit` or `giris`."""
    path: str
    query: str
    edition: Edition
    random: Random
    """Gives the same numbers at every visit of this page, and others for every other change."""
    seed: int

    @property
    def body(self) -> Tag:
        """The body."""
        return cast("Tag", self.soup.body)

    @property
    def main(self) -> Tag:
        """Where the page's own content is."""
        return self.soup.main or self.body

    @property
    def is_tiles(self) -> bool:
        """Whether these are the seven tiles."""
        return self.site == ONLINE and self.path == TILES[self.edition]

    @property
    def is_hop(self) -> bool:
        """Whether it moves on by itself."""
        return self.soup.select_one("[data-hop]") is not None

    @property
    def is_consent(self) -> bool:
        """Whether this is one of the two E-Onay screens."""
        return self.site == ONLINE and self.path == CONSENT

    def tile(self, path: str) -> Tag | None:
        """Return the link of the tile that leads to *path*."""
        return self.main.find("a", href=path)

    def submit(self, label: str) -> Tag | None:
        """Return the button labelled *label*, in either edition's form."""
        for button in self.main.find_all(["button", "input"]):
            if (button.get("value") if button.name == "input" else button.get_text(strip=True)) == label:
                return button
        return None

    def texts(self) -> Iterator[NavigableString]:
        """Yield the texts a person reads, templates included; the loop may replace them as it goes."""
        for node in list(self.body.find_all(string=True)):
            is_text = type(node) in {NavigableString, TemplateString}
            if is_text and node.strip() and node.parent is not None and node.parent.name not in _UNREAD:
                yield node

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put every text a person reads through *change*: texts, and the labels of input buttons."""
        for node in self.texts():
            node.replace_with(type(node)(change(str(node))))
        for button in self.body.find_all("input", type=["submit", "button"]):
            button["value"] = change(str(button.get("value", "")))

    def element(self, html: str) -> Tag:
        """Return the one element in *html*."""
        found = BeautifulSoup(html, "html.parser").find(True)
        return cast("Tag", found).extract()

    def style(self, css: str) -> None:
        """Add a style sheet."""
        tag = self.soup.new_tag("style")
        tag.string = css
        (self.soup.head or self.body).append(tag)

    def script(self, code: str, *, first: bool = False) -> None:
        """Add a script: before the page's own, or at the end of the body."""
        tag = self.soup.new_tag("script")
        tag.string = code
        if first and self.soup.head is not None:
            self.soup.head.insert(0, tag)
        else:
            self.body.append(tag)


Change = Callable[[DriftedPage], None]

CHANGES: dict[str, Change] = {}
"""Every change by its name."""


def change(name: str) -> Callable[[Change], Change]:
    """Register a change under *name*."""

    def register(function: Change) -> Change:
        if name in CHANGES:
            raise ValueError(f"two changes are called {name!r}")
        CHANGES[name] = function
        return function

    return register
