"""The portal's own words as other sources have them, and the names of other services next to them.

Source: portal-facts.md, section 2a. We know only some of the live portal's words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mock_portal.drift.change import HOME, ONLINE, Change, DriftedPage, change

WAY_IN: Mapping[str, str] = {
    "giris": "Giriş",
    "giris-yap": "Giriş Yap",
    "edevlet-giris": "E-devlet giriş",
    "online-giris": "Online İşlemlere Giriş",
    "edevlet-ile-giris": "E-Devlet ile Giriş",
}
"""Names of the link on the landing page."""

SECTION: Mapping[str, str] = {
    "e-imza": "E-imza İşlemleri",
    "nes": "NES",
    "nitelikli": "Nitelikli Elektronik Sertifika",
    "e-imza-nes": "E-İMZA (NES)",
}
"""Names of the section behind the login."""

_WAY_IN = "e-Devlet ile Giriş"
_SECTION = re.compile("NES İşlemleri|NES İŞLEMLERİ")
_OTHERS = ("Mali Mühür İşlemleri", "Borç Sorgulama ve Ödeme", "Kurumsal İşlemler")


def _way_in(words: str) -> Change:
    def renamed(page: DriftedPage) -> None:
        if page.site == ONLINE and page.path == "/landing":
            page.rewrite(lambda text: text.replace(_WAY_IN, words))

    return renamed


def _section(words: str) -> Change:
    def renamed(page: DriftedPage) -> None:
        if page.site == ONLINE:
            page.rewrite(lambda text: _SECTION.sub(words, text))

    return renamed


for _name, _words in WAY_IN.items():
    change(f"way-in-{_name}")(_way_in(_words))
for _name, _words in SECTION.items():
    change(f"section-{_name}")(_section(_words))


@change("other-services")
def other_services(page: DriftedPage) -> None:
    """Other services next to the wanted one, each under its own name and some with the same word on them."""
    if page.site != ONLINE or page.path not in {"/landing", HOME}:
        return
    for name in page.random.sample(_OTHERS, k=len(_OTHERS)):
        card = f"<section><h3>{name}</h3><p><a href='/nes/iptal'>Giriş</a></p></section>"
        link = f"<p><a href='/nes/iptal'>{name}</a></p>"
        html = card if page.path == "/landing" else link
        page.main.insert(page.random.choice([0, len(page.main.contents)]), page.element(html))


@change("only-other-services")
def only_other_services(page: DriftedPage) -> None:
    """Another service in the wanted one's place."""
    name = page.random.choice(_OTHERS)
    if page.site == ONLINE and page.path == "/landing":
        page.rewrite(lambda text: text.replace(_WAY_IN, f"{name} Giriş"))
    elif page.site == ONLINE:
        page.rewrite(lambda text: _SECTION.sub(name, text))
