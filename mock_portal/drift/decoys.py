"""Look-alikes of the wanted controls and the forbidden ones, which must neither attract nor scare off."""

from __future__ import annotations

from mock_portal.drift.change import CONSENT, HOME, ONLINE, DriftedPage, change

_WANTED = {
    HOME: "NES İşlemleri",
    "/nes/bireysel": "E-Onay İşlemleri",
    CONSENT: "Devam",
    "/landing": "e-Devlet ile Giriş",
}
_HIDING = (
    "display: none",
    "visibility: hidden",
    "opacity: 0",
    "position: absolute; left: -9999px",
    "position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0)",
    "clip-path: inset(50%); position: absolute",
)


def _wanted(page: DriftedPage) -> str:
    if page.is_tiles:
        return "E-Onay İşlemleri"
    return _WANTED.get(page.path, "") if page.site == ONLINE else ""


@change("hidden-decoys")
def hidden_decoys(page: DriftedPage) -> None:
    """Controls with the wanted words that nobody can see."""
    words = _wanted(page)
    if not words:
        return
    for _ in range(2):
        style = page.random.choice(_HIDING)
        decoy = f"<div style='{style}'><a href='/nes/iptal'>{words}</a> <button type='button'>{words}</button></div>"
        page.main.insert(page.random.choice([0, len(page.main.contents)]), page.element(decoy))
    page.main.append(page.element(f"<button type='button' hidden>{words}</button>"))


@change("disabled-decoys")
def disabled_decoys(page: DriftedPage) -> None:
    """Controls with the wanted words that can't be used."""
    words = _wanted(page)
    if words:
        page.main.insert(0, page.element(f"<p><button type='button' disabled>{words}</button></p>"))


@change("resembling-words")
def resembling_words(page: DriftedPage) -> None:
    """Links whose words begin or end like the wanted ones."""
    words = _wanted(page)
    if not words:
        return
    links = [f"{words} Hakkında", f"{words} Nedir?", f"Yeni {words}", f"{words[:-1]}"]
    page.random.shuffle(links)
    items = "".join(f"<li><a href='/bilgi/{number}'>{text}</a></li>" for number, text in enumerate(links[:3]))
    page.main.insert(page.random.choice([0, len(page.main.contents)]), page.element(f"<ul>{items}</ul>"))


@change("plain-words")
def plain_words(page: DriftedPage) -> None:
    """The wanted words as headings and in sentences, where nothing can be pressed."""
    words = _wanted(page)
    if words:
        page.main.insert(0, page.element(f"<h2>{words}</h2>"))
        page.main.append(page.element(f"<p>Bu sayfada <b>{words}</b> için ayrılan alanı kullanınız.</p>"))


@change("forbidden-neighbours")
def forbidden_neighbours(page: DriftedPage) -> None:
    """More of what must never be touched, close to the wanted controls and looking like them."""
    if page.site != ONLINE or not page.soup.find("form", action="/cikis"):
        return
    kind = "button ana dugme card kutu"
    page.main.insert(0, page.element(f"<p><a class='{kind}' href='/nes/iptal'>Sertifikamı İptal Et</a></p>"))
    page.main.append(page.element(f"<p><a class='{kind}' href='/nes/web-parola'>Web Parola Değiştirme</a></p>"))
