"""Pages that come late, are covered, are built in shadow trees, or are shown at another size."""

from __future__ import annotations

from mock_portal.drift.change import DriftedPage, change
from mock_portal.drift.names import LOOK_UP

_LATE = """document.addEventListener('DOMContentLoaded', () => {
  const main = document.querySelector('main') || document.body;
  const parts = [...main.childNodes];
  const wait = document.createElement('p');
  wait.textContent = '%s';
  main.replaceChildren(wait);
  main.style.visibility = 'visible';
  let delay = %d;
  for (const [i, part] of parts.entries()) {
    setTimeout(() => { wait.remove(); main.append(part); }, delay);
    if (part.nodeType === Node.ELEMENT_NODE) delay += %d;
  }
});"""


@change("late")
def late(page: DriftedPage) -> None:
    """The content comes after the page, piece by piece, within half a second."""
    if page.is_hop:
        return
    words = page.random.choice(["Yükleniyor", "Lütfen bekleyiniz.", ""])
    page.style("main { visibility: hidden; }")
    page.script(_LATE % (words, page.random.choice([20, 120, 300]), page.random.choice([10, 60])), first=True)


@change("late-style")
def late_style(page: DriftedPage) -> None:
    """The content fades in."""
    page.style("@keyframes gel { from { opacity: 0; } } main { animation: gel .35s ease-in both; }")


_CLOSE_TEXTS = ("Kapat", "×", "Tamam", "Anladım", "Daha sonra", "KAPAT", "✕ Kapat")
_LATER_TEXTS = ("Kapat", "Daha sonra", "Şimdi değil")


@change("overlay")
def overlay(page: DriftedPage) -> None:
    """An announcement, a survey or a bar lies over the page until somebody closes it."""
    if page.is_hop or page.soup.find("dialog"):
        return
    place = page.random.choice(["inset: 0", "inset: 8% 5%", "left: 0; right: 0; bottom: 0; height: 75vh", "inset: 0"])
    words = page.random.choice(_CLOSE_TEXTS)
    close = "document.getElementById('ustKatman').remove()"
    button = page.random.choice(
        [
            f'<button type="button" onclick="{close}">{words}</button>',
            f'<a href="#" onclick="{close}; return false">{words}</a>',
            f'<span role="button" tabindex="0" onclick="{close}">{words}</span>',
            f'<div style="cursor: pointer" onclick="{close}" aria-label="Kapat">✕</div>',
        ]
    )
    text = page.random.choice(
        [
            "<h2>Duyuru</h2><p>Sertifika yenileme başvurularınızı süresi dolmadan yapınız.</p>",
            "<h2>Anket</h2><p>Hizmetimizi değerlendirir misiniz?</p><a href='/anket'>Ankete katıl</a>",
            "<p>Sitemizde yalnızca gerekli çerezler kullanılır.</p>",
        ]
    )
    if "Anket" in text:  # nobody answers a question with "I have understood"
        button = button.replace(words, page.random.choice(_LATER_TEXTS))
    layer = f'<div id="ustKatman" style="position: fixed; {place}; z-index: 99; background: #fff">{text}{button}</div>'
    page.body.append(page.element(layer))


@change("dialog")
def dialog(page: DriftedPage) -> None:
    """A modal dialog of the browser's own kind."""
    if page.is_hop or page.soup.find("dialog"):
        return
    page.body.append(
        page.element(
            "<dialog id='bilgiKutusu'><h2>Bilgilendirme</h2><p>İşlemlerinizi tamamlamadan sayfadan ayrılmayınız.</p>"
            "<form method='dialog'><button>Kapat</button></form></dialog>"
        )
    )
    page.script("document.getElementById('bilgiKutusu').showModal();")


@change("shadow")
def shadow(page: DriftedPage) -> None:
    """The content in an open shadow tree."""
    if page.is_hop:
        return
    tree = page.soup.new_tag("template")
    tree["shadowrootmode"] = "open"
    for sheet in page.soup.find_all("link", rel="stylesheet"):
        tree.append(page.element(str(sheet)))
    for child in list(page.main.contents):
        tree.append(child.extract())
    host = page.soup.new_tag("portal-icerik")
    host["style"] = "display: block"
    host.append(tree)
    page.main.append(host)
    page.script(LOOK_UP % ("{}", "true"), first=True)


@change("zoom")
def zoom(page: DriftedPage) -> None:
    """The page at 67 to 200 per cent; letters smaller than that are for the person to read."""
    page.style(f"html {{ zoom: {page.random.choice([67, 80, 125, 150, 175, 200])}%; }}")


@change("large-font")
def large_font(page: DriftedPage) -> None:
    """Letters larger by 37 per cent."""
    page.style("html { font-size: 137% !important; } body { font-size: 137% !important; }")


@change("dark")
def dark(page: DriftedPage) -> None:
    """Light letters on a dark background."""
    page.style("html { filter: invert(1) hue-rotate(180deg); background: #111; } :root { color-scheme: dark; }")


@change("other-style")
def other_style(page: DriftedPage) -> None:
    """The page without its style sheets; titles and sentences stay on lines of their own."""
    for sheet in page.soup.find_all("link", rel="stylesheet"):
        sheet.decompose()
    for line in page.main.select(".card-title, .card-sentence, .kutu strong, .kutu span"):
        line["style"] = "display: block"


@change("context")
def context(_page: DriftedPage) -> None:
    """Nothing in the page: the browser's window, scale or colours differ."""
