"""The same content in other elements, in another order, on more levels, in columns and frames."""

from __future__ import annotations

from html import escape

from bs4 import Tag
from starlette.types import Scope

from mock_portal.drift.change import HOME, ONLINE, TILES, DriftedPage, change

_ADDRESSES = ("/nes/iptal", "/nes/pin", "/nes/web-parola", "/nes/askidan-indirme", "/nes/e-onay", "/nes", "/anasayfa")
_BY_DATA = """document.addEventListener('click', (event) => {
  for (const node of event.composedPath()) {
    if (!node.dataset) continue;
    if (node.dataset.git) { event.preventDefault(); location.assign(node.dataset.git); return; }
    if ('gonder' in node.dataset) { event.preventDefault(); node.closest('form').requestSubmit(); return; }
  }
});"""


def address_of(number: int) -> str:
    """Return the path that the numbered address leads to; for an unknown number one that doesn't exist."""
    return _ADDRESSES[number] if number < len(_ADDRESSES) else "/yok"


def numbered(path: str) -> str:
    """Return an address for *path* that doesn't say where it leads."""
    return f"/islem/{_ADDRESSES.index(path)}"


@change("wrappers")
def wrappers(page: DriftedPage) -> None:
    """Elements around elements, inside and outside controls."""
    for tag in page.main.find_all(["a", "p", "h1", "h2", "ul", "form", "label", "fieldset", "section"]):
        for _ in range(page.random.randrange(3)):
            tag.wrap(page.soup.new_tag("div" if tag.name != "label" else "span"))
    for tag in page.main.find_all(["a", "button"]):
        inside = page.soup.new_tag("span")
        for child in list(tag.contents):
            inside.append(child.extract())
        tag.append(inside)


@change("tags")
def tags(page: DriftedPage) -> None:
    """Links become buttons and blocks, buttons become links and blocks."""
    for link in page.main.find_all("a", href=True):
        href = str(link["href"])
        if href.startswith(("#", "/eimza", "tel:", "mailto:")) or link.has_attr("hidden"):
            continue
        _exchange_link(page, link, href)
    for button in page.main.find_all(["button", "input"], type="submit"):
        form = button.find_parent("form")
        if form is not None and form.get("method") != "dialog" and not button.get("form"):
            _exchange_submit(page, button)
    page.script(_BY_DATA)


def _exchange_link(page: DriftedPage, link: Tag, href: str) -> None:
    del link["href"]
    way = page.random.choice(["button", "handler", "role", "block", "data-link"])
    if way == "button":
        link.name = "button"
        link["type"] = "button"
        link["onclick"] = f"location.href='{href}'"
    elif way == "handler":
        link.name = "div"
        link["onclick"] = f"window.location='{href}'"
        link["style"] = "cursor: pointer"
    elif way == "data-link":
        link["href"] = "#"
        link["data-git"] = href
    else:
        link.name = "span" if way == "role" else "div"
        link["data-git"] = href
        if way == "role":
            link["role"], link["tabindex"] = "link", "0"
        else:
            link["style"] = "cursor: pointer"


def _exchange_submit(page: DriftedPage, button: Tag) -> None:
    words = str(button.get("value") or "") if button.name == "input" else ""
    if button.name == "input":
        button.name = "button"
        button.attrs.pop("value", None)
        button.string = words
    way = page.random.choice(["input", "link", "role", "block"])
    del button["type"]
    if way == "input" and not button.find(True):
        words = button.get_text(strip=True)
        button.clear()
        button.name = "input"
        button["type"], button["value"] = "submit", words
        return
    for attribute in ("name", "value"):
        button.attrs.pop(attribute, None)
    button["data-gonder"] = ""
    if way == "link":
        button.name, button["href"] = "a", "#"
    else:
        button.name = "div"
        button["style"] = "cursor: pointer"
        if way == "role":
            button["role"], button["tabindex"] = "button", "0"


@change("order")
def order(page: DriftedPage) -> None:
    """Tiles, fields and buttons in another order."""
    groups = [*page.main.select("ul.cards, .kutular, .menu, .actions, .formSubmitRow")]
    rows = [row.parent for row in page.main.select(".form-row.required, .formRow.required")]
    for group in {id(tag): tag for tag in (*groups, *rows) if tag is not None}.values():
        members = [child for child in group.find_all(True, recursive=False) if not _is_foot(child)]
        places = []
        for member in members:
            mark = page.soup.new_tag("i")
            member.replace_with(mark)
            places.append(mark)
        page.random.shuffle(members)
        for place, member in zip(places, members, strict=True):
            place.replace_with(member)


def _is_foot(tag: Tag) -> bool:
    return tag.name in {"input", "legend"} or "center-item" in tag.get_attribute_list("class")


@change("column")
def column(page: DriftedPage) -> None:
    """The content in a right-hand column, next to one with news and links of its own."""
    news = page.element(
        "<aside><h2>Haberler</h2><p>E-imza nedir?</p><ul><li><a href='/bilgi/sss'>Sıkça Sorulan Sorular</a></li>"
        "<li><a href='/bilgi/iletisim'>İletişim</a></li></ul></aside>"
    )
    frame = page.soup.new_tag("div")
    frame["style"] = "display: flex; gap: 1rem; align-items: flex-start"
    page.main.wrap(frame)
    page.main["style"] = "flex: 1 1 20rem; min-width: 0"
    page.main.insert_before(news)


@change("menu")
def menu(page: DriftedPage) -> None:
    """A menu with all services on every page after the login."""
    if page.site != ONLINE or not page.soup.find("form", action="/cikis"):
        return
    entries = [("Ana Sayfa", HOME), ("NES İşlemleri", "/nes"), ("Sertifika Listeleme", "/nes/sertifikalar")]
    entries += [("Sertifikamı İptal Et", "/nes/iptal"), ("E-Onay İşlemleri", "/nes/e-onay")]
    links = "".join(f"<li><a href='{path}'>{title}</a></li>" for title, path in entries)
    page.main.insert_before(page.element(f"<nav aria-label='Hizmetler'><ul>{links}</ul></nav>"))


@change("level")
def level(page: DriftedPage) -> None:
    """One more page on the way to the tiles, with a known name; or a page that moves on by itself."""
    if page.site != ONLINE or page.path != "/nes" or "duzey=" in page.query:
        return
    on = "/nes?duzey=2"
    title = "Bireysel İşlemler" if page.edition == "2020" else "NES İşlemleri"
    page.main.clear()
    if page.random.random() < 0.3:
        page.main.append(page.element("<p>Yönlendiriliyor, lütfen bekleyiniz.</p>"))
        page.script(f"setTimeout(() => location.replace('{on}'), 300);")
    else:
        page.main.append(page.element(f"<p><a class='card kutu' href='{on}'><strong>{title}</strong></a></p>"))


@change("addresses")
def addresses(page: DriftedPage) -> None:
    """Addresses that don't say where they lead."""
    for link in page.main.find_all("a", href=_ADDRESSES):
        link["href"] = numbered(str(link["href"]))


@change("frame")
def frame(_page: DriftedPage) -> None:
    """Every page inside a frame of the same site; done on the way out, see `around_frame`."""


def may_be_framed(site: str, scope: Scope) -> bool:
    """Return whether a page can be in a frame: those after the login, from which nobody goes to another site."""
    return site == ONLINE and scope["path"] not in {"/landing", "/e-devlet", "/oturum"}


def around_frame(path: str, query: str) -> str:
    """Return the page around the frame that shows *path*."""
    address = escape(path + (f"?{query}" if query else ""))
    return f"""<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>Kamu SM Online İşlemler</title></head>
<body style="margin: 0"><header style="height: 3rem">Kamu Sertifikasyon Merkezi</header>
<iframe src="{address}" title="Hizmet" style="border: 0; width: 100%; height: calc(100vh - 3rem)"></iframe>
</body></html>"""


@change("tables")
def tables(page: DriftedPage) -> None:
    """Tiles and buttons in the cells of a table."""
    if page.is_tiles or page.path == TILES[page.edition]:
        groups = page.main.select("ul.cards, .kutular, .actions")
    else:
        groups = page.main.select(".actions")
    for group in groups:
        rows = page.soup.new_tag("table")
        for member in group.find_all(True, recursive=False):
            row, cell = page.soup.new_tag("tr"), page.soup.new_tag("td")
            member.wrap(cell).wrap(row)
            rows.append(row.extract())
        group.name = "div"
        group.append(rows)
